"""What the program costs, printed anew on any machine: `python -m tests.bench.benchmark [--short] [PART...]`.

Parts: start (the daily commands), memory, imports, peers (other programs of this kind, where they are installed),
growth (made-up curricula of up to 100 times the shipped size), maps (the map's page and
picture, in bytes and time). Figures are ratios to `python -I -c pass`: the least of
interleaved runs and, after ~, their median and the greatest. Nothing fails here on a time. LLMPATH_TEST_COMMAND names
an installed program to measure; without it, it is the package of this interpreter, started as a module, which takes
longer.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.bench.growth import entries_table, growth_table
from tests.bench.maps import maps_table
from tests.bench.measuring import empty_process
from tests.bench.startup import commands_table, memory_line, peers_table, prepared
from tests.support import COMMAND, Home

PARTS = ("start", "memory", "imports", "peers", "growth", "maps")
RUNS = {"start": 25, "peers": 15, "growth": 5, "maps": 5}
ENTRY = "from llmpath.__main__ import entry; entry()"
PROFILED = ("list", "show quantization", "next", "done python", "list --json")


def imports_table(home: Home) -> list[str]:
    """For each command how many modules it imports, and the ten that take longest, in microseconds of their own."""
    lines: list[str] = []
    for words in PROFILED:
        home.run(*words.split())  # what is compiled once is not this command's
        ran = subprocess.run(
            [empty_process().words[0], "-X", "importtime", "-c", ENTRY, *words.split()],
            cwd=home.work,
            env=home.env,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        rows = [line.removeprefix("import time:").split("|") for line in ran.stderr.splitlines() if "|" in line][1:]
        slowest = sorted(((int(own), name.strip()) for own, _, name in rows), reverse=True)[:10]
        lines.append(f"{words}: {len(rows)} modules; " + ", ".join(f"{name} {own}" for own, name in slowest))
    return lines


def main() -> None:
    """Prints the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--short", action="store_true", help="few runs, and no growth unless it is asked for")
    asked = parser.parse_args()
    parts = asked.parts or [part for part in PARTS if not (asked.short and part in ("growth", "maps"))]
    runs = {part: 3 if asked.short else count for part, count in RUNS.items()}
    today = date.today()  # noqa: DTZ011 - the local day is meant
    _say(f"{today}, {platform.machine()}, CPython {platform.python_version()}: {' '.join(COMMAND)}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        home = prepared(folder / "home")
        tables = {
            "start": lambda: commands_table(home, runs["start"]),
            "memory": lambda: [memory_line(home)],
            "imports": lambda: imports_table(home),
            "peers": lambda: peers_table(home, folder / "peers", runs["peers"]),
            "growth": lambda: [
                *growth_table(folder / "growth", runs["growth"]),
                *entries_table(folder / "records", runs["start"]),
            ],
            "maps": lambda: maps_table(folder / "maps", runs["maps"]),
        }
        for part in parts:
            _say(f"\n{part}")
            for line in tables[part]():
                _say(line)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
