"""JSON for scripts: one document with the promised keys, in the language in force, with totals that add up."""

import json
from datetime import datetime
from typing import Any

import pytest

from tests.support import SMALL, Home

RESOURCE = {
    "id", "title", "url", "where", "former_urls", "kind", "language", "authors", "level", "minutes", "read", "concepts",
    "note", "why", "access", "needs", "published", "checked", "status", "superseded_by", "guessed", "sources",
    "former_ids", "core", "state", "my_notes", "topic",
}  # fmt: skip
CONCEPT = {"id", "title", "summary", "state", "my_notes"}
TOPIC = {
    "id", "number", "part", "title", "aliases", "summary", "state", "hours", "hours_left", "requires", "unlocks",
    "my_notes", "exercise", "concepts", "resources",
}  # fmt: skip
TOPIC_ROW = {
    "id", "number", "part", "title", "state", "hours", "hours_left", "core_done", "core_total", "concepts_done",
    "concepts_total", "requires",
}  # fmt: skip
FIGURE = {
    "done": 1, "skipped": 1, "left": 3, "total": 5, "percent": 35, "hours_done": 8.0, "hours_left": 14.75,
}  # fmt: skip
"""Where somebody half way stands: 6.5 hours of words and a slot of 1.5 hours of attention are done."""
DOCUMENTS: dict[str, set[str]] = {
    "list": {"progress", "topics"},
    "show attention": {"topic"},
    "show heads": {"concept"},
    "show attention/paper": {"resource"},
    "resources": {"resources"},
    "next": {"suggestions"},
    "path agents": {"goal", "steps", "hours"},
    "plan": {"goal", "hours_per_week", "starts", "ends", "hours", "pace", "steps"},
    "search words": {"matches", "total"},
    "stats": {"progress", "parts", "hours_done", "hours_left", "streak", "active_days"},
    "log": {"entries"},
    f"validate {SMALL}": set(),
    "info": {"llmpath", "python", "files"},
    "curriculum list": set(),
    "backup list": set(),
}
"""Each command with --json, and what its document is promised to have beside `kind` and `version`."""


@pytest.fixture
def begun(course: Home) -> Home:
    """Somebody half way."""
    course.call("skip", "numbers")
    course.call("done", "words", "--on", "2026-01-02", "--note", "long")
    course.call("done", "attention/drawing", "heads", "--on", "2026-01-03")
    return course


def document(home: Home, words: str, **env: str) -> Any:
    ran = home.call(*words.split(), "--json", env=env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("}\n")
    return json.loads(ran.out)


@pytest.mark.parametrize("words", DOCUMENTS)
def test_every_document_has_its_kind_its_version_and_its_keys(begun: Home, words: str) -> None:
    found = document(begun, words)
    assert list(found)[:2] == ["kind", "version"]
    assert found["version"] == 1
    name = words.partition(" ")[0]
    if name not in ("curriculum", "backup"):
        assert found["kind"] == name
    assert set(found) >= DOCUMENTS[words]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("list --state skipped", "topics"),
        ("resources --kind dataset", "resources"),
        ("search xyzzyqwert", "matches"),
        ("next --kind slides", "suggestions"),
        ("log", "entries"),
        ("stats", "active_days"),
        ("backup list", "backups"),
    ],
)
def test_an_empty_result_is_a_whole_document_too(course: Home, words: str, key: str) -> None:
    found = document(course, words)
    assert found["version"] == 1
    assert found[key] in ([], {})


def test_a_topic_may_be_shown_without_resources(course: Home) -> None:
    assert document(course, "show tuning --kind video")["topic"]["resources"] == []


def test_a_topic_has_what_is_promised(begun: Home) -> None:
    topic = document(begun, "show attention")["topic"]
    assert set(topic) >= TOPIC
    assert (topic["id"], topic["number"], topic["part"], topic["state"]) == ("attention", "2.1", "models", "doing")
    assert (topic["hours"], topic["hours_left"]) == (4.25, 2.75)
    assert (topic["requires"], topic["unlocks"], topic["my_notes"]) == (["words"], ["tuning"], [])
    assert topic["exercise"] == {
        "id": "attention/exercise",
        "task": "Write attention in twenty lines",
        "start": "An empty file.",
        "done_when": "It gives the answer you expect.",
        "minutes": 120,
        "needs": [],
        "topic": "attention",
        "state": "todo",
        "on": None,
        "my_notes": [],
    }
    assert [concept["id"] for concept in topic["concepts"]] == ["attention/query-key-value", "attention/heads"]
    assert all(set(concept) >= CONCEPT for concept in topic["concepts"])
    assert all(set(resource) >= RESOURCE for resource in topic["resources"])
    assert [(each["id"], each["core"], each["state"]) for each in topic["resources"]] == [
        ("attention/looking", True, "todo"),
        ("attention/kan-zh", True, "todo"),
        ("attention/drawing", True, "done"),
        ("attention/paper", False, "todo"),
    ]
    assert topic["resources"][2]["concepts"] == ["attention/query-key-value", "attention/heads"]


def test_a_concept_and_a_resource_name_their_topic(begun: Home) -> None:
    concept = document(begun, "show heads")["concept"]
    assert set(concept) >= CONCEPT | {"topic"}
    assert (concept["id"], concept["topic"], concept["state"]) == ("attention/heads", "attention", "done")
    resource = document(begun, "show attention/looking")["resource"]
    assert set(resource) >= RESOURCE | {"topic"}
    assert (resource["id"], resource["topic"], resource["minutes"]) == ("attention/looking", "attention", 45)
    assert resource["sources"] == ["first", "second"]


def test_the_list_has_every_topic_and_the_one_figure(begun: Home) -> None:
    found = document(begun, "list")
    assert found["progress"] == FIGURE
    assert all(set(row) >= TOPIC_ROW for row in found["topics"])
    rows = {row["id"]: row for row in found["topics"]}
    assert list(rows) == ["numbers", "words", "attention", "tuning", "agents"]
    assert [row["state"] for row in rows.values()] == ["skipped", "done", "doing", "todo", "todo"]
    counts = ("core_done", "core_total", "concepts_done", "concepts_total")
    assert [rows["attention"][name] for name in counts] == [1, 2, 1, 2]


def test_the_figure_is_the_same_wherever_it_stands(begun: Home) -> None:
    figures = [document(begun, words)["progress"] for words in ("list", "list models", "list --state done", "stats")]
    assert figures == [FIGURE] * 4


def test_what_is_listed_as_missing_is_what_is_left(begun: Home) -> None:
    missing = [document(begun, f"list --state {state}")["topics"] for state in ("todo", "doing")]
    assert sum(map(len, missing)) == document(begun, "stats")["progress"]["left"]


def test_resources_are_those_of_show_with_their_topic(begun: Home) -> None:
    found = document(begun, "resources --kind article")["resources"]
    assert [resource["id"] for resource in found] == ["numbers/counting", "attention/looking", "attention/kan-zh"]
    assert all(set(resource) >= RESOURCE | {"topic"} for resource in found)
    [shown] = [
        each for each in document(begun, "show attention")["topic"]["resources"] if each["id"].endswith("kan-zh")
    ]
    assert shown == found[2]


def test_next_has_reasons_with_codes_and_a_resource_or_none(begun: Home) -> None:
    [first] = document(begun, "next")["suggestions"]
    assert set(first) >= {"topic", "title", "hours_left", "reasons", "resource"}
    assert first["topic"] == "attention"
    assert first["reasons"][0].items() >= {"code": "under_way", "text": "you started it on 3 Jan"}.items()
    assert set(first["resource"]) >= {"id", "title", "url", "kind", "minutes", "language"}
    begun.call("done", "attention/looking")
    assert document(begun, "next")["suggestions"][0]["resource"] is None
    begun.call("done", "models")
    assert document(begun, "next")["suggestions"] == []


def test_a_path_has_steps_in_order_and_none_once_the_goal_is_reached(begun: Home) -> None:
    found = document(begun, "path tuning")
    assert found["goal"] == "tuning"
    assert [(step["topic"], step["state"]) for step in found["steps"]] == [
        ("numbers", "skipped"), ("words", "done"), ("attention", "doing"), ("tuning", "todo"),
    ]  # fmt: skip
    assert all(set(step) >= {"topic", "title", "hours", "state"} for step in found["steps"])
    assert document(begun, "path words").items() >= {"goal": "words", "steps": [], "hours": 0}.items()


def test_matches_have_address_title_kind_and_score(begun: Home) -> None:
    found = document(begun, "search attention")["matches"]
    assert found[0].items() >= {"id": "attention", "title": "Attention", "kind": "topic", "score": 100}.items()
    assert {match["kind"] for match in found} == {"topic", "resource", "exercise"}
    assert [match["score"] for match in found] == sorted((match["score"] for match in found), reverse=True)


def test_entries_come_newest_first_a_command_each(begun: Home) -> None:
    begun.call("undo")
    entries = document(begun, "log")["entries"]
    assert all(set(entry) >= {"at", "on", "did", "items", "note", "undone"} for entry in entries)
    assert [(entry["did"], entry["items"], entry["note"], entry["undone"]) for entry in entries] == [
        ("done", ["attention/drawing", "attention/heads"], "", True),
        ("done", ["words"], "long", False),
        ("skip", ["numbers"], "", False),
    ]
    assert entries[1]["on"] == "2026-01-02"
    assert datetime.fromisoformat(entries[0]["at"]).tzinfo is not None


def test_stats_have_parts_a_streak_and_active_days(begun: Home) -> None:
    found = document(begun, "stats")
    assert [part["id"] for part in found["parts"]] == ["basics", "models"]
    assert set(found["streak"]) == {"current", "longest"}
    assert found["streak"]["longest"] == 2
    assert found["active_days"]["2026-01-03"] == 2
    assert list(found["active_days"]) == sorted(found["active_days"])


def has_two_decimals(hours: float) -> bool:
    return round(hours, 2) == hours


def test_totals_are_the_sums_of_the_values_shown(begun: Home) -> None:
    for words in ("path tuning", "plan", "plan agents"):
        found = document(begun, words)
        assert found["hours"] == round(sum(step["hours"] for step in found["steps"]), 2)
        assert all(has_two_decimals(step["hours"]) for step in found["steps"])
    stats = document(begun, "stats")
    for name in ("hours_done", "hours_left"):
        assert stats[name] == round(sum(part["progress"][name] for part in stats["parts"]), 2)
    listed = document(begun, "list")
    assert stats["hours_left"] == stats["progress"]["hours_left"] == listed["progress"]["hours_left"]
    assert stats["hours_left"] == round(sum(row["hours_left"] for row in listed["topics"]), 2)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Attention"), ("zh-Hans", "注意力机制"), ("zh-Hant", "注意力機制")]
)
def test_texts_come_in_the_language_in_force_and_codes_in_none(begun: Home, language: str, title: str) -> None:
    topic = document(begun, "show attention", LLMPATH_LANG=language)["topic"]
    assert (topic["title"], topic["state"]) == (title, "doing")
    suggestion = document(begun, "next", LLMPATH_LANG=language)["suggestions"][0]
    assert (suggestion["title"], suggestion["reasons"][0]["code"]) == (title, "under_way")
    assert document(begun, f"list --lang {language}")["topics"][2]["title"] == title


@pytest.mark.parametrize(
    "words", ["show nothing", "list --state half", "path nowhere", "resources --in klingon", "next 0", "list x"]
)
def test_an_error_leaves_standard_output_empty(begun: Home, words: str) -> None:
    ran = begun.call(*words.split(), "--json")
    assert ran.code in (2, 3)
    assert ran.out == ""


def test_a_document_is_one_also_where_a_warning_is_due(begun: Home) -> None:
    text = begun.progress.read_text("utf-8")
    begun.write_progress(text + '\n[[log]]\nat = 2026-11-21 08:00:00+08:00\ndone = "agents"\n')
    ran = begun.call("list", "--json")
    assert ran.code == 0
    assert ran.err.startswith("warning: ")
    assert json.loads(ran.out)["progress"]["done"] == 1


def test_unclean_text_reaches_a_script_unchanged(begun: Home) -> None:
    text = begun.progress.read_text("utf-8").replace('text = "long"', 'text = "a\\u001b[31mb\\u202e"')
    begun.write_progress(text)
    assert document(begun, "show words")["topic"]["my_notes"][0]["text"] == "a\x1b[31mb\u202e"
    assert "\x1b" not in begun.call("show", "words", "--json").out
    assert "\x1b" not in begun.call("show", "words").out
