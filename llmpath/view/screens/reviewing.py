"""log and stats, as blocks. Pure."""

from datetime import date, timedelta

from llmpath.progress.progress import Figure
from llmpath.view.document import BLANK, Block, Column, Span, Table, cell, line
from llmpath.view.results import reviewing as r
from llmpath.view.screens.words import (
    MEDIUM,
    NARROW,
    Look,
    day_text,
    figure_line,
    hours_text,
    note_lines,
    sign,
)

DID = {"open": "doing", "start": "doing", "done": "done", "skip": "skipped"}
"""The sign that stands beside what was done."""


def log(result: r.Log, look: Look) -> list[Block]:
    if not result.entries:
        return [line(look.say("log.nothing"))]
    blocks: list[Block] = []
    day: date | None = None
    for event in sorted(result.entries, key=lambda entry: entry.on, reverse=True):
        if event.on != day:
            blocks += [BLANK] if blocks else []
            blocks.append(line((day_text(event.on, look), "heading")))
            day = event.on
        said = look.say(f"did.{event.did}") + (f" · {look.say('log.undone')}" if event.undone else "")
        state = DID.get(event.did, "todo")
        for title, item in zip(event.titles, event.items, strict=True):
            blocks.append(line(sign(state, look), f" {title}", (f"  {said} · {item}", "dim"), indent=2, hang=2))
        if not event.items:
            blocks.append(line(sign(state, look), f" {said}", indent=2, hang=2))
        blocks += note_lines(event.note, look, 4)
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
