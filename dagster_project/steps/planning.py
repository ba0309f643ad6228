"""Backfills: which months lack something, and what it takes to fetch it, in requests, bytes and hours.

A plan knows pages from the frontier, so lists are walked first, and sizes from pages: where too few were ever seen a
sample is fetched, spread over the months. It is kept like any capture and never asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawlers.catalog import Catalog
from crawlers.errors import CrawlersError
from dagster_project.steps.crawling import chosen
from dagster_project.steps.estimating import Estimate, Measured, Range, Sizes, estimate, side_by_side, total
from dagster_project.steps.home import Clock, Home, OnWait, Progress
from dagster_project.steps.inventory import Inventory, MonthCounts, from_month, inventory, summed
from dagster_project.steps.sampling import Asking, Fresh, ask, measured, to_fetch

_COUNTS = ("known", "held", "missing", "failed", "excluded", "pages")


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """What a backfill of one source takes. A range whose high is None has no known end; None: nothing is known.

    known            URLs of the months: held + missing + failed + excluded (see MonthCounts)
    pages            to fetch: missing + failed
    hours            at the polite rate, were it alone
    sample           pages whose sizes the bytes rest on; bytes_a_page: their mean
    sampled          of them fetched by this plan
    lists_seen_at    when the list that was not walked to its end for longest was; None: one never was
    holes            why the numbers may be short
    """

    source_id: str
    known: int
    held: int
    missing: int
    failed: int
    excluded: int
    pages: int
    requests: Range | None
    bytes: Range | None
    hours: Range | None
    sample: int
    sampled: int
    bytes_a_page: int | None
    lists_seen_at: datetime | None
    months: tuple[MonthCounts, ...]
    holes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """Sums over the sources. hours: month by month, the sources of a month side by side, as `run` goes; the others:
    of the source that takes longest, and of all one after another."""

    known: int
    held: int
    missing: int
    failed: int
    excluded: int
    pages: int
    requests: Range | None
    bytes: Range | None
    hours: Range | None
    hours_longest_source: Range | None
    hours_one_by_one: Range | None


@dataclass(frozen=True, slots=True)
class BackfillPlan:
    """month_from None: no month is known. holes: why it may be short, one sentence each; any: exit status 3."""

    month_from: str | None
    month_until: str
    sources: tuple[SourcePlan, ...]
    total: PlanTotal
    holes: tuple[str, ...]


def plan(
    home: Home,
    catalog: Catalog,
    source_ids: Sequence[str],
    month_from: str,
    month_until: str,
    clock: Clock,
    run_id: str,
    *,
    offline: bool = False,
    say: Callable[[str], None] = lambda text: None,
    progress: Progress = lambda what, done, total: None,
    on_wait: OnWait | None = None,
) -> BackfillPlan:
    """What `backfill run` of these sources and months would take, if it began now.

    month_from, month_until  of inventory.bounds
    offline  ask nobody: what is not known stays unknown
    say      told before anything is asked what is asked, and why
    raises   CannotCrawl, as a crawl does
    """
    sources, months = chosen(home, catalog, source_ids), (month_from, month_until)
    asking = Asking(home, catalog, clock, run_id, months, progress, on_wait)
    if not offline:
        ask(asking, sources, say)
    found = [(inventory(home, source, *months), asking.fresh.get(source.source_id)) for source in sources]
    plans: list[SourcePlan] = []
    by_month: dict[str, list[Range]] = {}
    for known, fresh in found:
        habits = measured(home, known, fresh)
        whole = estimate(to_fetch(known, clock()), habits, known.lists) if known.is_walked else None
        plans.append(_plan(known, fresh, habits, whole))
        for month, hours in _by_month(plans[-1]):
            by_month.setdefault(month, []).append(hours)
    named = [hole for one in plans for hole in one.holes]
    holes = tuple(dict.fromkeys([*asking.holes, *named]))
    first = from_month(month_from, (month.month for one in plans for month in one.months))
    return BackfillPlan(first, month_until, tuple(plans), _total(plans, by_month.values()), holes)


def work(
    home: Home, catalog: Catalog, source_ids: Sequence[str], month_from: str, month_until: str
) -> list[tuple[str, tuple[str, ...]]]:
    """(month, sources with something missing or failed in it), newest first; empty: all that is known is held.

    raises  CannotCrawl, as a crawl does; CrawlersError: a frontier that cannot be read
    """
    found: dict[str, list[str]] = {}
    for source in chosen(home, catalog, source_ids):
        known = inventory(home, source, month_from, month_until)
        if known.problem is not None:
            raise CrawlersError(known.problem)
        for month in known.months:
            if month.missing or month.failed:
                found.setdefault(month.month, []).append(source.source_id)
    return [(month, tuple(found[month])) for month in sorted(found, reverse=True)]


def _plan(known: Inventory, fresh: Fresh | None, habits: Measured, found: Estimate | None) -> SourcePlan:
    counts = summed(known.months)
    ends: list[Range | None] = [None] * 3 if found is None else [found.requests, found.bytes, found.hours]
    if not known.is_whole:  # what its lists show besides is to be fetched, too
        ends = [one and Range(one.low, None) for one in ends]
    sample = habits.sizes if known.unhad else Sizes()
    times = [way.seen_at for way in known.ways if way.seen_at is not None]
    return SourcePlan(
        source_id=known.source.source_id,
        known=counts.known,
        held=counts.held,
        missing=counts.missing,
        failed=counts.failed,
        excluded=counts.excluded,
        pages=known.unhad,
        requests=ends[0],
        bytes=ends[1],
        hours=ends[2],
        sample=sample.n,
        sampled=fresh.visits if fresh else 0,
        bytes_a_page=round(sample.mean) if sample.n else None,
        lists_seen_at=min(times) if times and len(times) == len(known.ways) else None,
        months=known.months,
        holes=tuple(known.holes),
    )


def _by_month(one: SourcePlan) -> Iterable[tuple[str, Range]]:
    """Hours of a source by month, by its share of the pages."""
    for month in one.months:
        if one.hours is not None and one.pages and (part := (month.missing + month.failed) / one.pages):
            yield month.month, one.hours.times(part, part)


def _total(plans: Sequence[SourcePlan], by_month: Iterable[Sequence[Range]]) -> PlanTotal:
    hours = total(one.hours for one in plans)
    longest = side_by_side([one.hours for one in plans if one.hours is not None], len(plans) or 1)
    together = total([Range(0, 0), *(side_by_side(month) for month in by_month)])
    if hours is None or hours.high is None:  # what is not known may take any time
        longest, together = Range(longest.low, None), Range(together.low if together else 0, None)
    counts = {name: sum(getattr(one, name) for one in plans) for name in _COUNTS}
    return PlanTotal(
        **counts,
        requests=total(one.requests for one in plans),
        bytes=total(one.bytes for one in plans),
        hours=hours and together,
        hours_longest_source=hours and longest,
        hours_one_by_one=hours,
    )
