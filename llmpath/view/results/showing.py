"""What show returns."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.view.results.reading import ConceptView, ExerciseView, Related, ResourceView, TopicView


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
