"""What map returns."""

from typing import NamedTuple

from llmpath.guide.map import CourseMap


class MapShown(NamedTuple):
    """`map`: the course, with the learner's notes on topics where they were asked for."""

    course: CourseMap
    kind: str = "map"


class MapOpened(NamedTuple):
    """`map --open`: the page that was written, and whether a browser took it."""

    path: str
    is_open: bool
    kind: str = "map_opened"
