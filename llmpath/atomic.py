"""Edge: replaces a file as a whole. Whatever fails or is killed, the file is the old one or the new one.

A temporary file in the same folder is written, flushed to the disk and read back; then it takes the old file's place
in one step, and the folder is flushed. A link stays a link, the mode stays. What a killed process leaves behind is a
file named `.NAME.PID.tmp`, which the next writer of that name removes.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

REPLACE_TRIES = 20
REPLACE_PAUSE_SECONDS = 0.05


def write_atomically(path: str, content: bytes, check: Callable[[bytes], None] | None = None) -> OSError | None:
    """Replaces the file at `path`, or the one that a link there leads to, with `content`.

    `check` is given what the disk holds before it counts, and raises where that is wrong. Raises `OSError` when
    nothing was changed. Returns the error of flushing the folder, where the file is in place all the same.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    try:
        _write_flushed(temporary, content, _mode_of(target))
        _check_written(temporary, content, check)
        _replace(temporary, target)
    except BaseException:
        _remove(temporary)
        raise
    return _flush_folder(folder)


def remove_leftovers(path: str) -> None:
    """Removes what killed writers of `path` left behind. Only for the holder of the lock: a living writer has one too."""
    folder, name = os.path.split(os.path.realpath(path))
    for entry in os.listdir(folder):
        if entry.startswith(f".{name}.") and entry.endswith(".tmp"):
            _remove(os.path.join(folder, entry))


def _mode_of(path: str) -> int | None:
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        return None


def _write_flushed(path: str, content: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666 if mode is None else 0o600)
    try:
        if mode is not None and sys.platform != "win32":
            os.fchmod(descriptor, mode)
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_written(path: str, content: bytes, check: Callable[[bytes], None] | None) -> None:
    with open(path, "rb", buffering=0) as file:
        written = file.readall()
    if written != content:
        raise OSError(None, "the disk gave back something else than what was written", path)
    if check is not None:
        check(written)


def _replace(source: str, target: str) -> None:
    """On Windows another program that holds the file open makes this fail for a moment; it is tried for a second."""
    tries = REPLACE_TRIES if sys.platform == "win32" else 1
    for attempt in range(1, tries + 1):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if attempt == tries:
                raise
            time.sleep(REPLACE_PAUSE_SECONDS)


def _flush_folder(folder: str) -> OSError | None:
    if sys.platform == "win32":  # a folder cannot be opened there; the rename is in the journal of the file system
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return error
    return None


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)
