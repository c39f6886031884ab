"""What changed in a curriculum since the learner last looked. Pure: what was seen then, and the catalog of now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.curriculum.catalog import Catalog
from llmpath.progress.progress import Progress

KINDS = ("topic", "concept", "resource", "exercise")


class SeenTopic(NamedTuple):
    """A topic as it was seen: its title, the ids of its core slots, and the titles of everything in it by id."""

    title: str
    core: Sequence[Sequence[str]]
    items: Mapping[str, str]


class Seen(NamedTuple):
    """A curriculum as it was seen, and in which language its titles are."""

    language: str
    topics: Mapping[str, SeenTopic]


class Change(NamedTuple):
    """One change.

    `kind`: what happened, to what: `topic_added`, `resource_moved`, `concept_renamed`, `resource_gone`, `core_changed`.
    `was`: the earlier title or id, or what replaces a thing that is gone; `minutes`: what is new in a core.
    `affects_you`: the learner has done, or is doing, what changed.
    """

    kind: str
    id: str
    title: str
    was: str = ""
    affects_you: bool = False
    minutes: int = 0


def seen_now(catalog: Catalog, language: str) -> Seen:
    """The curriculum as it is now."""
    topics = {}
    for topic in catalog.curriculum.topics:
        core = [[resource.id for resource in slot] for slot in topic.core_slots]
        topics[topic.id] = SeenTopic(topic.title, core, {entry.id: entry.title for entry in topic.entries})
    return Seen(language, topics)


def changes_since(seen: Seen, catalog: Catalog, progress: Progress, language: str) -> list[Change]:
    """What changed, by topics in teaching order, then what is gone with its topic.

    Titles are compared where they were seen in the same language; those of resources always are.
    """
    is_same_language = seen.language == language
    known = {progress.current(item): item for item in _ids(seen)}
    found: list[Change] = []
    for item in catalog.items():
        before = known.get(item.address)
        touched = progress.state(item.address) != "todo"
        title, kind = item.entry.title, item.kind
        if before is None:
            if kind != "exercise":
                found.append(Change(f"{kind}_added", item.address, title))
            continue
        was = _title_seen(seen, before)
        if before != item.address and before.partition("/")[0] != item.address.partition("/")[0]:
            found.append(Change(f"{kind}_moved", item.address, title, before, touched))
        elif was != title and (is_same_language or kind == "resource") and kind != "exercise":
            found.append(Change(f"{kind}_renamed", item.address, title, was, touched))
        status = getattr(item.entry, "status", None)
        if status == "gone":
            replaced = getattr(item.entry, "superseded_by", None) or ""
            found.append(Change(f"{kind}_gone", item.address, title, replaced, touched))
    found += _core_changes(seen, catalog, progress)
    present = {item.address for item in catalog.items()}
    for before in _ids(seen):
        now = progress.current(before)
        if now not in present and (before.partition("/")[2] or now not in catalog.briefs):
            kind = "topic" if "/" not in before else "resource" if _was_resource(seen, before) else "concept"
            topic = before.partition("/")[0]
            if "/" in before and progress.current(topic) not in catalog.briefs:
                continue  # its topic is gone, which says it all
            touched = progress.own_state(before) != "todo"
            found.append(Change(f"{kind}_gone", before, _title_seen(seen, before), "", touched))
    return found


def _ids(seen: Seen) -> Iterator[str]:
    for topic, was in seen.topics.items():
        yield topic
        for name in was.items:
            yield f"{topic}/{name}"


def _title_seen(seen: Seen, item: str) -> str:
    topic, slash, name = item.partition("/")
    return seen.topics[topic].items[name] if slash else seen.topics[topic].title


def _was_resource(seen: Seen, item: str) -> bool:
    topic, _, name = item.partition("/")
    return any(name in slot for slot in seen.topics[topic].core)


def _core_changes(seen: Seen, catalog: Catalog, progress: Progress) -> Iterator[Change]:
    """Topics whose core has a slot in which nothing stood in the core before."""
    for topic, was in seen.topics.items():
        now = progress.current(topic)
        if now not in catalog.briefs:
            continue
        before = {progress.current(f"{topic}/{name}") for slot in was.core for name in slot}
        brief = catalog.briefs[now]
        new = [
            (slot, minutes)
            for slot, minutes in zip(brief.core, brief.core_minutes, strict=True)
            if catalog.topic(now).core and not any(f"{now}/{name}" in before for name in slot)
        ]
        if new and was.core:
            names = f"{now}/{new[0][0][0]}"
            minutes = sum(each for _, each in new)
            yield Change(
                "core_changed", names, catalog.title_of(names), now, progress.own_state(now) == "done", minutes
            )


def plain_of(seen: Seen) -> dict[str, Any]:
    """What was seen, as JSON has it."""
    return {"language": seen.language, "topics": {name: list(topic) for name, topic in seen.topics.items()}}


def seen_from(plain: Any) -> Seen:
    """What was seen, from JSON. Raises `ValueError`, `TypeError`, `KeyError` or `AttributeError` for anything else."""
    topics = {}
    for name, (title, core, items) in plain["topics"].items():
        slots = [[str(each) for each in slot] for slot in core]
        topics[str(name)] = SeenTopic(str(title), slots, {str(key): str(value) for key, value in items.items()})
    return Seen(str(plain["language"]), topics)
