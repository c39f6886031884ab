"""What next, path, plan, open and a bare `llmpath` return."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath.guide.figure import Figure
from llmpath.guide.recommend import Reason
from llmpath.progress.progress import Note
from llmpath.view.results.reading import ExerciseView, ResourceView, TopicRow


class Suggestion(NamedTuple):
    """A topic to go on with, and the resource to open first.

    `minutes_now`: how much of the resource fits into the time, where all of it does not; `exercise`: what is left to do
    where the core is read; `unreadable`: resources of the core in no language that the learner reads; `last_note`: what
    they noted last on the topic or in it. `can_begin`: its prerequisites are met, and it has what was asked for.
    `to_open`: what `llmpath open` is to be told to open that resource; empty where it would do so by itself.
    """

    topic: str
    number: str
    title: str
    hours_left: float
    reasons: Sequence[Reason]
    resource: ResourceView | None
    minutes_now: int | None
    exercise: ExerciseView | None
    unreadable: Sequence[ResourceView]
    last_note: Note | None
    can_begin: bool
    to_open: str


class NextSteps(NamedTuple):
    """`next`. `goal` is what it heads for, if anything. Without suggestions nothing is left, or nothing fits.

    `is_whole_ranking`: it is taken from all open topics, not only from those that can be begun now; `due`: how many
    concepts are to be reviewed today.
    """

    suggestions: Sequence[Suggestion]
    progress: Figure
    goal: str | None
    goal_title: str | None
    is_goal_reached: bool
    is_whole_ranking: bool = False
    due: int = 0
    kind: str = "next"


class PlanStep(NamedTuple):
    """A topic on the way; `hours` are those that are left of it, `requires` the topics on the way that it builds on.

    `starts` and `ends` are days: of what is done those on which it was, of the rest those that are planned. Weeks count
    from 1; 0 without dates.
    """

    topic: str
    number: str
    title: str
    hours: float
    state: str
    requires: Sequence[str]
    starts: date | None = None
    ends: date | None = None
    first_week: int = 0
    week: int = 0


class Plan(NamedTuple):
    """`plan`, and `path`, which is the same without dates: topics in the order in which they can be learned.

    `hours` is the sum of the steps' hours; `pace` the hours a week of the last four weeks; `known`: ids of items that
    were taken for known without being recorded; `ends` the last day; `calendar` the file that was written, if one was.
    """

    goal: str | None
    goal_title: str | None
    progress: Figure
    hours_per_week: float
    pace: float
    starts: date | None
    ends: date | None
    weeks: int
    hours: float
    steps: Sequence[PlanStep]
    known: Sequence[str]
    known_titles: Sequence[str]
    as_tree: bool
    calendar: str | None
    kind: str = "plan"


class GoalRow(NamedTuple):
    """Something to head for: a goal of the curriculum, or a part, with the hours that are left on the way."""

    id: str
    title: str
    summary: str
    hours_left: float


class GoalShown(NamedTuple):
    """`goal`: the goal in force, or none; `left` topics are on the way; `offered`: what one may head for."""

    goal: str | None
    goal_title: str | None
    left: int
    hours_left: float
    offered: Sequence[GoalRow]


class Dashboard(NamedTuple):
    """A bare `llmpath`. Without `has_begun` it explains itself and offers what one may head for.

    `first_part`: the id of the curriculum's first part; `more_under_way`: topics that are under way beside those named;
    `to_goal`: topics on the way to the goal of `next`; `streak`: active days in a row; `news`: changes of the
    curriculum that were not looked at.
    """

    title: str
    first_part: str
    has_begun: bool
    under_way: Sequence[TopicRow]
    more_under_way: int
    next: NextSteps
    to_goal: int
    streak: int
    offered: Sequence[GoalRow]
    news: int = 0


class Opened(NamedTuple):
    """`open`: the resources, whether a browser took them, and whether that was noted."""

    resources: Sequence[ResourceView]
    urls: Sequence[str]
    is_open: bool
    is_noted: bool
