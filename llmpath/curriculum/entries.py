"""The light twin of `models`: the same entries with the same fields in the same order, texts in one language.

Daily commands hold these and never import pydantic. Days are ISO texts (`2026-11-20`). A test compares the two.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.curriculum.kinds import UNKNOWN_KIND_MINUTES, USUAL_MINUTES

EXERCISE = "exercise"
"""The name of a topic's exercise inside the topic: `quantization/exercise`."""


def whole_id(name: str, topic: str) -> str:
    """The id of what an entry of a topic names: `RESOURCE` stands in the same topic, `TOPIC/RESOURCE` in any."""
    return name if "/" in name else f"{topic}/{name}"


class Source(NamedTuple):
    """A published course that the curriculum draws on, and that recommends some of its resources."""

    id: str
    title: str
    author: str | None
    url: str | None
    language: str
    licence: str | None


class Concept(NamedTuple):
    """One key idea of a topic."""

    id: str
    title: str
    summary: str
    aliases: Sequence[str] = ()
    former_ids: Sequence[str] = ()


class Resource(NamedTuple):
    """One link that a topic can be learned from. `published` is a year, `checked` an ISO day."""

    id: str
    title: str
    url: str | None = None
    where: str | None = None
    former_urls: Sequence[str] = ()
    kind: str | None = None
    language: str | None = None
    authors: Sequence[str] = ()
    level: str | None = None
    minutes: int | None = None
    read: str | None = None
    concepts: Sequence[str] = ()
    note: str | None = None
    why: str | None = None
    access: str | None = None
    needs: Sequence[str] = ()
    published: int | None = None
    checked: str | None = None
    status: str | None = None
    superseded_by: str | None = None
    guessed: Sequence[str] = ()
    sources: Sequence[str] = ()
    former_ids: Sequence[str] = ()

    @property
    def counted_minutes(self) -> int:
        """Its minutes, or the usual ones of its kind."""
        if self.minutes is not None:
            return self.minutes
        return USUAL_MINUTES[self.kind] if self.kind else UNKNOWN_KIND_MINUTES


class Exercise(NamedTuple):
    """Something to do in a topic, once, by oneself. It is an item: its title is its task."""

    task: str
    start: str
    done_when: str
    minutes: int
    needs: Sequence[str] = ()

    @property
    def id(self) -> str:
        """Its name inside the topic."""
        return EXERCISE

    @property
    def title(self) -> str:
        """The name by which lists show it."""
        return self.task


class Question(NamedTuple):
    """A question on one concept, answered freely and graded by the learner."""

    id: str
    concept: str
    ask: str
    answer: str
    source: str
    where: str | None = None


class Topic(NamedTuple):
    """A subject with its concepts and resources. `core` names resources; a list inside it holds alternatives."""

    id: str
    title: str
    summary: str
    aliases: Sequence[str] = ()
    requires: Sequence[str] = ()
    exercise: Exercise | None = None
    core: Sequence[str | Sequence[str]] = ()
    see_also: Sequence[str] = ()
    former_ids: Sequence[str] = ()
    concepts: Sequence[Concept] = ()
    resources: Sequence[Resource] = ()

    @property
    def core_slots(self) -> list[list[Resource]]:
        """The core in reading order; each slot lists alternatives, of which one is enough."""
        by_id = {resource.id: resource for resource in self.resources}
        return [[by_id[name] for name in ([slot] if isinstance(slot, str) else slot)] for slot in self.core]

    @property
    def entries(self) -> "list[Entry]":
        """Everything in it that has progress: concepts, resources, the exercise."""
        return [*self.concepts, *self.resources, *([self.exercise] if self.exercise else [])]


class Part(NamedTuple):
    """A run of topics that belong together."""

    id: str
    title: str
    summary: str
    topics: Sequence[str]


class Goal(NamedTuple):
    """A goal: what a learner wants to become, and the topics that it takes."""

    id: str
    title: str
    summary: str
    topics: Sequence[str]


class Curriculum(NamedTuple):
    """One course in one language; topics in teaching order, questions by topic."""

    id: str
    title: str
    summary: str
    languages: Sequence[str]
    sources: Sequence[Source]
    parts: Sequence[Part]
    goals: Sequence[Goal]
    updated: str | None
    credit: str | None
    topics: Sequence[Topic]
    questions: Mapping[str, Sequence[Question]]


Entry = Concept | Resource | Exercise
"""What a topic holds."""
