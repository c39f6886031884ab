"""Edge: the streams. Blocks as plain text, or painted by rich where a person looks. Nothing unclean passes here."""

import os
import re
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from llmpath.text.clean import clean, json_text
from llmpath.view.document import STYLES, Block, Line, Span
from llmpath.view.layout import laid_out
from llmpath.view.quoting import with_commands

DEFAULT_COLUMNS, DEFAULT_ROWS = 80, 24
"""The size of a terminal that does not say how large it is."""
SIGNS = {"done": "✓", "skipped": "–", "doing": "◐", "todo": "○", "bar_full": "█", "bar_empty": "░", "dot": "·"}
ASCII_SIGNS = {"done": "x", "skipped": "-", "doing": "~", "todo": ".", "bar_full": "#", "bar_empty": ".", "dot": "-"}
LEVELS = " ░▒▓█"
ASCII_LEVELS = " .:+#"

ASCII_FORMS = {
    "·": "-", "–": "-", "—": "-", "→": ">", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"',
    "，": ",", "。": ".", "、": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")",
    "├": "|", "└": "`", "│": "|", "─": "-",
}  # fmt: skip
"""Replacements for punctuation that an encoding does not have."""

_LINKING_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby", "WarpTerminal"}
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm")


class OutputError(OSError):
    """Standard output takes no more: a full disk, for one. A reader that has gone is a `BrokenPipeError`."""


class Terminal:
    """Standard output and standard error, and what they can show."""

    def __init__(self, environ: Mapping[str, str], out: TextIO, err: TextIO) -> None:
        self._environ = environ
        self._out = out
        self._err = err
        self.color = "auto"

    @property
    def is_terminal(self) -> bool:
        """Whether a person looks at standard output."""
        return self._out.isatty()

    def _colours(self, stream: TextIO) -> bool:
        """Whether a stream gets colours."""
        if self.color != "auto":
            return self.color == "always"
        return stream.isatty() and not self._environ.get("NO_COLOR") and self._environ.get("TERM") != "dumb"

    @property
    def knows_links(self) -> bool:
        """Whether the terminal is known to make OSC 8 hyperlinks of addresses."""
        env = self._environ
        if (
            not self.is_terminal
            or not self._colours(self._out)
            or "TMUX" in env
            or env.get("TERM", "").startswith("screen")
        ):
            return False
        return (
            env.get("TERM_PROGRAM") in _LINKING_PROGRAMS
            or env.get("TERM", "").startswith(_LINKING_TERMS)
            or any(name in env for name in ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM"))
            or _number(env.get("VTE_VERSION", "")) >= 5000
        )

    def signs(self) -> Mapping[str, str]:
        """The signs of states and bars, in ASCII where the encoding has no others."""
        return SIGNS if _has(self._out, "".join(SIGNS.values())) else ASCII_SIGNS

    def levels(self) -> str:
        """Five signs from nothing to much."""
        return LEVELS if _has(self._out, LEVELS) else ASCII_LEVELS

    def show(self, blocks: Sequence[Block], pager: str | None = None) -> None:
        """Writes blocks to standard output, whole, through `pager` where they are longer than the screen.

        An empty `pager` is the usual one of the system, None is none. Raises `OutputError` where the stream does not
        take it.
        """
        text = self._text_of(blocks, self._out)
        is_long = self.is_terminal and text.count("\n") >= self._size(self._out, 1, "LINES", DEFAULT_ROWS)
        if pager is None or not is_long or not self._paged(text, pager):
            self._write(text)

    def _text_of(self, blocks: Sequence[Block], stream: TextIO) -> str:
        """Blocks as a stream shows them, folded and painted where it is a terminal."""
        width = self._size(stream, 0, "COLUMNS", DEFAULT_COLUMNS) if stream.isatty() else None
        lines = laid_out(blocks, width)
        if self._colours(stream):
            return self._painted(lines)
        return "".join(f"{''.join(span.text for span in spans).rstrip()}\n" for spans in lines)

    @property
    def can_answer(self) -> bool:
        """Whether a person can answer a question: standard input is a terminal."""
        return sys.stdin is not None and sys.stdin.isatty()

    def ask(self, blocks: Sequence[Block]) -> str | None:
        """Shows blocks and reads what a person types behind their last line; None where the input ends.

        Raises `KeyboardInterrupt`, also for a terminal that hangs up, and `OutputError`.
        """
        text = self._text_of(blocks, self._out).rstrip("\n") + " "
        try:
            self._write(text)
            reply = _line_typed()
        except KeyboardInterrupt:
            self._write("\n")
            raise
        if not reply:
            self._write("\n")
            return None
        return reply.strip()

    def _paged(self, text: str, pager: str) -> bool:
        """Shows a text in a pager; False where there is none."""
        import shlex
        import shutil
        import subprocess

        try:
            words = shlex.split(pager) if pager else ["less", "-FRX"]
            if pager == "never" or not words or shutil.which(words[0]) is None:
                return False
            shown = _presentable(text, self._out).encode(self._out.encoding or "utf-8", "replace")
            self._out.flush()
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are the pager's
            try:
                subprocess.run(words, input=shown, check=False)
            finally:
                signal.signal(signal.SIGINT, before)
        except (OSError, ValueError):
            return False
        return True

    def show_json(self, document: Any) -> None:
        """Writes one JSON document to standard output. Raises `OutputError`."""
        self._write(f"{json_text(document, as_ascii=not _has(self._out, '字✓'))}\n")

    def show_file(self, content: str) -> None:
        """Writes what another program may read: a file's content, a script, a path. Raises `OutputError`.

        It is UTF-8 whatever the locale says, so that no character is lost and `import` reads it back; a terminal gets
        what it can show.
        """
        if self.is_terminal:
            self._write("\n".join(clean(part.expandtabs()) for part in content.split("\n")))
        else:
            self._write(content.encode(errors="surrogateescape"))

    def _write(self, content: str | bytes) -> None:
        try:
            if isinstance(content, bytes):
                self._out.buffer.write(content)
            else:
                self._out.write(_presentable(content, self._out))
            self._out.flush()
        except BrokenPipeError:
            self._abandon(self._out)
            raise
        except OSError as error:
            self._abandon(self._out)
            raise OutputError(error.errno, error.strerror) from error

    def tell(self, text: str, style: str = "") -> None:
        """Writes a line for a person to standard error, folded on a terminal; nobody is told once that is gone.

        `style` is that of what stands before the first colon.
        """
        try:
            shown = f"{clean(text)}\n"
            if self._err.isatty():
                indent = len(text) - len(text.lstrip(" "))
                shown = self._text_of([Line(told_spans(text.strip(), style), indent, hang=2)], self._err)
            self._err.write(_presentable(shown, self._err))
            self._err.flush()
        except (OSError, ValueError):
            self._abandon(self._err)

    def _abandon(self, stream: TextIO) -> None:
        """Lets the interpreter's last flush of a broken stream go nowhere, in silence."""
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass

    def _size(self, stream: TextIO, dimension: int, variable: str, default: int) -> int:
        """One dimension of a terminal: what the variable says, if that is a number that a terminal may have."""
        if told := _number(self._environ.get(variable, "")):
            return told
        try:
            return os.get_terminal_size(stream.fileno())[dimension] or default
        except (OSError, ValueError):
            return default

    def _painted(self, lines: Iterable[Sequence[Span]]) -> str:
        from rich.console import Console
        from rich.segment import Segment, Segments
        from rich.style import Style

        console = Console(
            file=self._out,
            force_terminal=True,
            highlight=False,
            markup=False,
            emoji=False,
            no_color=False,
            color_system="auto" if sys.platform == "win32" else "standard",
            # Else rich takes them from the environment, where they may be nonsense. Nothing is laid out here.
            width=DEFAULT_COLUMNS,
            height=DEFAULT_ROWS,
        )
        knows_links = self.knows_links
        painted: list[Segment] = []
        for spans in lines:
            for span in spans:
                link = Style(link=span.link) if span.link and knows_links else Style.null()
                painted.append(Segment(span.text, Style.parse(STYLES[span.style]) + link))
            painted.append(Segment.line())
        with console.capture() as capture:
            console.print(Segments(painted), soft_wrap=True, end="")
        return capture.get()


def _number(text: str) -> int:
    """A number of four digits at most, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0


def told_spans(text: str, style: str) -> list[Span]:
    """A line for a person in spans: what stands before its colon, and commands, which stay in one piece."""
    head = re.match(r"[^:：]{1,20}[:：]", text) if style else None
    return [Span(head[0], style), *with_commands(text[head.end() :])] if head else with_commands(text)


def _line_typed() -> str:
    """A line of standard input; empty where it has ended, or its terminal is gone."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return "?\n"
    except OSError:
        return ""


def _has(stream: TextIO, text: str) -> bool:
    """Whether the encoding of a stream has every character of a text."""
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _presentable(text: str, stream: TextIO) -> str:
    """The text with the punctuation that the encoding lacks in ASCII; the stream makes "?" of everything else."""
    if text.isascii() or _has(stream, text):
        return text
    return text.translate({ord(sign): form for sign, form in ASCII_FORMS.items() if not _has(stream, sign)})


def streams(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this process; a closed stream stands for one that goes nowhere."""
    out, err = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115 - it stays open
    for stream in (out, err):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # each is a file of text
    return Terminal(environ, out, err)
