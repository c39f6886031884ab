"""Commands for those who write a curriculum or choose one: validate, curriculum list, use, new, schema."""

import os
import re
import unicodedata
from collections.abc import Sequence
from zlib import crc32

from llmpath.cli.commands.settings import set_setting
from llmpath.cli.session import Session
from llmpath.cli.values import path_of
from llmpath.curriculum import library as dataset
from llmpath.errors import CannotWrite, DamagedCurriculum, FolderNotEmpty, UnknownCurriculum
from llmpath.guide.figure import figure_of
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from llmpath.view.results.authoring import (
    Curricula,
    CurriculumMade,
    CurriculumRow,
    CurriculumUsed,
    FolderReport,
    Validation,
)

MAX_ID = 60
STARTER_ID = "my-course"
"""The id in the files that `curriculum new` starts from."""


def validate(session: Session, folders: Sequence[str], *, github: bool = False) -> Validation:  # noqa: ARG001 - every command has it
    """Every fault and warning of the curricula in some folders; `github`: to be shown as annotations of a workflow.

    The report is the answer that was asked for. So it stands on standard output, as text, as JSON and as annotations,
    also where there are faults and the exit code is 1.
    """
    return Validation([_report(path_of(folder, "FOLDER")) for folder in folders], github)


def _report(folder: str) -> FolderReport:
    from pathlib import Path

    from llmpath.curriculum.reader import check_folder

    checked = check_folder(Path(folder))
    found = [fault._replace(file=_shown_path(folder, fault.file)) for fault in checked.problems]
    topics = checked.curriculum.topics if checked.curriculum else []
    return FolderReport(
        folder,
        checked.curriculum.id if checked.curriculum else None,
        len(topics),
        sum(len(topic.resources) for topic in topics),
        [fault for fault in found if not fault.is_warning],
        [fault for fault in found if fault.is_warning],
    )


def _shown_path(folder: str, file: str) -> str:
    """A file of a curriculum as it is reached from the working folder, or by its whole path where it is not below."""
    whole = os.path.abspath(os.path.join(folder, file))
    here = os.path.join(os.getcwd(), "")
    return whole.removeprefix(here).replace(os.sep, "/")


def list_curricula(session: Session) -> Curricula:
    """The shipped curriculum, those in the user's data folder, and the one in use wherever it is; with progress."""
    wanted = session.settings["curriculum"]
    at_hand = dataset.at_hand(session.places.data)
    log = session.stored.log
    try:
        in_use = session.place
    except UnknownCurriculum:
        lost = [CurriculumRow(wanted, None, None, None, [], True, "absent", 0, None)]
        return Curricula([*(_row(session, place, log, in_use=False) for place in at_hand), *lost])
    folders = {place.folder for place in at_hand}
    places = at_hand if in_use.folder in folders else [*at_hand, in_use]
    return Curricula([_row(session, place, log, in_use=place.folder == in_use.folder) for place in places])


def _row(session: Session, place: dataset.Place, log: Log, *, in_use: bool) -> CurriculumRow:
    try:
        catalog = dataset.load_catalog(place, session.language, session.places.cache)
    except DamagedCurriculum as error:
        return CurriculumRow(place.name, place.folder, None, None, [], in_use, "damaged", len(error.faults), None)
    curriculum, figure = catalog.curriculum, figure_of(catalog, Progress(catalog, log))
    return CurriculumRow(
        place.name, place.folder, curriculum.id, curriculum.title, curriculum.languages, in_use, "ok", 0, figure
    )


def use_curriculum(session: Session, name: str) -> CurriculumUsed:
    """Makes a curriculum the default, by its name or its folder. Raises where there is none, or a damaged one."""
    place = dataset.located(name, session.places.data)
    catalog = dataset.load_catalog(place, session.language, session.places.cache)
    figure = figure_of(catalog, Progress(catalog, session.stored.log))
    set_setting(session, "curriculum", name)
    stronger = session.settings.chosen("curriculum")
    overruled_by = stronger.origin if stronger.origin not in ("config", "default") else None
    return CurriculumUsed(name, place.folder, catalog.curriculum.title, figure, overruled_by)


def new_curriculum(session: Session, new_folder: str) -> CurriculumMade:
    """Makes a small, complete curriculum in a new or an empty folder, in the language in force.

    Raises `FolderNotEmpty` or `CannotWrite`; then nothing of it is left.
    """
    from llmpath.curriculum.schema import SCHEMAS, text_of

    folder = path_of(new_folder, "FOLDER")
    name, cache = os.path.basename(os.path.abspath(folder)), session.places.cache
    files = {
        path: _at_home(text, path).replace(f'id = "{STARTER_ID}"', f'id = "{_id_from(name)}"', 1)
        for path, text in dataset.starter_files(session.language).items()
    }
    files |= {f"schema/{file}": text_of(schema()) for file, schema in SCHEMAS.items()}
    _write_all(folder, files)
    catalog = dataset.load_catalog(dataset.Place(folder, os.path.abspath(folder)), session.language, cache)
    return CurriculumMade(folder, catalog.curriculum.id, catalog.curriculum.title, sorted(files))


def _at_home(text: str, path: str) -> str:
    """A starter file with the line that names its schema changed to where the schema is in the new folder."""
    first, _, rest = text.partition("\n")
    above = "../" * path.count("/")
    return f"#:schema {above}schema/{first.rpartition('/')[2]}\n{rest}"


def _id_from(name: str) -> str:
    """An id made from a folder's name. Progress is kept under it, so that it must not be that of another curriculum.

    Where it cannot hold every sign that tells names apart, a sum does: 我的课程 and 你的课程 are two, C++ and C# too.
    """
    whole = unicodedata.normalize("NFC", name)
    made = re.sub(r"[^a-z0-9]+", "-", whole.lower()).strip("-")[:MAX_ID].strip("-") or STARTER_ID
    if not re.fullmatch(r"[A-Za-z0-9 ._-]*", whole):
        made += f"-{crc32(whole.encode(errors='surrogateescape')):08x}"
    return f"my-{made}" if made == dataset.SHIPPED else made


def _write_all(folder: str, files: dict[str, str]) -> None:
    """Writes files into a folder that is new or empty, all of them or none."""
    made: list[str] = []
    root = os.path.abspath(folder)
    try:
        if os.path.isdir(root) and os.listdir(root):
            raise FolderNotEmpty(path=folder)
        for path, text in files.items():
            whole = os.path.join(root, *path.split("/"))
            made += _made_folders(os.path.dirname(whole))
            made.append(whole)
            with open(whole, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        _remove_all(made)
        raise CannotWrite(path=error.filename or folder, reason=error.strerror or str(error)) from error


def _made_folders(folder: str) -> list[str]:
    """Makes a folder with all above it that are missing; returns those made, the topmost first."""
    missing: list[str] = []
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        missing.insert(0, folder)
        folder = os.path.dirname(folder)
    for path in missing:
        os.mkdir(path)
    return missing


def _remove_all(paths: list[str]) -> None:
    from contextlib import suppress

    for path in reversed(paths):
        with suppress(OSError):
            if os.path.isdir(path):
                os.rmdir(path)
            else:
                os.unlink(path)


def schema(session: Session, *, topic: bool = False) -> None:
    """Writes the JSON Schema of `curriculum.toml`, or of a topic's file, to standard output."""
    from llmpath.curriculum.schema import outline_schema, text_of, topic_schema

    session.terminal.show_file(text_of(topic_schema() if topic else outline_schema()))
