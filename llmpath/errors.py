"""One class per failure, each with its exit code and its fields; the edge says them in the reader's language.

`error.CODE` in the texts of `messages` is filled with the fields. Nothing here prints.
"""

from __future__ import annotations

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmpath.curriculum.problems import Problem


EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NAME = 3
EXIT_DAMAGED = 4
EXIT_INTERRUPTED = 130


class LlmpathError(Exception):
    """A failure that is shown to the user: `code` names its text, `fields` fill it, `exit_code` ends the process."""

    exit_code = EXIT_FAILED
    code = "failed"

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code, fields)
        self.fields = fields


class UnknownItem(LlmpathError):
    """Nothing has that name. Fields: `name`; `closest`, ids with titles of what resembles it, best first.

    `part`: the id of the part that has the name, where an item was asked for.
    """

    exit_code = EXIT_NAME
    code = "unknown_item"

    def __init__(self, name: str, closest: Sequence[tuple[str, str]] = (), part: str | None = None) -> None:
        super().__init__(name=name)
        self.closest = list(closest)
        self.part = part


class ItemForPart(LlmpathError):
    """A part was asked for, and an item has that name. Fields: `id`, `title`."""

    exit_code = EXIT_NAME
    code = "item_for_part"

    def __init__(self, item_id: str, title: str) -> None:
        super().__init__(id=item_id, title=title)


class AmbiguousItem(LlmpathError):
    """Several items have that name. Fields: `name`; `candidates`, pairs of address and title."""

    exit_code = EXIT_NAME
    code = "ambiguous_item"

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        super().__init__(name=name)
        self.candidates = list(candidates)


class UnknownCurriculum(LlmpathError):
    """No available curriculum has that name, and it is no folder with a `curriculum.toml`."""

    exit_code = EXIT_NAME
    code = "unknown_curriculum"


class NothingUnderWay(LlmpathError):
    """No open resource was opened or started last. `candidates`: what is under way, pairs of id and title."""

    exit_code = EXIT_NAME
    code = "nothing_under_way"

    def __init__(self, candidates: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.candidates = list(candidates)


class EditorFailed(LlmpathError):
    """The user's editor could not be started, or ended with an error. Fields: `editor`, `reason`."""

    code = "editor_failed"


class MovedCurriculum(UnknownCurriculum):
    """A curriculum is not where it was. Fields: `name`, `folder`."""

    code = "moved_curriculum"


class ReservedId(LlmpathError):
    """A curriculum of somebody else has the id of the one that ships. Fields: `folder`, `id`."""

    exit_code = EXIT_DAMAGED
    code = "reserved_id"


class UsageError(LlmpathError):
    """The command line is wrong. The key of its text is given, for there are many small ways to be wrong."""

    exit_code = EXIT_USAGE

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        super().__init__(**fields)


class CannotRead(LlmpathError):
    """A file could not be read. Fields: `path`, `reason`."""

    code = "cannot_read"


class CannotWrite(LlmpathError):
    """A file could not be written; what was there still stands. Fields: `path`, `reason`."""

    code = "cannot_write"


class NoHome(LlmpathError, OSError):
    """The user's folders are not known. A caller that only looks for a file there treats the file as absent."""

    code = "no_home"


class UnusableFile(LlmpathError):
    """A file is not what it should be. Fields: `path`; `reason`, which names a text, `fault.REASON`; its `details`."""

    code = "unusable_file"

    def __init__(self, path: str, reason: str, *details: object) -> None:
        super().__init__(path=path, reason=reason)
        self.details = details


class NoChecklist(LlmpathError):
    """No box of a file stands for an item of the curriculum. Field: `path`."""

    code = "no_checklist"


class OtherCurriculum(LlmpathError):
    """A check list of a curriculum that is not in use.

    Fields: `path`; the ids `name` and `current`; `wanted`, what `--curriculum` is to be told.
    """

    code = "other_curriculum"


class AlreadyThere(LlmpathError):
    """A file that would be overwritten. Field: `path`."""

    code = "already_there"


class CurriculumTaken(LlmpathError):
    """A name under which no course can be imported. Fields: `name`; `source`, of what that curriculum was imported.

    Without a source it was not imported at all.
    """

    def __init__(self, name: str, source: str = "") -> None:
        self.code = "curriculum_taken_by" if source else "curriculum_taken"
        super().__init__(name=name, source=source)


class NothingToLearn(LlmpathError):
    """A document has no link of which a course could be made. Fields: `path`; `count` of links without a base."""

    def __init__(self, path: str, count: int) -> None:
        self.code = "nothing_to_learn_without_base" if count else "nothing_to_learn"
        super().__init__(path=path, count=count)


class FolderNotEmpty(LlmpathError):
    """A folder in which something new was to be made has something in it. Field: `path`."""

    code = "folder_not_empty"


class NothingToOpen(LlmpathError):
    """Everything is done or skipped, so that `open` has nothing to choose."""

    code = "nothing_to_open"


class NoResource(LlmpathError):
    """A topic has no resource that could be opened. Field: `name`."""

    code = "no_resource"


class NotLearned(LlmpathError):
    """A concept that is not reviewed: neither it nor its topic is done. Fields: `name`, `title`."""

    code = "not_learned"


class UnsafeAddress(LlmpathError):
    """An address that no browser should be handed. Field: `url`."""

    code = "unsafe_address"


class LockedTooLong(LlmpathError):
    """Another process holds the lock. Fields: `path` of the lock file, `seconds` waited."""

    code = "locked"


class Declined(LlmpathError):
    """The user was asked and did not say yes."""

    code = "declined"


class NotConfirmed(LlmpathError):
    """A question needs an answer, and there is no terminal on which to ask it."""

    code = "not_confirmed"


class DamagedProgress(LlmpathError):
    """The progress file cannot be trusted. Fields: `path`, `reason`, a code of `fault.*` that `details` fill.

    `line` counts from 1 and is 0 where it is not known. `backups` is what `backup restore` takes for the newest
    good copy, and for an older one with more entries, each with its entries; None where the file is not the one in use.
    """

    exit_code = EXIT_DAMAGED
    code = "damaged_progress"

    def __init__(self, path: str, reason: str, line: int = 0, details: Sequence[str] = ()) -> None:
        super().__init__(path=path, reason=reason)
        self.details = list(details)
        self.line = line
        self.backups: Sequence[tuple[str, int]] | None = None


class NewerProgress(LlmpathError):
    """Written by a newer version: it may be read, never written. Fields: `path`, `schema`, `known`."""

    exit_code = EXIT_DAMAGED
    code = "newer_progress"


class DamagedConfig(LlmpathError):
    """`config.toml` is wrong. Fields: `path`, `reason`."""

    exit_code = EXIT_DAMAGED
    code = "damaged_config"


class DamagedCurriculum(LlmpathError):
    """A curriculum has faults. Fields: `folder`, `count`; `faults`, all of them."""

    exit_code = EXIT_DAMAGED
    code = "damaged_curriculum"

    def __init__(self, folder: str, faults: Sequence[Problem]) -> None:
        super().__init__(folder=folder, count=len(faults))
        self.faults = list(faults)


class LittleMemory(LlmpathError):
    """There is too little memory to read a curriculum. Field: `path`."""

    code = "little_memory"


class UnknownBackup(LlmpathError):
    """No backup has that name. Field: `name`."""

    exit_code = EXIT_NAME
    code = "unknown_backup"
