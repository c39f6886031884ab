"""The curriculum with its progress as data: one row per topic, concept and resource, or one document. Pure.

Both forms have the same records with the same fields. Their names are those of the JSON of `show`, where it has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Catalog, Concept, Resource, Source, Topic, core_slots, hours
from llmpath.guide import views
from llmpath.progress.progress import Figure, Progress
from llmpath.text.clean import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ConceptRecord(NamedTuple):
    """A concept with its progress. `on`: the day of its state; `at`: when that was recorded; both may be unknown."""

    id: str
    topic: str
    title: str
    summary: str
    aliases: Sequence[str]
    former_ids: Sequence[str]
    state: str
    on: date | None
    at: datetime | None
    my_note: str | None


class ResourceRecord(NamedTuple):
    """A resource with its progress. `core`: whether it is in its topic's core; `concepts`: addresses."""

    id: str
    topic: str
    title: str
    url: str
    former_urls: Sequence[str]
    kind: str
    language: str
    authors: Sequence[str]
    level: str
    minutes: int | None
    core: bool
    concepts: Sequence[str]
    note: str
    sources: Sequence[str]
    former_ids: Sequence[str]
    state: str
    on: date | None
    at: datetime | None
    my_note: str | None


class TopicRecord(NamedTuple):
    """A topic with its progress and everything in it. `core_slots`: its core in reading order, alternatives together.

    `state` is the one that is shown; of a topic that is under way through its entries alone `on` and `at` are unknown.
    """

    id: str
    number: str
    part: str
    title: str
    summary: str
    aliases: Sequence[str]
    requires: Sequence[str]
    opens: Sequence[str]
    hours: float
    practice_minutes: int
    core_slots: Sequence[Sequence[str]]
    see_also: Sequence[str]
    former_ids: Sequence[str]
    state: str
    on: date | None
    at: datetime | None
    my_note: str | None
    concepts: Sequence[ConceptRecord]
    resources: Sequence[ResourceRecord]


class PartRecord(NamedTuple):
    """A part with its own figure; `topics` are ids."""

    id: str
    number: int
    title: str
    summary: str
    progress: Figure
    topics: Sequence[str]


class CurriculumRecord(NamedTuple):
    """What the curriculum says of itself. `languages`: those it is written in, the fall-back first."""

    id: str
    title: str
    summary: str
    languages: Sequence[str]
    sources: Sequence[Source]


class GoneRecord(NamedTuple):
    """A record of an item that the curriculum no longer has; `id` is its address."""

    id: str
    state: str
    on: date | None
    at: datetime | None
    my_note: str | None


class Export(NamedTuple):
    """`export json`: everything in one document; topics, concepts and resources in teaching order."""

    curriculum: CurriculumRecord
    progress: Figure
    goal: str | None
    parts: Sequence[PartRecord]
    topics: Sequence[TopicRecord]
    gone: Sequence[GoneRecord]
    kind: str = "export"


def export_of(catalog: Catalog, progress: Progress) -> Export:
    """The curriculum in its language in force, with the progress in it."""
    curriculum = catalog.curriculum
    parts = [
        PartRecord(part.id, number, part.title, part.summary, progress.figure(part.topics), part.topics)
        for number, part in enumerate(curriculum.parts, 1)
    ]
    opened = graph.opened_by(catalog.requires)
    topics = [_topic(catalog, progress, topic, opened[topic.id]) for topic in curriculum.topics]
    gone = [GoneRecord(name, *_state(progress, name)) for name in progress.unknown_items()]
    about = CurriculumRecord(
        curriculum.id, curriculum.title, curriculum.summary, curriculum.languages, curriculum.sources
    )
    return Export(about, progress.figure(), progress.goal, parts, topics, gone)


def _topic(catalog: Catalog, progress: Progress, topic: Topic, opens: Sequence[str]) -> TopicRecord:
    return TopicRecord(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        topic.summary,
        topic.aliases,
        topic.requires,
        opens,
        hours(catalog.briefs[topic.id].minutes),
        topic.practice_minutes,
        [[f"{topic.id}/{resource.id}" for resource in slot] for slot in core_slots(topic)],
        topic.see_also,
        topic.former_ids,
        *_state(progress, topic.id),
        [_concept(progress, topic, concept) for concept in topic.concepts],
        [_resource(progress, topic, resource) for resource in topic.resources],
    )


def _concept(progress: Progress, topic: Topic, concept: Concept) -> ConceptRecord:
    address = f"{topic.id}/{concept.id}"
    texts = concept.title, concept.summary, concept.aliases, concept.former_ids
    return ConceptRecord(address, topic.id, *texts, *_state(progress, address))


def _resource(progress: Progress, topic: Topic, resource: Resource) -> ResourceRecord:
    view = views.resource_view(progress, topic, resource)
    return ResourceRecord(
        view.id,
        view.topic,
        view.title,
        view.url,
        view.former_urls,
        view.kind,
        view.language,
        view.authors,
        view.level,
        view.minutes,
        view.core,
        view.concepts,
        view.note,
        view.sources,
        resource.former_ids,
        *_state(progress, view.id),
    )


def _state(progress: Progress, address: str) -> tuple[str, date | None, datetime | None, str | None]:
    """The state, its day, when something was last recorded, and the user's notes; no day for what is to do."""
    return progress.state(address), progress.day(address), progress.written_at(address), progress.note(address)


COLUMNS = (
    "type",
    "id",
    "number",
    "part",
    "topic",
    "title",
    "state",
    "on",
    "at",
    "my_note",
    "kind",
    "language",
    "minutes",
    "level",
    "core",
    "url",
    "summary",
    "note",
    "authors",
    "concepts",
    "sources",
    "hours",
    "practice_minutes",
    "requires",
    "opens",
    "core_slots",
    "see_also",
    "aliases",
    "former_urls",
    "former_ids",
)
"""The columns of the table: what each row has, then what only some have. A list stands in one cell."""

BETWEEN = " | "
BETWEEN_ALTERNATIVES = " or "

_FORMULA = re.compile(r"(^|[\n;])(?=\s*[=+\-@＝＋－＠])")
_LINE_END = re.compile(r"\r\n|\r")


def csv_of(export: Export) -> str:
    """The table as RFC 4180 has it: commas, quotation marks where they are needed, lines that end with CR LF.

    No cell begins a formula: one that would, in whatever line of it or behind a semicolon (which is the separator in
    half of Europe), gets an apostrophe before it. A tab becomes a space; what could drive a terminal, U+FFFD.
    """
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for topic in export.topics:
        context = {"number": topic.number, "part": topic.part, "topic": topic.id}
        for name, records in (("topic", [topic]), ("concept", topic.concepts), ("resource", topic.resources)):
            for record in records:
                row = {**context, **record._asdict(), "type": name}
                if name == "topic":
                    row["concepts"] = None
                writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _harmless(BETWEEN.join(_joined(entry) for entry in value))
    return _harmless(str(value))


def _joined(entry: Any) -> str:
    return entry if isinstance(entry, str) else BETWEEN_ALTERNATIVES.join(entry)


def _harmless(text: str) -> str:
    lines = _LINE_END.sub("\n", text).replace("\t", " ").split("\n")
    return _FORMULA.sub(r"\1'", "\n".join(clean(line) for line in lines))
