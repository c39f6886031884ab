"""`news` and its file: made by the first write of progress, renewed by a look on a terminal, by nothing else."""

import json
import shutil
from pathlib import Path

import pytest

from tests.support import SMALL, Home
from tests.terminals import on_terminal


@pytest.fixture
def course(home: Home) -> Path:
    """A copy of the small curriculum that can be changed, in use by name."""
    folder = home.progress.parent / "curricula" / "small"
    shutil.copytree(SMALL, folder)
    home.env["LLMPATH_CURRICULUM"] = "small"
    return folder


def seen(home: Home) -> Path:
    return home.progress.parent / "seen-small.json"


def rename(course: Path) -> None:
    path = course / "topics" / "words.toml"
    text = path.read_text("utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("title.en")]
    path.write_text(text.replace(line, 'title.en = "Words Anew"', 1), "utf-8")


def test_the_first_write_makes_the_file_and_reading_never_does(course: Path, home: Home) -> None:
    ran = home.call("news")
    assert (ran.code, ran.out.startswith("Nothing to compare with yet.")) == (0, True)
    home.call("list")
    assert not seen(home).exists()
    assert home.call("done", "words").code == 0
    assert json.loads(seen(home).read_text("utf-8"))["language"] == "en"
    first = seen(home).read_bytes()
    rename(course)
    for words in (["start", "numbers"], ["undo"], ["news"], ["news", "--json"]):
        assert home.call(*words).code == 0
    assert seen(home).read_bytes() == first


def test_a_look_on_a_terminal_tells_the_changes_once(course: Path, home: Home) -> None:
    home.call("done", "words")
    rename(course)
    [change] = home.call("news", "--json").json()["changes"]
    assert (change["kind"], change["id"], change["title"], change["affects_you"]) == (
        "topic_renamed",
        "words",
        "Words Anew",
        True,
    )
    shown = on_terminal(home, "news", columns=100)
    assert (shown.code, "topic renamed: Words Anew (was: " in shown.text) == (0, True)
    assert "you have worked on it" in shown.text
    assert home.call("news").out.startswith("Nothing has changed since ")
    assert home.call("news", "--json").json()["changes"] == []


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "主题改名：新词（原为："), ("zh-Hant", "主題改名：新詞（原為：")]
)
def test_changes_are_told_in_chinese(language: str, words: str, course: Path, home: Home) -> None:
    home.call("--lang", language, "done", "words")
    path = course / "topics" / "words.toml"
    lines = path.read_text("utf-8").splitlines()
    new = {"zh-Hans": "新词", "zh-Hant": "新詞"}[language]
    place = next(number for number, line in enumerate(lines) if line.startswith(f"title.{language}"))
    lines[place] = f'title.{language} = "{new}"'
    path.write_text("\n".join(lines), "utf-8")
    assert words in home.call("--lang", language, "news").out


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"day": 1, "language": "en", "topics": 5}'])
def test_a_damaged_file_is_like_none_and_the_next_look_mends_it(content: str, course: Path, home: Home) -> None:
    home.call("done", "words")
    seen(home).write_text(content, "utf-8")
    assert home.call("news").out.startswith("Nothing to compare with yet.")
    assert on_terminal(home, "news").code == 0
    assert json.loads(seen(home).read_text("utf-8"))["topics"]


def test_a_folder_that_takes_no_more_files_fails_no_command(course: Path, home: Home) -> None:
    seen(home).mkdir(parents=True)
    assert home.call("done", "words").code == 0
    assert on_terminal(home, "news").code == 0


def test_another_progress_file_has_a_look_of_its_own(course: Path, home: Home) -> None:
    home.call("--progress", "mine.toml", "done", "words")
    assert (home.work / "mine.seen-small.json").exists()
    assert not seen(home).exists()
