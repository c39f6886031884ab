"""Edge: runs a command in a session: its result to standard output, what went wrong to standard error, an exit code."""

import sys
from collections.abc import Callable
from typing import Any

from llmpath.errors import EXIT_FAILED, EXIT_INTERRUPTED, LlmpathError
from llmpath.session import Options, Session
from llmpath.terminal import streams

Command = Callable[[Session], Any]
NO_OPTIONS = Options()


def new_session(options: Options = NO_OPTIONS) -> Session:
    """A session on this process's environment, streams and clock."""
    import os

    return Session(options, os.environ, streams(os.environ))


def run(session: Session, command: Command, *, as_json: bool = False) -> int:
    """Calls the command and shows what it returns. Nothing is on standard output unless the exit code is 0."""
    try:
        session.terminal.color = session.color.value
        result = command(session)
        show(session, result, as_json=as_json)
        return 0 if result is None else getattr(result, "exit_code", 0)
    except LlmpathError as error:
        from llmpath.complaints import lines_of

        _add_backup(session, error)
        for line in lines_of(error, session.say_or_english()):
            session.terminal.tell(line)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        return _failed_output(session, error)
    except KeyboardInterrupt:
        if session.is_saved:
            return 0
        session.terminal.tell(session.say_or_english()("error.interrupted"))
        return EXIT_INTERRUPTED


def show(session: Session, result: Any, *, as_json: bool) -> None:
    """Renders a result to standard output. Raises `OSError`."""
    if result is None or (session.options.quiet and getattr(result, "kind", "") == "changed"):
        return
    from llmpath.render import blocks_of, json_of
    from llmpath.render.words import Look

    terminal = session.terminal
    show_hours = session.config.get("show_hours", True)
    look = Look(session.say, terminal.signs(), terminal.levels(), show_hours, session.now().date())
    if as_json:
        terminal.show_json(json_of(result, look))
    else:
        terminal.show(blocks_of(result, look))


def _failed_output(session: Session, error: OSError) -> int:
    """A full disk behind standard output and the like; after a save that is a warning and no failure."""
    reason = error.strerror or type(error).__name__
    if session.is_saved:
        session.warn("warning.output", reason=reason)
        return 0
    say = session.say_or_english()
    session.terminal.tell(say("error", text=say("error.cannot_print", reason=reason)))
    return EXIT_FAILED


def _add_backup(session: Session, error: LlmpathError) -> None:
    from llmpath.errors import DamagedProgress

    if isinstance(error, DamagedProgress) and not error.backup:
        newest = session.store.backups.newest_good()
        error.backup = newest.name if newest else ""


def guarded(main: Callable[[], int]) -> int:
    """The last resort: an error of our own is said in a line, and whole only where the user asks for it."""
    import os

    try:
        return main()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        if os.environ.get("LLMPATH_DEBUG"):
            raise
        from llmpath.clean import clean
        from llmpath.languages import locale_language
        from llmpath.messages import Texts

        text = Texts(locale_language(os.environ))("error.unexpected", reason=f"{type(error).__name__}: {error}")
        sys.stderr.write(f"{clean(text)}\n")
        return EXIT_FAILED
