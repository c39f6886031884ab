"""Two machines' progress in one document, in whatever order they are merged. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from llmpath.progress.records import STATES, Document, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def merge_rank(table: Table) -> tuple[datetime, int, str, str]:
    """By which of two records of one item the greater is taken: time, then state, then everything else as text.

    Where the text is the same too, a date and a word may still differ; then how Python writes them decides.
    """
    at = table["at"].astimezone(UTC)
    state = table.get("state")
    return at, STATES.index(state) if state in STATES else -1, _as_json(table), repr(table)


def _as_json(table: Table) -> str:
    import json

    return json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        try:
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        except OverflowError:  # at the very end of the calendar it stays in its time zone
            pass
    return str(value)


def merged(documents: Sequence[Document]) -> Document:
    """All documents in one: for each item and goal the greatest record; what this version does not know is kept.

    Commutative, associative and idempotent, up to the order of the keys. Every record needs an `at` (`with_times`).
    """
    result: dict[str, Any] = dict(documents[0])
    for other in documents[1:]:
        for key, value in other.items():
            if key in ("items", "goals"):
                result[key] = _merged_tables(result.get(key, {}), value)
            else:
                result[key] = _merged_unknown(result[key], value) if key in result else value
    return result


def _merged_unknown(ours: Any, theirs: Any) -> Any:
    """Two values of one unknown key: tables with the keys of both; otherwise a table, or what is greater as text."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        both = {key: _merged_unknown(value, theirs[key]) for key, value in ours.items() if key in theirs}
        return {**ours, **theirs, **both}
    return max(ours, theirs, key=lambda value: (isinstance(value, dict), _as_json({"": value}), repr(value)))


def _merged_tables(ours: Table, theirs: Table) -> dict[str, Any]:
    tables = dict(ours)
    for key, table in theirs.items():
        if key not in tables or merge_rank(table) > merge_rank(tables[key]):
            tables[key] = table
    return tables
