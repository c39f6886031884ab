"""next, plan, goal, open and the dashboard, as blocks; reasons in words. Pure."""

from collections.abc import Sequence
from datetime import date

from llmpath.guide.figure import Figure
from llmpath.guide.recommend import Reason
from llmpath.guide.review import minutes_for
from llmpath.progress.progress import Note
from llmpath.view import document as d
from llmpath.view.document import BLANK, Block, Cell, Column, Line, Table, cell, commands, joined, line, link
from llmpath.view.quoting import message, with_commands
from llmpath.view.results import guiding as r
from llmpath.view.screens import words as w
from llmpath.view.screens.words import MEDIUM, NARROW, Look, facts_text, plain_number

MAX_NAMES = 5
"""The number of topics that a reason names before it counts the rest."""


def reason_text(reason: Reason, look: Look) -> str:
    """A reason in words, in the language in force."""
    code, fields = reason.code, dict(reason.fields)
    if "titles" in fields:
        skipped = fields.get("skipped", ())
        pairs = zip(fields["topics"], fields["titles"], strict=True)
        shown = [look.say("reason.skipped", title=title) if name in skipped else title for name, title in pairs]
        fields["topics"] = _named(shown, look)
    fields |= {name: look.minutes(fields[name]) for name in ("minutes", "whole") if name in fields}
    if code == "under_way" and fields.get("on"):
        fields["on"] = look.day(date.fromisoformat(fields["on"]))
    elif code == "under_way":
        code = "under_way_undated"
    return look.say(f"reason.{code}", **fields)


def _named(names: Sequence[str], look: Look) -> str:
    if len(names) <= MAX_NAMES:
        return look.titles(names)
    shown = names[: MAX_NAMES - 1]
    return look.titles([*shown, look.say("list.more", count=len(names) - len(shown))])


def next_steps(result: r.NextSteps, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = []
    if result.due:
        minutes = say("hours.minutes", count=minutes_for(result.due))
        due = w.with_command(say("next.due", count=result.due, minutes=minutes), "llmpath review", look)
        blocks += [Line(due), BLANK]
    if result.goal and result.is_goal_reached:
        blocks.append(line((say("next.goal_reached", title=result.goal_title), "done")))
    if not result.suggestions and result.progress.left:
        return [*blocks, message(say("next.nothing_fits"))]
    if not result.suggestions:
        return [*blocks, *_nothing_left(result.progress, look)]
    labels = ["next.next", *["next.or"] * len(result.suggestions)]
    return blocks + d.spaced(
        _suggestion(each, look, label if each.can_begin else "next.later", result.is_whole_ranking)
        for each, label in zip(result.suggestions, labels, strict=False)
    )


def _nothing_left(progress: Figure, look: Look) -> list[Block]:
    """The sentence for when every topic is done or skipped."""
    say = look.say
    if not progress.done:
        return [message(say("next.all_skipped"))]
    skipped = f" · {say('figure.skipped', count=progress.skipped)}" if progress.skipped else ""
    return [
        line((say("next.all_done"), "done")),
        line(say("next.achieved", count=progress.done), (skipped, "dim")),
        message(say("next.look_back"), "dim"),
    ]


def _suggestion(suggestion: r.Suggestion, look: Look, label: str, whole_ranking: bool) -> list[Block]:
    say, resource, exercise = look.say, suggestion.resource, suggestion.exercise
    has_begun = any(reason.code == "under_way" for reason in suggestion.reasons)
    about = _about(suggestion.hours_left, look, "show.left" if has_begun else "next.about")
    heading = line(say(label), (f"{suggestion.number} {suggestion.title}", "heading"), (about, "dim"), hang=2)
    rows: list[tuple[str, Cell]] = []
    for reason in suggestion.reasons:
        style = "" if reason.speaks_for else "warning"
        rows.append(("" if rows else say("next.why"), with_commands(reason_text(reason, look), style)))
    item = suggestion.topic
    following = [f"llmpath show {item}", f"llmpath done {item}"]
    if resource is not None:
        facts = look.facts(resource.entry)
        if suggestion.minutes_now is not None:
            whole = look.minutes(resource.entry.minutes)
            part = say("next.part", part=say("hours.minutes", count=suggestion.minutes_now), whole=whole)
            facts = [part if fact == whole else fact for fact in facts]
        rows.append((say("next.read"), cell((resource.entry.title, "strong"), (f" · {facts_text(*facts)}", "dim"))))
        rows.append(("", w.place_cell(resource.entry)))
        following = [f"llmpath open {suggestion.to_open}".rstrip(), f"llmpath done {resource.item}"]
    elif exercise is not None:
        minutes = f" · {look.minutes(exercise.entry.minutes)}"
        rows.append((say("next.exercise"), cell((exercise.entry.task, "strong"), (minutes, "dim"))))
        following = [f"llmpath show {exercise.item}", f"llmpath done {exercise.item}"]
    for view in suggestion.unreadable[:1]:
        text = say("next.unreadable", title=view.entry.title, language=look.language(view.entry.language))
        rows.append((say("next.also"), cell((text, "dim"))))
    if suggestion.last_note is not None:
        rows.append((say("next.note"), _note_cell(f"{look.day(suggestion.last_note.day)}  ", suggestion.last_note)))
    if label == "next.next" or not whole_ranking:
        rows.append((say("next.then"), commands(*following)))
    return [heading, d.labelled(rows)]


def _about(hours: float, look: Look, key: str = "next.about") -> str:
    """Hours that are left, to stand behind a title."""
    text = look.hours(hours)
    return f" · {look.say(key, hours=text)}" if text else ""


def _note_cell(about: str, note: Note) -> Cell:
    """The first line of a note, and what is said about it."""
    return cell((about, "dim"), note.text.splitlines()[0])


def plan(result: r.Plan, look: Look) -> list[Block]:
    """A plan with its dates, a path without, or either as a tree."""
    say, is_dated = look.say, result.starts is not None
    known = _named(result.known_titles, look)
    left = [step for step in result.steps if step.state not in ("done", "skipped")]
    following = line(("llmpath next", "code"))
    if not left and result.goal is None:
        return _nothing_left(result.progress, look)
    if not left and known:
        return [line((say("path.reached_knowing", title=result.goal_title, known=known), "done"))]
    if not left:
        reached = line((say("path.reached", title=result.goal_title), "done"))
        return [reached, Line(commands("llmpath goal", "llmpath next"))]
    facts = [
        cell((say("path.heading", title=result.goal_title) if result.goal else say("plan.heading"), "heading")),
        cell(say("path.topics", count=len(left))),
    ]
    if hours := look.hours(result.hours):
        facts.append(cell((say("next.about", hours=hours), "dim")))
    if is_dated and look.show_hours:
        facts.append(cell((say("plan.per_week", hours=plain_number(result.hours_per_week)), "dim")))
    if known:
        facts.append(cell((say("path.knowing", known=known), "dim")))
    heading = [Line(joined(facts, " · "), hang=2), BLANK]
    if result.as_tree:
        return [*heading, *_tree(left, look), BLANK, following]
    if not is_dated:
        return [*heading, _path_table(left, look), BLANK, following]
    ends = say("plan.ends", day=look.day(result.ends) if result.ends else "", count=result.weeks)
    blocks: list[Block] = [*heading, _plan_table(result.steps, look), BLANK, line((ends, "strong"))]
    if result.pace and look.show_hours:
        blocks.append(line((say("plan.pace", hours=plain_number(result.pace)), "dim")))
    if result.calendar:
        blocks.append(line(say("plan.calendar", path=result.calendar)))
    return [*blocks, following]


def _path_table(steps: Sequence[r.PlanStep], look: Look) -> Table:
    rows = [[cell((str(number), "dim")), *_step_cells(step, look)] for number, step in enumerate(steps, 1)]
    return Table([Column("right"), Column(), Column(), Column(folds=True), Column("right", NARROW)], rows, 2)


def _step_cells(step: r.PlanStep, look: Look, style: str = "") -> list[Cell]:
    """The sign, number, title and hours of a topic on the way."""
    texts = ((step.number, "dim"), (step.title, style), (look.hours(step.hours), "dim"))
    return [[look.sign(step.state)], *map(cell, texts)]


def _tree(steps: Sequence[r.PlanStep], look: Look) -> list[Block]:
    """The goal at the top, and below each topic what it needs, each topic once below the first that needs it.

    Without recursion, for a way may be long.
    """
    by_topic = {step.topic: step for step in steps}
    needed = {name for step in steps for name in step.requires}
    drawn: dict[str, tuple[int, list[str]]] = {}  # how deep a topic hangs, and what it needs that stands above it
    waiting = [(topic, 0) for topic in reversed(by_topic) if topic not in needed]
    while waiting:
        topic, depth = waiting.pop()
        if topic not in drawn:
            requires = by_topic[topic].requires
            drawn[topic] = depth, [by_topic[name].number for name in requires if name in drawn]
            waiting += [(name, depth + 1) for name in reversed(requires)]
    blocks: list[Block] = []
    goes_on: set[int] = set()  # depths at which a branch has more further down
    for topic, (depth, above) in reversed(drawn.items()):
        step = by_topic[topic]
        stem = "".join("│ " if level in goes_on else "  " for level in range(1, depth))
        if depth:
            stem += "├ " if depth in goes_on else "└ "
        goes_on = {level for level in goes_on if level < depth} | {depth}
        facts = [look.hours(step.hours), look.say("path.above", topics=look.listed(above)) if above else ""]
        dim = "".join(f"  {fact}" for fact in facts if fact)
        text = f" {step.number} {step.title}"
        blocks.append(line((stem, "dim"), look.sign(step.state), text, (dim, "dim"), indent=2, hang=len(stem) + 2))
    return blocks[::-1]


def _plan_table(steps: Sequence[r.PlanStep], look: Look) -> Block:
    """A row for each topic; its weeks are named where they are not those of the row before.

    On a narrow terminal the day stands below the title.
    """
    say = look.say
    rows: list[list[Cell]] = []
    narrow: list[Line] = []
    before = (0, 0)
    for step in steps:
        weeks = ""
        if step.week and (step.first_week, step.week) != before:
            key = "plan.week" if step.first_week == step.week else "plan.weeks"
            weeks = say(key, number=step.week, first=step.first_week, last=step.week)
        before = step.first_week, step.week
        starts = look.day(step.starts) if step.starts and step.week else ""
        ends = look.state(step.state)
        if step.ends:
            ends = say("plan.until" if step.week else "plan.done_on", day=look.day(step.ends))
        style = "" if step.week else "dim"
        days = cell((starts, "dim")), cell((ends, style))
        rows.append([cell((weeks, "strong")), *_step_cells(step, look, style), *days])
        narrow += [line(look.sign(step.state), f" {step.number} {step.title}", hang=2), line((ends, "dim"), indent=2)]
    columns = [Column(from_width=MEDIUM), Column(), Column(), Column(folds=True), Column("right", MEDIUM)]
    return d.Either(NARROW, [Table([*columns, Column(from_width=w.WIDE), Column()], rows, 2)], narrow)


def opened(result: r.Opened, look: Look) -> list[Block]:
    say = look.say
    if not result.is_open:
        return [line(link(url)) for url in result.urls]
    blocks: list[Block] = []
    for resource, url in zip(result.resources, result.urls, strict=True):
        blocks += [line(say("open.opened", title=resource.entry.title)), line(link(url), indent=2)]
    if result.is_noted:
        blocks.append(Line(w.with_command(say("open.then"), "llmpath done", look, "dim"), indent=2))
    return blocks


def goal_shown(result: r.GoalShown, look: Look) -> list[Block]:
    say = look.say
    if result.goal is None:
        return [line(say("goal.none")), *_offered(result.offered, look)]
    if not result.left:
        return [line((say("next.goal_reached", title=result.goal_title), "done")), *_offered(result.offered, look)]
    heading = say("dashboard.goal", title=result.goal_title, count=result.left)
    return [
        line(heading, (_about(result.hours_left, look), "dim"), hang=2),
        Line(commands("llmpath plan", "llmpath next", "llmpath goal --clear")),
    ]


def _offered(goals: Sequence[r.GoalRow], look: Look) -> list[Block]:
    """The goals to choose from, each with the command that sets it."""
    rows: list[list[Cell]] = []
    narrow: list[Line] = []
    for goal in goals:
        command, hours = (f"llmpath goal {goal.id}", "code"), look.hours(goal.hours_left)
        rows.append([cell(command), cell(goal.title), cell((hours, "dim"))])
        narrow += [line(command, indent=2), line(goal.title, (f" · {hours}" if hours else "", "dim"), indent=4, hang=2)]
    wide = Table([Column(), Column(folds=True), Column("right", NARROW)], rows, indent=2)
    return [d.Either(MEDIUM, [wide], narrow)] if rows else []


def dashboard(result: r.Dashboard, look: Look) -> list[Block]:
    say = look.say
    if not result.has_begun:
        return _welcome(result, look)
    blocks: list[Block] = [w.figure_line(result.title, result.next.progress, look)]
    if result.next.goal:
        key, style = ("dashboard.goal", "") if result.to_goal else ("next.goal_reached", "done")
        blocks.append(line((say(key, title=result.next.goal_title, count=result.to_goal), style), hang=2))
    if result.streak > 1:
        blocks.append(line((say("stats.streak", count=result.streak), "dim")))
    if result.news:
        blocks.append(message(f"{say('news.line', count=result.news)} llmpath news"))
    if result.under_way:
        blocks += [BLANK, line((say("dashboard.under_way"), "heading")), w.topic_table(result.under_way, look)]
        noted = [(row.last_note, row.number) for row in result.under_way if row.last_note]
        if noted:
            note, number = max(noted, key=lambda each: each[0].at)
            about = say("dashboard.note", number=number, day=look.day(note.day))
            blocks.append(Line(_note_cell(about, note), indent=4, hang=2))
        if result.more_under_way:
            blocks.append(message(say("list.under_way", count=result.more_under_way), "dim", indent=4))
    following = result.next._replace(suggestions=[each._replace(last_note=None) for each in result.next.suggestions])
    return [*blocks, BLANK, *next_steps(following._replace(goal=None), look)]


def _welcome(result: r.Dashboard, look: Look) -> list[Block]:
    """The first screen: what this is, what one may head for, and what to type."""
    say = look.say
    first = result.next.suggestions[0] if result.next.suggestions else None
    title = f"{first.number} {first.title}" if first else ""
    rows = [(f"llmpath {name}", cell(say(f"welcome.{name}", title=title))) for name in ("list", "next", "open")]
    return [
        line((say("welcome.what", title=result.title, count=result.next.progress.total), "heading")),
        line(say("welcome.how")),
        BLANK,
        line((say("welcome.goals"), "heading")),
        *_offered(result.offered, look),
        BLANK,
        line((say("welcome.begin"), "heading")),
        d.labelled(rows, style="code"),
        message(say("welcome.undo", part=result.first_part), "dim"),
    ]
