"""The command line as typer reads it, made of the commands' signatures: for what the door does not answer itself.

Here the options about the program are answered, and here a user is told what is wrong with a command line.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from llmpath.cli.command_line import ANY, FLAG, ONE, OPTIONAL, CommandLine, Line, Param, Syntax, closest
from llmpath.cli.run import call, new_session, run
from llmpath.cli.session import Session
from llmpath.errors import AmbiguousItem, LlmpathError, UsageError

Read = tuple[Syntax, list[str], dict[str, Any]]
"""The call that typer has read: a command, the words of its arguments, and the values of its options."""


def main(line: Line) -> int:
    """Answers a command line that the door has not answered; returns the exit code."""
    if line.asks_about_itself() is not None:
        return _answer_about_itself(line)
    given: dict[str, str] = {}
    command = typer.main.get_command(application(line.known))
    try:
        read = command.main(args=line.words, prog_name="llmpath", standalone_mode=False, obj=given)
    except typer.TyperException as error:
        return _refuse(line, error.format_message())
    if isinstance(read, int):  # what typer makes of Ctrl-C while it reads
        return read
    syntax, words, options = read
    return call(syntax, words, options, given)


def application(known: CommandLine) -> typer.Typer:
    """The whole command line as a typer application; each command returns a `Read`."""
    apps: dict[str, typer.Typer] = {}
    for name, syntax in known.commands.items():
        parent, _, last = name.rpartition(" ")
        if name and not known.below(name):
            apps[parent].command(last, add_help_option=False)(_reader(known, syntax))
            continue
        apps[name] = typer.Typer(add_completion=False, rich_markup_mode=None, add_help_option=False)
        apps[name].callback(invoke_without_command=bool(syntax.function))(_reader(known, syntax))
        if name:
            apps[parent].add_typer(apps[name], name=last)
    return apps[""]


def _reader(known: CommandLine, syntax: Syntax) -> Callable[..., Read]:
    """A function with the signature that makes typer read the words of a command."""
    common = {param.key for param in known.common}

    def read(ctx: typer.Context, **values: Any) -> Read:
        given = {key: value for key, value in values.items() if value not in (None, False, [], ())}
        ctx.obj.update({key: "" if given[key] is True else given[key] for key in given if key in common})
        words: list[str] = []
        for param in syntax.arguments:
            found = given.get(param.key, [])
            words += [found] if isinstance(found, str) else found
        return syntax, words, {param.key: given[param.key] for param in syntax.options if param.key in given}

    params = [inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    params += map(_parameter, [*syntax.arguments, *known.options_of(syntax)])
    read.__annotations__ = {param.name: param.annotation for param in params}
    read.__signature__ = inspect.Signature(params)  # type: ignore[attr-defined]  # which typer asks for
    return read


def _parameter(param: Param) -> inspect.Parameter:
    """A parameter as typer has it; what is required has no default."""
    kind: Any = {FLAG: bool, ONE: str, OPTIONAL: str | None}.get(param.takes, list[str])
    default: Any = {FLAG: False, OPTIONAL: None, ANY: []}.get(param.takes, inspect.Parameter.empty)
    made: Any = typer.Argument(metavar=param.metavar)
    if param.names:
        made = typer.Option(*param.names, metavar=param.metavar or None)
        kind, default = (str | None, None) if param.takes == ONE else (kind, default)
    return inspect.Parameter(
        param.key, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[kind, made], default=default
    )


def _answer_about_itself(line: Line) -> int:
    """Answers at once, whatever else stands on the command line, even where `config.toml` is damaged."""
    from llmpath.cli.commands import about

    def action(session: Session) -> None:
        asked = line.asks_about_itself()
        if asked == "help":
            about.show_help(session, *line.syntax.name.split())
        elif asked == "version":
            about.show_version(session)
        elif asked is not None:
            about.answer_about_completion(session, asked, line.value(asked))

    session = new_session(line.settings())
    session.settings.problem()
    return run(session, action)


def _refuse(line: Line, reason: str) -> int:
    """Says what is wrong with a command line, in the language that it names, even behind the fault."""

    def action(session: Session) -> None:
        raise _usage_error(session, line, reason)

    session = new_session(line.settings())
    session.settings.problem()
    return run(session, action)


def _usage_error(session: Session, line: Line, reason: str) -> UsageError:
    """What is wrong with a command line; typer's own `reason`, in English, where nothing else is known."""
    name = line.syntax.name
    path, below = f"llmpath {name}".rstrip(), line.known.below(name)
    if line.arguments and below:
        return _unknown_command(session, line, path)
    if line.fault is not None:
        key, option = line.fault
        known = [name for param in line.options() for name in param.names if name != option]
        near = closest(option, known) if key == "usage.no_such_option" else []
        return UsageError(key, name=option, closest=near, command=path)
    if line.awaits is not None:
        return UsageError("usage.needs_value", name=line.words[-1], command=path)
    if below:
        return UsageError("usage.missing", name=" | ".join(below), command=path)
    if missing := line.missing():
        return UsageError("usage.missing", name=missing.metavar, command=path)
    if left := line.left_over():
        return UsageError("usage.too_many", words=" ".join(left), command=path)
    return UsageError("usage.wrong", reason=reason, command=path)


def _unknown_command(session: Session, line: Line, path: str) -> UsageError:
    """A word where a command should stand: one that is mistyped, or the name of an item."""
    name = line.arguments[0]
    near = closest(name, line.known.below(line.syntax.name))
    item = "" if line.syntax.name else _item_named(session, line)
    if item and (not near or item == name):
        return UsageError("item_is_no_command", name=" ".join(line.arguments), item=item)
    return UsageError("usage.no_such_command", name=name, closest=near, command=path)


def _item_named(session: Session, line: Line) -> str:
    """The name of an item among the words: an id, or words that may mean several; empty where they mean none."""
    for name in dict.fromkeys((" ".join(line.arguments), line.arguments[0])):
        try:
            return session.catalog.resolve(name).id
        except AmbiguousItem:
            return name
        except LlmpathError:
            continue
    return ""
