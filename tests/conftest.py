"""Fixtures: a home of one's own for whole processes."""

from compileall import compile_dir
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import settings

import llmpath
from tests.support import SMALL, Home

settings.register_profile("no time limit", deadline=None)  # how long an example takes says more of the machine
settings.load_profile("no time limit")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the program once: whole processes are started by the hundred, and where PYTHONDONTWRITEBYTECODE is set
    each would do it anew."""
    if not hasattr(config, "workerinput"):
        compile_dir(Path(llmpath.__file__).parent, quiet=2)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the shipped curriculum, compiled once for all homes; an installed wheel makes none."""
    first = Home(tmp_path_factory.mktemp("first"))
    assert first.run("list").code == 0
    return first.cache


@pytest.fixture
def home(tmp_path: Path, compiled: Path) -> Home:
    """A home in which nothing has happened yet, but that the curriculum is compiled."""
    new = Home(tmp_path / "home")
    if compiled.exists():
        copytree(compiled, new.cache)
    return new


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that many homes share, so that a curriculum is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def course(home: Home, cache: Path) -> Home:
    """A home in which nothing has happened yet, with the curriculum `small` in use."""
    home.env |= {"LLMPATH_CURRICULUM": str(SMALL), "XDG_CACHE_HOME": str(cache)}
    return home
