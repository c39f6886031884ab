"""What next, path, plan, open and a bare `llmpath` return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from llmpath.progress.progress import Figure
from llmpath.view.results.reading import ResourceView, TopicRow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Reason(NamedTuple):
    """Why something is suggested: a code that never changes, and what fills its text. `speaks_for`: or against."""

    code: str
    fields: Mapping[str, Any]
    speaks_for: bool = True


class Suggestion(NamedTuple):
    """A topic to go on with, and the resource to open first.

    `can_begin`: nothing open comes before it, and it has a resource of the kind and length that was asked for.
    `to_open`: what `llmpath open` is to be told to open that resource; empty where it would do so by itself.
    """

    topic: str
    number: str
    title: str
    hours: float
    reasons: Sequence[Reason]
    resource: ResourceView | None
    can_begin: bool
    to_open: str


class Next(NamedTuple):
    """`next`. `goal` is what it heads for, if anything. Without suggestions nothing is left, or nothing fits.

    `is_whole_ranking`: it is taken from all open topics, not only from those that can be begun now.
    """

    suggestions: Sequence[Suggestion]
    progress: Figure
    goal: str | None
    goal_title: str | None
    is_goal_reached: bool
    is_whole_ranking: bool
    kind: str = "next"


class PathStep(NamedTuple):
    """A topic on the way; `hours` are those that are left of it, `requires` the topics on the way that it builds on."""

    topic: str
    number: str
    title: str
    hours: float
    state: str
    requires: Sequence[str]


class Path(NamedTuple):
    """`path`: topics in the order in which they can be learned; `hours` is the sum of theirs.

    `known`: ids of the items that were taken for known, without being recorded.
    """

    goal: str
    goal_title: str
    steps: Sequence[PathStep]
    hours: float
    as_tree: bool
    known: Sequence[str]
    kind: str = "path"


class PlanStep(NamedTuple):
    """A topic with its days; weeks count from 1: `first_week` is that of its first day, `week` that of its last."""

    topic: str
    number: str
    title: str
    hours: float
    starts: date
    ends: date
    first_week: int
    week: int


class Plan(NamedTuple):
    """`plan`: what remains, laid out; `ends` is the last day, `calendar` the file that was written, if one was."""

    goal: str | None
    goal_title: str | None
    progress: Figure
    hours_per_week: float
    starts: date
    ends: date | None
    weeks: int
    hours: float
    steps: Sequence[PlanStep]
    calendar: str | None
    kind: str = "plan"


class Dashboard(NamedTuple):
    """A bare `llmpath`. Without `has_begun` it explains itself; `first_part` may then be known, if there are others."""

    title: str
    has_begun: bool
    progress: Figure
    hours_left: float
    under_way: Sequence[TopicRow]
    next: Next
    goal: str | None
    goal_title: str | None
    to_goal: int
    streak: int
    first_part: str | None
    kind: str = "dashboard"


class Opened(NamedTuple):
    """`open`: the resource, and whether a browser took it."""

    resource: ResourceView
    is_open: bool
    print_only: bool
    kind: str = "open"
