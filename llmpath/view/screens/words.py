"""Words and lines that many views share. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from llmpath.guide.figure import Figure
from llmpath.messages import Texts
from llmpath.view.document import Across, Block, Cell, Column, Line, Span, Table, cell, joined, line, link
from llmpath.view.results.reading import NoteView, ResourceView, TopicRow

WIDE, MEDIUM, NARROW = 100, 72, 50
"""Terminal widths from which a column is shown."""


class Look(NamedTuple):
    """Everything that a rendering depends on beside the result."""

    say: Texts
    signs: Mapping[str, str]
    levels: str
    show_hours: bool
    today: date


def day_text(day: date, look: Look) -> str:
    """A day as people write it; with the year where it is not this one."""
    months = look.say("date.months").split()
    key = "date.day" if day.year == look.today.year else "date.day_and_year"
    return look.say(key, day=day.day, month=months[day.month - 1], year=day.year)


def hours_text(hours: float, look: Look) -> str:
    """Hours, rounded so that they inform and do not press; nothing where they are turned off or there are none."""
    if not look.show_hours or hours <= 0:
        return ""
    if hours < 0.75:
        return look.say("hours.minutes", count=max(5, round(hours * 12) * 5))
    rounded = round(hours * 2) / 2 if hours < 2 else round(hours)
    return look.say("hours.hours", count=rounded if rounded % 1 else int(rounded))


def minutes_text(minutes: int | None, look: Look) -> str:
    """The length of a resource; also a long one in minutes where hours are turned off."""
    if minutes is None:
        return ""
    if minutes < 120 or not look.show_hours:
        return look.say("hours.minutes", count=minutes)
    rounded = round(minutes / 30) / 2
    return look.say("hours.hours", count=int(rounded) if rounded.is_integer() else rounded)


def language_text(language: str, look: Look) -> str:
    """The name of a language; its tag where it is none of ours."""
    key = f"language.{language}"
    return look.say(key) if key in look.say else language


def titles(topics: Sequence[str], look: Look) -> str:
    """Titles in a row, the last after "and"."""
    if len(topics) < 2:
        return "".join(topics)
    return look.say("list.and", first=look.say("list.comma").join(topics[:-1]), last=topics[-1])


def figure_line(title: str, progress: Figure, look: Look) -> Line:
    """The one figure, with what it is made of."""
    return Line(joined([cell((title, "heading")), *figure_cells(progress, look)], " · "), hang=2)


def standing_text(progress: Figure, look: Look) -> str:
    """The one figure as a sentence."""
    topics = look.say("figure.topics", done=progress.done, count=progress.total - progress.skipped)
    return look.say("changed.figure", topics=topics, percent=look.say("figure.percent", percent=progress.percent))


def figure_cells(progress: Figure, look: Look) -> list[Cell]:
    """The one figure and what it is made of: per cent, topics, what was skipped, what is to go."""
    counted = progress.total - progress.skipped
    parts = [
        cell((look.say("figure.percent", percent=progress.percent), "strong")),
        cell(look.say("figure.topics", done=progress.done, count=counted)),
    ]
    if progress.skipped:
        parts.append(cell((look.say("figure.skipped", count=progress.skipped), "dim")))
    left = hours_text(progress.hours_left, look)
    if left:
        parts.append(cell((look.say("figure.to_go", hours=left), "dim")))
    return parts


def with_command(text: str, command: str, look: Look, style: str = "") -> Cell:
    """A sentence and the command for it, with a space between where the language has one."""
    return cell((text + look.say("sentences", first="", second=""), style), (command, "code"))


def sign(state: str, look: Look) -> Span:
    return Span(look.signs[state], {"done": "done", "doing": "doing"}.get(state, "dim"))


def facts_text(*facts: str) -> str:
    """Facts in a row, without those that are empty."""
    return " · ".join(fact for fact in facts if fact)


def state_text(state: str, look: Look) -> str:
    return look.say(f"state.{state}")


def resource_facts(resource: ResourceView, look: Look) -> list[str]:
    """Kind, length and language in words."""
    entry = resource.entry
    kind = look.say(f"kind.{entry.kind}") if entry.kind else ""
    language = language_text(entry.language, look) if entry.language else ""
    return [fact for fact in (kind, minutes_text(entry.minutes, look), language) if fact]


def topic_table(rows: Sequence[TopicRow | Across], look: Look) -> Table:
    """Topics under each other; headings may stand between them."""
    columns = [Column(), Column(), Column(folds=True), Column(from_width=NARROW), Column("right", MEDIUM)]
    return Table(columns, [row if isinstance(row, Across) else _topic_cells(row, look) for row in rows], indent=4)


def _topic_cells(row: TopicRow, look: Look) -> list[Cell]:
    state, hours = state_text(row.state, look), ""
    if row.state == "done":
        state = look.say("list.state_on", state=state, day=day_text(row.on, look)) if row.on else ""
    elif row.state != "skipped":
        hours = hours_text(row.hours_left, look)
        if hours and (row.core_done or row.state == "doing"):
            hours = look.say("list.left", hours=hours)
        if row.core_done:
            state = look.say("list.core", count=row.core_total, done=row.core_done)
        elif row.state == "todo":
            state = ""
    title_style, state_style = {"doing": ("strong", "doing"), "todo": ("", "")}.get(row.state, ("dim", "dim"))
    texts = ((row.number, "dim"), (row.title, title_style), (state, state_style), (hours, "dim"))
    return [[sign(row.state, look)], *map(cell, texts)]


def note_lines(notes: Sequence[NoteView], look: Look, indent: int) -> list[Block]:
    """Notes of the learner's, each with its day."""
    return [
        line((look.say("note.line", day=day_text(note.at.date(), look)), "dim"), text, indent=indent, hang=2)
        for note in notes
        for text in note.text.splitlines()
        if text
    ]


def resource_lines(resource: ResourceView, look: Look, *, with_note: bool) -> list[Block]:
    entry = resource.entry
    published = [str(entry.published)] if with_note and entry.published else []
    facts = " · ".join([*resource_facts(resource, look), *level_texts(entry.level, look), *published, resource.item])
    blocks: list[Block] = [
        line(sign(resource.did.state, look), " ", (entry.title, "strong"), indent=4, hang=2),
        line((facts, "dim"), indent=6),
    ]
    if with_note:
        read = look.say("resource.read", chapters=entry.read) if entry.read else ""
        blocks += [line(text, indent=6) for text in (entry.why, entry.note, read) if text]
        if circumstances := _circumstances(resource, look):
            blocks.append(line((circumstances, "dim"), indent=6))
    blocks.append(Line(place_cell(resource), 6))
    return blocks + note_lines(resource.did.notes, look, 6)


def _circumstances(resource: ResourceView, look: Look) -> str:
    """What a resource costs and needs, and whether it is still there."""
    entry = resource.entry
    access = look.say(f"access.{entry.access}") if entry.access and entry.access != "free" else ""
    status = look.say(f"status.{entry.status}") if entry.status and entry.status != "live" else ""
    instead = look.say("status.instead", item=entry.superseded_by) if entry.superseded_by else ""
    return facts_text(access, *(look.say(f"needs.{need}") for need in entry.needs), status, instead)


def level_texts(level: str | None, look: Look) -> list[str]:
    return [look.say(f"level.{level}")] if level else []


def place_cell(resource: ResourceView) -> Cell:
    """Where a resource is: its address, or the words that say where to find it."""
    return [link(resource.entry.url)] if resource.entry.url else cell(resource.entry.where or "")
