"""Edge: which curricula there are and where; compiles and loads them. The one module that knows data/.

What is compiled comes with the wheel, or is kept in the cache folder. A cache that cannot be written costs time,
nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from llmpath.curriculum import snapshot
from llmpath.curriculum.catalog import Catalog
from llmpath.errors import DamagedCurriculum, LittleMemory, MovedCurriculum, ReservedId, UnknownCurriculum
from llmpath.files import folders as places
from llmpath.files.atomic import remove_leftovers, write_atomically
from llmpath.files.bounded import read_bounded
from llmpath.files.folders import INDEX
from llmpath.text.languages import language_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from llmpath.curriculum.models import Curriculum

    T = TypeVar("T")


SHIPPED = places.SHIPPED
COMPILED = places.COMPILED
OUTLINE = places.OUTLINE
ELSEWHERE = ".path"
"""The ending of a file that names the folder of a curriculum elsewhere."""

LOCK_SECONDS = 5.0
MAX_PATH_BYTES = 8 * 1024
MAX_COMPILED_BYTES = 256 * 1024 * 1024
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_COMPILERS = ("kinds", "models", "entries", "catalog", "snapshot")
"""The modules that decide what is compiled: a checkout in which one changes compiles anew."""


def data_folder() -> str:
    """The folder of the authored files: in the package once installed, beside it in a checkout."""
    packaged = os.path.join(_PACKAGE, "data")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(_PACKAGE), "data")


class Place(NamedTuple):
    """The place of a curriculum: the `folder` of its files, and the `name` by which it is asked for."""

    name: str
    folder: str


def shipped() -> Place:
    """The curriculum that comes with the program."""
    return Place(SHIPPED, os.path.join(data_folder(), SHIPPED))


def own_folder(user_data: str) -> str:
    """The folder in which the user's own curricula are found by name."""
    return os.path.join(user_data, "curricula")


def known_places(user_data: str) -> list[Place]:
    """The shipped curriculum, then the user's own by name; none of these has the name of the shipped one."""
    return [shipped(), *(place for place in _own(user_data) if _is_there(place.folder) and place.name != SHIPPED)]


def moved(user_data: str) -> list[Place]:
    """The user's curricula whose folders are gone, by name."""
    inside = os.path.join(own_folder(user_data), "")
    return [
        place for place in _own(user_data) if not place.folder.startswith(inside) and not os.path.isdir(place.folder)
    ]


def _own(user_data: str) -> list[Place]:
    """The entries in the folder of the user's curricula: folders, and files that name a folder elsewhere."""
    own = own_folder(user_data)
    try:
        names = sorted(os.listdir(own))
    except OSError:
        return []
    found = {name: os.path.join(own, name) for name in names if not name.endswith(ELSEWHERE)}
    for name in names:
        if name.endswith(ELSEWHERE) and (folder := _told(os.path.join(own, name))):
            found.setdefault(name.removesuffix(ELSEWHERE), folder)
    return [Place(name, folder) for name, folder in found.items()]


def _told(path: str) -> str:
    """The folder that a file names; empty where it names none."""
    try:
        return os.fsdecode(read_bounded(path, MAX_PATH_BYTES)).strip("\n")
    except OSError:
        return ""


def _is_there(folder: str) -> bool:
    return bool(folder) and os.path.isfile(os.path.join(folder, OUTLINE))


def remember(place: Place, user_data: str) -> None:
    """Lets a curriculum elsewhere be found by its name from now on. Raises `OSError` or `StillLocked`."""
    own = own_folder(user_data)
    if os.path.dirname(os.path.realpath(place.folder)) == os.path.realpath(own) or place == shipped():
        return
    from llmpath.files.lock import acquire

    os.makedirs(own, exist_ok=True)
    lock = acquire(os.path.join(own, ".lock"), LOCK_SECONDS, LOCK_SECONDS, lambda: None)
    try:
        remove_leftovers(own, lambda name: name.endswith(ELSEWHERE))
        write_atomically(os.path.join(own, place.name + ELSEWHERE), os.fsencode(place.folder) + b"\n")
    finally:
        lock.release()


def located(wanted: str, user_data: str) -> Place:
    """The curriculum of that name, or in that folder. Raises `UnknownCurriculum` or `MovedCurriculum`."""
    if wanted == SHIPPED:
        return shipped()
    own = {place.name: place.folder for place in _own(user_data)}
    for folder in (own.get(wanted, ""), wanted):
        if _is_there(folder):
            return Place(wanted, os.path.abspath(folder))
    if wanted in own or os.path.isabs(wanted):
        raise MovedCurriculum(name=wanted, folder=own.get(wanted, wanted))
    raise UnknownCurriculum(name=wanted)


def check_id(name: str, place: Place) -> None:
    """Refuses the id of the shipped curriculum to any other, because progress is kept under it.

    Raises `ReservedId`.
    """
    if name == SHIPPED and os.path.realpath(place.folder) != os.path.realpath(shipped().folder):
        raise ReservedId(folder=place.folder, id=name)


def starter_files(language: str) -> dict[str, str]:
    """The files of a small curriculum to start from, by their paths inside its folder."""
    from pathlib import Path

    folder = Path(data_folder()) / "starters" / language
    files = sorted(folder.rglob("*.toml"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def load_curriculum(folder: str | None = None) -> Curriculum:
    """The curriculum in `folder`, by default the shipped one, as the models define it. Raises `DamagedCurriculum`."""
    from pathlib import Path

    from llmpath.curriculum.reader import check_folder

    chosen = folder or shipped().folder
    checked = check_folder(Path(chosen))
    if checked.curriculum is None:
        raise DamagedCurriculum(chosen, [problem for problem in checked.problems if not problem.is_warning])
    return checked.curriculum


def load_catalog(place: Place, language: str, cache_folder: str) -> Catalog:
    """The light view of a curriculum, in `language` or else in its own first one. Raises `DamagedCurriculum`."""
    compiled = Compiled(place, cache_folder)

    questions = snapshot.Questions(lambda: compiled.read(snapshot.QUESTIONS, snapshot.questions_from, language))
    curriculum, digest = compiled.read(
        snapshot.COURSE, lambda document: snapshot.curriculum_from(document, questions), language
    )
    return Catalog(curriculum, lambda: compiled.read(snapshot.NAMES, snapshot.names_from), digest)


def load_index(place: Place, language: str, cache_folder: str, reader: Callable[[list[list[str]]], T]) -> T:
    """What `reader` makes of the rows that `snapshot` keeps for a TAB. Raises `DamagedCurriculum`."""
    compiled = Compiled(place, cache_folder)
    return compiled.read(INDEX, lambda document: reader(snapshot.index_from(document)), language)


class Compiled:
    """The documents of one curriculum: those of the wheel or the cache, or made from the files just now."""

    def __init__(self, place: Place, cache_folder: str) -> None:
        self._place = place
        self._made: Mapping[str, bytes] | None = None
        self._folder = os.path.join(COMPILED, place.name)
        if place != shipped() or not os.path.isdir(self._folder):
            self._folder = os.path.join(cache_folder, "compiled", _stamp(place.folder))

    def read(self, name: str, reader: Callable[[bytes], T], language: str | None = None) -> T:
        """What `reader` makes of a document; of the one in a language, or else in the first, where there are several.

        Documents that are not there, or not what was written, are made anew. Raises `DamagedCurriculum`.
        """
        if self._made is None:
            try:
                return reader(self._document(name, language))
            except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
                self._made = self._compiled()
        return reader(self._document(name, language))

    def _document(self, name: str, language: str | None) -> bytes:
        manifest = snapshot.manifest_from(self._content(snapshot.MANIFEST))
        whole = name if language is None else _best_of(manifest.languages, language) + name
        return snapshot.checked(self._content(whole), whole, manifest)

    def _content(self, name: str) -> bytes:
        if self._made is not None:
            return self._made[name]
        return read_bounded(os.path.join(self._folder, name), MAX_COMPILED_BYTES)

    def _compiled(self) -> dict[str, bytes]:
        """The documents of the files as they are now, kept in the cache unless these change just then."""
        before = _stamp(self._place.folder)
        try:
            documents = snapshot.documents_of(load_curriculum(self._place.folder))
        except MemoryError:
            raise LittleMemory(path=self._place.folder) from None
        if not self._folder.startswith(COMPILED) and _stamp(self._place.folder) == before:
            _keep(os.path.join(os.path.dirname(self._folder), before), documents)
        return documents


def _best_of(languages: Any, language: str) -> str:
    """The one of a curriculum's languages that means `language`, as zh-TW means zh-Hant, or else its first."""
    if language in languages:
        return language
    best: str = next((tag for tag in languages if language_of(tag) == language), languages[0])
    return best


def _stamp(folder: str) -> str:
    """The name under which a state of a curriculum is cached: it changes with its files, and with what compiles them.

    Checksums are enough, with the time of the newest file beside them: importing a stronger digest would take longer
    than looking at all files.
    """
    from zlib import crc32

    whose = os.fsencode(os.path.realpath(folder))
    facts = [_facts(os.path.join(folder, OUTLINE))]
    for below in ("topics", "questions"):
        try:
            with os.scandir(os.path.join(folder, below)) as found:
                facts += sorted(_facts(entry.path) for entry in found if entry.name.endswith(".toml"))
        except OSError:
            pass
    facts += [_facts(os.path.join(_PACKAGE, "curriculum", f"{name}.py")) for name in _COMPILERS]
    newest = max(modified for _, modified, _ in facts)
    what = repr([snapshot.FORMAT, whose, facts]).encode(errors="surrogateescape")
    return f"{crc32(whose):08x}-{crc32(what):08x}-{newest:x}"


def _facts(path: str) -> tuple[str, int, int]:
    """A file's name, when it was changed, in nanoseconds since 1970, and its size in bytes; 0 where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return os.path.basename(path), 0, 0
    return os.path.basename(path), status.st_mtime_ns, status.st_size


def _keep(folder: str, documents: Mapping[str, bytes]) -> None:
    """Puts documents into the cache, all or none; those of an earlier state of the curriculum go."""
    import shutil
    import tempfile

    parent, name = os.path.split(folder)
    try:
        os.makedirs(parent, exist_ok=True)
        for old in os.listdir(parent):
            if old.partition("-")[0].lstrip(".") == name.partition("-")[0] and old != name:
                shutil.rmtree(os.path.join(parent, old), ignore_errors=True)
        temporary = tempfile.mkdtemp(prefix=f".{name}-", dir=parent)
        try:
            write_documents(temporary, documents)
            shutil.rmtree(folder, ignore_errors=True)  # there is one only where it is damaged
            os.rename(temporary, folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError:
        return


def write_documents(folder: str, documents: Mapping[str, bytes]) -> None:
    """Writes compiled documents into a folder: the cache's, or the one that goes into the wheel. Raises `OSError`."""
    for name, document in documents.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(document)
