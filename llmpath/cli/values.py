"""Edge: words of the command line as values: in any of our languages, as lists, as paths, as the text of a file."""

from __future__ import annotations

import os
import re

from llmpath.errors import CannotRead, UnusableFile, UsageError
from llmpath.files.bounded import FileTooLarge, NotARegularFile, read_bounded

TYPE_CHECKING = False  # a TAB imports what imports this
if TYPE_CHECKING:
    from collections.abc import Collection

"""What is larger is no file that somebody has written."""


def named(word: str, family: str, known: Collection[str]) -> str | None:
    """The one of some values that a word means: the value itself, or its text `FAMILY.VALUE` in any language.

    A hyphen is as good as a space: `to-do`.
    """
    from llmpath.messages import Texts
    from llmpath.text.languages import LANGUAGES
    from llmpath.text.names import folded

    name = _plain(folded(word))
    for value in known:
        if _plain(folded(value)) == name:
            return value
    for say in map(Texts, LANGUAGES):
        for value in known:
            if _plain(folded(say(f"{family}.{value}"))) == name:
                return value
    return None


def _plain(text: str) -> str:
    return text.replace("-", " ").replace("_", " ")


def one_of(word: str | None, family: str, known: Collection[str], option: str) -> str | None:
    """The value that a word means, or None where no word is given. Raises `UsageError`."""
    if word is None:
        return None
    value = named(word, family, known)
    if value is None:
        raise UsageError("not_one_of", option=option, value=word, known=list(known))
    return value


def some_of(word: str | None, family: str, known: Collection[str], option: str) -> list[str]:
    """The values that a list with commas means; empty where no word is given. Raises `UsageError`."""
    entries = separated(word) if word is not None else []
    if word is not None and not entries:
        one_of(word, family, known, option)
    return [value for entry in entries if (value := one_of(entry, family, known, option)) is not None]


def number_of(word: str | None, most: int, code: str) -> int | None:
    """The number from 1 to `most` that a word is; None without one. Raises `UsageError` with this code."""
    if word is None:
        return None
    number = int(word[:9]) if word.isascii() and word.isdecimal() else 0
    if not 1 <= number <= most:
        raise UsageError(code, value=word)
    return number


def separated(word: str) -> list[str]:
    """The entries of a list with commas between them, also with Chinese ones; each once."""
    return list(dict.fromkeys(entry.strip() for entry in re.split("[,，、]", word) if entry.strip()))


def path_of(word: str, option: str) -> str:
    """The path of a file or a folder; a leading `~` is the home folder. Raises `UsageError` for an empty one."""
    if not word.strip():
        raise UsageError("usage.bad_value", name=option, value=word)
    return os.path.expanduser(word)


def text_of(path: str, megabytes: int, errors: str = "strict") -> str:
    """The content of a file of the user's, of so many megabytes at most; `errors` as in `bytes.decode`.

    Raises `CannotRead` or `UnusableFile`.
    """
    try:
        return read_bounded(path, megabytes * 1024 * 1024).decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        raise UnusableFile(path, "not_utf8") from None
    except FileTooLarge:
        raise UnusableFile(path, "too_large", details=(megabytes,)) from None
    except NotARegularFile:
        raise CannotRead(path=path, reason="not a regular file") from None
    except OSError as error:
        raise CannotRead(path=path, reason=error.strerror or str(error)) from error
