"""A plan as a calendar, read back with the library that calendar programs use."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from llmpath.errors import AlreadyThere, CannotWrite
from llmpath.exchange.calendars import calendar_of, write_calendar
from llmpath.messages import Texts
from llmpath.view.results.guiding import PlanStep
from tests.support import small

SAY = Texts("en")
NOW = datetime(2026, 11, 21, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
STEPS = [
    PlanStep("numbers", "1.1", "Numbers; of, all\nkinds", 6.0, "todo", [], date(2026, 3, 28), date(2026, 3, 30), 1, 1),
    PlanStep("words", "1.2", "Words 词", 1.0, "todo", [], date(2026, 3, 30), date(2026, 3, 30), 1, 1),
]


def events(content: bytes) -> list[Event]:
    calendar = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    return [component for component in calendar.subcomponents if isinstance(component, Event)]


def test_one_all_day_event_per_topic_spans_its_days() -> None:
    found = events(calendar_of(small(), STEPS, NOW, 7, SAY))
    assert [
        (event["UID"], event.decoded("DTSTART"), event.decoded("DTEND"), int(str(event["SEQUENCE"]))) for event in found
    ] == [
        ("small/numbers@llmpath", date(2026, 3, 28), date(2026, 3, 31), 7),
        ("small/words@llmpath", date(2026, 3, 30), date(2026, 3, 31), 7),
    ]
    for event in found:
        assert type(event.decoded("DTSTART")) is type(event.decoded("DTEND")) is date
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
        assert event.decoded("DTSTAMP") == datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
        assert event["TRANSP"] == "TRANSPARENT"


def test_texts_come_through_whole() -> None:
    first, second = events(calendar_of(small(), STEPS, NOW, 7, SAY))
    assert first["SUMMARY"] == "1.1 Numbers; of, all\nkinds"
    assert second["SUMMARY"] == "1.2 Words 词"
    assert "What numbers is." in str(first["DESCRIPTION"])


def test_lines_end_and_fold_as_calendars_want_it() -> None:
    content = calendar_of(small(), STEPS, NOW, 7, SAY)
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)


def write(path: Path, now: datetime = NOW, *, force: bool = False) -> dict[str, int]:
    write_calendar(str(path), small(), STEPS, now, SAY, force=force)
    return {str(event["UID"]): int(str(event["SEQUENCE"])) for event in events(path.read_bytes())}


def test_importing_again_updates_because_the_uid_stays_and_the_sequence_grows(tmp_path: Path) -> None:
    first = write(tmp_path / "plan.ics")
    later = write(tmp_path / "plan.ics", NOW + timedelta(days=1))
    elsewhere = write(tmp_path / "other.ics", NOW + timedelta(days=2))
    assert list(first) == list(later) == list(elsewhere) == ["small/numbers@llmpath", "small/words@llmpath"]
    assert first["small/words@llmpath"] < later["small/words@llmpath"] < elsewhere["small/words@llmpath"] < 2**31


def test_sequence_grows_within_a_second_and_under_a_clock_that_was_set_back(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    sequences = [write(path, now)["small/words@llmpath"] for now in (NOW, NOW, NOW - timedelta(days=400))]
    assert sequences == sorted(set(sequences))


def test_sequence_ends_where_its_range_does(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    write(path)
    path.write_bytes(re.sub(rb"SEQUENCE:\d+", b"SEQUENCE:9999999999", path.read_bytes()))
    assert write(path)["small/words@llmpath"] == 2**31 - 1
    assert write(tmp_path / "late.ics", datetime(2120, 1, 1, tzinfo=UTC))["small/words@llmpath"] == 2**31 - 1


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    content = b"BEGIN:VCALENDAR\r\nPRODID:-//Elsewhere//EN\r\nX-NOTE:-//llmpath//plan//EN\r\nEND:VCALENDAR\r\n"
    path.write_bytes(content)
    with pytest.raises(AlreadyThere):
        write(path)
    assert path.read_bytes() == content
    assert list(write(path, force=True))


def test_a_text_that_only_mentions_us_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("PRODID:-//llmpath//plan//EN\n", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        write(path)


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_and_a_place_that_is_not_there_cannot_be_written(tmp_path: Path, force: bool) -> None:
    for path in (tmp_path, tmp_path / "missing" / "plan.ics"):
        with pytest.raises(CannotWrite):
            write(path, force=force)
    assert list(tmp_path.iterdir()) == []
