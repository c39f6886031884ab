"""Commands that are printed to be copied. Pure."""

import re
import sys

from llmpath.view.document import Line, Span

_COMMAND = r"""`[^`]+`|\bllmpath(?: (?:"[^"]*"|'[^']*'|[^\s，。；：、？！（）]*[^\s，。；：、？！（）.,;:?)]))+"""
"""A command as it stands in a message: in backticks, or from the program's name to the end of a clause."""


_PLAIN = frozenset("@%+=:,./-_\\" if sys.platform == "win32" else "@%+=:,./-_")
"""Beside letters and digits, what a shell takes as it is inside a word."""


def quoted(word: str) -> str:
    """A word of a command as a shell takes it for that word, whatever it is called."""
    is_plain = bool(word) and all(sign.isalnum() or sign in _PLAIN for sign in word)
    if is_plain and word[0] not in "=%@":
        return word
    if sys.platform == "win32":  # neither cmd nor PowerShell knows the quotes of POSIX
        return f'"{word}"'
    import shlex

    return f"'{word}'" if is_plain else shlex.quote(word)  # zsh reads `=ls` as a path, which shlex does not know


def message(text: str, style: str = "", indent: int = 0) -> Line:
    """A message as a line, its commands as code."""
    return Line(with_commands(text, style), indent)


def with_commands(text: str, style: str = "") -> list[Span]:
    """A message in spans, its commands as code, so that they stay in one piece."""
    spans: list[Span] = []
    place = 0
    for command in re.finditer(_COMMAND, text):
        spans += [Span(text[place : command.start()], style), Span(command[0], "code")]
        place = command.end()
    return [*spans, Span(text[place:], style)]
