"""Which dates of a text are stretches of time it reports on."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.normalize.date_values import DateMention
from pipelines.normalize.mentions import PeriodMention

_STRETCHES = frozenset({"month", "quarter", "half", "months", "year", "years", "decade", "term", "school_year"})
_YEAR, _MONTH = 4, 7  # length of an ISO year, an ISO month


def periods_of(dates: Sequence[DateMention]) -> list[PeriodMention]:
    """The periods among the dates of a text (`find_dates`), in the same order, with the same spans.

    kind      month, quarter, half, months, year, years (`giai đoạn 2013 – 2020`, `từ năm 2017 đến nay`), decade, term,
              school_year; of ranges what their ends are
    days      start_date, end_date are the first and last day covered
    left out  days, weeks and ranges of days; durations (`10 năm`), which say how long but not when; ranges with an
              open end (`trước năm 2020`, `đến năm 2020 và những năm tiếp theo`), which are aims or only half told;
              `cùng kỳ năm 2022`, which is only compared with
    """
    found = []
    for mention in dates:
        kind = _kind(mention)
        if kind and mention.start_date is not None and mention.end_date is not None:
            found.append(PeriodMention(kind, mention.start_date, mention.end_date, mention.start, mention.end))
    return found


def _kind(mention: DateMention) -> str | None:
    if mention.kind in {"period", "year", "month"}:
        return mention.precision if mention.precision in _STRETCHES else None
    if mention.kind != "range":
        return None
    if mention.precision in _STRETCHES:
        return {"month": "months", "year": "years"}.get(mention.precision, mention.precision)
    ends = {len(end) for end in mention.iso.split("/")}
    if mention.precision != "mixed" or not ends & {_YEAR, _MONTH}:
        return None
    return "years" if _YEAR in ends else "months"
