"""The command lines of export and import."""

from typing import Annotated

import typer

from llmpath.cli.commands import sharing
from llmpath.cli.grammar import Call, DryRun, Force, Notes

Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")]


def export_md(output: Output = None, force: Force = False) -> Call:
    return Call(lambda session: sharing.export(session, "md", output=output, force=force))


def export_csv(output: Output = None, force: Force = False) -> Call:
    return Call(lambda session: sharing.export(session, "csv", output=output, force=force))


def export_json(output: Output = None, force: Force = False) -> Call:
    return Call(lambda session: sharing.export(session, "json", output=output, force=force))


def export_html(notes: Notes = False, output: Output = None, force: Force = False) -> Call:
    return Call(lambda session: sharing.export(session, "html", output=output, force=force, with_notes=notes))


def export_svg(notes: Notes = False, output: Output = None, force: Force = False) -> Call:
    return Call(lambda session: sharing.export(session, "svg", output=output, force=force, with_notes=notes))


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="argument.import_file")], dry_run: DryRun = False
) -> Call:
    return Call(lambda session: sharing.import_checklist(session, file, dry_run=dry_run))
