"""The program as a stranger meets it: whole processes outside the checkout. CI runs these on the wheel too."""

import os
import re

import pytest

from tests.support import Home

IS_WHEEL = "LLMPATH_TEST_COMMAND" in os.environ
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
TITLES = {"en": "Quantization", "zh-Hans": "量化", "zh-Hant": "量化"}
IS_DONE = {"en": "is done", "zh-Hans": "完成", "zh-Hant": "完成"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_shows_all_topics_with_numbers(home: Home, language: str) -> None:
    ran = home.run("list", env={"LLMPATH_LANG": language})
    assert ran.code == 0
    assert ran.err == ""
    assert re.findall(r"^    ○  (\d\.\d+) ", ran.out, re.MULTILINE) == [
        *(f"1.{n}" for n in range(1, 5)),
        *(f"2.{n}" for n in range(1, 11)),
        *(f"3.{n}" for n in range(1, 9)),
    ]
    assert TITLES[language] in ran.out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["quantization", "2.7", "量化", "ＱＵＡＮＴＩＺＡＴＩＯＮ", "quanti"])
def test_show_takes_every_form_of_a_name(home: Home, language: str, name: str) -> None:
    ran = home.run("--lang", language, "show", name, "--json")
    assert ran.code == 0
    topic = ran.json()["topic"]
    assert (topic["id"], topic["number"], topic["title"]) == ("quantization", "2.7", TITLES[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_done_is_said_and_kept(home: Home, language: str) -> None:
    ran = home.run("done", "sft", env={"LLMPATH_LANG": language})
    assert ran.code == 0
    assert IS_DONE[language] in ran.out
    assert 'done = ["supervised-fine-tuning"]' in home.progress.read_text("utf-8")
    figure = home.run("list", "--json", env={"LLMPATH_LANG": language}).json()["progress"]
    assert (figure["done"], figure["hours_done"] > 0) == (1, True)


def test_next_begins_with_the_first_topic_and_moves_on_once_it_is_done(home: Home) -> None:
    first = home.run("next", "--json").json()["suggestions"]
    assert [suggestion["topic"] for suggestion in first] == ["mathematics"]
    assert first[0]["resource"]["url"].startswith("https://")
    assert home.run("done", "mathematics").code == 0
    second = home.run("next", "--json").json()["suggestions"]
    assert [suggestion["topic"] for suggestion in second] == ["python"]


@pytest.mark.parametrize(("language", "name"), [("en", "illustrating-rlhf"), ("zh-Hans", "illustrating-rlhf-zh")])
def test_next_prefers_a_resource_in_the_language_of_the_reader(home: Home, language: str, name: str) -> None:
    home.run("skip", "fundamentals", "architecture", "pre-training", "post-training-datasets", "sft")
    found = home.run("--lang", language, "next", "--goal", "preference-alignment", "--json").json()["suggestions"]
    assert found[0]["resource"]["id"] == f"preference-alignment/{name}"


def test_a_wrong_name_suggests_the_right_one_and_ends_with_3(home: Home) -> None:
    ran = home.run("show", "quantizaton")
    assert (ran.code, ran.out) == (3, "")
    assert "quantization" in ran.err
    assert not home.progress.parent.exists()


def test_several_matches_are_listed_and_nothing_is_changed(home: Home) -> None:
    ran = home.run("done", "pre")
    assert (ran.code, ran.out) == (3, "")
    assert "pre-training" in ran.err
    assert "preference-alignment" in ran.err
    assert not home.progress.exists()


@pytest.mark.skipif(not IS_WHEEL, reason="a checkout compiles its curriculum into the cache; a wheel brings it along")
def test_an_installed_wheel_needs_no_cache(home: Home) -> None:
    assert home.run("list").code == 0
    assert home.run("search", "lora").code == 0
    assert not home.cache.exists()


def test_the_version_is_that_of_the_package(home: Home) -> None:
    from llmpath import __version__

    assert home.run("--version").out == f"llmpath {__version__}\n"
