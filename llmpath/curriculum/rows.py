"""Rows of texts as one text: a line for each row, tabs between its values. Pure.

This is how compiled documents are kept. A document has one sheet of rows or several. Its first line gives the bytes of
each, so that who wants one sheet need not look at the others, and a document that is not whole is noticed. No parser is
needed, so that nothing is imported for it, and a person who looks into a cache can read it too.
"""

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = list[str]
Rows = list[Row]

ENDING = ".tsv"
"""Of the name of a file that holds sheets of rows."""

_BETWEEN_LISTED = "\x1f"


def document_of(sheets: "Sequence[Rows]") -> bytes:
    """The document with some sheets. Raises `ValueError` where a value has a sign that stands between others."""
    document = bound([sheet_of(rows) for rows in sheets])
    if [rows_of(sheet) for sheet in Sheets(document)] != list(sheets):
        raise ValueError(sheets)
    return document


def sheet_of(rows: Rows) -> bytes:
    """Some rows as one sheet. No value may have a sign that stands between others; `document_of` sees to that."""
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def bound(sheets: "Sequence[bytes]") -> bytes:
    """The document with sheets that are made already: of rows, or anything else that is text."""
    sizes = " ".join(str(len(sheet)) for sheet in sheets)
    return b"".join([f"{sizes}\n".encode(), *sheets])


class Sheets:
    """The sheets of a document. Raises `ValueError` where it is something else, or not all of it is there."""

    def __init__(self, document: bytes) -> None:
        first = document.index(b"\n")
        self._document = document
        self._ends = [first + 1]
        for size in document[:first].split():
            self._ends.append(self._ends[-1] + int(size))
        if self._ends[-1] != len(document):
            raise ValueError(document[:80])

    def __iter__(self) -> "Iterator[bytes]":
        return (self[place] for place in range(len(self)))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> bytes:
        if place < 0:
            raise IndexError(place)
        sheet = self._document[self._ends[place] : self._ends[place + 1]]
        if b"\0" in sheet:
            raise ValueError(sheet[:80])
        return sheet


def rows_of(sheet: bytes) -> Rows:
    """The rows of a sheet. Raises `ValueError` for what is no text, or does not end with a line."""
    *lines, end = sheet.decode().split("\n")
    if end:
        raise ValueError(end)
    return [line.split("\t") for line in lines]


def listed(values: "Iterable[str]") -> str:
    """Several texts, none of them empty, as one value."""
    return _BETWEEN_LISTED.join(values)


def list_of(value: str) -> list[str]:
    """The texts that `listed` put together."""
    return value.split(_BETWEEN_LISTED) if value else []
