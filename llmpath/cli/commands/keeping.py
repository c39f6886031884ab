"""Commands about the user's own files: merge, backup, config, info."""

import errno
import os
import platform
import sys
from collections.abc import Sequence
from datetime import date

from llmpath.cli.session import Session, sync_conflicts
from llmpath.cli.values import path_of
from llmpath.curriculum import library as dataset
from llmpath.errors import CannotRead, CannotWrite, DamagedCurriculum, LlmpathError, UsageError
from llmpath.guide import views
from llmpath.progress import changes
from llmpath.progress.edits import with_times
from llmpath.progress.merging import merged
from llmpath.progress.progress_file import ProgressFile, Stored
from llmpath.progress.records import SCHEMA, Document, Progress, Record, Records, empty_document, records_of
from llmpath.progress.serialization import encoded
from llmpath.view.results.keeping import Backups, Difference, FileRow, Info, Merged, Restored


def merge(session: Session, files: Sequence[str], *, driver: bool = False, dry_run: bool = False) -> Merged:
    """Takes over other machines' progress files. As a git merge driver: base, ours, theirs; the result goes to ours."""
    if driver:
        return _drive_merge(session, files)
    files = [path_of(path, "FILE") for path in files]
    others = [_other(session, path) for path in files]
    before = session.store.strictly(session.stored).document
    after = _merged_into(session.stored, others)
    if not dry_run:
        saved = changes.save(session, "merge", lambda stored: _merged_into(stored, others), force_backup=True)
        before, after = (saved.before or saved.after).document, saved.after.document
    paths = [os.path.abspath(path) for path in files]
    return Merged(_differences(session, before, after), dry_run, paths, after is not before)


def _merged_into(stored: Stored, others: Sequence[Document]) -> Document:
    """The merged document; the very same one where the others have nothing new."""
    ours = with_times(stored.document, stored.written_at)
    result = merged([ours, *others])
    return stored.document if result == ours else result


def _other(session: Session, path: str) -> Document:
    """Another machine's file, complete with times. Raises where it is absent, damaged or newer."""
    file = ProgressFile(path, session.now)
    stored = file.strictly(file.read())
    if not stored.content:
        raise CannotRead(path=path, reason=os.strerror(errno.ENOENT))
    return with_times(stored.document, stored.written_at)


def _drive_merge(session: Session, files: Sequence[str]) -> Merged:
    """What git asks of a merge driver. No lock and no backup: git's own files are nobody else's."""
    from llmpath.files.atomic import write_atomically

    if len(files) != 3:
        raise UsageError("driver_files")
    _, ours, theirs = files
    result = merged([_other(session, ours), _other(session, theirs)])
    try:
        write_atomically(ours, encoded(result, ours)[0])
    except OSError as error:
        raise CannotWrite(path=ours, reason=error.strerror or str(error)) from error
    return Merged([], dry_run=False, files=[])


def _differences(session: Session, before: Document, after: Document) -> list[Difference]:
    """What a person would call different in two documents, record by record, in the order of the later one."""
    now = session.now()
    old, new = records_of(before, now), records_of(after, now)
    found: list[Difference] = []
    for key in {**new.items, **old.items}:
        one, other = _seen(old.items.get(key)), _seen(new.items.get(key))
        if one != other:
            what = "note" if one[0] == other[0] else "state"
            found.append(Difference(key, _title(session, key), one[0], other[0], what))
    for name in {**new.goals, **old.goals}:
        was, is_ = old.goals.get(name, ""), new.goals.get(name, "")
        if was != is_:
            found.append(Difference(name, "", _goal_title(session, name, was), _goal_title(session, name, is_), "goal"))
    return found


def _goal_title(session: Session, curriculum: str, goal: str) -> str:
    return _title(session, f"{curriculum}/{goal}") if goal else ""


def _seen(record: Record | None) -> tuple[str, date | None, str | None]:
    return (record.state, record.on, record.note) if record else ("todo", None, None)


def _title(session: Session, key: str) -> str:
    """The title of an item; its key where the curriculum in use does not have it, or cannot be read."""
    curriculum, _, address = key.partition("/")
    try:
        catalog = session.catalog
    except LlmpathError:
        return key
    return views.title_of(catalog, address) if curriculum == catalog.curriculum.id else key


def list_backups(session: Session) -> Backups:
    """The copies of the progress file, newest first."""
    return Backups(session.progress_path, session.store.backups.all())


def restore_backup(session: Session, backup: str, *, dry_run: bool = False) -> Restored:
    """Puts a copy in the place of the progress file; what it replaces is kept as a copy itself."""
    copy, current = session.store.backup(backup), session.store.readable()
    before: Document = current.document if current else empty_document()
    is_changed = current is None or current.content != copy.content
    kept = ""
    if not dry_run:
        saved = changes.restore(session, backup)
        is_changed, kept = saved.is_changed, saved.kept
        before = saved.before.document if saved.before else before
    return Restored(backup, _differences(session, before, copy.document), dry_run, kept, is_changed)


def show_info(session: Session) -> Info:
    """Versions, and where each file is, why there, and how it is."""
    from llmpath import __version__
    from llmpath.view.error_texts import text_of

    path = session.progress_path
    real = os.path.realpath(path)
    unknown: list[str] = []
    try:
        title = session.catalog.curriculum.title
        curriculum_health, curriculum_detail = "ok", ""
    except LlmpathError as error:
        title, curriculum_health = session.settings["curriculum"], "damaged"
        curriculum_detail = text_of(error, session.say)
        if isinstance(error, DamagedCurriculum):
            count = session.say("validate.faults", count=len(error.faults))
            curriculum_detail = f'{count} · llmpath validate "{_folder(session)}"'
    health, detail, records = _progress_health(session)
    if records is not None and curriculum_health == "ok":
        unknown = Progress(session.catalog, records).unknown_items()
    rows = [
        FileRow("progress", path, session.settings.chosen("progress_file").origin, health, detail),
        _row("lock", f"{real}.lock"),
        _row("backups", os.path.join(os.path.dirname(real), "backups"), str(len(session.store.backups.names()) or "")),
        _row("history", session.journal.path),
        _config_row(session),
        FileRow(
            "curriculum",
            _folder(session),
            session.settings.chosen("curriculum").origin,
            curriculum_health,
            curriculum_detail,
        ),
        _row("curricula", dataset.own_folder(session.places.data)),
        _row("cache", session.places.cache),
    ]
    return Info(
        __version__,
        platform.python_version(),
        sys.platform,
        session.language,
        title,
        rows,
        unknown,
        sync_conflicts(path),
    )


def _folder(session: Session) -> str:
    try:
        return session.place.folder
    except LlmpathError:
        return str(session.settings["curriculum"])


def _config_row(session: Session) -> FileRow:
    row = _row("config", session.settings.path)
    error = session.settings.problem()
    if error is None:
        return row
    return row._replace(health="damaged", detail=str(error.fields.get("key") or error.fields.get("reason", "")))


def _row(name: str, path: str, detail: str = "") -> FileRow:
    return FileRow(name, path, "default", "ok" if os.path.exists(path) else "absent", detail)


def _progress_health(session: Session) -> tuple[str, str, Records | None]:
    from llmpath.errors import DamagedProgress
    from llmpath.view.error_texts import reason_of

    try:
        stored = session.store.read()
    except DamagedProgress as error:
        good = session.newest_good_backup()
        remedy = f"llmpath backup restore {good}" if good else session.say("error.no_backup")
        return "damaged", f"{reason_of(error, session.say)} · {remedy}", None
    except LlmpathError as error:
        return "unreadable", str(error.fields.get("reason", "")), None
    if not stored.content:
        return "absent", "", stored.records
    if stored.schema > SCHEMA:
        return "newer", f"schema {stored.schema}", stored.records
    if stored.records.bad:
        return "bad_records", str(len(stored.records.bad)), stored.records
    newest = session.store.backups.newest_before_writing()
    if newest is not None and newest.items > len(stored.records.items):
        return "fewer_items", f"{len(stored.records.items)} < {newest.items} ({newest.name})", stored.records
    return "ok", str(len(stored.records.items)), stored.records
