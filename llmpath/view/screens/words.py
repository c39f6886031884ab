"""How facts are said, and lines that many screens share. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from llmpath.curriculum.entries import Resource
from llmpath.guide.figure import Figure
from llmpath.messages import Texts
from llmpath.progress.progress import Note
from llmpath.view.document import Across, Block, Cell, Column, Line, Span, Table, cell, joined, line, link
from llmpath.view.results.reading import ResourceView, TopicRow

WIDE, MEDIUM, NARROW = 100, 72, 50
"""Terminal widths from which a column is shown."""


class Look(NamedTuple):
    """Everything that a rendering depends on beside the result; says facts in the language in force."""

    say: Texts
    signs: Mapping[str, str]
    levels: str
    show_hours: bool
    today: date

    def day(self, day: date) -> str:
        """A day as people write it; with the year where it is not this one."""
        months = self.say("date.months").split()
        key = "date.day" if day.year == self.today.year else "date.day_and_year"
        return self.say(key, day=day.day, month=months[day.month - 1], year=day.year)

    def hours(self, hours: float) -> str:
        """Hours, rounded so that they inform and do not press; empty where they are turned off or there are none."""
        if not self.show_hours or hours <= 0:
            return ""
        if hours < 0.75:
            return self.say("hours.minutes", count=max(5, round(hours * 12) * 5))
        return self.say("hours.hours", count=plain_number(round(hours * 2) / 2 if hours < 2 else round(hours)))

    def minutes(self, minutes: int | None) -> str:
        """The length of a resource; also a long one in minutes where hours are turned off."""
        if minutes is None:
            return ""
        if minutes < 120 or not self.show_hours:
            return self.say("hours.minutes", count=minutes)
        return self.say("hours.hours", count=plain_number(round(minutes / 30) / 2))

    def language(self, tag: str | None) -> str:
        """The name of a language; its tag where it is none of ours."""
        key = f"language.{tag}"
        return self.say(key) if key in self.say else tag or ""

    def state(self, state: str) -> str:
        """A state in words."""
        return self.say(f"state.{state}")

    def sign(self, state: str) -> Span:
        """The sign of a state."""
        return Span(self.signs[state], {"done": "done", "doing": "doing"}.get(state, "dim"))

    def facts(self, resource: Resource, *, with_level: bool = False) -> list[str]:
        """Kind, length and language of a resource, as far as they are known."""
        kind = self.say(f"kind.{resource.kind}") if resource.kind else ""
        level = self.say(f"level.{resource.level}") if with_level and resource.level else ""
        facts = (kind, self.minutes(resource.minutes), self.language(resource.language), level)
        return [fact for fact in facts if fact]

    def topics(self, progress: Figure) -> str:
        """How many topics are done of those that count."""
        return self.say("figure.topics", done=progress.done, count=progress.total - progress.skipped)

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row."""
        return self.say("list.comma").join(names)

    def titles(self, titles: Sequence[str]) -> str:
        """Titles in a row, the last after "and"."""
        if len(titles) < 2:
            return "".join(titles)
        return self.say("list.and", first=self.listed(titles[:-1]), last=titles[-1])

    @property
    def space(self) -> str:
        """What stands between sentences, in languages that have it."""
        return self.say("sentences", first="", second="")


def plain_number(number: float) -> str:
    """A number without decimals where it is whole."""
    return str(number).removesuffix(".0")


def facts_text(*facts: str) -> str:
    """Facts in a row, without those that are empty."""
    return " · ".join(fact for fact in facts if fact)


def standing_text(progress: Figure, look: Look) -> str:
    """The one figure as a sentence."""
    percent = look.say("figure.percent", percent=progress.percent)
    return look.say("changed.figure", topics=look.topics(progress), percent=percent)


def figure_line(title: str, progress: Figure, look: Look) -> Line:
    """The one figure under a title."""
    return Line(joined([cell((title, "heading")), figure_cell(progress, look)], " · "), hang=2)


def figure_cell(progress: Figure, look: Look) -> Cell:
    """The one figure and what it is made of: per cent, topics, what was skipped, what is to go."""
    parts = [
        cell((look.say("figure.percent", percent=progress.percent), "strong")),
        cell(look.topics(progress)),
    ]
    if progress.skipped:
        parts.append(cell((look.say("figure.skipped", count=progress.skipped), "dim")))
    if left := look.hours(progress.hours_left):
        parts.append(cell((look.say("figure.to_go", hours=left), "dim")))
    return joined(parts, " · ")


def with_command(text: str, command: str, look: Look, style: str = "") -> Cell:
    """A sentence and the command for it, with a space between where the language has one."""
    return cell((text + look.space, style), (command, "code"))


def take_back_line(look: Look) -> Line:
    """How to take back what was just done."""
    return line((look.say("changed.take_back") + " ", "dim"), ("llmpath undo", "code"), indent=2)


def topic_table(rows: Sequence[TopicRow | Across], look: Look) -> Table:
    """Topics under each other; headings may stand between them."""
    columns = [Column(), Column(), Column(folds=True), Column(from_width=NARROW), Column("right", MEDIUM)]
    return Table(columns, [row if isinstance(row, Across) else _topic_cells(row, look) for row in rows], indent=4)


def _topic_cells(row: TopicRow, look: Look) -> list[Cell]:
    state, hours = look.state(row.state), ""
    if row.state == "done":
        state = look.say("list.state_on", state=state, day=look.day(row.on)) if row.on else ""
    elif row.state != "skipped":
        hours = look.hours(row.hours_left)
        if hours and (row.core_done or row.state == "doing"):
            hours = look.say("list.left", hours=hours)
        if row.core_done:
            state = look.say("list.core", count=row.core_total, done=row.core_done)
        elif row.state == "todo":
            state = ""
    title_style, state_style = {"doing": ("strong", "doing"), "todo": ("", "")}.get(row.state, ("dim", "dim"))
    texts = ((row.number, "dim"), (row.title, title_style), (state, state_style), (hours, "dim"))
    return [[look.sign(row.state)], *map(cell, texts)]


def note_lines(notes: Sequence[Note], look: Look, indent: int) -> list[Block]:
    """Notes of the learner's, each with its day."""
    return [
        line((look.say("note.line", day=look.day(note.day)), "dim"), text, indent=indent, hang=2)
        for note in notes
        for text in note.text.splitlines()
        if text
    ]


def resource_lines(resource: ResourceView, look: Look, *, with_note: bool) -> list[Block]:
    """A resource with its facts and its place; `with_note` also what is said of it and what it needs."""
    entry, say = resource.entry, look.say
    published = str(entry.published) if with_note and entry.published else ""
    facts = facts_text(*look.facts(entry, with_level=True), published, resource.item)
    blocks: list[Block] = [
        line(look.sign(resource.did.state), " ", (entry.title, "strong"), indent=4, hang=2),
        line((facts, "dim"), indent=6),
    ]
    if with_note:
        read = say("resource.read", chapters=entry.read) if entry.read else ""
        blocks += [line(text, indent=6) for text in (entry.why, entry.note, read) if text]
        access = say(f"access.{entry.access}") if entry.access and entry.access != "free" else ""
        status = say(f"status.{entry.status}") if entry.status and entry.status != "live" else ""
        instead = say("status.instead", item=entry.superseded_by) if entry.superseded_by else ""
        if circumstances := facts_text(access, *(say(f"needs.{need}") for need in entry.needs), status, instead):
            blocks.append(line((circumstances, "dim"), indent=6))
    return [*blocks, Line(place_cell(entry), 6), *note_lines(resource.did.notes, look, 6)]


def place_cell(resource: Resource) -> Cell:
    """Where a resource is: its address, or the words that say where to find it."""
    return [link(resource.url)] if resource.url else cell(resource.where or "")
