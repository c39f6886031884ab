"""What config, info, merge, sync, backup, import and export return."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from llmpath.guide.figure import Figure
from llmpath.progress.backups import Backup


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


class LogProblem(NamedTuple):
    """An entry of a log that is left out, or that another version may understand.

    `file` is `progress` or `reviews`, `line` counts from 1 and is 0 where it is not known; `reason` names a text,
    `log.REASON`, that `details` fill.
    """

    file: str
    line: int
    reason: str
    details: Sequence[str]


class Info(NamedTuple):
    """`info`: versions and files. `updated`: the day of the curriculum, where it says one."""

    llmpath: str
    python: str
    platform: str
    language: str
    curriculum: str
    files: Sequence[FileRow]
    unknown_items: Sequence[str]
    sync_conflicts: Sequence[str]
    problems: Sequence[LogProblem] = ()
    updated: str | None = None
    kind: str = "info"


class Difference(NamedTuple):
    """An item that differs, with its state before and after.

    `what` says what differs: the `state`, only the `note` or the day, a `new_note`, or the `goal`, with titles before
    and after.
    """

    id: str
    title: str
    before: str
    after: str
    what: str = "state"


class Merged(NamedTuple):
    """`merge`: how many entries were taken over, or would be, and what they change; a git merge driver says nothing."""

    differences: Sequence[Difference]
    taken: int
    dry_run: bool
    files: Sequence[str]
    kind: str = "merge"


class Synced(NamedTuple):
    """`sync`: how many entries were taken from the folder and from conflict copies, and how many were given to it.

    `copies`: names of the conflict copies that held something new.
    """

    folder: str | None
    taken: int
    given: int
    copies: Sequence[str]
    differences: Sequence[Difference]
    kind: str = "sync"


class Backups(NamedTuple):
    """`backup list`: newest first."""

    path: str
    backups: Sequence[Backup]
    kind: str = "backups"


class Restored(NamedTuple):
    """`backup restore`: what changed, or would; `kept` is the copy of what was replaced.

    `lost`: how many entries the copy does not have, which the next sync or merge may bring back.
    """

    name: str
    differences: Sequence[Difference]
    dry_run: bool
    kept: str
    is_changed: bool
    lost: int = 0
    kind: str = "restore"


class Imported(NamedTuple):
    """`import`: what was marked, or would be, in the order of the check list in `file`."""

    file: str
    differences: Sequence[Difference]
    progress: Figure
    dry_run: bool
    kind: str = "import"


class Exported(NamedTuple):
    """`export -o`: the file that was written."""

    path: str
    kind: str = "exported"
