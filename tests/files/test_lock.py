"""One writer at a time, and no lock outlives its process."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from llmpath.files import lock
from llmpath.files.lock import StillLocked, acquire, release


def silent() -> None:
    """Says nothing."""


def test_a_lock_that_is_free_is_taken_and_its_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    release(acquire(str(path), 0, 0, silent))
    assert path.exists()
    release(acquire(str(path), 0, 0, silent))


def test_nobody_else_gets_a_lock_that_is_held(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    held = acquire(path, 0, 0, silent)
    with pytest.raises(StillLocked):
        acquire(path, 0, 0, silent)
    release(held)
    release(acquire(path, 0, 0, silent))


def test_a_long_wait_is_mentioned_once(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    held = acquire(path, 0, 0, silent)
    mentioned: list[str] = []
    with pytest.raises(StillLocked):
        acquire(path, 0.05, 0.01, lambda: mentioned.append("waiting"))
    assert mentioned == ["waiting"]
    release(held)


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    program = (
        "import sys; from llmpath.files.lock import acquire; acquire(sys.argv[1], 0, 0, lambda: None); "
        "print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(StillLocked):
        acquire(str(tmp_path / "lock"), 0, 0, silent)
    process.kill()
    process.communicate()
    release(acquire(str(tmp_path / "lock"), 0, 0, silent))


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
    assert os.fstat(held).st_ino == path.stat().st_ino
    release(held)


def test_what_is_no_lock_of_another_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ENOENT)):
        acquire(str(tmp_path / "nowhere" / "lock"), 0, 0, silent)


def test_a_lock_that_cannot_be_given_up_is_no_failure(tmp_path: Path) -> None:
    held = acquire(str(tmp_path / "lock"), 0, 0, silent)
    os.close(held)
    release(held)
    release(acquire(str(tmp_path / "lock"), 0, 0, silent))
