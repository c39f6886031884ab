"""Help in the language in force: short, one example per command, the first page by what a user wants to do. Pure."""

from typing import Any

from llmpath.clean import clean, width
from llmpath.messages import Texts


def help_of(ctx: Any, say: Texts) -> str:
    """The help page of the command or group that `ctx` is about."""
    name = ctx.command_path.partition(" ")[2]
    lines = _first_page(ctx, say) if not name else _command_page(ctx, name, say)
    return "\n".join(clean(line) for line in lines) + "\n"


def _first_page(ctx: Any, say: Texts) -> list[str]:
    from llmpath.cli import COMMANDS

    lines = [f"{say('help.usage')} llmpath [{say('help.option')}] {say('help.command')} ...", "", say("help.llmpath")]
    headings = dict.fromkeys(entry.heading for entry in COMMANDS.values() if entry.heading)
    for heading in headings:
        rows = [(name, say(f"help.{name}")) for name, entry in COMMANDS.items() if entry.heading == heading]
        lines += ["", say(f"heading.{heading}"), *_columns(rows, 12)]
    lines += ["", say("heading.options"), *_columns(_option_rows(ctx, say)), "", say("help.more")]
    return lines


def _command_page(ctx: Any, name: str, say: Texts) -> list[str]:
    key = name.replace(" ", ".")
    arguments = [param for param in ctx.command.params if param.param_type_name == "argument"]
    words = " ".join(str(param.metavar or param.name) for param in arguments)
    if hasattr(ctx.command, "list_commands"):
        words = say("help.command")
    summary = say(f"help.{key}")
    lines = [
        f"{say('help.usage')} llmpath {name} {words}".rstrip(),
        "",
        summary[:1].upper() + summary[1:] + say("help.stop"),
    ]
    if f"more.{key}" in say:
        lines += ["", *say(f"more.{key}").split("\n")]
    if hasattr(ctx.command, "list_commands"):
        rows = [(sub, say(f"help.{key}.{sub}")) for sub in ctx.command.list_commands(ctx)]
        lines += ["", say("heading.commands"), *_columns(rows)]
    if arguments:
        rows = [(str(param.metavar or param.name).strip("[]"), say(param.help)) for param in arguments if param.help]
        lines += ["", say("heading.arguments"), *_columns(rows)]
    lines += ["", say("heading.options"), *_columns(_option_rows(ctx, say))]
    return [*lines, "", f"{say('help.example')} {say(f'example.{key}')}"]


def _option_rows(ctx: Any, say: Texts) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for param in ctx.command.params:
        if param.param_type_name == "option":
            names = ", ".join(param.opts) + (f" {param.metavar}" if param.metavar else "")
            text = param.help or ""
            rows.append((names, say(text) if text in say else text))
    return rows


def _columns(rows: list[tuple[str, str]], at_least: int = 0) -> list[str]:
    longest = max([at_least, *(width(name) for name, _ in rows)], default=0)
    return [f"  {name}{' ' * (longest - width(name))}  {text}".rstrip() for name, text in rows]
