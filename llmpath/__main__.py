"""The door.

The daily forms, a command's name and names of items without options, need no grammar: straight to their command.
Everything else goes on to `cli`, which knows the rest, and the same commands. A TAB is answered before all that.
"""

import os
import sys

TYPE_CHECKING = False  # a TAB comes through here too
if TYPE_CHECKING:
    from collections.abc import Sequence

DAILY = {
    "": ("guiding", "dashboard", 0, 0),
    "list": ("reading", "list_topics", 0, 1),
    "show": ("reading", "show_item", 1, 1),
    "resources": ("reading", "list_resources", 0, 99),
    "search": ("reading", "search", 1, 99),
    "log": ("reviewing", "show_log", 0, 1),
    "stats": ("reviewing", "show_stats", 0, 0),
    "next": ("guiding", "next_step", 0, 1),
    "path": ("guiding", "path", 0, 1),
    "start": ("marking", "start", 1, 99),
    "done": ("marking", "done", 0, 99),
    "skip": ("marking", "skip", 1, 99),
    "reset": ("marking", "reset", 1, 99),
    "undo": ("marking", "undo", 0, 0),
    "redo": ("marking", "redo", 0, 0),
}
"""Command names to module, function, and how few and how many words they take."""


def main(words: "Sequence[str] | None" = None) -> int:
    """Runs the program with the words of a command line; returns the exit code."""
    words = sys.argv[1:] if words is None else words
    name, *rest = words or [""]
    asked = os.environ.get("_LLMPATH_COMPLETE")  # by a shell, and not for a TAB
    module, function, fewest, most = DAILY.get(name, ("", "", 1, 0))
    if not fewest <= len(rest) <= most or any(word.startswith("-") for word in words) or asked:
        from llmpath.cli import app as cli

        return cli.main(words)
    from importlib import import_module

    from llmpath.cli.run import new_session, run

    command = getattr(import_module(f"llmpath.cli.commands.{module}"), function)
    return run(new_session(), lambda session: command(session, *rest))


def entry() -> None:
    """The installed command."""
    import gc

    gc.disable()  # a short process has nothing to collect
    try:
        code = _answered()
    except KeyboardInterrupt:  # while modules were loaded
        code = 130
    _leave(code)


def _leave(code: int) -> None:
    """Ends the process without taking everything apart before, which would take longer than much of the answer.

    What could not be written was said by those who wrote it.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or 1
    os._exit(code)


def _answered() -> int:
    if os.environ.get("_LLMPATH_COMPLETE"):
        from llmpath.cli.shells import answer_tab

        if (code := answer_tab(os.environ)) is not None:
            return code
    from llmpath.cli.run import guarded

    return guarded(main)


if __name__ == "__main__":
    entry()
