"""What a person sees: screens at several widths and in several languages, compared with the kept ones.

After a change that is meant: LLMPATH_KEEP_SCREENS=1 pytest tests/test_screens.py, and read the difference.
"""

import os
import sys
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.support import Home
from tests.terminals import on_terminal

SCREENS = Path(__file__).parent / "screens"
CHECKOUT = str(Path(__file__).parents[2])
COMMAND = [sys.executable, "-m", "tests.fixed_clock"]
PROGRESS = """\
schema = 1

[items."small/numbers"]
state = "skipped"
on = 2026-11-01
at = 2026-11-01 10:00:00.000000+00:00

[items."small/words"]
state = "done"
on = 2026-11-12
at = 2026-11-12 10:00:00.000000+00:00
note = "read the last chapter again"

[items."small/attention/drawing"]
state = "done"
on = 2026-11-20
at = 2026-11-20 10:00:00.000000+00:00

[items."small/attention/heads"]
state = "doing"
on = 2026-11-21
at = 2026-11-21 10:00:00.000000+00:00
note = "ask: why eight?"

[goals."small"]
item = "agents"
at = 2026-11-12 11:00:00.000000+00:00
"""

WORDS = {
    "dashboard": "",
    "list": "list",
    "show": "show attention",
    "show-concept": "show heads",
    "show-resource": "show attention/looking",
    "resources": "resources --kind article",
    "next": "next 3",
    "path": "path tuning",
    "tree": "path models --tree",
    "plan": "plan --hours-per-week 5",
    "search": "search 注意力",
    "stats": "stats",
    "log": "log",
    "done": "done attention/looking tuning",
    "undone": "undo",
    "ambiguous": "show a",
    "help": "done --help",
}
EVERYWHERE = [
    (name, language, columns)
    for name in ("dashboard", "list", "show", "stats")
    for language in ("en", "zh-Hans")
    for columns in (40, 80, 140)
]
SOMEWHERE = [
    ("show-concept", "en", 80),
    ("show-resource", "en", 40),
    ("show-resource", "zh-Hans", 80),
    ("resources", "zh-Hant", 80),
    ("next", "en", 80),
    ("next", "zh-Hans", 40),
    ("path", "en", 40),
    ("tree", "zh-Hans", 80),
    ("plan", "en", 140),
    ("plan", "zh-Hant", 80),
    ("search", "en", 80),
    ("search", "zh-Hans", 40),
    ("log", "en", 80),
    ("log", "zh-Hans", 40),
    ("done", "en", 80),
    ("done", "zh-Hans", 40),
    ("undone", "en", 80),
    ("ambiguous", "en", 80),
    ("help", "zh-Hans", 80),
    ("help", "en", 40),
]


def kept(name: str, text: str) -> str:
    """The screen that is kept under a name; `text` becomes it where that is asked for."""
    file = SCREENS / f"{name}.txt"
    if os.environ.get("LLMPATH_KEEP_SCREENS"):
        SCREENS.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return file.read_text("utf-8")


def screen(home: Home, name: str, language: str, columns: int) -> str:
    env = {"PYTHONPATH": CHECKOUT, "TERM_PROGRAM": "WezTerm"}
    seen = on_terminal(home, "--lang", language, *WORDS[name].split(), columns=columns, env=env, command=COMMAND)
    assert seen.code == (3 if name == "ambiguous" else 0)
    assert max(map(wcswidth, seen.lines)) <= columns
    return seen.text


@pytest.mark.parametrize(("name", "language", "columns"), [*EVERYWHERE, *SOMEWHERE])
def test_a_screen_looks_as_it_is_kept(course: Home, name: str, language: str, columns: int) -> None:
    course.write_progress(PROGRESS)
    if name == "undone":
        screen(course, "done", language, columns)
    text = screen(course, name, language, columns)
    assert text == kept(f"{name}.{language}.{columns}", text)


@pytest.mark.parametrize(("language", "columns"), [("en", 80), ("zh-Hans", 40), ("zh-Hant", 80)])
def test_the_first_screen_of_all_looks_as_it_is_kept(course: Home, language: str, columns: int) -> None:
    text = screen(course, "dashboard", language, columns)
    assert text == kept(f"welcome.{language}.{columns}", text)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_first_screen_has_five_lines_on_a_terminal_of_80_columns(home: Home, language: str) -> None:
    lines = on_terminal(home, "--lang", language).lines
    assert len(lines) == 5
    assert "llmpath skip fundamentals" in lines[-1]


def test_every_kept_screen_is_looked_at() -> None:
    wanted = {f"{name}.{language}.{columns}.txt" for name, language, columns in [*EVERYWHERE, *SOMEWHERE]}
    wanted |= {"welcome.en.80.txt", "welcome.zh-Hans.40.txt", "welcome.zh-Hant.80.txt"}
    assert {file.name for file in SCREENS.iterdir()} == wanted
