"""Undo and redo: which changes were made on this machine, command by command. Pure; bounded to the last 100 changes.

A step remembers for each record what stood before and after it, times aside. Taking a step back restores a record only
where it still is what the step made of it: what was changed meanwhile from elsewhere is left alone, and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.progress.records import tables_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


MAX_STEPS = 100

Content = Mapping[str, "Any"] | None
"""A record without its `at`, or None for no record."""


class Edit(NamedTuple):
    """One record of a step: the table (`items` or `goals`), its key, and its content before and after."""

    group: str
    key: str
    before: Content
    after: Content


class Step(NamedTuple):
    """What one command changed. `command` is what the user typed first: `done`, `note`, `merge`."""

    command: str
    edits: Sequence[Edit]


class History(NamedTuple):
    """Steps that can be taken back, oldest first, and steps that were taken back, the last one last."""

    past: Sequence[Step] = ()
    future: Sequence[Step] = ()


def content_of(table: object) -> Content:
    """A record without the time of its writing; what is no record counts as none."""
    return {key: value for key, value in table.items() if key != "at"} if isinstance(table, dict) else None


def step_between(command: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Step:
    """What differs between two documents in items and goals."""
    edits: list[Edit] = []
    for group in ("items", "goals"):
        old, new = tables_of(before, group), tables_of(after, group)
        for key in {**new, **old}:
            one, other = content_of(old.get(key)), content_of(new.get(key))
            if old.get(key) is not new.get(key) and not _same(group, one, other):
                edits.append(Edit(group, key, one, other))
    return Step(command, edits)


def with_step(history: History, step: Step) -> History:
    """The history after a new change; what had been undone can be redone no more."""
    return History([*history.past, step][-MAX_STEPS:], ()) if step.edits else history


class Turn(NamedTuple):
    """One step taken back or made again: the step, the records to write, those left alone, the history afterwards."""

    step: Step
    restored: Sequence[Edit]
    left_alone: Sequence[Edit]
    history: History


def undone(history: History, document: Mapping[str, Any]) -> Turn | None:
    """The last step taken back, or None without one."""
    if not history.past:
        return None
    step = history.past[-1]
    backwards = Step(step.command, [Edit(e.group, e.key, e.after, e.before) for e in step.edits])
    restored, left_alone = _divided(backwards, document)
    lost = {(edit.group, edit.key) for edit in left_alone}
    kept = [edit for edit in step.edits if (edit.group, edit.key) not in lost]
    future = [*history.future, Step(step.command, kept)] if kept else history.future
    return Turn(step, restored, left_alone, History(history.past[:-1], future))


def redone(history: History, document: Mapping[str, Any]) -> Turn | None:
    """The step that was taken back last, made again, or None without one."""
    if not history.future:
        return None
    step = history.future[-1]
    restored, left_alone = _divided(step, document)
    past = [*history.past, Step(step.command, restored)] if restored else history.past
    return Turn(step, restored, left_alone, History(past, history.future[:-1]))


def _divided(step: Step, document: Mapping[str, Any]) -> tuple[list[Edit], list[Edit]]:
    """The edits whose record still is what they start from, and the others."""
    restored: list[Edit] = []
    left_alone: list[Edit] = []
    for edit in step.edits:
        now = content_of(tables_of(document, edit.group).get(edit.key))
        (restored if _same(edit.group, now, edit.before) else left_alone).append(edit)
    return restored, left_alone


def nothing(group: str) -> dict[str, Any]:
    """What is written for "never touched" once a record exists: a record that is gone would come back in a merge."""
    return {"state": "todo"} if group == "items" else {"item": ""}


def _same(group: str, one: Content, other: Content) -> bool:
    return (nothing(group) if one is None else one) == (nothing(group) if other is None else other)
