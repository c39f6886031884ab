"""Every argument and every option of the command line, once, by the name of the functions' parameter.

What a command takes is said by its function's signature. Here stands what such a parameter is called on the command
line and what its values are. The help texts are `argument.NAME` and `option.LONG_NAME` of `messages`.

`rows` makes the whole command line of both, for the build and for a checkout. It imports every module of commands.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from llmpath.cli.command_line import ANY, FLAG, ONE, OPTIONAL, SOME
from llmpath.cli.commands import COMMANDS, Command
from llmpath.cli.completion import SHELLS
from llmpath.cli.settings import COLORS, SETTINGS
from llmpath.curriculum.kinds import KINDS, LEVELS
from llmpath.progress.log import STATES
from llmpath.text.languages import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.cli.command_line import ParamRow, Rows


class Parameter(NamedTuple):
    """One parameter: `metavar` stands for its value in help; a flag has none.

    `values` is the kind of value that completion offers: a key of `VALUES`, or one that `completion` looks up (`item`,
    `goal`, `part`, `curriculum`, `backup`, `setting_value`, `command`, `path`); empty for free words. Of `text` any
    word is a part, also one that begins with a hyphen. `option` has its spellings as an option, the long one last,
    where it is not simply its name: `--dry-run` for `dry_run`.
    """

    metavar: str = ""
    values: str = ""
    option: tuple[str, ...] = ()


VALUES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kind": ("kind", KINDS),
    "state": ("state", STATES),
    "level": ("level", LEVELS),
    "language": ("language", LANGUAGES),
    "color": ("", COLORS),
    "day": ("", ("today", "yesterday")),
    "shell": ("", SHELLS),
    "setting": ("config", tuple(SETTINGS)),
    "truth": ("", ("true", "false")),
}
"""Values that are always the same, and the family of texts that tells what each means: `state.done`."""

PARAMETERS: Mapping[str, Parameter] = {
    "answer": Parameter("ITEM", "item"),
    "backup": Parameter("NAME", "backup"),
    "base": Parameter("URL"),
    "command": Parameter("COMMAND", "command"),
    "count": Parameter("N"),
    "document": Parameter("FILE", "path"),
    "every": Parameter(option=("--all",)),
    "file": Parameter("FILE", "path"),
    "files": Parameter("FILE", "path"),
    "folder": Parameter("FOLDER", "path"),
    "folders": Parameter("FOLDER", "path"),
    "goal": Parameter("GOAL", "goal"),
    "hours_per_week": Parameter("HOURS"),
    "ics": Parameter("FILE", "path"),
    "item": Parameter("ITEM", "item"),
    "items": Parameter("ITEM", "item"),
    "key": Parameter("KEY", "setting"),
    "kind": Parameter("KIND", "kind"),
    "know": Parameter("ITEM", "item"),
    "language": Parameter("LANGUAGE", "language", ("--in",)),
    "level": Parameter("LEVEL", "level"),
    "limit": Parameter("N"),
    "most": Parameter("N", option=("-n", "--most")),
    "name": Parameter("NAME", "curriculum"),
    "new_folder": Parameter("FOLDER", "path"),
    "new_name": Parameter("NAME"),
    "note": Parameter("TEXT"),
    "on": Parameter("DAY", "day"),
    "open_page": Parameter(option=("--open",)),
    "output": Parameter("FILE", "path", ("-o", "--output")),
    "part": Parameter("PART", "part"),
    "part_level": Parameter("N"),
    "print_only": Parameter(option=("--print",)),
    "since": Parameter("DAY", "day"),
    "start": Parameter("DAY", "day"),
    "state": Parameter("STATE", "state"),
    "text": Parameter("TEXT", "text"),
    "time": Parameter("TIME"),
    "value": Parameter("VALUE", "setting_value"),
    "words": Parameter("WORD"),
}
"""The arguments and options of commands. A flag that is spelled like its parameter does not stand here."""

COMMON: Mapping[str, Parameter] = {
    "lang": Parameter("LANGUAGE", "language"),
    "color": Parameter("WHEN", "color"),
    "quiet": Parameter(),
    "no_pager": Parameter(),
    "progress": Parameter("FILE", "path"),
    "curriculum": Parameter("NAME", "curriculum"),
    "help": Parameter(option=("-h", "--help")),
}
"""The options that stand before or after any command; those with a value belong to settings (`cli.settings`)."""

AT_THE_FRONT: Mapping[str, Parameter] = {
    "version": Parameter(),
    "install_completion": Parameter("SHELL", "shell"),
    "uninstall_completion": Parameter("SHELL", "shell"),
    "show_completion": Parameter("SHELL", "shell"),
}
"""The options of the program itself, which stand before any command. A shell that is not named is found out."""


def rows() -> Rows:
    """The whole command line. Raises `KeyError` for an argument that `PARAMETERS` does not have."""
    commands = {
        name: (command.function, command.is_daily, command.needs_config, list(_params(command)))
        for name, command in COMMANDS.items()
    }
    common, front = (
        [_option(key, each, ONE if each.metavar else FLAG) for key, each in declared.items()]
        for declared in (COMMON, AT_THE_FRONT)
    )
    return dict(VALUES), common, front, commands


def _params(command: Command) -> Iterator[ParamRow]:
    """The parameters of a command: those of its function after the session, as its signature has them, and `--json`."""
    if command.function:
        module, _, function = command.function.partition(".")
        found = getattr(import_module(f"llmpath.cli.commands.{module}"), function)
        _session, *declared = inspect.signature(found, eval_str=True).parameters.values()
        for each in declared:
            if each.kind is each.KEYWORD_ONLY:
                takes = FLAG if each.annotation is bool else ANY if each.annotation == Sequence[str] else ONE
                yield _option(each.name, PARAMETERS.get(each.name, Parameter()), takes)
            else:
                parameter = PARAMETERS[each.name]
                yield each.name, parameter.metavar, (), parameter.values, _words_of(each)
    if command.json:
        yield _option("json", Parameter(), FLAG)


def _option(key: str, declared: Parameter, takes: str) -> ParamRow:
    names = declared.option or (f"--{key.replace('_', '-')}",)
    return key, "" if takes == FLAG else declared.metavar, names, declared.values, takes


def _words_of(argument: inspect.Parameter) -> str:
    """How many words an argument takes."""
    if argument.kind is argument.VAR_POSITIONAL:
        return ANY
    if argument.annotation == Sequence[str]:
        return SOME
    return ONE if argument.default is argument.empty else OPTIONAL
