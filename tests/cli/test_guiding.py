"""next, goal, plan, path and the dashboard as a user meets them: on five topics, and on the course that ships.

What they look like is kept in `tests/view/screens`.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from icalendar import Calendar

from tests.clocked import NOW, at
from tests.generated import write_curriculum
from tests.support import SMALL, Home, Ran

WAY = ["numbers", "words", "agents"]
TODAY = NOW.date()


def ids(ran: Ran, key: str = "suggestions") -> list[str]:
    assert ran.code == 0, ran.err
    return [entry["topic"] for entry in ran.json()[key]]


def first(home: Home, *words: str) -> dict[str, Any]:
    suggestion: dict[str, Any] = home.call("next", *words, "--json").json()["suggestions"][0]
    return suggestion


def codes(suggestion: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in suggestion["reasons"]]


def files(home: Home) -> dict[str, bytes]:
    """Everything that is there but the cache."""
    paths = sorted(path for path in home.folder.rglob("*") if path.is_file() and home.cache not in path.parents)
    return {str(path.relative_to(home.folder)): path.read_bytes() for path in paths}


# next


def test_next_goes_on_with_what_was_begun_and_says_that_a_prerequisite_was_skipped(course: Home) -> None:
    at(course, NOW - timedelta(days=3), "skip", "basics")
    at(course, NOW - timedelta(days=2), "start", "agents")
    assert at(course, NOW, "next").out.startswith(
        "Next: 2.3 Agents · about 8 h left\n"
        "  why   you started it on 19 Nov\n"
        "        prerequisites are met: Words and What They Are Made Of (skipped)\n"
    )


def test_next_gives_as_many_as_asked_each_with_its_commands(course: Home) -> None:
    course.call("done", "basics")
    assert ids(course.call("next", "--json")) == ["attention"]
    assert ids(course.call("next", "9", "--json")) == ["attention", "agents"]
    shown = course.call("next", "2").out
    assert "Or: 2.3 Agents · about 8 h\n" in shown
    assert "  then  llmpath open agents     llmpath done agents/acting\n" in shown


def test_once_the_core_is_read_next_names_the_exercise_and_then_the_topic(course: Home) -> None:
    course.call("done", "numbers/counting")
    shown = course.call("next").out
    assert "its core is read: `llmpath done numbers`?" in shown
    assert "  do    Count to a million · 60 min\n" in shown
    assert "  then  llmpath show numbers/exercise     llmpath done numbers/exercise\n" in shown
    assert course.call("done", "numbers/exercise").out.startswith(
        "✓ Count to a million is done. 1.1 Numbers: core 1 of 1. "
    )
    assert "  then  llmpath show numbers     llmpath done numbers\n" in course.call("next").out


@pytest.mark.parametrize(("language", "chosen"), [("en", "looking"), ("zh-Hans", "kan-zh"), ("zh-Hant", "looking")])
def test_next_reads_as_its_reader_does(course: Home, language: str, chosen: str) -> None:
    """Their language, then English, then the other Chinese script; or what they set."""
    course.call("skip", "basics")
    assert first(course, "--lang", language)["resource"]["id"] == f"attention/{chosen}"
    course.call("config", "set", "preferred_languages", "zh,en")
    assert first(course, "--lang", language)["resource"]["id"] == "attention/kan-zh"


def test_another_language_is_never_suggested_and_a_slot_without_a_readable_one_is_named(course: Home) -> None:
    folder = course.work / "mixed"
    copytree(SMALL, folder)
    path = folder / "topics" / "numbers.toml"
    path.write_text(path.read_text("utf-8").replace('language = "en"', 'language = "zh-Hant"'), "utf-8")
    course.env["LLMPATH_CURRICULUM"] = str(folder)
    assert first(course)["resource"] is None
    assert [each["id"] for each in first(course)["unreadable"]] == ["numbers/counting"]
    assert (
        "  also  the core has a resource in Traditional Chinese only: Counting from Zero\n" in course.call("next").out
    )
    assert first(course, "--lang", "zh-TW")["resource"]["id"] == "numbers/counting"


def test_why_shows_the_whole_ranking_with_what_speaks_for_and_against(course: Home) -> None:
    course.call("done", "numbers")
    suggestions = course.call("next", "--why", "--json").json()["suggestions"]
    assert [(each["topic"], each["can_begin"]) for each in suggestions] == [
        ("words", True), ("attention", False), ("tuning", False), ("agents", False),
    ]  # fmt: skip
    against = [reason["text"] for reason in suggestions[1]["reasons"] if not reason["speaks_for"]]
    assert against == ["first: Words and What They Are Made Of"]
    assert course.call("next", "2", "--why", "--json").json()["suggestions"] == suggestions[:2]
    shown = course.call("next", "--why").out
    assert [line.partition(":")[0] for line in shown.splitlines() if line[:1].isupper()] == ["Next", *["Later"] * 3]


def test_what_was_passed_over_is_offered_with_that_reason(course: Home) -> None:
    course.call("done", "words")
    assert ids(course.call("next", "9", "--json")) == ["attention", "agents", "numbers"]
    assert "you passed it over for Words and What They Are Made Of\n" in course.call("next", "9").out


TIMES = [
    (("45m",), "numbers", "numbers/counting", None),
    (("20m",), "numbers", "numbers/counting", 20),
    (("1h", "--kind", "video,paper"), None, None, None),
]


@pytest.mark.parametrize(("words", "topic", "item", "minutes_now"), TIMES)
def test_time_gives_what_fits_or_a_longer_one_in_parts(
    course: Home, words: tuple[str, ...], topic: str | None, item: str | None, minutes_now: int | None
) -> None:
    found = course.call("next", "--time", *words, "--json").json()["suggestions"]
    assert [(each["topic"], each["resource"]["id"], each["minutes_now"]) for each in found] == (
        [(topic, item, minutes_now)] if topic else []
    )


def test_kind_may_be_several_and_in_the_readers_language(course: Home) -> None:
    course.call("skip", "basics")
    for words in (("--kind", "video,paper"), ("--kind", "视频"), ("--kind", "影片"), ("--kind", "Video")):
        assert first(course, *words)["resource"]["id"] == "attention/drawing"


def test_nothing_that_fits_is_said_and_is_no_failure(course: Home) -> None:
    ran = course.call("next", "--kind", "slides")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No ready topic has something that fits.")
    assert course.call("next", "--kind", "slides", "--json").json()["suggestions"] == []


# goal


def test_without_a_goal_what_one_may_head_for_is_offered_with_its_hours(course: Home, home: Home) -> None:
    assert course.call("goal").out == (
        "No goal is set. You can head for:\n"
        "  llmpath goal basics  Basics                  8 h\n"
        "  llmpath goal models  Large Language Models  24 h\n"
    )
    del home.env["LLMPATH_CURRICULUM"]
    offered = re.findall(r"llmpath goal (\S+) .* (\d+) h$", home.call("goal").out, re.MULTILINE)
    assert [name for name, _ in offered] == ["application-engineer", "fine-tuner", "researcher", "evaluator"]
    for name, hours in offered:
        assert abs(home.call("path", name, "--json").json()["hours"] - int(hours)) <= 0.5


def test_goal_is_set_shown_used_and_cleared(course: Home) -> None:
    course.call("goal", "agents")
    assert course.call("goal").out.startswith("Goal: Agents, 3 topics to go · about 16 h\n")
    assert ids(course.call("path", "--json"), "steps") == ids(course.call("plan", "--json"), "steps") == WAY
    course.call("done", "basics")
    assert codes(first(course)) == ["prerequisites_met", "is_the_goal"]
    assert "Goal: Agents, 1 topic to go\n" in course.call().out
    assert course.call("goal", "--clear").out.startswith("Goal cleared.\n")
    assert course.call("goal").out.startswith("No goal is set.")
    assert ids(course.call("next", "--json")) == ["attention"]
    whole = course.call("path", "--json")
    assert whole.json()["goal"] is None
    assert ids(whole, "steps") == ids(course.call("plan", "--json"), "steps")
    assert course.call("path").out.startswith("What remains · ")


@pytest.mark.parametrize(
    ("goals", "way"),
    [
        ("agents 2.3 agents/tools 2.3/acting 智能体", WAY),
        ("sft", ["numbers", "words", "attention", "tuning"]),
        ("models 2 大型語言模型", ["numbers", "words", "attention", "tuning", "agents"]),
        ("basics", ["numbers", "words"]),
    ],
)
def test_goal_may_be_a_topic_a_concept_a_resource_or_a_part(course: Home, goals: str, way: list[str]) -> None:
    for goal in goals.split():
        assert ids(course.call("path", goal, "--json"), "steps") == way


def test_goal_by_option_goes_before_the_one_that_is_set(course: Home) -> None:
    course.call("skip", "basics")
    course.call("goal", "agents")
    assert ids(course.call("next", "--goal", "tuning", "--json")) == ["attention"]
    assert "llmpath open attention" in course.call("next", "--goal", "tuning").out
    assert ids(course.call("next", "--json")) == ["agents"]


def test_goal_whose_item_is_gone_is_said_and_left_aside(course: Home) -> None:
    course.write_progress(
        'schema = 2\n[[log]]\nat = 2026-11-21 22:36:00+00:00\ngoal = ["gone"]\ncurriculum = "small"\n'
    )
    ran = course.call("next", "--json")
    assert ids(ran) == ["numbers"]
    assert "gone" in ran.err
    assert course.call("path", "--json").json()["goal"] is None


def test_goal_that_is_reached_is_said_and_next_goes_on(course: Home) -> None:
    course.call("goal", "numbers")
    course.call("done", "numbers")
    assert course.call("path") == Ran(
        0, "The goal is reached: Numbers is done or skipped.\nllmpath goal     llmpath next\n", ""
    )
    assert course.call("path", "--json").json()["steps"] == []
    assert "The goal is reached: Numbers.\nNext: 1.2 " in course.call("next").out
    assert course.call("goal").out.startswith("The goal is reached: Numbers.\n  llmpath goal basics ")
    assert course.call("plan").out.startswith("The goal is reached")
    plan = course.call("plan", "--json").json()
    assert (plan["ends"], plan["weeks"], plan["hours"]) == (None, 0, 0)


# dashboard


def test_the_first_dashboard_says_what_this_is_and_offers_a_goal_or_a_beginning(course: Home) -> None:
    assert course.call().out == (
        "Small Course: 5 topics. llmpath remembers where you are.\n"
        "Your progress is one file on this machine. There is no account.\n\n"
        "Choose a goal, if you have one:\n"
        "  llmpath goal basics  Basics                  8 h\n"
        "  llmpath goal models  Large Language Models  24 h\n\n"
        "Or begin at once:\n"
        "  llmpath list  what there is to learn\n"
        "  llmpath next  what to do first, and why: 1.1 Numbers\n"
        "  llmpath open  open the first resource in your browser\n"
        "Know something already? `llmpath skip basics`. `llmpath undo` takes anything back.\n"
    )


def test_nothing_left_is_said_with_what_was_achieved(course: Home) -> None:
    course.call("skip", "basics")
    assert "every topic is done or skipped" in course.call("done", "models").out
    for words in (("next",), ("next", "--why"), ("plan",), ()):
        assert (
            "Nothing is left: every topic is done or skipped.\n3 topics done · 2 skipped\n" in course.call(*words).out
        )
    assert course.call("next", "--json").json()["suggestions"] == []
    ran = course.call("plan", "--ics", "plan.ics")
    assert (ran.code, "no calendar was written to plan.ics" in ran.err) == (0, True)
    assert not (course.work / "plan.ics").exists()


def test_everything_skipped_is_no_achievement(course: Home) -> None:
    course.call("skip", "basics", "models")
    assert course.call("next").out.startswith("Everything is skipped, so nothing is left to do.")


# plan and path


def test_plan_stands_what_is_done_with_its_days_and_dates_the_rest_from_today(course: Home) -> None:
    at(course, NOW - timedelta(days=9), "start", "numbers")
    at(course, NOW - timedelta(days=7), "done", "numbers")
    plan = at(course, NOW, "plan", "agents", "--hours-per-week", "7", "--json").json()
    assert [(step["topic"], step["state"], step["starts"], step["ends"], step["week"]) for step in plan["steps"]] == [
        ("numbers", "done", "2026-11-12", "2026-11-14", 0),
        ("words", "todo", "2026-11-21", "2026-11-27", 1),
        ("agents", "todo", "2026-11-27", "2026-12-05", 3),
    ]
    assert (plan["starts"], plan["ends"], plan["weeks"]) == ("2026-11-21", "2026-12-05", 3)
    assert (plan["hours"], plan["hours_per_week"], plan["pace"]) == (14.5, 7, 0.4)


@pytest.mark.parametrize(
    ("word", "begins"),
    [("2026-12-01", 10), ("tomorrow", 1), ("明天", 1), ("2020-02-29", 0), ("yesterday", 0)],
)
def test_plan_begins_on_a_day_that_lies_ahead_else_today(course: Home, word: str, begins: int) -> None:
    starts = at(course, NOW, "plan", "--start", word, "--json").json()["starts"]
    assert starts == (TODAY + timedelta(days=begins)).isoformat()


def test_plan_without_a_goal_is_for_all_that_remains_and_takes_the_hours_of_the_settings(course: Home) -> None:
    course.call("skip", "basics")
    course.call("config", "set", "hours_per_week", "10")
    plan = course.call("plan", "--json").json()
    assert ([step["topic"] for step in plan["steps"]], plan["hours_per_week"]) == (
        ["attention", "tuning", "agents"],
        10,
    )
    assert course.call("plan", "--hours-per-week", "2.5", "--json").json()["hours_per_week"] == 2.5


def test_path_counts_what_is_left_and_its_sum(course: Home) -> None:
    course.call("done", "numbers", "attention/drawing")
    way = course.call("path", "tuning", "--json").json()
    assert [(step["topic"], step["state"], step["hours"]) for step in way["steps"]] == [
        ("numbers", "done", 0), ("words", "todo", 6.5), ("attention", "doing", 2.75), ("tuning", "todo", 4.0),
    ]  # fmt: skip
    assert way["hours"] == 13.25


def test_know_tries_without_recording(course: Home) -> None:
    assert ids(course.call("path", "agents", "--know", "words", "--json"), "steps") == ["agents"]
    assert ids(course.call("path", "sft", "--know", "basics", "--know", "2.1", "--json"), "steps") == ["tuning"]
    assert files(course) == {}


def test_tree_hangs_each_topic_once_below_what_needs_it(course: Home) -> None:
    assert course.call("path", "models", "--tree").out == (
        "The path to Large Language Models · 5 topics · about 24 h\n\n"
        "  ○ 2.2 Fine-Tuning  4 h\n"
        "  └ ○ 2.1 Attention  4 h\n"
        "    └ ○ 1.2 Words and What They Are Made Of  6 h\n"
        "      └ ○ 1.1 Numbers  1.5 h\n"
        "  ○ 2.3 Agents  8 h  needs 1.2, above\n\n"
        "llmpath next\n"
    )


def test_tree_of_a_way_of_many_steps_is_drawn(tmp_path: Path, home: Home) -> None:
    folder = write_curriculum(tmp_path / "long", 40)
    for number in range(2, 41):
        path = folder / "topics" / f"topic-{number}.toml"
        text = re.sub(r"requires = \[[^\]]*\]", f'requires = ["topic-{number - 1}"]', path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    ran = home.call("--curriculum", str(folder), "path", "topic-40", "--tree")
    assert (ran.code, len(ran.out.splitlines())) == (0, 2 + 40 + 2)


# the calendar


def test_ics_can_be_imported_again_and_again(course: Home) -> None:
    words = ("plan", "agents", "--ics", "plan.ics")
    assert "plan.ics" in at(course, NOW, *words).out
    path = course.work / "plan.ics"
    before = _events(path)
    assert [uid for uid, _, _, _ in before] == [f"small/{name}@llmpath" for name in WAY]
    steps = at(course, NOW, *words[:-2], "--json").json()["steps"]
    assert [(start.isoformat(), (end - timedelta(days=1)).isoformat()) for _, start, end, _ in before] == [
        (step["starts"], step["ends"]) for step in steps
    ]
    later = NOW + timedelta(hours=1)
    at(course, later, "done", "numbers")
    assert at(course, later, *words).code == 0
    after = _events(path)
    assert [uid for uid, _, _, _ in after] == [uid for uid, _, _, _ in before][1:]
    assert min(sequence for _, _, _, sequence in after) > max(sequence for _, _, _, sequence in before)


def _events(path: Path) -> list[tuple[str, date, date, int]]:
    found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return [
        (str(event["UID"]), event.decoded("DTSTART"), event.decoded("DTEND"), int(str(event["SEQUENCE"])))
        for event in found
    ]


def test_ics_over_a_foreign_file_wants_force(course: Home) -> None:
    path = course.work / "notes.ics"
    path.write_text("mine\n", encoding="utf-8")
    ran = course.call("plan", "--ics", "notes.ics")
    assert (ran.code, ran.out) == (1, "")
    assert "--force" in ran.err
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert course.call("plan", "--ics", "notes.ics", "--force").code == 0
    assert len(_events(path)) == 5


# hours


def test_hours_can_be_turned_off_everywhere(course: Home) -> None:
    course.call("done", "numbers")
    course.call("start", "words")
    course.call("goal", "agents")
    views = ["", "list", "show agents", "next 3", "path", "path --tree", "plan", "stats", "goal"]
    hours = re.compile(r"\d h\b|[Hh]ours (done|left)")
    for words in views:
        assert hours.search(course.call(*words.split()).out), words
    course.call("config", "set", "show_hours", "false")
    for words in views:
        assert not hours.search(course.call(*words.split()).out), words
    assert course.call("path", "--json").json()["hours"] > 0


# the course that ships


def test_walking_next_through_the_shipped_course_never_comes_before_a_prerequisite(home: Home) -> None:
    requires = {topic["id"]: topic["requires"] for topic in home.call("list", "--json").json()["topics"]}
    seen: list[str] = []
    for name in ids(home.call("plan", "--json"), "steps"):
        assert set(requires[name]) <= set(seen)
        seen.append(name)
    assert sorted(seen) == sorted(requires)


def test_the_same_input_gives_the_same_answer_whatever_the_hash_seed(home: Home) -> None:
    for words in (("next", "--why", "--json"), ("path", "engineer", "--tree"), ("search", "training", "--json")):
        answers = {home.run(*words, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2", "77")}
        assert len(answers) == 1


# what is wrong

WRONG = {
    1: "plan --ics missing/plan.ics; plan --ics .",
    2: "next 0; next -1; next 1001; next three; next 1.5; next --time 0; next --time -5m; next --time soon; "
    "next --kind film; goal agents --clear; plan --hours-per-week 0; plan --hours-per-week -1; "
    "plan --hours-per-week nan; plan --hours-per-week inf; plan --hours-per-week 169; plan --hours-per-week many; "
    "plan --hours-per-week 5e-324; plan --start 2026-02-30; plan --start 9999-12-31; plan --start someday",
    3: "next --goal no-such-thing; path no-such-thing; path agents --know no-such-thing; goal no-such-thing; "
    "plan no-such-thing",
}
"""Command lines, by their exit code."""


@pytest.mark.parametrize(("code", "words"), [(code, each) for code in WRONG for each in WRONG[code].split("; ")])
def test_bad_input_is_one_clear_line_and_changes_nothing(course: Home, code: int, words: str) -> None:
    ran = course.call(*words.split())
    assert (ran.code, ran.out) == (code, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("error: ")
    assert files(course) == {}
