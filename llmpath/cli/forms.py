"""What may stand on a command line, as plain text: commands, their words and options, values that are always the same.

`grammar` is what decides; importing it takes longer than a TAB may take, and a test holds that this says the same.
"""

ASKING = "_LLMPATH_COMPLETE"
"""The variable that makes a call of the program a shell's question."""

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")

COMMON = "--lang=LANGUAGE --color=WHEN --quiet --progress=FILE --curriculum=NAME -h|--help"
GRAMMAR = {
    "": "--version --install-completion=SHELL --show-completion=SHELL",
    "list": "PART --state=STATE --json",
    "show": "ITEM --kind=KIND --json",
    "resources": "ITEM... --kind=KIND --in=LANGUAGE --level=LEVEL --state=STATE --json",
    "search": "WORDS... --json",
    "next": "N --goal=ITEM --time=TIME --kind=KIND --why --json",
    "open": "ITEM --print",
    "path": "GOAL --know=ITEM... --tree --json",
    "plan": "--goal=ITEM --hours-per-week=HOURS --start=DATE --ics=FILE --force --json",
    "goal": "ITEM --clear",
    "start": "ITEM... --on=DATE --note=TEXT",
    "done": "ITEM... --on=DATE --note=TEXT",
    "skip": "ITEM... --on=DATE --note=TEXT",
    "reset": "ITEM... --all --yes --on=DATE --note=TEXT",
    "note": "ITEM TEXT... --edit --clear --json",
    "undo": "",
    "redo": "",
    "stats": "--json",
    "log": "ITEM --json",
    "export": "",
    "export md": "-o|--output=FILE --force",
    "export csv": "-o|--output=FILE --force",
    "export json": "-o|--output=FILE --force",
    "import": "FILE --dry-run",
    "merge": "FILE... --driver --dry-run",
    "sync": "FOLDER",
    "backup": "",
    "backup list": "--json",
    "backup restore": "NAME --dry-run",
    "curriculum": "",
    "curriculum list": "--json",
    "curriculum use": "NAME",
    "curriculum new": "FOLDER",
    "curriculum schema": "--topic",
    "validate": "FOLDER... --github --json",
    "config": "",
    "config set": "KEY VALUE",
    "info": "--json",
}
"""Each command with its words and options, `NAMES=VALUE`; `...` stands where there may be several."""

KINDS = "article video course book paper notebook code docs tool dataset leaderboard slides site model"
VALUES = {
    "KIND": ("kind", KINDS),
    "STATE": ("state", "todo doing skipped done"),
    "LEVEL": ("level", "intro intermediate advanced"),
    "LANGUAGE": ("language", "en zh-Hans zh-Hant"),
    "WHEN": ("", "auto always never"),
    "DATE": ("", "today yesterday"),
    "SHELL": ("", " ".join(SHELLS)),
    "KEY": (
        "config",
        "language color curriculum sync_folder hours_per_week preferred_languages preferred_kinds show_hours",
    ),
    "TRUTH": ("", "true false"),
}
"""Values that are always the same, and where their texts stand: `state.done`."""

VALUE_OF_KEY = {
    "language": "LANGUAGE",
    "color": "WHEN",
    "curriculum": "NAME",
    "sync_folder": "FOLDER",
    "preferred_languages": "LANGUAGE",
    "preferred_kinds": "KIND",
    "show_hours": "TRUTH",
}
"""What a setting may be, for `config set`."""


class Line:
    """What the words before the cursor say: the command, its words so far, options, and what is to come."""

    def __init__(self, words: list[str]) -> None:
        self.command = ""
        self.arguments: list[str] = []
        self.given: dict[str, str] = {}
        self.awaits = ""
        """The option whose value comes next."""
        self.options_ended = False
        for word in words:
            self._read(word)

    def _read(self, word: str) -> None:
        command = f"{self.command} {word}".lstrip()
        if self.awaits:
            self.given[self.awaits] = word
            self.awaits = ""
        elif word.startswith("-") and not self.options_ended:
            self._read_option(word)
        elif command in GRAMMAR and not self.arguments:
            self.command = command
        else:
            self.arguments.append(word)

    def _read_option(self, word: str) -> None:
        if word == "--":
            self.options_ended = True
            return
        name, equals, value = word.partition("=")
        self.given[name] = value
        if not equals and self.options().get(name):
            self.awaits = name

    def _words(self) -> list[str]:
        return GRAMMAR[self.command].split()

    def options(self) -> dict[str, str]:
        """Every spelling of every option here, with what its value is; empty for a flag."""
        found: dict[str, str] = {}
        for word in (*self._words(), *COMMON.split()):
            if word.startswith("-"):
                names, _, value = word.partition("=")
                found |= dict.fromkeys(names.split("|"), value.removesuffix("..."))
        return found

    def new_options(self) -> list[list[str]]:
        """The spellings of each option that may still be given: once, but for those that may be repeated."""
        words = [word for word in (*self._words(), *COMMON.split()) if word.startswith("-")]
        options = [(word.partition("=")[0].split("|"), word.endswith("...")) for word in words]
        return [names for names, repeats in options if repeats or not any(name in self.given for name in names)]

    def commands(self) -> list[str]:
        """The commands right under this one, by their last word; none once a word of another sort has come."""
        prefix = f"{self.command} ".lstrip()
        found = [name.removeprefix(prefix) for name in GRAMMAR if name.startswith(prefix) and not self.arguments]
        return [name for name in found if name and " " not in name]

    def argument(self) -> str:
        """What the next word that is no option is, or nothing where there may be no further one."""
        arguments = [word for word in self._words() if not word.startswith("-")]
        if arguments and (len(self.arguments) < len(arguments) or arguments[-1].endswith("...")):
            return arguments[min(len(self.arguments), len(arguments) - 1)].removesuffix("...")
        return ""
