"""Edge: the folder of an imported course. Written whole or not at all; what the author changed is read from it.

`imported.json` beside `curriculum.toml` holds what the last import made, with which the next one is compared. A course
is written in a folder beside its place, checked there as `validate` checks it, and once that folder is called ready,
moved in: a new course in one step, one that is there in four that follow each other at once, of which none deletes
anything. What a kill leaves half moved, the next import moves to its end before it does anything else.
"""

import json
import os
import re
import shutil
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import tomli
import tomli_w

from llmpath.curriculum.rules import OUTLINE, topic_file
from llmpath.errors import CannotRead, CannotWrite, DamagedCurriculum, UnusableFile
from llmpath.exchange.course_update import Files
from llmpath.exchange.markdown_course import Document
from llmpath.files.bounded import FileTooLarge, NotARegularFile, read_bounded

RECORD = "imported.json"
ROOM, READY = ".import-", ".ready-"
"""The beginnings of names: of a folder in which a course is written and checked, and of one that is ready to move."""

OLD = ".topics"
"""The folder that holds the old topic files until all that is new stands in its place."""

VERSION = 1
MAX_RECORD_BYTES = 64 * 1024 * 1024
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_LINE = 120
HEADER = "# Made by `llmpath curriculum import`. Change what you like: a later import keeps it.\n"


class Stored(NamedTuple):
    """An imported course as it stands: of which file it was made, what the import made, what its files say now."""

    source: str
    base: Files
    ours: Files


def read_course(folder: str) -> Stored | None:
    """The imported course in a folder; None where no import made it.

    Raises `CannotRead`, `UnusableFile`, or `DamagedCurriculum` where the author made a fault.
    """
    path = os.path.join(folder, RECORD)
    try:
        record = json.loads(read_bounded(path, MAX_RECORD_BYTES))
        if record["version"] != VERSION:
            raise UnusableFile(path, "newer_record")
        base = Files(dict(record["outline"]), {str(name): dict(topic) for name, topic in record["topics"].items()})
        base.outline["parts"][0]["topics"]
        source = str(record["source"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, FileTooLarge) as error:
        raise UnusableFile(path, "no_record") from error
    except OSError as error:
        raise CannotRead(path=path, reason=error.strerror or str(error)) from error
    _check(folder)
    outline = _parsed(folder, OUTLINE)
    names = [name for part in outline["parts"] for name in part["topics"]]
    return Stored(source, base, Files(outline, {name: _parsed(folder, topic_file(name)) for name in names}))


def outline_id(folder: str) -> str:
    """The id in the outline of a damaged curriculum, which may be no TOML; empty where none is found."""
    with suppress(OSError):
        text = read_bounded(os.path.join(folder, OUTLINE), MAX_FILE_BYTES).decode("utf-8-sig", "replace")
        if match := re.search(r"^[ \t]*id[ \t]*=[ \t]*[\"']([^\"'\n]*)", re.split(r"\n\s*\[", text)[0], re.MULTILINE):
            return match[1]
    return ""


def _parsed(folder: str, file: str) -> Document:
    """The content of a file as TOML."""
    path = os.path.join(folder, file)
    try:
        return tomli.loads(read_bounded(path, MAX_FILE_BYTES).decode("utf-8-sig"))
    except NotARegularFile:
        raise CannotRead(path=path, reason="not a regular file") from None
    except OSError as error:
        raise CannotRead(path=path, reason=error.strerror or str(error)) from error


def _check(folder: str) -> None:
    """Raises `DamagedCurriculum` where the curriculum in a folder has problems."""
    from llmpath.curriculum.reader import check_folder

    problems = [problem for problem in check_folder(Path(folder)).problems if not problem.is_warning]
    if problems:
        raise DamagedCurriculum(folder, problems)


def write_course(folder: str, source: str, files: Files, base: Files) -> None:
    """Makes the course in a folder what `files` says. Raises `DamagedCurriculum` or `CannotWrite`; nothing was changed.

    `base`: what the next import is to be compared with. Only for the holder of the imports' lock.
    """
    target = os.path.realpath(folder)
    parent, name = os.path.split(target)
    token = os.urandom(6).hex()
    room, ready = (os.path.join(parent, f"{beginning}{token}") for beginning in (ROOM, READY))
    stage = os.path.join(room, name)
    try:
        texts = _texts(target, files)
        record = {"version": VERSION, "source": source, "outline": base.outline, "topics": base.topics}
        texts[RECORD] = json.dumps(record, ensure_ascii=False, indent=1, default=str) + "\n"
        os.makedirs(os.path.join(stage, "topics"))
        for path, text in texts.items():
            with open(os.path.join(stage, path), "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        with suppress(FileNotFoundError):  # they are checked together with the topics that they are about
            shutil.copytree(os.path.join(target, "questions"), os.path.join(stage, "questions"))
        try:
            _check(stage)
        except DamagedCurriculum as error:
            raise DamagedCurriculum(folder, error.faults) from None
        os.replace(room, ready)
        _move_in(ready)
    except OSError as error:
        raise CannotWrite(path=error.filename or folder, reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _move_in(ready: str) -> None:
    """Moves a course to its place, or what is left of it."""
    for name in os.listdir(ready):
        stage, target = os.path.join(ready, name), os.path.join(os.path.dirname(ready), name)
        if not os.path.isdir(target):
            os.replace(stage, target)
            continue
        for part in ("topics", OUTLINE, RECORD):
            new, old = os.path.join(stage, part), os.path.join(target, part)
            if os.path.isdir(new) and os.path.isdir(old):
                os.replace(old, os.path.join(stage, OLD))
            if os.path.exists(new):
                os.replace(new, old)
    shutil.rmtree(ready, ignore_errors=True)


def finish_imports(parent: str) -> None:
    """Moves in what a killed import had made ready, and removes what it had not. Raises `CannotWrite`.

    Only for the holder of the imports' lock.
    """
    try:
        for name in os.listdir(parent):
            if name.startswith(READY):
                _move_in(os.path.join(parent, name))
            elif name.startswith(ROOM):
                shutil.rmtree(os.path.join(parent, name), ignore_errors=True)
    except OSError as error:
        raise CannotWrite(path=error.filename or parent, reason=error.strerror or str(error)) from error


def _texts(folder: str, files: Files) -> dict[str, str]:
    """The files by their paths in the folder; one that says the same already stays as its author wrote it."""
    documents = {topic_file(name): document for name, document in files.topics.items()} | {OUTLINE: files.outline}
    texts: dict[str, str] = {}
    for path, document in documents.items():
        texts[path] = HEADER + toml_of(document)
        with suppress(OSError, ValueError):
            old = read_bounded(os.path.join(folder, path), MAX_FILE_BYTES).decode("utf-8")
            comments = "".join(takewhile(lambda line: line.startswith("#"), old.splitlines(keepends=True)))
            texts[path] = old if tomli.loads(old) == document else comments + toml_of(document)
    return texts


def toml_of(table: Document, above: str = "") -> str:
    """A document as an author would write it: `title.en = "..."`, entries as `[[resources]]`."""
    values: list[str] = []
    tables: list[str] = []
    for name, value in table.items():
        inner = f"{above}{name}"
        if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
            values += [f"{name}.{tomli_w.dumps({language: text})}" for language, text in value.items()]
        elif isinstance(value, dict):
            tables.append(f"\n[{inner}]\n{toml_of(value, f'{inner}.')}")
        elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            tables += [f"\n[[{inner}]]\n{toml_of(each, f'{inner}.')}" for each in value]
        else:
            line = f"{name} = {json.dumps(value, ensure_ascii=False)}\n" if isinstance(value, list) else ""
            values.append(line if 0 < len(line) <= MAX_LINE else tomli_w.dumps({name: value}))
    return "".join([*values, *tables])
