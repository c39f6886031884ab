"""Layout: blocks as lines of clean spans, for a width or for none. Pure. In a pipe nothing is folded."""

from collections.abc import Iterable, Iterator, Sequence

from llmpath.text.clean import clean
from llmpath.view.document import GAP, Across, Block, Cell, Column, Either, Flow, Line, Span, Spans, Table, joined
from llmpath.view.folding import MIN_ROOM, columns_of, folded, longest_word

MAX_PROSE_COLUMNS = 100
MAX_FLOW_COLUMNS = 3


def laid_out(blocks: Iterable[Block], columns: int | None) -> Iterator[Spans]:
    """The lines of some blocks. Without `columns` nothing is folded or left out: no person looks at it."""
    for block in blocks:
        match block:
            case Table():
                yield from _table_lines(block, columns)
            case Flow():
                yield from _table_lines(_flowed(block, columns), columns)
            case Either():
                is_wide = columns is None or columns >= block.from_width
                yield from laid_out(block.wide if is_wide else block.narrow, columns)
            case Line(spans, indent, hang):
                room = None if columns is None else min(columns, MAX_PROSE_COLUMNS) - indent
                yield from _hanging(spans, room, indent, hang)


def _hanging(spans: Spans, room: int | None, indent: int, hang: int) -> Iterator[Spans]:
    """Spans folded to some room, if that is bounded, and indented; `hang` more from the second line on."""
    spans = _cleaned(spans)
    lines = [spans] if room is None else folded(spans, room, room - hang)
    for number, line in enumerate(lines):
        yield _indented(line, indent + hang if number else indent)


def _indented(spans: Spans, indent: int) -> Spans:
    return [Span(" " * indent), *spans] if indent and spans else spans


def _cleaned(spans: Spans) -> list[Span]:
    return [Span(clean(span.text), span.style, clean(span.link)) for span in spans if span.text]


def _flowed(flow: Flow, columns: int | None) -> Table:
    """The cells as a table, in as many columns as fit next to each other, read downwards; else after each other."""
    widths = [columns_of(_cleaned(each)) for each in flow.cells]
    room = (columns or 0) - flow.indent - columns_of(flow.label)
    best, height = 1, len(flow.cells)
    for count in range(2, min(len(flow.cells), MAX_FLOW_COLUMNS) + 1):
        rows = -(-len(flow.cells) // count)
        if sum(GAP + max(widths[start : start + rows]) for start in range(0, len(widths), rows)) <= room:
            best, height = count, rows
    if best == 1 and columns is not None and max(widths, default=0) <= room - GAP:
        return Table([Column(), Column(folds=True)], [[flow.label, joined(flow.cells, "   ")]], flow.indent)
    labels: list[Cell] = [flow.label, *[()] * height]
    table = [[labels[row], *flow.cells[row::height], *[()] * best][: best + 1] for row in range(height)]
    return Table([Column(), *[Column(folds=best == 1)] * best], table, flow.indent)


def _table_lines(table: Table, columns: int | None) -> Iterator[Spans]:
    places = [n for n, column in enumerate(table.columns) if columns is None or column.from_width <= columns]
    shown = [table.columns[n] for n in places]
    rows = [row if isinstance(row, Across) else [_cleaned(row[n]) for n in places] for row in table.rows]
    cells = [row for row in rows if not isinstance(row, Across)]
    widths = [max((columns_of(row[n]) for row in cells), default=0) for n in range(len(shown))]
    if columns is not None:
        widths = _fitted(shown, cells, widths, columns - table.indent)
    end = table.indent + sum(widths) + GAP * (sum(map(bool, widths)) - 1)
    for row in rows:
        if isinstance(row, Across):
            yield from _across(row, end, columns)
        else:
            for line in _row_lines(row, widths, shown, folds=columns is not None):
                yield _indented(line, table.indent)


def _fitted(shown: Sequence[Column], rows: Sequence[Sequence[Spans]], natural: list[int], columns: int) -> list[int]:
    """Widths with which rows fit into some columns: what folds gives way, at most down to its longest word."""
    wanted = {n: natural[n] for n, column in enumerate(shown) if natural[n] and column.folds}
    room = columns - GAP * (sum(map(bool, natural)) - 1) - sum(natural) + sum(wanted.values())
    if sum(wanted.values()) <= room:
        return natural
    least = {n: min(wanted[n], max(MIN_ROOM, *(longest_word(row[n], room) for row in rows))) for n in wanted}
    total, flexible = sum(least.values()), sum(wanted.values()) - sum(least.values())
    widths = {
        n: least[n] + (room - total) * (wanted[n] - least[n]) // flexible
        if room >= total
        else max(MIN_ROOM, room * least[n] // total)
        for n in wanted
    }
    return [widths.get(n, each) for n, each in enumerate(natural)]


def _row_lines(
    row: Sequence[Spans], widths: Sequence[int], shown: Sequence[Column], *, folds: bool
) -> Iterator[list[Span]]:
    cells = [folded(cell, each, each) if folds else [cell] for cell, each in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells), default=0)):
        line: list[Span] = []
        for lines, each, column in zip(cells, widths, shown, strict=True):
            spans = lines[number] if number < len(lines) else []
            pad = Span(" " * max(each - columns_of(spans), 0))
            line += [pad, *spans] if column.align == "right" else [*spans, pad]
            line.append(Span(" " * GAP if each else ""))
        while line and not line[-1].text.strip():
            line.pop()
        yield line


def _across(row: Across, end: int, columns: int | None) -> Iterator[Spans]:
    """A row over all columns; what stands at its right ends where the table ends."""
    right = _cleaned(row.right)
    taken = columns_of(right) + GAP if right else 0
    *above, last = _hanging(row.spans, None if columns is None else columns - taken, 0, row.hang)
    yield from above
    pad = max(end - columns_of(last) - columns_of(right), GAP)
    yield [*last, Span(" " * pad), *right] if right else last
