"""What commands return that change progress, notes or the goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath.progress.records import Figure
from llmpath.view.results.guiding import Suggestion


class Marked(NamedTuple):
    """One item that a command changed. `on`: the day of its state; `what` changed: `state`, `note` or `no_note`."""

    id: str
    number: str
    title: str
    state: str
    is_topic: bool
    on: date | None = None
    what: str = "state"


class Changed(NamedTuple):
    """What a command changed, and where the learner stands now. `finished_core`: topics that wait for their `done`.

    `command` names what was done; `unchanged` items were so already; `left_alone` were changed from elsewhere.
    """

    command: str
    items: Sequence[Marked]
    unchanged: Sequence[Marked]
    progress: Figure
    finished_core: Sequence[Marked]
    next: Suggestion | None
    undone_command: str = ""
    left_alone: Sequence[Marked] = ()
    note: str | None = None
    kind: str = "changed"


class NoteShown(NamedTuple):
    """`note ITEM` without a text."""

    item: Marked
    my_note: str | None
    kind: str = "note"


class GoalShown(NamedTuple):
    """`goal`: the goal in force, or none."""

    goal: str | None
    goal_title: str | None
    left: int
    hours_left: float
    kind: str = "goal"
