"""Dates for what remains: topics one after the other, so many hours a week. Pure; days only, so no clock moves them."""

from __future__ import annotations

from collections.abc import Sequence
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
    days_per_hour = DAYS_PER_WEEK / Fraction(str(hours_per_week))  # as it is written: 0.1 + 0.2 must not slip by a day
    result: list[Span] = []
    before = Fraction(0)
    for amount in hours:
        after = before + Fraction(str(amount)) * days_per_hour
        last = max(0, ceil(after) - 1)
        first = min(floor(before), last)
        ends = start + timedelta(days=last + 1) - timedelta(days=1)  # calendars name the day after: it has to exist
        weeks = first // DAYS_PER_WEEK + 1, last // DAYS_PER_WEEK + 1
        result.append(Span(start + timedelta(days=first), ends, *weeks))
        before = after
    return result


def pace(catalog: Catalog, progress: Progress, today: date) -> float:
    """Hours a week that the learner needed for what was done in the last four weeks, by the hours that it counts.

    What counts is a slot of the core, an exercise, and all the rest of a topic that is done.
    """
    begin = today - timedelta(days=PACE_DAYS - 1)
    total = 0
    for brief in catalog.briefs.values():
        for items, minutes in counted_parts(brief):
            done = [item for item in (brief.id, *items) if progress.own_state(item) == "done"]
            days = [day for item in done if (day := progress.day(item))]
            if days and begin <= min(days) <= today:
                total += minutes
    return round(total / 60 / (PACE_DAYS / DAYS_PER_WEEK), 1)
