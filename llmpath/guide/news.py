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


class Seen(NamedTuple):
    """A curriculum as it was seen: on which day, and in which language its titles are.

    `items`: kind and title of every item by its id, each topic before what is in it; `core`: by topic the ids of the
    resources in its core; `gone`: ids of resources that were marked as gone then.
    """

    day: str
    language: str
    items: Mapping[str, Sequence[str]]
    core: Mapping[str, Sequence[str]]
    gone: Sequence[str]


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
    items: dict[str, Sequence[str]] = {}
    core: dict[str, Sequence[str]] = {}
    gone: list[str] = []
    for topic in catalog.curriculum.topics:
        items |= {item.id: (item.kind, item.entry.title) for item in _items_of(topic)}
        core[topic.id] = [f"{topic.id}/{resource.id}" for slot in topic.core_slots for resource in slot]
        gone += [f"{topic.id}/{resource.id}" for resource in topic.resources if resource.status == "gone"]
    return Seen(day, language, items, core, gone)


def seen_from(plain: Any) -> Seen:
    """What was seen, from JSON. Raises `ValueError`, `TypeError`, `KeyError` or `AttributeError` for anything else."""
    items = {name: (str(kind), str(title)) for name, (kind, title) in plain["items"].items()}
    core = {name: [str(each) for each in inside] for name, inside in plain["core"].items()}
    if not all("/" not in name or name.partition("/")[0] in items for name in (*items, *core)):
        raise ValueError("an item without its topic")
    return Seen(str(plain["day"]), str(plain["language"]), items, core, [str(each) for each in plain["gone"]])


def changes_since(seen: Seen, catalog: Catalog, progress: Progress, language: str) -> list[Change]:
    """The changes, by topics in teaching order, then what is gone with its topic.

    Titles of topics and concepts are compared where they were seen in the same `language`; those of resources always.
    """
    before = {progress.current(item): item for item in seen.items}
    found: list[Change] = []
    for topic in catalog.curriculum.topics:
        is_new = topic.id not in before
        core = [] if is_new else list(_core_changes(seen, catalog, progress, topic))
        told = {change.id for change in core}
        for item in _items_of(topic):
            if item.id in before:
                found += _changes_of(item, before[item.id], seen, progress, language)
            elif item.id == topic.id or not (is_new or item.id in told):
                added = f"{item.kind}_added"
                found.append(Change(added, item.id, item.entry.title, "", affects_you=False, topic=topic.id))
        found += core
    return [*found, *_vanished(seen, catalog, progress)]


def _items_of(topic: Topic) -> Iterator[Item]:
    yield Item(topic.id, topic, topic)
    yield from (Item(f"{topic.id}/{entry.id}", topic, entry) for entry in topic.entries)


def _changes_of(item: Item, was: str, seen: Seen, progress: Progress, language: str) -> Iterator[Change]:
    """What has become of an item, whose id was `was`."""
    kind, title, topic = item.kind, item.entry.title, item.topic.id
    touched = progress.state(item.id) != "todo"
    old_topic = was.partition("/")[0]
    if old_topic != was and progress.current(old_topic) != topic:
        yield Change(f"{kind}_moved", item.id, title, seen.items[old_topic][1], touched, topic)
    old_title = seen.items[was][1]
    if old_title != title and (seen.language == language or kind == "resource"):
        yield Change(f"{kind}_renamed", item.id, title, old_title, touched, topic)
    if isinstance(item.entry, Resource) and item.entry.status == "gone" and was not in seen.gone:
        heir = item.entry.superseded_by
        yield Change(f"{kind}_gone", item.id, title, whole_id(heir, topic) if heir else "", touched, topic)


def _core_changes(seen: Seen, catalog: Catalog, progress: Progress, topic: Topic) -> Iterator[Change]:
    """Slots of a core of which nothing stood in a core before, and resources that stand in one no longer."""
    old = next((name for name in seen.core if progress.current(name) == topic.id), "")
    before = {progress.current(name) for name in seen.core.get(old, ())}
    if not before or not topic.core:
        return
    is_done = progress.own_state(topic.id) == "done"
    now: set[str] = set()
    for slot in topic.core_slots:
        names = [f"{topic.id}/{resource.id}" for resource in slot]
        now.update(names)
        if not before.intersection(names):
            yield Change("core_added", names[0], slot[0].title, "", is_done, topic.id, slot[0].counted_minutes)
    for name in sorted(before - now):
        item = catalog.find(name)
        if item is not None and item.topic.id == topic.id and getattr(item.entry, "status", None) != "gone":
            yield Change("core_left", name, item.entry.title, "", is_done, topic.id)


def _vanished(seen: Seen, catalog: Catalog, progress: Progress) -> Iterator[Change]:
    """The items that the curriculum no longer has anywhere; of a topic that is gone, the topic alone."""
    for item, (kind, title) in seen.items.items():
        old_topic, now = item.partition("/")[0], progress.current(item)
        topic = progress.current(old_topic)
        if item == old_topic and topic not in catalog.briefs:
            inside = [name for name in seen.items if name.partition("/")[0] == item]
            touched = any(progress.own_state(name) != "todo" for name in inside)
            yield Change("topic_gone", item, title, "", touched, item)
        elif topic in catalog.briefs and catalog.find(now) is None:
            yield Change(f"{kind}_gone", now, title, "", progress.own_state(now) != "todo", topic)
