"""What a command changed, notes and goals, as blocks. Pure."""

from collections.abc import Sequence

from llmpath.view.document import Block, Cell, cell, joined, line
from llmpath.view.results import marking as r
from llmpath.view.screens.words import (
    Look,
    day_text,
    hours_text,
    sign,
)

SAID_ALONE = ("nothing_to_undo", "nothing_to_redo", "goal_unchanged", "no_goal")
"""Commands that changed nothing and have no item to name."""


def changed(result: r.Changed, look: Look) -> list[Block]:
    """What changed, the figure, what is next, and how to take it back."""
    if result.command in SAID_ALONE:
        return [line(look.say(f"changed.{result.command}"))]
    heading, others = _heading(result, look), _others(result, look)
    if not heading and not result.items:
        return [*others, line((look.say("changed.nothing"), "dim"))]
    items = [_item_cell(item, look) for item in result.items]
    counts = any(item.what == "state" and item.state != "goal" for item in result.items)
    figure = [_figure_cell(result, look)] if counts else []
    if len(items) == 1 and not heading and not others:
        items, figure = [_sentences([*items, *figure], look)], []
    outlook = _next_cells(result, look) if counts or result.command.startswith("goal") else []
    return [
        *heading,
        *(line(*each, hang=2) for each in items),
        *others,
        *(line(*_core_read(topic, look), indent=2) for topic in result.finished_core),
        line(*_sentences([*figure, *outlook, _take_back(result, look)], look), indent=2),
    ]


def _heading(result: r.Changed, look: Look) -> list[Block]:
    match result.command:
        case "undo" | "redo" if result.items:
            return [line(look.say(f"changed.{result.command}", command=result.undone_command))]
        case "goal":
            return [line((look.say("changed.goal", title=result.note), "done"))]
        case "goal_cleared":
            return [line(look.say("changed.goal_cleared"))]
        case _:
            return []


def _sentences(cells: Sequence[Cell], look: Look) -> Cell:
    """Sentences after each other, with a space between where the language has one."""
    return joined(cells, look.say("sentences", first="", second=""))


def _title_of(item: r.Marked) -> str:
    return f"{item.number} {item.title}" if item.is_topic else item.title


def _item_cell(item: r.Marked, look: Look) -> Cell:
    if item.state == "goal":
        key = "changed.goal" if item.title else "changed.goal_cleared"
        return cell(look.say(key, title=item.title))
    key = {"note": "changed.note_written", "no_note": "changed.note_cleared"}.get(item.what, f"changed.is_{item.state}")
    text = look.say(key, title=_title_of(item))
    is_past = item.what == "state" and item.on is not None and item.on != look.today
    day = f"{day_text(item.on, look)}  " if is_past and item.on else ""
    return cell(sign(item.state, look), " ", (day, "dim"), text)


def _others(result: r.Changed, look: Look) -> list[Block]:
    blocks: list[Block] = [line(look.say("changed.left_alone", name=_title_of(item))) for item in result.left_alone]
    for item in result.unchanged:
        key = f"changed.already_{item.state}"
        if result.command == "note":
            key = "changed.note_same" if result.note else "changed.note_none"
        blocks.append(line((look.say(key, title=_title_of(item)), "dim")))
    return blocks


def _figure_cell(result: r.Changed, look: Look) -> Cell:
    progress, say = result.progress, look.say
    topics = say("figure.topics", done=progress.done, count=progress.total - progress.skipped)
    return cell(say("changed.figure", topics=topics, percent=say("figure.percent", percent=progress.percent)))


def _core_read(topic: r.Marked, look: Look) -> Cell:
    question = cell((look.say("changed.core_read", title=_title_of(topic)), "strong"))
    return _sentences([question, cell((f"llmpath done {topic.id}", "code"))], look)


def _next_cells(result: r.Changed, look: Look) -> list[Cell]:
    if result.next is not None:
        return [cell(look.say("changed.next", title=f"{result.next.number} {result.next.title}"))]
    if result.progress.left:
        return []
    return [cell((look.say("next.all_done" if result.progress.done else "next.all_skipped"), "done"))]


def _take_back(result: r.Changed, look: Look) -> Cell:
    key = "changed.not_yet" if result.command == "done" else "changed.take_back"
    command = "llmpath redo" if result.command == "undo" else "llmpath undo"
    return _sentences([cell((look.say(key), "dim")), cell((command, "code"))], look)


def note(result: r.NoteShown, look: Look) -> list[Block]:
    if not result.my_note:
        return [line((look.say("note.none", title=_title_of(result.item)), "dim"))]
    return [line((_title_of(result.item), "heading")), *(line(text, indent=2) for text in result.my_note.splitlines())]


def goal(result: r.GoalShown, look: Look) -> list[Block]:
    if result.goal is None:
        return [line(look.say("goal.none"))]
    if not result.left:
        return [line((look.say("next.goal_reached", title=result.goal_title), "done"))]
    hours = hours_text(result.hours_left, look)
    about = " · " + look.say("next.about", hours=hours) if hours else ""
    return [line(look.say("dashboard.goal", title=result.goal_title, count=result.left), (about, "dim"))]
