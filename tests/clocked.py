"""The program in this process, with a clock that stands where a test puts it, and the screen that it makes."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from unittest.mock import patch

from llmpath.cli.session import Session
from tests.support import Home, Ran
from tests.terminals import Seen, on_screen

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=8)))
"""When screens are kept."""


class _Tty(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def at(home: Home, now: datetime, *words: str, env: Mapping[str, str] | None = None) -> Ran:
    """Runs the program at some time."""
    with patch("llmpath.cli.run.Session", partial(Session, now=lambda: now)):
        return home.call(*words, env=env)


def seen(home: Home, *words: str, columns: int = 80, now: datetime = NOW, env: Mapping[str, str] | None = None) -> Seen:
    """What a terminal of some width shows at some time, standard error first. Much quicker than `on_terminal`."""
    environ = {"TERM": "xterm-256color", "LLMPATH_PAGER": "never", "COLUMNS": str(columns), **(env or {})}
    with patch("tests.support.io.TextIOWrapper", _Tty):
        ran = at(home, now, *words, env=environ)
    return on_screen(ran.code, (ran.err + ran.out).replace("\n", "\r\n").encode(), columns)
