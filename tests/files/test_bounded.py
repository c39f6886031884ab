"""Files of other people's making are read up to a bound, whatever they claim to be."""

import os
from pathlib import Path

import pytest

from llmpath.files.bounded import FileTooLarge, read_bounded


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    assert read_bounded(file, 10) == b"0123456789"
    with pytest.raises(FileTooLarge):
        read_bounded(file, 9)


def test_of_a_file_that_is_too_large_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")

    def read(_descriptor: int, _size: int) -> bytes:
        pytest.fail("it was read")

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(FileTooLarge):
        read_bounded(file, 9)


def test_a_file_that_grows_without_end_while_it_is_read_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, given = tmp_path / "file", []
    file.write_bytes(b"small")

    def endless(_descriptor: int, size: int) -> bytes:
        given.append(min(size, 4))
        assert len(given) < 100
        return b"more"[:size]

    monkeypatch.setattr(os, "read", endless)
    with pytest.raises(FileTooLarge):
        read_bounded(file, 10)
    assert sum(given) == 11
