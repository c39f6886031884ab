"""Edge: a plan as a calendar file, one all-day event per topic. Days only, so that summer time moves none.

An event keeps its UID, and its SEQUENCE grows with every export: importing again updates what is there (RFC 5545).
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from llmpath.curriculum.catalog import Catalog
from llmpath.files.bounded import read_bounded
from llmpath.files.outputs import write_output
from llmpath.messages import Texts
from llmpath.view.results.guiding import PlanStep

PRODUCT = "-//llmpath//plan//EN"
MAX_BYTES = 16 * 1024 * 1024
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts the seconds since then: it grows, and it stays within its range until 2088."""

MAX_SEQUENCE = 2**31 - 1

_OURS = re.compile(rb"\ABEGIN:VCALENDAR\r?\n(?:(?!BEGIN:).*\n)*?PRODID:" + PRODUCT.encode() + rb"\r?\n")
_SEQUENCE = re.compile(rb"^SEQUENCE:(\d{1,10})\r?$", re.MULTILINE)


def calendar_of(catalog: Catalog, steps: Sequence[PlanStep], now: datetime, sequence: int, say: Texts) -> bytes:
    """The calendar as iCalendar text, of at least one step."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", catalog.curriculum.title)
    for step in steps:
        if step.starts is None or step.ends is None:
            continue  # it has no days
        event = Event()
        event.add("uid", f"{catalog.curriculum.id}/{step.topic}@llmpath")
        event.add("sequence", sequence)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", step.starts)
        event.add("dtend", step.ends + timedelta(days=1))
        event.add("summary", f"{step.number} {step.title}")
        event.add(
            "description", say("calendar.description", summary=catalog.topic(step.topic).summary, topic=step.topic)
        )
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def write_calendar(
    path: str, catalog: Catalog, steps: Sequence[PlanStep], now: datetime, say: Texts, *, force: bool
) -> OSError | None:
    """Writes the calendar; over an older one of our own, over anything else only by force.

    Raises and returns as `write_output` does.
    """
    try:
        old = read_bounded(path, MAX_BYTES)
    except OSError:
        old = b""
    is_ours = bool(_OURS.match(old))
    # Exports of one second, and a clock that was set back, must not repeat a number.
    last = max((int(number) for number in _SEQUENCE.findall(old)), default=0) if is_ours else 0
    sequence = min(max(int((now - EPOCH).total_seconds()), last + 1), MAX_SEQUENCE)
    return write_output(path, calendar_of(catalog, steps, now, sequence, say), force=force or is_ours)
