"""A pseudo-terminal of any width, and what a person sees on it."""

import os
import struct
import subprocess
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyte
import pytest

from tests.support import COMMAND, Home

ROWS = 120
"""More than any screen has, so that nothing scrolls away."""


class Seen(NamedTuple):
    """What a process left on a terminal: the screen's lines without empty ones at the end, and the bytes behind it."""

    code: int
    lines: list[str]
    raw: bytes

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "".join(f"{line}\n" for line in self.lines)


def on_terminal(
    home: Home,
    *words: str,
    columns: int = 80,
    env: Mapping[str, str] | None = None,
    typed: str = "",
    command: Sequence[str] = COMMAND,
    seconds: int = 60,
) -> Seen:
    """Runs the program on a terminal of some width; `typed` is what the person types. Skips without terminals."""
    pty = pytest.importorskip("pty", reason="this platform has no pseudo-terminals")
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
    environ = {**home.env, "TERM": "xterm-256color", "LLMPATH_PAGER": "never", **(env or {})}
    process = subprocess.Popen(
        [*command, *words],
        cwd=home.work,
        env=environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    raw = _all_of(ours)
    os.close(ours)
    screen = pyte.Screen(columns, ROWS)
    pyte.ByteStream(screen).feed(raw)
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return Seen(process.wait(seconds), lines, raw)


def _all_of(descriptor: int) -> bytes:
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(descriptor, 65_536)
        except OSError:  # so Linux says that nobody writes any more
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)
