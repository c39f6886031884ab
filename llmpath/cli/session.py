"""Edge: one call of the program. Knows options, environment, clock and files, and loads what is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property

from llmpath.cli.settings import Settings
from llmpath.cli.terminal import Terminal
from llmpath.curriculum import library as dataset
from llmpath.curriculum.catalog import Catalog
from llmpath.errors import LlmpathError
from llmpath.files.folders import Places
from llmpath.messages import Texts
from llmpath.text.languages import locale_language
from llmpath.view.quoting import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.progress.journal import Journal
    from llmpath.progress.progress_file import ProgressFile, Stored
    from llmpath.progress.records import Progress
    from llmpath.progress.store import Saved, Store


MAX_WARNINGS = 12
"""How many wrong records are named one by one."""


class Session:
    """One call. Everything is loaded when it is first needed, and once.

    `given` has the values of the options that every command has, by their keys in `parameters.COMMON`.
    """

    def __init__(
        self,
        given: Mapping[str, str],
        environ: Mapping[str, str],
        terminal: Terminal,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.environ = environ
        self.terminal = terminal
        self.now = now
        self.settings = Settings(given, environ)
        self.is_quiet = "quiet" in given
        self.is_saved = False
        """Set once a change is on the disk: from then on nothing may fail the command."""
        self._read: Stored | None = None

    @property
    def places(self) -> Places:
        """The user's folders. Raises `NoHome`."""
        return self.settings.places

    @cached_property
    def say(self) -> Texts:
        """The texts of the language in force."""
        return Texts(self.settings["language"])

    def say_or_english(self) -> Texts:
        """The texts for an error, also for one about the language itself or about the settings."""
        try:
            return self.say
        except LlmpathError:
            return Texts(locale_language(self.environ))

    @property
    def language(self) -> str:
        """The language in force. Raises `UsageError` where a flag or a variable names none of ours."""
        return self.say.language

    @cached_property
    def progress_path(self) -> str:
        """Which progress file."""
        path: str = self.settings["progress_file"]
        return path

    @property
    def pager(self) -> str | None:
        """The pager for long answers: empty for the default one, None for none."""
        if "no_pager" in self.settings.given:
            return None
        return self.settings["pager"] or ""

    @cached_property
    def place(self) -> dataset.Place:
        """Where the curriculum in use is. Raises `UnknownCurriculum`."""
        return dataset.located(self.settings["curriculum"], self.places.data)

    @cached_property
    def catalog(self) -> Catalog:
        """The curriculum in use. Raises `UnknownCurriculum` or `DamagedCurriculum`."""
        return dataset.load_catalog(self.place, self.language, self.places.cache)

    @cached_property
    def store(self) -> Store:
        """The progress file, to be written."""
        from llmpath.progress.store import Store

        return Store(self.progress_path, self.now, self.notify)

    @cached_property
    def stored(self) -> Stored:
        """What the progress file holds. Raises `DamagedProgress` or `CannotRead`."""
        self._read = self._progress_file.read()
        return self._read

    @cached_property
    def _progress_file(self) -> ProgressFile:
        from llmpath.progress.progress_file import ProgressFile

        return ProgressFile(self.progress_path, self.now, self.places.cache)

    def cache_progress(self) -> None:
        """Keeps what a long progress file means, so that the next command need not parse it."""
        if self._read is not None:
            self._progress_file.keep(self.stored)

    def newest_good_backup(self) -> str:
        """What `backup restore` is to be told to restore the newest good copy; empty without one."""
        newest = self.store.backups.newest_good()
        is_named = self.settings.chosen("progress_file").origin == "flag"
        return newest.name + (f" --progress {quoted(self.progress_path)}" if is_named else "") if newest else ""

    def replace_stored(self, saved: Saved) -> None:
        """Lets the session see what a write has made of the progress file."""
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

        return Journal(self.places.state, self.progress_path)

    def notify(self, key: str, fields: Mapping[str, str]) -> None:
        """Tells the user something beside the answer, unless they want quiet."""
        if not self.is_quiet:
            self.terminal.tell(self.say(key, **fields))

    def warn(self, key: str, **fields: object) -> None:
        """Tells the user what they should know even when they want quiet."""
        self.terminal.tell(self.say("warning", text=self.say(key, **fields)))

    def warn_of_problems(self) -> None:
        """Tells what is wrong with a progress file that could be read all the same, and of copies beside it."""
        if self._read is None:
            return
        from llmpath.progress.records import SCHEMA

        stored, path = self._read, self.progress_path
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
