"""What a progress file of schema 1 says, as entries of a log. Pure.

Each entry follows from one record alone, so that two machines which convert apart agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from llmpath.progress.document import Document, Table
from llmpath.progress.log import VERB_FOR, in_curriculum

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a record was written that does not say so."""


def converted(document: Document) -> Document:
    """The same progress in schema 2; a document of schema 2 or greater as it is."""
    if document.schema > 1:
        return document
    others = dict(document.others)
    items, goals = others.pop("items", {}), others.pop("goals", {})
    entries = [*document.entries, *_from(items, _of_item), *_from(goals, _of_goal)]
    return Document(2, sorted(entries, key=_time_of), others)


def _time_of(entry: Table) -> datetime:
    at = entry.get("at")
    return at if isinstance(at, datetime) and at.tzinfo else NEVER


def _from(group: Any, entries_of: Any) -> Iterator[Table]:
    """The entries of a table of records. Anything else is kept as an entry without a verb, which nothing reads."""
    if not isinstance(group, dict):
        yield {"at": NEVER, "value": group}
        return
    for key, record in group.items():
        if isinstance(record, dict):
            yield from entries_of(key, dict(record))
        else:
            yield {"at": NEVER, "item": key, "value": record}


def _of_item(key: str, record: dict[str, Any]) -> Iterator[Table]:
    state, note = record.pop("state", None), record.pop("note", None)
    when, place, name = _when(record), *_place(key)
    if type(state) is str and state in VERB_FOR:
        if state != "todo" or note is None:
            yield {**when, VERB_FOR[state]: [name], **record, **place}
    else:
        yield {**when, "item": key, "state": state or "", **record}
    if note is not None:
        yield {**when, "note": [name], "text": note, **place}


def _of_goal(key: str, record: dict[str, Any]) -> Iterator[Table]:
    item, when = record.pop("item", ""), _when(record)
    yield {**when, "goal": [item] if item else [], **record, **in_curriculum(key)}


def _when(record: dict[str, Any]) -> dict[str, Any]:
    at, on = record.pop("at", None), record.get("on")
    if at is None:
        at = datetime.combine(on, time(), UTC) if type(on) is date else NEVER
    return {"at": at}


def _place(key: str) -> tuple[dict[str, str], str]:
    curriculum, slash, name = key.partition("/")
    return in_curriculum(curriculum), name if slash else key
