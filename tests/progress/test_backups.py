"""Copies of the progress file: made in time, never lost to each other, and restored without losing anything."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from llmpath.errors import DamagedProgress
from llmpath.progress.backups import MAX_BACKUPS, Backups
from tests.support import NOW, Home

GOOD = b'schema = 1\n[items."small/words"]\nstate = "done"\n'


def backups_in(folder: Path, name: str = "progress.toml") -> Backups:
    return Backups(str(folder / name))


def files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder / "backups"))


def test_a_day_has_one_copy(tmp_path: Path) -> None:
    backups = backups_in(tmp_path)
    assert backups.keep_daily(GOOD, NOW) == "progress-2026-11-21T12-00-00.toml"
    assert backups.keep_daily(GOOD, NOW + timedelta(hours=1)) == ""
    assert backups.keep_daily(GOOD, NOW + timedelta(days=1)) == "progress-2026-11-22T12-00-00.toml"


def test_the_last_ten_stay(tmp_path: Path) -> None:
    backups = backups_in(tmp_path)
    for day in range(15):
        backups.keep_daily(GOOD, NOW + timedelta(days=day))
    assert backups.names() == [
        f"progress-{NOW + timedelta(days=day):%Y-%m-%d}T12-00-00.toml" for day in range(14, 4, -1)
    ]
    assert len(backups.names()) == MAX_BACKUPS == 10


def test_copies_of_one_second_stay_in_order(tmp_path: Path) -> None:
    backups = backups_in(tmp_path)
    made = [backups.keep(GOOD, NOW) for _ in range(5)]
    assert backups.names() == made[::-1]
    assert made[:2] == ["progress-2026-11-21T12-00-00.toml", "progress-2026-11-21T12-00-00_02.toml"]


def test_what_is_damaged_is_not_kept_as_a_copy(tmp_path: Path) -> None:
    with pytest.raises(DamagedProgress):
        backups_in(tmp_path).keep(b"", NOW)
    assert not (tmp_path / "backups").exists()


def test_what_a_restore_replaces_pushes_none_out(tmp_path: Path) -> None:
    backups = backups_in(tmp_path)
    for day in range(MAX_BACKUPS):
        backups.keep_daily(GOOD, NOW + timedelta(days=day))
    kept = backups.keep_replaced(GOOD, NOW + timedelta(days=20))
    assert kept == "progress-2026-12-11T12-00-00.replaced.toml"
    assert len(backups.names()) == MAX_BACKUPS + 1
    assert backups.names()[0] == kept


def test_a_damaged_file_is_kept_whole_and_not_listed(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_bytes(b"<<<<<<<")
    backups = backups_in(tmp_path)
    assert backups.keep_damaged(str(tmp_path / "progress.toml"), NOW) == "progress-2026-11-21T12-00-00.toml.damaged"
    assert (tmp_path / "backups" / "progress-2026-11-21T12-00-00.toml.damaged").read_bytes() == b"<<<<<<<"
    assert backups.names() == []


def test_a_clock_that_was_ahead_costs_no_copy_of_today(tmp_path: Path) -> None:
    backups = backups_in(tmp_path)
    for day in range(MAX_BACKUPS):
        backups.keep_daily(GOOD, NOW + timedelta(days=200 + day))
    kept = backups.keep_daily(GOOD, NOW)
    assert kept in backups.names()
    assert backups.keep_daily(GOOD, NOW + timedelta(minutes=1)) == ""


def test_two_progress_files_in_one_folder_keep_their_copies_apart(tmp_path: Path) -> None:
    one, other = backups_in(tmp_path), backups_in(tmp_path, "progress-work.toml")
    bare, text = backups_in(tmp_path, "progress"), backups_in(tmp_path, "progress.txt")
    for backups in (one, other, bare, text):
        for day in range(MAX_BACKUPS + 1):
            backups.keep_daily(GOOD, NOW + timedelta(days=day))
    assert [len(backups.names()) for backups in (one, other, bare, text)] == [MAX_BACKUPS] * 4
    assert len(files(tmp_path)) == 4 * MAX_BACKUPS


def test_the_newest_good_copy_is_found_behind_damaged_ones(tmp_path: Path) -> None:
    backups = backups_in(tmp_path)
    backups.keep_daily(GOOD, NOW)
    for day, content in enumerate([b"", b"\0" * 80, b"schema = 1\n[items", b"\xff\xfe"], 1):
        name = f"progress-{NOW + timedelta(days=day):%Y-%m-%d}T08-00-00.toml"
        (tmp_path / "backups" / name).write_bytes(content)
    newest = backups.newest_good()
    assert newest is not None
    assert newest.name == "progress-2026-11-21T12-00-00.toml"
    assert [row.items for row in backups.all()] == [-1, -1, -1, -1, 1]
    assert backups.all()[-1].made == "2026-11-21 12:00:00"


def test_what_lies_beside_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    for name in ("progress-notes.toml", "progress-2026-11-21.toml", "other-2026-11-21T12-00-00.toml", "progress.toml"):
        (tmp_path / "backups" / name).write_bytes(GOOD)
    assert backups_in(tmp_path).names() == []


LATER = "schema = 1\n"


def with_items(*names: str) -> str:
    return LATER + "".join(
        f'[items."llm-course/{name}"]\nstate = "done"\nat = 2026-01-01 00:00:00Z\n' for name in names
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
    assert f"{NAME}  2026-01-02 08:00:00  2 items" in ran.out
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


def test_undo_takes_a_restore_back_and_redo_makes_it_again(kept: Home) -> None:
    kept.call("backup", "restore", NAME)
    assert "Taken back: backup restore" in kept.call("undo").out
    assert kept.call("list", "--json").json()["progress"]["done"] == 1
    assert kept.call("redo").code == 0
    assert kept.call("list", "--json").json()["progress"]["done"] == 2


def test_undo_brings_back_what_a_restore_took_away(kept: Home) -> None:
    name = "progress-2026-01-01T08-00-00.toml"
    (kept.progress.parent / "backups" / name).write_text(LATER, encoding="utf-8")
    assert kept.call("backup", "restore", name).code == 0
    assert kept.call("list", "--json").json()["progress"]["done"] == 0
    assert kept.call("undo").code == 0
    assert kept.call("list", "--json").json()["progress"]["done"] == 1


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


@pytest.mark.parametrize("content", [b"", b"\0" * 512, b"schema = 1\n[items", b"\xff", b"<<<<<<< ours\nschema = 1\n"])
def test_a_restore_mends_a_damaged_file_and_keeps_it(kept: Home, content: bytes) -> None:
    kept.progress.write_bytes(content)
    ran = kept.call("done", "agents")
    assert ran.code == 4
    assert f"llmpath backup restore {NAME}" in ran.err
    assert kept.call("backup", "restore", NAME).code == 0
    (damaged,) = [name for name in files(kept.progress.parent) if name.endswith(".damaged")]
    assert (kept.progress.parent / "backups" / damaged).read_bytes() == content
    assert kept.call("done", "agents").code == 0
    assert kept.call("list", "--json").json()["progress"]["done"] == 3


def test_a_restore_mends_a_file_that_is_too_large_to_be_read(kept: Home) -> None:
    with kept.progress.open("wb") as file:
        file.truncate(20_000_000)
    assert kept.call("backup", "restore", NAME).code == 0
    (damaged,) = (kept.progress.parent / "backups").glob("*.damaged")
    assert damaged.stat().st_size == 20_000_000
    assert kept.call("list", "--json").json()["progress"]["done"] == 2


def test_undo_after_mending_a_damaged_file_does_not_empty_it(kept: Home) -> None:
    kept.progress.write_bytes(b"")
    kept.call("backup", "restore", NAME)
    kept.call("undo")
    assert kept.call("list", "--json").json()["progress"]["done"] == 2


def test_an_unknown_name_and_one_that_leads_elsewhere_restore_nothing(kept: Home) -> None:
    before = listing(kept.folder)
    for name in ("progress-2020-01-01T00-00-00.toml", "../progress.toml", str(kept.progress), "", f"{NAME}.damaged"):
        ran = kept.call("backup", "restore", name)
        assert ran.code in (2, 3), (name, ran)
    assert listing(kept.folder) == before


def test_a_damaged_copy_is_named_itself_and_not_restored(kept: Home) -> None:
    copy = kept.progress.parent / "backups" / NAME
    copy.write_bytes(b"schema = 1\n= 3\n")
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
    file.write_text(file.read_text(encoding="utf-8").replace("schema = 1", "schema = 2"), encoding="utf-8")
    content = kept.progress.read_bytes(), copy.read_bytes()
    assert kept.call("backup", "restore", NAME).code == 4
    assert (kept.progress.read_bytes(), copy.read_bytes()) == content
    assert files(kept.progress.parent) == [NAME]


def test_a_file_with_wrong_records_can_be_replaced(kept: Home) -> None:
    kept.progress.write_text('schema = 1\n[items."llm-course/rag"]\nstate = "perhaps"\n', encoding="utf-8")
    assert kept.call("done", "agents").code == 4
    assert kept.call("backup", "restore", NAME).code == 0
    assert kept.call("done", "agents").code == 0


@pytest.mark.parametrize("wrong", ["items = 5\n", "[[items]]\n", 'goals = "rag"\n', "[items]\nrag = 5\n"])
def test_what_is_no_table_can_be_replaced_and_the_answer_is_shown(wrong: str, kept: Home) -> None:
    kept.progress.write_text(f"schema = 1\n{wrong}", encoding="utf-8")
    dry, ran = kept.call("backup", "restore", NAME, "--dry-run"), kept.call("backup", "restore", NAME)
    assert (dry.code, ran.code) == (0, 0)
    assert "warning" not in ran.err
    assert "2 items" in ran.out
    assert kept.progress.read_text(encoding="utf-8") == with_items("python", "rag")
    assert kept.call("undo").code == 0
    kept.call("backup", "restore", next(name for name in files(kept.progress.parent) if "replaced" in name))
    assert kept.progress.read_text(encoding="utf-8") == f"schema = 1\n{wrong}"


def test_the_curriculum_need_not_be_readable_to_restore(kept: Home) -> None:
    folder = kept.folder / "broken"
    folder.mkdir()
    (folder / "curriculum.toml").write_text("= broken", encoding="utf-8")
    ran = kept.call("--curriculum", str(folder), "backup", "restore", NAME)
    assert ran.code == 0
    assert "llm-course/rag" in ran.out


def test_a_backup_is_made_before_the_first_write_of_a_day_and_before_a_merge(home: Home) -> None:
    home.call("done", "python")
    assert not (home.progress.parent / "backups").exists()
    before = home.progress.read_bytes()
    home.call("done", "rag")
    (first,) = (home.progress.parent / "backups").iterdir()
    assert first.read_bytes() == before
    home.call("done", "agents")
    assert len(files(home.progress.parent)) == 1
    other = home.work / "other.toml"
    other.write_text(with_items("nlp"), encoding="utf-8")
    before = home.progress.read_bytes()
    assert home.call("merge", str(other)).code == 0
    assert before in [path.read_bytes() for path in (home.progress.parent / "backups").iterdir()]
    assert len(files(home.progress.parent)) == 2


def test_times_of_copies_are_the_users(tmp_path: Path) -> None:
    local = datetime.fromisoformat("2026-11-21T23:30:00-05:00")
    assert backups_in(tmp_path).keep(GOOD, local) == "progress-2026-11-21T23-30-00.toml"
