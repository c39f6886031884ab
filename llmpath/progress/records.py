"""Records of what a learner has done, and what may happen to them. Pure: documents in and out, the time passed in.

A document is what the progress file holds, parsed and otherwise untouched, so that keys which this version does not
know survive; `Record` and `Progress` are views of it. Item keys are `CURRICULUM/ADDRESS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, UTC, date, datetime
from functools import cached_property
from typing import NamedTuple

from llmpath.curriculum.catalog import Brief, Catalog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


SCHEMA = 1
STATES = ("todo", "doing", "skipped", "done")
"""In the order in which a merge prefers them when the times are equal."""

MAX_NOTE = 4_000
"""Characters of a note that a command writes."""

CLOSED = frozenset({"done", "skipped"})
"""States in which nothing is left to do."""

Document = Mapping[str, "Any"]
Table = Mapping[str, "Any"]


class Record(NamedTuple):
    """What is known of one item.

    `on` is the day that the learner gave, `day` that or the local day of `at`, the time of writing, with a time zone.
    """

    state: str
    on: date | None
    day: date
    at: datetime
    note: str | None


class BadEntry(NamedTuple):
    """An entry of the file that cannot be understood; `reason` names a text, `fault.REASON`."""

    entry: str
    reason: str


class Records(NamedTuple):
    """Every record of a file by its key, each curriculum's goal, and the entries that are wrong."""

    items: dict[str, Record]
    goals: dict[str, str]
    bad: list[BadEntry]


def empty_document() -> Document:
    """The document of somebody who has not begun."""
    return {"schema": SCHEMA}


def records_of(document: Document, written_at: datetime) -> Records:
    """The view of a document.

    `written_at`, in the learner's time zone, stands in for a missing `at`: when the file was last modified.
    """
    bad: list[BadEntry] = []
    items: dict[str, Record] = {}
    zone, record = written_at.tzinfo, Record._make
    for key, table in _tables(document, "items", bad):
        get: Callable[..., Any] = table.get
        state, on, at, note = get("state"), get("on"), get("at", written_at), get("note")
        if fault := _record_fault(state, on, at, note):
            bad.append(BadEntry(f'items."{key}"', fault))
        else:
            items[key] = record((state, on, on or at.astimezone(zone).date(), at, note))
    goals: dict[str, str] = {}
    for key, table in _tables(document, "goals", bad):
        if not isinstance(table.get("item"), str):
            bad.append(BadEntry(f'goals."{key}"', "goal_item"))
        elif not _is_moment(table.get("at", written_at)):
            bad.append(BadEntry(f'goals."{key}"', "record_at"))
        elif table["item"]:
            goals[key] = table["item"]
    return Records(items, goals, bad)


def tables_of(document: Document, name: str) -> Mapping[str, Any]:
    """What stands in one table of a document; nothing where it is no table."""
    group = document.get(name)
    return group if isinstance(group, dict) else {}


def is_dated(document: Document) -> bool:
    """Whether each record says when it was written."""
    groups = (tables_of(document, name) for name in ("items", "goals"))
    return all("at" in table for group in groups for table in group.values() if isinstance(table, dict))


def _tables(document: Document, name: str, bad: list[BadEntry]) -> list[tuple[str, Table]]:
    group = document.get(name, {})
    if not isinstance(group, dict):
        bad.append(BadEntry(name, "not_a_table"))
        return []
    tables: list[tuple[str, Table]] = []
    for key, table in group.items():
        if isinstance(table, dict):
            tables.append((key, table))
        else:
            bad.append(BadEntry(f'{name}."{key}"', "not_a_table"))
    return tables


def _record_fault(state: object, on: object, at: object, note: object) -> str:
    """Which text says what is wrong with a record, or an empty string. Python takes true for 1; TOML does not."""
    if state not in STATES:
        return "record_without_state" if state is None else "record_state"
    if not _is_moment(at):
        return "record_at"
    if on is not None and type(on) is not date:
        return "record_on"
    return "" if note is None or type(note) is str else "record_note"


def _is_moment(value: object) -> bool:
    """Whether it is a time with a time zone that can be reckoned with: not at the very end of the calendar."""
    return isinstance(value, datetime) and value.tzinfo is not None and 1 < value.year < MAXYEAR


def note_fault(text: str) -> str:
    """Which text says why no command writes such a note, or an empty string."""
    import unicodedata

    if len(text) > MAX_NOTE:
        return "long_note"
    categories = {unicodedata.category(character) for character in text if character != "\n"}
    return "control_characters" if categories & {"Cc", "Cs"} else ""


class Change(NamedTuple):
    """A new content for one item's record. What is None is left as it is; `note` and `on` may be removed by ''."""

    key: str
    state: str | None = None
    on: date | str | None = None
    note: str | None = None


class Figure(NamedTuple):
    """The one progress figure: done topics of those that are not skipped, in per cent, rounded down."""

    done: int
    skipped: int
    left: int
    total: int
    percent: int


def figure_of(states: Sequence[str]) -> Figure:
    """The figure for the states of some topics. 100 only when nothing is left."""
    done, skipped, total = states.count("done"), states.count("skipped"), len(states)
    counted = total - skipped
    return Figure(done, skipped, counted - done, total, done * 100 // counted if counted else 100)


class Progress:
    """The progress in one curriculum: what commands ask about its items. Former ids are followed."""

    def __init__(self, catalog: Catalog, records: Records) -> None:
        self._prefix = f"{catalog.curriculum.id}/"
        self._catalog = catalog
        self._all = records
        self._records = records.items
        self._former = catalog.former
        goal = records.goals.get(catalog.curriculum.id)
        self._current = {former: own for own, formers in self._former.items() for former in formers}
        self.goal: str | None = goal and self.current(goal)
        self._newest = self._newest_records()
        self.has_begun = bool(self._newest)

    @cached_property
    def _inside(self) -> dict[str, dict[str, str]]:
        """The states of what was touched, by topic and then by the name inside it; the topic's own name is empty."""
        inside: dict[str, dict[str, str]] = {}
        for address, record in self._newest.items():
            topic, _, name = address.partition("/")
            if topic in inside:
                inside[topic][name] = record.state
            else:
                inside[topic] = {name: record.state}
        return inside

    def _newest_records(self) -> dict[str, Record]:
        """The record of each item of this curriculum by its address as it is now, in the order of the file.

        Of several, under its own id and former ones, the newest; at the same time that of its own id.
        """
        begin = len(self._prefix)
        own = {key[begin:]: record for key, record in self._records.items() if key.startswith(self._prefix)}
        if self._current.keys().isdisjoint(own):
            return own
        found: dict[str, Record] = {}
        for written, record in own.items():
            address = self.current(written)
            other = found.get(address)
            if other is None or record.at > other.at or (record.at == other.at and address == written):
                found[address] = record
        return found

    def supposing(self, known: Iterable[str]) -> Progress:
        """This progress, as if the items with these addresses were known already: skipped, later than anything else."""
        record = Record("skipped", None, date.max, datetime.max.replace(tzinfo=UTC), None)
        items = {**self._records, **{self._prefix + address: record for address in known}}
        return Progress(self._catalog, self._all._replace(items=items))

    def key(self, address: str) -> str:
        """Under which key the file keeps an item."""
        return self._prefix + address

    def record(self, address: str) -> Record | None:
        """The record of an item, of its own or under a former id, the newest first; None where it was never touched."""
        return self._newest.get(address)

    def change(
        self, address: str, state: str | None = None, on: date | str | None = None, note: str | None = None
    ) -> Change:
        """A change of an item's record where it stands: under a former id too, so that undo brings back all of it."""
        found = self.record(address)
        keys = [self._prefix + place for place in (address, *self._former.get(address, ()))]
        holding = [key for key in keys if found is not None and self._records.get(key) is found]
        return Change([*holding, *keys][0], state, on, note)

    def current(self, address: str) -> str:
        """The address that an item has now, for one of its former addresses too."""
        return self._current.get(address, address)

    def own_state(self, address: str) -> str:
        """The state that the item's own record gives; `todo` without one."""
        found = self._newest.get(address)
        return found.state if found else "todo"

    def state(self, address: str) -> str:
        """The state that is shown: a topic of which a concept or resource is doing or done is `doing` itself."""
        own = self.own_state(address)
        brief = self._catalog.briefs.get(address)
        if own != "todo" or brief is None or brief.id not in self._inside:
            return own
        known = brief.names
        inside = self._inside[brief.id].items()
        return "doing" if any(state in ("doing", "done") and name in known for name, state in inside) else "todo"

    def count_done(self, topic: str, names: Sequence[str]) -> int:
        """How many of a topic's concepts or resources, by their ids, are done."""
        inside = self._inside.get(topic, {})
        return sum(1 for name, state in inside.items() if state == "done" and name in names)

    def note(self, address: str) -> str | None:
        """The user's own note."""
        found = self.record(address)
        return found.note if found else None

    def begun_on(self, topic: Brief) -> date | None:
        """The day a topic that is under way was begun: its own, else the first of its concepts and resources."""
        own = self.record(topic.id)
        if own and own.state == "doing":
            return own.day
        records = (self.record(address) for address in topic.addresses)
        days = [record.day for record in records if record and record.state in ("doing", "done")]
        return min(days, default=None)

    def is_closed(self, address: str) -> bool:
        """Whether nothing is left to do for an item: done or skipped."""
        return self.own_state(address) in CLOSED

    def states(self) -> dict[str, str]:
        """Topic ids to states, in teaching order."""
        return {topic: self.state(topic) for topic in self._catalog.briefs}

    def figure(self, topics: Iterable[str] | None = None) -> Figure:
        """The progress figure of some topics, or of all."""
        return figure_of([self.own_state(topic) for topic in (self._catalog.briefs if topics is None else topics)])

    def is_core_read(self, topic: Brief) -> bool:
        """Whether of each set of alternatives in a topic's core one is done or skipped."""
        return bool(topic.core) and next(self._open_slots(topic), None) is None

    def _open_slots(self, topic: Brief) -> Iterator[int]:
        """The minutes of each core slot that is still open; of alternatives the first counts."""
        for slot, minutes in zip(topic.core, topic.core_minutes, strict=True):
            if not any(self.is_closed(f"{topic.id}/{name}") for name in slot):
                yield minutes

    def minutes_left(self, topic: Brief) -> int:
        """What is left of a topic: its open core and its practice; nothing once it is done or skipped."""
        if self.is_closed(topic.id):
            return 0
        return sum(self._open_slots(topic)) + topic.practice_minutes

    def unknown_items(self) -> list[str]:
        """Keys of this curriculum that no item has any more, sorted; they are kept all the same."""
        lost: set[str] = set()
        for topic, names in self._inside.items():
            brief = self._catalog.briefs.get(topic)
            known = {"", *brief.names} if brief else ()
            lost.update(f"{topic}/{name}" if name else topic for name in names if name not in known)
        return sorted(key for key in self._records if key.startswith(self._prefix) and key[len(self._prefix) :] in lost)

    def records_by_address(self) -> dict[str, Record]:
        """Every record of this curriculum by its item's address as it is now, in the order of the file."""
        return dict(self._newest)
