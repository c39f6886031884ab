"""Edge: one call of the program. Knows options, environment, clock and files, and loads what is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from llmpath.cli.terminal import Terminal
from llmpath.curriculum import library as dataset
from llmpath.curriculum.catalog import Catalog
from llmpath.errors import LlmpathError, UsageError
from llmpath.files.folders import Places, user_places
from llmpath.messages import Texts
from llmpath.text.languages import LANGUAGES, language_of, locale_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from llmpath.progress.journal import Journal
    from llmpath.progress.progress_file import ProgressFile, Stored
    from llmpath.progress.records import Progress
    from llmpath.progress.store import Saved, Store


MAX_WARNINGS = 12
"""How many wrong records are named one by one."""


class Options(NamedTuple):
    """What may stand before or after any command. None: not given."""

    lang: str | None = None
    color: str | None = None
    quiet: bool = False
    progress: str | None = None
    curriculum: str | None = None


class Chosen(NamedTuple):
    """A value in force and where it comes from: `flag`, a variable's name, `config`, `locale` or `default`."""

    value: Any
    origin: str


class Session:
    """One call. Everything is loaded when it is first needed, and once."""

    def __init__(
        self,
        options: Options,
        environ: Mapping[str, str],
        terminal: Terminal,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.options = options
        self.environ = environ
        self.terminal = terminal
        self.now = now
        self.is_saved = False
        """Set once a change is on the disk: from then on nothing may fail the command."""
        self._config_fault: LlmpathError | None = None
        self._read: Stored | None = None

    @cached_property
    def places(self) -> Places:
        """The user's folders."""
        return user_places(self.environ)

    @cached_property
    def config_path(self) -> str:
        """Where the settings are."""
        return os.path.join(self.places.config, "config.toml")

    @cached_property
    def config(self) -> Mapping[str, Any]:
        """The settings of the user's file. Raises `DamagedConfig`."""
        if not os.path.exists(self.config_path):
            return {}
        from llmpath.cli.settings import read_config

        return read_config(self.config_path)

    def forgive_config(self) -> LlmpathError | None:
        """Goes on without the settings where their file is damaged; returns what is wrong with it."""
        if self._config_fault is None:
            try:
                _ = self.config
            except LlmpathError as error:
                self._config_fault = error
                self.__dict__["config"] = {}
        return self._config_fault

    def setting(self, key: str) -> Any:
        """A setting of the file, or its default."""
        if key in self.config:
            return self.config[key]
        from llmpath.cli.settings import SETTINGS

        return SETTINGS[key].default

    @cached_property
    def language(self) -> Chosen:
        """The language in force. Raises `UsageError` where flag or variable name none of ours."""
        for word, origin in ((self.options.lang, "flag"), (self.environ.get("LLMPATH_LANG"), "LLMPATH_LANG")):
            if word or (word is not None and origin == "flag"):
                language = language_of(word)
                if language is None:
                    raise UsageError("unknown_language", name=word, known=", ".join(LANGUAGES))
                return Chosen(language, origin)
        if "language" in self.config:
            return Chosen(self.config["language"], "config")
        return Chosen(locale_language(self.environ), "locale")

    @cached_property
    def say(self) -> Texts:
        """The texts of the language in force."""
        return Texts(self.language.value)

    def say_or_english(self) -> Texts:
        """The texts for an error, also for one about the language itself."""
        try:
            return self.say
        except LlmpathError:
            return Texts(locale_language(self.environ))

    @cached_property
    def color(self) -> Chosen:
        """When to colour. Raises `UsageError`."""
        if self.options.color is not None:
            if self.options.color not in ("auto", "always", "never"):
                raise UsageError("unknown_color", name=self.options.color)
            return Chosen(self.options.color, "flag")
        if self.environ.get("NO_COLOR"):
            return Chosen("auto", "NO_COLOR")
        return Chosen(self.config["color"], "config") if "color" in self.config else Chosen("auto", "default")

    @cached_property
    def progress_path(self) -> Chosen:
        """Which progress file."""
        if self.options.progress is not None:
            if not self.options.progress:
                raise UsageError("usage.bad_value", name="--progress", value="")
            return Chosen(self.options.progress, "flag")
        if self.environ.get("LLMPATH_PROGRESS"):
            return Chosen(self.environ["LLMPATH_PROGRESS"], "LLMPATH_PROGRESS")
        return Chosen(os.path.join(self.places.data, "progress.toml"), "default")

    @cached_property
    def curriculum_name(self) -> Chosen:
        """Which curriculum, by name or folder."""
        if self.options.curriculum is not None:
            return Chosen(self.options.curriculum, "flag")
        if self.environ.get("LLMPATH_CURRICULUM"):
            return Chosen(self.environ["LLMPATH_CURRICULUM"], "LLMPATH_CURRICULUM")
        if self.config.get("curriculum"):
            return Chosen(self.config["curriculum"], "config")
        return Chosen(dataset.SHIPPED, "default")

    @cached_property
    def place(self) -> dataset.Place:
        """Where the curriculum in use is. Raises `UnknownCurriculum`."""
        return dataset.located(self.curriculum_name.value, self.places.data)

    @cached_property
    def catalog(self) -> Catalog:
        """The curriculum in use. Raises `UnknownCurriculum` or `DamagedCurriculum`."""
        return dataset.load_catalog(self.place, self.language.value, self.places.cache)

    @cached_property
    def store(self) -> Store:
        """The progress file, to be written."""
        from llmpath.progress.store import Store

        return Store(self.progress_path.value, self.now, self.notify)

    @cached_property
    def stored(self) -> Stored:
        """What the progress file holds. Raises `DamagedProgress` or `CannotRead`."""
        self._read = self._progress_file.read()
        return self._read

    @cached_property
    def _progress_file(self) -> ProgressFile:
        from llmpath.progress.progress_file import ProgressFile

        return ProgressFile(self.progress_path.value, self.now, self.places.cache)

    def spare_the_next(self) -> None:
        """Keeps what a long progress file means, so that the next command need not parse it."""
        if self._read is not None:
            self._progress_file.keep(self.stored)

    def newest_good_backup(self) -> str:
        """What `backup restore` is to be told to restore the newest good copy; empty without one."""
        newest = self.store.backups.newest_good()
        flag = f' --progress "{self.progress_path.value}"' if self.progress_path.origin == "flag" else ""
        return newest.name + flag if newest else ""

    def go_on_with(self, saved: Saved) -> None:
        """From here on the session sees what a write has made of the progress file."""
        self.is_saved = saved.is_changed
        self.__dict__["stored"] = saved.after
        self.__dict__.pop("progress", None)

    @cached_property
    def progress(self) -> Progress:
        """The progress in the curriculum in use."""
        return self.progress_in(self.stored)

    def progress_in(self, stored: Stored) -> Progress:
        """The progress that a reading of the file gives."""
        from llmpath.progress.records import Progress

        return Progress(self.catalog, stored.records)

    @cached_property
    def journal(self) -> Journal:
        """The history of the progress file."""
        from llmpath.progress.journal import Journal

        return Journal(self.places.state, self.progress_path.value)

    def notify(self, key: str, fields: Mapping[str, str]) -> None:
        """Tells the user something beside the answer, unless they want quiet."""
        if not self.options.quiet:
            self.terminal.tell(self.say(key, **fields))

    def warn(self, key: str, **fields: object) -> None:
        """Tells the user what they should know even when they want quiet."""
        self.terminal.tell(self.say("warning", text=self.say(key, **fields)))

    def warn_of_what_was_read(self) -> None:
        """Tells what is wrong with a progress file that could be read all the same, and of copies beside it."""
        if self._read is None:
            return
        from llmpath.progress.records import SCHEMA

        stored, path = self._read, self.progress_path.value
        if stored.schema > SCHEMA:
            self.warn("warning.newer_progress", path=path, schema=stored.schema, known=SCHEMA)
        for bad in stored.records.bad[:MAX_WARNINGS]:
            self.warn("warning.bad_record", path=path, entry=bad.entry, reason=self.say(f"fault.{bad.reason}"))
        if len(stored.records.bad) > MAX_WARNINGS:
            self.warn("warning.more_bad_records", path=path, count=len(stored.records.bad) - MAX_WARNINGS)
        for name in sync_conflicts(path):
            self.notify("notice.sync_conflict", {"name": name, "path": path})


def sync_conflicts(path: str) -> list[str]:
    """Copies that Syncthing made beside the progress file because two machines wrote it, sorted by name."""
    folder, name = os.path.split(os.path.realpath(path))
    stem, ending = os.path.splitext(name)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return []
    return sorted(
        os.path.join(folder, entry)
        for entry in names
        if entry.startswith(f"{stem}.sync-conflict-") and entry.endswith(ending)
    )
