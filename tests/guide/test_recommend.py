"""What `next` ranks and `path` walks: a truth table on the five topics by hand, definitions on random curricula.

numbers <- words <- attention <- tuning, and words <- agents, in that teaching order.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Exercise
from llmpath.guide.figure import hours_left
from llmpath.guide.recommend import (
    PASSED_OVER,
    READY,
    UNDER_WAY,
    WAITING,
    Candidate,
    Preferences,
    chosen_resource,
    goal_topics,
    ranking,
    suggestions,
)
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from tests.strategies import STATES, Requires, acyclic, closure, curriculum_with
from tests.support import NOW, VERBS, catalog_of, entry, progress_of, resource, small, topic

STANDINGS = {UNDER_WAY: "under way", READY: "ready", PASSED_OVER: "passed over", WAITING: "waiting"}
ANYTHING = Preferences()


def ranked(goal: str | None = None, /, **states: str) -> list[Candidate]:
    catalog = small()
    return list(ranking(catalog, progress_of(catalog, goal, **states), ANYTHING, goal))


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
        "done with an open prerequisite: what was passed over comes after what is ready",
        {"words": "done"},
        None,
        ["attention ready", "agents ready", "numbers passed over", "tuning waiting"],
    ),
    (
        "passed over two steps further down, never before its own prerequisite",
        {"agents": "done"},
        None,
        ["numbers passed over", "words waiting", "attention waiting", "tuning waiting"],
    ),
    (
        "under way with open prerequisites: it goes first, they were passed over",
        {"attention": "doing"},
        None,
        ["attention under way", "numbers passed over", "words waiting", "tuning waiting", "agents waiting"],
    ),
    (
        "what was skipped passes nothing over",
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
        "what was started last goes first, off the way to the goal too",
        {"numbers": "done", "words": "done", "agents": "doing"},
        "tuning",
        ["agents under way", "attention ready", "tuning waiting"],
    ),
    (
        "of two under way the one that was touched last",
        {"numbers": "done", "words": "done", "attention": "doing", "agents__one": "doing"},
        None,
        ["agents under way", "attention under way", "tuning waiting"],
    ),
    (
        "what leads to the goal goes before what was begun off the way, earlier",
        {"numbers": "done", "words": "done", "agents": "doing", "attention": "doing"},
        "attention",
        ["attention under way", "agents under way", "tuning waiting"],
    ),
    (
        "what was touched last and is done leaves the order to the others",
        {"agents__one": "doing", "agents": "done", "numbers": "done", "words": "done"},
        None,
        ["attention ready", "tuning waiting"],
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
    assert reasons(ranked(), "numbers") == [("no_prerequisites", {}, True), ("unlocks", {"topics": ["words"]}, True)]


def test_reasons_name_the_prerequisites_those_that_were_skipped_and_what_is_unlocked() -> None:
    assert reasons(ranked(numbers="skipped"), "words") == [
        ("prerequisites_met", {"topics": ["numbers"], "skipped": ["numbers"]}, True),
        ("unlocks", {"topics": ["attention", "agents"]}, True),
    ]


def test_what_is_begun_or_closed_is_not_unlocked_any_more() -> None:
    found = ranked(numbers="done", agents="doing", attention="skipped")
    assert "unlocks" not in [code for code, _, _ in reasons(found, "words")]


def test_reasons_of_a_waiting_topic_name_what_is_open() -> None:
    assert reasons(ranked(), "tuning") == [("needs", {"topics": ["attention"]}, False)]


def test_reasons_of_what_is_under_way_begin_with_the_day() -> None:
    assert reasons(ranked(numbers="done", words="doing"), "words")[0] == ("under_way", {"on": "2026-11-21"}, True)


def test_reasons_of_what_was_passed_over_name_the_nearest_that_was_gone_on_to() -> None:
    found = ranked(attention="done", tuning="done", agents="doing")
    assert ("passed_over", {"topics": ["attention", "agents"]}, False) in reasons(found, "words")
    assert ("needs", {"topics": ["numbers"]}, False) in reasons(found, "words")
    assert ("passed_over", {"topics": ["attention", "agents"]}, False) in reasons(found, "numbers")


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
        resource("first", 90, kind="book", access="paid"),
        resource("english", 40, access="free"),
        resource("chinese", 50, language="zh-Hans", kind="video"),
        resource("last", 20, level="advanced", access="signup"),
        resource("deep-video", 45, kind="video"),
        resource("deep-easy", 45, kind="paper"),
        resource("gone", 5, kind="slides", status="gone"),
        resource("on-paper", 5, kind="slides", url=None, where="Chapter 2 of the book."),
        resource("tool", None, kind="tool"),
    ],
)
READS_ZH = ["zh-Hans", "en"]

CHOICES: list[tuple[str, Preferences, dict[str, str], str | None]] = [
    ("the core begins with its first", ANYTHING, {}, "first"),
    ("what is read is left behind", ANYTHING, {"first": "done"}, "english"),
    ("what is skipped is left behind", ANYTHING, {"first": "skipped"}, "english"),
    ("what is under way goes first", ANYTHING, {"last": "doing"}, "last"),
    ("of alternatives that in the language that is read best", Preferences(READS_ZH), {"first": "done"}, "chinese"),
    ("the order of the languages decides", Preferences(["en", "zh-Hans"]), {"first": "done"}, "english"),
    ("of alternatives that of the preferred kind", Preferences((), ["video"]), {"first": "done"}, "chinese"),
    ("language goes before kind", Preferences(["en", "zh-Hans"], ["video"]), {"first": "done"}, "english"),
    ("never another language, of whatever kind", Preferences(["en"], ["video"]), {"first": "done"}, "english"),
    ("one of the alternatives is enough", ANYTHING, {"first": "done", "chinese": "done"}, "last"),
    ("the core is read", ANYTHING, {"first": "done", "english": "skipped", "last": "done"}, None),
    ("the language does not reach past the core's order", Preferences(READS_ZH), {}, "first"),
    ("a slot with nothing readable is left out", Preferences(["zh-Hans"]), {}, "chinese"),
    ("nothing is readable", Preferences(["de"]), {}, None),
    ("a kind: the core before the rest", Preferences(only_kinds=["video"]), {}, "chinese"),
    ("a kind: in a language that is read", Preferences(["en"], only_kinds=["video"]), {}, "deep-video"),
    ("a kind: beyond the core", Preferences(only_kinds=["video"]), {"english": "done"}, "deep-video"),
    ("two kinds: the core before the rest", Preferences(only_kinds=["paper", "book"]), {}, "first"),
    ("two kinds: the other one", Preferences(only_kinds=["paper", "book"]), {"first": "done"}, "deep-easy"),
    ("a kind: nothing of it", Preferences(only_kinds=["course"]), {}, None),
    ("a kind: what is gone or has no address is no answer", Preferences(only_kinds=["slides"]), {}, None),
    ("a kind without length", Preferences(only_kinds=["tool"]), {}, "tool"),
    ("free of charge", Preferences(free=True), {}, "english"),
    ("free after signing up", Preferences(free=True), {"english": "done"}, "last"),
    ("a time: the first of the core that fits", Preferences(minutes=45), {}, "english"),
    ("a time: exactly as long fits", Preferences(minutes=20), {}, "last"),
    ("a time: nothing is that short", Preferences(minutes=19), {}, None),
    ("a time: what has no length fits none", Preferences(minutes=999, only_kinds=["tool"]), {}, None),
    ("a time and a kind", Preferences(minutes=45, only_kinds=["video"]), {}, "deep-video"),
    ("a time: beyond the core", Preferences(minutes=45), {"english": "done", "last": "done"}, "deep-video"),
    ("a time: under way beyond the core goes first", Preferences(minutes=45), {"deep-easy": "doing"}, "deep-easy"),
]


@pytest.mark.parametrize(
    ("wanted", "states", "expected"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES]
)
def test_chosen_resource(wanted: Preferences, states: dict[str, str], expected: str | None) -> None:
    progress = progress_of(catalog_of([CHOICE]), **{f"choice__{name}": state for name, state in states.items()})
    found = chosen_resource(CHOICE, progress, wanted)
    assert (found.id if found else None) == expected


def test_of_equals_the_easier_one_is_chosen_then_the_first() -> None:
    levels = topic(
        "levels", core=[], resources=[resource("hard", level="advanced"), resource("easy"), resource("also")]
    )
    found = chosen_resource(levels, progress_of(catalog_of([levels])), ANYTHING)
    assert found is not None
    assert found.id == "easy"


def test_a_slot_with_nothing_readable_is_named_until_it_is_closed() -> None:
    catalog = catalog_of([CHOICE])
    [candidate] = ranking(catalog, progress_of(catalog), Preferences(["zh-Hans"]))
    assert [each.id for each in candidate.unreadable] == ["first", "last"]
    [candidate] = ranking(catalog, progress_of(catalog, choice__first="skipped"), Preferences(["zh-Hans"]))
    assert [each.id for each in candidate.unreadable] == ["last"]
    [candidate] = ranking(catalog, progress_of(catalog), Preferences(["en"]))
    assert candidate.unreadable == []


LONG_AND_SHORT = [
    topic("long", resources=[resource("one", 300)], exercise=Exercise("Do it", "Nothing.", "It is done.", 60)),
    topic("short", resources=[resource("one", 20)]),
    topic("later", ["long"], resources=[resource("one", 10)]),
]

TIMES: list[tuple[str, int, dict[str, str], list[tuple[str, str | None, bool]]]] = [
    ("it fits in the next topic", 300, {}, [("long", "one", False), ("short", "one", False)]),
    ("it fits in the next ready one", 45, {}, [("short", "one", False)]),
    ("also where another topic was touched last", 45, {"long": "doing"}, [("short", "one", False)]),
    ("it fits in none that is ready: in parts", 15, {}, [("long", "one", True), ("short", "one", True)]),
    ("in parts: what was touched last", 15, {"short": "doing"}, [("short", "one", True), ("long", "one", True)]),
    ("once more is ready it fits there", 15, {"long": "done"}, [("later", "one", False)]),
]


@pytest.mark.parametrize(("minutes", "states", "expected"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES])
def test_time_fits_here_or_in_the_next_ready_topic_or_in_parts(
    minutes: int, states: dict[str, str], expected: list[tuple[str, str | None, bool]]
) -> None:
    catalog = catalog_of(LONG_AND_SHORT)
    found = suggestions(ranking(catalog, progress_of(catalog, **states), Preferences(minutes=minutes)), 9)
    assert [(each.topic.id, each.resource and each.resource.id, each.in_parts) for each in found] == expected


def test_a_time_says_why_it_fits_or_how_much_of_what() -> None:
    catalog = catalog_of(LONG_AND_SHORT)
    fitting = list(ranking(catalog, progress_of(catalog), Preferences(minutes=45)))
    assert ("fits_the_time", {"minutes": 20}, True) in reasons(fitting, "short")
    assert ("nothing_fits", {}, False) in reasons(fitting, "long")
    assert [each.fits for each in fitting] == [True, True, False]
    parts = list(ranking(catalog, progress_of(catalog), Preferences(minutes=15)))
    assert ("in_parts", {"minutes": 15, "whole": 300}, True) in reasons(parts, "long")


def test_a_kind_that_nothing_ready_has_is_not_suggested_in_another_kind() -> None:
    catalog = small()
    assert suggestions(ranking(catalog, progress_of(catalog), Preferences(only_kinds=["video"])), 9) == []


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
    assert hours_left(supposed, catalog.briefs["agents"]) == 0
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
    found = list(ranking(catalog, progress_with(catalog, states), ANYTHING, goal))
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
    while found := suggestions(ranking(catalog, progress_with(catalog, walked), ANYTHING, goal), 1):
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
        assert suggestions(ranking(catalog, progress_with(catalog, walked), ANYTHING, goal), 1)[0].topic.id == name
        walked[name] = "done"
    assert goal_topics(catalog, progress_with(catalog, walked), goal) == []


@given(situations(), st.data())
def test_ranking_does_not_depend_on_the_order_of_entries_of_one_moment(
    situation: tuple[Requires, dict[str, str]], data: st.DataObject
) -> None:
    requires, states = situation
    catalog = curriculum_with(requires)
    entries = [entry(NOW, VERBS[state], name) for name, state in states.items()]
    shuffled = data.draw(st.permutations(entries))
    one, other = (Progress(catalog, Log(each)) for each in (entries, shuffled))
    assert list(ranking(catalog, one, ANYTHING)) == list(ranking(catalog, other, ANYTHING))
