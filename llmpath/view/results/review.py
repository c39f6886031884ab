"""What review returns."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath.errors import EXIT_INTERRUPTED


class QuestionSource(NamedTuple):
    """The resource in which an answer stands, and where in it."""

    id: str
    title: str
    url: str | None
    where: str | None


class Asked(NamedTuple):
    """A question that is due since the day `due`. `id` and `title` are those of its concept.

    `source` is None where the concept has no question: then it is asked what the concept is about.
    """

    id: str
    topic: str
    number: str
    topic_title: str
    title: str
    due: date
    question: str
    answer: str
    source: QuestionSource | None


class ReviewDue(NamedTuple):
    """`review`: what is asked today, the most likely forgotten first, and the next day on which anything is due.

    `total`: all that is due; `answered`: how many were answered today; `learned`: how many are reviewed at all;
    `gives_way`: there is more to do than `per_day`, since many answers failed.
    """

    due: Sequence[Asked]
    next_due: date | None
    total: int
    answered: int
    learned: int
    gives_way: bool
    per_day: int
    kind: str = "review"


class Answered(NamedTuple):
    """`review --answer`: what was recorded, and when the concept is asked again."""

    id: str
    title: str
    grade: str
    due: date
    kind: str = "answered"


class ReviewEnded(NamedTuple):
    """The end of a review: how many questions were answered, how many are due still, and when the next ones are.

    `last`: the day on which the last one answered is asked again, which has not been said yet.
    """

    answered: int
    left: int
    next_due: date | None
    last: date | None = None
    is_interrupted: bool = False
    kind: str = "reviewed"

    @property
    def exit_code(self) -> int:
        """That of Ctrl-C where nothing was answered before."""
        return EXIT_INTERRUPTED if self.is_interrupted and not self.answered else 0
