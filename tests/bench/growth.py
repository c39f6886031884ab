"""How the cost of an answer grows with the curriculum: made-up courses of 1, 10 and 100 times the shipped size."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import tomli

from tests.bench.measuring import EMPTY, Program, Timing, empty_process, timed
from tests.generated import RESOURCES, write_curriculum
from tests.support import COMMAND, Home

SIZES = (20, 200, 2_000)
BOUND_SECONDS = 1.0
"""What the largest must stay well below."""


RECORDS = ((20, 100), (20, 5_000), (200, 5_000))
"""Topics and records of progress with which `next` is asked; the last is to take at most three times the first."""

_RECORD = """
[items."{key}"]
state = "done"
on = 2026-10-{day:02}
at = 2026-10-{day:02} 20:00:00.123000+00:00
"""

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
        cells = [f"{f'{seconds * 1000:.0f} ms ({seconds / unit:.1f})':>22}" for seconds in least]
        grown = " ".join(f"x{after / before:.1f}" for before, after in pairwise(least))
        verdict = "" if least[-1] < BOUND_SECONDS else "   TOO SLOW"
        lines.append(f"{name:<20}{''.join(cells)}   {grown}{verdict}")
    return lines


def records_table(folder: Path, runs: int) -> list[str]:
    """What `next` takes with a little progress and with a lot, and how many times as much; in one interleaved run.

    Last, with the most of both, where the file has to be parsed each time, as after a change from elsewhere.
    """
    homes = {_named(*size): _home_with(folder / f"home-{size[0]}-{size[1]}", *size) for size in RECORDS}
    forgetful = _home_with(folder / "forgetful", *RECORDS[-1])
    (forgetful.cache / "progress.tsv").mkdir()
    homes[f"{_named(*RECORDS[-1])}, parsed"] = forgetful
    programs = {name: Program([*COMMAND, "next"], env=home.env) for name, home in homes.items()}
    first = next(iter(homes.values()))
    timings = timed(programs, first.env, first.work, runs)
    least = [timings[name].least for name in programs]
    return [
        f"{name:<42}{seconds * 1000:>6.0f} ms   x{seconds / least[0]:.2f}"
        for name, seconds in zip(programs, least, strict=True)
    ]


def _named(topics: int, records: int) -> str:
    return f"next: {topics} topics, {records} records"


def _home_with(folder: Path, topics: int, records: int) -> Home:
    """A home with a made-up course, compiled, and so many records, some of another course if it has fewer items."""
    home = Home(folder)
    course = write_curriculum(folder / "course", topics)
    home.env["LLMPATH_CURRICULUM"] = str(course)
    exported = home.run("export", "json", seconds=600).json()
    name = tomli.loads((course / "curriculum.toml").read_text("utf-8"))["id"]
    own = [f"{name}/{resource['id']}" for topic in exported["topics"] for resource in topic["resources"]]
    keys = [*own, *(f"another-course/resource-{number}" for number in range(records))][:records]
    home.write_progress("schema = 1\n" + "".join(_RECORD.format(key=key, day=n % 28 + 1) for n, key in enumerate(keys)))
    return home


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
