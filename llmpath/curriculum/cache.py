"""Edge: keeps what was made from the user's files in the cache folder, and what the build compiles in the wheel.

A cache that cannot be written costs time, nothing else.
"""

from __future__ import annotations

import os

from llmpath.curriculum import snapshot
from llmpath.files.folders import OUTLINE

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def stamp(folder: str) -> str:
    """Changes when a file of the curriculum, or the program's own form of the documents, changes.

    First what tells the folder from others. Sums are enough here, with the time of the newest file beside them: a
    stronger digest would take longer to import than all files to look at.
    """
    from zlib import crc32

    whose = os.fsencode(os.path.realpath(folder))
    facts = [_facts(os.path.join(folder, OUTLINE))]
    try:
        with os.scandir(os.path.join(folder, "topics")) as entries:
            facts += sorted(_facts(entry.path) for entry in entries if entry.name.endswith(".toml"))
    except OSError:
        pass
    facts += facts_of_modules("curriculum/models", "curriculum/catalog", "curriculum/compiling", "curriculum/rows")
    newest = max(modified for _, modified, _ in facts)
    what = repr([snapshot.FORMAT, whose, facts]).encode(errors="surrogateescape")
    return f"{crc32(whose):08x}-{crc32(what):08x}-{newest:x}"


def facts_of_modules(*names: str) -> list[tuple[str, int, int]]:
    """What changes when one of these modules of the program changes."""
    return [_facts(os.path.join(_PACKAGE, f"{name}.py")) for name in names]


def _facts(path: str) -> tuple[str, int, int]:
    """A file's name, when it was changed, in nanoseconds since 1970, and its size in bytes; 0 where there is none."""
    name = os.path.basename(path)
    try:
        status = os.stat(path)
    except OSError:
        return name, 0, 0
    return name, status.st_mtime_ns, status.st_size


def keep(folder: str, documents: dict[str, bytes]) -> None:
    """Puts compiled documents into the cache, whole or not at all; those of an earlier state of the curriculum go."""
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


def keep_file(path: str, content: bytes) -> None:
    """Puts one file into the cache, whole or not at all, for the user's eyes only."""
    folder, name = os.path.split(path)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(folder, exist_ok=True)
        for entry in os.listdir(folder):  # of killed processes; a living one merely fails to keep its file
            if entry.startswith(f"{name}.") and entry.endswith(".tmp"):
                _remove(os.path.join(folder, entry))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except OSError:
        return
    finally:  # after Ctrl-C, too
        _remove(temporary)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def write_documents(folder: str, documents: dict[str, bytes]) -> None:
    """Writes compiled documents into a folder: the cache's, or the one that goes into the wheel. Raises `OSError`."""
    for name, document in documents.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(document)
