"""Edge: copies of the progress file in `backups/` beside it, up to ten, each parsed before it is kept.

Where it writes, it is only for the holder of the progress file's lock.
"""

import os
import re
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from itertools import chain, count

from llmpath.errors import DamagedProgress
from llmpath.files.bounded import read_bounded
from llmpath.progress.serialization import MAX_BYTES, parsed
from llmpath.view.results.keeping import BackupRow

MAX_BACKUPS = 10
FOLDER = "backups"
REPLACED = ".replaced"
DAMAGED = ".damaged"
STAMP = "%Y-%m-%dT%H-%M-%S"
_STAMPED = r"-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(?:_\d+)?(?:\.replaced)?"


class Backups:
    """The copies of the progress file at `path`, a resolved one."""

    def __init__(self, path: str) -> None:
        folder, name = os.path.split(path)
        self.folder = os.path.join(folder, FOLDER)
        self._stem, self._ending = os.path.splitext(name)

    @cached_property
    def _form(self) -> re.Pattern[str]:
        """What the names look like, so that another progress file in the folder may have its copies here too."""
        return re.compile(re.escape(self._stem) + _STAMPED + re.escape(self._ending), re.ASCII)

    def names(self) -> list[str]:
        """The names of the copies, newest first; the names tell the time."""
        try:
            return sorted(filter(self._form.fullmatch, os.listdir(self.folder)), reverse=True)
        except OSError:
            return []

    def path(self, name: str) -> str:
        """Where a copy is."""
        return os.path.join(self.folder, name)

    def all(self) -> list[BackupRow]:
        """The copies, newest first."""
        return [self._described(name) for name in self.names()]

    def newest_good(self) -> BackupRow | None:
        """The newest copy that can be read, or None."""
        return next((row for row in map(self._described, self.names()) if row.items >= 0), None)

    def newest_before_writing(self) -> BackupRow | None:
        """The newest copy that can be read and is not what a restore has replaced, or None."""
        rows = (self._described(name) for name in self.names() if not name.endswith(REPLACED + self._ending))
        return next((row for row in rows if row.items >= 0), None)

    def _described(self, name: str) -> BackupRow:
        form = self._form.fullmatch(name)
        day, *time = form.groups() if form else ("",)
        try:
            items = parsed(read_bounded(self.path(name), MAX_BYTES), name).get("items", {})
            held = len(items) if isinstance(items, dict) else 0
        except (OSError, DamagedProgress):
            held = -1
        return BackupRow(name, f"{day} {':'.join(time)}", held)

    def keep_daily(self, content: bytes, now: datetime) -> str:
        """Keeps a copy, unless this day has one already; as `keep`."""
        today = f"{self._stem}-{now:%Y-%m-%d}T"
        return "" if any(name.startswith(today) for name in self.names()) else self.keep(content, now)

    def keep(self, content: bytes, now: datetime) -> str:
        """Keeps a copy of these bytes, whereupon the oldest beyond ten go.

        Returns the name of the copy. Raises `OSError`, or `DamagedProgress` for what is no progress file.
        """
        name = self._kept(content, now, self._ending)
        others = [other for other in self.names() if other != name]
        with suppress(OSError):
            for old in others[MAX_BACKUPS - 1 :]:
                os.unlink(self.path(old))
        return name

    def keep_replaced(self, content: bytes, now: datetime) -> str:
        """Keeps a copy of what a restore is about to replace; no other goes for it. As `keep` otherwise."""
        return self._kept(content, now, REPLACED + self._ending)

    def _kept(self, content: bytes, now: datetime, ending: str) -> str:
        from llmpath.files.atomic import write_atomically

        parsed(content, self.folder)
        name = self._free_name(now, ending)
        write_atomically(self.path(name), content)
        return name

    def keep_damaged(self, path: str, now: datetime) -> str:
        """Keeps a copy of a damaged file of any size, which will not be listed: it pushes no good copy out.

        Returns the name of the copy. Raises `OSError`.
        """
        from shutil import copyfile

        name = self._free_name(now, self._ending + DAMAGED)
        temporary = self.path(f".{name}.{os.getpid()}.tmp")
        copyfile(path, temporary)
        with open(temporary, "rb+") as copy:
            os.fsync(copy.fileno())
        os.replace(temporary, self.path(name))
        return name

    def _free_name(self, now: datetime, ending: str) -> str:
        """A name that tells the time; names of one second are numbered so that they sort as they were made."""
        os.makedirs(self.folder, exist_ok=True)
        taken = set(os.listdir(self.folder))
        stamp = f"{self._stem}-{now.strftime(STAMP)}"
        numbers = chain([""], (f"_{number:02}" for number in count(2)))
        names = (f"{stamp}{number}{ending}" for number in numbers)
        return next(name for name in names if name not in taken)

    def remove_leftovers(self) -> None:
        """Removes what a process left behind that was killed while it made a copy."""
        from llmpath.files.atomic import remove_leftovers

        remove_leftovers(self.folder, lambda name: self._form.fullmatch(name.removesuffix(DAMAGED)) is not None)
