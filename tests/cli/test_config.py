"""Settings: what is in force and from where, how a setting is changed, and what happens when the file is wrong."""

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from typing import Any

import pytest

from llmpath.cli.settings import SETTINGS
from llmpath.files.lock import StillLocked, acquire
from tests.support import SMALL, Home
from tests.tracing import KILL, KILLED, injected, need_strace, traced

COMMENTED = """\
# My settings.
language = "zh-TW"   # Taiwan
hours_per_week = 4.5 # evenings

[mine]
kept = [1, 2] # whatever it is
"""


def write_config(home: Home, text: str | bytes) -> None:
    home.config.parent.mkdir(parents=True, exist_ok=True)
    home.config.write_bytes(text.encode() if isinstance(text, str) else text)


def shown(home: Home, key: str, *words: str, env: dict[str, str] | None = None) -> str:
    """The line of `config` about one setting."""
    ran = home.call("config", *words, env=env)
    assert ran.code == 0
    [line] = [line for line in ran.out.splitlines() if line.startswith(f"{key} ")]
    return " ".join(line.split())


# what is in force


def test_without_a_file_everything_is_the_default_and_no_file_is_made(home: Home) -> None:
    ran = home.call("config")
    assert (ran.code, ran.err) == (0, "")
    assert all(f"\n{key} " in ran.out for key in SETTINGS)
    assert shown(home, "language").startswith("language en from the locale")
    assert shown(home, "color").startswith("color auto by default")
    assert shown(home, "hours_per_week").startswith("hours_per_week 5 by default")
    assert not home.config.parent.exists()


def test_flags_win_over_the_environment_and_that_over_the_file_and_that_over_the_locale(home: Home) -> None:
    zh = {"LANG": "zh_CN.UTF-8"}
    assert "zh-Hans 来自系统区域设置" in shown(home, "language", env=zh)
    write_config(home, 'language = "zh-Hant"\n')
    assert "zh-Hant 來自 config.toml" in shown(home, "language", env=zh)
    assert "en $LLMPATH_LANG" in shown(home, "language", env={**zh, "LLMPATH_LANG": "en"})
    assert "zh-Hans 来自命令行" in shown(home, "language", "--lang", "zh", env={**zh, "LLMPATH_LANG": "en"})


def test_the_curriculum_and_the_progress_file_follow_the_same_order(home: Home) -> None:
    write_config(home, f"curriculum = '{SMALL}'\n")
    assert home.call("list").out.startswith("Small Course")
    assert home.call("list", env={"LLMPATH_CURRICULUM": "llm-course"}).out.startswith("LLM Course")
    env = {"LLMPATH_CURRICULUM": "nothing"}
    assert home.call("list", env=env).code == 3
    assert home.call("list", "--curriculum", str(SMALL), env=env).out.startswith("Small Course")
    home.call("done", "numbers", env={"LLMPATH_PROGRESS": "one.toml"})
    home.call("done", "numbers", "--progress", "two.toml", env={"LLMPATH_PROGRESS": "one.toml"})
    assert sorted(path.name for path in home.work.glob("*.toml")) == ["one.toml", "two.toml"]
    assert not home.progress.exists()


def test_an_empty_variable_counts_as_none(home: Home) -> None:
    env = {"LLMPATH_LANG": "", "LLMPATH_PROGRESS": "", "LLMPATH_CURRICULUM": "", "NO_COLOR": ""}
    assert home.call("config", env=env).out == home.call("config").out


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("en en_GB EN-us", "Small Course"),
        ("zh zh-CN zh_SG zh_CN.UTF-8 zh-Hans ZH-HANS zh-Hans-TW", "小课程"),
        ("zh-TW zh_HK zh-MO zh-Hant zh-hant-HK", "小課程"),
    ],
)
def test_a_language_has_many_names(course: Home, words: str, title: str) -> None:
    for word in words.split():
        assert course.call("list", "--lang", word).out.startswith(title)
        assert course.call("list", env={"LLMPATH_LANG": word}).out.startswith(title)


@pytest.mark.parametrize("word", ["de", "chinese", "zhx", "e", "deutsch", "-", "en\x1b[31m"])
def test_an_unknown_language_is_refused_wherever_it_stands(course: Home, word: str) -> None:
    for ran in (course.call("list", "--lang", word), course.call("list", env={"LLMPATH_LANG": word})):
        assert (ran.code, ran.out) == (2, "")
        assert "\x1b" not in ran.err
        assert ran.err.endswith("en, zh-Hans, zh-Hant.\n")


@pytest.mark.parametrize(
    ("title", "env"),
    [
        *(("Small Course", {"LANG": locale}) for locale in ("de_DE.UTF-8", "C", "")),
        ("Small Course", {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}),
        ("小課程", {"LANG": "zh_TW.UTF-8"}),
    ],
)
def test_the_locale_decides_the_language_and_another_one_means_english(
    course: Home, title: str, env: dict[str, str]
) -> None:
    assert course.call("list", env=env).out.startswith(title)


# config set


@pytest.mark.parametrize(
    ("key", "word", "value"),
    [
        ("language", "zh-TW", "zh-Hant"),
        ("language", "en", "en"),
        ("color", "never", "never"),
        ("hours_per_week", "6", 6),
        ("hours_per_week", "2.5", 2.5),
        ("preferred_languages", "zh, en", ["zh-Hans", "en"]),
        ("preferred_languages", "zh-Hant，en", ["zh-Hant", "en"]),
        ("preferred_languages", "", []),
        ("preferred_kinds", "video,article", ["video", "article"]),
        ("show_hours", "no", False),
        ("show_hours", "TRUE", True),
        ("curriculum", "llm-course", "llm-course"),
        ("curriculum", str(SMALL), str(SMALL)),
    ],
)
def test_a_setting_is_kept_as_a_value_of_its_kind(home: Home, key: str, word: str, value: Any) -> None:
    ran = home.call("config", "set", key, word)
    assert (ran.code, ran.err) == (0, "")
    assert tomllib.loads(home.config.read_text("utf-8")) == {key: value}


def test_a_relative_folder_is_kept_as_a_whole_path(home: Home) -> None:
    (home.work / "mine" / "topics").mkdir(parents=True)
    (home.work / "mine" / "curriculum.toml").write_bytes((SMALL / "curriculum.toml").read_bytes())
    assert home.call("config", "set", "curriculum", "mine").code == 0
    assert tomllib.loads(home.config.read_text("utf-8"))["curriculum"] == str((home.work / "mine").resolve())


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [("hours_per_week 6", "4.5", "6"), ("color never", "evenings\n", 'evenings\ncolor = "never"\n')],
)
def test_a_setting_is_changed_in_place_or_added_before_the_tables_and_comments_stay(
    home: Home, words: str, old: str, new: str
) -> None:
    write_config(home, COMMENTED)
    assert home.call("config", "set", *words.split()).code == 0
    assert home.config.read_text("utf-8") == COMMENTED.replace(old, new)


def test_only_config_set_writes_the_file(course: Home) -> None:
    write_config(course, COMMENTED)
    for words in (("config",), ("info",), ("done", "numbers"), ("list", "--lang", "en"), ("--help",)):
        course.call(*words)
    assert course.config.read_text("utf-8") == COMMENTED


def test_a_key_of_a_newer_version_is_kept_and_said(home: Home) -> None:
    write_config(home, "glitter = true\n")
    ran = home.call("config")
    assert (ran.code, ran.err) == (0, "")
    assert "glitter" in ran.out


@pytest.mark.parametrize(
    ("key", "word", "shown"),
    [
        ("language", "zh-TW", "zh-Hant"),
        ("hours_per_week", "2.5", "2.5"),
        ("preferred_kinds", "video,book", "video,book"),
        ("show_hours", "no", "false"),
        ("pager", "less -R", "less -R"),
        ("color", "never", "never"),
    ],
)
def test_a_setting_is_got_as_it_is_set_and_unset_back_to_its_default(
    home: Home, key: str, word: str, shown: str
) -> None:
    default = home.call("config", "get", key)
    for back in (("set", key, "auto"), ("unset", key)):
        home.call("config", "set", key, word)
        assert home.call("config", "get", key) == (0, f"{shown}\n", "")
        assert home.call("config", *back).code == 0
        assert home.call("config", "get", key) == default


def test_values_are_taken_in_any_language_of_the_program(home: Home) -> None:
    home.call("config", "set", "preferred_kinds", "视频、書籍,Documentation")
    home.call("config", "set", "preferred_languages", "繁體中文,english")
    home.call("config", "set", "language", "English")
    assert tomllib.loads(home.config.read_text("utf-8")) == {
        "preferred_kinds": ["video", "book", "docs"],
        "preferred_languages": ["zh-Hant", "en"],
        "language": "en",
    }


def test_the_settings_are_edited_in_the_editor_and_checked_afterwards(home: Home) -> None:
    for content, code in (("color = 'never'", 0), ("color = 7", 4)):
        editor = f'{sys.executable} -c "import sys; open(sys.argv[1], \'w\').write(\\"{content}\\")"'
        assert home.call("config", "edit", env={"VISUAL": editor, "EDITOR": "false"}).code == code
        assert home.config.read_text("utf-8") == content
    assert home.call("config", "edit", env={"EDITOR": "false"}).code == 1
    assert home.call("config", "edit", env={"EDITOR": "no-such-editor"}).code == 1


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("language", ["de", ""]),
        ("color", ["blue"]),
        ("hours_per_week", ["0", "-1", "169", "nan", "inf", "many"]),
        ("preferred_languages", ["klingon", "en,\x1b[31m"]),
        ("preferred_kinds", ["video,song"]),
        ("show_hours", ["perhaps"]),
    ],
)
def test_a_wrong_value_is_refused_with_the_right_ones(home: Home, key: str, words: list[str]) -> None:
    for word in words:
        ran = home.call("config", "set", "--", key, word)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"error: {key} cannot be “")
        assert "It may be: " in ran.err
    assert not home.config.exists()


def test_an_unknown_key_is_refused_with_the_known_ones(home: Home) -> None:
    ran = home.call("config", "set", "colour", "never")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: No setting “colour”. There are: {', '.join(SETTINGS)}.\n"


def test_an_unknown_curriculum_is_refused(home: Home) -> None:
    assert home.call("config", "set", "curriculum", "nothing").code == 3
    assert not home.config.exists()


# a file that is wrong

WRONG_VALUES = {
    "language": '"de"',
    "color": "1",
    "curriculum": '""',
    "hours_per_week": "nan",
    "pager": "true",
    "progress_file": '""',
    "sync_folder": "7",
    "reviews_per_day": "2.5",
    "preferred_languages": '"en"',
    "preferred_kinds": '["song"]',
    "show_hours": '"yes"',
}


@pytest.mark.parametrize("key", SETTINGS)
def test_a_wrong_value_in_the_file_ends_with_4_and_names_file_and_key(course: Home, key: str) -> None:
    write_config(course, f"{key} = {WRONG_VALUES[key]}\n")
    for words in (("list",), ("done", "numbers"), ("config",)):
        ran = course.call(*words)
        assert (ran.code, ran.out) == (4, "")
        assert ran.err.startswith(f"error: {course.config}: {key} may be: ")
    assert not course.progress.exists()


def test_a_wrong_value_in_the_file_can_be_mended_as_the_message_says(course: Home) -> None:
    write_config(course, 'color = 1 # mine\nlanguage = "zh"\n')
    assert "llmpath config set color VALUE" in course.call("list").err
    assert course.call("config", "set", "color", "never").code == 0
    assert course.call("config", "set", "language", "zh").code == 0
    assert course.config.read_text("utf-8") == 'color = "never" # mine\nlanguage = "zh-Hans"\n'
    assert course.call("list").code == 0


@pytest.mark.parametrize(
    "content", [b"color = \n", b"[[[", b"\xff\xfe", b"a." * 30_000 + b"a = 1", b"a = " + b"[" * 20_000, b"\0\0\0\0"]
)
def test_a_file_that_is_no_toml_ends_with_4_and_is_left_alone(course: Home, content: bytes) -> None:
    write_config(course, content)
    for words in (("list",), ("config",), ("config", "set", "color", "never")):
        ran = course.call(*words)
        assert (ran.code, ran.out) == (4, "")
        assert str(course.config) in ran.err
        assert "Traceback" not in ran.err
    assert course.config.read_bytes() == content


def test_info_works_and_tells_that_the_settings_are_damaged(course: Home) -> None:
    write_config(course, "color = 1\n")
    ran = course.call("info", "--json")
    assert ran.code == 0
    [row] = [row for row in ran.json()["files"] if row["name"] == "config"]
    assert (row["health"], row["detail"]) == ("damaged", "color")


def test_an_empty_file_and_one_with_a_byte_order_mark_are_right(course: Home) -> None:
    for content in (b"", b"\xef\xbb\xbfcolor = 'never'\n", b"# nothing yet\r\n"):
        write_config(course, content)
        assert course.call("list").code == 0
        assert course.call("config", "set", "show_hours", "true").code == 0


def test_a_flag_does_not_hide_a_damaged_file(course: Home) -> None:
    write_config(course, "color = 1\n")
    assert course.call("list", "--color", "never", "--lang", "en").code == 4


# what goes wrong while it is written


@pytest.mark.parametrize("fault", [KILL, "error=EIO"])
def test_whatever_call_fails_the_file_is_the_old_or_the_new(fault: str, home: Home) -> None:
    need_strace()
    words, new = ("config", "set", "color", "never"), COMMENTED.replace("evenings\n", 'evenings\ncolor = "never"\n')
    write_config(home, COMMENTED)
    calls = [call for call in traced(home, *words) if call.touches(home.config.parent)]
    assert home.config.read_text("utf-8") == new
    assert {"openat", "write", "fsync", "rename"} <= {call.name for call in calls}
    for call in calls:
        write_config(home, COMMENTED)
        ran, hit = injected(home, call, fault, *words)
        assert hit.asks_as(call)
        left = home.config.read_text("utf-8")
        assert left in (COMMENTED, new)
        if fault == KILL:
            assert ran.code in KILLED
        else:
            assert (left == new) is (ran.code == 0)
            assert {path.name for path in home.config.parent.iterdir()} <= {"config.toml", "config.toml.lock"}


def test_of_four_at_once_nothing_is_lost(home: Home) -> None:
    write_config(home, COMMENTED)
    wanted = {"color": "never", "show_hours": False, "language": "en", "preferred_kinds": ["video"]}
    words = (("color", "never"), ("show_hours", "false"), ("language", "en"), ("preferred_kinds", "video"))
    processes = [home.popen("config", "set", *each, stdout=subprocess.PIPE) for each in words]
    assert [(bool(process.communicate(timeout=60)), process.returncode) for process in processes] == [(True, 0)] * 4
    kept = tomllib.loads(home.config.read_text("utf-8"))
    assert kept == {"hours_per_week": 4.5, "mine": {"kept": [1, 2]}, **wanted}
    assert COMMENTED.splitlines()[-1] in home.config.read_text("utf-8")


def test_info_tells_when_the_curriculum_was_last_changed(home: Home) -> None:
    assert re.search(r"^Language: English\. Curriculum: LLM Course, updated \d", home.call("info").out, re.MULTILINE)
    assert date.fromisoformat(home.call("info", "--json").json()["updated"]) >= date(2026, 11, 26)
    assert home.call("info", "--json", "--curriculum", str(SMALL)).json()["updated"] is None


def test_the_lock_is_held_while_the_file_is_replaced(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def replaced(path: str, content: bytes) -> None:
        with pytest.raises(StillLocked):
            acquire(f"{path}.lock", 0, 0, lambda: None)
        tried.append(content.decode())

    monkeypatch.setattr("llmpath.files.atomic.write_atomically", replaced)
    assert home.call("config", "set", "color", "never").code == 0
    assert tried == ['color = "never"\n']


def test_what_a_killed_command_left_behind_goes_with_the_next(home: Home) -> None:
    write_config(home, COMMENTED)
    for name in (".config.toml.0a1b2c3d4e5f6071.tmp", ".other.toml.0a1b2c3d4e5f6071.tmp"):
        (home.config.parent / name).write_bytes(b"half")
    assert home.call("config", "set", "color", "never").code == 0
    left = sorted(path.name for path in home.config.parent.iterdir())
    assert left == [".other.toml.0a1b2c3d4e5f6071.tmp", "config.toml", "config.toml.lock"]


def test_settings_that_could_not_be_read_again_are_not_written(home: Home) -> None:
    write_config(home, f"# {'x' * (256 * 1024 - 20)}\n")
    before = home.config.read_bytes()
    ran = home.call("config", "set", "sync_folder", "somewhere")
    assert (ran.code, "larger than what can be read" in ran.err) == (1, True)
    assert home.config.read_bytes() == before
    write_config(home, "mine.b = 1\n[mine]\nc = 2\n")  # which the writer takes, and the reader does not
    assert home.call("config", "set", "color", "never").code == 4


def test_settings_that_are_larger_than_any_are_not_read(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text("#" * 256 * 1024, "utf-8")
    assert home.call("list").code == 0
    home.config.write_text("#" * (256 * 1024 + 1), "utf-8")
    ran = home.call("list")
    assert (ran.code, ran.out) == (1, "")
    assert f"{home.config}" in ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
def test_a_pipe_in_the_place_of_the_settings_is_not_waited_for(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    os.mkfifo(home.config)
    ran = home.run("list", seconds=20)
    assert (ran.code, ran.out) == (1, "")
