"""Copies of a log: made in time, never lost to each other, and restored without losing anything."""

import os
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from llmpath.errors import DamagedProgress
from llmpath.progress.backups import MAX_BACKUPS, Backups
from llmpath.progress.document import parsed
from llmpath.progress.file import Stored
from tests.support import NOW, Home

GOOD = b'schema = 2\n\n[[log]]\ndone = ["words"]\n'


class Folder:
    """The copies of one file, and a clock."""

    def __init__(self, folder: Path, name: str = "progress.toml") -> None:
        self.now = NOW
        self.backups = Backups(str(folder / name), lambda: self.now)

    def keep(self, days: float = 0, content: bytes = GOOD, *, replaced: bool = False) -> str:
        self.now = NOW + timedelta(days=days)
        return self.backups.keep(content, is_replaced=replaced)


def files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder / "backups"))


def test_a_day_has_one_copy(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.keep() == "progress-2026-11-21T12-00-00.toml"
    assert folder.keep(0.04) == ""
    assert folder.keep(1) == "progress-2026-11-22T12-00-00.toml"


def test_rule_14_the_last_ten_days_stay_and_what_was_replaced_pushes_none_out(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for day in range(15):
        folder.keep(day)
        folder.keep(day, replaced=True)
    daily = [name for name in folder.backups.names() if "replaced" not in name]
    assert daily == [f"progress-{NOW + timedelta(days=day):%Y-%m-%d}T12-00-00.toml" for day in range(14, 4, -1)]
    assert len(daily) == MAX_BACKUPS == 10
    assert len(folder.backups.names()) == 2 * MAX_BACKUPS
    assert folder.backups.names()[0].endswith("-12-05T12-00-00.toml")


def test_copies_of_one_second_stay_in_order(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    made = [folder.keep(replaced=True) for _ in range(5)]
    assert folder.backups.names() == made[::-1]
    assert made[:2] == ["progress-2026-11-21T12-00-00.replaced.toml", "progress-2026-11-21T12-00-00_02.replaced.toml"]


def test_what_is_damaged_is_not_kept_as_a_copy(tmp_path: Path) -> None:
    with pytest.raises(DamagedProgress):
        Folder(tmp_path).keep(content=b"")
    assert not (tmp_path / "backups").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_copies_are_as_private_as_the_file_and_their_folder_as_its(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(0o770)
    progress = tmp_path / "progress.toml"
    progress.write_bytes(GOOD)
    progress.chmod(mode)
    folder = Folder(tmp_path)
    copies = [folder.keep(), folder.keep(replaced=True), folder.backups.keep_damaged()]
    assert {stat.S_IMODE((tmp_path / "backups" / name).stat().st_mode) for name in copies} == {mode}
    assert stat.S_IMODE((tmp_path / "backups").stat().st_mode) == 0o770


def test_a_damaged_file_is_kept_whole_and_not_listed(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_bytes(b"<<<<<<<")
    folder = Folder(tmp_path)
    assert folder.backups.keep_damaged() == "progress-2026-11-21T12-00-00.toml.damaged"
    assert (tmp_path / "backups" / "progress-2026-11-21T12-00-00.toml.damaged").read_bytes() == b"<<<<<<<"
    assert folder.backups.names() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be flushed there")
@pytest.mark.parametrize("content", [GOOD, b"<<<<<<<"])
def test_a_copy_is_on_the_disk_before_the_file_is_replaced(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "progress.toml").write_bytes(content)
    folder, flushed, really = Folder(tmp_path), set(), os.fsync

    def flush(descriptor: int) -> None:
        flushed.add(os.fstat(descriptor).st_ino)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    name = folder.keep() if content == GOOD else folder.backups.keep_damaged()
    copies = tmp_path / "backups"
    assert {copies.stat().st_ino, (copies / name).stat().st_ino} <= flushed


def test_what_a_clock_that_ran_ahead_has_made_is_never_the_newest(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.keep(200)
    full = GOOD + b'\n[[log]]\ndone = ["agents"]\n'
    made = folder.keep(content=full)
    assert folder.backups.names()[0] == made
    (newest,) = folder.backups.worth_restoring()
    assert newest.items == 2
    short = Stored(GOOD, parsed(GOOD, "p"))
    assert folder.backups.newest_fuller(short.content, len(short.log.tables)) == newest
    assert folder.backups.newest_fuller(full, len(parsed(full, "p").entries)) is None


def test_an_older_copy_with_more_entries_is_worth_restoring_beside_the_newest(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    fuller = folder.keep(content=GOOD + b'\n[[log]]\ndone = ["agents"]\n')
    newest = folder.keep(1)
    assert [row.name for row in folder.backups.worth_restoring()] == [newest, fuller]


def test_a_clock_that_was_ahead_costs_no_copy_of_today(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for day in range(MAX_BACKUPS):
        folder.keep(200 + day)
    kept = folder.keep()
    assert kept in folder.backups.names()
    assert folder.keep(0.001) == ""
    assert len(folder.backups.names()) == MAX_BACKUPS


def test_logs_in_one_folder_keep_their_copies_apart(tmp_path: Path) -> None:
    names = ("progress.toml", "progress-work.toml", "reviews.toml", "progress", "progress.txt")
    folders = [Folder(tmp_path, name) for name in names]
    for folder in folders:
        for day in range(MAX_BACKUPS + 1):
            folder.keep(day)
    assert [len(folder.backups.names()) for folder in folders] == [MAX_BACKUPS] * 5
    assert len(files(tmp_path)) == 5 * MAX_BACKUPS


def test_the_newest_good_copy_is_found_behind_damaged_ones(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.keep()
    for day, content in enumerate([b"", b"\0" * 80, b"schema = 2\n[[log", b"\xff\xfe"], 1):
        name = f"progress-{NOW + timedelta(days=day):%Y-%m-%d}T08-00-00.toml"
        (tmp_path / "backups" / name).write_bytes(content)
    folder.now += timedelta(days=9)
    assert [row.name for row in folder.backups.worth_restoring()] == ["progress-2026-11-21T12-00-00.toml"]
    assert [row.items for row in folder.backups.all()] == [-1, -1, -1, -1, 1]
    assert folder.backups.all()[-1].made == "2026-11-21 12:00:00"


def test_what_lies_beside_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    for name in ("progress-notes.toml", "progress-2026-11-21.toml", "other-2026-11-21T12-00-00.toml", "progress.toml"):
        (tmp_path / "backups" / name).write_bytes(GOOD)
    assert Folder(tmp_path).backups.names() == []


def test_times_of_copies_are_the_users(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.now = datetime.fromisoformat("2026-11-21T23:30:00-05:00")
    assert folder.backups.keep(GOOD) == "progress-2026-11-21T23-30-00.toml"


LATER = "schema = 2\n"


def with_items(*names: str) -> str:
    return LATER + "".join(
        f'\n[[log]]\nat = 2026-01-01 00:00:0{number}.000+00:00\ndone = ["{name}"]\n'
        for number, name in enumerate(names)
    )


@pytest.fixture
def kept(home: Home) -> Home:
    """A home with one topic done, and a backup with two."""
    home.write_progress(with_items("python"))
    folder = home.progress.parent / "backups"
    folder.mkdir()
    (folder / "progress-2026-01-02T08-00-00.toml").write_text(with_items("python", "rag"), encoding="utf-8")
    return home


NAME = "progress-2026-01-02T08-00-00.toml"


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_backup_list_names_time_and_number_of_items(kept: Home) -> None:
    ran = kept.call("backup", "list")
    assert ran.code == 0
    assert f"{NAME}  2026-01-02 08:00:00  2 entries" in ran.out
    assert kept.call("backup", "list", "--json").json()["backups"] == [
        {"name": NAME, "made": "2026-01-02 08:00:00", "items": 2}
    ]


def test_a_dry_run_shows_what_would_change_and_changes_nothing(kept: Home) -> None:
    before = listing(kept.folder / "data")
    ran = kept.call("backup", "restore", NAME, "--dry-run")
    assert ran.code == 0
    assert "would change 1 item" in ran.out
    assert "Retrieval-Augmented Generation" in ran.out
    assert "to do → done" in ran.out
    assert listing(kept.folder / "data") == before


def test_a_restore_puts_the_copy_back_byte_for_byte_and_keeps_what_it_replaces(kept: Home) -> None:
    ran = kept.call("backup", "restore", NAME)
    assert ran.code == 0
    assert "1 item changed" in ran.out
    assert kept.progress.read_text(encoding="utf-8") == with_items("python", "rag")
    (replaced,) = [name for name in files(kept.progress.parent) if ".replaced." in name]
    assert (kept.progress.parent / "backups" / replaced).read_text(encoding="utf-8") == with_items("python")
    assert replaced in ran.out


def test_rule_5_undo_never_takes_a_restore_back_and_the_copy_that_it_made_does(kept: Home) -> None:
    kept.call("backup", "restore", NAME)
    assert "Undid `done`" in kept.call("undo").out
    (replaced,) = [name for name in files(kept.progress.parent) if ".replaced." in name]
    assert kept.call("backup", "restore", replaced).code == 0
    assert kept.progress.read_text(encoding="utf-8") == with_items("python")


def test_rule_14_a_restore_says_how_many_later_entries_may_come_back(kept: Home) -> None:
    kept.call("done", "agents", "nlp")
    kept.call("note", "nlp", "x")
    ran = kept.call("backup", "restore", NAME)
    assert "2 later entries are not in it. The next sync or merge" in " ".join(ran.out.split())


def test_the_reviews_have_copies_too(kept: Home) -> None:
    name = "reviews-2026-01-02T08-00-00.toml"
    (kept.progress.parent / "backups" / name).write_text(LATER, encoding="utf-8")
    assert name in kept.call("backup", "list").out
    assert kept.call("backup", "restore", name).code == 0
    assert (kept.progress.parent / "reviews.toml").read_text(encoding="utf-8") == LATER
    assert kept.progress.read_text(encoding="utf-8") == with_items("python")


def test_no_warning_follows_a_restore_that_was_meant(kept: Home) -> None:
    name = "progress-2026-01-01T08-00-00.toml"
    (kept.progress.parent / "backups" / NAME).unlink()
    (kept.progress.parent / "backups" / name).write_text(LATER, encoding="utf-8")
    assert kept.call("backup", "restore", name).err == ""
    assert kept.call("done", "rag").err == ""


def test_restoring_what_is_there_already_changes_nothing(kept: Home) -> None:
    kept.call("backup", "restore", NAME)
    before = listing(kept.folder / "data")
    ran = kept.call("backup", "restore", NAME)
    assert ran.code == 0
    assert "nothing changed" in ran.out
    assert listing(kept.folder / "data") == before


@pytest.mark.parametrize("content", [b"", b"\0" * 512, b"schema = 2\n[[log", b"\xff", b"<<<<<<< ours\nschema = 2\n"])
def test_a_restore_mends_a_damaged_file_and_keeps_it(kept: Home, content: bytes) -> None:
    kept.progress.write_bytes(content)
    ran = kept.call("done", "agents")
    assert ran.code == 4
    assert kept.call("backup", "restore", NAME).code == 0
    (damaged,) = [name for name in files(kept.progress.parent) if name.endswith(".damaged")]
    assert (kept.progress.parent / "backups" / damaged).read_bytes() == content
    assert kept.call("done", "agents").code == 0
    assert kept.call("list", "--json").json()["progress"]["done"] == 3


def test_a_restore_mends_a_file_that_is_too_large_to_be_read(kept: Home) -> None:
    with kept.progress.open("wb") as file:
        file.truncate(40_000_000)
    assert kept.call("backup", "restore", NAME).code == 0
    (damaged,) = (kept.progress.parent / "backups").glob("*.damaged")
    assert damaged.stat().st_size == 40_000_000
    assert kept.call("list", "--json").json()["progress"]["done"] == 2


def test_an_unknown_name_and_one_that_leads_elsewhere_restore_nothing(kept: Home) -> None:
    before = listing(kept.folder)
    for name in ("progress-2020-01-01T00-00-00.toml", "../progress.toml", str(kept.progress), "", f"{NAME}.damaged"):
        ran = kept.call("backup", "restore", name)
        assert ran.code in (2, 3), (name, ran)
    assert listing(kept.folder) == before


def test_a_damaged_copy_is_named_itself_and_not_restored(kept: Home) -> None:
    copy = kept.progress.parent / "backups" / NAME
    copy.write_bytes(b"schema = 2\n= 3\n")
    before = listing(kept.folder / "data")
    ran = kept.call("backup", "restore", NAME)
    assert ran.code == 4
    assert str(copy) in ran.err
    assert "line 2" in ran.err
    assert "There is no backup" not in ran.err
    assert listing(kept.folder / "data") == before


@pytest.mark.parametrize("newer", ["the copy", "the file"])
def test_neither_a_newer_copy_nor_over_a_newer_file_is_anything_written(kept: Home, newer: str) -> None:
    copy = kept.progress.parent / "backups" / NAME
    file = copy if newer == "the copy" else kept.progress
    file.write_text(file.read_text(encoding="utf-8").replace("schema = 2", "schema = 3"), encoding="utf-8")
    content = kept.progress.read_bytes(), copy.read_bytes()
    assert kept.call("backup", "restore", NAME).code == 4
    assert (kept.progress.read_bytes(), copy.read_bytes()) == content
    assert files(kept.progress.parent) == [NAME]


def test_the_curriculum_need_not_be_readable_to_restore(kept: Home) -> None:
    folder = kept.folder / "broken"
    folder.mkdir()
    (folder / "curriculum.toml").write_text("= broken", encoding="utf-8")
    ran = kept.call("--curriculum", str(folder), "backup", "restore", NAME)
    assert ran.code == 0
    assert kept.progress.read_text(encoding="utf-8") == with_items("python", "rag")


def test_a_backup_is_made_before_the_first_write_of_a_day_and_before_an_import_but_not_for_a_merge(home: Home) -> None:
    home.call("done", "python")
    assert not (home.progress.parent / "backups").exists()
    before = home.progress.read_bytes()
    home.call("done", "rag")
    (first,) = (home.progress.parent / "backups").iterdir()
    assert first.read_bytes() == before
    other = home.work / "other.toml"
    other.write_text(with_items("nlp"), encoding="utf-8")
    assert home.call("merge", str(other)).code == 0
    assert len(files(home.progress.parent)) == 1
    (home.work / "list.md").write_text("- [x] A <!-- llmpath: agents -->\n", encoding="utf-8")
    before = home.progress.read_bytes()
    assert home.call("import", "list.md").code == 0
    (kept,) = (home.progress.parent / "backups").glob("*.replaced.toml")
    assert kept.read_bytes() == before
