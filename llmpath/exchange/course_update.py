"""An imported course brought up to date: a newer import, with the ids and the corrections that are there. Pure.

Three states of a course meet: `base`, what the last import made; `ours`, what stands in the files now, corrections of
the author included; `theirs`, what the new import made. What the author changed stays, everything else follows the
document; what is gone from it stays with `status = "gone"`, since somebody may have progress in it.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.curriculum import graph
from llmpath.curriculum.entries import whole_id
from llmpath.exchange.markdown_course import MAX_LIST, Document, Ids, address_key, folded_title

Place = tuple[str, str]
"""A topic's id and the id of a resource in it."""


class Files(NamedTuple):
    """A course as its files have it: the outline, and the topics by their ids."""

    outline: Document
    topics: Mapping[str, Document]


class Update(NamedTuple):
    """A course brought up to date, and what the next import is to be compared with."""

    files: Files
    base: Files


def updated(base: Files, ours: Files, theirs: Files) -> Update:
    """The course of a new import, in which ids, corrections and what only the author has are kept."""
    new = _with_known_ids(base, ours, theirs)
    return Update(_merged(base, ours, new), _merged(base, base, new))


# which entry is which


def _places(files: Files) -> dict[Place, Document]:
    return {
        (topic, resource["id"]): resource
        for topic, document in files.topics.items()
        for resource in document.get("resources", ())
    }


def _known(base: Files, theirs: Files) -> dict[Place, Place]:
    """Places of the new import to those where the same resources stood: by their addresses, then by their titles."""
    before, now = _places(base), _places(theirs)
    by_url = {address_key(each["url"]): place for place, each in before.items() if "url" in each}
    urls = {address_key(each["url"]) for each in now.values()}
    by_title: dict[str, list[Place]] = {}
    for place, each in before.items():
        if address_key(each.get("url", "")) not in urls:  # what still has its address is not what has a new one
            by_title.setdefault(folded_title(each["title"]), []).append(place)
    known = {place: by_url[key] for place, each in now.items() if (key := address_key(each["url"])) in by_url}
    for place, each in now.items():
        named = by_title.get(folded_title(each["title"]))
        if place not in known and named:
            same_topic = next((old for old in named if old[0] == place[0]), named[0])
            named.remove(same_topic)
            known[place] = same_topic
    return known


def _topic_names(base: Files, theirs: Files, known: Mapping[Place, Place], ours: Files) -> dict[str, str]:
    """New topic ids to those of the last import: by what is in them, then by their titles, each at most once."""
    shared: Counter[tuple[str, str]] = Counter()
    for (new, _), (old, _) in known.items():
        shared[new, old] += 2
    by_title = {folded_title(_words(document)): topic for topic, document in base.topics.items()}
    for name, document in theirs.topics.items():
        if same := by_title.get(folded_title(_words(document))):
            shared[name, same] += 1
    names: dict[str, str] = {}
    used: set[str] = set()
    for (new, old), _ in shared.most_common():
        if new not in names and old not in used:
            names[new] = old
            used.add(old)
    parts = {part["id"] for outline in (base.outline, ours.outline) for part in outline["parts"]}
    ids = Ids({*base.topics, *ours.topics, *parts})
    return {name: names[name] if name in names else ids.free_id(name) for name in theirs.topics}


def _words(document: Document) -> str:
    return str(next(iter(document["title"].values())))


def _with_known_ids(base: Files, ours: Files, theirs: Files) -> Files:
    """A new import with the ids that its parts, topics and resources had in the last one."""
    known = _known(base, theirs)
    names = _topic_names(base, theirs, known, ours)
    before, taken = _places(base), _taken_names(base, ours)
    places: dict[Place, Place] = {}
    topics: dict[str, Document] = {}
    for new_name, document in theirs.topics.items():
        topic = names[new_name]
        ids = Ids(taken[topic])
        former = {entry["id"] for entry in base.topics.get(topic, {}).get("concepts", ())}
        listed = [each["id"] for each in document.get("concepts", ())]
        concepts = {name: name if name in former else ids.free_id(name) for name in listed}
        resources = []
        for each in document["resources"]:
            was = known.get((new_name, each["id"]))
            name = was[1] if was else each["id"]
            own = name if was and was[0] == topic else ids.free_id(name)
            places[new_name, each["id"]] = topic, own
            made = {**each, "id": own}
            if was and was != (topic, own):
                made["former_ids"] = ["/".join(was)]
            if was and before[was].get("url", each["url"]) != each["url"]:
                made["former_urls"] = [before[was]["url"]]
            if "concepts" in each:
                made["concepts"] = [concepts[name] for name in each["concepts"]]
            resources.append(made)
        topics[topic] = {**document, "resources": resources}
        if concepts:
            topics[topic]["concepts"] = [{**each, "id": concepts[each["id"]]} for each in document["concepts"]]
    for new_name, topic in names.items():
        document = topics[topic]
        document["requires"] = [names[name] for name in document["requires"]]
        if "core" in document:
            document["core"] = [places[new_name, name][1] for name in document["core"]]
        if "see_also" in document:
            document["see_also"] = ["/".join(places[tuple(each.split("/"))]) for each in document["see_also"]]
    parts = [{**part, "topics": [names[name] for name in part["topics"]]} for part in theirs.outline["parts"]]
    outline = {**theirs.outline, "id": base.outline["id"], "parts": _known_parts(base, ours, parts, topics)}
    return Files(outline, topics)


def _taken_names(*sides: Files) -> Mapping[str, set[str]]:
    """By topic the ids of what stands or stood in it: progress follows them, so that nothing else may have them."""
    names: defaultdict[str, set[str]] = defaultdict(lambda: {"exercise"})
    for files in sides:
        for topic, document in files.topics.items():
            for each in (*document.get("concepts", ()), *document.get("resources", ())):
                for item in (each["id"], *each.get("former_ids", ())):
                    holder, _, name = whole_id(item, topic).partition("/")
                    names[holder].add(name)
    return names


def _known_parts(base: Files, ours: Files, parts: Sequence[Document], topics: Iterable[str]) -> list[Document]:
    """Parts with the ids that they had: of the part with which they share the most topics."""
    free = {old["id"]: {*old["topics"]} for old in base.outline["parts"]}
    ids = Ids({*topics, *base.topics, *ours.topics, *free, *(part["id"] for part in ours.outline["parts"])})
    found: list[Document] = []
    for part in parts:
        shared = {name: (len(inside & {*part["topics"]}), name == part["id"]) for name, inside in free.items()}
        best = max(shared, key=shared.__getitem__, default="")
        is_known = any(shared.get(best, ()))
        free.pop(best if is_known else "", None)
        found.append({**part, "id": best if is_known else ids.free_id(part["id"])})
    return found


# what each entry says


def _merged(base: Files, ours: Files, new: Files) -> Files:
    """What the author changed and added, and else what the new import says."""
    topics = _merged_topics(base, ours, new)
    outline = _merged_fields(base.outline, ours.outline, new.outline)
    outline["parts"] = _merged_parts(base.outline, ours.outline, new.outline, topics)
    return _sound(Files(outline, topics), ours)


def _merged_fields(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Document:
    """Each field as the author changed it, else as the document has it now; never with what the author took out."""
    merged: Document = {}
    for name in dict.fromkeys([*theirs, *ours]):
        if ours and ours.get(name) != base.get(name):
            if name in ours:
                merged[name] = ours[name]
        elif name in theirs:
            merged[name] = theirs[name]
    for name in ("former_ids", "former_urls"):
        if former := [*dict.fromkeys([*ours.get(name, ()), *theirs.get(name, ())])]:
            merged[name] = former[-MAX_LIST:]
    if "guessed" in merged:
        merged["guessed"] = [name for name in merged["guessed"] if not ours or ours.get(name) == base.get(name)]
        if not merged["guessed"]:
            del merged["guessed"]
    return merged


def _merged_topics(base: Files, ours: Files, new: Files) -> dict[str, Document]:
    """The topics of the new import with what the author changed, and those that only `ours` has."""
    before, mine = _places(base), _places(ours)
    still = {_old_place(topic, each) for topic, document in new.topics.items() for each in document["resources"]}
    topics: dict[str, Document] = {}
    for topic in dict.fromkeys([*new.topics, *ours.topics]):
        old, own, document = (files.topics.get(topic, {}) for files in (base, ours, new))
        if old and not own:
            continue  # the author took it out
        resources = [
            _merged_fields(before.get(place, {}), mine.get(place, {}), each) | {"id": each["id"]}
            for each in document.get("resources", ())
            if (place := _old_place(topic, each)) in mine or place not in before
        ]
        here = {each["id"] for each in resources}
        rest = [
            {**each, "status": "gone"} if (topic, each["id"]) in before else dict(each)
            for each in own.get("resources", ())
            if (topic, each["id"]) not in still and each["id"] not in here
        ]
        if document:
            topics[topic] = _merged_fields(old, own, document) | {"concepts": _merged_concepts(old, own, document)}
        elif rest or "exercise" in own or not old:
            topics[topic] = dict(own)
        if topic in topics:
            topics[topic]["resources"] = [*resources, *rest]
    return topics


def _merged_concepts(*sides: Document) -> list[Document]:
    """The concepts of a topic: those of the new import that the author left in, and those that the author added."""
    base, ours, new = ({each["id"]: each for each in side.get("concepts", ())} for side in sides)
    merged = [
        _merged_fields(base.get(name, {}), ours.get(name, {}), entry)
        for name, entry in new.items()
        if name in ours or name not in base
    ]
    return [*merged, *(entry for name, entry in ours.items() if name not in base and name not in new)]


def _old_place(topic: str, resource: Document) -> Place:
    """Where a resource of the new import stood before."""
    if former := resource.get("former_ids"):
        topic, _, name = former[-1].partition("/")
        return topic, name
    return topic, resource["id"]


def _merged_parts(base: Document, ours: Document, new: Document, topics: Mapping[str, Document]) -> list[Document]:
    """The parts, with each topic in one of them: as the document has it, then where it stood before."""
    old, own = ({part["id"]: part for part in outline["parts"]} for outline in (base, ours))
    parts = [_merged_fields(old.get(part["id"], {}), own.get(part["id"], {}), part) for part in new["parts"]]
    listed = {part["id"]: part["topics"] for part in new["parts"]}
    parts += [dict(part) for name, part in own.items() if name not in listed]
    placed = {name for names in listed.values() for name in names}
    seen: set[str] = set()
    for part in parts:
        before = [name for name in own.get(part["id"], {}).get("topics", ()) if name not in placed]
        wanted = dict.fromkeys([*listed.get(part["id"], ()), *before])
        part["topics"] = [name for name in wanted if name in topics and name not in seen]
        seen |= {*part["topics"]}
    parts[-1]["topics"] += [name for name in topics if name not in seen]
    return [part for part in parts if part["topics"]]


# what has to fit together


def _sound(files: Files, ours: Files) -> Files:
    """The course without references to what is no longer there."""
    topics = files.topics
    present = {"/".join(place) for place in _places(files)}
    for topic, document in topics.items():
        concepts = {each["id"] for each in document.get("concepts", ())}
        for each in document["resources"]:
            own_ids = each["id"], f"{topic}/{each['id']}"
            _set(each, "concepts", [name for name in each.get("concepts", ()) if name in concepts])
            _set(each, "former_ids", [name for name in each.get("former_ids", ()) if name not in own_ids])
            _set(each, "former_urls", [url for url in each.get("former_urls", ()) if url != each.get("url")])
            heir = each.get("superseded_by", "")
            _set(each, "superseded_by", heir if heir and whole_id(heir, topic) in present else "")
        live = {each["id"] for each in document["resources"] if each.get("status") != "gone" and "minutes" in each}
        document["requires"] = [name for name in document.get("requires", ()) if name in topics and name != topic]
        _set(document, "core", [slot for slot in (_slot(each, live) for each in document.get("core", ())) if slot])
        _set(document, "see_also", [each for each in document.get("see_also", ()) if each in present])
        _set(document, "concepts", document.get("concepts"))
    while loop := next(iter(graph.loops_of({name: each["requires"] for name, each in topics.items()})), None):
        for name in loop:  # the author's own, which make none, stay
            own = ours.topics.get(name, {}).get("requires", ())
            topics[name]["requires"] = [each for each in topics[name]["requires"] if each not in loop or each in own]
    goals = [
        {**goal, "topics": [name for name in goal["topics"] if name in topics]}
        for goal in files.outline.get("goals", ())
    ]
    outline = dict(files.outline)
    _set(outline, "goals", [goal for goal in goals if goal["topics"]])
    return Files(outline, topics)


def _set(document: Document, name: str, value: Any) -> None:
    """Gives a document a value; an empty one is left out."""
    if value:
        document[name] = value
    else:
        document.pop(name, None)


def _slot(slot: Any, names: Container[str]) -> Any:
    """A slot of a core with what is still there; None where nothing is."""
    left = [name for name in ([slot] if isinstance(slot, str) else slot) if name in names]
    return left if len(left) > 1 else left[0] if left else None
