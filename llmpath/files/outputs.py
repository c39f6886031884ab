"""Edge: files that a user asks for by name. Written whole or not at all, and over nothing without their word."""

import os
import stat

from llmpath.errors import AlreadyThere, CannotWrite
from llmpath.files.atomic import USUAL, Outdated, status_of, write_atomically


def write_output(path: str, content: bytes, *, force: bool, mode: int = USUAL) -> OSError | None:
    """Writes a file. One that is there already is replaced by `force` alone; a folder, a device or a pipe never is.

    A new one has the mode `mode`.

    Raises `AlreadyThere` or `CannotWrite`: nothing was changed. Returns the error of flushing the folder, where the
    file is in place all the same.
    """
    try:
        target = _target(path)
        status = status_of(target)
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise CannotWrite(path=path, reason="not a regular file")
        if status is not None and not force:
            raise AlreadyThere(path=path)
        is_current = (lambda: True) if force else lambda: status_of(target) is None
        return write_atomically(target, content, mode=mode, is_current=is_current)
    except Outdated:
        raise AlreadyThere(path=path) from None
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


def _target(path: str) -> str:
    """The file that is meant: where a link leads to, unless somebody else may have put it there.

    Raises `CannotWrite` for a link of another's in a folder that others may write.
    """
    if not os.path.islink(path) or not hasattr(os, "geteuid"):
        return path
    folder = os.stat(os.path.dirname(os.path.abspath(path)))
    if os.lstat(path).st_uid != os.geteuid() and folder.st_mode & 0o022:
        raise CannotWrite(path=path, reason="another user's link")
    return os.path.realpath(path)
