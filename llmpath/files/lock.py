"""Edge: one writer at a time, across processes.

The lock is on an open file, so it ends with its process, however that ends. The file itself stays in place: removing
it could let two in at once. filelock does the same, but its import takes a third of what all of `done` may take.

On file systems without such locks (Lustre, some NFS, some phones), a file names the machine and process that hold the
lock. It is taken over where that process of this machine is gone, and waited for otherwise.
"""

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from llmpath.files.bounded import read_bounded

if sys.platform == "win32":
    import msvcrt

    BUSY = PermissionError
else:
    import fcntl

    BUSY = BlockingIOError

PAUSE_SECONDS = 0.01
NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})
"""The error numbers of a file system that has no locks."""

HOLDER = ".held"
"""The end, after the lock's own name, of the name of the file that names the holder."""


class StillLocked(Exception):
    """Another process did not give the lock up in time. `path`: the file that holds it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Lock:
    """A lock that was taken: an open file, or the file that says who holds it."""

    def __init__(self, descriptor: int, holder: str = "") -> None:
        self._descriptor = descriptor
        self._holder = holder

    def release(self) -> None:
        """Gives the lock up. A failure does not matter: the lock ends with the process at the latest."""
        with suppress(OSError):
            if self._holder:
                os.unlink(self._holder)
            elif sys.platform == "win32":
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                msvcrt.locking(self._descriptor, msvcrt.LK_UNLCK, 1)
        with suppress(OSError):
            os.close(self._descriptor)


def acquire(path: str, seconds: float, patience: float, impatient: Callable[[], None], guarded: str = "") -> Lock:
    """Takes the lock whose file is at `path`; its folder must exist. Whoever may write `guarded` may take it.

    Waits for up to `seconds`, and calls `impatient` once after `patience` seconds. Raises `StillLocked` or `OSError`.
    """
    began = time.monotonic()
    is_told = False
    while (lock := _acquired(path, guarded)) is None:
        waited = time.monotonic() - began
        if waited >= seconds:
            raise StillLocked(path + HOLDER if os.path.exists(path + HOLDER) else path)
        if waited >= patience and not is_told:
            impatient()
            is_told = True
        time.sleep(PAUSE_SECONDS)
    return lock


def _acquired(path: str, guarded: str) -> Lock | None:
    """The lock, or None while another process has it."""
    flags = os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, os.O_RDWR | flags, 0o600)
    except PermissionError:  # whoever may read the file may lock it too
        descriptor = os.open(path, os.O_RDONLY | flags & ~os.O_CREAT)
    _open_to_writers(descriptor, path, guarded)
    holder = ""
    try:
        is_won = _is_won(descriptor) and os.fstat(descriptor).st_nlink > 0  # else somebody has removed the file
    except OSError as error:
        if error.errno not in NO_LOCKS:
            os.close(descriptor)
            raise
        holder = path + HOLDER
        is_won = _is_held_by_file(holder)
    if is_won:
        return Lock(descriptor, holder)
    os.close(descriptor)
    return None


def _is_won(descriptor: int) -> bool:
    """Whether this process holds the lock now, by the open file."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BUSY:
        return False
    return True


def _open_to_writers(descriptor: int, path: str, guarded: str) -> None:
    """Gives the lock's file the mode of the guarded one; in a group's folder the group may lock at any rate."""
    if sys.platform == "win32" or not guarded:
        return
    mode = os.fstat(descriptor).st_mode & 0o777
    wanted = 0o600
    with suppress(OSError):
        wanted |= os.stat(guarded).st_mode & 0o666
    with suppress(OSError):
        if os.stat(os.path.dirname(path)).st_mode & 0o020:
            wanted |= 0o060
        if mode != wanted:
            os.fchmod(descriptor, wanted)


def _is_held_by_file(path: str) -> bool:
    """Whether this process holds the lock now, by a file that only one can make."""
    import socket

    host = socket.gethostname()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        _take_away_if_gone(path, host)
        return False
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{host} {os.getpid()}\n")
    return True


def _take_away_if_gone(path: str, host: str) -> None:
    """Removes the file of a process of this machine that is gone. What turns out to be another's is put back."""
    if not _is_of_nobody(path, host):
        return
    aside = f"{path}.{os.urandom(4).hex()}"
    with suppress(OSError):
        os.rename(path, aside)
        if not _is_of_nobody(aside, host):
            with suppress(FileExistsError):
                os.link(aside, path)
        os.unlink(aside)


def _is_of_nobody(path: str, host: str) -> bool:
    try:
        name, _, process = read_bounded(path, 400).decode().strip().rpartition(" ")
        if name != host or not process.isdigit():
            return False
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        pass
    return False
