"""What list, resources and search return. A view has an entry of the curriculum and what the learner did with it."""

from collections.abc import Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from llmpath.curriculum.entries import Concept, Entry, Exercise, Resource, Topic
from llmpath.guide.figure import Figure
from llmpath.progress.progress import Note

E = TypeVar("E", bound=Entry)


class TopicRow(NamedTuple):
    """A line of `list`. `on`: the day of its state, where one is known. `core_*` count slots that are not skipped."""

    id: str
    number: str
    part: str
    title: str
    state: str
    hours: float
    hours_left: float
    core_done: int
    core_total: int
    concepts_done: int
    concepts_total: int
    requires: Sequence[str]
    on: date | None
    last_note: Note | None = None


class PartRow(NamedTuple):
    """A part with its own figure."""

    id: str
    number: int
    title: str
    progress: Figure


class Listing(NamedTuple):
    """`list`: the topics asked for; `parts` are those in which they stand.

    `under_way`: how many more are missing to the figure, where only those to do are asked for.
    """

    title: str
    progress: Figure
    parts: Sequence[PartRow]
    topics: Sequence[TopicRow]
    without_item: Sequence[str]
    under_way: int = 0
    kind: str = "list"


class Did(NamedTuple):
    """What the learner did with an item: its state, the day of that where one is known, and their notes."""

    state: str
    on: date | None
    notes: Sequence[Note]


class View(NamedTuple, Generic[E]):
    """An entry of a topic with what the learner did with it; `item` is its whole id, `topic` that of its topic.

    `core`: a resource of the topic's core. `is_faded`: a concept that was reviewed, and whose estimated recall has
    fallen below what counts as fading.
    """

    entry: E
    item: str
    topic: str
    did: Did
    core: bool = False
    is_faded: bool = False


ConceptView = View[Concept]
ResourceView = View[Resource]
ExerciseView = View[Exercise]


class Related(NamedTuple):
    """Another topic, as far as it matters here."""

    id: str
    number: str
    title: str
    state: str


class TopicView(NamedTuple):
    """A topic with everything in it: its figures in `row`, the topics that it requires and unlocks in `related`.

    `core`: whole ids in reading order; each entry lists alternatives, of which one is enough. `to_read`: the whole id
    of what is to be opened next.
    """

    entry: Topic
    row: TopicRow
    did: Did
    unlocks: Sequence[str]
    exercise: ExerciseView | None
    concepts: Sequence[ConceptView]
    resources: Sequence[ResourceView]
    see_also: Sequence[ResourceView]
    related: Sequence[Related]
    core: Sequence[Sequence[str]]
    to_read: str | None


class ResourceListing(NamedTuple):
    """`resources`: those asked for, in teaching order."""

    resources: Sequence[ResourceView]
    topics: Sequence[Related]
    kind: str = "resources"


class Match(NamedTuple):
    """An item found: `score` from 0 to 100, `snippet` the piece of text that matched.

    `kind` says what sort of item it is, `resource_kind` what sort of resource; `in_topic` is the title of its topic.
    """

    id: str
    title: str
    kind: str
    score: float
    snippet: str
    in_topic: str
    state: str
    resource_kind: str | None = None
    minutes: int | None = None
    language: str | None = None


class Search(NamedTuple):
    """`search`: matches, best first; `total` counts those too that are not among them."""

    words: str
    matches: Sequence[Match]
    total: int
    kind: str = "search"
