"""Results as JSON for a script. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from llmpath.curriculum.problems import Fault
from llmpath.view.results.authoring import Validation
from llmpath.view.results.guiding import Reason
from llmpath.view.results.map import MapShown
from llmpath.view.results.reading import ConceptShown, Listing, ResourceShown, TopicShown
from llmpath.view.screens.words import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


JSON_VERSION = 1


def json_of(result: Any, look: Look) -> dict[str, Any]:
    """What a script gets of a result: its kind, the version of its form, and its fields."""
    fields = _jsonable(result, look)
    kind = fields.pop("kind")
    special = _JSON.get(type(result))
    if special is not None:
        fields = special(result, fields)
    return {"kind": kind, "version": JSON_VERSION, **fields}


def _jsonable(value: Any, look: Look) -> Any:
    if isinstance(value, Reason):
        fields = {name: _jsonable(field, look) for name, field in value.fields.items()}
        from llmpath.view.screens.guiding import reason_text

        return {"code": value.code, "text": reason_text(value, look), "speaks_for": value.speaks_for, "fields": fields}
    if isinstance(value, Fault):
        from llmpath.cli.error_texts import remedy_of

        place = {"code": value.code, "file": value.file, "line": value.line or None, "entry": value.entry}
        return {**place, "text": remedy_of(value, look.say)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _jsonable(getattr(value, name), look) for name in value._fields}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _jsonable(field, look) for name, field in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(entry, look) for entry in value]
    return value


def _listing_json(_result: Listing, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: field for name, field in fields.items() if name != "under_way"}


def _topic_json(_result: TopicShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"topic": fields["topic"]}


def _concept_json(result: ConceptShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"concept": {**fields["concept"], "topic": result.topic.id}, "resources": fields["resources"]}


def _resource_json(result: ResourceShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"resource": {**fields["resource"], "topic": result.topic.id}}


def _map_json(_result: MapShown, fields: dict[str, Any]) -> dict[str, Any]:
    nodes = [{name: field for name, field in node.items() if name != "notes"} for node in fields["nodes"]]
    return {**fields, "nodes": nodes}


def _validation_json(_result: Validation, fields: dict[str, Any]) -> dict[str, Any]:
    return {"folders": fields["folders"]}


_JSON: dict[type, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    Validation: _validation_json,
    Listing: _listing_json,
    MapShown: _map_json,
    TopicShown: _topic_json,
    ConceptShown: _concept_json,
    ResourceShown: _resource_json,
}
