"""Rows come back as they were written, or it is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.rows import Rows, Sheets, document_of, list_of, listed, rows_of

VALUES = st.text(st.characters(exclude_characters="\t\n\0", exclude_categories=["Cs"]))
ROW = st.lists(VALUES, min_size=1)
SHEETS = st.lists(st.lists(ROW))


def test_first_the_bytes_of_each_sheet_then_a_line_for_each_row() -> None:
    document = document_of([[["one", "two"], ["三"]], [["four"]], []])
    assert document.decode() == "12 5 0\none\ttwo\n三\nfour\n"


@given(SHEETS)
def test_what_is_written_is_read(sheets: list[Rows]) -> None:
    assert [rows_of(sheet) for sheet in Sheets(document_of(sheets))] == sheets


@given(SHEETS, st.data())
def test_what_is_cut_off_is_noticed(sheets: list[Rows], data: st.DataObject) -> None:
    document = document_of(sheets)
    with pytest.raises(ValueError, match=r".*"):
        Sheets(document[: data.draw(st.integers(0, len(document) - 1))])


@pytest.mark.parametrize("row", [["a\tb"], ["a\nb"], ["a\0b"], []])
def test_what_would_be_read_otherwise_is_not_written(row: list[str]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        document_of([[["before"], row, ["after"]]])


@given(st.lists(st.text(st.characters(exclude_characters="\x1f"), min_size=1)))
def test_a_list_is_one_value(values: list[str]) -> None:
    assert list_of(listed(values)) == values


@pytest.mark.parametrize("sheet", [b"a\tb", b"a\nb", b"\xff\n"])
def test_a_sheet_that_ends_within_a_line_or_is_no_text_is_noticed(sheet: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        rows_of(sheet)
