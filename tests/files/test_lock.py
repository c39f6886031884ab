"""One writer at a time, and no lock outlives its process."""

import errno
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from llmpath.files import lock
from llmpath.files.lock import StillLocked, acquire
from tests.support import held


def silent() -> None:
    """Says nothing."""


def test_a_lock_that_is_free_is_taken_and_its_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    acquire(str(path), 0, 0, silent).release()
    assert path.exists()
    acquire(str(path), 0, 0, silent).release()


def test_nobody_else_gets_a_lock_that_is_held(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    held = acquire(path, 0, 0, silent)
    with pytest.raises(StillLocked):
        acquire(path, 0, 0, silent)
    held.release()
    acquire(path, 0, 0, silent).release()


def test_a_long_wait_is_mentioned_once(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    held = acquire(path, 0, 0, silent)
    mentioned: list[str] = []
    with pytest.raises(StillLocked):
        acquire(path, 0.05, 0.01, lambda: mentioned.append("waiting"))
    assert mentioned == ["waiting"]
    held.release()


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path), pytest.raises(StillLocked):
        acquire(str(path), 0, 0, silent)
    acquire(str(path), 0, 0, silent).release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove a file that is open")
def test_a_lock_on_a_file_that_somebody_removed_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lock"
    is_won = lock._is_won

    def won_too_late(descriptor: int) -> bool:
        monkeypatch.undo()
        path.unlink()
        return is_won(descriptor)

    monkeypatch.setattr(lock, "_is_won", won_too_late)
    held = acquire(str(path), 1, 1, silent)
    assert os.fstat(held._descriptor).st_ino == path.stat().st_ino
    held.release()


def test_what_is_no_lock_of_another_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ENOENT)):
        acquire(str(tmp_path / "nowhere" / "lock"), 0, 0, silent)


def test_a_lock_that_cannot_be_given_up_is_no_failure(tmp_path: Path) -> None:
    held = acquire(str(tmp_path / "lock"), 0, 0, silent)
    os.close(held._descriptor)
    held.release()
    acquire(str(tmp_path / "lock"), 0, 0, silent).release()


# --- rule 15: file systems that know no locks ------------------------------------------------------------------------

NO_LOCKS = [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP]


@pytest.fixture(params=NO_LOCKS)
def lustre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """Where a lock is to be, on a file system that knows none."""

    def unknown(_descriptor: int) -> bool:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(lock, "_is_won", unknown)
    return str(tmp_path / "lock")


def test_rule_15_a_file_says_who_holds_the_lock_where_the_file_system_knows_none(lustre: str) -> None:
    held = acquire(lustre, 0, 0, silent)
    assert Path(f"{lustre}.held").read_text("utf-8") == f"{socket.gethostname()} {os.getpid()}\n"
    with pytest.raises(StillLocked) as caught:
        acquire(lustre, 0.05, 1, silent)
    assert caught.value.path == f"{lustre}.held"
    held.release()
    assert not Path(f"{lustre}.held").exists()
    acquire(lustre, 0, 0, silent).release()


@pytest.mark.parametrize(
    ("text", "is_free"),
    [("{host} {gone}", True), ("{host} {alive}", False), ("elsewhere {gone}", False), ("", False), ("?", False)],
)
def test_rule_15_a_lock_is_taken_over_only_from_a_process_of_this_machine_that_is_gone(
    lustre: str, text: str, is_free: bool
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    told = text.format(host=socket.gethostname(), gone=process.pid, alive=os.getpid())
    Path(f"{lustre}.held").write_text(told, "utf-8")
    if is_free:
        acquire(lustre, 5, 5, silent).release()
    else:
        with pytest.raises(StillLocked):
            acquire(lustre, 0.05, 1, silent)
        assert Path(f"{lustre}.held").read_text("utf-8") == told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_in_the_place_of_who_holds_the_lock_is_not_waited_for(lustre: str) -> None:
    os.mkfifo(f"{lustre}.held")
    with pytest.raises(StillLocked):
        acquire(lustre, 0.05, 1, silent)


def test_an_error_of_locking_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_descriptor: int) -> bool:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(lock, "_is_won", broken)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        acquire(str(tmp_path / "lock"), 0, 0, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_whoever_may_write_the_file_may_lock(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(0o700)
    guarded, path = tmp_path / "file", tmp_path / "lock"
    acquire(str(path), 0, 0, silent, str(guarded)).release()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    guarded.touch()
    guarded.chmod(mode)
    acquire(str(path), 0, 0, silent, str(guarded)).release()
    assert stat.S_IMODE(path.stat().st_mode) == mode
    tmp_path.chmod(0o770)
    acquire(str(path), 0, 0, silent, str(guarded)).release()
    assert stat.S_IMODE(path.stat().st_mode) == mode | 0o660


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_lock_that_guards_no_file_of_others_is_the_users_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        acquire(str(tmp_path / "lock"), 0, 0, silent).release()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_whoever_may_only_read_the_locks_file_may_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lock").touch()
    really = os.open

    def for_readers(path: str, flags: int, *mode: int) -> int:
        if flags & os.O_ACCMODE != os.O_RDONLY:
            raise PermissionError
        return really(path, flags, *mode)

    monkeypatch.setattr(os, "open", for_readers)
    held = acquire(str(tmp_path / "lock"), 0, 0, silent)
    with pytest.raises(StillLocked):
        acquire(str(tmp_path / "lock"), 0, 0, silent)
    held.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_lock_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        acquire(str(tmp_path / "lock"), 0, 0, silent)
    assert not (tmp_path / "other").exists()
