"""How a curriculum is kept for the daily commands: JSON for each language and for all names, an index for a TAB.

Written once from the models, read by every command without pydantic. Values stand in the order of the fields of
`catalog`, so that reading is `NamedTuple._make`. Never pickle: a cache folder is not a place to run code from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmpath.catalog import Concept, Curriculum, Names, Part, Resource, Source, Topic
from llmpath.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from llmpath import models


FORMAT = 2
"""Changes with the form of the documents, so that an older cache is made anew."""

INDEX = ".tsv"
"""The ending of an index's name, after its language."""


def documents_of(curriculum: models.Curriculum) -> dict[str, Any]:
    """Every document of a curriculum, by its file name."""
    documents: dict[str, Any] = {
        f"{language}.json": _dumped(curriculum, Curriculum, language) for language in curriculum.languages
    }
    documents["names.json"] = _names_of(curriculum)
    documents |= {language + INDEX: _index_of(curriculum, language) for language in curriculum.languages}
    documents["languages.json"] = curriculum.languages
    documents["search.json"] = _search_rows(curriculum)
    return documents


def _index_of(curriculum: models.Curriculum, language: str) -> str:
    """What a TAB needs, in lines, for importing `json` would take longer than the whole answer.

    First the curriculum's id; then a line for each part: its id, title and topics; after an empty line one for each
    item in teaching order: its address, title and former addresses. Tabs stand between, spaces in a list.
    """
    lines = [curriculum.id]
    lines += [_line(part.id, _text(part.title, language), part.topics) for part in curriculum.parts]
    lines.append("")
    for topic in curriculum.topics:
        lines.append(_line(topic.id, _text(topic.title, language), topic.former_ids))
        entries: list[Any] = [*topic.concepts, *topic.resources]
        for entry in entries:
            own, *former = [f"{t}/{e}" for t in (topic.id, *topic.former_ids) for e in (entry.id, *entry.former_ids)]
            lines.append(_line(own, _text(entry.title, language), former))
    return "\n".join(lines) + "\n"


def _line(name: str, title: str, listed: Sequence[str]) -> str:
    return f"{name}\t{' '.join(title.split())}\t{' '.join(listed)}"


def _search_rows(curriculum: models.Curriculum) -> list[list[str]]:
    """Rows of `search.Row` in every language at once: all topics, then all concepts, then all resources."""
    rows: list[list[str]] = []

    def note(address: str, names: list[str], texts: list[str]) -> None:
        rows.append([address, "\n".join(dict.fromkeys(map(folded, names))), " ".join(map(folded, texts))])

    for topic in curriculum.topics:
        note(topic.id, [topic.id, *topic.title.values(), *topic.aliases], list(topic.summary.values()))
    for topic in curriculum.topics:
        for concept in topic.concepts:
            names = [concept.id, *concept.title.values(), *concept.aliases]
            note(f"{topic.id}/{concept.id}", names, list(concept.summary.values()))
    for topic in curriculum.topics:
        for resource in topic.resources:
            names = [resource.id, resource.title]
            note(f"{topic.id}/{resource.id}", names, [*resource.note.values(), *resource.authors])
    return rows


def _text(text: dict[str, str] | str, language: str) -> str:
    return text if isinstance(text, str) else text[language]


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


def _names_of(curriculum: models.Curriculum) -> list[dict[str, list[str]]]:
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
