"""Edge: replaces a file as a whole. Whatever fails or is killed, the file is the old one or the new one.

A temporary file in the same folder is written, flushed to the disk and read back; then it takes the old file's place
in one step, and the folder is flushed. A link stays a link; owner, group and mode stay. Nobody can foresee the name of
the temporary file. A killed process may leave one, `.NAME.TOKEN.tmp`, which `remove_leftovers` removes later.
"""

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that end a program."""

PRIVATE, USUAL = 0o600, 0o666
"""Modes of a new file: for the user alone, or as the user's umask says."""

REPLACE_TRIES = 20
REPLACE_PAUSE_SECONDS = 0.05


class Outdated(Exception):
    """The file has changed since it was read; nothing was written."""


def write_atomically(
    path: str,
    content: bytes,
    *,
    mode: int = PRIVATE,
    like: str | None = None,
    is_current: Callable[[], bool] = lambda: True,
) -> OSError | None:
    """Replaces the file at `path`, or the one that a link there leads to, with `content`.

    A new file has the owner, the group and the mode of the one at `like`, else the mode `mode`. `is_current` is asked
    right before the file is replaced.

    Raises `OSError` or `Outdated` when nothing was changed. Returns the error of flushing the folder, where the file
    is in place all the same.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name}.{os.urandom(8).hex()}.tmp")
    try:
        _write_flushed(temporary, content, status_of(target) or (status_of(like) if like else None), mode)
        with open(temporary, "rb", buffering=0) as file:
            if file.readall() != content:
                raise OSError(None, "the disk gave back something else than what was written", temporary)
        if not is_current():
            raise Outdated
        _replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    return _flush_folder(folder)


def remove_leftovers(folder: str, is_ours: Callable[[str], bool]) -> None:
    """Removes what killed writers of some files of the folder left behind; `is_ours` is asked by the files' names.

    Only for the holder of the files' lock: a living writer has such a file too. What cannot be removed stays.
    """
    with suppress(OSError):
        for entry in os.listdir(folder):
            leftover = re.fullmatch(r"\.(.+)\.[0-9a-f]+\.tmp", entry, re.DOTALL)
            if leftover and is_ours(leftover[1]):
                with suppress(OSError):
                    os.unlink(os.path.join(folder, entry))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ignores signals that end the program, for milliseconds: ended here, it could not say what was done."""
    try:
        handlers = {name: signal.signal(name, signal.SIG_IGN) for name in ENDING}
    except ValueError:  # only the main thread gets signals
        yield
        return
    try:
        yield
    finally:
        for name, handler in handlers.items():
            signal.signal(name, handler)


def status_of(path: str) -> os.stat_result | None:
    """The status of a file, or None where there is none. Raises `OSError`."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _write_flushed(path: str, content: bytes, like: os.stat_result | None, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # EXCL: no link is followed
    descriptor = os.open(path, flags, PRIVATE if like is not None else mode)
    try:
        if like is not None and sys.platform != "win32":
            _resemble(descriptor, like)
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        _flush(descriptor)
    finally:
        os.close(descriptor)


def _resemble(descriptor: int, old: os.stat_result) -> None:
    """Gives the file the owner and group of the old one, where that is allowed, and its mode."""
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):
            os.fchown(descriptor, -1, old.st_gid)  # what a member of the group may do
            os.fchown(descriptor, old.st_uid, -1)
    if stat.S_IMODE(new.st_mode) != stat.S_IMODE(old.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _flush(descriptor: int) -> None:
    """Waits until the bytes are on the disk; on macOS a plain fsync stops at the disk's own cache."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # not every file system there knows it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _replace(source: str, target: str) -> None:
    """On Windows another program that holds the file open makes this fail for a moment; it is tried for a second."""
    for _ in range(REPLACE_TRIES - 1 if sys.platform == "win32" else 0):
        with suppress(PermissionError):
            os.replace(source, target)
            return
        time.sleep(REPLACE_PAUSE_SECONDS)
    os.replace(source, target)


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
