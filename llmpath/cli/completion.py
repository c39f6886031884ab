"""Completions at the cursor when TAB is pressed: commands, options, values, items, with their meanings.

The scripts of shells (`completion_scripts`) call the program with `_LLMPATH_COMPLETE` naming the shell, and the words
up to the cursor in `_LLMPATH_WORDS`, a line for each. Exit code 1 leaves the word to the shell's own completion of
files.

A TAB is answered in about the time that Python takes to start. So this module and what it imports stay light.
"""

from __future__ import annotations

import os
import sys

from llmpath.cli.command_line import FLAG, Line, command_line
from llmpath.cli.settings import SETTINGS, Settings
from llmpath.files.folders import COMPILED, INDEX, SHIPPED
from llmpath.text.clean import clean
from llmpath.text.languages import locale_language

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from llmpath.cli.session import Session
    from llmpath.messages import Texts

ASKING = "_LLMPATH_COMPLETE"
"""The variable that makes a call of the program a shell's question."""

WORDS = "_LLMPATH_WORDS"
"""The variable with the words: the program's own first, the one with the cursor last."""

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
"""The shells that completion is made for."""

PLAIN = frozenset("%+,-./:=@_")
"""Beside letters and digits, what bash takes as it is."""

QUOTES = ("'", '"')

Candidate = tuple[str, str]
"""A word, and what it means; empty where nothing needs to be said."""

ACTS_ON = {
    "start": ("todo",),
    "done": ("todo", "doing"),
    "skip": ("todo", "doing"),
    "reset": ("doing", "done", "skipped"),
}
"""The states of the items on which a command can still act; the others take any item."""

WITHOUT_PARTS = ("show", "open", "note")
"""Commands for one item each, to which the name of a part means nothing."""

UNLISTED = ("help", "version", "path", "merge")
"""Commands that work and are offered once something is typed."""


class Index:
    """What `snapshot` keeps for a TAB.

    `parts`: id, title and topics of each; `items`: id, title, and number and aliases of each.
    """

    def __init__(self, rows: list[list[str]]) -> None:
        parts, items = ([row[1:] for row in rows if row[0] == sort] for sort in ("part", "item"))
        self.parts = [(name, title, topics) for name, _, title, *topics in parts]
        self.items = [(name, title, list(filter(None, (number, *aliases)))) for name, number, title, *aliases in items]


def answer_tab(environ: Mapping[str, str]) -> int | None:
    """Answers a TAB on standard output; returns the exit code, or None where no shell asks."""
    shell = environ.get(ASKING, "")
    if shell not in SHELLS:
        return None
    raw = environ.get(WORDS, "").split("\n")[1:] or [""]
    cut = 0
    if shell == "bash":
        raw, cut = rejoined(raw)
    *words, current = map(unquoted, raw)
    candidates = Tab(words, current, environ, described=shell != "bash").candidates()
    if candidates is None:
        return 1
    text = "\n".join(answer(shell, word, text, cut, is_quoted=raw[-1].startswith(QUOTES)) for word, text in candidates)
    with open(1, "wb", buffering=0, closefd=False) as out:
        out.write(text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace"))
    return 0


def rejoined(given: list[str]) -> tuple[list[str], int]:
    """The words of bash, and how much of the last one bash does not want to hear again.

    For bash `=` is a word of its own; here an option and its value are put together again.
    """
    words: list[str] = []
    cut = 0
    for word in given:
        before = words[-1] if words else ""
        if before.startswith("--") and (word == "=" or before.endswith("=")):
            words[-1] += word
            cut = len(before) + 1 if word == "=" else len(before)
        else:
            words.append(word)
            cut = 0
    return words, cut


def unquoted(word: str) -> str:
    """A word as the shell would pass it on; a quote that is not closed yet goes to the end."""
    if not any(sign in word for sign in ("'", '"', "\\")):
        return word
    import shlex

    lexer = shlex.shlex(word, posix=True)
    lexer.whitespace_split = True
    lexer.whitespace = lexer.commenters = ""
    try:
        return lexer.get_token() or ""
    except ValueError:
        return lexer.token


def answer(shell: str, word: str, text: str, cut: int, *, is_quoted: bool) -> str:
    """One candidate as a line of the answer."""
    if shell == "bash":
        if is_quoted:
            return word[cut:]
        return "".join(sign if sign.isalnum() or sign in PLAIN else f"\\{sign}" for sign in word[cut:])
    if shell == "zsh":
        name = word.replace("\\", "\\\\").replace(":", "\\:")
        return f"{name}:{text}" if text else name
    return f"{word}\t{text}" if text else word


class Tab:
    """One TAB: the words before the cursor, the one in which it is, and the environment."""

    def __init__(self, words: list[str], current: str, environ: Mapping[str, str], *, described: bool) -> None:
        self._line = Line(command_line(), words)
        self._current = current
        self._settings = Settings(self._line.settings(), environ)
        self._described = described
        self._texts: Texts | None = None

    def candidates(self) -> list[Candidate] | None:
        """The words that fit here, in the order of help or of the course; None where a file fits: shells know those.

        What cannot be printed as it is, is left out.
        """
        try:
            self._settings.problem()
            found = self._candidates()
        except Exception:  # noqa: BLE001 - whatever is damaged, a TAB is no place to hear of it
            return []
        if found is None:
            return None
        told = [(word, clean(" ".join(text.split()))) for word, text in found if clean(word) == word]
        return [(word, "" if text == word else text) for word, text in told]

    def _candidates(self) -> list[Candidate] | None:
        line, current = self._line, self._current
        if line.awaits is not None:
            return self._values(line.awaits.values, current)
        if current.startswith("-") and not line.options_ended:
            name, equals, begun = current.partition("=")
            if not equals:
                return self._options(current)
            option = line.option(name)
            found = self._values(option.values, begun) if option is not None and option.takes != FLAG else []
            return None if found is None else [(f"{name}={word}", text) for word, text in found]
        if not line.arguments and (commands := line.known.below(line.syntax.name)):
            prefix = ".".join(["help", *line.syntax.name.split()])
            shown = [name for name in commands if current or f"{line.syntax.name} {name}".strip() not in UNLISTED]
            return self._told(prefix, shown, current)
        if argument := line.argument():
            return self._values(argument.values, current)
        is_whole = current or line.options_ended or (line.arguments and not line.syntax.name)
        return [] if is_whole else self._options(current)

    def _options(self, begun: str) -> list[Candidate]:
        """Options by their long names; the short ones are quicker to type than to complete."""
        line = self._line
        names = [param.names[-1] for param in line.options() if param.repeats or param.key not in line.given]
        command = line.syntax.name.replace(" ", ".")
        return [
            (name, self._text(f"option.{key}.{command}") or self._text(f"option.{key}"))
            for name in names
            if name.startswith(begun)
            for key in [name.strip("-").replace("-", "_")]
        ]

    def _told(self, prefix: str, words: Iterable[str], begun: str) -> list[Candidate]:
        """The words that begin so, each with the text `PREFIX.WORD`, where there is one."""
        return [(word, self._text(f"{prefix}.{word}")) for word in words if word.startswith(begun)]

    def _text(self, key: str) -> str:
        if not self._described:
            return ""
        if self._texts is None:
            from llmpath.messages import Texts

            self._texts = Texts(self._language())
        return self._texts(key) if key in self._texts else ""

    def _values(self, kind: str, begun: str) -> list[Candidate] | None:
        match kind:
            case "item" | "goal":
                return self._items(begun)
            case "part":
                return [(part, title) for part, title, _ in self._index().parts if part.startswith(begun.lower())]
            case "backup":
                return [(name, "") for name in self._session().log_file.backups.names() if name.startswith(begun)]
            case "curriculum":
                from llmpath.curriculum.library import known_places

                names = [place.name for place in known_places(self._settings.places.data)]
                return [(name, "") for name in names if name.startswith(begun)] or None
            case "path":
                return None
            case "command":
                return self._told("help", self._line.known.below(""), begun)
            case "setting_value":
                setting = SETTINGS.get(self._line.arguments[0])
                return self._values(setting.values, begun) if setting is not None else []
            case _:
                family, words = self._line.known.values.get(kind, ("", []))
                done, comma, last = begun.rpartition(",")
                return [(done + comma + word, text) for word, text in self._told(family, words, last)]

    def _items(self, begun: str) -> list[Candidate]:
        """Topics and parts, after `TOPIC/` what is in it; what is in topics also where no topic is left.

        Where no id begins so, the numbers and aliases that do.
        """
        index, begun = self._index(), begun.lower()
        command = self._line.syntax.name
        wanted = ACTS_ON.get(command)
        states = self._states() if wanted else {}
        named = self._line.arguments

        def is_wanted(item: str) -> bool:
            return item not in named and (wanted is None or states.get(item, "todo") in wanted)

        open_items = [entry for entry in index.items if is_wanted(entry[0])]
        items = [(item, title) for item, title, _ in open_items if item.startswith(begun)]
        topics = [entry for entry in items if "/" not in entry[0]]
        if command not in WITHOUT_PARTS:
            topics += [
                (part, title)
                for part, title, inside in index.parts
                if part.startswith(begun) and part not in named and any(map(is_wanted, inside))
            ]
        if topics or items or not begun:
            return topics or items
        return [(name, title) for _, title, others in open_items for name in others if name.lower().startswith(begun)]

    def _states(self) -> dict[str, str]:
        """Items to the states that the progress file gives them; empty where nothing is known."""
        try:
            progress = self._session().progress
            return {item: progress.own_state(item) for item in progress.touched()}
        except Exception:  # noqa: BLE001 - without progress every item is offered
            return {}

    def _index(self) -> Index:
        """The index of the curriculum in use: right from where the build put it, or made now. May raise anything."""
        language = self._language()
        try:
            if self._settings["curriculum"] != SHIPPED:
                raise FileNotFoundError
            with open(os.path.join(COMPILED, SHIPPED, language + INDEX), "rb") as file:
                return Index([line.split("\t") for line in file.read().decode().split("\n")[:-1]])
        except FileNotFoundError:
            from llmpath.curriculum import library

            return library.load_index(self._session().place, language, self._settings.places.cache, Index)

    def _session(self) -> Session:
        """What a command would load here, with nothing said to the user."""
        from llmpath.cli.session import Session
        from llmpath.cli.terminal import streams

        session = Session({**self._line.settings(), "quiet": ""}, self._settings.environ, streams({}))
        session.settings = self._settings
        return session

    def _language(self) -> str:
        """The language in force, and the locale's where a flag or a variable names none of ours."""
        try:
            return str(self._settings["language"])
        except Exception:  # noqa: BLE001 - a TAB is no place to hear of it
            return locale_language(self._settings.environ)
