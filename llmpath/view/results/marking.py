"""What commands return that change progress, notes or the goal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from llmpath.guide.figure import Figure
from llmpath.view.results.guiding import Suggestion
from llmpath.view.results.reading import TopicRow


class Marked(NamedTuple):
    """One item that a command changed. `on`: the day of its state.

    `what` changed: its `state`, `note_written`, `note_cleared`, `note_undone`, `recall`, or something `elsewhere`, in a
    curriculum that is not in use.
    """

    id: str
    number: str
    title: str
    state: str
    is_topic: bool
    on: date | None = None
    what: str = "state"

    @property
    def label(self) -> str:
        """Its title, of a topic with the number."""
        return f"{self.number} {self.title}" if self.is_topic else self.title


class Changed(NamedTuple):
    """What a command changed, and where the learner stands now.

    `inside`: the topics in which a resource or an exercise changed; `finished_core`: topics that wait for their `done`.
    `command` names what was done; `unchanged` items stay as they are. Of undo and redo: which command it was, and when.
    """

    command: str
    items: Sequence[Marked]
    unchanged: Sequence[Marked]
    progress: Figure
    inside: Sequence[TopicRow]
    finished_core: Sequence[Marked]
    next: Suggestion | None
    undone_command: str = ""
    undone_at: datetime | None = None
    note: str | None = None
    kind: str = "changed"


class NoteRow(NamedTuple):
    """One of the user's own notes."""

    item: str
    title: str
    at: datetime
    day: date
    text: str


class NotesShown(NamedTuple):
    """`note` without a text: the notes of an item, or of all (`item` is None), oldest first."""

    item: Marked | None
    notes: Sequence[NoteRow]
    kind: str = "note"
