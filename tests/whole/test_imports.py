"""What a command must not import: facts about start-up, not timings."""

import subprocess
import sys

import pytest

from tests.support import Home

NEVER_DAILY = {"pydantic", "typer", "rapidfuzz", "icalendar", "rich", "fsrs"}
"""What a command of every day does not wait for. On a terminal rich paints; in a pipe it has nothing to do."""


def imported(home: Home, *words: str) -> set[str]:
    """The modules that a command imports, beyond those of a bare interpreter with the same site."""
    return _modules(home, "-c", "from llmpath.__main__ import entry; entry()", *words) - _modules(home, "-c", "pass")


def _modules(home: Home, *words: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", *words],
        cwd=home.work,
        env=home.env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")}


@pytest.fixture
def compiled_home(home: Home) -> Home:
    """A home in which the curriculum is compiled and some progress is kept."""
    assert home.run("done", "python").code == 0
    return home


READING = (
    "list; show quantization; next; stats; review; log; ; list --json; next --why; review --json; "
    "--lang zh list --state todo; plan agents"
)


@pytest.mark.parametrize("words", [tuple(words.split()) for words in READING.split(";")])
def test_reading_imports_nothing_heavy(compiled_home: Home, words: tuple[str, ...]) -> None:
    found = imported(compiled_home, *words)
    assert "llmpath.curriculum.catalog" in found
    assert not found & NEVER_DAILY


def test_done_imports_the_lock_but_neither_typer_nor_rich_nor_pydantic(compiled_home: Home) -> None:
    found = imported(compiled_home, "done", "rag")
    assert {"llmpath.files.lock", "tomli_w"} <= found
    assert not found & NEVER_DAILY
