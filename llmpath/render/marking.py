"""What a command changed, notes and goals, as blocks. Pure."""

from llmpath import results as r
from llmpath.document import Block, Line, line
from llmpath.render.words import (
    Look,
    hours_text,
    sign,
)


def changed(result: r.Changed, look: Look) -> list[Block]:
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
    blocks += [line(say("changed.left_alone", name=_title_of(item)), indent=2) for item in result.left_alone]
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
        blocks.append(
            line(
                (say("changed.core_read", title=topic.title), "strong"),
                " ",
                (f"llmpath done {topic.id}", "code"),
                indent=2,
            )
        )
    if command != "note":
        if result.next is not None:
            blocks.append(line(say("changed.next", title=f"{result.next.number} {result.next.title}"), indent=2))
        elif not progress.left:
            blocks.append(line((say("next.all_done"), "done"), indent=2))
    back = "llmpath redo" if command == "undo" else "llmpath undo"
    blocks.append(line((say("changed.take_back") + " ", "dim"), (back, "code"), indent=2))
    return blocks


def _title_of(item: r.Marked) -> str:
    return f"{item.number} {item.title}" if item.is_topic else item.title


def _changed_line(item: r.Marked, result: r.Changed, look: Look) -> Line:
    if item.state == "goal":
        key = "changed.goal" if item.title else "changed.goal_cleared"
        return line(look.say(key, title=item.title) if item.title else look.say(key))
    if result.command == "note":
        key = "changed.note_written" if result.note else "changed.note_cleared"
        return line(sign(item.state, look), " ", look.say(key, title=_title_of(item)))
    text = look.say(f"changed.is_{item.state}", title=_title_of(item))
    return line(sign(item.state, look), " ", text)


def _unchanged_text(item: r.Marked, result: r.Changed, look: Look) -> str:
    if result.command == "note":
        return look.say("changed.note_same", title=_title_of(item))
    return look.say(f"changed.already_{item.state}", title=_title_of(item))


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
    about = " · " + look.say("figure.to_go", hours=hours) if hours else ""
    return [line(look.say("dashboard.goal", title=result.goal_title, count=result.left), (about, "dim"))]
