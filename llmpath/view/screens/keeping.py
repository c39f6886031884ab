"""config, info, merge, sync, backup, import and export, as blocks. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from llmpath.view.document import BLANK, Block, Cell, Column, Table, cell, labelled, line
from llmpath.view.results import keeping as r
from llmpath.view.screens.words import MEDIUM, WIDE, Look, day_text, language_text, sign, standing_text, state_text


def config(result: r.ConfigShown, look: Look) -> list[Block]:
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


def _in_use(result: r.Info, look: Look) -> str:
    """The language and the curriculum, with the day of that."""
    curriculum = result.curriculum
    if result.updated is not None:
        day = day_text(date.fromisoformat(result.updated), look)
        curriculum = look.say("info.updated", curriculum=curriculum, day=day)
    return look.say("info.in_use", language=language_text(result.language, look), curriculum=curriculum)


def info(result: r.Info, look: Look) -> list[Block]:
    say = look.say
    facts = f"llmpath {result.llmpath} · Python {result.python} · {result.platform}"
    rows: list[list[Cell]] = []
    for row in result.files:
        health = say(f"health.{row.health}", detail=row.detail)
        if row.health == "ok" and row.detail:
            health = say(f"health.ok.{row.name}", count=int(row.detail))
        style = "" if row.health in ("ok", "absent") else "warning"
        about = cell((health, style), (f" · {_origin(row.origin, look)}", "dim"))
        rows += [[cell((say(f"info.{row.name}"), "strong")), about], [cell(""), cell((row.path, "dim"))]]
    blocks: list[Block] = [line((facts, "heading")), line(_in_use(result, look)), BLANK, labelled(rows, 0)]
    if result.unknown_items:
        blocks += [BLANK, line((say("info.without_item", count=len(result.unknown_items)), "dim"))]
        blocks += [line(key, indent=2) for key in result.unknown_items]
    for problem in result.problems:
        blocks.append(line(_problem_text(problem, look), hang=2))
    return blocks


def _problem_text(problem: r.LogProblem, look: Look) -> str:
    say = look.say
    known = len(problem.details) > 1 and problem.reason == "unknown_item"
    text = say(f"log.{problem.reason}").format(*problem.details)
    if known:
        text = say("sentences", first=text, second=say("log.perhaps", name=problem.details[1]))
    place = say(f"info.{problem.file}")
    return say("log.problem_at", place=place, line=problem.line, text=text) if problem.line else f"{place}: {text}"


def merged(result: r.Merged, look: Look) -> list[Block]:
    if not result.files:
        return []
    if not result.taken:
        return [line(look.say("merge.nothing"))]
    key = "merge.would_take" if result.dry_run else "merge.taken"
    return [line(look.say(key, count=result.taken)), *difference_lines(result.differences, look)]


def synced(result: r.Synced, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = [line(say("sync.copy", name=name)) for name in result.copies]
    if not result.taken and not result.given:
        return [*blocks, line(say("sync.nothing"))]
    blocks += [line(say("sync.taken", count=result.taken))] if result.taken else []
    blocks += difference_lines(result.differences, look)
    return [*blocks, line(say("sync.given", count=result.given, folder=result.folder))] if result.given else blocks


def backups(result: r.Backups, look: Look) -> list[Block]:
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


def restored(result: r.Restored, look: Look) -> list[Block]:
    count = len(result.differences)
    if not result.is_changed:
        return [line(look.say("backup.same", name=result.name))]
    if result.dry_run:
        text = look.say("backup.would_restore", name=result.name, count=count)
        return [line(text), *difference_lines(result.differences, look)]
    blocks: list[Block] = [line(look.say("backup.restored", name=result.name, count=count))]
    blocks += difference_lines(result.differences, look)
    blocks += [line(look.say("backup.lost", count=result.lost), hang=2)] if result.lost else []
    return [*blocks, line((look.say("backup.kept", name=result.kept), "dim"))] if result.kept else blocks


def difference_lines(differences: Sequence[r.Difference], look: Look) -> list[Block]:
    """A row for each record that changed, or would: what it is now, its title, both states."""
    rows = [_difference_row(difference, look) for difference in differences]
    return [Table([Column(), Column(folds=True), Column()], rows, indent=2)] if rows else []


def _difference_row(difference: r.Difference, look: Look) -> list[Cell]:
    before, after = difference.before, difference.after
    if difference.what == "goal":
        none = look.say("config.unset")
        goals = look.say("merge.change", before=before or none, after=after or none)
        return [cell(), cell(look.say("merge.goal")), cell((goals, "dim"))]
    if difference.what == "new_note":
        return [[sign(after, look)], cell(difference.title), cell((look.say("import.with_note"), "dim"))]
    states = look.say("merge.change", before=state_text(before, look), after=state_text(after, look))
    text = look.say("merge.note_or_day") if difference.what == "note" else states
    return [[sign(after, look)], cell(difference.title), cell((text, "dim"))]


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
    back = line((say("import.take_back") + " ", "dim"), ("llmpath undo", "code"), indent=2)
    return [*blocks, line(standing_text(result.progress, look), indent=2), back]
