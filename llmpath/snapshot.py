"""How a curriculum is kept for the daily commands: one JSON document per language, one for all names, one for a TAB.

Written once from the models, read by every command without pydantic. Values stand in the order of the fields of
`catalog`, so that reading is `NamedTuple._make`. Never pickle: a cache folder is not a place to run code from.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from llmpath.catalog import Concept, Curriculum, Names, Part, Resource, Source, Topic
from llmpath.names import folded

if TYPE_CHECKING:
    from llmpath import models

FORMAT = 1
"""Changes with the form of the documents, so that an older cache is made anew."""


def documents_of(curriculum: "models.Curriculum") -> dict[str, Any]:
    """Every document of a curriculum, by its file name."""
    documents: dict[str, Any] = {
        f"{language}.json": _dumped(curriculum, Curriculum, language) for language in curriculum.languages
    }
    documents["names.json"] = _names_of(curriculum)
    documents["index.json"] = _index_of(curriculum)
    documents["search.json"] = _search_rows(curriculum)
    return documents


def _index_of(curriculum: "models.Curriculum") -> dict[str, Any]:
    """What a TAB needs: addresses and, in each language, titles, both in teaching order."""
    entries: list[tuple[str, Any]] = []
    for topic in curriculum.topics:
        entries.append((topic.id, topic))
        entries += [(f"{topic.id}/{concept.id}", concept) for concept in topic.concepts]
        entries += [(f"{topic.id}/{resource.id}", resource) for resource in topic.resources]
    return {
        "id": curriculum.id,
        "languages": curriculum.languages,
        "parts": [part.id for part in curriculum.parts],
        "items": {address: _title(entry.title, curriculum.languages) for address, entry in entries},
    }


def _search_rows(curriculum: "models.Curriculum") -> list[list[Any]]:
    """For each item its address, its names and all its texts, folded, in every language."""
    rows: list[list[Any]] = []

    def note(address: str, names: list[str], texts: list[str]) -> None:
        rows.append([address, list(dict.fromkeys(map(folded, names))), " ".join(map(folded, texts))])

    for topic in curriculum.topics:
        note(topic.id, [topic.id, *topic.title.values(), *topic.aliases], list(topic.summary.values()))
        for concept in topic.concepts:
            names = [concept.id, *concept.title.values(), *concept.aliases]
            note(f"{topic.id}/{concept.id}", names, list(concept.summary.values()))
        for resource in topic.resources:
            names = [resource.id, resource.title]
            note(f"{topic.id}/{resource.id}", names, [*resource.note.values(), *resource.authors])
    return rows


def _title(title: dict[str, str] | str, languages: list[str]) -> list[str] | str:
    return title if isinstance(title, str) else [title[language] for language in languages]


def _dumped(entry: Any, light: Any, language: str) -> list[Any]:
    """The values of a model in the order of its light class, texts in one language."""
    return [_value(getattr(entry, field), field, language) for field in light._fields]


def _value(value: Any, field: str, language: str) -> Any:
    nested: dict[str, Any] = {
        "sources": Source, "parts": Part, "topics": Topic, "concepts": Concept, "resources": Resource
    }  # fmt: skip
    if isinstance(value, dict):
        return value[language]
    if isinstance(value, list) and value and hasattr(value[0], "model_fields_set"):
        return [_dumped(entry, nested[field], language) for entry in value]
    return value


def _names_of(curriculum: "models.Curriculum") -> list[dict[str, list[str]]]:
    aliases: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    part_titles: dict[str, list[str]] = {}

    def note(table: dict[str, list[str]], name: str, address: str) -> None:
        addresses = table.setdefault(folded(name), [])
        if address not in addresses:
            addresses.append(address)

    for part in curriculum.parts:
        for title in part.title.values():
            note(part_titles, title, part.id)
    for topic in curriculum.topics:
        for alias in topic.aliases:
            note(aliases, alias, topic.id)
        for title in topic.title.values():
            note(titles, title, topic.id)
        for concept in topic.concepts:
            for alias in concept.aliases:
                note(aliases, alias, f"{topic.id}/{concept.id}")
            for title in concept.title.values():
                note(titles, title, f"{topic.id}/{concept.id}")
        for resource in topic.resources:
            note(titles, resource.title, f"{topic.id}/{resource.id}")
    return [aliases, titles, part_titles]


def curriculum_from(document: Any) -> Curriculum:
    """The light curriculum that `documents_of` wrote. Raises `ValueError`, `TypeError` or `IndexError` on another."""
    curriculum_id, title, summary, languages, sources, parts, topics = document
    return Curriculum(
        curriculum_id,
        title,
        summary,
        languages,
        _all(Source._make, sources),
        _all(Part._make, parts),
        [_topic(topic) for topic in topics],
    )


def _topic(values: list[Any]) -> Topic:
    return Topic._make([*values[:-2], _all(Concept._make, values[-2]), _all(Resource._make, values[-1])])


def _all(make: Callable[[list[Any]], Any], rows: list[list[Any]]) -> list[Any]:
    return [make(row) for row in rows]


def names_from(document: Any) -> Names:
    """The names that `documents_of` wrote."""
    return Names(*document)
