"""The file that undo lives from: whole, bounded, and no obstacle where it is lost."""

import json
import os
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.progress import journal as module
from llmpath.progress.history import Edit, History, Step
from llmpath.progress.journal import DamagedJournal, Journal
from tests.support import Home

STEP = Step("done", [Edit("items", "small/words", None, {"state": "done", "on": date(2026, 11, 21)})])


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(str(tmp_path / "state"), str(tmp_path / "progress.toml"))


def test_without_a_file_nothing_has_happened(journal: Journal) -> None:
    assert journal.read() == History()
    assert not Path(journal.path).parent.exists()


def test_what_is_written_is_read_back(journal: Journal) -> None:
    history = History([STEP, Step("goal", [Edit("goals", "small", {"item": "words"}, {"item": ""})])], [STEP])
    journal.write(history)
    again = journal.read()
    assert (list(again.past), list(again.future)) == (list(history.past), list(history.future))


VALUES = st.recursive(
    st.none().map(lambda _: True)
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.none() | st.just(UTC)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc$", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(content=st.dictionaries(st.text("abc", min_size=1, max_size=3), VALUES, max_size=4))
def test_any_record_that_toml_can_hold_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, object]
) -> None:
    journal = Journal(str(tmp_path_factory.mktemp("state")), "progress.toml")
    journal.write(History([Step("done", [Edit("items", "key", content, None)])]))
    assert journal.read().past[0].edits[0].before == content


def test_each_progress_file_has_a_history_of_its_own_and_a_link_that_of_its_target(tmp_path: Path) -> None:
    (tmp_path / "one.toml").touch()
    one, other = (Journal("state", str(tmp_path / name)).path for name in ("one.toml", "other.toml"))
    assert one != other
    if hasattr(os, "symlink"):
        (tmp_path / "link.toml").symlink_to(tmp_path / "one.toml")
        assert Journal("state", str(tmp_path / "link.toml")).path == one


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"{",
        b"[]",
        b"null",
        b'{"version": 2, "past": [], "future": []}',
        b'{"version": 1, "past": 3, "future": []}',
        b'{"version": 1, "past": [["done"]], "future": []}',
        b'{"version": 1, "past": [["done", [["items", "key", 3, null]]]], "future": []}',
        b'{"version": 1, "past": [["done", [["items", "key", {"at": {"$datetime": "never"}}, null]]]], "future": []}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_history_is_damaged(journal: Journal, content: bytes) -> None:
    Path(journal.path).parent.mkdir()
    Path(journal.path).write_bytes(content)
    with pytest.raises(DamagedJournal):
        journal.read()


def test_a_history_that_is_too_long_loses_its_older_half(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [Step("note", [Edit("items", f"small/{n}", None, {"note": "n" * 100})]) for n in range(64)]
    monkeypatch.setattr(module, "MAX_BYTES", 2_000)
    journal.write(History(steps))
    assert os.path.getsize(journal.path) <= 2_000
    kept = list(journal.read().past)
    assert kept
    assert kept == steps[-len(kept) :]


def test_one_step_too_long_to_be_kept_is_not_kept(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 50)
    journal.write(History([STEP], [STEP]))
    assert journal.read() == History([], [])


def test_a_damaged_history_is_set_aside_said_and_costs_no_progress(home: Home) -> None:
    home.call("done", "python")
    (file,) = home.state.iterdir()
    file.write_text("{", encoding="utf-8")
    ran = home.call("done", "rag")
    assert ran.code == 0
    assert f"{file}.damaged" in ran.err
    assert Path(f"{file}.damaged").read_text(encoding="utf-8") == "{"
    assert home.call("list", "--json").json()["progress"]["done"] == 2
    assert "Taken back: done" in home.call("undo").out
    assert "nothing to undo" in home.call("undo").out


def test_undo_with_a_damaged_history_says_so_and_changes_nothing(home: Home) -> None:
    home.call("done", "python")
    (file,) = home.state.iterdir()
    file.write_text("{", encoding="utf-8")
    ran = home.call("undo")
    assert ran.code == 0
    assert "set aside" in ran.err
    assert "nothing to undo" in ran.out
    assert home.call("list", "--json").json()["progress"]["done"] == 1


def test_a_history_that_cannot_be_read_is_neither_lost_nor_a_failure(home: Home) -> None:
    home.call("done", "python")
    (file,) = home.state.iterdir()
    file.unlink()
    file.mkdir()
    ran = home.call("done", "rag")
    assert ran.code == 0
    assert "saved, but this change cannot be undone" in ran.err
    assert file.is_dir()
    ran = home.call("undo")
    assert ran.code == 1
    assert str(file) in ran.err
    assert home.call("list", "--json").json()["progress"]["done"] == 2


def test_a_history_that_cannot_be_written_is_a_warning(home: Home) -> None:
    home.state.parent.write_text("a file in the place of the folder", encoding="utf-8")
    ran = home.call("done", "python")
    assert ran.code == 0
    assert "python" in home.progress.read_text(encoding="utf-8")
    assert "saved, but this change cannot be undone" in ran.err


def test_the_history_is_one_json_document_for_whoever_looks(home: Home) -> None:
    home.call("done", "python", "--on", "2026-01-05")
    (file,) = home.state.iterdir()
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "version": 1,
        "past": [
            ["done", [["items", "llm-course/python", None, {"state": "done", "on": {"$date": "2026-01-05"}}]]],
        ],
        "future": [],
    }


def test_toml_has_times_without_a_day(journal: Journal) -> None:
    content = {"alarm": time(7, 30), "when": datetime(2026, 1, 1, 7, 30)}  # noqa: DTZ001 - TOML has these
    journal.write(History([Step("done", [Edit("items", "key", content, None)])]))
    assert journal.read().past[0].edits[0].before == content
