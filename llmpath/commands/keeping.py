"""Commands about the user's own files: merge, backup, config, info."""

import os
import platform
import sys
from collections.abc import Sequence
from typing import Any

from llmpath import changes, dataset, views
from llmpath.config import SETTINGS, value_from, write_setting
from llmpath.errors import CannotRead, CannotWrite, DamagedConfig, LlmpathError, UnknownBackup, UsageError
from llmpath.progress import Document, Progress, Records, empty_document, merged, records_of, with_times
from llmpath.results import (
    Backups,
    ConfigShown,
    Difference,
    FileRow,
    Info,
    Merged,
    Restored,
    SettingRow,
)
from llmpath.session import Session, sync_conflicts
from llmpath.store import Store, Stored, encoded


def merge(session: Session, *files: str, driver: bool = False, dry_run: bool = False) -> Merged:
    """Takes over other machines' progress files. As a git merge driver: base, ours, theirs; the result goes to ours."""
    if driver:
        return _drive_merge(session, files)
    others = [_other(session, path) for path in files]
    before = session.stored.document
    after = _merged_into(session.stored, others)
    differences = _differences(session, before, after)
    if not dry_run:
        saved = changes.save(session, "merge", lambda stored: _merged_into(stored, others), force_backup=True)
        differences = _differences(session, saved.before, saved.after)
    return Merged(differences, dry_run, [os.path.abspath(path) for path in files])


def _merged_into(stored: Stored, others: Sequence[Document]) -> Document:
    """The merged document; the very same one where the others have nothing new."""
    ours = with_times(stored.document, stored.written_at)
    result = merged([ours, *others])
    return stored.document if result == ours else result


def _other(session: Session, path: str) -> Document:
    """Another machine's file, complete with times. Raises where it is absent, damaged or newer."""
    if not os.path.exists(path):
        raise CannotRead(path=path, reason=os.strerror(2))
    stored = Store(path, session.now, session.notify).read_strictly()
    return with_times(stored.document, stored.written_at)


def _drive_merge(session: Session, files: Sequence[str]) -> Merged:
    """What git asks of a merge driver. No lock and no backup: git's own files are nobody else's."""
    from llmpath.atomic import write_atomically

    if len(files) != 3:
        raise UsageError("driver_files")
    _, ours, theirs = files
    result = merged([_other(session, ours), _other(session, theirs)])
    try:
        write_atomically(ours, encoded(result))
    except OSError as error:
        raise CannotWrite(path=ours, reason=error.strerror or str(error)) from error
    return Merged([], False, [])


def _differences(session: Session, before: Document, after: Document) -> list[Difference]:
    """What differs between two documents, item by item, in the order of the later one."""
    now = session.now()
    old, new = records_of(before, now), records_of(after, now)
    found = [
        Difference(key, _title(session, key), old.items[key].state if key in old.items else "todo", record.state)
        for key, record in new.items.items()
        if key not in old.items or old.items[key][:2] != record[:2] or old.items[key].note != record.note
    ]
    gone = [
        Difference(key, _title(session, key), old.items[key].state, "todo") for key in old.items if key not in new.items
    ]
    return found + gone


def _title(session: Session, key: str) -> str:
    curriculum, _, address = key.partition("/")
    return views.title_of(session.catalog, address) if curriculum == session.catalog.curriculum.id else key


def list_backups(session: Session) -> Backups:
    """The copies of the progress file, newest first."""
    return Backups(session.progress_path.value, session.store.backups.all())


def restore_backup(session: Session, name: str, *, dry_run: bool = False) -> Restored:
    """Puts a copy in the place of the progress file; what it replaces is kept as a copy itself."""
    content = session.store.backups.content(name)
    if content is None:
        raise UnknownBackup(name=name)
    after = session.store.parsed(content)
    try:
        before: Document = session.store.read().document
    except LlmpathError:
        before = empty_document()
    differences = _differences(session, before, after)
    kept = ""
    if not dry_run:
        result = session.store.replace(content)
        session.is_saved = True
        kept = result.kept
        for key, fields in result.warnings:
            session.warn(key, **fields)
    return Restored(name, differences, dry_run, kept)


def show_config(session: Session) -> ConfigShown:
    """Every setting in force, and where it comes from."""
    try:
        file = dict(session.config)
    except DamagedConfig as error:
        from llmpath.complaints import lines_of

        for text in lines_of(error, session.say_or_english()):
            session.terminal.tell(text)
        session.__dict__["config"] = file = {}
    return _config_shown(session, file)


def _config_shown(session: Session, file: dict[str, Any], changed: str | None = None) -> ConfigShown:
    resolved = {"language": session.language, "color": session.color, "curriculum": session.curriculum_name}
    rows = [
        SettingRow(key, *resolved[key])
        if key in resolved
        else SettingRow(key, file.get(key, setting.default), "config" if key in file else "default")
        for key, setting in SETTINGS.items()
    ]
    unknown = [key for key in file if key not in SETTINGS]
    return ConfigShown(session.config_path, os.path.exists(session.config_path), rows, unknown, changed)


def set_config(session: Session, key: str, word: str) -> ConfigShown:
    """Sets one key of `config.toml` and leaves everything else in it as the user wrote it."""
    value = value_from(key, word)
    if key == "curriculum":
        value = _lasting(session, value)
    write_setting(session.config_path, key, value)
    session.is_saved = True
    rows = [SettingRow(key, value, "config")]
    return ConfigShown(session.config_path, True, rows, [], key)


def _lasting(session: Session, wanted: str) -> str:
    """A curriculum's name, or its folder's full path: what is set means the same from any folder. Raises if unknown."""
    place = dataset.located(wanted, session.places.data)
    at_hand = {found.name: found.folder for found in dataset.at_hand(session.places.data)}
    return wanted if at_hand.get(wanted) == place.folder else place.folder


def show_info(session: Session) -> Info:
    """Versions, and where each file is, why there, and how it is."""
    from llmpath import __version__

    path = session.progress_path.value
    real = os.path.realpath(path)
    unknown: list[str] = []
    try:
        title = session.catalog.curriculum.title
        curriculum_health, curriculum_detail = "ok", ""
    except LlmpathError as error:
        title, curriculum_health, curriculum_detail = session.curriculum_name.value, "damaged", type(error).__name__
    health, detail, records = _progress_health(session)
    if records is not None and curriculum_health == "ok":
        unknown = Progress(session.catalog, records).unknown_items()
    rows = [
        FileRow("progress", path, session.progress_path.origin, health, detail),
        _row("lock", f"{real}.lock"),
        _row("backups", os.path.join(os.path.dirname(real), "backups"), str(len(session.store.backups.names()) or "")),
        _row("history", session.journal.path),
        _row("config", session.config_path),
        FileRow("curriculum", _folder(session), session.curriculum_name.origin, curriculum_health, curriculum_detail),
        _row("curricula", dataset.own_folder(session.places.data)),
        _row("cache", session.places.cache),
    ]
    return Info(
        __version__,
        platform.python_version(),
        sys.platform,
        session.language.value,
        title,
        rows,
        unknown,
        sync_conflicts(path),
    )


def _folder(session: Session) -> str:
    try:
        return session.place.folder
    except LlmpathError:
        return str(session.curriculum_name.value)


def _row(name: str, path: str, detail: str = "") -> FileRow:
    return FileRow(name, path, "default", "ok" if os.path.exists(path) else "absent", detail)


def _progress_health(session: Session) -> tuple[str, str, Records | None]:
    from llmpath.complaints import lines_of
    from llmpath.errors import DamagedProgress

    try:
        stored = session.store.read()
    except DamagedProgress as error:
        return "damaged", lines_of(error, session.say)[0], None
    except LlmpathError as error:
        return "unreadable", str(error.fields.get("reason", "")), None
    if stored.content is None:
        return "absent", "", stored.records
    if stored.document["schema"] > 1:
        return "newer", f"schema {stored.document['schema']}", stored.records
    if stored.records.bad:
        return "bad_records", str(len(stored.records.bad)), stored.records
    newest = session.store.backups.newest_good()
    if newest is not None and newest.items > len(stored.records.items):
        return "fewer_items", f"{len(stored.records.items)} < {newest.items} ({newest.name})", stored.records
    return "ok", str(len(stored.records.items)), stored.records
