"""Results as blocks for a person, or as JSON for a script. Loads and decides nothing; pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from llmpath import results as r
from llmpath.document import BLANK, Block, Cell, Column, Line, Span, Table, cell, joined, line, link
from llmpath.messages import Texts
from llmpath.progress import Figure

JSON_VERSION = 1
WIDE, MEDIUM, NARROW = 100, 72, 50
"""Terminal widths from which a column is shown."""


class Look(NamedTuple):
    """What a rendering depends on beside the result."""

    say: Texts
    signs: Mapping[str, str]
    levels: str
    show_hours: bool
    today: date


def blocks_of(result: Any, look: Look) -> list[Block]:
    """What a person sees of a result."""
    return _RENDERERS[type(result)](result, look)


def json_of(result: Any, look: Look) -> dict[str, Any]:
    """What a script gets of a result: its kind, the version of its form, and its fields."""
    fields = _jsonable(result, look)
    kind = fields.pop("kind")
    special = _JSON.get(type(result))
    if special is not None:
        fields = special(result, fields)
    return {"kind": kind, "version": JSON_VERSION, **fields}


def _jsonable(value: Any, look: Look) -> Any:
    if isinstance(value, r.Reason):
        fields = {name: _jsonable(field, look) for name, field in value.fields.items()}
        return {"code": value.code, "text": reason_text(value, look), "speaks_for": value.speaks_for, "fields": fields}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _jsonable(getattr(value, name), look) for name in value._fields}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _jsonable(field, look) for name, field in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(entry, look) for entry in value]
    return value


def _concept_json(result: r.ConceptShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"concept": {**fields["concept"], "topic": result.topic.id}, "resources": fields["resources"]}


def _resource_json(result: r.ResourceShown, fields: dict[str, Any]) -> dict[str, Any]:
    return {"resource": {**fields["resource"], "topic": result.topic.id}}


_JSON: dict[type, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    r.ConceptShown: _concept_json,
    r.ResourceShown: _resource_json,
}


# --- words that many views share ---


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
    """The length of a resource."""
    if minutes is None:
        return ""
    if minutes < 120:
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


def figure_line(title: str, progress: Figure, hours_left: float, look: Look) -> Line:
    """The one figure, with what it is made of."""
    counted = progress.total - progress.skipped
    parts = [
        cell((title, "heading")),
        cell(look.say("figure.topics", done=progress.done, count=counted)),
        cell((look.say("figure.percent", percent=progress.percent), "strong")),
    ]
    if progress.skipped:
        parts.append(cell((look.say("figure.skipped", count=progress.skipped), "dim")))
    left = hours_text(hours_left, look)
    if left:
        parts.append(cell((look.say("figure.to_go", hours=left), "dim")))
    return Line(joined(parts, " · "), hang=2)


def _sign(state: str, look: Look) -> Span:
    return Span(look.signs[state], {"done": "done", "doing": "doing"}.get(state, "dim"))


def _state(state: str, look: Look) -> str:
    return look.say(f"state.{state}")


def _resource_facts(resource: r.ResourceView, look: Look) -> list[str]:
    """Kind, length and language in words."""
    facts = [look.say(f"kind.{resource.kind}"), minutes_text(resource.minutes, look)]
    return [fact for fact in (*facts, language_text(resource.language, look)) if fact]


# --- list, show, resources ---


def _listing(result: r.Listing, look: Look) -> list[Block]:
    blocks: list[Block] = [figure_line(result.title, result.progress, result.hours_left, look)]
    for part in result.parts:
        rows = [row for row in result.topics if row.part == part.id]
        if not rows:
            continue
        counted = part.progress.done + part.progress.skipped
        count = Span(f"{counted}/{part.progress.total}", "dim")
        blocks += [BLANK, line((f"{part.number} {part.title}", "heading"), "  ", count)]
        blocks.append(_topic_table(rows, look))
    if not result.topics:
        blocks += [BLANK, line(look.say("list.nothing"))]
    if result.without_item:
        text = look.say("list.without_item", count=len(result.without_item))
        blocks += [BLANK, line((text, "dim"))]
    return blocks


def _topic_table(rows: Sequence[r.TopicRow], look: Look) -> Table:
    columns = [Column(), Column(), Column(folds=True), Column(from_width=NARROW), Column("right", MEDIUM)]
    return Table(columns, [_topic_cells(row, look) for row in rows], indent=4)


def _topic_cells(row: r.TopicRow, look: Look) -> list[Cell]:
    if row.state in ("done", "skipped"):
        state = look.say("list.state_on", state=_state(row.state, look), day=day_text(row.on, look)) if row.on else ""
        if row.state == "skipped":
            state = _state("skipped", look)
        return [
            [_sign(row.state, look)], cell((row.number, "dim")), cell((row.title, "dim")), cell((state, "dim")), cell("")
        ]  # fmt: skip
    state = _state(row.state, look) if row.state == "doing" else ""
    if row.resources_done:
        state = look.say("list.read", count=row.resources_total, done=row.resources_done)
    hours = hours_text(row.hours_left, look)
    style = "strong" if row.state == "doing" else ""
    return [
        [_sign(row.state, look)],
        cell((row.number, "dim")),
        cell((row.title, style)),
        cell((state, "doing" if row.state == "doing" else "")),
        cell((hours, "dim")),
    ]


def _topic(result: r.TopicShown, look: Look) -> list[Block]:
    topic, say = result.topic, look.say
    related = {other.id: other for other in topic.related}
    state = _state(topic.state, look)
    if topic.on and topic.state != "todo":
        state = say("list.state_on", state=state, day=day_text(topic.on, look))
    facts = [state, hours_text(topic.hours, look)]
    blocks: list[Block] = [
        line(
            _sign(topic.state, look),
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
        (say("show.my_note"), [cell((topic.my_note, "strong"))] if topic.my_note else []),
    ]
    table = [[cell((name, "dim")), joined(cells, say("list.comma"))] for name, cells in rows if cells]
    if table:
        blocks += [Table([Column(), Column(folds=True)], table, indent=2), BLANK]
    if topic.concepts:
        blocks.append(line((say("show.concepts"), "heading"), indent=2))
        for concept in topic.concepts:
            blocks += _concept_lines(concept, look)
        blocks.append(BLANK)
    core = [resource for resource in topic.resources if resource.core]
    deeper = [resource for resource in topic.resources if not resource.core]
    for name, resources in (("show.core", core), ("show.deeper", deeper), ("show.see_also", topic.see_also)):
        if resources:
            blocks.append(line((say(name), "heading"), indent=2))
            for resource in resources:
                blocks += _resource_lines(resource, look, with_note=True)
            blocks.append(BLANK)
    return blocks[:-1] if blocks[-1] is BLANK else blocks


def _related_cell(topic: r.Related, look: Look) -> Cell:
    return cell(_sign(topic.state, look), f" {topic.number} {topic.title}")


def _concept_lines(concept: r.ConceptView, look: Look) -> list[Block]:
    blocks: list[Block] = [
        line(_sign(concept.state, look), " ", (concept.title, "strong"), ("  " + concept.id, "dim"), indent=4, hang=2),
        line(concept.summary, indent=6),
    ]
    return blocks + _note_lines(concept.my_note, look, 6)


def _resource_lines(resource: r.ResourceView, look: Look, *, with_note: bool) -> list[Block]:
    facts = " · ".join([*_resource_facts(resource, look), look.say(f"level.{resource.level}")])
    blocks: list[Block] = [
        line(_sign(resource.state, look), " ", (resource.title, "strong"), indent=4, hang=2),
        line((f"{facts} · {resource.id}", "dim"), indent=6),
    ]
    if with_note:
        blocks.append(line(resource.note, indent=6))
    blocks.append(line(link(resource.url), indent=6))
    return blocks + _note_lines(resource.my_note, look, 6)


def _note_lines(note: str | None, look: Look, indent: int) -> list[Block]:
    if not note:
        return []
    return [
        line((look.say("show.my_note") + " ", "dim"), text, indent=indent, hang=2) for text in note.splitlines() if text
    ]


def _concept(result: r.ConceptShown, look: Look) -> list[Block]:
    blocks: list[Block] = [
        line(_sign(result.concept.state, look), " ", (result.concept.title, "heading"), ("  " + result.concept.id, "dim")),
        line((look.say("show.in_topic", number=result.topic.number, title=result.topic.title), "dim"), indent=2),
        BLANK,
        line(result.concept.summary, indent=2),
        *_note_lines(result.concept.my_note, look, 2),
    ]
    if result.resources:
        blocks += [BLANK, line((look.say("show.taught_by"), "heading"), indent=2)]
        for resource in result.resources:
            blocks += _resource_lines(resource, look, with_note=True)
    return blocks


def _resource(result: r.ResourceShown, look: Look) -> list[Block]:
    resource, say = result.resource, look.say
    rows = [
        (say("show.topic"), cell(f"{result.topic.number} {result.topic.title}")),
        (say("show.facts"), cell(" · ".join([*_resource_facts(resource, look), say(f"level.{resource.level}")]))),
        (say("show.authors"), cell(say("list.comma").join(resource.authors))),
        (say("show.address"), cell(link(resource.url))),
        (say("show.former"), joined([cell(url) for url in resource.former_urls], "  ")),
        (say("show.teaches"), cell(say("list.comma").join(resource.concepts))),
        (say("show.sources"), cell(say("list.comma").join(result.source_titles))),
        (say("show.my_note"), cell((resource.my_note or "", "strong"))),
    ]
    return [
        line(_sign(resource.state, look), " ", (resource.title, "heading"), ("  " + resource.id, "dim"), hang=2),
        BLANK,
        line(resource.note, indent=2),
        BLANK,
        Table(
            [Column(), Column(folds=True)],
            [[cell((name, "dim")), value] for name, value in rows if any(span.text for span in value)],
            indent=2,
        ),
    ]


def _resources(result: r.ResourceListing, look: Look) -> list[Block]:
    if not result.resources:
        return [line(look.say("resources.nothing"))]
    blocks: list[Block] = [line((look.say("resources.count", count=len(result.resources)), "heading"))]
    for topic in result.topics:
        blocks += [BLANK, line((f"{topic.number} {topic.title}", "heading"))]
        for resource in result.resources:
            if resource.topic == topic.id:
                blocks += _resource_lines(resource, look, with_note=False)
    return blocks


# --- next, path, plan, open ---


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


def _next(result: r.Next, look: Look) -> list[Block]:
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
        facts = " · ".join(_resource_facts(resource, look))
        rows.append([cell((say("next.open"), "dim")), cell((resource.title, "strong"), (f" · {facts}", "dim"))])
        rows.append([cell(""), cell(link(resource.url))])
    if is_first or not all_reasons:
        then = [f"llmpath open {suggestion.topic}" if not is_first else "llmpath open"] if resource else []
        then.append(f"llmpath done {suggestion.topic}")
        rows.append([cell((say("next.then"), "dim")), joined([cell((c, "code")) for c in then], "     ")])
    return [*blocks, Table([Column(), Column(folds=True)], rows, indent=2)]


def _path(result: r.Path, look: Look) -> list[Block]:
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
            [_sign(step.state, look)],
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
        blocks.append(line((before + own, "dim"), _sign(step.state, look), text, (f"  {hours}" if hours else "", "dim"), indent=2))
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


def _plan(result: r.Plan, look: Look) -> list[Block]:
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
    blocks += [BLANK, line((say("plan.ends", day=ends, count=result.weeks), "strong"), (f" · {total}" if total else "", "dim"))]
    if result.calendar:
        blocks.append(line(say("plan.calendar", path=result.calendar)))
    return blocks


def _trimmed(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _opened(result: r.Opened, look: Look) -> list[Block]:
    if result.is_open:
        return [line(look.say("open.opened", title=result.resource.title)), line(link(result.resource.url), indent=2)]
    return [line(link(result.resource.url))]


# --- search, log, stats, dashboard ---


def _search(result: r.Search, look: Look) -> list[Block]:
    if not result.matches:
        return [line(look.say("search.nothing", words=result.words))]
    rows = [
        [
            [_sign(match.state, look)],
            cell((look.say(f"item.{match.kind}"), "dim")),
            cell((match.title, "strong" if match.kind == "topic" else "")),
            cell((match.id, "dim")),
        ]
        for match in result.matches
    ]
    return [Table([Column(), Column(from_width=NARROW), Column(folds=True), Column(folds=True, from_width=MEDIUM)], rows)]


def _log(result: r.Log, look: Look) -> list[Block]:
    if not result.events:
        return [line(look.say("log.nothing"))]
    blocks: list[Block] = []
    day: date | None = None
    for event in result.events:
        if event.on != day:
            blocks += [BLANK] if blocks else []
            blocks.append(line((day_text(event.on, look), "heading")))
            day = event.on
        state = _state(event.state, look)
        blocks.append(line(_sign(event.state, look), f" {event.title}", (f"  {state} · {event.item}", "dim"), indent=2, hang=2))
        blocks += _note_lines(event.my_note, look, 4)
    return blocks


def _stats(result: r.Stats, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = [figure_line(say("stats.all"), result.progress, result.hours_left, look), BLANK]
    columns = [Column(), Column(folds=True), Column(from_width=MEDIUM), Column("right"), Column("right", NARROW)]
    rows = [
        [
            cell((str(part.number), "dim")),
            cell(part.title),
            [Span(_bar(part.progress, look), "done")],
            cell(say("stats.part", done=part.progress.done, count=part.progress.total - part.progress.skipped)),
            cell((hours_text(part.hours_left, look) and say("figure.to_go", hours=hours_text(part.hours_left, look)), "dim")),
        ]
        for part in result.parts
    ]
    blocks += [Table(columns, rows, 2), BLANK]
    if look.show_hours:
        done, left = hours_text(result.hours_done, look) or "0", hours_text(result.hours_left, look) or "0"
        blocks += [line(say("stats.hours", done=done, left=left)), line((say("stats.hours_how"), "dim")), BLANK]
    blocks.append(
        line(say("stats.streak", count=result.streak.current), say("list.comma"), say("stats.longest", count=result.streak.longest))
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
        start, end = monday - timedelta(weeks=weeks[0]), min(monday - timedelta(weeks=weeks[-1]) + timedelta(days=6), today)
        days = f"{day_text(start, look)} – {day_text(end, look)}" if look.signs["done"] == "✓" else f"{day_text(start, look)} - {day_text(end, look)}"
        blocks.append(line((days, "dim")))
        for weekday in range(7):
            signs = "".join(_day_sign(result, monday + timedelta(days=weekday) - timedelta(weeks=w), look) for w in weeks)
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


def _dashboard(result: r.Dashboard, look: Look) -> list[Block]:
    say = look.say
    if not result.has_begun:
        first = result.next.suggestions[0] if result.next.suggestions else None
        title = f"{first.number} {first.title}" if first else ""
        return [
            line((say("welcome.what", title=result.title, count=result.progress.total), "heading")),
            line(("llmpath list", "code"), "   " + say("welcome.list")),
            line(("llmpath next", "code"), "   " + say("welcome.next", title=title)),
            line(("llmpath done", "code"), "   " + say("welcome.done")),
            line(say("welcome.skip")),
        ]
    blocks: list[Block] = [figure_line(result.title, result.progress, result.hours_left, look)]
    if result.goal:
        key = "dashboard.goal" if result.to_goal else "next.goal_reached"
        blocks.append(line((say(key, title=result.goal_title, count=result.to_goal), "" if result.to_goal else "done")))
    if result.streak > 1:
        blocks.append(line((say("stats.streak", count=result.streak), "dim")))
    if result.under_way:
        blocks += [BLANK, line((say("dashboard.under_way"), "heading")), _topic_table(result.under_way, look)]
    return [*blocks, BLANK, *_next(result.next._replace(goal=None), look)]


# --- what changed ---


def _changed(result: r.Changed, look: Look) -> list[Block]:
    say = look.say
    command = result.command
    if command in ("nothing_to_undo", "nothing_to_redo", "goal_unchanged"):
        return [line(say(f"changed.{command}"))]
    blocks: list[Block] = []
    if command in ("undo", "redo"):
        blocks.append(line(say(f"changed.{command}", command=result.undone_command)))
    if command == "goal":
        blocks.append(line((say("changed.goal", title=result.note), "done")))
    if command == "goal_cleared":
        blocks.append(line(say("changed.goal_cleared")))
    blocks += [_changed_line(item, result, look) for item in result.items]
    blocks += [line(say("changed.left_alone", name=_name(item)), indent=2) for item in result.left_alone]
    blocks += [line((_unchanged_text(item, result, look), "dim")) for item in result.unchanged]
    if not result.items and command not in ("goal", "goal_cleared"):
        return blocks or [line((say("changed.nothing"), "dim"))]
    progress = result.progress
    counted = progress.total - progress.skipped
    if command != "note":
        topics = say("figure.topics", done=progress.done, count=counted)
        percent = say("figure.percent", percent=progress.percent)
        blocks.append(line(say("changed.figure", topics=topics, percent=percent), indent=2))
    for topic in result.finished_core:
        blocks.append(line((say("changed.core_read", title=topic.title), "strong"), " ", (f"llmpath done {topic.id}", "code"), indent=2))
    if command != "note":
        if result.next is not None:
            blocks.append(line(say("changed.next", title=f"{result.next.number} {result.next.title}"), indent=2))
        elif not progress.left:
            blocks.append(line((say("next.all_done"), "done"), indent=2))
    back = "llmpath redo" if command == "undo" else "llmpath undo"
    blocks.append(line((say("changed.take_back") + " ", "dim"), (back, "code"), indent=2))
    return blocks


def _name(item: r.Marked) -> str:
    return f"{item.number} {item.title}" if item.is_topic else item.title


def _changed_line(item: r.Marked, result: r.Changed, look: Look) -> Line:
    if item.state == "goal":
        key = "changed.goal" if item.title else "changed.goal_cleared"
        return line(look.say(key, title=item.title) if item.title else look.say(key))
    if result.command == "note":
        key = "changed.note_written" if result.note else "changed.note_cleared"
        return line(_sign(item.state, look), " ", look.say(key, title=_name(item)))
    text = look.say(f"changed.is_{item.state}", title=_name(item))
    return line(_sign(item.state, look), " ", text)


def _unchanged_text(item: r.Marked, result: r.Changed, look: Look) -> str:
    if result.command == "note":
        return look.say("changed.note_same", title=_name(item))
    return look.say(f"changed.already_{item.state}", title=_name(item))


def _note(result: r.NoteShown, look: Look) -> list[Block]:
    if not result.my_note:
        return [line((look.say("note.none", title=_name(result.item)), "dim"))]
    return [line((_name(result.item), "heading")), *(line(text, indent=2) for text in result.my_note.splitlines())]


def _goal(result: r.GoalShown, look: Look) -> list[Block]:
    if result.goal is None:
        return [line(look.say("goal.none"))]
    if not result.left:
        return [line((look.say("next.goal_reached", title=result.goal_title), "done"))]
    hours = hours_text(result.hours_left, look)
    about = " · " + look.say("figure.to_go", hours=hours) if hours else ""
    return [line(look.say("dashboard.goal", title=result.goal_title, count=result.left), (about, "dim"))]


# --- config, info ---


def _config(result: r.ConfigShown, look: Look) -> list[Block]:
    say = look.say
    if result.changed is not None:
        row = next(row for row in result.settings if row.key == result.changed)
        return [line(say("config.changed", name=row.key, value=_value(row.value, look), path=result.path))]
    rows = [
        [
            cell((row.key, "strong")),
            cell(_value(row.value, look)),
            cell((_origin(row.origin, look), "dim")),
            cell((say(f"config.{row.key}"), "dim")),
        ]
        for row in result.settings
    ]
    where = say("config.file", path=result.path) if result.is_there else say("config.no_file", path=result.path)
    columns = [Column(), Column(folds=True), Column(from_width=MEDIUM), Column(folds=True, from_width=WIDE)]
    blocks: list[Block] = [line((where, "dim")), BLANK, Table(columns, rows), BLANK, line((say("config.how"), "dim"))]
    blocks += [line((say("config.unknown", name=name), "warning")) for name in result.unknown]
    return blocks


def _value(value: Any, look: Look) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ", ".join(value) or look.say("config.any")
    return look.say("config.unset") if value is None else str(value)


def _origin(origin: str, look: Look) -> str:
    key = f"origin.{origin}"
    return look.say(key) if key in look.say else f"${origin}"


def _info(result: r.Info, look: Look) -> list[Block]:
    say = look.say
    facts = f"llmpath {result.version} · Python {result.python} · {result.platform}"
    rows = [
        [
            cell((say(f"info.{row.name}"), "strong")),
            cell((say(f"health.{row.health}", detail=row.detail), "" if row.health in ("ok", "absent") else "warning")),
            cell(row.path),
            cell((_origin(row.origin, look), "dim")),
        ]
        for row in result.files
    ]
    columns = [Column(), Column(folds=True), Column(folds=True), Column(from_width=WIDE)]
    blocks: list[Block] = [
        line((facts, "heading")),
        line(say("info.in_use", language=language_text(result.language, look), curriculum=result.curriculum)),
        BLANK,
        Table(columns, rows),
    ]
    if result.unknown_items:
        blocks += [BLANK, line((say("list.without_item", count=len(result.unknown_items)), "dim"))]
        blocks += [line(key, indent=2) for key in result.unknown_items]
    return blocks


def _merged(result: r.Merged, look: Look) -> list[Block]:
    if not result.files:
        return []
    if not result.differences:
        return [line(look.say("merge.nothing"))]
    key = "merge.would_take" if result.dry_run else "merge.taken"
    return [line(look.say(key, count=len(result.differences))), *_difference_lines(result.differences, look)]


def _difference_lines(differences: Sequence[r.Difference], look: Look) -> list[Block]:
    rows = [
        [
            [_sign(difference.after, look)],
            cell(difference.title),
            cell((look.say("merge.change", before=_state(difference.before, look), after=_state(difference.after, look)), "dim")),
        ]
        for difference in differences
    ]
    return [Table([Column(), Column(folds=True), Column()], rows, indent=2)] if rows else []


def _backups(result: r.Backups, look: Look) -> list[Block]:
    if not result.backups:
        return [line(look.say("backup.none"))]
    rows = [
        [
            cell(backup.name),
            cell((backup.made, "dim")),
            cell(look.say("backup.items", count=backup.items))
            if backup.items >= 0
            else cell((look.say("backup.damaged"), "warning")),
        ]
        for backup in result.backups
    ]
    return [
        Table([Column(folds=True), Column(from_width=MEDIUM), Column("right")], rows),
        BLANK,
        line((look.say("backup.restore_with"), "dim")),
    ]


def _restored(result: r.Restored, look: Look) -> list[Block]:
    count = len(result.differences)
    if result.dry_run:
        text = look.say("backup.would_restore", name=result.name, count=count)
        return [line(text), *_difference_lines(result.differences, look)]
    blocks: list[Block] = [line(look.say("backup.restored", name=result.name, count=count))]
    blocks += _difference_lines(result.differences, look)
    return [*blocks, line((look.say("backup.kept", name=result.kept), "dim"))] if result.kept else blocks


_RENDERERS: dict[type, Callable[[Any, Look], list[Block]]] = {
    r.Listing: _listing,
    r.TopicShown: _topic,
    r.ConceptShown: _concept,
    r.ResourceShown: _resource,
    r.ResourceListing: _resources,
    r.Next: _next,
    r.Path: _path,
    r.Plan: _plan,
    r.Opened: _opened,
    r.Search: _search,
    r.Log: _log,
    r.Stats: _stats,
    r.Dashboard: _dashboard,
    r.Changed: _changed,
    r.NoteShown: _note,
    r.GoalShown: _goal,
    r.ConfigShown: _config,
    r.Info: _info,
    r.Merged: _merged,
    r.Backups: _backups,
    r.Restored: _restored,
}
