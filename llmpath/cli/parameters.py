"""Every argument and every option of the command line, once, by the name of the functions' parameter.

What a command takes is said by its function's signature. Here stands what such a parameter is called on the command
line and what its values are. The help texts are `argument.NAME` and `option.LONG_NAME` of `messages`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from llmpath.cli.settings import COLORS, SETTINGS
from llmpath.cli.shells import SHELLS
from llmpath.curriculum.entries import KINDS, LEVELS
from llmpath.progress.log import STATES
from llmpath.text.languages import LANGUAGES


class Parameter(NamedTuple):
    """One name of a parameter: `metavar` stands for it in help, `option` has its spellings as an option, long one last.

    `values` is the kind of value that completion offers: a key of `VALUES`, or one that `completion` looks up (`item`,
    `goal`, `part`, `curriculum`, `backup`, `setting_value`, `command`, `path`); empty for free words. Of `text` any
    word is a part, also one that begins with a hyphen.
    """

    metavar: str = ""
    option: tuple[str, ...] = ()
    values: str = ""


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
    # arguments
    "backup": Parameter("NAME", values="backup"),
    "command": Parameter("COMMAND", values="command"),
    "count": Parameter("N"),
    "document": Parameter("FILE", values="path"),
    "file": Parameter("FILE", values="path"),
    "files": Parameter("FILE", values="path"),
    "folder": Parameter("FOLDER", values="path"),
    "folders": Parameter("FOLDER", values="path"),
    "item": Parameter("ITEM", values="item"),
    "items": Parameter("ITEM", values="item"),
    "key": Parameter("KEY", values="setting"),
    "name": Parameter("NAME", values="curriculum"),
    "new_name": Parameter("NAME"),
    "new_folder": Parameter("FOLDER", values="path"),
    "part": Parameter("PART", values="part"),
    "text": Parameter("TEXT", values="text"),
    "value": Parameter("VALUE", values="setting_value"),
    "words": Parameter("WORD"),
    # options that are arguments of other commands
    "goal": Parameter("GOAL", ("--goal",), "goal"),
    # options
    "answer": Parameter("ITEM", ("--answer",), "item"),
    "archived": Parameter(option=("--archived",)),
    "base": Parameter("URL", ("--base",)),
    "clear": Parameter(option=("--clear",)),
    "edit": Parameter(option=("--edit",)),
    "done": Parameter(option=("--done",)),
    "driver": Parameter(option=("--driver",)),
    "dry_run": Parameter(option=("--dry-run",)),
    "every": Parameter(option=("--all",)),
    "force": Parameter(option=("--force",)),
    "free": Parameter(option=("--free",)),
    "hours_per_week": Parameter("HOURS", ("--hours-per-week",)),
    "ics": Parameter("FILE", ("--ics",), "path"),
    "json": Parameter(option=("--json",)),
    "kind": Parameter("KIND", ("--kind",), "kind"),
    "know": Parameter("ITEM", ("--know",), "item"),
    "language": Parameter("LANGUAGE", ("--in",), "language"),
    "level": Parameter("LEVEL", ("--level",), "level"),
    "limit": Parameter("N", ("--limit",)),
    "most": Parameter("N", ("-n", "--most")),
    "note": Parameter("TEXT", ("--note",)),
    "notes": Parameter(option=("--notes",)),
    "on": Parameter("DAY", ("--on",), "day"),
    "open_page": Parameter(option=("--open",)),
    "output": Parameter("FILE", ("-o", "--output"), "path"),
    "part_level": Parameter("N", ("--part-level",)),
    "print_only": Parameter(option=("--print",)),
    "since": Parameter("DAY", ("--since",), "day"),
    "start": Parameter("DAY", ("--start",), "day"),
    "state": Parameter("STATE", ("--state",), "state"),
    "time": Parameter("TIME", ("--time",)),
    "topic": Parameter(option=("--topic",)),
    "tree": Parameter(option=("--tree",)),
    "why": Parameter(option=("--why",)),
    "yes": Parameter(option=("--yes",)),
}

COMMON: Mapping[str, Parameter] = {
    "lang": Parameter("LANGUAGE", ("--lang",), "language"),
    "color": Parameter("WHEN", ("--color",), "color"),
    "quiet": Parameter(option=("--quiet",)),
    "no_pager": Parameter(option=("--no-pager",)),
    "progress": Parameter("FILE", ("--progress",), "path"),
    "curriculum": Parameter("NAME", ("--curriculum",), "curriculum"),
    "help": Parameter(option=("-h", "--help")),
}
"""The options that stand before or after any command; those with a value belong to settings (`cli.settings`)."""

AT_THE_FRONT: Mapping[str, Parameter] = {
    "version": Parameter(option=("--version",)),
    "install_completion": Parameter("SHELL", ("--install-completion",), "shell"),
    "uninstall_completion": Parameter("SHELL", ("--uninstall-completion",), "shell"),
    "show_completion": Parameter("SHELL", ("--show-completion",), "shell"),
}
"""The options of the program itself, which stand before any command. A shell that is not named is found out."""
