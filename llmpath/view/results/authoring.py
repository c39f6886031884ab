"""What validate and curriculum return."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.curriculum.problems import Problem
from llmpath.guide.figure import Figure


class FolderReport(NamedTuple):
    """One checked folder: the curriculum's id, None where faults keep it from being used, and what it holds.

    The faults' files are paths from the working folder.
    """

    folder: str
    curriculum: str | None
    topics: int
    resources: int
    faults: Sequence[Problem]
    warnings: Sequence[Problem]


class Validation(NamedTuple):
    """`validate`: a report for each folder."""

    folders: Sequence[FolderReport]
    kind: str = "validate"

    @property
    def exit_code(self) -> int:
        """1 where there are faults; warnings alone are no failure."""
        return 1 if any(report.faults for report in self.folders) else 0


class CurriculumRow(NamedTuple):
    """One available curriculum: its health (`ok`, `damaged` with so many faults, or `absent`), and the progress in it.

    `name` is what `curriculum use` and `--curriculum` take.
    """

    name: str
    folder: str | None
    id: str | None
    title: str | None
    languages: Sequence[str]
    in_use: bool
    health: str
    faults: int
    progress: Figure | None


class Curricula(NamedTuple):
    """`curriculum list`: the shipped one first."""

    curricula: Sequence[CurriculumRow]
    kind: str = "curricula"


class CurriculumUsed(NamedTuple):
    """`curriculum use`. `overruled_by`: the flag or the variable that names another one for now."""

    name: str
    folder: str
    title: str
    progress: Figure
    overruled_by: str | None


class CurriculumMade(NamedTuple):
    """`curriculum new`: where it is, and the files that were written."""

    folder: str
    id: str
    title: str
    files: Sequence[str]


class CourseImported(NamedTuple):
    """`curriculum import`: the curriculum and its size, what was left out and guessed, how many boxes became done.

    `new`, `gone`: how many resources are, where the curriculum was there before, else None. `left_out` counts links by
    reason, `left_out_under` by the heading under which they stood, `guessed` resources by field.
    `has_news`: `news` has something to tell.
    """

    name: str
    folder: str
    parts: int
    topics: int
    resources: int
    new: int | None
    gone: int | None
    left_out: Mapping[str, int]
    left_out_under: Mapping[str, int]
    guessed: Mapping[str, int]
    done: int
    has_news: bool
