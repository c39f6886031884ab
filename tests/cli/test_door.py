"""A daily command answers the same whether typer reads it or not: every form both ways, byte for byte."""

from contextlib import AbstractContextManager, nullcontext
from unittest.mock import patch

import pytest

from llmpath.cli.commands import COMMANDS, Command
from llmpath.cli.run import guarded
from tests.support import Home, Ran

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
FORMS = (
    "",
    "list",
    "list models",
    "list 2",
    "list nothing",
    "show tuning",
    "show 2.2",
    "show attention/idea",
    "show a",
    "show nothing-like-it",
    "resources",
    "resources tuning",
    "search tuning",
    "search 没有的词",
    "log",
    "stats",
    "review",
    "review models",
    "review nothing",
    "next",
    "next 3",
    "next 0",
    "plan agents",
    "path agents",
    "map",
    "map --json",
    "start words",
    "done numbers words",
    "done 1",
    "done nothing",
    "done numbers nothing",
    "skip basics",
    "reset numbers",
    "undo",
    "redo",
    "open --print",
    "news",
    "review",
    "review --limit 2 --json",
    "plan --start 2026-12-01",
    "goal agents",
    "goal --clear",
    "note words",
    "note words begin with vectors",
    "list --state todo",
    "list --state=doing --json",
    "list basics --quiet --color never",
    "--lang zh list",
    "next --time 45m --kind video",
    "plan agents --know words --know numbers",
    "done words --on 2026-11-01 --note read",
    "done --note -x -- words",
    "resources --in zh --level intro",
)


def without_the_door() -> AbstractContextManager[object]:
    """Has every command line read by typer."""
    return patch.object(Command, "is_daily", False)


def answered(home: Home, language: str, form: str, *, by_door: bool) -> tuple[Ran, Ran]:
    """What a form answers after some progress, and what `list` says then; by the door, or by the command line."""
    home.progress.unlink(missing_ok=True)
    env = {"LLMPATH_LANG": language}
    assert home.call("done", "numbers", "--on", "2026-11-20", "--note", "n", env=env).code == 0
    assert home.call("start", "tuning", "--on", "2026-11-21", env=env).code == 0
    with nullcontext() if by_door else without_the_door():
        return home.call(*form.split(), env=env), home.call("list", env=env)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_daily_form_answers_the_same_with_typer_and_without(course: Home, form: str, language: str) -> None:
    through_the_door = answered(course, language, form, by_door=True)
    assert through_the_door[0].out or through_the_door[0].err
    assert through_the_door == answered(course, language, form, by_door=False)


def test_every_daily_command_is_among_the_forms() -> None:
    assert {form.removeprefix("--lang zh ").partition(" ")[0] for form in FORMS} == {
        name for name, each in COMMANDS.items() if each.is_daily
    }


def test_an_error_of_our_own_is_a_line_that_drives_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise RuntimeError("\x1b]0;owned\x07\u202e")

    with patch.dict("os.environ", {"LANG": "en_US.UTF-8", "LLMPATH_DEBUG": ""}):
        assert guarded(fail) == 1
    told = capsys.readouterr().err
    assert "RuntimeError: \ufffd]0;owned\ufffd\ufffd" in told
    assert len(told.splitlines()) == 1


def test_ctrl_c_once_a_change_is_saved_is_no_failure(course: Home) -> None:
    with patch("llmpath.cli.run.show", side_effect=KeyboardInterrupt):
        assert course.call("list").code == 130
        assert course.call("done", "numbers").code == 0
    assert course.states() == {"numbers": "done"}
