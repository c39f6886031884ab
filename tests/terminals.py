"""A pseudo-terminal of any width, and what a person sees on it; quicker, a stream that takes itself for one."""

import io
import os
import struct
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import NamedTuple
from unittest.mock import patch

import pyte
import pytest

from llmpath.cli.session import Session
from tests.support import COMMAND, Home, Ran

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=8)))
"""When kept screens are made."""

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
    return Seen(process.wait(seconds), _lines(raw, columns), raw)


class _Tty(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def at(home: Home, now: datetime, *words: str, env: Mapping[str, str] | None = None) -> Ran:
    """Runs the program in this process with a clock that stands still."""
    with patch("llmpath.cli.run.Session", partial(Session, now=lambda: now)):
        return home.call(*words, env=env)


def seen(home: Home, *words: str, columns: int = 80, now: datetime = NOW, env: Mapping[str, str] | None = None) -> Seen:
    """What a terminal of some width shows, standard error first, of the program run in this process at some time."""
    environ = {"TERM": "xterm-256color", "LLMPATH_PAGER": "never", "COLUMNS": str(columns), **(env or {})}
    with patch("tests.support.io.TextIOWrapper", _Tty):
        ran = at(home, now, *words, env=environ)
    raw = (ran.err + ran.out).replace("\n", "\r\n").encode()
    return Seen(ran.code, _lines(raw, columns), raw)


def _lines(raw: bytes, columns: int) -> list[str]:
    screen = pyte.Screen(columns, ROWS)
    pyte.ByteStream(screen).feed(raw)
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return lines


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
