"""Help in the language in force: the first page by what a user wants to do, a page per command. Pure."""

from collections.abc import Sequence

from llmpath.cli.command_line import ANY, OPTIONAL, SOME, CommandLine, Param
from llmpath.cli.commands import COMMANDS, HEADINGS
from llmpath.messages import Texts
from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, Cell, Column, Span, Table, cell, joined, line

DAILY, *OTHER_HEADINGS = HEADINGS


def help_page(known: CommandLine, name: str, say: Texts) -> list[Block]:
    """The help page of a command or a group; of the empty name the first page."""
    return _command_page(known, name, say) if name else _first_page(known, say)


def _first_page(known: CommandLine, say: Texts) -> list[Block]:
    """The commands of every day with what they do, the others by name."""
    usage = f"{say('help.usage')}llmpath [{say('help.option')}] {say('help.command')} ..."
    others = [
        [cell(say(f"heading.{heading}")), joined([[Span(name, "code")] for name in _under(heading)], "  ")]
        for heading in OTHER_HEADINGS
    ]
    options = [[Span(_spelled(param), "code")] for param in known.options_of(known.commands[""])]
    return [
        line(usage),
        BLANK,
        line(say("help.llmpath")),
        BLANK,
        _table([[cell((name, "code")), cell(say(f"help.{name}"))] for name in _under(DAILY)]),
        BLANK,
        _table(others),
        BLANK,
        Table([Column(folds=True)], [[joined(options, "  ")]], indent=2),
        BLANK,
        line(say("help.more")),
    ]


def _under(heading: str) -> list[str]:
    return [name for name, command in COMMANDS.items() if command.heading == heading]


def _command_page(known: CommandLine, name: str, say: Texts) -> list[Block]:
    syntax, below, key = known.commands[name], known.below(name), text_key(name)
    words = " ".join(_usage(param) for param in syntax.arguments)
    if below:
        words = f"[{say('help.command')}]" if syntax.function else say("help.command")
    summary = say(f"help.{key}")
    blocks: list[Block] = [
        line(f"{say('help.usage')}llmpath {name} {words}".rstrip()),
        BLANK,
        line(summary[:1].upper() + summary[1:] + say("stop")),
    ]
    if f"more.{key}" in say:
        blocks += [BLANK, *(line(text) for text in say(f"more.{key}").split("\n"))]
    if below:
        blocks += _section("heading.commands", [(last, f"help.{text_key(f'{name} {last}')}") for last in below], say)
    if syntax.arguments:
        rows = [(_usage(param).strip("[]"), f"argument.{param.key}") for param in syntax.arguments]
        blocks += _section("heading.arguments", rows, say)
    options = [(_spelled(param), option_key(param, name, say)) for param in known.options_of(syntax)]
    blocks += _section("heading.options", options, say)
    return [*blocks, BLANK, line(say("help.example"), (say(f"example.{key}"), "code"))]


def text_key(name: str) -> str:
    """The key of a command's texts after `help.`, `more.` and `example.`; a short form has those of the long one."""
    return SHORT_FORMS.get(name, name).replace(" ", ".")


SHORT_FORMS = {"curriculum validate": "validate"}
"""Commands that stand twice, and the form under which their texts stand."""


def option_key(param: Param, command: str, say: Texts) -> str:
    """The key of an option's help text: its own in this command, where it means something else than elsewhere."""
    name = param.names[-1].lstrip("-").replace("-", "_")
    own = f"option.{name}.{text_key(command)}"
    return own if own in say else f"option.{name}"


def _usage(param: Param) -> str:
    """An argument as the usage line has it."""
    name = param.metavar + ("..." if param.takes in (SOME, ANY) else "")
    return f"[{name}]" if param.takes in (OPTIONAL, ANY) else name


def _spelled(param: Param) -> str:
    """An option as it is typed."""
    return f"{', '.join(param.names)} {param.metavar}".rstrip()


def _section(heading: str, names: Sequence[tuple[str, str]], say: Texts) -> list[Block]:
    rows = [[cell((name, "code")), cell(say(text))] for name, text in names]
    return [_table([BLANK_ROW, Across(cell((say(heading), "heading"))), *rows])]


def _table(rows: Sequence[Sequence[Cell] | Across]) -> Table:
    return Table([Column(), Column(folds=True)], rows, indent=2)
