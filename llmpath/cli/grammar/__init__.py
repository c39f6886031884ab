"""What may stand on a command line, a module per group of commands: words in, a `Call` out. Nothing runs here.

Help texts are keys of `messages`; they become words when help is shown, in the language in force.
"""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import typer


class Call(NamedTuple):
    """What the command line asks for: a command that wants its session, and how to show the result.

    `needs_config`: whether a damaged `config.toml` is in its way; not where it is to be looked at or mended.
    """

    command: Callable[..., Any]
    as_json: bool = False
    needs_config: bool = True


Json = Annotated[bool, typer.Option("--json", help="option.json")]
Items = Annotated[list[str], typer.Argument(metavar="ITEM...", help="argument.items")]
MaybeItems = Annotated[list[str] | None, typer.Argument(metavar="[ITEM...]", help="argument.items")]
MaybeItem = Annotated[str | None, typer.Argument(metavar="[ITEM]", help="argument.item")]
Item = Annotated[str, typer.Argument(metavar="ITEM", help="argument.item")]
Kind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="option.kind")]
State = Annotated[str | None, typer.Option("--state", metavar="STATE", help="option.state")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="option.on")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="option.note")]
Notes = Annotated[bool, typer.Option("--notes", help="option.notes")]
Goal = Annotated[str | None, typer.Option("--goal", metavar="ITEM", help="option.goal")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="option.dry_run")]
Force = Annotated[bool, typer.Option("--force", help="option.force")]
