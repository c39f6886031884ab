"""The rules of a curriculum that no single entry can break alone: what has to fit together, and what is legal but poor.

Pure: models in, faults out, every fault at once. An entry that has faults of its own comes with empty fields where
these are (`drafts`); no rule complains of what is empty.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from llmpath.curriculum import graph
from llmpath.curriculum.models import TIMED_KINDS, Concept, Outline, Resource, Topic
from llmpath.curriculum.problems import Fault
from llmpath.text.names import folded

OUTLINE = "curriculum.toml"
MAX_TOPICS = 5_000
"""More than any course has, and few enough to be refused quickly where somebody lists a million."""


def topic_file(topic_id: str) -> str:
    """Where a topic's file stands inside a curriculum's folder."""
    return f"topics/{topic_id}.toml"


def faults_of(outline: Outline, topics: Sequence[Topic], unread: Collection[str] = ()) -> list[Fault]:
    """Everything that does not fit together, warnings among it. `unread`: ids of topics whose files tell nothing."""
    return [
        *_outline_faults(outline, {topic.id for topic in topics}),
        *(fault for topic in topics for fault in _topic_faults(outline, topic)),
        *_requirement_faults(topics, unread),
        *_former_id_faults(topics),
        *_alias_faults(topics),
        *_address_faults(topics),
        *_see_also_faults(topics, unread),
    ]


def _doubles(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _listed_doubles(file: str, entry: str, values: Iterable[str]) -> Iterator[Fault]:
    """A fault for each value that stands in a list more than once, at its second place."""
    seen: set[str] = set()
    said: set[str] = set()
    for number, value in enumerate(values, 1):
        if value in seen and value not in said:
            said.add(value)
            yield Fault("double_id", file, f"{entry}.{number}" if entry else value, 0, (value,))
        seen.add(value)


def _outline_faults(outline: Outline, topic_ids: Collection[str]) -> Iterator[Fault]:
    yield from _listed_doubles(OUTLINE, "parts", [part.id for part in outline.parts])
    yield from _listed_doubles(OUTLINE, "sources", [source.id for source in outline.sources])
    yield from _listed_doubles(OUTLINE, "languages", outline.languages)
    seen: set[str] = set()
    for part in outline.parts:
        entry = f"parts.{part.id}"
        for number, topic in enumerate(part.topics, 1):
            if topic in seen:
                yield Fault("double_id", OUTLINE, f"{entry}.topics.{number}", 0, (topic,))
            seen.add(topic)
        if part.id in topic_ids:
            yield Fault("part_named_as_topic", OUTLINE, f"{entry}.id", 0, (part.id,))
        if not part.topics:
            yield Fault("empty_part", OUTLINE, f"{entry}.topics", 0, (part.id,), is_warning=True)
    texts = {"title": outline.title, "summary": outline.summary}
    for part in outline.parts:
        texts |= {f"parts.{part.id}.title": part.title, f"parts.{part.id}.summary": part.summary}
    yield from _language_faults(outline, OUTLINE, texts)


def _language_faults(outline: Outline, file: str, texts: dict[str, dict[str, str]]) -> Iterator[Fault]:
    declared = ", ".join(outline.languages)
    for entry, text in texts.items():
        if not text or not outline.languages:
            continue
        for language in outline.languages:
            if language not in text:
                yield Fault("missing_language", file, entry, 0, (language, f"{entry.rpartition('.')[2]}.{language}"))
        for language in text:
            if language not in outline.languages:
                yield Fault("undeclared_language", file, f"{entry}.{language}", 0, (language, declared))


def _topic_faults(outline: Outline, topic: Topic) -> Iterator[Fault]:
    file = topic_file(topic.id)
    texts = {"title": topic.title, "summary": topic.summary}
    for concept in topic.concepts:
        texts |= {f"concepts.{concept.id}.title": concept.title, f"concepts.{concept.id}.summary": concept.summary}
    for resource in topic.resources:
        for name in ("note", "why", "read"):
            if text := getattr(resource, name):
                texts[f"resources.{resource.id}.{name}"] = text
    if topic.exercise:
        texts |= {f"exercise.{name}": getattr(topic.exercise, name) for name in ("task", "start", "done_when")}
    yield from _language_faults(outline, file, texts)
    yield from _own_id_faults(topic, file)
    yield from _listed_doubles(file, "requires", topic.requires)
    yield from _listed_doubles(file, "see_also", topic.see_also)
    yield from _resource_faults(outline, topic, file)
    yield from _core_faults(topic, file)
    served = {concept for resource in topic.resources for concept in resource.concepts}
    for concept in topic.concepts:
        if concept.id not in served:
            yield Fault("unserved_concept", file, f"concepts.{concept.id}", 0, (concept.id,), is_warning=True)


def _own_id_faults(topic: Topic, file: str) -> Iterator[Fault]:
    """Ids and former ids that two concepts or resources of a topic share."""
    places: list[tuple[Concept | Resource, str]] = []
    places += [(concept, f"concepts.{number}") for number, concept in enumerate(topic.concepts, 1)]
    places += [(resource, f"resources.{number}") for number, resource in enumerate(topic.resources, 1)]
    taken: dict[str, Concept | Resource] = {}
    for entry, place in places:
        if taken.setdefault(entry.id, entry) is not entry:
            yield Fault("double_id", file, f"{place}.id", 0, (entry.id,))
    for entry, place in places:
        for former in dict.fromkeys(entry.former_ids):
            if taken.setdefault(former, entry).id != entry.id:
                yield Fault("double_former_id", file, f"{place}.former_ids", 0, (former, taken[former].id))


def _resource_faults(outline: Outline, topic: Topic, file: str) -> Iterator[Fault]:
    concept_ids = {concept.id for concept in topic.concepts}
    source_ids = {source.id for source in outline.sources}
    for resource in topic.resources:
        entry = f"resources.{resource.id}"
        if resource.kind is not None and resource.kind in TIMED_KINDS and resource.minutes is None:
            yield Fault("no_minutes", file, f"{entry}.minutes", 0, (resource.kind,))
        yield from _listed_doubles(file, f"{entry}.concepts", resource.concepts)
        yield from _listed_doubles(file, f"{entry}.sources", resource.sources)
        for number, concept_id in enumerate(resource.concepts, 1):
            if concept_id not in concept_ids:
                yield Fault("unknown_concept", file, f"{entry}.concepts.{number}", 0, (concept_id,))
        for number, source_id in enumerate(resource.sources, 1):
            if source_id not in source_ids:
                yield Fault("unknown_source", file, f"{entry}.sources.{number}", 0, (source_id,))


def _core_faults(topic: Topic, file: str) -> Iterator[Fault]:
    by_id = {resource.id: resource for resource in reversed(topic.resources)}
    named = [name for slot in topic.core for name in ([slot] if isinstance(slot, str) else slot)]
    for number, slot in enumerate(topic.core, 1):
        for name in [slot] if isinstance(slot, str) else slot:
            if name not in by_id:
                yield Fault("unknown_core", file, f"core.{number}", 0, (name,))
    for name in dict.fromkeys(named):
        resource = by_id.get(name)
        if resource is not None and resource.minutes is None and resource.kind not in TIMED_KINDS:
            yield Fault("core_without_minutes", file, f"resources.{name}.minutes", 0, (name,))
    for name in _doubles(named):
        yield Fault("double_id", file, "core", 0, (name,))
    if not topic.core:
        yield Fault("no_core", file, "core", 0, (topic.id,), is_warning=True)


def _requirement_faults(topics: Sequence[Topic], unread: Collection[str]) -> Iterator[Fault]:
    known = {topic.id for topic in topics}
    for topic in topics:
        for number, required in enumerate(topic.requires, 1):
            if required not in known and required not in unread:
                yield Fault("unknown_requirement", topic_file(topic.id), f"requires.{number}", 0, (required,))
    requires = {topic.id: [name for name in topic.requires if name in known] for topic in topics}
    loops = list(graph.loops_of(requires))
    for loop in loops:
        yield Fault("requirement_loop", topic_file(loop[0]), "requires", 0, (" → ".join(loop),))
    if not loops:
        for topic_id, implied, through in graph.implied_requirements(requires):
            yield Fault("implied_requirement", topic_file(topic_id), "requires", 0, (implied, through), is_warning=True)


def _former_id_faults(topics: Sequence[Topic]) -> Iterator[Fault]:
    """Former ids of a topic that another topic has, or had."""
    taken = {topic.id: topic.id for topic in topics}
    for topic in topics:
        for former in dict.fromkeys(topic.former_ids):
            owner = taken.setdefault(former, topic.id)
            if owner != topic.id:
                yield Fault("double_former_id", topic_file(topic.id), "former_ids", 0, (former, owner))


def _alias_faults(topics: Sequence[Topic]) -> Iterator[Fault]:
    """Aliases that two items share, and aliases that hide a title or are hidden by an id."""
    titles: dict[str, str] = {}
    for topic in topics:
        for item, title in _titles(topic):
            titles.setdefault(folded(title), item)
    topic_ids = {topic.id for topic in topics}
    owners: dict[str, str] = {}
    for topic in topics:
        file = topic_file(topic.id)
        for item, alias in _aliases(topic):
            name, entry = folded(alias), _entry_of(item)
            if not name:
                yield Fault("empty_alias", file, entry, 0, (alias,))
                continue
            owner = owners.setdefault(name, item)
            if owner != item:
                yield Fault("double_alias", file, entry, 0, (alias, owner))
            if titles.get(name, item) != item:
                yield Fault("alias_hides_title", file, entry, 0, (alias, titles[name]), is_warning=True)
            if name in topic_ids and name != item:
                yield Fault("alias_hidden_by_id", file, entry, 0, (alias, name), is_warning=True)


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
            for name, urls in (("url", [resource.url]), ("former_urls", resource.former_urls)):
                for url in filter(None, urls):
                    owner = owners.setdefault(url, item)
                    if owner != item:
                        entry = f"resources.{resource.id}.{name}"
                        yield Fault("double_url", topic_file(topic.id), entry, 0, (url, owner), is_warning=True)


def _see_also_faults(topics: Sequence[Topic], unread: Collection[str]) -> Iterator[Fault]:
    known = {f"{topic.id}/{resource.id}" for topic in topics for resource in topic.resources}
    for topic in topics:
        for number, address in enumerate(topic.see_also, 1):
            if address not in known and address.partition("/")[0] not in unread:
                yield Fault("unknown_see_also", topic_file(topic.id), f"see_also.{number}", 0, (address,))
