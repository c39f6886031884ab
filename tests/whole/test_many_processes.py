"""Many at once: every change is kept, nobody fails, nobody sees half a file, and the dead block nobody."""

import io
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from llmpath.progress.edits import with_changes
from llmpath.progress.journal import Journal
from llmpath.progress.progress_file import Stored
from llmpath.progress.records import Change, Document
from llmpath.progress.store import Store

from llmpath.cli.commands import marking
from llmpath.cli.run import run
from llmpath.cli.session import Session
from llmpath.cli.terminal import Terminal
from llmpath.files.lock import acquire, release
from llmpath.progress import store as module
from tests.support import COMMAND, NOW, Home

PROCESSES = 64
HOLDER = (
    "import sys; from llmpath.files.lock import acquire; acquire(sys.argv[1], 0, 0, lambda: None); "
    "print('held', flush=True); sys.stdin.read()"
)


def items_of(home: Home) -> dict[str, Any]:
    items: dict[str, Any] = tomli.loads(home.progress.read_text(encoding="utf-8"))["items"]
    return items


def holder_of(home: Home) -> "subprocess.Popen[str]":
    """A process that holds the lock of the progress file until it ends."""
    home.progress.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, f"{home.progress}.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def addresses(home: Home, count: int) -> list[str]:
    resources = home.call("resources", "--json").json()["resources"]
    return [resource["id"] for resource in resources[:count]]


def test_64_done_at_once_are_all_kept_and_none_fails(home: Home) -> None:
    wanted = addresses(home, PROCESSES)
    assert len(set(wanted)) == PROCESSES
    holder = holder_of(home)
    running = [
        home.popen("done", address, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for address in wanted
    ]
    holder.kill()
    holder.communicate()
    for process in running:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert "warning" not in err
    items = items_of(home)
    assert {key: item["state"] for key, item in items.items()} == {f"llm-course/{name}": "done" for name in wanted}
    assert {path.name for path in home.progress.parent.iterdir()} == {"progress.toml", "progress.toml.lock", "backups"}
    assert len(list(home.state.iterdir())) == 1
    history = Journal(str(home.state), str(home.progress)).read()
    assert len(history.past) == PROCESSES


def test_undo_many_times_at_once_takes_back_as_many_commands(home: Home) -> None:
    wanted = addresses(home, 8)
    for address in wanted:
        assert home.call("done", address).code == 0
    running = [
        home.popen("undo", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in wanted
    ]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, ""), out
        assert "Taken back: done" in out
    assert {item["state"] for item in items_of(home).values()} == {"todo"}


def test_a_writer_that_is_killed_while_it_holds_the_lock_blocks_nobody(home: Home) -> None:
    holder = holder_of(home)
    waiting = home.popen("done", "python", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert waiting.stderr is not None
    assert f"{home.progress}.lock" in waiting.stderr.readline()
    holder.kill()
    holder.communicate()
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert items_of(home)["llm-course/python"]["state"] == "done"


def test_reading_waits_for_no_lock(home: Home) -> None:
    home.call("done", "python")
    holder = holder_of(home)
    for words in (("list",), ("log",), ("info",), ("done", "python"), ("merge", "--dry-run", str(home.progress))):
        assert home.call(*words).code == 0
    holder.kill()
    holder.communicate()


def test_a_lock_that_is_not_free_in_time_gives_1_names_the_file_and_says_what_to_do(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.call("done", "python")
    before = home.progress.read_bytes()
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    out, err = io.StringIO(), io.StringIO()
    given = {"progress": str(home.progress)}
    session = Session(given, home.env, Terminal(home.env, out, err))
    session.__dict__["store"] = Store(str(home.progress), session.now, session.notify, lock_seconds=0.05)
    held = acquire(f"{home.progress}.lock", 0, 0, lambda: None)
    code = run(session, lambda session: marking.done(session, ["rag"]))
    release(held)
    waiting, error = err.getvalue().splitlines()
    assert code == 1
    assert out.getvalue() == ""
    assert waiting == f"Another llmpath is writing ({home.progress}.lock); waiting."
    assert error.startswith(
        f"error: {home.progress}.lock has been locked by another process for 0 s; nothing was changed."
    )
    assert "End it and try again." in error
    assert home.progress.read_bytes() == before


def test_whoever_reads_while_another_writes_sees_one_whole_file(tmp_path: Path) -> None:
    path = str(tmp_path / "progress.toml")
    writes = 40

    def noting(number: int) -> Callable[[Stored], Document]:
        changes = [Change(f"small/{name}", note=f"{number}") for name in ("words", "numbers")]
        return lambda stored: with_changes(stored.document, changes, NOW, NOW)

    def write() -> None:
        store = Store(path, lambda: NOW, lambda *_: None)
        for number in range(writes):
            store.update(store.read(), noting(number), lambda _: None)

    writer = threading.Thread(target=write)
    writer.start()
    reader = Store(path, lambda: NOW, lambda *_: None)
    seen: list[int] = []
    while writer.is_alive():
        notes = {record.note for record in reader.read().records.items.values()}
        assert len(notes) <= 1
        seen += [int(note) for note in notes if note]
    writer.join()
    assert seen == sorted(seen)
    assert reader.read().records.items["small/words"].note == f"{writes - 1}"


def test_the_lock_file_stays(home: Home) -> None:
    home.call("done", "python")
    lock = Path(f"{home.progress}.lock")
    inode = lock.stat().st_ino
    home.call("undo")
    assert lock.stat().st_ino == inode
    assert lock.stat().st_size == 0


def test_merges_and_marks_at_once_lose_nothing(home: Home) -> None:
    wanted = addresses(home, 12)
    files = []
    for number, address in enumerate(wanted[:6]):
        file = home.work / f"{number}.toml"
        file.write_text(
            f'schema = 1\n[items."llm-course/{address}"]\nstate = "done"\nat = 2026-01-0{number + 1} 00:00:00Z\n',
            encoding="utf-8",
        )
        files.append(file)
    commands = [("merge", str(file)) for file in files] + [("done", address) for address in wanted[6:]]
    running = [
        subprocess.Popen([*COMMAND, *words], cwd=home.work, env=home.env, stdout=subprocess.DEVNULL)
        for words in commands
    ]
    assert [process.wait(120) for process in running] == [0] * len(commands)
    assert set(items_of(home)) == {f"llm-course/{address}" for address in wanted}
