"""A pseudo-terminal of any width, and what a person sees on it."""

import os
import select
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
    ours, process = _started(home, [*command, *words], columns, env)
    os.write(ours, typed.encode())
    raw = b""
    while part := _part_of(ours):
        raw += part
    os.close(ours)
    return on_screen(process.wait(seconds), raw, columns)


def _started(
    home: Home, command: Sequence[str], columns: int, env: Mapping[str, str] | None
) -> "tuple[int, subprocess.Popen[bytes]]":
    """Our end of the terminal, and the process at the other."""
    pty = pytest.importorskip("pty", reason="this platform has no pseudo-terminals")
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
    process = subprocess.Popen(
        command,
        cwd=home.work,
        env={**home.env, "TERM": "xterm-256color", "LLMPATH_PAGER": "never", **(env or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    return ours, process


def on_screen(code: int, raw: bytes, columns: int) -> Seen:
    """What a terminal of some width shows of these bytes."""
    screen = pyte.Screen(columns, ROWS)
    pyte.ByteStream(screen).feed(raw)
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return Seen(code, lines, raw)


def _part_of(descriptor: int) -> bytes:
    assert select.select([descriptor], [], [], 60)[0], "nothing is shown any more, and it has not ended"
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # so Linux says that nobody writes any more
        return b""


class Sitting:
    """A person at a terminal: waits for what the program shows, types, and in the end reads the screen."""

    def __init__(
        self,
        home: Home,
        *words: str,
        columns: int = 80,
        env: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._ours, self._process = _started(home, [*command, *words], columns, env)
        self._columns = columns
        self._raw = b""
        self._seen = 0

    def wait(self, text: str) -> None:
        """Waits until a text is shown behind what was waited for before. Fails where it never is."""
        while (found := self._raw.find(text.encode(), self._seen)) < 0:
            part = _part_of(self._ours)
            assert part, f"ended without: {text}\n{self._raw.decode()}"
            self._raw += part
        self._seen = found + len(text.encode())

    def type(self, keys: str, after: str) -> None:
        """Types, once a text is shown."""
        self.wait(after)
        os.write(self._ours, keys.encode())

    def end(self, number: int | None = None) -> Seen:
        """What is on the screen at the end, which a signal of this `number` brings about, or the program itself."""
        if number is not None:
            self._process.send_signal(number)
        while part := _part_of(self._ours):
            self._raw += part
        os.close(self._ours)
        return on_screen(self._process.wait(60), self._raw, self._columns)
