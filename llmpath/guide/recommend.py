"""What to do next, and why: a ranking of the open topics with reasons. Pure; the same input gives the same answer.

In this order: where a resource is asked for, topics that have one before those that have none; what lies on the way to
the goal before what does not; then what is under way, what is ready, what was jumped over, what still waits for its
prerequisites; ties in teaching order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Brief, Catalog
from llmpath.curriculum.entries import LEVELS, Resource, Topic
from llmpath.progress.log import CLOSED
from llmpath.progress.progress import Progress
from llmpath.view.results.guiding import Reason

UNDER_WAY, READY, JUMPED_OVER, WAITING = range(4)
"""Standings: begun; open with all its prerequisites behind the learner; the same, but the learner went on to what
builds on it, directly or not; open with prerequisites that are open too."""


class Wishes(NamedTuple):
    """What the learner asks for. `languages` and `kinds`: preferred ones, best first; `kind` and `minutes` exclude."""

    languages: Sequence[str] = ()
    kinds: Sequence[str] = ()
    kind: str | None = None
    minutes: int | None = None

    @property
    def choose_resource(self) -> bool:
        """Whether a resource is asked for, not only a topic."""
        return self.kind is not None or self.minutes is not None


class Candidate(NamedTuple):
    """A topic of the ranking. `standing` is one of the four above, `fits` whether it has what is asked for."""

    topic: Topic
    standing: int
    fits: bool
    resource: Resource | None
    reasons: Sequence[Reason]

    @property
    def can_begin(self) -> bool:
        """Whether it may be suggested: nothing open comes before it, and it has what is asked for."""
        return self.fits and self.standing != WAITING


class _Surroundings(NamedTuple):
    """What the reasons of every topic are made from."""

    progress: Progress
    wishes: Wishes
    goal: str | None
    on_the_way: Collection[str]
    states: Mapping[str, str]
    opens: Mapping[str, Sequence[str]]
    went_on_to: Mapping[str, Sequence[str]]


def goal_topics(catalog: Catalog, progress: Progress, goal: str) -> list[str]:
    """The fewest topics that lead to a goal, from what is done or skipped; in an order to learn them.

    The goal is a topic, an item of one, a part (all its topics), or one of the curriculum's own goals. Prerequisites
    come before dependents, otherwise topics stand in teaching order. Empty where the goal is reached: the item itself,
    or its topic, is done or skipped.
    """
    targets = catalog.topics_of(goal)
    requires = catalog.requires
    wanted: set[str] = set()
    waiting = [] if progress.is_closed(goal) else targets
    while waiting:
        topic = waiting.pop()
        if topic in wanted or topic not in requires or progress.is_closed(topic):
            continue
        wanted.add(topic)
        waiting.extend(requires[topic])
    return graph.in_order(requires, wanted)


def ranking(catalog: Catalog, progress: Progress, wishes: Wishes, goal: str | None = None) -> Iterator[Candidate]:
    """The open topics, best first, with everything that speaks for and against each; made as they are taken."""
    states = progress.states()
    on_the_way = set(goal_topics(catalog, progress, goal)) if goal else set()
    around = _Surroundings(
        progress,
        wishes,
        goal,
        on_the_way,
        states,
        graph.opened_by(catalog.requires),
        graph.nearest_above(catalog.requires, [name for name, state in states.items() if state in ("done", "doing")]),
    )

    def place(topic: Brief) -> tuple[bool, bool, int]:
        fits = not wishes.choose_resource or chosen_resource(catalog.topic(topic.id), progress, wishes) is not None
        return not fits, bool(on_the_way) and topic.id not in on_the_way, _standing(topic, around)

    open_topics = [(place(topic), topic) for topic in catalog.briefs.values() if states[topic.id] not in CLOSED]
    for _, topic in sorted(open_topics, key=lambda placed: placed[0]):
        yield _candidate(catalog.topic(topic.id), topic, around)


def suggestions(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """The first of a ranking that can be begun now."""
    return list(islice((candidate for candidate in candidates if candidate.can_begin), count))


def _candidate(topic: Topic, brief: Brief, around: _Surroundings) -> Candidate:
    standing = _standing(brief, around)
    resource = chosen_resource(topic, around.progress, around.wishes)
    reasons = [
        *_topic_reasons(brief, standing, around),
        *_goal_reasons(brief, around),
        *_resource_reasons(brief, resource, around),
    ]
    fits = resource is not None or not around.wishes.choose_resource
    return Candidate(topic, standing, fits, resource, reasons)


def _standing(topic: Brief, around: _Surroundings) -> int:
    if around.states[topic.id] == "doing":
        return UNDER_WAY
    if not all(around.states.get(name, "done") in CLOSED for name in topic.requires):
        return WAITING
    return JUMPED_OVER if topic.id in around.went_on_to else READY


def _topic_reasons(topic: Brief, standing: int, around: _Surroundings) -> list[Reason]:
    states = around.states
    reasons: list[Reason] = []
    if standing == UNDER_WAY:
        begun = around.progress.begun_on(topic)
        reasons.append(Reason("under_way", {"on": begun.isoformat() if begun else None}))
    known = [name for name in topic.requires if states.get(name) in CLOSED]
    missing = [name for name in topic.requires if states.get(name, "done") not in CLOSED]
    if missing:
        reasons.append(Reason("needs", {"topics": missing}, speaks_for=False))
    elif known:
        reasons.append(Reason("prerequisites_done", {"topics": known}))
    else:
        reasons.append(Reason("no_prerequisites", {}))
    if standing != UNDER_WAY and topic.id in around.went_on_to:
        reasons.append(Reason("jumped_over", {"topics": around.went_on_to[topic.id]}, speaks_for=False))
    untouched = [name for name in around.opens[topic.id] if states[name] == "todo"]
    if untouched:
        reasons.append(Reason("opens", {"topics": untouched}))
    return reasons


def _goal_reasons(topic: Brief, around: _Surroundings) -> list[Reason]:
    goal = around.goal
    if not goal or not around.on_the_way:
        return []
    if topic.id in around.on_the_way:
        return [Reason("is_the_goal" if goal.partition("/")[0] == topic.id else "on_the_way", {"goal": goal})]
    return [Reason("off_the_way", {"goal": goal}, speaks_for=False)]


def _resource_reasons(topic: Brief, resource: Resource | None, around: _Surroundings) -> list[Reason]:
    progress, wishes = around.progress, around.wishes
    if resource is None:
        if wishes.choose_resource:
            return [Reason("nothing_fits", {}, speaks_for=False)]
        return [Reason("core_read", {"topic": topic.id})] if progress.is_core_read(topic) else []
    reasons: list[Reason] = []
    if wishes.minutes is not None:
        reasons.append(Reason("fits_the_time", {"minutes": resource.minutes}))
    if len(resource.sources) > 1:
        reasons.append(Reason("recommended", {"count": len(resource.sources)}))
    if resource.language in wishes.languages:
        reasons.append(Reason("in_your_language", {"language": resource.language}))
    elif wishes.languages:
        reasons.append(Reason("other_language", {"language": resource.language}, speaks_for=False))
    return reasons


def chosen_resource(topic: Topic, progress: Progress, wishes: Wishes) -> Resource | None:
    """The resource to open first: the best unfinished one of the core, or of all where kind or time are asked for.

    What is under way comes first, then the core in its order, and among alternatives the learner's languages, then
    kinds, then what more sources recommend, then the easier one. Where kind or time are asked for, what is in none of
    the learner's languages comes after all that is. None where nothing is left that fits.
    """
    open_core: dict[str, int] = {}
    for place, slot in enumerate(topic.core_slots):
        if not any(progress.is_closed(f"{topic.id}/{resource.id}") for resource in slot):
            open_core |= {resource.id: place for resource in slot}
    only_core = bool(topic.core) and not wishes.choose_resource
    candidates = [
        resource
        for resource in topic.resources
        if not progress.is_closed(f"{topic.id}/{resource.id}")
        and (not only_core or resource.id in open_core)
        and (wishes.kind is None or resource.kind == wishes.kind)
        and (wishes.minutes is None or (resource.minutes is not None and resource.minutes <= wishes.minutes))
    ]

    def rank(resource: Resource) -> tuple[object, ...]:
        return (
            progress.own_state(f"{topic.id}/{resource.id}") != "doing",
            wishes.choose_resource and bool(wishes.languages) and resource.language not in wishes.languages,
            open_core.get(resource.id, len(topic.core)),
            _place(resource.language, wishes.languages),
            _place(resource.kind, wishes.kinds),
            -len(resource.sources),
            _place(resource.level, LEVELS),
        )

    return min(candidates, key=rank, default=None)


def _place(value: str | None, preferred: Sequence[str]) -> int:
    return preferred.index(value) if value in preferred else len(preferred)
