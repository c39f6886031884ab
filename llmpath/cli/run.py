"""Edge: runs a command in a session: its result to standard output, what went wrong to standard error, an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from llmpath.cli.command_line import Syntax
from llmpath.cli.session import Session
from llmpath.cli.terminal import OutputError, streams
from llmpath.errors import EXIT_FAILED, EXIT_INTERRUPTED, DamagedProgress, LlmpathError
from llmpath.messages import Texts
from llmpath.text.clean import clean
from llmpath.text.languages import locale_language
from llmpath.view.screens import blocks_of
from llmpath.view.screens.words import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.view.results.keeping import Exported


def new_session(given: Mapping[str, str]) -> Session:
    """A session on this process's environment, streams and clock; `given` as in `Session`."""
    return Session(given, os.environ, streams(os.environ))


def call(syntax: Syntax, words: list[str], options: dict[str, Any], given: Mapping[str, str]) -> int:
    """Calls a command with the words of its arguments and the values of its options, and shows its result.

    Returns the exit code. `given` as in `Session`.
    """
    session = new_session(given)
    if not syntax.needs_config:
        session.settings.problem()
    as_json = bool(options.pop("json", False))

    def action(session: Session) -> Any:
        module, _, name = syntax.function.partition(".")
        function = getattr(import_module(f"llmpath.cli.commands.{module}"), name)
        return function(session, *syntax.positional(words), **options)

    return run(session, action, as_json=as_json)


def run(session: Session, action: Callable[[Session], Any], *, as_json: bool = False) -> int:
    """Runs an action and shows what it returns. Nothing is on standard output unless the exit code is 0."""
    try:
        session.terminal.color = session.settings["color"]
        session.wants_json = as_json
        result = action(session)
        session.warn_of_problems()
        show(session, result, as_json=as_json)
        return 0 if result is None else getattr(result, "exit_code", 0)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        if session.is_saved:
            return 0
        session.terminal.tell(session.say_or_english()("error.interrupted"))
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - `_failed` raises again what is a fault of ours
        return _failed(session, error)


def _failed(session: Session, error: Exception) -> int:
    """Tells what went wrong; after a save it is a warning and no failure. What is a fault of ours is raised again."""
    say, reason = session.say_or_english(), getattr(error, "strerror", None) or type(error).__name__
    if isinstance(error, LlmpathError):
        from llmpath.view.error_texts import lines_of

        _add_backup(session, error)
        first, *others = lines_of(error, say)
        session.terminal.tell(first, "error")
        for line in others:
            session.terminal.tell(line)
        return 0 if session.is_saved else error.exit_code
    if session.is_saved:
        session.warn("warning.output", reason=reason)
        return 0
    if not isinstance(error, OSError):
        raise error
    key = "error.cannot_print" if isinstance(error, OutputError) else "error.system"
    session.terminal.tell(say("error", text=say(key, reason=reason)), "error")
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
        pager = None if session.is_saved else session.pager
        session.terminal.show(blocks_of(result, look), pager=pager)


def look_of(session: Session) -> Look:
    """The look of everything that this call shows. Raises `DamagedConfig` or `UsageError`."""
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


def _add_backup(session: Session, error: LlmpathError) -> None:
    """Tells a damaged progress file how it may be restored, if it is the one in use."""
    if isinstance(error, DamagedProgress):
        for file in (session.log_file, session.reviews_file):
            if error.fields["path"] == file.path:
                error.backups = session.backups_to_restore(file)


def end_like_interrupts() -> None:
    """Lets SIGTERM and SIGHUP end the program like Ctrl-C: between two changes, with exit code 130."""

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
        text = Texts(locale_language(os.environ))("error.unexpected", reason=f"{type(error).__name__}: {error}")
        sys.stderr.write(f"{clean(text)}\n")
        return EXIT_FAILED
