"""Results as JSON for a script: the fields of the entries, and what the learner did. Pure."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from llmpath.curriculum.problems import Problem
from llmpath.guide.map import CourseMap, Node
from llmpath.guide.recommend import Reason
from llmpath.view.results.authoring import Validation
from llmpath.view.results.map import MapShown
from llmpath.view.results.reading import (
    ConceptShown,
    ConceptView,
    Did,
    ExerciseShown,
    ExerciseView,
    Listing,
    ResourceShown,
    ResourceView,
    TopicShown,
    TopicView,
)
from llmpath.view.screens.words import Look

JSON_VERSION = 1


FIELDS: dict[type, tuple[str, ...]] = {
    Validation: ("folders",),
    Listing: ("title", "progress", "parts", "topics", "without_item"),
    TopicShown: ("topic",),
    ConceptShown: ("concept", "resources"),
    ResourceShown: ("resource",),
    ExerciseShown: ("exercise",),
}
"""The fields of a result that a script gets, where these are not all."""

NODE_FIELDS = tuple(name for name in Node._fields if name not in ("requires", "unlocks", "notes", "texts"))


def json_of(result: Any, look: Look) -> dict[str, Any]:
    """A result as a script gets it: its kind, the version of its form, and its fields."""
    if isinstance(result, MapShown):
        shown = _map(result.course)
    else:
        shown = {name: getattr(result, name) for name in FIELDS.get(type(result), result._fields)}
    fields = _jsonable(shown, look)
    fields.pop("kind", None)
    return {"kind": result.kind, "version": JSON_VERSION, **fields}


def _jsonable(value: Any, look: Look) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Reason):
        return _reason(value, look)
    if isinstance(value, Problem):
        return _fault(value, look)
    if view := _VIEWS.get(type(value)):
        return _jsonable(view(value), look)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _jsonable(getattr(value, name), look) for name in value._fields}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _jsonable(field, look) for name, field in value.items()}
    return [_jsonable(entry, look) for entry in value]


def _reason(reason: Reason, look: Look) -> dict[str, Any]:
    from llmpath.view.screens.guiding import reason_text

    fields = _jsonable(reason.fields, look)
    return {"code": reason.code, "text": reason_text(reason, look), "speaks_for": reason.speaks_for, "fields": fields}


def _fault(fault: Problem, look: Look) -> dict[str, Any]:
    from llmpath.view.error_texts import remedy_of

    place = {"code": fault.code, "file": fault.file, "line": fault.line or None, "entry": fault.entry}
    return {**place, "text": remedy_of(fault, look.say)}


# views: every field of the entry, ids whole, and what the learner did


def _did(did: Did) -> dict[str, Any]:
    return {"state": did.state, "on": did.on, "my_notes": did.notes}


def _topic(view: TopicView) -> dict[str, Any]:
    entry = view.entry
    numbered = {"id": entry.id, "number": view.number, "part": view.part}
    figures = {"hours": view.hours, "hours_left": view.hours_left, "unlocks": view.unlocks, "core": view.core}
    held = {"exercise": view.exercise, "concepts": view.concepts, "resources": view.resources}
    return {**numbered, **entry._asdict(), **figures, **_did(view.did), **held}


def _concept(view: ConceptView) -> dict[str, Any]:
    return {**view.entry._asdict(), "id": view.item, "topic": view.topic, **_did(view.did)}


def _resource(view: ResourceView) -> dict[str, Any]:
    superseded = view.entry.superseded_by
    if superseded and "/" not in superseded:
        superseded = f"{view.topic}/{superseded}"
    whole = {"id": view.item, "topic": view.topic, "concepts": view.concepts, "superseded_by": superseded}
    return {**view.entry._asdict(), **whole, "core": view.core, **_did(view.did)}


def _exercise(view: ExerciseView) -> dict[str, Any]:
    return {"id": view.item, **view.entry._asdict(), "topic": view.topic, **_did(view.did)}


_VIEWS: dict[type, Callable[[Any], dict[str, Any]]] = {
    TopicView: _topic,
    ConceptView: _concept,
    ResourceView: _resource,
    ExerciseView: _exercise,
}


def _map(course: CourseMap) -> dict[str, Any]:
    nodes = [{name: getattr(node, name) for name in NODE_FIELDS} for node in course.nodes.values()]
    return {"progress": course.progress, "goal": course.goal, "nodes": nodes, "edges": course.edges}
