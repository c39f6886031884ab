"""What `next` ranks and `path` walks: a truth table on the five topics by hand, definitions on random curricula.

numbers <- words <- attention <- tuning, and words <- agents, in that teaching order.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llmpath.progress.records import Progress, Record, Records

from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Resource, Topic
from llmpath.guide.recommend import (
    JUMPED_OVER,
    READY,
    UNDER_WAY,
    WAITING,
    Candidate,
    Wishes,
    chosen_resource,
    goal_topics,
    ranking,
    suggestions,
)
from tests.strategies import STATES, Requires, acyclic, closure, curriculum_with
from tests.support import NOW, catalog_of, progress_of, resource, small, topic

STANDINGS = {UNDER_WAY: "under way", READY: "ready", JUMPED_OVER: "jumped over", WAITING: "waiting"}
NO_WISHES = Wishes()


def ranked(goal: str | None = None, /, **states: str) -> list[Candidate]:
    catalog = small()
    return list(ranking(catalog, progress_of(catalog, goal, **states), NO_WISHES, goal))


TRUTH_TABLE = [
    (
        "nothing is begun",
        {},
        None,
        ["numbers ready", "words waiting", "attention waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "the first is done",
        {"numbers": "done"},
        None,
        ["words ready", "attention waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "the first is skipped, which counts as known",
        {"numbers": "skipped"},
        None,
        ["words ready", "attention waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "the first is under way",
        {"numbers": "doing"},
        None,
        ["numbers under way", "words waiting", "attention waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "a resource of a ready topic is done, which begins the topic",
        {"numbers": "done", "words": "done", "agents__two": "done"},
        None,
        ["agents under way", "attention ready", "tuning waiting"],
    ),
    (
        "a skipped concept begins nothing",
        {"numbers__idea": "skipped"},
        None,
        ["numbers ready", "words waiting", "attention waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "two are ready, in teaching order",
        {"numbers": "done", "words": "done"},
        None,
        ["attention ready", "agents ready", "tuning waiting"],
    ),
    (
        "done with an open prerequisite: what was jumped over comes after what is ready",
        {"words": "done"},
        None,
        ["attention ready", "agents ready", "numbers jumped over", "tuning waiting"],
    ),
    (
        "jumped over two steps further down, never before its own prerequisite",
        {"agents": "done"},
        None,
        ["numbers jumped over", "words waiting", "attention waiting", "tuning waiting"],
    ),
    (
        "under way with open prerequisites: it goes first, they were jumped over",
        {"attention": "doing"},
        None,
        ["attention under way", "numbers jumped over", "words waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "what was set aside jumps over nothing",
        {"agents": "skipped"},
        None,
        ["numbers ready", "words waiting", "attention waiting", "tuning waiting"],
    ),
    (
        "the goal first, and all that leads to it",
        {"numbers": "done", "words": "done"},
        "agents",
        ["agents ready", "attention ready", "tuning waiting"],
    ),
    (
        "what waits on the way still goes before what is ready off it",
        {"numbers": "done", "words": "done"},
        "tuning",
        ["attention ready", "tuning waiting", "agents ready"],
    ),
    (
        "what leads to the goal goes before what is under way off the way",
        {"numbers": "done", "words": "done", "agents": "doing"},
        "tuning",
        ["attention ready", "tuning waiting", "agents under way"],
    ),
    (
        "a concept as the goal means its topic",
        {"numbers": "done", "words": "done"},
        "agents/idea",
        ["agents ready", "attention ready", "tuning waiting"],
    ),
    (
        "a part as the goal means all its topics",
        {"attention": "skipped"},
        "basics",
        ["numbers ready", "words waiting", "tuning ready", "agents waiting"],
    ),
    (
        "a goal that is reached changes nothing",
        {"numbers": "done", "words": "done", "agents": "done"},
        "agents",
        ["attention ready", "tuning waiting"],
    ),
    (
        "everything is done or skipped",
        {"numbers": "done", "words": "done", "attention": "skipped", "tuning": "skipped", "agents": "done"},
        None,
        [],
    ),
]


@pytest.mark.parametrize(
    ("states", "goal", "expected"), [row[1:] for row in TRUTH_TABLE], ids=[r[0] for r in TRUTH_TABLE]
)
def test_ranking(states: dict[str, str], goal: str | None, expected: list[str]) -> None:
    found = ranked(goal, **states)
    assert [f"{candidate.topic.id} {STANDINGS[candidate.standing]}" for candidate in found] == expected


def test_suggested_is_what_can_be_begun_and_no_more_than_asked() -> None:
    found = ranked("tuning", numbers="done", words="done")
    assert [candidate.topic.id for candidate in suggestions(found, 9)] == ["attention", "agents"]
    assert [candidate.topic.id for candidate in suggestions(found, 1)] == ["attention"]


def reasons(candidates: Sequence[Candidate], name: str) -> list[tuple[str, dict[str, Any], bool]]:
    candidate = next(each for each in candidates if each.topic.id == name)
    return [(reason.code, dict(reason.fields), reason.speaks_for) for reason in candidate.reasons]


def test_reasons_of_a_first_topic() -> None:
    assert reasons(ranked(), "numbers") == [("no_prerequisites", {}, True), ("opens", {"topics": ["words"]}, True)]


def test_reasons_name_what_is_done_and_what_opens() -> None:
    assert reasons(ranked(numbers="skipped"), "words") == [
        ("prerequisites_done", {"topics": ["numbers"]}, True),
        ("opens", {"topics": ["attention", "agents"]}, True),
    ]


def test_what_is_begun_or_closed_is_not_opened_any_more() -> None:
    found = ranked(numbers="done", agents="doing", attention="skipped")
    assert "opens" not in [code for code, _, _ in reasons(found, "words")]


def test_reasons_of_a_waiting_topic_name_what_is_open() -> None:
    assert reasons(ranked(), "tuning") == [("needs", {"topics": ["attention"]}, False)]


def test_reasons_of_what_is_under_way_begin_with_the_day() -> None:
    assert reasons(ranked(numbers="done", words="doing"), "words")[0] == ("under_way", {"on": "2026-11-21"}, True)


def test_reasons_of_what_was_jumped_over_name_the_nearest_that_was_gone_on_to() -> None:
    found = ranked(attention="done", tuning="done", agents="doing")
    assert ("jumped_over", {"topics": ["attention", "agents"]}, False) in reasons(found, "words")
    assert ("needs", {"topics": ["numbers"]}, False) in reasons(found, "words")
    assert ("jumped_over", {"topics": ["attention", "agents"]}, False) in reasons(found, "numbers")


def test_reasons_towards_a_goal() -> None:
    found = ranked("tuning", numbers="done", words="done")
    assert ("on_the_way", {"goal": "tuning"}, True) in reasons(found, "attention")
    assert ("is_the_goal", {"goal": "tuning"}, True) in reasons(found, "tuning")
    assert ("off_the_way", {"goal": "tuning"}, False) in reasons(found, "agents")


def test_a_reached_goal_is_no_reason() -> None:
    found = ranked("numbers", numbers="done")
    assert {"on_the_way", "off_the_way", "is_the_goal"}.isdisjoint(code for code, _, _ in reasons(found, "words"))


def test_a_read_core_is_a_reason_and_leaves_no_resource() -> None:
    found = ranked(numbers__one="done")
    assert ("core_read", {"topic": "numbers"}, True) in reasons(found, "numbers")
    assert found[0].resource is None


CHOICE = topic(
    "choice",
    core=["first", ["english", "chinese"], "last"],
    resources=[
        resource("first", 90, kind="book"),
        resource("english", 40, sources=["a"]),
        resource("chinese", 50, language="zh-Hans", kind="video"),
        resource("last", 20, level="advanced"),
        resource("deep-video", 45, kind="video", sources=["a", "b"]),
        resource("deep-easy", 45, kind="paper"),
        resource("tool", None, kind="tool"),
    ],
)


def choice(wishes: Wishes, /, **states: str) -> str | None:
    catalog = catalog_of([CHOICE])
    found = chosen_resource(
        CHOICE, progress_of(catalog, **{f"choice__{name}": state for name, state in states.items()}), wishes
    )
    return found.id if found else None


CHOICES = [
    ("the core begins with its first", Wishes(), {}, "first"),
    ("what is read is left behind", Wishes(), {"first": "done"}, "english"),
    ("what is skipped is left behind", Wishes(), {"first": "skipped"}, "english"),
    ("what is under way goes first", Wishes(), {"last": "doing"}, "last"),
    ("of alternatives that in the learner's language", Wishes(languages=["zh-Hans"]), {"first": "done"}, "chinese"),
    ("the first of the languages wins", Wishes(languages=["en", "zh-Hans"]), {"first": "done"}, "english"),
    ("of alternatives that of the preferred kind", Wishes(kinds=["video"]), {"first": "done"}, "chinese"),
    ("language goes before kind", Wishes(["en"], ["video"]), {"first": "done"}, "english"),
    ("one of the alternatives is enough", Wishes(), {"first": "done", "chinese": "done"}, "last"),
    ("the core is read", Wishes(), {"first": "done", "english": "skipped", "last": "done"}, None),
    ("the language does not reach past the core's order", Wishes(languages=["zh-Hans"]), {}, "first"),
    ("a kind: the core before the rest", Wishes(kind="video"), {}, "chinese"),
    ("a kind: beyond the core", Wishes(kind="video"), {"english": "done"}, "deep-video"),
    ("a kind: nothing of it", Wishes(kind="course"), {}, None),
    ("a kind without length", Wishes(kind="tool"), {}, "tool"),
    ("a time: the first of the core that fits", Wishes(minutes=45), {}, "english"),
    ("a time: exactly as long fits", Wishes(minutes=20), {}, "last"),
    ("a time: nothing is that short", Wishes(minutes=19), {}, None),
    ("a time: what has no length fits none", Wishes(minutes=999, kind="tool"), {}, None),
    ("a time and a kind", Wishes(minutes=45, kind="video"), {}, "deep-video"),
    (
        "a time: beyond the core what more sources recommend",
        Wishes(minutes=45),
        {"english": "done", "last": "done"},
        "deep-video",
    ),
    (
        "a time: under way beyond the core goes first",
        Wishes(minutes=45),
        {"deep-easy": "doing"},
        "deep-easy",
    ),
]


@pytest.mark.parametrize(
    ("wishes", "states", "expected"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES]
)
def test_chosen_resource(wishes: Wishes, states: dict[str, str], expected: str | None) -> None:
    assert choice(wishes, **states) == expected


def test_of_equals_the_easier_one_is_chosen_then_the_first() -> None:
    levels = topic(
        "levels", core=[], resources=[resource("hard", level="advanced"), resource("easy"), resource("also")]
    )
    assert _chosen(levels).id == "easy"


def _chosen(entry: Topic) -> Resource:
    found = chosen_resource(entry, progress_of(catalog_of([entry])), NO_WISHES)
    assert found is not None
    return found


def test_a_time_is_looked_for_in_topics_that_can_be_begun_and_says_why_it_fits() -> None:
    catalog = small()
    found = list(ranking(catalog, progress_of(catalog), Wishes(minutes=45)))
    assert [(each.topic.id, each.resource and each.resource.id) for each in suggestions(found, 9)] == [
        ("numbers", "two")
    ]
    assert ("fits_the_time", {"minutes": 30}, True) in reasons(found, "numbers")


@pytest.mark.parametrize(
    ("wishes", "chosen"),
    [
        (Wishes(["en"], minutes=45), "english"),
        (Wishes(["zh-Hans"], minutes=45), "core"),
        (Wishes(["en"], kind="article"), "english"),
        (Wishes(minutes=45), "core"),
        (Wishes(["de"], minutes=45), "core"),
        (Wishes(["en"]), "core"),
    ],
)
def test_what_the_learner_reads_goes_before_the_core_where_time_or_kind_are_asked_for(
    wishes: Wishes, chosen: str
) -> None:
    mixed = topic("mixed", core=["core"], resources=[resource("core", 40, language="zh-Hans"), resource("english", 40)])
    found = chosen_resource(mixed, progress_of(catalog_of([mixed])), wishes)
    assert found is not None
    assert found.id == chosen


def test_a_topic_without_a_fitting_resource_ranks_last_and_says_so() -> None:
    topics = [topic("long", resources=[resource("one", 300)]), topic("short", resources=[resource("one", 20)])]
    catalog = catalog_of(topics)
    found = list(ranking(catalog, progress_of(catalog), Wishes(minutes=30)))
    assert [each.topic.id for each in found] == ["short", "long"]
    assert [each.topic.id for each in suggestions(found, 9)] == ["short"]
    assert ("nothing_fits", {}, False) in reasons(found, "long")


def test_reasons_for_a_resource_count_its_sources_and_name_its_language() -> None:
    entry = topic("one", resources=[resource("one", sources=["a", "b"], language="zh-Hant")])
    catalog = catalog_of([entry])
    ours = list(ranking(catalog, progress_of(catalog), Wishes(languages=["zh-Hans", "zh-Hant"])))
    assert reasons(ours, "one")[1:] == [
        ("recommended", {"count": 2}, True),
        ("in_your_language", {"language": "zh-Hant"}, True),
    ]
    other = list(ranking(catalog, progress_of(catalog), Wishes(languages=["en"])))
    assert ("other_language", {"language": "zh-Hant"}, False) in reasons(other, "one")


def way(goal: str, /, **states: str) -> list[str]:
    catalog = small()
    return goal_topics(catalog, progress_of(catalog, **states), goal)


def test_path_is_the_prerequisites_then_the_goal() -> None:
    assert way("agents") == ["numbers", "words", "agents"]


def test_path_stops_at_what_is_done_or_skipped() -> None:
    assert way("agents", words="done") == ["agents"]
    assert way("tuning", words="skipped") == ["attention", "tuning"]


def test_path_goes_through_what_is_under_way() -> None:
    assert way("agents", words="doing") == ["numbers", "words", "agents"]


def test_path_to_an_item_is_that_to_its_topic() -> None:
    assert way("words/one") == way("words/idea") == ["numbers", "words"]


def test_path_to_a_part_takes_all_its_topics() -> None:
    assert way("basics") == ["numbers", "words"]
    assert way("models", attention="done") == ["numbers", "words", "tuning", "agents"]


@pytest.mark.parametrize(
    ("goal", "states"),
    [
        ("words", {"words": "done"}),
        ("words", {"words": "skipped"}),
        ("words/one", {"words__one": "done"}),
        ("words/one", {"words": "done"}),
        ("basics", {"numbers": "done", "words": "skipped"}),
    ],
)
def test_path_to_a_goal_that_is_reached_is_empty(goal: str, states: dict[str, str]) -> None:
    assert way(goal, **states) == []


def test_supposing_something_known_shortens_the_way_and_records_nothing() -> None:
    catalog = small()
    progress = progress_of(catalog)
    supposed = progress.supposing(["words", "agents/one"])
    assert goal_topics(catalog, supposed, "agents") == ["agents"]
    assert supposed.minutes_left(catalog.briefs["agents"]) == 0
    assert supposed.state("agents") == "todo"
    assert goal_topics(catalog, progress, "agents") == ["numbers", "words", "agents"]
    assert not progress.has_begun


def progress_with(catalog: Catalog, states: dict[str, str]) -> Progress:
    return progress_of(catalog, None, **states)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Requires, dict[str, str]]:
    requires = draw(acyclic())
    return requires, draw(st.dictionaries(st.sampled_from(list(requires)), STATES))


@given(situations(), st.data())
def test_path_is_exactly_the_open_closure_in_an_order_to_learn_it(
    situation: tuple[Requires, dict[str, str]], data: st.DataObject
) -> None:
    requires, states = situation
    goal = data.draw(st.sampled_from(list(requires)))
    catalog = curriculum_with(requires)
    closed = frozenset(name for name, state in states.items() if state in ("done", "skipped"))
    found = goal_topics(catalog, progress_with(catalog, states), goal)
    assert len(set(found)) == len(found)
    assert set(found) == closure(requires, goal, closed)
    for place, name in enumerate(found):
        assert set(requires[name]) <= closed | set(found[:place])


@given(situations(), st.data())
def test_next_never_suggests_a_topic_before_its_prerequisites(
    situation: tuple[Requires, dict[str, str]], data: st.DataObject
) -> None:
    """Unless it is under way already."""
    requires, states = situation
    goal = data.draw(st.none() | st.sampled_from(list(requires)))
    catalog = curriculum_with(requires)
    closed = {name for name, state in states.items() if state in ("done", "skipped")}
    found = list(ranking(catalog, progress_with(catalog, states), NO_WISHES, goal))
    assert {each.topic.id for each in found} == set(requires) - closed
    begun = [each.topic.id for each in suggestions(found, 99)]
    assert begun or not found
    for name in begun:
        assert set(requires[name]) <= closed or states.get(name) == "doing"


@given(situations(), st.data())
def test_walking_next_to_the_end_visits_each_open_topic_exactly_once(
    situation: tuple[Requires, dict[str, str]], data: st.DataObject
) -> None:
    requires, states = situation
    goal = data.draw(st.none() | st.sampled_from(list(requires)))
    catalog = curriculum_with(requires)
    left = {name for name in requires if states.get(name) not in ("done", "skipped")}
    visited: list[str] = []
    walked = dict(states)
    while found := suggestions(ranking(catalog, progress_with(catalog, walked), NO_WISHES, goal), 1):
        name = found[0].topic.id
        visited.append(name)
        walked[name] = "done"
    assert sorted(visited) == sorted(left)


@given(acyclic(), st.data())
def test_walking_next_towards_a_goal_is_walking_the_path(requires: Requires, data: st.DataObject) -> None:
    goal = data.draw(st.sampled_from(list(requires)))
    catalog = curriculum_with(requires)
    walked: dict[str, str] = {}
    path = goal_topics(catalog, progress_with(catalog, {}), goal)
    for name in path:
        assert suggestions(ranking(catalog, progress_with(catalog, walked), NO_WISHES, goal), 1)[0].topic.id == name
        walked[name] = "done"
    assert goal_topics(catalog, progress_with(catalog, walked), goal) == []


@given(situations(), st.data())
def test_ranking_does_not_depend_on_the_order_of_the_records(
    situation: tuple[Requires, dict[str, str]], data: st.DataObject
) -> None:
    requires, states = situation
    catalog = curriculum_with(requires)
    items = {f"small/{name}": Record(state, None, date(2026, 11, 1), NOW, None) for name, state in states.items()}
    shuffled = dict(data.draw(st.permutations(list(items.items()))))
    one, other = (Progress(catalog, Records(each, {}, [])) for each in (items, shuffled))
    assert list(ranking(catalog, one, NO_WISHES)) == list(ranking(catalog, other, NO_WISHES))
