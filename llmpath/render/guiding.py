"""next, path, plan and open, as blocks; reasons in words. Pure."""

from datetime import date

from llmpath import results as r
from llmpath.document import BLANK, Block, Cell, Column, Table, cell, joined, line, link
from llmpath.render.words import (
    MEDIUM,
    NARROW,
    WIDE,
    Look,
    day_text,
    hours_text,
    language_text,
    minutes_text,
    resource_facts,
    sign,
    titles,
)


def reason_text(reason: r.Reason, look: Look) -> str:
    """A reason in words, in the language in force."""
    fields = dict(reason.fields)
    if "titles" in fields:
        fields["topics"] = titles(fields["titles"], look)
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


def next_steps(result: r.Next, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = []
    if result.goal and result.is_goal_reached:
        blocks += [line((say("next.goal_reached", title=result.goal_title), "done"))]
    if not result.suggestions:
        return [*blocks, *_nothing_left(result, look)]
    for number, suggestion in enumerate(result.suggestions):
        if number or blocks:
            blocks.append(BLANK)
        blocks += _suggestion(suggestion, look, is_first=number == 0, all_reasons=result.with_reasons_against)
    return blocks


def _nothing_left(result: r.Next, look: Look) -> list[Block]:
    progress = result.progress
    if progress.left:
        return [line(look.say("next.nothing_fits"))]
    return [
        line((look.say("next.all_done"), "done")),
        line(look.say("next.achieved", count=progress.done, skipped=progress.skipped)),
        line((look.say("next.look_back"), "dim")),
    ]


def _suggestion(suggestion: r.Suggestion, look: Look, *, is_first: bool, all_reasons: bool) -> list[Block]:
    say = look.say
    hours = hours_text(suggestion.hours, look)
    about = " · " + say("next.about", hours=hours) if hours else ""
    heading = f"{suggestion.number} {suggestion.title}"
    label = say("next.next") if is_first else say("next.or")
    blocks: list[Block] = [line(label, (heading, "heading"), (about, "dim"))]
    rows: list[list[Cell]] = []
    name = say("next.why")
    for reason in suggestion.reasons:
        if reason.speaks_for or all_reasons or reason.code in ("jumped_over", "needs"):
            style = "" if reason.speaks_for else "warning"
            mark = "" if reason.speaks_for or not all_reasons else say("next.against")
            rows.append([cell((name, "dim")), cell((mark + reason_text(reason, look), style))])
            name = ""
    resource = suggestion.resource
    if resource is not None:
        facts = " · ".join(resource_facts(resource, look))
        rows.append([cell((say("next.open"), "dim")), cell((resource.title, "strong"), (f" · {facts}", "dim"))])
        rows.append([cell(""), cell(link(resource.url))])
    if is_first or not all_reasons:
        then = [f"llmpath open {suggestion.topic}" if not is_first else "llmpath open"] if resource else []
        then.append(f"llmpath done {suggestion.topic}")
        rows.append([cell((say("next.then"), "dim")), joined([cell((c, "code")) for c in then], "     ")])
    return [*blocks, Table([Column(), Column(folds=True)], rows, indent=2)]


def path(result: r.Path, look: Look) -> list[Block]:
    say = look.say
    if not result.steps:
        return [line((say("path.reached", title=result.goal_title), "done"))]
    about = hours_text(result.hours, look)
    blocks: list[Block] = [
        line(
            (say("path.heading", title=result.goal_title), "heading"),
            (" · " + say("path.topics", count=len(result.steps)), ""),
            (" · " + say("next.about", hours=about) if about else "", "dim"),
        ),
        BLANK,
    ]
    if result.as_tree:
        return [*blocks, *_tree(result, look)]
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


def _tree(result: r.Path, look: Look) -> list[Block]:
    """The steps hung under what needs them, each once: under the last one that needs it. The goal is at the top."""
    steps = {step.topic: step for step in result.steps}
    parent: dict[str, str] = {}
    for step in result.steps:
        for name in step.requires:
            parent[name] = step.topic
    branches: dict[str, list[str]] = {topic: [] for topic in steps}
    for topic in steps:
        if topic in parent:
            branches[parent[topic]].append(topic)
    blocks: list[Block] = []

    def hang(topic: str, before: str, own: str) -> None:
        step = steps[topic]
        hours = hours_text(step.hours, look)
        text = f" {step.number} {step.title}"
        blocks.append(
            line((before + own, "dim"), sign(step.state, look), text, (f"  {hours}" if hours else "", "dim"), indent=2)
        )
        inner = before + {"": "", "├ ": "│ ", "└ ": "  ", "|-": "| ", "`-": "  "}[own]
        twigs = branches[topic]
        has_lines = look.signs["done"] == "✓"
        for place, name in enumerate(twigs):
            is_last = place == len(twigs) - 1
            hang(name, inner, ("└ " if is_last else "├ ") if has_lines else ("`-" if is_last else "|-"))

    for topic in steps:
        if topic not in parent:
            hang(topic, "", "")
    return blocks


def plan(result: r.Plan, look: Look) -> list[Block]:
    say = look.say
    if not result.steps:
        key = "path.reached" if result.goal else "next.all_done"
        return [line((say(key, title=result.goal_title) if result.goal else say(key), "done"))]
    heading = say("plan.heading_goal", title=result.goal_title) if result.goal else say("plan.heading")
    per_week = say("plan.per_week", hours=_trimmed(result.hours_per_week))
    blocks: list[Block] = [line((heading, "heading"), (" · " + per_week, "dim")), BLANK]
    rows: list[list[Cell]] = []
    week = 0
    for step in result.steps:
        name = say("plan.week", number=step.week) if step.week != week else ""
        week = step.week
        rows.append(
            [
                cell((name, "strong")),
                cell((step.number, "dim")),
                cell(step.title),
                cell((hours_text(step.hours, look), "dim")),
                cell((day_text(step.starts, look), "dim")),
                cell(say("plan.until", day=day_text(step.ends, look))),
            ]
        )
    columns = [Column(), Column(), Column(folds=True), Column("right", MEDIUM), Column(from_width=WIDE), Column()]
    blocks.append(Table(columns, rows, 2))
    ends = day_text(result.ends, look) if result.ends else ""
    total = hours_text(result.hours, look)
    blocks += [
        BLANK,
        line((say("plan.ends", day=ends, count=result.weeks), "strong"), (f" · {total}" if total else "", "dim")),
    ]
    if result.calendar:
        blocks.append(line(say("plan.calendar", path=result.calendar)))
    return blocks


def _trimmed(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def opened(result: r.Opened, look: Look) -> list[Block]:
    if result.is_open:
        return [line(look.say("open.opened", title=result.resource.title)), line(link(result.resource.url), indent=2)]
    return [line(link(result.resource.url))]
