"""What list, show, resources and search answer."""

import re

import pytest

from tests.support import Home


def heading_of(text: str, part: str) -> str:
    """What stands at the right of a part's heading."""
    [line] = [line for line in text.splitlines() if line.startswith(part)]
    return line.removeprefix(part).strip()


@pytest.mark.parametrize(
    ("commands", "figure"),
    [
        ([], "0/2"),
        (["done numbers"], "1/2"),
        (["skip numbers"], "0/1"),
        (["skip numbers", "done words"], "1/1"),
        (["skip numbers words"], "2 skipped"),
    ],
)
def test_a_part_counts_what_is_done_of_what_is_not_skipped(commands: list[str], figure: str, course: Home) -> None:
    for command in commands:
        assert course.call(*command.split()).code == 0
    assert heading_of(course.call("list").out, "1 Basics") == figure


def test_what_is_missing_and_under_way_is_said_where_only_what_is_to_do_is_listed(course: Home) -> None:
    course.call("done", "numbers", "words")
    course.call("start", "attention", "agents")
    ran = course.call("list", "--state", "todo")
    assert "Tuning" in ran.out
    assert ran.out.splitlines()[-1] == "2 more are under way: llmpath list --state doing"
    assert "under_way" not in course.call("list", "--state", "todo", "--json").json()
    course.call("done", "attention", "tuning")
    ran = course.call("list", "--state", "todo")
    assert ran.out.splitlines()[-3:] == [
        "No topic is in that state.",
        "",
        "One more is under way: llmpath list --state doing",
    ]
    assert "under way:" not in course.call("list", "--state", "doing").out
    assert "under way:" not in course.call("list", "basics", "--state", "todo").out


# search


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("attention/heads", "attention/heads"),
        ("Attention/Heads", "attention/heads"),
        ("attention/he", "attention/heads"),
        ("2.1", "attention"),
        ("tuning", "tuning"),
    ],
)
def test_an_address_and_a_number_find_what_they_name_first(words: str, first: str, course: Home) -> None:
    matches = course.call("search", words, "--json").json()["matches"]
    assert (matches[0]["id"], matches[0]["score"] >= 95) == (first, True)
    assert len({match["id"] for match in matches}) == len(matches)


# show


@pytest.mark.parametrize("item", ["attention", "attention/heads"])
def test_where_nothing_is_of_that_kind_it_is_said(item: str, course: Home) -> None:
    assert "No resource is like that." in course.call("show", item, "--kind", "leaderboard").out
    assert "No resource is like that." not in course.call("show", item).out


# names


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_what_is_suggested_can_be_typed_in_any_language(language: str, course: Home) -> None:
    """Not a title, folded and in whatever language it resembled, but the address of what bears it."""
    for word in ("atention", "Attension", "微凋", "注意刀", "small wordz"):
        ran = course.call("show", word, "--lang", language)
        assert ran.code == 3
        for name in re.findall(r"[“「]([^”」]+)[”」]", ran.err)[1:]:
            assert course.call("show", name).code == 0
            assert name.isascii()
