"""What a check list says that `checklist` wrote, whatever an editor or a formatter has made of it since. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Resource
from llmpath.exchange.markdown import destination, quoted, unquoted
from llmpath.progress.document import Table
from llmpath.progress.log import STATES, VERB_FOR, note_fault
from llmpath.progress.progress import Progress


class NoteThere(NamedTuple):
    """A note in a check list, with its day where one stands before it."""

    day: date | None
    text: str


class Box(NamedTuple):
    """A box that was understood: the item, the state that it asks for, the day where one stands there, the notes."""

    item: str
    state: str
    on: date | None
    notes: Sequence[NoteThere] = ()


class Misread(NamedTuple):
    """A line, counted from 1, that was not understood, or not wholly. `reason` names a text, `import.REASON`."""

    line: int
    reason: str
    text: str


class Reading(NamedTuple):
    """A check list as read: the id of its curriculum, or none; its boxes in order; lines that were not understood."""

    curriculum: str | None
    boxes: Sequence[Box]
    misread: Sequence[Misread]


_BOX = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\[([^\]]{0,3})\](?:\s|$)")
_END = re.compile(r"\s*(?:$|>|#|[-*+]\s|\d{1,9}[.)]\s)")
"""The lines that end an item's text, which an editor may have folded: empty, a quotation, a heading, an entry."""

_QUOTATION = re.compile(r"[ \t\u00a0]+>[ \t]?(.*)")
"""A line of the user's own note: a quotation that belongs to the entry, and so is indented."""

_CURRICULUM = re.compile(r"<!--\s*llmpath-curriculum:\s*([a-z0-9.-]{1,80})\s*-->")
_OURS = re.compile(r"<!--\s*llmpath(?!-curriculum)")
_COMMENT = re.compile(r"<!--([^<>]{0,400})-->")
_URL = re.compile(r"https?://[^\s<>]{1,2100}")
_MAX_BEHIND_URL = 4
"""How many signs behind an address, such as `)**.`, may belong to the text around it."""

_FENCE = re.compile(r"\s*(?:[-*+]\s+|\d{1,9}[.)]\s+)*(`{3,}(?=[^`]*$)|~{3,})(.*)")
"""The beginning and the end of a piece of code, in which nothing is a box."""

_DATED = re.compile(r"(?:\*\*|__)(\d{4}-\d\d-\d\d)(?:\*\*|__)\s*(.*)", re.DOTALL)
"""The first paragraph of a note."""

_STATES_OF_MARKS = {"x": "done", "X": "done", " ": "todo"}


def _known(catalog: Catalog) -> Mapping[str, str]:
    """Ids and web addresses, former ones too, with the items that they lead to now. Current ones go before former."""
    known = {item.id: item.id for item in catalog.items()}
    resources = [(item.id, item.entry) for item in catalog.items() if isinstance(item.entry, Resource)]
    now = [(resource.url, item) for item, resource in resources if resource.url]
    ever = [(url, item) for item, resource in resources for url in (resource.url, *resource.former_urls) if url]
    written = [(destination(url), item) for url, item in ever]
    former = [(name, item) for item, names in catalog.former.items() for name in names]
    for key, item in (*now, *ever, *written, *former):
        known.setdefault(key, item)
    return known


def read_checklist(text: str, catalog: Catalog) -> Reading:
    """Reads a check list for the items of a curriculum, whichever program wrote it and however its lines end.

    Not understood is what looks like a box, or like a comment of ours, and names no item; all else is prose.
    """
    known = _known(catalog)
    boxes: list[Box] = []
    misread: list[Misread] = []
    for piece in _pieces(re.split(r"\r\n|\r|\n", text)):
        box, reason = _read(piece, known)
        if box is not None:
            boxes.append(box)
        if reason:
            misread.append(Misread(piece.line, reason, piece.text.partition("\n")[0].strip()))
    curriculum = _CURRICULUM.search(text)
    return Reading(curriculum[1] if curriculum else None, boxes, misread)


@dataclass
class _Piece:
    """A box with all the text that belongs to it, or (`mark` is None) any other line; `line` is where it begins.

    `depth`: the quotations around it; `note`: the lines of the quotation that belongs to it, without their sign;
    `is_open`: whether a plain line would still belong to what stands before it, as an editor folds it.
    """

    line: int
    mark: str | None
    text: str
    depth: int = 0
    note: list[str] = field(default_factory=list)
    is_open: bool = True

    def take(self, line: str) -> str:
        """The part of a line without a box for this one: its `text`, its `note` (or a blank before one), or none."""
        if quotation := _QUOTATION.match(line):
            self.note += [quotation[1]] if self.is_open else ["", quotation[1]]
            self.is_open = True
            return "note"
        if not line.strip():
            self.is_open = False
            return "note"
        if not self.is_open or _END.match(line):
            return ""
        if self.note:
            self.note.append(line)
            return "note"
        self.text += f"\n{line}"
        return "text"


def _pieces(lines: Iterable[str]) -> Iterator[_Piece]:
    """The boxes of a text, and its other lines; those of a callout as if it were none."""
    box: _Piece | None = None
    for number, depth, line in _outside_code(lines):
        begins = _BOX.match(line)
        taken = box.take(line) if box and not begins and box.depth == depth else ""
        if box and not taken:
            yield box
            box = None
        if begins:
            box = _Piece(number, begins[1], line, depth)
        elif taken != "text":
            yield _Piece(number, None, line)
    if box:
        yield box


def _outside_code(lines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Each line with its number and the quotations around it, without the signs of these; what is code is empty."""
    fence, before = "", 0
    for number, whole in enumerate(lines, 1):
        signs = re.match(r"(?:> ?)*", whole)[0]  # type: ignore[index]  # it fits every line
        line, depth = whole[len(signs) :], signs.count(">")
        fence, before = fence if depth == before else "", depth
        mark = _FENCE.match(line)
        is_code = bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
        yield number, depth, "" if is_code else line


def _read(piece: _Piece, known: Mapping[str, str]) -> tuple[Box | None, str]:
    """The box, if the piece is one that names an item, and the reason why it was not understood, or not wholly."""
    is_ours = _OURS.search(piece.text) is not None
    if piece.mark is None:
        return None, "not_a_box" if is_ours else ""
    comments = [said for said in map(_said, _COMMENT.findall(piece.text)) if said]
    if len({item for item, *_ in comments}) > 1:
        return None, "several_items"
    if piece.mark not in _STATES_OF_MARKS:
        return None, "wrong_mark"
    named, *words = comments[0] if comments else [""]
    item = known.get(named) or _linked(piece.text, known)
    if item is None:
        return None, "unknown_item" if comments else "not_understood" if is_ours else "no_item"
    state, on, is_understood = _state_of(words)
    wanted = _STATES_OF_MARKS[piece.mark]
    if wanted == "todo" and state in ("doing", "skipped"):
        wanted = state
    reason = "" if is_understood and (comments or not is_ours) else "not_understood"
    notes = _notes_in(piece.note)
    right = [note for note in notes if not note_fault(note.text) and "\ufffd" not in note.text]
    return Box(
        item, wanted, on if wanted == state else None, right
    ), reason if right == notes else "wrong_note"  # a character was lost there


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _notes_in(quotation: Sequence[str]) -> list[NoteThere]:
    """The notes in a quotation: a new one begins where a day stands in bold; what comes before is a note without."""
    notes: list[NoteThere] = []
    for paragraph in "\n".join(line.strip() for line in quotation).split("\n\n"):
        if not paragraph.strip():
            continue
        dated = _DATED.match(paragraph.strip())
        day = _day(dated[1]) if dated else None
        text = unquoted((dated[2] if dated and day else paragraph).split("\n"))
        if day is not None or not notes:
            notes.append(NoteThere(day, text))
        else:
            notes[-1] = NoteThere(notes[-1].day, f"{notes[-1].text}\n{text}")
    return [note for note in notes if note.text]


def _said(comment: str) -> list[str]:
    """The words of a comment of ours, the id first; none of any other comment."""
    name, colon, words = comment.strip().partition(":")
    return words.split() if name == "llmpath" and colon else []


def _state_of(words: Sequence[str]) -> tuple[str, date | None, bool]:
    """The state and the day that a comment tells, and whether it says nothing else."""
    states = [word for word in words if word in STATES]
    days = [day for word in words if (day := _day(word))]
    return (states or ["todo"])[-1], (days or [None])[-1], len(states) + len(days) == len(words)


def _linked(text: str, known: Mapping[str, str]) -> str | None:
    """The item of the first known web address in a text."""
    for match in _URL.finditer(text):
        url = match[0]
        for cut in range(min(_MAX_BEHIND_URL, len(url)) + 1):
            item = known.get(url[: len(url) - cut])
            if item is not None:
                return item
    return None


class Wanted(NamedTuple):
    """The change that a check list asks for on one item: a verb of the log, or none, with its day; new notes."""

    item: str
    verb: str
    on: date | None
    notes: Sequence[NoteThere] = ()


FURTHER = ("todo", "doing", "skipped", "done")
"""States, each further than the one before it."""


def wanted_from(boxes: Iterable[Box], progress: Progress, today: date) -> list[Wanted]:
    """The changes that boxes ask for: ticked items become done, those untouched here skipped or under way.

    Nothing is un-marked, and a note is taken over that was never written here. Of two boxes for one item the one that
    is further counts. A day that is still to come is taken for today.
    """
    furthest: dict[str, Box] = {}
    for box in boxes:
        other = furthest.get(box.item)
        ahead = box if other is None or FURTHER.index(box.state) > FURTHER.index(other.state) else other
        notes = [*(other.notes if other is not None else ()), *(box.notes if box is not other else ())]
        furthest[box.item] = ahead._replace(notes=notes)
    wanted: list[Wanted] = []
    for box in furthest.values():
        known = {unquoted(line.removeprefix(">") for line in quoted(text)) for text in progress.texts(box.item)}
        new = {note.text: note for note in box.notes if note.text not in known}
        own = progress.own_state(box.item)
        verb = VERB_FOR[box.state] if box.state != own and (box.state == "done" or own == "todo") else ""
        if verb or new:
            notes = [NoteThere(min(note.day or today, today), note.text) for note in new.values()]
            wanted.append(Wanted(box.item, verb, min(box.on or today, today) if verb else None, notes))
    return wanted


def entries_from(wanted: Iterable[Wanted]) -> list[Table]:
    """The entries of a log that say so: one for each verb and day, and for each note."""
    marked: dict[tuple[str, date | None], list[str]] = {}
    notes: list[Table] = []
    for each in wanted:
        if each.verb:
            marked.setdefault((each.verb, each.on), []).append(each.item)
        notes += [{"note": [each.item], "on": note.day, "text": note.text} for note in each.notes]
    return [*({verb: items, "on": on} for (verb, on), items in marked.items()), *notes]
