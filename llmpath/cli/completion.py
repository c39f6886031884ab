"""What may stand where the cursor is when TAB is pressed: commands, options, values, items, with what they mean.

A TAB is answered before typer is imported, in about the time that Python takes to start. So this module and what it
imports stay light: no typing, no re, no json, as a test holds.
"""

import os

from llmpath.cli.forms import VALUE_OF_KEY, VALUES, Line
from llmpath.files.bounded import read_bounded
from llmpath.files.folders import COMPILED, INDEX, SHIPPED, user_places
from llmpath.text.clean import clean
from llmpath.text.languages import language_of, locale_language

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from llmpath.messages import Texts

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

MAX_CONFIG_BYTES = 256 * 1024
MAX_PROGRESS_BYTES = 1024 * 1024
"""A larger file would take longer than a TAB may: then every item is offered."""


class Index:
    """What `snapshot` keeps for a TAB.

    The curriculum's id; `parts`, rows of id, title and topics; `items`, rows of id, title and former ids.
    """

    def __init__(self, rows: list[list[str]]) -> None:
        by_sort: dict[str, list[list[str]]] = {"part": [], "item": [], "former": [], "curriculum": []}
        for sort, *values in rows:
            by_sort.setdefault(sort, []).append(values)
        [[self.curriculum]] = by_sort["curriculum"]
        self.parts = [(name, title, topics) for name, _, title, *topics in by_sort["part"]]
        former: dict[str, list[str]] = {}
        for old, item in by_sort["former"]:
            former.setdefault(item, []).append(old)
        self.items = [(name, title, former.get(name, [])) for name, _, title, *_ in by_sort["item"]]


class Tab:
    """One TAB: the words before the cursor, the one in which it is, and the environment."""

    def __init__(self, words: list[str], current: str, environ: "Mapping[str, str]", *, described: bool) -> None:
        self._line = Line(words)
        self._current = current
        self._environ = environ
        self._described = described
        self._texts: Texts | None = None

    def candidates(self) -> list[Candidate] | None:
        """What may stand here, in the order of help or of the course; None where a file may: shells know those.

        What cannot be printed as it is, is left out.
        """
        try:
            found = self._candidates()
        except Exception:  # noqa: BLE001 - whatever is damaged, a TAB is no place to hear of it
            return []
        if found is None:
            return None
        told = [(word, clean(" ".join(text.split()))) for word, text in found if clean(word) == word]
        return [(word, "" if text == word else text) for word, text in told]

    def _candidates(self) -> list[Candidate] | None:
        line, current = self._line, self._current
        if line.awaits:
            return self._values(line.options()[line.awaits], current)
        if current.startswith("-") and not line.options_ended:
            name, equals, begun = current.partition("=")
            if not equals:
                return self._options(current)
            found = self._values(line.options().get(name, ""), begun)
            return None if found is None else [(f"{name}={word}", text) for word, text in found]
        if commands := line.commands():
            prefix = ".".join(["help", *line.command.split()])
            return self._told(prefix, commands, current)
        if argument := line.argument():
            return self._values(argument, current)
        is_whole = current or line.options_ended or (line.arguments and not line.command)
        return [] if is_whole else self._options(current)

    def _options(self, begun: str) -> list[Candidate]:
        """Options by their long names; the short ones are quicker to type than to complete."""
        options = [names[-1] for names in self._line.new_options()]
        return [
            (option, self._text(f"option.{option.strip('-').replace('-', '_')}"))
            for option in options
            if option.startswith(begun)
        ]

    def _told(self, prefix: str, words: "Iterable[str]", begun: str) -> list[Candidate]:
        """The words that begin so, each with the text `PREFIX.WORD`, where there is one."""
        return [(word, self._text(f"{prefix}.{word}")) for word in words if word.startswith(begun)]

    def _text(self, key: str) -> str:
        if not self._described:
            return ""
        if self._texts is None:
            from llmpath.messages import Texts

            self._texts = Texts(self._language())
        return self._texts(key) if key in self._texts else ""

    def _values(self, value: str, begun: str) -> list[Candidate] | None:
        match value:
            case "ITEM" | "GOAL":
                return self._items(begun)
            case "PART":
                return [(part, title) for part, title, _ in self._index().parts if part.startswith(begun.lower())]
            case "NAME" if self._line.command == "backup restore":
                return [(name, "") for name in self._backups() if name.startswith(begun)]
            case "NAME":
                return [(name, "") for name in self._curricula() if name.startswith(begun)] or None
            case "FILE" | "FOLDER":
                return None
            case "VALUE":
                return self._values(VALUE_OF_KEY.get(self._line.arguments[0], ""), begun)
            case _:
                prefix, words = VALUES.get(value, ("", ""))
                return self._told(prefix, words.split(), begun)

    def _items(self, begun: str) -> list[Candidate]:
        """Topics and parts, after `TOPIC/` what is in it; what is in topics also where no topic is left."""
        index, begun = self._index(), begun.lower()
        wanted = ACTS_ON.get(self._line.command)
        states = self._states(index) if wanted else {}
        named = self._line.arguments

        def is_wanted(address: str) -> bool:
            return address not in named and (wanted is None or states.get(address, "todo") in wanted)

        items = [
            (address, title) for address, title, _ in index.items if address.startswith(begun) and is_wanted(address)
        ]
        topics = [item for item in items if "/" not in item[0]]
        if self._line.command not in WITHOUT_PARTS:
            topics += [
                (part, title)
                for part, title, inside in index.parts
                if part.startswith(begun) and part not in named and any(map(is_wanted, inside))
            ]
        return topics or items

    def _states(self, index: Index) -> dict[str, str]:
        """Addresses to the states of their own records, also those under a former id; empty where nothing is known."""
        try:
            import tomli

            tables = tomli.loads(read_bounded(self._progress(), MAX_PROGRESS_BYTES).decode("utf-8-sig"))["items"]
            kept = {
                key: table["state"] for key, table in tables.items() if isinstance(table, dict) and "state" in table
            }
        except Exception:  # noqa: BLE001 - without progress every item is offered
            return {}
        states: dict[str, str] = {}
        for address, _, former in index.items:
            for name in (*former, address):
                if state := kept.get(f"{index.curriculum}/{name}"):
                    states[address] = state
        return states

    def _index(self) -> Index:
        """The index of the curriculum in use: right from where the build put it, or made now. May raise anything."""
        name, language = self._curriculum(), self._language()
        try:
            if name != SHIPPED:
                raise FileNotFoundError
            with open(os.path.join(COMPILED, SHIPPED, language + INDEX), "rb") as file:
                return Index([line.split("\t") for line in file.read().decode().split("\n")[:-1]])
        except FileNotFoundError:
            from llmpath.curriculum import library as dataset

            places = user_places(self._environ)
            return dataset.load_index(dataset.located(name, places.data), language, places.cache, Index)

    def _curricula(self) -> list[str]:
        from llmpath.curriculum import library as dataset

        return [place.name for place in dataset.at_hand(user_places(self._environ).data)]

    def _backups(self) -> list[str]:
        from datetime import datetime

        from llmpath.progress.backups import Backups

        return Backups(os.path.realpath(self._progress()), lambda: datetime.now().astimezone()).names()

    def _progress(self) -> str:
        given = self._line.given.get("--progress") or self._environ.get("LLMPATH_PROGRESS")
        return os.path.expanduser(given or os.path.join(user_places(self._environ).data, "progress.toml"))

    def _curriculum(self) -> str:
        given = self._line.given.get("--curriculum") or self._environ.get("LLMPATH_CURRICULUM")
        return os.path.expanduser(given or self._settings().get("curriculum") or SHIPPED)

    def _language(self) -> str:
        for tag in (self._line.given.get("--lang"), self._environ.get("LLMPATH_LANG")):
            if tag and (language := language_of(tag)):
                return language
        return language_of(self._settings().get("language", "")) or locale_language(self._environ)

    def _settings(self) -> dict[str, str]:
        """The settings that are one piece of text, by the lines of their file: a parser would take too long."""
        try:
            text = read_bounded(
                os.path.join(user_places(self._environ).config, "config.toml"), MAX_CONFIG_BYTES
            ).decode()
        except (OSError, ValueError):
            return {}
        rows = (line.partition("=") for line in text.partition("\n[")[0].split("\n"))
        pairs = ((key.strip(), value.strip()) for key, _, value in rows)
        return {key: value[1:].partition(value[0])[0] for key, value in pairs if value.startswith(("'", '"'))}
