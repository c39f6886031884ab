"""How well learners remember by the policy in force: `python -m tests.bench.reviews`. Two hundred of them, for a year.

They learn the concepts of the shipped curriculum in teaching order, some each week, and answer what `for_today` asks.
Memory is FSRS's own, or exponential with learners that differ by a factor of three, each with an honest grader or with
one who grades a fifth of the lapses as known. It informs the policy; it is no gate.
"""

import math
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import repeat
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

from llmpath.guide.review import SECONDS_PER_QUESTION, Learned, for_today
from llmpath.progress.progress import Recall

CONCEPTS = 187
CONCEPTS_A_WEEK = 5
LEARNERS = 200
DAYS = 365
SEED = 7
START = date(2026, 1, 1)
DECAY, FACTOR = -0.1542, 0.9 ** (1 / -0.1542) - 1


class Setting(NamedTuple):
    """One row of the table. `spread`: learners forget up to so many times faster or slower; `flattering`: the share of
    lapses that are graded as known; `per_day`: 0 for nobody who reviews.
    """

    name: str
    per_day: int = 8
    is_exponential: bool = False
    spread: float = 1.0
    flattering: float = 0.0
    break_days: int = 0
    missed: float = 0.0


SETTINGS = (
    Setting("never reviewed", per_day=0),
    Setting("FSRS, 8 a day"),
    Setting("FSRS, 4 a day", per_day=4),
    Setting("FSRS, three weeks' break", break_days=21),
    Setting("FSRS, 40 % of days missed", missed=0.4),
    Setting("exponential, x3", is_exponential=True, spread=3.0),
    Setting("exponential, x3, break", is_exponential=True, spread=3.0, break_days=21),
    Setting("exponential, x3, 40 % missed", is_exponential=True, spread=3.0, missed=0.4),
    Setting("exponential, x3, a fifth flattered", is_exponential=True, spread=3.0, flattering=0.2),
    Setting("the same, 4 a day", per_day=4, is_exponential=True, spread=3.0, flattering=0.2),
)


class Outcome(NamedTuple):
    """What came of one learner: mean recall at the end, minutes a day on average, and on the worst day."""

    recall: float
    minutes: float
    worst_minutes: float


class Memory:
    """What one learner really knows of one concept: how many days it lasts, and longer after each success."""

    def __init__(self, setting: Setting, pace: float, day: int) -> None:
        self._is_exponential = setting.is_exponential
        self._pace = pace
        self._card = Scheduled()
        self._stability = 2.0 * pace
        self._asked = day

    def chance(self, day: int) -> float:
        """The chance that it is recalled on a day."""
        gone = (day - self._asked) / self._stability
        return math.exp(math.log(0.9) * gone) if self._is_exponential else float((1 + FACTOR * gone) ** DECAY)

    def answer(self, day: int, *, is_known: bool) -> None:
        """Being asked strengthens what is known, most where it was nearly forgotten; what was forgotten begins anew."""
        if not self._is_exponential:
            _, self._stability = self._card.answer(day, is_known=is_known)
        elif is_known:
            self._stability *= 1 + 1.5 * self._pace * min((1 - self.chance(day)) / 0.1, 1.0)
        else:
            self._stability = max(min(self._stability, 2.0 * self._pace), 0.5)
        self._asked = day


class Scheduled:
    """FSRS's card of one concept, as the policy has it; that it says what `next_due` says is held by a test of that."""

    _scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def __init__(self) -> None:
        self._card = Card(card_id=1)

    def answer(self, day: int, *, is_known: bool) -> tuple[date, float]:
        """On which day it is asked again, and how many days it lasts by FSRS."""
        at = datetime.combine(START + timedelta(days=day), time(12), UTC)
        self._card, _ = self._scheduler.review_card(self._card, Rating.Good if is_known else Rating.Again, at)
        return self._card.due.date(), self._card.stability or 1.0


def _recall(day: date, grade: str, due: date) -> Recall:
    return Recall(datetime.combine(day, time(12), UTC), day, grade, due)


def lived(setting: Setting, number: int) -> Outcome:
    """A year of one learner."""
    chance = random.Random(f"{SEED}/{number}")  # noqa: S311 - a simulation, the same each time
    pace = setting.spread ** chance.uniform(-0.5, 0.5)
    days: dict[str, date] = {}
    newest: dict[str, Recall] = {}
    cards: dict[str, Scheduled] = {}
    memories: dict[str, Memory] = {}
    recent: list[Recall] = []
    asked: list[int] = []
    break_at = chance.randrange(90, 240)
    for day in range(DAYS):
        today = START + timedelta(days=day)
        is_away = break_at <= day < break_at + setting.break_days
        if not is_away:
            for name in map(str, range(len(days), min(CONCEPTS, 1 + day * CONCEPTS_A_WEEK // 7))):
                days[name] = today
                memories[name] = Memory(setting, pace, day)
        if is_away or chance.random() < setting.missed or not setting.per_day:
            asked.append(0)
            continue
        recent = [recall for recall in recent if (today - recall.day).days < 14]
        due = for_today(Learned(days, newest, recent), today, setting.per_day).asked
        for item, _, _ in due:
            is_known = chance.random() < memories[item].chance(day)
            is_graded_known = is_known or chance.random() < setting.flattering
            memories[item].answer(day, is_known=is_known)
            grade = "yes" if is_graded_known else "no"
            again, _ = cards.setdefault(item, Scheduled()).answer(day, is_known=is_graded_known)
            newest[item] = _recall(today, grade, again)
            recent.append(newest[item])
        asked.append(len(due))
    recall = sum(memory.chance(DAYS) for memory in memories.values()) / len(memories)
    minutes = [count * SECONDS_PER_QUESTION / 60 for count in asked]
    return Outcome(recall, sum(minutes) / DAYS, max(minutes))


def row_of(setting: Setting, learners: int = LEARNERS) -> str:
    """One row: mean recall of all learners, of the worst twentieth, minutes a day, the longest day."""
    outcomes = [lived(setting, number) for number in range(learners)]
    recalls = sorted(outcome.recall for outcome in outcomes)
    worst = recalls[: max(len(recalls) // 20, 1)]
    minutes = _mean([outcome.minutes for outcome in outcomes])
    longest = max(outcome.worst_minutes for outcome in outcomes)
    return f"{setting.name:<38}{_mean(recalls):>8.2f}{_mean(worst):>17.2f}{minutes:>15.1f}{longest:>13.1f}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def table(learners: int = LEARNERS) -> list[str]:
    """The whole table, row by row."""
    head = f"{'learners and policy':<38}{'recall':>8}{'worst twentieth':>17}{'minutes a day':>15}{'longest day':>13}"
    with ProcessPoolExecutor() as pool:
        return [head, *pool.map(row_of, SETTINGS, repeat(learners))]


if __name__ == "__main__":
    print("\n".join(table()))  # noqa: T201 - what it is for
