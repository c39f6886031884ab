"""The problems that pydantic finds in a file, and the entries that are right all the same. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from llmpath.curriculum.models import ID_PATTERN, LANGUAGE_PATTERN, NAME_PATTERN, OWN_PROBLEMS, REFERENCE_PATTERN, Topic

M = TypeVar("M", bound=BaseModel)

MAX_SHOWN = 80

_PATTERNS = {
    ID_PATTERN: "wrong_id",
    LANGUAGE_PATTERN: "wrong_language",
    REFERENCE_PATTERN: "wrong_reference",
    NAME_PATTERN: "wrong_name",
}
_TYPES = {
    "string_type": "must_be_text",
    "int_type": "must_be_number",
    "date_type": "must_be_day",
    "list_type": "must_be_list",
    "dict_type": "must_be_texts",
    "model_type": "must_be_table",
}
_BOUNDS = {
    "too_short": ("too_few", "min_length"),
    "too_long": ("too_many", "max_length"),
    "string_too_long": ("long_text", "max_length"),
    "greater_than_equal": ("too_small", "ge"),
    "less_than_equal": ("too_great", "le"),
}


def problem_with(model: type[BaseModel], error: Any) -> tuple[str, tuple[str, ...]]:
    """The code and the details of one of pydantic's errors in a file of that model."""
    kind, context, place = error["type"], error.get("ctx", {}), error["loc"]
    if kind == "missing":
        return "missing_key", (str(place[-1]),)
    if kind == "extra_forbidden":
        return _unknown_key(model, place)
    if kind == "literal_error":
        return "not_one_of", (_shown(error["input"]), ", ".join(re.findall("'([^']*)'", context["expected"])))
    if kind == "string_pattern_mismatch":
        return _PATTERNS[context["pattern"]], (_shown(error["input"]),)
    if kind == "string_too_short":
        return "empty_text", ()
    if kind in _BOUNDS:
        code, bound = _BOUNDS[kind]
        return code, (str(context[bound]),)
    if kind in _TYPES:
        return _TYPES[kind], ()
    if kind in OWN_PROBLEMS:
        return kind, (str(context.get("detail", "")),)
    return "wrong_value", (str(error["msg"]),)


def _unknown_key(model: type[BaseModel], place: Sequence[int | str]) -> tuple[str, tuple[str, ...]]:
    key = _shown(place[-1])
    holder = _held_by(model, str(place[0])) if len(place) > 1 else None
    if holder is not None and key in _keys(model):
        return "misplaced_key", (key,)
    return "unknown_key", (key, ", ".join(_keys(holder or model)))


def _held_by(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    """The model of the entries that a field holds, or None."""
    waiting = [model.model_fields[field].annotation] if field in model.model_fields else []
    while waiting:
        kind: Any = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        waiting.extend(get_args(kind))
    return None


def _keys(model: type[BaseModel]) -> list[str]:
    return [name for name in model.model_fields if name != "id" or model is not Topic]


def _shown(value: object) -> str:
    """A value that may be anything, in a few words."""
    return value[:MAX_SHOWN] if isinstance(value, str) else type(value).__name__


def entry_of(document: Any, place: Sequence[int | str]) -> str:
    """`("resources", 3, "url")` as an author reads it: `resources.gptq-paper.url`; without an id by its number.

    Steps that lead nowhere are pydantic's own and left out: the branch of a union, the mark of a table's key.
    """
    names: list[str] = []
    at = document
    for number, step in enumerate(place):
        if isinstance(at, list) and isinstance(step, int) and step < len(at):
            at = at[step]
            name = at.get("id") if isinstance(at, dict) else None
            names.append(name if isinstance(name, str) and re.fullmatch(ID_PATTERN, name) else str(step + 1))
        elif isinstance(at, dict) and (step in at or number == len(place) - 1):
            at = at.get(step)
            names.append(_shown(step))
    return ".".join(names)


_WRONG = object()


def draft_of(model: type[M], document: Mapping[str, Any], wrong: Iterable[Sequence[int | str]]) -> M:
    """A model in which wrong and missing values are empty, so that the rules can be checked all the same.

    `wrong`: the places, as pydantic gives them, of values that are not right. Entries without an id are left out.
    """
    kept = deepcopy(document)
    for place in wrong:
        _mark(kept, place)
    return _drafted(model, _without_marked(kept))


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
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        value, held = values.get(name), _held_by(model, name)
        if held and isinstance(value, list):
            value = [_drafted(held, entry) for entry in value if isinstance(entry, dict) and _is_named(held, entry)]
        elif held and isinstance(value, dict):
            value = _drafted(held, value)
        if value is None:
            empty = get_origin(field.annotation) or field.annotation
            value = empty() if field.is_required() and empty in (str, list, dict, int) else field.get_default()
        fields[name] = value
    return model.model_construct(**fields)


def _is_named(model: type[BaseModel], entry: Mapping[str, Any]) -> bool:
    return "id" in entry or "topics" in model.model_fields
