"""The texts of the program: complete, alike and well written in its three languages, and none without a use."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import opencc
import pytest

import llmpath
from llmpath import errors
from llmpath.cli.command_line import command_line
from llmpath.cli.commands import COMMANDS, HEADINGS
from llmpath.cli.help import text_key
from llmpath.cli.settings import SETTINGS
from llmpath.curriculum import model_problems as model_faults
from llmpath.curriculum.kinds import KINDS, LEVELS
from llmpath.curriculum.models import OWN_PROBLEMS
from llmpath.messages import Texts
from llmpath.progress.log import STATES, VERBS
from llmpath.text.languages import LANGUAGES
from llmpath.text.width import width
from tests.support import Home

CHINESE = ("zh-Hans", "zh-Hant")
CODE = Path(llmpath.__file__).parent
GLOSSARY = CODE.parent / "data" / "glossary.toml"
HAN = "\u3400-\u9fff"
FILE_ENDINGS = (".toml", ".json", ".jsonl", ".md", ".csv", ".ics", ".py", ".org", ".app", ".exe", ".com")


def texts(language: str) -> Mapping[str, str]:
    return Texts(language).all()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def keys_where(language: str, pattern: str) -> list[str]:
    return [key for key, text in texts(language).items() if re.search(pattern, text)]


# one language as the other


@pytest.mark.parametrize("language", CHINESE)
def test_every_language_has_the_same_texts(language: str) -> None:
    assert set(texts(language)) ^ set(texts("en")) == set()


@pytest.mark.parametrize("language", CHINESE)
def test_a_text_has_the_same_fields_in_every_language(language: str) -> None:
    def needed(key: str, text: str) -> set[str]:
        return fields(text) - ({"count"} if key.endswith(".one") else set())  # "one" may stand there as a word

    english = texts("en")
    every = texts(language).items()
    assert [key for key, text in every if needed(key, text) != needed(key, english[key])] == []


@pytest.mark.parametrize("language", CHINESE)
def test_commands_and_options_are_not_translated(language: str) -> None:
    def words(text: str) -> set[str]:
        found = re.findall(r"(?<![\w-])--[a-z-]+|llmpath [a-z]+", text)
        return {word for word in found if word.startswith("--") or word.split()[1] in COMMANDS}

    english = texts("en")
    assert [key for key, text in texts(language).items() if words(text) != words(english[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_for_one_stands_beside_the_text_that_it_is_a_form_of(language: str) -> None:
    every = texts(language)
    forms = {key: key.removesuffix(".one") for key in every if key.endswith(".one")}
    assert [key for key, base in forms.items() if base not in every] == []
    assert [key for key, base in forms.items() if not fields(every[key]) <= fields(every[base])] == []


def test_a_count_of_one_takes_the_form_for_one() -> None:
    say = Texts("en")
    assert say("resources.count", count=1) == "1 resource"
    assert say("resources.count", count=2) == "2 resources"


# how they are written


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_calm(language: str) -> None:
    praise = r"[!！]|(?i:\b(?:congratulations|awesome|amazing|proud|well done|good job|great job|great work)\b)"
    assert keys_where(language, praise + "|恭喜|太棒|真棒|加油|厉害|厲害|骄傲|驕傲|干得好|幹得好|做得好") == []


@pytest.mark.parametrize(("language", "conversion"), [("zh-Hans", "t2s"), ("zh-Hant", "s2t"), ("zh-Hant", "s2tw")])
def test_chinese_is_written_in_one_script(language: str, conversion: str) -> None:
    convert = opencc.OpenCC(conversion).convert
    strangers = {
        (key, character)
        for key, text in texts(language).items()
        if not key.startswith("example.")  # may show that names are found in either script
        for character in text
        if convert(character) != character
    }
    assert strangers == set()


@pytest.mark.parametrize(("language", "foreign"), [("zh-Hans", "[「」『』]"), ("zh-Hant", "[“”‘’]")])
def test_chinese_has_the_quotation_marks_of_its_script(language: str, foreign: str) -> None:
    assert keys_where(language, foreign) == []


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_has_full_width_punctuation(language: str) -> None:
    assert keys_where(language, rf"[{HAN}][,;:?()]|[,;:?()][{HAN}]") == []


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_keeps_a_space_from_letters_digits_and_commands(language: str) -> None:
    own = r"\{(?:day|on|month|year|language|topics|known|whole|first|last)\}"  # what fills these is Chinese itself
    every = {key: re.sub(own, "字", text) for key, text in texts(language).items()}
    glued = [key for key, text in every.items() if re.search(rf"[{HAN}][A-Za-z0-9`{{]|[A-Za-z0-9`}}][{HAN}]", text)]
    assert glued == ["sentences", "date.months"]  # a sentence ends with its full stop


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_says_you_as_to_a_colleague(language: str) -> None:
    assert keys_where(language, "您") == []


@pytest.mark.skipif(not GLOSSARY.exists(), reason="the glossary is in the checkout alone")
@pytest.mark.parametrize("language", CHINESE)
def test_chinese_avoids_what_the_glossary_avoids(language: str) -> None:
    terms = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["terms"]
    avoided = [word for term in terms for word in term.get("avoid", {}).get(language, [])]
    assert [(key, word) for key, text in texts(language).items() for word in avoided if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_twelve_months_and_a_week_seven_days_of_one_width(language: str) -> None:
    say = Texts(language)
    weekdays = say("date.weekdays").split()
    assert len(say("date.months").split()) == 12
    assert (len(weekdays), len({width(day) for day in weekdays})) == (7, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_y_and_yes_mean_yes_in_every_language(language: str) -> None:
    assert {"y", "yes"} <= set(Texts(language)("ask.yes_words").split())


# texts and code


@cache
def _trees() -> list[ast.Module]:
    files = [path for path in sorted(CODE.rglob("*.py")) if path.parent.name != "messages"]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in files]


def _nodes() -> Iterator[ast.AST]:
    for tree in _trees():
        yield from ast.walk(tree)


@cache
def literals() -> frozenset[str]:
    """Every string that stands in the code, and every text for which a template asks."""
    templates = Path(llmpath.__file__).parent.glob("view/templates/*.j2")
    asked = (key for file in templates for key in re.findall(r'say\("([^"]+)"', file.read_text(encoding="utf-8")))
    constants = (node.value for node in _nodes() if isinstance(node, ast.Constant))
    return frozenset([*asked, *(value for value in constants if isinstance(value, str))])


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """The keys that the code puts together, `f"help.{name}"` among them, by their beginning."""
    found: dict[str, str] = {}
    for node in _nodes():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            pieces = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
            if re.fullmatch(r"[a-z]+\.[a-z_.]*", pieces[0] or ""):
                form = "".join(r"([a-z0-9_.A-Z-]+)" if piece is None else re.escape(piece) for piece in pieces)
                found[form] = form
    return {form: re.compile(form) for form in found}


def called_with(*names: str, place: int = 0) -> set[str]:
    """The strings that stand as an argument in calls of these functions, also behind an `if`."""
    found: set[str] = set()
    for node in _nodes():
        if isinstance(node, ast.Call) and len(node.args) > place:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                found |= set(_choices(node.args[place]))
    return found


def returned_by(*names: str) -> set[str]:
    """The strings that these functions return, alone or as the first of several values."""
    found: set[str] = set()
    for function in _nodes():
        if isinstance(function, ast.FunctionDef) and function.name in names:
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    value = node.value.elts[0] if isinstance(node.value, ast.Tuple) else node.value
                    found |= set(_choices(value))
    return found - {""}


def _choices(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)


def test_every_text_that_the_code_names_exists() -> None:
    asked_for = called_with("say", "warn", "notify", "_tell", "text")
    assert {key for key in asked_for if "." in key} - set(texts("en")) == set()


def test_every_word_of_the_code_that_looks_like_a_text_is_one() -> None:
    families = {key.partition(".")[0] for key in texts("en") if "." in key}
    alike = {
        word
        for word in literals()
        if re.fullmatch(rf"(?:{'|'.join(families)})(?:\.[a-z_0-9]+)*\.[a-z_0-9]*[a-z0-9]", word)
        and not word.endswith(FILE_ENDINGS)
    }
    assert alike - set(texts("en")) == set()


def test_no_text_is_without_a_use() -> None:
    line = command_line()
    known = {
        *literals(),
        *(text_key(name) for name in COMMANDS),
        *(param.key for syntax in line.commands.values() for param in syntax.arguments),
        *(param.names[-1] for syntax in line.commands.values() for param in line.options_of(syntax)),
        *HEADINGS,
        *(found.code for found in _below(errors.LlmpathError)),
        *(option.replace("-", "_") for word in literals() for option in word.split() if option.startswith("--")),
    }
    names = {word.lstrip("-").replace("-", "_") for word in known}

    def is_used(key: str) -> bool:
        return key in known or any(
            match and all(part in known or part in names or part.isdecimal() for part in match.groups())
            for match in (pattern.fullmatch(key) for pattern in patterns().values())
        )

    assert [key for key in texts("en") if not is_used(key.removesuffix(".one"))] == []


FAMILIES: Mapping[str, tuple[str, ...]] = {
    "state": STATES,
    "kind": KINDS,
    "level": LEVELS,
    "language": LANGUAGES,
    "item": ("topic", "concept", "resource"),
    "config": tuple(name for key in SETTINGS for name in (key, f"{key}.allowed")),
    "origin": ("flag", "config", "locale", "default"),
    "changed": tuple(f"{word}_{state}" for word in ("is", "already") for state in STATES),
    "info": ("progress", "reviews", "lock", "backups", "config", "curriculum", "curricula", "cache"),
    "health": ("ok", "absent", "damaged", "newer", "unreadable", "read_only", "fewer_items"),
    "stats": ("level_1", "level_2", "level_3", "level_4"),
    "help": tuple(text_key(name) for name in COMMANDS if name),
    "example": tuple(text_key(name) for name in COMMANDS if name),
    "heading": HEADINGS[1:],
}
"""Texts whose keys the code puts together, by what follows the first word."""


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_its_text(family: str) -> None:
    assert {f"{family}.{name}" for name in FAMILIES[family]} - set(texts("en")) == set()


def test_every_reason_for_a_suggestion_has_its_text() -> None:
    codes = called_with("Reason")
    assert {"under_way", "needs", "core_read"} <= codes
    assert {f"reason.{code}" for code in codes} - set(texts("en")) == set()


def test_every_fault_of_a_file_has_its_text() -> None:
    codes = {
        *called_with("Problem", "note"),
        *called_with("DamagedProgress", "UnusableFile", place=1),
        *returned_by("problem_with", "_unknown_key"),
        *model_faults._PATTERNS.values(),
        *model_faults._TYPES.values(),
        *(code for code, _ in model_faults._BOUNDS.values()),
        *OWN_PROBLEMS,
    }
    assert {"syntax", "double_id", "no_schema", "too_many_tables", "unknown_key"} <= codes
    assert {f"fault.{code}" for code in codes} - set(texts("en")) == set()


def test_every_problem_of_an_entry_of_a_log_has_its_text() -> None:
    codes = called_with("Problem", place=1) | returned_by("_wrong") - {""}
    assert {"two_verbs", "no_verb", "at", "items", "grade"} <= codes
    assert {f"log.{code}" for code in codes} - set(texts("en")) == set()
    assert {f"did.{verb}" for verb in VERBS if verb != "undo"} - set(texts("en")) == set()


def test_every_error_has_its_text() -> None:
    classes = {found.code for found in _below(errors.LlmpathError) - {errors.UsageError}}
    given = called_with("UsageError") | called_with("number_of", "day_from", place=2)
    keys = {code if "." in code else f"error.{code}" for code in classes | given}
    assert {"error.unknown_item", "error.wrong_date", "usage.too_many"} <= keys
    assert keys - set(texts("en")) == set()


def _below(kind: type[Any]) -> set[type[Any]]:
    return {kind, *(found for child in kind.__subclasses__() for found in _below(child))}


# the whole program


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_stands_in_columns_in_every_language(home: Home, language: str) -> None:
    rows = [line for line in home.call("help", "plan", "--lang", language).out.splitlines() if line.startswith("  ")]
    places = {width(re.split(r"(?<=\S)  +(?=\S)", row, maxsplit=1)[0]) for row in rows}
    starts = {width(row) - width(re.split(r"(?<=\S)  +(?=\S)", row, maxsplit=1)[1]) for row in rows}
    assert len(places) > 1
    assert len(starts) <= 2  # arguments, and below them options
