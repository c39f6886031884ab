"""list, show, resources, search, log, stats and the dashboard, as blocks. Pure."""

from collections.abc import Sequence

from llmpath.progress.progress import Figure
from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, Cell, Column, Table, cell, joined, line
from llmpath.view.results import reading as r
from llmpath.view.screens.words import (
    NARROW,
    Look,
    day_text,
    figure_line,
    hours_text,
    level_texts,
    minutes_text,
    note_lines,
    place_cell,
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
            name, figure = f"{part.number} {part.title}", _short(part.progress, look)
            heading = Across(cell((name, "heading")), cell((figure, "dim")))
            rows += [BLANK_ROW, heading, *topics]
    if rows:
        blocks.append(topic_table(rows, look))
    else:
        blocks += [BLANK, line(look.say("list.nothing"))]
    if result.under_way:
        blocks += [BLANK, line((look.say("list.under_way", count=result.under_way), "dim"))]
    if result.without_item:
        text = look.say("list.without_item", count=len(result.without_item))
        blocks += [BLANK, line((text, "dim"))]
    return blocks


def _short(figure: Figure, look: Look) -> str:
    """The figure of a part in one word: done of those that are not skipped."""
    if figure.total and figure.skipped == figure.total:
        return look.say("figure.skipped", count=figure.skipped)
    return f"{figure.done}/{figure.total - figure.skipped}"


def topic(result: r.TopicShown, look: Look) -> list[Block]:
    topic, say = result.topic, look.say
    entry, did = topic.entry, topic.did
    related = {other.id: other for other in topic.related}
    state = state_text(did.state, look)
    if did.on and did.state != "todo":
        state = say("list.state_on", state=state, day=day_text(did.on, look))
    facts = [state, hours_text(topic.hours, look)]
    blocks: list[Block] = [
        line(
            sign(did.state, look),
            f" {topic.number} ",
            (entry.title, "heading"),
            ("  " + " · ".join(fact for fact in facts if fact), "dim"),
        ),
        BLANK,
        line(entry.summary, indent=2),
        BLANK,
    ]
    minutes = entry.exercise.minutes if entry.exercise else entry.practice_minutes
    told = [entry.exercise.task if entry.exercise else "", hours_text(minutes / 60, look)]
    exercise = " · ".join(text for text in told if text)
    rows = [
        (say("show.requires"), [_related_cell(related[name], look) for name in entry.requires]),
        (say("show.unlocks"), [_related_cell(related[name], look) for name in topic.unlocks]),
        (say("show.aliases"), [cell(alias) for alias in entry.aliases]),
        (say("show.practice"), [cell(exercise)]),
    ]
    full = [(name, cells) for name, cells in rows if any(map(_has_text, cells))]
    table = [[cell((name, "dim")), joined(cells, say("list.comma"))] for name, cells in full]
    table += _note_rows(did.note, look)
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
    if result.is_filtered and not (topic.resources or topic.see_also):
        return [*blocks, line(look.say("resources.nothing"), indent=2)]
    return blocks[:-1] if blocks[-1] is BLANK else blocks


def _core(topic: r.TopicView) -> list[list[r.ResourceView]]:
    """The core's resources in reading order, alternatives together; only those that are to be shown."""
    shown = {resource.item: resource for resource in topic.resources}
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
        line(
            sign(concept.did.state, look),
            " ",
            (concept.entry.title, "strong"),
            ("  " + concept.item, "dim"),
            indent=4,
            hang=2,
        ),
        line(concept.entry.summary, indent=6),
    ]
    return blocks + note_lines(concept.did.note, look, 6)


def concept(result: r.ConceptShown, look: Look) -> list[Block]:
    concept = result.concept
    blocks: list[Block] = [
        line(sign(concept.did.state, look), " ", (concept.entry.title, "heading"), ("  " + concept.item, "dim")),
        line((look.say("show.in_topic", number=result.topic.number, title=result.topic.title), "dim"), indent=2),
        BLANK,
        line(concept.entry.summary, indent=2),
        *note_lines(concept.did.note, look, 2),
    ]
    if result.resources:
        blocks += [BLANK, line((look.say("show.taught_by"), "heading"), indent=2)]
        for resource in result.resources:
            blocks += resource_lines(resource, look, with_note=True)
    elif result.is_filtered:
        blocks += [BLANK, line(look.say("resources.nothing"), indent=2)]
    return blocks


def resource(result: r.ResourceShown, look: Look) -> list[Block]:
    resource, say = result.resource, look.say
    entry = resource.entry
    rows = [
        (say("show.topic"), cell(f"{result.topic.number} {result.topic.title}")),
        (say("show.facts"), cell(" · ".join([*resource_facts(resource, look), *level_texts(entry.level, look)]))),
        (say("show.authors"), cell(say("list.comma").join(entry.authors))),
        (say("show.address"), place_cell(resource)),
        (say("show.former"), joined([cell(url) for url in entry.former_urls], "  ")),
        (say("show.teaches"), cell(say("list.comma").join(resource.concepts))),
        (say("show.sources"), cell(say("list.comma").join(result.source_titles))),
    ]
    table = [[cell((name, "dim")), value] for name, value in rows if any(span.text for span in value)]
    return [
        line(sign(resource.did.state, look), " ", (entry.title, "heading"), ("  " + resource.item, "dim"), hang=2),
        BLANK,
        *([line(entry.note, indent=2), BLANK] if entry.note else []),
        Table([Column(), Column(folds=True)], [*table, *_note_rows(resource.did.note, look)], indent=2),
    ]


def exercise(result: r.ExerciseShown, look: Look) -> list[Block]:
    exercise, say = result.exercise, look.say
    entry = exercise.entry
    rows = [
        (say("show.topic"), cell(f"{result.topic.number} {result.topic.title}")),
        (say("show.start"), cell(entry.start)),
        (say("show.done_when"), cell(entry.done_when)),
        (say("show.facts"), cell(" · ".join([minutes_text(entry.minutes, look), *entry.needs]))),
    ]
    table = [[cell((name, "dim")), value] for name, value in rows]
    return [
        line(sign(exercise.did.state, look), " ", (entry.task, "heading"), ("  " + exercise.item, "dim"), hang=2),
        BLANK,
        Table([Column(), Column(folds=True)], [*table, *_note_rows(exercise.did.note, look)], indent=2),
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
