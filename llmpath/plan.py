"""Dates for what remains: topics one after the other, so many hours a week. Pure; days only, so no clock moves them."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor
from typing import NamedTuple

DAYS_PER_WEEK = 7
_SLACK = 1e-9
"""Hours are sums of floats: an end that is over midnight by less than this is not."""


class Span(NamedTuple):
    """The first and the last day of a topic, and the week, counted from 1, of the last."""

    starts: date
    ends: date
    week: int


def spans(hours: Sequence[float], hours_per_week: float, start: date) -> list[Span]:
    """The days of topics that take so many hours each, in that order, each day the seventh of a week's hours.

    A topic ends on the day on which its last hour is done, and the next one may begin on the same day.
    Raises `OverflowError` where the calendar ends before the plan.
    """
    per_day = hours_per_week / DAYS_PER_WEEK
    result: list[Span] = []
    before = 0.0
    for amount in hours:
        first = floor(before / per_day + _SLACK)
        last = max(first, ceil((before + amount) / per_day - _SLACK) - 1)
        result.append(Span(start + timedelta(days=first), start + timedelta(days=last), last // DAYS_PER_WEEK + 1))
        before += amount
    return result
