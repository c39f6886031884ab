"""Questions as notes for Anki, in the text format that it imports. Pure.

Each note has a guid made from our own ids, so that importing again updates the note and its schedule stays.
"""

import html
from collections.abc import Collection, Iterable
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Question, Resource, whole_id

COLUMNS = ("guid", "Front", "Back", "tags")


class Card(NamedTuple):
    """One question: `guid` tells it from every other, `tags` have no spaces in them."""

    guid: str
    front: str
    back: str
    tags: tuple[str, ...]


def cards_of(catalog: Catalog, concepts: Collection[str] | None = None) -> list[Card]:
    """A card for each question, of some concepts or of all, in teaching order."""
    course = catalog.curriculum.id
    return [
        Card(
            f"{course}/{topic.id}/{name}/{question.id}",
            question.ask,
            _back(catalog, topic.id, question),
            (f"{course}::{topic.id}",),
        )
        for topic in catalog.briefs.values()
        for name in topic.concepts
        if concepts is None or f"{topic.id}/{name}" in concepts
        for question in catalog.curriculum.questions.get(topic.id, ())
        if question.concept == name
    ]


def _back(catalog: Catalog, topic: str, question: Question) -> str:
    """The answer, and in which resource it stands."""
    item = catalog.find(whole_id(question.source, topic))
    if item is None or not isinstance(item.entry, Resource):
        return question.answer
    place = f" ({question.where})" if question.where else ""
    return "\n".join([question.answer, "", f"{item.entry.title}{place}", item.entry.url or ""]).strip()


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
