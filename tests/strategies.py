"""Random curricula for hypothesis: prerequisites without loops, which the authored order need not respect."""

from hypothesis import strategies as st

from llmpath.curriculum.catalog import Catalog
from tests.support import catalog_of, topic

Requires = dict[str, list[str]]

STATES = st.sampled_from(["todo", "doing", "done", "skipped"])


@st.composite
def acyclic(draw: st.DrawFn, largest: int = 9) -> Requires:
    """Topics in authored order with their prerequisites, each earlier in another order that stays hidden."""
    names = [f"t{number}" for number in range(draw(st.integers(1, largest)))]
    hidden = draw(st.permutations(names))
    chosen: Requires = {}
    for place, name in enumerate(hidden):
        chosen[name] = sorted(draw(st.sets(st.sampled_from(hidden[:place])))) if place else []
    return {name: chosen[name] for name in names}


def curriculum_with(requires: Requires) -> Catalog:
    """A curriculum of these topics."""
    return catalog_of([topic(name, names) for name, names in requires.items()])


def closure(requires: Requires, name: str, closed: frozenset[str] = frozenset()) -> set[str]:
    """The topic and everything open that it builds on, by definition."""
    if name in closed:
        return set()
    return {name}.union(*(closure(requires, above, closed) for above in requires[name]))
