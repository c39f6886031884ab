"""Timings of whole processes: interleaved runs, so that a busy moment hits all alike; the minimum counts, as a ratio.

The ratio is to `python -I -c pass` of the same interpreter, measured in the same run.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.support import COMMAND

EMPTY = "python -I -c pass"


class Timing(NamedTuple):
    """What one command took, in seconds of wall time: the least, the median and the greatest of its runs, and its
    exit code.
    """

    name: str
    least: float
    median: float
    greatest: float
    code: int

    def ratio(self, unit: float) -> str:
        """The least as a ratio to `unit` seconds, and after ~ the median and the greatest."""
        return f"{self.least / unit:.2f} (~{self.median / unit:.2f}, {self.greatest / unit:.2f})"


class Program(NamedTuple):
    """A command to time: its words, whether it writes to a pseudo-terminal instead of a pipe, variables of its own,
    and what is done before each run, outside the timing.
    """

    words: Sequence[str]
    on_terminal: bool = False
    env: Mapping[str, str] = MappingProxyType({})
    prepare: Callable[[], object] = tuple


def timed(programs: Mapping[str, Program], env: Mapping[str, str], folder: Path, runs: int) -> dict[str, Timing]:
    """Each program's timing, the runs of all interleaved, after one run each that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    codes: dict[str, int] = {}
    for run in range(runs + 1):
        for name, program in programs.items():
            program.prepare()
            began = time.perf_counter()
            codes[name] = _ended(program, {**env, **program.env}, folder)
            if run:
                seconds[name].append(time.perf_counter() - began)
    return {
        name: Timing(name, min(taken), sorted(taken)[len(taken) // 2], max(taken), codes[name])
        for name, taken in seconds.items()
    }


def empty_process() -> Program:
    """The interpreter that does nothing: the unit of all ratios. That of the program, where it stands beside it."""
    beside = Path(COMMAND[0]).with_name("python.exe" if sys.platform == "win32" else "python")
    return Program([str(beside) if beside.exists() else sys.executable, "-I", "-c", "pass"])


def _ended(program: Program, env: Mapping[str, str], folder: Path) -> int:
    if program.on_terminal:
        return _ended_on_terminal(program.words, env, folder)
    with subprocess.Popen(
        program.words, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        process.communicate()
        return process.returncode


def _ended_on_terminal(words: Sequence[str], env: Mapping[str, str], folder: Path) -> int:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    env = {**env, "TERM": "xterm-256color", "PAGER": "never"}  # nobody would leave the pager
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    with subprocess.Popen(
        words,
        env=env,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        try:
            while os.read(ours, 65_536):
                pass
        except OSError:  # how a pseudo-terminal says that its last writer has gone
            pass
        os.close(ours)
        return process.wait()


def peak_megabytes(words: Sequence[str], env: Mapping[str, str], folder: Path) -> float:
    """The largest resident set of a program, in MB, as the operating system counted it."""
    script = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *words], env=env, cwd=folder, capture_output=True, text=True, check=True
    )
    return int(ran.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)
