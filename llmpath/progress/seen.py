"""Edge: the small files beside the log that hold what the learner last saw of each curriculum, for `news`.

Losing one loses no progress: the next look begins anew.
"""

import json
import os

from llmpath.files.atomic import remove_leftovers, write_atomically
from llmpath.files.bounded import FileTooLarge, read_bounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_BYTES = 16 * 1024 * 1024


def seen_path(progress_path: str, curriculum: str) -> str:
    """The file for one curriculum: `seen-ID.json` beside `progress.toml`, `NAME.seen-ID.json` beside `NAME.toml`."""
    folder, name = os.path.split(os.path.realpath(progress_path))
    stem = os.path.splitext(name)[0]
    return os.path.join(folder, f"{'' if stem == 'progress' else f'{stem}.'}seen-{curriculum}.json")


def read_seen(path: str) -> "Any":
    """What the file holds, as JSON has it; None where there is none that can be read."""
    try:
        return json.loads(read_bounded(path, MAX_BYTES))
    except (OSError, FileTooLarge, ValueError, RecursionError):
        return None


def write_seen(path: str, content: "Any") -> None:
    """Replaces the file. Raises `OSError`; then the old one stands."""
    folder, name = os.path.split(path)
    remove_leftovers(folder, name.__eq__)
    write_atomically(path, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
