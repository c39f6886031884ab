"""open: in the browser, with $BROWSER respected, or as an address where there is none; and that it is noted."""

import os
import stat
from pathlib import Path
from zlib import crc32

import pytest

from tests.support import Home

COUNTING = "https://example.org/counting"
LOOKING = "https://example.org/looking"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a browser that records is a script for a POSIX shell")


@pytest.fixture
def bare(course: Home) -> Home:
    """A home without any browser: nothing on the path that could be taken for one."""
    course.env["PATH"] = str(course.folder)
    return course


@pytest.fixture
def recorded(bare: Home) -> Path:
    """Where a browser that is set in $BROWSER writes down what it is given."""
    browser, record = bare.folder / "a browser", bare.folder / "record"
    browser.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word" >> \'{record}\'; done\n', "utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    bare.env["BROWSER"] = f"'{browser}' %s"
    return record


# which resource


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ((), COUNTING),
        (("attention",), LOOKING),
        (("2.1",), LOOKING),
        (("attention/paper",), "https://example.org/paper"),
        (("Attention Without Tears",), "https://example.org/paper"),
        (("lora",), "https://example.org/notebook"),
    ],
)
def test_it_opens_what_next_names_or_the_first_of_a_topic_or_the_very_resource(
    bare: Home, recorded: Path, words: tuple[str, ...], address: str
) -> None:
    ran = bare.run("open", *words)
    assert (ran.code, ran.err) == (0, "")
    assert recorded.read_text("utf-8") == f"{address}\n"
    assert ran.out.startswith("Opened: ")
    assert address in ran.out


def test_of_a_topic_it_opens_the_first_that_is_unfinished(bare: Home) -> None:
    for item, following in (("looking", "drawing"), ("drawing", "paper"), ("paper", "looking")):
        bare.call("done", f"attention/{item}")
        shown = bare.call("show", f"attention/{following}", "--json").json()["resource"]["url"]
        assert bare.call("open", "attention", "--print").out == f"{shown}\n"


def test_it_opens_a_resource_in_the_readers_language(bare: Home) -> None:
    assert bare.call("open", "attention", "--print", "--lang", "zh").out == "https://example.org/kan\n"


def test_with_nothing_left_there_is_nothing_to_open(bare: Home) -> None:
    bare.call("skip", "basics", "models")
    ran = bare.call("open")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: Nothing is left to open. Name an item: llmpath open quantization\n"


# how


def test_without_a_browser_it_prints_the_address_and_says_why(bare: Home) -> None:
    assert bare.run("open") == (0, f"{COUNTING}\n", "There is no browser here; this is the address:\n")
    assert bare.run("open", "--quiet") == (0, f"{COUNTING}\n", "")
    assert bare.run("open", "--lang", "zh-Hant").err == "這裡沒有瀏覽器，網址是：\n"


@pytest.mark.parametrize("browser", ["false", "no-such-program", "'", ""])
def test_a_browser_that_does_not_start_counts_as_none(bare: Home, browser: str) -> None:
    ran = bare.run("open", env={"BROWSER": browser, "PATH": os.environ["PATH"], "TERM": "", "DISPLAY": ""})
    assert (ran.code, ran.out) == (0, f"{COUNTING}\n")
    assert ran.err.endswith("There is no browser here; this is the address:\n")


def test_print_prints_the_address_alone_starts_nothing_and_notes_nothing(bare: Home, recorded: Path) -> None:
    assert bare.run("open", "attention", "--print") == (0, f"{LOOKING}\n", "")
    assert not recorded.exists()
    assert not bare.progress.exists()


@pytest.mark.parametrize("browser", ["", "lynx", "no-such-program"])
def test_a_text_browser_is_left_alone_where_nobody_looks(bare: Home, browser: str) -> None:
    for name in ("www-browser", "lynx", "w3m", "links", "elinks"):
        stub = bare.folder / name
        stub.write_text("#!/bin/sh\necho here I am\n", "utf-8")
        stub.chmod(0o755)
    ran = bare.run("open", env={"TERM": "xterm", "BROWSER": browser})
    assert (ran.code, ran.out) == (0, f"{COUNTING}\n")


# what is noted


def test_what_was_opened_is_noted_and_goes_on_and_done_alone_finishes_it(bare: Home, recorded: Path) -> None:
    bare.call("skip", "basics")
    assert bare.run("open", "agents").out == (
        "Opened: Acting on What Was Said\n  https://example.org/acting\n  Finished? llmpath done\n"
    )
    assert (
        bare.call("log", "--json").json()["entries"][0].items() >= {"did": "open", "items": ["agents/acting"]}.items()
    )
    assert bare.call("next").out.startswith("Next: 2.3 Agents · about 8 h left\n  why   you started it on ")
    assert bare.call("done").out.startswith("✓ Acting on What Was Said is done. 2.3 Agents: core 1 of 1. ")
    assert bare.call("done").code == 3


def test_several_are_opened_at_once(bare: Home, recorded: Path) -> None:
    assert bare.run("open", "attention", "attention/paper").code == 0
    assert recorded.read_text("utf-8").splitlines() == [LOOKING, "https://example.org/paper"]
    assert bare.call("log", "--json").json()["entries"][0]["items"] == ["attention/looking", "attention/paper"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_it_opens_where_it_cannot_write(bare: Home, recorded: Path) -> None:
    bare.call("skip", "tuning")
    bare.progress.parent.chmod(0o500)
    ran = bare.run("open")
    bare.progress.parent.chmod(0o700)
    assert ran.code == 0
    assert recorded.read_text("utf-8") == f"{COUNTING}\n"
    assert ran.out == f"Opened: Counting from Zero\n  {COUNTING}\n"
    assert ran.err.startswith("warning: opened, but that could not be recorded: ")


def test_it_opens_beside_a_progress_file_that_is_newer_than_the_program(bare: Home, recorded: Path) -> None:
    bare.write_progress("schema = 99\n")
    ran = bare.run("open", "tuning")
    assert (ran.code, recorded.read_text("utf-8")) == (0, "https://example.org/notebook\n")
    assert "could not be recorded" in ran.err


def test_archived_opens_the_newest_copy(bare: Home) -> None:
    assert bare.call("open", "tuning", "--archived", "--print").out == (
        "https://web.archive.org/web/2/https://example.org/notebook\n"
    )


def test_a_part_and_a_short_beginning_are_refused(bare: Home) -> None:
    for words in (("basics",), ("2",), ("Large Language Models",), ("大语言模型",), ("at",)):
        ran = bare.call("open", *words)
        assert (ran.code, ran.out) == (3, "")


# which addresses


def test_an_unsafe_address_in_a_cache_that_somebody_changed_is_refused(bare: Home, tmp_path: Path) -> None:
    bare.env["XDG_CACHE_HOME"] = str(tmp_path)
    bare.call("list")
    [document] = tmp_path.glob("llmpath/compiled/*/en.jsonl")
    content = document.read_bytes()
    changed = content.replace(COUNTING.encode(), b"file:///etc/passwd")
    document.write_bytes(changed)
    manifest = document.with_name("manifest.json")  # with its checksum the document seems to be the one that was made
    manifest.write_text(manifest.read_text("utf-8").replace(str(crc32(content)), str(crc32(changed))), "utf-8")
    ran = bare.call("open", "numbers/counting")
    assert (ran.code, ran.out) == (1, "")
    assert "file:///etc/passwd" in ran.err
