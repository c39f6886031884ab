"""Errors in words: what happened, what it was about, and the next step."""

import subprocess
import sys

import pytest

from llmpath import errors
from llmpath.curriculum.problems import Problem
from llmpath.messages import Texts
from llmpath.view.error_texts import MAX_LISTED, fault_text, lines_of
from tests.support import Home

EN, HANS = Texts("en"), Texts("zh-Hans")


def test_an_unknown_name_that_resembles_nothing_comes_with_where_names_are_shown() -> None:
    assert lines_of(errors.UnknownItem("xyz"), EN) == [
        "error: No item “xyz”. `llmpath list` shows the topics, `llmpath search` finds the rest."
    ]


def test_of_many_candidates_only_the_first_are_listed() -> None:
    error = errors.AmbiguousItem("a", [(f"a{number}", "A") for number in range(MAX_LISTED + 1)])
    assert (len(lines_of(error, EN)), lines_of(error, EN)[-1]) == (1 + MAX_LISTED + 1, "  …")


@pytest.mark.parametrize(
    ("say", "expected"),
    [
        (
            EN,
            [
                "error: p.toml is damaged: is not valid TOML: Unclosed array, line 3. Nothing was written.",
                "  The newest good backup, with 9 entries: llmpath backup restore b.toml",
                "  An older one has more, 12 entries: llmpath backup restore older.toml",
            ],
        ),
        (
            HANS,
            [
                "错误：p.toml 已损坏：不是有效的 TOML：Unclosed array（第 3 行）。没有写入任何内容。",
                "  恢复最新的完好备份（9 条记录）：llmpath backup restore b.toml",
                "  较早的一份更多（12 条记录）：llmpath backup restore older.toml",
            ],
        ),
    ],
)
def test_damaged_progress_comes_with_its_line_and_its_backup(say: Texts, expected: list[str]) -> None:
    error = errors.DamagedProgress("p.toml", "syntax", 3, ["Unclosed array"])
    error.backups = [("b.toml", 9), ("older.toml", 12)]
    assert lines_of(error, say) == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mine", "mine"),
        ("我的课程", "我的课程"),
        ("a b", "'a b'"),
        ("it's", "'it'\"'\"'s'"),
        ("tick`id`", "'tick`id`'"),
        ("$HOME", "'$HOME'"),
        ("~x", "'~x'"),
        ("", "''"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the quotes of POSIX")
def test_a_command_to_be_copied_means_the_same_in_a_shell_whatever_a_file_is_called(name: str, shown: str) -> None:
    error = errors.DamagedCurriculum(name, [])
    assert lines_of(error, EN)[-1] == f"  See all of them: llmpath validate {shown}"


def test_a_wrong_setting_comes_with_what_it_may_be() -> None:
    assert lines_of(errors.DamagedConfig(path="c.toml", key="color", reason=""), HANS) == [
        "错误：c.toml：color 可以是：auto、always、never。修正方法：llmpath config set color VALUE"
    ]


def test_a_wrong_command_line_comes_with_what_resembles_it_and_with_where_help_is() -> None:
    error = errors.UsageError("usage.no_such_option", name="--stat", closest=["--state"], command="llmpath list")
    assert lines_of(error, HANS) == ["错误：没有选项 --stat。最接近的是：“--state”。帮助：llmpath list --help"]


def test_a_damaged_curriculum_comes_with_its_faults() -> None:
    fault = Problem("unknown_concept", "topics/a.toml", "resources.r.concepts", 7, ("idea",))
    assert lines_of(errors.DamagedCurriculum("mine", [fault]), EN) == [
        "error: The curriculum in mine has a problem:",
        "  topics/a.toml:7 resources.r.concepts: this topic has no concept “idea”; correct the id, or add the concept",
        "  See all of them: llmpath validate mine",
    ]


def test_a_fault_without_entry_and_line_names_its_file_alone() -> None:
    assert fault_text(Problem("too_deep", "a.toml", "", 0), EN) == "a.toml: is nested too deeply"


def test_an_error_of_our_own_is_said_in_a_line_and_changes_the_exit_code(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_words: object) -> None:
        raise ZeroDivisionError("by \x1b[2J nought")

    monkeypatch.setattr("llmpath.cli.commands.reading.list_topics", broken)
    ran = home.call("list")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Internal error (a bug in llmpath): ZeroDivisionError: by \ufffd[2J nought.")
    with pytest.raises(ZeroDivisionError):
        home.call("list", env={"LLMPATH_DEBUG": "1"})


def test_an_error_of_our_own_after_a_save_is_a_warning(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmpath.cli.run.show", lambda *_words, **_options: 1 / 0)
    ran = home.call("done", "python")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("warning: saved, but the answer could not be shown: ZeroDivisionError\n")
    assert home.entries()[0]["done"] == ["python"]


def test_ctrl_c_while_modules_are_loaded_gives_130_and_no_traceback() -> None:
    code = "import llmpath.__main__ as door\ndef end(): raise KeyboardInterrupt\ndoor._answered = end\ndoor.entry()"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")
