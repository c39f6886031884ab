"""The rules of a curriculum that no single entry can break alone: what has to fit together, and what is legal but poor.

Pure: models in, faults out, every fault at once, in the order of the files.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from llmpath import graph
from llmpath.faults import Fault
from llmpath.models import TIMED_KINDS, Concept, Outline, Resource, Topic
from llmpath.names import folded

OUTLINE = "curriculum.toml"


def topic_file(topic_id: str) -> str:
    """Where a topic's file stands inside a curriculum's folder."""
    return f"topics/{topic_id}.toml"


def faults_of(outline: Outline, topics: Sequence[Topic]) -> list[Fault]:
    """Everything that does not fit together, warnings among it."""
    return [
        *_outline_faults(outline, topics),
        *(fault for topic in topics for fault in _topic_faults(outline, topic)),
        *_requirement_faults(topics),
        *_name_faults(topics),
        *_address_faults(topics),
        *_see_also_faults(topics),
    ]


def _doubles(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _outline_faults(outline: Outline, topics: Sequence[Topic]) -> Iterator[Fault]:
    for name, values in (
        ("parts", [part.id for part in outline.parts]),
        ("sources", [source.id for source in outline.sources]),
        ("languages", outline.languages),
        ("parts.topics", [topic for part in outline.parts for topic in part.topics]),
    ):
        for value in _doubles(values):
            yield Fault("double_id", OUTLINE, name, 0, (value,))
    topic_ids = {topic.id for topic in topics}
    for part in outline.parts:
        if part.id in topic_ids:
            yield Fault("part_named_as_topic", OUTLINE, f"parts.{part.id}", 0, (part.id,))
        if not part.topics:
            yield Fault("empty_part", OUTLINE, f"parts.{part.id}", 0, (part.id,), is_warning=True)
    texts = {"title": outline.title, "summary": outline.summary}
    for part in outline.parts:
        texts |= {f"parts.{part.id}.title": part.title, f"parts.{part.id}.summary": part.summary}
    yield from _language_faults(outline, OUTLINE, texts)


def _language_faults(outline: Outline, file: str, texts: dict[str, dict[str, str]]) -> Iterator[Fault]:
    for entry, text in texts.items():
        for language in outline.languages:
            if language not in text:
                yield Fault("missing_language", file, entry, 0, (language,))
        for language in text:
            if language not in outline.languages:
                yield Fault("undeclared_language", file, entry, 0, (language,))


def _topic_faults(outline: Outline, topic: Topic) -> Iterator[Fault]:
    file = topic_file(topic.id)
    texts = {"title": topic.title, "summary": topic.summary}
    for concept in topic.concepts:
        texts |= {f"concepts.{concept.id}.title": concept.title, f"concepts.{concept.id}.summary": concept.summary}
    for resource in topic.resources:
        texts[f"resources.{resource.id}.note"] = resource.note
    yield from _language_faults(outline, file, texts)

    own: list[Concept | Resource] = [*topic.concepts, *topic.resources]
    for value in _doubles([entry.id for entry in own]):
        yield Fault("double_id", file, value, 0, (value,))
    for value in _doubles([former for entry in own for former in {*entry.former_ids, entry.id}]):
        if value not in _doubles([entry.id for entry in own]):
            yield Fault("double_former_id", file, value, 0, (value,))

    yield from _resource_faults(outline, topic, file)
    yield from _core_faults(topic, file)
    served = {concept for resource in topic.resources for concept in resource.concepts}
    for concept in topic.concepts:
        if concept.id not in served:
            yield Fault("unserved_concept", file, f"concepts.{concept.id}", 0, (concept.id,), is_warning=True)


def _resource_faults(outline: Outline, topic: Topic, file: str) -> Iterator[Fault]:
    concept_ids = {concept.id for concept in topic.concepts}
    source_ids = {source.id for source in outline.sources}
    for resource in topic.resources:
        entry = f"resources.{resource.id}"
        if resource.kind in TIMED_KINDS and resource.minutes is None:
            yield Fault("no_minutes", file, entry, 0, (resource.kind,))
        for concept_id in resource.concepts:
            if concept_id not in concept_ids:
                yield Fault("unknown_concept", file, f"{entry}.concepts", 0, (concept_id,))
        for source_id in resource.sources:
            if source_id not in source_ids:
                yield Fault("unknown_source", file, f"{entry}.sources", 0, (source_id,))


def _core_faults(topic: Topic, file: str) -> Iterator[Fault]:
    by_id = {resource.id: resource for resource in topic.resources}
    named = [name for slot in topic.core for name in ([slot] if isinstance(slot, str) else slot)]
    for name in named:
        if name not in by_id:
            yield Fault("unknown_core", file, "core", 0, (name,))
        elif by_id[name].minutes is None:
            yield Fault("core_without_minutes", file, f"resources.{name}", 0, (name,))
    for name in _doubles(named):
        yield Fault("double_id", file, "core", 0, (name,))
    if not topic.core:
        yield Fault("no_core", file, "core", 0, (topic.id,), is_warning=True)


def _requirement_faults(topics: Sequence[Topic]) -> Iterator[Fault]:
    known = {topic.id for topic in topics}
    for topic in topics:
        for required in topic.requires:
            if required not in known:
                yield Fault("unknown_requirement", topic_file(topic.id), "requires", 0, (required,))
    requires = {topic.id: [name for name in topic.requires if name in known] for topic in topics}
    loop = graph.loop_of(requires)
    if loop:
        yield Fault("requirement_loop", topic_file(loop[0]), "requires", 0, (" → ".join(loop),))
        return
    for topic_id, implied, through in graph.implied_requirements(requires):
        yield Fault("implied_requirement", topic_file(topic_id), "requires", 0, (implied, through), is_warning=True)


def _name_faults(topics: Sequence[Topic]) -> Iterator[Fault]:
    """Ids, former ids and aliases that two items share, and aliases that hide a title."""
    taken: dict[str, str] = {}
    for topic in topics:
        for former in {topic.id, *topic.former_ids}:
            if taken.setdefault(former, topic.id) != topic.id:
                yield Fault("double_former_id", topic_file(topic.id), "former_ids", 0, (former,))
    titles: dict[str, str] = {}
    for topic in topics:
        for item, title in _titles(topic):
            titles.setdefault(folded(title), item)
    owners: dict[str, str] = {}
    for topic in topics:
        for item, alias in _aliases(topic):
            name = folded(alias)
            if not name:
                yield Fault("empty_alias", topic_file(topic.id), _entry_of(item), 0, (alias,))
                continue
            owner = owners.setdefault(name, item)
            if owner != item:
                yield Fault("double_alias", topic_file(topic.id), _entry_of(item), 0, (alias, owner))
            if titles.get(name, item) != item:
                yield Fault(
                    "alias_hides_title",
                    topic_file(topic.id),
                    _entry_of(item),
                    0,
                    (alias, titles[name]),
                    is_warning=True,
                )


def _entry_of(item: str) -> str:
    return f"concepts.{item.partition('/')[2]}.aliases" if "/" in item else "aliases"


def _titles(topic: Topic) -> Iterator[tuple[str, str]]:
    yield from ((topic.id, title) for title in topic.title.values())
    for concept in topic.concepts:
        yield from ((f"{topic.id}/{concept.id}", title) for title in concept.title.values())
    yield from ((f"{topic.id}/{resource.id}", resource.title) for resource in topic.resources)


def _aliases(topic: Topic) -> Iterator[tuple[str, str]]:
    yield from ((topic.id, alias) for alias in topic.aliases)
    for concept in topic.concepts:
        yield from ((f"{topic.id}/{concept.id}", alias) for alias in concept.aliases)


def _address_faults(topics: Sequence[Topic]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for topic in topics:
        for resource in topic.resources:
            item = f"{topic.id}/{resource.id}"
            for url in (resource.url, *resource.former_urls):
                owner = owners.setdefault(url, item)
                if owner != item:
                    entry = f"resources.{resource.id}.url"
                    yield Fault("double_url", topic_file(topic.id), entry, 0, (url, owner), is_warning=True)


def _see_also_faults(topics: Sequence[Topic]) -> Iterator[Fault]:
    known = {f"{topic.id}/{resource.id}" for topic in topics for resource in topic.resources}
    for topic in topics:
        for address in topic.see_also:
            if address not in known:
                yield Fault("unknown_see_also", topic_file(topic.id), "see_also", 0, (address,))
