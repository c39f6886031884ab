"""In which line of a TOML text each entry stands, so that a problem can be found. Pure.

The text is scanned, not parsed: a faulty text has lines too. What is written in an unusual way, such as a list of
inline tables, is found by the line of what it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

MAX_KEY_PARTS = 8
"""More parts than any key of a curriculum has; a key of many thousands takes a parser's memory and time."""

_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_KEY = re.compile(rf"\s*+(\[\[?)?\s*+({_PART}(?:\s*+\.\s*+{_PART})*+)\s*+(\]\]?|=)", re.ASCII)
_PARTS = re.compile(_PART, re.ASCII)
_STRING = re.compile(r'''"""|\'{3}|"(?:[^"\\]|\\.)*+\\?(?:"|$)|'[^']*+(?:'|$)|#''')
_ID = re.compile(r"""\s*+["']([^"']*+)["']""")
_DEEP = re.compile(rf"^[ \t\[]*+(?:{_PART}\s*+\.\s*+){{{MAX_KEY_PARTS}}}", re.ASCII | re.MULTILINE)
_END = {
    '"""': re.compile(r'''(?:[^"\\]|\\.|"(?!""))*+"""'''),
    "'''": re.compile(r"""(?:[^']|'(?!''))*+'''"""),
}


class Lines:
    """The lines of the entries of one text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, entry: str) -> int:
        """The line of an entry, or of what it stands in; 0 where neither is known."""
        by_entry, _ = self._scanned
        while entry and entry not in by_entry:
            entry = entry.rpartition(".")[0]
        return by_entry.get(entry, 0)

    def of_deep_key(self) -> int:
        """The line of a key of too many parts, or 0."""
        return self._scanned[1] if _DEEP.search(self._text) else 0

    @cached_property
    def _scanned(self) -> tuple[Mapping[str, int], int]:
        return _scanned(self._text)


class _Table:
    """A table of a list, `[[resources]]`: its place there, its id, and the keys below it."""

    def __init__(self, path: str, number: int, line: int) -> None:
        self.names = [f"{path}.{number}"]
        self.keys: list[tuple[str, int]] = [("", line)]


def _scanned(text: str) -> tuple[Mapping[str, int], int]:
    """Entries to their lines, and the line of a key of too many parts, or 0.

    Entries are named as problems name them: `title`, `title.en`, `resources.3`, `resources.gptq-paper.url`.
    """
    tables = [_Table("", 0, 0)]
    counts: dict[str, int] = {}
    inside = ""
    deep_key = 0
    for number, opening, parts, rest in _keys(text):
        if len(parts) > MAX_KEY_PARTS:
            deep_key = deep_key or number
            continue
        path = ".".join(parts)
        if opening == "[[":
            counts[path] = counts.get(path, 0) + 1
            tables.append(_Table(path, counts[path], number))
            inside = ""
        elif opening == "[":
            listed = tables[-1].names[0].rpartition(".")[0]
            is_below = bool(listed) and path.startswith(f"{listed}.")
            if not is_below:
                tables.append(_Table("", 0, 0))
            inside = path.removeprefix(f"{listed}.") if is_below else path
            tables[-1].keys.append((inside, number))
        else:
            tables[-1].keys.append((f"{inside}.{path}" if inside else path, number))
            found = _ID.match(rest) if path == "id" and not inside else None
            if found and tables[-1].names[0] != ".0":
                tables[-1].names.append(tables[-1].names[0].rpartition(".")[0] + f".{found[1]}")
    return dict(_entries(tables)), deep_key


def _entries(tables: list[_Table]) -> Iterator[tuple[str, int]]:
    """Every entry with its line; the last of a name is the first in the text, so that a dictionary keeps that one."""
    for table in reversed(tables):
        for name in table.names:
            prefix = "" if name == ".0" else name
            for key, line in reversed(table.keys):
                steps = key.split(".") if key else []
                for count in range(len(steps), -1, -1):
                    entry = ".".join(([prefix] if prefix else []) + steps[:count])
                    if entry and (line or count):
                        yield entry, line


def _keys(text: str) -> Iterator[tuple[int, str, list[str], str]]:
    """Each key and each header: its line, what opens it (`[`, `[[` or nothing), its parts, and what follows it."""
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not closing:
            found = _KEY.match(line)
            start = 0
            if found and (found[3] == "=") == (not found[1]):
                parts = [part[1:-1] if part[0] in "\"'" else part for part in _PARTS.findall(found[2])]
                yield number, found[1] or "", parts, line[found.end() :]
                start = found.end()
            closing = _opened(line, start)
        else:
            end = _end(line, 0, closing)
            closing = closing if end < 0 else _opened(line, end)


def _opened(line: str, start: int) -> str:
    """The mark of a text of several lines that begins in this line and does not end in it."""
    while found := _STRING.search(line, start):
        mark = found[0]
        if mark == "#":
            return ""
        start = found.end()
        if mark in ('"""', "'''"):
            start = _end(line, start, mark)
            if start < 0:
                return mark
    return ""


def _end(line: str, start: int, mark: str) -> int:
    """The place at which a text of several lines ends in this line, or -1."""
    found = _END[mark].match(line, start)
    return found.end() if found else -1
