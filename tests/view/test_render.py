"""Every result of a command has a screen that takes it."""

import inspect
from importlib import import_module
from typing import Any, get_args, get_type_hints

import pytest

from llmpath.cli.commands import COMMANDS
from llmpath.view.screens import screen_of


def results_of(function: str) -> list[type[Any]]:
    """The classes of results that a command may return."""
    module, _, name = function.partition(".")
    returned = get_type_hints(getattr(import_module(f"llmpath.cli.commands.{module}"), name))["return"]
    return [each for each in get_args(returned) or [returned] if each is not type(None)]


RESULTS = {result for command in COMMANDS.values() if command.function for result in results_of(command.function)}


@pytest.mark.parametrize("result", sorted(RESULTS, key=str), ids=lambda result: result.__name__)
def test_a_screen_takes_the_result_that_it_shows(result: type[Any]) -> None:
    annotated = next(iter(inspect.get_annotations(screen_of(result)).values()))
    assert getattr(annotated, "__name__", str(annotated).rpartition(".")[2]) == result.__name__


def test_what_a_script_may_ask_for_has_a_kind() -> None:
    asked = {result for command in COMMANDS.values() if command.json for result in results_of(command.function)}
    assert {result.__name__ for result in asked if "kind" not in result._fields} == {"ReviewEnded"}
