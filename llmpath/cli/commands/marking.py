"""Commands that change what is recorded: start, done, skip, reset, note, goal, undo, redo."""

from collections.abc import Sequence
from datetime import date

from llmpath.cli.commands.preferences import goal_in_force, preferences_of, resolved_goal
from llmpath.cli.session import Session
from llmpath.curriculum.catalog import Catalog, Item
from llmpath.errors import Declined, NotConfirmed, UsageError
from llmpath.guide import figures, marks, steps, views
from llmpath.guide.recommend import goal_topics
from llmpath.progress import changes, history
from llmpath.progress.edits import with_changes, with_goal
from llmpath.progress.progress_file import Stored
from llmpath.progress.records import MAX_NOTE, Change, Document, Progress, note_fault
from llmpath.progress.store import Saved
from llmpath.view.results.marking import Changed, GoalShown, Marked, NoteShown


def start(session: Session, items: Sequence[str], *, on: str | None = None, note: str | None = None) -> Changed:
    """Sets items under way."""
    return _mark(session, "start", "doing", session.catalog.resolve_all(items), on, note)


def done(session: Session, items: Sequence[str], *, on: str | None = None, note: str | None = None) -> Changed:
    """Sets items done."""
    return _mark(session, "done", "done", session.catalog.resolve_all(items), on, note)


def skip(session: Session, items: Sequence[str], *, on: str | None = None, note: str | None = None) -> Changed:
    """Sets items aside: known already, or not wanted."""
    return _mark(session, "skip", "skipped", session.catalog.resolve_all(items), on, note)


def reset(
    session: Session,
    *items: str,
    every: bool = False,
    yes: bool = False,
    on: str | None = None,
    note: str | None = None,
) -> Changed:
    """Takes the state of items back; their notes stay. `every`: of all that has one, after a question."""
    if every and items:
        raise UsageError("all_and_items")
    if not every and not items:
        raise UsageError("no_item")
    if not every:
        return _mark(session, "reset", "todo", session.catalog.resolve_all(items), on, note)
    records = session.progress.records_by_address()
    found = [session.catalog.find(address) for address, record in records.items() if record.state != "todo"]
    touched = [item for item in found if item is not None]
    if touched and not yes:
        confirm(session, session.say("ask.reset_all", count=len(touched)))
    return _mark(session, "reset", "todo", touched, on, note)


def confirm(session: Session, question: str) -> None:
    """Lets through what a person at the terminal says yes to. Raises `Declined`, or `NotConfirmed` without anybody."""
    import sys

    if not sys.stdin or not sys.stdin.isatty():
        raise NotConfirmed
    session.terminal.tell(question)
    answer = sys.stdin.readline().strip().lower()
    if answer not in session.say("ask.yes_words").split():
        raise Declined


def _mark(
    session: Session, command: str, state: str, items: Sequence[Item], on: str | None, note: str | None
) -> Changed:
    today = session.now().date()
    day = _day(on, today) if on is not None else None
    text = _note(note) if note is not None else None

    def transform(stored: Stored) -> Document:
        progress = session.progress_in(stored)
        wanted = [_change(progress, item.address, state, day, text, today) for item in items]
        return with_changes(stored.document, [c for c in wanted if c], session.now(), stored.written_at)

    before = session.progress
    saved = changes.save(session, command, transform)
    return _changed(session, command, items, before, saved)


def _change(
    progress: Progress, address: str, state: str, day: date | None, note: str | None, today: date
) -> Change | None:
    """The change that makes an item so, or None where it is so already: repeating a command is no new day."""
    record = progress.record(address)
    own = record.state if record else "todo"
    if own == state and day is None and note is None:
        return None
    if state == "todo":
        return progress.change(address, state, day or "", note)
    if own == state:
        return progress.change(address, state, day, note)
    return progress.change(address, state, day or today, note)


def _day(word: str, today: date) -> date:
    """A day of the command line: 2026-11-21, `today` or `yesterday`. Raises `UsageError`, for the future too."""
    from datetime import timedelta

    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        day = named.get(word.strip().lower()) or date.fromisoformat(word.strip())
    except ValueError:
        raise UsageError("wrong_date", value=word) from None
    if day > today:
        raise UsageError("future_date", value=word)
    return day


def _note(text: str) -> str:
    stripped = text.replace("\r\n", "\n").replace("\t", " ").strip()
    if not stripped:
        raise UsageError("empty_note")
    if fault := note_fault(stripped):
        raise UsageError(fault, limit=MAX_NOTE)
    return stripped


def _changed(session: Session, command: str, items: Sequence[Item], before: Progress, saved: Saved) -> Changed:
    """What a command changed among `items`, and where the learner stands after it."""
    progress, catalog = session.progress, session.catalog
    touched = [
        item for item in items if saved.is_changed and before.record(item.address) != progress.record(item.address)
    ]
    inside = dict.fromkeys(item.topic.id for item in touched if item.address != item.topic.id)
    following = steps.next_steps(catalog, progress, preferences_of(session), goal_in_force(session))
    return Changed(
        command,
        [_marked(catalog, before, progress, item) for item in touched],
        [marks.marked(catalog, progress, item) for item in items if item not in touched],
        progress.figure(),
        marks.finished_cores(catalog, progress, inside),
        following.suggestions[0] if following.suggestions else None,
    )


def _marked(catalog: Catalog, before: Progress, after: Progress, item: Item) -> Marked:
    old, new = before.record(item.address), after.record(item.address)
    what = _what(
        (old.state, old.on) if old else ("todo", None), (new.state, new.on) if new else ("todo", None), new and new.note
    )
    return marks.marked(catalog, after, item)._replace(what=what)


def _what(before: tuple[str, object], after: tuple[str, object], note: object) -> str:
    """What is to be said of a record with other `(state, on)` or another note: the note where nothing else differs."""
    if before != after:
        return "state"
    return "note" if note else "no_note"


def write_note(session: Session, item: str, *text: str, clear: bool = False) -> Changed | NoteShown:
    """Writes the user's own note on an item, shows it, or removes it."""
    found = session.catalog.resolve(item)
    if clear and text:
        raise UsageError("clear_and_text")
    if not clear and not text:
        marked = marks.marked(session.catalog, session.progress, found)
        return NoteShown(marked, session.progress.note(found.address))
    written = "" if clear else _note(" ".join(text))

    def transform(stored: Stored) -> Document:
        progress = session.progress_in(stored)
        if (progress.note(found.address) or "") == written:
            return stored.document
        change = progress.change(found.address, progress.own_state(found.address), None, written)
        return with_changes(stored.document, [change], session.now(), stored.written_at)

    before = session.progress
    saved = changes.save(session, "note", transform)
    return _changed(session, "note", [found], before, saved)._replace(note=written)


def goal(session: Session, item: str | None = None, *, clear: bool = False) -> GoalShown | Changed:
    """Sets, clears or shows the goal."""
    if clear and item is not None:
        raise UsageError("clear_and_goal")
    if item is None and not clear:
        return shown_goal(session)
    target = "" if clear else resolved_goal(session, item or "")
    name = session.catalog.curriculum.id

    def transform(stored: Stored) -> Document:
        return with_goal(stored.document, name, target, session.now(), stored.written_at)

    before = session.progress
    saved = changes.save(session, "goal", transform)
    changed, unchanged = ("goal_cleared", "no_goal") if clear else ("goal", "goal_unchanged")
    command = changed if saved.is_changed else unchanged
    return _changed(session, command, [], before, saved)._replace(
        note=views.title_of(session.catalog, target) if target else None
    )


def shown_goal(session: Session) -> GoalShown:
    """The goal in force, and how far it is."""
    catalog, progress = session.catalog, session.progress
    target = goal_in_force(session)
    if target is None:
        return GoalShown(None, None, 0, 0.0)
    topics = goal_topics(catalog, progress, target)
    hours = figures.total(figures.hours_left(progress, catalog.briefs[topic]) for topic in topics)
    return GoalShown(target, views.title_of(catalog, target), len(topics), hours)


def undo(session: Session) -> Changed:
    """Takes the last change back, whole."""
    return _turned(session, "undo")


def redo(session: Session) -> Changed:
    """Makes the change that was taken back last again."""
    return _turned(session, "redo")


def _turned(session: Session, command: str) -> Changed:
    before = session.progress
    turn, saved = changes.turn(session, history.undone if command == "undo" else history.redone)
    if turn is None:
        return _changed(session, f"nothing_to_{command}", [], before, saved)
    return _changed(session, command, [], before, saved)._replace(
        undone_command=turn.step.command,
        items=[_marked_key(session, edit) for edit in turn.restored],
        left_alone=[_marked_key(session, edit) for edit in turn.left_alone],
    )


def _marked_key(session: Session, edit: history.Edit) -> Marked:
    """An edited record as it stands now, also of an item or a curriculum that is not in use."""
    catalog, progress = session.catalog, session.progress
    curriculum, _, address = edit.key.partition("/")
    if edit.group == "goals":
        goal_now = progress.goal if edit.key == catalog.curriculum.id else None
        return Marked(edit.key, "", views.title_of(catalog, goal_now) if goal_now else "", "goal", False)
    item = catalog.find(progress.current(address)) if curriculum == catalog.curriculum.id else None
    old, new = ({"state": "todo", **(content or {})} for content in (edit.before, edit.after))
    what = _what((old["state"], old.get("on")), (new["state"], new.get("on")), new.get("note"))
    if item is not None:
        return marks.marked(catalog, progress, item)._replace(what=what)
    return Marked(edit.key, "", edit.key, str(new["state"]), is_topic=False, what=what)
