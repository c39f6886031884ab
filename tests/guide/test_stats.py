"""What is counted: the one figure, hours, days in a row, by hand on the five topics."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llmpath.progress.records import Figure, Record, figure_of

from llmpath.guide import figures, stats
from llmpath.view.results.reading import PartRow
from llmpath.view.results.reviewing import Streak
from tests.strategies import STATES
from tests.support import NOW, catalog_of, progress_of, resource, small, topic

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("states", "figure"),
    [
        ([], Figure(0, 0, 0, 0, 100)),
        (["todo", "doing"], Figure(0, 0, 2, 2, 0)),
        (["done", "todo", "doing"], Figure(1, 0, 2, 3, 33)),
        (["done", "done", "todo"], Figure(2, 0, 1, 3, 66)),
        (["done", "skipped", "todo"], Figure(1, 1, 1, 3, 50)),
        (["done"] * 199 + ["doing"], Figure(199, 0, 1, 200, 99)),
        (["done", "skipped"], Figure(1, 1, 0, 2, 100)),
        (["skipped", "skipped"], Figure(0, 2, 0, 2, 100)),
    ],
)
def test_figure(states: list[str], figure: Figure) -> None:
    assert figure_of(states) == figure


@given(st.lists(STATES))
def test_figure_adds_up_and_is_full_only_when_nothing_is_left(states: list[str]) -> None:
    figure = figure_of(states)
    assert figure.done + figure.skipped + figure.left == figure.total == len(states)
    assert (figure.percent == 100) == (figure.left == 0)
    assert 0 <= figure.percent <= 100
    assert figure.percent * (figure.total - figure.skipped) <= figure.done * 100 or not figure.left


PRACTICED = topic(
    "practiced",
    core=["long", ["quick", "slow"]],
    practice_minutes=30,
    resources=[resource("long", 90), resource("quick", 20), resource("slow", 200), resource("extra", 500)],
)


@pytest.mark.parametrize(
    ("states", "left", "done"),
    [
        ({}, 2.33, 0.0),
        ({"practiced": "doing"}, 2.33, 0.0),
        ({"practiced__long": "done"}, 0.83, 1.5),
        ({"practiced__slow": "done"}, 2.0, 0.33),
        ({"practiced__long": "done", "practiced__quick": "skipped"}, 0.5, 1.83),
        ({"practiced__extra": "done"}, 2.33, 0.0),
        ({"practiced": "done"}, 0.0, 2.33),
        ({"practiced": "skipped", "practiced__long": "done"}, 0.0, 0.0),
    ],
    ids=[
        "nothing: 90 and 20 and 30 minutes are left",
        "begun: as much is left",
        "the core is counted as it is read",
        "an alternative counts as the first of its set",
        "what is skipped is left no more",
        "beyond the core nothing counts",
        "done: all of it",
        "skipped: none of it",
    ],
)
def test_hours_of_a_topic(states: dict[str, str], left: float, done: float) -> None:
    catalog = catalog_of([PRACTICED])
    progress = progress_of(catalog, **states)
    assert figures.hours_left(progress, catalog.briefs["practiced"]) == left
    assert figures.hours_done(progress, catalog.briefs["practiced"]) == done


def test_a_total_is_the_sum_of_the_values_shown() -> None:
    assert figures.total([0.33, 0.33, 0.33]) == 0.99
    assert figures.total([0.1] * 3) == 0.3
    assert figures.total([]) == 0


def test_part_row_counts_its_own_topics() -> None:
    catalog = small()
    progress = progress_of(catalog, words="done", attention="skipped", tuning__one="done")
    assert [figures.part_row(catalog, progress, part) for part in catalog.curriculum.parts] == [
        PartRow("basics", 1, "Basics", Figure(1, 0, 1, 2, 50), 1.0, 1.0),
        PartRow("models", 2, "Models", Figure(0, 1, 2, 3, 0), 1.0, 1.0),
    ]


def records(*days_ago: int, state: str = "done") -> dict[str, Record]:
    return {
        f"topic-{number}-{state}": Record(state, None, TODAY - timedelta(days=days), NOW, None)
        for number, days in enumerate(days_ago)
    }


@pytest.mark.parametrize(
    ("days_ago", "streak"),
    [
        ((), Streak(0, 0)),
        ((0,), Streak(1, 1)),
        ((1,), Streak(1, 1)),
        ((2,), Streak(0, 1)),
        ((0, 1, 2), Streak(3, 3)),
        ((1, 2), Streak(2, 2)),
        ((0, 0, 1), Streak(2, 2)),
        ((0, 2, 3, 4), Streak(1, 3)),
        ((5, 6, 7, 9), Streak(0, 3)),
        ((-1, 0), Streak(1, 1)),
    ],
    ids=[
        "nothing",
        "today",
        "yesterday still counts",
        "a whole day without ends it",
        "three in a row",
        "two until yesterday",
        "several on one day",
        "the longest was before",
        "only a longest is left",
        "a day to come is not yet",
    ],
)
def test_streak(days_ago: tuple[int, ...], streak: Streak) -> None:
    assert stats.streak(records(*days_ago), TODAY) == streak


def test_streak_counts_what_was_begun_and_not_what_was_set_aside_or_taken_back() -> None:
    assert stats.streak(records(0, state="doing"), TODAY) == Streak(1, 1)
    assert stats.streak(records(0, state="skipped") | records(0, state="todo"), TODAY) == Streak(0, 0)


def test_active_days_are_those_of_the_last_year_oldest_first() -> None:
    given_records = records(0, 0, 3, 370, 371, -1) | records(3, state="skipped") | records(5, state="todo")
    assert list(stats.active_days(given_records, TODAY).items()) == [
        (date(2025, 11, 16), 1),
        (date(2026, 11, 18), 2),
        (date(2026, 11, 21), 2),
    ]
