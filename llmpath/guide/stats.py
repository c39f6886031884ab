"""Counts of days: streaks and active days. Pure; today is an argument."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from llmpath.progress.progress import Progress

ACTIVE = frozenset({"open", "start", "done", "recall"})
"""What makes a day an active one."""

DAYS_OF_CALENDAR = 371
"""53 weeks: a year, whatever day it ends on."""


class Streak(NamedTuple):
    """Active days in a row; the current run may have ended yesterday."""

    current: int
    longest: int


def active_days(progress: Progress) -> Mapping[date, int]:
    """The days on which something was opened, started, done or recalled, with how many items."""
    pairs = {(entry.day, item) for entry in progress.entries if entry.verb in ACTIVE for item in entry.items}
    return Counter(day for day, _ in sorted(pairs))


def last_year(days: Mapping[date, int], today: date) -> dict[date, int]:
    """The active days of the last year, oldest first, with how many items."""
    first = today - timedelta(days=DAYS_OF_CALENDAR - 1)
    return {day: days[day] for day in sorted(days) if first <= day <= today}


def streak(active_days: Iterable[date], today: date) -> Streak:
    """Active days in a row. The current streak lasts until a whole day has passed without."""
    days = sorted(day for day in active_days if day <= today)
    longest = run = 0
    previous: date | None = None
    for day in days:
        run = run + 1 if previous is not None and day - previous == timedelta(days=1) else 1
        longest = max(longest, run)
        previous = day
    is_current = previous is not None and today - previous <= timedelta(days=1)
    return Streak(run if is_current else 0, longest)
