"""Questions as notes for Anki, in the text format that it imports. Pure.

Each note has a guid made from our own ids, so that importing again updates the note and its schedule stays.
"""

import html
from collections.abc import Iterable
from typing import NamedTuple

COLUMNS = ("guid", "Front", "Back", "tags")


class Card(NamedTuple):
    """One question: `guid` tells it from every other, `tags` have no spaces in them."""

    guid: str
    front: str
    back: str
    tags: tuple[str, ...]


def text_of(cards: Iterable[Card]) -> str:
    """The file: its headers, then a line for each card, with the text as HTML that shows it as it is."""
    head = [
        "#separator:tab",
        "#html:true",
        "#notetype:Basic",
        f"#columns:{chr(9).join(COLUMNS)}",
        "#guid column:1",
        "#tags column:4",
    ]
    rows = ("\t".join((card.guid, _field(card.front), _field(card.back), " ".join(card.tags))) for card in cards)
    return "".join(f"{line}\n" for line in (*head, *rows))


def _field(text: str) -> str:
    """A text as HTML in one line. A quote at the beginning would open a quoted field."""
    return "<br>".join(html.escape(line.replace("\t", " ")) for line in text.splitlines())
