"""Edge: what a user gives beside the command line: a file to read, and answers to questions."""

import sys

from llmpath.cli.session import Session
from llmpath.errors import CannotRead, UnusableFile
from llmpath.files.bounded import FileTooLarge, NotARegularFile, read_bounded

MAX_BYTES = 4 * 1024 * 1024


def text_of(path: str, errors: str = "strict") -> str:
    """The content of a file of the user's; `errors` as in `bytes.decode`. Raises `CannotRead` or `UnusableFile`."""
    try:
        return read_bounded(path, MAX_BYTES).decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        raise UnusableFile(path, "not_utf8") from None
    except FileTooLarge:
        raise UnusableFile(path, "too_large", details=(MAX_BYTES // 1024 // 1024,)) from None
    except NotARegularFile:
        raise CannotRead(path=path, reason="not a regular file") from None
    except OSError as error:
        raise CannotRead(path=path, reason=error.strerror or str(error)) from error


def can_answer() -> bool:
    """Whether a person can answer a question: standard input is a terminal."""
    return bool(sys.stdin) and sys.stdin.isatty()


def agrees(session: Session, question: str) -> bool:
    """Whether a person says yes to a question."""
    session.terminal.tell(question)
    return sys.stdin.readline().strip().lower() in session.say("ask.yes_words").split()
