"""Edge: a plan as a calendar file, one all-day event per topic. Days only, so that summer time moves none.

An event keeps its UID, and its SEQUENCE grows with every export: importing again updates what is there (RFC 5545).
"""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from llmpath.catalog import Catalog
from llmpath.errors import AlreadyThere, CannotWrite
from llmpath.messages import Texts
from llmpath.results import PlanStep

PRODUCT = "-//llmpath//plan//EN"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts the seconds since then: it grows, and it fits into 32 bits until 2088."""


def calendar_of(catalog: Catalog, steps: Sequence[PlanStep], now: datetime, say: Texts) -> bytes:
    """The calendar as iCalendar text."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", catalog.curriculum.title)
    for step in steps:
        event = Event()
        event.add("uid", f"{catalog.curriculum.id}/{step.topic}@llmpath")
        event.add("sequence", int((now.astimezone(UTC) - EPOCH).total_seconds()))
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", step.starts)
        event.add("dtend", step.ends + timedelta(days=1))
        event.add("summary", f"{step.number} {step.title}")
        event.add(
            "description", say("calendar.description", summary=catalog.topics[step.topic].summary, topic=step.topic)
        )
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def write_calendar(
    path: str, catalog: Catalog, steps: Sequence[PlanStep], now: datetime, say: Texts, *, force: bool
) -> None:
    """Writes the calendar; over an older one of our own, over anything else only by force.

    Raises `AlreadyThere` or `CannotWrite`.
    """
    from llmpath.atomic import write_atomically

    if os.path.exists(path) and not force and not _is_ours(path):
        raise AlreadyThere(path=path)
    try:
        write_atomically(path, calendar_of(catalog, steps, now, say))
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


def _is_ours(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return PRODUCT.encode() in file.read(1000)
    except OSError:
        return False
