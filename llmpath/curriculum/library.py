"""Edge: finds, compiles and loads curricula. The one module that knows where data/ is."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from llmpath.curriculum import snapshot
from llmpath.curriculum.catalog import Catalog, Topic
from llmpath.curriculum.rows import ENDING, Rows, Sheets, rows_of
from llmpath.errors import DamagedCurriculum, UnknownCurriculum
from llmpath.files import folders as places
from llmpath.files.folders import INDEX
from llmpath.text.languages import language_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from llmpath.curriculum.models import Curriculum

    T = TypeVar("T")


SHIPPED = places.SHIPPED
COMPILED = places.COMPILED
OUTLINE = places.OUTLINE
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def data_folder() -> str:
    """The folder of the authored files: in the package once installed, beside it in a checkout."""
    packaged = os.path.join(_PACKAGE, "data")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(_PACKAGE), "data")


class Place(NamedTuple):
    """Where a curriculum is: `folder` of its files, and `name` by which it is asked for."""

    name: str
    folder: str


def shipped() -> Place:
    """The curriculum that comes with the program."""
    return Place(SHIPPED, os.path.join(data_folder(), SHIPPED))


def own_folder(user_data: str) -> str:
    """The folder in which the user's own curricula are found by name."""
    return os.path.join(user_data, "curricula")


def at_hand(user_data: str) -> list[Place]:
    """The shipped curriculum and those in the user's data folder, by name; the shipped one's name is its alone."""
    own = own_folder(user_data)
    try:
        names = sorted(os.listdir(own))
    except OSError:
        names = []
    found = [Place(name, os.path.join(own, name)) for name in names]
    own_ones = [place for place in found if os.path.isfile(os.path.join(place.folder, OUTLINE))]
    return [shipped(), *(place for place in own_ones if place.name != SHIPPED)]


def located(wanted: str, user_data: str) -> Place:
    """The curriculum of that name, or in that folder. Raises `UnknownCurriculum`."""
    if wanted == SHIPPED:
        return shipped()
    looks_like_name = os.path.basename(wanted) == wanted and wanted not in ("", ".", "..")
    candidates = [os.path.join(own_folder(user_data), wanted)] if looks_like_name else []
    for folder in (*candidates, wanted):
        if folder and os.path.isfile(os.path.join(folder, OUTLINE)):
            return Place(wanted, os.path.abspath(folder))
    raise UnknownCurriculum(name=wanted)


def starter_files(language: str) -> dict[str, str]:
    """The files of a small curriculum to start from, by their paths inside its folder."""
    from pathlib import Path

    folder = Path(data_folder()) / "starters" / language
    files = sorted(folder.rglob("*.toml"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


class Compiled:
    """The documents of one curriculum, by name: those of the wheel or the cache, or made from the files just now."""

    def __init__(self, place: Place, cache_folder: str) -> None:
        self._place = place
        self._made: dict[str, bytes] | None = None
        self._sheets: dict[str, Sheets] = {}
        self._folder = os.path.join(COMPILED, place.name)
        if place != shipped() or not os.path.isdir(self._folder):
            from llmpath.curriculum.cache import stamp

            self._folder = os.path.join(cache_folder, "compiled", stamp(place.folder))

    def read(self, name: str, reader: Callable[[Sheets], T]) -> T:
        """What `reader` makes of the sheets of a document. Raises `DamagedCurriculum`.

        Documents that are not there, or not what they should be, are made anew.
        """
        if self._made is None:
            try:
                return reader(self._sheets_of(name))
            except (OSError, ValueError, TypeError, LookupError):
                self._made = self._compiled()
                self._sheets.clear()
        return reader(self._sheets_of(name))

    def name_in(self, language: str, ending: str = ENDING) -> str:
        """The name of the document in a language, or in the curriculum's first one where it is not written in that."""
        if self._made is None and self._has(language + ending):
            return language + ending
        return _best_of(self.read(snapshot.LANGUAGES, self._languages), language) + ending

    def _sheets_of(self, name: str) -> Sheets:
        if name not in self._sheets:
            self._sheets[name] = Sheets(self._content(name) if self._made is None else self._made[name])
        return self._sheets[name]

    def _content(self, name: str) -> bytes:
        with open(os.path.join(self._folder, name), "rb") as file:
            return file.read()

    def _languages(self, sheets: Sheets) -> list[str]:
        [languages] = rows_of(sheets[0])
        if self._made is None and not all(self._has(language + ENDING) for language in languages):
            raise ValueError(languages)
        return languages

    def _has(self, name: str) -> bool:
        return os.path.exists(os.path.join(self._folder, name))

    def _compiled(self) -> dict[str, bytes]:
        """The documents of the files as they are now, kept in the cache unless these change just then."""
        from llmpath.curriculum.cache import keep, stamp
        from llmpath.curriculum.compiling import documents_of

        before = stamp(self._place.folder)
        documents = documents_of(load_curriculum(self._place.folder))
        if not self._folder.startswith(COMPILED) and stamp(self._place.folder) == before:
            keep(os.path.join(os.path.dirname(self._folder), before), documents)
        return documents


def _best_of(languages: list[str], language: str) -> str:
    """The one of a curriculum's languages that means `language`, as zh-TW means zh-Hant, or else its first."""
    if language in languages:
        return language
    return next((tag for tag in languages if language_of(tag) == language), languages[0])


def load_curriculum(folder: str | None = None) -> Curriculum:
    """The curriculum in `folder`, by default the shipped one, as the models define it. Raises `DamagedCurriculum`."""
    from pathlib import Path

    from llmpath.curriculum.reader import check_folder

    chosen = folder or shipped().folder
    checked = check_folder(Path(chosen))
    if checked.curriculum is None:
        raise DamagedCurriculum(chosen, [fault for fault in checked.faults if not fault.is_warning])
    return checked.curriculum


def load_catalog(place: Place, language: str, cache_folder: str) -> Catalog:
    """The light view of a curriculum, in `language` or else in its own first one. Raises `DamagedCurriculum`."""
    compiled = Compiled(place, cache_folder)
    name = compiled.name_in(language)

    def load_topic(place: int) -> Topic:
        return compiled.read(name, lambda sheets: snapshot.topic_from(sheets, place))

    curriculum, digest = compiled.read(name, lambda sheets: snapshot.curriculum_from(sheets, load_topic))
    return Catalog(curriculum, lambda: compiled.read(snapshot.NAMES, snapshot.names_from), digest)


def load_search_rows(place: Place, cache_folder: str) -> Rows:
    """What a search looks through, in all languages: rows of `search.Row`. Raises `DamagedCurriculum`."""
    return Compiled(place, cache_folder).read(snapshot.SEARCH, snapshot.search_rows_from)


def load_index(place: Place, language: str, cache_folder: str, reader: Callable[[Rows], T]) -> T:
    """What `reader` makes of the addresses and titles that `snapshot` keeps for a TAB. Raises `DamagedCurriculum`."""
    compiled = Compiled(place, cache_folder)
    return compiled.read(compiled.name_in(language, INDEX), lambda sheets: reader(rows_of(sheets[0])))
