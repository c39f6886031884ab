"""A learner's wishes: languages and kinds of resources, time, a goal; days as they write them."""

from datetime import date

from llmpath.cli.session import Session
from llmpath.cli.values import some_of
from llmpath.curriculum.kinds import KINDS
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


def day_from(word: str | None, today: date, problem: str) -> date | None:
    """The day that a word means; None without one. Raises `UsageError`, for a wrong word with the code `problem`."""
    if word is None:
        return None
    from llmpath.text.when import day_of

    day = day_of(word, today)
    if day is None:
        raise UsageError(problem, value=word)
    return day


def past_day(word: str | None, today: date) -> date | None:
    """The day on which something was done. Raises `UsageError`, for the future too."""
    day = day_from(word, today, "wrong_date")
    if day is not None and day > today:
        raise UsageError("future_date", value=word)
    return day


def goal_in_force(session: Session, word: str | None = None) -> str | None:
    """The goal of the option, or else the one that is kept; None without one, or where its item is gone.

    Raises `UnknownItem` or `AmbiguousItem`.
    """
    if word is not None:
        return session.catalog.resolve_goal(word).id
    goal = session.progress.goal
    if goal is None or session.catalog.find(goal) or session.catalog.part_or_goal(goal):
        return goal
    session.notify("notice.goal_gone", {"name": goal})
    return None
