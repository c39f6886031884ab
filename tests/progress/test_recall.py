"""A long progress file is parsed once, and never taken for another."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.curriculum import cache
from llmpath.curriculum.rows import Sheets, bound
from llmpath.progress import progress_file, recall, record_rows
from llmpath.progress.progress_file import LONG_BYTES, ProgressFile, Stored
from llmpath.progress.records import Record, Records, records_of
from llmpath.progress.serialization import MAX_BYTES
from tests.support import NOW, Home
from tests.tracing import KILL, KILLED, injected, need_strace, traced

LATER = NOW + timedelta(days=30)
LONG = 700
"""Records that make a long file."""

READING = [("list",), ("next",), ("stats",), ("log",), ("show", "tuning"), ("path", "agents"), ("list", "--json"), ()]


OWN = {
    "small/words": 'state = "done"\nnote = "字\\tand \\"quotes\\""\n',
    "small/numbers": 'state = "done"\non = 2026-09-30\n',
    "small/tuning": 'state = "doing"\n',
}


def written(count: int = LONG, extra: str = "") -> str:
    """A file with records of the curriculum `small`, then of another one."""
    others = {f"another/resource-{number}": 'state = "done"\non = 2026-10-02\n' for number in range(count - len(OWN))}
    return f'schema = 1\n[goals.small]\nitem = "agents"\nat = 2026-11-01T09:00:00Z\n{extra}' + "".join(
        f'[items."{key}"]\n{fields}at = 2026-10-{number % 28 + 1:02} 20:00:00.5+08:00\n'
        for number, (key, fields) in enumerate((OWN | others).items())
    )


class Desk:
    """A progress file and a cache, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "progress.toml"
        self.path.parent.mkdir()
        self.cache = folder / "cache"
        self.kept = self.cache / "progress.tsv"
        self.now = LATER

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")
        os.utime(self.path, (NOW.timestamp(), NOW.timestamp()))

    def file(self) -> ProgressFile:
        return ProgressFile(str(self.path), lambda: self.now, str(self.cache))

    def look(self) -> Stored:
        """Reads the file as a command does, and keeps what it means."""
        stored = self.file().read()
        self.file().keep(stored)
        return stored

    def parsed(self) -> Records:
        """What the parser alone makes of the file."""
        return records_of(tomli.loads(self.path.read_text("utf-8")), NOW.astimezone(self.now.tzinfo))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def unparsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, nothing can be parsed."""

    def refuse(content: bytes, path: str) -> None:
        raise AssertionError(f"{path} was parsed")

    return lambda: monkeypatch.setattr(progress_file, "parsed", refuse)


def test_a_long_file_is_parsed_once(desk: Desk, unparsed: Callable[[], None]) -> None:
    desk.write(written())
    first = desk.look()
    unparsed()
    second = desk.look()
    assert second.records == first.records == desk.parsed()
    assert list(second.records.items) == list(first.records.items)
    assert second.records.goals == {"small": "agents"}
    assert second.records.items["small/words"].note == '字\tand "quotes"'
    assert (second.schema, second.content, second.written_at) == (1, first.content, first.written_at)


def test_what_is_known_of_it_is_the_file_s_own_document(desk: Desk) -> None:
    desk.write(written())
    desk.look()
    assert desk.look().document == tomli.loads(written())


def test_reading_makes_nothing(desk: Desk) -> None:
    desk.write(written())
    desk.file().read()
    assert not desk.cache.exists()


@pytest.mark.parametrize(("size", "is_long"), [(LONG_BYTES - 1, False), (LONG_BYTES, True)])
def test_a_short_file_leaves_nothing_behind(size: int, is_long: bool, desk: Desk) -> None:
    text = written(50)
    desk.write(f"{text}#{'-' * (size - len(text.encode()) - 2)}\n")
    assert desk.path.stat().st_size == size
    assert len(desk.look().records.items) == 50
    assert desk.kept.exists() is is_long
    assert desk.look().is_recalled is is_long


def test_the_longest_file_is_known_again_too(desk: Desk) -> None:
    note = 'note = "' + "🎓" * 10_000 + '"\n'
    count = (MAX_BYTES - len(written(3))) // len(note.encode()) - 2
    desk.write(written(count).replace("on = 2026-10-02\n", note))
    assert 0.9 * MAX_BYTES < desk.path.stat().st_size <= MAX_BYTES
    assert not desk.look().is_recalled
    assert desk.look().is_recalled


def test_without_a_cache_nothing_is_kept(desk: Desk) -> None:
    desk.write(written())
    file = ProgressFile(str(desk.path), lambda: NOW)
    file.keep(file.read())
    assert len(file.read().records.items) == LONG
    assert not desk.cache.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("small/numbers", "small/numberz"),
        lambda text: text.replace('state = "done"', 'state = "todo"', 1),
        lambda text: text + "\n",
        lambda text: text.rpartition("[items.")[0],
        lambda text: text.replace("agents", "tuning"),
    ],
    ids=["a letter", "a state", "a line more", "a record less", "the goal"],
)
def test_a_changed_file_is_read_anew_whatever_its_time_says(change: Callable[[str], str], desk: Desk) -> None:
    desk.write(written())
    before = desk.look().records
    desk.write(change(written()))
    assert desk.look().records == desk.look().records == desk.parsed()
    assert (desk.look().records == before) is (change(written()) == f"{written()}\n")


def test_each_of_two_long_files_has_its_own_meaning(desk: Desk, tmp_path: Path) -> None:
    own, other = desk.path, tmp_path / "other.toml"
    desk.write(written())
    desk.path = other
    desk.write(written(LONG + 1))
    for path in (own, other) * 2:
        desk.path = path
        assert desk.look().records == desk.parsed()
    assert [path.name for path in desk.cache.iterdir()] == ["progress.tsv"]


def test_the_days_are_those_of_who_reads(desk: Desk, unparsed: Callable[[], None]) -> None:
    desk.write(written())
    desk.look()
    unparsed()
    desk.now = LATER.astimezone(timezone(timedelta(hours=14)))
    assert desk.look().records == desk.parsed()
    assert desk.look().records.items["small/words"].day == date(2026, 10, 2)
    desk.now = LATER.astimezone(UTC)
    assert desk.look().records.items["small/words"].day == date(2026, 10, 1)


def padded(text: str) -> str:
    """The same made long by comments."""
    return text + f"# {'-' * 76}\n" * (LONG_BYTES // 78 + 1)


OPEN_TO_DOUBT = {
    "a record without a time": '[items."small/attention"]\nstate = "done"\n',
    "a wrong record": '[items."small/attention"]\nstate = "finished"\nat = 2026-11-01T09:00:00Z\n',
    "a wrong goal": "[goals.other]\nitem = 1\nat = 2026-11-01T09:00:00Z\n",
}


@pytest.mark.parametrize("extra", OPEN_TO_DOUBT.values(), ids=OPEN_TO_DOUBT)
def test_nothing_is_kept_of_what_is_open_to_doubt(extra: str, desk: Desk) -> None:
    desk.write(written(extra=extra))
    assert desk.look().records == desk.parsed()
    assert not desk.cache.exists()


def test_nothing_is_kept_of_a_file_that_a_later_version_wrote(desk: Desk) -> None:
    desk.write(written().replace("schema = 1", "schema = 2"))
    assert desk.look().schema == 2
    assert not desk.cache.exists()


def resealed(kept: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A kept meaning that was changed by somebody who knows how it is sealed."""
    _, content, meaning = Sheets(kept)
    changed = change(meaning)
    return bound([recall._stamp(changed), content, changed])


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "zeros": lambda kept: bytes(len(kept)),
    "half": lambda kept: kept[: len(kept) // 2],
    "a byte less": lambda kept: kept[:-1],
    "a byte more": lambda kept: kept + b"\n",
    "other text": lambda _: b"<html>\n",
    "other sizes": lambda kept: b"1 2 3\n" + kept,
    "huge sizes": lambda _: b"9" * 5000 + b"\n",
    "one sheet": lambda _: bound([b"done\n"]),
    "a state changed": lambda kept: kept.replace(b"\tdone", b"\ttodo"),
    "sealed anew with no such state": lambda kept: resealed(kept, lambda rows: rows.replace(b"\tdone", b"\tgone")),
    "sealed anew with a time outside all calendars": lambda kept: resealed(
        kept, lambda rows: rows.replace(b"2026-10-01T20", b"0001-01-01T00")
    ),
    "sealed anew without rows": lambda kept: resealed(kept, lambda _: b""),
    "sealed anew with other bytes": lambda kept: resealed(kept, lambda _: b"\xff\xfe\n"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_in_the_cache_is_made_anew(damage: Callable[[bytes], bytes], desk: Desk) -> None:
    desk.write(written())
    desk.look()
    whole = desk.kept.read_bytes()
    desk.kept.write_bytes(damage(whole))
    assert desk.look().records == desk.parsed()
    assert desk.kept.read_bytes() == whole


@settings(max_examples=30)
@given(data=st.data())
def test_a_flipped_bit_anywhere_changes_no_answer(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.write(written())
    records = desk.look().records
    kept = bytearray(desk.kept.read_bytes())
    kept[data.draw(st.integers(0, len(kept) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    desk.kept.write_bytes(kept)
    assert desk.look().records == records


@pytest.mark.parametrize(
    "changed", ["FORMAT", "progress", "progress_file", "recall", "record_rows", "rows", "serialization"]
)
def test_another_version_of_the_program_reads_the_file_itself(
    changed: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def facts(path: str) -> tuple[str, int, int]:
        return Path(path).stem, 1, 2 if Path(path).stem == changed else 1

    def never(*_: object) -> None:
        raise AssertionError("what another version kept was used")

    monkeypatch.setattr(cache, "_facts", lambda path: (Path(path).stem, 1, 1))
    desk.write(written())
    desk.look()
    assert desk.look().is_recalled
    monkeypatch.setattr(cache, "_facts", facts)
    if changed == "FORMAT":
        monkeypatch.setattr(recall, "FORMAT", 0)
    monkeypatch.setattr(recall, "records_from", never)
    assert desk.look().records == desk.parsed()


# the cache as a place


@pytest.mark.parametrize("what", ["a file for the folder", "a folder for the file"])
def test_without_a_place_to_keep_it_everything_works(what: str, desk: Desk) -> None:
    if what == "a file for the folder":
        desk.cache.write_text("")
    else:
        desk.kept.mkdir(parents=True)
    desk.write(written())
    assert desk.look().records == desk.look().records == desk.parsed()
    assert [path.name for path in desk.kept.parent.glob("*.tmp")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_what_is_kept_is_for_the_user_alone(desk: Desk) -> None:
    old = os.umask(0)
    try:
        desk.write(written())
        desk.look()
    finally:
        os.umask(old)
    assert desk.kept.stat().st_mode & 0o777 == 0o600


def test_what_a_killed_process_left_behind_goes(desk: Desk) -> None:
    desk.cache.mkdir()
    leftover, *others = "progress.tsv.12345.tmp", "else.tmp", "progress.tsv.mine"
    for name in (leftover, *others):
        (desk.cache / name).write_bytes(b"half")
    (desk.cache / "progress.tsv.folder.tmp").mkdir()
    desk.write(written())
    desk.look()
    expected = sorted([*others, "progress.tsv", "progress.tsv.folder.tmp"])
    assert sorted(path.name for path in desk.cache.iterdir()) == expected


def test_what_another_process_is_just_writing_stays_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where process ids are no proof, as between containers that share a folder."""
    desk.cache.mkdir()
    theirs = desk.cache / f"progress.tsv.{os.getpid()}.tmp"
    theirs.write_bytes(b"half")
    monkeypatch.setattr(cache, "_remove", lambda _: None)
    desk.write(written())
    assert desk.look().records == desk.parsed()
    assert theirs.read_bytes() == b"half"
    assert not desk.kept.exists()


def test_ctrl_c_leaves_nothing_half_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(written())
    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        desk.look()
    assert list(desk.cache.iterdir()) == []


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["progress.tsv", "progress.tsv.mine.tmp"])
def test_a_progress_file_in_the_cache_folder_is_no_cache(name: str, desk: Desk, tmp_path: Path) -> None:
    desk.cache.mkdir()
    (tmp_path / "link").symlink_to(desk.cache)
    desk.path = tmp_path / "link" / name
    desk.write(written())
    for _ in range(2):
        assert desk.look().records == desk.parsed()
    assert desk.path.read_text("utf-8") == written()
    assert [path.name for path in desk.cache.iterdir()] == [name]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_a_full_disk_leaves_nothing_half_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(written())
    real = os.open

    def open_on_a_full_disk(path: str, flags: int, *rest: int) -> int:
        descriptor = real(path, flags, *rest)
        if str(path).endswith(".tmp"):
            os.dup2(real("/dev/full", os.O_WRONLY), descriptor)
        return descriptor

    monkeypatch.setattr(os, "open", open_on_a_full_disk)
    assert desk.look().records == desk.parsed()
    assert list(desk.cache.iterdir()) == []


# whole commands


@pytest.fixture
def kept(course: Home) -> Path:
    """Where the meaning of the course's long progress file is kept; nothing is yet."""
    path = Path(course.env["XDG_CACHE_HOME"]) / "llmpath" / "progress.tsv"
    path.unlink(missing_ok=True)
    return path


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_every_answer_is_the_same_with_and_without(words: tuple[str, ...], course: Home, kept: Path) -> None:
    course.write_progress(written())
    first = course.call(*words)
    assert kept.exists()
    second = course.call(*words)
    assert second == first
    assert (first.code, first.err) == (0, "")
    assert sorted(path.name for path in course.progress.parent.iterdir()) == ["progress.toml"]


NO_TABLES = {
    "a number": "schema = 1\nitems = 5\n",
    "a list": "schema = 1\n[[items]]\nid = 1\n",
    "a word for the goals": 'schema = 1\ngoals = "agents"\n',
    "a later version's list": "schema = 2\n[[items]]\nid = 1\n",
    "a later version's word": 'schema = 2\nitems = "all"\n',
}


@pytest.mark.parametrize("text", NO_TABLES.values(), ids=NO_TABLES)
def test_a_long_file_without_tables_is_told_as_a_short_one_is(text: str, course: Home) -> None:
    commands = [("list",), ("next",), ("info",), ("done", "words"), ("undo",), ("merge", "--dry-run", "other.toml")]
    (course.work / "other.toml").write_text("schema = 1\n", "utf-8")
    course.write_progress(text)
    expected = [course.call(*words) for words in commands]
    assert [(ran.code, "llmpath itself" in ran.err) for ran in expected] == [
        *[(0, False)] * 3,
        (4, False),
        (0, False),
        (4, False),
    ]
    course.write_progress(padded(text))
    assert [course.call(*words) for words in commands] == expected


def test_the_answer_is_there_before_anything_is_kept(course: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    course.write_progress(written())
    monkeypatch.setattr(recall, "keep_file", interrupt)
    ran = course.call("done", "attention")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("✓")


@pytest.mark.usefixtures("kept")
def test_what_was_just_written_need_not_be_parsed(course: Home, unparsed: Callable[[], None]) -> None:
    course.write_progress(written())
    assert course.call("done", "attention").code == 0
    unparsed()
    states = {topic["id"]: topic["state"] for topic in course.call("list", "--json").json()["topics"]}
    assert states["attention"] == "done"


def test_a_change_is_made_in_the_file_itself_whatever_was_kept(course: Home, kept: Path) -> None:
    """Even where somebody has changed and sealed what is kept, not a word of the file is lost or changed."""
    course.write_progress(written(extra="[ours]\nfuture = true\n"))
    course.call("next")
    kept.write_bytes(resealed(kept.read_bytes(), lambda rows: rows.replace(b"\tdone", b"\ttodo")))
    before = tomli.loads(course.progress.read_text("utf-8"))
    assert course.call("done", "attention").code == 0
    after = tomli.loads(course.progress.read_text("utf-8"))
    assert after["items"].pop("small/attention")["state"] == "done"
    assert after == before


@pytest.mark.parametrize("fault", [KILL, "error=ENOSPC", "error=EIO"])
def test_a_fault_at_any_call_that_keeps_it_changes_no_answer(fault: str, course: Home, kept: Path) -> None:
    need_strace()
    course.write_progress(written())
    answer = course.call("next")
    kept.unlink()
    calls = [call for call in traced(course, "next") if kept.name in call.text]
    assert [call.name for call in calls] == ["openat", "openat", "write", "close", "rename", "unlink"]
    for call in calls:
        kept.unlink()
        ran, hit = injected(course, call, fault, "next")
        assert hit.asks_as(call)
        assert ran.code in KILLED if fault == KILL else ran == answer
        assert [course.call("next"), course.call("next")] == [answer, answer]
        assert [path.name for path in kept.parent.glob("progress.*")] == [kept.name]
    assert course.progress.read_text("utf-8") == written()


def test_many_that_look_at_once_answer_the_same(course: Home, kept: Path) -> None:
    course.write_progress(written())
    processes = [course.popen("next", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)]
    answers = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert answers == [(course.call("next").out, "", 0)] * 8
    assert [path.name for path in kept.parent.glob("progress.*")] == [kept.name]


def test_rows_hold_what_the_parser_found(desk: Desk) -> None:
    desk.write(written())
    records = desk.look().records
    assert record_rows.rows_of_records(records)[1][:4] == ["state", "done", "done", "doing"]
    assert records.items["small/words"] == Record(
        "done", None, date(2026, 10, 1), datetime(2026, 10, 1, 12, 0, 0, 500_000, UTC), '字\tand "quotes"'
    )
