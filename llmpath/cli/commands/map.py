"""The course as a map: on the terminal, and as a page in the browser."""

import os
from pathlib import Path

from llmpath.cli.commands.preferences import goal_in_force
from llmpath.cli.programs import browse
from llmpath.cli.run import hand_over, look_of
from llmpath.cli.session import Session
from llmpath.errors import CannotWrite
from llmpath.files.atomic import PRIVATE
from llmpath.files.outputs import write_output
from llmpath.guide.map import CourseMap, course_map
from llmpath.view.results.keeping import Exported
from llmpath.view.results.map import MapOpened, MapShown


def show_map(session: Session, *, open_page: bool = False, notes: bool = False) -> MapShown | MapOpened:
    """The topics in layers, where the learner stands, and the way to the goal; with `open_page` as a page."""
    return _opened(session, notes=notes) if open_page else MapShown(_course(session, notes=notes))


def _course(session: Session, *, notes: bool, texts: bool = False) -> CourseMap:
    goal = goal_in_force(session)
    return course_map(session.catalog, session.progress, goal, with_texts=texts, with_notes=notes)


def export_html(
    session: Session, *, notes: bool = False, output: str | None = None, force: bool = False
) -> Exported | None:
    """The map as an HTML page."""
    return hand_over(session, _page(session, notes=notes), output, force=force)


def export_svg(
    session: Session, *, notes: bool = False, output: str | None = None, force: bool = False
) -> Exported | None:
    """The map as an SVG picture."""
    from llmpath.view.map_picture import picture_of

    return hand_over(session, picture_of(_course(session, notes=notes), look_of(session)), output, force=force)


def _page(session: Session, *, notes: bool) -> str:
    from llmpath.view.map_page import page_of

    return page_of(_course(session, notes=notes, texts=True), look_of(session))


def _opened(session: Session, *, notes: bool) -> MapOpened:
    """Writes the page into the cache, in place of the one that was opened before, and hands it to a browser."""
    content = _page(session, notes=notes)
    folder = session.places.cache
    path = os.path.join(folder, f"map-{session.catalog.curriculum.id}.html")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
    write_output(path, content.encode(), force=True, mode=PRIVATE)
    return MapOpened(path, browse(session, Path(path).as_uri()))
