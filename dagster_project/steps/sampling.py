"""What a plan asks publishers for: the lists nobody walked lately, and a sample of pages where sizes are not known.

Pages are in what the frontier shows after a walk; sizes are no property of a list. A sample is spread over the months,
kept like any capture and never asked for again, and it ends where the range of the plan is narrow enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from crawlers.archive import read_segment, segments
from crawlers.catalog import Catalog
from crawlers.crawl_job import FRESH, MAX_IN_A_ROW
from crawlers.errors import CrawlersError
from crawlers.frontier_lists import Runs
from crawlers.source import Source
from dagster_project.steps.crawling import CrawlBroke, SourceOutcome, crawl
from dagster_project.steps.estimating import WIDE, Measured, Range, ToFetch, estimate
from dagster_project.steps.home import Clock, Home, OnWait, Progress
from dagster_project.steps.inventory import Inventory, inventory, opened, summed

SAMPLE, MOST = 24, 96
"""Pages of a source whose sizes a plan wants to know, and at most fetches to know them better."""
_STEPS = (SAMPLE, 12, 6, 3)
_FEW_OF_OWN = 12
_LOOKED_AT = 200


@dataclass(slots=True)
class Fresh:
    """What the samples of this plan told of a source. before: what was known."""

    before: Inventory
    visits: int = 0
    requests: int = 0
    bytes: int = 0
    hops: int = 0
    failed: int = 0
    seconds: float = 0.0

    def took(self, outcome: SourceOutcome, seconds: float) -> None:
        visits = outcome.fetched + outcome.not_modified + outcome.gone + outcome.failed
        self.visits += visits
        self.failed += outcome.failed
        self.requests += outcome.requests
        self.bytes += outcome.bytes
        self.hops += max(0, outcome.requests - visits - 1)  # 1: robots.txt
        self.seconds += seconds

    @property
    def most(self) -> int:
        """Pages a sample may have: a plan is not to do the run's work."""
        return min(MOST, self.before.unhad // 3)


@dataclass
class Asking:
    """The crawls of one plan."""

    home: Home
    catalog: Catalog
    clock: Clock
    run_id: str
    months: tuple[str, str]
    progress: Progress
    on_wait: OnWait | None
    crawls: int = 0
    holes: list[str] = field(default_factory=list)
    fresh: dict[str, Fresh] = field(default_factory=dict)

    def walk(self, sources: Sequence[Source]) -> None:
        """The lists that were not walked to their end lately, and no page."""
        self._crawl(sources, walk="stale", limit=0)

    def sample(self, sources: Sequence[Inventory], pages: int) -> None:
        """So many pages of each, spread over the months."""
        for known in sources:
            self.fresh.setdefault(known.source.source_id, Fresh(known))
        for outcome, seconds in self._crawl([i.source for i in sources], walk="never", spread=True, limit=pages):
            self.fresh[outcome.source_id].took(outcome, seconds)

    def _crawl(self, sources: Sequence[Source], **how: object) -> list[tuple[SourceOutcome, float]]:
        self.crawls += 1
        run_id = f"{self.run_id}-plan{self.crawls}"
        try:
            outcome = crawl(
                self.home, self.catalog, [source.source_id for source in sources], run_id, self.clock,
                command="backfill plan", month_from=self.months[0], month_until=self.months[1], only="missing",
                progress=self.progress, on_wait=self.on_wait, **how,  # type: ignore[arg-type]
            )  # fmt: skip
        except CrawlBroke as error:  # the other sources have done their part
            outcome = error.outcome
            self.holes.append(str(error))
        self.holes += outcome.holes
        by_id = {source.source_id: source for source in sources}
        return [(one, _seconds(self.home, by_id[one.source_id], run_id)) for one in outcome.sources]


def ask(asking: Asking, sources: Sequence[Source], say: Callable[[str], None]) -> None:
    """Walk what was not walked lately; then fetch pages until the ranges are narrow enough, or enough were fetched."""
    now, known = asking.clock(), [inventory(asking.home, source, *asking.months) for source in sources]
    stale = [one.source for one in known if one.is_stale(now)]
    if stale:
        say(f"walking the lists of {_names(stale)} first (--offline plans from what is known)")
        asking.walk(stale)
    told = False
    for _ in range(MOST // min(_STEPS)):
        groups: dict[int, list[Inventory]] = {}
        for source in sources:
            one = inventory(asking.home, source, *asking.months)
            if pages := _pages_to_sample(asking, one):
                groups.setdefault(pages, []).append(one)
        if not groups:
            return
        if not told:
            told = True
            few = [one.source for group in groups.values() for one in group]
            say(f"fetching up to {MOST} pages of {_names(few)} to know their size; they are kept")
        for pages, group in sorted(groups.items(), reverse=True):
            asking.sample(group, pages)


def _pages_to_sample(asking: Asking, known: Inventory) -> int:
    """How many pages of a source to fetch (more) of; 0: its sizes are known well enough, or it does not answer."""
    fresh = asking.fresh.get(known.source.source_id)
    if not known.unhad or not known.is_walked:
        return 0
    if fresh is None:
        of_these = min(SAMPLE, sum(month.known - month.excluded for month in known.months) // 5)
        if known.pages.n >= SAMPLE and known.asked >= of_these and not _redirected(asking.home, known.source)[1]:
            return 0
        return next((step for step in _STEPS if step <= known.unhad // 4), min(_STEPS))
    got = (known.pages - fresh.before.pages).n
    if fresh.visits == 0 or got == 0 or fresh.visits >= fresh.most:
        return 0
    found = estimate(to_fetch(known, asking.clock()), measured(asking.home, known, fresh), known.lists)
    if all((one.width or 0.0) <= WIDE for one in (found.requests, found.bytes)):
        return 0
    return next((step for step in _STEPS if step <= fresh.most - fresh.visits), 0)


def to_fetch(known: Inventory, now: datetime) -> ToFetch:
    work_months = [month for month in known.months if month.missing or month.failed]
    robots = Range(len(work_months), sum(known.origins.get(month.month, 1) for month in work_months))
    runs, lists = len(work_months), Range(0, 0)
    for way in known.ways:
        if way.is_fresh(now):
            continue
        walk = way.whole or way.last
        pages = None if walk is None else max(walk.pages, 1)
        if way.last is not None and way.last.ended_at >= (now - FRESH).timestamp():  # each month's run tries again
            lists += Range(runs or 1, None if pages is None else (runs or 1) * pages)
        else:
            lists += Range(1, pages)
    if lists.low:  # a run of its own comes first
        robots += Range(0, 1)
    delay_s = max(known.source.fetch.delay_s, known.crawl_delay_s)
    counts = summed(known.months)
    at_least = sum(min(month.failed, MAX_IN_A_ROW) for month in known.months)
    return ToFetch(counts.missing, counts.failed, at_least, robots, lists, delay_s)


def measured(home: Home, known: Inventory, fresh: Fresh | None) -> Measured:
    """How the site answers, by the samples of this plan, else by what is stored."""
    failed = sum(month.failed for month in known.months)
    stored = Measured(
        sizes=known.pages,
        visits=known.visits,
        repeated=max(0, known.failed - failed),  # those given up were asked in vain, not once more
        answered=known.asked,
        without=known.gone + failed,
        disallowed=known.disallowed,
    )
    if fresh is None or fresh.visits == 0:
        looked_at, hops = _redirected(home, known.source) if known.unhad else (0, 0)
        return replace(stored, looked_at=looked_at, hops=hops)
    own, lists = known.pages - fresh.before.pages, known.lists - fresh.before.lists
    is_own = own.n >= _FEW_OF_OWN or own.n == known.pages.n
    return replace(
        stored,
        sizes=own if is_own else known.pages,
        own=is_own,
        visits=fresh.visits,
        repeated=max(0, fresh.visits - (known.asked - fresh.before.asked)),
        looked_at=fresh.visits,
        hops=fresh.hops,
        other_bytes=max(0, fresh.bytes - own.total - lists.total) / fresh.visits,
        pace_s=None if fresh.failed or not fresh.requests else fresh.seconds / fresh.requests,  # back-offs are no pace
    )


def _redirected(home: Home, source: Source) -> tuple[int, int]:
    """(pages looked at in the archive, newest segments first; those that a redirect led to)."""
    looked_at = hops = 0
    for path in reversed(segments(home.raw, source.source_id)):
        try:
            for record in islice(read_segment(path, home.raw), _LOOKED_AT - looked_at):
                if record.capture is not None and not record.role:
                    looked_at += 1
                    hops += record.capture.final_url is not None
        except CrawlersError:  # damage is told by `read` and `doctor`; a plan needs some pages, not all
            continue
        if looked_at >= _LOOKED_AT:
            break
    return looked_at, hops


def _seconds(home: Home, source: Source, run_id: str) -> float:
    """How long a crawl of a source took; 0: it never began."""
    try:
        with opened(home, source) as frontier:
            runs = [run for run in Runs(frontier).ended(source.source_id) if run.run_id == run_id]
    except CrawlersError:
        return 0.0
    return (runs[0].ended_at - runs[0].started_at).total_seconds() if runs else 0.0


def _names(sources: Sequence[Source]) -> str:
    names = [source.source_id for source in sources]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
