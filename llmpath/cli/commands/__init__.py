"""The commands: a module per heading of help, a plain typed function per command.

A function takes the session and the words of the command line, loads, lets the pure core compute, saves, and returns a
result of `view.results`; it prints nothing. Its signature says what may stand on the command line:

- a positional parameter is an argument, required where it has no default; `Sequence[str]` takes one or more words,
  `*items` takes any number;
- a keyword-only parameter is an option: a `bool` is a flag, a `Sequence[str]` may be repeated, others have a value.

What each name of a parameter is called on the command line stands in `cli.parameters`.
"""

from typing import NamedTuple


class Command(NamedTuple):
    """One command. `function` is `MODULE.FUNCTION` in this package; a group may have none.

    `heading` is the heading of the first page of help under which it stands; none keeps it off that page.
    `json` commands take `--json`. `needs_config`: whether a damaged `config.toml` is in the way.
    """

    function: str = ""
    heading: str = ""
    json: bool = False
    needs_config: bool = True

    @property
    def is_daily(self) -> bool:
        """Whether it is one that a learner calls while learning: it runs without typer."""
        return self.heading in ("daily", "look", "ahead", "mark") or self.function.startswith("guiding.")


COMMANDS = {
    "": Command("guiding.dashboard"),
    "list": Command("reading.list_topics", "daily", json=True),
    "show": Command("reading.show_item", "daily", json=True),
    "next": Command("guiding.next_step", "daily", json=True),
    "open": Command("guiding.open_item", "daily"),
    "done": Command("marking.done", "daily"),
    "skip": Command("marking.skip", "daily"),
    "undo": Command("marking.undo", "daily"),
    "search": Command("reading.search", "daily", json=True),
    "resources": Command("reading.list_resources", "look", json=True),
    "map": Command("map.show_map", "look", json=True),
    "stats": Command("history.show_stats", "look", json=True),
    "log": Command("history.show_log", "look", json=True),
    "news": Command("history.show_news", "look", json=True),
    "review": Command("review.review", "ahead", json=True),
    "goal": Command("marking.goal", "ahead"),
    "plan": Command("guiding.lay_out", "ahead", json=True),
    "path": Command("guiding.path", json=True),
    "start": Command("marking.start", "mark"),
    "reset": Command("marking.reset", "mark"),
    "note": Command("marking.write_note", "mark", json=True),
    "redo": Command("marking.redo", "mark"),
    "export": Command("", "take_along"),
    "export md": Command("sharing.export_md"),
    "export csv": Command("sharing.export_csv"),
    "export json": Command("sharing.export_json"),
    "export anki": Command("sharing.export_anki"),
    "export html": Command("map.export_html"),
    "export svg": Command("map.export_svg"),
    "import": Command("sharing.import_checklist", "take_along"),
    "merge": Command("keeping.merge"),
    "sync": Command("keeping.sync", "take_along"),
    "backup": Command("", "take_along"),
    "backup list": Command("keeping.list_backups", json=True),
    "backup restore": Command("keeping.restore_backup"),
    "curriculum": Command("", "own"),
    "curriculum list": Command("authoring.list_curricula", json=True),
    "curriculum use": Command("authoring.use_curriculum"),
    "curriculum new": Command("authoring.new_curriculum", needs_config=False),
    "curriculum import": Command("importing.import_course"),
    "curriculum validate": Command("authoring.validate", json=True, needs_config=False),
    "curriculum schema": Command("authoring.schema", needs_config=False),
    "validate": Command("authoring.validate", "own", json=True, needs_config=False),
    "config": Command("settings.show_config", "set_up"),
    "config get": Command("settings.get_setting"),
    "config set": Command("settings.set_setting", needs_config=False),
    "config unset": Command("settings.unset_setting", needs_config=False),
    "config edit": Command("settings.edit_config", needs_config=False),
    "info": Command("keeping.show_info", "set_up", json=True, needs_config=False),
    "help": Command("about.show_help", needs_config=False),
    "version": Command("about.show_version", needs_config=False),
}
"""Every command, in the order of help: those of every day first. The empty name is a bare `llmpath`."""

HEADINGS = tuple(dict.fromkeys(command.heading for command in COMMANDS.values() if command.heading))
