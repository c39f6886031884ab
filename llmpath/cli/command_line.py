"""The command line of this program as data, and how words are read by it.

The commands' signatures say what may stand on it (`parameters.rows`). The build keeps that as a module of plain tuples,
`llmpath.compiled.commands`; a checkout, which has none, derives it on the spot.
"""

from __future__ import annotations

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    ParamRow = tuple[str, str, tuple[str, ...], str, str]
    """The fields of a `Param`."""

    Values = dict[str, tuple[str, tuple[str, ...]]]
    """Kinds of value to the family of their texts, and to the words."""

    Rows = tuple[Values, list[ParamRow], list[ParamRow], dict[str, tuple[str, bool, bool, list[ParamRow]]]]
    """The values, the options of every command, those of the program itself, and the commands by their names."""

FLAG, ONE, OPTIONAL, SOME, ANY = "0", "1", "?", "+", "*"
"""How many words a parameter takes: none, one, at most one, one or more, any number."""


class Param:
    """An argument (`names` is empty) or an option of a command; `values` and `metavar` as in `parameters.Parameter`."""

    def __init__(self, key: str, metavar: str, names: tuple[str, ...], values: str, takes: str) -> None:
        self.key = key
        self.metavar = metavar
        self.names = names
        self.values = values
        self.takes = takes
        self.repeats = takes in (SOME, ANY)
        """Whether it takes several words."""


class Syntax:
    """The parameters of a command. `function` is `MODULE.FUNCTION`, empty for a group without one.

    `is_daily`: whether it runs without typer. `needs_config`: whether a damaged `config.toml` is in its way.
    """

    def __init__(
        self, name: str, function: str, is_daily: bool, needs_config: bool, params: Iterable[ParamRow]
    ) -> None:
        self.name = name
        self.function = function
        self.is_daily = is_daily
        self.needs_config = needs_config
        found = [Param(*row) for row in params]
        self.arguments = [param for param in found if not param.names]
        self.options = [param for param in found if param.names]

    def positional(self, words: list[str]) -> list[str | list[str]]:
        """The words of its arguments as its function takes them."""
        if self.arguments and self.arguments[-1].takes == SOME:
            last = len(self.arguments) - 1
            return [*words[:last], words[last:]]
        return list(words)


class CommandLine:
    """Every command by its name, the options of all of them, those of the program itself, and the fixed values."""

    def __init__(self, rows: Rows) -> None:
        self.values, common, front, commands = rows
        self.common = [Param(*row) for row in common]
        self.front = [Param(*row) for row in front]
        self.commands = {name: Syntax(name, *row) for name, row in commands.items()}

    def options_of(self, syntax: Syntax) -> list[Param]:
        """The options that may stand in a command, its own first; after no command those of the program, too."""
        return [*syntax.options, *([] if syntax.name else self.front), *self.common]

    def below(self, name: str) -> list[str]:
        """The last words of the commands right below a group; of the empty name those that stand alone."""
        prefix = f"{name} " if name else ""
        found = [each[len(prefix) :] for each in self.commands if each.startswith(prefix)]
        return [each for each in found if each and " " not in each]


def command_line() -> CommandLine:
    """The command line of this program: what the build has kept, or what the signatures say now."""
    try:
        from llmpath.compiled.commands import ROWS  # type: ignore[import-not-found]  # which the build makes

        return CommandLine(ROWS)
    except ImportError:
        from llmpath.cli.parameters import rows

        return CommandLine(rows())


class Line:
    """Some words of a command line: the command, its arguments, the options given, and what is still to come.

    A wrong option is passed over; the first one is kept in `fault`, as it is spelled and with the key of what is wrong.
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
        self.fault: tuple[str, str] | None = None
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
        param, short, argument = self.option(name), self.option(word[:2]), self.argument()
        if param is None and short is not None and short.takes != FLAG:  # as in `-n5`
            param, equals, value = short, "=", word[2:]
        if param is None and argument is not None and argument.values == "text":
            self.arguments.append(word)
        elif param is None:
            self.fault = self.fault or ("usage.no_such_option", name)
        elif param.takes == FLAG:
            if equals:
                self.fault = self.fault or ("usage.takes_no_value", name)
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

    def asks_about_itself(self) -> str | None:
        """The key of an option about the program, which is answered whatever else stands there; `help` first."""
        keys = ["help", *(param.key for param in self.known.front)]
        given = {*self.given, self.awaits.key} if self.awaits else self.given
        return next((key for key in keys if key in given), None)

    def argument(self) -> Param | None:
        """The argument that the next word fills, or None where no further one is allowed."""
        arguments = self.syntax.arguments
        if len(self.arguments) < len(arguments):
            return arguments[len(self.arguments)]
        return arguments[-1] if arguments and arguments[-1].repeats else None

    def is_complete(self) -> bool:
        """Whether a command can be called with these words: all are right, none is missing and none too many."""
        return not (self.fault or self.awaits or self.missing() or self.left_over()) and bool(self.syntax.function)

    def missing(self) -> Param | None:
        """The first argument that is required and has no word."""
        left = self.syntax.arguments[len(self.arguments) :]
        return next((param for param in left if param.takes in (ONE, SOME)), None)

    def left_over(self) -> list[str]:
        """The words that the command does not take."""
        arguments = self.syntax.arguments
        return [] if arguments and arguments[-1].repeats else self.arguments[len(arguments) :]

    def keywords(self) -> dict[str, str | bool | list[str]]:
        """The command's own options that are given, as its function takes them."""
        values: dict[str, str | bool | list[str]] = {}
        for param in self.syntax.options:
            if found := self.given.get(param.key):
                values[param.key] = True if param.takes == FLAG else found if param.repeats else found[-1]
        return values


def closest(word: str, known: Iterable[str]) -> list[str]:
    """The commands or options that a mistyped one may have meant, best first."""
    from difflib import get_close_matches

    names = {name.lstrip("-"): name for name in known if name}
    return [names[name] for name in get_close_matches(word.lstrip("-"), names, 3)]
