"""Changes in a curriculum since the learner last looked. Pure: compares what was seen then with the catalog of now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog, Item
from llmpath.curriculum.entries import Resource, Topic, whole_id
from llmpath.progress.progress import Progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


CHANGES = (
    "topic_added", "topic_renamed", "topic_gone",
    "concept_added", "concept_renamed", "concept_moved", "concept_gone",
    "resource_added", "resource_renamed", "resource_moved", "resource_gone",
    "exercise_added", "exercise_renamed", "exercise_gone",
    "core_added", "core_left",
)  # fmt: skip
"""Every kind of change."""


class SeenTopic(NamedTuple):
    """A topic as it was seen: its title, the ids of its core slots, and by kind the titles of what is in it by id.

    `gone`: ids of resources that were marked as gone then.
    """

    title: str
    core: Sequence[Sequence[str]]
    items: Mapping[str, Mapping[str, str]]
    gone: Sequence[str]


class Seen(NamedTuple):
    """A curriculum as it was seen: on which day, in which language its titles are, and its topics in teaching order."""

    day: str
    language: str
    topics: Mapping[str, SeenTopic]


class Change(NamedTuple):
    """One change, of the item `id` in the topic `topic`, both by their ids of now where they are still there.

    `kind` is one of `CHANGES`. `was`: the title that it had, the title of the topic where it stood, or the id
    of what replaces it. `affects_you`: the learner began, finished or skipped what changed; for `core_added` and
    `core_left`, the topic is done. `minutes`: how long what is new in a core takes.
    """

    kind: str
    id: str
    title: str
    was: str
    affects_you: bool
    topic: str
    minutes: int = 0


def seen_now(catalog: Catalog, day: str, language: str) -> Seen:
    """The curriculum as it is now; `language` is that of the titles."""
    topics = {}
    for topic in catalog.curriculum.topics:
        items: dict[str, dict[str, str]] = {}
        for entry in topic.entries:
            items.setdefault(Item("", topic, entry).kind, {})[entry.id] = entry.title
        core = [[resource.id for resource in slot] for slot in topic.core_slots]
        gone = [resource.id for resource in topic.resources if resource.status == "gone"]
        topics[topic.id] = SeenTopic(topic.title, core, items, gone)
    return Seen(day, language, topics)


def changes_since(seen: Seen, catalog: Catalog, progress: Progress, language: str) -> list[Change]:
    """The changes, by topics in teaching order, then what is gone with its topic.

    Titles of topics and concepts are compared where they were seen in the same `language`; those of resources always.
    """
    before = {progress.current(item): item for item in _ids(seen)}
    found: list[Change] = []
    for topic in catalog.curriculum.topics:
        core = list(_core_changes(seen, catalog, progress, topic))
        told = {change.id for change in core}
        changes = _changes_of(Item(topic.id, topic, topic), seen, before, progress, language)
        is_new = any(change.kind == "topic_added" for change in changes)
        for entry in topic.entries:
            item = Item(f"{topic.id}/{entry.id}", topic, entry)
            changes += [
                change
                for change in _changes_of(item, seen, before, progress, language)
                if not (change.kind.endswith("_added") and (is_new or change.id in told))
            ]
        found += [*changes, *([] if is_new else core)]
    return [*found, *_vanished(seen, catalog, progress)]


def _ids(seen: Seen) -> Iterator[str]:
    for topic, was in seen.topics.items():
        yield topic
        for names in was.items.values():
            yield from (f"{topic}/{name}" for name in names)


def _title_seen(seen: Seen, item: str) -> str:
    topic, _, name = item.partition("/")
    titles = {key: title for names in seen.topics[topic].items.values() for key, title in names.items()}
    return titles[name] if name else seen.topics[topic].title


def _changes_of(item: Item, seen: Seen, before: Mapping[str, str], progress: Progress, language: str) -> list[Change]:
    kind, title, topic = item.kind, item.entry.title, item.topic.id
    was = before.get(item.id)
    if was is None:
        return [Change(f"{kind}_added", item.id, title, "", affects_you=False, topic=topic)]
    touched = progress.state(item.id) != "todo"
    found = []
    old_topic = was.partition("/")[0]
    if "/" in was and progress.current(old_topic) != topic:
        place = seen.topics[old_topic].title
        found.append(Change(f"{kind}_moved", item.id, title, place, touched, topic))
    old_title = _title_seen(seen, was)
    if old_title != title and (seen.language == language or kind == "resource"):
        found.append(Change(f"{kind}_renamed", item.id, title, old_title, touched, topic))
    is_gone = isinstance(item.entry, Resource) and item.entry.status == "gone"
    if is_gone and was.partition("/")[2] not in seen.topics[old_topic].gone:
        found.append(Change(f"{kind}_gone", item.id, title, _heir(item), touched, topic))
    return found


def _heir(item: Item) -> str:
    """The id of what replaces a resource, whole; empty where nothing does."""
    heir = getattr(item.entry, "superseded_by", None)
    return whole_id(heir, item.topic.id) if heir else ""


def _core_changes(seen: Seen, catalog: Catalog, progress: Progress, topic: Topic) -> Iterator[Change]:
    """Slots of a core of which nothing stood in a core before, and resources that stand in one no longer."""
    old = next((name for name in seen.topics if progress.current(name) == topic.id), None)
    if old is None or not seen.topics[old].core or not topic.core:
        return
    before = {progress.current(f"{old}/{name}") for slot in seen.topics[old].core for name in slot}
    is_done = progress.own_state(topic.id) == "done"
    now: set[str] = set()
    for slot in topic.core_slots:
        names = [f"{topic.id}/{resource.id}" for resource in slot]
        now.update(names)
        if not before.intersection(names):
            minutes = slot[0].counted_minutes
            yield Change("core_added", names[0], slot[0].title, "", is_done, topic.id, minutes)
    for name in sorted(before - now):
        item = catalog.find(name)
        if item is not None and item.topic.id == topic.id and getattr(item.entry, "status", None) != "gone":
            yield Change("core_left", name, item.entry.title, "", is_done, topic.id)


def _vanished(seen: Seen, catalog: Catalog, progress: Progress) -> Iterator[Change]:
    """The items that the curriculum no longer has anywhere; of a topic that is gone, the topic alone."""
    for topic, was in seen.topics.items():
        now = progress.current(topic)
        if now not in catalog.briefs:
            inside = [topic, *(f"{topic}/{name}" for names in was.items.values() for name in names)]
            touched = any(progress.own_state(item) != "todo" for item in inside)
            yield Change("topic_gone", topic, was.title, "", touched, topic)
            continue
        for kind, names in was.items.items():
            for name, title in names.items():
                item = progress.current(f"{topic}/{name}")
                if catalog.find(item) is None:
                    yield Change(f"{kind}_gone", item, title, "", progress.own_state(item) != "todo", now)


def plain_of(seen: Seen) -> dict[str, Any]:
    """The seen curriculum as JSON."""
    return {
        "day": seen.day,
        "language": seen.language,
        "topics": {name: [*topic] for name, topic in seen.topics.items()},
    }


def seen_from(plain: Any) -> Seen:
    """What was seen, from JSON. Raises `ValueError`, `TypeError`, `KeyError` or `AttributeError` for anything else."""
    topics = {}
    for name, (title, core, items, gone) in plain["topics"].items():
        titles = {str(kind): {str(key): str(value) for key, value in names.items()} for kind, names in items.items()}
        slots = [[str(each) for each in slot] for slot in core]
        topics[str(name)] = SeenTopic(str(title), slots, titles, [str(each) for each in gone])
    return Seen(str(plain["day"]), str(plain["language"]), topics)
