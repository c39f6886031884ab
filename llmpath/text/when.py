"""Days and durations as people write them, in English and Chinese. Pure: today is passed in."""

import re
from datetime import date, timedelta

from llmpath.text.names import folded

MAX_MINUTES = 60_000
_HALF_A_YEAR = timedelta(days=183)

_DAYS = {
    "today": 0, "yesterday": -1, "the day before yesterday": -2, "day before yesterday": -2, "tomorrow": 1,
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3,
    "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERALS = {
    "a": "1",
    "one": "1",
    "两": "2",
    **{sign: str(number) for number, sign in enumerate("一二三四五六七八九十", 1)},
}
_WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKS_ZH = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}

_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SHORT = re.compile(r"(\d{1,2})[-/月](\d{1,2})[日号]?")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?)(?:,? (\d{4}))?"
)
_RELATIVE = re.compile(
    r"([-+]|in )?(\d{1,4}|a|one|[一两二三四五六七八九十]) ?(?:(d|days?|天|日)|(?:w|weeks?|周|个?(?:星期|礼拜)))"
    r"(?: ?(ago|(?:之|以)?[前后]))?"
)
_WEEKDAY = re.compile(r"(?:(last|this|next|on) )?([a-z]{3,9})")
_WEEKDAY_ZH = re.compile(r"(上上|[上这本下])?个?(?:周|星期|礼拜)([一二三四五六日天])")


def day_of(text: str, today: date) -> date | None:
    """The day that a text names, or None: `2026-11-20`, `11-20`, `today`, `monday`, `3 days ago`, `-3d`, `昨天`.

    A weekday is the last one, today included. A day without a year is in this year, or in the last or the next one
    where that is nearer than half a year. It may lie ahead; whether that is right is the caller's to say.
    """
    wanted = folded(text)
    try:
        if wanted in _DAYS:
            return today + timedelta(days=_DAYS[wanted])
        return _written_day(wanted, today) or _relative_day(wanted, today) or _weekday(wanted, today)
    except (ValueError, OverflowError):  # no such day, or one beyond the calendar
        return None


def _written_day(text: str, today: date) -> date | None:
    if match := _FULL.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(text):
        return _near(int(match[1]), int(match[2]), today)
    if (match := _NAMED.fullmatch(text)) and (match[2] or match[3])[:3] in _MONTHS:
        month, day = _MONTHS.index((match[2] or match[3])[:3]) + 1, int(match[1] or match[4])
        return date(int(match[5]), month, day) if match[5] else _near(month, day, today)
    return None


def _near(month: int, day: int, today: date) -> date:
    """A day without a year, in the year that is nearest."""
    found = date(today.year, month, day)
    if abs(found - today) <= _HALF_A_YEAR:
        return found
    return date(today.year + (1 if found < today else -1), month, day)


def _relative_day(text: str, today: date) -> date | None:
    match = _RELATIVE.fullmatch(text)
    if match is None or bool(match[1]) == bool(match[4]):
        return None
    days = int(_NUMERALS.get(match[2], match[2])) * (1 if match[3] else 7)
    is_ahead = match[1] in ("+", "in ") or (match[4] or "").endswith("后")
    return today + timedelta(days=days if is_ahead else -days)


def _weekday(text: str, today: date) -> date | None:
    if match := _WEEKDAY_ZH.fullmatch(text):
        place, weeks = _WEEKDAYS_ZH[match[2]], _WEEKS_ZH.get(match[1])
        if weeks is not None:
            return today + timedelta(days=7 * weeks + place - today.weekday())
        return today - timedelta(days=(today.weekday() - place) % 7)
    match = _WEEKDAY.fullmatch(text)
    place = next((place for place, day in enumerate(_WEEKDAYS) if match and day.startswith(match[2])), -1)
    if match is None or place < 0:
        return None
    back = (today.weekday() - place) % 7
    if match[1] == "next":
        back -= 7
    elif match[1] == "last":
        back = back or 7
    return today - timedelta(days=back)


_HOURS = re.compile(
    r"(?:(\d{1,4}(?:\.\d{1,3})?) ?(?:h|hrs?|hours?|个?小时|个?钟头)|(\d{1,3}):(?=\d\d$))"
    r" ?(?:and )?(?:(\d{1,2}) ?(?:m|mins?|minutes?|分|分钟)?)?"
)
_MINUTES = re.compile(r"(\d{1,5}) ?(?:m|mins?|minutes?|分|分钟)?")
_HALVES = re.compile(r"(?:(\d{1,3}|[一两二三四五六七八九十])个)?半个?(?:小时|钟头)|half an hour")


def minutes_of(text: str) -> int | None:
    """A duration in minutes, or None: `45`, `45m`, `1h`, `1h30`, `1:30`, `1.5h`, `45分钟`, `一个半小时`."""
    wanted = folded(text)
    if match := _MINUTES.fullmatch(wanted):
        minutes = int(match[1])
    elif match := _HALVES.fullmatch(wanted):
        minutes = 60 * int(_NUMERALS.get(match[1], match[1]) if match[1] else 0) + 30
    elif match := _HOURS.fullmatch(_NUMERALS.get(wanted[:1], wanted[:1]) + wanted[1:]):
        minutes = round(float(match[1] or match[2]) * 60) + int(match[3] or 0)
    else:
        return None
    return minutes if 0 < minutes <= MAX_MINUTES else None
