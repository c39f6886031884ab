"""Commands about the user's own files: merge, sync, backup, config, info."""

import errno
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from llmpath.cli.session import Session
from llmpath.cli.values import path_of
from llmpath.curriculum import library
from llmpath.errors import CannotRead, CannotWrite, DamagedCurriculum, DamagedProgress, LlmpathError, UsageError
from llmpath.progress.document import MAX_BYTES, SCHEMA, lines_of, parsed, sides_of, too_large
from llmpath.progress.file import LogFile, Saved, Stored, reason_of
from llmpath.progress.log import Log, missing
from llmpath.progress.progress import Progress
from llmpath.progress.sync import conflict_copies, united
from llmpath.view.quoting import quoted
from llmpath.view.results import keeping as r

MAX_NAMED = 20
"""How many entries of a table that is not understood are named."""


def merge(session: Session, files: Sequence[str], *, driver: bool = False, dry_run: bool = False) -> r.Merged | None:
    """Takes over the entries of other machines' files; `-` is standard input.

    As a git merge driver: base, ours, theirs; the result goes to ours. A file with git's markers in it counts as its
    two sides; where that is the progress file itself, it is mended.
    """
    if driver:
        _drive_merge(session, files)
        return None
    others = [stored.log for file in files for stored in _sides_of(session, file)]
    if any(os.path.realpath(file) == session.log_file.real for file in files) and session.log_file.readable() is None:
        return _mend(session, others, dry_run=dry_run)
    before = session.log_file.writable(session.stored).log
    after = Log([*before.tables, *missing(before, others)])
    if not dry_run:
        saved = session.save(lambda log: missing(log, others))
        before, after = saved.before.log if saved.before is not None else before, saved.after.log
    return r.Merged(_differences(session, before, after), len(after.tables) - len(before.tables), dry_run)


def _mend(session: Session, sides: Sequence[Log], *, dry_run: bool) -> r.Merged:
    """Makes one log again of the progress file in which git has put its markers."""
    file = session.log_file
    ours = _sides_of(session, file.path)[0]
    whole = file.joined(ours, missing(ours.log, sides))
    if not dry_run:
        session.warned(file.write(whole.content, session.take_over))
    return r.Merged(_differences(session, Log(), whole.log), len(whole.log.tables), dry_run)


def _sides_of(session: Session, path: str) -> list[Stored]:
    """What another machine's file holds, or each of the two sides between which git has put its markers.

    Raises `CannotRead`, `DamagedProgress` or `NewerProgress`.
    """
    content = _content(path)
    try:
        found = [Stored(content, parsed(content, path))]
    except DamagedProgress as error:
        sides = sides_of(content.decode()) if error.fields["reason"] == "merge_markers" else None
        if sides is None:
            raise
        found = [Stored(side.encode(), parsed(side.encode(), path)) for side in sides]
    return [LogFile(path, session.now).writable(stored) for stored in found]


def _content(path: str) -> bytes:
    """The content of a file, a pipe or standard input (`-`), up to the bound. Raises `CannotRead` and others."""
    try:
        with open(sys.stdin.fileno() if path == "-" else path, "rb", closefd=path != "-") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError, AttributeError) as error:
        raise CannotRead(path=path, reason=reason_of(error) if isinstance(error, OSError) else str(error)) from error
    if len(content) > MAX_BYTES:
        raise too_large(path)
    return content


def _drive_merge(session: Session, files: Sequence[str]) -> None:
    """Merges as a git merge driver does. No lock and no backup: the files are git's own.

    A log only grows, so the base says nothing that matters. Raises `CannotRead` where a side is no log: git then
    leaves ours as it is and says that there is a conflict.
    """
    from llmpath.files.atomic import write_atomically

    if len(files) != 3:
        raise UsageError("driver_files")
    _, ours, theirs = files
    try:
        file, content = LogFile(ours, session.now), _content(ours)
        stored = file.writable(Stored(content, parsed(content, ours)))
        if news := missing(stored.log, [side.log for side in _sides_of(session, theirs)]):
            write_atomically(ours, file.joined(stored, news).content)
    except DamagedProgress as error:
        from llmpath.view.error_texts import reason_of as why

        raise CannotRead(path=error.fields["path"], reason=why(error, session.say)) from error
    except OSError as error:
        raise CannotWrite(path=ours, reason=reason_of(error)) from error


def sync(session: Session, folder: str | None = None) -> r.Synced:
    """Unites the progress and the reviews with those in a folder that is synced, both ways, and with conflict copies.

    Without a folder it is the one of the settings; without that only the conflict copies beside the own files count.
    """
    chosen = path_of(folder, "FOLDER") if folder is not None else session.settings["sync_folder"]
    files = [session.log_file, session.reviews_file]
    if chosen is None and not any(conflict_copies(file.real) for file in files):
        raise UsageError("no_sync_folder")
    if chosen is not None:
        if not os.path.isdir(chosen):
            raise CannotRead(path=chosen, reason=os.strerror(errno.ENOENT))
        for file in files:
            if os.path.realpath(os.path.join(chosen, os.path.basename(file.path))) == file.real:
                raise UsageError("own_folder", path=chosen)
    before = session.stored
    progress = united(files[0], before, chosen, session.take_over)
    reviews = united(files[1], session.reviews, chosen, lambda saved: session.take_over(saved, is_reviews=True))
    session.is_saved = session.is_saved or bool(progress.given or reviews.given)
    taken = 0
    for shared in (progress, reviews):
        session.warned(shared.saved)
        old = shared.saved.before.log.tables if shared.saved.before else []
        taken += len(shared.saved.after.log.tables) - len(old)
    copies = [os.path.basename(path) for path in (*progress.copies, *reviews.copies)]
    differences = _differences(session, before.log, progress.saved.after.log)
    return r.Synced(chosen, taken, progress.given + reviews.given, copies, differences)


def _differences(session: Session, before: Log, after: Log) -> list[r.Difference]:
    """The differences between two logs of the curriculum in use that a person would name, oldest first."""
    try:
        catalog = session.catalog
    except LlmpathError:  # what is in the file is worth having all the same
        return []
    old, new = Progress(catalog, before), Progress(catalog, after)
    items = [*new.touched(), *old.touched(), *(note.item for note in (*new.all_notes(), *old.all_notes()))]
    found: list[r.Difference] = []
    for item in dict.fromkeys(items):
        was, now = ((each.own_state(item), each.day(item), each.note(item)) for each in (old, new))
        if was != now:
            what = "state" if was[0] != now[0] else "note"
            found.append(r.Difference(item, catalog.title_of(item), was[0], now[0], what))
    if old.goal != new.goal:
        first, last = (catalog.title_of(goal) if goal else "" for goal in (old.goal, new.goal))
        found.append(r.Difference(catalog.curriculum.id, "", first, last, "goal"))
    return found


def list_backups(session: Session) -> r.Backups:
    """The copies of the progress and of the reviews, newest first."""
    files = session.log_file, session.reviews_file
    return r.Backups(session.progress_path, [copy for file in files for copy in file.backups.all()])


def restore_backup(session: Session, backup: str, *, dry_run: bool = False) -> r.Restored:
    """Puts a copy in the place of its file; what it replaces is kept as a copy itself."""
    is_of_reviews = backup in session.reviews_file.backups.names()
    file = session.reviews_file if is_of_reviews else session.log_file
    copy, current = file.backup(backup), file.readable()
    before = current.log if current is not None else Log()
    saved = Saved(current, copy) if current is None or current.content != copy.content else Saved(current, current)
    if not dry_run:
        saved = file.write(copy.content, lambda saved: session.take_over(saved, is_reviews=is_of_reviews))
        session.warned(saved)
        before = saved.before.log if saved.before is not None else before
    differences = _differences(session, before, copy.log) if saved.is_changed else []
    return r.Restored(backup, differences, dry_run, saved.kept, saved.is_changed, saved.lost)


def show_info(session: Session) -> r.Info:
    """Versions, and where each file is, why there, and how it is."""
    from llmpath import __version__

    title, updated, unknown = session.settings["curriculum"], None, []
    files = [session.log_file, session.reviews_file]
    found = [(file, _read(file)) for file in files]
    with suppress(LlmpathError):
        title, updated = session.catalog.curriculum.title, session.catalog.curriculum.updated
        unknown = Progress(session.catalog, files[0].read().log).unknown_items()
    copies = sum(len(file.backups.names()) for file in files)
    rows = [
        *(_log_row(session, file, stored) for file, stored in found if file is files[0] or os.path.exists(file.path)),
        _row("lock", f"{files[0].real}.lock"),
        _row("backups", files[0].backups.folder, str(copies or "")),
        _config_row(session),
        _curriculum_row(session),
        _row("curricula", library.own_folder(session.places.data)),
        _row("cache", session.places.cache),
    ]
    return r.Info(
        __version__,
        platform.python_version(),
        sys.platform,
        session.language,
        title,
        rows,
        unknown,
        conflict_copies(files[0].real),
        [row for file, stored in found if isinstance(stored, Stored) for row in _problems(session, file, stored)],
        updated,
    )


def _read(file: LogFile) -> Stored | LlmpathError:
    try:
        return file.read()
    except LlmpathError as error:
        return error


def _row(name: str, path: str, detail: str = "") -> r.FileRow:
    return r.FileRow(name, path, "default", "ok" if os.path.exists(path) else "absent", detail)


def _config_row(session: Session) -> r.FileRow:
    row = _row("config", session.settings.path)
    error = session.settings.problem()
    if error is None:
        return row
    return row._replace(health="damaged", detail=str(error.fields.get("key") or error.fields.get("reason", "")))


def _curriculum_row(session: Session) -> r.FileRow:
    from llmpath.view.error_texts import text_of

    row = r.FileRow("curriculum", str(session.settings["curriculum"]), session.settings.origin("curriculum"), "ok", "")
    try:
        row = row._replace(path=session.place.folder)
        other = session.curriculum_with(session.catalog.curriculum.id, row.path)
    except DamagedCurriculum as error:
        count = session.say("validate.faults", count=len(error.faults))
        return row._replace(health="damaged", detail=f"{count} · llmpath validate {quoted(row.path)}")
    except LlmpathError as error:
        return row._replace(health="damaged", detail=text_of(error, session.say))
    if other:
        return row._replace(health="shared_id", detail=session.say("fault.shared_id").format(other))
    return row


def _log_row(session: Session, file: LogFile, stored: Stored | LlmpathError) -> r.FileRow:
    """The health of a log's file, whether the user may write it, and what to do."""
    row = r.FileRow(file.purpose, file.path, session.settings.origin("progress_file"), "ok", "")
    if isinstance(stored, DamagedProgress):
        from llmpath.view.error_texts import reason_of as why
        from llmpath.view.error_texts import remedies_of

        stored.backups = session.backups_to_restore(file)
        detail = " · ".join([why(stored, session.say), *remedies_of(stored, session.say)])
        return row._replace(health="damaged", detail=detail)
    if isinstance(stored, LlmpathError):
        return row._replace(health="unreadable", detail=str(stored.fields.get("reason", "")))
    if not stored.content:
        return row._replace(health="absent")
    if stored.schema > SCHEMA:
        return row._replace(health="newer", detail=f"schema {stored.schema}")
    if not _is_writable(file):
        return row._replace(health="read_only", detail=_owner(file.real))
    count = len(stored.log.tables)
    if newest := file.backups.newest_fuller(stored.content, count):
        return row._replace(health="fewer_items", detail=f"{count} < {newest.items} ({newest.name})")
    return row._replace(detail=str(count))


def _is_writable(file: LogFile) -> bool:
    """Whether this user may write the file, its folder and its lock."""
    lock = f"{file.real}.lock"
    return all(os.access(path, os.W_OK) for path in (file.real, os.path.dirname(file.real))) and (
        not os.path.exists(lock) or os.access(lock, os.R_OK)
    )


def _owner(path: str) -> str:
    """The name of a file's owner, or their number."""
    try:
        return Path(path).owner()
    except (KeyError, NotImplementedError):
        return str(os.stat(path).st_uid)


def _problems(session: Session, file: LogFile, stored: Stored) -> list[r.LogProblem]:
    """The faults of single entries, in the order of the file: the line, the reason, what it may have meant."""
    log = stored.log
    lines = lines_of(stored.content, len(log.tables)) if stored.schema == SCHEMA else []
    found = [(problem.place, problem.reason, list(problem.details)) for problem in log.problems]
    found += [(entry.place, "ahead", [entry.at.isoformat(" ", "minutes")]) for entry in log.ahead(session.now())]
    found += _unknown_names(session, log)
    for key, value in stored.others.items():
        names = [f"{key}.{name}" for name in list(value)[:MAX_NAMED]] if isinstance(value, dict) and value else [key]
        found += [(-1, "unknown_key", [name]) for name in names]
    return [
        r.LogProblem(file.purpose, lines[place] if 0 <= place < len(lines) else 0, reason, details)
        for place, reason, details in sorted(found, key=lambda problem: problem[0])
    ]


def _unknown_names(session: Session, log: Log) -> Iterable[tuple[int, str, list[str]]]:
    """The entries about items or curricula that are not known, with what each may have meant."""
    try:
        catalog = session.catalog
    except LlmpathError:
        return
    progress = Progress(catalog, log)
    names = {place.name for place in library.known_places(session.places.data)} | {catalog.curriculum.id}
    for entry in log.counted:
        if entry.curriculum not in names:
            yield entry.place, "unknown_curriculum", [entry.curriculum]
        elif entry.curriculum == catalog.curriculum.id and entry.verb != "goal":
            for item in entry.items:
                if not progress.is_known(progress.current(item)):
                    closest = [name for name, _ in catalog.closest(item, limit=1)]
                    yield entry.place, "unknown_item", [item, *closest]
