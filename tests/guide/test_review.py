"""When concepts are asked again: against the scheduler itself, and laws of what is due."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.guide.review import (
    Learned,
    due_items,
    estimated_recall,
    for_today,
    learned,
    memory,
    next_day,
    next_due,
    turn_of,
    upcoming,
)
from llmpath.progress.log import GRADES, Log, missing, stamped, undo_entries, undoable
from llmpath.progress.progress import Progress, Recall
from tests.support import NOW, entry, small

TODAY = date(2026, 11, 26)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def recall(day: date, grade: str, due: date) -> Recall:
    return Recall(datetime.combine(day, time(12), UTC), day, grade, due)


def twenty(*recent: Recall) -> Learned:
    """Twenty concepts that were learned today, and some answers on others."""
    return Learned({f"a/{n}": TODAY for n in range(20)}, {}, recent)


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
        recalls.append(recall(day, grade, due))


def test_an_answer_from_the_future_does_not_count_yet_but_tomorrows_does() -> None:
    ahead, tomorrow = (recall(ago(-days), "easily", ago(-days - 10)) for days in (400, 1))
    assert next_due([ahead], "yes", TODAY) == next_due([], "yes", TODAY)
    assert next_due([tomorrow], "yes", TODAY) == next_due([recall(TODAY, "easily", TODAY)], "yes", TODAY)
    assert next_due([tomorrow], "yes", TODAY) != next_due([], "yes", TODAY)


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
    days = {"a/new": TODAY, "a/fresh": ago(30), "a/old": ago(30), "a/later": ago(30)}
    newest = {
        "a/fresh": recall(ago(10), "yes", ago(0)),
        "a/old": recall(ago(20), "no", ago(18)),
        "a/later": recall(ago(1), "yes", TODAY + timedelta(days=5)),
    }
    assert [due.item for due in due_items(Learned(days, newest, []), TODAY)] == ["a/old", "a/fresh", "a/new"]
    assert next_day(Learned({"a/later": ago(30)}, newest, []), TODAY) == TODAY + timedelta(days=5)
    assert next_day(Learned(days, newest, []), TODAY) == TODAY
    assert next_day(Learned({}, {}, []), TODAY) is None


@pytest.mark.parametrize(
    ("failed", "known", "limit", "asked", "gives_way"),
    [
        (0, 0, None, 8, False),
        (2, 4, None, 16, True),
        (1, 5, None, 8, False),
        (5, 0, None, 8, False),
        (4, 4, 3, 3, False),
        (0, 0, 30, 20, False),
    ],
)
def test_the_bound_of_a_day_gives_way_where_many_answers_fail(
    failed: int, known: int, limit: int | None, asked: int, *, gives_way: bool
) -> None:
    answers = [recall(ago(1), "no", TODAY)] * failed + [recall(ago(13), "yes", TODAY)] * known
    today = for_today(twenty(*answers), TODAY, 8, limit)
    assert (len(today.asked), today.due, today.gives_way, today.answered) == (asked, 20, gives_way, 0)


def test_a_day_has_a_bound_that_counts_what_was_answered() -> None:
    today = for_today(twenty(*[recall(TODAY, "yes", TODAY + timedelta(days=3))] * 3), TODAY, 8)
    assert (len(today.asked), today.due, today.gives_way, today.answered) == (5, 20, False, 3)


def test_coming_days_count_what_falls_due_on_them_and_memory_how_well_it_is_known() -> None:
    newest = {
        "a/y": recall(ago(1), "yes", TODAY + timedelta(days=2)),
        "a/z": recall(ago(1), "yes", ago(-90)),
        "a/old": recall(ago(300), "yes", ago(290)),
    }
    known = Learned({"a/x": ago(3), "a/y": ago(3), "a/z": ago(3), "a/old": ago(400)}, newest, [])
    assert upcoming(known, TODAY) == {TODAY: 2, TODAY + timedelta(days=2): 1}
    assert memory(known, TODAY)[:3] == (2, 1, 1)


@pytest.mark.parametrize(
    ("verbs", "asked"),
    [
        ([("done", "words")], ["words/idea"]),
        ([("done", "words/idea")], ["words/idea"]),
        ([("done", "words"), ("skip", "words/idea")], []),
        ([("done", "words/idea"), ("skip", "words")], ["words/idea"]),
        ([("done", "words/one")], []),
        ([("done", "words"), ("reset", "words")], []),
        ([("start", "words/idea")], []),
    ],
)
def test_a_concept_is_asked_once_it_or_its_topic_is_done_and_not_skipped(
    verbs: list[tuple[str, str]], asked: list[str]
) -> None:
    log = Log([entry(NOW + timedelta(seconds=n), *words) for n, words in enumerate(verbs)])
    assert list(learned(small(), Progress(small(), log, Log()), NOW.date()).days) == asked


def test_reset_forgets_the_answers_on_a_concept_and_a_gone_concept_is_left_out() -> None:
    due = NOW.date() + timedelta(days=9)
    answers = Log([entry(NOW, "recall", item, grade="yes", due=due) for item in ("words/idea", "gone/idea")])
    done = entry(NOW - timedelta(days=1), "done", "words/idea")
    later = NOW + timedelta(hours=1)
    before = learned(small(), Progress(small(), Log([done]), answers), NOW.date())
    again = [done, entry(later, "reset", "words/idea"), entry(later + timedelta(seconds=1), "done", "words/idea")]
    after = learned(small(), Progress(small(), Log(again), answers), NOW.date())
    assert (list(before.days), list(before.newest)) == (["words/idea"], ["words/idea"])
    assert (list(after.days), list(after.newest)) == (["words/idea"], [])


Deed = tuple[int, str, int, int]
deeds = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([*GRADES, "undo", "meet"]),
        st.integers(0, 4),
        st.integers(0, 3),
    ),
    max_size=25,
)


@given(deeds)
def test_devices_that_meet_agree_on_what_is_due_whatever_was_undone_on_each(history: list[Deed]) -> None:
    """Three devices answer, take back and unite in any order; united at the end, they say the same, and so does
    a replay of the answers that were not taken back."""
    catalog = small()
    progress = Log([entry(NOW, "done", topic) for topic in catalog.briefs])
    devices: list[list[Any]] = [[], [], []]
    now = NOW
    for device, deed, topic, days in history:
        now += timedelta(days=days, seconds=1)
        ours = Log(devices[device])
        if deed == "undo":
            command = undoable([ours])
            new = undo_entries(command) if command is not None else []
        elif deed == "meet":
            devices[device] = [*devices[device], *missing(ours, [Log(devices[topic % 3])])]
            continue
        else:
            item = f"{list(catalog.briefs)[topic]}/idea"
            recalls = Progress(catalog, progress, ours).recalls.get(item, [])
            due = next_due(recalls, deed, now.date())
            new = [{"recall": [item], "grade": deed, "due": due, "curriculum": "small"}]
        devices[device] = [*devices[device], *stamped(new, ours.newest, now)]
    united = [
        Log([*each, *missing(Log(each), [Log(other) for other in devices if other is not each])]) for each in devices
    ]
    said = [learned(catalog, Progress(catalog, progress, log), now.date()) for log in united]
    assert said[0] == said[1] == said[2]
    newest = {item: answer.due for item, answer in said[0].newest.items()}
    counted = [each for each in united[0].counted if each.verb == "recall"]
    assert newest == {each.items[0]: each.fields["due"] for each in counted}


def test_questions_of_one_concept_take_turns() -> None:
    assert [turn_of(2, recalls) for recalls in range(4)] == [0, 1, 0, 1]
    assert turn_of(0, 3) == 0
