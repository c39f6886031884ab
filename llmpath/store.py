"""Edge: the progress file.

What this module promises:

- Reading makes and touches nothing: no file, no folder, no lock.
- A write holds one lock from reading to replacing, so that no other process's change is lost; the file is replaced as
  a whole, so that a crash leaves the old one or the new one; what this version does not know is kept.
- A file that is damaged or newer is never written. Before the first write of a day the old file is copied to backups/.
- Once the new file is in place nothing fails the command any more: what goes wrong then is a warning.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import tomli

from llmpath import progress
from llmpath.backups import Backups
from llmpath.errors import BadRecords, CannotRead, CannotWrite, DamagedProgress, LockedTooLong, NewerProgress
from llmpath.progress import Document, Records
from llmpath.safe_read import FileTooLarge, NotARegularFile, read_bounded

MAX_BYTES = 8 * 1024 * 1024
LOCK_SECONDS = 30.0
PATIENCE_SECONDS = 2.0
"""After how long a wait for the lock is mentioned."""

HEADER = '# llmpath progress. Safe to edit; comments are not kept (use note = "...").\n'


class Stored(NamedTuple):
    """What the file holds: the parsed document, its view, and when it was last modified, in local time."""

    document: Document
    records: Records
    written_at: datetime
    content: bytes | None


Notice = tuple[str, dict[str, str]]
"""The key of a text, and its fields."""


class Replaced(NamedTuple):
    """What came of a restore: the name of the copy of what was replaced, and warnings."""

    kept: str
    warnings: list[Notice]


class Saved(NamedTuple):
    """What came of an update: the documents before and after, and warnings about the rest."""

    before: Document
    after: Document
    warnings: list[Notice]

    @property
    def is_changed(self) -> bool:
        """Whether anything was written."""
        return self.after is not self.before


Transform = Callable[[Stored], Document]
"""Gives the new document, or the very same one where nothing is to change."""


def encoded(document: Document) -> bytes:
    """The file that holds a document."""
    import tomli_w

    return (HEADER + tomli_w.dumps(document)).encode()


class Store:
    """The progress file at one path. `tell` is called with a text key when something takes long."""

    def __init__(self, path: str, now: Callable[[], datetime], tell: Callable[[str, dict[str, str]], None]) -> None:
        self.path = path
        self._now = now
        self._tell = tell
        self.backups = Backups(os.path.realpath(path), self.parsed)

    def read(self) -> Stored:
        """What the file holds now; nothing is made. Raises `DamagedProgress` or `CannotRead`."""
        try:
            content = read_bounded(self.path, MAX_BYTES)
            modified = os.stat(self.path).st_mtime
        except (FileNotFoundError, NotADirectoryError):
            document = progress.empty_document()
            return Stored(document, progress.records_of(document, self._now()), self._now(), None)
        except FileTooLarge:
            raise self._damaged("too_large") from None
        except NotARegularFile:
            raise CannotRead(path=self.path, reason="not a regular file") from None
        except OSError as error:
            raise CannotRead(path=self.path, reason=error.strerror or type(error).__name__) from error
        written_at = datetime.fromtimestamp(modified, UTC).astimezone(self._now().tzinfo)
        document = self.parsed(content)
        return Stored(document, progress.records_of(document, written_at), written_at, content)

    def update(self, transform: Transform, *, force_backup: bool = False) -> Saved:
        """Changes the file under the lock. Nothing at all is made or locked where `transform` changes nothing.

        A copy of the old file is kept before the first write of a day, or always with `force_backup`.

        Raises `BadRecords`, `NewerProgress`, `DamagedProgress`, `LockedTooLong` or `CannotWrite`: nothing was changed.
        """
        stored = self.read_strictly()
        if transform(stored) is stored.document:
            return Saved(stored.document, stored.document, [])
        import tomli_w  # noqa: F401 - before the lock is taken, so that nobody waits for an import

        with self._locked():
            stored = self.read_strictly()
            document = transform(stored)
            if document is stored.document:
                return Saved(stored.document, stored.document, [])
            document = progress.with_times(document, stored.written_at)
            content = encoded(document)
            with self._failures_said():
                warnings: list[Notice] = []
                if stored.content is not None:
                    warnings += self._shrinkage(stored)
                    self.backups.keep(stored.content, self._now(), forced=force_backup)
                warnings += self._put(content)
            return Saved(stored.document, document, warnings)

    def replace(self, content: bytes) -> Replaced:
        """Puts a backup in the file's place, even of a damaged one; what stood there is kept, and no copy goes for it.

        Raises `DamagedProgress`, `LockedTooLong` or `CannotWrite`: nothing was changed.
        """
        self.parsed(content)
        with self._locked(), self._failures_said():
            try:
                old = read_bounded(self.path, MAX_BYTES)
            except FileNotFoundError:
                kept = ""
            else:
                kept = self.backups.keep(old, self._now(), forced=True, keep_all=True)
            return Replaced(kept, self._put(content))

    def _put(self, content: bytes) -> list[Notice]:
        """Replaces the file. Raises `OSError` where nothing was changed."""
        from llmpath.atomic import remove_leftovers, write_atomically

        remove_leftovers(self.path)
        unflushed = write_atomically(self.path, content, self._check)
        if unflushed is None:
            return []
        return [("warning.not_flushed", {"path": self.path, "reason": unflushed.strerror or ""})]

    @contextmanager
    def _failures_said(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotWrite(path=self.path, reason=error.strerror or str(error)) from error

    def _check(self, content: bytes) -> None:
        try:
            self.parsed(content)
        except DamagedProgress as error:
            raise OSError(None, "what would be written cannot be read back", self.path) from error

    def read_strictly(self) -> Stored:
        """What the file holds, where all of it is understood. Raises `NewerProgress` or `BadRecords` besides."""
        stored = self.read()
        schema = stored.document["schema"]
        if schema > progress.SCHEMA:
            raise NewerProgress(path=self.path, schema=schema, known=progress.SCHEMA)
        if stored.records.bad:
            raise BadRecords(self.path, stored.records.bad)
        return stored

    def _shrinkage(self, stored: Stored) -> list[Notice]:
        """A cut-off TOML file is often valid TOML: fewer items than in the last backup is worth a word."""
        newest = self.backups.newest_good()
        count = len(stored.document.get("items", {}))
        if newest is None or newest.items <= count:
            return []
        fields = {"path": self.path, "count": str(count), "before": str(newest.items), "name": newest.name}
        return [("warning.fewer_items", fields)]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        real = os.path.realpath(self.path)
        try:
            os.makedirs(os.path.dirname(real), exist_ok=True)
            lock = FileLock(f"{real}.lock", preserve_lock_file=True)
            try:
                lock.acquire(timeout=PATIENCE_SECONDS)
            except Timeout:
                self._tell("notice.waiting_for_lock", {"path": f"{real}.lock"})
                lock.acquire(timeout=LOCK_SECONDS - PATIENCE_SECONDS)
        except Timeout as error:
            raise LockedTooLong(path=f"{real}.lock", seconds=int(LOCK_SECONDS)) from error
        except OSError as error:
            raise CannotWrite(path=self.path, reason=error.strerror or str(error)) from error
        try:
            yield
        finally:
            lock.release()

    def parsed(self, content: bytes) -> Document:
        """The document in some bytes. Raises `DamagedProgress`."""
        if not content.strip(b"\0 \t\r\n"):
            raise self._damaged("zero_filled" if b"\0" in content else "empty")
        try:
            document: dict[str, Any] = tomli.loads(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise self._damaged("not_utf8", content.count(b"\n", 0, error.start) + 1) from None
        except tomli.TOMLDecodeError as error:
            marker = next((n for n, line in enumerate(content.split(b"\n"), 1) if line.startswith(b"<<<<<<<")), 0)
            raise self._damaged("merge_markers" if marker else "syntax", marker or error.lineno) from None
        except (ValueError, RecursionError, MemoryError):
            raise self._damaged("too_deep") from None
        schema = document.get("schema")
        if type(schema) is not int or schema < 1:
            raise self._damaged("no_schema")
        return document

    def _damaged(self, reason: str, line: int = 0) -> DamagedProgress:
        return DamagedProgress(self.path, reason, line)
