"""Items of a curriculum with the learner's progress, as results. Pure."""

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog, Concept, Resource, Topic, core_slots, hours
from llmpath.guide import figures
from llmpath.progress.progress import Progress
from llmpath.view.results.reading import ConceptView, Related, ResourceView, TopicRow, TopicView


def topic_row(catalog: Catalog, progress: Progress, topic: Brief) -> TopicRow:
    """A topic as a line of a list."""
    state = progress.state(topic.id)
    return TopicRow(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        state,
        hours(topic.minutes),
        progress.count_done(topic.id, topic.resources),
        len(topic.resources),
        progress.count_done(topic.id, topic.concepts),
        len(topic.concepts),
        topic.requires,
        progress.day(topic.id) if state in ("done", "skipped") else None,
        figures.hours_left(progress, topic),
    )


def concept_view(progress: Progress, topic: Topic, concept: Concept) -> ConceptView:
    """A concept with its progress."""
    address = f"{topic.id}/{concept.id}"
    return ConceptView(address, concept.title, concept.summary, progress.state(address), progress.note(address))


def resource_view(progress: Progress, topic: Topic, resource: Resource) -> ResourceView:
    """A resource with its progress."""
    address = f"{topic.id}/{resource.id}"
    core = {name for slot in topic.core for name in ([slot] if isinstance(slot, str) else slot)}
    return ResourceView(
        address,
        resource.title,
        resource.url,
        resource.kind,
        resource.language,
        resource.minutes,
        resource.level,
        resource.id in core,
        resource.authors,
        resource.note,
        [f"{topic.id}/{name}" for name in resource.concepts],
        resource.sources,
        resource.former_urls,
        progress.state(address),
        progress.note(address),
        topic.id,
    )


def resource_at(catalog: Catalog, progress: Progress, address: str) -> ResourceView | None:
    """The resource at an address, or None where there is none."""
    item = catalog.find(address)
    return resource_view(progress, item.topic, item.entry) if item and isinstance(item.entry, Resource) else None


def topic_view(catalog: Catalog, progress: Progress, topic: Topic, kind: str | None = None) -> TopicView:
    """A topic with everything in it; its resources of one kind only, where one is asked for."""
    opens = graph.opened_by(catalog.requires)[topic.id]
    others = (resource_at(catalog, progress, address) for address in topic.see_also)
    return TopicView(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        topic.aliases,
        topic.summary,
        progress.state(topic.id),
        hours(catalog.briefs[topic.id].minutes),
        topic.requires,
        opens,
        progress.note(topic.id),
        [concept_view(progress, topic, concept) for concept in topic.concepts],
        [
            resource_view(progress, topic, resource)
            for resource in topic.resources
            if kind is None or resource.kind == kind
        ],
        [view for view in others if view is not None and (kind is None or view.kind == kind)],
        [related(catalog, progress, name) for name in (*topic.requires, *opens)],
        topic.practice_minutes,
        progress.day(topic.id),
        [[f"{topic.id}/{resource.id}" for resource in slot] for slot in core_slots(topic)],
    )


def related(catalog: Catalog, progress: Progress, topic_id: str) -> Related:
    """Another topic in short."""
    return Related(topic_id, catalog.numbers[topic_id], catalog.briefs[topic_id].title, progress.state(topic_id))


def title_of(catalog: Catalog, name: str) -> str:
    """The title of an item or a part; the name itself where it is none."""
    for part in catalog.curriculum.parts:
        if part.id == name:
            return part.title
    item = catalog.find(name)
    return item.entry.title if item else name
