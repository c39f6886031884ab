"""The course as a map: on the terminal, and as a page in the browser."""

import os
from pathlib import Path

from llmpath.cli.commands.guiding import browse
from llmpath.cli.commands.wishes import goal_in_force
from llmpath.cli.run import look_of
from llmpath.cli.session import Session
from llmpath.errors import CannotWrite
from llmpath.files.outputs import write_output
from llmpath.guide.map import CourseMap, course_map
from llmpath.view.results.map import MapOpened, MapShown, MapTopic


def show_map(session: Session, *, open_page: bool = False, with_notes: bool = False) -> MapShown | MapOpened:
    """The topics in layers, where the learner stands, and the way to the goal; with `open_page` as a page."""
    if open_page:
        return _opened(session, with_notes=with_notes)
    course = course_map(session.catalog, session.progress, goal_in_force(session), with_notes=with_notes)
    return MapShown(
        course.title,
        course.progress,
        course.hours_left,
        [
            MapTopic(
                node.id,
                node.number,
                node.part,
                node.layer,
                node.title,
                node.state,
                node.hours_left,
                node.core_done,
                node.core_total,
                node.way,
                node.is_goal,
                [note.text for note in node.notes],
            )
            for node in course.nodes.values()
        ],
        course.edges,
        course.goal,
        course.goal_title,
        course.to_goal,
    )


def page(session: Session, *, with_notes: bool) -> str:
    """The map as an HTML page."""
    from llmpath.view.map_page import page_of

    return page_of(_course(session, with_texts=True, with_notes=with_notes), look_of(session))


def picture(session: Session, *, with_notes: bool) -> str:
    """The map as an SVG picture."""
    from llmpath.view.map_picture import picture_of

    return picture_of(_course(session, with_texts=False, with_notes=with_notes), look_of(session))


def _course(session: Session, *, with_texts: bool, with_notes: bool) -> CourseMap:
    goal = goal_in_force(session)
    return course_map(session.catalog, session.progress, goal, with_texts=with_texts, with_notes=with_notes)


def _opened(session: Session, *, with_notes: bool) -> MapOpened:
    """Writes the page into the cache, in place of the one that was opened before, and hands it to a browser."""
    content = page(session, with_notes=with_notes)
    folder = session.places.cache
    path = os.path.join(folder, f"map-{session.catalog.curriculum.id}.html")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
    write_output(path, content.encode(), force=True)
    return MapOpened(path, browse(session, Path(path).as_uri()))
