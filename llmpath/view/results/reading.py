"""What list, show, resources and search return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath.progress.progress import Figure


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
    """`list`: the topics asked for; `parts` are those in which they stand.

    `under_way`: how many more are missing to the figure, where only those to do are asked for.
    """

    title: str
    progress: Figure
    hours_left: float
    parts: Sequence[PartRow]
    topics: Sequence[TopicRow]
    without_item: Sequence[str]
    under_way: int = 0
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
    """`show` of a topic. `is_filtered`: only resources of one kind are in it."""

    topic: TopicView
    is_filtered: bool = False
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


class ResourceListing(NamedTuple):
    """`resources`: those asked for, in teaching order."""

    resources: Sequence[ResourceView]
    topics: Sequence[Related]
    kind: str = "resources"


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
