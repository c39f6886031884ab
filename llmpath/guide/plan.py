"""Dates for what remains: topics one after the other, so many hours a week. Pure; days only, so no clock moves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog
from llmpath.guide.figure import counted_parts
from llmpath.progress.progress import Progress

DAYS_PER_WEEK = 7
PACE_DAYS = 28


class Span(NamedTuple):
    """The first and the last day of a topic, and the weeks, counted from 1 at the first day of the plan, of both."""

    starts: date
    ends: date
    first_week: int
    week: int


def spans(hours: Sequence[float], hours_per_week: float, start: date) -> list[Span]:
    """The days of topics that take so many hours each, in that order, each day the seventh of a week's hours.

    A topic ends on the day on which its last hour is done, and the next one may begin on the same day; one without
    hours takes no day of its own. Raises `OverflowError` where the calendar ends before the plan.
    """
    days_per_hour = DAYS_PER_WEEK / _exact(hours_per_week)
    result: list[Span] = []
    before = Fraction(0)
    for amount in hours:
        after = before + _exact(amount) * days_per_hour
        last = max(0, ceil(after) - 1)
        first = min(floor(before), last)
        day_after = start + timedelta(days=last + 1)  # calendars name it, so it has to exist
        result.append(
            Span(
                start + timedelta(days=first),
                day_after - timedelta(days=1),
                first // DAYS_PER_WEEK + 1,
                last // DAYS_PER_WEEK + 1,
            )
        )
        before = after
    return result


def pace(catalog: Catalog, progress: Progress, today: date) -> float:
    """Hours a week that the learner needed for what was done in the last four weeks, by the hours that it counts."""
    first = today - timedelta(days=PACE_DAYS - 1)
    minutes = sum(amount for day, amount in _done_by_day(catalog, progress) if first <= day <= today)
    return round(minutes / 60 / (PACE_DAYS / DAYS_PER_WEEK), 1)


def _done_by_day(catalog: Catalog, progress: Progress) -> Iterator[tuple[date, int]]:
    """The minutes that count as done, each with the day: of a slot, an exercise, and of the rest of a done topic."""
    for brief in catalog.briefs.values():
        topic_day = progress.day(brief.id) if progress.own_state(brief.id) == "done" else None
        for items, minutes in counted_parts(brief):
            days = [day for item in items if progress.own_state(item) == "done" and (day := progress.day(item))]
            if days or topic_day:
                yield min([*days, *([topic_day] if topic_day else [])]), minutes


def _exact(number: float) -> Fraction:
    """The number as it is written, not as a computer keeps it: a plan must not slip by a day because of 0.1 + 0.2."""
    return Fraction(str(number))
