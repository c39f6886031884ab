"""Help in the language in force: short, one example per command, the first page by what a user wants to do. Pure."""

from collections.abc import Sequence
from typing import Any

from llmpath.messages import Texts
from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, Cell, Column, Table, cell, line

Rows = Sequence[Sequence[Cell] | Across]


def help_of(ctx: Any, say: Texts) -> list[Block]:
    """The help page of the command or group that `ctx` is about."""
    name = ctx.command_path.partition(" ")[2]
    return _command_page(ctx, name, say) if name else _first_page(ctx, say)


def _first_page(ctx: Any, say: Texts) -> list[Block]:
    from llmpath.cli.app import COMMANDS

    usage = f"{say('help.usage')}llmpath [{say('help.option')}] {say('help.command')} ..."
    rows: list[Sequence[Cell] | Across] = []
    for heading in dict.fromkeys(entry.heading for entry in COMMANDS.values() if entry.heading):
        names = [(name, f"help.{name}") for name, entry in COMMANDS.items() if entry.heading == heading]
        rows += [BLANK_ROW, _heading(f"heading.{heading}", say), *_rows(names, say)]
    options = _section("heading.options", _options(ctx), say)
    return [line(usage), BLANK, line(say("help.llmpath")), _table(rows), *options, BLANK, line(say("help.more"))]


def _command_page(ctx: Any, name: str, say: Texts) -> list[Block]:
    from llmpath.cli.app import COMMANDS

    key = name.replace(" ", ".")
    arguments = [param for param in ctx.command.params if param.param_type_name == "argument"]
    subcommands = ctx.command.list_commands(ctx) if hasattr(ctx.command, "list_commands") else []
    words = " ".join(str(param.metavar) for param in arguments)
    if subcommands:
        words = f"[{say('help.command')}]" if COMMANDS[name].module else say("help.command")
    summary = say(f"help.{key}")
    blocks: list[Block] = [
        line(f"{say('help.usage')}llmpath {name} {words}".rstrip()),
        BLANK,
        line(summary[:1].upper() + summary[1:] + say("help.stop")),
    ]
    if f"more.{key}" in say:
        blocks += [BLANK, *(line(text) for text in say(f"more.{key}").split("\n"))]
    if subcommands:
        blocks += _section("heading.commands", [(sub, f"help.{key}.{sub}") for sub in subcommands], say)
    if arguments:
        blocks += _section("heading.arguments", [(str(p.metavar).strip("[]"), p.help) for p in arguments], say)
    blocks += _section("heading.options", _options(ctx), say)
    return [*blocks, BLANK, line(say("help.example"), (say(f"example.{key}"), "code"))]


def _section(heading: str, names: Sequence[tuple[str, str]], say: Texts) -> list[Block]:
    return [_table([BLANK_ROW, _heading(heading, say), *_rows(names, say)])]


def _table(rows: Rows) -> Table:
    return Table([Column(), Column(folds=True)], rows, indent=2)


def _heading(key: str, say: Texts) -> Across:
    return Across(cell((say(key), "heading")))


def _rows(names: Sequence[tuple[str, str]], say: Texts) -> list[list[Cell]]:
    return [[cell((name, "code")), cell(say(text))] for name, text in names]


def _options(ctx: Any) -> list[tuple[str, str]]:
    """Every option of a command as it is typed, with the key of its text."""
    options = [param for param in ctx.command.params if param.param_type_name == "option"]
    return [(", ".join(param.opts) + (f" {param.metavar}" if param.metavar else ""), param.help) for param in options]
