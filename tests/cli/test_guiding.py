"""next, path, plan and goal as a user meets them, on the shipped course."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.generated import write_curriculum
from tests.support import Home, Ran

WAY_TO_AGENTS = ["python", "running-llms", "vector-storage", "rag", "agents"]
EVERYTHING = ("fundamentals", "scientist", "engineer")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path: Path, cache: Path) -> Home:
    """A home of its own for each test; only the compiled course is shared."""
    fresh = Home(tmp_path / "home")
    fresh.env["XDG_CACHE_HOME"] = str(cache)
    return fresh


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Home:
    """One home for all tests that only look."""
    fresh = Home(tmp_path_factory.mktemp("untouched"))
    fresh.env["XDG_CACHE_HOME"] = str(cache)
    return fresh


def ids(ran: Ran, key: str = "suggestions") -> list[str]:
    assert ran.code == 0, ran.err
    return [entry["topic"] for entry in ran.json()[key]]


def codes(suggestion: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in suggestion["reasons"]]


def files(home: Home) -> dict[str, bytes]:
    """Everything that is there but the cache."""
    paths = sorted(path for path in home.folder.rglob("*") if path.is_file() and home.cache not in path.parents)
    return {str(path.relative_to(home.folder)): path.read_bytes() for path in paths}


# next


def test_next_says_what_why_what_to_open_and_what_then(untouched: Home) -> None:
    ran = untouched.call("next")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Next: 1.1 Mathematics for Machine Learning · about 22 h"
    assert "it needs nothing before it" in ran.out
    assert "it opens Neural Networks" in ran.out
    assert re.search(r"^ +then +llmpath open +llmpath done mathematics$", ran.out, re.MULTILINE)


def test_next_gives_as_many_as_asked(home: Home) -> None:
    home.call("skip", "fundamentals")
    assert ids(home.call("next", "--json")) == ["architecture"]
    assert ids(home.call("next", "3", "--json")) == ["architecture", "running-llms"]
    home.call("done", "architecture")
    assert ids(home.call("next", "3", "--json")) == ["pre-training", "post-training-datasets", "evaluation"]


def test_next_gives_reasons_with_codes_and_texts(home: Home) -> None:
    home.call("skip", "fundamentals")
    home.call("start", "architecture", "--on", "2026-01-05")
    home.call("goal", "sft")
    first, second = home.call("next", "2", "--json").json()["suggestions"]
    assert first["topic"] == "architecture"
    assert codes(first)[:4] == ["under_way", "prerequisites_done", "opens", "on_the_way"]
    texts = [reason["text"] for reason in first["reasons"]]
    assert re.fullmatch(r"you began it on 5 Jan( 2026)?", texts[0])
    assert texts[1] == "what it needs is done: Natural Language Processing"
    assert texts[3] == "it is on the way to your goal, Supervised Fine-Tuning"
    assert second["topic"] == "running-llms"
    assert "off_the_way" in codes(second)
    assert set(first["resource"]) >= {"id", "title", "url", "kind", "minutes"}


def test_why_shows_the_whole_ranking_with_what_speaks_for_and_against(untouched: Home) -> None:
    suggestions = untouched.call("next", "--why", "--json").json()["suggestions"]
    assert len(suggestions) == 20
    assert [each["can_begin"] for each in suggestions] == [True, True] + [False] * 18
    networks = next(each for each in suggestions if each["topic"] == "neural-networks")
    assert [reason["code"] for reason in networks["reasons"] if not reason["speaks_for"]] == ["needs"]
    shown = untouched.call("next", "--why").out
    assert "Next: 1.1 " in shown
    assert "Or: 1.2 " in shown
    assert "Later: 1.3 " in shown
    assert "but it builds on what is still open: Mathematics for Machine Learning and Python" in shown


def test_why_with_a_number_shows_the_first_of_the_ranking(untouched: Home) -> None:
    every = untouched.call("next", "--why", "--json").json()["suggestions"]
    assert untouched.call("next", "3", "--why", "--json").json()["suggestions"] == every[:3]
    assert untouched.call("next", "1", "--why", "--json").json()["suggestions"] == every[:1]
    assert untouched.call("next", "99", "--why", "--json").json()["suggestions"] == every


def test_why_says_what_is_not_in_your_language_and_next_alone_keeps_quiet(home: Home) -> None:
    home.call("config", "set", "preferred_languages", "de")
    assert "but the resource is in English" in home.call("next", "--why").out
    assert "the resource is in" not in home.call("next", "3").out


def test_time_and_kind_choose_a_resource_that_fits(home: Home) -> None:
    home.call("skip", "fundamentals")
    suggestion = home.call("next", "--time", "45m", "--kind", "video", "--json").json()["suggestions"][0]
    resource = suggestion["resource"]
    assert resource["kind"] == "video"
    assert resource["minutes"] <= 45
    assert "fits_the_time" in codes(suggestion)
    assert suggestion["to_open"] == resource["id"]
    shown = home.call("next", "--time", "45m", "--kind", "video").out
    assert f"llmpath open {resource['id']}" in shown
    assert f"llmpath done {resource['id']}" in shown
    assert home.call("open", "--print", resource["id"]).out.strip() == resource["url"]


@pytest.mark.parametrize("time", ["45", "45m", "45 min", "0.75h", "45分钟"])
def test_time_is_understood_as_people_write_it(untouched: Home, time: str) -> None:
    expected = untouched.call("next", "--time", "45m", "--json").json()
    assert untouched.call("next", "--time", time, "--json").json() == expected


def test_nothing_that_fits_is_said_and_is_no_failure(untouched: Home) -> None:
    ran = untouched.call("next", "--time", "1m")
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing that is ready fits that" in ran.out
    assert untouched.call("next", "--time", "1m", "--json").json()["suggestions"] == []


def test_goal_puts_what_leads_to_it_first(untouched: Home) -> None:
    assert ids(untouched.call("next", "2", "--goal", "agents", "--json")) == ["python", "mathematics"]


@pytest.mark.parametrize("goal", ["agents", "3.5", "agents/agent-protocols", "agents/hello-agents", "智能体"])
def test_goal_may_be_a_topic_a_concept_or_a_resource(untouched: Home, goal: str) -> None:
    assert ids(untouched.call("path", goal, "--json"), "steps") == WAY_TO_AGENTS


@pytest.mark.parametrize("part", ["fundamentals", "1", "Fundamentals", "基础"])
def test_goal_may_be_a_part(untouched: Home, part: str) -> None:
    assert ids(untouched.call("path", part, "--json"), "steps") == ["mathematics", "python", "neural-networks", "nlp"]
    assert ids(untouched.call("next", "--goal", part, "--json")) == ["mathematics"]


def test_what_was_jumped_over_is_offered_later_with_that_reason(home: Home) -> None:
    assert home.call("done", "running-llms").code == 0
    first, second, third = home.call("next", "3", "--json").json()["suggestions"]
    assert [each["topic"] for each in (first, second, third)] == ["mathematics", "vector-storage", "python"]
    jumped = next(reason for reason in third["reasons"] if reason["code"] == "jumped_over")
    assert jumped["text"] == "it was jumped over: you went on to Running LLMs"
    assert not jumped["speaks_for"]
    assert "but it was jumped over" in home.call("next", "3").out


def test_the_same_input_gives_the_same_answer_whatever_the_hash_seed(untouched: Home) -> None:
    for words in (("next", "--why", "--json"), ("path", "engineer", "--tree"), ("search", "training", "--json")):
        answers = {untouched.run(*words, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2", "77")}
        assert len(answers) == 1


def test_walking_next_through_the_shipped_course_never_comes_before_a_prerequisite(untouched: Home) -> None:
    ranking = untouched.call("list", "--json").json()["topics"]
    requires = {topic["id"]: topic["requires"] for topic in ranking}
    path = [name for part in EVERYTHING for name in ids(untouched.call("path", part, "--json"), "steps")]
    seen: list[str] = []
    for name in dict.fromkeys(path):
        assert set(requires[name]) <= set(seen)
        seen.append(name)
    assert sorted(seen) == sorted(requires)


# path


def test_path_lists_the_topics_with_their_hours_and_their_sum(home: Home) -> None:
    home.call("done", "python")
    way = home.call("path", "agents", "--json").json()
    assert [step["topic"] for step in way["steps"]] == WAY_TO_AGENTS[1:]
    assert {"topic", "title", "hours", "state"} <= set(way["steps"][0])
    assert way["hours"] == round(sum(step["hours"] for step in way["steps"]), 2)
    lines = home.call("path", "agents").out.splitlines()
    assert lines[0].startswith("The way to Agents · 4 topics · about ")
    assert [line.split()[2] for line in lines[2:]] == ["3.1", "3.2", "3.3", "3.5"]


def test_path_counts_only_the_hours_that_are_left(home: Home) -> None:
    before = home.call("path", "agents", "--json").json()
    resource = home.call("next", "--goal", "agents", "--json").json()["suggestions"][0]["resource"]
    home.call("done", resource["id"])
    after = home.call("path", "agents", "--json").json()
    assert after["steps"][0]["state"] == "doing"
    assert round(before["hours"] - after["hours"], 2) == round(resource["minutes"] / 60, 2)


def test_know_tries_without_recording(home: Home) -> None:
    assert ids(home.call("path", "agents", "--know", "rag", "--json"), "steps") == ["agents"]
    assert ids(home.call("path", "sft", "--know", "fundamentals", "--know", "2.1", "--json"), "steps") == [
        "post-training-datasets",
        "supervised-fine-tuning",
    ]
    assert home.call("path", "rag", "--know", "rag").out == (
        "With that known, nothing is left on the way to Retrieval-Augmented Generation: rag.\n"
    )
    assert files(home) == {}


def test_tree_draws_each_topic_once_below_what_needs_it(untouched: Home) -> None:
    ran = untouched.call("path", "engineer", "--tree")
    lines = ran.out.splitlines()[2:]
    numbers = [match[0] for line in lines if (match := re.search(r"\d\.\d(?= [A-Z])", line))]
    steps = untouched.call("path", "engineer", "--json").json()["steps"]
    assert len(numbers) == len(lines) == len(steps)
    assert len(set(numbers)) == len(numbers)
    depth = {number: line.index(number) for number, line in zip(numbers, lines, strict=True)}
    by_topic = {step["topic"]: step["number"] for step in steps}
    for step in steps:
        for name in step["requires"]:
            other, place = by_topic[name], numbers.index(step["number"])
            hangs_below = depth[other] > depth[step["number"]] and numbers.index(other) > place
            assert hangs_below or f"needs {other}, above" in lines[place]


def test_tree_of_a_way_of_thousands_of_steps_is_drawn(tmp_path: Path, home: Home) -> None:
    folder = write_curriculum(tmp_path / "long", 40)
    chain = folder / "topics"
    for number in range(2, 41):
        path = chain / f"topic-{number}.toml"
        text = re.sub(r"requires = \[[^\]]*\]", f'requires = ["topic-{number - 1}"]', path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    ran = home.call("--curriculum", str(folder), "path", "topic-40", "--tree")
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == 2 + 40


# goal


def test_goal_is_set_shown_used_and_cleared(home: Home) -> None:
    assert home.call("goal").out.startswith("No goal is set.")
    assert "Your goal is Agents." in home.call("goal", "agents").out
    assert '[goals.llm-course]\nitem = "agents"\nat = ' in home.progress.read_text(encoding="utf-8")
    assert home.call("goal").out.startswith("Goal: Agents, 5 topics to go · about 47 h")
    assert ids(home.call("next", "--json")) == ["python"]
    assert ids(home.call("path", "--json"), "steps") == WAY_TO_AGENTS
    assert ids(home.call("plan", "--json"), "steps") == WAY_TO_AGENTS
    assert "Goal: Agents, 5 topics to go" in home.call().out
    assert home.call("goal", "--clear").code == 0
    assert 'item = ""' in home.progress.read_text(encoding="utf-8")
    assert home.call("goal").out.startswith("No goal is set.")
    assert home.call("path").code == 2


def test_goal_by_option_goes_before_the_one_that_is_set(home: Home) -> None:
    home.call("goal", "agents")
    assert ids(home.call("next", "--goal", "nlp", "--json")) == ["mathematics"]
    assert "llmpath open mathematics" in home.call("next", "--goal", "nlp").out
    assert ids(home.call("path", "rag", "--json"), "steps") == WAY_TO_AGENTS[:4]
    assert ids(home.call("next", "--json")) == ["python"]


def test_goal_whose_item_is_gone_is_said_and_left_aside(home: Home) -> None:
    home.write_progress('schema = 1\n\n[goals.llm-course]\nitem = "vanished"\nat = 2026-11-21 22:36:00+00:00\n')
    ran = home.call("next", "--json")
    assert ids(ran) == ["mathematics"]
    assert "vanished" in ran.err
    assert home.call("path").code == 2


def test_goal_that_is_reached_is_said_and_next_goes_on(home: Home) -> None:
    home.call("goal", "python")
    home.call("done", "python")
    ran = home.call("path")
    assert (ran.code, ran.out) == (0, "The goal is reached: Python for Machine Learning is done or skipped.\n")
    way = home.call("path", "--json").json()
    assert (way["steps"], way["hours"]) == ([], 0)
    shown = home.call("next")
    assert shown.out.startswith("The goal is reached: Python for Machine Learning.\n\nNext: 1.1 ")
    assert home.call("plan").out.startswith("The goal is reached")
    plan = home.call("plan", "--json").json()
    assert (plan["steps"], plan["ends"], plan["weeks"]) == ([], None, 0)


def test_nothing_left_is_said_with_what_was_achieved(home: Home) -> None:
    home.call("skip", "fundamentals")
    assert "you have come all the way" in home.call("done", "scientist", "engineer").out
    for words in (("next",), ("next", "--why"), ("plan",), ()):
        ran = home.call(*words)
        assert (ran.code, ran.err) == (0, "")
        assert "Nothing is left: you have come all the way.\n16 topics done · 4 skipped\n" in ran.out
    assert home.call("next", "--json").json()["suggestions"] == []
    assert home.call("plan", "--json").json()["steps"] == []
    ran = home.call("plan", "--ics", "plan.ics")
    assert ran.code == 0
    assert "no calendar was written to plan.ics" in ran.err
    assert not (home.work / "plan.ics").exists()


def test_everything_set_aside_is_no_achievement(home: Home) -> None:
    home.call("skip", *EVERYTHING)
    ran = home.call("next")
    assert ran.code == 0
    assert ran.out.startswith("Everything is skipped, so nothing is left to do.")


# plan


def test_plan_lays_out_weeks_days_and_the_end(untouched: Home) -> None:
    plan = untouched.call("plan", "rag", "--hours-per-week", "7", "--start", "2026-11-23", "--json").json()
    assert [step["topic"] for step in plan["steps"]] == WAY_TO_AGENTS[:4]
    assert plan["starts"] == plan["steps"][0]["starts"] == "2026-11-23"
    assert plan["hours_per_week"] == 7
    assert plan["hours"] == round(sum(step["hours"] for step in plan["steps"]), 2)
    end = date(2026, 11, 22) + timedelta(days=-(-round(plan["hours"] * 100) // 100))
    assert plan["ends"] == plan["steps"][-1]["ends"] == end.isoformat()
    assert plan["weeks"] == plan["steps"][-1]["week"] == (end - date(2026, 11, 23)).days // 7 + 1
    shown = untouched.call("plan", "rag", "--hours-per-week", "7", "--start", "2026-11-23").out
    assert shown.startswith("The way to Retrieval-Augmented Generation · 7 h a week\n")
    assert re.search(r"^ +week 1-\d+ +1\.2 +Python for Machine Learning ", shown, re.MULTILINE)
    assert re.search(r"^Done by \d+ \w+( \d{4})?, in \d+ weeks", shown, re.MULTILINE)


def test_plan_without_a_goal_is_for_all_that_remains_prerequisites_first(home: Home) -> None:
    home.call("skip", "fundamentals")
    assert len(ids(home.call("plan", "--json"), "steps")) == 16


def test_plan_takes_the_hours_of_the_settings(home: Home) -> None:
    home.call("config", "set", "hours_per_week", "10")
    assert home.call("plan", "--json").json()["hours_per_week"] == 10
    assert home.call("plan", "--hours-per-week", "2.5", "--json").json()["hours_per_week"] == 2.5


def test_plan_may_have_begun_in_the_past(untouched: Home) -> None:
    assert untouched.call("plan", "--start", "2020-02-29", "--json").json()["starts"] == "2020-02-29"


def test_plan_begins_today_or_tomorrow_by_name(untouched: Home) -> None:
    today = date.fromisoformat(untouched.call("plan", "--json").json()["starts"])
    assert untouched.call("plan", "--start", "tomorrow", "--json").json()["starts"] in {
        (today + timedelta(days=days)).isoformat() for days in (1, 2)
    }


def test_ics_can_be_imported_again_and_again(home: Home) -> None:
    words = ("plan", "rag", "--start", "2026-03-20", "--ics", "plan.ics")
    ran = home.call(*words)
    assert ran.code == 0
    assert "plan.ics" in ran.out
    path = home.work / "plan.ics"
    before = _events(path)
    assert [uid for uid, _, _, _ in before] == [f"llm-course/{name}@llmpath" for name in WAY_TO_AGENTS[:4]]
    steps = home.call(*words[:-2], "--json").json()["steps"]
    assert [(start.isoformat(), (end - timedelta(days=1)).isoformat()) for _, start, end, _ in before] == [
        (step["starts"], step["ends"]) for step in steps
    ]
    home.call("done", "python")
    assert home.call(*words).code == 0
    after = _events(path)
    assert [uid for uid, _, _, _ in after] == [uid for uid, _, _, _ in before][1:]
    assert min(sequence for _, _, _, sequence in after) > max(sequence for _, _, _, sequence in before)


def _events(path: Path) -> list[tuple[str, date, date, int]]:
    found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return [
        (str(event["UID"]), event.decoded("DTSTART"), event.decoded("DTEND"), int(str(event["SEQUENCE"])))
        for event in found
    ]


def test_ics_over_a_foreign_file_wants_force(home: Home) -> None:
    path = home.work / "notes.ics"
    path.write_text("mine\n", encoding="utf-8")
    ran = home.call("plan", "--ics", "notes.ics")
    assert (ran.code, ran.out) == (1, "")
    assert "--force" in ran.err
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert home.call("plan", "--ics", "notes.ics", "--force").code == 0
    assert len(_events(path)) == 20


# hours


def test_hours_can_be_turned_off_everywhere(home: Home) -> None:
    home.call("done", "python")
    home.call("start", "mathematics")
    home.call("goal", "agents")
    views = [
        ("list",),
        ("show", "agents"),
        ("next", "3"),
        ("path",),
        ("path", "--tree"),
        ("plan",),
        ("stats",),
        ("goal",),
    ]
    hours = re.compile(r"\d h\b|[Hh]ours (done|left)")
    for words in (*views, ()):
        assert hours.search(home.call(*words).out), words
    assert home.call("config", "set", "show_hours", "false").code == 0
    for words in (*views, ()):
        assert not hours.search(home.call(*words).out), words
    assert home.call("path", "--json").json()["hours"] > 0


# what is wrong

WRONG: list[tuple[tuple[str, ...], int]] = [
    (("next", "0"), 2),
    (("next", "-1"), 2),
    (("next", "1001"), 2),
    (("next", "three"), 2),
    (("next", "1.5"), 2),
    (("next", "--time", "0"), 2),
    (("next", "--time", "-5m"), 2),
    (("next", "--time", "soon"), 2),
    (("next", "--kind", "film"), 2),
    (("next", "--goal", "no-such-thing"), 3),
    (("path",), 2),
    (("path", "no-such-thing"), 3),
    (("path", "agents", "--know", "no-such-thing"), 3),
    (("goal", "no-such-thing"), 3),
    (("goal", "agents", "--clear"), 2),
    (("plan", "no-such-thing"), 3),
    (("plan", "--hours-per-week", "0"), 2),
    (("plan", "--hours-per-week", "-1"), 2),
    (("plan", "--hours-per-week", "nan"), 2),
    (("plan", "--hours-per-week", "inf"), 2),
    (("plan", "--hours-per-week", "169"), 2),
    (("plan", "--hours-per-week", "many"), 2),
    (("plan", "--hours-per-week", "5e-324"), 2),
    (("plan", "--start", "2026-02-30"), 2),
    (("plan", "--start", "9999-12-31"), 2),
    (("plan", "--start", "someday"), 2),
    (("plan", "--ics", "missing/plan.ics"), 1),
    (("plan", "--ics", "."), 1),
]


@pytest.mark.parametrize(("words", "code"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_bad_input_is_one_clear_line_and_changes_nothing(untouched: Home, words: tuple[str, ...], code: int) -> None:
    before = files(untouched)
    ran = untouched.call(*words)
    assert (ran.code, ran.out) == (code, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("error: ")
    assert files(untouched) == before


def test_hours_of_the_settings_that_are_wrong_are_said(home: Home) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text("hours_per_week = nan\n", encoding="utf-8")
    ran = home.call("plan")
    assert (ran.code, ran.out) == (4, "")
    assert "hours_per_week" in ran.err
