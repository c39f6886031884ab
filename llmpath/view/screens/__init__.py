"""Results as blocks for a person, or as JSON for a script. Loads and decides nothing; pure.

A module per group of results, named as in `results`; `words` has what many share.
"""

from __future__ import annotations

from importlib import import_module

from llmpath.view.document import Block
from llmpath.view.screens.words import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


FUNCTIONS = {
    "Listing": "listing",
    "TopicShown": "topic",
    "ConceptShown": "concept",
    "ResourceShown": "resource",
    "ExerciseShown": "exercise",
    "ResourceListing": "resources",
    "Next": "next_steps",
    "Path": "path",
    "Plan": "plan",
    "Opened": "opened",
    "Search": "search",
    "Log": "log",
    "Stats": "stats",
    "Dashboard": "dashboard",
    "Changed": "changed",
    "NotesShown": "notes",
    "GoalShown": "goal",
    "ConfigShown": "config",
    "Info": "info",
    "Merged": "merged",
    "Synced": "synced",
    "Backups": "backups",
    "Restored": "restored",
    "Imported": "imported",
    "Exported": "exported",
    "Validation": "validation",
    "Curricula": "curricula",
    "CurriculumUsed": "used",
    "CurriculumMade": "made",
}
"""For the class of each result the function that shows it, in the module that is named as the one of the class."""


def blocks_of(result: Any, look: Look) -> list[Block]:
    """What a person sees of a result."""
    kind = type(result)
    room = import_module(f"llmpath.view.screens.{kind.__module__.rpartition('.')[2]}")
    blocks: list[Block] = getattr(room, FUNCTIONS[kind.__name__])(result, look)
    return blocks
