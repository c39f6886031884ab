"""validate, and curriculum list, use, new and import, as blocks. Pure."""

from llmpath.view.document import BLANK, Block, Cell, Column, Line, Table, cell, labelled, line, spaced
from llmpath.view.error_texts import place_of, remedy_of
from llmpath.view.quoting import quoted
from llmpath.view.results import authoring as r
from llmpath.view.screens.words import MEDIUM, Look, figure_cell

MAX_HEADINGS = 5


def validation(result: r.Validation, look: Look) -> list[Block]:
    return spaced(_report(report, look) for report in result.folders)


def _report(report: r.FolderReport, look: Look) -> list[Block]:
    say = look.say
    blocks: list[Block] = []
    for fault in (*report.faults, *report.warnings):
        entry, text = f" {fault.entry}" if fault.entry else "", remedy_of(fault, say)
        shown = (say("warning", text=text), "warning") if fault.is_warning else text
        blocks.append(line((place_of(fault), "strong"), (f"{entry}: ", "dim"), shown, hang=2))
    faults, warnings = len(report.faults), len(report.warnings)
    counts = [say("validate.faults", count=faults)] if faults else []
    counts += [say("validate.warnings", count=warnings)] if warnings else []
    found = look.listed(counts) or say("validate.nothing")
    blocks.append(line((say("validate.result", folder=report.folder, found=found), "heading")))
    if report.curriculum is not None:
        blocks.append(line((say("validate.size", topics=report.topics, resources=report.resources), "dim")))
    return blocks


def curricula(result: r.Curricula, look: Look) -> list[Block]:
    mark = look.signs["done"]
    rows = [
        [
            cell((mark if row.in_use else " ", "done")),
            cell((row.name, "strong")),
            cell(row.title) if row.title is not None else _health(row, look),
            figure_cell(row.progress, look) if row.progress is not None else (),
        ]
        for row in result.curricula
    ]
    columns = [Column(), Column(folds=True), Column(folds=True), Column(folds=True, from_width=MEDIUM)]
    return [Table(columns, rows), BLANK, line((look.say("curricula.how", sign=mark), "dim"))]


def _health(row: r.CurriculumRow, look: Look) -> Cell:
    """The replacement for a title that is not known."""
    if row.health == "damaged":
        command = f"llmpath validate {quoted(row.folder or row.name)}"
        return cell((look.say("curricula.damaged", count=row.faults), "warning"), " ", (command, "code"))
    return cell((look.say("curricula.absent"), "warning"))


def curriculum_used(result: r.CurriculumUsed, look: Look) -> list[Block]:
    blocks: list[Block] = [
        line(look.say("curricula.used", title=result.title)),
        Line(figure_cell(result.progress, look), indent=2),
    ]
    if result.overruled_by is not None:
        blocks.append(line((look.say("curricula.overruled", name=result.overruled_by), "warning")))
    return blocks


def curriculum_made(result: r.CurriculumMade, look: Look) -> list[Block]:
    say, folder = look.say, quoted(result.folder)
    steps = (
        (f"llmpath list --curriculum {folder}", "curricula.see_it"),
        (f"llmpath validate {folder}", "curricula.check_it"),
        (f"llmpath curriculum use {folder}", "curricula.use_it"),
    )
    return [
        line(say("curricula.made", title=result.title, folder=result.folder)),
        line((look.listed(result.files), "dim"), indent=2, hang=2),
        BLANK,
        labelled([(command, cell(say(key))) for command, key in steps], style="code"),
    ]


def course_imported(result: r.CourseImported, look: Look) -> list[Block]:
    say = look.say
    counts = {"parts": result.parts, "topics": result.topics, "resources": result.resources}
    size = look.listed(say(f"course.{name}", count=count) for name, count in counts.items())
    said = [say("course.size", name=result.name, size=size)]
    if result.new is not None:
        said.append(say("course.changes", new=result.new, gone=result.gone))
    blocks: list[Block] = [line(look.space.join([*said, *_left_out(result, look)]))]
    if result.guessed:
        fields = look.listed(say(f"course.guessed.{field}", count=count) for field, count in result.guessed.items())
        blocks.append(line((say("course.guessed", fields=fields, folder=result.folder), "dim")))
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
    return [say("course.left_out", count=count, why=look.listed(why))] if why else []
