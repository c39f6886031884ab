"""The command line as the signatures of the commands declare it, for typer, help, the build and a checkout.

This imports every module of commands; none of them imports anything heavy by that.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from llmpath.cli.commands import COMMANDS, Command
from llmpath.cli.parameters import AT_THE_FRONT, COMMON, PARAMETERS, VALUES, Parameter
from llmpath.cli.syntax import ANY, FLAG, ONE, OPTIONAL, SOME, CommandLine, Param, Syntax


def function_of(name: str) -> Callable[..., Any]:
    """The function of a command, from its `MODULE.FUNCTION`."""
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"llmpath.cli.commands.{module}"), function)
    return found


@cache
def derived() -> CommandLine:
    """The whole command line. Raises `KeyError` for a parameter that `parameters` does not have."""
    values = {kind: (family, list(words)) for kind, (family, words) in VALUES.items()}
    commands = [_syntax(name, command) for name, command in COMMANDS.items()]
    return CommandLine(commands, _options(COMMON), _options(AT_THE_FRONT), values)


def _options(declared: Mapping[str, Parameter]) -> list[Param]:
    return [_param(key, each, each.option, ONE if each.metavar else FLAG) for key, each in declared.items()]


def _param(key: str, declared: Parameter, names: Sequence[str], takes: str) -> Param:
    return Param(key, "" if takes == FLAG else declared.metavar, names, declared.values, takes)


def _syntax(name: str, command: Command) -> Syntax:
    flags = ("d" if command.daily else "") + ("c" if command.needs_config else "")
    params = list(_params(command.function)) if command.function else []
    if command.json:
        params.append(_param("json", PARAMETERS["json"], PARAMETERS["json"].option, FLAG))
    return Syntax(name, command.function, flags, params)


def _params(function: str) -> Iterator[Param]:
    """The parameters of a command's function after the session, as its signature has them."""
    _session, *declared = inspect.signature(function_of(function), eval_str=True).parameters.values()
    for each in declared:
        is_option = each.kind is each.KEYWORD_ONLY
        names = PARAMETERS[each.name].option if is_option else ()
        yield _param(each.name, PARAMETERS[each.name], names, _taken(each, is_option=is_option))


def _taken(parameter: inspect.Parameter, *, is_option: bool) -> str:
    """How many words a parameter takes."""
    if parameter.kind is parameter.VAR_POSITIONAL:
        return ANY
    if parameter.annotation is bool:
        return FLAG
    if parameter.annotation == Sequence[str]:
        return ANY if is_option else SOME
    return ONE if is_option or parameter.default is parameter.empty else OPTIONAL
