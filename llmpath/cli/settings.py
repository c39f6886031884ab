"""Edge: `config.toml`, the user's settings. Read by every command, written by `llmpath config set` alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from llmpath.curriculum.entries import KINDS
from llmpath.errors import CannotRead, CannotWrite, DamagedConfig, UsageError
from llmpath.files.bounded import read_bounded
from llmpath.text.languages import LANGUAGES, language_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


MAX_BYTES = 256 * 1024
FILE = "config.toml"
COLORS = ("auto", "always", "never")


class Setting(NamedTuple):
    """One key: what it is without a file, how a word of the command line becomes a value, and what a value must be."""

    default: Any
    read: Callable[[str], Any]
    is_right: Callable[[Any], bool]


def _language(word: str) -> str:
    return language_of(word) or word


def _listed(word: str) -> list[str]:
    return [entry.strip() for entry in word.replace("，", ",").split(",") if entry.strip()]


def _languages(word: str) -> list[str]:
    return [_language(entry) for entry in _listed(word)]


def _number(word: str) -> Any:
    try:
        number = float(word)
    except ValueError:
        return word
    return int(number) if number.is_integer() else number


def _truth(word: str) -> Any:
    return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(word.lower(), word)


def _is_hours(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 168


def _is_list_of(is_right: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(isinstance(entry, str) and is_right(entry) for entry in value)


def _is_tag(word: str) -> bool:
    """Whether a word has the form of a language tag: resources may be in any language, not only in the program's."""
    first, *others = word.split("-")
    return word.isascii() and first.isalpha() and len(first) in (2, 3) and all(other.isalnum() for other in others)


SETTINGS: Mapping[str, Setting] = {
    "language": Setting(None, _language, LANGUAGES.__contains__),
    "color": Setting("auto", str, COLORS.__contains__),
    "curriculum": Setting(None, str, lambda value: isinstance(value, str) and bool(value)),
    "sync_folder": Setting(None, str, lambda value: isinstance(value, str) and bool(value)),
    "hours_per_week": Setting(5, _number, _is_hours),
    "preferred_languages": Setting([], _languages, _is_list_of(_is_tag)),
    "preferred_kinds": Setting([], _listed, _is_list_of(KINDS.__contains__)),
    "show_hours": Setting(True, _truth, lambda value: isinstance(value, bool)),
}
"""Every setting. `config.KEY` in the texts says what it is for, `config.KEY.allowed` what it may be."""


def config_path(config_folder: str) -> str:
    """Where the settings are."""
    return os.path.join(config_folder, FILE)


def read_config(path: str) -> dict[str, Any]:
    """The settings of the file, checked; empty without a file. Raises `DamagedConfig` or `CannotRead`."""
    try:
        content = read_bounded(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise CannotRead(path=path, reason=error.strerror or type(error).__name__) from error
    import tomli

    try:
        document = tomli.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise DamagedConfig(path=path, key="", reason=str(error)) from error
    for key, value in document.items():
        if key in SETTINGS and not SETTINGS[key].is_right(value):
            raise DamagedConfig(path=path, key=key, reason="")
    return document


def value_from(key: str, word: str) -> Any:
    """What a setting is to be, from the command line. Raises `UsageError` for an unknown key or a wrong value."""
    if key not in SETTINGS:
        raise UsageError("unknown_setting", name=key, known=", ".join(SETTINGS))
    value = SETTINGS[key].read(word)
    if not SETTINGS[key].is_right(value):
        raise UsageError("wrong_setting", name=key, value=word)
    return value


def write_setting(path: str, key: str, value: Any) -> None:
    """Sets one key and leaves everything else as the user wrote it, comments too. Raises `CannotWrite`."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from llmpath.files.atomic import write_atomically

    try:
        try:
            document = tomlkit.parse(read_bounded(path, MAX_BYTES).decode("utf-8-sig"))
        except FileNotFoundError:
            document = tomlkit.document()
        document[key] = value
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_atomically(path, tomlkit.dumps(document).encode())
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise DamagedConfig(path=path, key="", reason=str(error)) from error
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
