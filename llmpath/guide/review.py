"""When a concept is asked again, and how well it is remembered. Pure; today is an argument.

The scheduler is FSRS with its default parameters and a retention of 0.9, in whole days and without chance. Only
`next_due` imports it: everything else follows from the day of the newest recall and the day on which it is due.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog
from llmpath.progress.progress import Progress, Recall

RETENTION = 0.9
_DECAY = -0.1542
_FACTOR = RETENTION ** (1 / _DECAY) - 1
REMEMBERED, FADING = 0.9, 0.7
"""Estimated recall above which a concept counts as remembered, and below which as faded."""

FIRST_DAYS = 1.0
"""The stability, in days, of what was just learned and not yet recalled."""

SLACK = timedelta(days=1)
"""By how much an answer may lie ahead and still count: another time zone's day. More is a wrong clock."""

RECENT_DAYS = 14
LAPSING_SHARE = 0.2
LAPSING_LEAST = 6
"""Where this share of the recent recalls failed, of at least so many, the bound of a day gives way."""

SECONDS_PER_QUESTION = 30
COMING_DAYS = 14


class Learned(NamedTuple):
    """The learned concepts and the days on which they were done, in teaching order.

    `newest`: the newest recall of those that have one; `recent`: the answers of the last two weeks on anything.
    """

    days: Mapping[str, date]
    newest: Mapping[str, Recall]
    recent: Sequence[Recall]

    def only(self, items: Collection[str]) -> "Learned":
        """The same for some topics and concepts alone."""
        days = {item: day for item, day in self.days.items() if item in items or item.partition("/")[0] in items}
        return self._replace(days=days)


def learned(catalog: Catalog, progress: Progress, today: date) -> Learned:
    """The concepts that are done, or whose topic is; a concept's own state counts before its topic's.

    `progress` has to know the recalls.
    """
    days: dict[str, date] = {}
    newest: dict[str, Recall] = {}
    for brief in catalog.briefs.values():
        for name in brief.concepts:
            item = f"{brief.id}/{name}"
            decides = item if progress.is_closed(item) else brief.id
            day = progress.day(decides)
            if day is not None and progress.own_state(decides) == "done":
                days[item] = day
                if recalls := counted(progress.recalls.get(item, ()), today):
                    newest[item] = recalls[-1]
    answers = (recall for recalls in progress.recalls.values() for recall in recalls)
    return Learned(days, newest, [recall for recall in answers if 0 <= (today - recall.day).days < RECENT_DAYS])


def counted(recalls: Iterable[Recall], today: date) -> list[Recall]:
    """The recalls without those that lie ahead, as a wrong clock makes them."""
    return [recall for recall in recalls if recall.day <= today + SLACK]


class Due(NamedTuple):
    """A concept that is to be asked: since when, and the estimated chance that it is still known."""

    item: str
    since: date
    recall: float


class Today(NamedTuple):
    """What is to be asked today: `asked` of all that is `due`; `gives_way`: more than the bound, since many failed.

    `answered`: how many answers were given today already.
    """

    asked: Sequence[Due]
    due: int
    gives_way: bool
    answered: int


class Memory(NamedTuple):
    """How many of the learned concepts are remembered, fading and faded; `due`: how many fall due on coming days."""

    remembered: int
    fading: int
    faded: int
    due: Mapping[date, int]


def next_due(recalls: Sequence[Recall], grade: str, today: date) -> date:
    """The day on which a concept is asked again after an answer; `recalls`: its earlier ones, oldest first.

    Answers of one day count as given at the same time; those that lie ahead do not count.
    """
    from fsrs import Card, Rating, Scheduler

    ratings = {"no": Rating.Again, "yes": Rating.Good, "easily": Rating.Easy}
    scheduler = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1, due=_noon(today))
    given = [(min(recall.day, today), recall.grade) for recall in counted(recalls, today)]
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
    return round(float((1 + _FACTOR * max((today - begun).days, 0) / stability) ** _DECAY), 6)


def chances(learned: Learned, today: date) -> dict[str, float]:
    """The estimated recall of each learned concept."""
    found: dict[str, float] = {}
    for item, day in learned.days.items():
        recall = learned.newest.get(item)
        found[item] = estimated_recall(recall.day if recall else day, recall.due if recall else None, today)
    return found


def _due_days(learned: Learned) -> dict[str, date]:
    """Since when, or from when on, each concept is due: what was never asked since it was learned."""
    return {item: learned.newest[item].due if item in learned.newest else day for item, day in learned.days.items()}


def due_items(learned: Learned, today: date) -> list[Due]:
    """The concepts that are due, the most likely forgotten first, then in teaching order."""
    known = chances(learned, today)
    found = [Due(item, since, known[item]) for item, since in _due_days(learned).items() if since <= today]
    return sorted(found, key=lambda due: due.recall)


def upcoming(learned: Learned, today: date) -> dict[date, int]:
    """How many concepts fall due on each of the coming days, what is overdue today; days without any are absent."""
    days = (max(since, today) for since in _due_days(learned).values())
    return dict(sorted(Counter(day for day in days if (day - today).days < COMING_DAYS).items()))


def next_day(learned: Learned, today: date) -> date | None:
    """The next day on which anything is due, today where something is; None where nothing was learned."""
    return max(min(_due_days(learned).values()), today) if learned.days else None


def memory(learned: Learned, today: date) -> Memory:
    """How well what was learned is remembered, and what is to come."""
    found = list(chances(learned, today).values())
    remembered, faded = sum(chance > REMEMBERED for chance in found), sum(chance < FADING for chance in found)
    return Memory(remembered, len(found) - remembered - faded, faded, upcoming(learned, today))


def for_today(learned: Learned, today: date, per_day: int, limit: int | None = None) -> Today:
    """What is asked today, within a bound that counts today's answers, and that gives way where many fail.

    Of the answers of the last two weeks, a fifth that failed doubles the bound. `limit`: as many questions, instead.
    """
    due, recent = due_items(learned, today), learned.recent
    failed = sum(1 for recall in recent if recall.grade == "no")
    lapsing = len(recent) >= LAPSING_LEAST and failed >= LAPSING_SHARE * len(recent)
    answered = sum(1 for recall in recent if recall.day == today)
    room = max(per_day * (2 if lapsing else 1) - answered, 0) if limit is None else limit
    usual = max(per_day - answered, 0)
    return Today(due[:room], len(due), limit is None and lapsing and len(due) > usual, answered)


def turn_of(questions: int, recalls: int) -> int:
    """Which of a concept's questions is asked next: they take turns."""
    return recalls % questions if questions else 0


def minutes_for(count: int) -> int:
    """About how many minutes so many questions take."""
    return max(1, round(count * SECONDS_PER_QUESTION / 60))
