"""The question bank that ships: what every question and answer must fulfil. A failure is mended in data/."""

import re
from pathlib import Path
from typing import Any

import pytest
import tomli

import llmpath
from llmpath.curriculum import library
from llmpath.curriculum.models import Curriculum, Question, QuestionSheet
from tests.curriculum import test_data as texts_test
from tests.curriculum.test_data import CHINESE, LANGUAGES, Text, terms  # noqa: F401 - a fixture

MAX_WORDS, MAX_CHARACTERS = 40, 80
FOLDER = Path(library.data_folder(), "llm-course", "questions")


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return llmpath.load_curriculum()


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[Question]]:
    """The questions of each topic, from the files themselves."""
    found = {path.stem: tomli.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
    return {topic: QuestionSheet.model_validate(document).questions for topic, document in found.items()}


@pytest.fixture(scope="module")
def texts(sheets: dict[str, list[Question]]) -> list[Text]:
    return [
        Text(f"{topic}?{question.id}", kind, language, words)
        for topic, questions in sheets.items()
        for question in questions
        for kind, text in (("ask", question.ask), ("answer", question.answer))
        for language, words in text.items()
    ]


def test_every_sheet_belongs_to_a_topic_and_is_read_with_the_curriculum(
    curriculum: Curriculum, sheets: dict[str, list[Question]]
) -> None:
    assert len(sheets) > 20
    assert {topic: curriculum.questions[topic] for topic in sheets} == sheets


def test_every_concept_has_a_question_and_every_question_a_concept(
    curriculum: Curriculum, sheets: dict[str, list[Question]]
) -> None:
    for topic in curriculum.topics:
        asked = {question.concept for question in sheets.get(topic.id, [])}
        assert asked == {concept.id for concept in topic.concepts}, topic.id


def test_ids_are_unique_within_their_topic(sheets: dict[str, list[Question]]) -> None:
    for topic, questions in sheets.items():
        ids = [question.id for question in questions]
        assert len(ids) == len(set(ids)), topic


def test_no_two_questions_ask_the_same(texts: list[Text]) -> None:
    asked = [(text.language, text.words) for text in texts if text.kind == "ask"]
    assert len(asked) == len(set(asked))


def test_every_answer_names_a_resource_that_exists_and_the_place_in_it(
    curriculum: Curriculum, sheets: dict[str, list[Question]]
) -> None:
    known = {f"{topic.id}/{resource.id}" for topic in curriculum.topics for resource in topic.resources}
    wrong = [
        f"{topic}?{question.id}"
        for topic, questions in sheets.items()
        for question in questions
        if (question.source if "/" in question.source else f"{topic}/{question.source}") not in known
        or not question.where
    ]
    assert wrong == []


def test_every_text_stands_in_all_three_languages(sheets: dict[str, list[Question]]) -> None:
    wanting = [
        f"{topic}?{question.id}"
        for topic, questions in sheets.items()
        for question in questions
        if list(question.ask) != LANGUAGES or list(question.answer) != LANGUAGES
    ]
    assert wanting == []


def test_an_answer_can_be_graded_in_seconds(texts: list[Text]) -> None:
    answers = [text for text in texts if text.kind == "answer"]
    words = [text.item for text in answers if text.language == "en" and len(text.words.split()) > MAX_WORDS]
    characters = [text.item for text in answers if len(re.findall(texts_test.HAN, text.words)) > MAX_CHARACTERS]
    assert (words, characters) == ([], [])


def test_a_question_asks_and_an_answer_ends(texts: list[Text]) -> None:
    assert [text.item for text in texts if text.kind == "ask" and text.words[-1] not in "?？.。"] == []
    assert [text.item for text in texts if text.kind == "answer" and text.words[-1] not in ".。"] == []


@pytest.mark.parametrize(
    "claim",
    [
        texts_test.test_texts_in_simplified_chinese_have_no_traditional_letters,
        texts_test.test_texts_in_traditional_chinese_have_no_simplified_letters,
        texts_test.test_chinese_texts_have_full_width_punctuation,
        texts_test.test_a_space_parts_chinese_from_latin_words,
        texts_test.test_each_script_has_its_own_quotation_marks,
        texts_test.test_texts_have_no_stray_space_and_nothing_invisible,
    ],
)
def test_questions_are_written_like_the_other_texts(texts: list[Text], claim: Any) -> None:
    claim(texts)


@pytest.mark.parametrize("language", CHINESE)
def test_questions_keep_to_the_terms_of_the_glossary(
    texts: list[Text],
    terms: list[dict[str, Any]],  # noqa: F811 - the fixture
    language: str,
) -> None:
    texts_test.test_texts_keep_to_the_terms_of_the_glossary(texts, terms, language)
