"""Rule 8: two machines and a folder that is carried between them, and the copies that its programs make."""

import os
from pathlib import Path

import pytest

from llmpath.errors import LockedTooLong
from llmpath.progress.file import LogFile
from llmpath.progress.sync import conflict_copies, united
from tests.support import NOW, Home, held

HEAD = "schema = 2\n"


def entry(verb: str, item: str, second: int = 0, more: str = "") -> str:
    return f'\n[[log]]\nat = 2026-01-05 20:00:{second:02}.000+00:00\n{verb} = ["{item}"]\n{more}'


RECALL = HEAD + entry("recall", "rag/indexing", more='grade = "yes"\ndue = 2026-02-01\n')


@pytest.fixture
def cloud(home: Home) -> Path:
    folder = home.folder / "cloud"
    folder.mkdir()
    return folder


def states(home: Home, *options: str) -> dict[str, str]:
    topics = home.call(*options, "list", "--json").json()["topics"]
    return {row["id"]: row["state"] for row in topics if row["state"] != "todo"}


def test_sync_unites_progress_and_reviews_both_ways(home: Home, cloud: Path) -> None:
    home.call("done", "python")
    (cloud / "progress.toml").write_text(HEAD + "# theirs\n" + entry("skip", "nlp"), "utf-8")
    (cloud / "reviews.toml").write_text(RECALL, "utf-8")
    ran = home.call("sync", str(cloud))
    assert ran.code == 0
    assert "Received: 2 entries." in ran.out
    assert "to do → skipped" in ran.out
    assert f"Written to {cloud}: 1 entry." in ran.out
    assert (
        states(home) == states(home, "--progress", str(cloud / "progress.toml")) == {"python": "done", "nlp": "skipped"}
    )
    assert "# theirs" in (cloud / "progress.toml").read_text("utf-8")
    assert "recall" in (home.progress.parent / "reviews.toml").read_text("utf-8")
    assert {path.name for path in cloud.iterdir()} == {"progress.toml", "reviews.toml"}


def test_what_was_united_stays_so_and_gives_0_whatever_becomes_of_the_rest(home: Home, cloud: Path) -> None:
    (cloud / "progress.toml").write_text(HEAD + entry("done", "rag"), "utf-8")
    home.write_progress(HEAD + entry("done", "nlp")).with_name("reviews.toml").write_text("damaged", "utf-8")
    ran = home.call("sync", str(cloud))
    assert (ran.code, ran.out) == (0, "")
    assert "reviews.toml is damaged" in ran.err
    assert states(home) == {"rag": "done", "nlp": "done"}
    assert home.call("sync", str(cloud)).code == 4  # now nothing was saved before


def test_of_one_machine_one_process_at_a_time_gives_to_the_folder(home: Home, cloud: Path) -> None:
    (cloud / "progress.toml").write_text(HEAD, "utf-8")
    home.write_progress(HEAD + entry("done", "nlp"))
    file = LogFile(str(home.progress), lambda: NOW, lock_seconds=0.1)
    with held(Path(f"{home.progress}.lock")), pytest.raises(LockedTooLong):
        united(file, file.read(), str(cloud), lambda _saved: None)
    assert (cloud / "progress.toml").read_text("utf-8") == HEAD


def test_what_another_machine_is_just_writing_is_left_alone(home: Home, cloud: Path) -> None:
    home.call("done", "python")
    (cloud / "progress.toml").write_text(HEAD + entry("skip", "nlp"), "utf-8")
    (cloud / ".progress.toml.0a1b2c3d4e5f6071.tmp").write_text("half", "utf-8")
    assert home.call("sync", str(cloud)).code == 0
    assert (cloud / ".progress.toml.0a1b2c3d4e5f6071.tmp").exists()


def test_sync_writes_only_where_something_is_missing(home: Home, cloud: Path) -> None:
    home.call("done", "python")
    home.call("sync", str(cloud))
    before = {path: path.stat().st_mtime_ns for folder in (cloud, home.progress.parent) for path in folder.rglob("*")}
    ran = home.call("sync", str(cloud))
    assert (ran.code, ran.out) == (0, "Both sides are the same; nothing changed.\n")
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_two_machines_meet_through_the_folder(home: Home, cloud: Path) -> None:
    other = ("--progress", "second/progress.toml")
    home.call("done", "python")
    home.call(*other, "done", "rag")
    home.call("config", "set", "sync_folder", str(cloud))
    for options in ((), other, ()):
        assert home.call(*options, "sync").code == 0
    assert states(home) == states(home, *other) == {"python": "done", "rag": "done"}


@pytest.mark.parametrize(
    "sort", ["no folder", "a file", "an empty file", "the own folder", "no setting", "newer", "damaged"]
)
def test_what_cannot_be_synced_is_said_and_nothing_is_written(home: Home, cloud: Path, sort: str) -> None:
    home.call("done", "python")
    theirs = cloud / "progress.toml"
    folder, code = str(cloud), 1
    if sort == "no folder":
        folder = str(cloud / "none")
    elif sort == "a file":
        folder = str(home.progress)
    elif sort == "an empty file":
        theirs.touch()
    elif sort == "the own folder":
        folder, code = str(home.progress.parent), 2
    elif sort == "newer":
        theirs.write_text("schema = 3\n", "utf-8")
        code = 4
    elif sort == "damaged":
        theirs.write_text("?", "utf-8")
        code = 4
    before = home.progress.read_bytes(), [path.read_bytes() for path in cloud.iterdir()]
    words = ["sync"] if sort == "no setting" else ["sync", folder]
    ran = home.call(*words)
    assert (ran.code, ran.out) == (2 if sort == "no setting" else code, "")
    assert (home.progress.read_bytes(), [path.read_bytes() for path in cloud.iterdir()]) == before


def test_a_link_to_the_own_file_is_the_own_folder(home: Home, cloud: Path) -> None:
    home.call("done", "python")
    (cloud / "progress.toml").symlink_to(home.progress)
    assert home.call("sync", str(cloud)).code == 2


COPIES = [
    "progress.sync-conflict-20261121-093000-ABCDEFG.toml",
    "progress (Somebody's conflicted copy 2026-11-21).toml",
    "progress (conflicted copy 2026-11-21 093000).toml",
    "progress_conflict-20261121-093000.toml",
    "progress-DESKTOP-1AB2C3D.toml",
    "progress-LAPTOP-1AB2C3D-2.toml",
    "progress 2.toml",
    "progress (1).toml",
]
OTHERS = [
    "progress-mine.toml",
    "progress.reviews.toml",
    "progress2.toml",
    "progress.toml.bak",
    "my progress.toml",
    "progress old.toml",
]


def test_the_copies_of_every_program_are_known_and_nothing_else(tmp_path: Path) -> None:
    for name in (*COPIES, *OTHERS, "progress.toml"):
        (tmp_path / name).touch()
    assert conflict_copies(str(tmp_path / "progress.toml")) == sorted(str(tmp_path / name) for name in COPIES)
    assert conflict_copies(str(tmp_path / "none" / "progress.toml")) == []


def test_a_copy_that_onedrive_named_after_this_machine_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "progress-mine.toml").touch()
    monkeypatch.setenv("COMPUTERNAME", "mine")
    assert conflict_copies(str(tmp_path / "progress.toml")) == [str(tmp_path / "progress-mine.toml")]


@pytest.mark.parametrize("beside", ["ours", "theirs"])
def test_conflict_copies_beside_either_file_are_united_too(home: Home, cloud: Path, beside: str) -> None:
    home.call("done", "python")
    place = cloud if beside == "theirs" else home.progress.parent
    (place / COPIES[0]).write_text(HEAD + entry("done", "rag"), "utf-8")
    (cloud / COPIES[1]).write_text("<<<<<<< damaged", "utf-8")
    ran = home.call("sync", str(cloud))
    assert ran.code == 0
    assert f"{COPIES[0]}, a sync conflict copy, is merged; you may remove it." in ran.out
    assert states(home) == states(home, "--progress", str(cloud / "progress.toml")) == {"python": "done", "rag": "done"}


def test_a_copy_beside_the_own_file_is_mentioned_while_it_holds_something_new(home: Home) -> None:
    home.call("done", "python")
    copy = home.progress.parent / COPIES[0]
    copy.write_text(HEAD + entry("done", "rag"), "utf-8")
    for words in (("list",), ("done", "agents")):
        said = "A sync conflict copy with something new was found. Unite it with: llmpath sync"
        assert home.call(*words).err.splitlines() == [said]
    assert home.call("list", "--quiet").err == ""
    assert home.call("info", "--json").json()["sync_conflicts"] == [str(copy)]
    assert home.call("sync").code == 0
    assert states(home) == {"python": "done", "rag": "done", "agents": "done"}
    assert copy.exists()
    assert home.call("list").err == ""


def test_the_copy_is_looked_for_beside_the_file_that_a_link_leads_to(home: Home, cloud: Path) -> None:
    if not hasattr(os, "symlink"):
        pytest.skip("this platform has no links")
    (cloud / "progress.toml").write_text(HEAD, "utf-8")
    (cloud / COPIES[0]).write_text(HEAD + entry("done", "rag"), "utf-8")
    home.progress.parent.mkdir(parents=True)
    home.progress.symlink_to(cloud / "progress.toml")
    assert home.call("info", "--json").json()["sync_conflicts"] == [str(cloud / COPIES[0])]
    assert home.call("sync").code == 0
    assert home.progress.is_symlink()
    assert states(home) == {"rag": "done"}
