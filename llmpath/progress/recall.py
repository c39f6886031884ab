"""Edge: what a long progress file means, kept in the user's cache folder.

To parse 5,000 records takes longer than everything else that a command does, and the file rarely changes between two
looks at it. Beside its meaning the very bytes are kept that it was made from, so that it is never taken for that of
others. It serves those who look: what is written is always made from the file itself.
"""

from __future__ import annotations

import os
from datetime import tzinfo
from zlib import crc32

from llmpath.curriculum.cache import facts_of_modules, keep_file
from llmpath.curriculum.rows import ENDING, Sheets, bound, rows_of, sheet_of
from llmpath.files.bounded import read_bounded
from llmpath.progress.record_rows import records_from, rows_of_records
from llmpath.progress.records import Records

FORMAT = 1
"""Changes with the form of what is kept, or with what it means."""

_FILE = f"progress{ENDING}"
"""There is one, of the long file that was looked at last: no folder fills up with those of files long gone."""

_MAKERS = (
    "progress/records",
    "progress/progress_file",
    "progress/recall",
    "progress/record_rows",
    "curriculum/rows",
    "progress/serialization",
)
"""The modules that decide what a file means, and whether that is kept."""

_MAX_BYTES = 32 * 1024 * 1024


def recalled(folder: str, content: bytes, zone: tzinfo | None) -> Records | None:
    """The records that a file of these bytes holds, with days in a time zone; None where that is not known."""
    try:
        stamp, kept, meaning = Sheets(read_bounded(os.path.join(folder, _FILE), _MAX_BYTES))
        if kept != content or stamp != _stamp(meaning):
            return None
        return records_from(rows_of(meaning), zone)
    except (OSError, ValueError, TypeError, OverflowError):
        return None


def keep(folder: str, content: bytes, records: Records) -> None:
    """Keeps what a file of these bytes holds, of which nothing is wrong, in place of what was kept before."""
    meaning = sheet_of(rows_of_records(records))
    keep_file(os.path.join(folder, _FILE), bound([_stamp(meaning), content, meaning]))


def _stamp(meaning: bytes) -> bytes:
    """Tells the program that made the rows, and whether they are as they were made."""
    made_by = FORMAT, facts_of_modules(*_MAKERS)
    return f"{crc32(meaning):08x} {crc32(repr(made_by).encode()):08x}\n".encode()
