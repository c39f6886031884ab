"""When a concept is asked again, and how well it is remembered. Pure; today is an argument.

The scheduler is FSRS with its default parameters and a retention of 0.9, in whole days and without chance. Only
`next_due` imports it: everything else follows from the day of the newest recall and the day on which it is due.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

GRADES = ("no", "yes", "easily")
"""What a learner says of an answer: not known, known, known without thinking."""

RETENTION = 0.9
_DECAY = -0.1542
_FACTOR = RETENTION ** (1 / _DECAY) - 1
REMEMBERED, FADING = 0.9, 0.7
"""Estimated recall from which a concept counts as remembered, and below which as faded."""

FIRST_DAYS = 1.0
"""How long what was just learned lasts before its first recall, as stability in days."""

RECENT_DAYS = 14
LAPSING_SHARE = 0.3
LAPSING_LEAST = 6
"""Where this share of the recent recalls failed, of at least so many, the bound of a day gives way."""

SECONDS_PER_QUESTION = 30


class Recall(NamedTuple):
    """One answer: on which day the concept was asked, how it went, and when it is due again."""

    day: date
    grade: str
    due: date


class Due(NamedTuple):
    """A concept that is to be asked: since when, and the estimated chance that it is still known."""

    item: str
    since: date
    recall: float


class Today(NamedTuple):
    """What is to be asked today: `asked` of all that is `due`; `gives_way`: more than the bound, since many failed."""

    asked: Sequence[Due]
    due: int
    gives_way: bool


def next_due(recalls: Sequence[Recall], grade: str, today: date) -> date:
    """The day on which a concept is asked again after an answer; `recalls`: its earlier ones, oldest first.

    Answers of one day count as given at the same time, and one that lies ahead as given today.
    """
    from fsrs import Card, Rating, Scheduler

    ratings = {"no": Rating.Again, "yes": Rating.Good, "easily": Rating.Easy}
    scheduler = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1, due=_noon(today))
    given = [(min(recall.day, today), recall.grade) for recall in recalls if recall.grade in ratings]
    for day, each in [*sorted(given, key=lambda pair: pair[0]), (today, grade)]:
        card, _ = scheduler.review_card(card, ratings[each], _noon(day))
    return min(card.due.date(), date.max - timedelta(days=1))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def estimated_recall(begun: date, due: date | None, today: date) -> float:
    """The chance, from 0 to 1, that a concept is still known: 1 on the day it was asked, 0.9 on the day it is due.

    `due` is None before the first recall.
    """
    stability = max(float((due - begun).days), FIRST_DAYS) if due else FIRST_DAYS
    return float((1 + _FACTOR * max((today - begun).days, 0) / stability) ** _DECAY)


def due_items(learned: Mapping[str, date], newest: Mapping[str, Recall], today: date) -> list[Due]:
    """What is due, the most likely forgotten first, then in the order of `learned`.

    `learned`: concepts and the days on which they were done; `newest`: the newest recall of those that have one.
    """
    found = []
    for item, day in learned.items():
        recall = newest.get(item)
        since = recall.due if recall else day
        if since <= today:
            chance = estimated_recall(recall.day if recall else day, recall.due if recall else None, today)
            found.append(Due(item, since, chance))
    return sorted(found, key=lambda due: due.recall)


def upcoming(learned: Mapping[str, date], newest: Mapping[str, Recall], today: date, days: int) -> dict[date, int]:
    """How many concepts fall due on each of the coming days, what is overdue today; days without any are absent."""
    counts: dict[date, int] = {}
    for item, day in learned.items():
        due = max(newest[item].due if item in newest else day, today)
        if (due - today).days < days:
            counts[due] = counts.get(due, 0) + 1
    return dict(sorted(counts.items()))


def next_day(learned: Mapping[str, date], newest: Mapping[str, Recall]) -> date | None:
    """The next day on which anything is due; None where nothing was learned."""
    return min((newest[item].due if item in newest else day for item, day in learned.items()), default=None)


def for_today(due: Sequence[Due], recent: Iterable[Recall], today: date, per_day: int) -> Today:
    """What is asked today, within a bound that counts today's answers, and that gives way where many fail.

    `recent`: the newest answers of all concepts; of those of the last two weeks, a third that failed doubles the bound.
    """
    within = [recall for recall in recent if 0 <= (today - recall.day).days < RECENT_DAYS]
    failed = sum(1 for recall in within if recall.grade == "no")
    gives_way = len(within) >= LAPSING_LEAST and failed >= LAPSING_SHARE * len(within)
    answered = sum(1 for recall in within if recall.day == today)
    room = max(per_day * (2 if gives_way else 1) - answered, 0)
    return Today(due[:room], len(due), gives_way and len(due) > max(per_day - answered, 0))


def turn_of(questions: int, recalls: int) -> int:
    """Which of a concept's questions is asked next: they take turns."""
    return recalls % questions if questions else 0


def minutes_for(count: int) -> int:
    """About how many minutes so many questions take."""
    return max(1, round(count * SECONDS_PER_QUESTION / 60))
