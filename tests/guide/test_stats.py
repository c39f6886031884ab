"""Days in a row, and the active days of a year."""

from collections import Counter
from datetime import date, timedelta

import pytest

from llmpath.guide import stats
from llmpath.guide.stats import Streak
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from tests.support import NOW, entry, small

TODAY = date(2026, 11, 21)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days_ago", "streak"),
    [
        ((), Streak(0, 0)),
        ((0,), Streak(1, 1)),
        ((1,), Streak(1, 1)),
        ((2,), Streak(0, 1)),
        ((0, 1, 2), Streak(3, 3)),
        ((1, 2), Streak(2, 2)),
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
        "the longest was before",
        "only a longest is left",
        "a day to come is not yet",
    ],
)
def test_streak(days_ago: tuple[int, ...], streak: Streak) -> None:
    assert stats.streak([ago(days) for days in days_ago], TODAY) == streak


def test_last_year_has_its_active_days_oldest_first() -> None:
    days = Counter([ago(0), ago(0), ago(3), ago(370), ago(371), ago(-1)])
    assert list(stats.last_year(days, TODAY).items()) == [(ago(370), 1), (ago(3), 1), (ago(0), 2)]


def test_a_day_is_active_by_what_was_opened_begun_or_done_and_stays_so() -> None:
    """Whatever is done, skipped or cleared later: the longest streak never falls."""
    log = [
        entry(NOW - timedelta(days=3), "open", "numbers/one"),
        entry(NOW - timedelta(days=2), "start", "numbers"),
        entry(NOW - timedelta(days=1), "done", "numbers", "numbers/one"),
        entry(NOW - timedelta(hours=3), "skip", "words"),
        entry(NOW - timedelta(hours=2), "note", "words", text="why?"),
        entry(NOW - timedelta(hours=1), "reset", "numbers", "numbers/one"),
    ]
    days = stats.active_days(Progress(small(), Log(log)))
    assert days == {ago(3): 1, ago(2): 1, ago(1): 2}
    assert stats.streak(days, TODAY) == Streak(3, 3)
