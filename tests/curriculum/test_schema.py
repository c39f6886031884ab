"""The JSON Schemas for editors: generated, shipped as generated, described, and true for the shipped files."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from llmpath.curriculum import library, schema
from llmpath.text.languages import LANGUAGES
from tests.authored import FILES
from tests.support import Home

DATA = Path(library.data_folder())
SCHEMAS = {name: make() for name, make in schema.SCHEMAS.items()}


def is_right(name: str, text: str) -> bool:
    return bool(Draft202012Validator(SCHEMAS[name]).is_valid(tomli.loads(text)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_ships_is_what_is_generated(name: str) -> None:
    """Mended with: llmpath curriculum schema > data/schema/curriculum.json, and --topic > data/schema/topic.json."""
    assert (DATA / "schema" / name).read_text(encoding="utf-8") == schema.text_of(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_of_its_dialect(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMAS[name])


def properties(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, list):
        for entry in node:
            yield from properties(entry, place)
    if isinstance(node, dict):
        for name, inner in node.get("properties", {}).items():
            yield f"{place}.{name}", inner
        for key, inner in node.items():
            if key != "if":
                yield from properties(inner, f"{place}.{key}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_description_for_hovering(name: str) -> None:
    found = list(properties(SCHEMAS[name]))
    assert len(found) > 6
    assert [place for place, inner in found if not inner.get("description", "").endswith(".")] == []


def test_a_topic_has_no_id_in_its_file() -> None:
    topic = SCHEMAS[schema.TOPIC_NAME]
    assert "id" not in topic["properties"]
    assert topic["required"] == ["title", "summary"]


def shipped_files() -> list[Path]:
    folders = [DATA / library.SHIPPED, *(DATA / "starters" / language for language in LANGUAGES)]
    return [path for folder in folders for path in sorted(folder.rglob("*.toml"))]


def schema_of(path: Path) -> str:
    if path.name == library.OUTLINE:
        return schema.OUTLINE_NAME
    return schema.QUESTIONS_NAME if path.parent.name == "questions" else schema.TOPIC_NAME


def test_every_shipped_file_names_its_schema_in_its_first_line() -> None:
    for path in shipped_files():
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        expected = schema_of(path)
        assert first.startswith("#:schema "), path
        assert (path.parent / first.removeprefix("#:schema ")).resolve() == (DATA / "schema" / expected).resolve(), path


@pytest.mark.parametrize("name", SCHEMAS)
def test_check_jsonschema_accepts_the_shipped_files(name: str) -> None:
    files = [path for path in shipped_files() if schema_of(path) == name]
    if not files:
        pytest.skip("no file of that sort ships")
    words = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(DATA / "schema" / name), *map(str, files)]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (0, "ok -- validation done\n")


def test_the_schema_finds_what_one_file_can_have_wrong() -> None:
    topic = FILES["topics/words.toml"]
    assert is_right(schema.TOPIC_NAME, topic)
    for old, new in [
        ('kind = "video"', 'kind = "film"'),
        ('url = "https://example.org/words"\n', ""),  # nobody would find it
        ("minutes = 30", 'minutes = "30"'),
        ('title.en = "Noun"', 'title.EN = "Noun"'),
        ('title.en = "Noun"', ""),
        ("https://example.org/words", "javascript:alert(1)"),
        ('core = ["talk"]', 'core = [["talk"]]'),
        ('requires = ["numbers"]', 'requires = ["Numbers"]'),
        ('aliases = ["vocabulary"]', 'alias = ["vocabulary"]'),
        ('title.en = "Words"', 'id = "words"\ntitle.en = "Words"'),
    ]:
        assert topic.count(old) == 1
        assert not is_right(schema.TOPIC_NAME, topic.replace(old, new)), new
    outline = FILES["curriculum.toml"]
    assert is_right(schema.OUTLINE_NAME, outline)
    assert not is_right(schema.OUTLINE_NAME, outline.replace("languages", "language"))
    assert not is_right(schema.OUTLINE_NAME, outline.replace('["numbers", "words"]', '["numbers", 2]'))


@pytest.mark.parametrize(("words", "name"), [((), schema.OUTLINE_NAME), (("--topic",), schema.TOPIC_NAME)])
def test_the_command_prints_the_schema(words: tuple[str, ...], name: str, home: Home) -> None:
    ran = home.call("curriculum", "schema", *words)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == SCHEMAS[name]
