"""What a start costs: the daily commands in a pipe and on a terminal, beside other programs of their kind."""

import json
import shutil
import sys
from pathlib import Path

from llmpath.cli.completion import ASKING, WORDS
from tests.bench.measuring import EMPTY, Program, empty_process, peak_megabytes, timed
from tests.support import COMMAND, Home

RECORDS = 100
LISTED = 400
BOUNDS = {
    "list": (3.5, 6.5),
    "show quantization": (3.5, 6.5),
    "next": (3.5, 6.5),
    "done rag": (5.0, 13.0),
    "list --json": (7.0, 11.0),
    "show quantization --json": (7.0, 11.0),
    "next --json": (7.0, 11.0),
    "next --why": (8.0, 11.0),
    "--help": (8.0, None),
}
"""The ratios that we want to keep to: in a pipe, on a terminal."""
TAB = "one TAB: show quan"
TAB_BOUND = 1.2


def prepared(folder: Path) -> Home:
    """A home with a hundred entries of progress, everything compiled."""
    home = Home(folder)
    index = home.run("list", "--json").json()
    topics = [topic["id"] for topic in index["topics"]]
    addresses = [
        entry["id"]
        for topic in topics
        for entry in home.run("show", topic, "--json").json()["topic"]["resources"]
        if topic != "rag"
    ][:RECORDS]
    rows = (
        f'\n[[log]]\nat = 2026-11-{n % 28 + 1:02} 20:00:00.{n:03}+00:00\ndone = ["{address}"]\n'
        for n, address in enumerate(addresses)
    )
    home.write_progress("schema = 2\n" + "".join(rows))
    home.run("list")
    return home


def commands_table(home: Home, runs: int) -> list[str]:
    """The daily commands: ratio and spread in a pipe and on a terminal, with the bound of each."""
    untouched = home.progress.read_bytes()
    programs = {EMPTY: empty_process(), TAB: Program(COMMAND, env=tab_environment())}
    for name, (_, on_terminal) in BOUNDS.items():
        words = [*COMMAND, *name.split()]
        programs[name] = Program(words, prepare=lambda: home.progress.write_bytes(untouched))
        if sys.platform != "win32" and on_terminal is not None:
            programs[f"{name} | terminal"] = programs[name]._replace(on_terminal=True)
    timings = timed(programs, home.env, home.work, runs)
    unit = timings[EMPTY].least
    lines = [
        f"unit: {EMPTY}, {unit * 1000:.1f} ms",
        f"{'':<28}{'in a pipe':>20}{'bound':>7}{'on a terminal':>22}{'bound':>7}",
    ]
    for name, (in_pipe, on_terminal) in BOUNDS.items():
        other = timings.get(f"{name} | terminal")
        line = f"{name:<28}{timings[name].ratio(unit):>20}{in_pipe:>7}"
        lines.append(line + (f"{other.ratio(unit):>22}{on_terminal:>7}" if other else ""))
    return [*lines, f"{TAB:<28}{timings[TAB].ratio(unit):>20}{TAB_BOUND:>7}"]


def tab_environment() -> dict[str, str]:
    """What bash sets when somebody presses TAB after `llmpath show quan`."""
    return {ASKING: "bash", WORDS: "llmpath\nshow\nquan"}


def memory_line(home: Home) -> str:
    """The peak memory of `next`."""
    return f"peak memory of next: {peak_megabytes([*COMMAND, 'next'], home.env, home.work):.1f} MB (bound: 40)"


def peers_table(home: Home, folder: Path, runs: int) -> list[str]:
    """Listing 400 items, beside the programs of this kind that are installed, all interleaved."""
    programs = {EMPTY: empty_process(), "llmpath resources": Program([*COMMAND, "resources"])}
    programs |= {"llmpath list": Program([*COMMAND, "list"])} | _peers(home, folder)
    timings = timed(programs, home.env, home.work, runs)
    unit = timings[EMPTY].least
    rows = sorted(timings.values(), key=lambda timing: timing.least)
    failed = [f"{timing.name} ended with {timing.code} and is left out" for timing in rows if timing.code]
    return [f"{timing.name:<28}{timing.ratio(unit):>20}" for timing in rows if not timing.code] + failed


def _peers(home: Home, folder: Path) -> dict[str, Program]:
    """Those of the known programs that are on the PATH, each with 400 items of its own."""
    found: dict[str, Program] = {}
    where = {name: shutil.which(name, path=home.env["PATH"]) for name in ("task", "todo-txt", "buku", "jrnl", "watson")}
    items = [f"item {n} about large language models" for n in range(LISTED)]
    if program := where["todo-txt"]:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "todo.txt").write_text("\n".join(items) + "\n", "utf-8")
        (folder / "todo.cfg").write_text(
            f'export TODO_DIR="{folder}"\nexport TODO_FILE="$TODO_DIR/todo.txt"\n', "utf-8"
        )
        found["todo.txt-cli ls"] = Program([program, "-d", str(folder / "todo.cfg"), "ls"])
    if program := where["task"]:
        (folder / "tasks.json").write_text(
            json.dumps([{"description": item, "status": "pending"} for item in items]), "utf-8"
        )
        (folder / "taskrc").write_text(f"data.location={folder / 'task'}\nconfirmation=off\nverbose=nothing\n", "utf-8")
        (folder / "task").mkdir(exist_ok=True)
        _run(home, program, f"rc:{folder / 'taskrc'}", "import", str(folder / "tasks.json"))
        found["taskwarrior list"] = Program([program, f"rc:{folder / 'taskrc'}", "list"])
    if program := where["jrnl"]:
        config = home.folder / "config" / "jrnl"
        config.mkdir(parents=True, exist_ok=True)
        entries = "\n\n".join(f"[2026-01-01 09:{n % 60:02}:00 AM] {item}" for n, item in enumerate(items))
        (folder / "journal.txt").write_text(entries + "\n", "utf-8")
        (config / "jrnl.yaml").write_text(_JRNL.format(journal=folder / "journal.txt"), "utf-8")
        found["jrnl -n 400"] = Program([program, "-n", str(LISTED), "--short"])
    if program := where["watson"]:
        frames = [
            [1_700_000_000 + n * 100, 1_700_000_050 + n * 100, item, f"{n:032x}", [], 1_700_000_000]
            for n, item in enumerate(items)
        ]
        (folder / "watson").mkdir(parents=True, exist_ok=True)
        (folder / "watson" / "frames").write_text(json.dumps(frames), "utf-8")
        home.env["WATSON_DIR"] = str(folder / "watson")
        found["watson log"] = Program([program, "log", "--all", "--no-pager"])
    if program := where["buku"]:
        bookmarks = "".join(f'<DT><A HREF="https://example.org/{n}">{item}</A>\n' for n, item in enumerate(items))
        (folder / "bookmarks.html").write_text(
            f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>\n{bookmarks}</DL>\n", "utf-8"
        )
        _run(home, program, "--offline", "--tacit", "--nostdin", "--import", str(folder / "bookmarks.html"))
        found["buku --print"] = Program([program, "--np", "--nostdin", "--print"])
    return found


_JRNL = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals:
  default: {{journal: {journal}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: v4.2
"""


def _run(home: Home, *words: str) -> None:
    import subprocess

    subprocess.run(words, env=home.env, cwd=home.work, input="y\n" * 10, text=True, capture_output=True, check=False)
