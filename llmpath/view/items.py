"""Items of a curriculum with the learner's progress, as results. Pure."""

from collections.abc import Collection
from typing import NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog, hours
from llmpath.curriculum.entries import Concept, Exercise, Part, Resource, Topic
from llmpath.guide.figure import figure_of, share_of
from llmpath.guide.recommend import FREE
from llmpath.progress.progress import Progress
from llmpath.view.results.reading import (
    ConceptView,
    Did,
    ExerciseView,
    NoteView,
    PartRow,
    Related,
    ResourceView,
    TopicRow,
    TopicView,
)


def topic_row(catalog: Catalog, progress: Progress, topic: Brief) -> TopicRow:
    """A topic as a line of a list."""
    did, share = did_with(progress, topic.id), share_of(progress, topic)
    return TopicRow(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        did.state,
        hours(topic.minutes),
        hours(share.left),
        share.core_done,
        share.core_total,
        progress.count_done(topic.id, topic.concepts),
        len(topic.concepts),
        topic.requires,
        did.on if did.state in ("done", "skipped") else None,
        last_note(progress, topic),
    )


def last_note(progress: Progress, topic: Brief) -> NoteView | None:
    """The newest note on a topic or anything in it; None without one."""
    notes = [note for item in (topic.id, *topic.item_ids) for note in progress.notes(item)]
    newest = max(notes, key=lambda note: note.at, default=None)
    return NoteView(newest.at, newest.text) if newest else None


def part_rows(catalog: Catalog, progress: Progress) -> list[PartRow]:
    """All parts with their figures."""
    return [part_row(catalog, progress, part) for part in catalog.curriculum.parts]


def part_row(catalog: Catalog, progress: Progress, part: Part) -> PartRow:
    """A part with its figure."""
    number = 1 + [other.id for other in catalog.curriculum.parts].index(part.id)
    return PartRow(part.id, number, part.title, figure_of(catalog, progress, part.topics))


def did_with(progress: Progress, item: str) -> Did:
    """What the learner did with an item."""
    notes = [NoteView(note.at, note.text) for note in progress.notes(item)]
    return Did(progress.state(item), progress.day(item), notes)


def _topic_did(progress: Progress, topic: Brief) -> Did:
    """What the learner did with a topic; one that is under way through what is in it was begun with that."""
    did = did_with(progress, topic.id)
    return did._replace(on=progress.begun_on(topic)) if did.state == "doing" else did


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


class Filter(NamedTuple):
    """A filter of resources. Empty or None lets everything through; `minutes` is the longest."""

    kinds: Collection[str] = ()
    languages: Collection[str] = ()
    level: str | None = None
    state: str | None = None
    minutes: int | None = None
    free: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return not any(self)

    def passes(self, view: ResourceView) -> bool:
        """Whether a resource is one of those asked for."""
        entry = view.entry
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (not self.languages or entry.language in self.languages)
            and self.level in (None, entry.level)
            and self.state in (None, view.did.state)
            and (self.minutes is None or (entry.minutes is not None and entry.minutes <= self.minutes))
            and (not self.free or entry.access in FREE)
        )


EVERYTHING = Filter()


def topic_view(
    catalog: Catalog, progress: Progress, topic: Topic, to_read: str | None = None, wanted: Filter = EVERYTHING
) -> TopicView:
    """A topic with everything in it; of its resources only those that are wanted."""
    brief = catalog.briefs[topic.id]
    unlocks = graph.opened_by(catalog.requires)[topic.id]
    resources = [resource_view(progress, topic, resource) for resource in topic.resources]
    others = [view for item in topic.see_also if (view := resource_at(catalog, progress, item))]
    share = share_of(progress, brief)
    return TopicView(
        topic,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        _topic_did(progress, brief),
        hours(brief.minutes),
        hours(share.left),
        unlocks,
        exercise_view(progress, topic, topic.exercise) if topic.exercise else None,
        [concept_view(progress, topic, concept) for concept in topic.concepts],
        [view for view in resources if wanted.passes(view)],
        [view for view in others if wanted.passes(view)],
        [related(catalog, progress, name) for name in (*topic.requires, *unlocks)],
        [[f"{topic.id}/{resource.id}" for resource in slot] for slot in topic.core_slots],
        share.core_done,
        share.core_total,
        to_read,
    )


def related(catalog: Catalog, progress: Progress, topic_id: str) -> Related:
    """Another topic in short."""
    return Related(topic_id, catalog.numbers[topic_id], catalog.briefs[topic_id].title, progress.state(topic_id))
