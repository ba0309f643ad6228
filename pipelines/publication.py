"""Dates of a bulletin as candidates: one place that turns a label or machine value into a `Candidate` or refuses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

import regex

from pipelines.normalize.dates import VIETNAM, Moment, metadata_moment, publication_moment
from pipelines.records import Candidate, Unreadable

_EMPTY_DAYS = frozenset(
    date.fromisoformat(day)
    for day in ("0001-01-01", "1601-01-01", "1753-01-01", "1899-12-30", "1900-01-01", "1969-12-31", "1970-01-01")
)
"""What software writes where it knows no day: the zero of its calendar (.NET, Windows, SQL Server, OLE, Unix)."""
_EMPTY_MIDNIGHTS = frozenset((date(1980, 1, 1),))
"""The zero of DOS; believed where it is printed, or has a clock time."""

_DAY_MONTH = regex.compile(r"(?<!\d)(\d{1,2}[/.-])(\d{1,2}[/.-])(?=\d{4})")
EARLIEST = date(1945, 1, 1)
"""No bulletin of a state that was founded on 1945-09-02 is older."""


def date_candidate(
    field: str,
    text: str,
    method: str,
    evidence: str,
    rank: int,
    basis: str,
    fetched_at: datetime,
    machine: bool = False,
) -> Candidate:
    """A date of `field` as one candidate; what cannot be read or cannot be true is refused with its reason.

    value      ISO day, or ISO instant with +07:00 where a clock time is known
    machine    the text was written for machines (meta tag, JSON-LD), not for readers
    """
    moment = _moment(text, machine)
    if isinstance(moment, str):
        return Candidate(field, text[:100], method, evidence[:300], rank, basis, "", moment)
    refused = (
        placeholder(moment, machine)
        or _names_no_day(moment, basis)
        or _month_first(moment, text)
        or implausible(moment.day, fetched_at)
    )
    return Candidate(field, iso_of(moment), method, evidence[:300], rank, basis, moment.precision, refused)


@lru_cache(maxsize=8_192)  # clocks, footers and lists of the latest stand on page after page of a site
def _moment(text: str, machine: bool) -> Moment | str:
    """What a text says, or why it says no moment."""
    try:
        return (metadata_moment if machine else publication_moment)(text)
    except Unreadable as error:
        return str(error)


def iso_of(moment: Moment) -> str:
    """ISO 8601: a day, or an instant in Vietnam time to the precision known."""
    if moment.instant is None:
        return moment.day.isoformat()
    local = moment.instant.astimezone(VIETNAM)
    return local.isoformat(timespec="seconds" if moment.precision == "second" else "minutes")


def placeholder(moment: Moment, machine: bool) -> str | None:
    """Why a moment is no day at all, or None: it is the zero of a calendar, which pages print as they store it."""
    if moment.day in _EMPTY_DAYS or (machine and moment.instant is None and moment.day in _EMPTY_MIDNIGHTS):
        return f"{moment.day} is a placeholder, the zero of a calendar"
    return None


def with_time_of_day(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; where the best publication day lacks a time and another place prints that day with one, the
    better known of the two comes first: machines are often told midnight."""
    usable = [c for c in candidates if c.field == "published_on" and c.refused is None]
    best = min(usable, key=lambda c: c.rank, default=None)
    if best is None or "T" in best.value or best.precision != "day":
        return list(candidates)
    timed = [c for c in usable if "T" in c.value and c.value[:10] == best.value and c.basis in ("label", "dateline")]
    if not timed:
        return list(candidates)
    finer = min(timed, key=lambda c: c.rank)
    return [replace(c, rank=best.rank - 1) if c is finer else c for c in candidates]


def _names_no_day(moment: Moment, basis: str) -> str | None:
    """`Tháng 4/2024` beside a title may head a calendar: without a label it is no publication date."""
    if basis == "dateline" and moment.precision in ("month", "year"):
        return "it names no day, and no label says what it is"
    return None


def _month_first(moment: Moment, text: str) -> str | None:
    """A day whose printed weekday is that of the day with month and day changed places, as American software writes."""
    day = moment.day
    if not moment.weekday_mismatch or day.day > 12 or day.day == day.month:
        return None
    other = _moment(_DAY_MONTH.sub(r"\2\1", text, count=1), machine=False)
    if isinstance(other, str) or other.weekday_mismatch:
        return None
    return f"its weekday is not that of {day}: month and day may have changed places"


def without_edit_times(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with machine-readable publication dates refused that are the time of the last change.

    Two things must come together: the page gives the same moment as its last change, and it prints an earlier day
    beside its title, with a label or a time of day: a bare day may be that of what is told. Some CMS (NukeViet 4)
    overwrite the one with the other whenever somebody saves a page.
    """
    usable = [c for c in candidates if c.refused is None]
    changed = {c.value for c in usable if c.field == "updated_at" and "T" in c.value}
    printed = {
        c.value[:10]
        for c in usable
        if c.field == "published_on" and (c.basis == "label" or (c.basis == "dateline" and "T" in c.value))
    }
    reason = "the moment of the last change, and the page prints an earlier day"
    return [
        c.but_refused(reason)
        if c.field == "published_on"
        and c.refused is None
        and c.basis == "metadata"
        and c.value in changed
        and any(day < c.value[:10] for day in printed)
        else c
        for c in candidates
    ]


def implausible(day: date, fetched_at: datetime) -> str | None:
    """Why a publication day cannot be true, or None. A page fetched on a day may be dated that day, not later."""
    if day > fetched_at.astimezone(VIETNAM).date():
        return f"{day} lies after the fetch ({fetched_at.astimezone(VIETNAM).date()})"
    if day < EARLIEST:
        return f"{day} lies before {EARLIEST.year}"
    return None
