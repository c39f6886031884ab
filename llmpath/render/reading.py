"""list, show, resources, search, log, stats and the dashboard, as blocks. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from llmpath import results as r
from llmpath.document import BLANK, BLANK_ROW, Across, Block, Cell, Column, Span, Table, cell, joined, line, link
from llmpath.progress import Figure
from llmpath.render.guiding import next_steps
from llmpath.render.words import (
    MEDIUM,
    NARROW,
    Look,
    day_text,
    figure_line,
    hours_text,
    note_lines,
    resource_facts,
    resource_lines,
    sign,
    state_text,
    topic_table,
)


def listing(result: r.Listing, look: Look) -> list[Block]:
    blocks: list[Block] = [figure_line(result.title, result.progress, result.hours_left, look)]
    rows: list[r.TopicRow | Across] = []
    for part in result.parts:
        topics = [row for row in result.topics if row.part == part.id]
        if topics:
            closed = f"{part.progress.done + part.progress.skipped}/{part.progress.total}"
            heading = Across(cell((f"{part.number} {part.title}", "heading")), cell((closed, "dim")))
            rows += [BLANK_ROW, heading, *topics]
    if rows:
        blocks.append(topic_table(rows, look))
    else:
        blocks += [BLANK, line(look.say("list.nothing"))]
    if result.without_item:
        text = look.say("list.without_item", count=len(result.without_item))
        blocks += [BLANK, line((text, "dim"))]
    return blocks


def topic(result: r.TopicShown, look: Look) -> list[Block]:
    topic, say = result.topic, look.say
    related = {other.id: other for other in topic.related}
    state = state_text(topic.state, look)
    if topic.on and topic.state != "todo":
        state = say("list.state_on", state=state, day=day_text(topic.on, look))
    facts = [state, hours_text(topic.hours, look)]
    blocks: list[Block] = [
        line(
            sign(topic.state, look),
            f" {topic.number} ",
            (topic.title, "heading"),
            ("  " + " · ".join(fact for fact in facts if fact), "dim"),
        ),
        BLANK,
        line(topic.summary, indent=2),
        BLANK,
    ]
    rows = [
        (say("show.requires"), [_related_cell(related[name], look) for name in topic.requires]),
        (say("show.opens"), [_related_cell(related[name], look) for name in topic.opens]),
        (say("show.aliases"), [cell(alias) for alias in topic.aliases]),
        (say("show.practice"), [cell(hours_text(topic.practice_minutes / 60, look))]),
    ]
    full = [(name, cells) for name, cells in rows if any(map(_has_text, cells))]
    table = [[cell((name, "dim")), joined(cells, say("list.comma"))] for name, cells in full]
    table += _note_rows(topic.my_note, look)
    if table:
        blocks += [Table([Column(), Column(folds=True)], table, indent=2), BLANK]
    if topic.concepts:
        blocks.append(line((say("show.concepts"), "heading"), indent=2))
        for concept in topic.concepts:
            blocks += _concept_lines(concept, look)
        blocks.append(BLANK)
    deeper = [[resource] for resource in topic.resources if not resource.core]
    others = [[resource] for resource in topic.see_also]
    for name, slots in (("show.core", _core(topic)), ("show.deeper", deeper), ("show.see_also", others)):
        if slots:
            blocks.append(line((say(name), "heading"), indent=2))
            for slot in slots:
                blocks += _alternatives(slot, look)
            blocks.append(BLANK)
    return blocks[:-1] if blocks[-1] is BLANK else blocks


def _core(topic: r.TopicView) -> list[list[r.ResourceView]]:
    """The core's resources in reading order, alternatives together; only those that are to be shown."""
    shown = {resource.id: resource for resource in topic.resources}
    slots = [[shown[address] for address in slot if address in shown] for slot in topic.core]
    return [slot for slot in slots if slot]


def _alternatives(slot: Sequence[r.ResourceView], look: Look) -> list[Block]:
    blocks: list[Block] = []
    for place, resource in enumerate(slot):
        blocks += [line((look.say("show.or"), "dim"), indent=4)] if place else []
        blocks += resource_lines(resource, look, with_note=True)
    return blocks


def _has_text(spans: Cell) -> bool:
    return any(span.text for span in spans)


def _note_rows(note: str | None, look: Look) -> list[list[Cell]]:
    """The user's note as rows of a table, one for each of its lines."""
    label = look.say("show.my_note")
    return [
        [cell(("" if number else label, "dim")), cell((text, "strong"))]
        for number, text in enumerate((note or "").splitlines())
    ]


def _related_cell(topic: r.Related, look: Look) -> Cell:
    return cell(sign(topic.state, look), f" {topic.number} {topic.title}")


def _concept_lines(concept: r.ConceptView, look: Look) -> list[Block]:
    blocks: list[Block] = [
        line(sign(concept.state, look), " ", (concept.title, "strong"), ("  " + concept.id, "dim"), indent=4, hang=2),
        line(concept.summary, indent=6),
    ]
    return blocks + note_lines(concept.my_note, look, 6)


def concept(result: r.ConceptShown, look: Look) -> list[Block]:
    blocks: list[Block] = [
        line(
            sign(result.concept.state, look), " ", (result.concept.title, "heading"), ("  " + result.concept.id, "dim")
        ),
        line((look.say("show.in_topic", number=result.topic.number, title=result.topic.title), "dim"), indent=2),
        BLANK,
        line(result.concept.summary, indent=2),
        *note_lines(result.concept.my_note, look, 2),
    ]
    if result.resources:
        blocks += [BLANK, line((look.say("show.taught_by"), "heading"), indent=2)]
        for resource in result.resources:
            blocks += resource_lines(resource, look, with_note=True)
    return blocks


def resource(result: r.ResourceShown, look: Look) -> list[Block]:
    resource, say = result.resource, look.say
    rows = [
        (say("show.topic"), cell(f"{result.topic.number} {result.topic.title}")),
        (say("show.facts"), cell(" · ".join([*resource_facts(resource, look), say(f"level.{resource.level}")]))),
        (say("show.authors"), cell(say("list.comma").join(resource.authors))),
        (say("show.address"), cell(link(resource.url))),
        (say("show.former"), joined([cell(url) for url in resource.former_urls], "  ")),
        (say("show.teaches"), cell(say("list.comma").join(resource.concepts))),
        (say("show.sources"), cell(say("list.comma").join(result.source_titles))),
    ]
    table = [[cell((name, "dim")), value] for name, value in rows if any(span.text for span in value)]
    return [
        line(sign(resource.state, look), " ", (resource.title, "heading"), ("  " + resource.id, "dim"), hang=2),
        BLANK,
        line(resource.note, indent=2),
        BLANK,
        Table([Column(), Column(folds=True)], [*table, *_note_rows(resource.my_note, look)], indent=2),
    ]


def resources(result: r.ResourceListing, look: Look) -> list[Block]:
    if not result.resources:
        return [line(look.say("resources.nothing"))]
    blocks: list[Block] = [line((look.say("resources.count", count=len(result.resources)), "heading"))]
    for topic in result.topics:
        blocks += [BLANK, line((f"{topic.number} {topic.title}", "heading"))]
        for resource in result.resources:
            if resource.topic == topic.id:
                blocks += resource_lines(resource, look, with_note=False)
    return blocks


def search(result: r.Search, look: Look) -> list[Block]:
    if not result.matches:
        return [line(look.say("search.nothing", words=result.words))]
    rows = [
        [
            [sign(match.state, look)],
            cell((look.say(f"item.{match.kind}"), "dim")),
            cell((match.title, "strong" if match.kind == "topic" else ""), "  ", (match.id, "dim")),
        ]
        for match in result.matches
    ]
    return [Table([Column(), Column(from_width=NARROW), Column(folds=True)], rows)]


def log(result: r.Log, look: Look) -> list[Block]:
    if not result.events:
        return [line(look.say("log.nothing"))]
    blocks: list[Block] = []
    day: date | None = None
    for event in result.events:
        if event.on != day:
            blocks += [BLANK] if blocks else []
            blocks.append(line((day_text(event.on, look), "heading")))
            day = event.on
        state = state_text(event.state, look)
        blocks.append(
            line(sign(event.state, look), f" {event.title}", (f"  {state} · {event.item}", "dim"), indent=2, hang=2)
        )
        blocks += note_lines(event.my_note, look, 4)
    return blocks


def stats(result: r.Stats, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = [figure_line(say("stats.all"), result.progress, result.hours_left, look), BLANK]
    columns = [Column(), Column(folds=True), Column(from_width=MEDIUM), Column("right"), Column("right", NARROW)]
    rows = [
        [
            cell((str(part.number), "dim")),
            cell(part.title),
            [Span(_bar(part.progress, look), "done")],
            cell(say("stats.part", done=part.progress.done, count=part.progress.total - part.progress.skipped)),
            cell(
                (
                    hours_text(part.hours_left, look) and say("figure.to_go", hours=hours_text(part.hours_left, look)),
                    "dim",
                )
            ),
        ]
        for part in result.parts
    ]
    blocks += [Table(columns, rows, 2), BLANK]
    if look.show_hours:
        done, left = hours_text(result.hours_done, look) or "0", hours_text(result.hours_left, look) or "0"
        blocks += [line(say("stats.hours", done=done, left=left)), line((say("stats.hours_how"), "dim")), BLANK]
    blocks.append(
        line(
            say("stats.streak", count=result.streak.current),
            " · ",
            say("stats.longest", count=result.streak.longest),
        )
    )
    return [*blocks, BLANK, *_calendar(result, look)]


def _bar(progress: Figure, look: Look, columns: int = 12) -> str:
    full = progress.percent * columns // 100
    return look.signs["bar_full"] * full + look.signs["bar_empty"] * (columns - full)


def _calendar(result: r.Stats, look: Look) -> list[Block]:
    """The days of the last year as blocks: a row per weekday, a column per week, the latest at the right."""
    today = result.today
    monday = today - timedelta(days=today.weekday())
    weekdays = look.say("date.weekdays").split()
    blocks: list[Block] = []
    for part, weeks in (("first", range(52, 25, -1)), ("second", range(25, -1, -1))):
        start, end = (
            monday - timedelta(weeks=weeks[0]),
            min(monday - timedelta(weeks=weeks[-1]) + timedelta(days=6), today),
        )
        days = (
            f"{day_text(start, look)} – {day_text(end, look)}"
            if look.signs["done"] == "✓"
            else f"{day_text(start, look)} - {day_text(end, look)}"
        )
        blocks.append(line((days, "dim")))
        for weekday in range(7):
            signs = "".join(
                _day_sign(result, monday + timedelta(days=weekday) - timedelta(weeks=w), look) for w in weeks
            )
            blocks.append(line((weekdays[weekday], "dim"), " ", (signs.rstrip(), "done"), indent=2))
        if part == "first":
            blocks.append(BLANK)
    legend = [f"{look.levels[level]} {look.say(f'stats.level_{level}')}" for level in range(1, 5)]
    return [*blocks, line(("  ".join([f"{look.signs['dot']} 0", *legend]), "dim"), indent=2)]


def _day_sign(result: r.Stats, day: date, look: Look) -> str:
    if day > result.today:
        return " "
    count = result.active_days.get(day.isoformat(), 0)
    if not count:
        return look.signs["dot"]
    return look.levels[1 if count == 1 else 2 if count <= 3 else 3 if count <= 6 else 4]


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
