"""How far the learner is: the one progress figure, by hours of the core and the exercise. Pure.

A topic's hours are those of its core, of which the first of each slot counts, and of its exercise. A done topic counts
whole; of another count the slots and the exercise that are done. What is skipped leaves both sides.
"""

from collections.abc import Iterable
from typing import NamedTuple

from llmpath.curriculum.catalog import Brief, Catalog, hours
from llmpath.curriculum.entries import EXERCISE
from llmpath.progress.log import CLOSED
from llmpath.progress.progress import Progress


class Share(NamedTuple):
    """The minutes of a topic, and its core: slots that are done, of those that are not skipped."""

    done: int
    left: int
    core_done: int
    core_total: int


class Figure(NamedTuple):
    """The figure of some topics: how many are done, skipped and left of how many; the hours; per cent, rounded down.

    `percent` is hours done of all that are not skipped: at most 99 while a topic is left, 100 where none is.
    """

    done: int
    skipped: int
    left: int
    total: int
    percent: int
    hours_done: float
    hours_left: float


def share_of(progress: Progress, topic: Brief) -> Share:
    """The minutes of a topic, divided into done and left."""
    own = progress.own_state(topic.id)
    states: list[str] = []
    done = left = 0
    for items, minutes in counted_parts(topic):
        state = _state_of_any(progress, items)
        states.append(state)
        if own == "done" or (own != "skipped" and state == "done"):
            done += minutes
        elif own != "skipped" and state not in CLOSED:
            left += minutes
    core = states[: len(topic.core)]
    return Share(done, left, core.count("done"), len(core) - core.count("skipped"))


def counted_parts(topic: Brief) -> list[tuple[list[str], int]]:
    """What counts in a topic, each slot of its core and then its exercise: the ids in it, and its minutes."""
    slots = [[f"{topic.id}/{name}" for name in slot] for slot in topic.core]
    exercise = [([f"{topic.id}/{EXERCISE}"], topic.exercise_minutes)] if topic.has_exercise else []
    return [*zip(slots, topic.core_minutes, strict=True), *exercise]


def _state_of_any(progress: Progress, items: Iterable[str]) -> str:
    """The state of a set of alternatives: one that is done is enough, else one that is skipped."""
    states = {progress.own_state(item) for item in items}
    return next((state for state in ("done", "skipped", "doing") if state in states), "todo")


def is_core_read(progress: Progress, topic: Brief) -> bool:
    """Whether of each slot of the core one resource is done or skipped, and one is done."""
    share = share_of(progress, topic)
    return 0 < share.core_done == share.core_total


def hours_left(progress: Progress, topic: Brief) -> float:
    """Hours of a topic that are left: its open slots, and its exercise."""
    return hours(share_of(progress, topic).left)


def total(values: Iterable[float]) -> float:
    """A sum of hours that are shown, rounded in the same way."""
    return round(sum(values), 2)


def figure_of(catalog: Catalog, progress: Progress, topics: Iterable[str] | None = None) -> Figure:
    """The figure of some topics, or of all."""
    briefs = [catalog.briefs[topic] for topic in (catalog.briefs if topics is None else topics)]
    states = [progress.own_state(brief.id) for brief in briefs]
    shares = [share_of(progress, brief) for brief in briefs]
    done, skipped = states.count("done"), states.count("skipped")
    open_topics = len(states) - done - skipped
    minutes_done, minutes_left = sum(share.done for share in shares), sum(share.left for share in shares)
    percent = 100
    if open_topics:
        counted = minutes_done + minutes_left
        percent = min(minutes_done * 100 // counted if counted else done * 100 // (done + open_topics), 99)
    return Figure(
        done,
        skipped,
        open_topics,
        len(states),
        percent,
        total(hours(share.done) for share in shares),
        total(hours(share.left) for share in shares),
    )
