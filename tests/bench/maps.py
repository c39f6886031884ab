"""What the map costs: the page and the picture of the shipped course and of one of 2,000 topics, in bytes and time."""

from pathlib import Path

from tests.bench.measuring import Program, timed
from tests.generated import write_curriculum
from tests.support import COMMAND, Home

BOUNDS = {"shipped": (1.0, 600_000), "2,000 topics": (3.0, None)}
"""For each course the seconds that a form may take, and the bytes that the page may have."""


def maps_table(folder: Path, runs: int) -> list[str]:
    """A line for each course and form: how large it is, and how long it takes from the start of the process on."""
    home = Home(folder / "home")
    courses = {"shipped": {}, "2,000 topics": {"LLMPATH_CURRICULUM": str(write_curriculum(folder / "course", 2_000))}}
    programs: dict[tuple[str, str], Program] = {}
    sizes: dict[tuple[str, str], int] = {}
    for course, env in courses.items():
        home.run("list", env=env, seconds=600)  # what is compiled once is not the map's
        for form, words in (("map", ["map"]), ("page", ["export", "html"]), ("picture", ["export", "svg"])):
            programs[course, form] = Program([*COMMAND, *words], env=env)
            sizes[course, form] = len(home.run(*words, env=env).out.encode())
    timings = timed({f"{course} {form}": each for (course, form), each in programs.items()}, home.env, home.work, runs)
    lines: list[str] = []
    for course, form in programs:
        seconds, bytes_allowed = BOUNDS[course]
        least, size = timings[f"{course} {form}"].least, sizes[course, form]
        too_large = form == "page" and bytes_allowed is not None and size > bytes_allowed
        verdict = "   TOO SLOW" if least > seconds else "   TOO LARGE" if too_large else ""
        lines.append(f"{course:<14}{form:<10}{size / 1000:>10.0f} kB{least * 1000:>8.0f} ms{verdict}")
    return lines
