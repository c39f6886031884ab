"""The command line of this program, and how words are read by it.

It is derived from the commands' signatures (`signatures`). The build keeps it as a file, which is read here; a checkout
without the file derives it on the spot.
"""

from __future__ import annotations

import os

from llmpath.cli.syntax import FILE, FLAG, ONE, SOME, CommandLine, Param, read
from llmpath.files.folders import COMPILED

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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


def closest(word: str, known: Iterable[str]) -> list[str]:
    """The commands or options that a mistyped one may have meant, best first."""
    from difflib import get_close_matches

    names = {name.lstrip("-"): name for name in known if name}
    return [names[name] for name in get_close_matches(word.lstrip("-"), names, 3)]
