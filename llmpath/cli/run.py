"""Edge: runs a command in a session: its result to standard output, what went wrong to standard error, an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from llmpath.cli.session import Session
from llmpath.cli.syntax import ANY, Syntax
from llmpath.cli.terminal import OutputError, streams
from llmpath.errors import EXIT_FAILED, EXIT_INTERRUPTED, LlmpathError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.view.results.keeping import Exported
    from llmpath.view.screens.words import Look


Action = Callable[[Session], "Any"]
Values = dict[str, str | bool | list[str]]
"""The values of a command's parameters, by their names."""


def new_session(given: Mapping[str, str]) -> Session:
    """A session on this process's environment, streams and clock; `given` as in `Session`."""
    return Session(given, os.environ, streams(os.environ))


def call(syntax: Syntax, values: Values, given: Mapping[str, str]) -> int:
    """Calls a command with the values of its parameters, and shows its result; returns the exit code."""
    module, _, name = syntax.function.partition(".")
    session = new_session(given)
    if not syntax.needs_config:
        session.settings.problem()
    as_json = bool(values.pop("json", False))
    words: list[str | bool | list[str]] = []
    for param in syntax.arguments:
        if param.key in values:
            value = values.pop(param.key)
            words += value if param.takes == ANY and isinstance(value, list) else [value]

    def action(session: Session) -> Any:
        function = getattr(import_module(f"llmpath.cli.commands.{module}"), name)
        return function(session, *words, **values)

    return run(session, action, as_json=as_json)


def run(session: Session, action: Action, *, as_json: bool = False) -> int:
    """Runs an action and shows what it returns. Nothing is on standard output unless the exit code is 0."""
    try:
        session.terminal.color = session.settings["color"]
        session.wants_json = as_json
        result = action(session)
        session.warn_of_problems()
        show(session, result, as_json=as_json)
        return 0 if result is None else getattr(result, "exit_code", 0)
    except LlmpathError as error:
        from llmpath.view.error_texts import lines_of

        _add_backup(session, error)
        first, *others = lines_of(error, session.say_or_english())
        session.terminal.tell(first, "error")
        for line in others:
            session.terminal.tell(line)
        return 0 if session.is_saved else error.exit_code
    except BrokenPipeError:
        return 0
    except OutputError as error:
        return _failed_output(session, error)
    except KeyboardInterrupt:
        if session.is_saved:
            return 0
        session.terminal.tell(session.say_or_english()("error.interrupted"))
        return EXIT_INTERRUPTED
    except Exception as error:
        if session.is_saved:
            return _failed_output(session, error)
        if not isinstance(error, OSError):
            raise
        session.terminal.tell(_said(session, "error.system", error), "error")
        return EXIT_FAILED


def show(session: Session, result: Any, *, as_json: bool) -> None:
    """Renders a result to standard output. Raises `OutputError`."""
    if result is None or (session.is_quiet and getattr(result, "kind", "") in ("changed", "answered")):
        return
    look = look_of(session)
    if as_json:
        from llmpath.view.screens.as_json import json_of

        session.terminal.show_json(json_of(result, look))
    else:
        from llmpath.view.screens import blocks_of

        pager = None if session.is_saved else session.pager
        session.terminal.show(blocks_of(result, look), pager=pager)


def look_of(session: Session) -> Look:
    """The look of everything that this call shows. Raises `DamagedConfig` or `UsageError`."""
    from llmpath.view.screens.words import Look

    terminal = session.terminal
    show_hours = bool(session.settings["show_hours"])
    return Look(session.say, terminal.signs(), terminal.levels(), show_hours, session.now().date())


def hand_over(session: Session, content: str, output: str | None, *, force: bool) -> Exported | None:
    """Writes an export into the file `output`, or without one to standard output. Raises as `write_output`."""
    from llmpath.cli.values import path_of
    from llmpath.files.outputs import write_output
    from llmpath.view.results.keeping import Exported

    if output is None:
        session.terminal.show_file(content)
        return None
    output = path_of(output, "--output")
    session.wrote(output, write_output(output, content.encode(), force=force))
    return Exported(os.path.abspath(output))


def _failed_output(session: Session, error: Exception) -> int:
    """A full disk behind standard output and the like; after a save that is a warning and no failure."""
    if session.is_saved:
        session.warn("warning.output", reason=_reason(error))
        return 0
    session.terminal.tell(_said(session, "error.cannot_print", error), "error")
    return EXIT_FAILED


def _said(session: Session, key: str, error: Exception) -> str:
    say = session.say_or_english()
    return say("error", text=say(key, reason=_reason(error)))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _add_backup(session: Session, error: LlmpathError) -> None:
    """Tells a damaged progress file how it may be restored, if it is the one in use."""
    from llmpath.errors import DamagedProgress

    if isinstance(error, DamagedProgress):
        for file in (session.log_file, session.reviews_file):
            if error.fields["path"] == file.path:
                error.backups = session.backups_to_restore(file)


def end_like_interrupts() -> None:
    """Lets SIGTERM and SIGHUP end the program like Ctrl-C: between two changes, with exit code 130."""
    import signal

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, interrupt)


def guarded(main: Callable[[], int]) -> int:
    """The last resort: an error of our own is said in a line, and whole only where the user asks for it."""
    try:
        return main()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        if os.environ.get("LLMPATH_DEBUG"):
            raise
        from llmpath.messages import Texts
        from llmpath.text.clean import clean
        from llmpath.text.languages import locale_language

        text = Texts(locale_language(os.environ))("error.unexpected", reason=f"{type(error).__name__}: {error}")
        sys.stderr.write(f"{clean(text)}\n")
        return EXIT_FAILED
