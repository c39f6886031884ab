"""What log and stats return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from llmpath.progress.records import Figure
from llmpath.view.results.reading import PartRow


class Streak(NamedTuple):
    """Days in a row on which something was done; the current one may have ended yesterday."""

    current: int
    longest: int


class Stats(NamedTuple):
    """`stats`. `active_days`: days on which something was begun, done or skipped, with how many; of the last year."""

    progress: Figure
    parts: Sequence[PartRow]
    hours_done: float
    hours_left: float
    streak: Streak
    active_days: Mapping[str, int]
    today: date
    kind: str = "stats"


class Event(NamedTuple):
    """One record, as `log` shows it."""

    on: date
    at: datetime
    item: str
    title: str
    state: str
    my_note: str | None


class Log(NamedTuple):
    """`log`: newest first."""

    events: Sequence[Event]
    kind: str = "log"
