"""The command line as typer reads it, made from the commands' signatures: for what the door does not answer itself.

Here the options about the program are answered, and here a user is told what is wrong with a command line.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from llmpath.cli.command_line import Line, closest
from llmpath.cli.run import Values, call, new_session, run
from llmpath.cli.session import Session
from llmpath.cli.signatures import derived
from llmpath.cli.syntax import ANY, FLAG, ONE, OPTIONAL, CommandLine, Param, Syntax
from llmpath.errors import AmbiguousItem, LlmpathError, UsageError

PROGRAM = "llmpath"

Read = tuple[Syntax, Values]
"""The call that typer has read: a command, and the values of its parameters."""


def main(line: Line) -> int:
    """Answers a command line that the door has not answered; returns the exit code."""
    line = Line(derived(), line.words)
    if line.asks_about_itself() or (line.awaits is not None and line.awaits in line.known.front):
        return _answer_about_itself(line)
    given: dict[str, str] = {}
    command = typer.main.get_command(application(line.known))
    try:
        read = command.main(args=line.words, prog_name=PROGRAM, standalone_mode=False, obj=given)
    except LlmpathError as error:
        return _refuse(line, error)
    except typer.TyperException as error:
        return _refuse(line, _usage_error(error, line))
    except typer.Abort:
        return _refuse(line, LlmpathError())
    if isinstance(read, int):  # what typer makes of Ctrl-C while it reads
        return read
    syntax, values = read
    return call(syntax, values, given)


def application(known: CommandLine) -> typer.Typer:
    """The whole command line as a typer application; each command returns a `Read`."""
    apps: dict[str, typer.Typer] = {}
    for name, syntax in known.commands.items():
        parent, _, last = name.rpartition(" ")
        if not name or known.below(name):
            apps[name] = typer.Typer(add_completion=False, rich_markup_mode=None, add_help_option=False)
            apps[name].callback(invoke_without_command=True)(_reader(known, syntax))
            if name:
                apps[parent].add_typer(apps[name], name=last)
        else:
            settings = {"allow_extra_args": True}
            apps[parent].command(last, context_settings=settings, add_help_option=False)(_reader(known, syntax))
    return apps[""]


def _reader(known: CommandLine, syntax: Syntax) -> Callable[..., Read | None]:
    """A function with the signature that makes typer read the words of a command."""
    common = {param.key for param in known.common}

    def read(ctx: typer.Context, **values: Any) -> Read | None:
        given = {key: value for key, value in values.items() if value not in (None, False, [], ())}
        ctx.obj.update({key: "" if given[key] is True else given[key] for key in given if key in common})
        if ctx.invoked_subcommand is not None:
            return None
        if ctx.args:
            raise UsageError("usage.too_many", words=" ".join(ctx.args), command=ctx.command_path)
        if not syntax.function:
            raise UsageError("usage.missing", name=" | ".join(known.below(syntax.name)), command=ctx.command_path)
        return syntax, {key: value for key, value in given.items() if key not in common}

    params = [inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    params += map(_parameter, [*syntax.arguments, *known.options_of(syntax)])
    read.__annotations__ = {param.name: param.annotation for param in params}
    read.__signature__ = inspect.Signature(params)  # type: ignore[attr-defined]  # which typer asks for
    return read


def _parameter(param: Param) -> inspect.Parameter:
    """A parameter as typer has it; what is required has no default."""
    kind: Any = {FLAG: bool, ONE: str, OPTIONAL: str | None}.get(param.takes, list[str])
    default: Any = {FLAG: False, OPTIONAL: None, ANY: []}.get(param.takes, inspect.Parameter.empty)
    if param.takes == ONE and param.names:
        kind, default = str | None, None
    made: Any = typer.Argument(metavar=param.metavar)
    if param.names:
        made = typer.Option(*param.names, metavar=param.metavar or None)
    annotation = Annotated[kind, made]
    return inspect.Parameter(param.key, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _answer_about_itself(line: Line) -> int:
    """Answers at once, whatever else stands on the command line, even where `config.toml` is damaged."""
    from llmpath.cli.commands import about

    session = new_session(line.settings())
    session.settings.problem()
    given = line.given
    if "help" in given:
        return run(session, lambda session: about.show_help(session, *line.syntax.name.split()))
    if "version" in given:
        return run(session, about.show_version)
    key = next(param.key for param in line.known.front if param.key in given or param is line.awaits)
    return run(session, lambda session: about.answer_about_completion(session, key, line.value(key)))


def _refuse(line: Line, error: LlmpathError) -> int:
    """Says what is wrong with a command line, in the language that it names, even behind the fault."""

    def action(_session: Session) -> None:
        raise error

    return run(new_session(line.settings()), action)


def _usage_error(error: Any, line: Line) -> UsageError:
    """A fault that typer found, as one of our own errors; in typer's English only where nothing else is known."""
    path = f"{PROGRAM} {line.syntax.name}".rstrip()
    match type(error).__name__:
        case "NoSuchOption":
            known = [name for param in line.options() for name in param.names]
            near = closest(error.option_name, known)
            return UsageError("usage.no_such_option", name=error.option_name, closest=near, command=path)
        case "MissingParameter":
            return UsageError("usage.missing", name=error.param.metavar, command=path)
        case "BadOptionUsage":
            param = line.option(error.option_name)
            key = "usage.takes_no_value" if param is not None and param.takes == FLAG else "usage.needs_value"
            return UsageError(key, name=error.option_name, command=path)
        case _ if line.arguments and line.known.below(line.syntax.name):
            return _unknown_command(line, path)
        case _:
            return UsageError("usage.wrong", reason=error.format_message(), command=path)


def _unknown_command(line: Line, path: str) -> UsageError:
    """A word where a command should stand: one that is mistyped, or the name of an item."""
    name = line.arguments[0]
    near = closest(name, line.known.below(line.syntax.name))
    item = "" if line.syntax.name else _item_named(line)
    if item and (not near or item == name):
        return UsageError("item_is_no_command", name=" ".join(line.arguments), item=item)
    return UsageError("usage.no_such_command", name=name, closest=near, command=path)


def _item_named(line: Line) -> str:
    """The name of an item among the words: an id, or words that may mean several; empty where they mean none."""
    session = new_session(line.settings())
    for name in dict.fromkeys((" ".join(line.arguments), line.arguments[0])):
        try:
            return session.catalog.resolve(name).id
        except AmbiguousItem:
            return name
        except LlmpathError:
            continue
    return ""
