"""Changes, notes and goals, as blocks. Pure."""

from collections.abc import Sequence

from llmpath.view.document import Block, Cell, cell, joined, line, spaced
from llmpath.view.quoting import with_commands
from llmpath.view.results import marking as r
from llmpath.view.screens.words import Look, day_text, minutes_text, sign, standing_text

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
            return [line(look.say(f"changed.{result.command}", **_when(result, look)))]
        case "goal":
            return [line((look.say("changed.goal", title=result.note), "done"))]
        case "goal_cleared":
            return [line(look.say("changed.goal_cleared"))]
        case _:
            return []


def _when(result: r.Changed, look: Look) -> dict[str, str]:
    """Which command was undone or redone, and when it was given."""
    at, verb = result.undone_at, result.undone_command
    command = "review" if verb == "recall" else verb
    if at is None:
        return {"command": command, "day": "", "time": ""}
    return {"command": command, "day": day_text(at.date(), look), "time": f"{at:%H:%M}"}


def _sentences(cells: Sequence[Cell], look: Look) -> Cell:
    """Sentences after each other, with a space between where the language has one."""
    return joined(cells, look.say("sentences", first="", second=""))


def _title_of(item: r.Marked) -> str:
    return f"{item.number} {item.title}" if item.is_topic else item.title


_WHATS = {
    "note": "changed.note_written",
    "no_note": "changed.note_cleared",
    "note_undone": "changed.note_undone",
    "recall": "changed.recall",
    "elsewhere": "changed.elsewhere",
}


def _item_cell(item: r.Marked, look: Look) -> Cell:
    if item.state == "goal":
        key = "changed.goal" if item.title else "changed.goal_cleared"
        return cell(look.say(key, title=item.title))
    text = look.say(_WHATS.get(item.what, f"changed.is_{item.state}"), title=_title_of(item))
    if item.what == "state" and item.state in ("done", "skipped") and item.on not in (None, look.today):
        text = look.say(f"changed.is_{item.state}_on", title=_title_of(item), day=day_text(item.on, look))
    return cell(sign(item.state, look), f" {text}")


def _others(result: r.Changed, look: Look) -> list[Block]:
    blocks: list[Block] = []
    for item in result.unchanged:
        stays = item.state == "done" and result.command in ("start", "skip")
        key = "changed.stays_done" if stays else f"changed.already_{item.state}"
        if result.command == "note":
            key = "changed.note_same" if result.note else "changed.note_none"
        blocks.append(line(*with_commands(look.say(key, title=_title_of(item), id=item.id), "dim")))
    return blocks


def _figure_cell(result: r.Changed, look: Look) -> Cell:
    """Where the learner stands: in the topic of what was done, or among all topics; and the one figure."""
    progress, say = result.progress, look.say
    if len(result.inside) == 1 and result.inside[0].core_total and not any(item.is_topic for item in result.items):
        row = result.inside[0]
        core = say("list.core", done=row.core_done, count=row.core_total)
        percent = say("figure.percent", percent=progress.percent)
        return cell(say("changed.inside", title=f"{row.number} {row.title}", core=core, percent=percent))
    return cell(standing_text(progress, look))


def _core_read(topic: r.Marked, look: Look) -> Cell:
    question = cell((look.say("changed.core_read", title=_title_of(topic)), "strong"))
    return _sentences([question, cell((f"llmpath done {topic.id}", "code"))], look)


def _next_cells(result: r.Changed, look: Look) -> list[Cell]:
    """The next thing to do, and the command for it."""
    say, following = look.say, result.next
    if following is None:
        if result.progress.left:
            return []
        return [cell((say("next.all_done" if result.progress.done else "next.all_skipped"), "done"))]
    topic = f"{following.number} {following.title}"
    inside = [row.id for row in result.inside]
    if following.resource is not None:
        minutes = minutes_text(following.resource.entry.minutes, look)
        facts = [following.resource.entry.title, *([] if following.topic in inside else [topic]), minutes]
        title = say("changed.facts").join(fact for fact in facts if fact)
        return [_next_cell(title, f"llmpath open {following.to_open}".rstrip(), look)]
    if following.exercise is not None:
        title = following.exercise.entry.task
        return [_next_cell(title, f"llmpath show {following.exercise.item}", look)]
    if following.topic in [topic.id for topic in result.finished_core]:
        return []
    return [_next_cell(topic, f"llmpath show {following.topic}", look)]


def _next_cell(title: str, command: str, look: Look) -> Cell:
    return cell(look.say("changed.next", title=title), (command, "code"), look.say("stop"))


def _take_back(result: r.Changed, look: Look) -> Cell:
    command = "llmpath redo" if result.command == "undo" else "llmpath undo"
    return _sentences([cell((look.say("changed.take_back"), "dim")), cell((command, "code"))], look)


def notes(result: r.NotesShown, look: Look) -> list[Block]:
    """The notes of an item under its title, or all, by item; each with its day."""
    if not result.notes:
        if result.item is None:
            return [line(*with_commands(look.say("note.none_at_all"), "dim"))]
        none = look.say("note.none", title=_title_of(result.item), id=result.item.id)
        return [line(*with_commands(none, "dim"))]
    items = dict.fromkeys(note.item for note in result.notes)
    return spaced(_notes_of(result.item, [note for note in result.notes if note.item == item], look) for item in items)


def _notes_of(item: r.Marked | None, notes: Sequence[r.NoteRow], look: Look) -> list[Block]:
    title = _title_of(item) if item is not None else notes[0].title
    blocks: list[Block] = [line((title, "heading"), (f"  {notes[0].item}", "dim"))]
    for note in notes:
        first, *more = note.text.splitlines() or [""]
        blocks.append(line((f"{day_text(note.day, look)}  ", "dim"), first, indent=2, hang=2))
        blocks += [line(text, indent=4) for text in more]
    return blocks
