"""config, info, merge, sync, backup, import and export, as blocks. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from llmpath.view.document import BLANK, Block, Cell, Column, Table, cell, labelled, line
from llmpath.view.quoting import message
from llmpath.view.results import keeping as r
from llmpath.view.screens.words import MEDIUM, NARROW, WIDE, Look, standing_text, take_back_line


def config_shown(result: r.ConfigShown, look: Look) -> list[Block]:
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
    where = say("config.file" if result.is_there else "config.no_file", path=result.path)
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


def info(result: r.Info, look: Look) -> list[Block]:
    say = look.say
    facts = f"llmpath {result.llmpath} · Python {result.python} · {result.platform}"
    rows: list[tuple[str, Cell]] = []
    for row in result.files:
        health = say(f"health.{row.health}", detail=row.detail)
        if row.health == "ok" and row.detail:
            health = say(f"health.ok.{row.name}", count=int(row.detail))
        style = "" if row.health in ("ok", "absent") else "warning"
        about = cell((health, style), (f" · {_origin(row.origin, look)}", "dim"))
        rows += [(say(f"info.{row.name}"), about), ("", cell((row.path, "dim")))]
    curriculum = result.curriculum
    if result.updated is not None:
        curriculum = say("info.updated", curriculum=curriculum, day=look.day(date.fromisoformat(result.updated)))
    in_use = say("info.in_use", language=look.language(result.language), curriculum=curriculum)
    blocks: list[Block] = [line((facts, "heading")), line(in_use), BLANK, labelled(rows, 0, "strong")]
    if result.unknown_items:
        blocks += [BLANK, line((say("info.without_item", count=len(result.unknown_items)), "dim"))]
        blocks += [line(key, indent=2) for key in result.unknown_items]
    return [*blocks, *(line(_problem_text(problem, look), hang=2) for problem in result.problems)]


def _problem_text(problem: r.LogProblem, look: Look) -> str:
    say = look.say
    text = say(f"log.{problem.reason}").format(*problem.details)
    if problem.reason == "unknown_item" and len(problem.details) > 1:
        text += look.space + say("log.perhaps", name=problem.details[1])
    place = say(f"info.{problem.file}")
    return say("log.problem_at", place=place, line=problem.line, text=text) if problem.line else f"{place}: {text}"


def merged(result: r.Merged, look: Look) -> list[Block]:
    if not result.taken:
        return [line(look.say("merge.nothing"))]
    key = "merge.would_take" if result.dry_run else "merge.taken"
    return [line(look.say(key, count=result.taken)), *difference_lines(result.differences, look)]


def synced(result: r.Synced, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = [line(say("sync.copy", name=name)) for name in result.copies]
    if not result.taken and not result.given:
        return [*blocks, line(say("sync.nothing"))]
    if result.taken:
        blocks.append(line(say("sync.taken", count=result.taken)))
    blocks += difference_lines(result.differences, look)
    if result.given:
        blocks.append(line(say("sync.given", count=result.given, folder=result.folder)))
    return blocks


def backups(result: r.Backups, look: Look) -> list[Block]:
    say = look.say
    if not result.backups:
        return [line(say("backup.none"))]
    rows: list[list[Cell]] = []
    for backup in result.backups:
        is_damaged = backup.items < 0
        items = (say("backup.damaged"), "warning") if is_damaged else say("backup.items", count=backup.items)
        rows.append([cell(backup.name), cell((backup.made, "dim")), cell(items)])
    columns = [Column(), Column(from_width=MEDIUM), Column("right", NARROW)]  # a name is copied, so it stays whole
    return [Table(columns, rows), BLANK, message(say("backup.restore_with"), "dim")]


def restored(result: r.Restored, look: Look) -> list[Block]:
    say = look.say
    if not result.is_changed:
        return [line(say("backup.same", name=result.name))]
    key = "backup.would_restore" if result.dry_run else "backup.restored"
    blocks: list[Block] = [line(say(key, name=result.name, count=len(result.differences)))]
    blocks += difference_lines(result.differences, look)
    if result.lost and not result.dry_run:
        blocks.append(line(say("backup.lost", count=result.lost), hang=2))
    if result.kept and not result.dry_run:
        blocks.append(line((say("backup.kept", name=result.kept), "dim")))
    return blocks


def difference_lines(differences: Sequence[r.Difference], look: Look) -> list[Block]:
    """A row for each record that changed, or would: what it is now, its title, both states."""
    rows: list[list[Cell]] = []
    for each in differences:
        is_goal = each.what == "goal"
        sign, title = ([], look.say("merge.goal")) if is_goal else ([look.sign(each.after)], each.title)
        rows.append([sign, cell(title), cell((_change(each, look), "dim"))])
    return [Table([Column(), Column(folds=True), Column()], rows, indent=2)] if rows else []


def _change(each: r.Difference, look: Look) -> str:
    """What a record was and is."""
    say = look.say
    match each.what:
        case "goal":
            none = say("config.unset")
            return say("merge.change", before=each.before or none, after=each.after or none)
        case "new_note":
            return say("import.with_note")
        case "note":
            return say("merge.note_or_day")
        case _:
            return say("merge.change", before=look.state(each.before), after=look.state(each.after))


def exported(result: r.Exported, look: Look) -> list[Block]:
    return [line(look.say("export.written", path=result.path))]


def imported(result: r.Imported, look: Look) -> list[Block]:
    say, count = look.say, len(result.differences)
    if not count:
        return [line(say("import.nothing", path=result.file))]
    key = "import.would_mark" if result.dry_run else "import.marked"
    blocks = [line(say(key, path=result.file, count=count)), *difference_lines(result.differences, look)]
    if result.dry_run:
        return blocks
    return [*blocks, line(standing_text(result.progress, look), indent=2), take_back_line(look)]
