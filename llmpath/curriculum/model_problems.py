"""What pydantic finds wrong with a file, as faults with a text of our own: a code, its details, the entry. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from llmpath.curriculum.models import (
    ID_PATTERN,
    LANGUAGE_PATTERN,
    OWN_FAULTS,
    REFERENCE_PATTERN,
    Concept,
    Part,
    Resource,
    Source,
    Topic,
)

MAX_SHOWN = 80

_HOLDERS: Mapping[str, type[BaseModel]] = {
    "sources": Source,
    "parts": Part,
    "concepts": Concept,
    "resources": Resource,
}
_PATTERNS = {ID_PATTERN: "wrong_id", LANGUAGE_PATTERN: "wrong_language", REFERENCE_PATTERN: "wrong_reference"}
_TYPES = {
    "string_type": "must_be_text",
    "int_type": "must_be_number",
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


def model_fault(model: type[BaseModel], error: Any) -> tuple[str, tuple[str, ...]]:
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
    if kind in OWN_FAULTS:
        return kind, (str(context.get("detail", "")),)
    return "wrong_value", (str(error["msg"]),)


def _unknown_key(model: type[BaseModel], place: Sequence[int | str]) -> tuple[str, tuple[str, ...]]:
    key = _shown(place[-1])
    holder = _HOLDERS[str(place[0])] if len(place) > 1 else model
    if holder is not model and key in _keys(model):
        return "misplaced_key", (key,)
    return "unknown_key", (key, ", ".join(_keys(holder)))


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
