"""The door: a TAB, a daily command, or else the command line that typer reads.

A daily command whose words are all in order needs no typer. Everything else goes to `cli.app`, which calls the same
functions and says what is wrong.
"""

import gc
import os
import sys


def main(words: list[str]) -> int:
    """Runs the program with the words of a command line; returns the exit code."""
    from llmpath.cli.command_line import Line, command_line

    line = Line(command_line(), words)
    if line.syntax.is_daily and line.is_complete() and not line.asks_about_itself():
        from llmpath.cli.run import call

        return call(line.syntax, line.arguments, line.keywords(), line.settings())
    from llmpath.cli.app import main as read_by_typer

    return read_by_typer(line)


def entry() -> None:
    """The installed command."""
    try:
        gc.disable()  # a short process has nothing to collect
        code = _answered()
    except KeyboardInterrupt:  # while modules were loaded
        code = 130
    _leave(code)


def _leave(code: int) -> None:
    """Ends the process without taking everything apart before, which would take longer than much of the answer.

    Whoever failed to write has said so.
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
        from llmpath.cli.completion import answer_tab

        if (code := answer_tab(os.environ)) is not None:
            return code
    from llmpath.cli.run import end_like_interrupts, guarded

    end_like_interrupts()
    return guarded(lambda: main(sys.argv[1:]))


if __name__ == "__main__":
    entry()
