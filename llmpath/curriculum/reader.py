"""Edge: reads the authored TOML files of a curriculum and checks them; every problem at once.

What comes from other people's disks is bounded before it is parsed: regular files only, few enough bytes, and few
enough signs that make a parser work. Nothing in it is run, opened or written.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from llmpath.curriculum.lines import Lines
from llmpath.curriculum.model_problems import draft_of, entry_of, problem_with
from llmpath.curriculum.models import Concept, Curriculum, Outline, QuestionSheet, Resource, Topic, as_written
from llmpath.curriculum.problems import Problem
from llmpath.curriculum.rules import MAX_TOPICS, OUTLINE, problems_of, question_file, topic_file
from llmpath.errors import LittleMemory
from llmpath.files.bounded import FileTooLarge, NotARegularFile, is_deeper, read_bounded

M = TypeVar("M", bound=BaseModel)

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 2 * MEGABYTE
MAX_TOTAL_BYTES = 32 * MEGABYTE
MAX_SIGNS = 200_000
"""In one file, and in faulty ones together: a hundred times what a topic has. Each costs a few microseconds."""

MAX_TOTAL_SIGNS = 2_000_000
"""In all files together: forty times what the course that ships has."""

MAX_WEIGHT = 230_000
"""Of everything that is compiled, as `_weight` counts it: that of 2,200 topics in three languages."""

READING = 3
"""What reading an entry costs, where to compile it in a language costs one."""

MAX_DEPTH = 8
MAX_PROBLEMS = 1_000
_SIGNS = (b"=", b",", b"[", b"{", b".", b"\n")
"""Signs that make a parser work."""


class Checked(NamedTuple):
    """The outcome of reading a folder: `curriculum` is None where a problem keeps it from being used."""

    curriculum: Curriculum | None
    problems: list[Problem]


class Written(NamedTuple, Generic[M]):
    """The content of a file: its model, or a draft of it where the file has problems of its own."""

    model: M
    is_sound: bool


def check_folder(folder: Path) -> Checked:
    """Reads the curriculum in `folder` and everything that is wrong with it, in the order of its files and lines.

    Raises `LittleMemory`.
    """
    try:
        return _checked(folder)
    except MemoryError:
        raise LittleMemory(path=str(folder)) from None


def _checked(folder: Path) -> Checked:
    reader = _Reader(folder)
    outline = reader.read(Outline, OUTLINE)
    if outline is None:
        return Checked(None, reader.problems)
    names = list(dict.fromkeys(name for part in outline.model.parts for name in part.topics))
    if len(names) > MAX_TOPICS:
        reader.note("too_many_topics", OUTLINE, (str(MAX_TOPICS),), "parts")
        return Checked(None, reader.problems)
    if reader.size_of(names) > MAX_TOTAL_BYTES:
        reader.note("too_much", OUTLINE, (str(MAX_TOTAL_BYTES // MEGABYTE),))
        return Checked(None, reader.problems)
    topics, sheets = reader.read_all(names, len(outline.model.languages))
    written = [topic.model for topic in topics.values()]
    questions = {name: sheet.model.questions for name, sheet in sheets.items()}
    reader.add_rules(problems_of(outline.model, written, questions, set(names) - set(topics)))
    if outline.is_sound:
        reader.add_unlisted("topics", names)
        reader.add_unlisted("questions", [*names, *reader.names_in("topics")])
    problems = _in_order(reader.problems, names)
    if any(not problem.is_warning for problem in reader.problems):
        return Checked(None, problems)
    return Checked(as_written(outline.model, written, questions), problems)


def _in_order(problems: list[Problem], names: list[str]) -> list[Problem]:
    """Faults by file and line; of very many the first, and how many more there are."""
    files = [OUTLINE, *map(topic_file, names), *map(question_file, names)]
    place = {file: number for number, file in enumerate(files)}
    ordered = sorted(problems, key=lambda problem: (place.get(problem.file, len(place)), problem.line))
    more = len(ordered) - MAX_PROBLEMS
    if more <= 0:
        return ordered
    is_warning = all(problem.is_warning for problem in ordered[MAX_PROBLEMS:])
    return [*ordered[:MAX_PROBLEMS], Problem("more_faults", OUTLINE, "", 0, (str(more),), is_warning)]


class _Reader:
    """Reads the files of one folder and notes their problems, each with the line in which its entry stands."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._lines: dict[str, Lines] = {}
        self._signs = 0
        self._wrong_signs = 0

    def size_of(self, topics: list[str]) -> int:
        """How many bytes the files of some topics have together, those of their questions too."""
        return sum(_size(self._folder / file(name)) for name in topics for file in (topic_file, question_file))

    def read_all(
        self, names: list[str], languages: int
    ) -> tuple[dict[str, Written[Topic]], dict[str, Written[QuestionSheet]]]:
        """The topics and the questions that could be read, by topic; more than any course has is not read to its end.

        Very much that is faulty ends it, too: no author wrote that.
        """
        topics: dict[str, Written[Topic]] = {}
        sheets: dict[str, Written[QuestionSheet]] = {}
        with_questions = self.names_in("questions")
        weight = 0
        for name in names:
            if self._wrong_signs > MAX_SIGNS:
                self.note("unread_files", OUTLINE, (name,))
                break
            if topic := self.read(Topic, topic_file(name), name):
                topics[name] = topic
                weight += _weight(topic.model, languages)
                if name in with_questions and (sheet := self.read(QuestionSheet, question_file(name))):
                    sheets[name] = sheet
                    weight += len(sheet.model.questions) * (READING + languages)
            if weight > MAX_WEIGHT or self._signs > MAX_TOTAL_SIGNS:
                self.note("too_many_entries", OUTLINE)
                break
        return topics, sheets

    def read(self, model: type[M], file: str, given_id: str | None = None) -> Written[M] | None:
        """The content of a file, with the id from its name; None, and a problem, where it cannot be read."""
        content = self._content(file)
        if content is None:
            return None
        signs = sum(content.count(sign) for sign in _SIGNS)
        if signs > MAX_SIGNS:
            self.note("dense_file", file)
            return None
        self._signs += signs
        before = len(self.problems)
        written = self._written(model, file, content, given_id)
        if len(self.problems) > before:
            self._wrong_signs += signs
        return written

    def _written(self, model: type[M], file: str, content: bytes, given_id: str | None) -> Written[M] | None:
        before = len(self.problems)
        document = self._parsed(file, content)
        if document is None:
            return None
        if given_id is not None:
            if "id" in document:
                self.note("given_by_file_name", file, (), "id")
            document["id"] = given_id
        try:
            return Written(model.model_validate(document), len(self.problems) == before)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        for found in errors[:MAX_PROBLEMS]:
            code, details = problem_with(model, found)
            self.note(code, file, details, entry_of(document, found["loc"]))
        if len(errors) > MAX_PROBLEMS:
            self.note("more_faults", file, (str(len(errors) - MAX_PROBLEMS),))
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
            deep = Lines(text).of_deep_key()
            if deep:
                self.note("deep_file", file, line=deep)
                return None
            document = tomli.loads(text)
        except UnicodeDecodeError as error:
            self.note("not_utf8", file, line=content.count(b"\n", 0, error.start) + 1)
        except tomli.TOMLDecodeError as error:
            self.note("not_toml", file, (error.msg,), line=error.lineno)
        except RecursionError:
            self.note("deep_file", file)
        except ValueError:  # Python reads no number of more than 4300 digits
            self.note("huge_number", file)
        else:
            if not is_deeper(document, MAX_DEPTH):
                return document
            self.note("deep_file", file)
        return None

    def note(self, code: str, file: str, details: tuple[str, ...] = (), entry: str = "", line: int = 0) -> None:
        """Notes a problem, with the line of its entry where the file's text tells it."""
        self._add(Problem(code, file, entry, line, details))

    def _add(self, problem: Problem) -> None:
        line = problem.line or (self._lines_of(problem.file).of(problem.entry) if problem.entry else 0)
        self.problems.append(problem._replace(line=line))

    def _lines_of(self, file: str) -> Lines:
        """The lines of a file, which is read again for them: most files have no problem, and their texts are large."""
        if file not in self._lines:
            try:
                text = read_bounded(self._folder / file, MAX_FILE_BYTES).decode("utf-8-sig")
            except (OSError, ValueError):
                text = ""
            self._lines[file] = Lines(text)
        return self._lines[file]

    def add_rules(self, found: list[Problem]) -> None:
        """Adds what the rules found, without what follows from a problem of the entry, and warnings on its file."""
        faulty = {problem.file for problem in self.problems}
        above = {(problem.file, entry) for problem in self.problems for entry in _with_holders(problem.entry)}
        for problem in found:
            follows = (problem.file, problem.entry) in above or (problem.is_warning and problem.file in faulty)
            if not follows:
                self._add(problem)

    def add_unlisted(self, folder: str, names: list[str]) -> None:
        """Adds a warning for each file of a folder whose topic no part names: it would be missed in silence."""
        for name in sorted(self.names_in(folder) - set(names)):
            self._add(Problem("unlisted_file", f"{folder}/{name}.toml", "", 0, (name,), is_warning=True))

    def names_in(self, folder: str) -> set[str]:
        """The names of the TOML files of a folder, without their ending."""
        try:
            return {path.stem for path in (self._folder / folder).iterdir() if path.suffix == ".toml"}
        except OSError:
            return set()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _weight(topic: Topic, languages: int) -> int:
    """How much it takes to compile a topic: its entries in each language, and all the names that lead to them.

    A former id of a topic is one of each of its entries; one of an entry may stand in a topic with former ids.
    """
    held: list[Topic | Concept | Resource] = [topic, *topic.concepts, *topic.resources]
    aliases = len(topic.aliases) + sum(len(concept.aliases) for concept in topic.concepts)
    former_ids = 10 * sum(len(each.former_ids) for each in held)
    return len(held) * (READING + languages + len(topic.former_ids)) + aliases + former_ids


def _with_holders(entry: str) -> Iterator[str]:
    """An entry and all that it stands in: `title.en`, `title`."""
    while entry:
        yield entry
        entry = entry.rpartition(".")[0]
