"""The progress in one curriculum: what commands ask about its items. Pure; former ids are followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from llmpath.curriculum.catalog import Brief, Catalog
from llmpath.progress.log import CLOSED, Entry, Log


class Note(NamedTuple):
    """One of the user's own notes on an item."""

    item: str
    at: datetime
    day: date
    text: str


class Recall(NamedTuple):
    """An answer to a question on a concept: how well it was known, and when it is to be asked again."""

    at: datetime
    day: date
    grade: str
    due: date


class Row(NamedTuple):
    """What `log` shows: one thing that one command did. `note` is what was noted with it, or alone (`did` is note)."""

    at: datetime
    day: date
    did: str
    items: Sequence[str]
    note: str
    undone: bool


class _Trace:
    """What was done with an item since its last reset; `skipped` is None again once it was started."""

    began: date | None = None
    done: date | None = None
    skipped: date | None = None
    touched: datetime | None = None

    @property
    def state(self) -> str:
        if self.done is not None:
            return "done"
        if self.skipped is not None:
            return "skipped"
        return "doing" if self.began is not None else "todo"

    @property
    def day(self) -> date | None:
        return self.done or self.skipped or self.began


class Progress:
    """The progress in one curriculum. Without `reviews` nothing is known of recalls that are kept there."""

    def __init__(self, catalog: Catalog, log: Log, reviews: Log | None = None) -> None:
        self._catalog = catalog
        self._logs = [log, reviews] if reviews is not None else [log]
        self._current = {former: own for own, formers in catalog.former.items() for former in formers}
        self._supposed: frozenset[str] = frozenset()
        self.goal: str | None = None
        """What the learner is heading for; the id of an item, a part or a goal of the curriculum."""
        self.last_touched: str | None = None
        """The item that was opened or started last."""
        self.recalls: dict[str, list[Recall]] = {}
        """The answers on each concept since its last reset, oldest first."""
        self._traces: dict[str, _Trace] = {}
        self.entries = [entry for own in self._logs for entry in own.counted if entry.curriculum == self.curriculum]
        """The entries that count, oldest first."""
        if reviews is not None:
            self.entries.sort(key=attrgetter("at"))
        for entry in self.entries:
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        verb = entry.verb
        if verb == "note":
            return
        if verb == "goal":
            self.goal = self.current(entry.items[-1]) if entry.items else None
            return
        for name in entry.items:
            item = self._current.get(name, name)
            trace = self._traces.get(item)
            if trace is None or verb == "reset":
                trace = self._traces[item] = _Trace()
            if verb == "reset":
                self.recalls.pop(item, None)
            elif verb == "recall":
                answer = Recall(entry.at, entry.day, entry.fields["grade"], entry.fields["due"])
                self.recalls.setdefault(item, []).append(answer)
            elif verb == "skip":
                trace.skipped = entry.day
            else:
                if trace.began is None or entry.day < trace.began:
                    trace.began = entry.day
                if verb == "done":
                    trace.done = entry.day
                    continue
                trace.touched = entry.at
                self.last_touched = item
                if verb == "start":
                    trace.skipped = None

    @property
    def curriculum(self) -> str:
        """The id of the curriculum."""
        return self._catalog.curriculum.id

    @property
    def has_begun(self) -> bool:
        """Whether anything was done here that counts."""
        return bool(self.entries)

    def supposing(self, known: Iterable[str]) -> Progress:
        """This progress, as if these items were known already: skipped."""
        from copy import copy

        other = copy(self)
        other._supposed = self._supposed | frozenset(known)  # noqa: SLF001 - it is one of this class
        return other

    def current(self, item: str) -> str:
        """The id that an item has now, for one of its former ids too."""
        return self._current.get(item, item)

    def own_state(self, item: str) -> str:
        """The state that was given to the item itself."""
        if item in self._supposed:
            return "skipped"
        trace = self._traces.get(item)
        return trace.state if trace is not None else "todo"

    def state(self, item: str) -> str:
        """The state that is shown: a topic in which something was opened, started or done is `doing` itself."""
        own, topic = self.own_state(item), self._catalog.briefs.get(item)
        return "doing" if own == "todo" and topic is not None and self._began_inside(topic) else own

    def _began_inside(self, topic: Brief) -> list[date]:
        """The days on which what is in a topic was opened, started or done first."""
        traces = (self._traces[item] for item in topic.item_ids if item in self._traces)
        return [trace.began for trace in traces if trace.began is not None]

    def day(self, item: str) -> date | None:
        """The day of an item's own state: when it was done or skipped, or since when it is under way."""
        trace = self._traces.get(item)
        return trace.day if trace is not None else None

    def begun_on(self, topic: Brief) -> date | None:
        """The day on which a topic that is under way was begun: itself, or else the first thing in it."""
        own = self._traces.get(topic.id)
        return own.began if own is not None and own.began else min(self._began_inside(topic), default=None)

    def touched_at(self, topic: Brief) -> datetime | None:
        """When a topic, or something in it, was opened or started last."""
        times = (self._traces[item].touched for item in (topic.id, *topic.item_ids) if item in self._traces)
        return max((at for at in times if at is not None), default=None)

    def is_closed(self, item: str) -> bool:
        """Whether nothing is left to do for an item: done or skipped."""
        return self.own_state(item) in CLOSED

    def states(self) -> dict[str, str]:
        """Topic ids to states, in teaching order."""
        return {topic: self.state(topic) for topic in self._catalog.briefs}

    def count_done(self, topic: str, names: Sequence[str]) -> int:
        """How many of a topic's concepts or resources, by their ids, are done."""
        return sum(self.own_state(f"{topic}/{name}") == "done" for name in names)

    @cached_property
    def _notes(self) -> dict[str, list[Note]]:
        """The notes that are shown, in order of their days; of those with the same text the first."""
        written: dict[str, list[Note]] = {}
        hidden: dict[str, list[tuple[datetime, Sequence[datetime]]]] = {}
        for entry in self.entries:
            if entry.verb != "note":
                continue
            for item in map(self.current, entry.items):
                if "text" in entry.fields:
                    written.setdefault(item, []).append(Note(item, entry.at, entry.day, entry.fields["text"]))
                if "hides" in entry.fields:
                    hidden.setdefault(item, []).append((entry.at, entry.fields["hides"]))
        return {item: shown for item, notes in written.items() if (shown := _shown(notes, hidden.get(item, ())))}

    def notes(self, item: str) -> Sequence[Note]:
        """The user's notes on an item, in order of their days."""
        return self._notes.get(item, [])

    def texts(self, item: str) -> set[str]:
        """Every note that was written on an item, also what was edited or cleared since."""
        notes = (entry for entry in self.entries if entry.verb == "note" and "text" in entry.fields)
        return {entry.fields["text"] for entry in notes if item in map(self.current, entry.items)}

    def all_notes(self) -> list[Note]:
        """The user's notes on everything, in order of their days."""
        return sorted((note for notes in self._notes.values() for note in notes), key=lambda note: (note.day, note.at))

    def note(self, item: str) -> str | None:
        """The user's notes on an item, one under the other."""
        return "\n".join(note.text for note in self.notes(item)) or None

    def touched(self) -> list[str]:
        """The items with a state of their own, or with recalls, in the order in which they were first touched."""
        return [item for item in self._traces if self.own_state(item) != "todo" or item in self.recalls]

    def unknown_items(self) -> list[str]:
        """Ids in the log that no item has any more, sorted; they are kept all the same."""
        noted = (self.current(name) for entry in self.entries if entry.verb == "note" for name in entry.items)
        return sorted({item for item in (*self._traces, *noted) if not self.is_known(item)})

    def is_known(self, item: str) -> bool:
        """Whether the curriculum has an item with that id."""
        topic = self._catalog.briefs.get(item.partition("/")[0])
        return topic is not None and (item == topic.id or item in topic.item_ids)

    def history(self) -> list[Row]:
        """What was done, newest first; a note that was written with something else stands beside that."""
        rows: list[Row] = []
        for log in self._logs:
            together: dict[tuple[datetime, tuple[str, ...]], list[Entry]] = {}
            for entry in log.entries:
                if entry.curriculum == self.curriculum and entry.verb != "undo":
                    together.setdefault((entry.at, tuple(entry.items)), []).append(entry)
            for entries in together.values():
                note = next((entry for entry in entries if entry.verb == "note" and entry.fields.get("text")), None)
                text = note.fields["text"] if note is not None else ""
                for entry in [entry for entry in entries if entry is not note] or entries:
                    current = map(self.current, entry.items)
                    items = [item for item in current if entry.verb == "goal" or self.is_known(item)]
                    if items or not entry.items:
                        rows.append(Row(entry.at, entry.day, entry.verb, items, text, entry.place in log.undone))
        return sorted(rows, key=lambda row: row.at, reverse=True)


def _shown(notes: Sequence[Note], hiders: Iterable[tuple[datetime, Sequence[datetime]]]) -> list[Note]:
    """The notes of one item that no later entry hides, each text once. What hides a note hides its equals before it."""
    hidden: set[Note] = set()
    for at, times in hiders:
        texts = {note.text for note in notes if note.at in times}
        hidden |= {note for note in notes if note.at in times or (note.text in texts and note.at < at)}
    first: dict[str, Note] = {}
    for note in sorted(notes, key=lambda note: note.day):
        if note not in hidden:
            first.setdefault(note.text, note)
    return list(first.values())
