"""Nothing in a text can drive a terminal: over every code point, and from every place that texts come from."""

import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.cli.terminal import Terminal
from llmpath.text.clean import clean, json_text
from tests.support import Home
from tests.terminals import on_terminal

EVERY = [chr(point) for point in range(sys.maxunicode + 1)]


def is_unsafe(character: str) -> bool:
    """By Unicode's own properties, not by a list."""
    point = ord(character)
    turns = unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    is_none = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or turns or is_none


def unsafe_in(text: str) -> set[str]:
    return set(filter(is_unsafe, text))


def shown(character: str) -> str:
    return "\ufffd" if is_unsafe(character) else character


def test_every_code_point_is_itself_or_the_sign_for_what_cannot_be_shown() -> None:
    assert clean("a".join(EVERY)) == "a".join(map(shown, EVERY))
    assert [character for character in EVERY if clean(character) != shown(character)] == []


@pytest.mark.parametrize(
    "text",
    [
        *("👩‍💻", "👩🏽‍🚀", "🏳️‍🌈", "👨‍👩‍👧‍👦", "❤️‍🔥", "\U0001f642\u200d\u2194\ufe0f"),
        *("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
        *("می\u200cخواهم", "क्\u200dष", "दर\u200d्या", "র\u200c্যাম", "Silben\u00adtrennung"),
        *("\ue000", "\U00100000", "\u0378", "\u200eabc"),
    ],
)  # fmt: skip
def test_letters_joiners_and_emoji_of_every_language_pass(text: str) -> None:
    assert clean(text) == text


@given(st.text())
def test_a_clean_text_stays_as_it_is_and_keeps_its_length(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert len(clean(text)) == len(text)
    assert not unsafe_in(clean(text))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_json_holds_every_text_and_no_character_that_drives_a_terminal(text: str, as_ascii: bool) -> None:
    written = json_text({"text": text}, as_ascii=as_ascii)
    assert json.loads(written) == {"text": text}
    assert unsafe_in(written) <= {"\n"}


# --- from every place that texts come from ---------------------------------------------------------------------------

HOSTILE = "".join(character for character in EVERY if is_unsafe(character) and not 0xD800 <= ord(character) < 0xE000)
"""All characters that drive or disturb a terminal, and that TOML takes."""

ATTACK = "\x1b]0;owned\x07\x1b[2J\x9b31m\x1b]8;;file:///etc/passwd\x07click\x1b]8;;\x07\u202egnp.exe\r\n\x08"
MARKUP = "[bold red]loud[/bold red] [link=file:///etc/passwd]here[/link] [/] :smile: [on blue] \\[x] {0} %s"


def escaped(text: str) -> str:
    """The text as TOML writes it between quotes."""
    return "".join(f"\\U{ord(character):08x}" for character in text)


def with_note(home: Home, note: str) -> None:
    home.write_progress(
        "schema = 1\n"
        f'[items."llm-course/rag"]\nstate = "done"\nnote = "{escaped(note)}"\n'
        f'[items."llm-course/{escaped(note)}"]\nstate = "doing"\nnote = "{escaped(note)}"\n'
        f'[items."{escaped(note)}"]\nstate = "perhaps"\n'
    )


SHOWING = [
    (),
    ("list",),
    ("show", "rag"),
    ("note", "rag"),
    ("log",),
    ("log", "--json"),
    ("show", "rag", "--json"),
    ("info",),
    ("info", "--json"),
    ("done", "agents"),
]


@pytest.mark.parametrize("note", [HOSTILE, ATTACK], ids=["every character", "an attack"])
def test_no_character_of_a_progress_file_drives_the_terminal(home: Home, note: str) -> None:
    with_note(home, note)
    for words in SHOWING:
        ran = home.call(*words)
        assert unsafe_in(ran.out + ran.err) <= {"\n"}, words
    assert "\ufffd" in home.call("note", "rag").out


def test_what_json_says_is_what_the_file_says(home: Home) -> None:
    with_note(home, HOSTILE)
    assert home.call("show", "rag", "--json").json()["topic"]["my_notes"][0]["text"] == HOSTILE


@pytest.mark.parametrize("note", [HOSTILE, ATTACK], ids=["every character", "an attack"])
def test_on_a_terminal_only_our_own_colours_are_sent(home: Home, note: str) -> None:
    with_note(home, note)
    for words in (("log",), ("note", "rag"), ("show", "rag"), ("export", "md"), ("log", "--json")):
        raw = on_terminal(home, *words).raw.decode()
        text = re.sub(r"\x1b\[[\d;]*m", "", raw).replace("\r\n", "\n")
        assert unsafe_in(text) <= {"\n"}, words


ARGUMENTS = [
    ("done", ATTACK),
    ("show", ATTACK),
    ("search", ATTACK),
    ("list", ATTACK),
    ("list", "--state", ATTACK),
    ("done", "rag", "--on", ATTACK),
    ("plan", "--hours-per-week", ATTACK),
    ("next", ATTACK),
    ("--lang", ATTACK, "list"),
    ("--color", ATTACK, "list"),
    ("--curriculum", ATTACK, "list"),
    ("--progress", f"/nowhere/{ATTACK}", "info"),
    ("--progress", f"{ATTACK}.toml", "list"),
    (f"--{ATTACK}",),
    (ATTACK,),
    ("merge", ATTACK),
    ("import", ATTACK),
    ("backup", "restore", ATTACK),
    ("config", "set", ATTACK, "x"),
    ("config", "set", "language", ATTACK),
    ("validate", ATTACK),
    ("export", ATTACK),
    ("note", "rag", ATTACK),
    ("list", "one", "two", ATTACK),
]


@pytest.mark.parametrize("words", ARGUMENTS, ids=lambda words: " ".join(words).partition("\x1b")[0] or "option")
def test_no_argument_drives_the_terminal_not_even_in_an_error(home: Home, words: tuple[str, ...]) -> None:
    ran = home.call(*words)
    assert "Traceback" not in ran.err
    assert "llmpath itself" not in ran.err
    assert unsafe_in(ran.out + ran.err) <= {"\n"}


def test_an_argument_cannot_fake_a_line_of_ours(home: Home) -> None:
    ran = home.call("done", "x\nerror: all is lost")
    assert [line for line in ran.err.splitlines() if line.startswith("error: all")] == []


def test_a_hostile_name_of_a_file_does_not_drive_the_terminal(home: Home) -> None:
    path = home.work / f"{ATTACK.replace('/', '')}.toml"
    try:
        path.write_bytes(b"")
    except OSError:
        pytest.skip("this platform has no such names")
    for words in (("list", "--progress", str(path)), ("merge", str(path)), ("import", str(path))):
        ran = home.call(*words)
        assert ran.code in (1, 4)
        assert unsafe_in(ran.err) <= {"\n"}


def test_a_hostile_environment_does_not_drive_the_terminal(home: Home) -> None:
    for name in ("LLMPATH_LANG", "LLMPATH_PROGRESS", "LLMPATH_CURRICULUM", "LANG", "LC_ALL"):
        ran = home.call("info", env={name: ATTACK})
        assert unsafe_in(ran.out + ran.err) <= {"\n"}, name


def test_a_hostile_curriculum_does_not_drive_the_terminal(home: Home) -> None:
    folder = home.work / "course"
    assert home.call("curriculum", "new", str(folder)).code == 0
    for file in [folder / "curriculum.toml", *(folder / "topics").iterdir()]:
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r'(title\S* *= *")', lambda m: m[1] + escaped(ATTACK), text), encoding="utf-8")
    for words in (("list",), ("validate", str(folder)), ("next",), ("search", "owned")):
        ran = home.call("--curriculum", str(folder), *words)
        assert "llmpath itself" not in ran.err
        assert unsafe_in(ran.out + ran.err) <= {"\n"}, words


@pytest.mark.parametrize("color", ["auto", "always"])
def test_markup_in_a_note_is_shown_as_it_is(home: Home, color: str) -> None:
    assert home.call("note", "rag", MARKUP).code == 0
    for words in (("note", "rag"), ("log",), ("show", "rag")):
        out = home.call(*words, "--color", color).out
        assert MARKUP in re.sub(r"\s+", " ", re.sub(r"\x1b\[[\d;]*m", "", out)), words


def test_markup_in_a_note_is_shown_as_it_is_on_a_terminal(home: Home) -> None:
    home.call("note", "rag", MARKUP)
    seen = on_terminal(home, "note", "rag", columns=200, env={"TERM_PROGRAM": "WezTerm"})
    assert MARKUP in re.sub(r"\s+", " ", seen.text)  # long lines are folded
    assert b"passwd\x1b" not in seen.raw
    assert b"]8;" not in seen.raw


@pytest.mark.parametrize("words", [("done", MARKUP), ("show", MARKUP), ("merge", MARKUP), ("list", MARKUP)])
def test_markup_in_an_argument_is_shown_as_it_is(home: Home, words: tuple[str, ...]) -> None:
    assert MARKUP in home.call(*words).err
    seen = on_terminal(home, *words, columns=400)
    assert MARKUP in re.sub(r"\s+", " ", seen.text)  # long lines are folded


# --- notes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", ["\x1b[31m", "a\x00b", "bell\x07", "\x7f", "\x9b", "del\x08"])
def test_a_note_with_control_characters_is_refused(home: Home, note: str) -> None:
    for words in (("note", "rag", note), ("done", "rag", "--note", note)):
        ran = home.call(*words)
        assert ran.code == 2
        assert "control characters" in ran.err
    assert not home.progress.exists()


@pytest.mark.parametrize(
    "note",
    [
        "全角　空格",
        "non\u00a0breaking",
        "👩‍💻 done",
        "two\nlines",
        "zero\u200cwidth",
        "new \U0001fae8",
        "a" * 4_000,
        "é è ü",
    ],
)
def test_a_note_may_have_what_people_write(home: Home, note: str) -> None:
    assert home.call("note", "rag", note).code == 0
    assert home.call("show", "rag", "--json").json()["topic"]["my_notes"][0]["text"] == note


def test_tabs_and_line_ends_of_other_systems_are_taken_as_people_mean_them(home: Home) -> None:
    assert home.call("note", "rag", "one\ttwo\r\nthree").code == 0
    assert home.call("show", "rag", "--json").json()["topic"]["my_notes"][0]["text"] == "one two\nthree"


def test_a_note_of_several_lines_is_shown_in_lines(home: Home) -> None:
    home.call("note", "rag", "first\nsecond")
    for words in (("note", "rag"), ("log",), ("show", "rag")):
        out = home.call(*words).out
        assert "\ufffd" not in out, words
        assert "first" in out
        assert "second" in out


def test_a_file_with_a_note_of_any_size_can_be_shown(home: Home, tmp_path: Path) -> None:
    home.write_progress(f'schema = 1\n[items."llm-course/rag"]\nstate = "done"\nnote = "{"x" * 1_000_000}"\n')
    assert home.call("log").code == 0


def test_a_file_that_is_shown_on_a_terminal_does_not_drive_it() -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Tty()
    Terminal({}, out, io.StringIO()).show_file("one\x1b[2J\ttwo\nthree\u202e\n")
    assert out.getvalue() == "one\ufffd[2J two\nthree\ufffd\n"
