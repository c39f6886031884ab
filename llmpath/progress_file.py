"""Edge: reads the progress file. Reading makes and touches nothing: no file, no folder, no lock.

What writes it is `store`, apart from here so that a command that only looks need not load it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from llmpath import progress
from llmpath.errors import BadRecords, CannotRead, DamagedProgress, NewerProgress
from llmpath.light import NamedTuple
from llmpath.progress import Document, Records
from llmpath.safe_read import FileTooLarge, read_dated
from llmpath.serialization import MAX_BYTES, parsed, too_large


class Stored(NamedTuple):
    """What the file holds: the parsed document, its view, when it was last modified, in local time, and its bytes.

    There are no bytes where there is no file; one without any is damaged.
    """

    document: Document
    records: Records
    written_at: datetime
    content: bytes


class ProgressFile:
    """The progress file at one path."""

    def __init__(self, path: str, now: Callable[[], datetime]) -> None:
        self.path = path
        self._now = now

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
        return viewed(parsed(content, self.path), self._local(modified), content)

    def strictly(self, stored: Stored) -> Stored:
        """The same, where all of it is understood. Raises `NewerProgress` or `BadRecords`."""
        self.refuse_newer(stored)
        if stored.records.bad:
            raise BadRecords(self.path, stored.records.bad)
        return stored

    def refuse_newer(self, stored: Stored) -> None:
        """Raises `NewerProgress` where a later version wrote it: such a file is never written."""
        schema = stored.document["schema"]
        if schema > progress.SCHEMA:
            raise NewerProgress(path=self.path, schema=schema, known=progress.SCHEMA)

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
    return Stored(document, progress.records_of(document, written_at), written_at, content)


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written, in the words of the system."""
    return error.strerror or str(error) or type(error).__name__
