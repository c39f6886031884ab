"""What commands return: values only. Their fields are those of the JSON that scripts rely on; `render` shows them.

Hours have at most two decimals and a total is the sum of the values shown. Ids are full addresses.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from llmpath.progress import Figure


class TopicRow(NamedTuple):
    """A line of `list`. `on`: the day of its state, where one is known."""

    id: str
    number: str
    part: str
    title: str
    state: str
    hours: float
    resources_done: int
    resources_total: int
    concepts_done: int
    concepts_total: int
    requires: Sequence[str]
    on: date | None
    hours_left: float


class PartRow(NamedTuple):
    """A part with its own figure."""

    id: str
    number: int
    title: str
    progress: Figure
    hours_done: float
    hours_left: float


class Listing(NamedTuple):
    """`list`: the topics asked for; `parts` are those in which they stand."""

    title: str
    progress: Figure
    hours_left: float
    parts: Sequence[PartRow]
    topics: Sequence[TopicRow]
    without_item: Sequence[str]
    kind: str = "list"


class ConceptView(NamedTuple):
    """A concept with its progress."""

    id: str
    title: str
    summary: str
    state: str
    my_note: str | None


class ResourceView(NamedTuple):
    """A resource with its progress; `topic` is the id of its topic."""

    id: str
    title: str
    url: str
    kind: str
    language: str
    minutes: int | None
    level: str
    core: bool
    authors: Sequence[str]
    note: str
    concepts: Sequence[str]
    sources: Sequence[str]
    former_urls: Sequence[str]
    state: str
    my_note: str | None
    topic: str


class Related(NamedTuple):
    """Another topic, as far as it matters here."""

    id: str
    number: str
    title: str
    state: str


class TopicView(NamedTuple):
    """A topic with everything in it. `related` describes the topics that `requires` and `opens` name."""

    id: str
    number: str
    part: str
    title: str
    aliases: Sequence[str]
    summary: str
    state: str
    hours: float
    requires: Sequence[str]
    opens: Sequence[str]
    my_note: str | None
    concepts: Sequence[ConceptView]
    resources: Sequence[ResourceView]
    see_also: Sequence[ResourceView]
    related: Sequence[Related]
    practice_minutes: int
    on: date | None


class TopicShown(NamedTuple):
    """`show` of a topic."""

    topic: TopicView
    kind: str = "show"


class ConceptShown(NamedTuple):
    """`show` of a concept: in JSON the concept with its `topic`; `resources` teach it."""

    concept: ConceptView
    topic: Related
    resources: Sequence[ResourceView]
    kind: str = "show"


class ResourceShown(NamedTuple):
    """`show` of a resource. `source_titles`: the published names of its `sources`."""

    resource: ResourceView
    topic: Related
    source_titles: Sequence[str]
    kind: str = "show"


class ResourceListing(NamedTuple):
    """`resources`: those asked for, in teaching order."""

    resources: Sequence[ResourceView]
    topics: Sequence[Related]
    kind: str = "resources"


class Reason(NamedTuple):
    """Why something is suggested: a code that never changes, and what fills its text. `speaks_for`: or against."""

    code: str
    fields: Mapping[str, Any]
    speaks_for: bool = True


class Suggestion(NamedTuple):
    """A topic to go on with, and the resource to open first."""

    topic: str
    number: str
    title: str
    hours: float
    reasons: Sequence[Reason]
    resource: ResourceView | None


class Next(NamedTuple):
    """`next`. `goal` is what it heads for, if anything; without suggestions everything asked for is done."""

    suggestions: Sequence[Suggestion]
    progress: Figure
    goal: str | None
    goal_title: str | None
    is_goal_reached: bool
    with_reasons_against: bool
    kind: str = "next"


class PathStep(NamedTuple):
    """A topic on the way."""

    topic: str
    number: str
    title: str
    hours: float
    state: str
    requires: Sequence[str]


class Path(NamedTuple):
    """`path`: topics in the order in which they can be learned; `hours` is the sum of theirs."""

    goal: str
    goal_title: str
    steps: Sequence[PathStep]
    hours: float
    as_tree: bool
    kind: str = "path"


class PlanStep(NamedTuple):
    """A topic with its days; `week` counts from 1 and is that of its last day."""

    topic: str
    number: str
    title: str
    hours: float
    starts: date
    ends: date
    week: int


class Plan(NamedTuple):
    """`plan`: what remains, laid out; `ends` is the last day, `calendar` the file that was written."""

    goal: str | None
    goal_title: str | None
    hours_per_week: float
    starts: date
    ends: date | None
    weeks: int
    hours: float
    steps: Sequence[PlanStep]
    calendar: str | None
    kind: str = "plan"


class Match(NamedTuple):
    """An item found; `score` from 0 to 100; `in_topic` is the title of its topic."""

    id: str
    title: str
    kind: str
    score: float
    in_topic: str
    state: str


class Search(NamedTuple):
    """`search`: matches, best first."""

    words: str
    matches: Sequence[Match]
    kind: str = "search"


class Streak(NamedTuple):
    """Days in a row on which something was done; the current one may have ended yesterday."""

    current: int
    longest: int


class Stats(NamedTuple):
    """`stats`. `active_days`: days on which something was begun, done or skipped, with how many; of the last year."""

    progress: Figure
    parts: Sequence[PartRow]
    hours_done: float
    hours_left: float
    streak: Streak
    active_days: Mapping[str, int]
    today: date
    kind: str = "stats"


class Event(NamedTuple):
    """One record, as `log` shows it."""

    on: date
    at: datetime
    item: str
    title: str
    state: str
    my_note: str | None


class Log(NamedTuple):
    """`log`: newest first."""

    events: Sequence[Event]
    kind: str = "log"


class Dashboard(NamedTuple):
    """A bare `llmpath`. Without `has_begun` it explains itself."""

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
    kind: str = "dashboard"


class Marked(NamedTuple):
    """One item that a command changed."""

    id: str
    number: str
    title: str
    state: str
    is_topic: bool


class Changed(NamedTuple):
    """What a command changed, and where the learner stands now. `finished_core`: topics that wait for their `done`.

    `command` names what was done; `unchanged` items were so already; `left_alone` were changed from elsewhere.
    """

    command: str
    items: Sequence[Marked]
    unchanged: Sequence[Marked]
    progress: Figure
    finished_core: Sequence[Marked]
    next: Suggestion | None
    undone_command: str = ""
    left_alone: Sequence[Marked] = ()
    note: str | None = None
    kind: str = "changed"


class NoteShown(NamedTuple):
    """`note ITEM` without a text."""

    item: Marked
    my_note: str | None
    kind: str = "note"


class GoalShown(NamedTuple):
    """`goal`: the goal in force, or none."""

    goal: str | None
    goal_title: str | None
    left: int
    hours_left: float
    kind: str = "goal"


class Opened(NamedTuple):
    """`open`: the resource, and whether a browser took it."""

    resource: ResourceView
    is_open: bool
    print_only: bool
    kind: str = "open"


class SettingRow(NamedTuple):
    """One setting in force; `origin`: flag, a variable's name, config, locale or default."""

    key: str
    value: Any
    origin: str


class ConfigShown(NamedTuple):
    """`config`: everything in force; `path` is the file, whether it is there or not."""

    path: str
    is_there: bool
    settings: Sequence[SettingRow]
    unknown: Sequence[str]
    changed: str | None = None
    kind: str = "config"


class FileRow(NamedTuple):
    """One file or folder: what it is for, why there, and how it is: `ok`, `absent`, or a fault."""

    name: str
    path: str
    origin: str
    health: str
    detail: str


class Info(NamedTuple):
    """`info`: versions and files."""

    version: str
    python: str
    platform: str
    language: str
    curriculum: str
    files: Sequence[FileRow]
    unknown_items: Sequence[str]
    sync_conflicts: Sequence[str]
    kind: str = "info"


class Difference(NamedTuple):
    """An item whose record differs: its key in the file, and its state before and after."""

    key: str
    title: str
    before: str
    after: str


class Merged(NamedTuple):
    """`merge`: what was taken over, or would be; as a git merge driver it says nothing."""

    differences: Sequence[Difference]
    dry_run: bool
    files: Sequence[str]
    kind: str = "merge"


class BackupRow(NamedTuple):
    """A copy of the progress file; `items` is -1 where it is damaged."""

    name: str
    made: str
    items: int


class Backups(NamedTuple):
    """`backup list`: newest first."""

    path: str
    backups: Sequence[BackupRow]
    kind: str = "backups"


class Restored(NamedTuple):
    """`backup restore`: what changed, or would; `kept` is the copy of what was replaced."""

    name: str
    differences: Sequence[Difference]
    dry_run: bool
    kept: str
    kind: str = "restore"
