"""What to do next, and why: a ranking of the open topics with reasons. Pure; the same input gives the same answer.

In this order: topics that have what is asked for before those that have not; the topic that was touched last; what lies
on the way to the goal before what does not; then what is under way, what is ready, what was passed over, what waits
for its prerequisites; ties in teaching order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog
from llmpath.curriculum.entries import LEVELS, Resource, Topic
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


class _Surroundings(NamedTuple):
    """The facts from which every topic's reasons are made."""

    progress: Progress
    preferences: Preferences
    goal: str | None
    on_the_way: Collection[str]
    states: Mapping[str, str]
    unlocks: Mapping[str, Sequence[str]]
    went_on_to: Mapping[str, Sequence[str]]
    touched: str


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
    states = progress.states()
    around = _Surroundings(
        progress,
        preferences,
        goal,
        set(goal_topics(catalog, progress, goal)) if goal else set(),
        states,
        graph.opened_by(catalog.requires),
        graph.nearest_above(catalog.requires, [name for name, state in states.items() if state in ("done", "doing")]),
        (progress.last_touched or "").partition("/")[0],
    )
    open_topics = [topic for topic in catalog.briefs.values() if states[topic.id] not in CLOSED]
    fitting = {
        topic.id: not preferences.are_narrow or fits(catalog.topic(topic.id), progress, preferences)
        for topic in open_topics
    }
    none_fits = preferences.minutes is not None and not any(
        fitting[topic.id] for topic in open_topics if _standing(topic, around) != WAITING
    )

    def place(topic: Brief) -> tuple[bool, bool, bool, int]:
        return (
            not fitting[topic.id],
            topic.id != around.touched,
            bool(around.on_the_way) and topic.id not in around.on_the_way,
            _standing(topic, around),
        )

    for topic in sorted(open_topics, key=place):
        yield _candidate(catalog.topic(topic.id), topic, around, in_parts=none_fits)


def suggestions(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """The first of a ranking that can be begun now."""
    return list(islice((candidate for candidate in candidates if candidate.can_begin), count))


def fits(topic: Topic, progress: Progress, preferences: Preferences) -> bool:
    """Whether a topic has an open resource of the kind and length that are asked for."""
    return any(preferences.has_time_for(resource) for resource in _open_resources(topic, progress, preferences))


def _open_resources(topic: Topic, progress: Progress, preferences: Preferences) -> list[Resource]:
    """The resources of a topic that are not closed and may be suggested, those of closed slots of the core left out."""
    closed = {
        resource.id
        for slot in topic.core_slots
        if any(progress.is_closed(f"{topic.id}/{resource.id}") for resource in slot)
        for resource in slot
    }
    return [
        resource
        for resource in topic.resources
        if resource.id not in closed
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
    open_core: dict[str, tuple[int, int]] = {}
    for place, slot in enumerate(topic.core_slots):
        open_core |= {resource.id: (place, rank) for rank, resource in enumerate(slot)}
    only_core = bool(topic.core) and not preferences.are_narrow
    candidates = [
        resource
        for resource in _open_resources(topic, progress, preferences)
        if (not only_core or resource.id in open_core) and (in_parts or preferences.has_time_for(resource))
    ]

    def rank(resource: Resource) -> tuple[object, ...]:
        slot, place = open_core.get(resource.id, (len(topic.core), 0))
        return (
            progress.own_state(f"{topic.id}/{resource.id}") != "doing",
            slot,
            _place(resource.language, preferences.languages),
            _place(resource.kind, preferences.kinds),
            place,
            LEVELS.index(resource.level) if resource.level else len(LEVELS),
        )

    return min(candidates, key=rank, default=None)


def unreadable_slots(topic: Topic, progress: Progress, preferences: Preferences) -> list[Resource]:
    """The first resource of each open slot of the core in which nothing is in a language that the learner reads."""
    return [
        slot[0]
        for slot in topic.core_slots
        if not any(preferences.can_read(resource.language) for resource in slot)
        and not any(progress.is_closed(f"{topic.id}/{resource.id}") for resource in slot)
    ]


def _candidate(topic: Topic, brief: Brief, around: _Surroundings, *, in_parts: bool) -> Candidate:
    progress, preferences = around.progress, around.preferences
    standing = _standing(brief, around)
    resource = chosen_resource(topic, progress, preferences, in_parts=in_parts)
    is_long = resource is not None and not preferences.has_time_for(resource)
    unreadable = unreadable_slots(topic, progress, preferences)
    reasons = [
        *_topic_reasons(brief, standing, around),
        *_goal_reasons(brief, around),
        *_resource_reasons(brief, resource, around, in_parts=is_long),
    ]
    return Candidate(
        topic, standing, resource is not None or not preferences.are_narrow, resource, is_long, unreadable, reasons
    )


def _standing(topic: Brief, around: _Surroundings) -> int:
    if around.states[topic.id] == "doing":
        return UNDER_WAY
    if not all(around.states.get(name, "done") in CLOSED for name in topic.requires):
        return WAITING
    return PASSED_OVER if topic.id in around.went_on_to else READY


def _topic_reasons(topic: Brief, standing: int, around: _Surroundings) -> list[Reason]:
    states = around.states
    reasons: list[Reason] = []
    if standing == UNDER_WAY:
        begun = around.progress.begun_on(topic)
        reasons.append(Reason("under_way", {"on": begun.isoformat() if begun else None}))
    missing = [name for name in topic.requires if states.get(name, "done") not in CLOSED]
    if missing:
        reasons.append(Reason("needs", {"topics": missing}, speaks_for=False))
    elif topic.requires:
        known = [name for name in topic.requires if name in states]
        skipped = [name for name in known if states[name] == "skipped"]
        reasons.append(Reason("prerequisites_met", {"topics": known, "skipped": skipped}))
    else:
        reasons.append(Reason("no_prerequisites", {}))
    if standing != UNDER_WAY and topic.id in around.went_on_to:
        reasons.append(Reason("passed_over", {"topics": around.went_on_to[topic.id]}, speaks_for=False))
    untouched = [name for name in around.unlocks[topic.id] if states[name] == "todo"]
    if untouched:
        reasons.append(Reason("unlocks", {"topics": untouched}))
    return reasons


def _goal_reasons(topic: Brief, around: _Surroundings) -> list[Reason]:
    goal = around.goal
    if not goal or not around.on_the_way:
        return []
    if topic.id in around.on_the_way:
        return [Reason("is_the_goal" if goal.partition("/")[0] == topic.id else "on_the_way", {"goal": goal})]
    return [Reason("off_the_way", {"goal": goal}, speaks_for=False)]


def _resource_reasons(
    topic: Brief, resource: Resource | None, around: _Surroundings, *, in_parts: bool
) -> list[Reason]:
    preferences = around.preferences
    if resource is None:
        if preferences.are_narrow:
            return [Reason("nothing_fits", {}, speaks_for=False)]
        return [Reason("core_read", {"topic": topic.id})] if is_core_read(around.progress, topic) else []
    if preferences.minutes is None:
        return []
    if in_parts:
        return [Reason("in_parts", {"minutes": preferences.minutes, "whole": resource.minutes})]
    return [Reason("fits_the_time", {"minutes": resource.minutes})]


def _place(value: str | None, preferred: Sequence[str]) -> int:
    return preferred.index(value) if value in preferred else len(preferred)
