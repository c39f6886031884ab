"""Edge: one call of the program. Knows options, environment, clock and files, and loads what is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial

from llmpath.cli.settings import Settings
from llmpath.cli.terminal import Terminal
from llmpath.curriculum import library
from llmpath.curriculum.catalog import Catalog
from llmpath.errors import DamagedProgress, LlmpathError
from llmpath.files.folders import Places
from llmpath.messages import Texts
from llmpath.progress.document import SCHEMA
from llmpath.progress.file import REVIEWS, LogFile, Make, Saved, Stored, reviews_path
from llmpath.progress.log import Log, in_curriculum, stamped
from llmpath.progress.progress import Progress
from llmpath.progress.sync import news_in
from llmpath.text.languages import locale_language
from llmpath.view.quoting import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.guide.news import Change, Seen
    from llmpath.guide.review import Learned
    from llmpath.progress.document import Table


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
        self.wants_json = False
        """Whether the answer is a document for a script, so that nobody is asked."""
        self.is_saved = False
        """Set once a change is on the disk: from then on nothing may fail the command."""

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

    @property
    def progress_path(self) -> str:
        """The path of the progress file."""
        return str(self.settings["progress_file"])

    @property
    def pager(self) -> str | None:
        """The pager for long answers: empty for the default one, None for none."""
        if "no_pager" in self.settings.given:
            return None
        return self.settings["pager"] or ""

    @cached_property
    def place(self) -> library.Place:
        """The place of the curriculum in use. Raises `UnknownCurriculum`."""
        return library.located(self.settings["curriculum"], self.places.data)

    @cached_property
    def catalog(self) -> Catalog:
        """The curriculum in use. Raises `UnknownCurriculum`, `DamagedCurriculum` or `ReservedId`."""
        place = self.place
        catalog = library.load_catalog(place, self.language, self.places.cache)
        library.check_id(catalog.curriculum.id, place)
        return catalog

    @cached_property
    def catalogs(self) -> list[Catalog]:
        """The curriculum in use in each of its languages. Raises `DamagedCurriculum`."""
        languages = self.catalog.curriculum.languages
        return [library.load_catalog(self.place, language, self.places.cache) for language in languages]

    @cached_property
    def log_file(self) -> LogFile:
        """The progress file."""
        return LogFile(self.progress_path, self.now, self.notify)

    @cached_property
    def reviews_file(self) -> LogFile:
        """The file with the recalls, beside the progress file."""
        return LogFile(reviews_path(self.progress_path), self.now, self.notify, purpose=REVIEWS)

    @cached_property
    def stored(self) -> Stored:
        """The content of the progress file. Raises `DamagedProgress` or `CannotRead`."""
        return self.log_file.read()

    @cached_property
    def reviews(self) -> Stored:
        """The content of the file with the recalls. Raises `DamagedProgress` or `CannotRead`."""
        return self.reviews_file.read()

    @cached_property
    def progress(self) -> Progress:
        """The progress in the curriculum in use, without the recalls, which daily commands do not read."""
        return Progress(self.catalog, self.stored.log)

    @cached_property
    def progress_with_reviews(self) -> Progress:
        """The progress in the curriculum in use, with the recalls; where these are damaged, without, and a warning."""
        try:
            has_recalls = bool(self.reviews.content)
        except DamagedProgress as error:
            from llmpath.view.error_texts import reason_of

            self.warn("warning.no_recalls", path=error.fields["path"], reason=reason_of(error, self.say))
            has_recalls = False
        return Progress(self.catalog, self.stored.log, self.reviews.log) if has_recalls else self.progress

    def progress_in(self, log: Log) -> Progress:
        """The progress that a reading of the file gives, without the recalls."""
        return self.progress if log is self.stored.log else Progress(self.catalog, log)

    def ids(self) -> dict[str, str]:
        """The folders of the available curricula to their ids; of damaged ones what their outlines give as such."""
        found: dict[str, str] = {}
        for place in library.known_places(self.places.data):
            try:
                found[place.folder] = library.load_catalog(place, self.language, self.places.cache).curriculum.id
            except LlmpathError:
                from llmpath.exchange.course_files import outline_id

                found[place.folder] = outline_id(place.folder)
        return found

    def curriculum_with(self, name: str, folder: str) -> str:
        """The folder of another curriculum with that id, whose progress would be the same; empty without one."""
        here = os.path.realpath(folder)
        return next((at for at, known in self.ids().items() if known == name and os.path.realpath(at) != here), "")

    def save(self, make: Make, *, keep_copy: bool = False, is_reviews: bool = False) -> Saved:
        """Appends to the progress file what `make` gives, and goes on with that. Raises what `LogFile.change` does.

        `is_reviews`: to the file with the recalls.
        """
        file, seen = (self.reviews_file, self.reviews) if is_reviews else (self.log_file, self.stored)
        afterwards = partial(self.take_over, is_reviews=is_reviews)
        saved = file.change(seen, make, afterwards, keep_copy=keep_copy)
        if saved.is_changed and not is_reviews:
            self.keep_first_look()
        return self.warned(saved)

    def learned(self) -> Learned:
        """The concepts that are reviewed, with their recalls. Imports no scheduler."""
        from llmpath.guide import review

        return review.learned(self.catalog, self.progress_with_reviews, self.now().date())

    def count_due(self) -> int:
        """How many questions `review` asks today."""
        from llmpath.guide import review

        return len(review.for_today(self.learned(), self.now().date(), self.settings["reviews_per_day"]).asked)

    def record(self, make: Make, *, keep_copy: bool = False, is_reviews: bool = False) -> Saved:
        """Like `save`, for entries of the curriculum in use; stamps them with the current time."""
        curriculum = in_curriculum(self.catalog.curriculum.id)

        def entries(log: Log) -> list[Table]:
            made = [{**entry, **curriculum} for entry in make(log)]
            times = [log.newest]
            if is_reviews:
                times.append(self.stored.log.newest)
            elif any("reset" in entry for entry in made):  # it forgets recalls, so it comes after them
                times.append(self.reviews.log.newest)
            return stamped(made, max((at for at in times if at is not None), default=None), self.now())

        return self.save(entries, keep_copy=keep_copy, is_reviews=is_reviews)

    def seen_path(self, catalog: Catalog) -> str:
        """The file beside the progress file that holds what was last seen of a curriculum."""
        from llmpath.progress.seen import seen_path

        return seen_path(self.progress_path, catalog.curriculum.id)

    def news(self) -> tuple[Seen | None, list[Change]]:
        """The curriculum as the learner last saw it, None where they never did or the file is damaged; what changed."""
        from llmpath.guide.news import changes_since, seen_from
        from llmpath.progress.seen import read_seen

        try:
            seen = seen_from(read_seen(self.seen_path(self.catalog)))
        except (ValueError, TypeError, KeyError, AttributeError):
            return None, []
        return seen, changes_since(seen, self.catalog, self.progress, self.language)

    def keep_seen(self, catalog: Catalog) -> None:
        """Keeps what a curriculum is like now. Where that cannot be written, the next look tells the same again."""
        from llmpath.guide.news import seen_now
        from llmpath.progress.seen import write_seen

        seen = seen_now(catalog, self.now().date().isoformat(), self.language)
        with suppress(OSError):
            write_seen(self.seen_path(catalog), seen._asdict())

    def keep_first_look(self, catalog: Catalog | None = None) -> None:
        """Lets `news` compare with the curriculum as it is at the first write; no failure of it fails the command."""
        with suppress(LlmpathError, OSError):
            catalog = catalog or self.catalog
            if not os.path.exists(self.seen_path(catalog)):
                self.keep_seen(catalog)

    def take_over(self, saved: Saved, *, is_reviews: bool = False) -> None:
        """Lets the session see what a write has made of a file."""
        self.is_saved = self.is_saved or saved.is_changed
        self.__dict__["reviews" if is_reviews else "stored"] = saved.after
        self.__dict__.pop("progress_with_reviews", None)
        if not is_reviews:
            self.__dict__.pop("progress", None)

    def wrote(self, path: str, unflushed: OSError | None) -> None:
        """Takes note of a file that is in place: nothing fails the command from now on."""
        self.is_saved = True
        if unflushed is not None:
            self.warn("warning.not_flushed", path=path, reason=unflushed.strerror or "")

    def warned(self, saved: Saved) -> Saved:
        """Tells what went wrong beside a write, once the lock is free again."""
        for key, fields in saved.warnings:
            copy = {"name": self._as_words(fields["name"])} if "name" in fields else {}
            self.warn(key, **{**fields, **copy})
        return saved

    def _as_words(self, copy: str) -> str:
        """What `backup restore` is to be told for a copy; its name begins like that of the file."""
        is_named = self.settings.origin("progress_file") == "flag"
        return quoted(copy) + (f" --progress {quoted(self.progress_path)}" if is_named else "")

    def backups_to_restore(self, file: LogFile) -> list[tuple[str, int]]:
        """The copies that are worth restoring: what `backup restore` is to be told, and how many entries each has."""
        return [(self._as_words(copy.name), copy.items) for copy in file.backups.worth_restoring()]

    def agrees(self, question: str) -> bool:
        """Whether a person says yes to a question."""
        self.terminal.tell(question)
        return sys.stdin.readline().strip().lower() in self.say("ask.yes_words").split()

    def notify(self, key: str, fields: Mapping[str, str]) -> None:
        """Tells the user something beside the answer, unless they want quiet."""
        if not self.is_quiet:
            self.terminal.tell(self.say(key, **fields))

    def warn(self, key: str, **fields: object) -> None:
        """Tells the user what they should know even when they want quiet."""
        self.terminal.tell(self.say("warning", text=self.say(key, **fields)), "warning")

    def warn_of_problems(self) -> None:
        """Tells what is wrong with a progress file that could be read all the same, and of copies beside it."""
        if "stored" not in self.__dict__:
            return
        stored, path = self.stored, self.progress_path
        if stored.schema > SCHEMA:
            self.warn("warning.newer_progress", path=path, schema=stored.schema, known=SCHEMA)
        left_out = len({problem.place for problem in stored.log.problems if problem.reason not in LEFT_ALONE})
        if left_out:
            self.warn("warning.bad_entries", path=path, count=left_out)
        if news_in(self.log_file, self.stored):
            self.notify("notice.sync_conflict", {})


LEFT_ALONE = ("no_verb", "unknown_key")
"""Problems of entries that another version may understand."""
