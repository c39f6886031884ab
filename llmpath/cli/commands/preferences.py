"""A learner's wishes: languages and kinds of resources, time, a goal; days as they write them."""

from datetime import date

from llmpath.cli.session import Session
from llmpath.cli.values import some_of
from llmpath.curriculum.entries import KINDS
from llmpath.errors import UsageError
from llmpath.guide.recommend import Preferences


def preferences_of(
    session: Session, kind: str | None = None, time: str | None = None, *, free: bool = False
) -> Preferences:
    """The learner's languages and kinds from the settings, with what the command line asks for.

    The first language of a curriculum is always readable. Raises `UsageError`.
    """
    languages = dict.fromkeys([*session.settings["preferred_languages"], session.catalog.curriculum.languages[0]])
    kinds = some_of(kind, "kind", KINDS, "--kind")
    return Preferences([*languages], session.settings["preferred_kinds"], kinds, minutes_from(time), free)


def minutes_from(word: str | None) -> int | None:
    """The minutes that `--time` means. Raises `UsageError`."""
    if word is None:
        return None
    from llmpath.text.when import minutes_of

    minutes = minutes_of(word)
    if minutes is None:
        raise UsageError("wrong_time", value=word)
    return minutes


def past_day(word: str, today: date) -> date:
    """The day on which something was done. Raises `UsageError`, for the future too."""
    from llmpath.text.when import day_of

    day = day_of(word, today)
    if day is None:
        raise UsageError("wrong_date", value=word)
    if day > today:
        raise UsageError("future_date", value=word)
    return day


def goal_in_force(session: Session, word: str | None = None) -> str | None:
    """The goal of the option, or else the one that is kept; None without one, or where its item is gone.

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
    return found.id
