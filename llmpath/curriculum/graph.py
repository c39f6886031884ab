"""Prerequisites as a graph: `requires` maps each topic to the topics that it builds on, in authored order. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping

Requires = Mapping[str, Collection[str]]
MAX_LOOPS = 20


def loops_of(requires: Requires) -> Iterator[list[str]]:
    """Loops in the prerequisites, each with its first topic repeated at the end; none that shares its last step."""
    from graphlib import CycleError, TopologicalSorter

    left = {topic: list(direct) for topic, direct in requires.items()}
    for _ in range(MAX_LOOPS):
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            loop: list[str] = error.args[1]
            yield loop
            left[loop[1]] = [name for name in left[loop[1]] if name != loop[0]]
        else:
            return


def implied_requirements(requires: Requires) -> Iterator[tuple[str, str, str]]:
    """Prerequisites that another one already implies, as (topic, implied, through). Wants a graph without loops."""
    from graphlib import TopologicalSorter

    bit = {topic: 1 << number for number, topic in enumerate(requires)}
    above: dict[str, int] = {}  # the topics that one builds on, as bits: a thousand topics take little memory
    for topic in TopologicalSorter(requires).static_order():
        above[topic] = 0
        for name in requires[topic]:
            above[topic] |= above[name] | bit[name]
    for topic, direct in requires.items():
        for implied in direct:
            through = next((name for name in direct if above[name] & bit[implied]), None)
            if through is not None:
                yield topic, implied, through


def opened_by(requires: Requires) -> dict[str, list[str]]:
    """The topics that name each topic as a prerequisite, in authored order."""
    opens: dict[str, list[str]] = {topic: [] for topic in requires}
    for topic, direct in requires.items():
        for name in direct:
            opens.setdefault(name, []).append(topic)
    return opens


def nearest_above(requires: Requires, chosen: Iterable[str]) -> dict[str, list[str]]:
    """The nearest of `chosen` that build on each topic, directly or not; those of `chosen` itself have none."""
    nearest = {topic: [topic] for topic in chosen}
    below: dict[str, list[str]] = {}
    level = list(nearest)
    while level:
        found: dict[str, dict[str, None]] = {}
        for topic in level:
            for name in requires.get(topic, ()):
                if name not in nearest:
                    found.setdefault(name, {}).update(dict.fromkeys(nearest[topic]))
        reached = {name: list(sources) for name, sources in found.items()}
        nearest |= reached
        below |= reached
        level = list(reached)
    return below


def in_order(requires: Requires, wanted: Iterable[str]) -> list[str]:
    """`wanted` with prerequisites before dependents; ties keep the authored order of `requires`."""
    from heapq import heapify, heappop, heappush

    place = {topic: number for number, topic in enumerate(requires)}
    chosen = set(wanted)
    missing = {topic: {name for name in requires[topic] if name in chosen} for topic in chosen}
    opens = opened_by(missing)
    ready = [place[topic] for topic, names in missing.items() if not names]
    heapify(ready)
    topics = list(requires)
    ordered: list[str] = []
    while ready:
        topic = topics[heappop(ready)]
        ordered.append(topic)
        for dependent in opens[topic]:
            missing[dependent].discard(topic)
            if not missing[dependent]:
                heappush(ready, place[dependent])
    return ordered


def with_all_required(requires: Requires, wanted: Iterable[str]) -> set[str]:
    """Some topics, and everything that they build on, directly or not."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        topic = waiting.pop()
        if topic in requires and topic not in found:
            found.add(topic)
            waiting.extend(requires[topic])
    return found
