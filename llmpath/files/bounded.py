"""Edge: reads a whole file of bounded size, and nothing but a regular file: no device, no pipe, no folder."""

import os
import stat


class FileTooLarge(OSError):
    """The file has more bytes than its reader is ready to take."""


class NotARegularFile(OSError):
    """The path leads to a folder, a device or a pipe."""


def read_bounded(path: str | os.PathLike[str], limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises `OSError`, of the two classes above among others."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotARegularFile(None, "not a regular file", os.fspath(path))
        chunks: list[bytes] = []
        left = limit + 1 if status.st_size <= limit else 0
        while left > 0 and (chunk := os.read(descriptor, min(left, 1 << 20))):
            chunks.append(chunk)
            left -= len(chunk)
    finally:
        os.close(descriptor)
    if left <= 0:
        raise FileTooLarge(None, "too large", os.fspath(path))
    return b"".join(chunks)


def is_deeper(value: object, limit: int) -> bool:
    """Whether tables and lists stand in each other further than `limit` levels."""
    if not isinstance(value, (dict, list)):
        return False
    values = value.values() if isinstance(value, dict) else value
    return limit == 0 or any(is_deeper(inner, limit - 1) for inner in values)
