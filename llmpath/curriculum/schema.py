"""JSON Schemas of the files of a curriculum, made from the models, for editors: completion, hover, wrong keys.

They say what one file may hold. What has to fit together across files is for `llmpath validate`.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from llmpath.curriculum.models import Outline, QuestionSheet, Topic

DIALECT = GenerateJsonSchema.schema_dialect
OUTLINE_NAME, TOPIC_NAME, QUESTIONS_NAME = "curriculum.json", "topic.json", "questions.json"


def outline_schema() -> dict[str, Any]:
    """The schema of `curriculum.toml`."""
    return _schema(Outline, "The file curriculum.toml of an llmpath curriculum")


def topic_schema() -> dict[str, Any]:
    """The schema of a topic's file; the topic's id is the name of the file and stands not in it."""
    schema = _schema(Topic, "A topic file of an llmpath curriculum")
    del schema["properties"]["id"]
    schema["required"].remove("id")
    return schema


def questions_schema() -> dict[str, Any]:
    """The schema of `questions/TOPIC.toml`."""
    return _schema(QuestionSheet, "The questions on a topic of an llmpath curriculum")


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": title, **_tidied(model.model_json_schema())}


def _tidied(value: Any) -> Any:
    """The schema without what pydantic adds for other formats: titles made of the keys' names, and TOML has no null."""
    if isinstance(value, list):
        return [_tidied(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _tidied(entry) for key, entry in value.items() if not _is_title(key, entry) and entry is not None}
    choices = [choice for choice in plain.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return plain
    del plain["anyOf"]
    return {**choices[0], **plain}


def _is_title(key: str, entry: Any) -> bool:
    return key == "title" and isinstance(entry, str)


SCHEMAS = {OUTLINE_NAME: outline_schema, TOPIC_NAME: topic_schema, QUESTIONS_NAME: questions_schema}
"""Every schema by the name of its file."""


def text_of(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    import json

    return json.dumps(schema, indent=2) + "\n"
