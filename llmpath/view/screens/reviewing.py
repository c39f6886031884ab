"""log, stats, news and review, as blocks. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from llmpath.guide.news import Change
from llmpath.guide.review import minutes_for
from llmpath.text.width import width
from llmpath.view import document as d
from llmpath.view.document import BLANK, Block, Cell, Column, Line, Span, cell, joined, line, spaced
from llmpath.view.quoting import message
from llmpath.view.results import reviewing as r
from llmpath.view.screens.words import MEDIUM, NARROW, Look, facts_text, figure_line, take_back_line

WEEKS, HALF = 53, 27
"""The weeks of the calendar, and those of its first half."""
BAR_COLUMNS = 12
INDENT = 5
"""The columns before a question and its answer."""

DID = {"open": "doing", "start": "doing", "done": "done", "skip": "skipped"}
"""The sign that stands beside what was done."""


def log(result: r.Log, look: Look) -> list[Block]:
    if not result.entries:
        return [message(look.say("log.nothing_of" if result.is_filtered else "log.nothing"))]
    events = sorted(result.entries, key=lambda event: event.on, reverse=True)
    return spaced(
        [line((look.day(day), "heading")), *(shown for event in own for shown in _event_lines(event, look))]
        for day, own in groupby(events, key=lambda event: event.on)
    )


def _event_lines(event: r.Event, look: Look) -> list[Line]:
    said = facts_text(look.say(f"did.{event.did}"), look.say("log.undone") if event.undone else "")
    mark = look.sign(DID[event.did]) if event.did in DID else Span(look.signs["dot"], "dim")
    named = zip(event.titles, event.items, strict=True)
    lines = [line(mark, f" {title}", (f"  {said} · {item}", "dim"), indent=2, hang=2) for title, item in named]
    alone = line(mark, f" {said}", indent=2, hang=2)
    return [*(lines or [alone]), *(line(text, indent=4) for text in event.note.splitlines())]


def stats(result: r.Stats, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = [figure_line(say("stats.all"), result.progress, look), BLANK]
    columns = [Column(), Column(folds=True), Column(from_width=MEDIUM), Column("right"), Column("right", NARROW)]
    rows: list[list[Cell]] = []
    for part in result.parts:
        figure, left = part.progress, look.hours(part.progress.hours_left)
        full = figure.percent * BAR_COLUMNS // 100
        bar = look.signs["bar_full"] * full + look.signs["bar_empty"] * (BAR_COLUMNS - full)
        rows.append(
            [
                cell((str(part.number), "dim")),
                cell(part.title),
                cell((bar, "done")),
                cell(say("stats.part", done=figure.done, count=figure.total - figure.skipped)),
                cell((say("figure.to_go", hours=left) if left else "", "dim")),
            ]
        )
    blocks += [d.Table(columns, rows, 2), BLANK]
    if look.show_hours:
        none = say("hours.hours", count=0)
        done, left = look.hours(result.hours_done) or none, look.hours(result.hours_left) or none
        blocks += [line(say("stats.hours", done=done, left=left)), line((say("stats.hours_how"), "dim")), BLANK]
    blocks += _memory(result, look)
    streaks = say("stats.streak", count=result.streak.current), say("stats.longest", count=result.streak.longest)
    return [*blocks, line(" · ".join(streaks)), BLANK, *_calendar(result, look)]


def _memory(result: r.Stats, look: Look) -> list[Block]:
    """How many concepts are remembered, and on which days some fall due; nothing before any was learned."""
    memory = result.reviews
    if not memory.remembered + memory.fading + memory.faded:
        return []
    days = [look.say("stats.due_on", day=look.day(day), count=count) for day, count in memory.due.items()]
    counts = look.say("stats.memory", remembered=memory.remembered, fading=memory.fading, faded=memory.faded)
    return [line(counts), *([line(look.say("stats.due", days=" · ".join(days)), hang=2)] if days else [])]


def _calendar(result: r.Stats, look: Look) -> list[Block]:
    """The days of the last year: a row per weekday, a column per week, the latest at the right, months above.

    A narrow terminal has it in two halves.
    """
    this_week = result.today - timedelta(days=result.today.weekday())
    mondays = [this_week - timedelta(weeks=week) for week in reversed(range(WEEKS))]
    halves = [*_weeks(result, mondays[:HALF], look), BLANK, *_weeks(result, mondays[HALF:], look)]
    legend = [f"{look.levels[level]} {look.say(f'stats.level_{level}')}" for level in range(1, 5)]
    signs = "  ".join([f"{look.signs['dot']} 0", *legend])
    return [d.Either(WEEKS + 6, _weeks(result, mondays, look), halves), line((signs, "dim"), indent=2)]


def _weeks(result: r.Stats, mondays: Sequence[date], look: Look) -> list[Line]:
    """Some weeks of the calendar under the names of the months, each above the week in which it begins."""
    names, months = look.say("date.months").split(), ""
    for place, sunday in enumerate(monday + timedelta(days=6) for monday in mondays):
        if sunday.day <= 7 and width(months) <= place:
            months += " " * (place - width(months)) + names[sunday.month - 1]
    rows = [line((f"   {months}", "dim"), indent=2)]
    for weekday, name in enumerate(look.say("date.weekdays").split()):
        days = [_day_sign(result, monday + timedelta(days=weekday), look) for monday in mondays]
        rows.append(line((f"{name} ", "dim"), *days, indent=2))
    return rows


def _day_sign(result: r.Stats, day: date, look: Look) -> Span:
    """The sign of a day: what is empty is dim."""
    if day > result.today:
        return Span(" ")
    count = result.active_days.get(day.isoformat(), 0)
    if not count:
        return Span(look.signs["dot"], "dim")
    return Span(look.levels[1 if count == 1 else 2 if count <= 3 else 3 if count <= 6 else 4], "done")


def news(result: r.News, look: Look) -> list[Block]:
    say = look.say
    if result.since is None:
        return [line(say("news.first_look"))]
    since = look.day(date.fromisoformat(result.since))
    if not result.changes:
        return [line(say("news.nothing", day=since))]
    blocks: list[Block] = [line((say("news.since", day=since, count=len(result.changes)), "heading"))]
    for topic, changes in groupby(result.changes, key=lambda change: result.topics.get(change.topic)):
        blocks.append(BLANK)
        if topic is not None:
            blocks.append(line(look.sign(topic.state), f" {topic.number} ", (topic.title, "strong")))
        blocks += [Line(_said(change, look), indent=4 if topic else 0, hang=2) for change in changes]
    return blocks


def _said(change: Change, look: Look) -> Cell:
    """One change: what happened to what, how long it takes, whether it concerns the learner, and its id."""
    say = look.say
    alone = f"news.{change.kind}.alone"
    key = alone if alone in say and not change.was else f"news.{change.kind}"
    parts: list[d.Part] = [say(key, title=change.title, was=change.was)]
    if change.minutes:
        parts.append((f" · {look.minutes(change.minutes)}", "dim"))
    if change.affects_you:
        concerns = "news.core_of_done" if change.kind.startswith("core_") else "news.yours"
        parts.append((f" · {say(concerns)}", "warning"))
    if not change.kind.startswith("topic_"):
        parts.append((f"  {change.id}", "dim"))
    return cell(*parts)


def review_due(result: r.ReviewDue, look: Look) -> list[Block]:
    if not result.due:
        return [_nothing(result, look)]
    blocks = heading(result, look)
    for number, asked in enumerate(result.due, 1):
        blocks += [BLANK, *_question(asked, f"{number}."), line((asked.id, "dim"), indent=INDENT)]
    return [*blocks, BLANK, line((look.say("question.how"), "dim"))]


def _nothing(result: r.ReviewDue, look: Look) -> Line:
    if result.total:
        return line(look.say("question.enough", answered=result.answered, count=result.total))
    if result.next_due is None:
        return line(look.say("question.nothing_learned"))
    return line(look.say("question.nothing_due", day=look.day(result.next_due)))


def heading(result: r.ReviewDue, look: Look) -> list[Block]:
    """How much there is to do, and why more than usual."""
    count = len(result.due)
    key = "question.due" if count == result.total else "question.some_due"
    parts = look.say(key, count=count, total=result.total), look.say("question.minutes", count=minutes_for(count))
    blocks: list[Block] = [line((facts_text(*parts), "heading"))]
    if result.gives_way:
        blocks.append(line((look.say("question.gives_way", count=result.per_day), "dim")))
    return blocks


def question(asked: r.Asked, place: int, count: int, look: Look) -> list[Block]:
    """A question with what may be answered to it."""
    keys = [("Enter", "answer"), ("s", "later"), ("q", "stop")]
    return [*_question(asked, f"{place}/{count}"), _keys(keys, look)]


def _question(asked: r.Asked, place: str) -> list[Block]:
    where = f"{place:<{INDENT}}"
    return [
        line(where, (f"{asked.number} {asked.topic_title} · ", "dim"), (asked.title, "strong"), hang=INDENT),
        line(asked.question, indent=INDENT),
    ]


def answer(asked: r.Asked, look: Look) -> list[Block]:
    """The answer with its source, and how it may be graded."""
    blocks: list[Block] = [line(asked.answer, indent=INDENT)]
    if asked.source:
        blocks.append(line((facts_text(asked.source.title, asked.source.where or ""), "dim"), indent=INDENT))
    keys = _keys([("y", "yes"), ("n", "no"), ("e", "easily")], look)
    return [*blocks, Line([*cell(look.say("question.known"), "  "), *keys.spans], INDENT)]


def _keys(keys: list[tuple[str, str]], look: Look) -> Line:
    cells = [cell((f"[{key}]", "code"), f" {look.say(f'question.key_{name}')}") for key, name in keys]
    return Line(joined(cells, "   "), INDENT)


def again(day: date, look: Look) -> list[Block]:
    """When what was answered is asked again."""
    return [line((look.say("question.again", day=look.day(day)), "dim"), indent=INDENT), BLANK]


def answered(result: r.Answered, look: Look) -> list[Block]:
    day = look.day(result.due)
    return [line(look.say("question.recorded", title=result.title, day=day)), take_back_line(look)]


def review_ended(result: r.ReviewEnded, look: Look) -> list[Block]:
    blocks = again(result.last, look) if result.last else []
    said = [look.say("question.ended", count=result.answered)]
    if result.left:
        said.append(look.say("question.left", count=result.left))
    elif result.next_due:
        said.append(look.say("question.next", day=look.day(result.next_due)))
    return [*blocks, line(look.space.join(said)), *([take_back_line(look)] if result.answered else [])]
