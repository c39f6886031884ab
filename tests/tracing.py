"""What a process asks of the system, and faults put in its way: strace, on Linux.

A call is found in a recorded run by its name and number, so that the same run can be killed or made to fail right
there. What strace says of a fault tells which call it hit.
"""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import COMMAND, Home, Ran

NAMES = ("openat", "write", "fchmod", "fsync", "close", "flock", "rename", "unlink", "mkdir")
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES")
KILL = "signal=KILL"
KILLED = (-9, 137)
INTERRUPT = "signal=INT"
QUICK = "--seccomp-bpf"
"""The process is stopped only at calls of interest; signals are not injected then."""

_LINE = re.compile(r"^(?:\d+ +)?(?P<name>\w+)\((?P<rest>.*)$")
_PASSING = (re.compile(r"\.[0-9a-f]+\.tmp"), re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d"))
"""What differs from run to run in names of files: process ids and times."""


class Call(NamedTuple):
    """One call: `number` counts the calls of that name in the process, from 1; `text` is what strace says of it."""

    name: str
    number: int
    text: str

    def touches(self, folder: Path) -> bool:
        """Whether the call names something in the folder, or has it open."""
        return any(f"{mark[0]}{folder}{end}" in self.text for mark in ('""', "<>") for end in ("/", mark[1]))

    def asks_as(self, other: "Call") -> bool:
        """Whether both ask the same, process ids and times in names of files and what came of it aside."""
        return self[:2] == other[:2] and _lasting(self.text) == _lasting(other.text)


def _lasting(text: str) -> str:
    for passing in _PASSING:
        text = passing.sub("", text)
    asked = re.split(r"\) += |\)? +<unfinished", text)[0]
    return re.sub(r', ".*"\.*, \d+$', "", asked)  # what is written holds times, too


@cache
def _is_usable() -> bool:
    if shutil.which("strace") is None:
        return False
    ran = subprocess.run(["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return ran.returncode == 0


def need_strace() -> None:
    """Skips a test where strace is missing or may not look into processes."""
    if not _is_usable():
        pytest.skip("strace is missing or may not trace here: no faults of the system can be injected")


def traced(home: Home, *words: str) -> list[Call]:
    """Runs the program to its end and returns the calls it made that have to do with files, in order."""
    ran, calls = _strace(home, words, QUICK, "-e", f"trace={','.join(NAMES)}")
    assert ran.code == 0, ran.err
    return calls


def injected(home: Home, call: Call, fault: str, *words: str) -> tuple[Ran, Call]:
    """Runs the program with a fault (`error=EIO`, `signal=KILL`) at one call; returns the call that was hit, too."""
    tampering = f"inject={call.name}:{fault}:when={call.number}"
    quickly = () if fault.startswith("signal") else (QUICK,)
    ran, calls = _strace(home, words, *quickly, "-e", f"trace={call.name}", "-e", tampering)
    hits = [found for found in calls if found.text.endswith(("(INJECTED)", "= ?"))]
    if fault == INTERRUPT:  # the call itself does what it would have done, and strace does not mark it
        hits = calls[call.number - 1 : call.number]
    assert len(hits) == 1, (call, fault, calls)
    return ran, hits[0]


def _strace(home: Home, words: tuple[str, ...], *options: str) -> tuple[Ran, list[Call]]:
    output = home.folder / "strace.txt"
    ran = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-e", "signal=none", "-o", output, *options, *COMMAND, *words],
        cwd=home.work,
        env={**home.env, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    counts: dict[str, int] = {}
    calls: list[Call] = []
    for line in output.read_text(errors="replace").splitlines():
        if match := _LINE.match(line):
            name = match["name"]
            counts[name] = counts.get(name, 0) + 1
            calls.append(Call(name, counts[name], match["rest"]))
    return Ran(ran.returncode, ran.stdout, ran.stderr), calls
