"""Edge: the streams. Paints blocks as plain text, or with rich on a terminal; all text is cleaned here, only here."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from llmpath.clean import clean, width
from llmpath.document import STYLES, Block, Cell, Line

if TYPE_CHECKING:
    from rich.console import Console

MAX_PROSE_COLUMNS = 100
GAP = 2
SIGNS = {"done": "✓", "skipped": "–", "doing": "◐", "todo": "○", "bar_full": "█", "bar_empty": "░", "dot": "·"}
ASCII_SIGNS = {"done": "x", "skipped": "-", "doing": "~", "todo": ".", "bar_full": "#", "bar_empty": ".", "dot": "-"}
LEVELS = " ░▒▓█"
ASCII_LEVELS = " .:+#"

_LINKING_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby", "WarpTerminal"}
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm")


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
        try:
            text.encode(self._out.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def show(self, blocks: Sequence[Block]) -> None:
        """Writes blocks to standard output, whole. Raises `OSError` where the stream does not take it."""
        if self.is_terminal or self.is_styled:
            self._write(self._painted(blocks))
        else:
            self._write("".join(f"{text}\n" for block in blocks for text in _plain(block)))

    def show_json(self, document: Any) -> None:
        """Writes one JSON document to standard output. Raises `OSError`."""
        import json

        text = json.dumps(document, ensure_ascii=not self._can_show("字✓"), indent=2)
        self._write(f"{text}\n")

    def show_raw(self, text: str) -> None:
        """Writes text that another program will read: an export, a schema, a script. Raises `OSError`."""
        self._write(text)

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            self._abandon(self._out)
            raise

    def tell(self, text: str) -> None:
        """Writes a line for a person to standard error; where that is gone, nobody is told."""
        lines = [clean(part) for part in text.split("\n")]
        try:
            self._err.write("".join(f"{part}\n" for part in lines))
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

    def _painted(self, blocks: Sequence[Block]) -> str:
        from rich.console import Console

        console = Console(
            file=self._out,
            force_terminal=True,
            no_color=not self.is_styled,
            width=None if self.is_terminal else 10_000,
            highlight=False,
            markup=False,
            emoji=False,
            color_system="auto" if self.is_styled and self.is_terminal else "standard" if self.is_styled else None,
            legacy_windows=None,
        )
        with console.capture() as capture:
            for block in blocks:
                self._paint(console, block)
        return capture.get()

    def _paint(self, console: "Console", block: Block) -> None:
        from rich.padding import Padding
        from rich.table import Table as Grid

        columns = console.width
        if isinstance(block, Line):
            limit = min(columns, MAX_PROSE_COLUMNS) if self.is_terminal else columns
            for text in self._folded(console, block, limit):
                console.print(text, soft_wrap=True)
            return
        grid = Grid.grid(padding=(0, GAP, 0, 0), pad_edge=False)
        shown = [n for n, column in enumerate(block.columns) if column.from_width <= columns or not self.is_terminal]
        for number in shown:
            column = block.columns[number]
            grid.add_column(
                justify="right" if column.align == "right" else "left", no_wrap=not column.folds, overflow="fold"
            )
        for row in block.rows:
            grid.add_row(*(self._text(row[number]) for number in shown))
        console.print(Padding(grid, (0, 0, 0, block.indent), expand=False))

    def _folded(self, console: "Console", block: Line, columns: int) -> list[Any]:
        """The paragraph in lines of the terminal's width; what follows the first line hangs under it."""
        from rich.text import Text

        text = self._text(block.spans)
        room = max(columns - block.indent - block.hang, 10)
        first_room = max(columns - block.indent, 10)
        lines = text.wrap(console, first_room)
        if len(lines) > 1 and block.hang:
            first = lines[0]
            rest = text[len(first.plain) :]
            rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
            lines = [first, *rest.wrap(console, room)]
        for number, wrapped in enumerate(lines):
            wrapped.rstrip()
            pad = block.indent + (block.hang if number else 0)
            lines[number] = Text(" " * pad).append_text(wrapped)
        return list(lines)

    def _text(self, spans: Cell) -> Any:
        from rich.style import Style
        from rich.text import Text

        text = Text()
        for span in spans:
            style = Style.parse(STYLES[span.style])
            if span.link and self.knows_links:
                style += Style(link=clean(span.link))
            text.append(clean(span.text), style)
        return text


def _plain(block: Block) -> list[str]:
    if isinstance(block, Line):
        return [" " * block.indent + _plain_cell(block.spans)] if block.spans else [""]
    rows = [[_plain_cell(cell) for cell in row] for row in block.rows]
    widths = [max((width(row[n]) for row in rows), default=0) for n in range(len(block.columns))]
    return [
        (
            " " * block.indent
            + (" " * GAP).join(
                _padded(text, widths[n], block.columns[n].align) for n, text in enumerate(row) if widths[n]
            )
        ).rstrip()
        for row in rows
    ]


def _plain_cell(spans: Cell) -> str:
    return "".join(clean(span.text) for span in spans)


def _padded(text: str, columns: int, align: str) -> str:
    gap = " " * (columns - width(text))
    return gap + text if align == "right" else text + gap


def streams(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this process; a closed stream stands for one that goes nowhere."""
    return Terminal(environ, sys.stdout or _nowhere(), sys.stderr or _nowhere())


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
