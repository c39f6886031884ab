"""The course as a map: its topics in layers of prerequisites, where the learner stands, and the way to the goal. Pure.

`course_map` is the one function that reads the catalog and the progress; everything that draws a map takes what it
returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog, hours
from llmpath.curriculum.entries import Entry, Topic
from llmpath.guide import recommend
from llmpath.guide.figure import Figure, figure_of, share_of, total
from llmpath.progress.progress import Note, Progress


class Held(NamedTuple):
    """An entry of a topic with what the learner did with it; without the notes where these are not asked for."""

    entry: Entry
    state: str
    notes: Sequence[Note]


class MapTexts(NamedTuple):
    """The details of a topic on the map. `core` has the slots in order; the resources of one slot are alternatives."""

    summary: str
    concepts: Sequence[Held]
    core: Sequence[Sequence[Held]]
    rest: Sequence[Held]
    exercise: Held | None


class Node(NamedTuple):
    """A topic on the map. `layer` counts from 0: the length of the longest chain of prerequisites below it.

    `way` says whether the topic is on the way to the goal: what is left of it and what that builds on. `texts` is None
    where they were not asked for.
    """

    id: str
    number: str
    part: str
    layer: int
    title: str
    state: str
    hours_left: float
    core_done: int
    core_total: int
    requires: Sequence[str]
    unlocks: Sequence[str]
    way: bool
    is_goal: bool
    notes: Sequence[Note]
    texts: MapTexts | None


class Lane(NamedTuple):
    """A part, with its topics in teaching order."""

    id: str
    number: int
    title: str
    summary: str
    topics: Sequence[str]
    progress: Figure
    hours: float


class CourseMap(NamedTuple):
    """A course as a map; nodes by id in teaching order, edges from prerequisite to dependent in that order too."""

    id: str
    title: str
    summary: str
    progress: Figure
    lanes: Sequence[Lane]
    nodes: Mapping[str, Node]
    edges: Sequence[tuple[str, str]]
    goal: str | None
    goal_title: str | None
    to_goal: int
    credit: str | None

    @property
    def layers(self) -> list[list[Node]]:
        """The nodes by layer, each layer in teaching order."""
        found: list[list[Node]] = [[] for _ in range(1 + max((node.layer for node in self.nodes.values()), default=-1))]
        for node in self.nodes.values():
            found[node.layer].append(node)
        return found


def layers_of(requires: graph.Requires) -> dict[str, int]:
    """The layer of each topic, counted from 0: one more than the highest of its prerequisites."""
    layers: dict[str, int] = {}
    for topic in graph.in_order(requires, requires):
        layers[topic] = 1 + max((layers[name] for name in requires[topic] if name in layers), default=-1)
    return layers


def course_map(
    catalog: Catalog, progress: Progress, goal: str | None = None, *, with_texts: bool = False, with_notes: bool = False
) -> CourseMap:
    """The map of a course. `with_texts` loads every topic; `with_notes` adds the learner's notes."""
    requires = {
        topic: [name for name in names if name in catalog.requires] for topic, names in catalog.requires.items()
    }
    layers, unlocks = layers_of(requires), graph.opened_by(requires)
    left = recommend.goal_topics(catalog, progress, goal) if goal else []
    way = graph.with_all_required(requires, left)
    targets = set(left).difference(name for topic in left for name in requires[topic])  # nothing that is left needs it

    def node_of(topic: str, brief: Brief) -> Node:
        share = share_of(progress, brief)
        return Node(
            topic,
            catalog.numbers[topic],
            catalog.part_of(topic).id,
            layers[topic],
            brief.title,
            progress.state(topic),
            hours(share.left),
            share.core_done,
            share.core_total,
            requires[topic],
            unlocks[topic],
            topic in way,
            topic in targets,
            progress.notes(topic) if with_notes else (),
            _texts(catalog.topic(topic), progress, with_notes=with_notes) if with_texts else None,
        )

    curriculum = catalog.curriculum
    return CourseMap(
        curriculum.id,
        curriculum.title,
        curriculum.summary,
        figure_of(catalog, progress),
        [
            Lane(
                part.id,
                number,
                part.title,
                part.summary,
                part.topics,
                figure_of(catalog, progress, part.topics),
                total(hours(catalog.briefs[name].minutes) for name in part.topics),
            )
            for number, part in enumerate(curriculum.parts, 1)
        ],
        {topic: node_of(topic, brief) for topic, brief in catalog.briefs.items()},
        [(name, topic) for topic, names in requires.items() for name in names],
        goal if left else None,
        catalog.title_of(goal) if goal and left else None,
        len(left),
        curriculum.credit,
    )


def _texts(topic: Topic, progress: Progress, *, with_notes: bool) -> MapTexts:
    def held(entry: Entry) -> Held:
        item = f"{topic.id}/{entry.id}"
        return Held(entry, progress.state(item), progress.notes(item) if with_notes else ())

    core = topic.core_slots
    in_core = {resource.id for slot in core for resource in slot}
    return MapTexts(
        topic.summary,
        [held(concept) for concept in topic.concepts],
        [[held(resource) for resource in slot] for slot in core],
        [held(resource) for resource in topic.resources if resource.id not in in_core],
        held(topic.exercise) if topic.exercise else None,
    )
