"""The commands of config: show, get, set, unset and edit settings."""

import os

from llmpath.cli import settings
from llmpath.cli.programs import edit_file
from llmpath.cli.session import Session
from llmpath.cli.settings import AUTO, SETTINGS
from llmpath.curriculum import library
from llmpath.errors import CannotWrite, UsageError
from llmpath.text.clean import clean
from llmpath.view.results.keeping import ConfigShown, SettingRow


def show_config(session: Session) -> ConfigShown:
    """Every setting in force, and where it comes from. Raises `DamagedConfig`."""
    found = session.settings
    rows = [SettingRow(key, found[key], found.origin(key)) for key in SETTINGS]
    unknown = [key for key in found.file if key not in SETTINGS]
    return ConfigShown(found.path, os.path.exists(found.path), rows, unknown)


def get_setting(session: Session, key: str) -> None:
    """Writes the value in force of one setting to standard output, as `config set` takes it."""
    settings.check_key(key)
    value = session.settings[key]
    session.terminal.show_file(f"{word_of(value)}\n")


def word_of(value: object) -> str:
    """A value of a setting as a word of the command line; empty where it is not set."""
    if isinstance(value, list):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def set_setting(session: Session, key: str, value: str) -> ConfigShown:
    """Sets one key of `config.toml` and leaves everything else in it as the user wrote it; `auto` unsets it."""
    settings.check_key(key)
    if value == AUTO and not SETTINGS[key].is_right(AUTO):
        return unset_setting(session, key)
    wanted = settings.value_from(key, value, key)
    if key == "curriculum":
        wanted = _lasting(session, wanted)
    elif key in settings.PATHS:
        wanted = os.path.abspath(wanted)
    if isinstance(wanted, str) and wanted != clean(wanted):  # TOML holds text, which not every path is
        raise UsageError("wrong_setting", name=key, value=value, key=key)
    return _written(session, key, wanted)


def unset_setting(session: Session, key: str) -> ConfigShown:
    """Takes one key out of `config.toml`, so that its default holds again."""
    settings.check_key(key)
    return _written(session, key, None)


def _written(session: Session, key: str, value: object) -> ConfigShown:
    path = session.settings.path
    settings.write_setting(path, key, value, lambda: session.notify("notice.waiting_for_lock", {"path": path}))
    session.is_saved = True
    now = SettingRow(key, value, "config") if value is not None else _default(session, key)
    return ConfigShown(path, True, [now], [], key)


def _default(session: Session, key: str) -> SettingRow:
    """The value of a setting once the file no longer has it."""
    found = settings.Settings(session.settings.given, session.environ)
    found.problem()
    return SettingRow(key, found[key], found.origin(key))


def _lasting(session: Session, wanted: str) -> str:
    """A curriculum's name, or its folder's full path: what is set means the same from any folder. Raises if unknown."""
    place = library.located(wanted, session.places.data)
    known = {found.name: found.folder for found in library.known_places(session.places.data)}
    return wanted if known.get(wanted) == place.folder else place.folder


def edit_config(session: Session) -> None:
    """Opens `config.toml` in the user's editor and checks it afterwards. Raises `EditorFailed` or `DamagedConfig`."""
    path = session.settings.path
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
    edit_file(session, path, "notepad" if os.name == "nt" else "vi")
    settings.read_config(path)
