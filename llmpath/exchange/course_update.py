"""An imported course brought up to date: a newer import, with the ids and the corrections that are there. Pure.

Three states of a course meet: `base`, what the last import made; `ours`, what stands in the files now, corrections of
the author included; `theirs`, what the new import made. What the author changed stays, everything else follows the
document; what is gone from it stays with `status = "gone"`, since somebody may have progress in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.exchange.markdown_course import Document, address_key, folded_title


class Files(NamedTuple):
    """A course as its files have it: the outline, and the topics by their ids."""

    outline: Document
    topics: Mapping[str, Document]


def updated(base: Files, ours: Files, theirs: Files) -> Files:
    """The course of a new import, in which ids, corrections and what only the author has are kept."""
    new = _with_known_ids(base, theirs)
    topics: dict[str, Document] = {}
    for name, document in new.topics.items():
        if name in base.topics and name not in ours.topics:
            continue  # the author took it out
        topics[name] = _merged_topic(base.topics.get(name, {}), ours.topics.get(name, {}), document)
    _keep_gone(base, ours, topics)
    for name, document in ours.topics.items():
        if name not in base.topics and name not in topics:
            topics[name] = document
    outline = _merged_fields(base.outline, ours.outline, new.outline)
    outline["parts"] = _merged_parts(base.outline, ours.outline, new.outline, topics)
    listed = {topic for part in outline["parts"] for topic in part["topics"]}
    return Files(outline, {name: topics[name] for name in topics if name in listed})


def _items(files: Files) -> dict[tuple[str, str], Document]:
    return {
        (topic, resource["id"]): resource
        for topic, document in files.topics.items()
        for resource in document.get("resources", ())
    }


def _with_known_ids(base: Files, theirs: Files) -> Files:
    """A new import with the ids that its parts, topics and resources had in the last one."""
    before = _items(base)
    by_url = {address_key(each["url"]): place for place, each in before.items() if "url" in each}
    by_title: dict[str, tuple[str, str]] = {}
    for place, each in before.items():
        by_title.setdefault(folded_title(each["title"]), place)
    urls = {address_key(each["url"]) for each in _items(theirs).values() if "url" in each}
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for place, each in _items(theirs).items():
        found = by_url.get(address_key(each.get("url", "")))
        if found is None:
            named = by_title.get(folded_title(each["title"]))
            # the same title at another address: the thing has moved, unless the old address still stands somewhere
            if named is not None and address_key(before[named].get("url", "")) not in urls:
                found = named
        if found is not None and found not in known.values():
            known[place] = found
    names = _topic_names(base, theirs, known)
    topics = {names[name]: _renamed(document, name, names[name], known) for name, document in theirs.topics.items()}
    for document in topics.values():
        document["requires"] = [names[name] for name in document.get("requires", ())]
    parts = [{**part, "topics": [names[name] for name in part["topics"]]} for part in theirs.outline["parts"]]
    return Files({**theirs.outline, "id": base.outline["id"], "parts": _known_parts(base, parts)}, topics)


def _topic_names(base: Files, theirs: Files, known: Mapping[tuple[str, str], tuple[str, str]]) -> dict[str, str]:
    """New topic ids to those of the last import: by what is in them, then by their titles, each at most once."""
    shared: Counter[tuple[str, str]] = Counter(
        (new_topic, old_topic) for (new_topic, _), (old_topic, _) in known.items()
    )
    for name, document in theirs.topics.items():
        for old, other in base.topics.items():
            if document["title"] == other["title"]:
                shared[name, old] += 1 if name != old else 2
    names: dict[str, str] = {}
    for (new, old), _ in shared.most_common():
        if new not in names and old not in names.values():
            names[new] = old
    taken = {*names.values(), *base.topics}
    for name in theirs.topics:
        if name not in names:
            names[name] = _free(name, taken)
    return names


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _renamed(
    document: Document, topic: str, new_topic: str, known: Mapping[tuple[str, str], tuple[str, str]]
) -> Document:
    """A topic whose resources have their known ids; one that comes from another topic says so in `former_ids`."""
    own = {resource["id"] for resource in document["resources"]}
    old_names = {name: known[topic, name] for name in own if (topic, name) in known}
    taken = {"exercise", *(concept["id"] for concept in document.get("concepts", ()))}
    taken |= {name for _, name in old_names.values()}
    names: dict[str, str] = {}
    resources = []
    for resource in document["resources"]:
        name = resource["id"]
        if name in old_names:
            old_topic, names[name] = old_names[name]
            made = {**resource, "id": names[name]}
            if old_topic != new_topic:
                made["former_ids"] = [f"{old_topic}/{names[name]}"]
        else:
            names[name] = _free(name, taken)
            made = {**resource, "id": names[name]}
        resources.append(made)
    core = [names[name] for name in document.get("core", ())]
    return {**document, "resources": resources, **({"core": core} if core else {})}


def _known_parts(base: Files, parts: Sequence[Document]) -> list[Document]:
    """Parts with the ids that they had: of the part with which they share the most topics."""
    taken: set[str] = set()
    found: list[Document] = []
    for part in parts:
        shared = [
            (len({*part["topics"]} & {*old["topics"]}), old["id"] == part["id"], old["id"])
            for old in base.outline["parts"]
        ]
        best = max((each for each in shared if each[2] not in taken and (each[0] or each[1])), default=None)
        name = best[2] if best else _free(part["id"], {*taken, *(old["id"] for old in base.outline["parts"])})
        taken.add(name)
        found.append({**part, "id": name})
    return found


def _merged_fields(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Document:
    """Each field as the author changed it, else as the document has it now; never with what the author took out."""
    merged: Document = {}
    for name in dict.fromkeys([*theirs, *ours]):
        if ours and ours.get(name) != base.get(name):
            if name in ours:
                merged[name] = ours[name]
        elif name in theirs:
            merged[name] = theirs[name]
    if "guessed" in merged:
        merged["guessed"] = [name for name in merged["guessed"] if not ours or ours.get(name) == base.get(name)]
        if not merged["guessed"]:
            del merged["guessed"]
    return merged


def _merged_topic(base: Document, ours: Document, theirs: Document) -> Document:
    merged = _merged_fields(base, ours, theirs)
    for name in ("concepts", "resources"):
        entries = [_by_id(document, name) for document in (base, ours, theirs)]
        merged[name] = _merged_entries(*entries)
    present = {resource["id"] for resource in merged["resources"]}
    if "core" in merged:
        merged["core"] = [slot for slot in merged["core"] if isinstance(slot, list) or slot in present]
    return merged


def _by_id(document: Document, name: str) -> dict[str, Document]:
    return {entry["id"]: entry for entry in document.get(name, ())}


def _merged_entries(
    base: Mapping[str, Document], ours: Mapping[str, Document], theirs: Mapping[str, Document]
) -> list[Document]:
    found = [
        _merged_fields(base.get(name, {}), ours.get(name, {}), entry)
        for name, entry in theirs.items()
        if name in ours or name not in base
    ]
    return [*found, *(entry for name, entry in ours.items() if name not in base and name not in theirs)]


def _keep_gone(base: Files, ours: Files, topics: dict[str, Document]) -> None:
    """Adds what the document no longer has: to its topic, which is kept for it where it is gone itself."""
    moved = {
        former
        for document in topics.values()
        for each in document["resources"]
        for former in each.get("former_ids", ())
    }
    for topic, document in ours.topics.items():
        if topic not in base.topics:
            continue
        kept = {each["id"] for each in topics[topic]["resources"]} if topic in topics else set()
        was_there = {each["id"] for each in base.topics[topic].get("resources", ())}
        gone = [
            {**each, "status": "gone"}
            for each in document.get("resources", ())
            if each["id"] in was_there and each["id"] not in kept and f"{topic}/{each['id']}" not in moved
        ]
        if not gone:
            continue
        if topic in topics:
            topics[topic]["resources"] = [*topics[topic]["resources"], *gone]
        else:
            topics[topic] = {**document, "resources": gone}
            topics[topic].pop("core", None)
    for document in topics.values():
        document["requires"] = [name for name in document.get("requires", ()) if name in topics]


def _merged_parts(base: Document, ours: Document, theirs: Document, topics: Mapping[str, Document]) -> list[Document]:
    """The parts, with each topic in one of them: as the document has it, then where it stood before."""
    old, own = ({part["id"]: part for part in outline["parts"]} for outline in (base, ours))
    parts = [_merged_fields(old.get(part["id"], {}), own.get(part["id"], {}), part) for part in theirs["parts"]]
    for name, part in own.items():
        if name not in {each["id"] for each in parts}:
            parts.append(dict(part))
    seen: set[str] = set()
    for part in parts:
        before = own.get(part["id"], {}).get("topics", ())
        mine = next((each["topics"] for each in theirs["parts"] if each["id"] == part["id"]), ())
        others = {name for each in theirs["parts"] if each["id"] != part["id"] for name in each["topics"]}
        wanted = [*mine, *(name for name in before if name not in others)]
        part["topics"] = [name for name in dict.fromkeys(wanted) if name in topics and name not in seen]
        seen |= {*part["topics"]}
    lost = [name for name in topics if name not in seen]
    if lost and parts:
        parts[-1]["topics"] = [*parts[-1]["topics"], *lost]
    return [part for part in parts if part["topics"]]
