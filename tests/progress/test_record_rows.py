"""Records come back from rows as they were, with their days in the time zone of who reads them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.rows import Rows, document_of
from llmpath.progress.record_rows import records_from, rows_of_records
from llmpath.progress.records import STATES, Record, Records

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda moment, zone: moment.astimezone(zone),
    st.datetimes(datetime.fromisoformat("0002-01-02"), datetime.fromisoformat("9998-12-30"), timezones=st.just(UTC)),
    OFFSETS,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
RECORDS = st.builds(
    lambda items, goals: Records(items, goals, []),
    st.dictionaries(
        TEXTS,
        st.builds(
            lambda state, on, at, note: Record(state, on, on or at.astimezone(UTC).date(), at, note),
            st.sampled_from(STATES),
            st.none() | st.dates(),
            MOMENTS,
            st.none() | TEXTS,
        ),
        max_size=5,
    ),
    st.dictionaries(TEXTS, TEXTS, max_size=3),
)


@given(RECORDS)
def test_records_come_back_in_their_order(records: Records) -> None:
    rows = rows_of_records(records)
    back = records_from(rows, UTC)
    assert back == records
    assert list(back.items) == list(records.items)
    assert document_of([rows])


def test_a_row_for_each_field() -> None:
    at = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    items = {
        "small/words": Record("done", date(2026, 11, 20), date(2026, 11, 20), at, "two\nlines\t字"),
        "small/tuning": Record("doing", None, date(2026, 11, 21), at, None),
    }
    assert rows_of_records(Records(items, {"small": "agents"}, [])) == [
        ["items", "small/words", "small/tuning"],
        ["state", "done", "doing"],
        ["on", "2026-11-20", ""],
        ["at", "2026-11-21T20:00:00+08:00", "2026-11-21T20:00:00+08:00"],
        ["note", r"=two\nlines\t\u5b57", ""],
        ["goals", "small"],
        ["goal", "agents"],
    ]


@pytest.mark.parametrize(("hours", "day"), [(8, date(2026, 11, 22)), (0, date(2026, 11, 21)), (-8, date(2026, 11, 21))])
def test_a_day_that_nobody_gave_is_that_of_the_reader(hours: int, day: date) -> None:
    record = Record("done", None, date(2026, 11, 21), datetime(2026, 11, 21, 20, 0, tzinfo=UTC), None)
    rows = rows_of_records(Records({"small/words": record}, {}, []))
    back = records_from(rows, timezone(timedelta(hours=hours)))
    assert back.items["small/words"] == record._replace(day=day)


CHANGES: dict[str, Callable[[Rows], Rows]] = {
    "no rows": lambda _: [],
    "a row too few": lambda rows: rows[:-1],
    "a row too many": lambda rows: [*rows, ["more"]],
    "another row": lambda rows: [["things", *rows[0][1:]], *rows[1:]],
    "a value too few": lambda rows: [rows[0][:-1], *rows[1:]],
    "a value too many": lambda rows: [*rows[:-1], [*rows[-1], "words"]],
    "no such state": lambda rows: [rows[0], ["state", "finished"], *rows[2:]],
    "no day": lambda rows: [*rows[:2], ["on", "yesterday"], *rows[3:]],
    "no time": lambda rows: [*rows[:3], ["at", "2026-11-21"], *rows[4:]],
    "no time zone": lambda rows: [*rows[:3], ["at", "2026-11-21T20:00:00"], *rows[4:]],
    "an escape cut short": lambda rows: [*rows[:4], ["note", "=\\u12"], *rows[5:]],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_other_rows_are_noticed(change: Callable[[Rows], Rows]) -> None:
    day = date(2026, 11, 21)
    record = Record("done", day, day, datetime(2026, 11, 21, 20, 0, tzinfo=UTC), "a note")
    rows = rows_of_records(Records({"small/words": record}, {}, []))
    with pytest.raises((ValueError, TypeError)):
        records_from(change(rows), UTC)
