"""Other people's words in Markdown: read as they are, by a parser that is not ours."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from llmpath.exchange.markdown import destination, escaped, link, quoted
from llmpath.text.clean import clean

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "*_`[]()<>!#-+=~|$%^&;:\\/.1a \n\t\r"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=60)


def paragraphs(markdown: str) -> list[Any]:
    """The inline content of each block; where there is a block of another sort than `allowed`, the test fails."""
    tokens = PARSER.parse(markdown)
    assert {token.type for token in tokens} <= {
        "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close", "inline",
    }  # fmt: skip
    return [token.children for token in tokens if token.type == "inline"]


def one_line(text: str) -> str:
    """What a text is in one line: white space of ASCII is one space, what could drive a terminal is replaced."""
    for space in "\t\r\n\f\v":
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return clean(text.strip(" ")).strip()


@given(TEXTS)
def test_a_text_is_read_as_it_is_whatever_signs_it_has(text: str) -> None:
    wanted = one_line(text)
    found = paragraphs(escaped(text))
    assert [[(child.type, child.content) for child in children] for children in found] == (
        [[("text", wanted)]] if wanted else []
    )


@given(TEXTS)
def test_a_link_shows_its_text_and_leads_to_its_address(text: str) -> None:
    wanted = one_line(text)
    [children] = paragraphs(link(text, "https://example.org/a_(b)?c=1&d=2"))
    assert children[0].type == "link_open"
    assert children[0].attrs["href"] == "https://example.org/a_(b)?c=1&d=2"
    assert "".join(child.content for child in children[1:-1]) == wanted
    assert {child.type for child in children[1:-1]} <= {"text"}


@given(TEXTS)
def test_a_note_stays_inside_its_quotation_line_by_line(text: str) -> None:
    lines = [wanted for line in text.splitlines() if (wanted := one_line(line))]
    found = paragraphs("\n".join(quoted(text)))
    assert ["".join(child.content for child in children) for children in found] == lines
    assert all(line.startswith(">") for line in quoted(text))


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("see https://x.org/a_b*c.", "> see <https://x.org/a_b*c>."),
        ("(https://x.org/~me/)", "> (<https://x.org/~me/>)"),
        ("https://x.org/?q=1 and http://y.org", "> <https://x.org/?q=1> and <http://y.org>"),
        ("javascript:alert(1)", "> javascript:alert(1)"),
    ],
)
def test_web_addresses_in_notes_are_links(note: str, wanted: str) -> None:
    assert quoted(note) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("C# and R&D", r"C\# and R&D"),
        ("a <b> &amp; --> c", "a &lt;b> &amp;amp; --> c"),
        ("<!-- llmpath: x -->", "&lt;!-- llmpath: x -->"),
        ("snake_case_name _em_", r"snake_case_name \_em\_"),
        ("==mark== 100 %% x = y", r"\=\=mark\=\= 100 \%\% x = y"),
        ("1. first", r"1\. first"),
        ("2.5 times", "2.5 times"),
        ("- item", r"\- item"),
        ("  two\n lines ", "two lines"),
        ("\x1b[31mred\u202e", "\ufffd\\[31mred\ufffd"),
        ("量化 #标签", r"量化 \#标签"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, wanted: str) -> None:
    assert escaped(text) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://x.org/A_(b)", "https://x.org/A_(b)"),
        ("https://x.org/A)b", "https://x.org/A%29b"),
        ("https://x.org/)(", "https://x.org/%29%28"),
        ("https://x.org/?a=<b>", "https://x.org/?a=%3Cb%3E"),
        ("https://x.org/?a&lt;b", "https://x.org/?a&amp;lt;b"),
        ("https://x.org/?a=1&b=2", "https://x.org/?a=1&b=2"),
    ],
)
def test_an_address_cannot_end_its_link(url: str, wanted: str) -> None:
    assert destination(url) == wanted
