"""Results as blocks for a person, or as JSON for a script. Loads and decides nothing; pure.

A module per group of results, and in it a function per result, which has its name: `screens.reading.listing` shows a
`results.reading.Listing`. `words` has what many share.
"""

from importlib import import_module
from typing import Any

from llmpath.view.document import Block
from llmpath.view.screens.words import Look


def blocks_of(result: Any, look: Look) -> list[Block]:
    """A result as a person sees it."""
    blocks: list[Block] = screen_of(type(result))(result, look)
    return blocks


def screen_of(result: type) -> Any:
    """The function that shows a class of results."""
    module = import_module(f"llmpath.view.screens.{result.__module__.rpartition('.')[2]}")
    return getattr(module, "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in result.__name__)[1:])
