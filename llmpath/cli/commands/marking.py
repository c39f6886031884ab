"""Commands that change what is recorded: start, done, skip, reset, note, goal, undo, redo."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial

from llmpath.cli.commands.preferences import goal_in_force, past_day, preferences_of
from llmpath.cli.programs import edit_file
from llmpath.cli.session import Session
from llmpath.curriculum.catalog import Item
from llmpath.curriculum.entries import Resource
from llmpath.errors import Declined, EditorFailed, NotConfirmed, NothingUnderWay, UsageError
from llmpath.guide.figure import figure_of
from llmpath.guide.recommend import goal_topics
from llmpath.progress import log as logs
from llmpath.progress.document import Table
from llmpath.progress.file import Saved
from llmpath.progress.log import Log
from llmpath.progress.progress import Note, Progress
from llmpath.view.items import topic_row
from llmpath.view.next_steps import finished_cores, hours_of, marked, next_steps, offered_goals
from llmpath.view.results.guiding import GoalShown
from llmpath.view.results.marking import Changed, Marked, NoteRow, NotesShown


def start(session: Session, items: Sequence[str], *, on: str | None = None, note: str | None = None) -> Changed:
    """Sets items under way."""
    return _mark(session, "start", session.catalog.resolve_all(items, strict=True), on, note)


def done(session: Session, *items: str, on: str | None = None, note: str | None = None) -> Changed:
    """Sets items done; without any the resource that was opened or started last."""
    found = session.catalog.resolve_all(items, strict=True) if items else [_under_way(session)]
    return _mark(session, "done", found, on, note)


def _under_way(session: Session) -> Item:
    """The resource that was opened or started last. Raises `NothingUnderWay` where that is none, or not open."""
    catalog, progress = session.catalog, session.progress
    last = progress.last_touched
    item = catalog.find(last) if last is not None and progress.own_state(last) == "doing" else None
    if item is not None and isinstance(item.entry, Resource):
        return item
    started = [name for name in progress.touched() if progress.own_state(name) == "doing" and progress.is_known(name)]
    topics = [topic for topic, state in progress.states().items() if state == "doing"]
    raise NothingUnderWay([(name, catalog.title_of(name)) for name in dict.fromkeys([*started, *topics])])


def skip(session: Session, items: Sequence[str], *, on: str | None = None, note: str | None = None) -> Changed:
    """Leaves items out of the count: known already, or not wanted."""
    return _mark(session, "skip", session.catalog.resolve_all(items, strict=True), on, note)


def reset(
    session: Session,
    *items: str,
    every: bool = False,
    yes: bool = False,
    on: str | None = None,
    note: str | None = None,
) -> Changed:
    """Clears the state of items, and their recalls; notes stay. `every`: of all that have any, after a question."""
    if every == bool(items):
        raise UsageError("all_and_items" if every else "no_item")
    if not every:
        return _mark(session, "reset", session.catalog.resolve_all(items, strict=True), on, note)
    found = [session.catalog.find(name) for name in session.progress_with_reviews.touched()]
    touched = [item for item in found if item is not None]
    if touched and not yes:
        if not session.terminal.can_answer:
            raise NotConfirmed
        if not session.agrees(session.say("ask.reset_all", count=len(touched))):
            raise Declined
    return _mark(session, "reset", touched, on, note)


def _mark(session: Session, verb: str, items: Sequence[Item], on: str | None, note: str | None) -> Changed:
    day = past_day(on, session.now().date())
    text = _note(note) if note is not None else None
    names = [item.id for item in items]
    recalls = session.progress_with_reviews.recalls if verb == "reset" else {}

    def make(log: Log) -> list[Table]:
        progress = session.progress_in(log)
        changed = [name for name in names if _changes(verb, progress.own_state(name), day) or name in recalls]
        marks: list[Table] = [{verb: changed, "on": day}] if changed else []
        return [*marks, *_notes(progress, names, text)]

    return _changed(session, verb, items, session.record(make))


def _changes(verb: str, state: str, day: date | None) -> bool:
    """Whether a command changes an item: no other takes back that it is done, and doing it again is no new day."""
    if state == logs.STATE_OF[verb]:
        return day is not None and verb != "reset"
    return state != "done" or verb == "reset"


def _notes(progress: Progress, names: Sequence[str], text: str | None) -> list[Table]:
    """A note on items, where they have not that very one."""
    noted = [name for name in names if text not in [note.text for note in progress.notes(name)]]
    return [{"note": noted, "text": text}] if text is not None and noted else []


def _note(text: str) -> str:
    """The text of a note as it is kept. Raises `UsageError`."""
    stripped = text.replace("\r\n", "\n").replace("\t", " ").strip()
    if not stripped:
        raise UsageError("empty_note")
    if fault := logs.note_fault(stripped):
        raise UsageError(fault, limit=logs.MAX_NOTE)
    return stripped


def _changed(session: Session, command: str, items: Sequence[Item] = (), saved: Saved | None = None) -> Changed:
    """The changes that a command made among `items`, and where the learner stands after it."""
    progress, catalog = session.progress, session.catalog
    whats = _whats(saved) if saved is not None else {}
    touched = [marked(catalog, progress, item)._replace(what=whats[item.id]) for item in items if item.id in whats]
    inside = dict.fromkeys(item.topic.id for item in items if item.id in whats and item.id != item.topic.id)
    following = next_steps(catalog, progress, preferences_of(session), goal_in_force(session))
    return Changed(
        command,
        touched,
        [marked(catalog, progress, item) for item in items if item.id not in whats],
        figure_of(catalog, progress),
        [topic_row(catalog, progress, catalog.briefs[topic]) for topic in inside],
        finished_cores(catalog, progress, inside),
        following.suggestions[0] if following.suggestions else None,
    )


def _whats(saved: Saved) -> dict[str, str]:
    """The change that new entries make to each item, as in `Marked`."""
    old = len(saved.before.log.tables) if saved.before is not None else 0
    new = [entry for entry in saved.after.log.entries if entry.place >= old] if saved.is_changed else []
    whats: dict[str, str] = {}
    for entry in sorted(new, key=lambda entry: entry.verb != "note"):
        what = "state" if entry.verb != "note" else "note_written" if "text" in entry.fields else "note_cleared"
        whats |= dict.fromkeys(entry.items, what)
    return whats


def write_note(
    session: Session, item: str | None = None, *text: str, edit: bool = False, clear: bool = False
) -> Changed | NotesShown:
    """Adds a note of the user's own to an item, or shows those that it has; without an item all that there are.

    `edit`: the newest in the user's editor; `clear`: removes all of the item.
    """
    is_change = bool(text) or edit or clear
    if item is None and is_change:
        raise UsageError("note_without_item")
    if bool(text) + edit + clear > 1:
        raise UsageError("clear_and_text")
    if item is None:
        return NotesShown(None, [_note_row(session, note) for note in session.progress.all_notes()])
    found = session.catalog.resolve(item, strict=is_change)
    notes = session.progress.notes(found.id)
    if not is_change:
        return NotesShown(
            marked(session.catalog, session.progress, found), [_note_row(session, note) for note in notes]
        )
    hidden = notes if clear else notes[-1:] if edit else []
    old = hidden[0].text if edit and hidden else ""
    written = _edited(session, old) if edit else " ".join(text)
    kept = _note(written) if text or written.strip() else ""

    def make(log: Log) -> list[Table]:
        if edit and kept == old:
            return []
        if not hidden:
            return _notes(session.progress_in(log), [found.id], kept or None)
        told = {"text": kept} if kept else {}
        return [{"note": [found.id], **told, "hides": [note.at for note in hidden]}]

    return _changed(session, "note", [found], session.record(make))._replace(note=kept)


def _note_row(session: Session, note: Note) -> NoteRow:
    return NoteRow(note.item, session.catalog.title_of(note.item), note.at, note.day, note.text)


def _edited(session: Session, text: str) -> str:
    """A text as the user leaves it in their editor. Raises `UsageError` without one, `EditorFailed` where it fails."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "note.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n" if text else "")
        editor = edit_file(session, path)
        try:
            with open(path, encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise EditorFailed(editor=editor, reason=str(error)) from error


def goal(session: Session, goal: str | None = None, *, clear: bool = False) -> GoalShown | Changed:
    """Sets, clears or shows the goal."""
    if clear and goal is not None:
        raise UsageError("clear_and_goal")
    if goal is None and not clear:
        return _shown_goal(session)
    target = session.catalog.resolve_goal(goal).id if goal is not None else None

    def make(log: Log) -> list[Table]:
        return [{"goal": [target] if target else []}] if session.progress_in(log).goal != target else []

    changed, unchanged = ("goal_cleared", "no_goal") if clear else ("goal", "goal_unchanged")
    command = changed if session.record(make).is_changed else unchanged
    return _changed(session, command)._replace(note=session.catalog.title_of(target) if target else None)


def _shown_goal(session: Session) -> GoalShown:
    """The goal in force, and how far it is; what one may head for."""
    catalog, progress = session.catalog, session.progress
    target = goal_in_force(session)
    topics = goal_topics(catalog, progress, target) if target is not None else []
    offered = offered_goals(catalog, progress) if not topics else []
    title = catalog.title_of(target) if target is not None else None
    return GoalShown(target, title, len(topics), hours_of(catalog, progress, topics), offered)


def undo(session: Session) -> Changed:
    """Takes the newest command back, whole."""
    return _turned(session, "undo", logs.undoable, logs.undo_entries)


def redo(session: Session) -> Changed:
    """Repeats the command that was taken back last."""
    return _turned(session, "redo", logs.redoable, logs.redo_entries)


def _turned(
    session: Session,
    name: str,
    choose: Callable[[Sequence[Log]], logs.Command | None],
    entries_of: Callable[[logs.Command], Sequence[Table]],
) -> Changed:
    """Takes back, or repeats, the command that `choose` finds in the progress and the reviews, under both locks."""
    files, seen = [session.log_file, session.reviews_file], [session.stored, session.reviews]
    chosen = choose([stored.log for stored in seen])
    if chosen is None:
        return _changed(session, f"nothing_to_{name}")
    files[chosen.log].writable(seen[chosen.log])
    with ExitStack() as locks:
        for place, (file, stored) in enumerate(zip(files, seen, strict=True)):
            if stored.content:  # one that was not there is not locked, so it is not looked at again either
                locks.enter_context(file.locked())
                seen[place] = file.read(stored)
        chosen = choose([stored.log for stored in seen])
        if chosen is None:
            return _changed(session, f"nothing_to_{name}")
        number = chosen.log

        def make(log: Log) -> list[Table]:
            """Chooses once more: an editor may have saved the file since."""
            nonlocal chosen
            now = [log if place == number else stored.log for place, stored in enumerate(seen)]
            found = choose(now)
            chosen = found if found is not None and found.log == number else None
            times = [each.newest for each in now if each.newest is not None]
            return logs.stamped(entries_of(chosen), max(times), session.now()) if chosen is not None else []

        saved = files[number].append(seen[number], make, partial(session.take_over, is_reviews=number == 1))
    session.warned(saved)
    if chosen is None:
        return _changed(session, f"nothing_to_{name}")
    return _changed(session, name)._replace(
        undone_command=chosen.verb,
        undone_at=chosen.at,
        items=[
            _marked_again(session, name, entry, item)
            for entry in chosen.entries
            for item in entry.items or [""] * (entry.verb == "goal")
        ],
    )


def _marked_again(session: Session, command: str, entry: logs.Entry, name: str) -> Marked:
    """An item as it stands after undo or redo, also one of a curriculum that is not in use."""
    catalog, progress = session.catalog, session.progress
    is_own = entry.curriculum == catalog.curriculum.id
    if entry.verb == "goal":
        goal_now = progress.goal if is_own else None
        return Marked(name, "", catalog.title_of(goal_now) if goal_now else "", "goal", is_topic=False)
    item = catalog.find(progress.current(name)) if is_own else None
    if item is None:
        return Marked(name, "", f"{entry.curriculum}/{name}", "todo", is_topic=False, what="elsewhere")
    what = {"recall": "recall", "note": "note_undone" if command == "undo" else "note_written"}.get(entry.verb, "state")
    return marked(catalog, progress, item)._replace(what=what)
