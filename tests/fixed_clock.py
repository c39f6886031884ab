"""The program with a clock that stands still: `python -m tests.fixed_clock WORDS`. So kept screens hold on any day.

The variable CLOCK says where it stands.
"""

import os
from datetime import datetime
from functools import partial
from unittest.mock import patch

from llmpath.__main__ import entry
from llmpath.cli.session import Session

NOW = datetime.fromisoformat(os.environ.get("CLOCK", "2026-11-21T20:00:00+08:00"))

if __name__ == "__main__":
    with patch("llmpath.cli.run.Session", partial(Session, now=lambda: NOW)):
        entry()
