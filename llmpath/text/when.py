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
_NUMERALS = {"两": "2", **{sign: str(number) for number, sign in enumerate("一二三四五六七八九十", 1)}}
_WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_UNITS = {"d": 1, "w": 7, "天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}

_NUMBER = r"(\d{1,4}|[一两二三四五六七八九十])"
_FULL = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-/月](\d{1,2})[日号]?")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?)(?:,? (\d{4}))?"
)
_AGO = re.compile(rf"{_NUMBER} ?(d|w|天|日|周|星期|礼拜|days?|weeks?|个(?:星期|礼拜))(?: (ago)|(?:之|以)?(前|后))?")
_SIGNED = re.compile(r"([-+])(\d{1,4}) ?(d|w|days?|weeks?)")
_IN = re.compile(r"in (\d{1,4}|a|one) ?(days?|weeks?)")
_WEEKDAY = re.compile(r"(?:(last|this|next|on) )?([a-z]{3,9})")
_WEEKDAY_ZH = re.compile(r"(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")


def day_of(text: str, today: date) -> date | None:
    """The day that a text names, or None: `2026-11-20`, `11-20`, `today`, `monday`, `3 days ago`, `-3d`, `昨天`.

    A weekday is the last one, today included. A day without a year is in this year, or in the last or the next one
    where that is nearer than half a year. It may lie ahead; whether that is right is the caller's to say.
    """
    wanted = folded(text)
    if wanted in _DAYS:
        return _shifted(today, _DAYS[wanted])
    for read in (_written_day, _relative_day, _weekday):
        if found := read(wanted, today):
            return found
    return None


def _written_day(text: str, today: date) -> date | None:
    if match := _FULL.fullmatch(text):
        return _date(int(match[1]), int(match[2] or match[3] or match[4] or match[5]), int(match[6]))
    if match := _COMPACT.fullmatch(text):
        return _date(*map(int, match.groups()))
    if match := _SHORT.fullmatch(text):
        return _near(int(match[1]), int(match[2]), today)
    if (match := _NAMED.fullmatch(text)) and (match[2] or match[3])[:3] in _MONTHS:
        month, day = _MONTHS.index((match[2] or match[3])[:3]) + 1, int(match[1] or match[4])
        return _date(int(match[5]), month, day) if match[5] else _near(month, day, today)
    return None


def _relative_day(text: str, today: date) -> date | None:
    if match := _SIGNED.fullmatch(text):
        sign = -1 if match[1] == "-" else 1
        return _shifted(today, sign * int(match[2]) * _UNITS[match[3][0]])
    if match := _IN.fullmatch(text):
        return _shifted(today, (int(match[1]) if match[1].isdecimal() else 1) * _UNITS[match[2][0]])
    text = re.sub(r"^(?:a|one) (?=day|week)", "1 ", text)
    if (match := _AGO.fullmatch(text)) and (match[3] or match[4]):
        unit = match[2].removeprefix("个")
        days = int(_NUMERALS.get(match[1], match[1])) * _UNITS.get(unit, _UNITS.get(unit[0], 1))
        return _shifted(today, days if match[4] == "后" else -days)
    return None


def _weekday(text: str, today: date) -> date | None:
    if match := _WEEKDAY_ZH.fullmatch(text):
        monday, place = today - timedelta(days=today.weekday()), _WEEKDAYS_ZH[match[2]]
        if match[1]:
            weeks = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}[match[1]]
            return _shifted(monday, 7 * weeks + place)
        return _shifted(today, -((today.weekday() - place) % 7))
    match = _WEEKDAY.fullmatch(text)
    named = match and next(
        (day for day in _WEEKDAYS if day == match[2] or day[: max(3, len(match[2]))] == match[2]), None
    )
    if match is None or named is None:
        return None
    back = (today.weekday() - _WEEKDAYS.index(named)) % 7
    if match[1] == "next":
        return _shifted(today, 7 - back)
    return _shifted(today, -(back or 7) if match[1] == "last" else -back)


def _near(month: int, day: int, today: date) -> date | None:
    """A day without a year, in the year that is nearest."""
    found = _date(today.year, month, day)
    if found is None or abs(found - today) <= _HALF_A_YEAR:
        return found
    return _date(today.year + (1 if found < today else -1), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


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
