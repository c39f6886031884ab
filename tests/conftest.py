"""Fixtures: a home of one's own for whole processes."""

from pathlib import Path

import pytest

from tests.support import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing has happened yet."""
    return Home(tmp_path / "home")
