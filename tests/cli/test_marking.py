"""start, done, skip, reset, note, goal, undo and redo as a learner meets them; `tests/view/screens` has the screens."""

import sys
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from llmpath.progress.file import LogFile
from tests.support import Home
from tests.terminals import on_terminal


def records(home: Home) -> list[dict[str, Any]]:
    """What the progress file holds, without times."""
    return [{k: v for k, v in entry.items() if k not in ("at", "curriculum")} for entry in home.entries()]


def notes(home: Home, item: str) -> list[str]:
    return [note["text"] for note in home.call("note", item, "--json").json()["notes"]]


def day(home: Home, topic: str) -> str | None:
    """The day of a topic's state, as `export json` tells it."""
    rows = home.call("export", "json").json()["topics"]
    found: str | None = next(row["on"] for row in rows if row["id"] == topic)
    return found


def today() -> date:
    return date.today()  # noqa: DTZ011 - the program too goes by the local day


def day_shown() -> str:
    return f"{today().day} {today():%b}"


# states


@pytest.mark.parametrize(("command", "state"), [("start", "doing"), ("done", "done"), ("skip", "skipped")])
@pytest.mark.parametrize("item", ["attention", "attention/heads", "attention/looking"])
def test_topics_concepts_and_resources_take_every_state(course: Home, command: str, state: str, item: str) -> None:
    assert course.call(command, item).code == 0
    assert course.states() == {item: state}
    assert records(course) == [{command: [item]}]


def test_reset_takes_a_state_back(course: Home) -> None:
    course.call("done", "attention")
    ran = course.call("reset", "attention")
    assert ran.code == 0
    assert "Back to to-do: 2.1 Attention." in ran.out
    assert course.states() == {"attention": "todo"}


def test_a_state_replaces_another(course: Home) -> None:
    for command in ("start", "skip", "start", "done"):
        course.call(command, "words")
    assert course.states() == {"words": "done"}
    assert [list(entry) for entry in records(course)] == [["start"], ["skip"], ["start"], ["done"]]


@pytest.mark.parametrize("command", ["start", "skip"])
def test_rule_4_what_is_done_stays_done_but_for_reset_and_says_so(course: Home, command: str) -> None:
    course.call("done", "words", "--on", "2026-01-02")
    ran = course.call(command, "words", "numbers")
    assert "Words and What They Are Made Of is already done and stays so. To reopen it: llmpath reset words" in ran.out
    assert course.states()["words"] == "done"
    assert records(course)[1:] == [{command: ["numbers"]}]
    course.call("reset", "words")
    course.call(command, "words")
    assert course.states()["words"] in ("doing", "skipped")


def test_a_topics_state_leaves_its_concepts_and_resources_alone(course: Home) -> None:
    course.call("start", "attention/heads")
    for command in ("done", "skip", "reset"):
        course.call(command, "attention")
        assert course.states()["attention/heads"] == "doing"


def test_a_topic_is_under_way_once_something_in_it_is_and_never_done_by_itself(course: Home) -> None:
    course.call("done", "numbers/integer", "numbers/counting")
    [topic] = [row for row in course.call("list", "--json").json()["topics"] if row["id"] == "numbers"]
    assert topic["state"] == "doing"
    assert (topic["concepts_done"], topic["core_done"]) == (1, 1)
    assert course.states().get("numbers") is None


# several at once


def test_several_items_change_together(course: Home) -> None:
    ran = course.call("done", "sft", "1.1", "qkv", "Reading Slowly")
    assert ran.code == 0
    assert course.states() == dict.fromkeys(["tuning", "numbers", "attention/query-key-value", "words/reading"], "done")
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
    assert course.states() == dict.fromkeys(["attention", "tuning", "agents"], "skipped")


def test_a_part_and_items_mix_and_each_item_counts_once(course: Home) -> None:
    ran = course.call("done", "basics", "words", "agents")
    assert course.states() == dict.fromkeys(["numbers", "words", "agents"], "done")
    assert ran.out.count("is done.") == 3


def test_what_is_so_already_is_said_beside_what_changes(course: Home) -> None:
    course.call("done", "numbers")
    ran = course.call("done", "numbers", "words")
    assert "1.1 Numbers is already done." in ran.out
    assert "1.2 Words and What They Are Made Of is done." in ran.out


# nothing changes


@pytest.mark.parametrize("words", [("done", "numbers"), ("done", "numbers", "numbers"), ("note", "numbers", "good")])
def test_a_command_that_changes_nothing_says_so_and_writes_nothing(course: Home, words: tuple[str, ...]) -> None:
    course.call("done", "numbers", "--note", "good")
    before = course.progress.read_bytes(), course.progress.stat().st_mtime_ns
    ran = course.call(*words)
    assert ran.code == 0
    assert "already" in ran.out
    assert ran.out.endswith("\nNothing changed.\n")
    assert (course.progress.read_bytes(), course.progress.stat().st_mtime_ns) == before


def test_resetting_what_was_never_touched_makes_no_file(course: Home) -> None:
    ran = course.call("reset", "numbers")
    assert (ran.code, ran.out) == (0, "1.1 Numbers is already to do.\nNothing changed.\n")
    assert not course.progress.parent.exists()


def test_a_command_that_changes_nothing_keeps_redo(course: Home) -> None:
    course.call("done", "numbers")
    course.call("done", "words")
    course.call("undo")
    course.call("done", "numbers")
    assert "Words" in course.call("redo").out
    assert course.states() == {"numbers": "done", "words": "done"}


def test_repeating_a_command_is_no_new_day(course: Home) -> None:
    course.call("done", "numbers", "--on", "2026-01-02")
    course.call("done", "numbers")
    assert records(course) == [{"done": ["numbers"], "on": date(2026, 1, 2)}]


# days


@pytest.mark.parametrize(("word", "days_ago"), [("today", 0), ("yesterday", 1), (" Yesterday ", 1)])
def test_a_day_may_be_named(course: Home, word: str, days_ago: int) -> None:
    assert course.call("done", "numbers", "--on", word).code == 0
    assert day(course, "numbers") == str(today() - timedelta(days=days_ago))


def test_a_day_of_the_past_is_kept_and_shown(course: Home) -> None:
    ran = course.call("done", "numbers", "--on", "2025-03-04")
    assert records(course) == [{"done": ["numbers"], "on": date(2025, 3, 4)}]
    assert ran.out.startswith("✓ 1.1 Numbers done on 4 Mar 2025.")


def test_another_day_may_be_given_afterwards(course: Home) -> None:
    course.call("done", "numbers")
    assert course.call("done", "numbers", "--on", "2025-03-04").code == 0
    assert day(course, "numbers") == "2025-03-04"


@pytest.mark.parametrize("word", ["2026-02-30", "2026-13-01", "", "yesteryear", "04/03/2025", "1e9", "0000-01-01"])
def test_an_impossible_day_is_refused(course: Home, word: str) -> None:
    ran = course.call("done", "numbers", "--on", word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: “{word}” is not a date. Write 2026-11-21, today or yesterday.\n"
    assert records(course) == []


def test_a_day_still_to_come_is_refused(course: Home) -> None:
    word = (today() + timedelta(days=2)).isoformat()
    ran = course.call("done", "numbers", "--on", word)
    assert (ran.code, ran.out, ran.err) == (2, "", f"error: {word} is in the future. Give today or an earlier day.\n")
    assert records(course) == []


# notes


def test_a_note_may_come_with_a_state(course: Home) -> None:
    course.call("skip", "numbers", "words", "--note", "  know it well ")
    assert records(course) == [{"skip": ["numbers", "words"]}, {"note": ["numbers", "words"], "text": "know it well"}]
    assert len({entry["at"] for entry in course.entries()}) == 1
    assert notes(course, "numbers") == ["know it well"]


def test_rule_6_notes_are_added_shown_with_their_days_and_removed(course: Home) -> None:
    assert course.call("note", "heads", "read", "it", "again").out.startswith("○ Note saved: Heads.")
    course.call("note", "heads", "twice")
    shown = day_shown()
    assert course.call("note", "heads").out == (f"Heads  attention/heads\n  {shown}  read it again\n  {shown}  twice\n")
    assert course.call("note", "heads", "--clear").out.startswith("○ Notes removed: Heads.")
    assert notes(course, "heads") == []
    assert len(records(course)) == 3
    assert course.call("note", "heads").out.startswith("No note on Heads.")
    assert course.call("note", "heads", "--clear").out == "No note on Heads.\nNothing changed.\n"
    course.call("undo")
    assert notes(course, "heads") == ["read it again", "twice"]


def test_note_alone_shows_all_notes_by_item(course: Home) -> None:
    assert course.call("note").out == 'No notes yet. Write one: llmpath note ITEM "text"\n'
    course.call("note", "numbers", "one")
    course.call("note", "heads", "two")
    rows = course.call("note", "--json").json()["notes"]
    assert [(row["item"], row["text"]) for row in rows] == [("numbers", "one"), ("attention/heads", "two")]


EDITOR = f"{sys.executable} -c \"import sys; p = sys.argv[1]; old = open(p).read(); open(p, 'w').write({{}})\""


@pytest.mark.parametrize(
    ("writes", "expected", "said"),
    [
        ("old + 'more'", ["first", "second\nmore"], "○ Note saved: Heads."),
        ("''", ["first"], "○ Notes removed: Heads."),
        ("old", ["first", "second"], "Heads has that note already.\nNothing changed.\n"),
    ],
)
def test_rule_6_the_newest_note_may_be_edited_and_an_empty_text_removes_it(
    course: Home, writes: str, expected: list[str], said: str
) -> None:
    course.call("note", "heads", "first")
    course.call("note", "heads", "second")
    ran = course.call("note", "heads", "--edit", env={"EDITOR": EDITOR.format(writes)})
    assert (ran.code, ran.out.startswith(said)) == (0, True)
    assert notes(course, "heads") == expected
    assert len(records(course)) == (2 if writes == "old" else 3)
    assert [entry.get("text") for entry in records(course)][:2] == ["first", "second"]


def test_an_editor_writes_a_first_note_and_visual_goes_first(course: Home) -> None:
    env = {"VISUAL": EDITOR.format("'new'"), "EDITOR": "none"}
    assert course.call("note", "heads", "--edit", env=env).code == 0
    assert notes(course, "heads") == ["new"]


@pytest.mark.parametrize(
    ("editor", "code"), [("", 2), ("no-such-editor", 1), ("'", 1), (f"{sys.executable} -c 1/0", 1)]
)
def test_without_a_working_editor_nothing_changes(course: Home, editor: str, code: int) -> None:
    course.call("note", "heads", "first")
    ran = course.call("note", "heads", "--edit", env={"EDITOR": editor, "VISUAL": ""})
    assert (ran.code, ran.out, notes(course, "heads")) == (code, "", ["first"])


def test_a_note_alone_is_no_state(course: Home) -> None:
    course.call("note", "numbers", "soon")
    assert course.states() == {}
    assert course.call("list", "--json").json()["topics"][0]["state"] == "todo"


def test_a_note_leaves_state_and_day_as_they_are(course: Home) -> None:
    course.call("done", "numbers", "--on", "2025-03-04")
    course.call("note", "numbers", "again")
    course.call("done", "numbers", "--note", "and again")
    assert (course.states(), day(course, "numbers")) == ({"numbers": "done"}, "2025-03-04")
    assert notes(course, "numbers") == ["again", "and again"]


def test_reset_keeps_notes_and_may_bring_another(course: Home) -> None:
    course.call("done", "numbers", "words", "--note", "good")
    course.call("reset", "numbers")
    course.call("reset", "words", "--note", "not yet")
    assert [notes(course, name) for name in ("numbers", "words")] == [["good"], ["good", "not yet"]]


@pytest.mark.parametrize("command", [("note", "numbers"), ("done", "numbers", "--note")])
@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_an_empty_note_is_refused(course: Home, command: tuple[str, ...], text: str) -> None:
    ran = course.call(*command, text)
    assert (ran.code, ran.out, records(course)) == (2, "", [])
    assert ran.err == "error: The note is empty. `llmpath note ITEM --clear` removes one.\n"


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\x07", "a\x00b", "a\x9bb", "a\udc80b"])
def test_characters_that_drive_a_terminal_are_refused_in_a_note(course: Home, text: str) -> None:
    ran = course.call("note", "numbers", text)
    assert (ran.code, ran.out, records(course)) == (2, "", [])
    assert ran.err == "error: The text has control characters; leave them out.\n"


def test_a_note_of_several_lines_is_shown_line_by_line(course: Home) -> None:
    course.call("note", "numbers", "one\ntwo")
    assert course.call("note", "numbers").out == f"1.1 Numbers  numbers\n  {day_shown()}  one\n    two\n"
    assert "    one\n    two\n" in course.call("log").out


def test_a_note_has_a_limit(course: Home) -> None:
    assert course.call("note", "numbers", "x" * 4_000).code == 0
    ran = course.call("note", "words", "x" * 4_001)
    assert (ran.code, ran.err) == (2, "error: A note has at most 4000 characters.\n")


def test_text_clear_and_edit_exclude_each_other(course: Home) -> None:
    for words in (("text", "--clear"), ("text", "--edit"), ("--edit", "--clear")):
        assert course.call("note", "numbers", *words).code == 2
    assert course.call("note", "--clear").code == 2


# reset --all


def test_reset_all_without_a_person_changes_nothing(course: Home) -> None:
    course.call("done", "numbers", "words/token", "--note", "good")
    ran = course.call("reset", "--all")
    assert (ran.code, ran.out, ran.err) == (1, "", "error: Nothing changed. Use --yes in scripts.\n")
    assert course.states() == {"numbers": "done", "words/token": "done"}


def test_reset_all_with_yes_takes_every_state_back_and_keeps_notes(course: Home) -> None:
    course.call("done", "numbers", "words/token", "--note", "good")
    assert course.call("reset", "--all", "--yes").code == 0
    assert course.states() == {"numbers": "todo", "words/token": "todo"}
    assert records(course)[-1] == {"reset": ["numbers", "words/token"]}
    assert notes(course, "numbers") == ["good"]
    assert course.call("undo").code == 0
    assert course.states() == {"numbers": "done", "words/token": "done"}


def test_rule_4_reset_all_forgets_recalls_too(course: Home) -> None:
    reviews = course.progress.parent / "reviews.toml"
    reviews.parent.mkdir(parents=True)
    entry = '[[log]]\nat = 2026-01-05 20:00:00Z\nrecall = ["words/token"]\ngrade = "yes"\ndue = 2026-02-01\n'
    reviews.write_text(f'schema = 2\n{entry}curriculum = "small"\n', "utf-8")
    assert course.call("reset", "--all", "--yes").code == 0
    assert records(course) == [{"reset": ["words/token"]}]
    assert course.call("reset", "--all", "--yes").out == "Nothing changed.\n"


@pytest.mark.parametrize(
    ("language", "answer", "state"),
    [("en", "y", "todo"), ("en", "n", "done"), ("en", "", "done"), ("zh", "是", "todo")],
)
def test_reset_all_asks_a_person(course: Home, language: str, answer: str, state: str) -> None:
    course.call("done", "numbers")
    seen = on_terminal(course, "reset", "--all", "--lang", language, typed=f"{answer}\n")
    assert "[y/N]" in seen.text
    assert course.states() == {"numbers": state}
    assert seen.code == (0 if state == "todo" else 1)
    assert ("Cancelled; nothing changed." in seen.text) is (state == "done")


def test_reset_all_of_nothing_asks_nothing(course: Home) -> None:
    assert course.call("reset", "--all").out == "Nothing changed.\n"


@pytest.mark.parametrize("words", [("reset",), ("reset", "numbers", "--all")])
def test_reset_wants_items_or_all_of_them(course: Home, words: tuple[str, ...]) -> None:
    ran = course.call(*words)
    assert (ran.code, ran.out) == (2, "")


# what a change shows


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
    assert course.states() == {"numbers": "done"}


# the goal


def test_the_same_goal_again_or_clearing_none_changes_nothing(course: Home) -> None:
    assert course.call("goal", "--clear").out == "No goal was set; nothing changed.\n"
    assert not course.progress.parent.exists()
    course.call("goal", "agents")
    before = course.progress.read_bytes()
    again = course.call("goal", "2.3").out
    assert again.startswith("That is your goal already; nothing changed. Next: ")
    assert again.endswith("llmpath open.\n")
    assert course.progress.read_bytes() == before


# undo and redo


def test_undo_says_which_command_when_and_of_what_and_redo_repeats_it(course: Home) -> None:
    course.call("done", "numbers", "--note", "great")
    course.call("start", "words")
    at = course.entries()[-1]["at"]
    assert course.call("undo").out.startswith(
        f"Undid `start` of {day_shown()}, {at:%H:%M}.\n○ Back to to-do: 1.2 Words"
    )
    assert course.states() == {"numbers": "done", "words": "todo"}
    assert "Undid `done`" in course.call("undo").out
    assert (course.states()["numbers"], notes(course, "numbers")) == ("todo", [])
    assert course.call("undo").out == "There is nothing to undo.\n"
    assert "Redid `done`" in course.call("redo").out
    assert "Redid `start`" in course.call("redo").out
    assert course.call("redo").out == "There is nothing to redo.\n"
    assert (course.states(), notes(course, "numbers")) == ({"numbers": "done", "words": "doing"}, ["great"])


def test_undo_takes_back_a_goal_and_what_was_done_in_another_course(course: Home) -> None:
    course.call("goal", "agents")
    assert "Goal cleared." in course.call("undo").out
    course.call("redo")
    assert course.call("goal").out.startswith("Goal: ")
    course.progress.write_text('schema = 2\n[[log]]\ndone = ["rag"]\ncurriculum = "other"\n', "utf-8")
    assert "other/rag, in another curriculum." in course.call("undo").out
    assert course.entries()[-1]["curriculum"] == "other"


def test_undo_of_what_another_course_calls_by_the_same_name_is_not_said_of_the_own(course: Home) -> None:
    course.call("done", "words")
    entry = '[[log]]\nat = 2099-01-05 20:00:00Z\nstart = ["words"]\ncurriculum = "other"\n'
    course.progress.write_text(f"{course.progress.read_text('utf-8')}\n{entry}", "utf-8")
    ran = course.call("undo")
    assert "other/words, in another curriculum." in ran.out
    assert "1.2 Words" not in ran.out
    assert course.states()["words"] == "done"


def test_undo_takes_back_an_answer_to_a_question_where_it_stands(course: Home) -> None:
    course.call("done", "words", "--on", "2026-01-01")
    reviews = course.progress.parent / "reviews.toml"
    entry = '[[log]]\nat = 2099-01-05 20:00:00Z\nrecall = ["words/token"]\ngrade = "yes"\ndue = 2099-02-01\n'
    reviews.write_text(f'schema = 2\n{entry}curriculum = "small"\n', "utf-8")
    before = course.progress.read_bytes()
    assert "Undid `review` of 5 Jan 2099" in course.call("undo").out
    assert course.progress.read_bytes() == before
    assert 'undo = ["words/token"]' in reviews.read_text("utf-8")
    assert "Undid `done`" in course.call("undo").out


RECALL = """
[[log]]
at = {at} 20:00:00.000+00:00
recall = ["words/token"]
grade = "yes"
due = 2099-02-01
curriculum = "small"
"""

DONE = """
[[log]]
at = 2099-01-05 20:00:00.000+00:00
done = ["numbers"]
curriculum = "small"
"""


def append(path: Path, text: str) -> None:
    path.write_text((path.read_text("utf-8") if path.exists() else "schema = 2\n") + text, "utf-8")


@pytest.fixture
def reviews(course: Home) -> Path:
    """The file with the recalls, an old one in it, beside progress that is newer."""
    course.call("done", "words")
    path = course.progress.with_name("reviews.toml")
    append(path, RECALL.format(at="2020-01-05"))
    return path


def test_undo_takes_back_what_another_process_has_done_while_it_waited_for_the_lock(
    course: Home, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [RECALL.format(at="2099-01-05")]
    locked = LogFile.locked

    def locked_later(file: LogFile) -> AbstractContextManager[None]:
        if waiting:
            append(reviews, waiting.pop())
        return locked(file)

    monkeypatch.setattr(LogFile, "locked", locked_later)
    before = course.progress.read_bytes()
    assert "Undid `review` of 5 Jan 2099" in course.call("undo").out
    assert course.progress.read_bytes() == before
    assert 'undo = ["words/token"]' in reviews.read_text("utf-8")


def before_the_file_is_replaced(monkeypatch: pytest.MonkeyPatch, save: Callable[[], object]) -> None:
    """Lets an editor save once, right before the program looks whether the file is still what it was."""
    there, left = LogFile._there, [save]

    def edited(file: LogFile) -> bytes | None:
        if left:
            left.pop()()
        return there(file)

    monkeypatch.setattr(LogFile, "_there", edited)


def test_undo_chooses_again_where_an_editor_has_saved_the_file(course: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    course.call("done", "words")
    before_the_file_is_replaced(monkeypatch, lambda: append(course.progress, DONE))
    assert "Undid `done` of 5 Jan 2099" in course.call("undo").out
    assert course.states() == {"words": "done", "numbers": "todo"}


def test_undo_writes_nothing_where_an_editor_has_removed_what_it_chose(
    course: Home, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reviews.read_bytes()
    before_the_file_is_replaced(monkeypatch, lambda: course.write_progress("schema = 2\n"))
    assert course.call("undo").code == 0
    assert (course.progress.read_text("utf-8"), reviews.read_bytes()) == ("schema = 2\n", before)


def test_what_undo_writes_is_later_than_what_is_in_either_file(course: Home, reviews: Path) -> None:
    append(course.progress, DONE)
    append(reviews, RECALL.format(at="2099-01-04"))
    assert "Undid `done` of 5 Jan 2099" in course.call("undo").out
    assert "Undid `review` of 4 Jan 2099" in course.call("undo").out
    written = tomllib.loads(reviews.read_text("utf-8"))["log"][-1]
    assert (written["undo"], written["at"] > datetime(2099, 1, 5, 20, tzinfo=UTC)) == (["words/token"], True)
    assert "Redid `review`" in course.call("redo").out


# done without an item


def test_done_alone_finishes_the_resource_that_was_opened_or_started_last(course: Home) -> None:
    course.call("start", "attention/drawing")
    assert course.call("done").out.startswith("✓ ")
    assert course.states() == {"attention/drawing": "done"}


@pytest.mark.parametrize("last", ["words", "words/token", "attention/drawing"])
def test_done_alone_lists_what_is_under_way_where_that_is_not_clear(course: Home, last: str) -> None:
    course.call("start", "numbers")
    course.call("start", last)
    if "/" in last:
        course.call("skip", last)
    before = course.progress.read_bytes()
    ran = course.call("done")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: What is done? Name it; this is under way:\n  numbers")
    assert course.progress.read_bytes() == before


def test_done_alone_lists_a_topic_that_is_under_way_through_what_was_done_in_it(course: Home) -> None:
    course.call("start", "attention/drawing")
    course.call("done")
    ran = course.call("done")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "error: What is done? Name it; this is under way:\n  attention  Attention\n"


def test_done_alone_of_nothing_leads_on(course: Home) -> None:
    ran = course.call("done")
    assert (ran.code, ran.out) == (3, "")
    assert "llmpath next" in ran.err


# what is there stays

WRITING = [
    ("start", "words"),
    ("done", "words", "--on", "2026-01-02", "--note", "x"),
    ("skip", "basics"),
    ("reset", "agents"),
    ("reset", "--all", "--yes"),
    ("note", "words", "x"),
    ("note", "agents", "--clear"),
    ("goal", "agents"),
    ("open", "attention/drawing"),
    ("undo",),
    ("merge", "other.toml"),
    ("import", "list.md"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_rule_1_comments_order_line_ends_and_unknown_keys_survive_every_command_and_its_undo(
    course: Home, words: tuple[str, ...], newline: str
) -> None:
    text = (
        '# mine\nmood = "good"\nschema = 2\n\n[[log]] # by hand\n  done = ["agents"]\non = 2026-01-05\n'
        'curriculum="small"\n\n[[log]]\nnote = ["agents"]\ntext = \'old\'\nstars = 5\ncurriculum = "small"\n'
        "\n[[log]]\nponder = [1, 1.0, { x = 1979-05-27 }]\n\n[other]\nx = 1 # the end"
    )
    content = text.replace("\n", newline).encode()
    course.write_progress(content)
    other = 'schema = 2\n[[log]]\nat = 2026-01-01 00:00:00Z\ndone = ["tuning"]\ncurriculum = "small"\n'
    (course.work / "other.toml").write_text(other, "utf-8")
    (course.work / "list.md").write_text("- [x] T <!-- llmpath: tuning -->\n", "utf-8")
    for command in (words, ("undo",), ("redo",)):
        before = course.progress.read_bytes()
        ran = course.call(*command)
        assert ran.code == 0, ran
        assert course.progress.read_bytes().startswith(before)
    assert course.progress.read_bytes().startswith(content + newline.encode() * 2 + b"[[log]]")
    assert (b"\r\n" in course.progress.read_bytes()) is (newline == "\r\n")
    added = course.progress.read_bytes()[len(content) :].replace(b"\r\n", b"")
    assert b"\r" not in added
    assert (b"\n" in added) is (newline == "\n")
