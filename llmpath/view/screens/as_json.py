"""Results as JSON for a script: the fields of the entries, and what the learner did. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from llmpath.curriculum.entries import Resource, whole_id
from llmpath.curriculum.problems import Problem
from llmpath.guide.map import CourseMap, Node
from llmpath.guide.recommend import Reason
from llmpath.progress.progress import Note
from llmpath.view.error_texts import remedy_of
from llmpath.view.results.map import MapShown
from llmpath.view.results.reading import Did, Listing, TopicView, View
from llmpath.view.results.showing import ConceptShown, ExerciseShown, ResourceShown, TopicShown
from llmpath.view.screens.words import Look

JSON_VERSION = 1

FIELDS: dict[type, tuple[str, ...]] = {
    Listing: ("title", "progress", "parts", "topics", "without_item"),
    TopicShown: ("topic",),
    ConceptShown: ("concept", "resources"),
    ResourceShown: ("resource",),
    ExerciseShown: ("exercise",),
}
"""The fields that a script gets of a result, where these are not all."""

NODE_FIELDS = tuple(name for name in Node._fields if name not in ("requires", "unlocks", "notes", "texts"))


def json_of(result: Any, look: Look) -> dict[str, Any]:
    """A result as a script gets it: its kind, the version of its form, and its fields."""
    shown = result.course if isinstance(result, MapShown) else _fields(result, FIELDS.get(type(result), result._fields))
    return {"kind": result.kind, "version": JSON_VERSION, **_jsonable(shown, look)}


def _fields(value: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _jsonable(value: Any, look: Look) -> Any:
    match value:
        case None | str() | int() | float():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): _jsonable(field, look) for name, field in value.items()}
        case _ if hasattr(value, "_fields"):
            return _jsonable(_form_of(value, look), look)
        case _:
            return [_jsonable(entry, look) for entry in value]


def _form_of(value: Any, look: Look) -> dict[str, Any]:
    """The fields of a value as a script gets them. A view has every field of its entry, with ids whole."""
    match value:
        case Reason():
            from llmpath.view.screens.guiding import reason_text

            text = reason_text(value, look)
            return {"code": value.code, "text": text, "speaks_for": value.speaks_for, "fields": value.fields}
        case Problem(code=code, file=file, line=line, entry=entry):
            return {
                "code": code,
                "file": file,
                "line": line or None,
                "entry": entry,
                "text": remedy_of(value, look.say),
            }
        case CourseMap(progress=progress, goal=goal, nodes=nodes, edges=edges):
            return {"progress": progress, "goal": goal, "nodes": [*nodes.values()], "edges": edges}
        case TopicView(entry=entry, row=row):
            numbered = {"id": entry.id, "number": row.number, "part": row.part}
            figures = {"hours": row.hours, "hours_left": row.hours_left, "unlocks": value.unlocks, "core": value.core}
            held = {"exercise": value.exercise, "concepts": value.concepts, "resources": value.resources}
            return {**numbered, **entry._asdict(), **figures, **_did(value.did), **held}
        case View(entry=entry, item=item, topic=topic):
            own = {**entry._asdict(), "id": item, "topic": topic}
            if isinstance(entry, Resource):
                own |= {"concepts": [whole_id(name, topic) for name in entry.concepts], "core": value.core}
                own["superseded_by"] = entry.superseded_by and whole_id(entry.superseded_by, topic)
            return own | _did(value.did)
        case Note():
            return {"at": value.at, "text": value.text}
        case Node():
            return _fields(value, NODE_FIELDS)
        case _:
            return _fields(value, value._fields)


def _did(did: Did) -> dict[str, Any]:
    return {"state": did.state, "on": did.on, "my_notes": did.notes}
