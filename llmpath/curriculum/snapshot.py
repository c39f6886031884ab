"""How the daily commands read a compiled curriculum: rows of texts, without pydantic and without a parser.

Values stand in the order of the fields of `catalog`. There is a document for each language and one for all names; in
that of a language a topic has a sheet of its own, and is read where it is shown, while the first sheet has what is
needed all the time. `compiling` writes what is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmpath.curriculum.catalog import Brief, Concept, Curriculum, Digest, Names, Part, Resource, Source, Topic, Topics
from llmpath.curriculum.rows import ENDING, Rows, Sheets, list_of, rows_of

FORMAT = 4
"""Changes with the form of the documents, so that an older cache is made anew."""

NAMES, SEARCH, LANGUAGES = f"names{ENDING}", f"search{ENDING}", f"languages{ENDING}"
"""The documents for all languages at once."""


def curriculum_from(sheets: Sheets, load_topic: Callable[[int], Topic]) -> tuple[Curriculum, Digest]:
    """The light curriculum that such sheets begin with, whose topics `load_topic` gives by their places.

    Raises `ValueError`, `TypeError` or `LookupError` for others.
    """
    parts: list[Part] = []
    sources: list[Source] = []
    briefs: list[Brief] = []
    former: dict[str, list[str]] = {}
    (_, curriculum_id, title, summary, languages), *others = rows_of(sheets[0])
    for name, *values in others:
        match name:
            case "Brief":
                briefs.append(_brief(*values))
            case "Part":
                parts.append(_part(*values))
            case "Source":
                sources.append(_source(*values))
            case "former":
                former[values[0]] = list_of(values[1])
            case _:
                raise ValueError(name)
    topics = Topics(len(briefs), load_topic)
    return Curriculum(curriculum_id, title, summary, list_of(languages), sources, parts, topics), Digest(briefs, former)


def topic_from(sheets: Sheets, place: int) -> Topic:
    """The topic at a place of such sheets. Raises `ValueError`, `TypeError` or `LookupError` for others."""
    concepts: list[Concept] = []
    resources: list[Resource] = []
    (_, *own), *others = rows_of(sheets[1 + place])
    for name, *values in others:
        if name == "Resource":
            resources.append(_resource(*values))
        else:
            concepts.append(_concept(*values))
    return _topic(*own, concepts=concepts, resources=resources)


def _source(name: str, title: str, author: str, url: str, language: str) -> Source:
    return Source(name, title, author or None, url or None, language)


def _part(name: str, title: str, summary: str, topics: str) -> Part:
    return Part(name, title, summary, list_of(topics))


def _brief(
    name: str,
    title: str,
    requires: str,
    practice_minutes: str,
    concepts: str,
    resources: str,
    core: str,
    core_minutes: str,
) -> Brief:
    return Brief(
        name,
        title,
        list_of(requires),
        int(practice_minutes),
        list_of(concepts),
        list_of(resources),
        [slot.split(" ") for slot in list_of(core)],
        [int(minutes) for minutes in list_of(core_minutes)],
    )


def _topic(
    name: str,
    title: str,
    summary: str,
    aliases: str,
    requires: str,
    practice_minutes: str,
    core: str,
    see_also: str,
    former_ids: str,
    *,
    concepts: Sequence[Concept],
    resources: Sequence[Resource],
) -> Topic:
    return Topic(
        name,
        title,
        summary,
        list_of(aliases),
        list_of(requires),
        int(practice_minutes),
        [slot.split(" ") if " " in slot else slot for slot in list_of(core)],
        list_of(see_also),
        list_of(former_ids),
        concepts,
        resources,
    )


def _concept(name: str, title: str, summary: str, aliases: str, former_ids: str) -> Concept:
    return Concept(name, title, summary, list_of(aliases), list_of(former_ids))


def _resource(
    name: str,
    title: str,
    url: str,
    former_urls: str,
    kind: str,
    language: str,
    authors: str,
    level: str,
    minutes: str,
    concepts: str,
    note: str,
    sources: str,
    former_ids: str,
) -> Resource:
    return Resource(
        name,
        title,
        url,
        list_of(former_urls),
        kind,
        language,
        list_of(authors),
        level,
        int(minutes) if minutes else None,
        list_of(concepts),
        note,
        list_of(sources),
        list_of(former_ids),
    )


def names_from(sheets: Sheets) -> Names:
    """The names of such rows. Raises `ValueError` or `LookupError` for others."""
    tables: dict[str, dict[str, list[str]]] = {field: {} for field in Names._fields}
    for field, name, *addresses in rows_of(sheets[0]):
        tables[field][name] = addresses
    return Names(**tables)


def search_rows_from(sheets: Sheets) -> Rows:
    """The rows of `search.Row` of such rows. Raises `ValueError` or `LookupError` for others."""
    return [[address, "\n".join(list_of(names)), texts] for address, names, texts in rows_of(sheets[0])]
