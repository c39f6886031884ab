"""The laws of union, undo and redo: rules 1, 4, 5, 7 and 13, over histories of three machines and edits by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.guide.stats import active_days, streak
from llmpath.progress.document import Document, Table, parsed, text_of
from llmpath.progress.log import Log, missing, redo_entries, redoable, stamped, undo_entries, undoable
from llmpath.progress.progress import Progress
from llmpath.progress.schema1 import converted
from tests.support import NOW, entry, small

LOGS = Path(__file__).parents[1] / "data" / "logs"

Tables = Sequence[dict[str, Any]]
ITEMS = ["words", "words/one", "words/idea", "agents", "gone"]
NAMES = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=2, unique=True)
MARKS = st.builds(
    lambda verb, names, on: {verb: names, **({"on": on} if on else {})},
    st.sampled_from(["open", "start", "done", "skip", "reset"]),
    NAMES,
    st.none() | st.dates(date(2026, 11, 1), date(2026, 11, 20)),
)
NOTES = st.builds(lambda names, text: {"note": names, "text": text}, NAMES, st.sampled_from(["a", "b"]))
GOALS = st.builds(lambda names: {"goal": names[:1]}, NAMES)
BY_HAND = st.sampled_from(
    [
        {"done": ["words"]},
        {"done": ["agents"], "on": date(2026, 1, 5), "curriculum": "small"},
        {"at": NOW + timedelta(hours=3), "skip": ["words/one"], "curriculum": "small", "mood": "good"},
        {"at": NOW, "zap": ["words"], "level": {"deep": [1, 1.0]}},
        {"at": "yesterday", "done": ["words"]},
        {"done": ["words"], "start": ["agents"]},
    ]
)
ACTIONS = st.one_of(
    MARKS, MARKS, NOTES, GOALS, BY_HAND.map(lambda table: ("hand", table)),
    st.sampled_from([("undo", None), ("redo", None), ("merge", 1), ("merge", 2)]),
)  # fmt: skip


class Device(NamedTuple):
    """A machine: its log, and how far its clock is off."""

    tables: list[dict[str, Any]]
    skew: timedelta


def acted(device: Device, action: Any, moment: datetime, others: Sequence[Device]) -> None:
    """Does one thing on a machine; what is there stays as it is (rule 1)."""
    log, now = Log(device.tables), moment + device.skew
    if isinstance(action, dict):
        device.tables.extend(stamped([{**action, "curriculum": "small"}], log.newest, now))  # type: ignore[arg-type]
        return
    name, what = action
    if name == "hand":
        device.tables.append(what)
    elif name == "merge":
        device.tables.extend(missing(log, [Log(others[what].tables)]))  # type: ignore[arg-type]
    else:
        command = undoable([log]) if name == "undo" else redoable([log])
        if command is not None:
            entries = undo_entries(command) if name == "undo" else redo_entries(command)
            device.tables.extend(stamped(entries, log.newest, now))  # type: ignore[arg-type]


@st.composite
def devices(draw: st.DrawFn) -> list[Device]:
    """Three machines after a history: each of up to ten steps is done on one of them."""
    machines = [Device([], timedelta(minutes=draw(st.integers(-90, 90)))) for _ in range(3)]
    for step in range(draw(st.integers(0, 10))):
        number = draw(st.integers(0, 2))
        others = machines[number:] + machines[:number]
        acted(machines[number], draw(ACTIONS), NOW + timedelta(minutes=step), others)
    return machines


def union(*logs: Tables) -> Tables:
    first, *others = logs
    result = list(first)
    for other in others:
        result += missing(Log(result), [Log(other)])  # type: ignore[arg-type]
    return result


def seen(tables: Tables) -> Any:
    """Everything that is shown of a log."""
    progress = Progress(small(), Log(tables))
    return (
        {item: (progress.own_state(item), progress.day(item)) for item in ITEMS},
        progress.begun_on(small().briefs["words"]),
        {item: progress.notes(item) for item in ITEMS},
        progress.goal,
        active_days(progress),
        progress.history(),
        progress.last_touched,
    )  # fmt: skip


def keys_of(tables: Sequence[Table]) -> set[Any]:
    return {key for key, _, _ in Log(tables).keyed()}


@given(devices())
@settings(max_examples=150)
def test_rule_7_union_is_commutative_associative_and_idempotent_and_loses_nothing(machines: list[Device]) -> None:
    a, b, c = (machine.tables for machine in machines)
    keys = keys_of(a) | keys_of(b) | keys_of(c)
    for order in permutations([a, b, c]):
        assert keys_of(union(*order)) == keys
        assert seen(union(*order)) == seen(union(a, b, c))
    assert keys_of(union(a, union(b, c))) == keys
    assert union(a, a) == a
    assert union(union(a, b), b) == union(a, b)
    assert union(a, b, c)[: len(a)] == a


@given(devices(), ACTIONS.filter(lambda action: not isinstance(action, tuple) or action[0] == "merge"))
@settings(max_examples=150)
def test_no_command_changes_what_the_log_said_of_earlier_ones_and_undo_marks_one(
    machines: list[Device], action: Any
) -> None:
    device = machines[0]
    before = Progress(small(), Log(device.tables)).history()
    days = active_days(Progress(small(), Log(device.tables)))
    if isinstance(action, dict):
        acted(device, action, NOW + timedelta(days=1), machines)
        after = Progress(small(), Log(device.tables)).history()
        assert after[len(after) - len(before) :] == before
        now = active_days(Progress(small(), Log(device.tables)))
        assert set(days) <= set(now)
        assert streak(now, date(2026, 12, 1)).longest >= streak(days, date(2026, 12, 1)).longest  # rule 9
    command = undoable([Log(device.tables)])
    before = Progress(small(), Log(device.tables)).history()
    acted(device, ("undo", None), NOW + timedelta(days=2), machines)
    after = Progress(small(), Log(device.tables)).history()
    changed = {one.at for one, other in zip(before, after, strict=True) if one != other}
    assert changed <= ({command.at} if command else set())
    assert [row._replace(undone=False) for row in after] == [row._replace(undone=False) for row in before]


@given(devices())
@settings(max_examples=150)
def test_rule_5_undo_gives_back_what_was_shown_before_and_redo_what_was_after(machines: list[Device]) -> None:
    device = machines[0]

    def shown() -> Any:
        states, _, notes, goal, days, _, touched = seen(device.tables)
        return states, {item: [note.text for note in of] for item, of in notes.items()}, goal, days, touched

    before = shown()
    action = {"done": ["words", "agents"]}
    acted(device, action, NOW + timedelta(days=1), machines)
    acted(device, {"note": ["agents"], "text": "new"}, NOW + timedelta(days=1), machines)
    after = shown()
    for name, expected in (("undo", None), ("undo", before), ("redo", None), ("redo", after), ("undo", None)):
        acted(device, (name, None), NOW + timedelta(days=1, minutes=1), machines)
        if expected is not None:
            assert shown() == expected


@given(devices())
@settings(max_examples=60)
def test_rule_5_what_is_undone_on_one_machine_stays_undone_on_all(machines: list[Device]) -> None:
    a, b, c = (machine.tables for machine in machines)
    whole = union(a, b, c)
    for tables in (a, b, c):
        log, merged = Log(tables), Log(union(tables, whole))
        assert log.undone <= merged.undone


def test_an_entry_added_by_hand_is_the_same_entry_after_it_was_copied() -> None:
    ours = [entry(NOW, "done", "words"), {"start": ["agents"]}]
    theirs = union([entry(NOW, "open", "words/one")], ours)
    assert theirs[-1] == {"at": NOW + timedelta(milliseconds=1), "start": ["agents"]}
    assert union(ours, theirs) == [*ours, entry(NOW, "open", "words/one")]


# --- rule 13: schema 1 -----------------------------------------------------------------------------------------------

OLD: dict[str, Any] = {
    "items": {
        "llm-course/rag": {"state": "done", "on": date(2026, 11, 20), "at": NOW, "note": "great", "mood": 3},
        "small/words": {"state": "skipped", "at": NOW + timedelta(seconds=1)},
        "small/agents": {"state": "todo", "note": "soon", "at": NOW},
        "small/numbers": {"state": "todo", "at": NOW},
        "small/tuning": {"state": "doing", "on": date(2026, 11, 3)},
        "rag": {"state": "perhaps"},
        "nlp": 3,
    },
    "goals": {"small": {"item": "agents", "at": NOW}, "llm-course": {"item": "", "at": NOW}},
    "future": {"x": 1},
}


def test_rule_13_each_record_of_schema_1_becomes_a_state_and_a_note_from_itself_alone() -> None:
    small_ = {"curriculum": "small"}
    never = datetime(1970, 1, 1, tzinfo=UTC)
    schema, entries, others = converted(Document(1, [], OLD))
    assert (schema, others) == (2, {"future": {"x": 1}})
    assert entries == [
        {"at": never, "item": "rag", "state": "perhaps"},
        {"at": never, "item": "nlp", "value": 3},
        {"at": datetime(2026, 11, 3, tzinfo=UTC), "start": ["tuning"], "on": date(2026, 11, 3), **small_},
        {"at": NOW, "done": ["rag"], "on": date(2026, 11, 20), "mood": 3},
        {"at": NOW, "note": ["rag"], "text": "great"},
        {"at": NOW, "note": ["agents"], "text": "soon", **small_},
        {"at": NOW, "reset": ["numbers"], **small_},
        {"at": NOW, "goal": ["agents"], **small_},
        {"at": NOW, "goal": []},
        {"at": NOW + timedelta(seconds=1), "skip": ["words"], **small_},
    ]
    assert [problem.reason for problem in Log(entries).problems if problem.reason == "no_verb"] == ["no_verb"] * 2


def test_rule_13_an_undated_entry_in_a_file_of_schema_1_is_read() -> None:
    assert converted(Document(1, [{"done": ["words"]}], {})).entries == [{"done": ["words"]}]


def test_rule_13_two_machines_that_convert_apart_agree() -> None:
    both = {**OLD["items"], "small/more": {"state": "done", "at": NOW}}
    ours, theirs = (converted(Document(1, [], {**OLD, "items": items})).entries for items in (OLD["items"], both))
    assert missing(Log(ours), [Log(theirs)]) == [{"at": NOW, "done": ["more"], "curriculum": "small"}]
    assert missing(Log(theirs), [Log(ours)]) == []


@pytest.mark.parametrize("schema", [1, 2])
def test_kept_files_of_both_schemas_are_read_alike_and_the_older_becomes_the_newer(schema: int) -> None:
    content = (LOGS / f"schema-{schema}.toml").read_bytes()
    current = converted(parsed(content, "kept"))
    assert text_of(current.others, current.entries, "progress").encode() == (LOGS / "schema-2.toml").read_bytes()
    progress = Progress(small(), Log(current.entries))
    assert (progress.own_state("words"), progress.day("words")) == ("done", date(2026, 11, 20))
    assert (progress.own_state("agents"), progress.goal, progress.note("words")) == (
        "doing",
        "agents",
        "great talk 量化",
    )
