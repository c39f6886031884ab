"""What is right in a file that has faults, so that the other rules can be checked all the same. Pure.

A draft is a model in which wrong and missing values are empty. It is never used for anything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from llmpath.curriculum.models import Concept, Outline, Part, Resource, Source, Topic

M = TypeVar("M", bound=BaseModel)

_WRONG = object()

_CHILDREN: Mapping[type[BaseModel], Mapping[str, type[BaseModel]]] = {
    Outline: {"sources": Source, "parts": Part},
    Topic: {"concepts": Concept, "resources": Resource},
}

_EMPTY: Mapping[type[BaseModel], Mapping[str, Any]] = {
    Outline: {"id": "", "title": {}, "summary": {}, "languages": [], "parts": []},
    Source: {"title": "", "language": ""},
    Part: {"id": "", "title": {}, "summary": {}, "topics": []},
    Topic: {"title": {}, "summary": {}},
    Concept: {"title": {}, "summary": {}},
    Resource: {"title": ""},
}


def draft_of(model: type[M], document: Mapping[str, Any], wrong: Iterable[Sequence[int | str]]) -> M:
    """The draft of a file's model; `wrong`: the places, as pydantic gives them, of values that are not right."""
    kept = _copied(document)
    for place in wrong:
        _mark(kept, place)
    return _drafted(model, _without_marked(kept))


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(entry) for key, entry in value.items()}
    return [_copied(entry) for entry in value] if isinstance(value, list) else value


def _mark(document: Any, place: Sequence[int | str]) -> None:
    """Marks the deepest value that a place leads to. A place has steps that are none: the name of a union's branch."""
    holder: Any = None
    key: int | str = ""
    at = document
    for step in place:
        is_there = step in at if isinstance(at, dict) else isinstance(at, list) and step in range(len(at))
        if is_there:
            holder, key, at = at, step, at[step]
    if holder is not None:
        holder[key] = _WRONG


def _without_marked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_marked(entry) for key, entry in value.items() if entry is not _WRONG}
    return [_without_marked(entry) for entry in value if entry is not _WRONG] if isinstance(value, list) else value


def _drafted(model: type[M], values: Mapping[str, Any]) -> M:
    fields = {name: values[name] for name in model.model_fields if name in values}
    fields.pop("exercise", None)  # no rule looks into a wrong one
    for name, child in _CHILDREN.get(model, {}).items():
        fields[name] = [
            _drafted(child, entry)
            for entry in fields.get(name, ())
            if isinstance(entry, dict) and ("id" in entry or "id" in _EMPTY[child])
        ]
    return model.model_construct(**{**_EMPTY[model], **fields})
