"""Results as blocks for a person, or as JSON for a script. Loads and decides nothing; pure.

A module per group of results; `words` has what many share.
"""

from importlib import import_module
from typing import Any

from llmpath.view.document import Block
from llmpath.view.screens.words import Look

FUNCTIONS = {
    "Listing": "reading.listing",
    "TopicShown": "showing.topic",
    "ConceptShown": "showing.concept",
    "ResourceShown": "showing.resource",
    "ExerciseShown": "showing.exercise",
    "Shown": "showing.several",
    "ResourceListing": "reading.resources",
    "Search": "reading.search",
    "Next": "guiding.next_steps",
    "Plan": "guiding.plan",
    "Opened": "guiding.opened",
    "GoalShown": "guiding.goal",
    "Dashboard": "guiding.dashboard",
    "Log": "reviewing.log",
    "Stats": "reviewing.stats",
    "ReviewDue": "review.review_due",
    "ReviewEnded": "review.ended",
    "Answered": "review.answered",
    "MapShown": "map.shown",
    "MapOpened": "map.opened",
    "News": "reviewing.news",
    "Changed": "marking.changed",
    "NotesShown": "marking.notes",
    "ConfigShown": "keeping.config",
    "Info": "keeping.info",
    "Merged": "keeping.merged",
    "Synced": "keeping.synced",
    "Backups": "keeping.backups",
    "Restored": "keeping.restored",
    "Imported": "keeping.imported",
    "Exported": "keeping.exported",
    "Validation": "authoring.validation",
    "Curricula": "authoring.curricula",
    "CurriculumUsed": "authoring.used",
    "CurriculumMade": "authoring.made",
    "CourseImported": "authoring.imported",
}
"""The module and function that show each class of result."""


def blocks_of(result: Any, look: Look) -> list[Block]:
    """A result as a person sees it."""
    room, _, name = FUNCTIONS[type(result).__name__].partition(".")
    blocks: list[Block] = getattr(import_module(f"llmpath.view.screens.{room}"), name)(result, look)
    return blocks
