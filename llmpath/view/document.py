"""Lines and tables of styled spans, before it is known where they are shown. Pure.

`layout` gives them their places, `terminal` paints them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

STYLES = {
    "": "",
    "heading": "bold",
    "strong": "bold",
    "dim": "dim",
    "done": "green",
    "doing": "yellow",
    "warning": "yellow",
    "error": "bold red",
    "code": "cyan",
    "whole": "",
}
"""Names of styles, and what they look like; chosen to be readable on light and on dark backgrounds.

What is `code` or `whole` stays on one line as long as it fits.
"""


class Span(NamedTuple):
    """Some text in one style; with a `link`, text that a terminal may make clickable."""

    text: str
    style: str = ""
    link: str = ""


Part = str | tuple[str, str] | Span
Spans = Sequence[Span]
Cell = Spans

GAP = 2
"""Columns of a terminal between those of a table."""


class Line(NamedTuple):
    """One paragraph. `indent` columns stand before it, `hang` more before each further line when it is folded."""

    spans: Cell
    indent: int = 0
    hang: int = 0


class Column(NamedTuple):
    """One column of a table. Terminals narrower than `from_width` leave it out; `folds` gives way to the others."""

    align: str = "left"
    from_width: int = 0
    folds: bool = False


class Across(NamedTuple):
    """A row of a table that stands over all its columns, from the edge on; `right` ends where the table ends.

    `hang` columns stand before each further line when it is folded.
    """

    spans: Cell
    right: Cell = ()
    hang: int = 0


class Table(NamedTuple):
    """Rows of cells under each other; all rows of one table are aligned, whatever stands across between them."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell] | Across]
    indent: int = 0


class Flow(NamedTuple):
    """Short cells after a label, in columns read downwards where two fit, else as many in a row as fit.

    Where there is no width they stand below each other. What is `whole` in a cell stays on one line.
    """

    cells: Sequence[Cell]
    indent: int = 0
    label: Cell = ()


class Either(NamedTuple):
    """Blocks for terminals of at least `from_width` columns, and for pipes; others for narrower ones."""

    from_width: int
    wide: Sequence[Line | Table | Flow]
    narrow: Sequence[Line | Table | Flow]


Block = Line | Table | Flow | Either
BLANK = Line(())
BLANK_ROW = Across(())


def line(*parts: Part, indent: int = 0, hang: int = 0) -> Line:
    """A line from texts, (text, style) pairs and spans."""
    return Line(cell(*parts), indent, hang)


def cell(*parts: Part) -> Cell:
    """A cell from texts, (text, style) pairs and spans."""
    return [Span(part) if isinstance(part, str) else Span(*part) for part in parts]


def link(url: str) -> Span:
    """An address that leads to itself."""
    return Span(url, "", url)


def commands(*names: str) -> Cell:
    """Commands to go on with, after each other."""
    return joined([cell((name, "code")) for name in names], "     ")


def labelled(rows: Iterable[tuple[str, Cell]], indent: int = 2, style: str = "dim") -> Table:
    """A table of labels and what they stand for, which folds; without those that stand for nothing."""
    shown = [[cell((label, style)), value] for label, value in rows if any(span.text for span in value)]
    return Table([Column(), Column(folds=True)], shown, indent)


def spaced(groups: Iterable[Sequence[Block]]) -> list[Block]:
    """Groups of blocks with a blank line between them."""
    return [block for number, group in enumerate(groups) for block in ([BLANK, *group] if number else group)]


def joined(cells: Iterable[Cell], separator: str) -> Cell:
    """Cells after each other with a separator between."""
    spans: list[Span] = []
    for number, spans_of_cell in enumerate(cells):
        if number:
            spans.append(Span(separator, "dim"))
        spans += spans_of_cell
    return spans
