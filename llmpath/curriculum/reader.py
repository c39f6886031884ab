"""Edge: reads the authored TOML files of a curriculum and checks them; every fault at once.

What comes from other people's disks is bounded before it is parsed: regular files only, few enough bytes, and few
enough signs that make a parser work. Nothing in it is run, opened or written.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from llmpath.curriculum.drafts import draft_of
from llmpath.curriculum.lines import Lines
from llmpath.curriculum.model_problems import entry_of, model_fault
from llmpath.curriculum.models import Curriculum, Outline, Topic, as_written
from llmpath.curriculum.problems import Fault
from llmpath.curriculum.rules import MAX_TOPICS, OUTLINE, faults_of, topic_file
from llmpath.files.bounded import FileTooLarge, NotARegularFile, read_bounded

M = TypeVar("M", bound=BaseModel)

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 2 * MEGABYTE
MAX_TOTAL_BYTES = 96 * MEGABYTE
MAX_SIGNS = 200_000
"""In one file, and in faulty ones together: a hundred times what a topic has. Each costs a few microseconds."""

MAX_DEPTH = 8
MAX_FAULTS = 1_000
_SIGNS = (b"=", b",", b"[", b"{", b".", b"\n")


class Checked(NamedTuple):
    """What came of reading a folder: `curriculum` is None where a fault keeps it from being used."""

    curriculum: Curriculum | None
    faults: list[Fault]


class Written(NamedTuple, Generic[M]):
    """What a file holds: its model, or a draft of it where the file has faults of its own."""

    model: M
    is_sound: bool


def check_folder(folder: Path) -> Checked:
    """Reads the curriculum in `folder` and everything that is wrong with it, in the order of its files and lines."""
    reader = _Reader(folder)
    outline = reader.read(Outline, OUTLINE)
    if outline is None:
        return Checked(None, reader.faults)
    names = list(dict.fromkeys(name for part in outline.model.parts for name in part.topics))
    if len(names) > MAX_TOPICS:
        reader.note("too_many_topics", OUTLINE, (str(MAX_TOPICS),), "parts")
        return Checked(None, reader.faults)
    if reader.size_of(names) > MAX_TOTAL_BYTES:
        reader.note("too_much", OUTLINE, (str(MAX_TOTAL_BYTES // MEGABYTE),))
        return Checked(None, reader.faults)
    topics = reader.read_topics(names)
    written = list(topics.values())
    reader.add_rules(faults_of(outline.model, [topic.model for topic in written], set(names) - set(topics)))
    if outline.is_sound:
        reader.add_unlisted(names)
    if any(not fault.is_warning for fault in reader.faults):
        return Checked(None, _in_order(reader.faults, names))
    return Checked(as_written(outline.model, [topic.model for topic in written], {}), _in_order(reader.faults, names))


def _in_order(faults: list[Fault], names: list[str]) -> list[Fault]:
    """Faults by file and line; of very many the first, and how many more there are."""
    place = {file: number for number, file in enumerate([OUTLINE, *map(topic_file, names)])}
    ordered = sorted(faults, key=lambda fault: (place.get(fault.file, len(place)), fault.line))
    more = len(ordered) - MAX_FAULTS
    if more <= 0:
        return ordered
    is_warning = all(fault.is_warning for fault in ordered[MAX_FAULTS:])
    return [*ordered[:MAX_FAULTS], Fault("more_faults", OUTLINE, "", 0, (str(more),), is_warning)]


class _Reader:
    """Reads the files of one folder and notes their faults; keeps their texts, to say in which line an entry stands."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self._folder = folder
        self._lines: dict[str, Lines] = {}
        self._faulty_signs = 0

    def size_of(self, topics: list[str]) -> int:
        """How many bytes the files of some topics have together."""
        return sum(_size(self._folder / topic_file(name)) for name in topics)

    def read_topics(self, names: list[str]) -> dict[str, Written[Topic]]:
        """The topics that could be read, by their ids. Very much that is faulty ends it: no author wrote that."""
        topics: dict[str, Written[Topic]] = {}
        for name in names:
            if self._faulty_signs > MAX_SIGNS:
                self.note("unread_files", OUTLINE, (name,))
                break
            written = self.read(Topic, topic_file(name), name)
            if written is not None:
                topics[name] = written
        return topics

    def read(self, model: type[M], file: str, given_id: str | None = None) -> Written[M] | None:
        """What a file holds, with the id that its name gives; None, and a fault, where it cannot be read or parsed."""
        content = self._content(file)
        if content is None:
            return None
        signs = _signs_of(content)
        if signs > MAX_SIGNS:
            self.note("dense_file", file)
            return None
        before = len(self.faults)
        written = self._written(model, file, content, given_id)
        if len(self.faults) > before:
            self._faulty_signs += signs
        return written

    def _written(self, model: type[M], file: str, content: bytes, given_id: str | None) -> Written[M] | None:
        before = len(self.faults)
        document = self._parsed(file, content)
        if document is None:
            return None
        if given_id is not None:
            if "id" in document:
                self.note("given_by_file_name", file, (), "id")
            document["id"] = given_id
        try:
            return Written(model.model_validate(document), len(self.faults) == before)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        for found in errors[:MAX_FAULTS]:
            code, details = model_fault(model, found)
            self.note(code, file, details, entry_of(document, found["loc"]))
        if len(errors) > MAX_FAULTS:
            self.note("more_faults", file, (str(len(errors) - MAX_FAULTS),))
            return None
        wrong = [found["loc"] for found in errors if found["type"] != "missing"]
        return Written(draft_of(model, document, wrong), False)

    def _content(self, file: str) -> bytes | None:
        try:
            return read_bounded(self._folder / file, MAX_FILE_BYTES)
        except FileNotFoundError:
            self.note("no_outline" if file == OUTLINE else "no_file", file)
        except NotADirectoryError:
            self.note("not_a_folder", file)
        except FileTooLarge:
            self.note("large_file", file, (str(MAX_FILE_BYTES // MEGABYTE),))
        except NotARegularFile:
            self.note("not_a_file", file)
        except OSError as error:
            self.note("unreadable", file, (error.strerror or type(error).__name__,))
        return None

    def _parsed(self, file: str, content: bytes) -> dict[str, Any] | None:
        try:
            text = content.decode("utf-8-sig")
            self._lines[file] = Lines(text)
            deep = self._lines[file].of_deep_key()
            if deep:
                self.note("deep_file", file, line=deep)
                return None
            document = tomli.loads(text)
        except UnicodeDecodeError as error:
            self.note("not_utf8", file, line=content.count(b"\n", 0, error.start) + 1)
        except tomli.TOMLDecodeError as error:
            self.note("not_toml", file, (error.msg,), line=error.lineno)
        except (RecursionError, MemoryError):
            self.note("deep_file", file)
        except ValueError:  # Python reads no number of more than 4300 digits
            self.note("huge_number", file)
        else:
            if not _is_deep(document):
                return document
            self.note("deep_file", file)
        return None

    def note(self, code: str, file: str, details: tuple[str, ...] = (), entry: str = "", line: int = 0) -> None:
        """Notes a fault, with the line of its entry where the file's text tells it."""
        self._add(Fault(code, file, entry, line, details))

    def _add(self, fault: Fault) -> None:
        lines = self._lines.get(fault.file)
        line = fault.line or (lines.of(fault.entry) if lines and fault.entry else 0)
        self.faults.append(fault._replace(line=line))

    def add_rules(self, found: list[Fault]) -> None:
        """Adds what the rules found, but for what follows from a fault of the same entry, and warnings on its file."""
        faulty = {fault.file for fault in self.faults}
        above = {(fault.file, entry) for fault in self.faults for entry in _with_holders(fault.entry)}
        for fault in found:
            follows = (fault.file, fault.entry) in above or (fault.is_warning and fault.file in faulty)
            if not follows:
                self._add(fault)

    def add_unlisted(self, names: list[str]) -> None:
        """Adds a warning for each topic file that no part names: it would be missed in silence."""
        listed = set(names)
        try:
            found = sorted(path.name for path in (self._folder / "topics").iterdir() if path.suffix == ".toml")
        except OSError:
            return
        for name in found:
            if name.removesuffix(".toml") not in listed:
                details = (name.removesuffix(".toml"),)
                self._add(Fault("unlisted_file", f"topics/{name}", "", 0, details, is_warning=True))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _signs_of(content: bytes) -> int:
    """How many signs of a file make a parser work."""
    return sum(content.count(sign) for sign in _SIGNS)


def _is_deep(document: dict[str, Any]) -> bool:
    """Whether tables and lists stand in each other further than any curriculum's do."""
    level: list[Any] = [document]
    for _ in range(MAX_DEPTH):
        inner = (entry.values() if isinstance(entry, dict) else entry for entry in level)
        level = [entry for entries in inner for entry in entries if isinstance(entry, dict | list)]
    return bool(level)


def _with_holders(entry: str) -> Iterator[str]:
    """An entry and all that it stands in: `title.en`, `title`."""
    while entry:
        yield entry
        entry = entry.rpartition(".")[0]
