"""When concepts are asked again: against the scheduler itself, and laws of what is due."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.guide.review import (
    GRADES,
    Due,
    Recall,
    due_items,
    estimated_recall,
    for_today,
    next_day,
    next_due,
    turn_of,
    upcoming,
)

TODAY = date(2026, 11, 26)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_first_answer_decides_when_the_concept_is_asked_again() -> None:
    assert next_due([], "no", TODAY) == date(2026, 11, 27)
    assert next_due([], "yes", TODAY) == date(2026, 11, 28)
    assert next_due([], "easily", TODAY) == date(2026, 12, 4)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(GRADES)), min_size=1, max_size=12))
def test_a_replay_gives_what_the_scheduler_gives_card_by_card(history: list[tuple[int, str]]) -> None:
    from fsrs import Card, Rating, Scheduler

    rating = {"no": Rating.Again, "yes": Rating.Good, "easily": Rating.Easy}
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    day, recalls, card = date(2026, 1, 1), list[Recall](), Card()
    for gap, grade in history:
        day += timedelta(days=gap)
        card, _ = scheduler.review_card(card, rating[grade], datetime.combine(day, time(12), UTC))
        due = next_due(recalls, grade, day)
        assert due == card.due.date()
        recalls.append(Recall(day, grade, due))


def test_an_answer_from_the_future_counts_as_given_today() -> None:
    ahead = Recall(TODAY + timedelta(days=400), "yes", TODAY + timedelta(days=410))
    assert next_due([ahead], "yes", TODAY) == next_due([Recall(TODAY, "yes", TODAY)], "yes", TODAY)


@pytest.mark.parametrize(
    ("begun", "due", "chance"),
    [(0, 10, 1.0), (10, 0, 0.9), (20, -10, 0.846), (0, None, 1.0), (1, None, 0.9)],
)
def test_estimated_recall_is_certain_when_asked_and_nine_tenths_when_due(
    begun: int, due: int | None, chance: float
) -> None:
    day = None if due is None else TODAY + timedelta(days=due)
    assert estimated_recall(ago(begun), day, TODAY) == pytest.approx(chance, abs=0.001)


def test_what_is_most_likely_forgotten_is_asked_first() -> None:
    learned = {"a/new": TODAY, "a/fresh": ago(30), "a/old": ago(30), "a/later": ago(30)}
    newest = {
        "a/fresh": Recall(ago(10), "yes", ago(0)),
        "a/old": Recall(ago(20), "no", ago(18)),
        "a/later": Recall(ago(1), "yes", TODAY + timedelta(days=5)),
    }
    assert [due.item for due in due_items(learned, newest, TODAY)] == ["a/old", "a/fresh", "a/new"]
    assert next_day({"a/later": ago(30)}, newest) == TODAY + timedelta(days=5)
    assert next_day({}, {}) is None


def test_a_day_has_a_bound_that_counts_what_was_answered() -> None:
    due = [Due(f"a/{n}", TODAY, 0.5) for n in range(20)]
    answered = [Recall(TODAY, "yes", TODAY + timedelta(days=3))] * 3
    today = for_today(due, answered, TODAY, 8)
    assert (len(today.asked), today.due, today.gives_way) == (5, 20, False)


def test_the_bound_gives_way_where_many_answers_fail() -> None:
    due = [Due(f"a/{n}", TODAY, 0.5) for n in range(20)]
    failed = [Recall(ago(1), "no", TODAY)] * 4 + [Recall(ago(2), "yes", TODAY)] * 4
    today = for_today(due, failed, TODAY, 8)
    assert (len(today.asked), today.gives_way) == (16, True)


def test_coming_days_count_what_falls_due_on_them() -> None:
    learned = {"a/x": ago(3), "a/y": ago(3), "a/z": ago(3)}
    newest = {"a/y": Recall(ago(1), "yes", TODAY + timedelta(days=2)), "a/z": Recall(ago(1), "yes", ago(-90))}
    assert upcoming(learned, newest, TODAY, 7) == {TODAY: 1, TODAY + timedelta(days=2): 1}


def test_questions_of_one_concept_take_turns() -> None:
    assert [turn_of(2, recalls) for recalls in range(4)] == [0, 1, 0, 1]
    assert turn_of(0, 3) == 0
