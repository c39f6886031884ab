"""Edge: unites the logs of several machines: files in a synced folder, and the copies that its programs make.

Dropbox, OneDrive, iCloud, Nextcloud, Syncthing and Google Drive put a second file beside one that two machines wrote.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from llmpath.errors import DamagedProgress, LlmpathError, UnusableFile
from llmpath.progress.document import Table
from llmpath.progress.file import LogFile, Saved, Stored
from llmpath.progress.log import Log, missing

_COPY = r"""(?xis)
    \.sync-conflict-\d{8}-\d{6}.*            # Syncthing
    | [ ]\(.*(?:conflict|copy|kopie|copie|copia|冲突|衝突).*\)  # Dropbox, Nextcloud
    | _conflict-.*                           # ownCloud
    | [ ]\d{1,3} | [ ]?\(\d{1,3}\)           # iCloud, Google Drive
    | -(?:DESKTOP|LAPTOP)-[A-Z0-9]+(?:-\d+)? # OneDrive: the name of the other machine
    """
"""What stands between the name of a file and its ending in the name of a copy that two machines made."""


class Shared(NamedTuple):
    """The result of uniting a file with one elsewhere: what was taken from there, how many entries were given."""

    saved: Saved
    given: int
    copies: Sequence[str]


def conflict_copies(path: str) -> list[str]:
    """The copies of the file at `path`, a resolved one, that stand beside it because two machines wrote it, sorted."""
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    host = os.environ.get("COMPUTERNAME")
    found: list[str] = []
    with suppress(OSError):
        for entry in sorted(os.listdir(folder)):
            middle = entry[len(stem) : -len(ending) or None]
            is_between = middle and entry == stem + middle + ending
            if is_between and (re.fullmatch(_COPY, middle) or (host and middle == f"-{host}")):
                found.append(os.path.join(folder, entry))
    return found


def copies_of(file: LogFile) -> dict[str, Log]:
    """The logs in the conflict copies beside a file, by path; what cannot be read is left out."""
    found: dict[str, Log] = {}
    for path in conflict_copies(file.real):
        with suppress(LlmpathError):
            found[path] = LogFile(path, file.now).read().log
    return found


def news_in(file: LogFile, stored: Stored) -> list[Table]:
    """The entries that conflict copies beside a file hold, and the file does not."""
    return missing(stored.log, copies.values()) if (copies := copies_of(file)) else []


def united(file: LogFile, seen: Stored, folder: str | None, afterwards: Callable[[Saved], None]) -> Shared:
    """Unites a file with the conflict copies beside it, and, both ways, with the one of its name in a folder.

    Written only where something is missing. Raises `UnusableFile` for an empty file there, else as `LogFile.change`
    does for either.
    """
    copies = copies_of(file)
    theirs = there = None
    if folder:
        theirs = LogFile(os.path.join(folder, os.path.basename(file.path)), file.now, is_shared=True)
        there = _read(theirs)
        copies |= copies_of(theirs)
    logs = [*copies.values(), *([there.log] if there is not None else [])]
    saved = file.change(seen, lambda log: missing(log, logs), afterwards) if logs else Saved(seen, seen)
    given = 0
    if theirs is not None and there is not None and missing(there.log, [saved.after.log]):
        with file.locked():  # of this machine one at a time
            both = theirs.append(there, lambda log: missing(log, [saved.after.log])).after
        given = len(both.log.tables) - len(there.log.tables)
    known = {path: log for path, log in copies.items() if missing(saved.before.log if saved.before else Log(), [log])}
    return Shared(saved, given, list(known))


def _read(theirs: LogFile) -> Stored:
    try:
        return theirs.writable(theirs.read())
    except DamagedProgress as error:
        if error.fields["reason"] in ("empty", "zero_filled"):  # as a program leaves it that is still syncing
            raise UnusableFile(theirs.path, error.fields["reason"]) from error
        raise
