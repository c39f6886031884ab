"""Every sort of fault of a curriculum: found, at its place, in words that say what to do; and all of them at once."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmpath import curriculum
from llmpath.curriculum import model_problems
from llmpath.curriculum.models import OWN_PROBLEMS, Curriculum
from llmpath.curriculum.snapshot import documents_of
from llmpath.text.languages import LANGUAGES
from tests.authored import FILES, Authored

OUTLINE, NUMBERS, WORDS = "curriculum.toml", "topics/numbers.toml", "topics/words.toml"
QUESTIONS = "questions/words.toml"


class Case(NamedTuple):
    """A change of one file, and what is said of it."""

    code: str
    file: str
    old: str
    new: str
    said: list[str]


FAULTS = [
    Case(
        "not_toml",
        WORDS,
        'aliases = ["vocabulary"]',
        "aliases: vocabulary",
        [
            (
                "topics/words.toml:3: is not valid TOML: Expected '=' after a key in a key/value pair; "
                "fix this line, or the one before it"
            )
        ],
    ),
    Case(
        "huge_number",
        WORDS,
        "minutes = 30",
        f"minutes = {'9' * 5000}",
        ["topics/words.toml: has a number of thousands of digits; correct it"],
    ),
    Case(
        "deep_file",
        WORDS,
        "minutes = 30",
        "minutes.a.b.c.d.e.f.g.h.i = 30",
        ["topics/words.toml:21: is nested too deeply; a key has at most two or three parts"],
    ),
    Case(
        "given_by_file_name",
        WORDS,
        'title.en = "Words"',
        'id = "words"\ntitle.en = "Words"',
        ["topics/words.toml:1 id: a topic's id is the name of its file; remove this key"],
    ),
    Case(
        "no_file",
        OUTLINE,
        '["numbers", "words"]',
        '["numbers", "words", "letters"]',
        [
            (
                "topics/letters.toml: is not there, but curriculum.toml lists this topic; "
                "write the file, or take the topic out of `topics`"
            )
        ],
    ),
    Case(
        "missing_key",
        WORDS,
        'title = "A Talk on Words"\n',
        "",
        ["topics/words.toml:14 resources.talk.title: `title` is missing; add it"],
    ),
    Case(
        "unknown_key",
        WORDS,
        "minutes = 30",
        "minutes = 30\nduration = 30",
        [
            (
                "topics/words.toml:22 resources.talk.duration: there is no key `duration` here; "
                "use one of id, title, url, where, former_urls, kind, language, authors, level, minutes, read, "
                "concepts, note, why, access, needs, published, checked, status, superseded_by, guessed, sources, "
                "former_ids, or remove it"
            )
        ],
    ),
    Case(
        "misplaced_key",
        WORDS,
        "minutes = 30",
        "minutes = 30\nrequires = []",
        [
            (
                "topics/words.toml:22 resources.talk.requires: `requires` belongs to the file as a whole; "
                "move it above the first line in double brackets, [[...]]"
            )
        ],
    ),
    Case(
        "not_one_of",
        WORDS,
        'kind = "video"',
        'kind = "film"',
        [
            (
                "topics/words.toml:18 resources.talk.kind: cannot be “film”; "
                "choose one of article, video, course, book, paper, notebook, code, docs, tool, dataset, "
                "leaderboard, slides, site, model"
            )
        ],
    ),
    Case(
        "wrong_id",
        OUTLINE,
        'id = "basics"',
        'id = "../basics"',
        [
            (
                "curriculum.toml:12 parts.1.id: “../basics” is not an id; "
                "use lower-case letters, digits, and single hyphens or dots between them"
            )
        ],
    ),
    Case(
        "wrong_language",
        WORDS,
        'title.en = "Words"',
        'title.EN = "Words"\ntitle.en = "Words"',
        ["topics/words.toml:1 title.EN: “EN” is not a language tag; write it like en, zh-Hans, zh-Hant, pt-BR"],
    ),
    Case(
        "wrong_reference",
        WORDS,
        '["numbers/book"]',
        '["book"]',
        ["topics/words.toml:6 see_also.1: “book” does not name a resource; write TOPIC/RESOURCE"],
    ),
    Case(
        "empty_text",
        WORDS,
        'title = "A Dictionary"',
        'title = " "',
        ["topics/words.toml:27 resources.dictionary.title: is empty; write something, or remove the key"],
    ),
    Case(
        "long_text",
        WORDS,
        'title = "A Dictionary"',
        f'title = "{"x" * 2001}"',
        ["topics/words.toml:27 resources.dictionary.title: is too long; shorten it to 2000 characters"],
    ),
    Case(
        "too_few",
        WORDS,
        'core = ["talk"]',
        'core = [["talk"]]',
        ["topics/words.toml:5 core.1: has too few entries; give at least 2"],
    ),
    Case(
        "too_many",
        WORDS,
        'aliases = ["nouns"]',
        f"aliases = {[f'noun {n}' for n in range(51)]}",
        ["topics/words.toml:12 concepts.noun.aliases: has too many entries; keep at most 50"],
    ),
    Case(
        "too_small",
        WORDS,
        "minutes = 30",
        "minutes = 0",
        ["topics/words.toml:21 resources.talk.minutes: is too small; write 1 or more"],
    ),
    Case(
        "too_great",
        WORDS,
        "minutes = 30",
        "minutes = 60001",
        ["topics/words.toml:21 resources.talk.minutes: is too large; write 60000 or less"],
    ),
    Case(
        "must_be_text",
        WORDS,
        'title = "A Dictionary"',
        "title = 7",
        ["topics/words.toml:27 resources.dictionary.title: is not text; put it in quotation marks"],
    ),
    Case(
        "must_be_number",
        WORDS,
        "minutes = 30",
        'minutes = "30"',
        [
            (
                "topics/words.toml:21 resources.talk.minutes: is not a whole number; "
                "write it in digits, without quotation marks"
            )
        ],
    ),
    Case(
        "must_be_list",
        WORDS,
        '["nouns"]',
        '"nouns"',
        ["topics/words.toml:12 concepts.noun.aliases: is not a list; put it in square brackets"],
    ),
    Case(
        "must_be_table",
        NUMBERS,
        'core = ["book"]\n\n[[concepts]]\nid = "zero"\ntitle.en = "Zero"\nsummary.en = "Nothing, written down."\n',
        'core = ["book"]\nconcepts = ["zero"]\n',
        [
            "topics/numbers.toml:4 concepts.1: is not a table; give it keys of its own, as in the other entries",
            (
                "topics/numbers.toml:14 resources.book.concepts.1: this topic has no concept “zero”; "
                "correct the id, or add the concept"
            ),
        ],
    ),
    Case(
        "must_be_texts",
        WORDS,
        'title.en = "Words"',
        'title = "Words"',
        ['topics/words.toml:1 title: is not text in each language; write one for each, as in `title.en = "..."`'],
    ),
    Case(
        "invisible_character",
        WORDS,
        'title.en = "Noun"',
        'title.en = "No\\u202Eun"',
        ["topics/words.toml:10 concepts.noun.title.en: has the invisible character U+202E; remove it"],
    ),
    Case(
        "address_characters",
        WORDS,
        "https://example.org/words",
        "https://example.org/wörds",
        [
            (
                "topics/words.toml:17 resources.talk.url: has a space, a backslash or a character outside ASCII; "
                "write it percent-encoded"
            )
        ],
    ),
    Case(
        "address_form",
        WORDS,
        "https://example.org/words",
        "https://example.org:port/words",
        ["topics/words.toml:17 resources.talk.url: is not a web address; copy it from the browser"],
    ),
    Case(
        "address_scheme",
        WORDS,
        "https://example.org/words",
        "javascript:alert(1)",
        [
            (
                "topics/words.toml:17 resources.talk.url: is not a web address; "
                "it must begin with http:// or https:// and name a host"
            )
        ],
    ),
    Case(
        "address_user",
        WORDS,
        "https://example.org/words",
        "https://bank.example@example.org/",
        [
            (
                "topics/words.toml:17 resources.talk.url: has a user name or a password in it; "
                "remove what stands before the @"
            )
        ],
    ),
    Case(
        "double_id",
        WORDS,
        'id = "dictionary"',
        'id = "noun"',
        ["topics/words.toml:26 resources.2.id: “noun” occurs twice; remove one, or give it another id"],
    ),
    Case(
        "named_as_topic",
        OUTLINE,
        'id = "basics"',
        'id = "words"',
        ["curriculum.toml:12 parts.words.id: “words” is the id of a topic too; choose another"],
    ),
    Case(
        "missing_language",
        WORDS,
        'summary.en = "A word for a thing."',
        'summary.de = "Ein Wort für ein Ding."',
        [
            'topics/words.toml:11 concepts.noun.summary: there is no text in en; add `summary.en = "..."`',
            (
                "topics/words.toml:11 concepts.noun.summary.de: the curriculum is not written in de; "
                "remove this text, or add the language to `languages` (en) in curriculum.toml"
            ),
        ],
    ),
    Case(
        "undeclared_language",
        WORDS,
        'title.en = "Noun"',
        'title.en = "Noun"\ntitle.de = "Substantiv"',
        [
            (
                "topics/words.toml:11 concepts.noun.title.de: the curriculum is not written in de; "
                "remove this text, or add the language to `languages` (en) in curriculum.toml"
            )
        ],
    ),
    Case(
        "double_former_id",
        WORDS,
        'aliases = ["vocabulary"]',
        'former_ids = ["numbers"]',
        ["topics/words.toml:3 former_ids: “numbers” is or was the id of “numbers”; remove it here"],
    ),
    Case(
        "no_place",
        WORDS,
        'url = "https://example.org/words"\n',
        "",
        ["topics/words.toml:14 resources.talk.url: has neither `url` nor `where`; add one, so that a learner finds it"],
    ),
    Case(
        "wrong_name",
        QUESTIONS,
        'source = "talk"',
        'source = "a talk"',
        [
            (
                "questions/words.toml:6 questions.which-word.source: “a talk” is not the id of an item; "
                "write ID, or TOPIC/ID for one of another topic"
            )
        ],
    ),
    Case(
        "must_be_day",
        WORDS,
        "minutes = 30",
        'minutes = 30\nchecked = "2026-11-20"',
        [
            (
                "topics/words.toml:22 resources.talk.checked: is not a date; "
                "write it like 2026-11-20, without quotation marks"
            )
        ],
    ),
    Case(
        "unknown_concept",
        WORDS,
        'concepts = ["noun"]',
        'concepts = ["noun", "verb"]',
        [
            (
                "topics/words.toml:22 resources.talk.concepts.2: this topic has no concept “verb”; "
                "correct the id, or add the concept"
            )
        ],
    ),
    Case(
        "unknown_source",
        NUMBERS,
        '["other-course"]',
        '["no-course"]',
        [
            (
                "topics/numbers.toml:19 resources.book.sources.1: curriculum.toml has no source “no-course”; "
                "correct the id, or add the source there"
            )
        ],
    ),
    Case(
        "unknown_core",
        WORDS,
        'core = ["talk"]',
        'core = ["talk", "tlak"]',
        ["topics/words.toml:5 core.2: this topic has no resource “tlak”; correct the id, or add the resource"],
    ),
    Case(
        "unknown_requirement",
        WORDS,
        'requires = ["numbers"]',
        'requires = ["numbres"]',
        ["topics/words.toml:4 requires.1: there is no topic “numbres”; correct the id, or remove it"],
    ),
    Case(
        "requirement_loop",
        NUMBERS,
        'core = ["book"]',
        'core = ["book"]\nrequires = ["words"]',
        [
            (
                "topics/numbers.toml:4 requires: these topics require each other: numbers → words → numbers; "
                "remove one of the prerequisites"
            )
        ],
    ),
    Case(
        "empty_alias",
        WORDS,
        '["nouns"]',
        '["\\u0301"]',
        ["topics/words.toml:12 concepts.noun.aliases: “\u0301” has nothing that can be typed; remove it"],
    ),
    Case(
        "double_alias",
        WORDS,
        '["nouns"]',
        '["VOCABULARY"]',
        ["topics/words.toml:12 concepts.noun.aliases: “VOCABULARY” is an alias of words already; keep it in one place"],
    ),
    Case(
        "unknown_resource",
        WORDS,
        '["numbers/book"]',
        '["numbers/bok"]',
        [
            (
                "topics/words.toml:6 see_also.1: there is no resource “numbers/bok”; "
                "correct the id, TOPIC/RESOURCE, or remove it"
            )
        ],
    ),
]

WARNINGS = [
    Case(
        "incomplete",
        WORDS,
        'level = "intro"\nminutes = 30\n',
        "",
        ["topics/words.toml:14 resources.talk: lacks level, minutes; add what you know"],
    ),
    Case(
        "long_answer",
        QUESTIONS,
        "House.",
        "house " * 41,
        [
            (
                "questions/words.toml:5 questions.which-word.answer.en: is longer than 40 words "
                "or 80 Chinese characters; shorten it"
            )
        ],
    ),
    Case(
        "unlisted_file",
        OUTLINE,
        '["numbers", "words"]',
        '["numbers"]',
        ["topics/words.toml: no part lists this topic; add “words” to the `topics` of a part, or move the file away"],
    ),
    Case(
        "empty_part",
        OUTLINE,
        "[[parts]]",
        '[[parts]]\nid = "more"\ntitle.en = "More"\nsummary.en = "Later."\ntopics = []\n\n[[parts]]',
        ["curriculum.toml:15 parts.more.topics: has no topics; list some, or remove the part"],
    ),
    Case(
        "no_core",
        WORDS,
        'core = ["talk"]\n',
        "",
        [("topics/words.toml core: the topic has no core, so all its resources count; name those to go through first")],
    ),
    Case(
        "implied_requirement",
        OUTLINE,
        '["numbers", "words"]',
        '["numbers", "words", "texts"]',
        ["topics/texts.toml:3 requires: “words” builds on “numbers” already; remove “numbers” here"],
    ),
    Case(
        "alias_hides_title",
        WORDS,
        '["nouns"]',
        '["a book of numbers"]',
        [
            (
                "topics/words.toml:12 concepts.noun.aliases: “a book of numbers” is the title of numbers/book, "
                "which is no longer found by it; choose another alias"
            )
        ],
    ),
    Case(
        "alias_hidden_by_id",
        NUMBERS,
        'title.en = "Numbers"',
        'title.en = "Counting"\naliases = ["words"]',
        [
            (
                "topics/numbers.toml:2 aliases: “words” is the title of words, which is no longer found by it; "
                "choose another alias"
            ),
            "topics/numbers.toml:2 aliases: “words” always finds the topic words, never this; choose another alias",
        ],
    ),
    Case(
        "double_url",
        WORDS,
        "https://example.org/dictionary",
        "https://example.org/words",
        [
            (
                "topics/words.toml:28 resources.dictionary.url: https://example.org/words is an address of "
                "words/talk too; keep one of the two, and name it in `see_also` where it serves another topic"
            )
        ],
    ),
    Case(
        "unserved_concept",
        WORDS,
        'concepts = ["noun"]\n',
        "",
        [
            (
                "topics/words.toml:8 concepts.noun: no resource teaches “noun”; "
                "name it in the `concepts` of one, or remove it"
            )
        ],
    ),
]

THIRD_TOPIC = """\
title.en = "Texts"
summary.en = "What texts are."
requires = ["numbers", "words"]
core = ["novel"]

[[resources]]
id = "novel"
title = "A Novel"
url = "https://example.org/novel"
kind = "book"
language = "en"
level = "advanced"
minutes = 600
note.en = "For a long evening."
"""


def broken(folder: Path, case: Case) -> Authored:
    authored = Authored(folder).replace(case.file, case.old, case.new)
    if "texts" in case.new:
        authored.write("topics/texts.toml", THIRD_TOPIC)
    return authored


@pytest.mark.parametrize("case", [*FAULTS, *WARNINGS], ids=lambda case: case.code)
def test_a_fault_is_said_with_its_place_and_its_remedy(case: Case, tmp_path: Path) -> None:
    assert broken(tmp_path, case).said() == case.said


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.code)
def test_with_a_fault_there_is_no_curriculum(case: Case, tmp_path: Path) -> None:
    checked = broken(tmp_path, case).checked()
    assert checked.curriculum is None
    assert case.code in {fault.code for fault in checked.problems if not fault.is_warning}


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: case.code)
def test_a_warning_does_not_keep_a_curriculum_from_being_used(case: Case, tmp_path: Path) -> None:
    checked = broken(tmp_path, case).checked()
    assert checked.curriculum is not None
    assert case.code in {fault.code for fault in checked.problems if fault.is_warning}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [*FAULTS, *WARNINGS], ids=lambda case: case.code)
def test_a_fault_is_said_in_every_language_with_all_its_details(case: Case, language: str, tmp_path: Path) -> None:
    authored = broken(tmp_path, case)
    for fault, said in zip(authored.checked().problems, authored.said(language), strict=True):
        assert [detail for detail in fault.details if detail not in said] == []
        assert re.search(r"\{\d\}", said) is None


def test_the_sound_curriculum_has_no_fault(tmp_path: Path) -> None:
    assert Authored(tmp_path).said() == []


ELSEWHERE = {
    *(
        "no_outline",
        "not_a_folder",
        "not_a_file",
        "unreadable",
        "large_file",
        "dense_file",
        "too_much",
        "too_many_topics",
        "too_many_entries",
    ),
    *("unread_files", "more_faults", "not_utf8"),  # test_sources
    "shared_id",  # test_authoring
    *("dense_markdown", "no_record", "newer_record"),  # test_importing
    "wrong_value",  # for what a later pydantic may find and this one does not
}


def test_every_sort_of_problem_is_shown_here() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(curriculum.__file__).parent.glob("*.py"))
    codes = {*re.findall(r'(?:Problem|note|_unknown)\(\s*"(\w+)"', sources), *OWN_PROBLEMS}
    codes |= set(re.findall(r'(?:return|else) "(\w+)", (?:\(|file)', sources))
    codes |= {*model_problems._PATTERNS.values(), *model_problems._TYPES.values()}
    codes |= set(next(zip(*model_problems._BOUNDS.values(), strict=True)))
    assert {"double_id", "unknown_key", "long_text", "must_be_day"} < codes
    assert codes - ELSEWHERE == {case.code for case in [*FAULTS, *WARNINGS]}


# all of them at once


def test_faults_of_all_sorts_are_said_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    authored.replace("curriculum.toml", 'id = "small"', 'id = "small"\ncolour = "red"')
    authored.replace(NUMBERS, 'core = ["book"]', 'core = ["book", "boook"]\nrequires = ["words"]')
    authored.replace(NUMBERS, 'kind = "book"', 'kind = "tome"')
    authored.replace(WORDS, 'requires = ["numbers"]', 'requires = ["numbers", "letters"]')
    authored.replace(WORDS, "https://example.org/words", "ftp://example.org/words")
    authored.replace(WORDS, 'title.en = "Noun"', 'title.de = "Substantiv"')
    authored.replace(WORDS, 'concepts = ["noun"]\n', "length = 3\n")
    assert [(fault.file, fault.line, fault.code) for fault in authored.checked().problems] == [
        (OUTLINE, 2, "unknown_key"),
        (NUMBERS, 3, "unknown_core"),
        (NUMBERS, 4, "requirement_loop"),
        (NUMBERS, 15, "not_one_of"),
        (WORDS, 4, "unknown_requirement"),
        (WORDS, 10, "missing_language"),
        (WORDS, 10, "undeclared_language"),
        (WORDS, 17, "address_scheme"),
        (WORDS, 22, "unknown_key"),
    ]


def test_a_topic_that_cannot_be_read_makes_no_faults_elsewhere(tmp_path: Path) -> None:
    authored = Authored(tmp_path).write(NUMBERS, "title.en = ")
    assert [fault.code for fault in authored.checked().problems] == ["not_toml"]


def test_what_is_wrong_in_itself_is_not_said_to_be_missing_too(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    authored.replace(WORDS, "minutes = 30", 'minutes = "30"').replace(WORDS, 'title.en = "Words"', "title.en = 3")
    assert [(fault.entry, fault.code) for fault in authored.checked().problems] == [
        ("title.en", "must_be_text"),
        ("resources.talk.minutes", "must_be_number"),
    ]


def test_two_loops_are_both_said(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    authored.replace(OUTLINE, '["numbers", "words"]', '["numbers", "words", "texts"]')
    authored.write("topics/texts.toml", THIRD_TOPIC.replace('"numbers", "words"', '"texts"'))
    authored.replace(NUMBERS, 'core = ["book"]', 'core = ["book"]\nrequires = ["words"]')
    assert [fault.details for fault in authored.checked().problems] == [
        ("numbers → words → numbers",),
        ("texts → texts",),
    ]


def test_a_topic_in_two_parts_is_a_fault(tmp_path: Path) -> None:
    authored = Authored(tmp_path).replace(OUTLINE, '["numbers", "words"]', '["numbers", "words", "numbers"]')
    assert [(fault.entry, fault.code) for fault in authored.checked().problems] == [
        ("parts.basics.topics.3", "double_id")
    ]


def test_aliases_are_compared_as_names_are(tmp_path: Path) -> None:
    authored = Authored(tmp_path).replace(WORDS, '["nouns"]', '[" Ｖocabulary "]')
    assert [fault.code for fault in authored.checked().problems] == ["double_alias"]


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (OUTLINE, 'topics = ["numbers"]', 'topics = ["nmubers"]', ("goals.writer.topics.1", "unknown_requirement")),
        (OUTLINE, 'id = "writer"', 'id = "basics"', ("goals.1.id", "double_id")),
        (OUTLINE, 'id = "writer"', 'id = "words"', ("goals.words.id", "named_as_topic")),
        (QUESTIONS, '"noun"', '"verb"', ("questions.which-word.concept", "unknown_concept")),
        (QUESTIONS, '"talk"', '"numbers/talk"', ("questions.which-word.source", "unknown_resource")),
        (WORDS, "minutes", 'superseded_by = "tlak"\nminutes', ("resources.talk.superseded_by", "unknown_resource")),
        (WORDS, 'aliases = ["nouns"]', 'former_ids = ["numbers/zero"]', ("concepts.1.former_ids", "double_former_id")),
        (WORDS, 'aliases = ["nouns"]', 'former_ids = ["numbers"]', None),
        (WORDS, "requires", 'former_ids = ["numbers/zero"]\nrequires', ("former_ids", "double_former_id")),
    ],
)  # fmt: skip
def test_what_is_named_is_there_and_no_id_is_anothers_former_one(
    file: str, old: str, new: str, found: tuple[str, str] | None, tmp_path: Path
) -> None:
    checked = Authored(tmp_path).replace(file, old, new).checked()
    assert [(problem.entry, problem.code) for problem in checked.problems] == ([found] if found else [])


def test_an_exercise_takes_its_name_in_its_topic(tmp_path: Path) -> None:
    exercise = '[exercise]\ntask.en = "Read"\nstart.en = "A page."\ndone_when.en = "It is read."\nminutes = 9\n'
    authored = Authored(tmp_path).replace(WORDS, "[[concepts]]", f"{exercise}\n[[concepts]]")
    assert authored.checked().problems == []
    authored.replace(WORDS, 'id = "dictionary"', 'id = "exercise"')
    assert [(problem.entry, problem.code) for problem in authored.checked().problems] == [
        ("resources.2.id", "double_id")
    ]


def test_a_text_may_be_missing_in_all_languages_but_the_first(tmp_path: Path) -> None:
    authored = Authored(tmp_path).replace(OUTLINE, 'languages = ["en"]', 'languages = ["en", "de"]')
    found = authored.checked()
    assert {(problem.code, problem.is_warning) for problem in found.problems} == {("missing_language", True)}
    assert found.curriculum is not None
    authored.replace(OUTLINE, '["en", "de"]', '["de", "en"]')
    assert {(problem.code, problem.is_warning) for problem in authored.checked().problems} == {
        ("missing_language", False)
    }


def test_questions_are_read_with_their_curriculum(tmp_path: Path) -> None:
    curriculum = Authored(tmp_path).checked().curriculum
    assert curriculum is not None
    assert [question.id for question in curriculum.questions["words"]] == ["which-word"]
    Authored(tmp_path).write("questions/wrods.toml", "")
    assert [problem.code for problem in Authored(tmp_path).checked().problems] == ["unlisted_file"]


# whatever stands there

ODD_VALUES = st.recursive(
    st.one_of(
        st.none().map(lambda _: {}),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters(codec="utf-8"), max_size=8),
        st.sampled_from(["numbers", "words", "book", "noun", "en", "https://example.org/x", "numbers/book", "../x"]),
        st.dates(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "id", "title", "x"]), inner),
    max_leaves=6,
)


def places_in(document: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    steps: Iterable[tuple[str | int, object]] = ()
    if isinstance(document, dict):
        steps = document.items()
    elif isinstance(document, list):
        steps = enumerate(document)
    for key, value in steps:
        yield (*place, key)
        yield from places_in(value, (*place, key))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_a_place_is_a_fault_or_a_curriculum(tmp_path: Path, data: st.DataObject) -> None:
    authored = Authored(tmp_path)
    for _ in range(data.draw(st.integers(1, 3))):
        file = data.draw(st.sampled_from(sorted(FILES)))
        document = tomli.loads((tmp_path / file).read_text("utf-8"))
        places = list(places_in(document))
        if not places:
            continue
        *way, last = data.draw(st.sampled_from(places))
        holder: Any = document
        for step in way:
            holder = holder[step]
        holder[last] = data.draw(ODD_VALUES)
        authored.write(file, tomli_w.dumps(document))
    checked = authored.checked()
    is_faulty = any(not fault.is_warning for fault in checked.problems)
    assert (checked.curriculum is None) == is_faulty
    assert len(authored.said()) == len(checked.problems)
    if checked.curriculum is not None:
        assert documents_of(checked.curriculum)
        assert Curriculum.model_validate(checked.curriculum.model_dump()) == checked.curriculum
