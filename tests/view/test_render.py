"""Every result of a command has a screen that takes it."""

import inspect
import pkgutil
from importlib import import_module
from typing import Any

import pytest

from llmpath.view import results
from llmpath.view.screens import screen_of


def shown_of(module: str) -> list[type[Any]]:
    """The results of a module: what commands return has a kind, and what it is made of has none."""
    name = f"llmpath.view.results.{module}"
    own = [each for each in vars(import_module(name)).values() if isinstance(each, type) and each.__module__ == name]
    return [each for each in own if "kind" in getattr(each, "_field_defaults", {})]


RESULTS = [result for module in pkgutil.iter_modules(results.__path__) for result in shown_of(module.name)]


@pytest.mark.parametrize("result", RESULTS, ids=[result.__name__ for result in RESULTS])
def test_a_screen_takes_the_result_that_it_shows(result: type[Any]) -> None:
    annotated = next(iter(inspect.get_annotations(screen_of(result)).values()))
    assert getattr(annotated, "__name__", str(annotated).rpartition(".")[2]) == result.__name__
