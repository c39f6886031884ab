"""The map as data: layers, the way to the goal, what stands on each node."""

from hypothesis import given

from llmpath.curriculum.entries import Exercise, Goal
from llmpath.curriculum.graph import with_all_required
from llmpath.guide.map import Held, course_map, layers_of
from tests.strategies import Requires, acyclic, closure
from tests.support import catalog_of, progress_of, small, topic


def test_a_topic_stands_one_layer_above_the_highest_of_its_prerequisites() -> None:
    requires = {"a": [], "b": ["a"], "c": ["a", "b"], "d": [], "e": ["d"]}
    assert layers_of(requires) == {"a": 0, "b": 1, "c": 2, "d": 0, "e": 1}


@given(acyclic())
def test_every_edge_leads_to_a_higher_layer_and_no_layer_is_empty(requires: Requires) -> None:
    layers = layers_of(requires)
    assert all(layers[name] < layers[topic] for topic, names in requires.items() for name in names)
    assert set(layers.values()) == set(range(1 + max(layers.values())))


@given(acyclic())
def test_the_way_is_what_is_left_and_all_that_it_builds_on(requires: Requires) -> None:
    last = list(requires)[-1]
    assert with_all_required(requires, [last]) == closure(requires, last)


def test_nodes_stand_in_teaching_order_with_edges_from_prerequisite_to_dependent() -> None:
    course = course_map(small(), progress_of(small()))
    assert list(course.nodes) == ["numbers", "words", "attention", "tuning", "agents"]
    assert course.edges == [("numbers", "words"), ("words", "attention"), ("attention", "tuning"), ("words", "agents")]
    assert [node.layer for node in course.nodes.values()] == [0, 1, 2, 3, 2]
    assert [[node.id for node in layer] for layer in course.layers] == [
        ["numbers"],
        ["words"],
        ["attention", "agents"],
        ["tuning"],
    ]
    assert course.nodes["words"].unlocks == ["attention", "agents"]


def test_a_node_says_how_far_its_topic_is() -> None:
    course = course_map(small(), progress_of(small(), numbers="done", words="doing", words__one="done"))
    facts = {name: (n.state, n.hours_left, n.core_done, n.core_total) for name, n in course.nodes.items()}
    assert facts["numbers"] == ("done", 0, 0, 1)
    assert facts["words"] == ("doing", 0, 1, 1)
    assert facts["agents"] == ("todo", 1, 0, 1)
    assert (course.progress.hours_done, course.progress.hours_left) == (2, 3)


def test_the_way_to_the_goal_runs_through_what_is_done() -> None:
    course = course_map(small(), progress_of(small(), numbers="done"), "tuning")
    assert [name for name, node in course.nodes.items() if node.way] == ["numbers", "words", "attention", "tuning"]
    assert [name for name, node in course.nodes.items() if node.is_goal] == ["tuning"]
    assert (course.goal, course.goal_title, course.to_goal) == ("tuning", "Tuning", 3)


def test_of_a_part_as_the_goal_the_ends_are_goals() -> None:
    course = course_map(small(), progress_of(small()), "models")
    assert [name for name, node in course.nodes.items() if node.is_goal] == ["tuning", "agents"]
    assert course.goal_title == "Models"


def test_a_goal_that_is_reached_has_no_way() -> None:
    course = course_map(small(), progress_of(small(), tuning="done"), "tuning")
    assert (course.goal, course.to_goal) == (None, 0)
    assert not any(node.way for node in course.nodes.values())


def test_lanes_are_parts_with_their_hours() -> None:
    course = course_map(small(), progress_of(small(), numbers="done"))
    assert [(lane.id, lane.number, list(lane.topics)) for lane in course.lanes] == [
        ("basics", 1, ["numbers", "words"]),
        ("models", 2, ["attention", "tuning", "agents"]),
    ]
    assert [(lane.progress.hours_done, lane.hours) for lane in course.lanes] == [(1, 2), (0, 3)]


def test_texts_have_the_core_in_slots_and_the_rest_apart() -> None:
    course = course_map(small(), progress_of(small()), with_texts=True)
    texts = course.nodes["words"].texts
    assert texts is not None
    assert texts.summary == "What words is."
    assert [[held.entry.title for held in slot] for slot in texts.core] == [["One"]]
    assert [held.entry.title for held in texts.rest] == ["Two"]
    assert [held.entry.title for held in texts.concepts] == ["The Idea of Words"]


def test_an_exercise_comes_with_its_state() -> None:
    exercise = Exercise("Train it.", "From a notebook.", "It learns.", 90)
    catalog = catalog_of([topic("a", exercise=exercise), topic("b")])
    course = course_map(catalog, progress_of(catalog, a__exercise="done"), with_texts=True)
    first, second = (node.texts for node in course.nodes.values())
    assert first is not None
    assert second is not None
    assert first.exercise == Held(exercise, "done", ())
    assert second.exercise is None


def test_one_of_the_courses_own_goals_leads_through_all_its_topics() -> None:
    catalog = catalog_of(
        [topic("a"), topic("b", ["a"]), topic("c")], goals=[Goal("builder", "Builder", "", ["b", "c"])]
    )
    course = course_map(catalog, progress_of(catalog), "builder")
    assert [name for name, node in course.nodes.items() if node.is_goal] == ["b", "c"]
    assert (course.goal_title, course.to_goal) == ("Builder", 3)
