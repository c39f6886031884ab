"""Items of a curriculum with the learner's progress, as results. Pure."""

from collections.abc import Collection, Iterable

from llmpath import graph, recommend, stats
from llmpath.catalog import Brief, Catalog, Concept, Item, Resource, Topic, core_slots, hours
from llmpath.progress import Progress
from llmpath.recommend import Candidate, Wishes
from llmpath.results import (
    ConceptView,
    Marked,
    Next,
    Reason,
    Related,
    ResourceView,
    Suggestion,
    TopicRow,
    TopicView,
)


def topic_row(catalog: Catalog, progress: Progress, topic: Brief) -> TopicRow:
    """A topic as a line of a list."""
    states = [progress.own_state(f"{topic.id}/{name}") for name in topic.resources]
    concept_states = [progress.own_state(f"{topic.id}/{name}") for name in topic.concepts]
    state = progress.state(topic.id)
    record = progress.record(topic.id)
    return TopicRow(
        topic.id,
        catalog.numbers[topic.id],
        catalog.part_of(topic.id).id,
        topic.title,
        state,
        hours(topic.minutes),
        states.count("done"),
        len(states),
        concept_states.count("done"),
        len(concept_states),
        topic.requires,
        record.day if record and state in ("done", "skipped") else None,
        stats.hours_left(progress, topic),
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
    record = progress.record(topic.id)
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
        record.day if record and record.state != "todo" else None,
        [[f"{topic.id}/{resource.id}" for resource in slot] for slot in core_slots(topic)],
    )


def related(catalog: Catalog, progress: Progress, topic_id: str) -> Related:
    """Another topic in short."""
    return Related(topic_id, catalog.numbers[topic_id], catalog.briefs[topic_id].title, progress.state(topic_id))


def marked(catalog: Catalog, progress: Progress, item: Item) -> Marked:
    """An item as a command that changes it shows it."""
    record = progress.record(item.address)
    return Marked(
        item.address,
        catalog.numbers[item.topic.id],
        item.entry.title,
        progress.state(item.address),
        is_topic=item.address == item.topic.id,
        on=record.day if record and record.state != "todo" else None,
    )


def suggestion(progress: Progress, catalog: Catalog, candidate: Candidate, to_open: str) -> Suggestion:
    """A candidate of the ranking, as it is shown."""
    topic, resource = candidate.topic, candidate.resource
    return Suggestion(
        topic.id,
        catalog.numbers[topic.id],
        topic.title,
        stats.hours_left(progress, catalog.briefs[topic.id]),
        [_named(catalog, reason) for reason in candidate.reasons],
        resource_view(progress, topic, resource) if resource else None,
        candidate.can_begin,
        to_open,
    )


def _to_open(candidate: Candidate, wishes: Wishes, *, is_default: bool) -> str:
    """What tells `llmpath open` to open a candidate's resource, as short as it can be."""
    if wishes.choose_resource and candidate.resource is not None:
        return f"{candidate.topic.id}/{candidate.resource.id}"
    return "" if is_default else candidate.topic.id


def _named(catalog: Catalog, reason: Reason) -> Reason:
    """A reason with the titles of the topics and the goal that it speaks of."""
    fields = dict(reason.fields)
    if "topics" in fields:
        fields["titles"] = [title_of(catalog, name) for name in fields["topics"]]
    if "goal" in fields:
        fields["title"] = title_of(catalog, fields["goal"])
    return reason._replace(fields=fields)


def next_steps(
    catalog: Catalog,
    progress: Progress,
    wishes: Wishes,
    goal: str | None = None,
    count: int = 1,
    *,
    whole_ranking: bool = False,
) -> Next:
    """What to do next, from the ranking."""
    candidates = recommend.ranking(catalog, progress, wishes, goal)
    chosen = list(candidates) if whole_ranking else recommend.suggestions(candidates, count)
    return Next(
        [
            suggestion(
                progress,
                catalog,
                candidate,
                _to_open(candidate, wishes, is_default=place == 0 and goal == progress.goal),
            )
            for place, candidate in enumerate(chosen)
        ],
        progress.figure(),
        goal,
        title_of(catalog, goal) if goal else None,
        bool(goal) and not recommend.goal_topics(catalog, progress, goal or ""),
        whole_ranking,
    )


def title_of(catalog: Catalog, name: str) -> str:
    """The title of an item or a part; the name itself where it is none."""
    for part in catalog.curriculum.parts:
        if part.id == name:
            return part.title
    item = catalog.find(name)
    return item.entry.title if item else name


def finished_cores(catalog: Catalog, progress: Progress, topics: Iterable[str]) -> list[Marked]:
    """Those topics whose core is read and which are not done yet."""
    chosen: Collection[str] = dict.fromkeys(topics)
    return [
        marked(catalog, progress, Item(name, catalog.topic(name), catalog.topic(name)))
        for name in chosen
        if not progress.is_closed(name) and progress.is_core_read(catalog.briefs[name])
    ]
