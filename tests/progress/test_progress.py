"""Records: what a change makes of them, what a merge makes of many, and that nothing unknown is ever lost."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.progress.edits import with_changes, with_goal, with_times
from llmpath.progress.merging import merge_rank, merged
from llmpath.progress.records import BadEntry, Change, Document, Records, figure_of, records_of
from llmpath.progress.serialization import encoded, parsed
from tests.support import NOW, Home, catalog_of, progress_of, resource, small, topic

STATES = ("todo", "doing", "skipped", "done")
KEYS = ("small/numbers", "small/words", "other/words")
WRITTEN = datetime(2026, 11, 20, tzinfo=UTC)


# --- what stands in a file -------------------------------------------------------------------------------------------


def test_a_record_without_on_happened_on_the_local_day_of_its_at() -> None:
    taipei = timezone(timedelta(hours=8))
    document = {
        "schema": 1,
        "items": {"small/words": {"state": "done", "at": datetime(2026, 11, 20, 20, 0, tzinfo=UTC)}},
    }
    assert records_of(document, WRITTEN.astimezone(taipei)).items["small/words"].day == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (3, "not_a_table"),
        ("done", "not_a_table"),
        ([], "not_a_table"),
        ({}, "record_without_state"),
        ({"note": "x"}, "record_without_state"),
        ({"state": "perhaps"}, "record_state"),
        ({"state": True}, "record_state"),
        ({"state": 1}, "record_state"),
        ({"state": ["done"]}, "record_state"),
        ({"state": {"done": True}}, "record_state"),
        ({"state": "DONE"}, "record_state"),
        ({"state": "done", "at": "2026-11-21"}, "record_at"),
        ({"state": "done", "at": date(2026, 11, 21)}, "record_at"),
        ({"state": "done", "at": datetime(2026, 11, 21, 12)}, "record_at"),  # noqa: DTZ001 - what TOML may hold
        ({"state": "done", "at": 1}, "record_at"),
        ({"state": "done", "at": datetime.max.replace(tzinfo=UTC)}, "record_at"),
        ({"state": "done", "at": datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))}, "record_at"),
        ({"state": "done", "on": "2026-11-21"}, "record_on"),
        ({"state": "done", "on": NOW}, "record_on"),
        ({"state": "done", "on": 20261121}, "record_on"),
        ({"state": "done", "note": 3}, "record_note"),
        ({"state": "done", "note": ["x"]}, "record_note"),
    ],
)
def test_a_wrong_record_is_left_out_and_named(record: Any, reason: str) -> None:
    document = {"schema": 1, "items": {"small/words": record, "small/numbers": {"state": "done"}}}
    records = records_of(document, WRITTEN)
    assert list(records.items) == ["small/numbers"]
    assert records.bad == [('items."small/words"', reason)]


@pytest.mark.parametrize(
    ("goal", "reason"),
    [
        ("agents", "not_a_table"),
        ({}, "goal_item"),
        ({"item": 3}, "goal_item"),
        ({"item": "agents", "at": 3}, "record_at"),
    ],
)
def test_a_wrong_goal_is_left_out_and_named(goal: Any, reason: str) -> None:
    records = records_of({"schema": 1, "goals": {"small": goal}}, WRITTEN)
    assert (records.goals, records.bad) == ({}, [('goals."small"', reason)])


@pytest.mark.parametrize("group", ["items", "goals"])
@pytest.mark.parametrize("value", [3, "x", [1], [{"state": "done"}], True, NOW])
def test_a_group_that_is_no_table_is_named(group: str, value: Any) -> None:
    assert records_of({"schema": 1, group: value}, WRITTEN) == Records({}, {}, [BadEntry(group, "not_a_table")])


def test_a_cleared_goal_is_none() -> None:
    assert records_of({"schema": 1, "goals": {"small": {"item": "", "at": NOW}}}, WRITTEN).goals == {}


# --- changes ---------------------------------------------------------------------------------------------------------


def changed(document: Document, *changes: Change, now: datetime = NOW) -> Document:
    return with_changes(document, changes, now, WRITTEN)


def test_a_change_is_stamped_with_now_in_utc() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=8)))
    document = changed({"schema": 1}, Change("small/words", "done", date(2026, 11, 21)), now=local)
    record = document["items"]["small/words"]
    assert record == {"state": "done", "on": date(2026, 11, 21), "at": NOW}
    assert record["at"].tzinfo is UTC


def test_a_later_change_wins_under_a_clock_that_goes_backwards() -> None:
    document = changed({"schema": 1}, Change("small/words", "done"))
    document = changed(document, Change("small/words", "todo"), now=NOW - timedelta(days=90))
    assert document["items"]["small/words"]["at"] == NOW + timedelta(milliseconds=1)


def test_a_change_of_a_record_without_a_time_is_later_than_the_file() -> None:
    document: Document = {"schema": 1, "items": {"small/words": {"state": "doing"}}}
    document = changed(document, Change("small/words", "done"), now=WRITTEN - timedelta(days=9))
    assert document["items"]["small/words"]["at"] == WRITTEN + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "change",
    [
        Change("small/words", "done"),
        Change("small/words", "done", date(2026, 11, 2), "great"),
        Change("small/words"),
        Change("small/new", "todo"),
        Change("small/new", note=""),
    ],
)
def test_what_changes_nothing_gives_the_very_same_document(change: Change) -> None:
    document = {
        "schema": 1,
        "items": {"small/words": {"state": "done", "on": date(2026, 11, 2), "note": "great", "at": NOW}},
    }
    assert changed(document, change) is document


def test_a_note_stands_last_because_it_may_be_long() -> None:
    document = changed({"schema": 1}, Change("small/words", "done", note="long"))
    document = changed(document, Change("small/words", "todo", date(2026, 11, 2)))
    assert list(document["items"]["small/words"])[-1] == "note"


def test_a_cleared_goal_is_written_as_empty_so_that_it_wins_a_merge() -> None:
    document = with_goal({"schema": 1}, "small", "agents", NOW, WRITTEN)
    assert with_goal(document, "small", "agents", NOW, WRITTEN) is document
    cleared = with_goal(document, "small", "", NOW, WRITTEN)
    assert cleared["goals"]["small"] == {"item": "", "at": NOW + timedelta(milliseconds=1)}
    assert merged([document, cleared]) == merged([cleared, document]) == cleared
    assert with_goal({"schema": 1}, "small", "", NOW, WRITTEN) == {"schema": 1}


def test_every_record_gets_a_time_and_no_other_is_touched() -> None:
    document = {
        "schema": 1,
        "items": {"small/words": {"state": "done"}, "small/numbers": {"state": "done", "at": NOW}, "odd": 3},
        "goals": {"small": {"item": "agents"}},
    }
    assert with_times(document, WRITTEN) == {
        "schema": 1,
        "items": {
            "small/words": {"state": "done", "at": WRITTEN},
            "small/numbers": {"state": "done", "at": NOW},
            "odd": 3,
        },
        "goals": {"small": {"item": "agents", "at": WRITTEN}},
    }
    timed = with_times(document, WRITTEN)
    assert with_times(timed, NOW) is timed


# --- merge laws ------------------------------------------------------------------------------------------------------

MOMENTS = st.integers(0, 3).map(lambda minutes: NOW + timedelta(minutes=minutes))
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-5))])
UNKNOWN = st.recursive(
    st.integers(0, 2) | st.booleans() | st.sampled_from(["", "x", "2026-11-21", "2026-11-21T12:00:00.000000+00:00"])
    | st.just(date(2026, 11, 21)) | st.builds(lambda at, zone: at.astimezone(zone), MOMENTS, ZONES) | st.just(1.0),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {"state": st.sampled_from(STATES), "at": st.builds(lambda at, zone: at.astimezone(zone), MOMENTS, ZONES)},
    optional={"on": st.just(date(2026, 11, 21)), "note": st.sampled_from(["", "x"]), "mood": UNKNOWN},
)
GOALS = st.fixed_dictionaries({"item": st.sampled_from(["", "words", "agents"]), "at": MOMENTS})
DOCUMENTS = st.fixed_dictionaries(
    {"schema": st.just(1)},
    optional={
        "items": st.dictionaries(st.sampled_from(KEYS), RECORDS, max_size=3),
        "goals": st.dictionaries(st.sampled_from(["small", "other"]), GOALS, max_size=2),
        "badges": UNKNOWN,
        "theme": UNKNOWN,
    },
)


def plain(value: Any) -> Any:
    """A value in which the order of keys does not matter and things of different types differ."""
    if isinstance(value, dict):
        return {"table": sorted((key, repr(plain(entry))) for key, entry in value.items())}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return type(value).__name__, str(value)


@given(DOCUMENTS, DOCUMENTS)
def test_merging_is_commutative(one: Document, other: Document) -> None:
    assert plain(merged([one, other])) == plain(merged([other, one]))


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_merging_is_associative(one: Document, two: Document, three: Document) -> None:
    whole = plain(merged([one, two, three]))
    assert plain(merged([merged([one, two]), three])) == whole
    assert plain(merged([one, merged([two, three])])) == whole
    assert all(plain(merged(order)) == whole for order in permutations([one, two, three]))


@given(DOCUMENTS, DOCUMENTS)
def test_merging_is_idempotent(one: Document, other: Document) -> None:
    assert plain(merged([one, one])) == plain(one)
    both = merged([one, other])
    assert plain(merged([both, one])) == plain(merged([other, both])) == plain(both)


@given(DOCUMENTS, DOCUMENTS)
def test_merging_loses_nothing(one: Document, other: Document) -> None:
    """Monotone: each record of the result is at least as great as in every file, and no key is missing."""
    both = merged([one, other])
    for document in (one, other):
        assert set(document) <= set(both)
        for group in ("items", "goals"):
            for key, table in document.get(group, {}).items():
                assert merge_rank(both[group][key]) >= merge_rank(table)
        assert _keys(document.get("badges")) <= _keys(both.get("badges"))


def _keys(value: Any) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


@given(DOCUMENTS, DOCUMENTS)
def test_each_record_of_a_merge_is_one_of_those_that_were_there(one: Document, other: Document) -> None:
    for key, table in merged([one, other]).get("items", {}).items():
        assert table in [document.get("items", {}).get(key) for document in (one, other)]


def test_the_rank_is_time_then_state_then_text() -> None:
    def record(state: str, minutes: int = 0, **more: Any) -> dict[str, Any]:
        return {"state": state, "at": NOW + timedelta(minutes=minutes), **more}

    rising = [
        record("todo"),
        record("doing"),
        record("skipped"),
        record("done", note="a"),
        record("done", note="b"),
        record("done"),
        record("todo", 1),
    ]
    assert sorted(rising, key=merge_rank) == rising


def test_the_text_of_a_record_is_json_with_sorted_keys_no_spaces_and_utc() -> None:
    at = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    assert merge_rank({"state": "done", "on": date(2026, 11, 21), "at": at, "note": "量 x"})[:3] == (
        datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        3,
        '{"at":"2026-11-21T12:00:00.000000+00:00","note":"量 x","on":"2026-11-21","state":"done"}',
    )


def test_a_time_at_the_end_of_the_calendar_under_an_unknown_key_stops_no_merge() -> None:
    odd = {"schema": 1, "until": datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))}
    assert merged([odd, {"schema": 1, "until": 3}])["schema"] == 1


# --- many machines, wrong clocks -------------------------------------------------------------------------------------

REPLICAS = ("desk", "laptop", "phone", "server")
CLOCKS = st.tuples(*(st.integers(-200, 200).map(lambda days: timedelta(days=days)) for _ in REPLICAS))
STEPS = st.lists(
    st.tuples(st.just("edit"), st.integers(0, 3), st.sampled_from(KEYS), st.sampled_from(STATES))
    | st.tuples(st.just("take"), st.integers(0, 3), st.integers(0, 3), st.none()),
    max_size=25,
)


class Replica:
    """A machine with its own clock, its own file, and what it knows of the edits of all machines."""

    def __init__(self, skew: timedelta) -> None:
        self.skew = skew
        self.document: Document = {"schema": 1}
        self.known: dict[str, set[int]] = {key: set() for key in KEYS}

    def edit(self, key: str, state: str, number: int, moment: datetime) -> bool:
        """Marks an item; the note tells which edit this was. False where nothing changed."""
        change = Change(key, state, note=f"edit {number}")
        self.document = with_changes(self.document, [change], moment + self.skew, moment + self.skew)
        self.known[key].add(number)
        return True

    def take(self, other: "Replica") -> None:
        """Takes over what another machine has."""
        self.document = merged([self.document, other.document])
        for key in KEYS:
            self.known[key] |= other.known[key]


@settings(max_examples=200)
@given(CLOCKS, STEPS, st.permutations(REPLICAS))
def test_machines_with_wrong_clocks_agree_in_the_end_and_no_edit_loses_to_one_it_has_seen(
    clocks: Sequence[timedelta], steps: Sequence[tuple[str, int, Any, Any]], order: Sequence[str]
) -> None:
    replicas = [Replica(skew) for skew in clocks]
    seen_by: dict[int, set[int]] = {}
    for number, (what, place, argument, state) in enumerate(steps):
        replica = replicas[place]
        if what == "take":
            replica.take(replicas[argument])
        else:
            seen_by[number] = set(replica.known[argument])
            replica.edit(argument, state, number, NOW + timedelta(minutes=number))
    final = merged([replica.document for replica in replicas])
    shuffled = merged([replicas[REPLICAS.index(name)].document for name in order])
    assert plain(final) == plain(shuffled)
    for record in final.get("items", {}).values():
        winner = int(record["note"].removeprefix("edit "))
        assert not any(winner in seen for number, seen in seen_by.items() if number != winner)


# --- what this version does not know ---------------------------------------------------------------------------------

LATER = """\
schema = 1
a_number = 3
a_list = [1, [2, "three", { four = 4 }], [], {}]
nothing = inf
alarm = 07:30:00
day = 1979-05-27
local = 1979-05-27T07:32:00.5
"" = "an empty key"

[a_table]
"quoted key" = 'C:\\path'
[a_table."deeper.still"]
x = { y = [{ z = true }] }
[[rows]]
id = 1
[[rows]]
id = 2
[[rows.inner]]
id = 3

[items."llm-course/python"]
state = "doing"
at = 2026-01-05T20:00:00+08:00
mood = "happy"
[items."llm-course/python".spent]
minutes = [30, 45]

[items."llm-course/no-more"]
state = "done"
at = 2026-01-06T20:00:00Z

[items."their-course/words"]
state = "skipped"
at = 2026-01-07T20:00:00Z
why = { known = true }

[goals."llm-course"]
item = "agents"
at = 2026-01-08T20:00:00Z
by = 2026-12-31
[goals."their-course"]
item = "words"
at = 2026-01-08T20:00:00Z
"""


def unknown_part(document: Mapping[str, Any]) -> Any:
    """All that this version has no use for."""
    rest = {key: value for key, value in document.items() if key not in ("items", "goals", "schema")}
    own = document["items"]["llm-course/python"]
    kept = {key: document["items"][key] for key in ("llm-course/no-more", "their-course/words")}
    goals = document["goals"]["llm-course"]["by"], document["goals"]["their-course"]
    return rest, (own["mood"], own["spent"]), kept, goals


@pytest.mark.parametrize(
    "words",
    [
        ("done", "python"),
        ("skip", "python", "--note", "x"),
        ("reset", "python"),
        ("reset", "--all", "--yes"),
        ("start", "python", "--on", "2026-02-01"),
        ("note", "python", "a note"),
        ("goal", "rag"),
        ("goal", "--clear"),
        ("merge", "other.toml"),
    ],
)
def test_what_this_version_does_not_know_survives_each_command_and_its_undo(home: Home, words: tuple[str, ...]) -> None:
    home.write_progress(LATER)
    (home.work / "other.toml").write_text('schema = 1\n[items."llm-course/rag"]\nstate = "done"\n', encoding="utf-8")
    before = unknown_part(tomli.loads(LATER))
    for command in (words, ("undo",), ("redo",)):
        ran = home.call(*command)
        assert ran.code == 0, ran
        assert unknown_part(tomli.loads(home.progress.read_text(encoding="utf-8"))) == before
    assert home.progress.read_text(encoding="utf-8") != LATER


TOML = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])) | st.dates() | st.times()
    | st.datetimes(timezones=st.none() | ZONES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.text(max_size=6), TOML, max_size=5))
def test_whatever_toml_can_hold_is_written_as_it_was_read(tables: dict[str, Any]) -> None:
    document = {**tables, "schema": 1}
    content, again = encoded(document, "progress.toml")
    assert again == document
    assert parsed(content, "progress.toml") == document


# --- the figure and former ids ---------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(STATES), max_size=40))
def test_a_hundred_per_cent_only_when_nothing_is_left(states: list[str]) -> None:
    figure = figure_of(states)
    assert figure.done + figure.skipped + figure.left == figure.total
    assert (figure.percent == 100) == (figure.left == 0)
    assert 0 <= figure.percent <= 100


def test_a_topic_is_under_way_once_something_of_it_is_and_never_done_by_itself() -> None:
    assert progress_of(small()).state("words") == "todo"
    assert progress_of(small(), words__one="done").state("words") == "doing"
    assert progress_of(small(), words__idea="doing").state("words") == "doing"
    assert progress_of(small(), words__one="skipped").state("words") == "todo"
    assert progress_of(small(), words__one="done", words__two="done", words__idea="done").state("words") == "doing"
    assert progress_of(small(), words__one="done", words="skipped").state("words") == "skipped"


def test_a_core_is_read_once_nothing_of_it_is_open_also_what_has_no_length() -> None:
    catalog = catalog_of([topic("numbers", core=["one", "tool"], resources=[resource("one"), resource("tool", None)])])
    brief = catalog.briefs["numbers"]
    assert not progress_of(catalog, numbers__one="done").is_core_read(brief)
    assert progress_of(catalog, numbers__one="done", numbers__tool="skipped").is_core_read(brief)
