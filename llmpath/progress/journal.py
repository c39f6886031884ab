"""Edge: the file that undo and redo live from, in the user's state folder. Losing it loses no progress."""

from __future__ import annotations

import json
import os
from datetime import date, datetime

from llmpath.files.atomic import remove_leftovers, write_atomically
from llmpath.files.bounded import FileTooLarge, read_bounded
from llmpath.progress.history import Edit, History, Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


VERSION = 1
MAX_BYTES = 16 * 1024 * 1024


class DamagedJournal(Exception):
    """The file is there and cannot be understood."""


class Journal:
    """The history of the progress file at one path; the file is named after the resolved path."""

    def __init__(self, state_folder: str, progress_path: str) -> None:
        from hashlib import sha256

        resolved = os.path.realpath(progress_path)
        self.path = os.path.join(state_folder, f"history-{sha256(os.fsencode(resolved)).hexdigest()[:16]}.json")

    def read(self) -> History:
        """The history; empty where there is no file. Raises `DamagedJournal` or `OSError`."""
        try:
            content = read_bounded(self.path, MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return History()
        except FileTooLarge as error:
            raise DamagedJournal("too large") from error
        try:
            document = json.loads(content)
            if document["version"] != VERSION:
                raise DamagedJournal("another version")
            return History(_steps(document["past"]), _steps(document["future"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError) as error:
            raise DamagedJournal(type(error).__name__) from error

    def write(self, history: History) -> None:
        """Replaces the file; only for the holder of the progress file's lock. Raises `OSError` or `ValueError`."""
        folder, name = os.path.split(self.path)
        os.makedirs(folder, exist_ok=True)
        remove_leftovers(folder, name.__eq__)
        write_atomically(self.path, _bounded(history))

    def set_aside(self) -> str:
        """Renames a damaged file, so that a new one can begin; returns its new path. Raises `OSError`."""
        aside = f"{self.path}.damaged"
        os.replace(self.path, aside)
        return aside


def _bounded(history: History) -> bytes:
    """The history as JSON; where it is too long to be read again, without its older half."""
    document = {"version": VERSION, "past": history.past, "future": history.future}
    content = json.dumps(document, ensure_ascii=False, default=_tagged).encode()
    if len(content) <= MAX_BYTES or not (history.past or history.future):
        return content
    past, future = list(history.past), list(history.future)
    return _bounded(History(past[len(past) // 2 + 1 :], future[len(future) // 2 + 1 :]))


def _tagged(value: object) -> Any:
    """TOML's times in JSON."""
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    return {"$toml": str(value)}


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"$datetime"}:
        return datetime.fromisoformat(value["$datetime"])
    if set(value) == {"$date"}:
        return date.fromisoformat(value["$date"])
    if set(value) == {"$toml"}:
        from datetime import time

        return time.fromisoformat(value["$toml"])
    return {key: _untagged(entry) for key, entry in value.items()}


def _steps(rows: Any) -> list[Step]:
    return [
        Step(
            str(command),
            [Edit(str(group), str(key), _content(before), _content(after)) for group, key, before, after in edits],
        )
        for command, edits in rows
    ]


def _content(value: Any) -> dict[str, Any] | None:
    if value is not None and not isinstance(value, dict):
        raise ValueError("a record is a table")
    return _untagged(value) if value is not None else None
