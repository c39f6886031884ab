"""llmpath: a curriculum about large language models that knows where you stand."""

TYPE_CHECKING = False  # `typing` itself would cost a TAB more than its whole answer
if TYPE_CHECKING:
    from llmpath.curriculum.models import Curriculum

__version__ = "0.1.0"
__all__ = ["__version__", "load_curriculum"]


def load_curriculum(folder: str | None = None) -> "Curriculum":
    """The curriculum in `folder`, by default the one that comes with the package, as pydantic models.

    Raises `llmpath.errors.DamagedCurriculum`, which has all faults.
    """
    from llmpath.curriculum import library as dataset

    return dataset.load_curriculum(folder)
