"""Edge: the streams. Blocks as plain text, or painted by rich where a person looks. Nothing unclean passes here."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from llmpath.text.clean import clean, json_text
from llmpath.view.document import STYLES, Block, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO


DEFAULT_COLUMNS = 80
"""Of a terminal that does not say how wide it is."""
SIGNS = {"done": "✓", "skipped": "–", "doing": "◐", "todo": "○", "bar_full": "█", "bar_empty": "░", "dot": "·"}
ASCII_SIGNS = {"done": "x", "skipped": "-", "doing": "~", "todo": ".", "bar_full": "#", "bar_empty": ".", "dot": "-"}
LEVELS = " ░▒▓█"
ASCII_LEVELS = " .:+#"

ASCII_FORMS = {
    "·": "-", "–": "-", "—": "-", "→": ">", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"',
    "，": ",", "。": ".", "、": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")",
    "├": "|", "└": "`", "│": "|", "─": "-",
}  # fmt: skip
"""What stands for punctuation where an encoding has none."""

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
        if self.color != "auto":
            return self.color == "always"
        return self.is_terminal and not self._environ.get("NO_COLOR") and self._environ.get("TERM") != "dumb"

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
            or (env.get("VTE_VERSION", "0").isdecimal() and int(env.get("VTE_VERSION", "0")) >= 5000)
        )

    def signs(self) -> Mapping[str, str]:
        """The signs of states and bars, in ASCII where the encoding has no others."""
        return SIGNS if self._can_show("".join(SIGNS.values())) else ASCII_SIGNS

    def levels(self) -> str:
        """Five signs from nothing to much."""
        return LEVELS if self._can_show(LEVELS) else ASCII_LEVELS

    def _can_show(self, text: str) -> bool:
        return _has(self._out, text)

    def show(self, blocks: Sequence[Block]) -> None:
        """Writes blocks to standard output, whole. Raises `OutputError` where the stream does not take it."""
        self._write(self._text_of(blocks))

    def _text_of(self, blocks: Sequence[Block]) -> str:
        from llmpath.view.layout import laid_out

        lines = laid_out(blocks, self._columns())
        if self.is_styled:
            return self._painted(lines)
        return "".join(f"{''.join(span.text for span in spans).rstrip()}\n" for spans in lines)

    @property
    def can_ask(self) -> bool:
        """Whether a person sees what is written, and can answer it."""
        return self.is_terminal and sys.stdin is not None and sys.stdin.isatty()

    def ask(self, blocks: Sequence[Block]) -> str | None:
        """Shows blocks and reads what a person types behind their last line; None where the input ends.

        Raises `KeyboardInterrupt`, also for a terminal that hangs up, and `OutputError`.
        """
        text = self._text_of(blocks).rstrip("\n") + " "
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

    def tell(self, text: str) -> None:
        """Writes a line for a person to standard error; where that is gone, nobody is told."""
        try:
            self._err.write(_presentable(f"{clean(text)}\n", self._err))
            self._err.flush()
        except OSError:
            self._abandon(self._err)

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
        if not self.is_terminal:
            return None
        told = self._environ.get("COLUMNS", "")
        if told.isascii() and told.isdecimal() and int(told):
            return int(told)
        try:
            return os.get_terminal_size(self._out.fileno()).columns or DEFAULT_COLUMNS
        except (OSError, ValueError):
            return DEFAULT_COLUMNS

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


def streams(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this process; a closed stream stands for one that goes nowhere."""
    return Terminal(environ, sys.stdout or _nowhere(), sys.stderr or _nowhere())


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
