"""Edge: files that a user asks for by name. Written whole or not at all, and over nothing without their word."""

import os
import stat

from llmpath.errors import AlreadyThere, CannotWrite
from llmpath.files.atomic import write_atomically


def write_output(path: str, content: bytes, *, force: bool) -> OSError | None:
    """Writes a file. One that is there already is replaced by `force` alone; a folder, a device or a pipe never is.

    Raises `AlreadyThere` or `CannotWrite`: nothing was changed. Returns the error of flushing the folder, where the
    file is in place all the same.
    """
    try:
        mode = _mode(path)
        if mode is not None and not stat.S_ISREG(mode):
            raise CannotWrite(path=path, reason="not a regular file")
        if mode is not None and not force:
            raise AlreadyThere(path=path)
        return write_atomically(path, content)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None
