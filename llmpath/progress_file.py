"""Edge: reads the progress file. Reading makes and touches nothing beside the cache: no file, no folder, no lock.

What writes it is `store`, apart from here so that a command that only looks need not load it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property

from llmpath import progress
from llmpath.errors import BadRecords, CannotRead, DamagedProgress, NewerProgress
from llmpath.progress import Document, Records
from llmpath.safe_read import FileTooLarge, read_dated
from llmpath.serialization import MAX_BYTES, parsed, too_large

LONG_BYTES = 64 * 1024
"""From where on it is worth while to keep what a file means: about 600 records."""


class Stored:
    """What the file holds: the view of it, when it was last modified, in local time, its bytes, its form.

    There are no bytes where there is no file; one without any is damaged.
    """

    def __init__(
        self, records: Records, written_at: datetime, content: bytes, schema: int, load: Callable[[], Document]
    ) -> None:
        self.records = records
        self.written_at = written_at
        self.content = content
        self.schema = schema
        self._load = load

    @cached_property
    def document(self) -> Document:
        """The parsed document."""
        return self._load()


class ProgressFile:
    """The progress file at one path. With a `cache` folder a long file is parsed once for all who look at it."""

    def __init__(self, path: str, now: Callable[[], datetime], cache: str | None = None) -> None:
        self.path = path
        self._now = now
        self._cache = cache

    def read(self, seen: Stored | None = None) -> Stored:
        """What the file holds now, or `seen` again where that is the same; nothing is made beside the cache.

        Raises `DamagedProgress` or `CannotRead`.
        """
        try:
            content, modified = read_dated(self.path, MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return viewed(progress.empty_document(), self._now(), b"")
        except FileTooLarge:
            raise too_large(self.path) from None
        except OSError as error:
            raise CannotRead(path=self.path, reason=reason_of(error)) from error
        if seen is not None and content == seen.content:
            return seen
        written_at = self._local(modified)
        stored = self._recalled(content, written_at)
        if stored is None:
            stored = viewed(parsed(content, self.path), written_at, content)
            self.keep(stored)
        return stored

    def _recalled(self, content: bytes, written_at: datetime) -> Stored | None:
        """What a long file holds, where it was parsed before."""
        if self._cache is None or len(content) < LONG_BYTES:
            return None
        from llmpath.recall import recalled

        records = recalled(self._cache, content, written_at.tzinfo)
        if records is None:
            return None
        return Stored(records, written_at, content, progress.SCHEMA, lambda: parsed(content, self.path))

    def keep(self, stored: Stored) -> None:
        """Keeps what a long file holds, where all of it is understood and says itself when it was written."""
        if self._cache is None or len(stored.content) < LONG_BYTES:
            return
        from llmpath.edits import with_times
        from llmpath.recall import keep

        is_dated = with_times(stored.document, stored.written_at) is stored.document
        if stored.schema == progress.SCHEMA and not stored.records.bad and is_dated:
            keep(self._cache, stored.content, stored.records)

    def strictly(self, stored: Stored) -> Stored:
        """The same, where all of it is understood. Raises `NewerProgress` or `BadRecords`."""
        self.refuse_newer(stored)
        if stored.records.bad:
            raise BadRecords(self.path, stored.records.bad)
        return stored

    def refuse_newer(self, stored: Stored) -> None:
        """Raises `NewerProgress` where a later version wrote it: such a file is never written."""
        if stored.schema > progress.SCHEMA:
            raise NewerProgress(path=self.path, schema=stored.schema, known=progress.SCHEMA)

    def readable(self) -> Stored | None:
        """What the file holds, or None where it is damaged. Raises `CannotRead`."""
        try:
            return self.read()
        except DamagedProgress:
            return None

    def _local(self, seconds: float) -> datetime:
        """The time of a file in the learner's time zone; now, where it is beyond all calendars."""
        now = self._now()
        try:
            return min(now, datetime.fromtimestamp(seconds, UTC).astimezone(now.tzinfo))
        except (ValueError, OverflowError, OSError):
            return now


def viewed(document: Document, written_at: datetime, content: bytes) -> Stored:
    """What a file of these bytes, which hold the document, is stored as."""
    records = progress.records_of(document, written_at)
    return Stored(records, written_at, content, document["schema"], lambda: document)


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written, in the words of the system."""
    return error.strerror or str(error) or type(error).__name__
