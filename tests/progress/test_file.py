"""The file of a log, read and written by one process: rules 1, 11 and 15, and what may go wrong."""

import os
import signal
import stat
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from llmpath.errors import CannotRead, CannotWrite, DamagedProgress, LockedTooLong, NewerProgress
from llmpath.files.lock import acquire
from llmpath.progress import file as module
from llmpath.progress.document import Document
from llmpath.progress.document import parsed as parsed_really
from llmpath.progress.file import LogFile, Make, Saved, reviews_path
from llmpath.progress.log import Log, stamped
from tests.support import NOW

FIRST = """\
# llmpath progress: what you did, newest last. Add entries freely; to take one back use
# `llmpath undo`, since what is deleted here returns from copies on other machines.
schema = 2

[[log]]
at = 2026-11-21 12:00:00.000+00:00
done = ["words"]
"""


class Desk:
    """A progress file in a folder of its own, what is told while it is written, and what came of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "progress.toml"
        self.now = NOW
        self.told: list[str] = []
        self.saved: list[Saved] = []
        self.file = self.another()

    def another(self, lock_seconds: float = 0.2) -> LogFile:
        return LogFile(
            str(self.path), lambda: self.now, lambda key, _: self.told.append(key), lock_seconds=lock_seconds
        )

    def mark(self, item: str = "words", verb: str = "done", **options: Any) -> Saved:
        return self.file.change(self.file.read(), self.marking(item, verb), self.saved.append, **options)

    def marking(self, item: str = "words", verb: str = "done") -> Make:
        return lambda log: stamped([{verb: [item]}], log.newest, self.now)

    def write(self, text: str) -> bytes:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(text.encode())
        return text.encode()

    def items(self) -> list[str]:
        return [item for entry in self.another().read().log.entries for item in entry.items]

    def files(self) -> set[str]:
        return {path.name for path in self.path.parent.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def nothing(_log: Log) -> Sequence[dict[str, Any]]:
    return []


def test_without_a_file_nothing_is_known_and_nothing_made(desk: Desk) -> None:
    stored = desk.file.read()
    assert (stored.content, stored.log.tables, stored.schema) == (b"", [], 2)
    assert not desk.path.parent.exists()


def test_the_first_write_makes_folder_file_and_lock_for_the_user_alone(desk: Desk) -> None:
    assert desk.mark().is_changed
    assert desk.path.read_text("utf-8") == FIRST
    assert desk.files() == {"progress.toml", "progress.toml.lock"}
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in desk.path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n  # the end", '\n[other]\nx = "é"\n'])
def test_rule_1_what_is_there_stays_byte_for_byte_and_the_new_entry_is_appended_in_its_form(
    desk: Desk, newline: str, end: str
) -> None:
    text = (
        f'# mine\nschema = 2 # really\n\nmood = "good"\n[[log]]   # by hand\nstart=["agents"]\n  on = 2026-01-05{end}'
    )
    old = desk.write(text.replace("\n", newline))
    desk.mark()
    new = desk.path.read_bytes()
    glue = "" if text.endswith("\n") else newline
    added = '\n[[log]]\nat = 2026-11-21 12:00:00.000+00:00\ndone = ["words"]\n'.replace("\n", newline)
    assert new == old + (glue + added).encode()
    assert desk.items() == ["agents", "words"]


def test_what_changes_nothing_makes_nothing(desk: Desk) -> None:
    assert not desk.file.change(desk.file.read(), nothing, desk.saved.append).is_changed
    assert desk.saved == []
    assert not desk.path.parent.exists()


def test_what_changes_nothing_any_more_once_it_has_the_lock_writes_nothing(desk: Desk) -> None:
    seen = desk.file.read()
    desk.another().change(seen, desk.marking())
    before = desk.path.stat()
    saved = desk.file.change(seen, lambda log: [] if log.entries else desk.marking()(log), desk.saved.append)
    assert not saved.is_changed
    assert saved.after.log.tables
    assert desk.path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_change_made_meanwhile_by_another_process_is_kept(desk: Desk) -> None:
    seen = desk.file.read()
    desk.another().change(seen, desk.marking("numbers"))
    desk.file.change(seen, desk.marking("words"))
    assert desk.items() == ["numbers", "words"]
    assert desk.file.read().log.times == [NOW, NOW + timedelta(milliseconds=1)]


def test_what_an_editor_saves_meanwhile_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark("numbers")
    edits = ['\n[[log]]\ndone = ["agents"]\n', '\n[[log]]\ndone = ["tuning"]\n']
    check = module.LogFile._there

    def edited(file: LogFile) -> bytes | None:
        if edits:
            with desk.path.open("a", encoding="utf-8") as open_file:
                open_file.write(edits.pop(0))
        return check(file)

    monkeypatch.setattr(module.LogFile, "_there", edited)
    desk.mark("words")
    assert desk.items() == ["numbers", "agents", "tuning", "words"]
    assert [path.name for path in desk.path.parent.glob(".*")] == []


def test_what_an_editor_saves_while_a_file_is_restored_is_kept_as_a_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.mark("numbers")
    edits = ['\n[[log]]\ndone = ["agents"]\n']
    read = module.LogFile.readable

    def edited(file: LogFile) -> object:
        found = read(file)
        if edits:
            desk.write(desk.path.read_text("utf-8") + edits.pop())
        return found

    monkeypatch.setattr(module.LogFile, "readable", edited)
    saved = desk.file.write(FIRST.encode())
    assert desk.items() == ["words"]
    assert b"agents" in Path(desk.file.backups.path(saved.kept)).read_bytes()


def test_a_file_that_another_program_keeps_writing_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark("numbers")
    monkeypatch.setattr(module.LogFile, "_there", lambda _: b"something else")
    with pytest.raises(CannotWrite, match="keeps writing"):
        desk.mark("words")
    assert desk.items() == ["numbers"]


def test_afterwards_sees_the_new_file_under_the_lock(desk: Desk) -> None:
    seen: list[object] = []

    def afterwards(saved: Saved) -> None:
        seen.extend([desk.items(), saved.is_changed])
        with pytest.raises(LockedTooLong):
            desk.another(0).change(saved.after, desk.marking("numbers"))

    desk.file.change(desk.file.read(), desk.marking(), afterwards)
    assert seen == [["words"], True]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_no_signal_breaks_anything_off_until_what_follows_a_write_is_done(desk: Desk, name: str) -> None:
    number, heard = getattr(signal, name), []
    before = signal.signal(number, lambda *_: heard.append(desk.path.exists()))  # however this process was started
    try:
        desk.file.change(desk.file.read(), desk.marking(), lambda _: os.kill(os.getpid(), number))
        assert heard == []
        os.kill(os.getpid(), number)
        assert heard == [True]
    finally:
        signal.signal(number, before)
    assert desk.items() == ["words"]


def test_a_lock_that_is_not_free_in_time_is_an_error_that_names_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark()
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    held = acquire(f"{desk.path}.lock", 0, 0, lambda: None)
    with pytest.raises(LockedTooLong) as caught:
        desk.mark("numbers")
    held.release()
    assert caught.value.exit_code == 1
    assert caught.value.fields == {"path": f"{desk.path}.lock", "seconds": 0}
    assert desk.told == ["notice.waiting_for_lock"]
    assert desk.items() == ["words"]


def test_a_file_is_restored_under_the_lock_and_not_while_another_has_it(desk: Desk) -> None:
    desk.mark("numbers")
    held = acquire(f"{desk.path}.lock", 0, 0, lambda: None)
    with pytest.raises(LockedTooLong):
        desk.file.write(FIRST.encode())
    held.release()
    assert desk.items() == ["numbers"]
    tried: list[str] = []

    def afterwards(saved: Saved) -> None:
        with pytest.raises(LockedTooLong):
            desk.another(0).change(saved.after, desk.marking("agents"))
        tried.append("agents")

    desk.file.write(FIRST.encode(), afterwards)
    assert (tried, desk.items()) == (["agents"], ["words"])


def test_people_wait_for_half_a_minute() -> None:
    assert (module.LOCK_SECONDS, module.PATIENCE_SECONDS) == (30, 2)


def test_a_newer_file_is_read_and_never_written(desk: Desk) -> None:
    before = desk.write('schema = 3\n[[log]]\ndone = ["words"]\n[[log]]\nponder = "x"\n')
    assert [entry.items for entry in desk.file.read().log.entries] == [["words"]]
    writes: list[Callable[[], Saved]] = [desk.mark, lambda: desk.file.write(FIRST.encode())]
    for write in writes:
        with pytest.raises(NewerProgress) as caught:
            write()
        assert caught.value.exit_code == 4
        assert caught.value.fields == {"path": str(desk.path), "schema": 3, "known": 2}
    assert desk.path.read_bytes() == before
    assert desk.files() <= {"progress.toml", "progress.toml.lock"}


def test_rule_10_bad_entries_stop_nothing(desk: Desk) -> None:
    before = desk.write('schema = 2\n[[log]]\ndone = "words"\n[[log]]\nat = "now"\ndone = ["x"]\n')
    assert desk.mark().is_changed
    assert desk.path.read_bytes().startswith(before)


def test_a_file_that_became_damaged_before_the_lock_was_taken_is_not_written(desk: Desk) -> None:
    desk.mark()
    seen = desk.file.read()
    before = desk.write("<<<<<<< ours\n")
    with pytest.raises(DamagedProgress):
        desk.file.change(seen, desk.marking("numbers"))
    assert desk.path.read_bytes() == before


def test_rule_13_the_first_write_converts_schema_1_after_a_backup(desk: Desk) -> None:
    old = desk.write(
        '# gone\nschema = 1\nmine = 3\n[items."small/words"]\nstate = "done"\n'
        "at = 2026-01-05 20:00:00Z\non = 2026-01-04\n"
    )
    daily = desk.file.backups.keep(old + b"# earlier this day\n")
    desk.mark("agents", "start")
    assert desk.path.read_text("utf-8").partition("schema")[2] == (
        ' = 2\n\nmine = 3\n\n[[log]]\nat = 2026-01-05 20:00:00.000+00:00\ndone = ["words"]\non = 2026-01-04\n'
        'curriculum = "small"\n\n[[log]]\nat = 2026-11-21 12:00:00.000+00:00\nstart = ["agents"]\n'
    )
    (copy,) = (path for path in (desk.path.parent / "backups").iterdir() if path.name != daily)
    assert copy.read_bytes() == old
    assert desk.file.read().log.entries[0].day == date(2026, 1, 4)


def test_a_file_of_schema_1_that_would_grow_beyond_what_can_be_read_stays_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = "".join(f'[items."small/words/r{n}"]\nstate = "done"\n' for n in range(20))
    before = desk.write(f"schema = 1\n{records}")
    monkeypatch.setattr("llmpath.progress.document.MAX_BYTES", len(before) + 200)
    monkeypatch.setattr(module, "MAX_BYTES", len(before) + 200)
    with pytest.raises(CannotWrite, match="could not be read back"):
        desk.mark()
    assert desk.path.read_bytes() == before


def test_fewer_entries_than_in_the_newest_backup_are_told(desk: Desk) -> None:
    for item in ("numbers", "words", "agents"):
        desk.mark(item)
    desk.now += timedelta(days=1)
    desk.mark("tuning")
    whole = desk.path.read_text("utf-8")
    desk.write(whole[: whole.rindex("\n[[log]]", 0, whole.index("words"))])
    ((key, fields),) = desk.mark("agents").warnings
    assert (key, fields["count"], fields["before"]) == ("warning.fewer_items", "1", "3")
    assert fields["name"] == desk.file.backups.names()[0]
    desk.path.unlink()
    assert [key for key, _ in desk.mark().warnings] == ["warning.fewer_items"]
    desk.write(whole)
    assert desk.mark("numbers", "open").warnings == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows flushes no folders")
def test_what_killed_writers_left_of_file_and_copies_goes_with_the_next_write_and_nothing_else(desk: Desk) -> None:
    desk.mark("numbers")
    ending = ".0123456789abcdef.tmp"
    copy = "progress-2026-11-20T12-00-00.toml"
    left = [
        "progress.toml",
        f"backups/{copy}",
        f"backups/{copy}.damaged",
        "backups/progress-2026-11-20T12-00-00.replaced.toml",
    ]
    others = ["others.toml", "backups/others-2026-11-20T12-00-00.toml"]
    (desk.path.parent / "backups").mkdir()
    paths = {name: desk.path.parent / Path(name).parent / f".{Path(name).name}{ending}" for name in [*left, *others]}
    for path in paths.values():
        path.touch()
    desk.mark("words")
    assert [name for name, path in paths.items() if path.exists()] == others


def test_a_folder_that_cannot_be_flushed_is_a_warning(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmpath.files.atomic._flush_folder", lambda _: OSError(5, "Input/output error"))
    saved = desk.mark()
    assert saved.is_changed
    assert saved.warnings == [("warning.not_flushed", {"path": str(desk.path), "reason": "Input/output error"})]


@pytest.mark.parametrize(("place", "named"), [("data", "data/progress.toml.lock"), ("data/backups", "data/backups")])
def test_a_file_in_the_place_of_a_folder_is_named_and_nothing_changed(desk: Desk, place: str, named: str) -> None:
    if place != "data":
        desk.mark()
    root = desk.path.parent.parent
    (root / place).write_text("a file", encoding="utf-8")
    with pytest.raises(CannotWrite) as caught:
        desk.mark("numbers")
    assert caught.value.fields["path"] == str(root / named)
    assert (root / place).read_text("utf-8") == "a file"


def test_rule_11_what_could_not_be_read_back_is_not_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark()
    before = desk.path.read_bytes()
    monkeypatch.setattr(module, "MAX_BYTES", len(before) + 10)
    with pytest.raises(CannotWrite, match="larger than what can be read"):
        desk.mark("numbers")
    monkeypatch.undo()
    monkeypatch.setattr(module, "blocks_of", lambda _entries, _newline: '\n[[log]]\ndone = ["other"]\n')
    with pytest.raises(CannotWrite, match="read as something else"):
        desk.mark("numbers")
    assert desk.path.read_bytes() == before


def test_a_file_that_is_as_it_was_is_not_parsed_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark()
    again = desk.file.read()
    parsed: list[int] = []

    def counted(content: bytes, path: str) -> Document:
        parsed.append(len(content))
        return parsed_really(content, path)

    monkeypatch.setattr(module, "parsed", counted)
    assert desk.file.read(again) is again
    desk.file.change(again, desk.marking("numbers"))
    assert len(parsed) == 1
    assert parsed[0] < len(again.content)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_pipe_is_no_progress_file(desk: Desk) -> None:
    desk.path.parent.mkdir()
    os.mkfifo(desk.path)
    with pytest.raises(CannotRead):
        desk.file.read()


def test_reviews_stand_beside_the_progress_under_a_name_of_their_own() -> None:
    assert reviews_path(os.path.join("a", "progress.toml")) == os.path.join("a", "reviews.toml")
    assert reviews_path("mine.toml") == "mine.reviews.toml"
