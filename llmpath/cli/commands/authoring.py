"""Commands for those who write a curriculum or choose one: validate, curriculum list, use, new, schema."""

import itertools
import os
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from llmpath.cli.commands.settings import set_setting
from llmpath.cli.session import Session
from llmpath.cli.values import path_of
from llmpath.curriculum import library
from llmpath.curriculum.problems import Problem
from llmpath.errors import CannotWrite, DamagedCurriculum, FolderNotEmpty, LlmpathError, UnknownCurriculum
from llmpath.files.lock import StillLocked
from llmpath.guide.figure import figure_of
from llmpath.progress.progress import Progress
from llmpath.view.results import authoring as r

MAX_ID = 60
STARTER_ID = "my-course"
"""The id in the files that `curriculum new` starts from."""


def validate(session: Session, folders: Sequence[str]) -> r.Validation:
    """Every fault and warning of the curricula in some folders.

    The report is the answer that was asked for. So it stands on standard output, also where there are faults and the
    exit code is 1.
    """
    return r.Validation([_report(session, path_of(folder, "FOLDER")) for folder in folders])


def _report(session: Session, folder: str) -> r.FolderReport:
    from llmpath.curriculum.reader import check_folder

    checked = check_folder(Path(folder))
    found = [fault._replace(file=_shown_path(folder, fault.file)) for fault in checked.problems]
    topics = checked.curriculum.topics if checked.curriculum else []
    if checked.curriculum and (other := session.curriculum_with(checked.curriculum.id, folder)):
        file = _shown_path(folder, library.OUTLINE)
        found.append(Problem("shared_id", file, "id", 0, (other,), is_warning=True))
    return r.FolderReport(
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


def list_curricula(session: Session) -> r.Curricula:
    """The shipped curriculum, the user's own, and the one in use wherever it is; with progress."""
    data = session.places.data
    places = [*library.known_places(data), *library.moved(data)]
    try:
        in_use = session.place
    except UnknownCurriculum as error:
        in_use = library.Place(str(error.fields["name"]), str(error.fields.get("folder", "")))
    if in_use.folder not in {place.folder for place in places}:
        places.append(in_use)
    return r.Curricula([_row(session, place, in_use=place.folder == in_use.folder) for place in places])


def _row(session: Session, place: library.Place, *, in_use: bool) -> r.CurriculumRow:
    row = r.CurriculumRow(place.name, place.folder or None, None, None, [], in_use, "ok", 0, None)
    if not place.folder or not os.path.isfile(os.path.join(place.folder, library.OUTLINE)):
        return row._replace(health="absent")
    try:
        catalog = library.load_catalog(place, session.language, session.places.cache)
    except DamagedCurriculum as error:
        return row._replace(health="damaged", faults=len(error.faults))
    curriculum, figure = catalog.curriculum, figure_of(catalog, Progress(catalog, session.stored.log))
    return row._replace(id=curriculum.id, title=curriculum.title, languages=curriculum.languages, progress=figure)


def use_curriculum(session: Session, name: str) -> r.CurriculumUsed:
    """Makes a curriculum the default, by its name or its folder. Raises where there is none, or a damaged one.

    One elsewhere is found by its id from then on.
    """
    place = library.located(path_of(name, "NAME"), session.places.data)
    catalog = library.load_catalog(place, session.language, session.places.cache)
    curriculum = catalog.curriculum
    library.check_id(curriculum.id, place)
    if other := session.curriculum_with(curriculum.id, place.folder):
        session.warn("warning.shared_id", id=curriculum.id, folder=other)
    figure = figure_of(catalog, Progress(catalog, session.stored.log))
    set_setting(session, "curriculum", name)
    _remember(session, curriculum.id, place.folder)
    origin = session.settings.origin("curriculum")
    overruled_by = origin if origin not in ("config", "default") else None
    return r.CurriculumUsed(name, place.folder, curriculum.title, figure, overruled_by)


def _remember(session: Session, name: str, folder: str) -> None:
    """Lets a curriculum be found by its id, unless that is the name of another one."""
    others = {place.name: place.folder for place in library.known_places(session.places.data)}
    if others.get(name, folder) == folder:
        try:
            library.remember(library.Place(name, folder), session.places.data)
        except (OSError, LlmpathError, StillLocked) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            session.warn("warning.not_remembered", folder=folder, reason=reason)


def new_curriculum(session: Session, new_folder: str) -> r.CurriculumMade:
    """Makes a small, complete curriculum in the language in force, in a folder that has none of its files yet.

    Its id is one that is not in use. Raises `FolderNotEmpty` or `CannotWrite`; then nothing of it is left.
    """
    from llmpath.curriculum.schema import SCHEMAS, text_of

    folder = os.path.abspath(path_of(new_folder, "FOLDER"))
    name = _free_id(session, os.path.basename(folder))
    files = {
        path: _at_home(text, path).replace(f'id = "{STARTER_ID}"', f'id = "{name}"', 1)
        for path, text in library.starter_files(session.language).items()
    }
    files |= {f"schema/{file}": text_of(schema()) for file, schema in SCHEMAS.items()}
    _write_all(folder, files)
    session.is_saved = True
    _remember(session, name, folder)
    catalog = library.load_catalog(library.Place(name, folder), session.language, session.places.cache)
    return r.CurriculumMade(path_of(new_folder, "FOLDER"), name, catalog.curriculum.title, sorted(files))


def _free_id(session: Session, folder_name: str) -> str:
    """An id made of a folder's name that no available curriculum has, and that no progress is kept under.

    Where it does not hold all that tells names apart, a sum does, on other machines too: of 我的课程, C++ and C#.
    """
    whole = unicodedata.normalize("NFC", folder_name)
    wanted = re.sub(r"[^a-z0-9]+", "-", whole.lower()).strip("-")[:MAX_ID].strip("-") or STARTER_ID
    if not re.fullmatch(r"[A-Za-z0-9 ._-]*", whole):
        wanted += f"-{crc32(whole.encode(errors='surrogateescape')):08x}"
    taken = {*session.ids().values(), *(place.name for place in library.moved(session.places.data)), library.SHIPPED}
    with suppress(LlmpathError):
        taken |= {entry.curriculum for entry in session.stored.log.entries}
    numbered = (f"{wanted}-{number}" for number in itertools.count(2))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _at_home(text: str, path: str) -> str:
    """A starter file with the line that names its schema changed to where the schema is in the new folder."""
    first, _, rest = text.partition("\n")
    above = "../" * path.count("/")
    return f"#:schema {above}schema/{first.rpartition('/')[2]}\n{rest}"


def _write_all(folder: str, files: dict[str, str]) -> None:
    """Writes files into a folder that has none of them, all or none; others may be there."""
    paths = {Path(folder, path): text for path, text in files.items()}
    if there := next(filter(os.path.lexists, paths), None):
        raise FolderNotEmpty(path=str(there))
    made: list[Path] = []
    try:
        for path, text in paths.items():
            for above in reversed(path.parents):
                if not above.is_dir():
                    above.mkdir()
                    made.append(above)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):
                if path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
        if isinstance(error, OSError):
            raise CannotWrite(path=error.filename or folder, reason=error.strerror or str(error)) from error
        raise


def schema(session: Session, *, topic: bool = False) -> None:
    """Writes the JSON Schema of `curriculum.toml`, or of a topic's file, to standard output."""
    from llmpath.curriculum.schema import outline_schema, text_of, topic_schema

    session.terminal.show_file(text_of(topic_schema() if topic else outline_schema()))
