"""What list, show, resources and search return. A view has an entry of the curriculum and what the learner did."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from llmpath.curriculum.entries import Concept, Exercise, Resource, Topic
from llmpath.guide.figure import Figure


class NoteView(NamedTuple):
    """A note of the learner's, and when it was written."""

    at: datetime
    text: str


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
    last_note: NoteView | None = None


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
    notes: Sequence[NoteView]

    @property
    def note(self) -> str | None:
        """All notes as one text, one after the other; None without any."""
        return "\n".join(note.text for note in self.notes) or None


class ConceptView(NamedTuple):
    """A concept with its progress; `item` is its whole id, `topic` that of its topic.

    `is_faded`: it was reviewed, and its estimated recall has fallen below what counts as fading.
    """

    entry: Concept
    item: str
    topic: str
    did: Did
    is_faded: bool = False


class ResourceView(NamedTuple):
    """A resource with its progress; `item` is its whole id, `topic` that of its topic."""

    entry: Resource
    item: str
    topic: str
    did: Did
    core: bool

    @property
    def concepts(self) -> list[str]:
        """The whole ids of the concepts that it teaches."""
        return [f"{self.topic}/{name}" for name in self.entry.concepts]


class ExerciseView(NamedTuple):
    """A topic's exercise with its progress; `item` is its whole id."""

    entry: Exercise
    item: str
    topic: str
    did: Did


class Related(NamedTuple):
    """Another topic, as far as it matters here."""

    id: str
    number: str
    title: str
    state: str


class TopicView(NamedTuple):
    """A topic with everything in it. `related` describes the topics that it requires and unlocks.

    `core`: whole ids in reading order; each entry lists alternatives, of which one is enough; `core_done` and
    `core_total` count them without those that are skipped. `to_read`: the whole id of what is to be opened next.
    """

    entry: Topic
    number: str
    part: str
    did: Did
    hours: float
    hours_left: float
    unlocks: Sequence[str]
    exercise: ExerciseView | None
    concepts: Sequence[ConceptView]
    resources: Sequence[ResourceView]
    see_also: Sequence[ResourceView]
    related: Sequence[Related]
    core: Sequence[Sequence[str]]
    core_done: int
    core_total: int
    to_read: str | None


class TopicShown(NamedTuple):
    """`show` of a topic: the essence, or `everything`. `is_filtered`: only some sorts of resources are in it.

    `languages`: those that the learner reads, best first.
    """

    topic: TopicView
    is_filtered: bool = False
    everything: bool = False
    languages: Sequence[str] = ()
    kind: str = "show"


class ConceptShown(NamedTuple):
    """`show` of a concept: in JSON the concept with its `topic`; `resources` teach it, all or those of one kind."""

    concept: ConceptView
    topic: Related
    resources: Sequence[ResourceView]
    is_filtered: bool = False
    kind: str = "show"


class ResourceShown(NamedTuple):
    """`show` of a resource. `source_titles`: the published names of its `sources`."""

    resource: ResourceView
    topic: Related
    source_titles: Sequence[str]
    kind: str = "show"


class ExerciseShown(NamedTuple):
    """`show` of a topic's exercise."""

    exercise: ExerciseView
    topic: Related
    kind: str = "show"


OneShown = TopicShown | ConceptShown | ResourceShown | ExerciseShown


class Shown(NamedTuple):
    """`show` of several items."""

    items: Sequence[OneShown]
    kind: str = "show"


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
