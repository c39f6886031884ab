"""How shells ask and are answered, and the real shells where they are installed."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from llmpath.__main__ import main
from llmpath.cli.completion import ASKING, SHELLS, WORDS
from llmpath.cli.completion_scripts import script
from llmpath.cli.parameters import rows
from llmpath.files.folders import SHIPPED
from tests.support import COMMAND, SMALL, Home, Ran


def asking(shell: str, *words: str) -> dict[str, str]:
    """The variables with which a shell's script asks about the words up to the cursor."""
    return {ASKING: shell, WORDS: "\n".join(("llmpath", *words))}


def press_tab(home: Home, shell: str, *words: str, **env: str) -> Ran:
    """One process, as a shell's script calls it."""
    return home.run(env={**asking(shell, *words), "LLMPATH_CURRICULUM": str(SMALL), **env})


# One process, as the scripts call it.


@pytest.mark.parametrize(
    ("shell", "answer"),
    [
        ("bash", "attention"),
        ("zsh", "attention:注意力機制"),
        ("fish", "attention\t注意力機制"),
        ("powershell", "attention\t注意力機制"),
    ],
)
def test_a_process_answers_one_tab(home: Home, shell: str, answer: str) -> None:
    assert press_tab(home, shell, "show", "att", LLMPATH_LANG="zh-TW") == Ran(0, answer, "")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("show", "'att"), "attention"),
        (("show", '"att'), "attention"),
        (("show", "a\\tt"), "attention"),
        (("note", '"a b"', "'c"), ""),
        (("resources", "--kind", "=", "vi"), "video"),
        (("resources", "--kind", "="), "article\nvideo"),
        (("resources", "--kind=vi"), "--kind=video"),
        (("resources", "--kind", "=", "video", "--st"), "--state"),
        (("resources", "--kind", "video,bo"), "video,book"),
        (("show", "sf"), "sft"),
        (("show", "1."), "1.1\n1.2"),
    ],
)
def test_bash_is_answered_in_its_words(home: Home, words: tuple[str, ...], answer: str) -> None:
    ran = press_tab(home, "bash", *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(answer) if answer else not ran.out


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("words", "code"), [(("show", "att"), 0), (("show", "zzz"), 0), (("import", ""), 1)])
def test_files_are_left_to_the_shell(home: Home, shell: str, words: tuple[str, ...], code: int) -> None:
    assert press_tab(home, shell, *words).code == code


@pytest.mark.parametrize("shell", SHELLS)
def test_damage_is_never_heard_of_at_a_tab(home: Home, shell: str) -> None:
    home.write_progress(b"\xff\0")
    home.config.parent.mkdir(parents=True)
    home.config.write_bytes(b"[[[\xff")
    ran = press_tab(home, shell, "done", "att")
    assert (ran.code, ran.err) == (0, "")
    assert "attention" in ran.out


def test_a_terminal_without_the_characters_is_told_what_it_can_show(home: Home) -> None:
    env = {"LLMPATH_LANG": "zh", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    assert press_tab(home, "fish", "show", "att", **env) == Ran(0, "attention\t?????", "")


def test_a_tab_makes_no_file_but_in_the_cache(home: Home) -> None:
    press_tab(home, "zsh", "done", "")
    assert [path for path in home.folder.rglob("*") if path.is_file() and home.cache not in path.parents] == []


BUILT = """
import sys
import llmpath
from llmpath.files import folders as places
llmpath.__path__.append(sys.argv[1])
places.COMPILED = sys.argv[1] + "/compiled"
from llmpath.__main__ import entry
entry()
"""
"""The program with a compiled curriculum elsewhere than the build puts it."""


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms import platformdirs for their folders")
@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("words", [("show", "num"), ("",), ("show", "--")])
def test_a_tab_imports_next_to_nothing(home: Home, tmp_path: Path, shell: str, words: tuple[str, ...]) -> None:
    compiled = tmp_path / "compiled"
    (compiled / SHIPPED).mkdir(parents=True)
    (compiled / "commands.py").write_text(f"ROWS = {rows()!r}", encoding="utf-8")
    (compiled / SHIPPED / "en.index.tsv").write_text(f"curriculum\t{SHIPPED}\nitem\tnumbers\t1.1\tNumbers\n", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", BUILT, str(tmp_path)],
        env={**home.env, **asking(shell, *words)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = {row.rpartition("|")[2].strip() for row in ran.stderr.splitlines() if row.startswith("import time:")}
    assert ran.stdout
    assert {"llmpath.cli.completion", "llmpath.cli.command_line"} <= found
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
def test_real_shells_complete_from_the_first_tab_on_and_inside_quotes(home: Home, shell: str) -> None:
    keyboard = Keyboard(home, shell)
    assert keyboard.installed.code == 0
    assert keyboard.words("llmpath sho\tatt\t") == ["show", "attention"]
    assert keyboard.words("llmpath show attention/h\t") == ["show", "attention/heads"]
    assert keyboard.words("llmpath resources --kind=vi\t--st\tdoi\t") == [
        "resources", "--kind=video", "--state", "doing"
    ]  # fmt: skip
    assert keyboard.words('llmpath show "att\t') == ["show", "attention"]
    assert keyboard.words("llmpath done 'word\t") == ["done", "words"]


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


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_asks_with_the_variables_that_are_answered(home: Home, shell: str) -> None:
    ran = home.run("--show-completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert all(name in ran.out for name in (ASKING, WORDS))
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
    assert "complete -o default" in ran.stdout


def test_where_no_shell_is_found_it_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("llmpath.cli.completion_scripts.shell_in_use", lambda: None)
    monkeypatch.setenv("LLMPATH_LANG", "en")
    assert main(["--install-completion"]) == 2
    assert "--install-completion SHELL" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_an_unknown_shell_is_refused(home: Home, option: str) -> None:
    ran = home.run(option, "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert "tcsh" in ran.err
    assert not (home.folder / ".bashrc").exists()


def files_of(home: Home) -> dict[str, str]:
    """The files below a home and what is in them."""
    found = (path for path in home.folder.rglob("*") if path.is_file() and home.cache not in path.parents)
    return {str(path.relative_to(home.folder)): path.read_text("utf-8") for path in found}


CHANGED = {
    "bash": ["config/llmpath/completion.bash", ".bashrc"],
    "zsh": ["config/llmpath/completion.zsh", "zdot/.zshrc"],
    "fish": ["config/fish/completions/llmpath.fish"],
}


@pytest.mark.parametrize("shell", CHANGED)
def test_completion_is_installed_once_says_where_and_goes_away_again(home: Home, shell: str) -> None:
    home.env["ZDOTDIR"] = str(home.folder / "zdot")
    (home.folder / "zdot").mkdir()
    for name in (".bashrc", "zdot/.zshrc", ".zshrc"):
        (home.folder / name).write_text("# mine\nalias ll='ls -l'", "utf-8")
    before = files_of(home)
    ran = home.call("--install-completion", shell)
    assert ran.code == 0
    assert all(str(home.folder / name) in ran.out for name in CHANGED[shell])
    after = files_of(home)
    assert sorted({*after} - {*before} | {name for name in before if before[name] != after[name]}) == sorted(
        CHANGED[shell]
    )
    assert home.call("--install-completion", shell) == (0, f"Nothing to change for {shell}.\n", "")
    assert files_of(home) == after
    ran = home.call("--uninstall-completion", shell)
    assert (ran.code, all(str(home.folder / name) in ran.out for name in CHANGED[shell])) == (0, True)
    assert {name: text.rstrip("\n") for name, text in files_of(home).items()} == before
    assert home.call("--uninstall-completion", shell) == (0, f"Nothing to change for {shell}.\n", "")


def test_a_start_up_file_that_is_a_link_stays_one_and_keeps_its_bytes(home: Home) -> None:
    (home.folder / "dotfiles").mkdir()
    (home.folder / "dotfiles" / "bashrc").write_bytes(b"# \xff\r\n")
    (home.folder / ".bashrc").symlink_to(home.folder / "dotfiles" / "bashrc")
    assert home.call("--install-completion", "bash").code == 0
    assert (home.folder / ".bashrc").is_symlink()
    assert (home.folder / "dotfiles" / "bashrc").read_bytes().startswith(b"# \xff\r\n[ -r ")


def test_where_the_script_cannot_be_written_it_is_said(home: Home) -> None:
    (home.folder / ".bashrc").mkdir()
    ran = home.call("--install-completion", "bash")
    assert (ran.code, ran.out) == (1, "")
    assert ".bashrc" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_in_the_place_of_a_start_up_file_is_not_waited_for(home: Home) -> None:
    os.mkfifo(home.folder / ".bashrc")
    ran = home.run("--install-completion", "bash", seconds=20)
    assert (ran.code, "not a regular file" in ran.err) == (1, True)


@pytest.mark.parametrize("asked", ["", "nonsense", "source_zsh", "complete_tcsh"])
def test_what_is_no_question_of_a_shell_does_not_matter(home: Home, asked: str) -> None:
    assert home.run("--version", env={ASKING: asked}).out.startswith("llmpath ")


@on_linux
@pytest.mark.parametrize("shell", installed("bash", "zsh", "fish"))
def test_real_shells_are_quiet_once_the_program_is_gone_and_once_the_script_is(home: Home, shell: str) -> None:
    keyboard = Keyboard(home, shell)
    (home.folder / "bin" / "llmpath").unlink()
    assert_quiet(keyboard.type("llmpath sho\t\t\x15"))
    for name in CHANGED[shell][:1]:
        (home.folder / "settings" / name.removeprefix("config/")).unlink()
    assert_quiet(keyboard.type("echo hello"))


def assert_quiet(shown: str) -> None:
    assert not re.search("not found|No such|Unknown|error", shown.replace("llmpath: command not found", "")), shown


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_runs_nothing_that_stands_in_a_title(tmp_path: Path) -> None:
    sly = ["a'; touch ran; '", '"; touch ran; "', "$(touch ran)", "`touch ran`", "\\", "a:b", "%n *"]
    (tmp_path / "answer").write_text("\n".join(f"word:{title}" for title in sly), "utf-8")
    (tmp_path / "llmpath").write_text("#!/bin/sh\ncat answer\n", "utf-8")
    (tmp_path / "llmpath").chmod(0o755)
    stubs = 'compdef() { }; _describe() { print -rl -- "$found[@]" }; words=(llmpath show w) CURRENT=3'
    ran = subprocess.run(
        ["zsh", "-fc", f"{stubs}\n{script('zsh')}\n_llmpath"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.splitlines() == [f"word:{title}" for title in sly]
    assert not (tmp_path / "ran").exists()


@on_linux
@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_shows_other_programs_as_before(home: Home) -> None:
    keyboard = Keyboard(home, "zsh")
    ran = subprocess.run(
        ["zsh", "-i", "-c", "zstyle -L; print -r -- \"[$_comps[llmpath]]\""],
        env=keyboard.home.env, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines()[-1] == "[_llmpath]"
    assert "menu" not in ran.stdout
