"""The command line of map."""

from typing import Annotated

import typer

from llmpath.cli.commands import map as commands
from llmpath.cli.grammar import Call, Json, Notes


def map_(
    open: Annotated[bool, typer.Option("--open", help="option.open")] = False,  # noqa: A002 - the option's name
    notes: Notes = False,
    json: Json = False,
) -> Call:
    return Call(lambda session: commands.show_map(session, open_page=open, with_notes=notes), json)
