"""Prerequisites as a graph: `requires` maps each topic to the topics that it builds on, in authored order. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Requires = Mapping[str, Sequence[str]]


def ancestors(requires: Requires, topic: str) -> set[str]:
    """Every topic that `topic` builds on, directly or not; without itself unless it stands in a loop."""
    found: set[str] = set()
    waiting = list(requires.get(topic, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(requires.get(name, ()))
    return found


def loop_of(requires: Requires) -> list[str]:
    """A loop in the prerequisites, its first topic repeated at the end; empty where there is none."""
    from graphlib import CycleError, TopologicalSorter

    try:
        TopologicalSorter(requires).prepare()
    except CycleError as error:
        loop: list[str] = error.args[1]
        return loop
    return []


def implied_requirements(requires: Requires) -> Iterator[tuple[str, str, str]]:
    """Prerequisites that another one already implies, as (topic, implied, through). Wants a graph without loops."""
    above: dict[str, set[str]] = {}
    for topic, direct in requires.items():
        for implied in direct:
            for through in direct:
                if through == implied:
                    continue
                if through not in above:
                    above[through] = ancestors(requires, through)
                if implied in above[through]:
                    yield topic, implied, through
                    break


def opened_by(requires: Requires) -> dict[str, list[str]]:
    """For each topic, the topics that name it as a prerequisite, in authored order."""
    opens: dict[str, list[str]] = {topic: [] for topic in requires}
    for topic, direct in requires.items():
        for name in direct:
            opens.setdefault(name, []).append(topic)
    return opens


def in_order(requires: Requires, wanted: Iterable[str]) -> list[str]:
    """`wanted` with prerequisites before dependents; ties keep the authored order of `requires`."""
    from heapq import heapify, heappop, heappush

    place = {topic: number for number, topic in enumerate(requires)}
    chosen = set(wanted)
    missing = {topic: {name for name in requires[topic] if name in chosen} for topic in chosen}
    opens: dict[str, list[str]] = {}
    for topic, names in missing.items():
        for name in names:
            opens.setdefault(name, []).append(topic)
    ready = [place[topic] for topic, names in missing.items() if not names]
    heapify(ready)
    topics = list(requires)
    ordered: list[str] = []
    while ready:
        topic = topics[heappop(ready)]
        ordered.append(topic)
        for dependent in opens.get(topic, ()):
            missing[dependent].discard(topic)
            if not missing[dependent]:
                heappush(ready, place[dependent])
    return ordered
