"""Makes of a curriculum, as the models define it, the documents that the daily commands read.

Never pickle: a cache folder is not a place to run code from. `snapshot` reads what is written here. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.curriculum import models
from llmpath.curriculum.catalog import Concept, Curriculum, Names, Part, Resource, Source, Topic, digest_of
from llmpath.curriculum.rows import ENDING, Row, Rows, document_of, listed
from llmpath.curriculum.snapshot import LANGUAGES, NAMES, SEARCH
from llmpath.files.folders import INDEX
from llmpath.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def documents_of(curriculum: models.Curriculum) -> dict[str, bytes]:
    """Every document of a curriculum, by its file name."""
    documents = {language + ENDING: _curriculum_sheets(curriculum, language) for language in curriculum.languages}
    documents |= {language + INDEX: [_index_rows(curriculum, language)] for language in curriculum.languages}
    documents[NAMES] = [_name_rows(curriculum)]
    documents[SEARCH] = [_search_rows(curriculum)]
    documents[LANGUAGES] = [[curriculum.languages]]
    return {name: document_of(sheets) for name, sheets in documents.items()}


# a curriculum in one language


def _curriculum_sheets(curriculum: models.Curriculum, language: str) -> list[Rows]:
    """First the curriculum, its sources, its parts, its topics in brief and former addresses; then a sheet per topic.

    Each object has a row, which its class begins; values are those of the fields that hold no other objects.
    """
    light = in_language(curriculum, language)
    digest = digest_of(light)
    former = [["former", address, listed(addresses)] for address, addresses in digest.former.items()]
    first = [_row(light), *map(_row, [*light.sources, *light.parts, *digest.briefs]), *former]
    return [first, *([_row(topic), *map(_row, [*topic.concepts, *topic.resources])] for topic in light.topics)]


HOLDING = {"Curriculum": ("sources", "parts", "topics"), "Topic": ("concepts", "resources")}
"""Classes to their fields that hold other objects."""

CLASSES: dict[str, Any] = {
    "sources": Source, "parts": Part, "topics": Topic, "concepts": Concept, "resources": Resource
}  # fmt: skip
"""These fields to the classes of what they hold."""


def in_language(entry: models.Curriculum, language: str) -> Curriculum:
    """The light view of a curriculum in one of its languages."""
    curriculum: Curriculum = _light(entry, Curriculum, language)
    return curriculum


def _light(entry: Any, light: Any, language: str) -> Any:
    held = HOLDING.get(light.__name__, ())
    values = ((field, getattr(entry, field)) for field in light._fields)
    return light(
        *(
            [_light(each, CLASSES[field], language) for each in value]
            if field in held
            else value[language]
            if isinstance(value, dict)
            else value
            for field, value in values
        )
    )


def _row(entry: Any) -> Row:
    name = type(entry).__name__
    return [name, *(_written(getattr(entry, field)) for field in entry._fields if field not in HOLDING.get(name, ()))]


def _written(value: Any) -> str:
    """A value as text; in a list of lists, which a core is, spaces stand between the inner ones' values."""
    if isinstance(value, list):
        return listed(" ".join(entry) if isinstance(entry, list) else str(entry) for entry in value)
    return "" if value is None else str(value)


# names


def _name_rows(curriculum: models.Curriculum) -> Rows:
    """For each folded name a row: the field of `Names` in which it stands, the name, and what it leads to."""
    tables: dict[str, dict[str, dict[str, None]]] = {field: {} for field in Names._fields}

    def add(field: str, names: Iterable[str], address: str) -> None:
        for name in names:
            tables[field].setdefault(folded(name), {})[address] = None

    for part in curriculum.parts:
        add("part_titles", part.title.values(), part.id)
    for topic in curriculum.topics:
        add("aliases", topic.aliases, topic.id)
        add("titles", topic.title.values(), topic.id)
        for concept in topic.concepts:
            add("aliases", concept.aliases, f"{topic.id}/{concept.id}")
            add("titles", concept.title.values(), f"{topic.id}/{concept.id}")
        for resource in topic.resources:
            add("titles", [resource.title], f"{topic.id}/{resource.id}")
    return [[field, name, *addresses] for field, table in tables.items() for name, addresses in table.items()]


# what a search looks through, and a TAB


def _search_rows(curriculum: models.Curriculum) -> Rows:
    """Rows of `search.Row` in every language at once: all topics, then all concepts, then all resources."""
    rows: Rows = []

    def add(address: str, names: list[str], texts: list[str]) -> None:
        rows.append([address, listed(dict.fromkeys(map(folded, names))), " ".join(map(folded, texts))])

    for topic in curriculum.topics:
        add(topic.id, [topic.id, *topic.title.values(), *topic.aliases], list(topic.summary.values()))
    for topic in curriculum.topics:
        for concept in topic.concepts:
            names = [concept.id, *concept.title.values(), *concept.aliases]
            add(f"{topic.id}/{concept.id}", names, list(concept.summary.values()))
    for topic in curriculum.topics:
        for resource in topic.resources:
            names = [resource.id, resource.title]
            add(f"{topic.id}/{resource.id}", names, [*(resource.note or {}).values(), *resource.authors])
    return rows


def _index_rows(curriculum: models.Curriculum, language: str) -> Rows:
    """What a TAB needs: ids and titles.

    First the curriculum's id and the number of its parts; then for each part its id, title and topics; then for each
    item in teaching order its address, title and former addresses.
    """
    rows = [[curriculum.id, str(len(curriculum.parts))]]
    rows += [[part.id, part.title[language], listed(part.topics)] for part in curriculum.parts]
    for topic in curriculum.topics:
        rows.append([topic.id, topic.title[language], listed(topic.former_ids)])
        for concept in topic.concepts:
            rows.append(_index_row(topic, concept, concept.title[language]))
        for resource in topic.resources:
            rows.append(_index_row(topic, resource, resource.title))
    return rows


def _index_row(topic: models.Topic, entry: models.Concept | models.Resource, title: str) -> list[str]:
    own, *former = [f"{t}/{e}" for t in (topic.id, *topic.former_ids) for e in (entry.id, *entry.former_ids)]
    return [own, title, listed(former)]
