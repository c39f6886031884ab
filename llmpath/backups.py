"""Edge: up to ten copies of the progress file in `backups/` beside it, each parsed before it is kept."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from llmpath.errors import DamagedProgress
from llmpath.results import BackupRow
from llmpath.safe_read import read_bounded

MAX_BACKUPS = 10
MAX_BYTES = 8 * 1024 * 1024
FOLDER = "backups"
STAMP = "%Y-%m-%dT%H-%M-%S"


class Backups:
    """The copies of the progress file at `path`. `parse` raises `DamagedProgress` on what is none."""

    def __init__(self, path: str, parse: Callable[[bytes], Mapping[str, Any]]) -> None:
        self._folder = os.path.join(os.path.dirname(path), FOLDER)
        self._stem = os.path.basename(path).removesuffix(".toml")
        self._parse = parse

    def names(self) -> list[str]:
        """The names of the copies, newest first; the names tell the time."""
        try:
            found = os.listdir(self._folder)
        except OSError:
            return []
        return sorted((n for n in found if n.startswith(f"{self._stem}-") and n.endswith(".toml")), reverse=True)

    def content(self, name: str) -> bytes | None:
        """The bytes of a copy, or None where there is none of that name."""
        if name not in self.names():
            return None
        return read_bounded(os.path.join(self._folder, name), MAX_BYTES)

    def all(self) -> list[BackupRow]:
        """The copies, newest first."""
        return [self._described(name) for name in self.names()]

    def newest_good(self) -> BackupRow | None:
        """The newest copy that can be read, or None."""
        return next((backup for name in self.names() if (backup := self._described(name)).items >= 0), None)

    def _described(self, name: str) -> BackupRow:
        made = name.removeprefix(f"{self._stem}-").removesuffix(".toml")
        day, _, time = made.partition("T")
        try:
            items = self._parse(read_bounded(os.path.join(self._folder, name), MAX_BYTES)).get("items", {})
        except (OSError, DamagedProgress):
            return BackupRow(name, f"{day} {time[:8].replace('-', ':')}", -1)
        return BackupRow(name, f"{day} {time[:8].replace('-', ':')}", len(items) if isinstance(items, dict) else 0)

    def keep(self, content: bytes, now: datetime, *, forced: bool = False, keep_all: bool = False) -> str:
        """Keeps a copy before the first write of a day, or when `forced`; then the oldest beyond ten go.

        With `keep_all` none goes. What cannot be parsed is kept under another name, so that it never pushes out a
        good copy. Returns the name of the copy, empty where none was due. Raises `OSError`.
        """
        names = self.names()
        if not forced and names and names[0].startswith(f"{self._stem}-{now:%Y-%m-%d}T"):
            return ""
        from llmpath.atomic import write_atomically

        os.makedirs(self._folder, exist_ok=True)
        try:
            self._parse(content)
            ending = ".toml"
        except DamagedProgress:
            ending = ".damaged"
        stamp = f"{self._stem}-{now.strftime(STAMP)}"
        same_second = sum(name.startswith(stamp) for name in os.listdir(self._folder))
        name = f"{stamp}-{same_second + 1:02}{ending}" if same_second else f"{stamp}{ending}"
        write_atomically(os.path.join(self._folder, name), content)
        if not keep_all:
            for old in self.names()[MAX_BACKUPS:]:
                os.unlink(os.path.join(self._folder, old))
        return name
