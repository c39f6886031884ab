"""What a check list says that `checklist` wrote, whatever an editor or a formatter has made of it since. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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


_BOX = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)+\[([^\]]{0,3})\](?:\s|$)")
_END = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)")
"""The lines with words that end a box's text, which an editor may have folded: a heading, an entry."""

_SIGNS = re.compile(r"^(?:[ \t\u00a0]*>)+")
_QUOTATION = re.compile(r"[ \t\u00a0]+>[ \t]?(.*)")
"""A line of the user's own note: a quotation that belongs to the box, and so is indented."""

_CURRICULUM = re.compile(r"<!--\s*llmpath-curriculum:\s*([a-z0-9.-]{1,80})\s*-->")
_OURS = re.compile(r"<!--\s*llmpath(?!-curriculum)")
_COMMENT = re.compile(r"<!--\s*llmpath:([^<>]{0,400})-->")
"""A comment of ours: the id first, then what its own record says."""

_URL = re.compile(r"https?://[^\s<>]{1,2100}")
_DONE_ON = re.compile(r"(?:✅\ufe0f?|\[completion::)\s*(\d{4}-\d\d-\d\d)")
"""The day behind a box that Obsidian's plugins Tasks and Dataview write when it is ticked."""

_DATED = re.compile(r"(?:\*\*|__)(\d{4}-\d\d-\d\d)(?:\*\*|__)\s*(.*)", re.DOTALL)
"""The first paragraph of a note."""

MAX_DEPTH = 80
"""Lists, their entries and quotations in each other in which fenced code is told apart."""

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
    lines = re.split(r"\r\n|\r|\n", text)
    for piece in _pieces(lines):
        box, reason = _read(piece, known)
        if box is not None:
            boxes.append(box)
        if reason:
            misread.append(Misread(piece.line + 1, reason, lines[piece.line].lstrip("> ").strip()))
    curriculum = _CURRICULUM.search(text)
    return Reading(curriculum[1] if curriculum else None, boxes, misread)


@dataclass
class _Piece:
    """A box with all that belongs to it, or (`mark` is None) another line with a comment of ours.

    `line`: where it begins; `text`: its lines; `note`: those of the quotation that belongs to it, without their signs.
    """

    line: int
    mark: str | None
    text: list[str]
    note: list[str] = field(default_factory=list)


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """The boxes outside fenced code, those of a callout as if it were none, each with the indented quotation below it.

    How far in they stand says nothing here: what Markdown takes for code or for more of a paragraph was a box once.
    """
    pieces: list[_Piece] = []
    box: _Piece | None = None
    box_depth = 0
    is_open = False
    """Whether a plain line would still belong to what stands before it, as an editor folds it."""

    code, left_out = _code_in(lines), -1
    for number, whole in enumerate(lines):
        line = _SIGNS.sub("", whole)
        depth = whole.count(">", 0, len(whole) - len(line))
        signs = re.match(rf"(?:[ \t\u00a0]*> ?){{0,{box_depth}}}", whole)
        quotation = _QUOTATION.match(whole, signs.end() if signs else 0) if box else None
        if box and quotation and code.get(number) != left_out:
            box.note += [quotation[1]] if is_open else ["", quotation[1]]
            is_open = True
            continue
        if number in code:
            left_out, is_open = code[number], False
            continue
        if depth != box_depth:
            box, box_depth = None, depth
        if begins := _BOX.match(line):
            box, is_open = _Piece(number, begins[1], [line]), True
            pieces.append(box)
        elif not line.strip():
            is_open = False
        elif box and is_open and not _END.match(line):
            (box.note or box.text).append(line)
        else:
            box = None
            pieces += [_Piece(number, None, [line])] if _OURS.search(line) else []
    return pieces


def _code_in(lines: Sequence[str]) -> dict[int, int]:
    """The lines of fenced code, each with the first one of its piece."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH}).disable(["inline", "code", "html_block"])
    fences = (token.map for token in parser.parse("\n".join(lines)) if token.type == "fence" and token.map)
    return {line: begin for begin, end in fences for line in range(begin, end)}


def _read(piece: _Piece, known: Mapping[str, str]) -> tuple[Box | None, str]:
    """The box, if the piece is one that names an item, and the reason why it was not understood, or not wholly."""
    if piece.mark is None:
        return None, "not_a_box"
    text = "\n".join(piece.text)
    is_ours = _OURS.search(text) is not None
    comments = [said for said in map(str.split, _COMMENT.findall(text)) if said]
    if len({item for item, *_ in comments}) > 1:
        return None, "several_items"
    if piece.mark not in _STATES_OF_MARKS:
        return None, "wrong_mark"
    named, *words = comments[0] if comments else [""]
    item = known.get(named) or _linked(text, known)
    if item is None:
        return None, "unknown_item" if comments else "not_understood" if is_ours else "no_item"
    state, on, is_understood = _state_of(words)
    wanted = _STATES_OF_MARKS[piece.mark]
    if wanted == "todo" and state in ("doing", "skipped"):
        wanted = state
    if wanted != state:
        ticked = _DONE_ON.search(text) if wanted == "done" else None
        on = _day(ticked[1]) if ticked else None
    reason = "" if is_understood and (comments or not is_ours) else "not_understood"
    notes = _notes_in(piece.note)
    right = [note for note in notes if not note_fault(note.text) and "\ufffd" not in note.text]
    if right != notes:
        reason = "wrong_note"
    return Box(item, wanted, on, right), reason


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


def _state_of(words: Sequence[str]) -> tuple[str, date | None, bool]:
    """The state and the day that a comment tells, and whether it says nothing else."""
    states = [word for word in words if word in STATES]
    days = [day for word in words if (day := _day(word))]
    return (states or ["todo"])[-1], days[-1] if days else None, len(states) + len(days) == len(words)


def _linked(text: str, known: Mapping[str, str]) -> str | None:
    """The item of the first known web address in a text."""
    for url in _URL.findall(text):
        for cut in range(5):  # signs behind it, such as `)**.`, may belong to the text around it
            if item := known.get(url[: len(url) - cut]):
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
