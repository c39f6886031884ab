"""Edge: every change of the progress goes through here: the file first, then the history that undo lives from.

Both are written under the progress file's lock, so that the history has the changes in the order they were made in.
"""

from __future__ import annotations

from collections.abc import Callable

from llmpath.cli.session import Session
from llmpath.errors import CannotRead
from llmpath.progress import history
from llmpath.progress.edits import with_record
from llmpath.progress.history import Edit, History, Turn
from llmpath.progress.journal import DamagedJournal, Journal
from llmpath.progress.progress_file import Stored
from llmpath.progress.records import Document
from llmpath.progress.store import Notice, Saved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


Transform = Callable[[Stored], Document]


def save(session: Session, command: str, transform: Transform, *, force_backup: bool = False) -> Saved:
    """Changes the progress and remembers the change for undo. Raises what `Store.update` raises."""
    problems: list[Notice] = []
    journal = session.journal

    def afterwards(saved: Saved) -> None:
        session.replace_stored(saved)
        problems.extend(_remembered(journal, command, saved))

    saved = session.store.update(session.stored, transform, afterwards, force_backup=force_backup)
    return _said(session, saved, problems)


def restore(session: Session, name: str) -> Saved:
    """Goes back to a copy and remembers that for undo. Raises what `Store.restore` raises."""
    problems: list[Notice] = []
    journal = session.journal

    def afterwards(saved: Saved) -> None:
        session.replace_stored(saved)
        problems.extend(_remembered(journal, "backup restore", saved))

    return _said(session, session.store.restore(name, afterwards), problems)


def turn(session: Session, choose: Callable[[History, Document], Turn | None]) -> tuple[Turn | None, Saved]:
    """Takes one step back, or makes it again: `choose` is `history.undone` or `history.redone`.

    Raises what `Store.update` raises, and `CannotRead` for the history.
    """
    problems: list[Notice] = []
    journal = session.journal
    taken = choose(_readable_history(journal, problems), session.stored.document)
    if taken is None:
        return None, _said(session, Saved(session.stored, session.stored), problems)

    def transform(stored: Stored) -> Document:
        nonlocal taken
        taken = choose(_readable_history(journal, problems), stored.document)
        document = stored.document
        for edit in taken.restored if taken else ():
            document = with_record(document, edit.group, edit.key, _restored(edit), session.now(), stored.written_at)
        return document

    def afterwards(saved: Saved) -> None:
        session.replace_stored(saved)
        if taken is not None:
            problems.extend(_kept(journal, taken.history))

    saved = session.store.update(session.stored, transform, afterwards, even_unchanged=True)
    return taken, _said(session, saved, problems)


def _restored(edit: Edit) -> dict[str, Any]:
    return dict(edit.after) if edit.after is not None else history.nothing(edit.group)


def _remembered(journal: Journal, command: str, saved: Saved) -> list[Notice]:
    """Adds a change to the history; what goes wrong with that is no failure. Without a file before, nothing to undo."""
    if not saved.is_changed or saved.before is None:
        return []
    problems: list[Notice] = []
    step = history.step_between(command, saved.before.document, saved.after.document)
    try:
        past = _history(journal, problems)
    except OSError as error:
        return [_not_kept(journal, error)]
    return [*problems, *_kept(journal, history.with_step(past, step))]


def _readable_history(journal: Journal, problems: list[Notice]) -> History:
    try:
        return _history(journal, problems)
    except OSError as error:
        raise CannotRead(path=journal.path, reason=error.strerror or str(error)) from error


def _history(journal: Journal, problems: list[Notice]) -> History:
    """The history; a damaged one is set aside and begun anew, which is a problem to tell. Raises `OSError`."""
    try:
        return journal.read()
    except DamagedJournal:
        problems.append(("warning.history_set_aside", {"path": journal.set_aside()}))
        return History()


def _kept(journal: Journal, kept: History) -> list[Notice]:
    try:
        journal.write(kept)
    except (OSError, ValueError) as error:
        return [_not_kept(journal, error)]
    return []


def _not_kept(journal: Journal, error: Exception) -> Notice:
    reason = getattr(error, "strerror", None) or str(error)
    return "warning.no_history", {"path": journal.path, "reason": reason}


def _said(session: Session, saved: Saved, problems: list[Notice]) -> Saved:
    """Tells of what went wrong beside a write, once the lock is free again."""
    for key, fields in [*saved.warnings, *problems]:
        session.warn(key, **fields)
    return saved
