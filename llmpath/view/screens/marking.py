"""Changes, notes and goals, as blocks. Pure."""

from collections.abc import Sequence

from llmpath.view.document import Block, Cell, Line, cell, joined, line, spaced
from llmpath.view.quoting import message
from llmpath.view.results import marking as r
from llmpath.view.screens.words import Look, standing_text, with_command

SAID_ALONE = ("nothing_to_undo", "nothing_to_redo", "goal_unchanged", "no_goal")
"""Commands that changed nothing and have no item to name."""


def changed(result: r.Changed, look: Look) -> list[Block]:
    """What changed, the figure, what is next, and how to take it back."""
    say = look.say
    if result.command in SAID_ALONE:
        told = [
            cell(say(f"changed.{result.command}")),
            *(_next_cells(result, look) if result.command == "goal_unchanged" else []),
        ]
        return [Line(joined(told, look.space), hang=2)]
    heading, others = _heading(result, look), _others(result, look)
    if not heading and not result.items:
        return [*others, line((say("changed.nothing"), "dim"))]
    items = [_item_cell(item, look) for item in result.items]
    counts = any(item.what == "state" and item.state != "goal" for item in result.items)
    told = [cell(_standing(result, look))] if counts else []
    if len(items) == 1 and not heading and not others:
        items, told = [joined([*items, *told], look.space)], []
    if counts or result.command.startswith("goal"):
        told += _next_cells(result, look)
    take_back = "llmpath redo" if result.command == "undo" else "llmpath undo"
    told.append(with_command(say("changed.take_back"), take_back, look, "dim"))
    return [
        *heading,
        *(Line(each, hang=2) for each in items),
        *others,
        *(_core_read(topic, look) for topic in result.finished_core),
        Line(joined(told, look.space), indent=2),
    ]


def _heading(result: r.Changed, look: Look) -> list[Block]:
    match result.command:
        case "undo" | "redo" if result.items and (at := result.undone_at):
            command = "review" if result.undone_command == "recall" else result.undone_command
            key = f"changed.{result.command}"
            return [line(look.say(key, command=command, day=look.day(at.date()), time=f"{at:%H:%M}"))]
        case "goal":
            return [line((look.say("changed.goal", title=result.note), "done"))]
        case "goal_cleared":
            return [line(look.say("changed.goal_cleared"))]
        case _:
            return []


def _item_cell(item: r.Marked, look: Look) -> Cell:
    if item.state == "goal":
        return cell(look.say("changed.goal" if item.title else "changed.goal_cleared", title=item.title))
    is_dated = item.state in ("done", "skipped") and item.on is not None and item.on != look.today
    key = f"changed.is_{item.state}_on" if is_dated else f"changed.is_{item.state}"
    if item.what != "state":
        key = f"changed.{item.what}"
    text = look.say(key, title=item.label, day=look.day(item.on) if item.on else "")
    return cell(look.sign(item.state), f" {text}")


def _others(result: r.Changed, look: Look) -> list[Block]:
    blocks: list[Block] = []
    for item in result.unchanged:
        stays = item.state == "done" and result.command in ("start", "skip")
        key = "changed.stays_done" if stays else f"changed.already_{item.state}"
        if result.command == "note":
            key = "changed.note_same" if result.note else "changed.note_none"
        blocks.append(message(look.say(key, title=item.label, id=item.id), "dim"))
    return blocks


def _standing(result: r.Changed, look: Look) -> str:
    """Where the learner stands: in the topic of what was done, or among all topics; and the one figure."""
    if len(result.inside) != 1 or not result.inside[0].core_total or any(item.is_topic for item in result.items):
        return standing_text(result.progress, look)
    row = result.inside[0]
    core = look.say("list.core", done=row.core_done, count=row.core_total)
    percent = look.say("figure.percent", percent=result.progress.percent)
    return look.say("changed.inside", title=f"{row.number} {row.title}", core=core, percent=percent)


def _core_read(topic: r.Marked, look: Look) -> Line:
    question = look.say("changed.core_read", title=topic.label)
    return Line(with_command(question, f"llmpath done {topic.id}", look, "strong"), indent=2)


def _next_cells(result: r.Changed, look: Look) -> list[Cell]:
    """The next thing to do, and the command for it."""
    say, following = look.say, result.next
    if following is None:
        if result.progress.left:
            return []
        return [cell((say("next.all_done" if result.progress.done else "next.all_skipped"), "done"))]
    title, command = f"{following.number} {following.title}", f"llmpath show {following.topic}"
    if following.resource is not None:
        entry = following.resource.entry
        facts = (entry.title, "" if following.topic in [row.id for row in result.inside] else title)
        title = say("changed.facts").join(fact for fact in (*facts, look.minutes(entry.minutes)) if fact)
        command = f"llmpath open {following.to_open}".rstrip()
    elif following.exercise is not None:
        title, command = following.exercise.entry.task, f"llmpath show {following.exercise.item}"
    elif following.topic in [topic.id for topic in result.finished_core]:
        return []
    return [cell(say("changed.next", title=title), (command, "code"), say("stop"))]


def notes_shown(result: r.NotesShown, look: Look) -> list[Block]:
    """The notes of an item under its title, or all, by item; each with its day."""
    if not result.notes:
        if result.item is None:
            return [message(look.say("note.none_at_all"), "dim")]
        return [message(look.say("note.none", title=result.item.label, id=result.item.id), "dim")]
    items = dict.fromkeys(note.item for note in result.notes)
    return spaced(_notes_of(result.item, [note for note in result.notes if note.item == item], look) for item in items)


def _notes_of(item: r.Marked | None, notes: Sequence[r.NoteRow], look: Look) -> list[Block]:
    title = item.label if item is not None else notes[0].title
    blocks: list[Block] = [line((title, "heading"), (f"  {notes[0].item}", "dim"))]
    for note in notes:
        first, *more = note.text.splitlines() or [""]
        blocks.append(line((f"{look.day(note.day)}  ", "dim"), first, indent=2, hang=2))
        blocks += [line(text, indent=4) for text in more]
    return blocks
