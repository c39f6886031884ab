"""What several tests stand on: a curriculum of five topics, and whole processes in a home of their own."""

import io
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from llmpath.curriculum.catalog import Catalog, Names
from llmpath.curriculum.entries import Concept, Curriculum, Goal, Part, Resource, Topic
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from llmpath.text.names import folded

SMALL = Path(__file__).parent / "data" / "small"
"""The curriculum `small` as files, richer than `small()`: five topics, three languages, alternatives, long texts."""

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COMMAND = os.environ.get("LLMPATH_TEST_COMMAND", "").split() or [sys.executable, "-m", "llmpath"]
"""How the program is started: this checkout's, or an installed one that CI names."""


def resource(name: str, minutes: int | None = 60, **fields: Any) -> Resource:
    """A resource that teaches `idea`; any field may be given."""
    given: dict[str, Any] = {
        "title": name.title(),
        "url": f"https://example.org/{name}",
        "kind": "article",
        "language": "en",
        "level": "intro",
        "minutes": minutes,
        "concepts": ["idea"],
        "note": f"About {name}.",
    }
    return Resource(name, **{**given, **fields})


def topic(name: str, requires: Sequence[str] = (), **fields: Any) -> Topic:
    """A topic with one concept `idea` and the resources `one` (60 min, core) and `two` (30 min), no exercise."""
    given: dict[str, Any] = {
        "title": name.title(),
        "summary": f"What {name} is.",
        "requires": list(requires),
        "core": ["one"],
        "concepts": [Concept("idea", f"The Idea of {name.title()}", f"What {name} is about.")],
        "resources": [resource("one"), resource("two", 30)],
    }
    return Topic(name, **{**given, **fields})


def catalog_of(
    topics: Sequence[Topic], parts: Mapping[str, Sequence[str]] | None = None, goals: Sequence[Goal] = ()
) -> Catalog:
    """A catalog of the curriculum `small`; by default all topics in the part `all`."""
    chosen = parts or {"all": [topic.id for topic in topics]}
    rows = [Part(name, name.title(), f"The part {name}.", list(names)) for name, names in chosen.items()]
    curriculum = Curriculum(
        "small", "Small Course", "Five topics.", ["en"], [], rows, goals, None, None, list(topics), {}
    )
    return Catalog(curriculum, lambda: _names(curriculum))


def _names(curriculum: Curriculum) -> Names:
    aliases: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for entry in curriculum.topics:
        for alias in entry.aliases:
            aliases.setdefault(folded(alias), []).append(entry.id)
        titles.setdefault(folded(entry.title), []).append(entry.id)
        for concept in entry.concepts:
            for alias in concept.aliases:
                aliases.setdefault(folded(alias), []).append(f"{entry.id}/{concept.id}")
            titles.setdefault(folded(concept.title), []).append(f"{entry.id}/{concept.id}")
        for each in entry.resources:
            titles.setdefault(folded(each.title), []).append(f"{entry.id}/{each.id}")
        if entry.exercise:
            titles.setdefault(folded(entry.exercise.task), []).append(f"{entry.id}/exercise")
    parts, goals = (
        {folded(each.title): [each.id] for each in several} for several in (curriculum.parts, curriculum.goals)
    )
    return Names(aliases, titles, parts, goals)


def small() -> Catalog:
    """Five topics in two parts:

    basics: numbers, words (needs numbers);
    models: attention (needs words), tuning (needs attention), agents (needs words).
    """
    topics = [
        topic("numbers"),
        topic("words", ["numbers"]),
        topic("attention", ["words"]),
        topic("tuning", ["attention"], aliases=["sft", "微调"]),
        topic("agents", ["words"]),
    ]
    return catalog_of(topics, {"basics": ["numbers", "words"], "models": ["attention", "tuning", "agents"]})


VERBS = {"todo": "reset", "doing": "start", "done": "done", "skipped": "skip"}


def entry(at: datetime, verb: str, *items: str, **fields: Any) -> dict[str, Any]:
    """An entry of a log, of the curriculum `small`."""
    return {"at": at, verb: list(items), **fields, "curriculum": "small"}


def progress_of(catalog: Catalog, goal: str | None = None, /, **states: str) -> Progress:
    """Progress from states by item, `/` written as `__`: `progress_of(small(), words__one="done")`."""
    entries = [
        entry(NOW + timedelta(seconds=n), VERBS[state], item.replace("__", "/"))
        for n, (item, state) in enumerate(states.items())
    ]
    return Progress(catalog, Log([*entries, *([entry(NOW, "goal", goal)] if goal else [])]))


class Ran(NamedTuple):
    """What a process left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


class Home:
    """A user's home in a folder of its own, and the program run in it, outside the checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.work.mkdir(parents=True, exist_ok=True)
        self.progress = folder / "data" / "llmpath" / "progress.toml"
        self.config = folder / "config" / "llmpath" / "config.toml"
        self.cache = folder / "cache" / "llmpath"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LANG": "en_US.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        }
        if sys.platform == "win32":
            self.env |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
            self.env |= {"LOCALAPPDATA": str(folder), "APPDATA": str(folder), "USERPROFILE": str(folder)}

    def run(
        self, *words: str, env: Mapping[str, str] | None = None, stdin: str | None = None, seconds: int = 60
    ) -> Ran:
        """Runs the program with these words to its end."""
        ran = subprocess.run(
            [*COMMAND, *words],
            cwd=self.work,
            env={**self.env, **(env or {})},
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def call(self, *words: str, env: Mapping[str, str] | None = None) -> Ran:
        """Runs the program with these words in this process, which is quicker than `run`."""
        from llmpath.__main__ import main
        from llmpath.cli.run import guarded

        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with (
            patch.dict(os.environ, {**self.env, **(env or {})}, clear=True),
            patch.multiple(sys, stdin=io.StringIO(), stdout=out, stderr=err),
            chdir(self.work),
        ):
            code = guarded(lambda: main([*words]))
        return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    def popen(self, *words: str, env: Mapping[str, str] | None = None, **options: Any) -> "subprocess.Popen[str]":
        """Starts the program and leaves it running."""
        return subprocess.Popen(
            [*COMMAND, *words], cwd=self.work, env={**self.env, **(env or {})}, text=True, encoding="utf-8", **options
        )

    def entries(self) -> list[dict[str, Any]]:
        """The entries of the progress file as they stand in it; none without a file."""
        return tomllib.loads(self.progress.read_text("utf-8"))["log"] if self.progress.exists() else []

    def states(self) -> dict[str, str]:
        """The state of each item of the curriculum `small` that was touched."""
        progress = Progress(small(), Log(self.entries()))
        items = [item for entry in self.entries() for verb in VERBS.values() for item in entry.get(verb, ())]
        return {item: progress.own_state(item) for item in items}

    def write_progress(self, text: str | bytes) -> Path:
        """Puts a progress file in its place."""
        self.progress.parent.mkdir(parents=True, exist_ok=True)
        self.progress.write_bytes(text.encode() if isinstance(text, str) else text)
        return self.progress


HOLDER = (
    "import sys; from llmpath.files.lock import acquire; acquire(sys.argv[1], 0, 0, lambda: None); "
    "print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Another process holds a lock until the end of the block, where it is killed."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.kill()
