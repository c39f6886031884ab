"""Rows of texts as one text: a line for each row, tabs between its values. Pure.

This is how compiled documents are kept. A document has one sheet of rows or several, between which stands an empty
line, so that who wants one sheet need not read the others; at the end it says how many, so that a cut-off one is
noticed. No parser is needed, so that nothing is imported for it, and a person who looks into a cache can read it too.
"""

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = list[str]
Rows = list[Row]

ENDING = ".tsv"
"""Of the name of a file that holds sheets of rows."""

_BETWEEN_LISTED = "\x1f"
_END = b"end of sheets\t"


def document_of(sheets: "Sequence[Rows]") -> bytes:
    """The document with some sheets. Raises `ValueError` where a value has a sign that stands between others."""
    texts = ["\n".join("\t".join(row) for row in rows).encode() for rows in sheets]
    document = b"\n\n".join([*texts, _END + str(len(texts)).encode() + b"\n"])
    if [rows_of(sheet) for sheet in sheets_of(document)] != list(sheets):
        raise ValueError(sheets)
    return document


def sheets_of(document: bytes) -> list[bytes]:
    """The sheets of a document. Raises `ValueError` where it is something else, or not all of it is there."""
    *sheets, end = document.split(b"\n\n")
    if b"\0" in document or end != _END + str(len(sheets)).encode() + b"\n":
        raise ValueError(document[-80:])
    return sheets


def rows_of(sheet: bytes) -> Rows:
    """The rows of a sheet. Raises `ValueError` for what is no text."""
    return [line.split("\t") for line in sheet.decode().split("\n")] if sheet else []


def listed(values: "Iterable[str]") -> str:
    """Several texts, none of them empty, as one value."""
    return _BETWEEN_LISTED.join(values)


def list_of(value: str) -> list[str]:
    """The texts that `listed` put together."""
    return value.split(_BETWEEN_LISTED) if value else []
