"""Items of a curriculum with the learner's progress, as results. Pure."""

from collections.abc import Collection
from typing import NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog, hours
from llmpath.curriculum.entries import Resource, Topic
from llmpath.guide.figure import figure_of, share_of
from llmpath.guide.recommend import FREE
from llmpath.progress.log import CLOSED
from llmpath.progress.progress import Note, Progress
from llmpath.view.results.reading import Did, E, PartRow, Related, ResourceView, TopicRow, TopicView, View


def topic_row(catalog: Catalog, progress: Progress, topic: Brief) -> TopicRow:
    """A topic as a line of a list."""
    state, share = progress.state(topic.id), share_of(progress, topic)
    return TopicRow(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        state,
        hours(topic.minutes),
        hours(share.left),
        share.core_done,
        share.core_total,
        progress.count_done(topic.id, topic.concepts),
        len(topic.concepts),
        topic.requires,
        progress.day(topic.id) if state in CLOSED else None,
        last_note(progress, topic),
    )


def last_note(progress: Progress, topic: Brief) -> Note | None:
    """The newest note on a topic or anything in it; None without one."""
    notes = (note for item in (topic.id, *topic.item_ids) for note in progress.notes(item))
    return max(notes, key=lambda note: note.at, default=None)


def part_rows(catalog: Catalog, progress: Progress) -> list[PartRow]:
    """All parts with their figures."""
    return [
        PartRow(part.id, number, part.title, figure_of(catalog, progress, part.topics))
        for number, part in enumerate(catalog.curriculum.parts, 1)
    ]


def did_with(progress: Progress, item: str) -> Did:
    """What the learner did with an item."""
    return Did(progress.state(item), progress.day(item), progress.notes(item))


def view_of(progress: Progress, topic: Topic, entry: E) -> View[E]:
    """An entry of a topic with its progress."""
    item = f"{topic.id}/{entry.id}"
    core = any(entry.id == slot if isinstance(slot, str) else entry.id in slot for slot in topic.core)
    return View(entry, item, topic.id, did_with(progress, item), core and isinstance(entry, Resource))


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
    brief, did = catalog.briefs[topic.id], did_with(progress, topic.id)
    unlocks = graph.opened_by(catalog.requires)[topic.id]
    resources = [view_of(progress, topic, resource) for resource in topic.resources]
    found = [catalog.find(item) for item in topic.see_also]
    others = [view_of(progress, item.topic, item.entry) for item in found if item and isinstance(item.entry, Resource)]
    return TopicView(
        topic,
        topic_row(catalog, progress, brief),
        did._replace(on=progress.begun_on(brief)) if did.state == "doing" else did,
        unlocks,
        view_of(progress, topic, topic.exercise) if topic.exercise else None,
        [view_of(progress, topic, concept) for concept in topic.concepts],
        [view for view in resources if wanted.passes(view)],
        [view for view in others if wanted.passes(view)],
        [related(catalog, progress, name) for name in (*topic.requires, *unlocks)],
        [[f"{topic.id}/{resource.id}" for resource in slot] for slot in topic.core_slots],
        to_read,
    )


def related(catalog: Catalog, progress: Progress, topic_id: str) -> Related:
    """Another topic in short."""
    return Related(topic_id, catalog.numbers[topic_id], catalog.briefs[topic_id].title, progress.state(topic_id))
