"""Changes of the document that the progress file holds; keys that this version does not know survive. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from llmpath.progress.records import Change, Document, Table, is_dated, tables_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def with_record(
    document: Document, group: str, key: str, content: Table, now: datetime, written_at: datetime
) -> Document:
    """The document with the whole content of one record of `items` or `goals` replaced and stamped."""
    old = document.get(group, {}).get(key)
    return _with_table(document, group, key, _stamped(content, old, now, written_at))


def with_changes(document: Document, changes: Iterable[Change], now: datetime, written_at: datetime) -> Document:
    """The document with changes made and stamped; the very same object where nothing differs."""
    for change in changes:
        old = document.get("items", {}).get(change.key)
        new = _changed(old or {}, change)
        if new is not None:
            document = with_record(document, "items", change.key, new, now, written_at)
    return document


def _changed(old: Table, change: Change) -> dict[str, Any] | None:
    new = dict(old)
    new.setdefault("state", "todo")
    if change.state is not None:
        new["state"] = change.state
    for name, value in (("on", change.on), ("note", change.note)):
        if value == "":
            new.pop(name, None)
        elif value is not None:
            new[name] = value
    unchanged = new == dict(old) or (not old and new == {"state": "todo"})
    return None if unchanged else new


def with_goal(document: Document, curriculum: str, item: str, now: datetime, written_at: datetime) -> Document:
    """The document with a goal, or with none where `item` is empty; the same object where that is so already."""
    old = document.get("goals", {}).get(curriculum)
    if (old or {}).get("item", "") == item:
        return document
    return with_record(document, "goals", curriculum, {**(old or {}), "item": item}, now, written_at)


def _stamped(new: Mapping[str, Any], old: Table | None, now: datetime, written_at: datetime) -> dict[str, Any]:
    """A later edit wins under any clock: `at` is never less than a millisecond after the old record's."""
    at = now.astimezone(UTC)
    if old is not None:
        at = max(at, old.get("at", written_at).astimezone(UTC) + timedelta(milliseconds=1))
    return {**{key: value for key, value in new.items() if key != "note"}, "at": at, **_only_note(new)}


def _only_note(table: Table) -> dict[str, Any]:
    return {"note": table["note"]} if "note" in table else {}


def _with_table(document: Document, group: str, key: str, table: Table) -> Document:
    return {**document, group: {**document.get(group, {}), key: table}}


def with_times(document: Document, written_at: datetime) -> Document:
    """The document in which every record has an `at`: what a person added by hand counts as written at `written_at`.

    The very same object where nothing is missing.
    """
    if is_dated(document):
        return document
    moment = written_at.astimezone(UTC)
    dated: dict[str, Any] = {}
    for group in ("items", "goals"):
        tables = tables_of(document, group)
        dated[group] = {
            key: {**table, "at": moment} if isinstance(table, dict) and "at" not in table else table
            for key, table in tables.items()
        }
    return {**document, **{group: tables for group, tables in dated.items() if tables}}
