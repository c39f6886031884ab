"""The command line as data, and how words are read by it.

It is derived from the commands' signatures (`signatures`). The build keeps it as a file of plain lines: a TAB and a
daily command read that, and import neither typer nor typing. A checkout without the file derives it on the spot.
"""

from __future__ import annotations

import os

from llmpath.files.folders import COMPILED

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def command_line() -> CommandLine:
    """The command line of this program: what the build has kept, or what the signatures say now."""
    try:
        with open(os.path.join(COMPILED, FILE), encoding="utf-8") as file:
            return read(file.read())
    except (OSError, ValueError):
        from llmpath.cli.signatures import derived

        return derived()


class Line:
    """Some words of a command line: the command, its arguments, the options given, and what is still to come.

    `is_clear`: whether every word so far is one that the command takes. What is unclear is passed over.
    """

    def __init__(self, known: CommandLine, words: Sequence[str]) -> None:
        self.known = known
        self.syntax = known.commands[""]
        self.arguments: list[str] = []
        self.given: dict[str, list[str]] = {}
        """The keys of options to their values, the last one last; a flag has the value of an empty text."""
        self.awaits: Param | None = None
        """The option whose value comes next."""
        self.options_ended = False
        self.is_clear = True
        self.words = list(words)
        for word in words:
            self._read(word)

    def _read(self, word: str) -> None:
        name = f"{self.syntax.name} {word}".lstrip()
        if self.awaits is not None:
            self._give(self.awaits, word)
            self.awaits = None
        elif word == "--" and not self.options_ended:
            self.options_ended = True
        elif word.startswith("-") and word != "-" and not self.options_ended:
            self._read_option(word)
        elif name in self.known.commands and not self.arguments and (word or not self.syntax.name):
            self.syntax = self.known.commands[name]
        else:
            self.arguments.append(word)

    def _read_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        param = self.option(name)
        if param is None:
            argument = self.argument()
            if argument is not None and argument.values == "text":
                self.arguments.append(word)
            else:
                self.is_clear = False
        elif param.takes == FLAG:
            self.is_clear = self.is_clear and not equals
            self._give(param, "")
        elif equals:
            self._give(param, value)
        else:
            self.awaits = param

    def _give(self, param: Param, value: str) -> None:
        self.given.setdefault(param.key, []).append(value)

    def options(self) -> list[Param]:
        """Every option that may stand here."""
        return self.known.options_of(self.syntax)

    def option(self, name: str) -> Param | None:
        """The option with that spelling here."""
        return next((param for param in self.options() if name in param.names), None)

    def value(self, key: str) -> str | None:
        """The value of an option that was given; the last one counts."""
        return self.given[key][-1] if key in self.given else None

    def settings(self) -> dict[str, str]:
        """The values of the options that every command has, by their keys."""
        return {param.key: self.given[param.key][-1] for param in self.known.common if param.key in self.given}

    def asks_about_itself(self) -> bool:
        """Whether an option about the program is given, which is answered whatever else stands there."""
        return any(param.key in self.given for param in (*self.known.front, self.known.common[-1]))

    def argument(self) -> Param | None:
        """The argument that the next word fills, or None where no further one is allowed."""
        arguments = self.syntax.arguments
        if len(self.arguments) < len(arguments):
            return arguments[len(self.arguments)]
        return arguments[-1] if arguments and arguments[-1].repeats else None

    def is_complete(self) -> bool:
        """Whether a command can be called with these words: all are clear, none is missing and none too many."""
        if not self.is_clear or self.awaits is not None or not self.syntax.function:
            return False
        arguments = self.syntax.arguments
        least = sum(param.takes in (ONE, SOME) for param in arguments)
        most = len(self.arguments) if arguments and arguments[-1].repeats else len(arguments)
        return least <= len(self.arguments) <= most

    def values(self) -> dict[str, str | bool | list[str]]:
        """The values of the command's own parameters, of a complete line."""
        left = list(self.arguments)
        values: dict[str, str | bool | list[str]] = {}
        for param in self.syntax.arguments:
            if param.repeats:
                values[param.key], left = left, []
            elif left:
                values[param.key] = left.pop(0)
        for param in self.syntax.options:
            if param.key in self.given:
                found = self.given[param.key]
                values[param.key] = True if param.takes == FLAG else found if param.repeats else found[-1]
        return values
