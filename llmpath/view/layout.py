"""Layout: blocks as lines of clean spans, for a width or for none. Pure.

What must be folded to fit goes through `folding`; in a pipe nothing must.
"""

from collections.abc import Iterable, Iterator, Sequence

from llmpath.text.clean import clean
from llmpath.text.width import width
from llmpath.view.document import GAP, Across, Block, Cell, Column, Either, Flow, Line, Span, Spans, Table

MAX_PROSE_COLUMNS = 100
MAX_FLOW_COLUMNS = 3
BETWEEN = 3
"""Columns between cells of a row that is filled up."""


def laid_out(blocks: Iterable[Block], columns: int | None) -> Iterator[Spans]:
    """The lines of some blocks. Without `columns` nothing is folded or left out: no person looks at it."""
    for block in blocks:
        if isinstance(block, Table):
            yield from _table_lines(block, columns)
        elif isinstance(block, Either):
            is_wide = columns is None or columns >= block.from_width
            yield from laid_out(block.wide if is_wide else block.narrow, columns)
        elif isinstance(block, Flow):
            yield from _table_lines(_flowed(block, columns), columns)
        else:
            yield from _paragraph(block, columns)


def _flowed(flow: Flow, columns: int | None) -> Table:
    """The cells as a table, in as many columns as fit next to each other, its rows filled up where two do not."""
    cells = [_cleaned(each) for each in flow.cells]
    widths = [_columns_of(each) for each in cells]
    taken = _columns_of(flow.label) + GAP if flow.label else 0
    room = (columns or 0) - flow.indent - taken
    best = 1
    for count in range(2, min(len(cells), MAX_FLOW_COLUMNS) + 1):
        height = -(-len(cells) // count)
        if sum(max(widths[start : start + height]) + GAP for start in range(0, len(cells), height)) - GAP <= room:
            best = count
    height = max(-(-len(cells) // best), 1)
    padded = [*cells, *([] for _ in range(height * best - len(cells)))]
    rows = [[padded[row + height * column] for column in range(best)] for row in range(height)]
    if best == 1 and columns is not None:
        rows = [[row] for row in _filled(cells, widths, room)]
    label = [Column()] if flow.label else []
    labelled = [[*([flow.label if not number else []] if flow.label else []), *row] for number, row in enumerate(rows)]
    return Table([*label, *[Column(folds=best == 1)] * best], labelled, flow.indent)


def _filled(cells: Sequence[Spans], widths: Sequence[int], room: int) -> list[list[Span]]:
    """Rows of as many cells as fit."""
    rows: list[list[Span]] = []
    used = room + 1
    for spans, each in zip(cells, widths, strict=True):
        if rows and used + BETWEEN + each <= room:
            rows[-1] += [Span(" " * BETWEEN), *spans]
            used += BETWEEN + each
        else:
            rows.append([*spans])
            used = each
    return rows


def _paragraph(block: Line, columns: int | None) -> Iterator[Spans]:
    cleaned = _cleaned(block.spans)
    if columns is None:
        yield _indented(cleaned, block.indent)
        return
    room = min(columns, MAX_PROSE_COLUMNS) - block.indent
    for number, spans in enumerate(_folded(cleaned, room, room - block.hang)):
        yield _indented(spans, block.indent + (block.hang if number else 0))


def _indented(spans: Spans, indent: int) -> Spans:
    return [Span(" " * indent), *spans] if indent and spans else spans


def _cleaned(spans: Spans) -> list[Span]:
    return [_clean(span) for span in spans if span.text]


def _clean(span: Span) -> Span:
    text, link = clean(span.text), clean(span.link)
    return span if text == span.text and link == span.link else Span(text, span.style, link)


def _folded(spans: Spans, first_room: int, room: int) -> list[Spans]:
    from llmpath.view.folding import folded

    return folded(spans, first_room, room)


def _columns_of(spans: Spans) -> int:
    return sum(width(span.text) for span in spans)


def _table_lines(table: Table, columns: int | None) -> Iterator[Spans]:
    shown = [n for n, column in enumerate(table.columns) if columns is None or column.from_width <= columns]
    rows = [row if isinstance(row, Across) else [_cleaned(row[n]) for n in shown] for row in table.rows]
    cells = [row for row in rows if not isinstance(row, Across)]
    natural = [max((_columns_of(row[place]) for row in cells), default=0) for place in range(len(shown))]
    if columns is None:
        widths = natural
    else:
        from llmpath.view.folding import fitted

        widths = fitted(table, shown, cells, natural, columns)
    end = table.indent + sum(widths) + GAP * (sum(1 for each in widths if each) - 1)
    for row in rows:
        if isinstance(row, Across):
            yield from _across(row, end, columns)
        else:
            aligned = [table.columns[n].align for n in shown]
            for spans in _row_lines(row, widths, aligned, folds=columns is not None):
                yield _indented(spans, table.indent)


def _row_lines(cells: Sequence[Cell], widths: Sequence[int], aligned: Sequence[str], *, folds: bool) -> Iterator[Spans]:
    folded = [_folded(cell, each, each) if folds else [cell] for cell, each in zip(cells, widths, strict=True)]
    for number in range(max((len(lines) for lines in folded), default=0)):
        line: list[Span] = []
        pad = 0
        for lines, each, align in zip(folded, widths, aligned, strict=True):
            spans = lines[number] if number < len(lines) else []
            free = max(each - _columns_of(spans), 0)
            before, after = (free, 0) if align == "right" else (0, free)
            pad += before
            if spans:
                line += [Span(" " * pad), *spans] if pad else spans
                pad = 0
            pad += after + (GAP if each else 0)
        yield line


def _across(row: Across, end: int, columns: int | None) -> Iterator[Spans]:
    """A row over all columns; what stands at its right ends where the table ends."""
    right = _cleaned(row.right)
    taken = _columns_of(right) + GAP if right else 0
    left = _cleaned(row.spans)
    room = (columns or 0) - taken
    folded = _folded(left, room, room - row.hang) if columns is not None else [left]
    *above, last = [_indented(spans, row.hang if number else 0) for number, spans in enumerate(folded)]
    yield from above
    pad = max(end - _columns_of(last) - _columns_of(right), GAP)
    yield [*last, Span(" " * pad), *right] if right else last
