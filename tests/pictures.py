"""The README's pictures, made by the program itself: `python -m tests.pictures`; `--check` says which are not current.

A learner's log is written into a home of its own, the clock stands still, and what the program paints on a terminal of
80 columns becomes an SVG in two colour schemes. The map is the program's own export.
"""

import io
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.support import Home
from tests.terminals import on_terminal

FOLDER = Path(__file__).parents[1] / ".github" / "pictures"
COLUMNS = 80
COMMAND = [sys.executable, "-m", "tests.fixed_clock"]
SCREENS = ("list", "next", "show quantization")

LOG = """\
schema = 2

[[log]]
at = 2026-11-02 20:10:00.000+08:00
goal = ["fine-tuner"]

[[log]]
at = 2026-11-02 20:11:00.000+08:00
skip = ["mathematics", "python"]

[[log]]
at = 2026-11-12 21:40:00.000+08:00
done = ["neural-networks", "nlp"]

[[log]]
at = 2026-11-18 22:05:00.000+08:00
done = ["architecture"]

[[log]]
at = 2026-11-19 20:00:00.000+08:00
done = ["quantization/introduction-to-quantization", "quantization/number-formats", "quantization/naive-quantization"]

[[log]]
at = 2026-11-20 21:15:00.000+08:00
note = ["quantization"]
text = "compare GPTQ and AWQ on the 7B model"
"""

LIGHT = TerminalTheme(
    (252, 250, 245),
    (38, 40, 46),
    [
        (38, 40, 46),
        (170, 50, 40),
        (20, 105, 75),
        (140, 95, 10),
        (40, 80, 150),
        (120, 60, 130),
        (10, 105, 120),
        (110, 112, 118),
    ],
)
"""Dark ink on warm paper; each colour has a contrast of more than 4.5 to it."""

DARK = TerminalTheme(
    (24, 26, 31),
    (226, 226, 222),
    [
        (24, 26, 31),
        (235, 120, 110),
        (120, 200, 160),
        (225, 180, 95),
        (125, 165, 235),
        (200, 150, 215),
        (110, 200, 215),
        (165, 167, 172),
    ],
)


def pictures() -> dict[str, str]:
    """Every picture by its file name."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.progress.parent.mkdir(parents=True)
        home.progress.write_text(LOG, encoding="utf-8")
        home.env["PYTHONPATH"] = str(Path(__file__).parents[1])
        made = {}
        for words in SCREENS:
            seen = on_terminal(home, *words.split(), columns=COLUMNS, command=COMMAND, env={"LLMPATH_LANG": "en"})
            for name, theme in (("light", LIGHT), ("dark", DARK)):
                made[f"{words.split()[0]}-{name}.svg"] = _painted(f"llmpath {words}", seen.raw.decode(), theme)
        made["map.svg"] = home.run("export", "svg", env={"LLMPATH_LANG": "en"}).out
    return made


def _painted(title: str, answer: str, theme: TerminalTheme) -> str:
    """What a terminal shows, as an SVG that asks nobody for a font."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(answer.replace("\r\n", "\n").rstrip()), end="")
    svg = console.export_svg(title=title, theme=theme, unique_id="llmpath")
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->\s*", "", svg).replace("Fira Code", "ui-monospace, SFMono-Regular, Menlo, Consolas")


def main() -> int:
    """Writes the pictures, or with `--check` names those that are not as they would be made now; the exit code."""
    made = pictures()
    if "--check" not in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, svg in made.items():
            (FOLDER / name).write_text(svg, encoding="utf-8")
        return 0
    old = [name for name, svg in made.items() if not _is_same(FOLDER / name, svg)]
    for name in old:
        print(f"{name} is not current; make it with: python -m tests.pictures")  # noqa: T201 - a tool's own output
    return 1 if old else 0


def _is_same(path: Path, svg: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == svg


if __name__ == "__main__":
    sys.exit(main())
