"""Records as rows of texts, for what is kept of a long progress file, and back. Pure.

A row for each field, not for each record: thousands of values are then taken apart, and made times, in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from llmpath.curriculum.rows import Rows
from llmpath.progress.records import STATES, Record, Records


class _Columns(NamedTuple):
    """The rows, each with its name before the values. `items` are keys, `goals` are curricula."""

    items: Sequence[str]
    state: Sequence[str]
    on: Sequence[str]
    at: Sequence[str]
    note: Sequence[str]
    goals: Sequence[str]
    goal: Sequence[str]


def rows_of_records(records: Records) -> Rows:
    """The rows of records of which none is wrong."""
    state, on, _, at, note = zip(*records.items.values(), strict=True) if records.items else ((),) * 5
    columns = _Columns(
        [_escaped(key) for key in records.items],
        state,
        [day.isoformat() if day else "" for day in on],
        [moment.isoformat() for moment in at],
        ["" if text is None else f"={_escaped(text)}" for text in note],
        [_escaped(curriculum) for curriculum in records.goals],
        [_escaped(item) for item in records.goals.values()],
    )
    return [[name, *values] for name, values in columns._asdict().items()]


def records_from(rows: Rows, zone: tzinfo | None) -> Records:
    """The records of such rows, with their days in a time zone. Raises `ValueError` or `TypeError` for others."""
    columns = _Columns(**{name: values for name, *values in rows})
    if not set(columns.state) <= set(STATES):
        raise ValueError(columns.state)
    given = [date.fromisoformat(on) if on else None for on in columns.on]
    written = [datetime.fromisoformat(at) for at in columns.at]
    if not all(at.tzinfo for at in written):
        raise ValueError(columns.at)
    days = [on or at.astimezone(zone).date() for on, at in zip(given, written, strict=True)]
    notes = [_unescaped(note[1:]) if note else None for note in columns.note]
    keys = [_unescaped(key) for key in columns.items]
    records = map(Record._make, zip(columns.state, given, days, written, notes, strict=True))
    goals = zip(map(_unescaped, columns.goals), map(_unescaped, columns.goal), strict=True)
    return Records(dict(zip(keys, records, strict=True)), dict(goals), [])


def _escaped(text: str) -> str:
    """A text without the signs that stand between others."""
    return text.encode("unicode_escape").decode()


def _unescaped(text: str) -> str:
    return text.encode().decode("unicode_escape") if "\\" in text else text
