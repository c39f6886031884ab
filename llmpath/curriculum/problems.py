"""Problems of a file that somebody wrote: one value each, put into words later, in the reader's language."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One problem of a curriculum or a user's file.

    `code` names the sort of problem and its text (`fault.CODE`), `entry` the place inside the file
    (`resources.gptq-paper.url`, or empty), `line` counts from 1 and is 0 where it is not known.
    """

    code: str
    file: str
    entry: str = ""
    line: int = 0
    details: tuple[str, ...] = ()
    is_warning: bool = False
