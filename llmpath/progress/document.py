"""A log as text: read within limits, because anybody may have written it, and appended to. Pure.

New entries are appended as text, so comments, order and unknown keys stay.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

import tomli

from llmpath.errors import CannotRead, DamagedProgress
from llmpath.files.bounded import is_deeper

SCHEMA = 2
MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 64
"""Of tables and lists in each other, and of parts in a key. What is read can also be compared and written."""

MAX_TABLES = 40_000
"""Of tables that are no entries of a log; each may cost the parser a kilobyte."""

HEADERS = {
    "progress": "# llmpath progress: what you did, newest last. Add entries freely; to take one back use\n"
    "# `llmpath undo`, since what is deleted here returns from copies on other machines.\n",
    "reviews": "# llmpath reviews: how you answered, newest last. To take an answer back use `llmpath undo`.\n",
}

Table = Mapping[str, Any]
"""An entry, or another table, as it stands in the file."""


class Document(NamedTuple):
    """A progress file: its schema, its entries in the order of the file, and whatever else stands at the top."""

    schema: int
    entries: Sequence[Table]
    others: Table


def parsed(content: bytes, path: str) -> Document:
    """The document in some bytes; `path` is for the error. Raises `DamagedProgress`, or `CannotRead` without memory."""
    if not content.strip(b"\0 \t\r\n"):
        raise DamagedProgress(path, "zero_filled" if b"\0" in content else "empty")
    if len(content) > MAX_BYTES:
        raise too_large(path)
    try:
        text = content.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DamagedProgress(path, "not_utf8", content.count(b"\n", 0, error.start) + 1) from None
    _check_size(text, path)
    try:
        whole = _loaded_in_runs(text) or _loaded_as_a_whole(text, path)
    except RecursionError:
        raise DamagedProgress(path, "too_deep") from None
    except MemoryError:
        raise CannotRead(path=path, reason=os.strerror(errno.ENOMEM)) from None
    schema = whole.pop("schema", None)
    if type(schema) is not int or schema < 1:
        raise DamagedProgress(path, "no_schema")
    return Document(schema, whole.pop("log", []), whole)


def too_large(path: str) -> DamagedProgress:
    """The error for a file of too many bytes."""
    return DamagedProgress(path, "too_large", details=(str(MAX_BYTES // 1024 // 1024),))


_MANY_DOTS = 50_000
"""With fewer full stops, keys of many parts take the parser a second at most; `is_deeper` refuses them afterwards."""

_PART = r"[ \t]*(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*"
_LONG_KEY = rf"(?:^[ \t]*\[*|[{{,]){_PART}(?:\.{_PART}){{{MAX_DEPTH}}}"


def _check_size(text: str, path: str) -> None:
    """Refuses a text that would take the parser minutes and gigabytes; long notes are no reason."""
    if text.count(".") > _MANY_DOTS and re.search(_LONG_KEY, text, re.MULTILINE | re.ASCII):
        raise DamagedProgress(path, "too_deep")
    if text.count("\n[") - text.count("\n[[log]]") > MAX_TABLES or text.count("{") > 10 * MAX_TABLES:
        raise DamagedProgress(path, "too_many_tables")


_MOMENT = (
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:\d{3})?"
    r"[+-](?:[01]\d|2[0-3]):[0-5]\d"
)
_DAY = r"\d{4}-\d\d-\d\d"
_STRING = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*"'
_ENTRY = (
    rf"^\[\[log\]\]\nat = ({_MOMENT})\n"
    rf"(open|start|done|skip|reset|note|goal|recall|undo) = \[({_STRING}(?:, {_STRING})*)\]\n"
    rf"(?:on = ({_DAY})\n)?(?:text = ({_STRING})\n)?(?:grade = ({_STRING})\ndue = ({_DAY})\n)?"
    rf"(?:of = ({_MOMENT})\n)?(?:curriculum = ({_STRING})\n)?(?=\n*\[\[log\]\]\n|\n*\Z)"
)

_PLACE = ""
"""The key of a table that stands for a run of usual entries."""


def _loaded_in_runs(text: str) -> dict[str, Any] | None:
    """What a text says, in a quarter of the parser's time where entries have the form in which commands write them.

    Each run of such entries is read by one pattern, and the parser reads a table in its place. None where the text is
    not valid so, or where something in it only looks like an entry.
    """
    runs: list[list[Table]] = []
    pieces: list[str] = []
    end = 0
    try:
        for match in re.finditer(_ENTRY, text, re.ASCII | re.MULTILINE):
            between = text[end : match.start()]
            if not runs or between.strip("\n"):
                pieces += [between, f'[[log]]\n"{_PLACE}" = {len(runs)}\n']
                runs.append([])
            runs[-1].append(_usual_entry(match))
            end = match.end()
        found = _loaded("".join([*pieces, text[end:]]))
    except ValueError:
        return None
    if [table[_PLACE] for table in found["log"] if _PLACE in table] != list(range(len(runs))):
        return None
    found["log"] = [entry for table in found["log"] for entry in (runs[table[_PLACE]] if _PLACE in table else [table])]
    return found


def _usual_entry(match: re.Match[str]) -> Table:
    at, verb, items, on, note, grade, due, of, curriculum = match.groups()
    entry: dict[str, Any] = {"at": datetime.fromisoformat(at), verb: items[1:-1].split('", "')}
    if on:
        entry["on"] = date.fromisoformat(on)
    if note:
        entry["text"] = note[1:-1]
    if grade:
        entry["grade"], entry["due"] = grade[1:-1], date.fromisoformat(due)
    if of:
        entry["of"] = datetime.fromisoformat(of)
    if curriculum:
        entry["curriculum"] = curriculum[1:-1]
    return entry


def _loaded_as_a_whole(text: str, path: str) -> dict[str, Any]:
    """What a text says. Raises `DamagedProgress` with the line of what is wrong."""
    try:
        return _loaded(text)
    except tomli.TOMLDecodeError as error:
        if marker := re.search(r"^<{7} ", text, re.MULTILINE):
            raise DamagedProgress(path, "merge_markers", text.count("\n", 0, marker.start()) + 1) from None
        with suppress(ValueError):
            tomli.loads(text)  # only another entry cannot stand behind it
            found = re.search(r"^[ \t]*\[?[ \t]*log\b", text, re.MULTILINE)
            line = text.count("\n", 0, found.start()) + 1 if found else 0
            raise DamagedProgress(path, "log_form", line) from None
        raise DamagedProgress(path, "syntax", min(error.lineno, text.count("\n") + 1), details=(error.msg,)) from None
    except ValueError as error:  # a number of thousands of digits
        raise DamagedProgress(path, "syntax", details=(str(error),)) from None


def _loaded(text: str) -> dict[str, Any]:
    """What a text says, if another entry may stand behind it. Raises `ValueError` or `RecursionError`."""
    found = tomli.loads(f"{text}\n[[log]]\n")
    found["log"].pop()
    if is_deeper(found, MAX_DEPTH):
        raise RecursionError
    return found


def lines_of(content: bytes, count: int) -> Sequence[int]:
    """The line, from 1, on which each of `count` entries begins; none where that cannot be told."""
    text = content.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
    starts = [match.start() for match in re.finditer(r"^[ \t]*\[\[[ \t]*(?:log|\"log\"|'log')", text, re.MULTILINE)]
    return [text.count("\n", 0, start) + 1 for start in starts] if len(starts) == count else []


def sides_of(text: str) -> tuple[str, str] | None:
    """The two texts of which git made one with markers, ours and theirs; None where no markers are in it."""
    sides: tuple[list[str], list[str]] = ([], [])
    taking: Sequence[int] = (0, 1)
    found = False
    for line in text.splitlines(keepends=True):
        match line[:7]:
            case "<<<<<<<":
                taking, found = (0,), True
            case "|||||||" if found:
                taking = ()
            case "=======" if found:
                taking = (1,)
            case ">>>>>>>" if found:
                taking = (0, 1)
            case _:
                for side in taking:
                    sides[side].append(line)
    return ("".join(sides[0]), "".join(sides[1])) if found else None


def same_key(value: Any) -> Any:
    """A key that equal TOML values share: keys in any order, times by instant; 1, 1.0 and true differ."""
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        return "table", frozenset((key, same_key(entry)) for key, entry in value.items())
    if kind is list:
        return "list", tuple(same_key(entry) for entry in value)
    if kind is datetime and value.tzinfo is not None:
        return value
    return kind.__name__, repr(value)


def blocks_of(entries: Iterable[Table], newline: str = "\n") -> str:
    """The text of entries, a blank line before each."""
    lines = [line for entry in entries for line in ("", "[[log]]", *(_assigned(*field) for field in entry.items()))]
    return "".join(f"{line}{newline}" for line in lines)


def text_of(others: Table, entries: Iterable[Table], header: str) -> str:
    """The text of a whole new file."""
    import tomli_w  # only writing needs it

    rest = f"\n{tomli_w.dumps(others)}" if others else ""
    return f"{HEADERS[header]}schema = {SCHEMA}\n{rest}{blocks_of(entries)}"


def _assigned(key: str, value: object) -> str:
    import tomli_w  # only writing needs it

    name = tomli_w.dumps({key: 0}).removesuffix(" = 0\n")
    return f"{name} = {_written(value)}"


def _written(value: object) -> str:
    """A value in one line."""
    import tomli_w  # only writing needs it

    if isinstance(value, dict):
        return f"{{ {', '.join(_assigned(key, entry) for key, entry in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, datetime):
        return value.isoformat(" ", "milliseconds" if value.microsecond % 1000 == 0 else "microseconds")
    return tomli_w.dumps({"x": value}).removeprefix("x = ")[:-1]
