"""Edge: writes the progress file.

What this module promises:

- A write holds one lock from reading to replacing, so that no other process's change is lost; the file is replaced as
  a whole, so that a crash leaves the old one or the new one; what this version does not know is kept.
- A file that is damaged or newer is never written. Before the first write of a day the old file is copied to backups/.
- Once the new file is in place nothing fails the command any more: what goes wrong then is a warning.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from llmpath.errors import CannotWrite, LockedTooLong, UnknownBackup
from llmpath.progress.backups import Backups
from llmpath.progress.edits import with_times
from llmpath.progress.progress_file import ProgressFile, Stored, reason_of, viewed
from llmpath.progress.records import Document
from llmpath.progress.serialization import encoded

LOCK_SECONDS = 30.0
PATIENCE_SECONDS = 2.0
"""After how long a wait for the lock is mentioned."""

Notice = tuple[str, dict[str, str]]
"""The key of a text, and its fields."""


class Saved(NamedTuple):
    """What came of a write: the file before and after, warnings about the rest, the name of the copy that was made.

    The very same before and after: nothing was written. `before` is None where what was replaced could not be read.
    """

    before: Stored | None
    after: Stored
    warnings: Sequence[Notice] = ()
    kept: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything was written."""
        return self.after is not self.before


Transform = Callable[[Stored], Document]
"""Gives the new document, or the very same one where nothing is to change."""

Afterwards = Callable[[Saved], None]
"""What is called once the file is in place, under the lock; it must not fail."""


class Store(ProgressFile):
    """The progress file at one path, to be written too. `tell` is called with a text key when something takes long."""

    def __init__(
        self,
        path: str,
        now: Callable[[], datetime],
        tell: Callable[[str, dict[str, str]], None],
        lock_seconds: float = LOCK_SECONDS,
    ) -> None:
        super().__init__(path, now)
        self.real = os.path.realpath(path)
        self._tell = tell
        self._lock_seconds = lock_seconds
        self.backups = Backups(self.real)

    def update(
        self,
        seen: Stored,
        transform: Transform,
        afterwards: Afterwards,
        *,
        force_backup: bool = False,
        even_unchanged: bool = False,
    ) -> Saved:
        """Changes the file under the lock.

        Nothing at all is made where `transform` changes nothing of what was `seen`, unless `even_unchanged` asks for
        `afterwards` all the same. A copy of the old file is kept before the first write of a day, or always with
        `force_backup`.

        Raises `BadRecords`, `NewerProgress`, `DamagedProgress`, `LockedTooLong` or `CannotWrite`: nothing was changed.
        """
        if transform(self.strictly(seen)) is seen.document and not even_unchanged:
            return Saved(seen, seen)
        with self._locked():
            before = self.strictly(self.read(seen))
            document = transform(before)
            if document is before.document:
                unchanged = Saved(before, before)
                afterwards(unchanged)
                return unchanged
            content, written = encoded(with_times(document, before.written_at), self.path)
            after = viewed(written, self._now(), content)
            warnings = self._shrinkage(before)
            kept = ""
            if before.content:
                with self._failures_said(self.backups.folder):
                    keep = self.backups.keep if force_backup else self.backups.keep_daily
                    kept = keep(before.content, self._now())
            return self._put(Saved(before, after, warnings, kept), afterwards)

    def restore(self, name: str, afterwards: Afterwards) -> Saved:
        """Puts a copy in the file's place, even of a damaged one; what stood there is kept, and no copy goes for it.

        Raises `UnknownBackup`, `DamagedProgress`, `NewerProgress`, `CannotRead`, `LockedTooLong` or `CannotWrite`:
        nothing was changed.
        """
        copy = self.backup(name)
        with self._locked():
            before = self.readable()
            if before is not None:
                self.refuse_newer(before)
            if before is not None and before.content == copy.content:
                return Saved(before, before)
            with self._failures_said(self.backups.folder):
                kept = self._kept_whole(before)
            return self._put(Saved(before, copy, kept=kept), afterwards)

    def _kept_whole(self, before: Stored | None) -> str:
        if before is None:
            return self.backups.keep_damaged(self.real, self._now())
        return self.backups.keep_replaced(before.content, self._now()) if before.content else ""

    def backup(self, name: str) -> Stored:
        """What a copy holds. Raises `UnknownBackup`, `DamagedProgress`, `NewerProgress` or `CannotRead`."""
        if name not in self.backups.names():
            raise UnknownBackup(name=name)
        copy = Store(self.backups.path(name), self._now, self._tell)
        stored = copy.read()
        if not stored.content:
            raise UnknownBackup(name=name)
        copy.refuse_newer(stored)
        return stored

    def _put(self, saved: Saved, afterwards: Afterwards) -> Saved:
        """Replaces the file; from here on Ctrl-C breaks nothing off. Raises `CannotWrite` where it stands as it was."""
        from llmpath.files.atomic import remove_leftovers, uninterrupted, write_atomically

        folder, file = os.path.split(self.real)
        with uninterrupted():
            with self._failures_said(self.path):
                self.backups.remove_leftovers()
                remove_leftovers(folder, file.__eq__)
                unflushed = write_atomically(self.real, saved.after.content)
            if unflushed is not None:
                fields = {"path": self.path, "reason": reason_of(unflushed)}
                saved = saved._replace(warnings=[*saved.warnings, ("warning.not_flushed", fields)])
            afterwards(saved)
        return saved

    def _shrinkage(self, before: Stored) -> list[Notice]:
        """A cut-off TOML file is often valid TOML: fewer items than in the last backup is worth a word."""
        newest = self.backups.newest_before_writing()
        count = len(before.records.items)
        if newest is None or newest.items <= count:
            return []
        fields = {"path": self.path, "count": str(count), "before": str(newest.items), "name": newest.name}
        return [("warning.fewer_items", fields)]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Holds the lock. What is needed under it is imported before, so that nobody waits for an import."""
        import tomli  # noqa: F401 - see the docstring: nobody waits for an import
        import tomli_w  # noqa: F401 - as above

        from llmpath.files import atomic  # noqa: F401 - as above
        from llmpath.files.lock import StillLocked, acquire, release

        path = f"{self.real}.lock"
        with self._failures_said(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            try:
                lock = acquire(path, self._lock_seconds, PATIENCE_SECONDS, lambda: self._mention(path))
            except StillLocked:
                raise LockedTooLong(path=path, seconds=round(self._lock_seconds)) from None
        try:
            yield
        finally:
            release(lock)

    def _mention(self, lock_path: str) -> None:
        self._tell("notice.waiting_for_lock", {"path": lock_path})

    @contextmanager
    def _failures_said(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotWrite(path=path, reason=reason_of(error)) from error
