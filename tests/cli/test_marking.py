"""start, done, skip, reset, note and goal as a learner meets them; undo and redo have tests of their own."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support import Home
from tests.terminals import on_terminal


def records(home: Home) -> dict[str, Any]:
    """What the progress file holds, by address."""
    if not home.progress.exists():
        return {}
    items = tomllib.loads(home.progress.read_text("utf-8")).get("items", {})
    return {key.removeprefix("small/"): table for key, table in items.items()}


def states(home: Home) -> dict[str, str]:
    return {address: table["state"] for address, table in records(home).items()}


def today() -> date:
    return date.today()  # noqa: DTZ011 - the program too goes by the local day


# states


@pytest.mark.parametrize(("command", "state"), [("start", "doing"), ("done", "done"), ("skip", "skipped")])
@pytest.mark.parametrize("item", ["attention", "attention/heads", "attention/looking"])
def test_topics_concepts_and_resources_take_every_state(course: Home, command: str, state: str, item: str) -> None:
    assert course.call(command, item).code == 0
    assert states(course) == {item: state}
    assert records(course)[item]["on"] == today()


def test_reset_takes_a_state_back(course: Home) -> None:
    course.call("done", "attention")
    ran = course.call("reset", "attention")
    assert ran.code == 0
    assert "2.1 Attention is to do again." in ran.out
    assert states(course) == {"attention": "todo"}
    assert "on" not in records(course)["attention"]


def test_a_state_replaces_another(course: Home) -> None:
    for command in ("done", "start", "skip"):
        course.call(command, "words")
    assert states(course) == {"words": "skipped"}


def test_a_topics_state_leaves_its_concepts_and_resources_alone(course: Home) -> None:
    course.call("start", "attention/heads")
    for command in ("done", "skip", "reset"):
        course.call(command, "attention")
        assert states(course)["attention/heads"] == "doing"


def test_a_topic_is_under_way_once_something_in_it_is_and_never_done_by_itself(course: Home) -> None:
    course.call("done", "numbers/integer", "numbers/counting")
    [topic] = [row for row in course.call("list", "--json").json()["topics"] if row["id"] == "numbers"]
    assert topic["state"] == "doing"
    assert (topic["concepts_done"], topic["core_done"]) == (1, 1)
    assert states(course).get("numbers") is None


# several at once


def test_several_items_change_together(course: Home) -> None:
    ran = course.call("done", "sft", "1.1", "qkv", "Reading Slowly")
    assert ran.code == 0
    assert states(course) == dict.fromkeys(["tuning", "numbers", "attention/query-key-value", "words/reading"], "done")
    assert ran.out.count("is done.") == 4


@pytest.mark.parametrize("wrong", ["wrods", "", "a", "attention/nothing"])
def test_one_wrong_name_among_several_changes_none(course: Home, wrong: str) -> None:
    course.call("done", "numbers")
    before = course.progress.read_bytes()
    ran = course.call("done", "words", wrong)
    assert ran.code == 3
    assert ran.out == ""
    assert course.progress.read_bytes() == before


@pytest.mark.parametrize("part", ["models", "2", "Large Language Models", "大语言模型", "MODELS"])
def test_the_name_of_a_part_means_all_its_topics(course: Home, part: str) -> None:
    assert course.call("skip", part).code == 0
    assert states(course) == dict.fromkeys(["attention", "tuning", "agents"], "skipped")


def test_a_part_and_items_mix_and_each_item_counts_once(course: Home) -> None:
    ran = course.call("done", "basics", "words", "agents")
    assert states(course) == dict.fromkeys(["numbers", "words", "agents"], "done")
    assert ran.out.count("is done.") == 3


def test_what_is_so_already_is_said_beside_what_changes(course: Home) -> None:
    course.call("done", "numbers")
    ran = course.call("done", "numbers", "words")
    assert "1.1 Numbers is done already." in ran.out
    assert "1.2 Words and What They Are Made Of is done." in ran.out


# nothing changes


@pytest.mark.parametrize("words", [("done", "numbers"), ("done", "numbers", "numbers"), ("note", "numbers", "good")])
def test_a_command_that_changes_nothing_says_so_and_writes_nothing(course: Home, words: tuple[str, ...]) -> None:
    course.call("done", "numbers", "--note", "good")
    before = course.progress.read_bytes(), course.progress.stat().st_mtime_ns
    ran = course.call(*words)
    assert ran.code == 0
    assert ran.out.endswith("already.\nNothing changed.\n")
    assert (course.progress.read_bytes(), course.progress.stat().st_mtime_ns) == before


def test_resetting_what_was_never_touched_makes_no_file(course: Home) -> None:
    ran = course.call("reset", "numbers")
    assert (ran.code, ran.out) == (0, "1.1 Numbers is to do already.\nNothing changed.\n")
    assert not course.progress.parent.exists()


def test_a_command_that_changes_nothing_keeps_redo(course: Home) -> None:
    course.call("done", "numbers")
    course.call("done", "words")
    course.call("undo")
    course.call("done", "numbers")
    assert "Words" in course.call("redo").out
    assert states(course) == {"numbers": "done", "words": "done"}


def test_repeating_a_command_is_no_new_day(course: Home) -> None:
    course.call("done", "numbers", "--on", "2026-01-02")
    course.call("done", "numbers")
    assert records(course)["numbers"]["on"] == date(2026, 1, 2)


# days


@pytest.mark.parametrize(("word", "days_ago"), [("today", 0), ("yesterday", 1), (" Yesterday ", 1)])
def test_a_day_may_be_named(course: Home, word: str, days_ago: int) -> None:
    assert course.call("done", "numbers", "--on", word).code == 0
    assert records(course)["numbers"]["on"] == today() - timedelta(days=days_ago)


def test_a_day_of_the_past_is_kept_and_shown(course: Home) -> None:
    ran = course.call("done", "numbers", "--on", "2025-03-04")
    assert records(course)["numbers"]["on"] == date(2025, 3, 4)
    assert ran.out.startswith("✓ 4 Mar 2025  1.1 Numbers is done.")


def test_another_day_may_be_given_afterwards(course: Home) -> None:
    course.call("done", "numbers")
    assert course.call("done", "numbers", "--on", "2025-03-04").code == 0
    assert records(course)["numbers"]["on"] == date(2025, 3, 4)


@pytest.mark.parametrize(
    "word", ["2026-02-30", "2026-13-01", "tomorrow", "", "yesteryear", "04/03/2025", "1e9", "0000-01-01"]
)
def test_an_impossible_day_is_refused(course: Home, word: str) -> None:
    ran = course.call("done", "numbers", "--on", word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: “{word}” is no day. Write 2026-11-21, today or yesterday.\n"
    assert records(course) == {}


def test_a_day_still_to_come_is_refused(course: Home) -> None:
    word = (today() + timedelta(days=2)).isoformat()
    ran = course.call("done", "numbers", "--on", word)
    assert (ran.code, ran.out, ran.err) == (2, "", f"error: {word} is still to come. Give a day that has been.\n")
    assert records(course) == {}


# notes


def test_a_note_may_come_with_a_state(course: Home) -> None:
    course.call("skip", "numbers", "--note", "  know it well ")
    assert records(course)["numbers"]["note"] == "know it well"
    assert course.call("note", "numbers").out == "1.1 Numbers\n  know it well\n"


def test_a_note_may_be_written_shown_and_removed(course: Home) -> None:
    assert course.call("note", "heads", "read", "it", "again").out.startswith("○ Your note on Heads is kept.")
    assert course.call("note", "heads").out == "Heads\n  read it again\n"
    assert course.call("note", "heads", "--clear").out.startswith("○ Your note on Heads is removed.")
    assert "note" not in records(course)["attention/heads"]
    assert course.call("note", "heads").out.startswith("There is no note on Heads.")
    assert course.call("note", "heads", "--clear").out == "There is no note on Heads.\nNothing changed.\n"


def test_a_note_alone_is_no_state(course: Home) -> None:
    course.call("note", "numbers", "soon")
    assert states(course) == {"numbers": "todo"}
    assert course.call("list", "--json").json()["topics"][0]["state"] == "todo"


def test_a_note_leaves_state_and_day_as_they_are(course: Home) -> None:
    course.call("done", "numbers", "--on", "2025-03-04")
    course.call("note", "numbers", "again")
    assert {name: records(course)["numbers"][name] for name in ("state", "on")} == {
        "state": "done",
        "on": date(2025, 3, 4),
    }


def test_reset_keeps_the_note_unless_it_brings_another(course: Home) -> None:
    course.call("done", "numbers", "words", "--note", "good")
    course.call("reset", "numbers")
    course.call("reset", "words", "--note", "not yet")
    assert [records(course)[name]["note"] for name in ("numbers", "words")] == ["good", "not yet"]


@pytest.mark.parametrize("command", [("note", "numbers"), ("done", "numbers", "--note")])
@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_an_empty_note_is_refused(course: Home, command: tuple[str, ...], text: str) -> None:
    ran = course.call(*command, text)
    assert (ran.code, ran.out, records(course)) == (2, "", {})
    assert ran.err == "error: The note is empty. `llmpath note ITEM --clear` removes one.\n"


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\x07", "a\x00b", "a\x9bb", "a\udc80b"])
def test_characters_that_drive_a_terminal_are_refused_in_a_note(course: Home, text: str) -> None:
    ran = course.call("note", "numbers", text)
    assert (ran.code, ran.out, records(course)) == (2, "", {})
    assert ran.err == "error: The text has control characters; leave them out.\n"


def test_a_note_of_several_lines_is_shown_line_by_line(course: Home) -> None:
    course.call("note", "numbers", "one\ntwo")
    assert course.call("note", "numbers").out == "1.1 Numbers\n  one\n  two\n"
    assert "  your note  one\n             two\n" in course.call("show", "numbers").out
    assert "    your note: one\n    your note: two\n" in course.call("log").out


def test_a_note_has_a_limit(course: Home) -> None:
    assert course.call("note", "numbers", "x" * 4_000).code == 0
    ran = course.call("note", "words", "x" * 4_001)
    assert (ran.code, ran.err) == (2, "error: A note has at most 4000 characters.\n")


def test_text_and_clear_exclude_each_other(course: Home) -> None:
    assert course.call("note", "numbers", "text", "--clear").code == 2


# reset --all


def test_reset_all_without_a_person_changes_nothing(course: Home) -> None:
    course.call("done", "numbers", "words/token", "--note", "good")
    ran = course.call("reset", "--all")
    assert (ran.code, ran.out, ran.err) == (1, "", "error: Nothing was changed. Scripts say --yes.\n")
    assert states(course) == {"numbers": "done", "words/token": "done"}


def test_reset_all_with_yes_takes_every_state_back_and_keeps_notes(course: Home) -> None:
    course.call("done", "numbers", "words/token", "--note", "good")
    assert course.call("reset", "--all", "--yes").code == 0
    assert states(course) == {"numbers": "todo", "words/token": "todo"}
    assert records(course)["numbers"]["note"] == "good"
    assert course.call("undo").code == 0
    assert states(course) == {"numbers": "done", "words/token": "done"}


@pytest.mark.parametrize(
    ("language", "answer", "state"),
    [("en", "y", "todo"), ("en", "n", "done"), ("en", "", "done"), ("zh", "是", "todo")],
)
def test_reset_all_asks_a_person(course: Home, language: str, answer: str, state: str) -> None:
    course.call("done", "numbers")
    seen = on_terminal(course, "reset", "--all", "--lang", language, typed=f"{answer}\n")
    assert "[y/N]" in seen.text
    assert states(course) == {"numbers": state}
    assert seen.code == (0 if state == "todo" else 1)
    assert ("You did not say yes; nothing was changed." in seen.text) is (state == "done")


def test_reset_all_of_nothing_asks_nothing(course: Home) -> None:
    assert course.call("reset", "--all").out == "Nothing changed.\n"


@pytest.mark.parametrize("words", [("reset",), ("reset", "numbers", "--all")])
def test_reset_wants_items_or_all_of_them(course: Home, words: tuple[str, ...]) -> None:
    ran = course.call(*words)
    assert (ran.code, ran.out) == (2, "")


# what a change shows


def test_a_change_shows_what_changed_the_figure_what_is_next_and_the_way_back(course: Home) -> None:
    ran = course.call("done", "numbers")
    assert ran.out == (
        "✓ 1.1 Numbers is done. 1 of 5 topics, 20 %.\n"
        "  Next: 1.2 Words and What They Are Made Of. Not yet? llmpath undo\n"
    )  # fmt: skip
    assert ran.err == ""


def test_several_changes_show_the_figure_once(course: Home) -> None:
    assert course.call("skip", "basics").out == (
        "– 1.1 Numbers is skipped.\n"
        "– 1.2 Words and What They Are Made Of is skipped.\n"
        "  0 of 3 topics, 0 %. Next: 2.1 Attention. Changed your mind? llmpath undo\n"
    )  # fmt: skip


def test_once_its_core_is_read_a_topic_asks_whether_it_is_done(course: Home) -> None:
    assert "llmpath done attention" not in course.call("done", "attention/drawing").out
    ran = course.call("done", "attention/kan-zh")  # one of two alternatives is enough
    assert "  The core of 2.1 Attention is read. Done? llmpath done attention\n" in ran.out
    course.call("done", "attention")
    assert "llmpath done attention" not in course.call("done", "attention/paper").out


def test_the_last_topic_is_told_to_be_the_last(course: Home) -> None:
    course.call("skip", "basics")
    ran = course.call("done", "models")
    assert "3 of 3 topics, 100 %." in ran.out
    assert "Next" not in ran.out


def test_with_quiet_a_change_says_nothing(course: Home) -> None:
    ran = course.call("done", "numbers", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert states(course) == {"numbers": "done"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "✓ 已完成：1.1 数字。完成 1/5 个主题，20%。\n  下一步：1.2 词语。还没学完？llmpath undo\n"),
        ("zh-Hant", "✓ 已完成：1.1 數字。完成 1/5 個主題，20%。\n  下一步：1.2 詞語。還沒學完？llmpath undo\n"),
    ],
)
def test_a_change_is_told_in_chinese(course: Home, language: str, text: str) -> None:
    assert course.call("--lang", language, "done", "numbers").out == text


# the goal


def test_a_goal_may_be_a_topic_a_concept_or_a_part(course: Home) -> None:
    for word, title in (("sft", "Fine-Tuning"), ("lora", "Low-Rank Adapters"), ("models", "Large Language Models")):
        assert course.call("goal", word).out.startswith(f"Your goal is {title}.")
    assert course.call("goal").out.startswith("Goal: Large Language Models, 5 topics to go")


def test_the_same_goal_again_changes_nothing(course: Home) -> None:
    course.call("goal", "agents")
    before = course.progress.read_bytes()
    assert course.call("goal", "2.3").out == "The goal is that already; nothing changed.\n"
    assert course.progress.read_bytes() == before


def test_a_goal_may_be_cleared(course: Home) -> None:
    assert course.call("goal", "--clear").out == "There is no goal; nothing changed.\n"
    assert not course.progress.parent.exists()
    course.call("goal", "agents")
    assert course.call("goal", "--clear").out.startswith("There is no goal any more.\n")
    assert course.call("goal").out.startswith("No goal is set.")


@pytest.mark.parametrize("words", [("goal", "nowhere"), ("goal", "agents", "--clear"), ("goal", "")])
def test_a_wrong_goal_changes_nothing(course: Home, words: tuple[str, ...]) -> None:
    ran = course.call(*words)
    assert ran.code in (2, 3)
    assert ran.out == ""
    assert records(course) == {}
