"""Results as blocks for a person, or as JSON for a script. Loads and decides nothing; pure.

A module per group of results, as with `commands`; `words` has what many share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from importlib import import_module

from llmpath import results as r
from llmpath.document import Block
from llmpath.faults import Fault
from llmpath.render.words import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


JSON_VERSION = 1

ROOMS: Mapping[type, tuple[str, str]] = {
    r.Listing: ("reading", "listing"),
    r.TopicShown: ("reading", "topic"),
    r.ConceptShown: ("reading", "concept"),
    r.ResourceShown: ("reading", "resource"),
    r.ResourceListing: ("reading", "resources"),
    r.Next: ("guiding", "next_steps"),
    r.Path: ("guiding", "path"),
    r.Plan: ("guiding", "plan"),
    r.Opened: ("guiding", "opened"),
    r.Search: ("reading", "search"),
    r.Log: ("reading", "log"),
    r.Stats: ("reading", "stats"),
    r.Dashboard: ("reading", "dashboard"),
    r.Changed: ("marking", "changed"),
    r.NoteShown: ("marking", "note"),
    r.GoalShown: ("marking", "goal"),
    r.ConfigShown: ("keeping", "config"),
    r.Info: ("keeping", "info"),
    r.Merged: ("keeping", "merged"),
    r.Backups: ("keeping", "backups"),
    r.Restored: ("keeping", "restored"),
    r.Imported: ("sharing", "imported"),
    r.Exported: ("sharing", "exported"),
    r.Validation: ("authoring", "validation"),
    r.Curricula: ("authoring", "curricula"),
    r.CurriculumUsed: ("authoring", "used"),
    r.CurriculumMade: ("authoring", "made"),
}
"""For each result the module that shows it, and the function there; loaded when it is wanted."""


def blocks_of(result: Any, look: Look) -> list[Block]:
    """What a person sees of a result."""
    module, function = ROOMS[type(result)]
    blocks: list[Block] = getattr(import_module(f"llmpath.render.{module}"), function)(result, look)
    return blocks


def json_of(result: Any, look: Look) -> dict[str, Any]:
    """What a script gets of a result: its kind, the version of its form, and its fields."""
    fields = _jsonable(result, look)
    kind = fields.pop("kind")
    special = _JSON.get(type(result))
    if special is not None:
        fields = special(result, fields)
    return {"kind": kind, "version": JSON_VERSION, **fields}


def _jsonable(value: Any, look: Look) -> Any:
    if isinstance(value, r.Reason):
        fields = {name: _jsonable(field, look) for name, field in value.fields.items()}
        from llmpath.render.guiding import reason_text

        return {"code": value.code, "text": reason_text(value, look), "speaks_for": value.speaks_for, "fields": fields}
    if isinstance(value, Fault):
        from llmpath.complaints import remedy_of

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


def _concept_json(result: r.ConceptShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"concept": {**fields["concept"], "topic": result.topic.id}, "resources": fields["resources"]}


def _resource_json(result: r.ResourceShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"resource": {**fields["resource"], "topic": result.topic.id}}


def _validation_json(_result: r.Validation, fields: dict[str, Any]) -> dict[str, Any]:
    return {"folders": fields["folders"]}


_JSON: dict[type, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    r.Validation: _validation_json,
    r.ConceptShown: _concept_json,
    r.ResourceShown: _resource_json,
}
