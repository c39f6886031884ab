"""Edge: reads the authored TOML files of a curriculum and checks them; every fault at once.

What comes from other people's disks is bounded before it is parsed: only regular files, of a bounded size.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from llmpath.faults import Fault
from llmpath.models import Curriculum, Outline, Topic, as_written
from llmpath.safe_read import FileTooLarge, NotARegularFile, read_bounded
from llmpath.validation import OUTLINE, faults_of, topic_file

M = TypeVar("M", bound=BaseModel)

MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_TOTAL_BYTES = 96 * 1024 * 1024


class Checked(NamedTuple):
    """What came of reading a folder: `curriculum` is None where a fault keeps it from being used."""

    curriculum: Curriculum | None
    faults: list[Fault]


def check_folder(folder: Path) -> Checked:
    """Reads the curriculum in `folder` and everything that is wrong with it."""
    faults: list[Fault] = []
    written = _Reader(folder, faults)
    outline = written.read(Outline, OUTLINE, {})
    if outline is None:
        return Checked(None, faults)
    names = [name for part in outline.parts for name in part.topics]
    topics = [written.read(Topic, topic_file(name), {"id": name}) for name in dict.fromkeys(names)]
    sound = [topic for topic in topics if topic is not None]
    if len(sound) == len(topics):
        faults += [written.located(fault) for fault in faults_of(outline, sound)]
    faults += written.unlisted_files(set(names))
    if any(not fault.is_warning for fault in faults):
        return Checked(None, faults)
    return Checked(as_written(outline, sound), faults)


class _Reader:
    """Reads files of one folder; keeps their texts, to say later in which line an entry stands."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self._folder = folder
        self._faults = faults
        self._texts: dict[str, str] = {}
        self._bytes = 0

    def read(self, model: type[M], file: str, given: dict[str, str]) -> M | None:
        """The model that `file` holds, with the `given` fields added; None, with its faults noted, if it is wrong."""
        before = len(self._faults)
        document = self._document(file)
        if document is None:
            return None
        for name in given:
            if name in document:
                self._note("given_by_file_name", file, (name,), name)
                return None
        try:
            checked = model.model_validate({**document, **given})
        except ValidationError as error:
            self._faults += [self._from_pydantic(file, document, fault) for fault in error.errors(include_url=False)]
            return None
        return checked if len(self._faults) == before else None

    def _document(self, file: str) -> dict[str, Any] | None:
        try:
            content = read_bounded(self._folder / file, MAX_FILE_BYTES)
        except FileNotFoundError:
            self._note("no_file", file)
        except FileTooLarge:
            self._note("too_large", file, (str(MAX_FILE_BYTES // 1024 // 1024),))
        except NotARegularFile:
            self._note("not_a_file", file)
        except OSError as error:
            self._note("unreadable", file, (error.strerror or type(error).__name__,))
        else:
            self._bytes += len(content)
            if self._bytes > MAX_TOTAL_BYTES:
                self._note("too_large_together", file, (str(MAX_TOTAL_BYTES // 1024 // 1024),))
                return None
            return self._parsed(file, content)
        return None

    def _parsed(self, file: str, content: bytes) -> dict[str, Any] | None:
        try:
            self._texts[file] = content.decode("utf-8")
            return tomli.loads(self._texts[file].replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            self._note("not_utf8", file, (), line=content.count(b"\n", 0, error.start) + 1)
        except tomli.TOMLDecodeError as error:
            self._note("syntax", file, (error.msg,), line=error.lineno)
        except (ValueError, RecursionError, MemoryError):
            self._note("too_deep", file)
        return None

    def _note(self, code: str, file: str, details: tuple[str, ...] = (), entry: str = "", line: int = 0) -> None:
        self._faults.append(self.located(Fault(code, file, entry, line, details)))

    def _from_pydantic(self, file: str, document: dict[str, Any], error: Any) -> Fault:
        code, details = _pydantic_fault(error)
        return self.located(Fault(code, file, _entry(document, error["loc"]), 0, details))

    def located(self, fault: Fault) -> Fault:
        """The fault with the line of its entry, where the file's text tells it."""
        if fault.line or not fault.entry or fault.file not in self._texts:
            return fault
        return fault._replace(line=line_of(self._texts[fault.file], fault.entry))

    def unlisted_files(self, listed: set[str]) -> Iterator[Fault]:
        """A warning for each topic file that no part names: it would be missed in silence."""
        folder = self._folder / "topics"
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError:
            return
        for name in names:
            if name.endswith(".toml") and name.removesuffix(".toml") not in listed:
                yield Fault("unlisted_file", f"topics/{name}", "", 0, (name.removesuffix(".toml"),), is_warning=True)


def _entry(document: Any, location: tuple[int | str, ...]) -> str:
    """`("resources", 3, "url")` as an author reads it: `resources.gptq-paper.url`."""
    names: list[str] = []
    at = document
    for step in location:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
        named = at.get("id") if isinstance(step, int) and isinstance(at, dict) else None
        if isinstance(step, int):
            names.append(named if isinstance(named, str) else str(step + 1))
        elif step not in {"str", "list[constrained-str]"}:
            names.append(str(step))
    return ".".join(names)


def _pydantic_fault(error: Any) -> tuple[str, tuple[str, ...]]:
    kind, context = error["type"], error.get("ctx", {})
    last = str(error["loc"][-1]) if error["loc"] else ""
    match kind:
        case "missing":
            return "missing_key", (last,)
        case "extra_forbidden":
            return "unknown_key", (last,)
        case "literal_error":
            return "not_one_of", (str(error["input"])[:80], str(context["expected"]))
        case "string_pattern_mismatch":
            return "wrong_form", (str(error["input"])[:80],)
        case "string_too_short" | "too_short":
            return "too_short", ()
        case "string_too_long" | "too_long":
            return "too_long", (str(context["max_length"]),)
        case "greater_than_equal" | "less_than_equal":
            return "out_of_range", (str(error["input"])[:80],)
        case "value_error":
            return "wrong_value", (str(context["error"]),)
        case _:
            return "wrong_type", (kind.removesuffix("_type").removesuffix("_parsing"),)


def line_of(text: str, entry: str) -> int:
    """The line, from 1, where an entry of a file stands; 0 where it cannot be told."""
    lines = text.splitlines()
    steps = entry.split(".")
    start = 0
    if len(steps) > 1 and any(line.startswith(f"[[{steps[0]}]]") for line in lines):
        wanted = re.compile(rf"""\s*id\s*=\s*["']{re.escape(steps[1])}["']\s*(#.*)?$""")
        headers = [number for number, line in enumerate(lines) if line.startswith("[[")]
        for number, header in enumerate(headers):
            end = headers[number + 1] if number + 1 < len(headers) else len(lines)
            if lines[header].startswith(f"[[{steps[0]}]]") and any(wanted.match(line) for line in lines[header:end]):
                start, lines, steps = header, lines[header:end], steps[2:]
                break
        else:
            return 0
    for number, line in enumerate(lines):
        if steps and re.match(rf"\s*{re.escape(steps[0])}\s*[.=]", line):
            return start + number + 1
    return start + 1 if start else 0
