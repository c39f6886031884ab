"""The door and the command line lead to the same commands: every daily form both ways, byte for byte."""

from pathlib import Path
from unittest.mock import patch

import pytest

from llmpath import __main__ as door
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
    "next",
    "next 3",
    "next 0",
    "path agents",
    "path",
    "start words",
    "done numbers words",
    "done 1",
    "done nothing",
    "done numbers nothing",
    "skip basics",
    "reset numbers",
    "undo",
    "redo",
)


def answered(home: Home, language: str, form: str, *, by_door: bool) -> tuple[Ran, Ran]:
    """What a form answers after some progress, and what `list` says then; by the door, or by the command line."""
    home.progress.unlink(missing_ok=True)
    for history in home.state.glob("history-*.json"):
        history.unlink()
    env = {"LLMPATH_LANG": language}
    assert home.call("done", "numbers", "--on", "2026-11-20", "--note", "n", env=env).code == 0
    assert home.call("start", "tuning", "--on", "2026-11-21", env=env).code == 0
    daily = door.DAILY if by_door else {}
    with patch.object(door, "DAILY", daily):
        return home.call(*form.split(), env=env), home.call("list", env=env)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_daily_form_answers_the_same_through_the_door_and_through_the_command_line(
    course: Home, form: str, language: str
) -> None:
    through_the_door = answered(course, language, form, by_door=True)
    assert through_the_door[0].out or through_the_door[0].err
    assert through_the_door == answered(course, language, form, by_door=False)


def test_every_daily_command_is_among_the_forms_and_known_to_the_command_line() -> None:
    from llmpath.cli.app import COMMANDS

    assert {form.partition(" ")[0] for form in FORMS} == set(door.DAILY)
    assert set(door.DAILY) - {""} <= set(COMMANDS)


def test_the_door_is_no_longer_than_a_door() -> None:
    source = Path(door.__file__).read_text("utf-8")
    body = source.partition("def main(")[2].partition("\ndef ")[0]
    assert len(body.strip().splitlines()) <= 16
