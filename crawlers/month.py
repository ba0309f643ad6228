"""The month a URL is filed under: partition of the crawl, unit of backfill and coverage. Never from lastmod."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import regex

from crawlers.discovery.listed import Item

FIRST_DAY = date(1995, 1, 1)
"""No Vietnamese publisher was on the web before."""
AHEAD = timedelta(days=2)
"""Clocks of servers and zones differ; a day further on is no day of publication."""

_DASHED = regex.compile(r"(\d{4})([-_])(\d\d)\2(\d\d)(?:-(?=\D).*)?")  # a whole segment, or the start of one: Jekyll
_TOKEN = regex.compile(r"(?<![0-9A-Za-z])(\d{4})(\d\d)(\d\d)(?![0-9A-Za-z])")
_STAMP = regex.compile(r"(?:.*[-_])?(\d{14,18})(?:\.[a-z]{3,5})?", regex.IGNORECASE)
_SHORT = regex.compile(r"\d{1,2}")
_DIGITS = regex.compile(r"\d{4}")  # no date without
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MONTH = regex.compile(r"0?[1-9]|1[0-2]")
_YEAR_MONTH = regex.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])")
_SUFFIX = regex.compile(r"\.[A-Za-z]{2,5}$")
# Digits that lead to YYMMDD and a time of day; `20` in front of YY, or a prefix of the CMS (IMS: 102, 119, 185, 20).
_STAMP_FORMS = {14: (2,), 16: (2,), 17: (2, 3), 18: (3,)}


def month_of(url: str, item: Item | None, discovered_on: date, *, not_before: date | None = None) -> tuple[str, int]:
    """(`YYYY-MM`, rank): rank 0 date in the URL, 1 the listing's item, 2 news:publication_date, 3 month of discovery.

    item           what the list said, None: found otherwise
    discovered_on  day in Vietnam on which the URL was first seen; days later than two after it are not believed
    not_before     days before it are not believed, nor are those before 1995
    refusals       a number that only looks like a date, a day that does not exist, two different dates in one URL: the
                   next rank is asked
    """
    first = max(not_before or FIRST_DAY, FIRST_DAY)
    last = discovered_on + AHEAD
    found = _url_month(url, first, last)
    if found is not None:
        return f"{found[0]:04}-{found[1]:02}", 0
    if item is not None and item.published_on is not None and first <= item.published_on <= last:
        return f"{item.published_on:%Y-%m}", 2 if item.date_origin == "news" else 1
    return f"{discovered_on:%Y-%m}", 3


def _url_month(url: str, first: date, last: date) -> tuple[int, int] | None:
    """Year and month of the one date in the path; None: none, or several."""
    try:
        segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    except ValueError:
        return None
    if not any(map(_DIGITS.search, segments)):  # most have no date: done
        return None
    days = {day for day in _days(segments) if first <= day <= last}
    months = {(year, month) for year, month in _months(segments) if _overlaps(year, month, first, last)}
    months |= {(day.year, day.month) for day in days}
    return months.pop() if len(months) == 1 and len(days) <= 1 else None


def _days(segments: list[str]) -> Iterator[date]:
    for at, segment in enumerate(segments):
        if dashed := _DASHED.fullmatch(_SUFFIX.sub("", segment)):
            yield from _day(dashed[1], dashed[3], dashed[4])
        for token in _TOKEN.finditer(segment):
            yield from _day(*token.groups())
        if at + 2 < len(segments) and _is_year_and_month(segments, at) and _SHORT.fullmatch(segments[at + 2]):
            yield from _day(segment, segments[at + 1], segments[at + 2])
    if segments and (stamp := _STAMP.fullmatch(segments[-1])):
        yield from _stamps(stamp[1])


def _months(segments: list[str]) -> Iterator[tuple[int, int]]:
    """`/2024/05/` followed by anything but a day; `/202405/` followed by anything."""
    for at in range(len(segments) - 1):
        if joined := _YEAR_MONTH.fullmatch(segments[at]):
            yield int(joined[1]), int(joined[2])
        if _is_year_and_month(segments, at) and len(segments[at + 1]) == 2:
            behind = segments[at + 2] if at + 2 < len(segments) else ""
            if not _SHORT.fullmatch(behind):
                yield int(segments[at]), int(segments[at + 1])


def _is_year_and_month(segments: list[str], at: int) -> bool:
    return _YEAR.fullmatch(segments[at]) is not None and _MONTH.fullmatch(segments[at + 1]) is not None


def _stamps(digits: str) -> Iterator[date]:
    """Ids of IMS and its like: a prefix, yyMMddHHmmss and fractions; or yyyyMMddHHmmss with or without fractions."""
    for skip in _STAMP_FORMS.get(len(digits), ()):
        if skip == 2 and len(digits) != 17 and not digits.startswith("20"):
            continue
        rest = digits[skip:]
        hour, minute, second = int(rest[6:8]), int(rest[8:10]), int(rest[10:12])
        if hour < 24 and minute < 60 and second < 60:
            yield from _day("20" + rest[:2], rest[2:4], rest[4:6])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _overlaps(year: int, month: int, first: date, last: date) -> bool:
    return date(year, month, 1) <= last and first <= date(year, month, monthrange(year, month)[1])
