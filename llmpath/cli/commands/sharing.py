"""Commands that take the curriculum and its progress elsewhere and back: export and import."""

import os
from collections.abc import Sequence
from contextlib import suppress

from llmpath.cli.commands.checks import file_name
from llmpath.cli.run import look_of
from llmpath.cli.session import Session
from llmpath.curriculum import library as dataset
from llmpath.errors import CannotRead, LlmpathError, NoChecklist, OtherCurriculum, UnusableFile
from llmpath.exchange.checklist import Misread, Reading, changes_from, checklist_of, notes_left, read_checklist
from llmpath.files import outputs
from llmpath.files.bounded import FileTooLarge, NotARegularFile, read_dated
from llmpath.guide import views
from llmpath.progress import changes
from llmpath.progress.edits import with_changes
from llmpath.progress.progress_file import Stored, file_time
from llmpath.progress.records import Change, Document, Progress
from llmpath.view.results.keeping import Difference
from llmpath.view.results.sharing import Exported, Imported

MAX_BYTES = 4 * 1024 * 1024
MAX_WARNINGS = 50
BOM = "\ufeff"


def export(
    session: Session, form: str, *, output: str | None = None, force: bool = False, with_notes: bool = False
) -> Exported | None:
    """The curriculum with its progress as `md`, `csv`, `json`, `html` or `svg`, to standard output or into a file.

    `with_notes`: html and svg have the learner's notes, which they else leave out, since they are for showing.

    A CSV file begins with a byte order mark, without which Excel reads no Chinese; a pipe gets none, for there it
    would become a part of the first column's name.
    """
    content = _content(session, form, with_notes=with_notes)
    if output is None:
        session.terminal.show_file(content)
        return None
    mark = BOM if form == "csv" else ""
    failure = outputs.write_output(file_name(output, "--output"), (mark + content).encode(), force=force)
    session.is_saved = True
    if failure is not None:
        session.warn("warning.not_flushed", path=output, reason=failure.strerror or "")
    return Exported(os.path.abspath(output))


def _content(session: Session, form: str, *, with_notes: bool) -> str:
    if form in ("html", "svg"):
        from llmpath.cli.commands import map as maps

        return (maps.page if form == "html" else maps.picture)(session, with_notes=with_notes)
    look = look_of(session)
    if form == "md":
        return checklist_of(session.catalog, session.progress, look)
    from llmpath.exchange.tables import csv_of, export_of

    whole = export_of(session.catalog, session.progress)
    if form == "csv":
        return csv_of(whole)
    from llmpath.text.clean import json_text
    from llmpath.view.screens.as_json import json_of

    return json_text(json_of(whole, look)) + "\n"


def import_checklist(session: Session, file: str, *, dry_run: bool = False) -> Imported:
    """Marks what is ticked in a check list as done, and restores what it says of items untouched here, with notes.

    What is ticked counts as done now. What is restored counts as written when the file was: it must not win over what
    another machine has done with the item since.
    """
    text, modified = _text(file)
    reading = _reading(session, file, text)
    before = session.progress
    today = session.now().date()
    restored_at = file_time(modified, session.now())
    if dry_run:
        session.store.strictly(session.stored)
        wanted = changes_from(reading.boxes, before, today)
    else:
        wanted = []

        def transform(stored: Stored) -> Document:
            nonlocal before, wanted
            before = session.progress_in(stored)
            wanted = changes_from(reading.boxes, before, today)
            ticked = [change for change in wanted if change.state == "done"]
            restored = [change for change in wanted if change.state != "done"]
            document = with_changes(stored.document, restored, restored_at, stored.written_at)
            return with_changes(document, ticked, session.now(), stored.written_at)

        changes.save(session, "import", transform, force_backup=True)
    figure = before.figure() if dry_run else session.progress.figure()
    left = notes_left(reading.boxes, before)
    return Imported(file, _differences(session, before, wanted), figure, dry_run, left)


def _reading(session: Session, file: str, text: str) -> Reading:
    """What the file says; lines that were not understood are told. Raises where it is no check list of this one."""
    reading = read_checklist(text, session.catalog)
    current = session.catalog.curriculum.id
    if reading.curriculum not in (None, current):
        wanted = _name_of(session, reading.curriculum)
        raise OtherCurriculum(path=file, name=reading.curriculum, current=current, wanted=wanted)
    _tell_misread(session, file, reading.misread)
    if not reading.boxes:
        raise NoChecklist(path=file)
    return reading


def _name_of(session: Session, curriculum: str) -> str:
    """What `--curriculum` is to be told for the one with an id: its name, or `FOLDER` where it is not at hand."""
    for place in dataset.at_hand(session.places.data):
        with suppress(LlmpathError):
            if dataset.load_catalog(place, session.language.value, session.places.cache).curriculum.id == curriculum:
                return f'"{place.name}"' if " " in place.name else place.name
    return "FOLDER"


def _text(file: str) -> tuple[str, float]:
    """What is in a file, and when it was written, in seconds since 1970."""
    try:
        content, modified = read_dated(file, MAX_BYTES)
        return content.decode("utf-8-sig"), modified
    except UnicodeDecodeError:
        raise UnusableFile(file, "not_utf8") from None
    except FileTooLarge:
        raise UnusableFile(file, "too_large", MAX_BYTES // 1024 // 1024) from None
    except NotARegularFile:
        raise CannotRead(path=file, reason="not a regular file") from None
    except OSError as error:
        raise CannotRead(path=file, reason=error.strerror or str(error)) from error


def _tell_misread(session: Session, file: str, misread: Sequence[Misread]) -> None:
    for entry in misread[:MAX_WARNINGS]:
        reason = session.say(f"import.{entry.reason}")
        session.warn("import.line", path=file, line=entry.line, reason=reason, text=_shortened(entry.text))
    if len(misread) > MAX_WARNINGS:
        session.warn("import.more_lines", count=len(misread) - MAX_WARNINGS)


def _shortened(text: str, limit: int = 100) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _differences(session: Session, before: Progress, wanted: Sequence[Change]) -> list[Difference]:
    """What changes, item by item: the state, or only the note."""
    prefix = before.key("")
    found: list[Difference] = []
    for change in wanted:
        address = before.current(change.key.removeprefix(prefix))
        title, own = views.title_of(session.catalog, address), before.own_state(address)
        what = "new_note" if change.state is None else "state"
        found.append(Difference(change.key, title, own, change.state or own, what))
    return found
