"""llmpath: a curriculum about large language models that remembers where you are.

The packages, from the top down; each imports only those below it:

    __main__      the door: answers a TAB, runs a daily command, hands the rest to typer
    cli/          the command line: commands, parameters, settings, one session per call, streams and exit codes
    exchange/     other programs' files: check lists, tables, calendars, Anki, courses made from a README
    view/         results as lines, tables, JSON, a page or a picture; error texts
    messages/     every text of the program, one module per language
    guide/        what to do next: ranking, plan, figure, reviews, map, news. Pure
    progress/     what a learner did: the log (pure), its file, copies, sync
    curriculum/   what there is to learn: models, light entries, reader, rules, snapshot, catalog, search
    files/        the file system, for any file: atomic writes, locks, bounded reads, folders
    text/         words as people write them: cleaning, names, languages, days, web addresses. Pure
    errors.py     one class per failure, with its exit code

How `llmpath list` runs: `__main__` finds that the words are in order and calls `cli.run`, which makes a `Session` and
calls `cli.commands.reading.list_topics`. The session loads the compiled curriculum (`curriculum.library`) into a
`Catalog`, and the log (`progress.file`) into a `Progress`; `guide.figure` and `view.items` make a result of both, and
`view.screens` makes lines of that, which `cli.terminal` writes.

How `llmpath done` differs: `cli.commands.marking.done` decides which entries to add, and `Session.record` lets
`progress.file` append them under the lock. What is shown afterwards follows from the new log.

Where to begin:

- a text or a word: `messages/en.py` and its two siblings;
- a resource, a topic, a question: `data/llm-course/` (see `data/README.md`), no code;
- a field of a resource: `curriculum/models.py`, then `curriculum/entries.py`, then the screen that shows it;
- an option or a command: its function in `cli/commands/`, then `cli/parameters.py` or `cli/commands/__init__.py`;
- what `next` suggests: `guide/recommend.py`.
"""

TYPE_CHECKING = False  # `typing` itself would cost a TAB more than its whole answer
if TYPE_CHECKING:
    from llmpath.curriculum.models import Curriculum

__version__ = "0.2.0"
__all__ = ["__version__", "load_curriculum"]


def load_curriculum(folder: str | None = None) -> "Curriculum":
    """The curriculum in `folder`, by default the one that comes with the package, as pydantic models.

    Raises `llmpath.errors.DamagedCurriculum`, which has all problems.
    """
    from llmpath.curriculum import library

    return library.load_curriculum(folder)
