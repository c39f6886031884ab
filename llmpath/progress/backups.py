"""Edge: copies of a log's file in `backups/` beside it, each parsed before it is kept, as private as the file.

There are two sorts, and the last ten of each stay: the first copy of a day, and what an import or a restore replaced.
Only the holder of the file's lock may write or remove copies.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from typing import NamedTuple

from llmpath.errors import DamagedProgress
from llmpath.files.atomic import remove_leftovers, write_atomically
from llmpath.files.bounded import read_bounded
from llmpath.progress.document import MAX_BYTES, parsed
from llmpath.progress.schema1 import converted

MAX_BACKUPS = 10
"""How many of each sort are kept."""

FOLDER = "backups"
REPLACED = ".replaced"
DAMAGED = ".damaged"
STAMP = "%Y-%m-%dT%H-%M-%S"
_STAMPED = r"-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(?:_\d+)?(?:\.replaced)?"


class Backup(NamedTuple):
    """A copy of a file: when it was made, by the clock of then, and how many entries it has; -1: it is damaged."""

    name: str
    made: str
    items: int


class Backups:
    """The copies of the file at `path`, a resolved one."""

    def __init__(self, path: str, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        folder, name = os.path.split(path)
        self.folder = os.path.join(folder, FOLDER)
        self._stem, self._ending = os.path.splitext(name)

    @cached_property
    def _form(self) -> re.Pattern[str]:
        """The pattern of the names. Another log in the folder may have its copies here too."""
        return re.compile(re.escape(self._stem) + _STAMPED + re.escape(self._ending), re.ASCII)

    def names(self) -> list[str]:
        """The names of the copies, newest first; none where their folder cannot be read."""
        with suppress(OSError):
            return self.listed()
        return []

    def listed(self) -> list[str]:
        """The names of the copies, newest first by the time in the name. Raises `OSError`.

        Copies with a date in the future, from a clock that ran ahead, come last.
        """
        try:
            found = sorted(filter(self._form.fullmatch, os.listdir(self.folder)), reverse=True)
        except FileNotFoundError:
            return []
        tomorrow = f"{self._stem}-{(self._now() + timedelta(days=1)).strftime(STAMP)}"
        return sorted(found, key=lambda name: name > tomorrow)

    def path(self, name: str) -> str:
        """Where a copy is."""
        return os.path.join(self.folder, name)

    def all(self) -> list[Backup]:
        """The copies, newest first."""
        return [self._described(name) for name in self.names()]

    def worth_restoring(self) -> list[Backup]:
        """The newest copy that can be read, and an older one behind it where that has more entries."""
        good = [row for row in self.all() if row.items >= 0]
        fullest = max(good, key=lambda row: row.items, default=None)
        return [*good[:1], *([fullest] if fullest is not None and fullest.items > good[0].items else [])]

    def newest_fuller(self, content: bytes, entries: int) -> Backup | None:
        """The newest copy that can be read and was not replaced, if it has more entries than the file has."""
        for name in self._names_of(is_replaced=False):
            with suppress(OSError):
                if 0 < os.path.getsize(self.path(name)) <= len(content):
                    return None  # the same entries take as many bytes
            row = self._described(name)
            if row.items >= 0:
                return row if row.items > entries else None
        return None

    def _names_of(self, *, is_replaced: bool) -> list[str]:
        return [name for name in self.names() if name.endswith(REPLACED + self._ending) == is_replaced]

    def _described(self, name: str) -> Backup:
        form = self._form.fullmatch(name)
        day, *time = form.groups() if form else ("",)
        try:
            held = len(converted(parsed(read_bounded(self.path(name), MAX_BYTES), name)).entries)
        except (OSError, DamagedProgress):
            held = -1
        return Backup(name, f"{day} {':'.join(time)}", held)

    def keep(self, content: bytes, *, is_replaced: bool = False) -> str:
        """Keeps a copy of these bytes, unless this day has one already; the oldest beyond ten go.

        `is_replaced`: of what is about to be replaced or changed at large, whatever else was kept that day.

        Returns the name of the copy. Raises `OSError`, or `DamagedProgress` for what is no log.
        """
        others = self._names_of(is_replaced=is_replaced)
        today = f"{self._stem}-{self._now():%Y-%m-%d}T"
        if not is_replaced and any(name.startswith(today) for name in others):
            return ""
        parsed(content, self.folder)
        name = self._free_name((REPLACED if is_replaced else "") + self._ending)
        write_atomically(self.path(name), content, like=self._path)
        with suppress(OSError):
            for old in others[MAX_BACKUPS - 1 :]:
                os.unlink(self.path(old))
        return name

    def keep_damaged(self) -> str:
        """Keeps a copy of the damaged file. It is not listed and displaces no good copy.

        Returns the name of the copy. Raises `OSError`.
        """
        name = self._free_name(self._ending + DAMAGED)
        write_atomically(self.path(name), read_bounded(self._path, 1 << 30), like=self._path)
        return name

    def _free_name(self, ending: str) -> str:
        """A name that tells the time; names of one second are numbered so that they sort as they were made."""
        if not os.path.isdir(self.folder):
            os.makedirs(self.folder, exist_ok=True)
            with suppress(OSError):  # whoever may write beside the file may keep copies too
                os.chmod(self.folder, os.stat(os.path.dirname(self.folder)).st_mode & 0o7777)
        stamp = f"{self._stem}-{self._now().strftime(STAMP)}"
        names = (f"{stamp}{f'_{number:02}' if number > 1 else ''}{ending}" for number in count(1))
        return next(name for name in names if not os.path.lexists(self.path(name)))

    def remove_leftovers(self) -> None:
        """Removes what processes left behind that were killed while they made a copy."""
        remove_leftovers(self.folder, lambda name: self._form.fullmatch(name.removesuffix(DAMAGED)) is not None)
