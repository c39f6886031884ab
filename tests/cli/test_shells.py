"""How shells ask and are answered, and the real shells where they are installed."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from llmpath.cli import shells
from llmpath.cli.forms import ASKING, SHELLS
from llmpath.files.folders import SHIPPED
from tests.support import COMMAND, SMALL, Home, Ran


def asking(shell: str, line: str, **env: str) -> dict[str, str]:
    """The variables with which a shell's script asks about a line; the cursor is at its end."""
    words = line.split(" ")
    bash = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    last = {"_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    return {ASKING: f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, **bash, **last, **env}


def press_tab(home: Home, shell: str, line: str, **env: str) -> Ran:
    """One process, as a shell's script calls it."""
    return home.run(env=asking(shell, line, LLMPATH_CURRICULUM=str(SMALL), **env))


# What each shell asks.


@pytest.mark.parametrize(
    ("words", "count", "expected"),
    [
        (["llmpath", ""], 1, ([], "", 0)),
        (["llmpath", "show", "quan"], 2, (["show"], "quan", 0)),
        (["llmpath", "show", "quan", "--json"], 2, (["show"], "quan", 0)),
        (["llmpath", "show"], 2, (["show"], "", 0)),
        (["llmpath", "show", "'qu"], 2, (["show"], "qu", 0)),
        (["llmpath", "note", '"a b"', ""], 3, (["note", "a b"], "", 0)),
        (["llmpath", "show", "--kind", "="], 3, (["show"], "--kind=", 7)),
        (["llmpath", "show", "--kind", "=", "vi"], 4, (["show"], "--kind=vi", 7)),
        (["llmpath", "show", "--kind", "=", "video", ""], 5, (["show", "--kind=video"], "", 0)),
        (["llmpath", "show", "--kind=vi"], 2, (["show"], "--kind=vi", 0)),
        (["llmpath", "note", "rag", "a", "=", "b"], 5, (["note", "rag", "a", "="], "b", 0)),
    ],
)
def test_words_of_bash(words: list[str], count: int, expected: tuple[list[str], str, int]) -> None:
    assert shells._bash_words({"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(count)}) == expected


@pytest.mark.parametrize("environ", [{}, {"COMP_WORDS": "llmpath"}, {"COMP_WORDS": "llmpath", "COMP_CWORD": "x"}])
def test_words_of_bash_in_part_or_not_at_all(environ: Mapping[str, str]) -> None:
    assert shells._bash_words(environ) == ([], "", 0)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ([], "")),
        ("llmpath", ([], "")),
        ("llmpath ", ([], "")),
        ("llmpath show quan", (["show"], "quan")),
        ("llmpath  show  ", (["show"], "")),
        ("llmpath note rag 'half a no", (["note", "rag"], "half a no")),
        ('llmpath note rag "a note" ', (["note", "rag", "a note"], "")),
        ("llmpath show a\\", (["show"], "a")),
    ],
)
def test_words_of_zsh_and_fish(shell: str, line: str, expected: tuple[list[str], str]) -> None:
    assert shells._words(shell, {"_TYPER_COMPLETE_ARGS": line}) == expected


@pytest.mark.parametrize(
    ("line", "current", "before"), [("llmpath show quan", "quan", ["show"]), ("llmpath show", "", ["show"])]
)
def test_words_of_powershell(line: str, current: str, before: list[str]) -> None:
    environ = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": current}
    assert shells._words("pwsh", environ) == (before, current)


# What each shell is told.


@pytest.mark.parametrize(
    ("shell", "text"),
    [
        ("bash", "undo\nredo me\\;\\\\"),
        ("fish", "undo\ttake it back\nredo me;\\"),
        ("powershell", "undo:::take it back\nredo me;\\::: "),
        ("pwsh", "undo:::take it back\nredo me;\\::: "),
        ("zsh", "local -a found=('undo:take it back' 'redo me;\\'); _describe -V llmpath found"),
    ],
)
def test_answers(shell: str, text: str) -> None:
    given = [("undo", "take it back"), ("redo me;\\", "")]
    assert shells._answer(shell, given, "", 0).replace("redo\\ me", "redo me") == text


@pytest.mark.parametrize("shell", ["bash", "fish", "powershell"])
def test_a_shell_that_completes_files_itself_is_told_nothing(shell: str) -> None:
    assert shells._answer(shell, None, "", 0) == ""


def test_zsh_is_told_to_complete_files() -> None:
    assert shells._answer("zsh", None, "", 0) == "_files"
    assert shells._answer("zsh", None, "--output=a", 0) == "compset -P '*='; _files"


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_runs_nothing_that_stands_in_a_title(tmp_path: Path) -> None:
    sly = [
        "a'; touch ran; '",
        '"; touch ran; "',
        "$(touch ran)",
        "`touch ran`",
        "\\",
        "\\'; touch ran; '",
        "a:b",
        "%n *",
    ]
    answer = shells._answer("zsh", [(f"word{place}", title) for place, title in enumerate(sly)], "", 0)
    (tmp_path / "answer").write_text(answer, encoding="utf-8")
    ran = subprocess.run(
        ["zsh", "-fc", '_describe() { print -rl -- "$found[@]" }; f() { eval $(cat answer) }; f'],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.splitlines() == [f"word{place}:{title}" for place, title in enumerate(sly)]
    assert os.listdir(tmp_path) == ["answer"]


# One process, as the scripts call it.


@pytest.mark.parametrize(
    ("shell", "answer"),
    [
        ("bash", "attention"),
        ("zsh", "local -a found=('attention:注意力機制'); _describe -V llmpath found"),
        ("fish", "attention\t注意力機制"),
        ("powershell", "attention:::注意力機制"),
    ],
)
def test_a_process_answers_one_tab(home: Home, shell: str, answer: str) -> None:
    env = {"LLMPATH_LANG": "zh-TW", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert press_tab(home, shell, "llmpath show att", **env) == Ran(0, answer, "")


@pytest.mark.parametrize(("line", "code"), [("llmpath show att", 0), ("llmpath show zzz", 0), ("llmpath import ", 1)])
def test_fish_asks_first_whether_files_are_out_of_place(home: Home, line: str, code: int) -> None:
    assert press_tab(home, "fish", line, _TYPER_COMPLETE_FISH_ACTION="is-args") == Ran(code, "", "")


@pytest.mark.parametrize("shell", SHELLS)
def test_damage_is_never_heard_of_at_a_tab(home: Home, shell: str) -> None:
    home.write_progress(b"\xff\0")
    home.config.parent.mkdir(parents=True)
    home.config.write_bytes(b"[[[\xff")
    ran = press_tab(home, shell, "llmpath done att")
    assert (ran.code, ran.err) == (0, "")
    assert "attention" in ran.out


def test_a_terminal_without_the_characters_is_told_what_it_can_show(home: Home) -> None:
    env = {"LLMPATH_LANG": "zh", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    assert press_tab(home, "fish", "llmpath show att", **env) == Ran(0, "attention\t?????", "")


def test_a_tab_makes_no_file_but_in_the_cache(home: Home) -> None:
    press_tab(home, "zsh", "llmpath done ")
    assert [path for path in home.folder.rglob("*") if path.is_file() and home.cache not in path.parents] == []


def test_an_empty_question_is_none(home: Home) -> None:
    assert home.run("list", env={ASKING: "", "LLMPATH_CURRICULUM": str(SMALL)}).out.startswith("Small Course")


BUILT = """
import sys
from llmpath.files import folders as places
places.COMPILED = sys.argv[1]
from llmpath.__main__ import entry
entry()
"""
"""The program with a compiled curriculum elsewhere than the build puts it."""


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms import platformdirs for their folders")
@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("line", ["llmpath show num", "llmpath ", "llmpath show --"])
def test_a_tab_imports_next_to_nothing(home: Home, tmp_path: Path, shell: str, line: str) -> None:
    (tmp_path / SHIPPED).mkdir()
    (tmp_path / SHIPPED / "en.index.tsv").write_text(f"curriculum\t{SHIPPED}\nitem\tnumbers\t1.1\tNumbers\n", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", BUILT, str(tmp_path)],
        env={**home.env, **asking(shell, line)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = {row.rpartition("|")[2].strip() for row in ran.stderr.splitlines() if row.startswith("import time:")}
    assert ran.stdout
    assert {"llmpath.cli.completion", "llmpath.cli.forms"} <= found
    assert not found & {
        "typing",
        "re",
        "json",
        "collections",
        "functools",
        "typer",
        "tomli",
        "llmpath.curriculum.catalog",
    }


# The scripts, and the real shells with them.

TYPIST = Path(__file__).with_name("typist.py")
PROMPT = "now type>"
ASKED = """#!/bin/sh
if [ -n "$_LLMPATH_COMPLETE" ]; then
    exec {command} "$@"
fi
printf '%s\\n' "$@" > "$HOME/words"
"""
"""A program of the same name, which answers a TAB as the real one and otherwise notes its words."""


class Keyboard:
    """A shell in a home where completion has been installed."""

    def __init__(self, home: Home, shell: str) -> None:
        self.home = home
        self.shell = shell
        folder = home.folder / "bin"
        folder.mkdir()
        program = folder / "llmpath"
        program.write_text(ASKED.format(command=" ".join(f"'{word}'" for word in COMMAND)), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        home.env |= {"PATH": f"{folder}:{home.env['PATH']}", "TERM": "xterm", "LLMPATH_CURRICULUM": str(SMALL)}
        home.env |= {"XDG_CONFIG_HOME": str(home.folder / "settings"), "LC_ALL": "C.UTF-8", "LLMPATH_LANG": "en"}
        self.installed = home.run("--install-completion", shell)
        self._set_prompt()

    def _set_prompt(self) -> None:
        name, line = {
            "bash": (".bashrc", f"PS1='{PROMPT}'"),
            "zsh": (".zshrc", f"PS1='{PROMPT}'"),
            "fish": ("settings/fish/config.fish", f"function fish_prompt; echo -n '{PROMPT}'; end; set fish_greeting"),
        }[self.shell]
        with open(self.home.folder / name, "a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")

    def type(self, keys: str) -> str:
        """Types into the shell and leaves it; returns what was to be seen."""
        ran = subprocess.run(
            [sys.executable, str(TYPIST), PROMPT, f"{keys}\nexit\n", self.shell, "-i"],
            cwd=self.home.work,
            env=self.home.env,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return ran.stdout.decode(errors="replace")

    def words(self, keys: str) -> list[str]:
        """The words that the program is called with after these keys."""
        shown = self.type(keys)
        noted = self.home.folder / "words"
        assert noted.exists(), shown
        words = noted.read_text(encoding="utf-8").splitlines()
        noted.unlink()
        return words


def installed(*names: str) -> list[object]:
    return [
        pytest.param(name, marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed"))
        for name in names
    ]


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere zsh and bash are old, or ask questions")


@on_linux
@pytest.mark.parametrize("shell", installed("bash", "zsh", "fish"))
def test_real_shells_complete_from_the_first_tab_on(home: Home, shell: str) -> None:
    keyboard = Keyboard(home, shell)
    assert keyboard.installed.code == 0
    assert keyboard.words("llmpath sho\tatt\t") == ["show", "attention"]
    assert keyboard.words("llmpath show attention/h\t") == ["show", "attention/heads"]
    assert keyboard.words("llmpath resources --kind=vi\t--st\tdoi\t") == [
        "resources", "--kind=video", "--state", "doing"
    ]  # fmt: skip


@on_linux
@pytest.mark.parametrize("shell", installed("bash", "zsh", "fish"))
def test_real_shells_complete_what_is_left_and_files_where_files_belong(home: Home, shell: str) -> None:
    keyboard = Keyboard(home, shell)
    home.write_progress('schema = 1\n[items."small/attention"]\nstate = "done"\n')
    (home.work / "plan-of-mine.md").touch()
    assert keyboard.words("llmpath done a\t") == ["done", "agents"]
    assert keyboard.words("llmpath import pla\t") == ["import", "plan-of-mine.md"]


@on_linux
@pytest.mark.parametrize("shell", installed("zsh", "fish"))
def test_real_shells_show_titles(home: Home, shell: str) -> None:
    shown = Keyboard(home, shell).type("llmpath show a\t\x15")
    assert "Attention" in shown
    assert "Agents" in shown


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_hears_titles_in_the_language_in_force(home: Home) -> None:
    keyboard = Keyboard(home, "fish")
    ran = subprocess.run(
        ["fish", "-c", "complete -C 'llmpath show a'"],
        env={**home.env, "LLMPATH_LANG": "zh"},
        cwd=home.work,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert keyboard.installed.code == 0
    assert ran.stdout.splitlines() == ["agents\t智能体", "attention\t注意力机制"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_asks_with_the_variable_that_is_answered(home: Home, shell: str) -> None:
    ran = home.run("--show-completion", shell)
    assert (ran.code, ran.err) == (0, "")
    asked = "powershell" if shell == "pwsh" else shell
    assert f"complete_{asked}" in ran.out
    assert ASKING in ran.out
    assert home.run(f"--show-completion={shell}") == ran


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_shell_in_use_is_found_without_its_name(home: Home) -> None:
    command = " ".join(f"'{word}'" for word in COMMAND)
    ran = subprocess.run(
        ["bash", "-c", f"{command} --lang zh --show-completion; true"],
        env=home.env,
        cwd=home.work,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "complete_bash" in ran.stdout


def test_where_no_shell_is_found_it_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from llmpath.cli import app as cli

    monkeypatch.setattr("llmpath.cli.shells.shell_in_use", lambda: None)
    monkeypatch.setenv("LLMPATH_LANG", "en")
    assert cli.main(["--install-completion"]) == 2
    assert "--install-completion SHELL" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_an_unknown_shell_is_refused(home: Home, option: str) -> None:
    ran = home.run(option, "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert "tcsh" in ran.err
    assert not (home.folder / ".bashrc").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_installing_twice_changes_nothing_more(home: Home, shell: str) -> None:
    assert home.run("--install-completion", shell).code == 0
    once = {path: path.read_text(encoding="utf-8").strip() for path in home.folder.rglob("*") if path.is_file()}
    ran = home.run("--install-completion", shell)
    assert {path: path.read_text(encoding="utf-8").strip() for path in once} == once
    assert any(str(path) in ran.out for path in once)


def test_where_the_script_cannot_be_written_it_is_said(home: Home) -> None:
    (home.folder / ".bash_completions").write_text("", encoding="utf-8")
    ran = home.run("--install-completion", "bash")
    assert (ran.code, ran.out) == (1, "")
    assert ".bash_completions" in ran.err


def test_what_is_asked_beside_a_tab_is_for_typer(home: Home) -> None:
    ran = home.run(env={ASKING: "source_zsh"})
    assert ran.code == 0
    assert "#compdef llmpath" in ran.out
    assert home.run(env={ASKING: "nonsense"}).code == 1


@pytest.mark.parametrize("config", ["settings", ""])
def test_fish_finds_its_script_where_it_looks(config: str, home: Home) -> None:
    home.env["XDG_CONFIG_HOME"] = str(home.folder / config) if config else ""
    ran = home.run("--install-completion", "fish")
    path = home.folder / (config or ".config") / "fish" / "completions" / "llmpath.fish"
    assert (ran.code, str(path) in ran.out) == (0, True)
    assert path.read_text("utf-8").rstrip("\n") == home.run("--show-completion", "fish").out.rstrip("\n")
