"""The light, frozen view of one curriculum in one language, which all daily commands work with.

Its fields are those of `models`, texts being those of one language; a test compares names and values.
Names that a user types are resolved here. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from llmpath.errors import AmbiguousItem, UnknownItem
from llmpath.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


KINDS = (
    "article",
    "video",
    "course",
    "book",
    "paper",
    "notebook",
    "code",
    "docs",
    "tool",
    "dataset",
    "leaderboard",
    "slides",
)
LEVELS = ("intro", "intermediate", "advanced")


class Source(NamedTuple):
    """A published course that recommends resources."""

    id: str
    title: str
    author: str | None
    url: str | None
    language: str


class Concept(NamedTuple):
    """One key idea of a topic."""

    id: str
    title: str
    summary: str
    aliases: Sequence[str]
    former_ids: Sequence[str]


class Resource(NamedTuple):
    """One link of a topic."""

    id: str
    title: str
    url: str
    former_urls: Sequence[str]
    kind: str
    language: str
    authors: Sequence[str]
    level: str
    minutes: int | None
    concepts: Sequence[str]
    note: str
    sources: Sequence[str]
    former_ids: Sequence[str]


class Topic(NamedTuple):
    """What `list` lists."""

    id: str
    title: str
    summary: str
    aliases: Sequence[str]
    requires: Sequence[str]
    practice_minutes: int
    core: Sequence[str | Sequence[str]]
    see_also: Sequence[str]
    former_ids: Sequence[str]
    concepts: Sequence[Concept]
    resources: Sequence[Resource]


class Part(NamedTuple):
    """A run of topics."""

    id: str
    title: str
    summary: str
    topics: Sequence[str]


class Curriculum(NamedTuple):
    """One course in one language; topics in teaching order."""

    id: str
    title: str
    summary: str
    languages: Sequence[str]
    sources: Sequence[Source]
    parts: Sequence[Part]
    topics: Sequence[Topic]


class Topics(Sequence[Topic]):
    """The topics of a curriculum, of which each is loaded when it is first asked for."""

    def __init__(self, count: int, load: Callable[[int], Topic]) -> None:
        self._loaded: list[Topic | None] = [None] * count
        self._load = load

    def __len__(self) -> int:
        return len(self._loaded)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        topic = self._loaded[place]
        if topic is None:
            topic = self._loaded[place] = self._load(range(len(self))[place])
        return topic


class Brief(NamedTuple):
    """A topic without its texts: what is needed of all of them all the time.

    `concepts` and `resources` are ids. `core` lists the ids of each slot, and `core_minutes` the minutes of the first
    of each: alternatives are counted once.
    """

    id: str
    title: str
    requires: Sequence[str]
    practice_minutes: int
    concepts: Sequence[str]
    resources: Sequence[str]
    core: Sequence[Sequence[str]]
    core_minutes: Sequence[int]

    @property
    def minutes(self) -> int:
        """Minutes of the topic as a whole: its core and its practice."""
        return sum(self.core_minutes) + self.practice_minutes

    @property
    def addresses(self) -> list[str]:
        """The addresses of its concepts, then of its resources."""
        return [f"{self.id}/{name}" for names in (self.concepts, self.resources) for name in names]


class Digest(NamedTuple):
    """What is known of a curriculum without loading a topic: all in brief, and how its items were called earlier.

    `former`: for each item that had other ids, the addresses under which earlier versions kept its progress.
    """

    briefs: Sequence[Brief]
    former: Mapping[str, Sequence[str]]


class Item(NamedTuple):
    """Anything that has progress, found by its address. `entry` is the topic itself, or one of its own."""

    address: str
    topic: Topic
    entry: Topic | Concept | Resource


def entries(topic: Topic) -> list[Concept | Resource]:
    """A topic's concepts, then its resources."""
    return [*topic.concepts, *topic.resources]


def core_slots(topic: Topic) -> list[list[Resource]]:
    """The topic's core in reading order; each slot lists alternatives, of which one is enough."""
    by_id = {resource.id: resource for resource in topic.resources}
    return [[by_id[name] for name in ([slot] if isinstance(slot, str) else slot)] for slot in topic.core]


def digest_of(curriculum: Curriculum) -> Digest:
    """The digest of a curriculum; loads all of it."""
    former: dict[str, list[str]] = {}
    for topic in curriculum.topics:
        if topic.former_ids:
            former[topic.id] = list(topic.former_ids)
        for entry in entries(topic):
            if topic.former_ids or entry.former_ids:
                own = f"{topic.id}/{entry.id}"
                addresses = (f"{t}/{n}" for t in (topic.id, *topic.former_ids) for n in (entry.id, *entry.former_ids))
                former[own] = [address for address in addresses if address != own]
    return Digest([_brief_of(topic) for topic in curriculum.topics], former)


def _brief_of(topic: Topic) -> Brief:
    core = core_slots(topic)
    return Brief(
        topic.id,
        topic.title,
        topic.requires,
        topic.practice_minutes,
        [concept.id for concept in topic.concepts],
        [resource.id for resource in topic.resources],
        [[resource.id for resource in slot] for slot in core],
        [slot[0].minutes or 0 for slot in core],
    )


def hours(minutes: float) -> float:
    """Minutes as hours with at most two decimals, as JSON and totals have them."""
    return round(minutes / 60, 2)


class Names(NamedTuple):
    """Every name but the addresses, folded, with the addresses that it leads to; in all the curriculum's languages."""

    aliases: Mapping[str, Sequence[str]]
    titles: Mapping[str, Sequence[str]]
    part_titles: Mapping[str, Sequence[str]]


class Catalog:
    """A curriculum with what is looked up in it all the time. Names are loaded only where ids do not answer."""

    def __init__(self, curriculum: Curriculum, load_names: Callable[[], Names], digest: Digest | None = None) -> None:
        self.curriculum = curriculum
        chosen = digest or digest_of(curriculum)
        self.briefs: dict[str, Brief] = {brief.id: brief for brief in chosen.briefs}
        self.former = chosen.former
        self._places = {brief.id: place for place, brief in enumerate(chosen.briefs)}
        self._load_names = load_names
        self._loaded_names: Names | None = None

    def topic(self, topic_id: str) -> Topic:
        """The topic with that id. Raises `KeyError`."""
        return self.curriculum.topics[self._places[topic_id]]

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Topic ids to numbers, in teaching order: `quantization` is `2.7`."""
        return {
            topic: f"{part_number}.{number}"
            for part_number, part in enumerate(self.curriculum.parts, 1)
            for number, topic in enumerate(part.topics, 1)
        }

    @cached_property
    def requires(self) -> dict[str, Sequence[str]]:
        """Topic ids to their prerequisites, in teaching order."""
        return {brief.id: brief.requires for brief in self.briefs.values()}

    @cached_property
    def _parts(self) -> dict[str, Part]:
        return {topic: part for part in self.curriculum.parts for topic in part.topics}

    def _names(self) -> Names:
        if self._loaded_names is None:
            self._loaded_names = self._load_names()
        return self._loaded_names

    def part_of(self, topic_id: str) -> Part:
        """The part in which a topic stands."""
        return self._parts[topic_id]

    def find(self, address: str) -> Item | None:
        """The item at a full address, or None."""
        topic_id, slash, name = address.partition("/")
        if topic_id not in self.briefs:
            return None
        topic = self.topic(topic_id)
        if not slash:
            return Item(address, topic, topic)
        for entry in entries(topic):
            if entry.id == name:
                return Item(address, topic, entry)
        return None

    def items(self) -> Iterator[Item]:
        """Every item in teaching order: a topic, its concepts, its resources, the next topic."""
        for topic in self.curriculum.topics:
            yield Item(topic.id, topic, topic)
            for entry in entries(topic):
                yield Item(f"{topic.id}/{entry.id}", topic, entry)

    def resolve(self, name: str) -> Item:
        """The one item that a user means. Raises `UnknownItem` or `AmbiguousItem`."""
        if found := self.find(name):
            return found
        wanted = folded(name)
        for addresses in self._steps(wanted):
            if addresses:
                return self._only(name, addresses)
        part = self._exact_part(wanted)
        raise UnknownItem(name, self.closest(wanted), part.id if part else None)

    def resolve_all(self, names: Sequence[str]) -> list[Item]:
        """The items that several names mean, in that order, each once; the name of a part means all its topics."""
        chosen: dict[str, Item] = {}
        for name in names:
            found = self.resolve_item_or_part(name)
            items = [found] if isinstance(found, Item) else [self._topic_item(topic) for topic in found.topics]
            chosen |= {item.address: item for item in items if item.address not in chosen}
        return list(chosen.values())

    def _topic_item(self, topic_id: str) -> Item:
        topic = self.topic(topic_id)
        return Item(topic_id, topic, topic)

    def resolve_part(self, name: str) -> Part:
        """The part that a user means: by id, number, title, or a beginning of id or title. Raises like `resolve`."""
        wanted = folded(name)
        if part := self._exact_part(wanted):
            return part
        found = {
            part.id: part
            for part in self.curriculum.parts
            if wanted and (part.id.startswith(wanted) or self._part_title_begins(part, wanted))
        }
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise AmbiguousItem(name, [(part.id, part.title) for part in found.values()])
        raise UnknownItem(name, [part.id for part in self.curriculum.parts])

    def _part_title_begins(self, part: Part, wanted: str) -> bool:
        return any(title.startswith(wanted) and part.id in ids for title, ids in self._names().part_titles.items())

    def resolve_item_or_part(self, name: str) -> Item | Part:
        """The item, or the part, that a user means; a part's whole name goes before a beginning of an item's."""
        if found := self.find(name):
            return found
        wanted = folded(name)
        steps = self._steps(wanted)
        for _ in range(EXACT_STEPS):
            if addresses := next(steps):
                return self._only(name, addresses)
        if part := self._exact_part(wanted):
            return part
        for addresses in steps:
            if addresses:
                return self._only(name, addresses)
        raise UnknownItem(name, self.closest(wanted, [part.id for part in self.curriculum.parts]))

    def _exact_part(self, wanted: str) -> Part | None:
        for number, part in enumerate(self.curriculum.parts, 1):
            if wanted in (part.id, str(number)):
                return part
        ids = self._names().part_titles.get(wanted, ())
        return next((part for part in self.curriculum.parts if part.id in ids), None)

    def _steps(self, wanted: str) -> Iterator[list[str]]:
        """Addresses by each way of naming, in the promised order; the first way that finds any counts."""
        if not wanted:
            yield from [[]] * EXACT_STEPS
            return
        yield [wanted] if self.find(wanted) else []
        by_number = {number: topic for topic, number in self.numbers.items()}
        yield [by_number[wanted]] if wanted in by_number else []
        names = self._names()
        yield self._best_rank(names.aliases.get(wanted, ()))
        yield self._best_rank(names.titles.get(wanted, ()))
        yield self._best_rank(self._beginning_with(wanted, names, by_number))

    def _beginning_with(self, wanted: str, names: Names, by_number: dict[str, str]) -> list[str]:
        """Addresses with a name that begins so; a beginning of a topic's name never reaches past a `/`."""
        found: list[str] = []
        for brief in self.briefs.values():
            if brief.id.startswith(wanted):
                found.append(brief.id)
            elif wanted.startswith(f"{brief.id}/"):
                found += [address for address in brief.addresses if address.startswith(wanted)]
        found += [topic for number, topic in by_number.items() if number.startswith(wanted)]
        for table in (names.aliases, names.titles):
            found += [address for name, ids in table.items() if name.startswith(wanted) for address in ids]
        return [address for address in found if "/" in address] if "/" in wanted else found

    def _best_rank(self, addresses: Sequence[str]) -> list[str]:
        """Of several, the topics; without any, the concepts; without these, the resources."""
        ranked: dict[int, dict[str, None]] = {}
        for address in addresses:
            item = self.find(address)
            if item is not None:
                rank = (Topic, Concept, Resource).index(type(item.entry))
                ranked.setdefault(rank, {})[address] = None
        return list(ranked[min(ranked)]) if ranked else []

    def _only(self, name: str, addresses: Sequence[str]) -> Item:
        found = [item for address in addresses if (item := self.find(address))]
        if len(found) > 1:
            raise AmbiguousItem(name, [(item.address, item.entry.title) for item in found])
        return found[0]

    def closest(self, wanted: str, others: Sequence[str] = (), limit: int = 3) -> list[str]:
        """Addresses, and `others`, with a name that resembles one that was not found: what a typing error meant.

        Best first. A title may be in another language than the learner's; an address can be typed in all of them.
        """
        if not wanted:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # to swap two neighbours is one slip, not two

        names = self._names()
        meant: dict[str, Sequence[str]] = {name: [name] for name in (*others, *self.briefs)}
        if "/" in wanted:
            meant |= {item.address: [item.address] for item in self.items()}
        for table in (names.aliases, names.titles):
            meant |= {name: addresses for name, addresses in table.items() if name not in meant}
        likeness = OSA.normalized_similarity
        found = process.extract(wanted, list(meant), scorer=likeness, limit=limit * 5, score_cutoff=LEAST_LIKENESS)
        near = [meant[name] for name, score, _ in found if score >= found[0][1] - LIKENESS_BEHIND_BEST]
        return list(dict.fromkeys(address for addresses in near for address in addresses))[:limit]


LEAST_LIKENESS, LIKENESS_BEHIND_BEST = 0.5, 0.15
"""How like a name, of 1, a suggestion must be, and how much less like it than the best one it may be."""

EXACT_STEPS = 4
"""How many of the ways of naming want the whole name: address, number, alias, title."""
