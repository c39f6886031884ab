"""The log: what was done, entry by entry, and what follows from that alone. Pure; the time is passed in.

An entry has `at`, one verb with the items that it names, and further fields. It is never changed: a later entry takes
it back. Entries are ordered by `at`, then by their contents, so that two machines with the same entries agree, whatever
their files look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from llmpath.files.folders import SHIPPED
from llmpath.progress.document import Table, same_key
from llmpath.text.clean import unsafe_in

VERBS = ("open", "start", "done", "skip", "reset", "note", "goal", "recall", "undo")
GRADES = ("yes", "no", "easily")
"""How well something was recalled."""

STATES = ("todo", "doing", "done", "skipped")
CLOSED = frozenset({"done", "skipped"})
"""States in which nothing is left to do."""

STATE_OF = {"reset": "todo", "start": "doing", "done": "done", "skip": "skipped"}
"""What each of these verbs makes of an item."""

VERB_FOR = {state: verb for verb, state in STATE_OF.items()}

MAX_NOTE = 4_000
"""Characters of a note that a command writes."""

LAST_YEAR = 9_000
"""The last year of an entry, so that sums of times stay within the calendar."""

MILLISECOND = timedelta(milliseconds=1)
_VERBS = frozenset(VERBS)
_BESIDE = ("on", "text", "hides", "grade", "due", "of", "curriculum")
"""What may stand beside a verb, in the order in which commands write it."""
_FIELDS = frozenset({"at", *_BESIDE})


class Entry(NamedTuple):
    """An entry that is understood. `place` counts those of its file from 0; `fields` is the entry as it stands."""

    at: datetime
    verb: str
    items: Sequence[str]
    day: date
    curriculum: str
    place: int
    fields: Table


class Problem(NamedTuple):
    """An entry that is left out, or a key that is left alone; `reason` names a text, `log.REASON`.

    `place` counts the entries of the file from 0; -1 is the top of the file.
    """

    place: int
    reason: str
    details: Sequence[str] = ()


class Log:
    """The entries of one file, in order, and what they say of each other."""

    def __init__(self, tables: Sequence[Table] = ()) -> None:
        self.tables = tables
        self.problems: list[Problem] = []
        self.times: list[datetime | None] = []
        """When each entry of the file was written, also one that does not say so; None where it cannot be told."""
        self.entries: list[Entry] = self._read()
        self.newest = max((at for at in self.times if at is not None), default=None)

    def _read(self) -> list[Entry]:
        entries: list[Entry] = []
        above: datetime | None = None
        for place, table in enumerate(self.tables):
            at = table.get("at")
            if at is None and above is not None:
                at = above + MILLISECOND
            elif at is None:
                on = table.get("on")
                at = datetime.combine(on if type(on) is date else date(1970, 1, 1), time(), UTC)
            elif not is_moment(at):
                self.times.append(None)
                self.problems.append(Problem(place, "at"))
                continue
            above = at
            self.times.append(at)
            entry = self._entry(place, table, at)
            if entry is not None:
                entries.append(entry)
        entries.sort(key=attrgetter("at"))
        if any(one.at == other.at for one, other in pairwise(entries)):
            runs = (list(run) for _, run in groupby(entries, attrgetter("at")))
            return [entry for run in runs for entry in _in_order(run)]
        return entries

    def _entry(self, place: int, table: Table, at: datetime) -> Entry | None:
        verb = ""
        for key in table:
            if key in _VERBS:
                if verb:
                    self.problems.append(Problem(place, "two_verbs", (verb, key)))
                    return None
                verb = key
            elif key not in _FIELDS:
                self.problems.append(Problem(place, "unknown_key", (key,)))
        if not verb:
            self.problems.append(Problem(place, "no_verb"))
            return None
        items, on, curriculum = table[verb], table.get("on"), table.get("curriculum", SHIPPED)
        if reason := _wrong(verb, table, items, on, curriculum):
            self.problems.append(Problem(place, reason, (verb,)))
            return None
        return Entry(at, verb, items, on or at.date(), curriculum, place, table)

    @cached_property
    def undone(self) -> frozenset[int]:
        """The places of the entries that were taken back."""
        taken: dict[tuple[datetime, str], list[set[str]]] = {}
        for entry in self.entries:
            if entry.verb == "undo":
                taken.setdefault((entry.fields["of"], entry.curriculum), []).append(set(entry.items))
        if not taken:
            return frozenset()
        return frozenset(
            entry.place
            for entry in self.entries
            if any(items.issuperset(entry.items) for items in taken.get((entry.at, entry.curriculum), ()))
            and entry.verb != "undo"
        )

    @cached_property
    def counted(self) -> list[Entry]:
        """What was done and not taken back, oldest first."""
        undone = self.undone
        return [entry for entry in self.entries if entry.verb != "undo" and entry.place not in undone]

    def ahead(self, now: datetime) -> list[Entry]:
        """The entries dated more than a day into the future, by a wrong clock."""
        return [entry for entry in self.entries if entry.at - now > timedelta(days=1)]

    def keyed(self) -> Iterator[tuple[Any, datetime, Table]]:
        """The entries of the file, each with its time and a key; entries of two files with one key are the same."""
        for table, at in zip(self.tables, self.times, strict=True):
            dated = table if "at" in table or at is None else {"at": at, **table}
            yield same_key(dated), at or datetime.max.replace(tzinfo=UTC), dated


def is_moment(value: object) -> bool:
    """Whether it is a time with a time zone, in a year that can be calculated with."""
    return isinstance(value, datetime) and value.tzinfo is not None and 1 < value.year <= LAST_YEAR


def _in_order(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Entries of one time by their contents, equal ones once."""
    if len(entries) == 1:
        return entries
    unique = {_content(entry): entry for entry in entries}
    return [unique[content] for content in sorted(unique)]


def _content(entry: Entry) -> tuple[int, str]:
    fields = {key: value.astimezone(UTC) if is_moment(value) else value for key, value in entry.fields.items()}
    return VERBS.index(entry.verb), repr(sorted({**fields, "at": 0}.items()))


def _wrong(verb: str, table: Table, items: object, on: object, curriculum: object) -> str:
    """Which text says what is wrong with an entry, or an empty string."""
    if not isinstance(items, list) or not all(type(item) is str for item in items):
        return "items"
    if on is not None and type(on) is not date:
        return "on"
    if type(curriculum) is not str:
        return "curriculum"
    text, hides = table.get("text"), table.get("hides")
    if verb == "note":
        if hides is not None and not (isinstance(hides, list) and all(map(is_moment, hides))):
            return "hides"
        return "text" if type(text) is not str and (hides is None or text is not None) else ""
    if verb == "undo":
        return "" if is_moment(table.get("of")) else "of"
    if verb == "recall":
        return "grade" if table.get("grade") not in GRADES or type(table.get("due")) is not date else ""
    return ""


def stamped(entries: Iterable[Table], newest: datetime | None, now: datetime) -> list[Table]:
    """New entries of one command, with their time: now, but later than everything else.

    `on` is the day that is meant where it is given, else that of `now`; it is written where the time does not say so.
    """
    at = now.replace(microsecond=now.microsecond // 1000 * 1000)
    if newest is not None and at < newest + MILLISECOND:
        at = (newest + MILLISECOND).astimezone(now.tzinfo)
        at += timedelta(microseconds=-at.microsecond % 1000)
    result: list[Table] = []
    for entry in entries:
        verb = next(key for key in entry if key in _VERBS)
        on = entry.get("on") or now.date()
        fields = {**entry, "on": on if on != at.date() else None}
        beside = {key: fields[key] for key in _BESIDE if fields.get(key) is not None}
        result.append({"at": at, verb: entry[verb], **beside})
    return result


def missing(ours: Log, theirs: Iterable[Log]) -> list[Table]:
    """The entries of other logs that ours has not, each once, in order of their time."""
    known = {key for key, _, _ in ours.keyed()}
    found: dict[Any, tuple[datetime, Table]] = {}
    for other in theirs:
        for key, at, table in other.keyed():
            if key not in known:
                found.setdefault(key, (at, table))
    return [table for _, table in sorted(found.values(), key=lambda pair: pair[0])]


class Command(NamedTuple):
    """What one command wrote: entries of one time. `log`: which of the logs they stand in."""

    log: int
    entries: Sequence[Entry]

    @property
    def at(self) -> datetime:
        """When it was given."""
        return self.entries[0].at

    @property
    def verb(self) -> str:
        """What it did; a note counts only where there is nothing else."""
        return min((entry.verb for entry in self.entries), key=VERBS.index)


def commands(logs: Sequence[Log]) -> list[Command]:
    """The commands that are in some logs, undo too, oldest first; what was taken back is left out."""
    found: dict[tuple[datetime, int, bool], list[Entry]] = {}
    for number, log in enumerate(logs):
        for entry in log.entries:
            if entry.place not in log.undone:
                found.setdefault((entry.at, number, entry.verb == "undo"), []).append(entry)
    return [Command(number, found[at, number, is_undo]) for at, number, is_undo in sorted(found)]


def undoable(logs: Sequence[Log]) -> Command | None:
    """The newest command that still counts; None without one."""
    return next((command for command in reversed(commands(logs)) if command.verb != "undo"), None)


def redoable(logs: Sequence[Log]) -> Command | None:
    """The command that was taken back last, where nothing but redos followed; None without one.

    A redo says with `of` which command it repeats.
    """
    taken: list[tuple[int, datetime]] = []
    for command in commands(logs):
        repeated = next((entry.fields["of"] for entry in command.entries if "of" in entry.fields), None)
        if command.verb == "undo":
            taken.append((command.log, repeated))  # type: ignore[arg-type]  # an undo has it
        elif (command.log, repeated) in taken:
            taken.remove((command.log, repeated))  # type: ignore[arg-type]  # it is in the list
        else:
            taken.clear()
    for number, at in reversed(taken):
        log = logs[number]
        if entries := [entry for entry in log.entries if entry.at == at and entry.place in log.undone]:
            return Command(number, entries)
    return None


def undo_entries(command: Command) -> list[Table]:
    """What takes a command back; one entry for each curriculum that it was about."""
    items: dict[str, dict[str, None]] = {}
    for entry in command.entries:
        items.setdefault(entry.curriculum, {}).update(dict.fromkeys(entry.items))
    return [{"undo": list(names), "of": command.at, **in_curriculum(name)} for name, names in items.items()]


def redo_entries(command: Command) -> list[Table]:
    """What repeats a command, each entry with its day."""
    kept = ("text", "hides", "grade", "due", "curriculum")
    return [
        {
            **{key: value for key, value in entry.fields.items() if key in kept},
            entry.verb: list(entry.items),
            "on": entry.day,
            "of": entry.at,
        }
        for entry in command.entries
    ]


def in_curriculum(name: str) -> dict[str, str]:
    """What an entry of a curriculum says of it: nothing where it is the one that ships."""
    return {} if name == SHIPPED else {"curriculum": name}


def note_fault(text: str) -> str:
    """Which text says why no command writes such a note, or an empty string."""
    if len(text) > MAX_NOTE:
        return "long_note"
    return "control_characters" if unsafe_in(text) - {"\n"} else ""
