"""Civil dates, leap seconds and terrestrial time, in whole-number arithmetic.

`tai_s` counts atomic (SI) seconds; its zero is chosen so that UTC second 0 of 2000-01-01, plus
TAI - UTC at that moment, is the count. `tt_day` is days of terrestrial time since J2000.0.
"""

import re
from bisect import bisect_right
from functools import lru_cache

from game.environment.limits import check_finite
from game.environment.tables import table_rows
from game.units import JULIAN_DAY_S, TT_MINUS_TAI_S, Numeric

FIRST_YEAR = 1972  # leap seconds begin
LAST_YEAR = 2049  # the approximate planetary elements of earth.py end in 2050

_DAY_S = int(JULIAN_DAY_S)
_SHAPE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d{1,6})?))?)?\s*(?:Z|UTC|\+00:00)?",
    re.ASCII,
)


def day_number(year: int, month: int, day: int) -> int:
    """Return whole days from 2000-01-01 to a Gregorian date [day].

    References
    ----------
    .. [1] H. F. Fliegel, T. C. Van Flandern, "A machine algorithm for processing calendar
       dates", Communications of the ACM 11, 1968, 657.
    """
    late = -1 if month <= 2 else 0
    julian = (
        day
        - 32075
        + 1461 * (year + 4800 + late) // 4
        + 367 * (month - 2 - late * 12) // 12
        - 3 * ((year + 4900 + late) // 100) // 4
    )
    return julian - 2451545


def civil_date(day: int) -> tuple[int, int, int]:
    """Return (year, month, day of month) of a number of days since 2000-01-01.

    References
    ----------
    .. [1] Fliegel & Van Flandern (1968), the inverse of `day_number`.
    """
    rest = day + 2451545 + 68569
    century = 4 * rest // 146097
    rest -= (146097 * century + 3) // 4
    year = 4000 * (rest + 1) // 1461001
    rest = rest - 1461 * year // 4 + 31
    month = 80 * rest // 2447
    day_of_month = rest - 2447 * month // 80
    rest = month // 11
    return 100 * (century - 49) + year + rest, month + 2 - 12 * rest, day_of_month


@lru_cache(maxsize=1)
def _leaps() -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return (day number, TAI-UTC, first tai_s) of every change of TAI-UTC."""
    days, offsets = [], []
    for date, offset in table_rows("leap_seconds")[1:]:
        year, month, day = date.split("-")
        days.append(day_number(int(year), int(month), int(day)))
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
    """
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a UTC time such as 2021-05-14T23:00:00Z")
    year, month, day, hour, minute = (int(group or 0) for group in found.groups()[:5])
    second = float(found[6] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r}: dates from {FIRST_YEAR} to {LAST_YEAR} are supported")
    number = day_number(year, month, day)
    days, offsets, _ = _leaps()
    index = bisect_right(days, number) - 1
    is_leap_minute = number + 1 in days[1:] and (hour, minute) == (23, 59)
    exists = 1 <= month <= 12 and civil_date(number) == (year, month, day)
    if not exists or hour > 23 or minute > 59 or second >= 60 + is_leap_minute:
        raise ValueError(f"{text!r}: there is no such date or time of day")
    return number * _DAY_S + hour * 3600 + minute * 60 + second + offsets[index]


def utc_text(at_tai_s: float, decimals: int = 0) -> str:
    """Return ISO 8601 text with Z of an atomic second, rounded to so many decimals of a second."""
    check_finite("an atomic second", at_tai_s)
    scale = 10**decimals
    units = round(at_tai_s * scale)
    whole, part = divmod(units, scale)
    _, offsets, starts = _leaps()
    index = max(0, bisect_right(starts, whole) - 1)
    day, second = divmod(whole - offsets[index], _DAY_S)
    is_leap = index + 1 < len(starts) and whole == starts[index + 1] - 1
    if is_leap:
        day, second = day - 1, _DAY_S
    year, month, day_of_month = civil_date(day)
    hour, minute = min(23, second // 3600), min(59, second // 60 - 60 * min(23, second // 3600))
    second -= hour * 3600 + minute * 60
    fraction = f".{part:0{decimals}d}" if decimals else ""
    return (
        f"{year:04d}-{month:02d}-{day_of_month:02d}T{hour:02d}:{minute:02d}:{second:02d}{fraction}Z"
    )


def tt_day(at_tai_s: Numeric) -> Numeric:
    """Return days of terrestrial time since J2000.0 (JD 2451545.0 TT) [day]."""
    check_finite("an atomic second", at_tai_s)
    return (at_tai_s + TT_MINUS_TAI_S) / JULIAN_DAY_S - 1 / 2
