"""Days of the Vietnamese lunar calendar in the solar one.

Months begin on the day of the new moon in Vietnam (UTC+7); the month of the winter solstice is the eleventh; of
thirteen months between two solstices the first without a principal term is the leap one. Tết may differ from China's.
Sources: Decision 121/CP of 8 August 1967 (UTC+7 from 1968); Jean Meeus, Astronomical Algorithms (new moon, chapter 49,
longitude of the sun, chapter 25), in the series of Hồ Ngọc Đức's description of the calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, radians, sin

FIRST_YEAR, LAST_YEAR = 1968, 2099
"""Before, the calendar followed UTC+8; later, the series are not precise enough."""
_ZONE = 7 / 24
_SYNODIC = 29.530588853
_EPOCH = 2415021.076998695
_DAY_ZERO = 1721425
"""Julian day number at noon of the day before 1 January of year 1, whose ordinal is 0."""


def solar_day(day: int, month: int, year: int, *, leap: bool = False) -> date | None:
    """The solar day of a lunar one. None: no such day, or a year outside FIRST_YEAR to LAST_YEAR.

    leap  of the second of two months with this number
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    first_year = year - 1 if month < 11 else year
    eleventh, next_eleventh = _eleventh_month(first_year), _eleventh_month(first_year + 1)
    number = floor(0.5 + (eleventh - _EPOCH) / _SYNODIC)
    months = (month - 11) % 12
    if next_eleventh - eleventh > 365:
        extra = _leap_month(eleventh)
        if leap and months + 1 != extra:
            return None
        months += leap or months >= extra
    elif leap:
        return None
    start = _new_moon(number + months)
    if start + day - 1 >= _new_moon(number + months + 1):
        return None  # a month of 29 days
    return date.fromordinal(start - _DAY_ZERO) + timedelta(day - 1)


@lru_cache(maxsize=512)
def _new_moon(number: int) -> int:
    """Julian day number, in Vietnam, of the number-th new moon since January 1900."""
    t = number / 1236.85
    moon = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    moon += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    own = radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    moon += (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(own) + 0.0161 * sin(2 * own)
    moon += -0.0004 * sin(3 * own) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + own) - 0.0074 * sin(sun - own)
    moon += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + own)
    moon += 0.0010 * sin(2 * node - own) + 0.0005 * sin(2 * own + sun)
    moon -= -0.000278 + 0.000265 * t + 0.000262 * t**2  # dynamical to universal time
    return floor(moon + 0.5 + _ZONE)


def _sun_sector(day: int) -> int:
    """Which twelfth of its way the sun is in at the start of a day in Vietnam, 0 from the spring equinox."""
    t = (day - 2451545.5 - _ZONE) / 36525
    mean = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(mean)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean)
    return floor(radians(longitude) % (2 * pi) / pi * 6)


@lru_cache(maxsize=256)
def _eleventh_month(year: int) -> int:
    """Julian day number on which the lunar month with the winter solstice of a solar year begins."""
    last = date(year, 12, 31).toordinal() + _DAY_ZERO
    number = floor((last - 2415021) / _SYNODIC)
    start = _new_moon(number)
    return _new_moon(number - 1) if _sun_sector(start) >= 9 else start


def _leap_month(eleventh: int) -> int:
    """Months from the eleventh one to the leap one that follows."""
    number = floor(0.5 + (eleventh - _EPOCH) / _SYNODIC)
    months, last, now = 1, -1, _sun_sector(_new_moon(number + 1))
    while now != last and months < 14:
        last, months = now, months + 1
        now = _sun_sector(_new_moon(number + months))
    return months - 1
