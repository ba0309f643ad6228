"""What the frontier of a source knows of the months of a backfill: counts, walks of lists, how its site answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import regex

from crawlers.crawl_job import FRESH
from crawlers.errors import CrawlersError
from crawlers.frontier import Frontier, moment, refusal
from crawlers.frontier_lists import Lists, Runs, Walk
from crawlers.robots import from_answer
from crawlers.segment import VIETNAM
from crawlers.source import Source, way_name
from crawlers.states import DUPLICATE, EXCLUDED, FAILED, FETCHED, GONE, NOT_BULLETIN, WAITING
from dagster_project.steps.estimating import NONE, Sizes
from dagster_project.steps.home import Clock, Home
from pipelines.records import BantinError

EARLIEST = "0001-01"
"""Stands for: the month of the source's `since`, else the first known one."""
_MONTH = regex.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])")
_HELD = (FETCHED, NOT_BULLETIN, DUPLICATE, GONE)
_LAST_RUNS = 10


class BadMonth(BantinError):
    """No month, or the first one after the last: wrong use."""


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """URLs filed under a month: known = held + missing + failed + excluded.

    held     asked for and answered: in the archive, or gone
    missing  waiting for their first answer; failed: given up for a while
    """

    month: str
    known: int
    held: int
    missing: int
    failed: int
    excluded: int


@dataclass(frozen=True, slots=True)
class WayWalks:
    """One [[discover]]: its latest walk, and its latest one to the end. A feed has none of the latter."""

    name: str
    kind: str
    last: Walk | None
    whole: Walk | None

    @property
    def seen_at(self) -> datetime | None:
        """When all that is listed there was seen."""
        walk = self.last if self.kind == "feed" else self.whole
        return None if walk is None else moment(walk.ended_at)

    def is_fresh(self, now: datetime) -> bool:
        return self.seen_at is not None and self.seen_at >= now - FRESH


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is known of a source for some months. Empty where its lists were never walked.

    origins          month → origins of what is to be fetched, each with a robots.txt of its own
    pages, lists     sizes of answers, ever
    visits, failed   of the last runs: requests for pages, of which failed
    gone             URLs of these months that answered 404 or 410
    disallowed       URLs of any month that robots.txt forbade when their turn came
    crawl_delay_s    as robots.txt asks, where it is remembered
    problem          why nothing can be said
    """

    source: Source
    months: tuple[MonthCounts, ...] = ()
    origins: dict[str, int] = field(default_factory=dict)
    ways: tuple[WayWalks, ...] = ()
    pages: Sizes = NONE
    lists: Sizes = NONE
    visits: int = 0
    failed: int = 0
    gone: int = 0
    disallowed: int = 0
    crawl_delay_s: float = 0.0
    problem: str | None = None

    @property
    def unhad(self) -> int:
        """Pages to fetch."""
        return sum(month.missing + month.failed for month in self.months)

    @property
    def asked(self) -> int:
        """URLs of these months that were asked for, and are not to be asked again within this crawl."""
        return sum(month.held + month.failed for month in self.months)

    @property
    def is_whole(self) -> bool:
        """All lists that have an end were walked to it at least once."""
        return self.problem is None and all(way.whole for way in self.ways if way.kind != "feed") and self.is_walked

    def is_stale(self, now: datetime) -> bool:
        """Some list was not walked to its end lately: what it shows is not all known."""
        return not all(way.is_fresh(now) for way in self.ways)

    @property
    def is_walked(self) -> bool:
        """Some list was."""
        return any(way.seen_at for way in self.ways)

    @property
    def holes(self) -> list[str]:
        """Why the inventory itself may be short."""
        if self.problem is not None:
            return [self.problem]
        if all(way.kind == "feed" for way in self.ways) and self.is_walked:
            return [f"{self.source.source_id}: only feeds, which show the newest: what is older is not known"]
        return [
            f"{self.source.source_id}: {way.name}: "
            + ("never walked" if way.last is None else f"never walked to its end ({way.last.stop_reason})")
            + "; what it lists is not all known"
            for way in self.ways
            if (way.last if way.kind == "feed" else way.whole) is None
        ]


def bounds(month_from: str | None, month_until: str | None, clock: Clock) -> tuple[str, str]:
    """First and last month of a backfill; None: EARLIEST, and the current month in Vietnam.

    raises  BadMonth: none of `YYYY-MM`, or in the wrong order
    """
    for option, text in (("--from", month_from), ("--to", month_until)):
        if text is not None and not _MONTH.fullmatch(text):
            raise BadMonth(f"{option} {text}: expected a month as 2026-01; nothing was asked or changed")
    first, last = month_from or EARLIEST, month_until or month_of(clock())
    if first > last:
        told = f"--to {last}" if month_until else f"this month, {last}"
        raise BadMonth(f"--from {first}: expected a month not after {told}; nothing was asked or changed")
    return first, last


def month_of(moment: datetime) -> str:
    """The month in Vietnam, `2026-11`: a partition."""
    return f"{moment.astimezone(VIETNAM):%Y-%m}"


def inventory(home: Home, source: Source, month_from: str, month_until: str) -> Inventory:
    """What the frontier knows now. A damaged one is told in `problem`, it stops no other source."""
    file = home.crawl / f"{source.source_id}.sqlite"
    unwalked = tuple(WayWalks(way_name(way), way.kind, None, None) for way in source.discover)
    if not file.exists():
        return Inventory(source, ways=unwalked)
    try:
        with opened(home, source) as frontier:
            return _read(frontier, source, first_month(source, month_from), month_until)
    except CrawlersError as error:
        return Inventory(source, ways=unwalked, problem=str(error))


@contextmanager
def opened(home: Home, source: Source) -> Iterator[Frontier]:
    """The frontier of a source, read-only, as it stands at one instant. Raises DamagedFrontier, CannotWrite."""
    file = home.crawl / f"{source.source_id}.sqlite"
    with Frontier(file, read_only=True) as frontier:
        try:
            frontier.con.execute("begin")
            yield frontier
        except sqlite3.Error as error:
            raise refusal(file, error) from error


def first_month(source: Source, month_from: str) -> str:
    """Where a backfill of a source begins."""
    return f"{source.since:%Y-%m}" if month_from == EARLIEST and source.since else month_from


def from_month(month_from: str, months: Iterable[str]) -> str | None:
    """The first month in words for people: as asked for, else the first known one, if any is."""
    return min(months, default=None) if month_from == EARLIEST else month_from


def _read(frontier: Frontier, source: Source, month_from: str, month_until: str) -> Inventory:
    months = frontier.months(month_from, month_until)
    lists, sizes = Lists(frontier), frontier.sizes()
    visits = [
        (run.fetched + run.not_modified + run.gone + run.failed, run.failed)
        for run in Runs(frontier).ended(source.source_id)
    ]
    last = [visit for visit in visits if visit[0]][-_LAST_RUNS:]
    return Inventory(
        source,
        tuple(counted(month, states) for month, states in months.items()),
        _origins(frontier, month_from, month_until),
        tuple(
            WayWalks(name, way.kind, lists.last_walk(name), lists.last_walk(name, complete=True))
            for way, name in ((way, way_name(way)) for way in source.discover)
        ),
        Sizes(*sizes.get("page", ())),
        Sizes(*sizes.get("list", ())),
        sum(n for n, _ in last),
        sum(failed for _, failed in last),
        sum(states.get(GONE, 0) for states in months.values()),
        len(frontier.disallowed()),
        _crawl_delay_s(frontier),
    )


def counted(month: str, states: dict[str, int]) -> MonthCounts:
    """The counts of a month. states: of Frontier.months."""
    return MonthCounts(
        month,
        sum(states.values()),
        sum(states.get(state, 0) for state in _HELD),
        states.get(WAITING, 0),
        states.get(FAILED, 0),
        states.get(EXCLUDED, 0),
    )


def summed(months: Sequence[MonthCounts], name: str = "") -> MonthCounts:
    """All of them as one."""
    return MonthCounts(name, *(sum(getattr(m, f) for m in months) for f in MonthCounts.__slots__[1:]))


def _origins(frontier: Frontier, month_from: str, month_until: str) -> dict[str, int]:
    found: dict[str, set[tuple[str, str]]] = {}
    for month, url, _, _ in frontier.unhad(month_from, month_until):
        split = urlsplit(url)
        found.setdefault(month, set()).add((split.scheme, split.netloc.lower()))
    return {month: len(origins) for month, origins in found.items()}


def _crawl_delay_s(frontier: Frontier) -> float:
    """The longest of what is remembered of the source's robots.txt; only those with validators are."""
    if frontier.con.execute("select 1 from sqlite_master where name = 'robots_txt'").fetchone() is None:
        return 0.0
    payloads = frontier.con.execute("select payload from robots_txt").fetchall()
    return max((from_answer(200, payload, "text/plain").crawl_delay or 0.0 for (payload,) in payloads), default=0.0)
