"""The graph of prerequisites: by hand on a few topics, by definition on random acyclic ones."""

from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum import graph
from tests.strategies import Requires, acyclic, closure

FIVE = {
    "numbers": [],
    "words": ["numbers"],
    "attention": ["words"],
    "tuning": ["attention"],
    "agents": ["words"],
}


def test_every_loop_is_named_with_its_first_topic_again_at_the_end() -> None:
    loops = list(graph.loops_of({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a", "e"], "e": ["d"]}))
    assert sorted(sorted(loop[:-1]) for loop in loops) == [["a", "b", "c"], ["d", "e"]]
    assert all(loop[0] == loop[-1] for loop in loops)


def test_without_a_loop_there_is_none_to_name() -> None:
    assert list(graph.loops_of(FIVE)) == []


def test_prerequisite_that_another_one_implies_is_found() -> None:
    assert list(graph.implied_requirements({**FIVE, "tuning": ["attention", "numbers"]})) == [
        ("tuning", "numbers", "attention")
    ]
    assert list(graph.implied_requirements(FIVE)) == []


def test_opened_by_keeps_the_authored_order() -> None:
    assert graph.opened_by(FIVE) == {
        "numbers": ["words"],
        "words": ["attention", "agents"],
        "attention": ["tuning"],
        "tuning": [],
        "agents": [],
    }


def test_nearest_above_names_the_nearest_and_passes_nothing_on_beyond_them() -> None:
    assert graph.nearest_above(FIVE, ["tuning", "agents"]) == {
        "attention": ["tuning"],
        "words": ["agents"],
        "numbers": ["agents"],
    }
    assert graph.nearest_above(FIVE, ["attention", "agents"]) == {
        "words": ["attention", "agents"],
        "numbers": ["attention", "agents"],
    }
    assert graph.nearest_above(FIVE, []) == {}


def test_order_puts_prerequisites_first_and_otherwise_keeps_the_authored_order() -> None:
    requires = {"late": ["early"], "free": [], "early": [], "last": ["late", "free"]}
    assert graph.in_order(requires, requires) == ["free", "early", "late", "last"]
    assert graph.in_order(requires, ["last", "late"]) == ["late", "last"]
    assert graph.in_order(FIVE, FIVE) == list(FIVE)


@given(acyclic(), st.data())
def test_order_is_that_of_always_taking_the_first_topic_that_can_be_taken(
    requires: Requires, data: st.DataObject
) -> None:
    wanted = data.draw(st.sets(st.sampled_from(list(requires))))
    expected: list[str] = []
    while len(expected) < len(wanted):
        left = [name for name in requires if name in wanted and name not in expected]
        expected.append(next(name for name in left if not set(requires[name]) & set(left)))
    assert graph.in_order(requires, wanted) == expected


@given(acyclic())
def test_implied_prerequisites_are_those_that_another_one_builds_on(requires: Requires) -> None:
    found = {(name, implied) for name, implied, _ in graph.implied_requirements(requires)}
    assert found == {
        (name, implied)
        for name, direct in requires.items()
        for implied in direct
        if any(implied in closure(requires, other) for other in direct if other != implied)
    }


@given(acyclic(), st.data())
def test_nearest_above_knows_exactly_the_topics_below_the_chosen_ones(requires: Requires, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(list(requires))))
    below = graph.nearest_above(requires, sorted(chosen))
    assert set(below) == {above for name in chosen for above in closure(requires, name)} - chosen
    for name, nearest in below.items():
        assert nearest
        assert all(name in closure(requires, each) for each in nearest)


def test_a_chain_of_thousands_of_topics_is_no_trouble() -> None:
    chain = {f"t{n}": [f"t{n - 1}"] if n else [] for n in range(5_000)}
    assert graph.in_order(chain, chain) == list(chain)
    assert graph.nearest_above(chain, ["t4999"])["t0"] == ["t4999"]
    assert list(graph.loops_of(chain)) == []
    assert list(graph.implied_requirements(chain)) == []
