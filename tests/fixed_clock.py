"""The program with a clock that stands still: `python -m tests.fixed_clock WORDS`. So kept screens hold on any day."""

from datetime import datetime, timedelta, timezone
from functools import partial
from unittest.mock import patch

from llmpath.__main__ import entry
from llmpath.cli.session import Session

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=8)))

if __name__ == "__main__":
    with patch("llmpath.cli.run.Session", partial(Session, now=lambda: NOW)):
        entry()
