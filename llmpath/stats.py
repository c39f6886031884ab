"""What can be counted: hours, streaks, active days. Pure; today is an argument."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from llmpath.catalog import Brief, Catalog, Part, hours
from llmpath.progress import Progress, Record
from llmpath.results import PartRow, Streak

DAYS_OF_CALENDAR = 371
"""53 weeks: a year, whatever day it ends on."""


def hours_left(progress: Progress, topic: Brief) -> float:
    """Hours of a topic's open core and its practice."""
    return hours(progress.minutes_left(topic))


def hours_done(progress: Progress, topic: Brief) -> float:
    """Hours of a topic that are behind the learner: all once done, none where it was skipped, else its read core."""
    if progress.own_state(topic.id) == "skipped":
        return 0.0
    return hours(topic.minutes - progress.minutes_left(topic))


def total(values: Iterable[float]) -> float:
    """A sum of hours that are shown, shown in the same way."""
    return round(sum(values), 2)


def part_row(catalog: Catalog, progress: Progress, part: Part) -> PartRow:
    """A part with its figure and hours."""
    topics = [catalog.briefs[topic] for topic in part.topics]
    return PartRow(
        part.id,
        1 + [other.id for other in catalog.curriculum.parts].index(part.id),
        part.title,
        progress.figure(part.topics),
        total(hours_done(progress, topic) for topic in topics),
        total(hours_left(progress, topic) for topic in topics),
    )


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
