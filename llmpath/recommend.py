"""What to do next, and why: a ranking of the open topics with reasons. Pure; the same input gives the same answer.

In this order: what lies on the way to the goal before what does not; then what is under way, what is ready, what was
jumped over, what still waits for its prerequisites; ties in teaching order.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from llmpath import graph
from llmpath.catalog import LEVELS, Catalog, Resource, Topic, core_slots
from llmpath.progress import Progress
from llmpath.results import Reason

UNDER_WAY, READY, JUMPED_OVER, WAITING = range(4)


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
    """A topic with its place in the ranking. `standing` is one of the four above."""

    topic: Topic
    standing: int
    is_on_the_way: bool
    resource: Resource | None
    reasons: Sequence[Reason]


def goal_topics(catalog: Catalog, progress: Progress, goal: str, known: Collection[str] = ()) -> list[str]:
    """The fewest topics that lead to a goal, from what is done, skipped or `known`; in an order to learn them.

    The goal is a topic, an item of one, or a part (all its topics). Prerequisites come before dependents, otherwise
    topics stand in teaching order. Empty where the goal is reached.
    """
    targets = next((part.topics for part in catalog.curriculum.parts if part.id == goal), [goal.partition("/")[0]])
    requires = catalog.requires
    wanted: set[str] = set()
    waiting = list(targets)
    while waiting:
        topic = waiting.pop()
        if topic in wanted or topic in known or topic not in requires or progress.is_closed(topic):
            continue
        wanted.add(topic)
        waiting.extend(requires[topic])
    return graph.in_order(requires, wanted)


def ranking(catalog: Catalog, progress: Progress, wishes: Wishes, goal: str | None = None) -> list[Candidate]:
    """The open topics, best first, with everything that speaks for and against each."""
    states = progress.states()
    on_the_way = set(goal_topics(catalog, progress, goal)) if goal else set()
    opens = graph.opened_by(catalog.requires)
    candidates: list[Candidate] = []
    for topic in catalog.curriculum.topics:
        if states[topic.id] in ("done", "skipped"):
            continue
        resource = chosen_resource(topic, progress, wishes)
        if wishes.choose_resource and resource is None:
            continue
        standing = _standing(topic, states, opens[topic.id])
        reasons = [
            *_topic_reasons(topic, progress, states, opens[topic.id], standing),
            *_goal_reasons(topic, goal, on_the_way),
            *_resource_reasons(topic, progress, resource, wishes),
        ]
        candidates.append(Candidate(topic, standing, topic.id in on_the_way, resource, reasons))
    return sorted(
        candidates, key=lambda candidate: (bool(on_the_way) and not candidate.is_on_the_way, candidate.standing)
    )


def suggestions(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """The first of a ranking that can be begun now."""
    return [candidate for candidate in candidates if candidate.standing != WAITING][:count]


def _standing(topic: Topic, states: dict[str, str], opens: Sequence[str]) -> int:
    if states[topic.id] == "doing":
        return UNDER_WAY
    if any(states.get(dependent) in ("done", "doing") for dependent in opens):
        return JUMPED_OVER
    is_ready = all(states.get(name, "done") in ("done", "skipped") for name in topic.requires)
    return READY if is_ready else WAITING


def _topic_reasons(
    topic: Topic, progress: Progress, states: dict[str, str], opens: Sequence[str], standing: int
) -> list[Reason]:
    reasons: list[Reason] = []
    if standing == UNDER_WAY:
        begun = progress.begun_on(topic)
        reasons.append(Reason("under_way", {"on": begun.isoformat() if begun else None}))
    known = [name for name in topic.requires if states.get(name) in ("done", "skipped")]
    missing = [name for name in topic.requires if states.get(name) in ("todo", "doing")]
    if missing:
        reasons.append(Reason("needs", {"topics": missing}, speaks_for=False))
    elif known:
        reasons.append(Reason("prerequisites_done", {"topics": known}))
    else:
        reasons.append(Reason("no_prerequisites", {}))
    if standing == JUMPED_OVER:
        after = [name for name in opens if states.get(name) in ("done", "doing")]
        reasons.append(Reason("jumped_over", {"topics": after}, speaks_for=False))
    still_closed = [name for name in opens if states.get(name) == "todo"]
    if still_closed:
        reasons.append(Reason("opens", {"topics": still_closed}))
    return reasons


def _goal_reasons(topic: Topic, goal: str | None, on_the_way: Collection[str]) -> list[Reason]:
    if not goal or not on_the_way:
        return []
    if topic.id in on_the_way:
        return [Reason("is_the_goal" if goal.partition("/")[0] == topic.id else "on_the_way", {"goal": goal})]
    return [Reason("off_the_way", {"goal": goal}, speaks_for=False)]


def _resource_reasons(topic: Topic, progress: Progress, resource: Resource | None, wishes: Wishes) -> list[Reason]:
    if resource is None:
        return [Reason("core_read", {"topic": topic.id})] if progress.is_core_read(topic) else []
    reasons: list[Reason] = []
    if wishes.minutes is not None:
        reasons.append(Reason("fits_the_time", {"minutes": resource.minutes}))
    if len(resource.sources) > 1:
        reasons.append(Reason("recommended", {"count": len(resource.sources)}))
    if wishes.languages and resource.language == wishes.languages[0]:
        reasons.append(Reason("in_your_language", {"language": resource.language}))
    return reasons


def chosen_resource(topic: Topic, progress: Progress, wishes: Wishes) -> Resource | None:
    """The resource to open first: the best unfinished one of the core, or of all where kind or time are asked for.

    What is under way comes first, then the core in its order, and among alternatives the learner's languages and kinds.
    """
    open_core: dict[str, int] = {}
    for place, slot in enumerate(core_slots(topic)):
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
            open_core.get(resource.id, len(topic.core)),
            _place(resource.language, wishes.languages),
            _place(resource.kind, wishes.kinds),
            -len(resource.sources),
            LEVELS.index(resource.level),
        )

    return min(candidates, key=rank, default=None)


def _place(value: str, preferred: Sequence[str]) -> int:
    return preferred.index(value) if value in preferred else len(preferred)
