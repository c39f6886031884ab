"""Folding of lines and tables to a width. Pure.

Lines are folded at spaces, and between Chinese characters where punctuation allows it. Commands stay in one piece as
long as they fit, addresses and paths always: one that is too long goes over the edge, so that what is copied is whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from llmpath.text.width import may_be_parted, width
from llmpath.view.document import GAP, Cell, Span, Spans, Table

MIN_ROOM = 8
"""The columns that a folded text keeps, however narrow the terminal is."""

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")


class _Piece(NamedTuple):
    """A piece that is not divided as long as it fits on a line: where it begins and ends in the text."""

    start: int
    end: int


def folded(spans: Spans, first_room: int, room: int) -> list[Spans]:
    """Clean spans in lines, the first of at most `first_room` columns, the others of `room`. At least one line."""
    text = "".join(span.text for span in spans)
    limit, later = max(first_room, MIN_ROOM), max(room, MIN_ROOM)
    if width(text) <= limit:
        return [spans]
    lines: list[Spans] = []
    start = end = 0
    for piece in _pieces(spans, text, later):
        if end and width(text[start : piece.end]) > limit:
            lines.append(_between(spans, start, end))
            start, limit = piece.start, later
        end = piece.end
    return [*lines, _between(spans, start, end)]


def _between(spans: Spans, start: int, end: int) -> Spans:
    """The part of some spans from one place of their whole text to another."""
    found: list[Span] = []
    place = 0
    for span in spans:
        part = span.text[max(start - place, 0) : max(end - place, 0)]
        place += len(span.text)
        if part:
            found.append(span._replace(text=part))
    return found


def _pieces(spans: Spans, text: str, room: int) -> list[_Piece]:
    """The text in pieces between which a line may end."""
    pieces: list[_Piece] = []
    place = 0
    for span in spans:
        stays_whole = bool(span.link) or (span.style in ("code", "whole") and width(span.text) <= room)
        for start, end in [(0, len(span.text))] if stays_whole else _words(span.text):
            piece = _Piece(place + start, place + end)
            if pieces and pieces[-1].end == piece.start and start == 0 and not _may_end(text, place):
                piece = piece._replace(start=pieces.pop().start)
            pieces += _cut(piece, text, room)
        place += len(span.text)
    return pieces


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where each word begins and ends; a Chinese character is a word, with the punctuation that belongs to it."""
    end = 0
    for word in text.split(" "):
        start = end
        end = start + len(word)
        if not word.isascii():
            for place in range(start + 1, end):
                if _may_end(text, place):
                    yield start, place
                    start = place
        if word:
            yield start, end
        end += 1


def _may_end(text: str, place: int) -> bool:
    """Whether a line may end before the character at a place that no space precedes."""
    before, after = text[place - 1], text[place]
    if after in _NEVER_FIRST or before in _NEVER_LAST or not may_be_parted(text, place):
        return False
    return width(before) == 2 or width(after) == 2


def _is_address(word: str) -> bool:
    return "/" in word or "\\" in word


def _cut(piece: _Piece, text: str, room: int) -> list[_Piece]:
    """A piece that fits on no line, cut; an address and any other piece as it is."""
    word = text[piece.start : piece.end]
    if width(word) <= room or _is_address(word):
        return [piece]
    cuts: list[_Piece] = []
    start = piece.start
    for place in range(piece.start + 1, piece.end):
        if width(text[start : place + 1]) > room and may_be_parted(text, place):
            cuts.append(_Piece(start, place))
            start = place
    return [*cuts, piece._replace(start=start)]


def fitted(
    table: Table, shown: Sequence[int], rows: Sequence[Sequence[Cell]], natural: Sequence[int], columns: int
) -> list[int]:
    """Widths with which the rows fit into some columns, as far as what folds gives way."""
    room = columns - table.indent - GAP * (sum(1 for each in natural if each) - 1)
    folding = [place for place, n in enumerate(shown) if table.columns[n].folds and natural[place]]
    rest = room - sum(each for place, each in enumerate(natural) if place not in folding)
    wanted = {place: natural[place] for place in folding}
    least = {place: _longest_word([row[place] for row in rows], rest) for place in folding}
    return [_share(place, wanted, least, rest) if place in wanted else each for place, each in enumerate(natural)]


def _longest_word(cells: Iterable[Cell], room: int) -> int:
    longest = MIN_ROOM
    for spans in cells:
        text = "".join(span.text for span in spans)
        pieces = _pieces(spans, text, max(room, MIN_ROOM))
        words = (text[piece.start : piece.end] for piece in pieces)
        longest = max([longest, *(width(word) for word in words if not _is_address(word))])
    return longest


def _share(place: int, wanted: dict[int, int], least: dict[int, int], room: int) -> int:
    """The width that one of the folding columns gets: what it wants, else its longest word and a share of the rest."""
    if sum(wanted.values()) <= room:
        return wanted[place]
    least = {n: min(least[n], wanted[n]) for n in wanted}
    spare = room - sum(least.values())
    if spare < 0:
        return max(MIN_ROOM, room * least[place] // sum(least.values()))
    return least[place] + spare * (wanted[place] - least[place]) // (sum(wanted.values()) - sum(least.values()))
