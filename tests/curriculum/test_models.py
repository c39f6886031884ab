"""The models: what an author may write; and that the light view, which commands work with, says the very same."""

from datetime import date
from functools import cache
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from llmpath.curriculum import catalog, entries, kinds, library, models, snapshot
from llmpath.curriculum.snapshot import documents_of
from llmpath.text.languages import LANGUAGES
from llmpath.text.names import folded

TWINS = ("Source", "Concept", "Resource", "Exercise", "Question", "Topic", "Part", "Goal", "Curriculum")


@cache
def shipped() -> models.Curriculum:
    return library.load_curriculum()


@pytest.mark.parametrize("name", TWINS)
def test_the_light_twins_have_the_fields_of_the_models_in_their_order(name: str) -> None:
    assert getattr(entries, name)._fields == tuple(getattr(models, name).model_fields)


def test_the_outline_is_the_curriculum_without_its_topics_and_questions() -> None:
    assert [*models.Outline.model_fields, "topics", "questions"] == list(models.Curriculum.model_fields)


def test_the_values_of_a_field_are_those_of_the_light_twins() -> None:
    chosen = {field: get_args(getattr(models, field)) for field in ("Kind", "Level", "Access", "Need", "Status")}
    assert chosen["Kind"][:3] == ("article", "video", "course")
    assert list(chosen.values()) == [kinds.KINDS, kinds.LEVELS, kinds.ACCESS, kinds.NEEDS, kinds.STATUSES]
    assert set(kinds.KINDS) > kinds.TIMED_KINDS


@cache
def documents() -> dict[str, bytes]:
    return documents_of(shipped())


def read(language: str) -> tuple[entries.Curriculum, catalog.Digest]:
    """The shipped curriculum as commands read it."""
    questions = snapshot.questions_from(documents()[f"{language}.questions.json"])
    return snapshot.curriculum_from(documents()[f"{language}.jsonl"], questions)


def differences(written: Any, light: Any, language: str, place: str) -> list[str]:
    """Where a model and its light view differ in one language."""
    if isinstance(written, BaseModel):
        fields = type(written).model_fields
        found = (differences(getattr(written, f), getattr(light, f), language, f"{place}.{f}") for f in fields)
        return [entry for entries in found for entry in entries]
    if isinstance(written, dict) and language in written:
        return [] if written[language] == light else [place]
    if isinstance(written, dict):
        return [e for key in written for e in differences(written[key], light[key], language, f"{place}.{key}")]
    if isinstance(written, date):
        return [] if written.isoformat() == light else [place]
    if isinstance(written, list):
        if len(written) != len(light):
            return [place]
        pairs = enumerate(zip(written, light, strict=True))
        return [e for n, (one, other) in pairs for e in differences(one, other, language, f"{place}[{n}]")]
    return [] if (type(written), written) == (type(light), light) else [place]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_shipped_curriculum_is_the_same_in_both(language: str) -> None:
    light, digest = read(language)
    assert differences(shipped(), light, language, "") == []
    assert digest == catalog.digest_of(light)


def test_a_difference_would_be_noticed() -> None:
    light = read("en")[0]
    topic = light.topics[3]
    wrong = topic._replace(resources=[topic.resources[0]._replace(minutes=1), *topic.resources[1:]])
    changed = light._replace(topics=[*light.topics[:3], wrong, *light.topics[4:]])
    assert differences(shipped(), changed, "en", "") == [".topics[3].resources[0].minutes"]


def test_every_title_and_alias_of_the_shipped_curriculum_is_among_the_names() -> None:
    names = snapshot.names_from(documents()["names.json"])
    for topic in shipped().topics:
        assert all(topic.id in names.titles[folded(title)] for title in topic.title.values())
        assert all(topic.id in names.aliases[folded(alias)] for alias in topic.aliases)
        for concept in topic.concepts:
            address = f"{topic.id}/{concept.id}"
            assert all(address in names.titles[folded(title)] for title in concept.title.values())
            assert all(address in names.aliases[folded(alias)] for alias in concept.aliases)
        for resource in topic.resources:
            assert f"{topic.id}/{resource.id}" in names.titles[folded(resource.title)]


def test_a_text_that_a_language_lacks_stands_in_the_first_one_which_is_named() -> None:
    whole = shipped()
    topic = whole.topics[0].model_copy(update={"title": {"en": "Numbers"}})
    curriculum = whole.model_copy(update={"topics": [topic], "updated": date(2026, 11, 20)})
    light = snapshot.in_language(curriculum, "zh-Hans")
    assert (light.topics[0].title, light.updated) == ("Numbers [en]", "2026-11-20")
    assert snapshot.in_language(curriculum, "en").topics[0].title == "Numbers"


def test_what_is_loaded_can_be_dumped_and_read_again() -> None:
    assert models.Curriculum.model_validate(shipped().model_dump()) == shipped()


def test_a_topic_is_found_by_its_id() -> None:
    assert shipped().topic("quantization").id == "quantization"
    with pytest.raises(KeyError):
        shipped().topic("quantisation")


# what an author may write


def is_right(kind: Any, value: object) -> bool:
    try:
        TypeAdapter(kind, config=models.Topic.model_config).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("text", ["a", "a-b", "gpt-2.0", "2b", "x" * 80])
def test_these_are_ids(text: str) -> None:
    assert is_right(models.Id, text)


@pytest.mark.parametrize(
    "text", ["", "A", "a_b", "-a", "a-", "a--b", "../a", "a/b", "a\n", "量化", "x" * 81, ".", "a..b", 7, None]
)
def test_these_are_no_ids(text: object) -> None:
    assert not is_right(models.Id, text)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/",
        "https://zh.wikipedia.org/wiki/%E9%87%8F",
        "https://[::1]/",
    ],
)
def test_these_are_web_addresses(address: str) -> None:
    assert is_right(models.Url, address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org",
        "https://",
        "https:example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://me@example.org",
        "https://me:secret@example.org",
        "https://@example.org",
        "https://example.org/a b",
        "https://example.org\\@evil.example",
        "https://example.org/\n",
        "https://example.org/\x1b[0m",
        "https://exämple.org",
        "https://example.org:99999",
        "https://[::1",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_these_are_no_web_addresses(address: str) -> None:
    assert not is_right(models.Url, address)


@pytest.mark.parametrize(
    "text", ["plain", "量化", "naïve", "👩\u200d💻 at work", "a\u00a0b", "\u0378 of a later Unicode"]
)
def test_these_are_texts(text: str) -> None:
    assert is_right(models.Words, text)


@pytest.mark.parametrize(
    "text", ["", "  ", "a\tb", "\x1b[31m", "a\x00", "a\u202eb", "a\u2028b", "\ufffe", "a\x1c\nb", 7, ["a"]]
)
def test_these_are_no_texts(text: object) -> None:
    assert not is_right(models.Words, text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  one  ", "one"),
        ("one\ntwo", "one two"),
        ("  one\n   two\n\n  three\n", "one two three"),
        ("一行，\n又一行", "一行，又一行"),
        ("用\nLoRA\n微调", "用 LoRA 微调"),
    ],
)
def test_a_text_of_several_lines_is_one_paragraph(written: str, read: str) -> None:
    assert TypeAdapter(models.Words).validate_python(written) == read


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (models.Minutes, "30"),
        (models.Minutes, 30.0),
        (models.Minutes, True),
        (models.Kind, "Article"),
        (models.Text, {}),
        (models.Text, "text"),
        (models.Text, {"english": "text"}),
        (models.LanguageTag, "zh_CN"),
        (models.CoreSlot, ["only-one"]),
        (models.CoreSlot, [["a", "b"], "c"]),
        (models.CoreSlot, 1),
    ],
)
def test_nothing_is_taken_for_what_it_is_not(kind: Any, value: object) -> None:
    assert not is_right(kind, value)


def test_a_core_slot_is_a_resource_or_a_list_of_alternatives() -> None:
    assert is_right(models.CoreSlot, "a")
    assert is_right(models.CoreSlot, ["a", "b"])
