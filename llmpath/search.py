"""Finds items by words, in all languages at once, typing errors forgiven. Pure: folded rows in, scores out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from llmpath.names import folded

MAX_MATCHES = 30
FORGIVING_FROM = 3
"""From how many characters on a query may have typing errors."""
CUTOFF = 78.0
FORGIVEN = 0.8
"""What a match with errors counts, compared with one without."""


class Row(NamedTuple):
    """What is searched of one item: its names and all its texts, folded."""

    address: str
    names: Sequence[str]
    texts: str


def found(rows: Sequence[Row], words: str) -> list[tuple[str, float]]:
    """Addresses with scores from 0 to 100, best first; equal ones in the order of the rows, topics before the rest."""
    query = folded(words)
    if not query:
        return []
    parts = query.split()
    scores: dict[str, float] = {}
    for row in rows:
        score = _plain_score(row, query, parts)
        if score:
            scores[row.address] = score
    if len(query) >= FORGIVING_FROM:
        for address, score in _forgiving_scores(rows, query):
            scores[address] = max(scores.get(address, 0.0), score)
    order = {row.address: place for place, row in enumerate(rows)}
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], "/" in pair[0], order[pair[0]]))
    return ranked[:MAX_MATCHES]


def _plain_score(row: Row, query: str, parts: Sequence[str]) -> float:
    for name in row.names:
        if name == query:
            return 100.0
    if any(name.startswith(query) for name in row.names):
        return 95.0
    if any(query in name for name in row.names):
        return 90.0
    names = " ".join(row.names)
    if all(part in names for part in parts):
        return 85.0
    if query in row.texts:
        return 75.0
    if all(part in names or part in row.texts for part in parts):
        return 70.0
    return 0.0


def _forgiving_scores(rows: Sequence[Row], query: str) -> Iterator[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    owners = [(name, row.address) for row in rows for name in row.names if len(name) >= FORGIVING_FROM - 1]
    names = [name for name, _ in owners]
    for _, score, place in process.extract(
        query, names, scorer=fuzz.WRatio, limit=MAX_MATCHES * 3, score_cutoff=CUTOFF
    ):
        yield owners[place][1], round(score * FORGIVEN, 1)
