"""Settings: `config.toml`, and which value is in force. A flag wins over the environment, that over the file.

Commands and TAB alike ask `Settings`; a TAB imports this module and nothing that it does not need.
"""

from __future__ import annotations

import os

from llmpath.files.folders import SHIPPED, user_places
from llmpath.text.languages import LANGUAGES, default_languages, is_tag, language_of, locale_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from llmpath.errors import LlmpathError
    from llmpath.files.folders import Places

MAX_BYTES = 256 * 1024
FILE = "config.toml"
COLORS = ("auto", "always", "never")
LOCK_SECONDS = 30.0
PATIENCE_SECONDS = 2.0
AUTO = "auto"
"""The word that takes a setting back to its default."""


class Setting:
    """One setting.

    `default` is a value, or a function of the `Settings`. `read` makes a value of a word, and raises `ValueError` for
    a wrong one; `is_right` judges a value of the file. `option` is the key of the option that wins over the file, and
    `variables` are those of the environment that do, each with the word that it stands for; empty: its own content.
    `values` is the kind of value that completion offers.
    """

    def __init__(
        self,
        default: Any,
        read: Callable[[str], Any],
        is_right: Callable[[Any], bool],
        *,
        option: str = "",
        variables: Mapping[str, str] | None = None,
        values: str = "",
    ) -> None:
        self.default = default
        self.read = read
        self.is_right = is_right
        self.option = option
        self.variables = variables or {}
        self.values = values


def _language(word: str) -> str:
    from llmpath.cli.values import named

    return language_of(word) or named(word, "language", LANGUAGES) or word


def _languages(word: str) -> list[str]:
    from llmpath.cli.values import separated

    return [_language(entry) for entry in separated(word)]


def _kinds(word: str) -> list[str]:
    from llmpath.cli.values import named, separated
    from llmpath.curriculum.kinds import KINDS

    return [named(entry, "kind", KINDS) or entry for entry in separated(word)]


def _number(word: str) -> Any:
    number = float(word)
    return int(number) if number.is_integer() else number


def _truth(word: str) -> bool:
    return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}[word.lower()]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most


def _is_kinds(value: Any) -> bool:
    from llmpath.curriculum.kinds import KINDS

    return isinstance(value, list) and all(entry in KINDS for entry in value)


def _is_tags(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) and is_tag(entry) for entry in value)


SETTINGS: Mapping[str, Setting] = {
    "language": Setting(
        lambda settings: locale_language(settings.environ),
        _language,
        LANGUAGES.__contains__,
        option="lang",
        variables={"LLMPATH_LANG": ""},
        values="language",
    ),
    "color": Setting(AUTO, str, COLORS.__contains__, option="color", variables={"NO_COLOR": "never"}, values="color"),
    "pager": Setting(
        lambda settings: settings.environ.get("PAGER"),
        str,
        lambda value: _is_text(value) and value != AUTO,
        variables={"LLMPATH_PAGER": ""},
    ),
    "curriculum": Setting(
        SHIPPED,
        os.path.expanduser,
        _is_text,
        option="curriculum",
        variables={"LLMPATH_CURRICULUM": ""},
        values="curriculum",
    ),
    "progress_file": Setting(
        lambda settings: os.path.join(settings.places.data, "progress.toml"),
        os.path.expanduser,
        _is_text,
        option="progress",
        variables={"LLMPATH_PROGRESS": ""},
        values="path",
    ),
    "sync_folder": Setting(None, os.path.expanduser, _is_text, values="path"),
    "hours_per_week": Setting(5, _number, lambda value: _is_number(value, 168)),
    "preferred_languages": Setting(
        lambda settings: default_languages(settings["language"]), _languages, _is_tags, values="language"
    ),
    "preferred_kinds": Setting([], _kinds, _is_kinds, values="kind"),
    "show_hours": Setting(True, _truth, lambda value: isinstance(value, bool), values="truth"),
    "reviews_per_day": Setting(8, _number, lambda value: _is_number(value, 1000) and float(value).is_integer()),
}
"""Every setting. `config.KEY` in the texts says what it is for, `config.KEY.allowed` what it may be."""

PATHS = ("curriculum", "progress_file", "sync_folder")
"""Settings whose value may be a path; a leading `~` in the file is the home folder, too."""


class Settings:
    """The settings of one call. `given` has the values of the options that every command has."""

    def __init__(self, given: Mapping[str, str], environ: Mapping[str, str]) -> None:
        self.given = given
        self.environ = environ
        self._chosen: dict[str, tuple[Any, str]] = {}
        """Values in force, and where they come from."""
        self._file: Mapping[str, Any] | None = None
        self._problem: LlmpathError | None = None
        self._places: Places | None = None

    @property
    def places(self) -> Places:
        """The user's folders. Raises `NoHome`."""
        if self._places is None:
            self._places = user_places(self.environ)
        return self._places

    @property
    def path(self) -> str:
        """The path of `config.toml`."""
        return os.path.join(self.places.config, FILE)

    @property
    def file(self) -> Mapping[str, Any]:
        """The content of `config.toml`, checked. Raises `DamagedConfig` or `CannotRead`."""
        if self._file is None:
            self._file = read_config(self.path)
        return self._file

    def problem(self) -> LlmpathError | None:
        """The error in `config.toml`, or None. After this call the defaults are used in its place."""
        if self._problem is None:
            try:
                _ = self.file
            except Exception as error:
                from llmpath.errors import LlmpathError

                if not isinstance(error, LlmpathError):
                    raise
                self._problem, self._file = error, {}
        return self._problem

    def __getitem__(self, key: str) -> Any:
        """The value in force. Raises `UsageError` for a wrong flag or variable, and as `file` does."""
        if key not in self._chosen:
            self._chosen[key] = self._choose(key)
        return self._chosen[key][0]

    def origin(self, key: str) -> str:
        """Where the value in force comes from: `flag`, a variable's name, `config`, `locale` or `default`."""
        _ = self[key]
        return self._chosen[key][1]

    def _choose(self, key: str) -> tuple[Any, str]:
        setting = SETTINGS[key]
        if setting.option in self.given:
            return value_from(key, self.given[setting.option], f"--{setting.option}"), "flag"
        for variable, word in setting.variables.items():
            if content := self.environ.get(variable):
                return value_from(key, word or content, variable), variable
        if key in self.file:
            value = self.file[key]
            return os.path.expanduser(value) if key in PATHS else value, "config"
        default = setting.default(self) if callable(setting.default) else setting.default
        return default, "locale" if key == "language" else "default"


def value_from(key: str, word: str, where: str) -> Any:
    """The value that a word means for a setting; `where` it was given. Raises `UsageError` for a wrong one."""
    try:
        value = SETTINGS[key].read(word)
        if SETTINGS[key].is_right(value):
            return value
    except (ValueError, LookupError):
        pass
    from llmpath.errors import UsageError

    raise UsageError("wrong_setting", name=where, value=word, key=key)


def check_key(key: str) -> None:
    """Lets the key of a setting through. Raises `UsageError` for any other."""
    if key not in SETTINGS:
        from llmpath.errors import UsageError

        raise UsageError("unknown_setting", name=key, known=list(SETTINGS))


def read_config(path: str) -> dict[str, Any]:
    """The settings of the file, checked; empty without a file. Raises `DamagedConfig` or `CannotRead`."""
    from llmpath.files.bounded import read_bounded

    try:
        content = read_bounded(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        from llmpath.errors import CannotRead

        raise CannotRead(path=path, reason=error.strerror or type(error).__name__) from error
    import tomli

    from llmpath.errors import DamagedConfig

    try:
        document = tomli.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise DamagedConfig(path=path, key="", reason=str(error)) from error
    for key, value in document.items():
        if key in SETTINGS and not SETTINGS[key].is_right(value):
            raise DamagedConfig(path=path, key=key, reason="")
    return document


def write_setting(path: str, key: str, value: Any | None, waiting: Callable[[], None]) -> None:
    """Sets one key, or removes it, and leaves everything else as the user wrote it, comments too.

    One process at a time: `waiting` is called once where another one takes long. Raises `CannotWrite`,
    `DamagedConfig` or `LockedTooLong`.
    """
    from tomlkit.exceptions import TOMLKitError

    from llmpath.errors import CannotWrite, DamagedConfig, LockedTooLong
    from llmpath.files.atomic import remove_leftovers
    from llmpath.files.lock import StillLocked, acquire

    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        lock = acquire(f"{os.path.realpath(path)}.lock", LOCK_SECONDS, PATIENCE_SECONDS, waiting)
        try:
            remove_leftovers(os.path.dirname(os.path.realpath(path)), os.path.basename(os.path.realpath(path)).__eq__)
            _replace(path, key, value)
        finally:
            lock.release()
    except StillLocked as error:
        raise LockedTooLong(path=error.path, seconds=int(LOCK_SECONDS)) from None
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise DamagedConfig(path=path, key="", reason=str(error)) from error
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


def _replace(path: str, key: str, value: Any | None) -> None:
    import tomli
    import tomlkit

    from llmpath.files.atomic import write_atomically
    from llmpath.files.bounded import FileTooLarge, read_bounded

    try:
        document = tomlkit.parse(read_bounded(path, MAX_BYTES).decode("utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
    if value is not None:
        document[key] = value
    elif key in document:
        del document[key]
    else:
        return
    text = tomlkit.dumps(document)
    if tomli.loads(text) != document.unwrap():
        raise ValueError("what would be written would be read as something else")
    if len(text.encode()) > MAX_BYTES:
        raise FileTooLarge(None, "it would be larger than what can be read", path)
    write_atomically(path, text.encode())
