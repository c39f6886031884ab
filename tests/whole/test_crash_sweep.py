"""Whatever call of the write path is the last one, or fails: the progress is the old or the new, and work goes on.

A run of a command is recorded; then it is run anew for each of its calls that touch the user's files, with the process
killed there, or the call failing as on a full, a broken, a read-only or a forbidden disk, in turn.
"""

import re
import shutil
from pathlib import Path

import pytest
import tomli

from tests.support import Home
from tests.tracing import ERRORS, INTERRUPT, KILL, KILLED, NAMES, Call, injected, need_strace, traced

LOG = """\
# kept 量化 ✓
schema = 2
a_later_version = [1, "two", { three = 3 }]

[[log]]
at = 2026-01-05 20:00:00.000+00:00
done = ["python"]
mood = "happy"

[[log]]
ponder = "left alone"

[[log]]
at = 2026-01-07 20:00:00.000+00:00
skip = ["python"]
curriculum = "other-course"

[[log]]
at = 2026-01-08 20:00:00.000+00:00
goal = ["agents"]
"""
REVIEWS = (
    'schema = 2\n\n[[log]]\nat = 2026-01-06 20:00:00Z\nrecall = ["rag/indexing"]\ngrade = "yes"\ndue = 2026-02-01\n'
)
COPY = LOG.partition("[[log]]")[0]
OTHER = 'schema = 2\n[[log]]\nat = 2026-01-09 20:00:00Z\ndone = ["rag"]\n'
DAYS = range(1, 11)
NAME = "progress-2026-01-01T12-00-00.toml"
COMMANDS = {
    "done": ("done", "rag"),
    "note": ("note", "rag", "great talk"),
    "undo": ("undo",),
    "merge": ("merge", "other.toml"),
    "restore": ("backup", "restore", NAME),
}


@pytest.fixture
def ready(home: Home) -> Home:
    """A home with progress of mode 0640, reviews, ten backups, and what killed processes have left behind."""
    need_strace()
    data = home.progress.parent
    home.write_progress(LOG)
    assert home.call("start", "nlp").code == 0
    home.write_progress(LOG).chmod(0o640)
    (data / "reviews.toml").write_text(REVIEWS, encoding="utf-8")
    shutil.rmtree(data / "backups")
    (data / "backups").mkdir()
    for day in DAYS:
        (data / "backups" / f"progress-2026-01-{day:02}T12-00-00.toml").write_text(COPY, encoding="utf-8")
    (data / "backups" / ".progress-2026-01-11T12-00-00.toml.0123456789abcdef.tmp").write_text("half", encoding="utf-8")
    (data / ".progress.toml.0123456789abcdef.tmp").write_text("half", encoding="utf-8")
    (home.work / "other.toml").write_text(OTHER, encoding="utf-8")
    return home


class Sweep:
    """The same command over and over, each time from the same beginning."""

    def __init__(self, home: Home, *words: str) -> None:
        assert home.call("list").code == 0  # from here on the curriculum is compiled
        self.home = home
        self.words = words
        self.data = home.folder / "data"
        self.beginning = home.folder / "beginning"
        if self.data.exists():
            shutil.copytree(self.data, self.beginning)
        self.old = self.content()

    def reset(self) -> None:
        """Puts everything back as it was."""
        shutil.rmtree(self.data, ignore_errors=True)
        if self.beginning.exists():
            shutil.copytree(self.beginning, self.data)

    def calls(self) -> list[Call]:
        """The calls of the command that touch the user's files."""
        found = traced(self.home, *self.words)
        self.reset()
        return [call for call in found if call.touches(self.data / "llmpath")]

    def content(self) -> bytes:
        """What the progress file holds."""
        return self.home.progress.read_bytes() if self.home.progress.exists() else b""

    def survives(self, call: Call, fault: str) -> int:
        """Runs the command with the fault at the call, checks what it left, and goes on with the next command.

        Returns the exit code.
        """
        self.reset()
        ran, hit = injected(self.home, call, fault, *self.words)
        assert hit.asks_as(call), f"meant for {call}, but hit {hit}"
        is_saved = self.is_new()
        if fault == KILL:
            assert ran.code in KILLED, (call, ran)
        elif fault == INTERRUPT:
            assert ran.code == (0 if is_saved else 130), (call, ran)
        elif is_saved:
            assert ran.code == 0, (call, ran)
        else:
            assert ran.code == 1, (call, fault, ran)
            assert re.match("error: .+: .+", ran.err), (call, ran)
            assert ran.out == ""
        self.goes_on((call, fault, ran))
        return ran.code

    def is_new(self) -> bool:
        """Whether the command has done its work; otherwise everything is as it was."""
        content = self.content()
        if content == self.old:
            return False
        if "restore" in self.words:
            assert content == COPY.encode()
        else:
            assert content.startswith(self.old)
            before = tomli.loads(self.old.decode())["log"] if self.old else []
            assert len(tomli.loads(content.decode())["log"]) == len(before) + 1
        return True

    def goes_on(self, why: object) -> None:
        """The next command works, keeps everything, and takes away what was left behind."""
        before = self.content()
        ran = self.home.call("done", "agents")
        assert ran.code == 0, (why, ran)
        assert self.content().startswith(before), why
        assert b'\ndone = ["agents"]\n' in self.content()[len(before) :], why
        self.is_tidy(why)

    def is_tidy(self, why: object) -> None:
        """Nothing is there but the logs, their locks, what was seen of the course, and whole backups."""
        folder = self.home.progress.parent
        names = {path.name for path in folder.iterdir() if not path.name.startswith("seen-")}
        logs = {"progress.toml", "reviews.toml"}
        assert names <= {*logs, *(f"{name}.lock" for name in logs), "backups"}, why
        backups = list((folder / "backups").glob("*"))
        assert all(re.fullmatch(r"progress-[\dT_-]+(\.replaced)?\.toml", path.name) for path in backups), why
        assert len(backups) <= len(DAYS) + 3, why  # one more of either sort, and one where the oldest could not go
        for path in backups:
            assert tomli.loads(path.read_text(encoding="utf-8"))["schema"] == 2, why
        if self.old:
            assert self.home.progress.stat().st_mode & 0o777 == 0o640, why
            assert {path.stat().st_mode & 0o777 for path in backups} <= {0o640, 0o644}, why


def test_the_sweep_reaches_every_sort_of_call(ready: Home) -> None:
    calls = Sweep(ready, *COMMANDS["done"]).calls()
    assert {call.name for call in calls} >= set(NAMES) - {"mkdir"}
    assert len(calls) > 35


@pytest.mark.parametrize("fault", [KILL, "error"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_fault_at_any_call_leaves_the_old_or_the_new_progress(ready: Home, command: str, fault: str) -> None:
    sweep = Sweep(ready, *COMMANDS[command])
    codes = {
        sweep.survives(call, fault if fault == KILL else f"error={ERRORS[number % len(ERRORS)]}")
        for number, call in enumerate(sweep.calls())
    }
    assert codes <= set(KILLED) if fault == KILL else codes == {0, 1}


@pytest.mark.parametrize("name", ["write", "fsync", "rename"])
def test_ctrl_c_gives_130_where_nothing_was_saved_and_0_where_it_was(ready: Home, name: str) -> None:
    sweep = Sweep(ready, *COMMANDS["done"])
    codes = [sweep.survives(call, INTERRUPT) for call in sweep.calls() if call.name == name]
    assert codes == sorted(codes, reverse=True)
    assert set(codes) == {130, 0}


@pytest.mark.parametrize("fault", [KILL, "error=ENOSPC"])
def test_a_fault_at_any_call_of_the_very_first_write_leaves_nothing_or_the_progress(home: Home, fault: str) -> None:
    need_strace()
    sweep = Sweep(home, *COMMANDS["done"])
    for call in sweep.calls():
        if "seen-" not in call.text:
            sweep.survives(call, fault)


def test_each_file_is_flushed_then_renamed_then_its_folder_flushed(ready: Home) -> None:
    calls = Sweep(ready, *COMMANDS["done"]).calls()
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
    assert targets == ["progress", "progress.toml"]


@pytest.mark.parametrize("command", COMMANDS)
def test_everything_is_written_while_the_lock_is_held(ready: Home, command: str) -> None:
    calls = Sweep(ready, *COMMANDS[command]).calls()
    locked = next(place for place, call in enumerate(calls) if call.name == "flock")
    freed = next(place for place, call in enumerate(calls) if call.name == "close" and ".lock>" in call.text)
    changing = [n for n, call in enumerate(calls) if call.name in ("write", "rename", "unlink", "fsync")]
    assert locked < min(changing)
    assert max(changing) < freed
