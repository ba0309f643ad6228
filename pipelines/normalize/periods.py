"""Which dates of a text are stretches of time it reports on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta

from pipelines.normalize.date_values import DateMention
from pipelines.normalize.mentions import PeriodMention
from pipelines.normalize.period_places import compared, reported
from pipelines.normalize.spelling import plain

_STRETCHES = frozenset({"month", "quarter", "half", "months", "year", "years", "decade", "term", "school_year"})
_SINGLE = frozenset({"month", "year"})
_YEAR, _MONTH = 4, 7  # length of an ISO year, an ISO month
_SHORTEST = timedelta(days=27)  # from the first to the last of the days that are called a stretch of time here
_VAGUE = re.compile(r"(?:đầu|giữa|cuối) |.*\bnay$")
_SEASON = re.compile(r"(?:mùa|mùa [^\W\d_]+|vụ|vụ [^\W\d_]+|đông|hè) *$")


def periods_of(dates: Sequence[DateMention], text: str) -> list[PeriodMention]:
    """The periods among the dates of a text (`find_dates`), in the same order, with the same spans.

    kind      month, quarter, half, months, year, years (`giai đoạn 2013 – 2020`, `từ năm 2017 đến nay`), decade, term,
              school_year; days (`từ ngày 15/12/2022 đến ngày 14/6/2023`, four weeks or more, behind `từ`);
              of other ranges what their ends are
    days      start_date, end_date are the first and last day covered
    left out  days, weeks and short ranges of days; durations (`10 năm`), which say how long but not when; ranges with
              an open end (`trước năm 2020`, `đến năm 2020 và những năm tiếp theo`), which are aims or only half told;
              parts of a year that are not told exactly (`cuối năm 2022`, `mùa khô 2023 - 2024`); `năm nay`; what is
              only compared with (`so với 6 tháng đầu năm 2022`); years and months of documents, events, biographies
              (`period_places`)
    """
    found = []
    spelled, low = None, ""
    for mention in dates:
        kind = _kind(mention)
        if kind is None or mention.start_date is None or mention.end_date is None:
            continue
        if spelled is None:
            spelled = plain(text)
            low = spelled.low
        start, end = mention.start, mention.end
        if spelled.offsets is not None:
            start, end = bisect_left(spelled.offsets, start), bisect_left(spelled.offsets, end)
        if _told(kind, low, start, end):
            found.append(PeriodMention(kind, mention.start_date, mention.end_date, mention.start, mention.end))
    return found


def _told(kind: str, low: str, start: int, end: int) -> bool:
    """Whether the stretch at low[start:end] is reported on."""
    if kind in _SINGLE:
        return not _VAGUE.match(low, start, end) and reported(low, start, end, kind)
    if kind == "days" and not low.startswith("từ", start):
        return False  # `(27/7/1947 - 27/7/2023)`: an anniversary
    if kind == "years" and _SEASON.search(low, max(0, start - 16), start):
        return False
    return not compared(low, start)


def _kind(mention: DateMention) -> str | None:
    if mention.kind in {"period", "year", "month"}:
        return mention.precision if mention.precision in _STRETCHES else None
    if mention.kind != "range":
        return None
    if mention.precision in _STRETCHES:
        return {"month": "months", "year": "years"}.get(mention.precision, mention.precision)
    if mention.precision == "day" and mention.start_date is not None and mention.end_date is not None:
        return "days" if mention.end_date - mention.start_date >= _SHORTEST else None
    ends = {len(end) for end in mention.iso.split("/")}
    if mention.precision != "mixed" or not ends & {_YEAR, _MONTH}:
        return None
    return "years" if _YEAR in ends else "months"
