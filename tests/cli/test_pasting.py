"""Commands that are printed to be copied do what they say when they are pasted, whatever a file is called."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from llmpath.view.quoting import quoted
from tests.authored import Authored
from tests.support import Home

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the shells of Windows quote otherwise")

SLY = "`touch ran` $(touch ran) 'a' \"b\""
"""What a name may hold that a shell would run, part or take away."""

ENTRY = "[[log]]\nat = 2026-01-01 00:00:00Z\ndone = ['rag']\n"


def damaged_progress(home: Home) -> tuple[str, ...]:
    (home.work / f"{SLY}.toml").write_text("no log", "utf-8")
    folder = home.work / "backups"
    folder.mkdir()
    (folder / f"{SLY}-2026-11-20T08-00-00.toml").write_text(f"schema = 2\n{ENTRY}", "utf-8")
    return "list", "--progress", f"{SLY}.toml"


def cut_off_progress(home: Home) -> tuple[str, ...]:
    words = damaged_progress(home)
    (home.work / f"{SLY}.toml").write_text("schema = 2\n", "utf-8")
    return "done", "nlp", "--quiet", *words[1:]


def merge_markers(home: Home) -> tuple[str, ...]:
    (home.work / f"{SLY}.toml").write_text(f"<<<<<<< ours\nschema = 2\n=======\n{ENTRY}>>>>>>> theirs\n", "utf-8")
    return "list", "--progress", f"{SLY}.toml"


def damaged_curriculum(home: Home) -> tuple[str, ...]:
    Authored(home.work / SLY).replace("curriculum.toml", "[[parts]]", "[[pieces]]")
    return "list", "--curriculum", SLY


def ticked_list(home: Home) -> tuple[str, ...]:
    (home.work / f"{SLY}.md").write_text("# List\n\n- [x] [One](https://example.org/one)\n", "utf-8")
    return "curriculum", "import", f"{SLY}.md", SLY


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        (damaged_progress, ["backup", "restore", f"{SLY}-2026-11-20T08-00-00.toml", "--progress", f"{SLY}.toml"]),
        (cut_off_progress, ["backup", "restore", f"{SLY}-2026-11-20T08-00-00.toml", "--progress", f"{SLY}.toml"]),
        (merge_markers, ["merge", f"{SLY}.toml"]),
        (damaged_curriculum, ["validate", f"{SLY}"]),
        (ticked_list, ["curriculum", "import", f"{SLY}.md", SLY, "--yes"]),
    ],
)
def test_a_printed_command_means_what_it_says(
    home: Home, scene: Callable[[Home], tuple[str, ...]], words: list[str]
) -> None:
    said = home.call(*scene(home)).err
    command = next(line for line in said.splitlines() if "llmpath " in line)
    paste = f'llmpath() {{ printf "%s\\n" "$@"; }}\nllmpath {command.partition("llmpath ")[2]}'
    shell = shutil.which("sh") or "/bin/sh"
    ran = subprocess.run([shell, "-c", paste], cwd=home.work, capture_output=True, encoding="utf-8", check=True)
    here = f"{Path(home.work)}/"
    assert [word.removeprefix(here) for word in ran.stdout.splitlines()] == words
    assert not (home.work / "ran").exists()


@pytest.mark.skipif(shutil.which("zsh") is None, reason="without zsh")
@pytest.mark.parametrize("word", ["=ls", "%1", "@a", "a b", "", "rag/gptq-awq"])
def test_a_word_reaches_zsh_as_it_is(word: str) -> None:
    told = subprocess.run(["zsh", "-fc", f"print -r -- {quoted(word)}"], capture_output=True, check=True)
    assert told.stdout.decode() == f"{word}\n"
