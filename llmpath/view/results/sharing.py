"""What export and import return."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.guide.figure import Figure
from llmpath.view.results.keeping import Difference


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
