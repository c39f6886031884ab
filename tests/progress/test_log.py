"""What follows from the entries of a log: state, days, notes, undo and redo. The rules are those of the design."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import pytest

from llmpath.guide.stats import active_days
from llmpath.progress.log import Log, redo_entries, redoable, stamped, undo_entries, undoable
from llmpath.progress.progress import Progress
from tests.support import NOW, catalog_of, entry, small, topic

DAYS = [NOW + timedelta(days=n) for n in range(9)]


def of(*entries: dict[str, Any]) -> Progress:
    return Progress(small(), Log(entries))


def did(*verbs: str) -> list[dict[str, Any]]:
    """Entries about `words/one`, one a day."""
    return [entry(at, verb, "words/one") for at, verb in zip(DAYS, verbs, strict=False)]


def given(log: Log, command: Sequence[dict[str, Any]], now: datetime) -> Log:
    """The log after a command."""
    return Log([*log.tables, *stamped(command, log.newest, now)])


# --- rule 4: state ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verbs", "state", "day"),
    [
        ("", "todo", None),
        ("open", "doing", 0),
        ("open open", "doing", 0),
        ("start", "doing", 0),
        ("done", "done", 0),
        ("skip", "skipped", 0),
        ("reset", "todo", None),
        ("open done", "done", 1),
        ("done done", "done", 1),
        ("done start", "done", 0),
        ("done skip", "done", 0),
        ("done open", "done", 0),
        ("skip start", "doing", 1),
        ("start skip", "skipped", 1),
        ("skip open", "skipped", 0),
        ("open skip", "skipped", 1),
        ("start open", "doing", 0),
        ("skip done", "done", 1),
        ("done reset", "todo", None),
        ("skip reset open", "doing", 2),
        ("done reset done", "done", 2),
        ("start reset skip", "skipped", 2),
        ("done reset start skip", "skipped", 3),
    ],
)
def test_rule_4_the_state_of_an_item_since_its_last_reset(verbs: str, state: str, day: int | None) -> None:
    progress = of(*did(*verbs.split()))
    expected = None if day is None else DAYS[day].date()
    assert (progress.own_state("words/one"), progress.day("words/one")) == (state, expected)


def test_rule_4_a_topic_is_under_way_once_something_in_it_was_opened_started_or_done() -> None:
    for verb in ("open", "start", "done"):
        progress = of(*did(verb))
        assert (progress.state("words"), progress.own_state("words")) == ("doing", "todo")
        assert progress.begun_on(small().briefs["words"]) == DAYS[0].date()
    for verb in ("skip", "note", "reset"):
        assert of(entry(NOW, verb, "words/one", text="x")).state("words") == "todo"
    assert of(entry(NOW, "open", "words/gone")).state("words") == "todo"
    assert of(*did("done"), entry(DAYS[1], "skip", "words")).state("words") == "skipped"


def test_what_is_supposed_to_be_known_is_skipped_and_nothing_else_changes() -> None:
    progress = of(*did("start"))
    supposed = progress.supposing(["numbers", "words/one"])
    assert [supposed.own_state(name) for name in ("numbers", "words/one", "agents")] == ["skipped", "skipped", "todo"]
    assert progress.own_state("words/one") == "doing"


# --- rule 2: times and days ------------------------------------------------------------------------------------------


def test_rule_2_the_day_is_on_or_the_date_as_it_stands_in_at() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert of(entry(late, "done", "words")).day("words") == date(2026, 11, 20)
    assert of(entry(late, "done", "words", on=date(2026, 11, 3))).day("words") == date(2026, 11, 3)


def test_rule_2_a_command_is_later_than_everything_and_writes_the_day_where_its_time_does_not_say_it() -> None:
    ahead = NOW + timedelta(days=400, microseconds=5)
    (new,) = stamped([{"done": ["words"]}], ahead, NOW)
    assert new == {"at": ahead + timedelta(microseconds=1995), "done": ["words"], "on": NOW.date()}
    assert stamped([{"done": ["words"]}], None, NOW) == [{"at": NOW, "done": ["words"]}]
    assert stamped([{"done": ["words"], "on": NOW.date()}], NOW - timedelta(days=1), NOW)[0].get("on") is None


def test_rule_2_an_entry_without_a_time_follows_the_one_above_it() -> None:
    log = Log([{"done": ["a"], "on": date(2026, 1, 5)}, {"start": ["b"]}, entry(NOW, "open", "c"), {"skip": ["d"]}])
    begin = datetime(2026, 1, 5, tzinfo=UTC)
    ms = timedelta(milliseconds=1)
    assert log.times == [begin, begin + ms, NOW, NOW + ms]
    assert Log([{"done": ["a"]}]).times == [datetime(1970, 1, 1, tzinfo=UTC)]


def test_rule_2_what_lies_more_than_a_day_ahead_is_named() -> None:
    log = Log([entry(NOW + timedelta(hours=23), "done", "a"), entry(NOW + timedelta(hours=25), "done", "b")])
    assert [found.items for found in log.ahead(NOW)] == [["b"]]


# --- rules 3 and 5: undo and redo ------------------------------------------------------------------------------------


def undone(*logs: Log) -> list[Log]:
    return turned(logs, undoable(logs), undo_entries)


def redone(*logs: Log) -> list[Log]:
    return turned(logs, redoable(logs), redo_entries)


def turned(logs: Sequence[Log], command: Any, entries_of: Any) -> list[Log]:
    assert command is not None
    newest = max(log.newest for log in logs if log.newest is not None)
    new = stamped(entries_of(command), newest, DAYS[8])
    return [Log([*log.tables, *new]) if n == command.log else log for n, log in enumerate(logs)]


def test_rule_3_one_command_is_one_undo() -> None:
    log = given(Log(), [entry(NOW, "done", "words", "numbers"), {"note": ["words"], "text": "x"}], NOW)
    (log,) = undone(log)
    assert log.counted == []
    assert log.tables[-1]["of"] == NOW
    assert undoable([log]) is None


def test_rule_5_undo_takes_the_newest_command_that_counts_and_redo_repeats_it_with_its_day() -> None:
    log = Log([entry(DAYS[0], "done", "words"), entry(DAYS[1], "start", "agents"), entry(DAYS[1], "zap", "tuning")])
    (once,) = undone(log)
    (twice,) = undone(once)
    assert Progress(small(), once).states()["words"] == "done"
    assert Progress(small(), once).states()["agents"] == "todo"
    assert Progress(small(), twice).states()["words"] == "todo"
    (again,) = redone(twice)
    assert Progress(small(), again).states()["agents"] == "todo"
    (all_again,) = redone(again)
    progress = Progress(small(), all_again)
    assert (progress.day("words"), progress.day("agents")) == (DAYS[0].date(), DAYS[1].date())
    assert redoable([all_again]) is None
    assert all_again.tables[: len(log.tables)] == log.tables


def test_rule_5_redo_ends_with_the_next_command() -> None:
    (log,) = undone(Log([entry(NOW, "done", "words")]))
    assert redoable([log]) is not None
    assert redoable([given(log, [entry(NOW, "open", "agents")], DAYS[8])]) is None
    (again,) = redone(log)
    (back,) = undone(again)
    assert Progress(small(), redone(back)[0]).own_state("words") == "done"


def test_rule_5_what_is_undone_stays_undone_and_only_what_is_named() -> None:
    first, second = entry(NOW, "done", "words"), entry(NOW, "done", "agents")
    take_back = {"at": DAYS[1], "undo": ["words"], "of": NOW, "curriculum": "small"}
    for order in permutations([first, second, take_back]):
        progress = of(*order)
        assert (progress.own_state("words"), progress.own_state("agents")) == ("todo", "done")
    assert of(first, {**take_back, "curriculum": "other"}).own_state("words") == "done"
    assert of(entry(NOW, "done", "words", "agents"), take_back).own_state("words") == "done"


def test_rule_5_undo_is_written_where_the_command_stands() -> None:
    recall = entry(DAYS[2], "recall", "words/idea", grade="yes", due=date(2026, 12, 1))
    logs = [Log([entry(DAYS[1], "done", "words")]), Log([recall])]
    logs = undone(*logs)
    assert [len(log.tables) for log in logs] == [1, 2]
    assert Progress(small(), *logs).recalls == {}
    assert [len(log.tables) for log in undone(*logs)] == [2, 2]
    assert [len(log.tables) for log in redone(*logs)] == [1, 3]


# --- rule 6: notes ---------------------------------------------------------------------------------------------------


def noted(at: datetime, text: str | None, *hides: datetime, items: Sequence[str] = ("words",)) -> dict[str, Any]:
    told = {} if text is None else {"text": text}
    return entry(at, "note", *items, **told, **({"hides": list(hides)} if hides else {}))


def texts(*entries: dict[str, Any], item: str = "words") -> list[str]:
    return [note.text for note in of(*entries).notes(item)]


def test_rule_6_notes_are_dated_and_several_and_a_reset_keeps_them() -> None:
    progress = of(noted(DAYS[1], "b"), noted(DAYS[0], "a"), entry(DAYS[2], "reset", "words"))
    assert [(note.day, note.text) for note in progress.notes("words")] == [
        (DAYS[0].date(), "a"),
        (DAYS[1].date(), "b"),
    ]


def test_rule_6_an_edit_hides_what_it_replaces_for_its_items_only() -> None:
    both = noted(DAYS[0], "a", items=["words", "agents"])
    assert texts(both, noted(DAYS[1], "b", DAYS[0])) == ["b"]
    assert texts(both, noted(DAYS[1], "b", DAYS[0]), item="agents") == ["a"]
    assert texts(both, noted(DAYS[1], None, DAYS[0])) == []


def test_rule_6_two_edits_of_one_note_are_two_notes() -> None:
    assert texts(noted(DAYS[0], "a"), noted(DAYS[1], "b", DAYS[0]), noted(DAYS[2], "c", DAYS[0])) == ["b", "c"]


def test_rule_6_equal_notes_are_shown_once_and_hidden_together_but_not_before_they_are_written() -> None:
    equal = [noted(DAYS[0], "a"), noted(DAYS[1], "a")]
    assert texts(*equal) == ["a"]
    assert texts(*equal, noted(DAYS[2], None, DAYS[0])) == []
    assert texts(*equal, noted(DAYS[2], None, DAYS[0]), noted(DAYS[3], "a")) == ["a"]


# --- rule 9: days ----------------------------------------------------------------------------------------------------


def test_rule_9_opening_starting_doing_and_recalling_make_a_day_active_until_undone() -> None:
    verbs = ["open", "start", "done", "skip", "reset", "note", "goal"]
    entries = [entry(at, verb, "words", text="x") for at, verb in zip(DAYS, verbs, strict=False)]
    recall = entry(DAYS[7], "recall", "words/idea", grade="no", due=date(2026, 12, 1))
    active = active_days(Progress(small(), Log(entries), Log([recall])))
    assert list(active) == [at.date() for at in (*DAYS[:3], DAYS[7])]
    back = {"at": DAYS[8], "undo": ["words"], "of": DAYS[1], "curriculum": "small"}
    assert DAYS[1].date() not in active_days(of(*entries, back))


def test_rule_9_a_day_counts_its_items_and_a_reset_leaves_it_active() -> None:
    progress = of(entry(NOW, "done", "words", "agents"), *did("open", "done"), entry(DAYS[3], "reset", "words"))
    assert active_days(progress) == {DAYS[0].date(): 3, DAYS[1].date(): 1}


def test_log_joins_a_note_with_what_was_done_and_marks_what_was_undone() -> None:
    log = given(Log(), [entry(NOW, "done", "words"), {**noted(NOW, "great"), "curriculum": "small"}], NOW)
    log = given(log, [entry(NOW, "open", "agents")], DAYS[1])
    (log,) = undone(log)
    rows = Progress(small(), log).history()
    assert [(row.did, row.items, row.note, row.undone) for row in rows] == [
        ("open", ["agents"], "", True),
        ("done", ["words"], "great", False),
    ]


# --- rule 10: bad entries --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"done": ["a"], "skip": ["b"]}, "two_verbs"),
        ({"done": "a"}, "items"),
        ({"done": [1]}, "items"),
        ({"done": True}, "items"),
        ({"done": ["a"], "on": "2026-01-01"}, "on"),
        ({"done": ["a"], "on": NOW}, "on"),
        ({"done": ["a"], "at": date(2026, 1, 1)}, "at"),
        ({"done": ["a"], "at": datetime(2026, 1, 1)}, "at"),  # noqa: DTZ001 - what TOML may hold
        ({"done": ["a"], "at": datetime(9001, 1, 1, tzinfo=UTC)}, "at"),
        ({"done": ["a"], "at": datetime.min.replace(tzinfo=UTC)}, "at"),
        ({"done": ["a"], "curriculum": 3}, "curriculum"),
        ({"note": ["a"]}, "text"),
        ({"note": ["a"], "text": 3}, "text"),
        ({"note": ["a"], "text": "x", "hides": NOW}, "hides"),
        ({"note": ["a"], "hides": [3]}, "hides"),
        ({"undo": ["a"]}, "of"),
        ({"undo": ["a"], "of": "x"}, "of"),
        ({"recall": ["a"], "grade": "perhaps", "due": NOW.date()}, "grade"),
        ({"recall": ["a"], "grade": "yes"}, "grade"),
        ({"ponder": ["a"]}, "unknown_key"),
        ({}, "no_verb"),
    ],
)
def test_rule_10_a_bad_entry_is_named_and_stops_nothing(table: dict[str, Any], reason: str) -> None:
    log = Log([entry(NOW, "done", "words"), table, entry(DAYS[1], "done", "agents")])
    assert reason in [problem.reason for problem in log.problems]
    assert {problem.place for problem in log.problems} == {1}
    assert [found.items for found in log.counted] == [["words"], ["agents"]]


def test_rule_10_an_unknown_key_is_named_and_the_entry_counts() -> None:
    log = Log([entry(NOW, "done", "words", mood="good")])
    assert [(problem.reason, problem.details) for problem in log.problems] == [("unknown_key", ("mood",))]
    assert Progress(small(), log).own_state("words") == "done"


# --- rule 12: ids ----------------------------------------------------------------------------------------------------


def test_rule_12_former_ids_are_resolved_and_all_that_was_done_under_any_of_them_is_one_items() -> None:
    catalog = catalog_of([topic("words", former_ids=["tokens"]), topic("agents")])
    log = Log(
        [
            entry(DAYS[0], "open", "tokens/one"),
            entry(DAYS[1], "done", "words/one"),
            noted(DAYS[2], "x", items=["tokens"]),
            entry(DAYS[3], "goal", "tokens"),
            entry(DAYS[4], "done", "gone"),
        ]
    )
    progress = Progress(catalog, log)
    assert (progress.own_state("words/one"), progress.state("words")) == ("done", "doing")
    assert (progress.goal, progress.note("words")) == ("words", "x")
    assert progress.unknown_items() == ["gone"]


def test_the_goal_is_the_last_and_an_empty_one_clears_it() -> None:
    assert of(entry(DAYS[0], "goal", "words"), entry(DAYS[1], "goal", "agents")).goal == "agents"
    assert of(entry(DAYS[0], "goal", "words"), entry(DAYS[1], "goal")).goal is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_entries_of_one_moment_mean_the_same_in_whatever_order_they_stand(order: tuple[int, int]) -> None:
    pairs = [
        [entry(NOW, "goal", "agents"), entry(NOW, "goal", "words")],
        [entry(NOW, "open", "agents/one"), entry(NOW, "open", "words/one")],
        [entry(NOW, "reset", "numbers"), entry(NOW, "done", "numbers")],
    ]
    progress = of(*(pair[place] for pair in pairs for place in order))
    assert (progress.goal, progress.last_touched, progress.own_state("numbers")) == ("words", "words/one", "todo")


def test_the_same_entry_twice_counts_once() -> None:
    recall = entry(NOW, "recall", "words/idea", grade="yes", due=date(2026, 12, 1))
    progress = Progress(small(), Log([entry(NOW, "done", "numbers")] * 2), Log([recall, recall]))
    assert len(progress.recalls["words/idea"]) == 1
    assert sorted(row.did for row in progress.history()) == ["done", "recall"]


def test_what_was_opened_or_started_last_is_known_also_of_a_topic() -> None:
    progress = of(*did("start", "done"), entry(DAYS[2], "open", "agents/two"), entry(DAYS[3], "done", "agents/one"))
    assert progress.last_touched == "agents/two"
    briefs = small().briefs
    assert [progress.touched_at(briefs[name]) for name in ("words", "agents", "tuning")] == [DAYS[0], DAYS[2], None]


def test_a_reset_forgets_the_recalls_before_it() -> None:
    recalls = [entry(at, "recall", "words/idea", grade="yes", due=date(2026, 12, 1)) for at in (DAYS[0], DAYS[2])]
    progress = Progress(small(), Log([entry(DAYS[1], "reset", "words/idea")]), Log(recalls))
    assert [answer.at for answer in progress.recalls["words/idea"]] == [DAYS[2]]
    assert progress.touched() == ["words/idea"]
