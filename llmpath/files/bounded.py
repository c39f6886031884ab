"""Edge: reads a whole file of bounded size, and nothing but a regular file: no device, no pipe, no folder."""

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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


def is_deeper(document: "dict[str, Any]", limit: int) -> bool:
    """Whether tables and lists stand in each other further than `limit` levels."""
    level: list[Any] = [document]
    while level and limit:
        inner = (value.values() if type(value) is dict else value for value in level)
        level = [value for values in inner for value in values if type(value) in (dict, list)]
        limit -= 1
    return bool(level)
