"""What log, stats and news return."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

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
