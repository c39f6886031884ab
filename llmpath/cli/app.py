"""The command line: which commands there are, the options that stand before or after any of them, usage errors.

A command's grammar is imported when it is called. The functions of `grammar` turn words into a `Call`; it is run here.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from llmpath.cli.forms import ASKING
from llmpath.cli.run import new_session, run
from llmpath.cli.session import Options, Session
from llmpath.errors import LlmpathError, UsageError

PROGRAM = "llmpath"


class Entry(NamedTuple):
    """Where a command's grammar is, and under which heading help shows it; no heading: not on the first page."""

    module: str
    function: str
    heading: str = ""


COMMANDS = {
    "list": Entry("reading", "list_", "look"),
    "show": Entry("reading", "show", "look"),
    "resources": Entry("reading", "resources", "look"),
    "search": Entry("reading", "search", "look"),
    "map": Entry("map", "map_", "look"),
    "next": Entry("guiding", "next_", "go_on"),
    "open": Entry("guiding", "open_", "go_on"),
    "path": Entry("guiding", "path", "go_on"),
    "plan": Entry("guiding", "plan", "go_on"),
    "goal": Entry("marking", "goal", "go_on"),
    "start": Entry("marking", "start", "mark"),
    "done": Entry("marking", "done", "mark"),
    "skip": Entry("marking", "skip", "mark"),
    "reset": Entry("marking", "reset", "mark"),
    "note": Entry("marking", "note", "mark"),
    "undo": Entry("marking", "undo", "mark"),
    "redo": Entry("marking", "redo", "mark"),
    "stats": Entry("reviewing", "stats", "look_back"),
    "log": Entry("reviewing", "log", "look_back"),
    "export": Entry("", "", "take_along"),
    "export md": Entry("sharing", "export_md"),
    "export csv": Entry("sharing", "export_csv"),
    "export json": Entry("sharing", "export_json"),
    "export html": Entry("sharing", "export_html"),
    "export svg": Entry("sharing", "export_svg"),
    "import": Entry("sharing", "import_", "take_along"),
    "merge": Entry("keeping", "merge", "take_along"),
    "sync": Entry("keeping", "sync", "take_along"),
    "backup": Entry("", "", "take_along"),
    "backup list": Entry("keeping", "backup_list"),
    "backup restore": Entry("keeping", "backup_restore"),
    "curriculum": Entry("", "", "own"),
    "curriculum list": Entry("authoring", "curriculum_list"),
    "curriculum use": Entry("authoring", "curriculum_use"),
    "curriculum new": Entry("authoring", "curriculum_new"),
    "curriculum schema": Entry("authoring", "curriculum_schema"),
    "validate": Entry("authoring", "validate", "own"),
    "config": Entry("keeping", "config", "set_up"),
    "config set": Entry("keeping", "config_set"),
    "info": Entry("keeping", "info", "set_up"),
}


def _remember(ctx: Any, param: Any, value: Any) -> None:
    """Keeps an option that may stand anywhere; what stands nearer to the end wins."""
    if value not in (None, False):
        ctx.find_root().obj[param.name] = value


def _show_help(ctx: Any, _param: Any, value: bool) -> None:
    if value:
        from llmpath.cli.help import help_of

        _answer(ctx, lambda session: session.terminal.show(help_of(ctx, session.say)))


def _show_version(ctx: Any, _param: Any, value: bool) -> None:
    if value:
        from llmpath import __version__

        _answer(ctx, lambda session: session.terminal.show_raw(f"{PROGRAM} {__version__}\n"))


def _install_completion(ctx: Any, param: Any, value: str | None) -> None:
    if value is not None:
        from llmpath.cli.shells import checked, install

        def tell(session: Session) -> None:
            path = install(checked(value, param.opts[0]))
            session.terminal.show_raw(session.say("completion.installed", shell=value, path=path) + "\n")

        _answer(ctx, tell)


def _show_completion(ctx: Any, param: Any, value: str | None) -> None:
    if value is not None:
        from llmpath.cli.shells import checked, script

        _answer(ctx, lambda session: session.terminal.show_raw(script(checked(value, param.opts[0])) + "\n"))


def _answer(ctx: Any, command: Callable[[Session], None]) -> None:
    """Answers at once, whatever else stands on the command line, even where `config.toml` is damaged."""
    session = _session(ctx.find_root().obj)
    session.forgive_config()
    ctx.exit(run(session, command))


def _option(
    *names: str, metavar: str | None = None, callback: Callable[..., Any] = _remember, early: bool = True
) -> TyperOption:
    """An option of every command. Early ones are read before help is shown, wherever they stand."""
    key = names[-1].lstrip("-").replace("-", "_")
    takes_value = metavar is not None
    return TyperOption(
        param_decls=[*names],
        type=str if takes_value else None,
        metavar=metavar,
        is_flag=not takes_value,
        default=None if takes_value else False,
        expose_value=False,
        is_eager=early,
        callback=callback,
        help=f"option.{key}",
    )


def _common_options() -> list[Any]:
    return [
        _option("--lang", metavar="LANGUAGE"),
        _option("--color", metavar="WHEN"),
        _option("--quiet"),
        _option("--progress", metavar="FILE"),
        _option("--curriculum", metavar="NAME"),
        _option("-h", "--help", callback=_show_help, early=False),
    ]


@contextmanager
def _place_known(ctx: Any) -> Iterator[None]:
    """Notes on an error of the parser in which command it was made, where the parser has not."""
    try:
        yield
    except typer.TyperException as error:
        if getattr(error, "ctx", None) is None:
            error.ctx = ctx  # type: ignore[attr-defined]  # errors about the command line have it
        raise


class Command(TyperCommand):
    """A command that has the common options too, and counts its words itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "add_help_option": False})
        self.params += _common_options()
        self.context_settings = {**self.context_settings, "allow_extra_args": True}

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the words. Raises `UsageError` where some are left over."""
        with _place_known(ctx):
            rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError("usage.too_many", words=" ".join(rest), command=ctx.command_path)
        return rest


class Group(TyperGroup):
    """Commands by name, each imported when it is asked for. `prefix`: the names of the groups around it."""

    prefix = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "add_help_option": False})
        self.params += _common_options()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the words up to the command's name."""
        with _place_known(ctx):
            rest: list[str] = super().parse_args(ctx, args)
        return rest

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The names of the commands right in this group, in the order in which help shows them."""
        names = (name.removeprefix(self.prefix) for name in COMMANDS if name.startswith(self.prefix))
        return [name for name in names if " " not in name]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's signature
        """A command or a group of this group; None without one of that name."""
        name = self.prefix + cmd_name
        if name not in COMMANDS or " " in cmd_name:
            return None
        entry = COMMANDS[name]
        if any(other.startswith(f"{name} ") for other in COMMANDS):
            return _group(name, entry)
        return _command(name, entry)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names, and the rest. Raises `UsageError` for an unknown one."""
        command = self.get_command(ctx, args[0])
        if command is None:
            closest = _closest(args[0], self.list_commands(ctx))
            raise UsageError("usage.no_such_command", name=args[0], closest=closest, command=ctx.command_path)
        return args[0], command, args[1:]


def _function(entry: Entry) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(f"llmpath.cli.grammar.{entry.module}"), entry.function)
    return function


def _command(name: str, entry: Entry) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name.rpartition(" ")[2], cls=Command)(_function(entry))
    return typer.main.get_command(app)


def _group(name: str, entry: Entry) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, cls=Group)
    app.callback(invoke_without_command=True)(_alone(entry))
    group = typer.main.get_command(app)
    group.prefix = f"{name} "  # type: ignore[attr-defined]  # cls made it a Group
    return group


def _alone(entry: Entry) -> Callable[..., Any]:
    """What a group does when no command of it is named: its own, where it has one."""

    def alone(ctx: typer.Context) -> Any:
        if ctx.invoked_subcommand is not None:
            return None
        if entry.module:
            return _function(entry)()
        names = " | ".join(ctx.command.list_commands(ctx))  # type: ignore[attr-defined]  # the command of this context is a Group
        raise UsageError("usage.missing", name=names, command=ctx.command_path)

    return alone


def _dashboard(ctx: typer.Context) -> Any:
    if ctx.invoked_subcommand is not None:
        return None
    from llmpath.cli.commands import guiding
    from llmpath.cli.grammar import Call

    return Call(guiding.dashboard)


def root(*, with_completion: bool = False) -> Any:
    """The whole command line. `with_completion`: with what typer itself answers a shell, which takes time to import."""
    app = typer.Typer(add_completion=with_completion, rich_markup_mode=None, cls=Group)
    app.callback(invoke_without_command=True)(_dashboard)
    group = typer.main.get_command(app)
    group.params = [
        # Typer has two options like these, but they speak English alone.
        *(param for param in group.params if "completion" not in (param.name or "")),
        _option("--version", callback=_show_version),
        _option("--install-completion", metavar="[SHELL]", callback=_install_completion, early=False),
        _option("--show-completion", metavar="[SHELL]", callback=_show_completion, early=False),
    ]
    return group


def main(words: Sequence[str]) -> int:
    """Reads a command line and runs what it says; returns the exit code."""
    given: dict[str, Any] = {}
    group = root(with_completion=bool(os.environ.get(ASKING)))
    try:
        call = group.main(args=_with_shell(words), prog_name=PROGRAM, standalone_mode=False, obj=given)
    except LlmpathError as error:
        return _complain(given, words, error)
    except typer.TyperException as error:
        return _complain(given, words, _usage_error(error))
    except typer.Abort:
        return _complain(given, words, LlmpathError())
    if call is None or isinstance(call, int):
        return call or 0
    session = _session(given)
    if not call.needs_config:
        session.forgive_config()
    return run(session, call.command, as_json=call.as_json)


def _with_shell(words: Sequence[str]) -> list[str]:
    """The words, with the shell in use where an option for completion names none."""
    given = list(words)
    for place, (word, following) in enumerate(zip(words, [*words[1:], "-"], strict=False)):
        if word in ("--install-completion", "--show-completion") and following.startswith("-"):
            from llmpath.cli.shells import shell_in_use

            given[place] = f"{word}={shell_in_use() or ''}"
    return given


def _session(given: dict[str, Any]) -> Session:
    return new_session(Options(**{name: given[name] for name in Options._fields if name in given}))


def _complain(given: dict[str, Any], words: Sequence[str], error: LlmpathError) -> int:
    """Says what is wrong with a command line; in the language that it names, even behind the fault."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        option, _, value = word.partition("=")
        if option == "--lang" and (value or following):
            given["lang"] = value or following

    def command(_session: Session) -> None:
        raise error

    return run(_session(given), command)


def _closest(word: str, known: Iterable[str]) -> list[str]:
    """What a mistyped command or option may have meant, best first."""
    from difflib import get_close_matches

    names = {name.lstrip("-"): name for name in known}
    return [names[name] for name in get_close_matches(word.lstrip("-"), names, 3)]


def _usage_error(error: Any) -> UsageError:
    """What the parser found wrong, as one of our own errors; its English sentence only where nothing else is known."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else PROGRAM
    match type(error).__name__:
        case "NoSuchOption":
            known = [name for param in ctx.command.params for name in param.opts] if ctx is not None else []
            closest = _closest(error.option_name, known)
            return UsageError("usage.no_such_option", name=error.option_name, closest=closest, command=path)
        case "MissingParameter":
            return UsageError("usage.missing", name=str(error.param.metavar).strip("[.]"), command=path)
        case "BadOptionUsage":
            params = ctx.command.params if ctx is not None else ()
            param = next((p for p in params if error.option_name in p.opts), None)
            key = "usage.takes_no_value" if param is not None and param.is_flag else "usage.needs_value"
            return UsageError(key, name=error.option_name, command=path)
        case _:
            return UsageError("usage.wrong", reason=error.format_message(), command=path)
