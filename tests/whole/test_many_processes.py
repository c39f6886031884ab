"""Many at once: every change is kept, nobody fails, nobody sees half a file, and the dead block nobody."""

import io
import subprocess
import threading
import tomllib
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from llmpath.cli.commands import marking
from llmpath.cli.run import run
from llmpath.cli.session import Session
from llmpath.cli.terminal import Terminal
from llmpath.files.lock import acquire
from llmpath.progress import file as module
from llmpath.progress.file import LogFile, Make
from llmpath.progress.log import stamped
from tests.support import NOW, Home, held

PROCESSES = 64


def items_of(home: Home, verb: str = "done") -> list[str]:
    """The items of all entries with a verb, in the order of the file."""
    return [item for entry in home.entries() for item in entry.get(verb, ())]


def addresses(home: Home, count: int) -> list[str]:
    resources = home.call("resources", "--json").json()["resources"]
    return [resource["id"] for resource in resources[:count]]


def started(home: Home, *words: str) -> "subprocess.Popen[str]":
    return home.popen(*words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def output_of(process: "subprocess.Popen[str]") -> str:
    """What a process writes; it has to succeed, and to warn of nothing."""
    out, err = process.communicate(timeout=120)
    assert (process.returncode, "warning" in err) == (0, False), err
    return out


def test_64_done_at_once_are_all_kept_and_none_fails(home: Home) -> None:
    wanted = addresses(home, PROCESSES)
    assert len(set(wanted)) == PROCESSES
    with held(Path(f"{home.progress}.lock")):
        running = [started(home, "done", address) for address in wanted]
    for process in running:
        output_of(process)
    assert sorted(items_of(home)) == sorted(wanted)
    times = [entry["at"] for entry in home.entries()]
    assert times == sorted(set(times))
    names = {path.name for path in home.progress.parent.iterdir() if not path.name.startswith("seen-")}
    assert names == {"progress.toml", "progress.toml.lock", "backups"}


def test_undo_many_times_at_once_takes_back_as_many_commands(home: Home) -> None:
    wanted = addresses(home, 8)
    for address in wanted:
        assert home.call("done", address).code == 0
    running = [started(home, "undo") for _ in wanted]
    assert all("Undid `done`" in output_of(process) for process in running)
    assert sorted(items_of(home, "undo")) == sorted(wanted)


def test_a_writer_that_is_killed_while_it_holds_the_lock_blocks_nobody(home: Home) -> None:
    with held(Path(f"{home.progress}.lock")):
        waiting = started(home, "done", "python")
        assert waiting.stderr is not None
        assert f"{home.progress}.lock" in waiting.stderr.readline()
    output_of(waiting)
    assert items_of(home) == ["python"]


def test_reading_waits_for_no_lock(home: Home) -> None:
    home.call("done", "python")
    with held(Path(f"{home.progress}.lock")):
        for words in (("list",), ("log",), ("info",), ("done", "python"), ("merge", "--dry-run", str(home.progress))):
            assert home.call(*words).code == 0


def test_a_lock_that_is_not_free_in_time_gives_1_names_the_file_and_says_what_to_do(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.call("done", "python")
    before = home.progress.read_bytes()
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    out, err = io.StringIO(), io.StringIO()
    given = {"progress": str(home.progress)}
    session = Session(given, home.env, Terminal(home.env, out, err))
    session.__dict__["log_file"] = LogFile(str(home.progress), session.now, session.notify, lock_seconds=0.05)
    held = acquire(f"{home.progress}.lock", 0, 0, lambda: None)
    code = run(session, lambda session: marking.done(session, "rag"))
    held.release()
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

    def noting(number: int) -> Make:
        notes = [{"note": [name], "text": f"{number}"} for name in ("words", "numbers")]
        return lambda log: stamped(notes, log.newest, NOW)

    def write() -> None:
        file = LogFile(path, lambda: NOW)
        for number in range(writes):
            file.change(file.read(), noting(number))

    writer = threading.Thread(target=write)
    writer.start()
    reader = LogFile(path, lambda: NOW)
    seen: list[int] = []
    while writer.is_alive():
        texts = [table["text"] for table in reader.read().log.tables]
        assert texts == [f"{number}" for number in range(len(texts) // 2) for _ in range(2)]
        seen.append(len(texts))
    writer.join()
    assert seen == sorted(seen)
    assert len(reader.read().log.tables) == 2 * writes


def test_the_lock_file_stays(home: Home) -> None:
    home.call("done", "python")
    lock = Path(f"{home.progress}.lock")
    inode = lock.stat().st_ino
    home.call("undo")
    assert lock.stat().st_ino == inode
    assert lock.stat().st_size == 0


def test_200_commands_of_all_kinds_at_once_lose_nothing(home: Home) -> None:
    wanted = addresses(home, 120)
    cloud = home.folder / "cloud"
    cloud.mkdir()
    (cloud / "progress.toml").write_text(merged("rag"), encoding="utf-8")
    commands: list[tuple[str, ...]] = []
    for number, item in enumerate(wanted):
        verb = ("done", "start", "note", "skip", "merge")[number % 5]
        if verb == "merge":
            (home.work / f"{number}.toml").write_text(merged(item), encoding="utf-8")
        word = f"{number}.toml" if verb == "merge" else item
        commands.append((verb, word, "x") if verb == "note" else (verb, word))
    commands += [("undo",)] * 20 + [("list",)] * 20 + [("sync", str(cloud))] * 20 + [("redo",), ("log",)] * 10
    assert len(commands) == 200
    waiting = commands[::-1]
    running: list[subprocess.Popen[str]] = []
    while waiting or running:
        while waiting and len(running) < 25:
            running.append(started(home, *waiting.pop()))
        output_of(running.pop(0))
    entries = [frozenset((key, str(value)) for key, value in entry.items()) for entry in home.entries()]
    assert len(set(entries)) == len(entries)
    for verb, part in (("done", 0), ("start", 1), ("note", 2), ("skip", 3)):
        assert set(wanted[part::5]) <= set(items_of(home, verb))
    assert {*wanted[4::5], "rag"} <= set(items_of(home))
    assert len(items_of(home, "undo")) == 20
    assert home.call("sync", str(cloud)).code == 0
    assert len(tomllib.loads((cloud / "progress.toml").read_text("utf-8"))["log"]) == len(entries)


def merged(item: str) -> str:
    """Another machine's log."""
    return f'schema = 2\n[[log]]\nat = 2026-01-05 20:00:00Z\ndone = ["{item}"]\n'


def test_machines_that_sync_with_one_folder_at_once_lose_nothing(tmp_path: Path) -> None:
    machines = [Home(tmp_path / f"machine-{number}") for number in range(3)]
    folder = tmp_path / "shared"
    folder.mkdir()
    wanted = ["python", "nlp", "quantization"]
    for machine, item in zip(machines, wanted, strict=True):
        assert machine.call("skip", item).code == 0
    for process in [started(machine, "sync", str(folder)) for machine in machines * 4]:
        output_of(process)
    for machine in machines * 2:  # what one has brought, those before it get in the second round
        assert machine.call("sync", str(folder)).code == 0
    for machine in machines:
        assert sorted(items_of(machine, "skip")) == sorted(wanted)


def test_answers_and_undo_at_once_wait_for_each_other_over_both_files(home: Home) -> None:
    for command in ("done quantization rag nlp", "start python", "start mathematics"):
        assert home.call(*command.split()).code == 0
    concepts = [each["id"] for each in home.call("review", "--json").json()["due"]][:8]
    assert len(concepts) == 8
    words: list[tuple[str, ...]] = [("review", "--answer", concept, "yes") for concept in concepts]
    words[2:2] = [("undo",), ("note", "rag", "mine"), ("undo",)]
    for process in [started(home, *each) for each in words]:
        output_of(process)
    reviews = tomllib.loads((home.progress.parent / "reviews.toml").read_text("utf-8"))["log"]
    assert sorted(item for entry in reviews for item in entry.get("recall", ())) == sorted(concepts)
    assert sum("undo" in entry for entry in (*reviews, *home.entries())) == 2
    assert (items_of(home, "note"), items_of(home, "start")) == (["rag"], ["python", "mathematics"])


def test_undo_writes_to_no_file_that_it_has_not_locked(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.call("done", "rag").code == 0
    assert home.call("start", "python").code == 0
    reviews, locked = home.progress.parent / "reviews.toml", LogFile.locked

    def after_an_answer(file: LogFile) -> AbstractContextManager[None]:
        if not reviews.exists():
            output_of(started(home, "review", "--answer", "rag/retrieve-then-generate", "yes"))
        return locked(file)

    monkeypatch.setattr(LogFile, "locked", after_an_answer)
    assert home.call("undo").code == 0
    assert items_of(home, "undo") == ["python"]
    assert all("undo" not in entry for entry in tomllib.loads(reviews.read_text("utf-8"))["log"])
