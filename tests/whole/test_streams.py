"""Standard streams of whole processes: closing pipes, full disks, poor encodings, colours, interruptions."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.support import COMMAND, Home, Ran
from tests.terminals import on_terminal

POSIX = pytest.mark.skipif(os.name != "posix", reason="only POSIX has these streams")
FULL = Path("/dev/full")
NEEDS_FULL = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")

READING = ["", "list", "show attention", "stats", "list --json", "export md", "--help"]
CHANGING = ["done numbers", "note numbers good", "goal agents", "skip basics", "undo"]


def run_in_shell(home: Home, script: str, *words: str, env: dict[str, str] | None = None) -> Ran:
    """Runs a line of shell in which `"$@"` stands for the program and its words."""
    ran = subprocess.run(
        ["sh", "-c", script, "sh", *COMMAND, *words],
        cwd=home.work,
        env={**home.env, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


# readers that go, disks that are full, streams that are closed


@POSIX
@pytest.mark.parametrize("words", [*READING, *CHANGING])
def test_a_reader_that_goes_ends_the_program_quietly(course: Home, words: str) -> None:
    process = course.popen(*words.split(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(60) == 0


@NEEDS_FULL
@pytest.mark.parametrize("words", READING)
def test_an_answer_that_finds_no_room_is_a_failure(course: Home, words: str) -> None:
    ran = run_in_shell(course, '"$@" > /dev/full', *words.split())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: The answer could not be written: No space left on device\n"


@NEEDS_FULL
@pytest.mark.parametrize("words", CHANGING)
def test_once_saved_a_full_disk_behind_the_answer_is_a_warning(course: Home, words: str) -> None:
    course.call("done", "words")
    before = course.progress.read_bytes()
    ran = run_in_shell(course, '"$@" > /dev/full', *words.split())
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "warning: saved, but the answer could not be shown: No space left on device\n"
    assert course.progress.read_bytes() != before


@NEEDS_FULL
@pytest.mark.parametrize("words", ["plan --ics made", "export csv -o made", "curriculum import list.md made"])
def test_a_file_that_was_written_stays_so_whatever_becomes_of_the_answer(course: Home, words: str) -> None:
    (course.work / "list.md").write_text("# List\n\n- [One](https://example.org/one)\n", "utf-8")
    ran = run_in_shell(course, '"$@" > /dev/full', *words.split())
    assert (ran.code, ran.err) == (0, "warning: saved, but the answer could not be shown: No space left on device\n")
    own = course.progress.parent / "curricula"
    assert (course.work / "made").exists() or (own / "made" / "curriculum.toml").exists()


@NEEDS_FULL
def test_an_error_that_cannot_be_told_keeps_its_exit_code(course: Home) -> None:
    assert run_in_shell(course, '"$@" 2> /dev/full', "show", "nothing").code == 3
    assert run_in_shell(course, '"$@" > /dev/full 2> /dev/full', "done", "numbers").code == 0
    assert 'done = ["numbers"]' in course.progress.read_text("utf-8")


@POSIX
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_stop_nothing(course: Home, closing: str) -> None:
    assert run_in_shell(course, f'"$@" {closing}', "list").code == 0
    assert run_in_shell(course, f'"$@" {closing}', "show", "nothing").code == 3
    assert run_in_shell(course, f'"$@" {closing}', "done", "numbers").code == 0
    assert 'done = ["numbers"]' in course.progress.read_text("utf-8")
    assert run_in_shell(course, f'"$@" {closing}', "reset", "--all").code == 1


# encodings

ASCII = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
CP1252 = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
C_LOCALE = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}


def bytes_of(home: Home, *words: str, env: dict[str, str]) -> tuple[int, bytes, bytes]:
    ran = subprocess.run(
        [*COMMAND, *words], cwd=home.work, env={**home.env, **env}, capture_output=True, timeout=60, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("encoding", [ASCII, CP1252, C_LOCALE], ids=["ascii", "cp1252", "C locale"])
def test_no_encoding_makes_a_command_fail(course: Home, encoding: dict[str, str], language: str) -> None:
    env = {**encoding, "LLMPATH_LANG": language}
    for words in ("done numbers", "list", "show attention", "stats", "log --json", "--help"):
        code, out, err = bytes_of(course, *words.split(), env=env)
        assert (code, err) == (0, b"")
        assert out
    code, out, err = bytes_of(course, "show", "没有", env=env)
    assert (code, out) == (3, b"")
    assert err


@pytest.mark.parametrize("encoding", [ASCII, C_LOCALE], ids=["ascii", "C locale"])
def test_without_other_signs_the_signs_are_ascii(course: Home, encoding: dict[str, str]) -> None:
    course.call("skip", "numbers")
    course.call("done", "words", "--on", "2025-03-04")
    course.call("done", "attention/drawing", "attention/heads")
    assert bytes_of(course, "list", env=encoding)[1].decode("ascii").splitlines() == [
        "Small Course - 35 % - 1 of 4 topics - 1 skipped - about 15 h to go",
        "",
        "1 Basics                                                           1/1",
        "    -  1.1  Numbers                          skipped",
        "    x  1.2  Words and What They Are Made Of  done 4 Mar 2025",
        "",
        "2 Large Language Models                                            0/3",
        "    ~  2.1  Attention                        core 1 of 2      3 h left",
        "    .  2.2  Fine-Tuning                                            4 h",
        "    .  2.3  Agents                                                 8 h",
    ]


def test_json_is_whole_in_any_encoding(course: Home) -> None:
    for encoding in (ASCII, CP1252, C_LOCALE):
        out = bytes_of(course, "list", "--json", env={**encoding, "LLMPATH_LANG": "zh-Hans"})[1]
        assert json.loads(out.decode("ascii"))["title"] == "小课程"


def test_cp1252_keeps_the_punctuation_that_it_has(course: Home) -> None:
    assert bytes_of(course, "list", env=CP1252)[1].decode("cp1252").startswith("Small Course · 0 % · 0 of 5 topics")
    assert "“nothing”" in bytes_of(course, "show", "nothing", env=CP1252)[2].decode("cp1252")
    assert b'"nothing"' in bytes_of(course, "show", "nothing", env=ASCII)[2]


# colours and links

LINKING = {"TERM_PROGRAM": "WezTerm"}


def is_coloured(text: bytes) -> bool:
    return b"\x1b[" in text


@pytest.mark.parametrize("words", READING)
def test_a_pipe_gets_no_colour_and_no_link(course: Home, words: str) -> None:
    course.call("done", "numbers")
    ran = course.run(*words.split(), env={"TERM": "xterm-256color", "FORCE_COLOR": "1", **LINKING})
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    ("words", "env", "expected"),
    [
        ("list", {}, True),
        ("list", {"NO_COLOR": "1"}, False),
        ("list", {"NO_COLOR": ""}, True),
        ("list", {"TERM": "dumb"}, False),
        ("list --color never", {}, False),
        ("list --color auto", {"NO_COLOR": "1"}, False),
        ("list --color always", {"NO_COLOR": "1"}, True),
        ("list --color always", {"TERM": "dumb"}, True),
        ("list --json", {}, False),
        ("list --json --color always", {}, False),
        ("--help", {}, True),
        ("--help --color never", {}, False),
    ],
)
def test_a_terminal_gets_colours_unless_told_otherwise(
    course: Home, words: str, env: dict[str, str], expected: bool
) -> None:
    seen = on_terminal(course, *words.split(), env=env)
    assert seen.code == 0
    assert is_coloured(seen.raw) == expected


def test_colours_may_be_asked_for_in_a_pipe_and_fold_nothing_there(course: Home) -> None:
    ran = course.run("show", "attention", "--color", "always")
    assert "\x1b[1m" in ran.out
    assert max(map(len, ran.out.splitlines())) > 200
    assert "\x1b" not in course.run("show", "attention", "--color", "always", "--json").out


def test_the_settings_may_turn_colours_off_and_on(course: Home) -> None:
    course.call("config", "set", "color", "never")
    assert not is_coloured(on_terminal(course, "list").raw)
    course.call("config", "set", "color", "always")
    assert "\x1b[" in course.run("list").out
    assert "\x1b[" not in course.run("list", env={"NO_COLOR": "1"}).out


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, False),
        (LINKING, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "4000"}, False),
        ({**LINKING, "TMUX": "socket,1,0"}, False),
        ({**LINKING, "TERM": "screen-256color"}, False),
        ({**LINKING, "NO_COLOR": "1"}, False),
    ],
)
def test_addresses_are_links_only_where_the_terminal_is_known_to_have_them(
    course: Home, env: dict[str, str], expected: bool
) -> None:
    seen = on_terminal(course, "show", "attention/looking", env=env)
    assert "https://example.org/looking" in seen.text
    assert (b"\x1b]8;" in seen.raw) == expected


NONSENSE = [
    {"COLUMNS": "0", "LINES": "0"}, {"COLUMNS": "-1"}, {"COLUMNS": "²", "LINES": "²"}, {"COLUMNS": "9" * 5000},
    {"TERM": ""}, {"TERM": "no-such-terminal"}, {"TERM": "\x1b"}, {"TZ": "Nowhere/At/All"}, {"LANG": "²"},
    {"VTE_VERSION": "²"}, {"VTE_VERSION": "9" * 5000}, {"LC_ALL": "xx_YY.nonsense"}, {"LANGUAGE": "\x07"},
    {"FORCE_COLOR": "0", "TTY_COMPATIBLE": "no"}, {"LESS": "--nonsense", "LESSCHARSET": "nonsense"},
]  # fmt: skip


@POSIX
@pytest.mark.parametrize("env", NONSENSE)
def test_nonsense_in_the_environment_never_empties_an_answer(course: Home, env: dict[str, str]) -> None:
    piped = course.run("list", "--color", "always", env=env)
    seen = on_terminal(course, "list", env=env)
    assert (piped.code, piped.err, seen.code) == (0, "", 0)
    assert "Numbers" in piped.out
    assert "Numbers" in seen.text


def test_an_error_on_a_terminal_has_a_colour_and_is_folded_at_spaces_and_never_in_a_command(course: Home) -> None:
    seen = on_terminal(course, "list", "--stat", "todo", columns=36)
    assert seen.lines == ["error: No option --stat. Did you", "  mean “--state”? Help:", "  llmpath list --help"]
    assert b"\x1b[1;31merror:\x1b[0m" in seen.raw
    assert b"\x1b" not in on_terminal(course, "list", "--stat", env={"NO_COLOR": "1"}).raw


PAGER = "sh -c 'echo paged; cat >/dev/null'"


@POSIX
@pytest.mark.parametrize(
    ("words", "env", "setting", "is_paged"),
    [
        (("show", "tuning", "--all"), {}, "", True),
        (("show", "tuning", "--all", "--no-pager"), {}, "", False),
        (("--no-pager", "show", "tuning", "--all"), {}, "", False),
        (("show", "tuning", "--all"), {"LLMPATH_PAGER": "never"}, "", False),
        (("show", "tuning", "--all"), {}, "never", False),
        (("show", "tuning", "--all"), {"LINES": "500"}, "", False),
        (("show", "tuning", "--all"), {"PAGER": "cat", "LLMPATH_PAGER": PAGER}, "never", True),
        (("show", "tuning", "--all"), {"PAGER": "no-such-pager"}, "", False),
        (("done", "numbers", "words", "attention"), {"LINES": "1"}, "", False),
    ],
)
def test_what_is_longer_than_the_screen_goes_through_the_pager(
    course: Home, words: tuple[str, ...], env: dict[str, str], setting: str, is_paged: bool
) -> None:
    if setting:
        course.call("config", "set", "pager", setting)
    environ = {"LLMPATH_PAGER": "", "PAGER": PAGER, "LINES": "10", **env}
    seen = on_terminal(course, *words, env=environ)
    assert (seen.code, seen.text.startswith("paged")) == (0, is_paged)
    assert is_paged or len(seen.lines) > 1
    assert not course.run(*words, env=environ).out.startswith("paged")


# interruptions


@POSIX
@pytest.mark.parametrize(
    ("language", "ending"), [("en", "SIGINT"), ("zh-Hans", "SIGINT"), ("en", "SIGTERM"), ("en", "SIGHUP")]
)
def test_an_interruption_gives_130_and_no_traceback(course: Home, language: str, ending: str) -> None:
    pty = pytest.importorskip("pty")
    course.call("done", "numbers")
    before = course.progress.read_bytes()
    ours, theirs = pty.openpty()
    process = course.popen("--lang", language, "reset", "--all", stdin=theirs, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    assert process.stderr is not None
    with process.stderr:
        question = process.stderr.readline()
        assert "[y/N]" in question
        process.send_signal(getattr(signal, ending))
        rest = process.stderr.read()
    assert process.wait(60) == 130
    os.close(ours)
    assert "Traceback" not in rest
    assert len(rest.splitlines()) == 1
    assert course.progress.read_bytes() == before


@POSIX
def test_a_hang_up_that_is_to_go_unheard_stays_unheard(course: Home) -> None:
    pty = pytest.importorskip("pty")
    course.call("done", "numbers")
    ours, theirs = pty.openpty()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does; a process inherits it
    try:
        process = course.popen("reset", "--all", stdin=theirs, stdout=theirs, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGHUP, before)
    os.close(theirs)
    assert process.stderr is not None
    with process.stderr:
        assert "[y/N]" in process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        os.write(ours, b"y\n")
        process.stderr.read()
    assert process.wait(60) == 0
    os.close(ours)
    assert course.states() == {"numbers": "todo"}
