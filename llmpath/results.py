"""What commands return: values only. Their fields are those of the JSON that scripts rely on; `render` shows them.

Hours have at most two decimals and a total is the sum of the values shown. Ids are full addresses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from llmpath.faults import Fault
from llmpath.light import NamedTuple
from llmpath.progress import Figure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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
    """A topic with everything in it. `related` describes the topics that `requires` and `opens` name.

    `core`: addresses in reading order; each entry lists alternatives, of which one is enough.
    """

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
    core: Sequence[Sequence[str]]


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

    `is_whole_ranking`: every open topic is there, not only those that can be begun now.
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


class Marked(NamedTuple):
    """One item that a command changed. `on`: the day of its state; `what` changed: `state`, `note` or `no_note`."""

    id: str
    number: str
    title: str
    state: str
    is_topic: bool
    on: date | None = None
    what: str = "state"


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

    llmpath: str
    python: str
    platform: str
    language: str
    curriculum: str
    files: Sequence[FileRow]
    unknown_items: Sequence[str]
    sync_conflicts: Sequence[str]
    kind: str = "info"


class Difference(NamedTuple):
    """A record that differs: its key in the file, and its state before and after.

    `what` says what differs: the `state`, only the `note` or the day, or the `goal`, with titles before and after.
    """

    key: str
    title: str
    before: str
    after: str
    what: str = "state"


class Merged(NamedTuple):
    """`merge`: what was taken over, or would be; as a git merge driver it says nothing.

    `is_changed` also where nothing differs but times, or what this version does not know.
    """

    differences: Sequence[Difference]
    dry_run: bool
    files: Sequence[str]
    is_changed: bool = False
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
    is_changed: bool
    kind: str = "restore"


class Imported(NamedTuple):
    """`import`: what was marked, or would be, in the order of the check list in `file`."""

    file: str
    differences: Sequence[Difference]
    progress: Figure
    dry_run: bool
    kind: str = "import"


class Exported(NamedTuple):
    """`export -o`: the file that was written."""

    path: str
    kind: str = "exported"


class FolderReport(NamedTuple):
    """One checked folder: the curriculum's id, None where faults keep it from being used, and what it holds.

    The faults' files are paths from the working folder.
    """

    folder: str
    curriculum: str | None
    topics: int
    resources: int
    faults: Sequence[Fault]
    warnings: Sequence[Fault]


class Validation(NamedTuple):
    """`validate`: a report for each folder; `github`: as annotations of a workflow."""

    folders: Sequence[FolderReport]
    github: bool
    kind: str = "validate"

    @property
    def exit_code(self) -> int:
        """1 where there are faults; warnings alone are no failure."""
        return 1 if any(report.faults for report in self.folders) else 0


class CurriculumRow(NamedTuple):
    """One curriculum at hand: how it is (`ok`, `damaged` with so many faults, or `absent`), and how far one has come.

    `name` is what `curriculum use` and `--curriculum` take.
    """

    name: str
    folder: str | None
    id: str | None
    title: str | None
    languages: Sequence[str]
    in_use: bool
    health: str
    faults: int
    progress: Figure | None


class Curricula(NamedTuple):
    """`curriculum list`: the shipped one first."""

    curricula: Sequence[CurriculumRow]
    kind: str = "curricula"


class CurriculumUsed(NamedTuple):
    """`curriculum use`. `overruled_by`: the flag or the variable that names another one for now."""

    name: str
    folder: str
    title: str
    progress: Figure
    overruled_by: str | None
    kind: str = "curriculum_used"


class CurriculumMade(NamedTuple):
    """`curriculum new`: where it is, and the files that were written."""

    folder: str
    id: str
    title: str
    files: Sequence[str]
    kind: str = "curriculum_made"
