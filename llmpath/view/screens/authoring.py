"""validate, and curriculum list, use and new, as blocks. Pure."""

from functools import reduce

from llmpath.curriculum.problems import Problem
from llmpath.view.document import BLANK, Block, Cell, Column, Table, cell, joined, labelled, line, spaced
from llmpath.view.error_texts import place_of, remedy_of
from llmpath.view.quoting import quoted
from llmpath.view.results import authoring as r
from llmpath.view.screens.words import MEDIUM, Look, figure_cells

MAX_HEADINGS = 5


def validation(result: r.Validation, look: Look) -> list[Block]:
    if result.github:
        return [line(_annotation(fault, look)) for report in result.folders for fault in _all(report)]
    return spaced(_report(report, look) for report in result.folders)


def _all(report: r.FolderReport) -> list[Problem]:
    return [*report.faults, *report.warnings]


def _report(report: r.FolderReport, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = []
    for fault in _all(report):
        entry = f" {fault.entry}" if fault.entry else ""
        text = remedy_of(fault, say)
        if fault.is_warning:
            text = say("warning", text=text)
        style = "warning" if fault.is_warning else ""
        blocks.append(line((place_of(fault), "strong"), (f"{entry}: ", "dim"), (text, style), hang=2))
    counts = [
        say(key, count=len(found))
        for key, found in (("validate.faults", report.faults), ("validate.warnings", report.warnings))
        if found
    ]
    found = say("list.comma").join(counts) if counts else say("validate.nothing")
    blocks.append(line((say("validate.result", folder=report.folder, found=found), "heading")))
    if report.curriculum is not None:
        size = say("validate.size", topics=report.topics, resources=report.resources)
        blocks.append(line((size, "dim")))
    return blocks


def _annotation(fault: Problem, look: Look) -> str:
    """A workflow command of GitHub's: what stands in it is escaped, so that no text of a file ends it."""
    place = {"file": fault.file, "line": str(fault.line) if fault.line else "", "title": fault.entry}
    fields = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items() if value)
    level = "warning" if fault.is_warning else "error"
    return f"::{level} {fields}::{_escaped(remedy_of(fault, look.say))}"


def _escaped(text: str, special: str = "") -> str:
    for character in f"%\r\n{special}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def curricula(result: r.Curricula, look: Look) -> list[Block]:
    rows = [
        [
            cell((look.signs["done"] if row.in_use else " ", "done")),
            cell((row.name, "strong")),
            cell(row.title) if row.title is not None else _fault(row, look),
            joined(figure_cells(row.progress, look), " · ") if row.progress is not None else cell(),
        ]
        for row in result.curricula
    ]
    columns = [Column(), Column(folds=True), Column(folds=True), Column(folds=True, from_width=MEDIUM)]
    return [Table(columns, rows), BLANK, line((look.say("curricula.how", sign=look.signs["done"]), "dim"))]


def _fault(row: r.CurriculumRow, look: Look) -> Cell:
    """The replacement for a title that is not known."""
    if row.health == "damaged":
        command = f"llmpath validate {quoted(row.folder or row.name)}"
        return cell((look.say("curricula.damaged", count=row.faults), "warning"), " ", (command, "code"))
    return cell((look.say("curricula.absent"), "warning"))


def used(result: r.CurriculumUsed, look: Look) -> list[Block]:
    blocks: list[Block] = [
        line(look.say("curricula.used", title=result.title)),
        line(*joined(figure_cells(result.progress, look), " · "), indent=2),
    ]
    if result.overruled_by is not None:
        text = look.say("curricula.overruled", name=result.overruled_by)
        blocks.append(line((text, "warning")))
    return blocks


def made(result: r.CurriculumMade, look: Look) -> list[Block]:
    say = look.say
    folder = quoted(result.folder)
    steps = (
        (f"llmpath list --curriculum {folder}", "curricula.see_it"),
        (f"llmpath validate {folder}", "curricula.check_it"),
        (f"llmpath curriculum use {folder}", "curricula.use_it"),
    )
    rows = [[cell((command, "code")), cell(say(key))] for command, key in steps]
    return [
        line(say("curricula.made", title=result.title, folder=result.folder)),
        line((say("list.comma").join(result.files), "dim"), indent=2, hang=2),
        BLANK,
        labelled(rows),
    ]


def imported(result: r.CourseImported, look: Look) -> list[Block]:
    say = look.say
    size = [
        say(f"course.{key}", count=count)
        for key, count in (("parts", result.parts), ("topics", result.topics), ("resources", result.resources))
    ]
    said = [say("course.size", name=result.name, size=say("list.comma").join(size))]
    if result.new is not None:
        said.append(say("course.changes", new=result.new, gone=result.gone))
    said += _left_out(result, look)
    blocks: list[Block] = [line(reduce(lambda first, second: say("sentences", first=first, second=second), said))]
    if result.guessed:
        fields = [say(f"course.guessed.{field}", count=count) for field, count in result.guessed.items()]
        guessed = say("course.guessed", fields=say("list.comma").join(fields), folder=result.folder)
        blocks.append(line((guessed, "dim")))
    if result.done:
        blocks.append(line(say("course.done", count=result.done)))
    command = f"llmpath --curriculum {quoted(result.name)} {'news' if result.has_news else 'next'}"
    return [*blocks, line(say("course.try_it"), " ", (command, "code"))]


def _left_out(result: r.CourseImported, look: Look) -> list[str]:
    """How many links became no resource, and why: those under a heading first, then the most."""
    say = look.say
    under = [say("course.under", count=count, heading=heading) for heading, count in result.left_out_under.items()]
    reasons = sorted(result.left_out.items(), key=lambda reason: -reason[1])
    why = [*under[:MAX_HEADINGS], *(say(f"course.left_out.{reason}", count=count) for reason, count in reasons)]
    count = sum(result.left_out.values()) + sum(result.left_out_under.values())
    return [say("course.left_out", count=count, why=say("list.comma").join(why))] if why else []
