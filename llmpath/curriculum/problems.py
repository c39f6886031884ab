"""What can be wrong with a file that somebody wrote: one value per fault, said later in the reader's language."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault of a curriculum or a user's file.

    `code` names the sort of fault and its text (`fault.CODE`), `entry` the place inside the file
    (`resources.gptq-paper.url`, or empty), `line` counts from 1 and is 0 where it is not known.
    """

    code: str
    file: str
    entry: str
    line: int
    details: tuple[str, ...] = ()
    is_warning: bool = False
