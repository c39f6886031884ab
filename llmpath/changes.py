"""Edge: every change of the progress goes through here: the file first, then the history that undo lives from."""

from collections.abc import Callable
from typing import Any

from llmpath import history
from llmpath.history import Edit, History, Turn
from llmpath.journal import DamagedJournal
from llmpath.progress import Document, with_record
from llmpath.session import Session
from llmpath.store import Saved, Stored

Transform = Callable[[Stored], Document]


def save(session: Session, command: str, transform: Transform, *, force_backup: bool = False) -> Saved:
    """Changes the progress and remembers the change for undo. Raises what `Store.update` raises."""
    saved = session.store.update(transform, force_backup=force_backup)
    if saved.is_changed:
        _after_saving(session, saved)
        step = history.step_between(command, saved.before, saved.after)
        _keep_history(session, history.with_step(_history(session), step))
    return saved


def turn(session: Session, choose: Callable[[History, Document], Turn | None]) -> tuple[Turn | None, Saved]:
    """Takes one step back, or makes it again: `choose` is `history.undone` or `history.redone`."""
    past = _history(session)
    chosen: list[Turn | None] = []

    def transform(stored: Stored) -> Document:
        now_chosen = choose(past, stored.document)
        chosen.append(now_chosen)
        document = stored.document
        for edit in now_chosen.restored if now_chosen else ():
            document = with_record(document, edit.group, edit.key, _restored(edit), session.now(), stored.written_at)
        return document

    saved = session.store.update(transform)
    taken = chosen[-1]
    if taken is not None:
        _after_saving(session, saved)
        _keep_history(session, taken.history)
    return taken, saved


def _restored(edit: Edit) -> dict[str, Any]:
    return dict(edit.after) if edit.after is not None else history.nothing(edit.group)


def _after_saving(session: Session, saved: Saved) -> None:
    session.is_saved = saved.is_changed
    for cached in ("stored", "progress"):
        session.__dict__.pop(cached, None)
    for key, fields in saved.warnings:
        session.warn(key, **fields)


def _history(session: Session) -> History:
    """The history; a damaged one is set aside, said, and begun anew."""
    try:
        return session.journal.read()
    except DamagedJournal:
        try:
            session.warn("warning.history_set_aside", path=session.journal.set_aside())
        except OSError as error:
            session.warn("warning.no_history", path=session.journal.path, reason=error.strerror or "")
        return History()


def _keep_history(session: Session, kept: History) -> None:
    try:
        session.journal.write(kept)
    except OSError as error:
        session.warn("warning.no_history", path=session.journal.path, reason=error.strerror or "")
