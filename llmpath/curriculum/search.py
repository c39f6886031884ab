"""Finds items by words, in all languages at once, typing errors forgiven. Pure: folded rows in, scores out."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog, Item
from llmpath.text.names import folded

MAX_MATCHES = 30
"""How many matches a person reads; and with so many without typing errors none with some are looked for."""

FORGIVING_FROM = 3
"""From how many characters on a query may have typing errors."""

CUTOFF = 78.0
FORGIVEN = 0.8
"""The weight of a match with errors, compared with one without."""

SNIPPET = 90
"""About how many columns a piece of text takes; a Chinese character takes two."""

_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")


class Row(NamedTuple):
    """The folded names and texts of one item that a search looks through, a line each.

    `kind` and `language` are those of a resource.
    """

    id: str
    kind: str | None
    language: str | None
    names: str
    texts: str


def rows_of(catalogs: Sequence[Catalog]) -> list[Row]:
    """The rows of a curriculum, from its catalogs in all its languages.

    All topics, then all concepts, then all resources and exercises: the order in which equal matches stand.
    """
    rows: dict[str, list[Row]] = {"topic": [], "concept": [], "resource": []}
    for forms in zip(*(catalog.items() for catalog in catalogs), strict=True):
        kind, entry = forms[0].kind, forms[0].entry
        own = [] if kind == "exercise" else [forms[0].id.rpartition("/")[2]]
        names = _lines([*own, *(item.entry.title for item in forms), *getattr(entry, "aliases", ())])
        texts = _lines([text for item in forms for text in texts_of(item)])
        row = Row(forms[0].id, getattr(entry, "kind", None), getattr(entry, "language", None), names, texts)
        rows["resource" if kind == "exercise" else kind].append(row)
    return [row for several in rows.values() for row in several]


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(map(folded, dict.fromkeys(texts))))


def texts_of(item: Item) -> list[str]:
    """What an item says of itself."""
    texts = (getattr(item.entry, name, None) for name in ("summary", "note", "why", "read", "start", "done_when"))
    return [*filter(None, texts), *getattr(item.entry, "authors", ())]


class Match(NamedTuple):
    """An item that was found, and a score from 0 to 100."""

    id: str
    score: float


def found(rows: Sequence[Row], words: str, kinds: Collection[str] = (), languages: Collection[str] = ()) -> list[Match]:
    """All matches, best first; equal ones in the order of the rows. With kinds or languages only such resources.

    An id, whole or begun, goes before all. A name counts more than a text, a whole name more than its beginning,
    its beginning more than its middle, the words as they stand more than each by itself. Typing errors are looked for
    where matches without do not fill a list.
    """
    query = folded(words)
    if not query:
        return []
    parts = _parts(query)
    chosen = [row for row in rows if (not kinds or row.kind in kinds) and (not languages or row.language in languages)]
    scores = [_id_score(row.id, query) or _score(row.names, row.texts, query, parts) for row in chosen]
    if len(query) >= FORGIVING_FROM and len(scores) - scores.count(0.0) < MAX_MATCHES:
        for place, score in _forgiving_scores(chosen, query):
            scores[place] = max(scores[place], score)
    matches = [Match(row.id, score) for row, score in zip(chosen, scores, strict=True) if score]
    return sorted(matches, key=lambda match: -match.score)


def _parts(query: str) -> list[str]:
    """The words of a query; Chinese and Latin ones may stand together without a space: `rag检索` is two."""
    return [part.strip() for word in query.split() for part in _RUNS.findall(word)]


def _id_score(item_id: str, query: str) -> float:
    """An id is meant where there is a `/`; without one it is a name like others."""
    if "/" not in query or not item_id.startswith(query):
        return 0.0
    return 100.0 if item_id == query else 97.0


def _score(names: str, texts: str, query: str, parts: Sequence[str]) -> float:
    if query in names:
        lines = f"\n{names}\n"
        if f"\n{query}\n" in lines:
            return 100.0
        return 95.0 if f"\n{query}" in lines else 90.0
    if len(parts) > 1 and all(part in names for part in parts):
        return 85.0
    if query in texts:
        return 75.0
    if len(parts) > 1 and all(part in names or part in texts for part in parts):
        return 70.0
    return 0.0


def _forgiving_scores(rows: Sequence[Row], query: str) -> Iterator[tuple[int, float]]:
    """The places of rows with a name that is like the query, and how well each matches."""
    from rapidfuzz import fuzz, process

    names = [(name, place) for place, row in enumerate(rows) for name in row.names.split("\n")]
    for name, score, number in process.extract(
        query, [name for name, _ in names], scorer=fuzz.WRatio, limit=MAX_MATCHES * 3, score_cutoff=CUTOFF
    ):
        if len(name) >= FORGIVING_FROM - 1:
            yield names[number][1], round(score * FORGIVEN, 1)


def snippet(texts: Sequence[str], words: str) -> str:
    """The piece of some texts, as they are written, in which the words stand, or the first of them that does.

    Where none stands anywhere, as after a typing error, it is empty.
    """
    query = folded(words)
    for wanted in dict.fromkeys([query, *_parts(query)]):
        for text in texts:
            start = _place(text, wanted)
            if wanted and start >= 0:
                return _around(text, start, len(wanted))
    return ""


def _place(text: str, wanted: str) -> int:
    """The place in an unfolded text at which folded words were found, or -1."""
    if wanted not in folded(text):
        return -1
    pieces = [folded(character) or " " for character in text]
    plain = "".join(pieces)
    at = plain.find(wanted)
    if at < 0:  # the words stand there without a space, or with another one
        at = plain.find(wanted.split(maxsplit=1)[0][:1])
    reached = 0
    for place, piece in enumerate(pieces):
        reached += len(piece)
        if reached > at:
            return place
    return 0


def _around(text: str, start: int, length: int) -> str:
    """The text near a place, in whole words, cut ends marked with `…`."""
    room = SNIPPET // 2 if not text[start : start + length].isascii() else SNIPPET
    begin = max(0, start - room // 3)
    end = min(len(text), max(begin + room, start + length))
    while 0 < begin < start and text[begin - 1].isascii() and text[begin - 1].isalnum():
        begin += 1
    while start + length < end < len(text) and text[end].isascii() and text[end].isalnum():
        end -= 1
    piece = " ".join(text[begin:end].split())
    return f"{'…' if begin else ''}{piece}{'…' if end < len(text) else ''}"
