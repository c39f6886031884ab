"""One class per failure, each with its exit code and its fields; the edge says them in the reader's language.

`error.CODE` in the texts of `messages` is filled with the fields. Nothing here prints.
"""

from __future__ import annotations

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from llmpath.curriculum.problems import Problem


EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NAME = 3
EXIT_DAMAGED = 4
EXIT_INTERRUPTED = 130


class LlmpathError(Exception):
    """A failure that is shown to the user: `code` names its text, `fields` fill it, `exit_code` ends the process.

    A class that names no code has its own name as one: `UnknownItem` is `unknown_item`.
    """

    exit_code = EXIT_FAILED
    code = "failed"

    def __init_subclass__(cls, *, exit_code: int | None = None, code: str = "") -> None:
        cls.exit_code = exit_code or cls.exit_code
        cls.code = code or "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in cls.__name__)[1:]

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.code, fields)
        self.fields = fields


class UnknownItem(LlmpathError, exit_code=EXIT_NAME):
    """Nothing has that name. Fields: `name`; `closest`, ids with titles of what resembles it, best first.

    `part`: the id of the part that has the name, where an item was asked for.
    """

    def __init__(self, name: str, closest: Sequence[tuple[str, str]] = (), part: str | None = None) -> None:
        super().__init__(name=name)
        self.closest = list(closest)
        self.part = part


class ItemForPart(LlmpathError, exit_code=EXIT_NAME):
    """A part was asked for, and an item has that name. Fields: `id`, `title`."""


class AmbiguousItem(LlmpathError, exit_code=EXIT_NAME):
    """Several items have that name. Fields: `name`; `candidates`, pairs of address and title."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        super().__init__(name=name)
        self.candidates = list(candidates)


class UnknownCurriculum(LlmpathError, exit_code=EXIT_NAME):
    """No available curriculum has that name, and it is no folder with a `curriculum.toml`."""


class NothingUnderWay(LlmpathError, exit_code=EXIT_NAME):
    """No open resource was opened or started last. `candidates`: what is under way, pairs of id and title."""

    def __init__(self, candidates: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.candidates = list(candidates)


class EditorFailed(LlmpathError):
    """The user's editor could not be started, or ended with an error. Fields: `editor`, `reason`."""


class MovedCurriculum(UnknownCurriculum):
    """A curriculum is not where it was. Fields: `name`, `folder`."""


class ReservedId(LlmpathError, exit_code=EXIT_DAMAGED):
    """A curriculum of somebody else has the id of the one that ships. Fields: `folder`, `id`."""


class UsageError(LlmpathError, exit_code=EXIT_USAGE):
    """The command line is wrong. The key of its text is given, for there are many small ways to be wrong."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        super().__init__(**fields)


class CannotRead(LlmpathError):
    """A file could not be read. Fields: `path`, `reason`."""


class CannotWrite(LlmpathError):
    """A file could not be written; what was there still stands. Fields: `path`, `reason`."""


class NoHome(LlmpathError, OSError):
    """The user's folders are not known. A caller that only looks for a file there treats the file as absent."""


class UnusableFile(LlmpathError):
    """A file is not what it should be. Fields: `path`; `reason`, which names a text, `fault.REASON`; its `details`.

    `line` counts from 1 and is 0 where it is not known.
    """

    def __init__(self, path: str, reason: str, line: int = 0, details: Sequence[object] = ()) -> None:
        super().__init__(path=path, reason=reason)
        self.line = line
        self.details = details


class NoChecklist(LlmpathError):
    """No box of a file stands for an item of the curriculum. Field: `path`."""


class OtherCurriculum(LlmpathError):
    """A check list of a curriculum that is not in use.

    Fields: `path`; the ids `name` and `current`; `wanted`, what `--curriculum` is to be told.
    """


class AlreadyThere(LlmpathError):
    """A file that would be overwritten. Field: `path`."""


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


class NothingToOpen(LlmpathError):
    """Everything is done or skipped, so that `open` has nothing to choose."""


class NoResource(LlmpathError):
    """A topic has no resource that could be opened. Field: `name`."""


class NotLearned(LlmpathError):
    """A concept that is not reviewed: neither it nor its topic is done. Fields: `name`, `title`."""


class UnsafeAddress(LlmpathError):
    """An address that no browser should be handed. Field: `url`."""


class LockedTooLong(LlmpathError, code="locked"):
    """Another process holds the lock. Fields: `path` of the lock file, `seconds` waited."""


class Declined(LlmpathError):
    """The user was asked and did not say yes."""


class NotConfirmed(LlmpathError):
    """A question needs an answer, and there is no terminal on which to ask it."""


class DamagedProgress(UnusableFile, exit_code=EXIT_DAMAGED):
    """The progress file cannot be trusted.

    `backups` is what `backup restore` takes for the newest good copy, and for an older one with more entries, each
    with its entries; None where the file is not the one in use.
    """

    backups: Sequence[tuple[str, int]] | None = None


class NewerProgress(LlmpathError, exit_code=EXIT_DAMAGED):
    """Written by a newer version: it may be read, never written. Fields: `path`, `schema`, `known`."""


class DamagedConfig(LlmpathError, exit_code=EXIT_DAMAGED):
    """`config.toml` is wrong. Fields: `path`, `reason`."""


class DamagedCurriculum(LlmpathError, exit_code=EXIT_DAMAGED):
    """A curriculum has faults. Fields: `folder`, `count`; `faults`, all of them."""

    def __init__(self, folder: str, faults: Sequence[Problem]) -> None:
        super().__init__(folder=folder, count=len(faults))
        self.faults = list(faults)


class LittleMemory(LlmpathError):
    """There is too little memory to read a curriculum. Field: `path`."""


class UnknownBackup(LlmpathError, exit_code=EXIT_NAME):
    """No backup has that name. Field: `name`."""
