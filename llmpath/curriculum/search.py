"""Finds items by words, in all languages at once, typing errors forgiven. Pure: folded rows in, scores out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from llmpath.text.names import folded

MAX_MATCHES = 30
FORGIVING_FROM = 3
"""From how many characters on a query may have typing errors."""
CUTOFF = 78.0
FORGIVEN = 0.8
"""What a match with errors counts, compared with one without."""

_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")


class Row(NamedTuple):
    """What is searched of one item, folded: its names, a line each, and all its texts."""

    address: str
    names: str
    texts: str


def found(rows: Sequence[Sequence[str]], words: str) -> list[tuple[str, float]]:
    """Addresses with scores from 0 to 100, best first; equal ones in the order of the rows, which are those of `Row`.

    An address, whole or begun, goes before all. A name counts more than a text, a whole name more than its beginning,
    its beginning more than its middle, the words as they stand more than each by itself. Typing errors are looked for
    where matches without do not fill the list.
    """
    query = folded(words)
    if not query:
        return []
    parts = _parts(query)
    scores: dict[str, float] = {}
    for address, names, texts in rows:
        score = _address_score(address, query) or _score(names, texts, query, parts)
        if score:
            scores[address] = score
    if len(query) >= FORGIVING_FROM and len(scores) < MAX_MATCHES:
        for address, score in _forgiving_scores(rows, query):
            scores[address] = max(scores.get(address, 0.0), score)
    return sorted(scores.items(), key=lambda match: -match[1])[:MAX_MATCHES]


def _parts(query: str) -> list[str]:
    """The words of a query; Chinese and Latin ones may stand together without a space: `rag检索` is two."""
    return [part for word in query.split() for part in _RUNS.findall(word)]


def _address_score(address: str, query: str) -> float:
    """An address is meant where there is a `/`; without one it is a name like others."""
    if "/" not in query or not address.startswith(query):
        return 0.0
    return 100.0 if address == query else 97.0


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


def _forgiving_scores(rows: Sequence[Sequence[str]], query: str) -> Iterator[tuple[str, float]]:
    from bisect import bisect_right
    from itertools import accumulate

    from rapidfuzz import fuzz, process

    names = "\n".join(names for _, names, _ in rows).split("\n")
    first_of_next = list(accumulate(names.count("\n") + 1 for _, names, _ in rows))
    for name, score, place in process.extract(
        query, names, scorer=fuzz.WRatio, limit=MAX_MATCHES * 3, score_cutoff=CUTOFF
    ):
        if len(name) >= FORGIVING_FROM - 1:
            yield rows[bisect_right(first_of_next, place)][0], round(score * FORGIVEN, 1)
