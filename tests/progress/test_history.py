"""Undo and redo: whole commands, in order, and never over what was changed from elsewhere."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from llmpath.progress.edits import with_changes, with_goal, with_record
from llmpath.progress.history import MAX_STEPS, Content, History, redone, step_between, undone, with_step
from llmpath.progress.records import Change, Document
from tests.support import NOW, Home

KEYS = ("small/numbers", "small/words", "small/attention", "small/agents")
Contents = Mapping[str, Content]


class Desk:
    """A progress file and its history in memory; every command comes a second after the one before."""

    def __init__(self) -> None:
        self.document: Document = {"schema": 1}
        self.history = History()
        self.now = NOW

    def command(self, changes: list[Change]) -> None:
        after = self._changed(changes)
        if after is not self.document:
            self.history = with_step(self.history, step_between("done", self.document, after))
        self.document = after

    def elsewhere(self, changes: list[Change]) -> None:
        self.document = self._changed(changes)

    def _changed(self, changes: list[Change]) -> Document:
        self.now += timedelta(seconds=1)
        return with_changes(self.document, changes, self.now, self.now)

    def turn(self, direction: str) -> tuple[set[str], set[str]]:
        """Undoes or redoes one step; returns the keys that were restored and those left alone."""
        self.now += timedelta(seconds=1)
        turn = (undone if direction == "undo" else redone)(self.history, self.document)
        if turn is None:
            return set(), set()
        for edit in turn.restored:
            content = edit.after if edit.after is not None else {"state": "todo"}
            self.document = with_record(self.document, edit.group, edit.key, content, self.now, self.now)
        self.history = turn.history
        return {edit.key for edit in turn.restored}, {edit.key for edit in turn.left_alone}

    def contents(self) -> dict[str, Any]:
        """What each item's record says, times aside; what was never touched says the same as what was taken back."""
        items = self.document.get("items", {})
        return {
            key: {name: value for name, value in items.get(key, {"state": "todo"}).items() if name != "at"}
            for key in KEYS
        }

    def times(self) -> dict[str, Any]:
        return {key: table["at"] for key, table in self.document.get("items", {}).items()}


DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 21))
CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(KEYS),
        st.none() | st.sampled_from(("todo", "doing", "done", "skipped")),
        st.none() | st.just("") | DAYS,
        st.none() | st.sampled_from(("", "great talk", "量化")),
    ),
    min_size=1,
    max_size=3,
)
TURNS = st.sampled_from(("undo", "redo"))


@given(st.lists(CHANGES | TURNS, max_size=30))
def test_commands_undo_and_redo_walk_along_a_line_of_states(steps: list[list[Change] | str]) -> None:
    """The model: all states there were, and where in that line we are."""
    desk = Desk()
    line, place = [desk.contents()], 0
    for step in steps:
        if isinstance(step, list):
            desk.command(step)
            if desk.contents() != line[place]:
                line[place + 1 :] = [desk.contents()]
                place += 1
        else:
            place = max(place - 1, 0) if step == "undo" else min(place + 1, len(line) - 1)
            desk.turn(step)
        assert desk.contents() == line[place]


@given(st.lists(CHANGES | TURNS | st.tuples(CHANGES), max_size=30))
def test_what_was_changed_from_elsewhere_is_left_alone_and_all_else_comes_back(
    steps: list[list[Change] | str | tuple[list[Change]]],
) -> None:
    """The model: per command what it found and what it made, and two stacks of them."""
    desk = Desk()
    past: list[dict[str, tuple[Any, Any]]] = []
    future: list[dict[str, tuple[Any, Any]]] = []
    for step in steps:
        before, times = desk.contents(), desk.times()
        if isinstance(step, list):
            desk.command(step)
            after = desk.contents()
            made = {key: (before[key], after[key]) for key in KEYS if before[key] != after[key]}
            if made:
                past.append(made)
                future.clear()
            continue
        if isinstance(step, tuple):
            desk.elsewhere(step[0])
            continue
        stack, other, source, goal = (past, future, 1, 0) if step == "undo" else (future, past, 0, 1)
        edits = stack.pop() if stack else {}
        alike = {key: edit for key, edit in edits.items() if before[key] == edit[source]}
        if alike:
            other.append(alike)
        restored, left_alone = desk.turn(step)
        assert restored == set(alike)
        assert left_alone == set(edits) - set(alike)
        assert desk.contents() == {**before, **{key: edit[goal] for key, edit in alike.items()}}
        assert all(desk.times()[key] > at for key, at in times.items() if key in restored)
        assert {key: at for key, at in desk.times().items() if key not in restored} == {
            key: at for key, at in times.items() if key not in restored
        }


def test_the_last_hundred_commands_can_be_taken_back() -> None:
    desk = Desk()
    for number in range(MAX_STEPS + 20):
        desk.command([Change(KEYS[0], note=f"note {number}")])
    for _ in range(MAX_STEPS + 20):
        desk.turn("undo")
    assert MAX_STEPS == 100
    assert desk.contents()[KEYS[0]]["note"] == "note 19"


def test_a_step_knows_goals_and_records_that_are_gone() -> None:
    before = {"schema": 1, "items": {"small/words": {"state": "done", "at": NOW}}}
    after = with_goal({"schema": 1}, "small", "agents", NOW, NOW)
    step = step_between("backup restore", before, after)
    assert [(edit.group, edit.key, edit.before, edit.after) for edit in step.edits] == [
        ("items", "small/words", {"state": "done"}, None),
        ("goals", "small", None, {"item": "agents"}),
    ]


def test_times_alone_are_no_change() -> None:
    before = {"items": {"small/words": {"state": "done", "at": NOW}}}
    after = {"items": {"small/words": {"state": "done", "at": NOW + timedelta(days=1)}}}
    assert step_between("merge", before, after).edits == []
    assert with_step(History(), step_between("merge", before, after)) == History()


def test_an_item_and_a_goal_of_one_name_are_two_things() -> None:
    """A curriculum's goal has the curriculum's id as its key; an item may be called the same."""
    before: Document = {"schema": 1}
    after = with_goal(with_changes(before, [Change("small", "done")], NOW, NOW), "small", "words", NOW, NOW)
    history = with_step(History(), step_between("done", before, after))
    meanwhile = with_goal(after, "small", "agents", NOW, NOW)
    turn = undone(history, meanwhile)
    assert turn is not None
    assert [edit.group for edit in turn.restored] == ["items"]
    assert [edit.group for edit in turn.left_alone] == ["goals"]
    assert [edit.group for edit in turn.history.future[0].edits] == ["items"]


def items_of(home: Home) -> dict[str, Any]:
    items: dict[str, Any] = tomli.loads(home.progress.read_text(encoding="utf-8"))["items"]
    return items


def test_undo_takes_a_command_back_whole_and_says_what(home: Home) -> None:
    home.call("start", "python", "--on", "2026-01-05", "--note", "slowly")
    home.call("done", "python", "rag", "agents", "--note", "all of them")
    ran = home.call("undo")
    assert ran.code == 0
    assert "Taken back: done" in ran.out
    assert all(title in ran.out for title in ("Python for Machine Learning", "Retrieval-Augmented", "Agents"))
    items = items_of(home)
    at = items["llm-course/python"].pop("at")
    assert items["llm-course/python"] == {"state": "doing", "on": date(2026, 1, 5), "note": "slowly"}
    assert items["llm-course/rag"]["state"] == "todo"
    home.call("redo")
    assert items_of(home)["llm-course/python"]["state"] == "done"
    assert items_of(home)["llm-course/python"]["at"] > at


def test_nothing_to_undo_or_redo_is_said_and_no_error(home: Home) -> None:
    for direction in ("undo", "redo"):
        ran = home.call(direction)
        assert (ran.code, ran.out) == (0, f"There is nothing to {direction}.\n")
    assert not home.progress.parent.exists()
    assert not home.state.exists()


def test_a_command_that_changes_nothing_is_not_counted_and_keeps_redo(home: Home) -> None:
    home.call("done", "python")
    home.call("done", "rag")
    home.call("undo")
    home.call("done", "python")
    home.call("note", "rag")
    assert home.call("redo").code == 0
    assert items_of(home)["llm-course/rag"]["state"] == "done"


def test_a_new_change_ends_redo(home: Home) -> None:
    home.call("done", "python")
    home.call("undo")
    home.call("done", "rag")
    assert "nothing to redo" in home.call("redo").out


@pytest.mark.parametrize("whole", [True, False])
def test_an_item_changed_from_elsewhere_is_left_alone_and_said(home: Home, whole: bool) -> None:
    home.call("done", "nlp")
    home.call("done", "python", "rag")
    document = tomli.loads(home.progress.read_text(encoding="utf-8"))
    for name in ("python", "rag") if whole else ("python",):
        document["items"][f"llm-course/{name}"]["state"] = "skipped"
    home.progress.write_text(tomli_w.dumps(document), encoding="utf-8")
    ran = home.call("undo")
    assert ran.code == 0
    assert "Python for Machine Learning was changed from elsewhere" in ran.out
    assert items_of(home)["llm-course/python"]["state"] == "skipped"
    assert items_of(home)["llm-course/rag"]["state"] == ("skipped" if whole else "todo")
    assert home.call("undo").code == 0
    assert items_of(home)["llm-course/nlp"]["state"] == "todo"


def test_every_sort_of_change_can_be_taken_back(home: Home) -> None:
    other = home.work / "other.toml"
    other.write_text('schema = 1\n[items."llm-course/nlp"]\nstate = "done"\nat = 2026-01-01 00:00:00Z\n')
    commands = [
        ("start", "rag"),
        ("skip", "python"),
        ("note", "rag", "read again"),
        ("goal", "agents"),
        ("note", "rag", "--clear"),
        ("reset", "python"),
        ("goal", "--clear"),
        ("merge", str(other)),
    ]
    seen: list[Any] = []
    for words in commands:
        seen.append(said(home))
        assert home.call(*words).code == 0
        assert said(home) != seen[-1], words
    for before in reversed(seen):
        assert home.call("undo").code == 0
        assert said(home) == before
    assert "nothing to undo" in home.call("undo").out


def said(home: Home) -> Any:
    """What the program says of states, notes and the goal."""
    topics = home.call("list", "--json").json()["topics"]
    log = [(event["item"], event["state"], event["my_note"]) for event in home.call("log", "--json").json()["events"]]
    goals = home.call("goal").out
    return [(topic["id"], topic["state"]) for topic in topics], sorted(log, key=str), goals


def test_a_record_under_a_former_id_comes_back_whole(home: Home) -> None:
    """`python` was once called otherwise; the record stays under that name, where older versions find it, too."""
    folder = home.work / "course"
    assert home.call("curriculum", "new", str(folder)).code == 0
    (topic, *_) = sorted((folder / "topics").iterdir())
    topic.write_text('former_ids = ["once"]\n' + topic.read_text(encoding="utf-8"), encoding="utf-8")
    kept = 'state = "doing"\nmood = "fine"\nnote = "slowly"\nat = 2026-01-01 00:00:00Z\n'
    home.write_progress(f'schema = 1\n[items."course/once"]\n{kept}')
    name = topic.stem
    assert home.call("--curriculum", str(folder), "done", name).code == 0
    assert items_of(home)["course/once"]["state"] == "done"
    assert list(items_of(home)) == ["course/once"]
    assert home.call("--curriculum", str(folder), "undo").code == 0
    restored = items_of(home)["course/once"]
    assert {key: value for key, value in restored.items() if key != "at"} == {
        "state": "doing",
        "mood": "fine",
        "note": "slowly",
    }
    assert home.call("--curriculum", str(folder), "show", name, "--json").json()["topic"]["state"] == "doing"
