"""Edge: where compiled curricula are kept: the user's cache folder, and what the build puts into the wheel."""

from __future__ import annotations

import os

from llmpath import snapshot
from llmpath.places import OUTLINE

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def stamp(folder: str) -> str:
    """Changes when a file of the curriculum, or the program's own form of the documents, changes."""
    from hashlib import blake2b

    facts: list[object] = [snapshot.FORMAT, os.path.realpath(folder), _facts(os.path.join(folder, OUTLINE))]
    try:
        with os.scandir(os.path.join(folder, "topics")) as entries:
            facts += sorted((entry.name, _facts(entry.path)) for entry in entries if entry.name.endswith(".toml"))
    except OSError:
        pass
    program = (_facts(os.path.join(_PACKAGE, name)) for name in ("models.py", "catalog.py", "compiling.py", "rows.py"))
    whose = blake2b(os.fsencode(os.path.realpath(folder)), digest_size=8).hexdigest()
    return f"{whose}-{blake2b(repr([*facts, *program]).encode(errors='surrogateescape'), digest_size=8).hexdigest()}"


def _facts(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size


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
        return  # a cache that cannot be written costs time, nothing else


def write_documents(folder: str, documents: dict[str, bytes]) -> None:
    """Writes compiled documents into a folder: the cache's, or the one that goes into the wheel. Raises `OSError`."""
    for name, document in documents.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(document)
