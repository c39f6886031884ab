"""Where text stands on a terminal of some width, and in a pipe."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.text.clean import clean
from llmpath.text.width import width
from llmpath.view.document import BLANK, Across, Block, Cell, Column, Either, Flow, Line, Span, Table, cell, line, link
from llmpath.view.folding import MIN_ROOM
from llmpath.view.layout import laid_out


def shown(blocks: list[Block], columns: int | None) -> list[str]:
    return ["".join(span.text for span in spans).rstrip() for spans in laid_out(blocks, columns)]


def test_a_line_is_folded_at_spaces_and_hangs_under_its_beginning() -> None:
    text = line("one two three four five", indent=2, hang=3)
    assert shown([text], 12) == ["  one two", "     three", "     four", "     five"]


def test_in_a_pipe_nothing_is_folded_or_left_out() -> None:
    long = "word " * 100
    table = Table([Column(folds=True), Column(from_width=500)], [[cell(long.strip()), cell("kept")]], indent=2)
    assert shown([line(long.strip()), table], None) == [long.strip(), f"  {long.strip()}  kept"]


def test_prose_keeps_to_a_readable_width_on_a_wide_terminal() -> None:
    assert max(map(len, shown([line("word " * 100)], 200))) <= 100


def test_chinese_is_folded_between_characters_without_spaces() -> None:
    assert shown([line("量化是用更少的位数来存放")], 10) == ["量化是用更", "少的位数来", "存放"]


def test_a_full_stop_never_begins_a_line_and_an_opening_bracket_never_ends_one() -> None:
    assert shown([line("量化是用更。少的位")], 10) == ["量化是用", "更。少的位"]
    assert shown([line("量化是用（少的位）")], 10) == ["量化是用", "（少的位）"]


def test_latin_words_among_chinese_stay_whole() -> None:
    assert shown([line("量化把 weights 变成 int4 的格式")], 10) == ["量化把", "weights 变", "成 int4 的", "格式"]


def test_an_address_is_never_cut_but_goes_over_the_edge() -> None:
    url = "https://example.org/a/very/long/address"
    assert shown([line("see ", link(url), " there", indent=2)], 20) == ["  see", f"  {url}", "  there"]


def test_a_command_stays_on_one_line_as_long_as_it_fits() -> None:
    text = line("then ", ("llmpath done rag", "code"))
    assert shown([text], 18) == ["then", "llmpath done rag"]
    assert shown([text], 14) == ["then llmpath", "done rag"]


def test_a_word_too_long_for_any_line_is_cut() -> None:
    assert shown([line("a" * 25)], 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_columns_of_a_table_stand_under_each_other_also_in_chinese() -> None:
    rows = [[cell("量化"), cell("6 h")], [cell("Attention"), cell("12 h")]]
    assert shown([Table([Column(), Column("right")], rows, indent=2)], 40) == ["  量化        6 h", "  Attention  12 h"]


def test_a_narrow_terminal_loses_columns_and_never_the_title() -> None:
    table = Table([Column(folds=True), Column(from_width=50)], [[cell("A Title"), cell("and more")]])
    assert shown([table], 50) == ["A Title  and more"]
    assert shown([table], 49) == ["A Title"]


def test_a_column_without_anything_in_it_takes_no_room() -> None:
    assert shown([Table([Column(), Column(), Column()], [[cell("a"), cell(""), cell("b")]])], 40) == ["a  b"]


def test_the_column_that_folds_gives_way_to_the_others() -> None:
    rows = [[cell("2.1"), cell("A title of many words"), cell("done")], [cell("2.2"), cell("Short"), cell("")]]
    table = Table([Column(), Column(folds=True), Column()], rows)
    assert shown([table], 21) == ["2.1  A title of  done", "     many words", "2.2  Short"]


def test_rows_between_headings_are_aligned_with_each_other() -> None:
    rows: list[Sequence[Cell] | Across] = [
        Across(cell("1 First"), cell("1/2")),
        [cell("a"), cell("6 h")],
        Across(()),
        Across(cell("2 Second"), cell("0/1")),
        [cell("a long title"), cell("12 h")],
    ]
    assert shown([Table([Column(folds=True), Column("right")], rows, indent=2)], 40) == [
        "1 First          1/2",
        "  a              6 h",
        "",
        "2 Second         0/1",
        "  a long title  12 h",
    ]


def test_styles_survive_folding() -> None:
    lines = list(laid_out([line(("one two ", "dim"), ("three", "done"))], 9))
    assert [[(span.text, span.style) for span in spans] for spans in lines] == [
        [("one two", "dim")],
        [("three", "done")],
    ]


def test_nothing_in_a_text_can_drive_the_terminal() -> None:
    unclean = "a\x1b[31mb\nc\u202ed"
    assert (
        shown([line(unclean), Table([Column()], [[cell(unclean)], Across(cell(unclean))])], 40) == [clean(unclean)] * 3
    )
    assert clean(unclean) == "a\ufffd[31mb\ufffdc\ufffdd"


def test_an_empty_line_stays_empty() -> None:
    assert shown([BLANK, line("", indent=4)], 20) == ["", ""]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Attention", 9), ("量化", 4), ("Ａ", 2), ("ｱ", 1), ("✓◐○–…", 5),
        ("e\u0301", 1), ("مُحَمَّد", 4), ("שָׁלוֹם", 4), ("か\u3099", 2), ("می\u200cخواهم", 7),
        ("การเรียนรู้เชิงลึก", 13), ("हिन्दी", 5), ("বাংলা", 5), ("\u1112\u1161\u11ab\u1100\u116e\u11a8", 4),
        ("👨‍👩‍👧‍👦 Family", 9), ("👩🏽‍💻", 2), ("🇩🇪🇫🇷", 4), ("❤\ufe0f", 2), ("❤\ufe0e", 1), ("1\ufe0f\u20e3", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2), ("क्\u200dष", 2),
    ],
)  # fmt: skip
def test_a_text_is_as_wide_as_terminals_make_it(text: str, columns: int) -> None:
    assert width(text) == columns


def test_an_emoji_of_several_is_never_parted() -> None:
    assert shown([line("👨‍👩‍👧‍👦" * 5)], 8) == ["👨‍👩‍👧‍👦" * 4, "👨‍👩‍👧‍👦"]
    assert shown([line("ม่" * 12)], 8) == ["ม่" * 8, "ม่" * 4]


def flow(*texts: str) -> Flow:
    return Flow([cell((text, "whole")) for text in texts], indent=2, label=cell("Fruit"))


def test_cells_of_a_flow_that_are_wider_than_the_terminal_stand_on_lines_of_their_own() -> None:
    assert shown([flow("apples and pears", "plums and cherries", "figs")], 26) == [
        "  Fruit  apples and pears",
        "         plums and",
        "         cherries",
        "         figs",
    ]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (40, ["  Fruit  apple   plum    orange", "         banana  quince"]),
        (24, ["  Fruit  apple   quince", "         banana  orange", "         plum"]),
        (20, ["  Fruit  apple", "         banana", "         plum", "         quince", "         orange"]),
        (None, ["  Fruit  apple", "         banana", "         plum", "         quince", "         orange"]),
    ],
    ids=["three columns, read downwards", "two", "one", "a pipe: one under the other"],
)
def test_a_flow_takes_as_many_columns_as_fit(columns: int | None, lines: list[str]) -> None:
    assert shown([flow("apple", "banana", "plum", "quince", "orange")], columns) == lines


def test_a_flow_with_a_long_cell_fills_its_lines_instead() -> None:
    assert shown([flow("a very long cell indeed", "pear", "fig", "one more long cell", "nut")], 34) == [
        "  Fruit  a very long cell indeed",
        "         pear   fig",
        "         one more long cell   nut",
    ]


def test_either_has_one_form_for_wide_terminals_and_pipes_and_one_for_narrow_ones() -> None:
    either: list[Block] = [Either(50, [line("wide")], [line("narrow"), line("two lines")])]
    assert shown(either, 50) == shown(either, None) == ["wide"]
    assert shown(either, 49) == ["narrow", "two lines"]


def test_a_row_across_that_is_folded_hangs_under_its_beginning() -> None:
    rows: list[Sequence[Cell] | Across] = [
        Across(cell("one two three four"), cell("5 h"), hang=2),
        [cell("a"), cell("some words")],
    ]
    assert shown([Table([Column(), Column(folds=True)], rows)], 14) == [
        "one two",
        "  three",
        "  four    5 h",
        "a  some words",
    ]


def test_what_is_whole_stays_on_one_line_as_long_as_it_fits() -> None:
    text = line(("○ 2.6 Evaluation", "whole"), ", ", ("○ 2.7 Quantization", "whole"))
    assert shown([text], 34) == ["○ 2.6 Evaluation,", "○ 2.7 Quantization"]
    assert shown([text], 12) == ["○ 2.6", "Evaluation,", "○ 2.7", "Quantization"]


WORDS = st.lists(st.text(alphabet="ab量化，。（）", min_size=1, max_size=12), max_size=12)


@given(WORDS, st.integers(MIN_ROOM, 60), st.integers(0, 4))
def test_folding_loses_nothing_and_keeps_to_the_width(words: list[str], columns: int, hang: int) -> None:
    text = " ".join(words)
    lines = shown([Line(cell(text), 0, hang if columns - hang >= MIN_ROOM else 0)], columns)
    assert all(width(each) <= columns for each in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("columns", [1, 10, 20])
def test_a_terminal_too_narrow_for_anything_still_shows_everything(columns: int) -> None:
    table = Table(
        [Column(), Column(folds=True), Column(folds=True)], [[cell("2.1"), cell("one two"), cell("three")]], 4
    )
    assert "".join(shown([table], columns)).replace(" ", "") in ("2.1onetwothree", "2.1onethreetwo")


def test_neither_a_text_nor_a_link_can_drive_a_terminal() -> None:
    [[span]] = laid_out([Line([Span("a\x1b[2J", "", "https://example.org/\x1b\\\x07")])], None)
    assert (span.text, span.link) == ("a\ufffd[2J", "https://example.org/\ufffd\\\ufffd")
