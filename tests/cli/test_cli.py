"""The command line: options before and after the command, usage errors, help."""

import shlex
from unittest.mock import patch

import pytest

from llmpath import __version__
from llmpath.cli.app import COMMANDS, root
from llmpath.messages import Texts
from llmpath.text.languages import LANGUAGES
from tests.support import SMALL, Home

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


def test_the_progress_file_and_the_curriculum_may_be_named(home: Home) -> None:
    for words in (("--progress", "my.toml", "done", "sft"), ("done", "words", "--progress", "my.toml")):
        assert home.call(*words, "--curriculum", str(SMALL)).code == 0
    assert (home.work / "my.toml").read_text("utf-8").count("[items.") == 2
    assert not home.progress.exists()


def test_options_of_a_command_mix_with_its_words(course: Home) -> None:
    assert course.call("done", "numbers", "--on", "2025-01-02", "words", "--note", "two").code == 0
    events = course.call("log", "--json").json()["events"]
    assert [(event["item"], event["on"], event["my_note"]) for event in events] == [
        ("numbers", "2025-01-02", "two"),
        ("words", "2025-01-02", "two"),
    ]


@pytest.mark.parametrize("value", ["--lang", "--json", "-h", "--help", "-", "--", "done"])
def test_a_value_may_look_like_an_option_or_a_command(course: Home, value: str) -> None:
    assert course.call("done", "numbers", "--note", value).code == 0
    assert course.call("note", "numbers").out == f"1.1 Numbers\n  {value}\n"


def test_after_two_hyphens_everything_is_a_word(course: Home) -> None:
    assert course.call("done", "--", "numbers").code == 0
    assert course.call("note", "numbers", "--", "--lang", "matters").code == 0
    assert course.call("note", "numbers").out == "1.1 Numbers\n  --lang matters\n"
    ran = course.call("done", "--", "--help")
    assert (ran.code, ran.out) == (3, "")
    assert "“--help”" in ran.err


def test_an_option_with_a_value_does_not_swallow_the_command(course: Home) -> None:
    assert course.call("--color", "never", "done", "numbers").code == 0


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
        (("list", "basics", "models"), "Too many words: models. Help: llmpath list --help"),
        (("undo", "it", "all"), "Too many words: it all. Help: llmpath undo --help"),
        (("show",), "Missing: ITEM. Help: llmpath show --help"),
        (("done",), "Missing: ITEM. Help: llmpath done --help"),
        (("backup",), "Missing: list | restore. Help: llmpath backup --help"),
        (("config", "set", "color"), "Missing: VALUE. Help: llmpath config set --help"),
        (("--progress", "", "list"), "--progress cannot be “”. Help: llmpath --help"),
        (("list", "--version"), "No option --version. Help: llmpath list --help"),
        (("--lang", "de", "list"), "No language “de”: en, zh-Hans, zh-Hant."),
        (("--lang", "", "list"), "No language “”: en, zh-Hans, zh-Hant."),
        (("list", "--color", "blue"), "--color is auto, always or never, not “blue”."),
        (("list", "--state", "half"), "--state cannot be “half”: todo, doing, skipped, done."),
        (("resources", "--level", "easy"), "--level cannot be “easy”: intro, intermediate, advanced."),
        (("search", ""), "What are you looking for? llmpath search lora"),
        (("next", "0"), "“0” is no number of suggestions. Write 1 to 1000."),
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
        (("list", "--curriculum", ""), 3),
        (("done", "\x1b[31m"), 3),
        (("done", "\udcff"), 3),
        (("path",), 2),
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


def test_an_ambiguous_name_is_told_with_its_candidates_under_each_other(course: Home) -> None:
    ran = course.call("done", "a")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "error: “a” could be several; nothing was changed. Use one of these:\n"
        "  attention  Attention\n"
        "  agents     Agents\n"
    )


def test_an_unknown_name_is_told_with_the_closest(course: Home) -> None:
    assert course.call("done", "atention").err == "error: No item “atention”. Did you mean Attention (attention)?\n"


# help and version


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_one_example_in_every_language(home: Home, name: str, language: str) -> None:
    ran = home.call(*name.split(), "--help", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert f"llmpath {name}" in lines[0]
    [example] = [line for line in lines if line.startswith(EXAMPLES[language])]
    assert f"{EXAMPLES[language]}llmpath {name}" in example
    assert "argument." not in ran.out
    assert "option." not in ran.out
    for option in ("--lang", "--color", "--quiet", "--progress", "--curriculum", "-h, --help"):
        assert sum(line.startswith(f"  {option}") for line in lines) == 1
    assert all(f"  {sub.rpartition(' ')[2]}" in ran.out for sub in COMMANDS if sub.startswith(f"{name} "))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_is_a_command_line_that_it_takes(home: Home, name: str) -> None:
    example = shlex.split(Texts("en")(f"example.{name.replace(' ', '.')}"))
    assert example[0] == "llmpath"
    call = root().main(args=example[1:], prog_name="llmpath", standalone_mode=False, obj={})
    assert callable(call.command)


@pytest.mark.parametrize("words", [("-h",), ("--help",), ("--help", "list"), ("--lang", "en", "-h")])
def test_the_first_page_of_help_has_every_command_under_its_heading(home: Home, words: tuple[str, ...]) -> None:
    ran = home.call(*words)
    assert (ran.code, ran.err) == (0, "")
    for name, entry in COMMANDS.items():
        assert (f"\n  {name} " in ran.out) == bool(entry.heading)
    assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.parametrize("words", [("list", "-h"), ("-h", "list")])
def test_help_wins_over_what_else_is_asked(home: Home, words: tuple[str, ...]) -> None:
    assert home.call(*words).out.startswith("Usage: llmpath")


def test_help_works_where_everything_else_is_broken(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text("color = 7\n", "utf-8")
    home.write_progress("broken")
    for words in (("--help",), ("done", "--help"), ("--version",)):
        assert home.call(*words).code == 0


def test_the_version_is_one_line(home: Home) -> None:
    assert home.call("--version") == (0, f"llmpath {__version__}\n", "")
    assert home.call("--version", "list") == (0, f"llmpath {__version__}\n", "")


# the door


FORMS = """
list; list models; list nothing; list a b; show sft; show; show a; search words; log; stats; next; next 3; next x; path;
path agents; done numbers; done words; skip nothing; start words agents; undo; redo; reset numbers; undo x; goal agents
"""


@pytest.mark.parametrize("words", ["", *(form.strip() for form in FORMS.split(";"))])
def test_the_short_way_into_a_command_and_the_long_one_give_the_same(
    course: Home, words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Home(tmp_path_factory.mktemp("other"))
    other.env = {
        **course.env,
        "XDG_DATA_HOME": str(other.folder / "data"),
        "XDG_STATE_HOME": str(other.folder / "state"),
    }
    for each in (course, other):
        each.call("done", "1.2", "heads")
        each.call("start", "agents")
    for language in LANGUAGES:
        short = course.call(*words.split(), env={"LLMPATH_LANG": language})
        with patch("llmpath.__main__.DAILY", {}):
            long = other.call(*words.split(), env={"LLMPATH_LANG": language})
        assert short == long
