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

    from llmpath.progress.file import LogFile, Make, Saved, Stored
    from llmpath.progress.log import Log
    from llmpath.progress.progress import Progress


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
    def log_file(self) -> LogFile:
        """The progress file."""
        from llmpath.progress.file import LogFile

        return LogFile(self.progress_path.value, self.now, self.notify)

    @cached_property
    def reviews_file(self) -> LogFile:
        """The file with the recalls, beside the progress file."""
        from llmpath.progress.file import REVIEWS, LogFile, reviews_path

        return LogFile(reviews_path(self.progress_path.value), self.now, self.notify, purpose=REVIEWS)

    @cached_property
    def stored(self) -> Stored:
        """What the progress file holds. Raises `DamagedProgress` or `CannotRead`."""
        return self.log_file.read()

    @cached_property
    def reviews(self) -> Stored:
        """What the file with the recalls holds. Raises `DamagedProgress` or `CannotRead`."""
        return self.reviews_file.read()

    @cached_property
    def progress(self) -> Progress:
        """The progress in the curriculum in use, without the recalls, which daily commands do not read."""
        return self._progress(self.stored.log)

    @cached_property
    def progress_with_reviews(self) -> Progress:
        """The progress in the curriculum in use, with the recalls."""
        return self._progress(self.stored.log, self.reviews.log)

    def progress_in(self, log: Log) -> Progress:
        """The progress that a reading of the file gives, without the recalls."""
        return self.progress if log is self.stored.log else self._progress(log)

    def _progress(self, log: Log, reviews: Log | None = None) -> Progress:
        from llmpath.progress.progress import Progress

        return Progress(self.catalog, log, reviews)

    def save(self, make: Make, *, keep_copy: bool = False) -> Saved:
        """Appends to the progress file what `make` gives, and goes on with that. Raises what `LogFile.change` does."""
        saved = self.log_file.change(self.stored, make, self.take_over, keep_copy=keep_copy)
        return self.warned(saved)

    def take_over(self, saved: Saved, *, is_reviews: bool = False) -> None:
        """From here on the session sees what a write has made of a file."""
        self.is_saved = self.is_saved or saved.is_changed
        self.__dict__["reviews" if is_reviews else "stored"] = saved.after
        self.__dict__.pop("progress_with_reviews", None)
        if not is_reviews:
            self.__dict__.pop("progress", None)

    def warned(self, saved: Saved) -> Saved:
        """Tells what went wrong beside a write, once the lock is free again."""
        for key, fields in saved.warnings:
            self.warn(key, **fields)
        return saved

    def backups_to_restore(self, file: LogFile) -> list[tuple[str, int]]:
        """What `backup restore` is to be told for the newest good copy, and how many entries it has; empty without one.

        A second one where an older copy has more.
        """
        newest, fullest = file.backups.newest_good(), file.backups.fullest()
        found = [newest] if newest is not None else []
        if newest is not None and fullest is not None and fullest.items > newest.items:
            found.append(fullest)
        flag = ""
        if self.progress_path.origin == "flag":
            from shlex import quote

            flag = f" --progress {quote(self.progress_path.value)}"
        return [(copy.name + flag, copy.items) for copy in found]

    def notify(self, key: str, fields: Mapping[str, str]) -> None:
        """Tells the user something beside the answer, unless they want quiet."""
        if not self.options.quiet:
            self.terminal.tell(self.say(key, **fields))

    def warn(self, key: str, **fields: object) -> None:
        """Tells the user what they should know even when they want quiet."""
        self.terminal.tell(self.say("warning", text=self.say(key, **fields)))

    def warn_of_what_was_read(self) -> None:
        """Tells what is wrong with a progress file that could be read all the same, and of copies beside it."""
        if "stored" not in self.__dict__:
            return
        from llmpath.progress.document import SCHEMA

        stored, path = self.stored, self.progress_path.value
        if stored.schema > SCHEMA:
            self.warn("warning.newer_progress", path=path, schema=stored.schema, known=SCHEMA)
        left_out = len({problem.place for problem in stored.log.problems if problem.reason not in LEFT_ALONE})
        if left_out:
            self.warn("warning.bad_entries", path=path, count=left_out)
        if self._has_news_beside():
            self.notify("notice.sync_conflict", {})

    def _has_news_beside(self) -> bool:
        """Whether a copy that two machines made beside the progress file holds what that has not."""
        from llmpath.progress.sync import news_in

        return bool(news_in(self.log_file, self.stored))


LEFT_ALONE = ("no_verb", "unknown_key")
"""Problems of entries that another version may understand."""
