"""A progress file that something has gone wrong with: said quickly, with the way back, and not touched.

What is huge or hostile is read by a process that may use half a gigabyte of memory and two seconds of the processor.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmpath.errors import DamagedProgress
from llmpath.progress.document import MAX_BYTES, MAX_DEPTH, Document, blocks_of, parsed
from llmpath.progress.log import STATES, Log
from llmpath.progress.progress import Progress
from llmpath.progress.schema1 import converted
from tests.support import COMMAND, Home, Ran, small

GOOD = """\
schema = 2

[[log]]
at = 2026-11-21 22:34:05.123+00:00
done = ["python"]
on = 2026-11-21

[[log]]
at = 2026-11-21 22:34:05.123+00:00
note = ["python"]
text = "great talk 量化"
"""
BACKUP = "progress-2026-11-20T08-00-00.toml"
MEGABYTES = 1024 * 1024

CONFLICT = f"{GOOD}<<<<<<< HEAD\n{GOOD[12:]}=======\n>>>>>>> theirs\n"

DAMAGED: dict[str, tuple[bytes, str, int]] = {
    "empty": (b"", "is empty", 0),
    "blank": (b" \n\t\r\n", "is empty", 0),
    "zero-filled": (b"\0" * 4096, "contains only zeros", 0),
    "zeros at its end": (GOOD.encode() + b"\0" * 100, "is not valid TOML", 12),
    "cut off in a header": (GOOD.encode()[:16], "is not valid TOML", 3),
    "cut off in a text": (GOOD.encode()[: GOOD.encode().index(b"talk")], "is not valid TOML", 11),
    "merge markers": (CONFLICT.encode(), "markers of a git merge", 12),
    "UTF-16": (GOOD.encode("utf-16"), "is not UTF-8", 1),
    "GBK": (GOOD.encode("gbk"), "is not UTF-8", 11),
    "an invalid byte": (b"schema = 2\n# \xff\n", "is not UTF-8", 2),
    "no schema": (b'[[log]]\ndone = ["python"]\n', "schema = 2", 0),
    "a log in another form": (b"schema = 2\nlog = []\n", "another form than [[log]]", 2),
    "schema as text": (b'schema = "1"\n', "schema = 2", 0),
    "schema as a broken number": (b"schema = 1.0\n", "schema = 2", 0),
    "schema as a truth": (b"schema = true\n", "schema = 2", 0),
    "schema 0": (b"schema = 0\n", "schema = 2", 0),
    "schema below 0": (b"schema = -1\n", "schema = 2", 0),
    "schema as a list": (b"schema = [1]\n", "schema = 2", 0),
    "JSON": (b'{"schema": 1}\n', "is not valid TOML", 1),
    "HTML": (b"<!DOCTYPE html>\n<html></html>\n", "is not valid TOML", 1),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(range(1, 128)), "is not valid TOML", 1),
    "a key twice": (b"schema = 2\nschema = 1\n", "is not valid TOML", 2),
    "a table twice": (b"schema = 2\n[items]\n[items]\n", "is not valid TOML", 3),
    "an impossible day": (b"schema = 2\nday = 2026-02-30\n", "is not valid TOML", 2),
    "nested too deeply": (b"schema = 2\nx = " + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "nested too deeply", 0),
}


@pytest.fixture
def kept(home: Home) -> Home:
    """A home with a good backup and a newer one that is damaged, too."""
    home.write_progress(GOOD)
    folder = home.progress.parent / "backups"
    folder.mkdir()
    (folder / BACKUP).write_text(GOOD, encoding="utf-8")
    (folder / "progress-2026-11-21T08-00-00.toml").write_bytes(b"")
    return home


def everything(home: Home) -> dict[str, tuple[int, int, bytes]]:
    """What is in the user's folders: time, inode and content of each file."""
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes() if path.is_file() else b"")
        for folder in (home.folder / "data", home.folder / "state")
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("sort", DAMAGED)
def test_a_damaged_file_is_told_with_line_and_way_back_and_not_touched(kept: Home, sort: str) -> None:
    content, reason, line = DAMAGED[sort]
    kept.progress.write_bytes(content)
    before = everything(kept)
    for words in (("list",), ("next",), ("done", "rag"), ("undo",), ("note", "rag", "x"), ("export", "md")):
        ran = kept.call(*words)
        assert (ran.code, ran.out) == (4, ""), (words, ran)
        first, second, *rest = ran.err.splitlines()
        assert first.startswith(f"error: {kept.progress} is damaged: ")
        assert reason in first
        assert (f", line {line}." in first) == bool(line)
        assert "Nothing was written." in first
        if sort == "merge markers":
            assert second == f"  Unite both sides with: llmpath merge {kept.progress}"
        else:
            assert second == f"  The newest good backup, with 2 entries: llmpath backup restore {BACKUP}"
        assert rest == []
    assert everything(kept) == before


def test_what_the_error_says_mends_the_file(kept: Home) -> None:
    kept.progress.write_bytes(b"")
    command = kept.call("list").err.splitlines()[1].partition(": llmpath ")[2]
    assert kept.call(*command.split()).code == 0
    assert kept.call("list").code == 0


def test_the_way_back_names_the_file_where_a_flag_named_it(home: Home) -> None:
    file = home.work / "mine.toml"
    file.write_bytes(b"")
    (home.work / "backups").mkdir()
    (home.work / "backups" / "mine-2026-11-20T08-00-00.toml").write_text(GOOD, encoding="utf-8")
    ran = home.call("list", "--progress", str(file))
    assert f"llmpath backup restore mine-2026-11-20T08-00-00.toml --progress {file}" in ran.err


def test_without_a_backup_there_is_another_way(home: Home) -> None:
    home.write_progress(b"")
    assert "There is no backup" in home.call("list").err


def test_a_damaged_file_of_another_machine_is_named_itself(kept: Home) -> None:
    other = kept.work / "other.toml"
    other.write_text("<<<<<<< ours\n", encoding="utf-8")
    before = everything(kept)
    ran = kept.call("merge", str(other))
    assert ran.code == 4
    assert str(other) in ran.err
    assert "backup" not in ran.err
    assert everything(kept) == before


def test_what_needs_no_progress_works_with_a_damaged_file(kept: Home) -> None:
    kept.progress.write_bytes(b"")
    for words in (("info",), ("backup", "list"), ("config",), ("search", "lora"), ("curriculum", "list"), ("--help",)):
        ran = kept.call(*words)
        assert ran.code in (0, 4), (words, ran)
    assert kept.call("info").code == 0
    assert kept.call("backup", "list").code == 0


@pytest.mark.parametrize(
    ("content", "health"),
    [
        (GOOD.encode(), "ok"),
        (b"", "damaged"),
        (b"schema = 3\n", "newer"),
        (GOOD.encode() + b"[[log]]\ndone = 3\n", "ok"),
        (b"schema = 2\n", "fewer_items"),
        (None, "absent"),
    ],
)
def test_info_tells_the_health_of_the_file(kept: Home, content: bytes | None, health: str) -> None:
    kept.progress.unlink()
    if content is not None:
        kept.progress.write_bytes(content)
    before = everything(kept)
    (row,) = [row for row in kept.call("info", "--json").json()["files"] if row["name"] == "progress"]
    assert row["health"] == health
    assert kept.call("info").code == 0
    assert everything(kept) == before


def test_info_says_what_is_wrong_with_the_file_and_what_restores_it(kept: Home) -> None:
    kept.progress.write_text("schema = 2\nitems = ?\n", "utf-8")
    [row] = [row for row in kept.call("info", "--json").json()["files"] if row["name"] == "progress"]
    assert row["detail"].startswith("is not valid TOML: ")
    assert ", line 2 · The newest good backup, with 2 entries: llmpath backup restore progress-" in row["detail"]
    assert "error:" not in kept.call("info").out
    elsewhere = str(kept.progress)
    shown = kept.call("--progress", elsewhere, "info").out
    assert f".toml --progress {elsewhere}" in "".join(shown.split("\n"))
    (kept.work / "alone.toml").write_text("?", "utf-8")
    assert "There is no backup." in kept.call("--progress", "alone.toml", "info").out


def test_info_says_what_is_wrong_with_the_curriculum(home: Home) -> None:
    def row(name: str) -> tuple[str, str]:
        rows = home.call("--curriculum", name, "info", "--json").json()["files"]
        [found] = [row for row in rows if row["name"] == "curriculum"]
        return found["health"], found["detail"]

    health, detail = row("nowhere")
    assert (health, detail.startswith("No curriculum “nowhere”: ")) == ("damaged", True)
    home.call("curriculum", "new", "mine")
    (home.work / "mine" / "curriculum.toml").write_text("= broken", "utf-8")
    assert row("mine") == ("damaged", f"1 problem · llmpath validate {home.work / 'mine'}")


def test_a_newer_file_is_read_with_a_warning_and_never_written(home: Home) -> None:
    home.call("done", "python")
    text = home.progress.read_text(encoding="utf-8").replace("schema = 2", "schema = 3")
    home.progress.write_text(f'{text}\n[[log]]\nmastered = ["rag"]\n', encoding="utf-8")
    (home.work / "other.toml").write_text(GOOD.replace("python", "nlp"), encoding="utf-8")
    before = everything(home)
    ran = home.call("list", "--json")
    assert ran.code == 0
    assert ran.json()["progress"]["done"] == 1
    assert "written by a newer version (schema 3, this one knows 2)" in ran.err
    for words in (("done", "nlp"), ("undo",), ("note", "nlp", "x"), ("goal", "rag"), ("merge", "other.toml")):
        ran = home.call(*words)
        assert (ran.code, ran.out) == (4, ""), (words, ran)
        assert "Update llmpath" in ran.err
    assert everything(home) == before


# --- single wrong entries --------------------------------------------------------------------------------------------


def test_info_names_each_item_in_a_table_of_the_former_form(home: Home) -> None:
    home.write_progress(GOOD + '\n[items."small/numbers"]\nstate = "done"\n')
    assert "progress: this version does not know the key `items.small/numbers`; it is kept" in home.call("info").out


def test_rule_10_bad_entries_are_left_out_counted_everywhere_and_named_by_info(home: Home) -> None:
    home.write_progress(
        GOOD
        + """
[[log]]
done = "nlp"

[[log]]
at = 2999-01-01 00:00:00Z
start = ["raag"]

[[log]]
ponder = ["nlp"]

[[log]]
skip = ["words"]
curriculum = "ossu"

[[items]]
"""
    )
    before = home.progress.read_bytes()
    ran = home.call("list", "--json")
    assert ran.json()["progress"]["done"] == 1
    assert ran.err.splitlines()[0] == (
        f"warning: {home.progress}: one entry is wrong and ignored; `llmpath info` names it."
    )
    shown = home.call("info").out
    for line in (
        'progress, line 13: `done` is not a list of texts; write it like done = ["quantization"].',
        "progress, line 16: the entry is dated in the future (2999-01-01 00:00+00:00); a clock may have been wrong.",
        "progress, line 16: there is no item “raag” in this curriculum. Perhaps you meant rag.",
        "progress, line 20: this version does not know the key `ponder`; it is kept but ignored.",
        "progress, line 20: the entry has no verb that this version knows; it is kept but ignored.",
        "progress, line 23: there is no curriculum “ossu” here.",
        "progress: this version does not know the key `items`; it is kept but ignored.",
    ):
        assert f"{line}\n" in shown
    assert home.call("done", "agents").code == 0
    assert home.progress.read_bytes().startswith(before)


JUNK = st.recursive(
    st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=3) | st.dates()
    | st.datetimes() | st.sampled_from(["done", "doing", "skipped", "todo", "rag", "agents"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["state", "at", "on", "note", "item", "x"]), inner, max_size=4),
    max_leaves=6,
)  # fmt: skip
KEYS = st.sampled_from(["llm-course/rag", "llm-course/rag/x", "llm-course", "rag", "", "/", "llm-course/", "other/rag"])
FILES = st.fixed_dictionaries(
    {"schema": st.just(1)},
    optional={
        "items": JUNK | st.dictionaries(KEYS, JUNK, max_size=3),
        "goals": JUNK | st.dictionaries(st.sampled_from(["llm-course", "other", ""]), JUNK, max_size=2),
    },
)


ENTRIES = st.lists(
    st.dictionaries(
        st.sampled_from(["at", "on", "done", "note", "text", "undo", "of", "hides", "x"]), JUNK, max_size=4
    ),
    max_size=4,
)
LOGS = st.fixed_dictionaries({"schema": st.just(2), "log": ENTRIES.filter(bool)}, optional={"items": JUNK})


@given(FILES | LOGS)
def test_wrong_types_anywhere_are_left_out(document: dict[str, Any]) -> None:
    others = {key: value for key, value in document.items() if key not in ("schema", "log")}
    log = Log(converted(Document(document["schema"], document.get("log", []), others)).entries)
    progress = Progress(small(), log)
    assert all(progress.own_state(item) in STATES for item in progress.touched())
    assert len(log.tables) >= len({entry.place for entry in log.entries} | {problem.place for problem in log.problems})


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES | LOGS)
def test_wrong_types_anywhere_are_never_an_accident(home: Home, document: dict[str, Any]) -> None:
    home.write_progress(tomli_w.dumps({key: value for key, value in document.items() if key != "log"}))
    with home.progress.open("a", encoding="utf-8") as file:
        file.write(blocks_of(document.get("log", ())))
    before = home.progress.read_bytes()
    for words in ((), ("log",), ("info",), ("export", "json"), ("done", "nlp")):
        ran = home.call(*words)
        assert ran.code == 0, (words, ran)
        assert "bug in llmpath" not in ran.err
    assert document["schema"] == 1 or home.progress.read_bytes().startswith(before)


def test_a_file_cut_off_anywhere_is_told_or_read_and_never_an_accident() -> None:
    content = GOOD.encode()
    read = [length for length in range(len(content)) if _is_read(content[:length])]
    assert 0 < len(read) < len(content) / 2


@given(st.lists(st.tuples(st.integers(0, len(GOOD.encode()) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_file_with_flipped_bytes_is_told_or_read_and_never_an_accident(flips: list[tuple[int, int]]) -> None:
    content = bytearray(GOOD.encode())
    for place, byte in flips:
        content[place] = byte
    _is_read(bytes(content))


@given(st.binary(max_size=200))
def test_any_bytes_are_told_or_read_and_never_an_accident(content: bytes) -> None:
    _is_read(content)


def _is_read(content: bytes) -> bool:
    try:
        parsed(content, "progress.toml")
    except DamagedProgress:
        return False
    return True


# --- huge and hostile ------------------------------------------------------------------------------------------------


def _repeated(piece: Callable[[int], str], size: int) -> bytes:
    pieces: list[str] = ["schema = 2\n"]
    length, number = 0, 0
    while length < size:
        pieces.append(piece(number))
        length += len(pieces[-1])
        number += 1
    return "".join(pieces).encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "lists 3,000 deep": lambda: b"schema = 2\nx = " + b"[" * 3_000 + b"]" * 3_000,
    "tables 3,000 deep": lambda: b"schema = 2\nx = " + b"{a=" * 3_000 + b"1" + b"}" * 3_000,
    "a key of 20,000 parts": lambda: b"schema = 2\n" + b"a." * 20_000 + b"a = 1\n",
    "a header of 20,000 parts": lambda: b"schema = 2\n[" + b"a." * 20_000 + b"a]\n",
    "many keys of 900 parts": lambda: _repeated(lambda n: f"k{n}{'.a' * 900} = 1\n", 3_900_000),
    "inline tables of 900 parts": lambda: _repeated(lambda n: f"k{n} = {{x{'.a' * 900} = 1}}\n", 3_900_000),
    "many headers": lambda: _repeated(lambda n: f"[a{n:x}]\n", 3_900_000),
    "many small tables": lambda: _repeated(lambda n: f"a{n:x}={{}}\n", 5_900_000),
    "many lists": lambda: b"schema = 2\nx = [" + b"[]," * 1_300_000 + b"}",
    "a number of 3 million digits": lambda: b"schema = 2\nx = " + b"9" * 3_000_000,
    "a text without an end": lambda: b'schema = 1\nx = """' + b"a" * 3_900_000,
    "a text of escapes": lambda: b'schema = 1\nx = "' + b"\\u0041" * 300_000 + b"\\q",
    "a list without an end": lambda: b"schema = 2\nx = " + b"[" * 45_000,
    "32 MB of zeros": lambda: b"\0" * MAX_BYTES,
    "4 MB of quotes": lambda: b'"' * 4_000_000,
    "4 MB of lines": lambda: b"\n" * 4_000_000 + b"=",
    "a number too long": lambda: b"schema = 2\nx = " + b"1" * 5_000,
}


def bounded(home: Home, *words: str, seconds: int = 2, memory: int = 512 * MEGABYTES) -> Ran:
    """Runs the program with so much of the processor and of memory and no more."""
    if sys.platform != "linux":
        pytest.skip("only Linux holds a process to so much memory")
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))

    ran = subprocess.run(
        [*COMMAND, *words],
        cwd=home.work,
        env=home.env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=limit,
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize("sort", HOSTILE)
def test_a_hostile_file_is_refused_in_two_seconds_and_bounded_memory(kept: Home, sort: str) -> None:
    kept.progress.write_bytes(HOSTILE[sort]())
    before = everything(kept)
    ran = bounded(kept, "done", "rag")
    assert ran.code == 4, ran
    assert str(kept.progress) in ran.err
    assert BACKUP in ran.err
    assert everything(kept) == before


def test_a_file_of_100_megabytes_is_refused_unread(kept: Home) -> None:
    with kept.progress.open("wb") as file:
        file.truncate(100 * MEGABYTES)
    for words in (("list",), ("done", "rag"), ("info",)):
        ran = bounded(kept, *words, memory=256 * MEGABYTES)
        assert ran.code == (0 if words == ("info",) else 4)
        assert "is larger than 32 MB" in ran.out + ran.err
    assert kept.progress.stat().st_size == 100 * MEGABYTES
    assert not (kept.progress.parent / "progress.toml.lock").exists()


def test_rule_11_what_is_large_and_right_is_read_however_many_entries_it_has(home: Home) -> None:
    entry = '[[log]]\nat = 2026-01-01 00:00:00.000+00:00\nnote = ["rag"]\n'
    home.write_progress("schema = 2\n" + (entry + f'text = "A.b {"." * 4000} [x] {{y}}"\n') * 5_000)
    assert bounded(home, "list", seconds=10).code == 0
    home.write_progress("schema = 2\n" + (entry + 'text = "x"\n') * 50_000)
    assert bounded(home, "list", seconds=10).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to so much memory")
def test_little_memory_is_called_that_and_no_damage(kept: Home) -> None:
    kept.progress.write_text("schema = 2\n" + "\n".join(f"k{n} = [1, 2, 3]" for n in range(300_000)), "utf-8")
    ran = bounded(kept, "list", seconds=10, memory=120 * MEGABYTES)
    assert ran.code == 1
    assert "Cannot allocate memory" in ran.err


def _a_folder(path: Path) -> None:
    path.mkdir()


def _a_pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this platform has no named pipes")
    os.mkfifo(path)


def _a_device(path: Path) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("this platform has no device of zeros")
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_a_folder, _a_pipe, _a_device])
def test_what_is_no_file_is_told_without_waiting(kept: Home, make: Callable[[Path], None]) -> None:
    kept.progress.unlink()
    make(kept.progress)
    before = {str(path): path.lstat().st_mtime_ns for path in kept.progress.parent.rglob("*")}
    for words in (("list",), ("done", "rag")):
        ran = bounded(kept, *words) if sys.platform == "linux" else kept.run(*words)
        assert ran.code == 1
        assert str(kept.progress) in ran.err
    assert kept.call("info").code == 0
    assert {str(path): path.lstat().st_mtime_ns for path in kept.progress.parent.rglob("*")} == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(kept: Home) -> None:
    kept.progress.chmod(0)
    for words in (("list",), ("done", "rag")):
        ran = kept.call(*words)
        assert ran.code == 1
        assert str(kept.progress) in ran.err
