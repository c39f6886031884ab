"""Folding of text to a width. Pure.

Lines are folded at spaces, and between Chinese characters where punctuation allows it. Commands stay in one piece as
long as they fit, addresses and paths always: one that is too long goes over the edge, so that what is copied is whole.
"""

from collections.abc import Iterator

from llmpath.text.width import may_be_parted, width
from llmpath.view.document import Span, Spans

MIN_ROOM = 8
"""The columns that a folded text keeps, however narrow the terminal is."""

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")


def columns_of(spans: Spans) -> int:
    """How wide some spans are beside each other."""
    return sum(width(span.text) for span in spans)


def folded(spans: Spans, first_room: int, room: int) -> list[Spans]:
    """Clean spans in lines, the first of at most `first_room` columns, the others of `room`. At least one line."""
    limit, later = max(first_room, MIN_ROOM), max(room, MIN_ROOM)
    if columns_of(spans) <= limit:
        return [spans]
    text = "".join(span.text for span in spans)
    lines: list[Spans] = []
    start = end = 0
    for first, last in _words(spans, text, later):
        if end and width(text[start:last]) > limit:
            lines.append(_between(spans, start, end))
            start, limit = first, later
        end = last
    return [*lines, _between(spans, start, end)]


def longest_word(spans: Spans, room: int) -> int:
    """The width of the longest piece that folding to `room` columns keeps whole; addresses do not count."""
    text = "".join(span.text for span in spans)
    words = (text[start:end] for start, end in _words(spans, text, max(room, MIN_ROOM)))
    return max((width(word) for word in words if not _is_address(word)), default=0)


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


def _words(spans: Spans, text: str, room: int) -> Iterator[tuple[int, int]]:
    """Where each piece that stays on one line begins and ends; what fits on no line is cut, but for addresses."""
    ends = [*_ends(spans, text, room), len(text)]
    for start, end in zip([0, *ends], ends, strict=False):
        word = text[start:end].rstrip(" ")
        first = start
        if width(word) > room and not _is_address(word):
            for place in range(start + 1, start + len(word)):
                if width(text[first : place + 1]) > room and may_be_parted(text, place):
                    yield first, place
                    first = place
        if word:
            yield first, start + len(word)


def _ends(spans: Spans, text: str, room: int) -> Iterator[int]:
    """The places before which a line may end: behind spaces and beside Chinese, outside of what stays whole."""
    place = 0
    for span in spans:
        stays_whole = bool(span.link) or (span.style in ("code", "whole") and width(span.text) <= room)
        last = min(place + 1, len(text)) if stays_whole else place + len(span.text)
        yield from (each for each in range(max(place, 1), last) if _may_end(text, each))
        place += len(span.text)


def _may_end(text: str, place: int) -> bool:
    """Whether a line may end before the character at a place."""
    before, after = text[place - 1], text[place]
    if before == " " or after == " ":
        return before == " " and after != " "
    is_wide = width(before) == 2 or width(after) == 2
    return is_wide and after not in _NEVER_FIRST and before not in _NEVER_LAST and may_be_parted(text, place)


def _is_address(word: str) -> bool:
    return "/" in word or "\\" in word
