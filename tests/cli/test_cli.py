"""The command line: options before and after the command, usage errors, help."""

import re
import shlex
from unittest.mock import patch

import pytest

from llmpath import __version__
from llmpath.cli.command_line import Line, command_line
from llmpath.cli.commands import COMMANDS as DECLARED
from llmpath.cli.help import text_key
from llmpath.messages import Texts
from llmpath.text.languages import LANGUAGES
from tests.support import Home

COMMANDS = {name: command for name, command in DECLARED.items() if name}
EXAMPLES = {"en": "Example: ", "zh-Hans": "示例：", "zh-Hant": "範例："}


# options that stand anywhere


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "zh-Hans", "list"),
        ("list", "--lang", "zh-Hans"),
        ("list", "--lang=zh-Hans"),
        ("--lang=zh-Hans", "list"),
        ("list", "--lang", "zh-Hans", "basics"),
        ("list", "basics", "--lang", "zh-Hans"),
        ("--lang", "en", "list", "--lang", "zh-Hans"),
        ("list", "--lang", "en", "--lang", "zh-Hans"),
        ("--lang", "en", "--lang", "zh-Hans", "list"),
        ("--quiet", "list", "--lang", "zh-Hans", "--color", "never"),
    ],
)
def test_options_stand_before_or_after_the_command_and_the_last_one_wins(course: Home, words: tuple[str, ...]) -> None:
    ran = course.call(*words)
    assert ran.code == 0
    assert "小课程" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize(
    "words", [("config", "--lang", "zh"), ("--lang", "zh", "config"), ("backup", "--lang", "zh", "list")]
)
def test_options_stand_anywhere_among_the_words_of_a_group(course: Home, words: tuple[str, ...]) -> None:
    ran = course.call(*words)
    assert ran.code == 0
    assert not ran.out.isascii()


def test_options_of_a_command_mix_with_its_words(course: Home) -> None:
    assert course.call("done", "numbers", "--on", "2025-01-02", "words", "--note", "two").code == 0
    entries = course.call("log", "--json").json()["entries"]
    assert [(entry["did"], entry["items"], entry["on"], entry["note"]) for entry in entries] == [
        ("done", ["numbers", "words"], "2025-01-02", "two")
    ]


def noted(home: Home) -> list[str]:
    """The notes on the topic `numbers`."""
    return [note["text"] for note in home.call("note", "numbers", "--json").json()["notes"]]


@pytest.mark.parametrize("text", ["-x", "- [ ] what", "--later", "-1"])
def test_a_note_may_begin_with_a_hyphen(course: Home, text: str) -> None:
    assert course.call("note", "numbers", text, "--quiet").code == 0
    assert course.call("note", "numbers", *text.split()).code == 0
    assert noted(course) == [text]


@pytest.mark.parametrize("value", ["--lang", "--json", "-h", "--help", "-", "--", "done"])
def test_a_value_may_look_like_an_option_or_a_command(course: Home, value: str) -> None:
    assert course.call("done", "numbers", "--note", value).code == 0
    assert noted(course) == [value]


def test_the_value_of_a_short_option_may_stand_close_to_it(course: Home) -> None:
    assert course.call("start", "words", "numbers").code == 0
    assert course.call("log", "-n1") == course.call("log", "-n", "1")
    assert course.call("export", "md", "-omine.md").code == 0
    assert (course.work / "mine.md").exists()


def test_after_two_hyphens_everything_is_a_word(course: Home) -> None:
    assert course.call("done", "--", "numbers").code == 0
    assert course.call("note", "numbers", "--", "--lang", "matters").code == 0
    assert noted(course) == ["--lang matters"]
    ran = course.call("done", "--", "--help")
    assert (ran.code, ran.out) == (3, "")
    assert "“--help”" in ran.err


# what is wrong with a command line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lst",), "No command “lst”. Did you mean “list”? Help: llmpath --help"),
        (("xyzzy",), "No command “xyzzy”. Help: llmpath --help"),
        (("backup", "lst"), "No command “lst”. Did you mean “list”? Help: llmpath backup --help"),
        (("config", "words"), "No command “words”. Help: llmpath config --help"),
        (("list", "--stat", "done"), "No option --stat. Did you mean “--state”? Help: llmpath list --help"),
        (("list", "--xyzzy"), "No option --xyzzy. Help: llmpath list --help"),
        (("list", "-x"), "No option -x. Help: llmpath list --help"),
        (("--xyzzy",), "No option --xyzzy. Help: llmpath --help"),
        (("list", "--lang"), "--lang needs a value. Help: llmpath list --help"),
        (("--lang",), "--lang needs a value. Help: llmpath --help"),
        (("list", "--json=yes"), "--json takes no value. Help: llmpath list --help"),
        (("list", "basics", "models"), "Unexpected argument: models. Help: llmpath list --help"),
        (("undo", "it", "all"), "Unexpected argument: it all. Help: llmpath undo --help"),
        (("show",), "Missing: ITEM. Help: llmpath show --help"),
        (("skip",), "Missing: ITEM. Help: llmpath skip --help"),
        (("backup",), "Missing: list | restore. Help: llmpath backup --help"),
        (("config", "set", "color"), "Missing: VALUE. Help: llmpath config set --help"),
        (("--progress", "", "list"), "--progress cannot be “”. It may be: the path of a file."),
        (("tuning",), "“tuning” is an item, not a command. Did you mean: llmpath show tuning"),
        (("sft",), "“sft” is an item, not a command. Did you mean: llmpath show tuning"),
        (("list", "--version"), "No option --version. Help: llmpath list --help"),
        (("--lang", "de", "list"), "--lang cannot be “de”. It may be: en, zh-Hans, zh-Hant."),
        (("--lang", "", "list"), "--lang cannot be “”. It may be: en, zh-Hans, zh-Hant."),
        (("list", "--color", "blue"), "--color cannot be “blue”. It may be: auto, always, never."),
        (("list", "--state", "half"), "--state cannot be “half”: todo, doing, done, skipped."),
        (("resources", "--level", "easy"), "--level cannot be “easy”: intro, intermediate, advanced."),
        (("search", ""), "What are you looking for? llmpath search lora"),
        (("next", "0"), "“0” is not a number from 1 to 1000."),
    ],
)
def test_a_wrong_command_line_gets_one_line_and_exit_code_2(course: Home, words: tuple[str, ...], said: str) -> None:
    assert course.call(*words) == (2, "", f"error: {said}\n")


@pytest.mark.parametrize("words", [("lst", "--lang", "zh"), ("list", "--xyzzy", "--lang=zh"), ("--lang", "zh", "show")])
def test_a_wrong_command_line_is_told_in_the_language_that_it_names(course: Home, words: tuple[str, ...]) -> None:
    ran = course.call(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("错误：")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "nothing"), 3),
        (("show", "a"), 3),
        (("show", ""), 3),
        (("show", "models"), 3),
        (("list", "nothing"), 3),
        (("path", "nothing"), 3),
        (("list", "--curriculum", "nothing"), 3),
        (("list", "--curriculum", ""), 2),
        (("done", "\x1b[31m"), 3),
        (("done", "\udcff"), 3),
        (("note", "--edit"), 2),
        (("list", "--progress", "."), 1),
    ],
)
def test_a_refusal_is_one_message_on_standard_error_and_nothing_else(
    course: Home, words: tuple[str, ...], code: int
) -> None:
    for language in LANGUAGES:
        ran = course.call("--lang", language, *words)
        assert (ran.code, ran.out) == (code, "")
        assert ran.err.startswith({"en": "error: ", "zh-Hans": "错误：", "zh-Hant": "錯誤："}[language])
        assert "Traceback" not in ran.err
        assert "\x1b" not in ran.err
    assert not course.progress.parent.exists()


# help and version


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_one_example_in_every_language(home: Home, name: str, language: str) -> None:
    ran = home.call(*name.split(), "--help", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert f"llmpath {name}" in lines[0]
    [example] = [line for line in lines if line.startswith(EXAMPLES[language])]
    assert f"{EXAMPLES[language]}llmpath {name.removeprefix('curriculum ') if 'validate' in name else name}" in example
    assert "argument." not in ran.out
    assert "option." not in ran.out
    for option in ("--lang", "--color", "--quiet", "--no-pager", "--progress", "--curriculum", "-h, --help"):
        assert sum(line.startswith(f"  {option}") for line in lines) == 1
    assert all(f"  {sub.rpartition(' ')[2]}" in ran.out for sub in COMMANDS if sub.startswith(f"{name} "))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_is_a_command_line_that_it_takes(home: Home, name: str) -> None:
    example = shlex.split(Texts("en")(f"example.{text_key(name)}"))
    assert example[0] == "llmpath"
    line = Line(command_line(), example[1:])
    assert line.is_complete()
    assert line.syntax.name.startswith(text_key(name).replace(".", " "))


@pytest.mark.parametrize("words", [("-h",), ("--help",), ("help",), ("--lang", "en", "-h")])
def test_the_first_page_of_help_has_every_command_under_its_heading(home: Home, words: tuple[str, ...]) -> None:
    ran = home.call(*words)
    assert (ran.code, ran.err) == (0, "")
    for name, entry in COMMANDS.items():
        assert bool(re.search(rf"^  (.*  )?{name}(  |$)", ran.out, re.MULTILINE)) == bool(entry.heading)


@pytest.mark.parametrize("words", [("list", "-h"), ("-h", "list")])
def test_help_wins_over_what_else_is_asked(home: Home, words: tuple[str, ...]) -> None:
    assert home.call(*words).out.startswith("Usage: llmpath")


def test_a_wrong_command_line_is_told_as_such_where_the_settings_are_broken_too(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text("color = 7\n", "utf-8")
    assert home.call("config", "set", "color") == (2, "", "error: Missing: VALUE. Help: llmpath config set --help\n")


def test_an_option_of_a_command_before_it_is_told_without_suggesting_itself(home: Home) -> None:
    assert home.call("--json", "list").err == "error: No option --json. Help: llmpath list --help\n"


def test_help_works_where_everything_else_is_broken(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text("color = 7\n", "utf-8")
    home.write_progress("broken")
    for words in (("--help",), ("done", "--help"), ("--version",)):
        assert home.call(*words).code == 0


def test_the_version_is_one_line(home: Home) -> None:
    assert home.call("--version") == (0, f"llmpath {__version__}\n", "")
    assert home.call("--version", "list") == (0, f"llmpath {__version__}\n", "")


def test_ctrl_c_while_the_command_line_is_read_is_an_interruption(course: Home) -> None:
    with patch("llmpath.cli.app.UsageError", side_effect=KeyboardInterrupt):
        assert course.call("list", "basics", "basics").code == 130
