"""Items of a curriculum with the learner's progress, as results. Pure."""

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog, hours
from llmpath.curriculum.entries import Concept, Exercise, Resource, Topic
from llmpath.guide import figures
from llmpath.progress.progress import Progress
from llmpath.view.results.reading import (
    ConceptView,
    Did,
    ExerciseView,
    NoteView,
    Related,
    ResourceView,
    TopicRow,
    TopicView,
)


def topic_row(catalog: Catalog, progress: Progress, topic: Brief) -> TopicRow:
    """A topic as a line of a list."""
    did = did_with(progress, topic.id)
    closed = [any(progress.is_closed(f"{topic.id}/{name}") for name in slot) for slot in topic.core]
    return TopicRow(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        did.state,
        hours(topic.minutes),
        figures.hours_left(progress, topic),
        sum(closed),
        len(closed),
        progress.count_done(topic.id, topic.concepts),
        len(topic.concepts),
        topic.requires,
        did.on if did.state in ("done", "skipped") else None,
    )


def did_with(progress: Progress, item: str) -> Did:
    """What the learner did with an item."""
    notes = [NoteView(note.at, note.text) for note in progress.notes(item)]
    return Did(progress.state(item), progress.day(item), notes)


def concept_view(progress: Progress, topic: Topic, concept: Concept) -> ConceptView:
    """A concept with its progress."""
    item = f"{topic.id}/{concept.id}"
    return ConceptView(concept, item, topic.id, did_with(progress, item))


def resource_view(progress: Progress, topic: Topic, resource: Resource) -> ResourceView:
    """A resource with its progress."""
    item = f"{topic.id}/{resource.id}"
    core = any(resource.id == slot if isinstance(slot, str) else resource.id in slot for slot in topic.core)
    return ResourceView(resource, item, topic.id, did_with(progress, item), core)


def exercise_view(progress: Progress, topic: Topic, exercise: Exercise) -> ExerciseView:
    """A topic's exercise with its progress."""
    item = f"{topic.id}/{exercise.id}"
    return ExerciseView(exercise, item, topic.id, did_with(progress, item))


def resource_at(catalog: Catalog, progress: Progress, item_id: str) -> ResourceView | None:
    """The resource with a whole id, or None where there is none."""
    item = catalog.find(item_id)
    return resource_view(progress, item.topic, item.entry) if item and isinstance(item.entry, Resource) else None


def topic_view(catalog: Catalog, progress: Progress, topic: Topic, kind: str | None = None) -> TopicView:
    """A topic with everything in it; its resources of one kind only, where one is asked for."""
    unlocks = graph.opened_by(catalog.requires)[topic.id]
    resources = [resource_view(progress, topic, resource) for resource in topic.resources]
    others = [view for item in topic.see_also if (view := resource_at(catalog, progress, item))]
    return TopicView(
        topic,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        did_with(progress, topic.id),
        hours(catalog.briefs[topic.id].minutes),
        figures.hours_left(progress, catalog.briefs[topic.id]),
        unlocks,
        exercise_view(progress, topic, topic.exercise) if topic.exercise else None,
        [concept_view(progress, topic, concept) for concept in topic.concepts],
        [view for view in resources if kind is None or view.entry.kind == kind],
        [view for view in others if kind is None or view.entry.kind == kind],
        [related(catalog, progress, name) for name in (*topic.requires, *unlocks)],
        [[f"{topic.id}/{resource.id}" for resource in slot] for slot in topic.core_slots],
    )


def related(catalog: Catalog, progress: Progress, topic_id: str) -> Related:
    """Another topic in short."""
    return Related(topic_id, catalog.numbers[topic_id], catalog.briefs[topic_id].title, progress.state(topic_id))


def title_of(catalog: Catalog, name: str) -> str:
    """The title of an item, a part or a goal; the name itself where it is none."""
    return catalog.title_of(name)
