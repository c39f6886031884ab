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


def rename(course: Path, before: str, after: str) -> None:
    path = course / "topics" / "words.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_the_first_write_makes_the_file_and_reading_never_does(course: Path, home: Home) -> None:
    ran = home.call("news")
    assert (ran.code, ran.out.startswith("Nothing to compare with yet.")) == (0, True)
    home.call("list")
    assert not seen(home).exists()
    assert home.call("done", "words").code == 0
    assert json.loads(seen(home).read_text("utf-8"))["language"] == "en"
    first = seen(home).read_bytes()
    rename(course, "Words and What They Are Made Of", "Words Anew")
    for words in (["start", "numbers"], ["undo"], ["news"], ["news", "--json"]):
        assert home.call(*words).code == 0
    assert seen(home).read_bytes() == first


def test_a_look_on_a_terminal_tells_the_changes_once(course: Path, home: Home) -> None:
    home.call("done", "words")
    rename(course, "Words and What They Are Made Of", "Words Anew")
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
    ("language", "before", "after", "said"),
    [
        ("zh-Hans", "词语", "新词", "主题改名：新词（原为：词语）"),
        ("zh-Hant", "詞語", "新詞", "主題改名：新詞（原為：詞語）"),
    ],
)
def test_changes_are_told_in_chinese(
    language: str, before: str, after: str, said: str, course: Path, home: Home
) -> None:
    home.call("--lang", language, "done", "words")
    rename(course, before, after)
    assert said in home.call("--lang", language, "news").out


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"day": 1, "language": "en", "items": 5}'])
def test_a_damaged_file_is_like_none_and_the_next_look_mends_it(content: str, course: Path, home: Home) -> None:
    home.call("done", "words")
    seen(home).write_text(content, "utf-8")
    assert home.call("news").out.startswith("Nothing to compare with yet.")
    assert on_terminal(home, "news").code == 0
    assert json.loads(seen(home).read_text("utf-8"))["items"]


def test_a_folder_that_takes_no_more_files_fails_no_command(course: Path, home: Home) -> None:
    seen(home).mkdir(parents=True)
    assert home.call("done", "words").code == 0
    assert on_terminal(home, "news").code == 0


def test_another_progress_file_has_a_look_of_its_own(course: Path, home: Home) -> None:
    home.call("--progress", "mine.toml", "done", "words")
    assert (home.work / "mine.seen-small.json").exists()
    assert not seen(home).exists()
