"""Civil dates, leap seconds and terrestrial time, in whole-number arithmetic.

`tai_s` counts atomic (SI) seconds; its zero is chosen so that UTC second 0 of 2000-01-01, plus
TAI - UTC at that moment, is the count. `tt_day` is days of terrestrial time since J2000.0.
"""

import re
from bisect import bisect_right
from datetime import date
from functools import lru_cache

from game.environment.limits import FIRST_YEAR, LAST_YEAR, check_finite
from game.environment.tables import table_rows
from game.units import (
    DAY_H,
    DECADE,
    HOUR_MIN,
    HOUR_S,
    J2000_DATE,
    JULIAN_DAY_S,
    MINUTE_S,
    TT_MINUS_TAI_S,
    Numeric,
)

_DAY_S = int(JULIAN_DAY_S)
_ZERO = date.fromisoformat(J2000_DATE).toordinal()
_SHAPE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d{1,6})?))?)?\s*(?:Z|UTC|\+00:00)?",
    re.ASCII,
)


def day_number(day: date) -> int:
    """Return whole days from 2000-01-01 to a date: definition of the Gregorian calendar [day]."""
    return day.toordinal() - _ZERO


def civil_date(day: int) -> date:
    """Return the date so many days after 2000-01-01: definition of the Gregorian calendar.

    Raises
    ------
    ValueError
        Outside the years 1 to 9999.
    """
    try:
        return date.fromordinal(day + _ZERO)
    except (OverflowError, ValueError):
        raise ValueError(f"the calendar has no day {day} since {J2000_DATE}") from None


FIRST_DAY = day_number(date(FIRST_YEAR, 1, 1)) - 1  # a day wider than the years, for rounding
LAST_DAY = day_number(date(LAST_YEAR + 1, 1, 1))


@lru_cache(maxsize=1)
def _leaps() -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return (day number, TAI-UTC, first tai_s) of every change of TAI-UTC."""
    days, offsets = [], []
    for day, offset in table_rows("leap_seconds")[1:]:
        days.append(day_number(date.fromisoformat(day)))
        offsets.append(int(offset))
    starts = tuple(day * _DAY_S + offset for day, offset in zip(days, offsets, strict=True))
    return tuple(days), tuple(offsets), starts


@lru_cache(maxsize=256)
def tai_s(text: str) -> float:
    """Return the atomic second of a UTC date and time such as 2021-05-14T23:00:00Z [s].

    Raises
    ------
    ValueError
        If the text is no date, the date does not exist, or it is outside 1972 to 2049.

    References
    ----------
    .. [1] Definition of UTC: ITU-R TF.460; IERS Bulletin C (leap seconds).
    """
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a UTC time such as 2021-05-14T23:00:00Z")
    year, month, day, hour, minute = (int(group or 0) for group in found.groups()[:5])
    second = float(found[6] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r}: dates from {FIRST_YEAR} to {LAST_YEAR} are supported")
    days, offsets, _ = _leaps()
    missing = ValueError(f"{text!r}: there is no such date or time of day")
    try:
        number = day_number(date(year, month, day))
    except ValueError:
        raise missing from None
    is_leap_minute = number + 1 in days[1:] and (hour, minute) == (DAY_H - 1, HOUR_MIN - 1)
    if hour >= DAY_H or minute >= HOUR_MIN or second >= MINUTE_S + is_leap_minute:
        raise missing
    index = bisect_right(days, number) - 1
    return number * _DAY_S + hour * HOUR_S + minute * MINUTE_S + second + offsets[index]


def utc_text(at_tai_s: float, decimals: int = 0) -> str:
    """Return ISO 8601 text with Z of an atomic second, rounded to so many decimals of a second.

    Definition of UTC as in `tai_s`; a leap second is called 23:59:60.
    """
    check_finite("an atomic second", at_tai_s)
    scale = DECADE**decimals
    units = round(at_tai_s * scale)
    whole, part = divmod(units, scale)
    _, offsets, starts = _leaps()
    index = max(0, bisect_right(starts, whole) - 1)
    day, second = divmod(whole - offsets[index], _DAY_S)
    is_leap = index + 1 < len(starts) and whole == starts[index + 1] - 1
    if is_leap:
        day, second = day - 1, _DAY_S
    minute_of_day = min(second, _DAY_S - 1) // MINUTE_S
    hour, minute = divmod(minute_of_day, HOUR_MIN)
    second -= minute_of_day * MINUTE_S
    fraction = f".{part:0{decimals}d}" if decimals else ""
    return f"{civil_date(day).isoformat()}T{hour:02d}:{minute:02d}:{second:02d}{fraction}Z"


def tt_day(at_tai_s: Numeric) -> Numeric:
    """Return days of terrestrial time since J2000.0 (JD 2451545.0 TT), by definition [day]."""
    check_finite("an atomic second", at_tai_s)
    return (at_tai_s + TT_MINUS_TAI_S) / JULIAN_DAY_S - 1 / 2
