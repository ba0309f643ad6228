"""What a date as written can mean: the parts that were written, and the days they cover once the rest is known.

One file: the value types of the grammar and the arithmetic that fills their gaps, without a word of Vietnamese.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from typing import NamedTuple

from pipelines.normalize.lunar import solar_day
from pipelines.values import value

_MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_REACH = 100
"""Days from the anchor within which a lunar day without a year is meant."""
VIETNAM = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh has kept UTC+7 without summer time since 1975; older instants do not occur on the web."""


@value
class DateMention:
    """One date, time, period or duration as a text mentions it.

    kind        date, datetime, month, year, period, range, duration, recurring, lunar, reference
    iso         canonical ISO 8601: `2023-11-24`, `2023-11-24T15:20`, `2023-11`, `2023`, intervals `a/b` with `..` for
                an open end, durations `P10Y`, recurring days `--09-02`; '' for reference; of a lunar day the
                solar one, '' where that is not known
    start_date, end_date
                first and last calendar day covered; None where open, and for durations, recurring, reference.
                A clock time with a zone counts by its day in Vietnam
    precision   second, minute, day, week, month, quarter, half, months, year, years, decade, term, school_year, period;
                mixed for ranges whose ends differ
    part_of_day rạng sáng, sáng, trưa, chiều, tối, đêm, or None
    start, end  code points of the text as given, end exclusive
    weekday_mismatch
                the text states a weekday which the date is not; the date wins
    """

    kind: str
    iso: str
    start_date: date | None
    end_date: date | None
    precision: str
    part_of_day: str | None
    start: int
    end: int
    weekday_mismatch: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. zone: minutes east of Greenwich, None where none is written. known: False for `24h`, `12h đêm`."""

    hour: int
    minute: int
    second: int | None = None
    zone: int | None = None
    known: bool = True

    def iso(self) -> str:
        text = f"T{self.hour:02}:{self.minute:02}" + ("" if self.second is None else f":{self.second:02}")
        if self.zone is None:
            return text
        sign = "-" if self.zone < 0 else "+"
        return f"{text}{sign}{abs(self.zone) // 60:02}:{abs(self.zone) % 60:02}"


class Value(NamedTuple):
    """Resolved meaning. first, last: the days covered; iso: canonical; level: its precision as one end of a range."""

    kind: str
    iso: str
    first: date | None
    last: date | None
    precision: str
    mismatch: bool = False


@dataclass(slots=True)
class Part:
    """A date as written, before anything missing is filled in.

    level     day, week, month, quarter, half, months, year, years, decade, term, school_year, now; or fixed: lunar,
              reference, recurring, duration (then `iso` says what it is)
    first, last
              of quarters, halves, months: the first and last month (1 to 12); of years, decade …: years;
    relative  days, weeks, months, quarters or years (by level) counted from the anchor: hôm qua -1
    year_relative
              the year, counted from the anchor's: `năm ngoái` -1
    month_relative
              of a day, its month, counted from the anchor's: `ngày 15 tháng trước` -1
    direction -1 before the anchor (`vừa qua`), +1 at or after it (`tới`), 0 at or before it
    until     of a day, the clock time it ends at (`8h đến 11h ngày 5/7`)
    start     position in the folded text; stop: the token after the last
    """

    level: str
    start: int
    stop: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    first: int = 0
    last: int = 0
    relative: int | None = None
    year_relative: int | None = None
    month_relative: int | None = None
    direction: int = 0
    clock: Clock | None = None
    until: Clock | None = None
    part_of_day: str | None = None
    weekday: int | None = None
    iso: str = ""
    precision: str = ""
    bare: bool = False

    def dated(self) -> bool:
        """Whether it says its year."""
        if self.year is not None or self.relative is not None:
            return True
        return self.year_relative is not None or self.month_relative is not None


def _month_length(year: int, month: int) -> int:
    """In days; calendar.monthrange would work out a weekday as well."""
    return 29 if month == 2 and isleap(year) else _MONTH_LENGTHS[month]


def possible(day: int, month: int, year: int | None) -> bool:
    """Whether such a day exists (without a year: in some year)."""
    if year is None:
        year = 2000
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= _month_length(year, month)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if possible(day, month, year) else None


def century(year: int) -> int:
    """Two-digit years: 00-69 are 20xx, 70-99 are 19xx."""
    return year + (2000 if year < 70 else 1900)


def _nearest_day(part: Part, anchor: date) -> date | None:
    """The day without a year: at or before the anchor; with `tới` at or after it; with `vừa qua` before it.

    Only the years that can hold it are tried: a 29 February seen from a year without one before it is unknown.
    """
    assert part.month is not None and part.day is not None
    for year in (anchor.year, anchor.year + (1 if part.direction > 0 else -1)):
        day = _day(year, part.month, part.day)
        if day is None:
            continue
        if day == anchor:
            fits = part.direction >= 0
        else:
            fits = (day > anchor) == (part.direction > 0)
        if fits:
            return day
    return None


def _lunar_day(part: Part, anchor: date | None) -> date | None:
    """The solar day of a lunar one; without a year the one nearest the anchor, on either side: feasts are announced.
    Unknown where that is a season away."""
    if part.day is None or part.month is None:
        return None
    if part.year is not None:
        return solar_day(part.day, part.month, part.year)
    if anchor is None:
        return None
    found = (solar_day(part.day, part.month, year) for year in (anchor.year - 1, anchor.year, anchor.year + 1))
    days = [day for day in found if day is not None and (day - anchor).days * part.direction >= 0]
    near = min(days, key=lambda day: abs((day - anchor).days), default=None)
    return near if near is not None and abs((near - anchor).days) <= _LUNAR_REACH else None


def _year(part: Part, anchor: date | None) -> int | None:
    if part.year is not None:
        return part.year
    if part.year_relative is not None and anchor is not None:
        return anchor.year + part.year_relative
    return None


def _nearest_year(first_month: int, direction: int, anchor: date, reach: int) -> int | None:
    """The year of a month or quarter without one. Not yet begun, it may be planned or be last year's: then unknown,
    unless it lies no more than `reach` months back."""
    if direction > 0:
        return anchor.year if first_month >= anchor.month else anchor.year + 1
    if first_month <= anchor.month - (direction < 0):
        return anchor.year
    return anchor.year - 1 if anchor.month + 12 - first_month <= reach else None


def _months(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def _span(
    kind: str, iso: str, first_year: int, first_month: int, last_year: int, last_month: int, precision: str
) -> Value:
    first = date(first_year, first_month, 1)
    last = date(last_year, last_month, _month_length(last_year, last_month))
    return Value(kind, iso or f"{first}/{last}", first, last, precision)


def resolve(part: Part, anchor: date | None) -> Value | None:
    """The days a part covers; None where it needs an anchor there is not, or no such day exists."""
    try:
        return _resolve(part, anchor)
    except (ValueError, OverflowError):  # outside the years 1 to 9999
        return None


def _resolve(part: Part, anchor: date | None) -> Value | None:
    level = part.level
    if level == "lunar":
        day = _lunar_day(part, anchor)
        return Value(level, day.isoformat() if day else "", day, day, part.precision)
    if level in {"reference", "recurring", "duration"}:
        return Value(level, part.iso, None, None, part.precision)
    if level in {"day", "now"}:
        return _resolve_day(part, anchor)
    if part.relative is not None and anchor is None:
        return None
    if level == "week" and anchor is not None:
        monday = anchor + timedelta(days=-anchor.weekday() + 7 * (part.relative or 0))
        if part.weekday is not None:
            day = monday + timedelta(days=part.weekday)
            return Value("date", day.isoformat(), day, day, "day")
        return Value("period", f"{monday}/{monday + timedelta(days=6)}", monday, monday + timedelta(days=6), "week")
    if level == "month":
        return _resolve_month(part, anchor)
    if level in {"quarter", "half", "months"}:
        return _resolve_months_of_year(part, anchor)
    if level in {"years", "decade", "term", "school_year"}:
        return _span("period", f"{part.first}/{part.last}", part.first, 1, part.last, 12, level)
    if part.relative is not None and anchor is not None:
        year: int | None = anchor.year + part.relative
    else:
        year = _year(part, anchor)
    return None if year is None else _span("year", f"{year:04}", year, 1, year, 12, "year")


def _resolve_day(part: Part, anchor: date | None) -> Value | None:
    day: date | None
    if part.relative is not None or part.level == "now":
        day = None if anchor is None else anchor + timedelta(days=part.relative or 0)
    elif part.day is None:
        return None
    elif part.month is None:  # ngày 15 tháng trước
        if anchor is None or part.month_relative is None:
            return None
        day = _day(*_months(anchor.year, anchor.month, part.month_relative), part.day)
    else:
        year = _year(part, anchor)
        if year is not None:
            day = _day(year, part.month, part.day)
        elif anchor is None or part.year_relative is not None:
            day = None
        else:
            day = _nearest_day(part, anchor)
    if day is None:
        return None
    mismatch = part.weekday is not None and part.weekday != day.weekday()
    clock = part.clock
    if clock is None or not clock.known:
        return Value("date", day.isoformat(), day, day, "day", mismatch)
    precision = "minute" if clock.second is None else "second"
    here = day
    if clock.zone is not None:
        shifted = clock.hour * 60 + clock.minute - clock.zone + 7 * 60
        here = day + timedelta(days=shifted // (24 * 60))
    iso = day.isoformat() + clock.iso()
    if part.until is None:
        return Value("datetime", iso, here, here, precision, mismatch)
    if not part.until.known or part.until.hour * 60 + part.until.minute < clock.hour * 60 + clock.minute:
        return Value("date", day.isoformat(), day, day, "day", mismatch)
    return Value("range", f"{iso}/{day}{part.until.iso()}", here, here, precision, mismatch)


def _resolve_month(part: Part, anchor: date | None) -> Value | None:
    if part.relative is not None and anchor is not None:
        year, month = _months(anchor.year, anchor.month, part.relative)
        return _span("month", f"{year:04}-{month:02}", year, month, year, month, "month")
    assert part.month is not None
    known = _year(part, anchor)
    if known is None and anchor is not None and part.year_relative is None:
        known = _nearest_year(part.month, part.direction, anchor, reach=4)
    if known is None:
        return None
    return _span("month", f"{known:04}-{part.month:02}", known, part.month, known, part.month, "month")


def _resolve_months_of_year(part: Part, anchor: date | None) -> Value | None:
    if part.relative is not None and anchor is not None:  # quý trước
        quarter_start = (anchor.month - 1) // 3 * 3 + 1
        year, month = _months(anchor.year, quarter_start, 3 * part.relative)
        return _span("period", "", year, month, year, month + 2, "quarter")
    known = _year(part, anchor)
    if known is None and anchor is not None and part.year_relative is None:
        known = _nearest_year(part.first, 0, anchor, reach=4) if part.level == "quarter" else anchor.year
    return None if known is None else _span("period", "", known, part.first, known, part.last, part.level)


def borrow(first: Part, second: Part) -> Part | None:
    """The first end of a range with what it lacks taken from the second, so that it does not come after it.

    `3 đến 5/8/2022` 3 August; `30/12 đến 2/1/2023` 30 December 2022; `28 đến 2/7` 28 June. None: no such day.
    """
    if first.level == "day" and second.level == "day" and first.relative is None and second.month is not None:
        assert first.day is not None and second.day is not None
        month, year = first.month, first.year
        if month is None and first.month_relative is None:
            month = second.month
            if first.day > second.day:
                month = month - 1 or 12
        if month is None:
            return first
        if not first.dated() and second.year is not None:
            year = second.year - ((month, first.day) > (second.month, second.day))
        filled = replace(first, month=month, year=year, direction=second.direction)
        if not first.dated() and second.year_relative is not None:
            filled.year_relative = second.year_relative - ((month, first.day) > (second.month, second.day))
        return filled if possible(first.day, month, year) else None
    if first.level in {"month", "quarter"} and second.level == first.level and not first.dated():
        ours, theirs = first.month or first.first, second.month or second.first
        later = ours > theirs
        year = None if second.year is None else second.year - later
        relative = None if second.year_relative is None else second.year_relative - later
        return replace(first, year=year, year_relative=relative)
    return first


def lend(first: Part, second: Part) -> Part:
    """The second end of a range with the year of the first: `3/8/2022 đến 5/8`."""
    if second.dated() or first.year is None or second.level not in {"day", "month", "quarter"}:
        return second
    ours, theirs = (first.month or first.first, first.day or 0), (second.month or second.first, second.day or 0)
    return replace(second, year=first.year + (theirs < ours))


def join(first: Part | None, last: Part | None, anchor: date | None) -> Value | None:
    """The range from one part to another; None as an end leaves it open. None: unknown, or the ends are reversed."""
    if first is not None and last is not None:
        borrowed = borrow(first, last)
        if borrowed is None:
            return None
        first, last = borrowed, lend(borrowed, last)
    begin = None if first is None else resolve(first, anchor)
    # Without a year both ends are of one year, or the first of the year before.
    if first is not None and last is not None and not first.dated() and first.level == last.level == "day":
        finish = resolve(last, anchor)
        if finish is not None and finish.first is not None and not last.dated() and last.relative is None:
            begin = resolve(borrow(first, replace(last, year=finish.first.year)) or first, anchor)
    else:
        finish = None if last is None else resolve(last, anchor)
    if (first is not None and begin is None) or (last is not None and finish is None):
        return None
    left = None if begin is None else begin.first
    right = None if finish is None else finish.last
    if (begin and left is None) or (finish and right is None) or (left and right and left > right):
        return None
    mismatch = bool((begin and begin.mismatch) or (finish and finish.mismatch))
    # A clock time at one end only would give the ends of the range two meanings.
    one_clock = begin is not None and finish is not None and begin.kind != finish.kind
    iso = "/".join(_end(value, day, one_clock) for value, day in ((begin, left), (finish, right)))
    steps = {"day" if one_clock and value.kind == "datetime" else value.precision for value in (begin, finish) if value}
    return Value("range", iso, left, right, steps.pop() if len(steps) == 1 else "mixed", mismatch)


def _end(value: Value | None, day: date | None, drop_clock: bool) -> str:
    if value is None or day is None:
        return ".."
    if value.kind == "period" or (drop_clock and value.kind == "datetime"):
        return day.isoformat()
    return value.iso
