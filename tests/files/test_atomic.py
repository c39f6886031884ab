"""A file is replaced as a whole, in its place, or not at all."""

import os
import signal
import stat
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from llmpath.files import atomic
from llmpath.files.atomic import (
    PRIVATE,
    USUAL,
    Outdated,
    remove_leftovers,
    uninterrupted,
    write_atomically,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes, owners and links")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old and longer")
    assert write_atomically(str(file), b"new") is None
    assert file.read_bytes() == b"new"
    assert names(tmp_path) == {"file"}


def test_a_file_that_was_not_there_is_made(tmp_path: Path) -> None:
    assert write_atomically(str(tmp_path / "file"), b"new") is None
    assert (tmp_path / "file").read_bytes() == b"new"


@POSIX
@pytest.mark.parametrize(("mode", "expected"), [(PRIVATE, 0o600), (USUAL, 0o640)])
def test_a_new_file_is_the_users_alone_unless_their_umask_is_to_decide(
    tmp_path: Path, mode: int, expected: int
) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(str(tmp_path / "file"), b"new", mode=mode)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == expected


@POSIX
def test_a_new_file_may_be_like_another_and_is_never_more_open_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    like, modes = tmp_path / "like", []
    like.touch()
    like.chmod(0o640)
    write = os.write

    def watched(descriptor: int, content: memoryview) -> int:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", watched)
    write_atomically(str(tmp_path / "file"), b"new", like=str(like), mode=USUAL)
    assert (modes, stat.S_IMODE((tmp_path / "file").stat().st_mode)) == ([0o640], 0o640)


@POSIX
def test_what_takes_a_private_files_place_is_nobody_elses_from_the_moment_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, made = tmp_path / "file", []
    file.touch()
    file.chmod(0o600)
    really = os.open

    def watched(path: str, flags: int, *mode: int) -> int:
        descriptor = really(path, flags, *mode)
        if flags & os.O_CREAT:
            made.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return descriptor

    monkeypatch.setattr(os, "open", watched)
    old = os.umask(0)
    try:
        write_atomically(str(file), b"new", mode=USUAL)
    finally:
        os.umask(old)
    assert made == [0o600]


@POSIX
def test_a_temporary_file_that_somebody_has_planted_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"keys")
    monkeypatch.setattr(os, "urandom", lambda _: b"\0" * 8)
    for planted in (victim, tmp_path / "nothing yet"):
        temporary = tmp_path / f".file.{'00' * 8}.tmp"
        temporary.symlink_to(planted)
        with pytest.raises(FileExistsError):
            write_atomically(str(tmp_path / "file"), b"new")
        temporary.unlink(missing_ok=True)
    assert (victim.read_bytes(), names(tmp_path)) == (b"keys", {"victim"})


def test_temporary_files_have_names_that_nobody_can_foresee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources: list[str] = []
    replace = os.replace

    def watched(source: str, target: str) -> None:
        sources.append(source)
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    for _ in range(3):
        write_atomically(str(tmp_path / "file"), b"new")
    assert len(set(sources)) == 3
    assert all(len(source.split(".")[-2]) == 16 for source in sources)


def test_a_file_that_is_not_what_it_was_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with pytest.raises(Outdated):
        write_atomically(str(file), b"new", is_current=lambda: False)
    assert (file.read_bytes(), names(tmp_path)) == (b"old", {"file"})


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o400])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(mode)
    write_atomically(str(file), b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may give files away")
def test_owner_and_group_stay(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    os.chown(file, 12345, 54321)
    write_atomically(str(file), b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 54321)


@POSIX
def test_where_the_owner_cannot_stay_the_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError

    file = tmp_path / "file"
    file.write_bytes(b"old")
    other = os.stat_result([*file.stat()[:4], 12345, *file.stat()[5:]])
    monkeypatch.setattr(atomic, "status_of", lambda _: other)
    monkeypatch.setattr(os, "fchown", refuse)
    write_atomically(str(file), b"new")
    assert file.read_bytes() == b"new"


@POSIX
def test_where_the_owner_cannot_stay_the_group_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def of_a_member(_descriptor: int, user: int, group: int) -> None:
        if user != -1:
            raise PermissionError
        asked.append(group)

    file = tmp_path / "file"
    file.write_bytes(b"old")
    status = file.stat()
    other = os.stat_result([*status[:4], 12345, 54321, *status[6:]])
    monkeypatch.setattr(atomic, "status_of", lambda _: other)
    monkeypatch.setattr(os, "fchown", of_a_member)
    write_atomically(str(file), b"new")
    assert (asked, file.read_bytes()) == ([54321], b"new")


@POSIX
def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link, chain = tmp_path / "elsewhere" / "file", tmp_path / "link", tmp_path / "chain"
    target.write_bytes(b"old")
    link.symlink_to("elsewhere/file")
    chain.symlink_to(link)
    write_atomically(str(chain), b"new")
    assert target.read_bytes() == b"new"
    assert chain.is_symlink()
    assert link.is_symlink()
    assert names(tmp_path) == {"elsewhere", "link", "chain"}


@POSIX
def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_atomically(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: whole(descriptor, bytes(content)[:3]))
    write_atomically(str(tmp_path / "file"), b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


@pytest.mark.parametrize("function", ["open", "write", "fsync", "close", "replace"])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, failure: BaseException
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    real = getattr(os, function)
    calls = iter([failure])

    def fail_once(*args: Any, **named: Any) -> Any:
        for error in calls:
            if function == "close":
                real(*args)
            raise error
        return real(*args, **named)

    monkeypatch.setattr(os, function, fail_once)
    with pytest.raises(type(failure)):
        write_atomically(str(file), b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == {"file"}


def test_what_the_disk_gives_back_otherwise_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    whole = os.write

    def forgetful(descriptor: int, content: memoryview) -> int:
        whole(descriptor, b"\0" * len(content))
        return len(content)

    monkeypatch.setattr(os, "write", forgetful)
    with pytest.raises(OSError, match="gave back something else"):
        write_atomically(str(file), b"new")
    assert file.read_bytes() == b"old"


@POSIX
def test_a_folder_that_cannot_be_flushed_is_told_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = os.fsync

    def fail_for_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    unflushed = write_atomically(str(tmp_path / "file"), b"new")
    assert unflushed is not None
    assert unflushed.strerror == "Input/output error"
    assert (tmp_path / "file").read_bytes() == b"new"


class Windows:
    """Makes `os.replace` refuse for a while, as when a virus scanner has the file open."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refusals: int, platform: str) -> None:
        self.replace = os.replace
        self.left = refusals
        self.pauses: list[float] = []
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(os, "replace", self._replace)
        monkeypatch.setattr(time, "sleep", self.pauses.append)

    def _replace(self, source: str, target: str) -> None:
        self.left -= 1
        if self.left >= 0:
            raise PermissionError(13, "Permission denied")
        self.replace(source, target)


def test_on_windows_a_file_that_is_held_open_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Windows(monkeypatch, 3, "win32")
    write_atomically(str(tmp_path / "file"), b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert held.pauses == [atomic.REPLACE_PAUSE_SECONDS] * 3


def test_on_windows_the_tries_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Windows(monkeypatch, 1_000, "win32")
    with pytest.raises(PermissionError):
        write_atomically(str(tmp_path / "file"), b"new")
    assert sum(held.pauses) <= 1
    assert names(tmp_path) == set()


def test_elsewhere_a_refusal_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Windows(monkeypatch, 1, "linux")
    with pytest.raises(PermissionError):
        write_atomically(str(tmp_path / "file"), b"new")
    assert held.pauses == []


def test_only_our_own_leftovers_are_removed(tmp_path: Path) -> None:
    ours = {".progress.toml.1.tmp", ".progress.toml.4194304.tmp"}
    others = {
        "progress.toml",
        ".progress.toml.swp",
        ".progress.toml.mine.tmp",
        ".progress.toml.bak.7.tmp",
        ".work.toml.7.tmp",
        "progress.toml.7.tmp",
    }
    for name in ours | others:
        (tmp_path / name).touch()
    remove_leftovers(str(tmp_path), "progress.toml".__eq__)
    assert names(tmp_path) == others


def test_a_leftover_that_cannot_be_removed_stays(tmp_path: Path) -> None:
    (tmp_path / ".file.7.tmp").mkdir()
    remove_leftovers(str(tmp_path), "file".__eq__)
    remove_leftovers(str(tmp_path / "nowhere"), "file".__eq__)
    assert names(tmp_path) == {".file.7.tmp"}


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_ends_a_program_goes_unheard_while_it_would_break_off_a_write(name: str) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    number = getattr(signal, name, signal.SIGINT)
    before = signal.signal(number, end)
    try:
        with uninterrupted():
            signal.raise_signal(number)
        assert signal.getsignal(number) is end
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    finally:
        signal.signal(number, before)


def test_a_thread_which_gets_no_signals_writes_as_well() -> None:
    heard: list[str] = []

    def write() -> None:
        with uninterrupted():
            heard.append("written")

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert heard == ["written"]
