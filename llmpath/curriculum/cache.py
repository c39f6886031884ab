"""Edge: keeps what was made from the user's files in the cache folder, and what the build compiles in the wheel.

A cache that cannot be written costs time, nothing else.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def facts_of_modules(*names: str) -> list[tuple[str, int, int]]:
    """What changes when one of these modules of the program changes."""
    return [_facts(os.path.join(_PACKAGE, f"{name}.py")) for name in names]


def _facts(path: str) -> tuple[str, int, int]:
    """A file's name, when it was changed, in nanoseconds since 1970, and its size in bytes; 0 where there is none."""
    name = os.path.basename(path)
    try:
        status = os.stat(path)
    except OSError:
        return name, 0, 0
    return name, status.st_mtime_ns, status.st_size


def keep_file(path: str, content: bytes) -> None:
    """Puts one file into the cache, whole or not at all, for the user's eyes only."""
    folder, name = os.path.split(path)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(folder, exist_ok=True)
        for entry in os.listdir(folder):  # of killed processes; a living one merely fails to keep its file
            if entry.startswith(f"{name}.") and entry.endswith(".tmp"):
                _remove(os.path.join(folder, entry))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except OSError:
        return
    finally:  # after Ctrl-C, too
        _remove(temporary)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
