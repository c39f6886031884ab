"""Edge: the streams. Blocks as plain text, or painted by rich where a person looks. Nothing unclean passes here."""

import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
        for stream in (out, err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")

    @property
    def is_terminal(self) -> bool:
        """Whether a person looks at standard output."""
        return self._out.isatty()

    @property
    def is_styled(self) -> bool:
        """Whether standard output gets colours."""
        return self._colours(self._out)

    def _colours(self, stream: TextIO) -> bool:
        """Whether a stream gets colours."""
        if self.color != "auto":
            return self.color == "always"
        return stream.isatty() and not self._environ.get("NO_COLOR") and self._environ.get("TERM") != "dumb"

    @property
    def knows_links(self) -> bool:
        """Whether the terminal is known to make OSC 8 hyperlinks of addresses."""
        env = self._environ
        if not self.is_terminal or not self.is_styled or "TMUX" in env or env.get("TERM", "").startswith("screen"):
            return False
        return (
            env.get("TERM_PROGRAM") in _LINKING_PROGRAMS
            or env.get("TERM", "").startswith(_LINKING_TERMS)
            or any(name in env for name in ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM"))
            or _number(env.get("VTE_VERSION", "")) >= 5000
        )

    def signs(self) -> Mapping[str, str]:
        """The signs of states and bars, in ASCII where the encoding has no others."""
        return SIGNS if self._can_show("".join(SIGNS.values())) else ASCII_SIGNS

    def levels(self) -> str:
        """Five signs from nothing to much."""
        return LEVELS if self._can_show(LEVELS) else ASCII_LEVELS

    def _can_show(self, text: str) -> bool:
        return _has(self._out, text)

    def show(self, blocks: Sequence[Block], pager: str | None = None) -> None:
        """Writes blocks to standard output, whole, through `pager` where they are longer than the screen.

        An empty `pager` is the usual one of the system, None is none. Raises `OutputError` where the stream does not
        take it.
        """
        lines = self._laid_out(blocks)
        text = self._text_of(lines)
        if pager is None or len(lines) < self._rows() or not self._paged(text, pager):
            self._write(text)

    def _laid_out(self, blocks: Sequence[Block]) -> list[Sequence[Span]]:
        return list(laid_out(blocks, self._columns()))

    def _text_of(self, lines: Sequence[Sequence[Span]]) -> str:
        return self._painted(lines) if self.is_styled else _plain(lines)

    @property
    def can_ask(self) -> bool:
        """Whether a person sees what is written, and can answer it."""
        return self.is_terminal and sys.stdin is not None and sys.stdin.isatty()

    def ask(self, blocks: Sequence[Block]) -> str | None:
        """Shows blocks and reads what a person types behind their last line; None where the input ends.

        Raises `KeyboardInterrupt`, also for a terminal that hangs up, and `OutputError`.
        """
        text = self._text_of(self._laid_out(blocks)).rstrip("\n") + " "
        try:
            with _hang_up_heard():
                self._write(text)
                reply = _line_typed()
        except KeyboardInterrupt:
            self._write("\n")
            raise
        if not reply:
            self._write("\n")
            return None
        return reply.strip()

    def _rows(self) -> float:
        """How many lines the terminal shows; endless where standard output is none."""
        return self._size(self._out, 1, "LINES", DEFAULT_ROWS) if self.is_terminal else float("inf")

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
            with _interrupts_ignored():  # they are the pager's
                subprocess.run(words, input=shown, check=False)
        except (OSError, ValueError):
            return False
        return True

    def show_json(self, document: Any) -> None:
        """Writes one JSON document to standard output. Raises `OutputError`."""
        self._write(f"{json_text(document, as_ascii=not self._can_show('字✓'))}\n")

    def show_raw(self, text: str) -> None:
        """Writes text that another program will read: a schema, a script. Raises `OutputError`."""
        self._write(self._safe(text))

    def show_file(self, content: str) -> None:
        """Writes what would be a file's content. Raises `OutputError`.

        It is UTF-8 whatever the locale says, so that no character is lost and `import` reads it back; a terminal gets
        what it can show.
        """
        buffer = None if self.is_terminal else getattr(self._out, "buffer", None)
        self._write(self._safe(content) if buffer is None else content.encode(), buffer)

    def _safe(self, text: str) -> str:
        """Lines as they are, or clean where a terminal would get them."""
        return "\n".join(clean(part.expandtabs()) for part in text.split("\n")) if self.is_terminal else text

    def _write(self, content: str | bytes, stream: Any = None) -> None:
        try:
            stream = self._out if stream is None else stream
            stream.write(content if isinstance(content, bytes) else _presentable(content, self._out))
            stream.flush()
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
            shown = self._told(text, style) if self._err.isatty() else f"{clean(text)}\n"
            self._err.write(_presentable(shown, self._err))
            self._err.flush()
        except (OSError, ValueError):
            self._abandon(self._err)

    def _told(self, text: str, style: str) -> str:
        indent = len(text) - len(text.lstrip(" "))
        blocks = [Line(told_spans(text.strip(), style), indent, hang=2)]
        lines = list(laid_out(blocks, self._size(self._err, 0, "COLUMNS", DEFAULT_COLUMNS)))
        return self._painted(lines) if self._colours(self._err) else _plain(lines)

    def _abandon(self, stream: TextIO) -> None:
        """Lets the interpreter's last flush of a broken stream go nowhere, in silence."""
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass

    def _columns(self) -> int | None:
        """How wide the terminal is; None where standard output is none."""
        return self._size(self._out, 0, "COLUMNS", DEFAULT_COLUMNS) if self.is_terminal else None

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


def _plain(lines: Iterable[Sequence[Span]]) -> str:
    return "".join(f"{''.join(span.text for span in spans).rstrip()}\n" for spans in lines)


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


@contextmanager
def _hang_up_heard() -> Iterator[None]:
    """A terminal that hangs up, or a request to end, interrupts what waits inside like Ctrl-C."""
    numbers = [number for name in ("SIGHUP", "SIGTERM") if (number := getattr(signal, name, None)) is not None]
    try:
        before = [(number, signal.signal(number, signal.default_int_handler)) for number in numbers]
    except ValueError:  # only the main thread gets signals
        before = []
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


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


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def streams(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this process; a closed stream stands for one that goes nowhere."""
    return Terminal(environ, sys.stdout or _nowhere(), sys.stderr or _nowhere())


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
