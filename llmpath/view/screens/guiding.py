"""next, plan, goal, open and the dashboard, as blocks; reasons in words. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath.guide.figure import Figure
from llmpath.guide.recommend import Reason
from llmpath.guide.review import minutes_for
from llmpath.view.document import (
    BLANK,
    Block,
    Cell,
    Column,
    Either,
    Line,
    Table,
    cell,
    commands,
    joined,
    labelled,
    line,
    link,
    spaced,
)
from llmpath.view.quoting import with_commands
from llmpath.view.results import guiding as r
from llmpath.view.results.reading import TopicRow
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
    state_text,
    titles,
    topic_table,
    with_command,
)

MAX_NAMES = 5
"""The number of topics that a reason names before it counts the rest."""


def reason_text(reason: Reason, look: Look) -> str:
    """A reason in words, in the language in force."""
    fields = dict(reason.fields)
    if "titles" in fields:
        skipped = fields.get("skipped", ())
        pairs = zip(fields["topics"], fields["titles"], strict=True)
        shown = [look.say("reason.skipped", title=title) if name in skipped else title for name, title in pairs]
        fields["topics"] = _named(shown, look)
    for name in ("minutes", "whole"):
        if name in fields:
            fields[name] = minutes_text(fields[name], look)
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
    if result.due:
        blocks += [due_line(result.due, look), BLANK]
    if result.goal and result.is_goal_reached:
        blocks.append(line((look.say("next.goal_reached", title=result.goal_title), "done")))
    if not result.suggestions and result.progress.left:
        return [*blocks, line(*with_commands(look.say("next.nothing_fits")))]
    if not result.suggestions:
        return [*blocks, *nothing_left(result.progress, look)]
    labels = ["next.next", *["next.or"] * len(result.suggestions)]
    return blocks + spaced(
        _suggestion(each, look, label if each.can_begin else "next.later", result.is_whole_ranking)
        for each, label in zip(result.suggestions, labels, strict=False)
    )


def due_line(due: int, look: Look) -> Line:
    """How many concepts are to be reviewed, and the command for that."""
    minutes = look.say("hours.minutes", count=minutes_for(due))
    return line(*with_command(look.say("next.due", count=due, minutes=minutes), "llmpath review", look))


def nothing_left(progress: Figure, look: Look) -> list[Block]:
    """The sentence for when every topic is done or skipped."""
    say = look.say
    if not progress.done:
        return [line(*with_commands(say("next.all_skipped")))]
    achieved = [cell(say("next.achieved", count=progress.done))]
    if progress.skipped:
        achieved.append(cell((say("figure.skipped", count=progress.skipped), "dim")))
    return [
        line((say("next.all_done"), "done")),
        Line(joined(achieved, " · ")),
        line(*with_commands(say("next.look_back"), "dim")),
    ]


def _suggestion(suggestion: r.Suggestion, look: Look, label: str, whole_ranking: bool) -> list[Block]:
    say = look.say
    hours = hours_text(suggestion.hours_left, look)
    has_begun = any(reason.code == "under_way" for reason in suggestion.reasons)
    about = " · " + say("show.left" if has_begun else "next.about", hours=hours) if hours else ""
    heading = line(say(label), (f"{suggestion.number} {suggestion.title}", "heading"), (about, "dim"), hang=2)
    rows = _reason_rows(suggestion, look)
    resource = suggestion.resource
    if resource is not None:
        facts = resource_facts(resource, look)
        if suggestion.minutes_now is not None:
            whole = minutes_text(resource.entry.minutes, look)
            part = say("next.part", part=say("hours.minutes", count=suggestion.minutes_now), whole=whole)
            facts = [part if fact == whole else fact for fact in facts]
        named = cell((resource.entry.title, "strong"), (f" · {' · '.join(facts)}", "dim"))
        rows += [[cell((say("next.read"), "dim")), named], [cell(""), place_cell(resource)]]
    elif suggestion.exercise is not None:
        entry = suggestion.exercise.entry
        task = cell((entry.task, "strong"), (f" · {minutes_text(entry.minutes, look)}", "dim"))
        rows.append([cell((say("next.exercise"), "dim")), task])
    for view in suggestion.unreadable[:1]:
        language = language_text(view.entry.language or "", look)
        text = say("next.unreadable", title=view.entry.title, language=language)
        rows.append([cell((say("next.also"), "dim")), cell((text, "dim"))])
    if suggestion.last_note is not None:
        first = suggestion.last_note.text.splitlines()[0]
        day = day_text(suggestion.last_note.at.date(), look)
        rows.append([cell((say("next.note"), "dim")), cell((f"{day}  ", "dim"), first)])
    if label == "next.next" or not whole_ranking:
        rows.append([cell((say("next.then"), "dim")), _commands(suggestion)])
    return [heading, labelled(rows)]


def _reason_rows(suggestion: r.Suggestion, look: Look) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for reason in suggestion.reasons:
        text = reason_text(reason, look)
        shown = with_commands(text, "" if reason.speaks_for else "warning")
        rows.append([cell(("" if rows else look.say("next.why"), "dim")), shown])
    return rows


def _commands(suggestion: r.Suggestion) -> Cell:
    """The commands to go on with: open and done, of the resource; without one, of the exercise or the topic."""
    if suggestion.resource is not None:
        return commands(f"llmpath open {suggestion.to_open}".rstrip(), f"llmpath done {suggestion.resource.item}")
    item = suggestion.exercise.item if suggestion.exercise is not None else suggestion.topic
    return commands(f"llmpath show {item}", f"llmpath done {item}")


def plan(result: r.Plan, look: Look) -> list[Block]:
    """A plan with its dates, a path without, or either as a tree."""
    say = look.say
    known = _named(result.known_titles, look)
    is_dated = result.starts is not None
    left = [step for step in result.steps if step.state not in ("done", "skipped")]
    if not left:
        if result.goal is None:
            return nothing_left(result.progress, look)
        if known:
            return [line((say("path.reached_knowing", title=result.goal_title, known=known), "done"))]
        reached = line((say("path.reached", title=result.goal_title), "done"))
        return [reached, line(*commands("llmpath goal", "llmpath next"))]
    about = hours_text(result.hours, look)
    per_week = say("plan.per_week", hours=_trimmed(result.hours_per_week)) if is_dated and look.show_hours else ""
    heading = say("path.heading", title=result.goal_title) if result.goal else say("plan.heading")
    facts = [
        cell((heading, "heading")),
        cell(say("path.topics", count=len(left))),
        cell((say("next.about", hours=about) if about else "", "dim")),
        cell((per_week, "dim")),
        cell((say("path.knowing", known=known) if known else "", "dim")),
    ]
    blocks: list[Block] = [Line(joined([fact for fact in facts if fact[0].text], " · "), hang=2), BLANK]
    following = line(("llmpath next", "code"))
    if result.as_tree:
        return [*blocks, *_tree(left, look), BLANK, following]
    if not is_dated:
        return [*blocks, _path_table(left, look), BLANK, following]
    ends = day_text(result.ends, look) if result.ends else ""
    blocks += [_plan_table(result.steps, look), BLANK, line((say("plan.ends", day=ends, count=result.weeks), "strong"))]
    if result.pace and look.show_hours:
        blocks.append(line((say("plan.pace", hours=_trimmed(result.pace)), "dim")))
    if result.calendar:
        blocks.append(line(say("plan.calendar", path=result.calendar)))
    return [*blocks, following]


def _path_table(steps: Sequence[r.PlanStep], look: Look) -> Table:
    rows = [
        [
            cell((str(number), "dim")),
            [sign(step.state, look)],
            cell((step.number, "dim")),
            cell(step.title),
            cell((hours_text(step.hours, look), "dim")),
        ]
        for number, step in enumerate(steps, 1)
    ]
    return Table([Column("right"), Column(), Column(), Column(folds=True), Column("right", NARROW)], rows, 2)


class _Twig(NamedTuple):
    """A topic of a tree: what hangs below it, and what it needs besides, which is drawn further up."""

    below: list[str]
    above: list[str]


def _twigs(steps: Sequence[r.PlanStep]) -> tuple[list[str], dict[str, _Twig]]:
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


def _tree(steps: Sequence[r.PlanStep], look: Look) -> list[Block]:
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


def _plan_table(steps: Sequence[r.PlanStep], look: Look) -> Either:
    """A row for each topic; its weeks are named where they are not those of the row before.

    On a narrow terminal the day stands below the title.
    """
    rows: list[list[Cell]] = []
    narrow: list[Line] = []
    before = (0, 0)
    for step in steps:
        weeks = (step.first_week, step.week)
        name = _weeks(step, look) if weeks not in (before, (0, 0)) else ""
        before = weeks
        starts = day_text(step.starts, look) if step.starts else ""
        key = "plan.until" if step.week else "plan.done_on"
        ends = look.say(key, day=day_text(step.ends, look)) if step.ends else state_text(step.state, look)
        rows.append(
            [
                cell((name, "strong")),
                [sign(step.state, look)],
                cell((step.number, "dim")),
                cell((step.title, "" if step.week else "dim")),
                cell((hours_text(step.hours, look), "dim")),
                cell((starts if step.week else "", "dim")),
                cell((ends, "" if step.week else "dim")),
            ]
        )
        narrow += [line(sign(step.state, look), f" {step.number} {step.title}", hang=2), line((ends, "dim"), indent=2)]
    first, last = [Column(), Column(), Column()], [Column(from_width=WIDE), Column()]
    columns = [*first, Column(folds=True), Column("right", MEDIUM), *last]
    return Either(NARROW, [Table(columns, rows, 2)], narrow)


def _weeks(step: r.PlanStep, look: Look) -> str:
    if step.first_week == step.week:
        return look.say("plan.week", number=step.week)
    return look.say("plan.weeks", first=step.first_week, last=step.week)


def _trimmed(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def opened(result: r.Opened, look: Look) -> list[Block]:
    say = look.say
    if not result.is_open:
        return [line(link(url)) for url in result.urls]
    blocks: list[Block] = []
    for resource, url in zip(result.resources, result.urls, strict=True):
        blocks += [line(say("open.opened", title=resource.entry.title)), line(link(url), indent=2)]
    if result.is_noted:
        blocks.append(line(*with_command(say("open.then"), "llmpath done", look, "dim"), indent=2))
    return blocks


def goal(result: r.GoalShown, look: Look) -> list[Block]:
    if result.goal is None:
        return [line(look.say("goal.none")), *_offered(result.offered, look)]
    if not result.left:
        return [line((look.say("next.goal_reached", title=result.goal_title), "done")), *_offered(result.offered, look)]
    hours = hours_text(result.hours_left, look)
    about = " · " + look.say("next.about", hours=hours) if hours else ""
    return [
        line(look.say("dashboard.goal", title=result.goal_title, count=result.left), (about, "dim"), hang=2),
        line(*commands("llmpath plan", "llmpath next", "llmpath goal --clear")),
    ]


def _offered(goals: Sequence[r.GoalRow], look: Look) -> list[Block]:
    """The goals to choose from, each with the command that sets it."""
    rows = [
        [cell((f"llmpath goal {goal.id}", "code")), cell(goal.title), cell((hours_text(goal.hours_left, look), "dim"))]
        for goal in goals
    ]
    wide = Table([Column(), Column(folds=True), Column("right", NARROW)], rows, indent=2)
    narrow: list[Line] = []
    for command, title, hours in rows:
        narrow += [Line(command, 2), Line(joined([title, hours] if hours[0].text else [title], " · "), 4, 2)]
    return [Either(MEDIUM, [wide], narrow)] if rows else []


def dashboard(result: r.Dashboard, look: Look) -> list[Block]:
    say = look.say
    if not result.has_begun:
        return _welcome(result, look)
    blocks: list[Block] = [figure_line(result.title, result.progress, look)]
    if result.goal:
        key = "dashboard.goal" if result.to_goal else "next.goal_reached"
        style = "" if result.to_goal else "done"
        blocks.append(line((say(key, title=result.goal_title, count=result.to_goal), style), hang=2))
    if result.streak > 1:
        blocks.append(line((say("stats.streak", count=result.streak), "dim")))
    if result.news:
        from llmpath.view.screens.reviewing import news_line

        blocks += news_line(result.news, look)
    if result.under_way:
        blocks += [BLANK, line((say("dashboard.under_way"), "heading")), topic_table(result.under_way, look)]
        noted = max((row for row in result.under_way if row.last_note), key=_noted_at, default=None)
        if noted is not None and noted.last_note is not None:
            first = noted.last_note.text.splitlines()[0]
            note = say("dashboard.note", number=noted.number, day=day_text(noted.last_note.at.date(), look))
            blocks.append(line((note, "dim"), first, indent=4, hang=2))
        if result.more_under_way:
            more = say("list.under_way", count=result.more_under_way)
            blocks.append(line(*with_commands(more, "dim"), indent=4))
    following = result.next._replace(suggestions=[each._replace(last_note=None) for each in result.next.suggestions])
    return [*blocks, BLANK, *next_steps(following._replace(goal=None), look)]


def _noted_at(row: TopicRow) -> float:
    return row.last_note.at.timestamp() if row.last_note else 0.0


def _welcome(result: r.Dashboard, look: Look) -> list[Block]:
    """The first screen: what this is, what one may head for, and what to type."""
    say = look.say
    first = result.next.suggestions[0] if result.next.suggestions else None
    title = f"{first.number} {first.title}" if first else ""
    rows: list[list[Cell]] = [
        [cell(("llmpath list", "code")), cell(say("welcome.list"))],
        [cell(("llmpath next", "code")), cell(say("welcome.next", title=title))],
        [cell(("llmpath open", "code")), cell(say("welcome.open"))],
    ]
    return [
        line((say("welcome.what", title=result.title, count=result.progress.total), "heading")),
        line(say("welcome.how")),
        BLANK,
        line((say("welcome.goals"), "heading")),
        *_offered(result.offered, look),
        BLANK,
        line((say("welcome.begin"), "heading")),
        labelled(rows),
        line(*with_commands(say("welcome.undo", part=result.first_part), "dim")),
    ]
