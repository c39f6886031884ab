"""What `news` tells after each sort of item was added, moved, renamed or taken out; by hand on the five topics."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from llmpath.curriculum.entries import Concept, Exercise, Topic
from llmpath.guide.news import changes_since, seen_from, seen_now
from tests.support import catalog_of, progress_of, resource, topic

A = topic("alpha", resources=[resource("one"), resource("two", 30), resource("old", status="gone")])
B = topic("beta", ["alpha"], exercise=Exercise("Do it", "a file", "it runs", 30))
POINT = B.concepts[0]._replace(id="point", former_ids=["beta/idea"])
DONE = {"alpha": "done", "beta/two": "done", "beta/idea": "done"}


def told(after: Sequence[Topic], language: str = "en", **states: str) -> list[tuple[Any, ...]]:
    """Kind, id, what was, and whether it concerns the learner, of each change from A and B to other topics."""
    seen = seen_from(json.loads(json.dumps(seen_now(catalog_of([A, B]), "2026-11-20", "en")._asdict())))
    catalog = catalog_of(after)
    changes = changes_since(seen, catalog, progress_of(catalog, **{**DONE, **states}), language)
    return [(each.kind, each.id, each.was, each.affects_you) for each in changes]


def with_resource(sheet: Topic, name: str, **fields: Any) -> Topic:
    return sheet._replace(resources=[*sheet.resources, resource(name, **fields)])


def without(sheet: Topic, name: str) -> Topic:
    return sheet._replace(resources=[each for each in sheet.resources if each.id != name])


def changed(sheet: Topic, name: str, **fields: Any) -> Topic:
    return sheet._replace(resources=[e._replace(**fields) if e.id == name else e for e in sheet.resources])


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param([A, B], [], id="nothing"),
        pytest.param([B, A], [], id="another order"),
        pytest.param([A, B, topic("gamma")], [("topic_added", "gamma", "", False)], id="topic added"),
        pytest.param([with_resource(A, "new"), B], [("resource_added", "alpha/new", "", False)], id="resource added"),
        pytest.param(
            [A, B._replace(concepts=[*B.concepts, Concept("next", "Next", "More.")])],
            [("concept_added", "beta/next", "", False)],
            id="concept added",
        ),
        pytest.param(
            [A._replace(exercise=B.exercise), B], [("exercise_added", "alpha/exercise", "", False)], id="exercise added"
        ),
        pytest.param([A._replace(title="Alef"), B], [("topic_renamed", "alpha", "Alpha", True)], id="topic renamed"),
        pytest.param(
            [A, changed(B, "two", title="Second")],
            [("resource_renamed", "beta/two", "Two", True)],
            id="resource renamed",
        ),
        pytest.param(
            [A, B._replace(concepts=[Concept("idea", "The Point", "x")])],
            [("concept_renamed", "beta/idea", "The Idea of Beta", True)],
            id="concept renamed",
        ),
        pytest.param([A, B._replace(id="bet", former_ids=["beta"])], [], id="another id"),
        pytest.param(
            [with_resource(A, "two-b", title="Two", former_ids=["beta/two"]), without(B, "two")],
            [("resource_moved", "alpha/two-b", "Beta", True)],
            id="resource moved",
        ),
        pytest.param(
            [
                A._replace(concepts=[*A.concepts, POINT]),
                B._replace(concepts=[]),
            ],
            [("concept_moved", "alpha/point", "Beta", True)],
            id="concept moved",
        ),
        pytest.param([A, without(B, "two")], [("resource_gone", "beta/two", "", True)], id="resource taken out"),
        pytest.param(
            [A, B._replace(concepts=[], exercise=None)],
            [("concept_gone", "beta/idea", "", True), ("exercise_gone", "beta/exercise", "", False)],
            id="concept and exercise taken out",
        ),
        pytest.param([A], [("topic_gone", "beta", "", True)], id="topic taken out"),
        pytest.param(
            [A, changed(B, "two", status="gone", superseded_by="one")],
            [("resource_gone", "beta/two", "beta/one", True)],
            id="resource marked as gone",
        ),
        pytest.param(
            [with_resource(A, "new", minutes=40)._replace(core=["one", "new"]), B],
            [("core_added", "alpha/new", "", True)],
            id="core grown by a new resource",
        ),
        pytest.param([A, B._replace(core=["one", "two"])], [("core_added", "beta/two", "", False)], id="core grown"),
        pytest.param([A, B._replace(core=[["two", "one"]])], [], id="an alternative in the core"),
        pytest.param(
            [A._replace(core=["two"]), B],
            [("core_added", "alpha/two", "", True), ("core_left", "alpha/one", "", True)],
            id="core changed",
        ),
    ],
)
def test_each_sort_of_change_is_told_once(after: list[Topic], expected: object) -> None:
    assert told(after) == expected


def test_titles_are_not_compared_across_languages_but_for_those_of_resources() -> None:
    after = [A._replace(title="甲"), changed(B._replace(title="乙"), "one", title="One, again")]
    assert told(after, "zh-Hans") == [("resource_renamed", "beta/one", "One", False)]


def test_what_is_new_in_a_core_says_how_long_it_takes_and_its_topic() -> None:
    seen = seen_now(catalog_of([A, B]), "2026-11-20", "en")
    catalog = catalog_of([with_resource(A, "new", minutes=40)._replace(core=["one", "new"]), B])
    [change] = changes_since(seen, catalog, progress_of(catalog), "en")
    assert (change.minutes, change.topic, change.affects_you) == (40, "alpha", False)


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {},
        {"items": 1},
        {"items": {"a": []}, "core": {}},
        {"day": "2026-11-20", "language": "en", "items": {"a/b": ["concept", "B"]}, "core": {}, "gone": []},
    ],
)
def test_a_file_that_is_none_is_refused(plain: Any) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        seen_from(plain)
