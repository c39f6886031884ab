"""Edge: the small files beside the log that hold what the learner last saw of each curriculum, for `news`.

Losing one loses no progress: the next look begins anew.
"""

import os

from llmpath.files.atomic import remove_leftovers, write_atomically
from llmpath.files.bounded import FileTooLarge, read_bounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_BYTES = 16 * 1024 * 1024


class SeenFile:
    """The file for one curriculum: `seen-ID.json` beside `progress.toml`, `NAME.seen-ID.json` beside `NAME.toml`."""

    def __init__(self, progress_path: str, curriculum: str) -> None:
        folder, name = os.path.split(os.path.realpath(progress_path))
        stem = os.path.splitext(name)[0]
        self.path = os.path.join(folder, f"{'' if stem == 'progress' else f'{stem}.'}seen-{curriculum}.json")

    def exists(self) -> bool:
        """Whether anything was seen so far."""
        return os.path.exists(self.path)

    def read(self) -> "Any":
        """What the file holds, as JSON has it; None where there is none that can be read."""
        import json

        try:
            return json.loads(read_bounded(self.path, MAX_BYTES))
        except (OSError, FileTooLarge, ValueError, RecursionError):
            return None

    def write(self, content: "Any") -> None:
        """Replaces the file. Raises `OSError`; then the old one stands."""
        import json

        folder, name = os.path.split(self.path)
        remove_leftovers(folder, name.__eq__)
        write_atomically(self.path, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
