"""Days and durations as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.text.when import day_of, minutes_of

TODAY = date(2026, 11, 26)
"""A Thursday."""


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        ("2026-11-20", "2026-11-20 | 2026/11/20 | 2026.11.20 | 20261120 | 2026年11月20日 | 2026 年 11 月 20 日"),
        ("2026-11-20", "11-20 | 11/20 | 11月20日 | 11月20号 | 11月20號 | 20 Nov"),
        ("2026-11-20", "Nov 20 | 20th november | Nov. 20, 2026"),
        ("2026-11-20", "friday | Fri | last Friday | on friday | 周五 | 星期五"),
        ("2026-11-20", "上周五 | 上週五 | 禮拜五 | -6d | 6 days ago | 六天前"),
        ("2026-11-26", "today | Today | ＴＯＤＡＹ | 今天 | thursday | this thursday"),
        ("2026-11-26", "周四 | 本周四 | 这周四 | 這週四"),
        ("2026-11-25", "yesterday | 昨天 | 昨日 | -1d | 1 day ago | a day ago"),
        ("2026-11-25", "1天前 | 一天前 | wed | 周三"),
        ("2026-11-24", "the day before yesterday | 前天 | 2天前 | 两天前 | 兩天前 | 2 days ago"),
        ("2026-11-24", "2 天前 | tuesday"),
        ("2026-11-19", "last thursday | 上周四 | 上週四 | 上个星期四 | 上個星期四 | a week ago"),
        ("2026-11-19", "1周前 | 一週前 | -1w | 1个星期前"),
        ("2026-11-16", "上周一 | 上週一 | 上禮拜一"),
        ("2026-11-22", "sunday | 周日 | 星期天 | 上周日"),
        ("2026-11-29", "next sunday | 本周日 | +3d | in 3 days | 3天后 | 3天後 | 三天之后"),
        ("2026-12-03", "next thursday | 下周四 | in a week | 一周后"),
        ("2026-11-27", "tomorrow | 明天"),
        ("2027-01-05", "01-05 | 1-5 | 5 January"),
        ("2026-06-01", "6-1 | 06-01"),
        ("2024-02-29", "2024-02-29"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(day: str, texts: str) -> None:
    assert {text: str(day_of(text, TODAY)) for text in texts.split(" | ")} == dict.fromkeys(texts.split(" | "), day)


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert day_of("12-30", date(2027, 1, 5)) == date(2026, 12, 30)
    assert day_of("11-27", date(2026, 11, 26)) == date(2026, 11, 27)
    assert day_of("monday", date(2026, 11, 23)) == date(2026, 11, 23)
    assert day_of("9999天前", date(1, 1, 1)) is None


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "2026-02-30", "02-30", "13-01", "mon day", "mo", "月", "20 No", "-99999999d", "3 days",
     "2026-11-20T10:00", "1e3", "may", "next", "１３-01", "0001-01-01x"],
)  # fmt: skip
def test_these_are_no_days(text: str) -> None:
    assert day_of(text, TODAY) is None


@pytest.mark.parametrize(
    ("minutes", "texts"),
    [
        (45, "45 | 45m | 45 min | 45 minutes | ４５ | 45分 | 45分钟 | 45 分鐘 | 0:45"),
        (60, "1h | 60 | 1 hour | 1小时 | 一小时 | 1 小時 | 一个小时 | 1:00 | 1.0h"),
        (90, "1h30 | 1h30m | 1h 30 | 1:30 | 1.5h | 1.5 hours | 1小时30分 | 1.5小時 | 一个半小时 | 1個半小時"),
        (90, "1 hour and 30 minutes"),
        (30, "half an hour | 半小时 | 半個小時 | 0.5h"),
        (120, "2h | 两小时 | 兩個小時 | 2 hrs"),
    ],
)
def test_a_duration_is_read_as_people_write_it(minutes: int, texts: str) -> None:
    assert {text: minutes_of(text) for text in texts.split(" | ")} == dict.fromkeys(texts.split(" | "), minutes)


@pytest.mark.parametrize(
    "text", ["", "0", "0h", "h", "-5", "1h90x", "soon", "99999", "1.5", "1:5", "inf", "nan h", "٤٥x"]
)
def test_these_are_no_durations(text: str) -> None:
    assert minutes_of(text) is None


@given(st.text(max_size=20), st.dates())
def test_any_text_is_a_day_and_a_duration_or_none(text: str, today: date) -> None:
    assert isinstance(day_of(text, today), date | None)
    assert isinstance(minutes_of(text), int | None)


@given(st.dates(), st.dates())
def test_an_iso_day_means_itself_whatever_day_it_is(day: date, today: date) -> None:
    assert day_of(day.isoformat(), today) == day
