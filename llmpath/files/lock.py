"""Edge: one writer at a time, across processes.

What is locked is an open file, so that the lock ends with its process, however that ends. The file itself stays in
place: who removed it could let two in at once. filelock does the same, at a third of what all of `done` may take.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PAUSE_SECONDS = 0.01


class StillLocked(Exception):
    """Another process did not give the lock up in time."""


def acquire(path: str, seconds: float, patience: float, impatient: Callable[[], None]) -> int:
    """Takes the lock whose file is at `path`; the folder must be there. What comes back is for `release`.

    Waits for up to `seconds`, and calls `impatient` once after `patience` seconds. Raises `StillLocked` or `OSError`.
    """
    began = time.monotonic()
    is_told = False
    while (lock := _acquired(path)) is None:
        waited = time.monotonic() - began
        if waited >= seconds:
            raise StillLocked
        if waited >= patience and not is_told:
            impatient()
            is_told = True
        time.sleep(PAUSE_SECONDS)
    return lock


def release(lock: int) -> None:
    """Gives the lock up. Nothing can fail here that matters: with the process it ends at the latest."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.lseek(lock, 0, os.SEEK_SET)
            msvcrt.locking(lock, msvcrt.LK_UNLCK, 1)
        os.close(lock)


def _acquired(path: str) -> int | None:
    """The open, locked file, or None while another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if _is_won(descriptor) and os.fstat(descriptor).st_nlink:  # without a link, somebody has removed the file
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


if sys.platform == "win32":

    def _is_won(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:

    def _is_won(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
