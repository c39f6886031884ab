"""Every result has somebody who shows it, in the room of its own name."""

import inspect
import pkgutil
from importlib import import_module
from typing import Any

import pytest

from llmpath.view import results
from llmpath.view.screens import FUNCTIONS

ROOMS = [module.name for module in pkgutil.iter_modules(results.__path__)]


def shown_of(room: str) -> list[type[Any]]:
    """The results of a room: what commands return has a kind, and what it is made of has none."""
    found = vars(import_module(f"llmpath.view.results.{room}")).values()
    own = [each for each in found if isinstance(each, type) and each.__module__ == f"llmpath.view.results.{room}"]
    return [each for each in own if "kind" in each._field_defaults]  # type: ignore[attr-defined]  # they are named tuples


def test_every_result_is_shown_and_nothing_else() -> None:
    assert {each.__name__ for room in ROOMS for each in shown_of(room)} == set(FUNCTIONS)


@pytest.mark.parametrize("room", ROOMS)
def test_what_shows_a_result_stands_in_the_module_of_its_name_and_takes_it(room: str) -> None:
    for result in shown_of(room):
        function = getattr(import_module(f"llmpath.view.screens.{room}"), FUNCTIONS[result.__name__])
        annotated = next(iter(inspect.get_annotations(function, eval_str=False).values()))
        assert getattr(annotated, "__name__", str(annotated).rpartition(".")[2]) == result.__name__
