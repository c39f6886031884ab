"""Commands that take the curriculum and its progress elsewhere and back: export and import."""

from collections.abc import Sequence
from typing import Any

from llmpath.cli.run import hand_over, look_of
from llmpath.cli.session import Session
from llmpath.cli.values import path_of, text_of
from llmpath.curriculum import library
from llmpath.errors import NoChecklist, OtherCurriculum, UnusableFile
from llmpath.exchange.checklist import checklist_of
from llmpath.exchange.checklist_reader import Misread, Reading, Wanted, entries_from, read_checklist, wanted_from
from llmpath.guide.figure import figure_of
from llmpath.progress.document import Table
from llmpath.progress.log import STATE_OF, Log
from llmpath.progress.progress import Progress
from llmpath.view.quoting import quoted
from llmpath.view.results.keeping import Difference, Exported, Imported

MAX_WARNINGS, MAX_SHOWN = 50, 100
MAX_MEGABYTES, MAX_LINES = 8, 200_000
"""Of a check list: that of a course of 2,000 topics has 6 MB and 35,000 lines."""
"""How many lines of a check list are named that were not understood, and how many characters of each."""

BOM = "\ufeff"


def export_md(session: Session, *, output: str | None = None, force: bool = False) -> Exported | None:
    """The curriculum with the progress as a GitHub check list."""
    return hand_over(session, checklist_of(session.catalog, session.progress, look_of(session)), output, force=force)


def export_csv(session: Session, *, output: str | None = None, force: bool = False) -> Exported | None:
    """The curriculum with the progress as a table.

    A file begins with a byte order mark, without which Excel reads no Chinese; a pipe gets none, for there it would
    become a part of the first column's name.
    """
    from llmpath.exchange.tables import csv_of

    mark = BOM if output is not None else ""
    return hand_over(session, mark + csv_of(_document(session)), output, force=force)


def export_json(session: Session, *, output: str | None = None, force: bool = False) -> Exported | None:
    """The curriculum with the progress as one JSON document."""
    from llmpath.text.clean import json_text

    return hand_over(session, json_text(_document(session)) + "\n", output, force=force)


def _document(session: Session) -> dict[str, Any]:
    from llmpath.exchange.tables import export_of
    from llmpath.view.screens.as_json import json_of

    return json_of(export_of(session.catalog, session.progress), look_of(session))


def export_anki(
    session: Session, *, done: bool = False, output: str | None = None, force: bool = False
) -> Exported | None:
    """The questions as notes for Anki, of all concepts or of those that are `done`; that there are none is said."""
    from llmpath.exchange.anki import cards_of, text_of
    from llmpath.guide.review import learned

    days = learned(session.catalog, session.progress, session.now().date()).days if done else None
    cards = cards_of(session.catalog, days)
    if not cards:
        session.notify("export.no_questions_done" if done else "export.no_questions", {})
    return hand_over(session, text_of(cards), output, force=force)


def import_checklist(session: Session, file: str, *, dry_run: bool = False) -> Imported:
    """Marks what is ticked in a check list as done, and restores what it says of items untouched here, with notes."""
    file = path_of(file, "FILE")
    text = text_of(file, MAX_MEGABYTES)
    if text.count("\n") > MAX_LINES:
        raise UnusableFile(file, "dense_markdown")
    reading = _reading(session, file, text)
    before, today = session.progress, session.now().date()
    wanted = wanted_from(reading.boxes, before, today)
    session.log_file.writable(session.stored)

    def make(log: Log) -> list[Table]:
        nonlocal before, wanted
        before = session.progress_in(log)
        wanted = wanted_from(reading.boxes, before, today)
        return entries_from(wanted)

    if not dry_run:
        session.record(make, keep_copy=True)
    figure = figure_of(session.catalog, before if dry_run else session.progress)
    return Imported(file, _differences(session, before, wanted), figure, dry_run)


def _reading(session: Session, file: str, text: str) -> Reading:
    """The check list in a file; warns of lines that were not understood. Raises where it is of another curriculum."""
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
    """The value of `--curriculum` for the curriculum with an id: its name, or `FOLDER` where it is not available."""
    ids = session.ids()
    names = (place.name for place in library.known_places(session.places.data) if ids.get(place.folder) == curriculum)
    return quoted(next(names, "FOLDER"))


def _tell_misread(session: Session, file: str, misread: Sequence[Misread]) -> None:
    for line in misread[:MAX_WARNINGS]:
        text = line.text if len(line.text) <= MAX_SHOWN else f"{line.text[: MAX_SHOWN - 1]}…"
        session.warn("import.line", path=file, line=line.line, reason=session.say(f"import.{line.reason}"), text=text)
    if len(misread) > MAX_WARNINGS:
        session.warn("import.more_lines", count=len(misread) - MAX_WARNINGS)


def _differences(session: Session, before: Progress, wanted: Sequence[Wanted]) -> list[Difference]:
    """The changes, item by item: the state, or only the notes."""
    found: list[Difference] = []
    for each in wanted:
        own = before.own_state(each.item)
        after = STATE_OF[each.verb] if each.verb else own
        title = session.catalog.title_of(each.item)
        found.append(Difference(each.item, title, own, after, "state" if each.verb else "new_note"))
    return found
