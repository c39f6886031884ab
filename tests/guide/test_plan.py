"""Dates for what remains, by hand and by what must always hold."""

from datetime import date, timedelta
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.entries import Exercise
from llmpath.guide.plan import Span, pace, spans
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from tests.support import NOW, catalog_of, entry, topic

MONDAY = date(2026, 11, 23)


def test_a_topic_ends_on_the_day_of_its_last_hour() -> None:
    """Seven hours a week are one hour a day."""
    assert spans([7, 2, 0.5, 0.5, 6], 7, MONDAY) == [
        Span(date(2026, 11, 23), date(2026, 11, 29), 1, 1),
        Span(date(2026, 11, 30), date(2026, 12, 1), 2, 2),
        Span(date(2026, 12, 2), date(2026, 12, 2), 2, 2),
        Span(date(2026, 12, 2), date(2026, 12, 2), 2, 2),
        Span(date(2026, 12, 3), date(2026, 12, 8), 2, 3),
    ]


def test_the_next_topic_begins_on_the_day_that_is_not_used_up() -> None:
    assert spans([1.5, 1.5], 7, MONDAY) == [
        Span(date(2026, 11, 23), date(2026, 11, 24), 1, 1),
        Span(date(2026, 11, 24), date(2026, 11, 25), 1, 1),
    ]


def test_more_hours_than_a_day_needs_put_several_topics_on_one_day() -> None:
    assert spans([1, 2, 3], 168, MONDAY) == [Span(MONDAY, MONDAY, 1, 1)] * 3


def test_a_topic_without_hours_takes_no_day_of_its_own() -> None:
    assert spans([0, 7, 0], 7, MONDAY) == [
        Span(MONDAY, MONDAY, 1, 1),
        Span(MONDAY, date(2026, 11, 29), 1, 1),
        Span(date(2026, 11, 29), date(2026, 11, 29), 1, 1),
    ]


def test_nothing_left_is_no_day() -> None:
    assert spans([], 5, MONDAY) == []


def test_tenths_of_hours_do_not_slip_into_another_day() -> None:
    """0.1 + 0.2 is more than 0.3 for a computer, and the plan must not show it."""
    assert spans([0.1, 0.2], 2.1, MONDAY)[-1].ends == MONDAY
    assert [span.starts.day for span in spans([0.1] * 7, 0.7, MONDAY)] == [23, 24, 25, 26, 27, 28, 29]


def test_summer_time_moves_no_day() -> None:
    """In most of Europe clocks change on 29 March and 25 October 2026."""
    assert [span.ends for span in spans([1] * 3, 7, date(2026, 3, 28))] == [
        date(2026, 3, 28),
        date(2026, 3, 29),
        date(2026, 3, 30),
    ]
    assert spans([7], 7, date(2026, 10, 20))[0].ends == date(2026, 10, 26)


@pytest.mark.parametrize("hours_per_week", [5e-324, 1e-300, 1e-6])
def test_a_plan_that_the_calendar_cannot_hold_overflows(hours_per_week: float) -> None:
    with pytest.raises(OverflowError):
        spans([60], hours_per_week, MONDAY)


def test_the_day_after_the_last_one_exists_too() -> None:
    assert spans([1], 7, date(9999, 12, 30))[0].ends == date(9999, 12, 30)
    with pytest.raises(OverflowError):
        spans([1], 7, date(9999, 12, 31))


HUNDREDTHS = st.integers(0, 6_000).map(lambda number: number / 100)
TENTHS_PER_WEEK = st.integers(1, 1_680)


@given(st.lists(HUNDREDTHS, min_size=1, max_size=12), TENTHS_PER_WEEK, st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_spans_are_in_order_without_a_gap_and_last_as_long_as_the_hours(
    hours: list[float], tenths: int, start: date
) -> None:
    found = spans(hours, tenths / 10, start)
    assert len(found) == len(hours)
    assert found[0].starts == start
    for span in found:
        assert span.starts <= span.ends
        assert span.first_week == (span.starts - start).days // 7 + 1
        assert span.week == (span.ends - start).days // 7 + 1
    for before, after in pairwise(found):
        assert timedelta(0) <= after.starts - before.ends <= timedelta(days=1)
    hundredths = sum(round(amount * 100) for amount in hours)
    days = max(1, -(-hundredths * 7 // (tenths * 10)))
    assert (found[-1].ends - start).days + 1 == days
    assert found[-1].week == ceil(days / 7)


PACED = [topic("a", core=["one", "two"], exercise=Exercise("Do it", "Nothing.", "It is done.", 120)), topic("b")]
"""`a`: 60 and 30 minutes of core, 120 of exercise; `b`: 60 minutes."""


@pytest.mark.parametrize(
    ("done", "hours_a_week"),
    [
        ([], 0.0),
        ([("a/one", 27)], 0.2),
        ([("a/one", 28)], 0.0),
        ([("a/one", 3), ("a/two", 2), ("a/exercise", 1)], 0.9),
        ([("a", 0)], 0.9),
        ([("a/one", 40), ("a", 0)], 0.6),
        ([("a", 5), ("a/one", 1), ("b/one", 1)], 1.1),
    ],
    ids=[
        "nothing",
        "on the first of the 28 days",
        "before them",
        "core and exercise",
        "a topic counts whole",
        "but for what was done before it",
        "what is done after its topic counts no second time",
    ],
)
def test_pace_is_the_hours_a_week_of_the_last_four_weeks(done: list[tuple[str, int]], hours_a_week: float) -> None:
    catalog = catalog_of(PACED)
    log = [
        entry(NOW + timedelta(minutes=n), "done", item, on=NOW.date() - timedelta(days=days))
        for n, (item, days) in enumerate(done)
    ]
    assert pace(catalog, Progress(catalog, Log(log)), NOW.date()) == hours_a_week
