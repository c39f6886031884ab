"""What a person sees: the screen of every command at three widths in three languages, and how much fits a screen.

A kept screen is compared with what the command shows now. After a change that is meant:
LLMPATH_KEEP_SCREENS=1 pytest tests/view/test_screens.py, and read the difference.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from wcwidth import wcswidth

from llmpath.cli.commands import COMMANDS
from tests.clocked import NOW, at, seen
from tests.support import Home
from tests.terminals import on_terminal

SCREENS = Path(__file__).parent / "screens"
LANGUAGES = ["en", "zh-Hans", "zh-Hant"]
WIDTHS = (40, 80, 120)

BEFORE = [
    (20, "goal agents"),
    (20, "skip numbers"),
    (12, "open words"),
    (9, "done words --note long"),
    (2, "done attention/drawing"),
    (1, "start attention/looking"),
    (1, "note attention/looking ask:_why_eight?"),
    (0, "start agents"),
    (0, "undo"),
]
"""Days ago, and what was done then; `_` is a space."""

SHOWN = {
    "dashboard": [""],
    "list": ["list", "list done", "list attention"],
    "show": ["show attention", "show heads", "show attention/looking", "show tuning/exercise"],
    "show-all": ["show attention --all"],
    "resources": ["resources --kind article"],
    "next": ["next 3", "next --time 20m", "next --why 9 --goal tuning", "next --kind slides"],
    "open": ["open --print", "open tuning --print --archived"],
    "search": ["search attention", "search 注意力", "search xyzzy"],
    "goal": ["goal", "goal tuning", "goal --clear", "goal"],
    "plan": ["plan --hours-per-week 5", "path tuning", "path models --tree", "plan agents --know 2.3"],
    "stats": ["stats"],
    "log": ["log", "log tuning"],
    "note": ["note", "note attention/looking", "note tuning", "note tuning try_it"],
    "mark": [
        "start tuning",
        "done",
        "done attention tuning",
        "skip agents",
        "reset words",
        "reset words --on 2027-01-01",
    ],
    "review": ["review", "review tuning", "review --answer words/token y", "undo"],
    "map": ["map", "news"],
    "help": ["help", "help plan"],
    "turn": ["undo", "undo", "redo"],
    "end": ["done attention tuning agents", "", "next", "plan"],
    "doubt": [
        "done at",
        "show a",
        "done atention",
        "list 3",
        "show attention --kind film",
        "log -n none",
        "goal tunin",
    ],
}
"""The kept screens: what is typed one after the other after `BEFORE`, in a home of its own for each width."""

NEVER_KEPT = {
    "export", "export md", "export csv", "export json", "export html", "export svg", "export anki",  # files
    "import", "merge", "sync", "backup", "backup list", "backup restore", "info", "config", "config get", "config set",
    "config unset", "config edit", "curriculum", "curriculum list", "curriculum use", "curriculum new",
    "curriculum import", "curriculum validate", "curriculum schema", "validate", "version",  # paths and versions
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_a_screen_looks_as_it_is_kept(course: Home, cache: Path, tmp_path: Path, name: str, language: str) -> None:
    text = ""
    for columns in WIDTHS:
        home = Home(tmp_path / str(columns))
        home.env |= {"LLMPATH_CURRICULUM": course.env["LLMPATH_CURRICULUM"], "XDG_CACHE_HOME": str(cache)}
        for days, words in BEFORE:
            ran = at(home, NOW - timedelta(days=days), *typed(words), env={"BROWSER": "true"})
            assert ran.code == 0, ran.err
        for words in SHOWN[name]:
            screen = seen(home, *typed(words), "--lang", language, columns=columns)
            assert max(map(wcswidth, screen.lines)) <= columns
            text += f"{f' llmpath {words} '.center(columns, '=')}\n{screen.text}"
    assert text == kept(f"{name}.{language}", text)


def typed(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


def kept(name: str, text: str) -> str:
    """The screens that are kept under a name; `text` becomes them where that is asked for."""
    file = SCREENS / f"{name}.txt"
    if os.environ.get("LLMPATH_KEEP_SCREENS"):
        SCREENS.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return file.read_text("utf-8")


def test_every_command_has_a_kept_screen_and_every_kept_screen_is_looked_at() -> None:
    typed_first = {words.partition(" ")[0] for screens in SHOWN.values() for words in screens}
    assert set(COMMANDS) <= typed_first | NEVER_KEPT
    assert {file.stem for file in SCREENS.iterdir()} == {f"{name}.{tag}" for name in SHOWN for tag in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_offers_the_goals_on_a_real_terminal(home: Home, language: str) -> None:
    lines = on_terminal(home, "--lang", language, columns=80).lines
    assert len(lines) <= 24
    goals = [line.split()[2] for line in lines if line.startswith("  llmpath goal ")]
    assert goals == ["application-engineer", "fine-tuner", "researcher", "evaluator"]
    assert sum(line.startswith(("  llmpath list", "  llmpath next", "  llmpath open")) for line in lines) == 3


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Home:
    """Somebody with a note on every topic that ships, several of them under way."""
    home = Home(tmp_path_factory.mktemp("learner"))
    home.env["XDG_CACHE_HOME"] = str(compiled.parent)
    topics = [topic["id"] for topic in home.call("list", "--json").json()["topics"]]
    at(home, NOW - timedelta(days=1), "start", *topics[::3])
    at(home, NOW - timedelta(days=1), "goal", "application-engineer")
    for topic in topics:
        at(home, NOW, "note", topic, "a note on one line: why is this so?")
    return home


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_that_ships_is_shown_in_one_screen_with_a_note(learner: Home, language: str) -> None:
    for topic in learner.call("list", "--json").json()["topics"]:
        lines = seen(learner, "show", topic["id"], "--lang", language).lines
        assert len(lines) <= 35, topic["id"]
        assert any(line.startswith(f"  llmpath open {topic['id']}") for line in lines[-3:]), topic["id"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "rows"), [("", 24), ("list", 30), ("list 1", 24), ("list 2", 24), ("list 3", 24), ("help", 30)]
)
def test_what_is_looked_at_every_day_fits_a_screen(learner: Home, language: str, words: str, rows: int) -> None:
    assert len(seen(learner, *words.split(), "--lang", language).lines) <= rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_begins_with_the_eight_commands_of_every_day(home: Home, language: str) -> None:
    shown = seen(home, "--help", "--lang", language).text
    assert re.findall(r"^  ([a-z]+)  +\S", shown, re.MULTILINE)[:8] == [
        "list", "show", "next", "open", "done", "skip", "undo", "search",
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [36, 40, 50, 60])
def test_a_plan_of_the_course_fits_a_narrow_terminal_and_cuts_no_word(columns: int, home: Home) -> None:
    titles = [step["title"] for step in home.run("plan", "engineer", "--json").json()["steps"]]
    seen = on_terminal(home, "plan", "engineer", columns=columns)
    assert all(word in seen.text for title in titles for word in title.split())
    assert max(map(len, seen.lines)) <= columns
