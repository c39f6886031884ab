"""Edge: reads the progress file. Reading makes and touches nothing: no file, no folder, no lock.

What writes it is `store`, apart from here so that a command that only looks need not load it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property

from llmpath.errors import BadRecords, CannotRead, DamagedProgress, NewerProgress
from llmpath.files.bounded import FileTooLarge, read_dated
from llmpath.progress import records as progress
from llmpath.progress.records import Document, Records
from llmpath.progress.serialization import MAX_BYTES, parsed, too_large

LONG_BYTES = 64 * 1024
"""From where on it is worth while to keep what a file means: about 600 records."""


class Stored:
    """What the file holds: the view of it, when it was last modified, in local time, its bytes and their form.

    There are no bytes where there is no file; one without any is damaged. `is_recalled`: the view was made earlier.
    """

    def __init__(
        self,
        records: Records,
        written_at: datetime,
        content: bytes,
        schema: int,
        load: Callable[[], Document],
        *,
        is_recalled: bool = False,
    ) -> None:
        self.records = records
        self.written_at = written_at
        self.content = content
        self.schema = schema
        self.is_recalled = is_recalled
        self._load = load

    @cached_property
    def document(self) -> Document:
        """The parsed document; parsed now where the view was recalled, so that what is written comes from the file."""
        return self._load()


class ProgressFile:
    """The progress file at one path. With a `cache` folder a long file need not be parsed by all who look at it."""

    def __init__(self, path: str, now: Callable[[], datetime], cache: str | None = None) -> None:
        self.path = path
        self._now = now
        self._cache = cache

    def read(self, seen: Stored | None = None) -> Stored:
        """What the file holds now, or `seen` again where that is the same; nothing is made.

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
        written_at = file_time(modified, self._now())
        return self._recalled(content, written_at) or viewed(parsed(content, self.path), written_at, content)

    def _recalled(self, content: bytes, written_at: datetime) -> Stored | None:
        """What a long file holds, where that was kept."""
        cache = self._cache_for(content)
        if cache is None:
            return None
        from llmpath.progress.recall import recalled

        records = recalled(cache, content, written_at.tzinfo)
        if records is None:
            return None
        schema = progress.SCHEMA
        return Stored(records, written_at, content, schema, lambda: parsed(content, self.path), is_recalled=True)

    def keep(self, stored: Stored) -> None:
        """Keeps what a long file holds that was parsed just now, for the next who looks at it.

        Only where all of it is understood, and says itself when it was written.
        """
        cache = self._cache_for(stored.content)
        if cache is None or stored.is_recalled or stored.schema > progress.SCHEMA or stored.records.bad:
            return
        if progress.is_dated(stored.document):
            from llmpath.progress.recall import keep

            keep(cache, stored.content, stored.records)

    def _cache_for(self, content: bytes) -> str | None:
        """Where to keep what the file means, if that is worth while; never beside the file itself."""
        if self._cache is None or len(content) < LONG_BYTES:
            return None
        is_inside = os.path.dirname(os.path.realpath(self.path)) == os.path.realpath(self._cache)
        return None if is_inside else self._cache

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


def file_time(seconds: float, now: datetime) -> datetime:
    """When a file was written, given in seconds since 1970, in the learner's time zone.

    It is `now` where that is still to come, or before there were such files: a record with it must be valid.
    """
    try:
        return min(now, datetime.fromtimestamp(seconds, UTC).astimezone(now.tzinfo)) if seconds >= 0 else now
    except (ValueError, OverflowError, OSError):
        return now


def viewed(document: Document, written_at: datetime, content: bytes) -> Stored:
    """What a file of these bytes, which hold the document, is stored as."""
    records = progress.records_of(document, written_at)
    return Stored(records, written_at, content, document["schema"], lambda: document)


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written, in the words of the system."""
    return error.strerror or str(error) or type(error).__name__
