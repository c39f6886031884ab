"""What the learner last saw of a curriculum is a small file of their own, and no more than that."""

import os
from pathlib import Path

import pytest

from llmpath.progress.seen import read_seen, write_seen


def test_what_was_written_is_read_and_what_killed_writers_left_goes(tmp_path: Path) -> None:
    path = tmp_path / "seen-small.json"
    (tmp_path / ".seen-small.json.0123456789abcdef.tmp").touch()
    (tmp_path / ".seen-other.json.0123456789abcdef.tmp").touch()
    write_seen(str(path), {"day": "2026-11-21"})
    assert read_seen(str(path)) == {"day": "2026-11-21"}
    assert sorted(os.listdir(tmp_path)) == [".seen-other.json.0123456789abcdef.tmp", "seen-small.json"]


@pytest.mark.parametrize("content", [b"", b"\xff", b"[" * 100_000, b'"' + b"x" * 17 * 1024 * 1024 + b'"'])
def test_what_cannot_be_read_or_is_too_large_counts_as_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "seen-small.json").write_bytes(content)
    assert read_seen(str(tmp_path / "seen-small.json")) is None
