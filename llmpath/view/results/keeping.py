"""What config, info, merge and backup return."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class SettingRow(NamedTuple):
    """One setting in force; `origin`: flag, a variable's name, config, locale or default."""

    key: str
    value: Any
    origin: str


class ConfigShown(NamedTuple):
    """`config`: everything in force; `path` is the file, whether it is there or not."""

    path: str
    is_there: bool
    settings: Sequence[SettingRow]
    unknown: Sequence[str]
    changed: str | None = None
    kind: str = "config"


class FileRow(NamedTuple):
    """One file or folder: what it is for, why there, and how it is: `ok`, `absent`, or a fault."""

    name: str
    path: str
    origin: str
    health: str
    detail: str


class Info(NamedTuple):
    """`info`: versions and files."""

    llmpath: str
    python: str
    platform: str
    language: str
    curriculum: str
    files: Sequence[FileRow]
    unknown_items: Sequence[str]
    sync_conflicts: Sequence[str]
    kind: str = "info"


class Difference(NamedTuple):
    """A record that differs: its key in the file, and its state before and after.

    `what` says what differs: the `state`, only the `note` or the day, a `new_note`, or the `goal`, with titles before
    and after.
    """

    key: str
    title: str
    before: str
    after: str
    what: str = "state"


class Merged(NamedTuple):
    """`merge`: what was taken over, or would be; as a git merge driver it says nothing.

    `is_changed` also where nothing differs but times, or what this version does not know.
    """

    differences: Sequence[Difference]
    dry_run: bool
    files: Sequence[str]
    is_changed: bool = False
    kind: str = "merge"


class BackupRow(NamedTuple):
    """A copy of the progress file; `items` is -1 where it is damaged."""

    name: str
    made: str
    items: int


class Backups(NamedTuple):
    """`backup list`: newest first."""

    path: str
    backups: Sequence[BackupRow]
    kind: str = "backups"


class Restored(NamedTuple):
    """`backup restore`: what changed, or would; `kept` is the copy of what was replaced."""

    name: str
    differences: Sequence[Difference]
    dry_run: bool
    kept: str
    is_changed: bool
    kind: str = "restore"
