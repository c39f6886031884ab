"""What to do next, and why: a ranking of the open topics with reasons. Pure; the same input gives the same answer.

In this order: topics that have what is asked for before those that have not; the topic that was touched last; what lies
on the way to the goal before what does not; then what is under way, what is ready, what was passed over, what waits
for its prerequisites; ties in teaching order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog
from llmpath.curriculum.entries import Resource, Topic
from llmpath.curriculum.kinds import LEVELS
from llmpath.guide.figure import is_core_read
from llmpath.progress.log import CLOSED
from llmpath.progress.progress import Progress

UNDER_WAY, READY, PASSED_OVER, WAITING = range(4)
"""Standings: begun; open with all prerequisites met; the same, but the learner went on to what builds on it; open with
prerequisites that are open too."""

FREE = ("free", "signup")
"""Ways of access that cost no money."""


class Preferences(NamedTuple):
    """The learner's languages and wishes.

    `languages`: those that they read, best first; nothing in another is suggested. `kinds`: preferred ones, best first.
    `only_kinds`, `minutes` and `free` exclude what is otherwise.
    """

    languages: Sequence[str] = ()
    kinds: Sequence[str] = ()
    only_kinds: Sequence[str] = ()
    minutes: int | None = None
    free: bool = False

    @property
    def are_narrow(self) -> bool:
        """Whether a certain sort of resource is asked for, not only the next one."""
        return bool(self.only_kinds) or self.minutes is not None or self.free

    def can_read(self, language: str | None) -> bool:
        """Whether a resource in that language may be suggested."""
        return language is None or not self.languages or language in self.languages

    def allow(self, resource: Resource) -> bool:
        """Whether a resource may be suggested, however long it takes."""
        return (
            resource.status != "gone"
            and resource.url is not None
            and self.can_read(resource.language)
            and (not self.only_kinds or resource.kind in self.only_kinds)
            and (not self.free or resource.access in FREE)
        )

    def has_time_for(self, resource: Resource) -> bool:
        """Whether a resource fits into the time that there is."""
        return self.minutes is None or (resource.minutes is not None and resource.minutes <= self.minutes)


class Reason(NamedTuple):
    """Why something is suggested: a code that never changes, and what fills its text. `speaks_for`: or against."""

    code: str
    fields: Mapping[str, Any]
    speaks_for: bool = True


class Candidate(NamedTuple):
    """A topic of the ranking. `standing` is one of the four above, `fits` whether it has what is asked for.

    `in_parts`: the resource takes longer than the time that there is. `unreadable`: resources of core slots in which
    nothing is in a language that the learner reads.
    """

    topic: Topic
    standing: int
    fits: bool
    resource: Resource | None
    in_parts: bool
    unreadable: Sequence[Resource]
    reasons: Sequence[Reason]

    @property
    def can_begin(self) -> bool:
        """Whether it may be suggested: its prerequisites are met, and it has what is asked for."""
        return self.fits and self.standing != WAITING


def goal_topics(catalog: Catalog, progress: Progress, goal: str) -> list[str]:
    """The fewest topics that lead to a goal, from what is done or skipped; in an order to learn them.

    The goal is an item, a part, or a goal of the curriculum. Prerequisites come before dependents, otherwise topics
    stand in teaching order. Empty where the goal is reached: the item itself, or all its topics, are done or skipped.
    """
    requires = catalog.requires
    wanted: set[str] = set()
    waiting = [] if progress.is_closed(goal) else catalog.topics_of(goal)
    while waiting:
        topic = waiting.pop()
        if topic in wanted or topic not in requires or progress.is_closed(topic):
            continue
        wanted.add(topic)
        waiting.extend(requires[topic])
    return graph.in_order(requires, wanted)


def ranking(
    catalog: Catalog, progress: Progress, preferences: Preferences, goal: str | None = None
) -> Iterator[Candidate]:
    """The open topics, best first, with everything that speaks for and against each; made as they are taken."""
    facts = _Facts(catalog, progress, preferences, goal)
    open_topics = [topic for topic in catalog.briefs.values() if facts.states[topic.id] not in CLOSED]
    standings = {topic.id: facts.standing(topic) for topic in open_topics}
    fitting = {topic.id for topic in open_topics if not preferences.are_narrow or facts.has_fitting(topic)}
    in_parts = preferences.minutes is not None and all(standings[topic] == WAITING for topic in fitting)

    def place(topic: Brief) -> tuple[bool, bool, bool, int]:
        is_off_the_way = bool(facts.way) and topic.id not in facts.way
        return topic.id not in fitting, topic.id != facts.touched, is_off_the_way, standings[topic.id]

    for brief in sorted(open_topics, key=place):
        topic, standing = catalog.topic(brief.id), standings[brief.id]
        resource = chosen_resource(topic, progress, preferences, in_parts=in_parts)
        is_long = resource is not None and not preferences.has_time_for(resource)
        unreadable = [
            slot[0]
            for slot in _open_slots(topic, progress)
            if not any(preferences.can_read(resource.language) for resource in slot)
        ]
        fits = resource is not None or not preferences.are_narrow
        reasons = [*facts.of_topic(brief, standing), *facts.of_goal(brief), *facts.of_resource(brief, resource)]
        yield Candidate(topic, standing, fits, resource, is_long, unreadable, reasons)


def suggestions(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """The first of a ranking that can be begun now."""
    return list(islice((candidate for candidate in candidates if candidate.can_begin), count))


def _open_slots(topic: Topic, progress: Progress) -> list[Sequence[Resource]]:
    """The slots of the core in which nothing is done or skipped."""
    return [
        slot
        for slot in topic.core_slots
        if not any(progress.is_closed(f"{topic.id}/{resource.id}") for resource in slot)
    ]


def _open_resources(topic: Topic, progress: Progress, preferences: Preferences) -> list[Resource]:
    """The resources of a topic that are not closed and may be suggested, those of closed slots of the core left out."""
    in_core = {resource.id for slot in topic.core_slots for resource in slot}
    in_open = {resource.id for slot in _open_slots(topic, progress) for resource in slot}
    return [
        resource
        for resource in topic.resources
        if (resource.id in in_open or resource.id not in in_core)
        and preferences.allow(resource)
        and not progress.is_closed(f"{topic.id}/{resource.id}")
    ]


def chosen_resource(
    topic: Topic, progress: Progress, preferences: Preferences, *, in_parts: bool = False
) -> Resource | None:
    """The resource to open first: the next of the core, or of all where a certain sort is asked for.

    What is under way comes first, then the core in its order; of alternatives what is in the language that the learner
    reads best, then of the kind that they prefer, then as they are written. None where nothing is left that fits;
    `in_parts` takes also what is longer than the time that there is.
    """
    slots = enumerate(topic.core_slots)
    in_core = {resource.id: (number, place) for number, slot in slots for place, resource in enumerate(slot)}
    only_core = bool(topic.core) and not preferences.are_narrow
    candidates = [
        resource
        for resource in _open_resources(topic, progress, preferences)
        if (not only_core or resource.id in in_core) and (in_parts or preferences.has_time_for(resource))
    ]

    def rank(resource: Resource) -> tuple[object, ...]:
        slot, place = in_core.get(resource.id, (len(topic.core), 0))
        return (
            progress.own_state(f"{topic.id}/{resource.id}") != "doing",
            slot,
            _place(resource.language, preferences.languages),
            _place(resource.kind, preferences.kinds),
            place,
            LEVELS.index(resource.level) if resource.level else len(LEVELS),
        )

    return min(candidates, key=rank, default=None)


class _Facts:
    """What each topic's place in the ranking and its reasons are made of."""

    def __init__(self, catalog: Catalog, progress: Progress, preferences: Preferences, goal: str | None) -> None:
        self.catalog = catalog
        self.progress = progress
        self.preferences = preferences
        self.goal = goal
        self.way = set(goal_topics(catalog, progress, goal)) if goal else set()
        self.states = progress.states()
        self.unlocks = graph.opened_by(catalog.requires)
        begun = [topic for topic, state in self.states.items() if state in ("done", "doing")]
        self.went_on_to = graph.nearest_above(catalog.requires, begun)
        self.touched = (progress.last_touched or "").partition("/")[0]

    def has_fitting(self, topic: Brief) -> bool:
        """Whether a topic has an open resource of the kind and length that are asked for."""
        resources = _open_resources(self.catalog.topic(topic.id), self.progress, self.preferences)
        return any(map(self.preferences.has_time_for, resources))

    def missing(self, topic: Brief) -> list[str]:
        """The prerequisites of a topic that are open."""
        return [name for name in topic.requires if self.states.get(name, "done") not in CLOSED]

    def standing(self, topic: Brief) -> int:
        """Which of the four standings a topic has."""
        if self.states[topic.id] == "doing":
            return UNDER_WAY
        if self.missing(topic):
            return WAITING
        return PASSED_OVER if topic.id in self.went_on_to else READY

    def of_topic(self, topic: Brief, standing: int) -> Iterator[Reason]:
        """The reasons that lie in the topic's own state and in its neighbours'."""
        states = self.states
        if standing == UNDER_WAY:
            begun = self.progress.begun_on(topic)
            yield Reason("under_way", {"on": begun.isoformat() if begun else None})
        if missing := self.missing(topic):
            yield Reason("needs", {"topics": missing}, speaks_for=False)
        elif topic.requires:
            known = [name for name in topic.requires if name in states]
            skipped = [name for name in known if states[name] == "skipped"]
            yield Reason("prerequisites_met", {"topics": known, "skipped": skipped})
        else:
            yield Reason("no_prerequisites", {})
        if standing != UNDER_WAY and topic.id in self.went_on_to:
            yield Reason("passed_over", {"topics": self.went_on_to[topic.id]}, speaks_for=False)
        if untouched := [name for name in self.unlocks[topic.id] if states[name] == "todo"]:
            yield Reason("unlocks", {"topics": untouched})

    def of_goal(self, topic: Brief) -> Iterator[Reason]:
        """The reason that lies in the goal, while it is not reached."""
        if self.goal and topic.id in self.way:
            code = "is_the_goal" if self.goal.partition("/")[0] == topic.id else "on_the_way"
            yield Reason(code, {"goal": self.goal})
        elif self.way:
            yield Reason("off_the_way", {"goal": self.goal}, speaks_for=False)

    def of_resource(self, topic: Brief, resource: Resource | None) -> Iterator[Reason]:
        """The reason to open this resource, or why there is none."""
        wanted = self.preferences
        if resource is None and wanted.are_narrow:
            yield Reason("nothing_fits", {}, speaks_for=False)
        elif resource is None and is_core_read(self.progress, topic):
            yield Reason("core_read", {"topic": topic.id})
        elif resource is not None and wanted.minutes is not None:
            if wanted.has_time_for(resource):
                yield Reason("fits_the_time", {"minutes": resource.minutes})
            else:
                yield Reason("in_parts", {"minutes": wanted.minutes, "whole": resource.minutes})


def _place(value: str | None, preferred: Sequence[str]) -> int:
    return preferred.index(value) if value in preferred else len(preferred)
