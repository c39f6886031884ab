"""log, stats and news, as blocks; the line of the dashboard about news. Pure."""

from datetime import date, timedelta
from itertools import groupby

from llmpath.guide.figure import Figure
from llmpath.guide.news import Change
from llmpath.text.width import width
from llmpath.view.document import BLANK, Block, Column, Either, Line, Span, Table, cell, line
from llmpath.view.quoting import with_commands
from llmpath.view.results import reviewing as r
from llmpath.view.screens.words import MEDIUM, NARROW, Look, day_text, figure_line, hours_text, minutes_text, sign

WEEKS = 53
DAYS_PER_WEEK = 7

DID = {"open": "doing", "start": "doing", "done": "done", "skip": "skipped"}
"""The sign that stands beside what was done."""


def log(result: r.Log, look: Look) -> list[Block]:
    if not result.entries:
        return [line(*with_commands(look.say("log.nothing_of" if result.is_filtered else "log.nothing")))]
    blocks: list[Block] = []
    day: date | None = None
    for event in sorted(result.entries, key=lambda entry: entry.on, reverse=True):
        if event.on != day:
            blocks += [BLANK] if blocks else []
            blocks.append(line((day_text(event.on, look), "heading")))
            day = event.on
        said = look.say(f"did.{event.did}") + (f" · {look.say('log.undone')}" if event.undone else "")
        mark = sign(DID[event.did], look) if event.did in DID else Span(look.signs["dot"], "dim")
        for title, item in zip(event.titles, event.items, strict=True):
            blocks.append(line(mark, f" {title}", (f"  {said} · {item}", "dim"), indent=2, hang=2))
        if not event.items:
            blocks.append(line(mark, f" {said}", indent=2, hang=2))
        blocks += [line(text, indent=4) for text in event.note.splitlines()]
    return blocks


def stats(result: r.Stats, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = [figure_line(say("stats.all"), result.progress, look), BLANK]
    columns = [Column(), Column(folds=True), Column(from_width=MEDIUM), Column("right"), Column("right", NARROW)]
    rows = [
        [
            cell((str(part.number), "dim")),
            cell(part.title),
            [Span(_bar(part.progress, look), "done")],
            cell(say("stats.part", done=part.progress.done, count=part.progress.total - part.progress.skipped)),
            cell((_to_go(part.progress, look), "dim")),
        ]
        for part in result.parts
    ]
    blocks += [Table(columns, rows, 2), BLANK]
    if look.show_hours:
        none = say("hours.hours", count=0)
        done, left = hours_text(result.hours_done, look) or none, hours_text(result.hours_left, look) or none
        blocks += [line(say("stats.hours", done=done, left=left)), line((say("stats.hours_how"), "dim")), BLANK]
    blocks += _memory(result, look)
    streaks = say("stats.streak", count=result.streak.current), say("stats.longest", count=result.streak.longest)
    return [*blocks, line(" · ".join(streaks)), BLANK, *_calendar(result, look)]


def _memory(result: r.Stats, look: Look) -> list[Block]:
    """How many concepts are remembered, and on which days some fall due; nothing before any was learned."""
    memory = result.reviews
    if not memory.remembered + memory.fading + memory.faded:
        return []
    days = [look.say("stats.due_on", day=day_text(day, look), count=count) for day, count in memory.due.items()]
    counts = look.say("stats.memory", remembered=memory.remembered, fading=memory.fading, faded=memory.faded)
    return [line(counts), *([line(look.say("stats.due", days=" · ".join(days)), hang=2)] if days else [])]


def _to_go(figure: Figure, look: Look) -> str:
    left = hours_text(figure.hours_left, look)
    return look.say("figure.to_go", hours=left) if left else ""


def _bar(progress: Figure, look: Look, columns: int = 12) -> str:
    full = progress.percent * columns // 100
    return look.signs["bar_full"] * full + look.signs["bar_empty"] * (columns - full)


def _calendar(result: r.Stats, look: Look) -> list[Block]:
    """The days of the last year: a row per weekday, a column per week, the latest at the right, months above.

    A narrow terminal has it in two halves.
    """
    whole = _weeks(result, range(WEEKS - 1, -1, -1), look)
    first, second = (_weeks(result, weeks, look) for weeks in (range(WEEKS - 1, 25, -1), range(25, -1, -1)))
    legend = [f"{look.levels[level]} {look.say(f'stats.level_{level}')}" for level in range(1, 5)]
    signs = "  ".join([f"{look.signs['dot']} 0", *legend])
    return [Either(WEEKS + 6, whole, [*first, BLANK, *second]), line((signs, "dim"), indent=2)]


def _weeks(result: r.Stats, weeks: range, look: Look) -> list[Line]:
    """Some weeks of the calendar, counted back from this one."""
    monday = result.today - timedelta(days=result.today.weekday())
    days = [monday - timedelta(weeks=week) for week in weeks]
    rows = [line(("   " + _months(days, look), "dim"), indent=2)]
    for weekday, name in enumerate(look.say("date.weekdays").split()):
        spans: list[Span] = [Span(f"{name} ", "dim")]
        for day in (start + timedelta(days=weekday) for start in days):
            sign_, style = _day_sign(result, day, look)
            if spans[-1].style == style and len(spans) > 1:
                spans[-1] = Span(spans[-1].text + sign_, style)
            else:
                spans.append(Span(sign_, style))
        rows.append(line(*spans, indent=2))
    return rows


def _months(mondays: list[date], look: Look) -> str:
    """The names of the months above the weeks in which they begin."""
    names = look.say("date.months").split()
    text = ""
    for place, monday in enumerate(mondays):
        sunday = monday + timedelta(days=6)
        name = names[sunday.month - 1]
        begins = sunday.day <= DAYS_PER_WEEK
        if begins and width(text) <= place:
            text += " " * (place - width(text)) + name
    return text


def _day_sign(result: r.Stats, day: date, look: Look) -> tuple[str, str]:
    """The sign of a day, and its style: what is empty is dim."""
    if day > result.today:
        return " ", "dim"
    count = result.active_days.get(day.isoformat(), 0)
    if not count:
        return look.signs["dot"], "dim"
    return look.levels[1 if count == 1 else 2 if count <= 3 else 3 if count <= 6 else 4], "done"


def news(result: r.News, look: Look) -> list[Block]:
    say = look.say
    if result.since is None:
        return [line(say("news.first_look"))]
    since = day_text(date.fromisoformat(result.since), look)
    if not result.changes:
        return [line(say("news.nothing", day=since))]
    blocks: list[Block] = [line((say("news.since", day=since, count=len(result.changes)), "heading"))]
    for topic, changes in groupby(
        result.changes, key=lambda change: change.topic if change.topic in result.topics else ""
    ):
        blocks.append(BLANK)
        if topic:
            named = result.topics[topic]
            blocks.append(line(sign(named.state, look), f" {named.number} ", (named.title, "strong")))
        blocks += [line(*_said(change, look), indent=4 if topic else 0, hang=2) for change in changes]
    return blocks


def _said(change: Change, look: Look) -> list[str | tuple[str, str]]:
    """One change: what happened to what, how long it takes, whether it concerns the learner, and its id."""
    say = look.say
    key = f"news.{change.kind}" if change.was or f"news.{change.kind}.alone" not in say else f"news.{change.kind}.alone"
    parts: list[str | tuple[str, str]] = [say(key, title=change.title, was=change.was)]
    if change.minutes:
        parts.append((f" · {minutes_text(change.minutes, look)}", "dim"))
    if change.affects_you:
        concerns = "news.core_of_done" if change.kind.startswith("core_") else "news.yours"
        parts.append((f" · {say(concerns)}", "warning"))
    if not change.kind.startswith("topic_"):
        parts.append((f"  {change.id}", "dim"))
    return parts


def news_line(count: int, look: Look) -> list[Block]:
    """The line of the dashboard that says how many changes have not been looked at; none where there are none."""
    return [line(look.say("news.line", count=count), " ", ("llmpath news", "code"))] if count else []
