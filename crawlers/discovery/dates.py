"""Days and moments as lists give them. The grammar is pipelines.normalize.dates; here is what a list makes doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache

import regex

from pipelines.normalize.dates import VIETNAM, Moment, metadata_moment
from pipelines.records import Unreadable

FIRST_YEAR = 1995
"""No Vietnamese publisher was on the web before; 0001, 1900 and 1970 are what programs print for `unknown`."""

_MAX_DATE_TEXT = 200
_NUMERIC = regex.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_HALF_DAY = regex.compile(r"\d\s*[ap]\.?m\b", regex.IGNORECASE)
_W3C = regex.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:[Zz]|[+-]\d\d(?::?\d\d)?)?)?")
_RFC_822 = regex.compile(
    r"""^(?:[a-z]{3,9},?\s+)? \d{1,2}\s+ [a-z]{3,9}\s+ (?:\d\d|[12]\d{3})\s+ (?P<clock>\d{1,2}:\d\d(?::\d\d)?)
        \s*(?P<zone>[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T|ICT|) (?:\s*\([^()]*\))? $""",
    regex.VERBOSE | regex.IGNORECASE | regex.ASCII,
)
_W3C_SHORT = regex.compile(r"(\d{4})(?:-(\d\d))?")


class Days:
    """Reads the days of one list, told all its date texts first: whether days or months come first shows on some only.

    texts    every date text of the list
    program  the texts are a program's (a feed). .NET under en-US prints `12/5/2025 7:20:00 PM`, month first: such texts
             are believed only if another of the list proves that days come first
    """

    def __init__(self, texts: Iterable[str], *, program: bool = False) -> None:
        pairs = [(int(m[1]), int(m[3])) for text in texts for m in _NUMERIC.finditer(text[:_MAX_DATE_TEXT])]
        months = sum(first <= 12 < second <= 31 for first, second in pairs)
        days = sum(second <= 12 < first <= 31 for first, second in pairs)
        self.month_first = months > 0 and days < max(2, 2 * months)  # else it is a slip of the pen, and no day itself
        self._day_first = days > 0
        self._program = program

    def day(self, text: str) -> date | None:
        """The calendar day in Vietnam that the text states; None: none, several, not whole, or doubtful."""
        if not text or len(text) > _MAX_DATE_TEXT:
            return None
        if _NUMERIC.search(text):
            if self.month_first:
                return None
            if self._program and not self._day_first and _HALF_DAY.search(text):
                return None
        return _day(text)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    moment = _moment(text)
    if moment is None or moment.precision in ("month", "year") or moment.weekday_mismatch:
        return None  # a weekday that is not the day's: one of the two is wrong
    return moment.day if moment.day.year >= FIRST_YEAR else None


def _moment(text: str) -> Moment | None:
    try:
        return metadata_moment(text)
    except Unreadable:
        instant = _rfc_822(text)
        return None if instant is None else Moment(instant.astimezone(VIETNAM).date(), instant, "second")


def changed_at(text: str | None) -> datetime | None:
    """lastmod, atom:updated and the like as an aware moment in UTC; None: unreadable or before FIRST_YEAR.

    text  W3C datetime at every precision (a day, month or year stands for its first moment), RFC 822, Vietnamese
          (`Thứ sáu, 05/12/2025 - 19:20`). Without a zone: Asia/Ho_Chi_Minh
    """
    text = (text or "").strip()
    if not text or len(text) > _MAX_DATE_TEXT:
        return None
    try:
        moment = _changed_at(text)
        if moment is None:
            return None
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
        return zoned.astimezone(UTC) if zoned.year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None


def _changed_at(text: str) -> datetime | None:
    if _W3C.fullmatch(text):
        return datetime.fromisoformat(text.upper().replace(",", ".").replace(" ", "T", 1).replace(" ", ""))
    if short := _W3C_SHORT.fullmatch(text):
        return datetime(int(short[1]), int(short[2] or 1), 1, tzinfo=VIETNAM)
    rfc = _rfc_822(text)
    if rfc is not None:
        return rfc
    moment = _moment(text)
    return None if moment is None else moment.instant or datetime.combine(moment.day, time(), VIETNAM)


def _rfc_822(text: str) -> datetime | None:
    """RFC 822 5.1, RFC 2822 4.3: years of two digits and zones by name, which no Vietnamese grammar needs to know."""
    shape = _RFC_822.search(text)
    if shape is None:
        return None
    zone = shape["zone"].upper()
    parts = parsedate_tz(text[: shape.end("clock")] + " " + {"": "+0700", "ICT": "+0700"}.get(zone, zone))
    if parts is None or parts[9] is None:
        return None
    try:
        return datetime(*parts[:6], tzinfo=timezone(timedelta(seconds=parts[9]))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
