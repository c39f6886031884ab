"""Where things stand on a map: nothing lies on anything else, whatever the course looks like."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.guide.map import CourseMap, course_map
from llmpath.view.map_layout import TRACK, Box, Chart, Road, chart_of, path_of
from tests.strategies import Requires, acyclic
from tests.support import catalog_of, progress_of, small, topic


def course_of(requires: Requires, parts: int = 1) -> CourseMap:
    """A course of these topics, dealt out to so many parts in order."""
    names = list(requires)
    share = -(-len(names) // parts)
    shares = {f"part-{start}": names[start : start + share] for start in range(0, len(names), share)}
    catalog = catalog_of([topic(name, above) for name, above in requires.items()], shares)
    return course_map(catalog, progress_of(catalog))


courses = st.builds(course_of, acyclic(largest=14), st.integers(1, 4))


def pieces(road: Road) -> list[Box]:
    return [Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)) for (x1, y1), (x2, y2) in pairwise(road.points)]


def touch(one: Box, other: Box, room: float = 0) -> bool:
    """Whether two boxes come nearer to each other than `room`; lines are boxes without width or height."""
    return (
        one.x < other.x + other.width + room
        and other.x < one.x + one.width + room
        and one.y < other.y + other.height + room
        and other.y < one.y + one.height + room
    )


@given(courses)
def test_no_card_lies_on_another_and_each_stands_in_its_lane(course: CourseMap) -> None:
    chart = chart_of(course)
    assert not any(touch(one, other, room=15) for one, other in combinations(chart.cards.values(), 2))
    assert not any(touch(one, other) for one, other in combinations(chart.lanes.values(), 2))
    for lane in course.lanes:
        box = chart.lanes[lane.id]
        for name in lane.topics:
            card = chart.cards[name]
            assert box.x < card.x
            assert card.x + card.width < box.x + box.width <= chart.width
            assert box.y < card.y
            assert card.y + card.height < box.y + box.height <= chart.height


@given(courses)
def test_no_road_crosses_a_card_or_leaves_the_chart(course: CourseMap) -> None:
    chart = chart_of(course)
    for road in chart.roads:
        for piece in pieces(road):
            assert not [name for name, card in chart.cards.items() if touch(piece, card)]
            assert piece.x >= 0
            assert piece.y >= 0
            assert piece.x + piece.width <= chart.width
            assert piece.y + piece.height <= chart.height


@given(courses)
def test_a_road_leads_rightwards_from_card_to_card_in_straight_pieces(course: CourseMap) -> None:
    chart = chart_of(course)
    assert [(road.start, road.end) for road in chart.roads] == list(course.edges)
    for road in chart.roads:
        start, end = chart.cards[road.start], chart.cards[road.end]
        assert road.points[0] == (start.x + start.width, start.y + start.height / 2)
        assert road.points[-1][0] == end.x
        assert end.y < road.points[-1][1] < end.y + end.height
        assert all(x1 <= x2 and (x1 == x2 or y1 == y2) for (x1, y1), (x2, y2) in pairwise(road.points))


@given(courses)
def test_upright_roads_of_two_topics_never_run_on_each_other(course: CourseMap) -> None:
    upright = [(road.start, piece) for road in chart_of(course).roads for piece in pieces(road) if piece.height]
    for (one, first), (other, second) in combinations(upright, 2):
        assert one == other or not touch(first, second, room=TRACK / 2)


@pytest.mark.parametrize(
    ("requires", "crossings"),
    [
        ({"a": [], "b": [], "c": ["b"], "d": ["a"]}, 0),
        ({"a": [], "b": [], "c": [], "x": ["c"], "y": ["b"], "z": ["a"]}, 0),
        ({"a": [], "b": [], "c": ["a", "b"], "d": ["a", "b"]}, 1),
    ],
)
def test_topics_of_a_layer_are_ordered_so_that_few_edges_cross(requires: Requires, crossings: int) -> None:
    chart = chart_of(course_of(requires))
    ends = [(chart.cards[road.start].y, chart.cards[road.end].y) for road in chart.roads]
    assert sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2)) == crossings


def test_a_chain_is_one_straight_road() -> None:
    chart = chart_of(course_of({"a": [], "b": ["a"], "c": ["b"]}))
    assert [len(road.points) for road in chart.roads] == [2, 2]
    assert len({card.y for card in chart.cards.values()}) == 1


def test_topics_that_nothing_joins_stand_in_rows_in_teaching_order() -> None:
    chart = chart_of(course_of({f"t{number}": [] for number in range(9)}))
    cards = list(chart.cards.values())
    assert len({card.y for card in cards[:7]}) == 1
    assert [card.x for card in cards[7:]] == [card.x for card in cards[:2]]
    assert cards[7].y > cards[0].y


def test_a_single_topic_is_a_map_too() -> None:
    chart = chart_of(course_of({"a": []}))
    assert len(chart.cards) == len(chart.lanes) == 1
    assert not chart.roads


def test_the_same_course_gives_the_same_chart() -> None:
    def chart() -> Chart:
        return chart_of(course_map(small(), progress_of(small())))

    assert chart() == chart()


def test_a_path_rounds_its_corners_and_a_short_piece_less() -> None:
    assert path_of([(0, 0), (10, 0)]) == "M0 0L10 0"
    assert path_of([(0, 0), (20, 0), (20, 40), (40, 40)], radius=5) == ("M0 0L15 0Q20 0 20 5L20 35Q20 40 25 40L40 40")
    assert path_of([(0, 0), (20, 0), (20, 4), (40, 4)], radius=5) == "M0 0L18 0Q20 0 20 2L20 2Q20 4 22 4L40 4"
