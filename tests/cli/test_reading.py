"""What list, show, resources, search, log and stats answer; `tests/view/screens` has what they look like."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.clocked import NOW, at, seen
from tests.support import Home, Ran


def day(course: Home, days_ago: int, *words: str) -> None:
    assert at(course, NOW - timedelta(days=days_ago), *words).code == 0


@pytest.fixture
def begun(course: Home) -> Home:
    """Somebody under way in attention, with two notes on it."""
    day(course, 20, "skip", "numbers")
    day(course, 9, "done", "words", "--note", "long")
    day(course, 2, "start", "attention")
    day(course, 1, "done", "attention/drawing", "heads")
    day(course, 1, "note", "attention", "why eight?")
    day(course, 0, "note", "attention", "because: wider")
    return course


# list


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
    [heading] = [line for line in course.call("list").out.splitlines() if line.startswith("1 Basics")]
    assert heading.removeprefix("1 Basics").strip() == figure


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("list done", ["Words"]),
        ("list to-do", ["Fine-Tuning", "Agents"]),
        ("list 已跳过", ["Numbers"]),
        ("list --state doing", ["Attention"]),
        ("list basics --state todo", []),
        ("list 1", ["Numbers", "Words"]),
        ("list Basics", ["Numbers", "Words"]),
        ("list 基础", ["Numbers", "Words"]),
    ],
)
def test_list_takes_a_part_or_a_state(begun: Home, words: str, listed: list[str]) -> None:
    rows = [line for line in begun.call(*words.split()).out.splitlines() if line.startswith("    ")]
    assert [line.split()[2] for line in rows] == listed


def test_list_of_an_item_names_the_command_that_shows_it(course: Home) -> None:
    assert course.call("list", "2.1") == Ran(
        3, "", "error: Attention is not a part. To see it: llmpath show attention\n"
    )


def test_what_is_missing_and_under_way_is_said_where_only_what_is_to_do_is_listed(course: Home) -> None:
    course.call("done", "numbers", "words")
    course.call("start", "attention", "agents")
    ran = course.call("list", "--state", "todo")
    assert "Fine-Tuning" in ran.out
    assert ran.out.splitlines()[-1] == "2 more are under way: llmpath list --state doing"
    assert "under_way" not in course.call("list", "--state", "todo", "--json").json()
    course.call("done", "attention", "tuning")
    assert course.call("list", "--state", "todo").out.splitlines()[-3:] == [
        "No topic is in that state.",
        "",
        "One more is under way: llmpath list --state doing",
    ]
    assert "under way:" not in course.call("list", "--state", "doing").out
    assert "under way:" not in course.call("list", "basics", "--state", "todo").out


# show


def test_a_topic_is_under_way_since_the_first_thing_in_it_was_begun(course: Home) -> None:
    course.call("done", "attention/drawing", "--on", "2026-11-20")
    assert course.call("show", "attention").out.startswith("◐ 2.1 Attention · under way since 20 Nov")


def test_a_topic_shows_its_last_note_and_where_the_others_are(begun: Home) -> None:
    shown = seen(begun, "show", "attention").text
    assert "  your note  21 Nov  because: wider\n             1 more: llmpath note attention\n" in shown


@pytest.mark.parametrize(
    ("commands", "last"),
    [
        ([], "  llmpath open attention     llmpath skip attention"),
        (["start attention"], '  llmpath open attention     llmpath done     llmpath note attention "…"'),
        (["done attention"], '  llmpath note attention "…"     llmpath reset attention     llmpath next'),
        (["done attention/looking attention/drawing"], '  llmpath done attention     llmpath note attention "…"'),
    ],
)
def test_a_topic_ends_with_the_commands_that_go_on(course: Home, commands: list[str], last: str) -> None:
    for command in commands:
        course.call(*command.split())
    assert course.call("show", "attention").out.splitlines()[-1] == last


def test_a_slot_shows_what_was_begun_in_it_else_what_the_reader_reads_best(course: Home) -> None:
    assert "图解注意力" not in course.call("show", "attention").out
    assert "图解注意力" in course.call("show", "attention", "--lang", "zh-Hans").out
    course.call("start", "attention/kan-zh")
    assert "◐  图解注意力" in course.call("show", "attention").out


def test_all_shows_every_note_concept_resource_and_address(begun: Home) -> None:
    shown = begun.call("show", "attention", "--all").out
    for text in (
        "why eight?", "because: wider", "Several at once.", "What it asks".lower(), "https://example.org/paper",
        "For the proofs.", "or, instead of that,", "https://example.org/kan", "It gives the answer you expect.", "qkv",
    ):  # fmt: skip
        assert (text in shown) is (text != "qkv"), text
    assert shown.splitlines()[-1] == '  llmpath open attention     llmpath done     llmpath note attention "…"'


def test_several_items_are_shown_one_after_the_other_each_once(course: Home) -> None:
    shown = course.call("show", "attention/paper", "2.1/heads", "attention/paper", "numbers/exercise").out
    assert [line for line in shown.splitlines() if line.startswith("○")] == [
        "○ Attention Without Tears  attention/paper",
        "○ Heads  attention/heads",
        "○ Count to a million  numbers/exercise",
    ]
    assert [each["kind"] for each in course.call("show", "2.1", "2.2", "--json").json()["items"]] == ["show", "show"]


@pytest.mark.parametrize("item", ["attention", "attention/heads"])
def test_where_no_resource_is_of_that_kind_it_is_said(item: str, course: Home) -> None:
    assert "No resource matches." in course.call("show", item, "--kind", "leaderboard").out
    assert "No resource matches." not in course.call("show", item).out


# resources


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("resources 2.1", ["looking", "kan-zh", "drawing", "paper"]),
        ("resources attention tuning --kind video,notebook", ["drawing", "notebook"]),
        ("resources --time 45m", ["counting", "looking", "kan-zh"]),
        ("resources --time 45m --in en", ["counting", "looking"]),
        ("resources --in 中文", ["kan-zh"]),
        ("resources --level advanced", ["paper"]),
        ("resources --state done", ["drawing"]),
        ("resources heads", ["drawing", "paper"]),
        ("resources --kind slides", []),
    ],
)
def test_resources_are_those_that_the_options_let_through(begun: Home, words: str, names: list[str]) -> None:
    found = begun.call(*words.split(), "--json").json()["resources"]
    assert [each["id"].partition("/")[2] for each in found] == names
    assert (begun.call(*words.split()).out == "No resource matches.\n") is (not names)


# search


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("attention/heads", "attention/heads"),
        ("Attention/Heads", "attention/heads"),
        ("attention/he", "attention/heads"),
        ("2.1", "attention"),
        ("tuning", "tuning"),
        ("注意力", "attention"),
        ("機制", "attention"),
    ],
)
def test_an_id_a_number_and_a_title_of_any_script_find_what_they_name_first(
    words: str, first: str, course: Home
) -> None:
    matches = course.call("search", words, "--json").json()["matches"]
    assert matches[0]["id"] == first
    assert len({match["id"] for match in matches}) == len(matches)


def test_a_text_in_another_language_is_shown_only_where_the_title_does_not_match(course: Home) -> None:
    assert course.call("search", "注意力头").out.startswith("○ Heads\n  concept · attention/heads\n  注意力头\n")
    assert "注意力頭" not in course.call("search", "注意力头", "--lang", "zh-Hans").out


def test_search_says_how_many_more_there_are_and_all_shows_them(home: Home) -> None:
    found = home.call("search", "attention", "--json").json()
    assert len(found["matches"]) < found["total"]
    last = home.call("search", "attention").out.splitlines()[-1]
    assert last == f"{found['total'] - len(found['matches'])} more: llmpath search attention --all"
    assert len(home.call("search", "attention", "--all", "--json").json()["matches"]) == found["total"]


def test_search_may_be_for_a_kind_or_a_language(course: Home) -> None:
    for words, ids in (
        ("attention --kind paper", ["attention/paper"]),
        ("attention --kind paper,video", ["attention/drawing", "attention/paper"]),
        ("注意力 --in zh", ["attention/kan-zh"]),
    ):
        found = course.call("search", *words.split(), "--json").json()["matches"]
        assert sorted(match["id"] for match in found) == ids


# log and stats


@pytest.mark.parametrize(
    ("words", "did"),
    [
        ("log --since yesterday", ["note", "note", "done"]),
        ("log --since 2026-11-20", ["note", "note", "done"]),
        ("log --since -2d", ["note", "note", "done", "start"]),
        ("log --since 11-12", ["note", "note", "done", "start", "done"]),
        ("log attention -n 1", ["note"]),
        ("log attention/drawing", ["done"]),
        ("log numbers", ["skip"]),
        ("log tuning", []),
    ],
)
def test_log_may_be_of_an_item_since_a_day_or_of_the_newest(begun: Home, words: str, did: list[str]) -> None:
    entries = at(begun, NOW, *words.split(), "--json").json()["entries"]
    assert [entry["did"] for entry in entries] == did
    if not did:
        assert at(begun, NOW, *words.split()).out == "No entry matches. All entries: llmpath log\n"


def test_the_calendar_names_months_and_shows_a_whole_year_where_there_is_room(begun: Home) -> None:
    for columns, rows in ((120, 1), (80, 1), (40, 2)):
        shown = seen(begun, "stats", columns=columns)
        assert sum(line.startswith("  Mo ") for line in shown.lines) == rows
        above = [line for line, below in pairwise(shown.lines) if below.startswith("  Mo ")]
        months = " ".join(" ".join(above).split())
        assert months == "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov"
    assert b"\x1b[2m" in seen(begun, "stats").raw.partition(b"Mo ")[2]


# names


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_what_is_suggested_can_be_typed_in_any_language(language: str, course: Home) -> None:
    """Beside each title stands the id of what bears it."""
    for word in ("atention", "Attension", "微凋", "注意刀", "small wordz"):
        ran = course.call("show", word, "--lang", language)
        assert ran.code == 3
        for name in re.findall(r"[(（]([a-z/-]+)[)）]", ran.err):
            assert course.call("show", name).code == 0
