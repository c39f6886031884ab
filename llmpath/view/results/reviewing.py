"""What log, stats, news and review return."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from llmpath.errors import EXIT_INTERRUPTED
from llmpath.guide.figure import Figure
from llmpath.guide.news import Change
from llmpath.guide.review import Memory
from llmpath.guide.stats import Streak
from llmpath.view.results.reading import PartRow, Related


class Stats(NamedTuple):
    """`stats`. `active_days`: days on which something was begun, done or skipped, with how many; of the last year."""

    progress: Figure
    parts: Sequence[PartRow]
    hours_done: float
    hours_left: float
    streak: Streak
    active_days: Mapping[str, int]
    today: date
    reviews: Memory
    kind: str = "stats"


class Event(NamedTuple):
    """What one command did, as `log` shows it: a verb of the log and its items; `note` is what was noted with it."""

    at: datetime
    on: date
    did: str
    items: Sequence[str]
    note: str
    undone: bool
    titles: Sequence[str]


class Log(NamedTuple):
    """`log`: newest first; `is_filtered`: only those of an item, or since a day."""

    entries: Sequence[Event]
    is_filtered: bool = False
    kind: str = "log"


class News(NamedTuple):
    """`news`: what changed since the day `since`, None where nothing was seen before; `topics` are those it names."""

    since: str | None
    changes: Sequence[Change]
    topics: Mapping[str, Related]
    kind: str = "news"


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

    @property
    def exit_code(self) -> int:
        """That of Ctrl-C where nothing was answered before."""
        return EXIT_INTERRUPTED if self.is_interrupted and not self.answered else 0
