"""How the cost of an answer grows with the curriculum: made-up courses of 1, 10 and 100 times the shipped size."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

from tests.bench.measuring import EMPTY, Program, Timing, empty_process, timed
from tests.generated import RESOURCES, write_curriculum
from tests.support import COMMAND, Home

SIZES = (20, 200, 2_000)
BOUND_SECONDS = 1.0
"""What the largest must stay well below."""


ENTRIES = (100, 5_000)
RECALLS = 10_000
BOUNDS = {"next": 9, "done": 12, "next and recalls": 14}
"""How many times an empty process each may take with the most entries, and with so many recalls beside them."""

QUESTIONS = {
    "next": ["next"],
    "path GOAL": ["path", "topic-{size}"],
    "search WORD": ["search", "gradient"],
    "search WROD": ["search", "gradeint descnt"],
    "search 梯度": ["search", "梯度"],
}
"""What is asked: for the longest way there is, for a word as it is written, misspelt, and in Chinese."""


def growth_table(folder: Path, runs: int, sizes: Sequence[int] = SIZES) -> list[str]:
    """What each question takes at each size, compiled beforehand; and how many times as much as one size before."""
    home = Home(folder / "home")
    timings = [_timings(home, write_curriculum(folder / f"course-{size}", size), size, runs) for size in sizes]
    unit = min(each[EMPTY].least for each in timings)
    lines = [
        f"unit: {EMPTY}, {unit * 1000:.1f} ms; bound at {sizes[-1]} topics: {BOUND_SECONDS:.1f} s",
        "".join([f"{'topics / resources':<20}", *(f"{f'{size} / {size * RESOURCES}':>22}" for size in sizes)]),
    ]
    for name in QUESTIONS:
        least = [each[name].least for each in timings]
        cells = [f"{each[name].ratio(unit):>22}" for each in timings]
        grown = " ".join(f"x{after / before:.1f}" for before, after in pairwise(least))
        verdict = "" if least[-1] < BOUND_SECONDS else "   TOO SLOW"
        lines.append(f"{name:<20}{''.join(cells)}   {grown}{verdict}")
    return lines


def entries_table(folder: Path, runs: int) -> list[str]:
    """What `next` and `done` take with a short log and with a long one, as ratios to an empty process."""
    programs: dict[str, Program] = {EMPTY: empty_process()}
    for count in ENTRIES:
        home = _home_with(folder / f"home-{count}", count)
        saved = home.progress.read_bytes()

        def put_back(path: Path = home.progress, content: bytes = saved) -> None:
            path.write_bytes(content)

        programs[f"next, {count} entries"] = Program([*COMMAND, "next"], env=home.env)
        programs[f"done, {count} entries"] = Program([*COMMAND, "done", "rag"], env=home.env, prepare=put_back)
    reviewed = _home_with(folder / "reviewed", ENTRIES[-1], RECALLS)
    programs[f"next and recalls, {RECALLS} of them"] = Program([*COMMAND, "next"], env=reviewed.env)
    timings = timed(programs, reviewed.env, reviewed.work, runs)
    unit = timings[EMPTY].least
    return [_entries_line(timings[name], unit) for name in programs if name != EMPTY]


def _entries_line(timing: Timing, unit: float) -> str:
    name = timing.name
    bound = BOUNDS[name.partition(",")[0]] if not name.endswith(f", {ENTRIES[0]} entries") else 0
    verdict = f"   bound {bound}{'   TOO SLOW' if timing.least > bound * unit else ''}" if bound else ""
    return f"{name:<34}{timing.least * 1000:>6.0f} ms   x{timing.ratio(unit)}{verdict}"


def _home_with(folder: Path, entries: int, recalls: int = 0) -> Home:
    """A home with so many entries about the shipped curriculum, compiled, and so many recalls."""
    home = Home(folder)
    ids = [resource["id"] for resource in home.run("resources", "--json", seconds=600).json()["resources"]]
    verbs = ("open", "done", "start", "note", "open")
    home.write_progress("schema = 2\n" + "".join(_entry(n, verbs[n % 5], ids[n % len(ids)]) for n in range(entries)))
    if recalls:
        path = home.progress.with_name("reviews.toml")
        path.write_text("schema = 2\n" + "".join(_entry(n, "recall", ids[n % 300]) for n in range(recalls)), "utf-8")
    return home


def _entry(number: int, verb: str, item: str) -> str:
    at = datetime(2024, 1, 1, 8, tzinfo=timezone(timedelta(hours=8))) + timedelta(hours=number / 2)
    beside = {"note": f'text = "note {number}"\n', "recall": 'grade = "yes"\ndue = 2026-12-01\n'}.get(verb, "")
    return f'\n[[log]]\nat = {at.isoformat(" ", "milliseconds")}\n{verb} = ["{item}"]\n{beside}'


def _timings(home: Home, course: Path, size: int, runs: int) -> dict[str, Timing]:
    """The timings of all questions about one course, and of the empty process. Raises `RuntimeError` for a failure."""
    env = {**home.env, "LLMPATH_CURRICULUM": str(course)}
    compiled = home.run("list", env=env, seconds=600)
    questions = {
        name: Program([*COMMAND, *(word.format(size=size) for word in words)]) for name, words in QUESTIONS.items()
    }
    timings = timed({EMPTY: empty_process(), **questions}, env, home.work, runs)
    failed = [timing.name for timing in timings.values() if timing.code]
    if compiled.code or failed:
        raise RuntimeError(compiled.err or f"ended with an error: {', '.join(failed)}")
    return timings
