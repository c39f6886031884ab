"""What a learner wants: languages and kinds of resources, and a goal."""

from llmpath.cli.session import Session
from llmpath.curriculum.catalog import Item
from llmpath.guide.recommend import Wishes


def wishes_of(session: Session, kind: str | None = None, minutes: int | None = None) -> Wishes:
    """What the settings say of the learner's languages and kinds, with what the command line asks for."""
    languages = list(session.config.get("preferred_languages", [])) or default_languages(session.language.value)
    return Wishes(languages, list(session.config.get("preferred_kinds", [])), kind, minutes)


def default_languages(language: str) -> list[str]:
    """Languages of resources for a reader of the program's language, best first."""
    return {"zh-Hans": ["zh-Hans", "zh-Hant"], "zh-Hant": ["zh-Hant", "zh-Hans"]}.get(language, [language])


def goal_in_force(session: Session, word: str | None = None) -> str | None:
    """The goal of the option, or else the one that is kept; None without, and where its item is gone, which is said.

    Raises `UnknownItem` or `AmbiguousItem`.
    """
    if word is not None:
        return resolved_goal(session, word)
    goal = session.progress.goal
    if goal is None or session.catalog.find(goal) or session.catalog.part_or_goal(goal):
        return goal
    session.notify("notice.goal_gone", {"name": goal})
    return None


def resolved_goal(session: Session, word: str) -> str:
    """The id of what a user means as a goal. Raises `UnknownItem` or `AmbiguousItem`."""
    found = session.catalog.resolve_goal(word)
    return found.address if isinstance(found, Item) else found.id
