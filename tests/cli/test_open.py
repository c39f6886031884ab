"""open: the standard `webbrowser` with $BROWSER respected, an address where there is none, and only safe addresses."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.cli.commands.guiding import check_address
from llmpath.errors import UnsafeAddress
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
    for item, following in (("looking", "drawing"), ("drawing", "paper"), ("paper", "kan-zh"), ("kan-zh", "looking")):
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


def test_print_prints_the_address_alone_and_starts_nothing(bare: Home, recorded: Path) -> None:
    assert bare.run("open", "attention", "--print") == (0, f"{LOOKING}\n", "")
    assert not recorded.exists()


def test_a_text_browser_is_left_alone_where_nobody_looks(bare: Home) -> None:
    for name in ("www-browser", "lynx", "w3m", "links", "elinks"):
        browser = bare.folder / name
        browser.write_text("#!/bin/sh\necho here I am\n", "utf-8")
        browser.chmod(0o755)
    ran = bare.run("open", env={"TERM": "xterm"})
    assert (ran.code, ran.out) == (0, f"{COUNTING}\n")


def test_opening_changes_no_progress(bare: Home, recorded: Path) -> None:
    bare.run("open")
    assert not bare.progress.parent.exists()


# which addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "https://example.org:8443/a%20b",
        "https://example.org/@user/post",
        "https://example.org/?mail=a@b.org",
        "https://[2001:db8::1]/a",
    ],
)
def test_web_addresses_pass(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hello",
        "ftp://example.org/",
        "-https://example.org",
        "--new-window https://example.org",
        " https://example.org",
        "https://",
        "https:///etc/passwd",
        "https://:443/",
        "https://[/a",
        "https://example.org:port/",
        "https://user@example.org/",
        "https://user:password@example.org/",
        "https://example.org/a b",
        "https://example.org/a\tb",
        "https://example.org/a\nb",
        "https://example.org/\x1b[31m",
        "https://example.org/\x7f",
        "https://example.org\\@evil.example",
        "https://example.org/ä",
        "https://еxample.org/",
        "HTTPS//example.org",
        "https://[1]",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    with pytest.raises(UnsafeAddress) as raised:
        check_address(address)
    assert raised.value.exit_code == 1


@given(st.text(alphabet=":/@?#\\ab1.%-[]\n\x00ä ", max_size=30), st.sampled_from(["http", "https://", "https://a"]))
def test_whatever_passes_is_ascii_http_with_a_host_and_without_a_user(rest: str, beginning: str) -> None:
    address = beginning + rest
    try:
        check_address(address)
    except UnsafeAddress:
        return
    assert address.isascii()
    assert not set(address) & set(" \\\n\x00")
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.username is None


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
