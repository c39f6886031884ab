"""Edge: the files of a log, `progress.toml` and `reviews.toml`. The one module that reads and writes them.

What this module promises:

- Reading makes and touches nothing: no file, no folder, no lock.
- A write holds one lock from reading to replacing, so that no other process's entry is lost. Entries are appended; the
  file is replaced as a whole, so that a crash leaves the old one or the new one. What an editor saves meanwhile is
  read again.
- A file that is damaged or newer is never written. Before the first write of a day the old file is copied to backups/.
- Once the new file is in place, the command cannot fail any more: what goes wrong then is a warning.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

from llmpath.errors import CannotRead, CannotWrite, DamagedProgress, LockedTooLong, NewerProgress, UnknownBackup
from llmpath.files.atomic import Outdated, remove_leftovers, uninterrupted, write_atomically
from llmpath.files.bounded import FileTooLarge, read_bounded
from llmpath.files.lock import StillLocked, acquire
from llmpath.progress.backups import Backups
from llmpath.progress.document import (
    MAX_BYTES,
    SCHEMA,
    Document,
    Table,
    blocks_of,
    parsed,
    same_key,
    text_of,
    too_large,
)
from llmpath.progress.log import Log, missing
from llmpath.progress.schema1 import converted

LOCK_SECONDS = 30.0
PATIENCE_SECONDS = 2.0
"""After how long a wait for the lock is mentioned."""

TRIES = 20
"""How often a command starts again on a file that an editor has just saved."""

PROGRESS, REVIEWS = "progress", "reviews"
"""What a file is for."""

Notice = tuple[str, dict[str, str]]
"""The key of a text, and its fields."""

Make = Callable[[Log], Sequence[Table]]
"""Gives the entries to append to a log, each with its time; none where nothing is to change."""


class Stored:
    """What a file holds: its bytes, its schema and its log. Without a file there are no bytes; an empty one is damaged.

    `others`: what stands at the top beside the log.
    """

    def __init__(self, content: bytes, document: Document) -> None:
        self.content = content
        self.schema = document.schema
        current = converted(document)
        self.log = Log(current.entries)
        self.others = current.others


NOTHING = Stored(b"", Document(SCHEMA, [], {}))


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

    @property
    def lost(self) -> int:
        """How many entries of the file before are not in it any more."""
        return len(missing(self.after.log, [self.before.log])) if self.before is not None else 0


After = Callable[[Saved], None]
"""Is called once a file is in place."""


def reviews_path(path: str) -> str:
    """Where the reviews are that belong to a progress file: `reviews.toml`, `NAME.reviews.toml` beside `NAME.toml`."""
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    return os.path.join(folder, f"{REVIEWS}{ending}" if stem == PROGRESS else f"{stem}.{REVIEWS}{ending}")


class LogFile:
    """The file of a log at one path. `tell` is called with a text key when something takes long.

    `is_shared`: other machines write it too, so nothing is made, or removed, beside it.
    """

    def __init__(
        self,
        path: str,
        now: Callable[[], datetime],
        tell: Callable[[str, dict[str, str]], None] = lambda _key, _fields: None,
        *,
        purpose: str = PROGRESS,
        lock_seconds: float = LOCK_SECONDS,
        is_shared: bool = False,
    ) -> None:
        self.path = path
        self.purpose = purpose
        self.now = now
        self._is_shared = is_shared
        self._tell = tell
        self._lock_seconds = lock_seconds

    @cached_property
    def real(self) -> str:
        """The path with every link followed."""
        return os.path.realpath(self.path)

    @cached_property
    def backups(self) -> Backups:
        """The copies of the file."""
        return Backups(self.real, self.now)

    def read(self, seen: Stored | None = None) -> Stored:
        """What the file holds now, or `seen` again where that is the same. Raises `DamagedProgress` or `CannotRead`."""
        content = self._content()
        if seen is not None and content == seen.content:
            return seen
        return NOTHING if content is None else Stored(content, parsed(content, self.path))

    def _content(self) -> bytes | None:
        try:
            return read_bounded(self.path, MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except FileTooLarge:
            raise too_large(self.path) from None
        except OSError as error:
            raise CannotRead(path=self.path, reason=reason_of(error)) from error

    def readable(self) -> Stored | None:
        """What the file holds, or None where it is damaged. Raises `CannotRead`."""
        try:
            return self.read()
        except DamagedProgress:
            return None

    def writable(self, stored: Stored) -> Stored:
        """The same, where this version may write it. Raises `NewerProgress`."""
        if stored.schema > SCHEMA:
            raise NewerProgress(path=self.path, schema=stored.schema, known=SCHEMA)
        return stored

    def change(
        self, seen: Stored, make: Make, afterwards: After = lambda _saved: None, *, keep_copy: bool = False
    ) -> Saved:
        """Appends entries under the lock; makes nothing at all where `make` has none to append to what was `seen`.

        `afterwards` is called once the file is in place, under the lock; it must not fail. A copy of the old file is
        kept before the first write of a day, and always with `keep_copy`.

        Raises `NewerProgress`, `DamagedProgress`, `LockedTooLong` or `CannotWrite`: nothing was changed.
        """
        if not make(self.writable(seen).log):
            return Saved(seen, seen)
        with self.locked():
            return self.append(seen, make, afterwards, keep_copy=keep_copy)

    def append(
        self, seen: Stored, make: Make, afterwards: After = lambda _saved: None, *, keep_copy: bool = False
    ) -> Saved:
        """As `change`, for the holder of the lock."""
        for _ in range(TRIES):
            seen = self.writable(self.read(seen))
            entries = make(seen.log)
            if not entries:
                return Saved(seen, seen)
            after = self.joined(seen, entries)
            warnings = self._shrinkage(seen)
            kept = self._keep(seen, keep_copy=keep_copy)
            with suppress(Outdated):
                return self._put(Saved(seen, after, warnings, kept), afterwards, seen.content or None)
        raise CannotWrite(path=self.path, reason="another program keeps writing it")

    def _keep(self, before: Stored | None, *, keep_copy: bool) -> str:
        """Keeps a copy of what is about to be changed, and returns its name; None stands for a damaged file."""
        with self._failures_said(self.backups.folder):
            if before is None:
                return self.backups.keep_damaged()
            if not before.content or self._is_shared:
                return ""
            return self.backups.keep(before.content, is_replaced=keep_copy or before.schema < SCHEMA)

    def joined(self, before: Stored, entries: Sequence[Table]) -> Stored:
        """What the file is to be with more entries; what is in it stays byte by byte, but for one of schema 1."""
        if not before.content or before.schema < SCHEMA:
            tables = [*before.log.tables, *entries]
            content = text_of(before.others, tables, self.purpose).encode()
            added = self._parsed_again(content, tables)
            return Stored(content, Document(SCHEMA, added, before.others))
        newline = "\r\n" if before.content.partition(b"\n")[0].endswith(b"\r") else "\n"
        glue = "" if before.content.endswith(b"\n") else newline
        block = (glue + blocks_of(entries, newline)).encode()
        added = self._parsed_again(f"schema = {SCHEMA}\n".encode() + block, entries)
        if len(before.content) + len(block) > MAX_BYTES:
            raise CannotWrite(path=self.path, reason="it would be larger than what can be read")
        return Stored(before.content + block, Document(SCHEMA, [*before.log.tables, *added], before.others))

    def _parsed_again(self, content: bytes, meant: Sequence[Table]) -> Sequence[Table]:
        """What is read where some entries were written. Raises `CannotWrite` unless it is the same."""
        try:
            found = parsed(content, self.path).entries
        except DamagedProgress as error:
            reason = f"what would be written could not be read back: {error.fields['reason']}"
            raise CannotWrite(path=self.path, reason=reason) from error
        if [same_key(table) for table in found] != [same_key(table) for table in meant]:
            raise CannotWrite(path=self.path, reason="what would be written would be read as something else")
        return found

    def write(self, content: bytes, afterwards: After = lambda _saved: None) -> Saved:
        """Puts these bytes in the file's place, whatever stands there; a copy of that is kept.

        Raises `DamagedProgress` for bytes that are no log, `NewerProgress`, `CannotRead`, `LockedTooLong` or
        `CannotWrite`: nothing was changed.
        """
        after = self.writable(Stored(content, parsed(content, self.path)))
        with self.locked():
            for _ in range(TRIES):
                before = self.readable()
                old = self._there() if before is None else before.content or None
                if before is not None and self.writable(before).content == content:
                    return Saved(before, before)
                kept = self._keep(before, keep_copy=True)
                with suppress(Outdated):
                    return self._put(Saved(before, after, kept=kept), afterwards, old)
        raise CannotWrite(path=self.path, reason="another program keeps writing it")

    def _there(self) -> bytes | None:
        """What is in the file now; of one that is too large to be read, nothing."""
        try:
            return self._content()
        except DamagedProgress:
            return b""

    def backup(self, name: str) -> Stored:
        """What a copy holds. Raises `UnknownBackup`, `DamagedProgress`, `NewerProgress` or `CannotRead`."""
        copy = LogFile(self.backups.path(name), self.now)
        try:
            stored = copy.read() if name in self.backups.listed() else NOTHING
        except OSError as error:
            raise CannotRead(path=self.backups.folder, reason=reason_of(error)) from error
        if not stored.content:
            raise UnknownBackup(name=name)
        return copy.writable(stored)

    def _put(self, saved: Saved, afterwards: After, old: bytes | None) -> Saved:
        """Replaces the file that holds `old`. Ctrl-C is ignored meanwhile.

        Raises `CannotWrite`, or `Outdated` where it holds something else by now: it stands as it was.
        """
        folder, file = os.path.split(self.real)
        with uninterrupted():
            with self._failures_said(self.path):
                if not self._is_shared:
                    self.backups.remove_leftovers()
                    remove_leftovers(folder, file.__eq__)
                content, is_current = saved.after.content, lambda: self._there() == old
                unflushed = write_atomically(self.real, content, is_current=is_current)
            if unflushed is not None:
                fields = {"path": self.path, "reason": reason_of(unflushed)}
                saved = saved._replace(warnings=[*saved.warnings, ("warning.not_flushed", fields)])
            afterwards(saved)
        return saved

    def _shrinkage(self, before: Stored) -> list[Notice]:
        """Warns of fewer entries than in the last backup: a TOML file that was cut off is often valid."""
        newest = self.backups.newest_fuller(before.content, len(before.log.tables))
        if newest is None:
            return []
        fields = {"path": self.path, "count": str(len(before.log.tables)), "before": str(newest.items)}
        return [("warning.fewer_items", {**fields, "name": newest.name})]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the lock. What is needed under it is imported first, so that nobody waits for an import."""
        import tomli_w  # noqa: F401 - see the docstring

        path = f"{self.real}.lock"
        say_waiting = partial(self._tell, "notice.waiting_for_lock", {"path": path})
        with self._failures_said(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            try:
                lock = acquire(path, self._lock_seconds, PATIENCE_SECONDS, say_waiting, self.real)
            except StillLocked as error:
                raise LockedTooLong(path=error.path, seconds=round(self._lock_seconds)) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _failures_said(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotWrite(path=path, reason=reason_of(error)) from error


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written, in the words of the system."""
    return error.strerror or str(error) or type(error).__name__
