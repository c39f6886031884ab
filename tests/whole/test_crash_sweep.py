"""Whatever call of the write path is the last one, or fails: the progress is the old or the new, and work goes on.

A run of `done` is recorded; then it is run anew for each of its calls that touch the user's files, with the process
killed there, or the call failing as on a full, a broken, a read-only or a forbidden disk.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
from llmpath.progress.journal import Journal

from tests.support import Home
from tests.tracing import ERRORS, INTERRUPT, KILL, KILLED, NAMES, Call, injected, need_strace, traced

RECORDS = """\
schema = 1
a_later_version = [1, "two", { three = 3 }]

[items."llm-course/python"]
state = "done"
on = 2026-01-05
at = 2026-01-05 20:00:00+00:00
mood = "happy"
note = "kept 量化 ✓"

[items."llm-course/no-more"]
state = "doing"
at = 2026-01-06 20:00:00+00:00

[items."other-course/python"]
state = "skipped"
at = 2026-01-07 20:00:00+00:00

[goals."llm-course"]
item = "agents"
at = 2026-01-08 20:00:00+00:00

[badges.first]
day = 2026-01-09
"""
DAYS = range(1, 11)
DEAD = "4194305"
"""No process has this id: it is beyond the largest."""


@pytest.fixture
def ready(home: Home) -> Home:
    """A home with progress of mode 0640, ten backups, a history, and what killed processes have left behind."""
    need_strace()
    home.write_progress(RECORDS).chmod(0o640)
    assert home.call("start", "nlp").code == 0
    shutil.rmtree(home.progress.parent / "backups")
    backups = home.progress.parent / "backups"
    backups.mkdir()
    for day in DAYS:
        (backups / f"progress-2026-01-{day:02}T12-00-00.toml").write_text(RECORDS, encoding="utf-8")
    (backups / f".progress-2026-01-11T12-00-00.toml.{DEAD}.tmp").write_text("half", encoding="utf-8")
    (home.progress.parent / f".progress.toml.{DEAD}.tmp").write_text("half", encoding="utf-8")
    history = Path(Journal(str(home.state), str(home.progress)).path)
    assert history.exists()
    (home.state / f".{history.name}.{DEAD}.tmp").write_text("half", encoding="utf-8")
    return home


class Sweep:
    """The same command over and over, each time from the same beginning."""

    def __init__(self, home: Home) -> None:
        assert home.call("list").code == 0  # from here on the curriculum is compiled
        self.home = home
        self.folders = (home.folder / "data", home.folder / "state")
        self.beginning = home.folder / "beginning"
        for folder in self.folders:
            if folder.exists():
                shutil.copytree(folder, self.beginning / folder.name)
        self.old = self.records()

    def reset(self) -> None:
        """Puts everything back as it was."""
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
            if (self.beginning / folder.name).exists():
                shutil.copytree(self.beginning / folder.name, folder)

    def calls(self, *words: str) -> list[Call]:
        """The calls of the command that touch the user's files."""
        found = traced(self.home, *words)
        self.reset()
        return [call for call in found if any(call.touches(folder / "llmpath") for folder in self.folders)]

    def records(self) -> Mapping[str, Any]:
        """What the progress file holds."""
        if not self.home.progress.exists():
            return {"schema": 1}
        return tomli.loads(self.home.progress.read_text(encoding="utf-8"))

    def survives(self, call: Call, fault: str) -> int:
        """Runs `done rag` with the fault at the call, checks what it left, and goes on with the next command.

        Returns the exit code.
        """
        self.reset()
        ran, hit = injected(self.home, call, fault, "done", "rag")
        assert hit.asks_as(call), f"meant for {call}, but hit {hit}"
        is_saved = self.is_new()
        if fault == KILL:
            assert ran.code in KILLED, (call, ran)
        elif fault == INTERRUPT:
            assert ran.code == (0 if is_saved else 130), (call, ran)
        elif is_saved:
            assert ran.code == 0, (call, ran)
        else:
            assert ran.code == 1, (call, ran)
            assert re.match("error: .+: .+", ran.err), (call, ran)
            assert ran.out == ""
        self.goes_on(is_saved=is_saved, why=(call, fault, ran))
        if fault in (KILL, "error=EIO"):
            assert self.home.call("undo").code == 0
            assert self.records()["items"]["llm-course/agents"]["state"] == "todo"
            self.is_tidy(call)
        return ran.code

    def is_new(self) -> bool:
        """Whether `rag` is done; everything else is as it was."""
        items = dict(self.records().get("items", {}))
        mark = items.pop("llm-course/rag", None)
        assert {**self.records(), "items": items} == {**self.old, "items": self.old.get("items", {})}
        assert mark is None or mark["state"] == "done"
        return mark is not None

    def goes_on(self, *, is_saved: bool, why: object) -> None:
        """The next command works, keeps everything, and takes away what was left behind."""
        ran = self.home.call("done", "agents")
        assert ran.code == 0, (why, ran)
        items = self.records()["items"]
        assert items.pop("llm-course/agents")["state"] == "done"
        assert ("llm-course/rag" in items) == is_saved
        items.pop("llm-course/rag", None)
        assert items == self.old.get("items", {})
        self.is_tidy(why)

    def is_tidy(self, why: object) -> None:
        """Nothing is there but the progress file, its lock, whole backups and the history."""
        data, state = self.home.progress.parent, self.home.state
        assert {path.name for path in data.iterdir()} <= {"progress.toml", "progress.toml.lock", "backups"}, why
        assert [path.name for path in state.iterdir() if not re.fullmatch(r"history-\w+\.json", path.name)] == [], why
        backups = list((data / "backups").glob("*"))
        assert all(re.fullmatch(r"progress-[\dT_-]+\.toml", path.name) for path in backups), why
        assert len(backups) <= len(DAYS) + 1, why  # one more, where the oldest could not be removed
        for path in backups:
            assert tomli.loads(path.read_text(encoding="utf-8"))["schema"] == 1, why
        if "items" in self.old:
            assert self.home.progress.stat().st_mode & 0o777 == 0o640, why


def test_the_sweep_reaches_every_sort_of_call(ready: Home) -> None:
    calls = Sweep(ready).calls("done", "rag")
    assert {call.name for call in calls} == set(NAMES)
    assert len(calls) > 50


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", [KILL, *(f"error={name}" for name in ERRORS)])
def test_a_fault_at_any_call_leaves_the_old_or_the_new_progress(ready: Home, name: str, fault: str) -> None:
    sweep = Sweep(ready)
    for call in sweep.calls("done", "rag"):
        if call.name == name:
            sweep.survives(call, fault)


@pytest.mark.parametrize("name", ["write", "fsync", "rename"])
def test_ctrl_c_gives_130_where_nothing_was_saved_and_0_where_it_was(ready: Home, name: str) -> None:
    sweep = Sweep(ready)
    codes = [sweep.survives(call, INTERRUPT) for call in sweep.calls("done", "rag") if call.name == name]
    assert codes == sorted(codes, reverse=True)
    assert set(codes) == {130, 0}


@pytest.mark.parametrize("fault", [KILL, "error=ENOSPC"])
def test_a_fault_at_any_call_of_the_very_first_write_leaves_nothing_or_the_progress(home: Home, fault: str) -> None:
    need_strace()
    sweep = Sweep(home)
    for call in sweep.calls("done", "rag"):
        sweep.survives(call, fault)


def test_each_file_is_flushed_then_renamed_then_its_folder_flushed(ready: Home) -> None:
    calls = Sweep(ready).calls("done", "rag")
    renames = [place for place, call in enumerate(calls) if call.name == "rename"]
    targets = []
    for place in renames:
        source, target = re.findall(r'"([^"]+)"', calls[place].text)
        folder = Path(target).parent
        assert any(call.name == "fsync" and f"<{source}>" in call.text for call in calls[:place])
        after = next(call for call in calls[place:] if call.name == "fsync")
        assert f"<{folder}>" in after.text
        writes = [n for n, call in enumerate(calls) if call.name == "write" and f"<{source}>" in call.text]
        flushes = [n for n, call in enumerate(calls) if call.name == "fsync" and f"<{source}>" in call.text]
        assert max(writes) < min(flushes) < place
        targets.append(Path(target).name.partition("-")[0])
    assert targets == ["progress", "progress.toml", "history"]


def test_everything_is_written_while_the_lock_is_held(ready: Home) -> None:
    calls = Sweep(ready).calls("done", "rag")
    locked = next(place for place, call in enumerate(calls) if call.name == "flock")
    freed = next(place for place, call in enumerate(calls) if call.name == "close" and ".lock>" in call.text)
    changing = [n for n, call in enumerate(calls) if call.name in ("write", "rename", "unlink", "fsync", "fchmod")]
    assert locked < min(changing)
    assert max(changing) < freed
