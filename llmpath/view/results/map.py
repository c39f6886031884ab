"""What map returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.progress.progress import Figure


class MapTopic(NamedTuple):
    """A topic on the map; `layer` counts from 0. `notes` are the learner's, where they were asked for."""

    id: str
    number: str
    part: str
    layer: int
    title: str
    state: str
    hours_left: float
    core_done: int
    core_total: int
    on_the_way: bool
    is_goal: bool
    notes: Sequence[str]


class MapShown(NamedTuple):
    """`map`: the topics in teaching order; edges lead from prerequisite to dependent."""

    title: str
    progress: Figure
    hours_left: float
    nodes: Sequence[MapTopic]
    edges: Sequence[tuple[str, str]]
    goal: str | None
    goal_title: str | None
    to_goal: int
    kind: str = "map"


class MapOpened(NamedTuple):
    """`map --open`: the page that was written, and whether a browser took it."""

    path: str
    is_open: bool
    kind: str = "map_opened"
