"""A curriculum with what is looked up in it all the time: items by id, number, alias, title and beginning. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from llmpath.curriculum.entries import EXERCISE, Curriculum, Entry, Goal, Part, Topic, whole_id
from llmpath.errors import AmbiguousItem, UnknownItem
from llmpath.text.names import folded

FEWEST_LETTERS, FEWEST_CHINESE = 3, 2
"""The least length of a beginning that names what is to be changed."""

LEAST_LIKENESS, LIKENESS_BEHIND_BEST = 0.5, 0.15
"""The least likeness of a suggestion to a name, of 1, and the most by which it may fall behind the best one."""


class Brief(NamedTuple):
    """A topic without its texts: what is needed of all topics all the time.

    `concepts` and `resources` are ids inside the topic. `core` has the ids of each slot that counts, alternatives
    together, and `core_languages` their languages; without a core each resource is a slot of its own. `core_minutes`
    are those of the first of each slot, or its kind's usual ones. `exercise_minutes` is 0 without an exercise.
    """

    id: str
    title: str
    requires: Sequence[str]
    concepts: Sequence[str]
    resources: Sequence[str]
    core: Sequence[Sequence[str]]
    core_languages: Sequence[Sequence[str | None]]
    core_minutes: Sequence[int]
    exercise_minutes: int

    @property
    def minutes(self) -> int:
        """Minutes of the topic as a whole: its core and its exercise."""
        return sum(self.core_minutes) + self.exercise_minutes

    @property
    def has_exercise(self) -> bool:
        """Whether the topic has an exercise."""
        return self.exercise_minutes > 0

    @property
    def names(self) -> list[str]:
        """The ids inside the topic of everything that has progress."""
        return [*self.concepts, *self.resources, *([EXERCISE] if self.has_exercise else [])]

    @property
    def item_ids(self) -> list[str]:
        """The whole ids of everything in the topic that has progress."""
        return [f"{self.id}/{name}" for name in self.names]


class Digest(NamedTuple):
    """The facts about a curriculum that need no topic to be loaded.

    `former`: for each item that had other ids, the ids under which earlier versions kept its progress.
    """

    briefs: Sequence[Brief]
    former: Mapping[str, Sequence[str]]


class Names(NamedTuple):
    """Every name but the ids, folded, with the ids that it leads to; in all the curriculum's languages."""

    aliases: Mapping[str, Sequence[str]]
    titles: Mapping[str, Sequence[str]]
    part_titles: Mapping[str, Sequence[str]]
    goal_titles: Mapping[str, Sequence[str]]


class Item(NamedTuple):
    """Anything that has progress, found by its id. `entry` is the topic itself, or one of its own."""

    id: str
    topic: Topic
    entry: Topic | Entry

    @property
    def kind(self) -> str:
        """The sort of item: `topic`, `concept`, `resource` or `exercise`."""
        return type(self.entry).__name__.lower()


def hours(minutes: float) -> float:
    """Minutes as hours with at most two decimals, as JSON and totals have them."""
    return round(minutes / 60, 2)


def digest_of(curriculum: Curriculum) -> Digest:
    """The digest of a curriculum; loads all of it."""
    return Digest([brief_of(topic) for topic in curriculum.topics], former_ids(curriculum.topics))


def brief_of(topic: Topic) -> Brief:
    """A topic without its texts."""
    slots = topic.core_slots or [[resource] for resource in topic.resources]
    return Brief(
        topic.id,
        topic.title,
        topic.requires,
        [concept.id for concept in topic.concepts],
        [resource.id for resource in topic.resources],
        [[resource.id for resource in slot] for slot in slots],
        [[resource.language for resource in slot] for slot in slots],
        [slot[0].counted_minutes for slot in slots],
        topic.exercise.minutes if topic.exercise else 0,
    )


def former_ids(all_topics: Iterable[Any]) -> dict[str, list[str]]:
    """Items to their former ids, from topics in either form.

    A topic's former ids are former places of its entries too, also of those that came from another topic.
    """
    topics = {topic.id: topic for topic in all_topics}
    names = {key: [key, *(old for old in topic.former_ids if "/" not in old)] for key, topic in topics.items()}
    former: dict[str, list[str]] = {}
    for key, topic in topics.items():
        if topic.former_ids:
            former[key] = list(topic.former_ids)
        entries = [(entry.id, entry.former_ids) for entry in (*topic.concepts, *topic.resources)]
        for name, given in [*entries, *([(EXERCISE, ())] if topic.exercise else [])]:
            if not given and len(names[key]) == 1:
                continue
            own = f"{key}/{name}"
            whole = [whole_id(each, key) for each in (name, *given)]
            split = [each.partition("/") for each in whole]
            ids = dict.fromkeys(f"{old}/{each}" for place, _, each in split for old in names.get(place, [place]))
            former[own] = [each for each in ids if each != own]
    return former


class Catalog:
    """A curriculum with what is looked up in it. Names are loaded only where ids and numbers do not answer."""

    def __init__(self, curriculum: Curriculum, load_names: Callable[[], Names], digest: Digest | None = None) -> None:
        self.curriculum = curriculum
        chosen = digest or digest_of(curriculum)
        self.briefs: dict[str, Brief] = {brief.id: brief for brief in chosen.briefs}
        self.former = chosen.former
        self._places = {brief.id: place for place, brief in enumerate(chosen.briefs)}
        self._load_names = load_names

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

    @cached_property
    def _by_number(self) -> dict[str, str]:
        return {number: topic for topic, number in self.numbers.items()}

    @cached_property
    def _names(self) -> Names:
        return self._load_names()

    def part_of(self, topic_id: str) -> Part:
        """The part in which a topic stands."""
        return self._parts[topic_id]

    def find(self, item_id: str) -> Item | None:
        """The item with a whole id, or None."""
        topic_id, slash, name = item_id.partition("/")
        if topic_id not in self.briefs or (slash and name not in self.briefs[topic_id].names):
            return None
        topic = self.topic(topic_id)
        if not slash:
            return Item(item_id, topic, topic)
        return next((Item(item_id, topic, entry) for entry in topic.entries if entry.id == name), None)

    def items(self) -> Iterator[Item]:
        """Every item in teaching order: a topic, its concepts, its resources, its exercise, the next topic."""
        for topic in self.curriculum.topics:
            yield Item(topic.id, topic, topic)
            for entry in topic.entries:
                yield Item(f"{topic.id}/{entry.id}", topic, entry)

    def part_or_goal(self, name: str) -> Part | Goal | None:
        """The part or the goal with an id, or None."""
        known: list[Part | Goal] = [*self.curriculum.parts, *self.curriculum.goals]
        return next((each for each in known if each.id == name), None)

    def title_of(self, name: str) -> str:
        """The title of what has an id: an item, a part or a goal; the id itself where nothing has it."""
        if item := self.find(name):
            return item.entry.title
        found = self.part_or_goal(name)
        return found.title if found else name

    def topics_of(self, goal: str) -> list[str]:
        """The topics that a goal wants, by its id: those of a part or of a goal, else the topic of an item."""
        found = self.part_or_goal(goal)
        return list(found.topics) if found else [goal.partition("/")[0]]

    # what a user means

    def resolve(self, name: str, *, strict: bool = False) -> Item:
        """The one item that a user means. Raises `UnknownItem`, also for a part's whole name, or `AmbiguousItem`.

        `strict`, where something is changed: a name that is not whole must be long enough and fit one item only.
        """
        wanted = folded(name)
        if ids := self._whole(name, wanted):
            return self._only(name, ids)
        if part := self._whole_part(wanted):
            raise UnknownItem(name, [], part.id)
        return self._begun(name, wanted, strict=strict)

    def resolve_all(self, names: Sequence[str], *, strict: bool = False) -> list[Item]:
        """The items that several names mean, in that order, each once; a part's whole name means all its topics."""
        chosen: dict[str, Item] = {}
        for name in names:
            found = self.resolve_item_or_part(name, strict=strict)
            items = [found] if isinstance(found, Item) else filter(None, map(self.find, found.topics))
            chosen |= {item.id: item for item in items if item.id not in chosen}
        return list(chosen.values())

    def resolve_item_or_part(self, name: str, *, strict: bool = False) -> Item | Part:
        """The item, or the part by its whole name, that a user means. Raises like `resolve`."""
        wanted = folded(name)
        if ids := self._whole(name, wanted):
            return self._only(name, ids)
        return self._whole_part(wanted) or self._begun(name, wanted, strict=strict, others=self.curriculum.parts)

    def resolve_goal(self, name: str) -> Item | Part | Goal:
        """The goal that a name means: an item, a part, or a goal of the curriculum. Raises like a strict `resolve`."""
        wanted = folded(name)
        if ids := self._whole(name, wanted):
            return self._only(name, ids)
        if part := self._whole_part(wanted):
            return part
        goals = {goal.id: goal for goal in self.curriculum.goals}
        whole = [wanted] if wanted in goals else self._names.goal_titles.get(wanted, ())
        if whole and wanted:
            return goals[whole[0]]
        begun = [goal for goal in goals.values() if wanted and self._begins(goal, wanted, self._names.goal_titles)]
        if len(begun) == 1 and _is_long_enough(wanted) and not self._beginning_with(wanted):
            return begun[0]
        others: list[Part | Goal] = [*self.curriculum.parts, *goals.values()]
        return self._begun(name, wanted, strict=True, others=others)

    def resolve_part(self, name: str) -> Part:
        """The part that a user means: by id, number, title, or a beginning of id or title. Raises like `resolve`."""
        wanted = folded(name)
        if part := self._whole_part(wanted):
            return part
        parts = self.curriculum.parts
        found = [part for part in parts if wanted and self._begins(part, wanted, self._names.part_titles)]
        if len(found) > 1:
            raise AmbiguousItem(name, [(part.id, part.title) for part in found])
        if not found:
            raise UnknownItem(name, [(part.id, part.title) for part in parts])
        return found[0]

    def _begins(self, entry: Part | Goal, wanted: str, titles: Mapping[str, Sequence[str]]) -> bool:
        named = (title for title, ids in titles.items() if entry.id in ids)
        return any(name.startswith(wanted) for name in (entry.id, *named))

    def _whole_part(self, wanted: str) -> Part | None:
        for number, part in enumerate(self.curriculum.parts, 1):
            if wanted in (part.id, str(number)):
                return part
        ids = self._names.part_titles.get(wanted, ()) if wanted else ()
        return next((part for part in self.curriculum.parts if part.id in ids), None)

    def _whole(self, name: str, wanted: str) -> list[str]:
        """The items that have the name whole, by the first way of naming that finds any: id, number, alias, title."""
        if self.find(name):
            return [name]
        if not wanted:
            return []
        by_id = self._with_id(wanted)
        if self.find(by_id):
            return [by_id]
        return self._first_rank(self._names.aliases.get(wanted, ())) or self._first_rank(
            self._names.titles.get(wanted, ())
        )

    def _with_id(self, wanted: str) -> str:
        """The name with the topic's id for its number: `2.7/gptq-awq` is `quantization/gptq-awq`."""
        topic, slash, name = wanted.partition("/")
        return f"{self._by_number.get(topic, topic)}{slash}{name}"

    def _begun(self, name: str, wanted: str, *, strict: bool, others: Sequence[Part | Goal] = ()) -> Item:
        """The one item of which the name is a beginning. Raises `UnknownItem` or `AmbiguousItem`."""
        found = self._beginning_with(wanted) if wanted else {}
        if strict:
            ids = list(dict.fromkeys(found))
            if len(ids) == 1 and not _is_long_enough(wanted):
                raise AmbiguousItem(name, [(ids[0], self.title_of(ids[0]))])
        else:
            by_id = [each for each, way in found.items() if way == "id"]
            ids = self._first_rank(by_id or list(found))
        if ids:
            return self._only(name, ids)
        raise UnknownItem(name, self.closest(wanted, others))

    def _beginning_with(self, wanted: str) -> dict[str, str]:
        """Items of which an id, or else a title or an alias, begins so, with the way; ids first.

        A beginning of a topic's name never reaches past a `/`: after one the topic's own id or number is whole.
        """
        by_id = self._with_id(wanted)
        topic, slash, _ = by_id.partition("/")
        if slash:
            brief = self.briefs.get(topic)
            return {each: "id" for each in (brief.item_ids if brief else ()) if each.startswith(by_id)}
        found = {each: "id" for each in self.briefs if each.startswith(wanted)}
        for table in (self._names.aliases, self._names.titles):
            for name, ids in table.items():
                if name.startswith(wanted):
                    found |= {each: "name" for each in ids if each not in found}
        return found

    def _rank(self, item_id: str) -> int:
        """The place of an item's kind where several have a name: topic, concept, resource, exercise."""
        topic, slash, name = item_id.partition("/")
        brief = self.briefs[topic]
        return (not slash, name in brief.concepts, name in brief.resources, True).index(True)

    def _first_rank(self, ids: Sequence[str]) -> list[str]:
        """The topics among several items; without any, the concepts; without these, the resources."""
        least = min(map(self._rank, ids), default=0)
        return list(dict.fromkeys(each for each in ids if self._rank(each) == least))

    def _only(self, name: str, ids: Sequence[str]) -> Item:
        found = [item for each in ids if (item := self.find(each))]
        if len(found) > 1:
            places = {topic: place for place, topic in enumerate(self.briefs)}
            found.sort(key=lambda item: (self._rank(item.id), places[item.topic.id]))
            raise AmbiguousItem(name, [(item.id, item.entry.title) for item in found])
        return found[0]

    def closest(self, wanted: str, others: Sequence[Part | Goal] = (), limit: int = 3) -> list[tuple[str, str]]:
        """Ids with titles of items, and of `others`, that have a name like one that was not found; best first."""
        if not wanted:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # to swap two neighbours is one slip, not two

        meant: dict[str, Sequence[str]] = {name: [name] for name in (*(each.id for each in others), *self.briefs)}
        if "/" in wanted:
            meant |= {each: [each] for brief in self.briefs.values() for each in brief.item_ids}
        for table in (self._names.aliases, self._names.titles):
            meant |= {name: ids for name, ids in table.items() if name not in meant}
        likeness = OSA.normalized_similarity
        found = process.extract(
            self._with_id(wanted), list(meant), scorer=likeness, limit=limit * 5, score_cutoff=LEAST_LIKENESS
        )
        near = [meant[name] for name, score, _ in found if score >= found[0][1] - LIKENESS_BEHIND_BEST]
        ids = list(dict.fromkeys(each for several in near for each in several))[:limit]
        return [(each, self.title_of(each)) for each in ids]


def _is_long_enough(wanted: str) -> bool:
    """Whether a beginning may name what is to be changed: three letters, or two Chinese characters."""
    return len(wanted) >= (FEWEST_LETTERS if wanted.isascii() else FEWEST_CHINESE)
