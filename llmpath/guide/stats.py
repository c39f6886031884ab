"""What can be counted of days: streaks and active days. Pure; today is an argument."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from llmpath.progress.records import Record
from llmpath.view.results.reviewing import Streak

DAYS_OF_CALENDAR = 371
"""53 weeks: a year, whatever day it ends on."""


def active_days(records: Mapping[str, Record], today: date) -> dict[date, int]:
    """Days of the last year on which something was begun, done or skipped, oldest first, with how many items."""
    first = today - timedelta(days=DAYS_OF_CALENDAR - 1)
    counts = Counter(record.day for record in records.values() if record.state != "todo")
    return {day: counts[day] for day in sorted(counts) if first <= day <= today}


def streak(records: Mapping[str, Record], today: date) -> Streak:
    """Days in a row with something begun or done. The current streak lasts until a whole day has passed without."""
    days = sorted({record.day for record in records.values() if record.state in ("doing", "done")})
    days = [day for day in days if day <= today]
    longest = run = 0
    previous: date | None = None
    for day in days:
        run = run + 1 if previous is not None and day - previous == timedelta(days=1) else 1
        longest = max(longest, run)
        previous = day
    is_current = previous is not None and today - previous <= timedelta(days=1)
    return Streak(run if is_current else 0, longest)
