"""next, path, plan and open, as blocks; reasons in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath.progress.progress import Figure
from llmpath.view.document import BLANK, Block, Cell, Column, Line, Table, cell, joined, line
from llmpath.view.results import guiding as r
from llmpath.view.screens.words import (
    MEDIUM,
    NARROW,
    WIDE,
    Look,
    day_text,
    figure_line,
    hours_text,
    language_text,
    minutes_text,
    place_cell,
    resource_facts,
    sign,
    titles,
    topic_table,
)

ONLY_IN_RANKING = frozenset({"other_language"})
"""Codes of reasons that decide little: said where the whole ranking is asked for."""

MAX_NAMES = 5
"""How many topics a reason names before it counts the rest."""


def reason_text(reason: r.Reason, look: Look) -> str:
    """A reason in words, in the language in force."""
    fields = dict(reason.fields)
    if "titles" in fields:
        fields["topics"] = _named(fields["titles"], look)
    if "minutes" in fields:
        fields["minutes"] = minutes_text(fields["minutes"], look)
    if "language" in fields:
        fields["language"] = language_text(fields["language"], look)
    code = reason.code
    if code == "under_way":
        if fields.get("on"):
            fields["on"] = day_text(date.fromisoformat(fields["on"]), look)
        else:
            code = "under_way_undated"
    return look.say(f"reason.{code}", **fields)


def _named(names: Sequence[str], look: Look) -> str:
    if len(names) <= MAX_NAMES:
        return titles(names, look)
    shown = names[: MAX_NAMES - 1]
    return titles([*shown, look.say("list.more", count=len(names) - len(shown))], look)


def next_steps(result: r.Next, look: Look) -> list[Block]:
    blocks: list[Block] = []
    if result.goal and result.is_goal_reached:
        blocks.append(line((look.say("next.goal_reached", title=result.goal_title), "done")))
    if not result.suggestions:
        return [*blocks, *_no_suggestion(result, look)]
    for place, suggestion in enumerate(result.suggestions):
        if blocks:
            blocks.append(BLANK)
        label = "next.or" if place else "next.next"
        blocks += _suggestion(
            suggestion, look, label if suggestion.can_begin else "next.later", result.is_whole_ranking
        )
    return blocks


def _no_suggestion(result: r.Next, look: Look) -> list[Block]:
    return [line(look.say("next.nothing_fits"))] if result.progress.left else nothing_left(result.progress, look)


def nothing_left(progress: Figure, look: Look) -> list[Block]:
    """What is said once every topic is done or skipped."""
    say = look.say
    if not progress.done:
        return [line(say("next.all_skipped"))]
    achieved = [cell(say("next.achieved", count=progress.done))]
    if progress.skipped:
        achieved.append(cell((say("figure.skipped", count=progress.skipped), "dim")))
    return [
        line((say("next.all_done"), "done")),
        Line(joined(achieved, " · ")),
        line((say("next.look_back"), "dim")),
    ]


def _suggestion(suggestion: r.Suggestion, look: Look, label: str, whole_ranking: bool) -> list[Block]:
    say = look.say
    hours = hours_text(suggestion.hours, look)
    about = " · " + say("next.about", hours=hours) if hours else ""
    heading = line(say(label), (f"{suggestion.number} {suggestion.title}", "heading"), (about, "dim"))
    rows = _reason_rows(suggestion, look, whole_ranking)
    resource = suggestion.resource
    if resource is not None:
        facts = " · ".join(resource_facts(resource, look))
        rows.append([cell((say("next.open"), "dim")), cell((resource.entry.title, "strong"), (f" · {facts}", "dim"))])
        rows.append([cell(""), place_cell(resource)])
    if label == "next.next" or not whole_ranking:
        rows.append([cell((say("next.then"), "dim")), _commands(suggestion)])
    return [heading, Table([Column(), Column(folds=True)], rows, indent=2)]


def _reason_rows(suggestion: r.Suggestion, look: Look, whole_ranking: bool) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for reason in suggestion.reasons:
        if reason.code in ONLY_IN_RANKING and not whole_ranking:
            continue
        text = reason_text(reason, look)
        shown = cell(text) if reason.speaks_for else cell((look.say("next.against") + text, "warning"))
        rows.append([cell(("" if rows else look.say("next.why"), "dim")), shown])
    return rows


def _commands(suggestion: r.Suggestion) -> Cell:
    """What to type then: open and done, of the resource where one was asked for, else of the topic."""
    words = suggestion.to_open
    names = [f"llmpath open {words}".rstrip()] if suggestion.resource else []
    names.append(f"llmpath done {words if '/' in words else suggestion.topic}")
    return joined([cell((name, "code")) for name in names], "     ")


def path(result: r.Path, look: Look) -> list[Block]:
    say = look.say
    known = _named(result.known, look)
    if not result.steps:
        key = "path.reached_knowing" if known else "path.reached"
        return [line((say(key, title=result.goal_title, known=known), "done"))]
    about = hours_text(result.hours, look)
    facts = [
        cell((say("path.heading", title=result.goal_title), "heading")),
        cell(say("path.topics", count=len(result.steps))),
        cell((say("next.about", hours=about) if about else "", "dim")),
        cell((say("path.knowing", known=known) if known else "", "dim")),
    ]
    blocks: list[Block] = [Line(joined([fact for fact in facts if fact[0].text], " · "), hang=2), BLANK]
    if result.as_tree:
        return [*blocks, *_tree(result.steps, look)]
    rows = [
        [
            cell((str(number), "dim")),
            [sign(step.state, look)],
            cell((step.number, "dim")),
            cell(step.title),
            cell((hours_text(step.hours, look), "dim")),
        ]
        for number, step in enumerate(result.steps, 1)
    ]
    return [*blocks, Table([Column("right"), Column(), Column(), Column(folds=True), Column("right", NARROW)], rows, 2)]


class _Twig(NamedTuple):
    """A topic of a tree: what hangs below it, and what it needs besides, which is drawn further up."""

    below: list[str]
    above: list[str]


def _twigs(steps: Sequence[r.PathStep]) -> tuple[list[str], dict[str, _Twig]]:
    """The topics that no other step needs, and every topic hung below the first that needs it, each once."""
    requires = {step.topic: step.requires for step in steps}
    needed = {name for names in requires.values() for name in names}
    tops = [topic for topic in requires if topic not in needed]
    twigs: dict[str, _Twig] = {}
    waiting = [(topic, "") for topic in reversed(tops)]
    while waiting:
        topic, holder = waiting.pop()
        if topic in twigs:
            continue
        if holder:
            twigs[holder].below.append(topic)
        twigs[topic] = _Twig([], [name for name in requires[topic] if name in twigs])
        waiting += [(name, topic) for name in reversed(requires[topic])]
    return tops, twigs


def _tree(steps: Sequence[r.PathStep], look: Look) -> list[Block]:
    """The goal at the top, and below each topic what it needs; without recursion, for a way may be long."""
    tops, twigs = _twigs(steps)
    by_topic = {step.topic: step for step in steps}
    fork, last, bar, gap = ("├ ", "└ ", "│ ", "  ") if look.signs["done"] == "✓" else ("|-", "`-", "| ", "  ")
    blocks: list[Block] = []
    waiting = [(topic, "", "") for topic in reversed(tops)]
    while waiting:
        topic, first, rest = waiting.pop()
        step, twig = by_topic[topic], twigs[topic]
        above = look.say("list.comma").join(by_topic[name].number for name in twig.above)
        facts = [hours_text(step.hours, look), look.say("path.above", topics=above) if above else ""]
        text = f" {step.number} {step.title}"
        dim = "".join(f"  {fact}" for fact in facts if fact)
        blocks.append(line((first, "dim"), sign(step.state, look), text, (dim, "dim"), indent=2, hang=len(first) + 2))
        signs = [(fork, bar)] * (len(twig.below) - 1) + [(last, gap)]
        hung = [(name, rest + own, rest + next_) for name, (own, next_) in zip(twig.below, signs, strict=False)]
        waiting += reversed(hung)
    return blocks


def plan(result: r.Plan, look: Look) -> list[Block]:
    say = look.say
    if not result.steps:
        if result.progress.left:
            return [line((say("path.reached", title=result.goal_title), "done"))]
        return nothing_left(result.progress, look)
    heading = say("plan.heading_goal", title=result.goal_title) if result.goal else say("plan.heading")
    per_week = " · " + say("plan.per_week", hours=_trimmed(result.hours_per_week)) if look.show_hours else ""
    ends = day_text(result.ends, look) if result.ends else ""
    total = hours_text(result.hours, look)
    columns = [
        Column(from_width=NARROW),
        Column(),
        Column(folds=True),
        Column("right", MEDIUM),
        Column(from_width=WIDE),
        Column(),
    ]
    blocks: list[Block] = [
        line((heading, "heading"), (per_week, "dim")),
        BLANK,
        Table(columns, _plan_rows(result.steps, look), 2),
        BLANK,
        line((say("plan.ends", day=ends, count=result.weeks), "strong"), (f" · {total}" if total else "", "dim")),
    ]
    if result.calendar:
        blocks.append(line(say("plan.calendar", path=result.calendar)))
    return blocks


def _plan_rows(steps: Sequence[r.PlanStep], look: Look) -> list[list[Cell]]:
    """A row for each topic; its weeks are named where they are not those of the row before."""
    rows: list[list[Cell]] = []
    before = (0, 0)
    for step in steps:
        weeks = (step.first_week, step.week)
        name = _weeks(step, look) if weeks != before else ""
        before = weeks
        rows.append(
            [
                cell((name, "strong")),
                cell((step.number, "dim")),
                cell(step.title),
                cell((hours_text(step.hours, look), "dim")),
                cell((day_text(step.starts, look), "dim")),
                cell(look.say("plan.until", day=day_text(step.ends, look))),
            ]
        )
    return rows


def _weeks(step: r.PlanStep, look: Look) -> str:
    if step.first_week == step.week:
        return look.say("plan.week", number=step.week)
    return look.say("plan.weeks", first=step.first_week, last=step.week)


def _trimmed(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def opened(result: r.Opened, look: Look) -> list[Block]:
    if result.is_open:
        opened = line(look.say("open.opened", title=result.resource.entry.title))
        return [opened, Line(place_cell(result.resource), 2)]
    return [Line(place_cell(result.resource))]


def dashboard(result: r.Dashboard, look: Look) -> list[Block]:
    say = look.say
    if not result.has_begun:
        first = result.next.suggestions[0] if result.next.suggestions else None
        title = f"{first.number} {first.title}" if first else ""
        rows: list[list[Cell]] = [
            [cell(("llmpath list", "code")), cell(say("welcome.list"))],
            [cell(("llmpath next", "code")), cell(say("welcome.next", title=title))],
            [cell(("llmpath done", "code")), cell(say("welcome.done"))],
        ]
        return [
            line((say("welcome.what", title=result.title, count=result.progress.total), "heading")),
            Table([Column(), Column(folds=True)], rows, indent=2),
            line(say("welcome.skip" if result.first_part else "welcome.undo", part=result.first_part)),
        ]
    blocks: list[Block] = [figure_line(result.title, result.progress, result.hours_left, look)]
    if result.goal:
        key = "dashboard.goal" if result.to_goal else "next.goal_reached"
        blocks.append(line((say(key, title=result.goal_title, count=result.to_goal), "" if result.to_goal else "done")))
    if result.streak > 1:
        blocks.append(line((say("stats.streak", count=result.streak), "dim")))
    if result.under_way:
        blocks += [BLANK, line((say("dashboard.under_way"), "heading")), topic_table(result.under_way, look)]
    return [*blocks, BLANK, *next_steps(result.next._replace(goal=None), look)]
