"""How often a publisher publishes, from days of its items: cautious, and silent where too little is known. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

LOOKED_AT_D = 60
"""Days before the newest item by which the rhythm is told: a paper that grew is what it is today."""
_FEW_DAYS, _FEW_ITEMS = 12, 8
_SILENT_D = 30
_A_GAP_D = 45
"""Items farther apart were not read one after the other: what lies between is unknown."""
_DAILY, _WEEKDAYS, _WEEKENDS = 0.75, 0.6, 0.15
_WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """rhythm: of crawlers.source.RHYTHMS. evidence: a sentence for a comment."""

    rhythm: str | None = None
    min_per_month: int | None = None
    since: date | None = None
    evidence: str = "too few days of items are known"


def rhythm_of(days: Iterable[date], *, today: date, complete: bool) -> Rhythm:
    """The rhythm that days of items tell.

    days      one for each item, any order
    today     in Vietnam; later days are no evidence
    complete  the days are those of all bulletins there are, so that the oldest is the first
    since     only if complete, the first of January of its year: an item before `since` would not be fetched
    """
    known = sorted(day for day in days if day <= today)
    if not known:
        return Rhythm()
    recent = _recent(known)
    since = date(known[0].year, 1, 1) if complete and len(known) >= _FEW_ITEMS else None
    told = f"{len(known)} items dated {known[0]} to {known[-1]}"
    if (today - known[-1]).days > _SILENT_D:
        return Rhythm(None, None, since, f"{told}: nothing newer, so it may have stopped or moved")
    span = (recent[-1] - recent[0]).days + 1
    if len(recent) < _FEW_ITEMS or span < _FEW_DAYS:
        return Rhythm(None, None, since, f"{told}: too few for a rhythm")
    return Rhythm(_word(recent, span), _least_month(known), since, told)


def _recent(known: Sequence[date]) -> list[date]:
    """Items from the newest down to a gap, at most LOOKED_AT_D days."""
    found = [known[-1]]
    for day in reversed(known[:-1]):
        if known[-1] - day > timedelta(days=LOOKED_AT_D) or found[-1] - day > timedelta(days=_A_GAP_D):
            break
        found.append(day)
    return found[::-1]


def _word(recent: Sequence[date], span: int) -> str:
    with_items = set(recent)
    all_days = [recent[0] + timedelta(days=n) for n in range(span)]
    work = [day for day in all_days if day.weekday() < _WORKDAYS]
    rest = [day for day in all_days if day.weekday() >= _WORKDAYS]
    at_work, at_rest = (sum(day in with_items for day in part) / max(1, len(part)) for part in (work, rest))
    if at_work >= _WEEKDAYS and at_rest <= _WEEKENDS:
        return "weekdays"
    if len(with_items) >= _DAILY * span:
        return "daily"
    gaps = [(after - before).days for before, after in zip(sorted(with_items), sorted(with_items)[1:], strict=False)]
    if gaps and 5 <= median(gaps) <= 9 and max(gaps) <= 21:
        return "weekly"
    return "irregular"


def _least_month(known: Sequence[date]) -> int | None:
    """Half of the poorest of the last twelve whole months between the first and the last; None: no whole month, or one
    without any item, or hardly one."""
    counts = Counter((day.year, day.month) for day in known)
    whole = list(_months_between(known[0], known[-1]))[-12:]
    if not whole:
        return None
    return min(counts[month] for month in whole) // 2 or None


def _months_between(first: date, last: date) -> Iterable[tuple[int, int]]:
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if (year, month) >= (last.year, last.month):
            return
        yield year, month
