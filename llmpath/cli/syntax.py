"""The command line as data: commands, their parameters, and the plain lines in which the build keeps them.

A TAB and a daily command read those lines, and import neither typer nor typing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "commands.txt"
"""The name of the file that the build makes."""

FLAG, ONE, OPTIONAL, SOME, ANY = "0", "1", "?", "+", "*"
"""How many words a parameter takes: none, one, at most one, one or more, any number."""


class Param:
    """An argument (`names` is empty) or an option of a command; `values` and `metavar` as in `parameters.Parameter`."""

    def __init__(self, key: str, metavar: str, names: Iterable[str], values: str, takes: str) -> None:
        self.key = key
        self.metavar = metavar
        self.names = tuple(names)
        self.values = values
        self.takes = takes

    @property
    def repeats(self) -> bool:
        """Whether it takes several words."""
        return self.takes in (SOME, ANY)

    def line(self) -> str:
        """The parameter as one word without spaces."""
        return "|".join((self.key, self.metavar, ",".join(self.names), self.values, self.takes))


def param_of(line: str) -> Param:
    """The parameter that `Param.line` made the word of."""
    key, metavar, names, values, takes = line.split("|")
    return Param(key, metavar, filter(None, names.split(",")), values, takes)


class Syntax:
    """The parameters of a command. `function` is `MODULE.FUNCTION`, empty for a group without one."""

    def __init__(self, name: str, function: str, flags: str, params: Iterable[Param]) -> None:
        self.name = name
        self.function = function
        self.flags = flags
        found = list(params)
        self.arguments = [param for param in found if not param.names]
        self.options = [param for param in found if param.names]

    @property
    def is_daily(self) -> bool:
        """Whether it runs without typer."""
        return "d" in self.flags

    @property
    def needs_config(self) -> bool:
        """Whether a damaged `config.toml` is in its way."""
        return "c" in self.flags

    def line(self) -> str:
        """The command as one line."""
        params = " ".join(param.line() for param in (*self.arguments, *self.options))
        return f"{self.name}\t{self.function}\t{self.flags}\t{params}"


def syntax_of(line: str) -> Syntax:
    """The command that `Syntax.line` made the line of."""
    name, function, flags, params = line.split("\t")
    return Syntax(name, function, flags, map(param_of, params.split()))


class CommandLine:
    """Every command by its name, the options of all of them, those of the program itself, and the fixed values."""

    def __init__(
        self,
        commands: Iterable[Syntax],
        common: Iterable[Param],
        front: Iterable[Param],
        values: dict[str, tuple[str, list[str]]],
    ) -> None:
        self.commands = {syntax.name: syntax for syntax in commands}
        self.common = list(common)
        """The options of every command; `--help` is the last."""
        self.front = list(front)
        self.values = values
        """Kinds of value to the family of their texts, and to the words."""

    def text(self) -> str:
        """The whole as plain lines, which `read` reads."""
        values = [f"{kind}\t{family}\t{' '.join(words)}" for kind, (family, words) in self.values.items()]
        options = [" ".join(param.line() for param in params) for params in (self.common, self.front)]
        commands = [syntax.line() for syntax in self.commands.values()]
        return "\n".join([str(len(values)), *values, *options, *commands])

    def options_of(self, syntax: Syntax) -> list[Param]:
        """The options that may stand in a command, its own first; after no command those of the program, too."""
        return [*syntax.options, *([] if syntax.name else self.front), *self.common]

    def below(self, name: str) -> list[str]:
        """The last words of the commands right below a group; of the empty name those that stand alone."""
        prefix = f"{name} " if name else ""
        found = [each[len(prefix) :] for each in self.commands if each.startswith(prefix)]
        return [each for each in found if each and " " not in each]


def read(text: str) -> CommandLine:
    """The command line that `CommandLine.text` was made of. Raises `ValueError` for anything else."""
    count, *lines = text.split("\n")
    end = int(count)
    rows = (line.split("\t") for line in lines[:end])
    values = {kind: (family, words.split(" ")) for kind, family, words in rows}
    common, front = ([param_of(word) for word in line.split()] for line in lines[end : end + 2])
    return CommandLine(map(syntax_of, lines[end + 2 :]), common, front, values)
