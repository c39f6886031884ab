"""The one progress figure, by hours of the core and the exercise: by hand, and by what must always hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.entries import Exercise
from llmpath.guide.figure import Figure, Share, figure_of, hours_left, is_core_read, share_of, total
from llmpath.view.items import part_rows
from llmpath.view.results.reading import PartRow
from tests.strategies import STATES
from tests.support import catalog_of, progress_of, resource, small, topic

EXERCISE = Exercise("Do it", "Nothing.", "It is done.", 60)
LARGE = topic(
    "large",
    core=["long", ["quick", "slow", "fremd"], "unmeasured"],
    exercise=EXERCISE,
    resources=[
        resource("long", 90),
        resource("quick", 20),
        resource("slow", 200),
        resource("fremd", 300, language="zh-Hans"),
        resource("unmeasured", None, kind="article"),
        resource("extra", 500),
    ],
)
"""90, 20 and, an article's usual length, 20 minutes of core; 60 of exercise: 190 in all."""

SHARES: list[tuple[str, dict[str, str], Share]] = [
    ("nothing: all is left", {}, Share(0, 190, 0, 3)),
    ("begun: as much is left", {"large": "doing"}, Share(0, 190, 0, 3)),
    ("a slot is counted as it is read", {"large__long": "done"}, Share(90, 100, 1, 3)),
    ("an alternative counts as the first of its slot", {"large__slow": "done"}, Share(20, 170, 1, 3)),
    ("a slot counts once", {"large__slow": "done", "large__quick": "done"}, Share(20, 170, 1, 3)),
    ("one of another language too", {"large__fremd": "done"}, Share(20, 170, 1, 3)),
    ("of a slot done goes before skipped", {"large__slow": "done", "large__quick": "skipped"}, Share(20, 170, 1, 3)),
    ("a slot that is skipped leaves both sides", {"large__quick": "skipped"}, Share(0, 170, 0, 2)),
    ("a kind's usual length stands in", {"large__unmeasured": "done"}, Share(20, 170, 1, 3)),
    ("the exercise counts", {"large__exercise": "done"}, Share(60, 130, 0, 3)),
    ("an exercise that is skipped leaves both sides", {"large__exercise": "skipped"}, Share(0, 130, 0, 3)),
    ("beyond the core nothing counts", {"large__extra": "done", "large__idea": "done"}, Share(0, 190, 0, 3)),
    ("done: all of it", {"large": "done"}, Share(190, 0, 0, 3)),
    ("done: what was skipped in it too", {"large__long": "skipped", "large": "done"}, Share(190, 0, 0, 2)),
    ("skipped: none of it", {"large__long": "done", "large": "skipped"}, Share(0, 0, 1, 3)),
]


@pytest.mark.parametrize(("states", "share"), [row[1:] for row in SHARES], ids=[row[0] for row in SHARES])
def test_share_of_a_topic(states: dict[str, str], share: Share) -> None:
    catalog = catalog_of([LARGE])
    progress = progress_of(catalog, **states)
    assert share_of(progress, catalog.briefs["large"]) == share
    assert hours_left(progress, catalog.briefs["large"]) == round(share.left / 60, 2)


def test_without_a_core_all_resources_count() -> None:
    catalog = catalog_of([topic("loose", core=[])])
    assert share_of(progress_of(catalog, loose__two="done"), catalog.briefs["loose"]) == Share(30, 60, 1, 2)


@pytest.mark.parametrize(
    ("states", "is_read"),
    [
        ({}, False),
        ({"long": "done", "quick": "done"}, False),
        ({"long": "done", "slow": "done", "unmeasured": "done"}, True),
        ({"long": "skipped", "quick": "done", "unmeasured": "skipped"}, True),
        ({"long": "skipped", "quick": "skipped", "unmeasured": "skipped"}, False),
    ],
    ids=["nothing", "two of three", "all, one by an alternative", "one done, the rest skipped", "all skipped"],
)
def test_a_core_is_read_once_every_slot_is_closed_and_one_is_done(states: dict[str, str], is_read: bool) -> None:
    catalog = catalog_of([LARGE])
    progress = progress_of(catalog, **{f"large__{name}": state for name, state in states.items()})
    assert is_core_read(progress, catalog.briefs["large"]) is is_read


FIVE: list[tuple[dict[str, str], Figure]] = [
    ({}, Figure(0, 0, 5, 5, 0, 0.0, 5.0)),
    ({"words": "done"}, Figure(1, 0, 4, 5, 20, 1.0, 4.0)),
    ({"words__one": "done"}, Figure(0, 0, 5, 5, 20, 1.0, 4.0)),
    ({"words__two": "done"}, Figure(0, 0, 5, 5, 0, 0.0, 5.0)),
    ({"words": "skipped"}, Figure(0, 1, 4, 5, 0, 0.0, 4.0)),
    ({"words": "skipped", "agents": "done", "tuning__one": "done"}, Figure(1, 1, 3, 5, 50, 2.0, 2.0)),
    (dict.fromkeys(("numbers", "words", "attention", "agents"), "done"), Figure(4, 0, 1, 5, 80, 4.0, 1.0)),
    ({f"{name}__one": "done" for name in small().briefs}, Figure(0, 0, 5, 5, 99, 5.0, 0.0)),
    (dict.fromkeys(small().briefs, "done"), Figure(5, 0, 0, 5, 100, 5.0, 0.0)),
    (dict.fromkeys(small().briefs, "skipped"), Figure(0, 5, 0, 5, 100, 0.0, 0.0)),
]


@pytest.mark.parametrize(("states", "figure"), FIVE)
def test_figure(states: dict[str, str], figure: Figure) -> None:
    catalog = small()
    assert figure_of(catalog, progress_of(catalog, **states)) == figure


def test_figure_is_rounded_down() -> None:
    catalog = catalog_of([topic(name) for name in ("a", "b", "c")])
    assert figure_of(catalog, progress_of(catalog, a="done", b="done")).percent == 66


def test_figure_goes_by_hours_and_not_by_the_number_of_topics() -> None:
    catalog = catalog_of([LARGE, topic("little", resources=[resource("one", 5)])])
    assert figure_of(catalog, progress_of(catalog, little="done")).percent == 2
    assert figure_of(catalog, progress_of(catalog, large="done")).percent == 97


def test_figure_of_topics_without_hours_counts_topics() -> None:
    catalog = catalog_of([topic(name, core=[], resources=[]) for name in ("a", "b", "c")])
    assert figure_of(catalog, progress_of(catalog, a="done", b="skipped")) == Figure(1, 1, 1, 3, 50, 0.0, 0.0)


@given(st.dictionaries(st.sampled_from(["numbers", "words__one", "words", "attention", "tuning", "agents"]), STATES))
def test_figure_adds_up_and_is_full_only_when_nothing_is_left(states: dict[str, Any]) -> None:
    catalog = small()
    figure = figure_of(catalog, progress_of(catalog, **states))
    assert figure.done + figure.skipped + figure.left == figure.total == 5
    assert (figure.percent == 100) == (figure.left == 0)
    assert 0 <= figure.percent <= 100


def test_a_part_has_a_figure_of_its_own_topics() -> None:
    catalog = small()
    progress = progress_of(catalog, words="done", attention="skipped", tuning__one="done")
    assert part_rows(catalog, progress) == [
        PartRow("basics", 1, "Basics", Figure(1, 0, 1, 2, 50, 1.0, 1.0)),
        PartRow("models", 2, "Models", Figure(0, 1, 2, 3, 50, 1.0, 1.0)),
    ]


def test_a_total_is_the_sum_of_the_values_shown() -> None:
    assert total([0.33, 0.33, 0.33]) == 0.99
    assert total([0.1] * 3) == 0.3
    assert total([]) == 0
