"""The progress file, read and written by one process."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli

from llmpath.errors import BadRecords, CannotRead, CannotWrite, DamagedProgress, LockedTooLong, NewerProgress
from llmpath.files.lock import acquire, release
from llmpath.progress import store as module
from llmpath.progress.edits import with_changes
from llmpath.progress.progress_file import Stored, file_time
from llmpath.progress.records import Change, Document
from llmpath.progress.store import Saved, Store
from tests.support import NOW

KEY = "small/words"


class Desk:
    """A progress file in a folder of its own, what its store tells, and what it says afterwards."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "progress.toml"
        self.now = NOW
        self.told: list[str] = []
        self.saved: list[Saved] = []
        self.store = self.another()

    def another(self, lock_seconds: float = 0.2) -> Store:
        return Store(str(self.path), lambda: self.now, lambda key, _: self.told.append(key), lock_seconds)

    def mark(self, state: str = "done", key: str = KEY, **options: Any) -> Saved:
        return self.store.update(self.store.read(), marking(self, state, key), self.saved.append, **options)

    def write(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, encoding="utf-8")

    def document(self) -> dict[str, Any]:
        return tomli.loads(self.path.read_text(encoding="utf-8"))


def marking(desk: Desk, state: str, key: str = KEY) -> Callable[[Stored], Document]:
    return lambda stored: with_changes(stored.document, [Change(key, state)], desk.now, stored.written_at)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_without_a_file_nothing_is_known_and_nothing_made(desk: Desk) -> None:
    stored = desk.store.read()
    assert (stored.document, stored.records.items, stored.content) == ({"schema": 1}, {}, b"")
    assert not desk.path.parent.exists()


def test_the_first_write_makes_folder_file_and_lock(desk: Desk) -> None:
    saved = desk.mark()
    assert saved.is_changed
    assert {path.name for path in desk.path.parent.iterdir()} == {"progress.toml", "progress.toml.lock"}
    assert desk.document() == {"schema": 1, "items": {KEY: {"state": "done", "at": NOW}}}


def test_the_file_is_written_for_people(desk: Desk) -> None:
    desk.mark()
    assert desk.path.read_text(encoding="utf-8") == (
        '# llmpath progress. Safe to edit; comments are not kept (use note = "...").\n'
        "schema = 1\n\n"
        '[items."small/words"]\nstate = "done"\nat = 2026-11-21 12:00:00+00:00\n'
    )


def test_what_changes_nothing_makes_nothing(desk: Desk) -> None:
    stored = desk.store.read()
    saved = desk.store.update(stored, lambda stored: stored.document, desk.saved.append)
    assert not saved.is_changed
    assert desk.saved == []
    assert not desk.path.parent.exists()


def test_what_changes_nothing_any_more_once_it_has_the_lock_writes_nothing(desk: Desk) -> None:
    seen = desk.store.read()
    desk.another().update(seen, marking(desk, "done"), lambda _: None)
    before = desk.path.stat()
    saved = desk.store.update(seen, marking(desk, "done"), desk.saved.append)
    assert not saved.is_changed
    assert saved.after.records.items[KEY].state == "done"
    assert desk.path.stat().st_mtime_ns == before.st_mtime_ns


def test_afterwards_is_called_for_an_unchanged_file_where_that_is_wanted(desk: Desk) -> None:
    stored = desk.store.read()
    desk.store.update(stored, lambda stored: stored.document, desk.saved.append, even_unchanged=True)
    assert [saved.is_changed for saved in desk.saved] == [False]
    assert not desk.path.exists()


def test_a_change_made_meanwhile_by_another_process_is_kept(desk: Desk) -> None:
    seen = desk.store.read()
    desk.another().update(seen, marking(desk, "done", "small/numbers"), lambda _: None)
    desk.store.update(seen, marking(desk, "done", "small/words"), lambda _: None)
    assert set(desk.document()["items"]) == {"small/numbers", "small/words"}


def test_afterwards_sees_the_new_file_under_the_lock(desk: Desk) -> None:
    seen: list[object] = []

    def afterwards(saved: Saved) -> None:
        seen.append(desk.document()["items"][KEY]["state"])
        seen.append(saved.is_changed)
        with pytest.raises(LockedTooLong):
            desk.another(0).update(saved.after, marking(desk, "todo"), lambda _: None)

    desk.store.update(desk.store.read(), marking(desk, "done"), afterwards)
    assert seen == ["done", True]


def test_a_lock_that_is_not_free_in_time_is_an_error_that_names_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark()
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    held = acquire(f"{desk.path}.lock", 0, 0, lambda: None)
    with pytest.raises(LockedTooLong) as caught:
        desk.mark("todo")
    release(held)
    assert caught.value.exit_code == 1
    assert caught.value.fields == {"path": f"{desk.path}.lock", "seconds": 0}
    assert desk.told == ["notice.waiting_for_lock"]
    assert desk.document()["items"][KEY]["state"] == "done"


def test_people_wait_for_half_a_minute() -> None:
    assert module.LOCK_SECONDS == 30
    assert module.PATIENCE_SECONDS == 2


def test_a_record_without_a_time_counts_as_written_when_the_file_was(desk: Desk) -> None:
    desk.write('schema = 1\n[items."small/words"]\nstate = "doing"\n[goals.small]\nitem = "words"\n')
    os.utime(desk.path, (1_700_000_000, 1_700_000_000))
    assert desk.store.read().records.items[KEY].at == datetime.fromtimestamp(1_700_000_000, UTC)
    desk.mark("done", "small/numbers")
    assert desk.document()["items"][KEY] == {"state": "doing", "at": datetime.fromtimestamp(1_700_000_000, UTC)}
    assert desk.document()["goals"]["small"]["at"] == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize("modified", [NOW.timestamp() + 10_000_000, 10_000_000_000.0])
def test_a_file_from_the_future_counts_as_written_now(desk: Desk, modified: float) -> None:
    desk.write('schema = 1\n[items."small/words"]\nstate = "doing"\n')
    os.utime(desk.path, (modified, modified))
    assert desk.store.read().written_at == NOW


@pytest.mark.parametrize("seconds", [-1.0, -62135596800.0, 1e18, -1e18])
def test_a_time_beyond_all_calendars_counts_as_now(desk: Desk, seconds: float) -> None:
    assert file_time(seconds, desk.now) == NOW


def test_a_newer_file_is_read_and_never_written(desk: Desk) -> None:
    desk.write('schema = 2\n[items."small/words"]\nstate = "doing"\n')
    before = desk.path.read_bytes()
    assert desk.store.read().records.items[KEY].state == "doing"
    with pytest.raises(NewerProgress) as caught:
        desk.mark()
    assert caught.value.exit_code == 4
    assert caught.value.fields == {"path": str(desk.path), "schema": 2, "known": 1}
    assert desk.path.read_bytes() == before
    assert [path.name for path in desk.path.parent.iterdir()] == ["progress.toml"]


def test_a_file_with_wrong_records_is_read_without_them_and_not_written(desk: Desk) -> None:
    desk.write('schema = 1\n[items."small/words"]\nstate = "doing"\n[items."small/numbers"]\nstate = "perhaps"\n')
    assert list(desk.store.read().records.items) == [KEY]
    with pytest.raises(BadRecords) as caught:
        desk.mark()
    assert caught.value.exit_code == 4
    assert caught.value.entries == [('items."small/numbers"', "record_state")]
    assert [path.name for path in desk.path.parent.iterdir()] == ["progress.toml"]


def test_a_file_that_became_damaged_before_the_lock_was_taken_is_not_written(desk: Desk) -> None:
    desk.mark()
    seen = desk.store.read()
    desk.write("<<<<<<< ours\n")
    with pytest.raises(DamagedProgress):
        desk.store.update(seen, marking(desk, "todo"), desk.saved.append)
    assert desk.path.read_text(encoding="utf-8") == "<<<<<<< ours\n"


def test_fewer_items_than_in_the_newest_backup_are_told(desk: Desk) -> None:
    for key in ("small/numbers", "small/words", "small/agents"):
        desk.mark(key=key)
    desk.mark("todo", "small/agents")
    assert desk.store.backups.all()[0].items == 1
    desk.now += timedelta(days=1)
    desk.mark("done", "small/agents")
    text = desk.path.read_text(encoding="utf-8")
    desk.write(text[: text.index('[items."small/words"]')])
    ((key, fields),) = desk.mark("todo", "small/numbers").warnings
    assert key == "warning.fewer_items"
    assert (fields["count"], fields["before"]) == ("1", "3")
    assert fields["name"] == desk.store.backups.names()[0]


def test_a_file_that_has_vanished_is_told_too(desk: Desk) -> None:
    desk.mark()
    desk.mark("todo")
    desk.path.unlink()
    ((key, fields),) = desk.mark().warnings
    assert (key, fields["count"], fields["before"]) == ("warning.fewer_items", "0", "1")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows flushes no folders")
def test_a_folder_that_cannot_be_flushed_is_a_warning(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmpath.files.atomic._flush_folder", lambda _: OSError(5, "Input/output error"))
    saved = desk.mark()
    assert saved.is_changed
    assert saved.warnings == [("warning.not_flushed", {"path": str(desk.path), "reason": "Input/output error"})]


def test_a_file_in_the_place_of_the_folder_is_named(desk: Desk) -> None:
    desk.path.parent.parent.mkdir(exist_ok=True)
    desk.path.parent.write_text("a file", encoding="utf-8")
    assert desk.store.read().content == b""
    with pytest.raises(CannotWrite) as caught:
        desk.mark()
    assert caught.value.fields["path"] == f"{desk.path}.lock"


def test_a_file_in_the_place_of_the_backups_is_named_and_nothing_changed(desk: Desk) -> None:
    desk.mark()
    (desk.path.parent / "backups").write_text("a file", encoding="utf-8")
    with pytest.raises(CannotWrite) as caught:
        desk.mark("todo")
    assert caught.value.fields["path"] == str(desk.path.parent / "backups")
    assert desk.document()["items"][KEY]["state"] == "done"


def test_what_could_not_be_read_back_is_not_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.mark()
    before = desk.path.read_bytes()
    monkeypatch.setattr("llmpath.progress.serialization.MAX_BYTES", len(before) + 10)
    with pytest.raises(CannotWrite, match="could not be read back"):
        desk.mark("done", "small/numbers")
    assert desk.path.read_bytes() == before


def test_a_number_too_long_to_be_written_stops_a_write_and_no_reading(desk: Desk) -> None:
    desk.write(f'schema = 1\nlong = 0x{"f" * 5000}\n[items."small/words"]\nstate = "doing"\n')
    assert list(desk.store.read().records.items) == [KEY]
    with pytest.raises(CannotWrite):
        desk.mark()


def test_a_file_that_is_as_it_was_is_not_parsed_again(desk: Desk) -> None:
    desk.mark()
    again = desk.store.read()
    assert desk.store.read(again) is again
    desk.mark("todo")
    assert desk.store.read(again) is not again


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_pipe_is_no_progress_file(desk: Desk) -> None:
    desk.path.parent.mkdir()
    os.mkfifo(desk.path)
    with pytest.raises(CannotRead):
        desk.store.read()


def test_the_day_of_a_record_is_the_learners(desk: Desk) -> None:
    desk.write('schema = 1\n[items."small/words"]\nstate = "done"\nat = 2026-11-20 23:30:00-05:00\n')
    assert desk.store.read().records.items[KEY].day == date(2026, 11, 21)
