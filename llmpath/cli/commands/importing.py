"""`curriculum import`: makes a curriculum of a list of links in Markdown, or brings one up to date."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from llmpath.cli.session import Session
from llmpath.cli.values import path_of, text_of
from llmpath.curriculum import library
from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.kinds import USUAL_MINUTES
from llmpath.errors import CannotWrite, CurriculumTaken, LockedTooLong, NothingToLearn, UnusableFile, UsageError
from llmpath.files.git_remote import page_of, remote_of
from llmpath.files.lock import StillLocked, acquire
from llmpath.progress.log import in_curriculum, stamped
from llmpath.progress.progress import Progress
from llmpath.view.quoting import quoted
from llmpath.view.results.authoring import CourseImported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.exchange.course_update import Files
    from llmpath.exchange.markdown_course import Course

LOCK_SECONDS, PATIENCE_SECONDS = 30.0, 2.0
BAR_AFTER_SECONDS = 1.0
MAX_MEGABYTES = 4


def import_course(
    session: Session,
    document: str,
    new_name: str | None = None,
    *,
    base: str | None = None,
    part_level: str | None = None,
    yes: bool = False,
) -> CourseImported:
    """Makes a curriculum of a Markdown file, named `new_name` or as its repository is; or brings it up to date.

    `base`: what relative links are relative to; `part_level`: the level of headings that are parts, 1 to 6; `yes`:
    what is ticked in the file becomes done without a question. Raises where nothing was changed.
    """
    path = path_of(document, "FILE")
    text = text_of(path, MAX_MEGABYTES, "replace")
    page = _page(base) if base is not None else remote_of(path)
    chosen = _name(new_name) if new_name is not None else _name_of(path, page)
    if part_level not in (None, "1", "2", "3", "4", "5", "6"):
        raise UsageError("usage.bad_value", name="--part-level", value=part_level)
    level = int(part_level) if part_level else None
    folder = os.path.join(library.own_folder(session.places.data), chosen)
    with _under_way(session, path), _locked(session, os.path.dirname(folder)):
        course, before, after = _written(session, path, text, folder, page, level, is_named=new_name is not None)
    catalog = library.load_catalog(library.Place(chosen, folder), session.language, session.places.cache)
    done = _take_ticks(session, catalog, course, path, chosen, yes=yes)
    session.is_saved = True
    return CourseImported(
        name=chosen,
        folder=folder,
        parts=len(catalog.curriculum.parts),
        topics=len(catalog.briefs),
        resources=len(after),
        new=None if before is None else len(after - before),
        gone=None if before is None else len(before - after),
        left_out={reason: count for reason, count in course.left_out.items() if reason != "anchors"},
        left_out_under=course.left_out_under,
        guessed=course.guessed,
        done=done,
        has_news=before not in (None, after) and os.path.exists(session.seen_path(catalog)),
    )


def _written(
    session: Session, path: str, text: str, folder: str, page: str, level: int | None, *, is_named: bool
) -> tuple[Course, set[str] | None, set[str]]:
    """The course, written into its folder, and the addresses in it before, None where it is new, and now."""
    from llmpath.exchange.course_files import finish_imports, read_course, write_course
    from llmpath.exchange.course_update import Files, updated
    from llmpath.exchange.markdown_course import course_of
    from llmpath.exchange.markdown_outline import TooDense

    name = os.path.basename(folder)
    source = page or os.path.realpath(path)
    finish_imports(os.path.dirname(folder))
    stored = read_course(folder) if os.path.isdir(folder) else None
    if os.path.lexists(folder) and stored is None:
        raise CurriculumTaken(name)
    if stored and stored.source != source and not is_named:
        raise CurriculumTaken(name, stored.source)
    language = stored.ours.outline["languages"][0] if stored else ""
    free_id = _free_id(session, folder)
    try:
        course = course_of(text, free_id, USUAL_MINUTES, name=name, base=page, part_level=level, language=language)
    except TooDense:
        raise UnusableFile(path, "dense_markdown") from None
    if not course.topics:
        raise NothingToLearn(path, course.left_out.get("relative", 0))
    files = base = Files(course.outline, course.topics)
    if stored:
        files, base = updated(stored.base, stored.ours, files)
    write_course(folder, source, files, base)
    return course, stored and _addresses(stored.ours), _addresses(files)


def _addresses(files: Files) -> set[str]:
    """The addresses of everything in a course that is still there; where there is none, an id."""
    entries = (each for topic in files.topics.values() for each in topic.get("resources", ()))
    return {each.get("url", each["id"]) for each in entries if each.get("status") != "gone"}


def _free_id(session: Session, folder: str) -> str:
    """An id for the course in a folder, which no other curriculum has under which progress may be kept."""
    taken = {known for other, known in session.ids().items() if other != folder}
    taken |= {library.SHIPPED, *(place.name for place in library.moved(session.places.data))}
    wanted = _id_of(os.path.basename(folder))
    return next(free for free in (wanted, *(f"{wanted}-{n}" for n in range(2, 1_000))) if free not in taken)


def _page(base: str) -> str:
    """The address that links are relative to: a folder, unless it names a file; of a repository its newest state."""
    if not re.fullmatch(r"https?://[^\s/@]+(?:/[!-~]*)?", base, re.IGNORECASE):
        raise UsageError("usage.bad_value", name="--base", value=base)
    if re.fullmatch(r"https?://(?:www\.)?github\.com/[^/]+/[^/?#]+/?", base, re.IGNORECASE):
        return page_of(base, "HEAD", "")
    last = base.partition("://")[2].partition("/")[2].rpartition("/")[2]
    return base if "." in last or "/" not in base.partition("://")[2] else base.rstrip("/") + "/"


def _name(word: str) -> str:
    """A name under which a curriculum is found: one of a file, and not that of the shipped one."""
    name = word.strip()
    if not name or name.startswith(".") or re.search(r"[/\\\x00-\x1f:]", name) or len(name.encode()) > 100:
        raise UsageError("usage.bad_value", name="NAME", value=word)
    if name == library.SHIPPED:
        raise CurriculumTaken(name)
    return name


def _name_of(path: str, page: str) -> str:
    """The name of a course: that of its repository or folder where the file is a README, else that of the file."""
    stem = os.path.splitext(os.path.basename(path))[0]
    if re.match(r"readme|index$", stem, re.IGNORECASE):
        match = re.match(r"https://[^/]+/[^/]+/([^/]+)", page)
        stem = match[1] if match else os.path.basename(os.path.dirname(os.path.abspath(path)))
    return _id_of(stem)


def _id_of(name: str) -> str:
    """A name as an id, other than that of the shipped curriculum."""
    from llmpath.exchange.markdown_course import id_from

    made = id_from(name) or "course"
    return f"my-{made}" if made == library.SHIPPED else made


@contextmanager
def _locked(session: Session, folder: str) -> Iterator[None]:
    """Lets one import at a time write into the folder of the user's curricula, which is made where it is missing."""
    path = os.path.join(folder, ".import.lock")
    try:
        os.makedirs(folder, exist_ok=True)
        lock = acquire(
            path, LOCK_SECONDS, PATIENCE_SECONDS, lambda: session.notify("notice.waiting_for_lock", {"path": path})
        )
    except StillLocked:
        raise LockedTooLong(path=path, seconds=int(LOCK_SECONDS)) from None
    except OSError as error:
        raise CannotWrite(path=folder, reason=error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _under_way(session: Session, path: str) -> Iterator[None]:
    """Shows a bar on a terminal once the reading takes longer than a second."""
    if session.is_quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(session.say("course.reading", path=path), total=None)
    timer = Timer(BAR_AFTER_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


def _take_ticks(session: Session, catalog: Catalog, course: Course, path: str, name: str, *, yes: bool) -> int:
    """Marks as done what is ticked in the file and open here, if the learner wants it; returns how many that are."""
    from llmpath.exchange.markdown_course import address_key

    keys = {address_key(url) for url in course.ticked}
    progress = Progress(catalog, session.stored.log)
    items = [
        item.id
        for item in catalog.items()
        if address_key(getattr(item.entry, "url", None) or "") in keys and not progress.is_closed(item.id)
    ]
    if not items:
        return 0
    is_asked = session.terminal.can_answer and sys.stderr.isatty()
    if not yes and not (is_asked and session.agrees(session.say("ask.ticks", count=len(items)))):
        command = f"llmpath curriculum import {quoted(path)} {quoted(name)} --yes"
        session.terminal.tell(session.say("course.ticks", count=len(items), command=command))
        return 0
    entry = {"done": items, **in_curriculum(catalog.curriculum.id)}
    session.save(lambda log: stamped([entry], log.newest, session.now()))
    session.keep_first_look(catalog)
    return len(items)
