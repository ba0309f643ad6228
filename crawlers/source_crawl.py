"""One crawl of one source: take the lock, adopt what a killed run left, walk the ways, fetch what is due, say how it went."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.adoption import adopt
from crawlers.fetch import Download, Fetched, Fetcher, NotAllowed, Stopped, Wanted
from crawlers.frontier import Due, Frontier
from crawlers.frontier_lists import Lists, Page, Runs
from crawlers.ledger import Ledger
from crawlers.locks import exclusive_later
from crawlers.pace import HostPace
from crawlers.recovery import recover
from crawlers.robots import Robots
from crawlers.segment import SegmentWriter
from crawlers.source import Source
from crawlers.states import EXCLUDED, FETCHED, GONE, NOT_BULLETIN, WAITING, Status, after
from crawlers.walking import Walker, way_name

REVISITS = 1000  # a crawl: at three seconds each, fifty minutes of a publisher's patience
PATIENCE_S = 400.0  # how long a crawl waits for a back-off to end when nothing else is left to do
MAX_IN_A_ROW = 10  # requests without an answer, refused, or answered with one and the same page
_BATCH = 200

Report = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one crawl is to do.

    raw, crawl     folders of the home
    since, until   days of the URLs to fetch, `YYYY-MM-DD`, both included: the day a list gives, else all of the month;
                   lists are walked whatever they are
    limit          at most so many pages, lists not counted; None: all that is due
    """

    raw: Path
    crawl: Path
    run_id: str
    command: str
    since: str = "0001-01-01"
    until: str = "9999-12-31"
    limit: int | None = None


@dataclass(slots=True)
class Counts:
    """What happened; the names are those of table `run`."""

    listed: int = 0
    discovered: int = 0
    fetched: int = 0
    not_modified: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    adopted: int = 0
    excluded: int = 0
    holes: list[str] = field(default_factory=list)
    stopped: str | None = None


class SourceCrawl:
    """See the module. `run` is awaited once, inside Scrapy's engine, whose `download` it uses."""

    def __init__(
        self,
        source: Source,
        plan: Plan,
        pace: HostPace,
        clock: Callable[[], datetime],
        stop: asyncio.Event,
        report: Report,
    ) -> None:
        self.source, self.plan, self.counts = source, plan, Counts()
        self._pace, self._clock, self._stop, self._report = pace, clock, stop, report
        self._buffer: deque[Due] = deque()
        self._in_flight: set[str] = set()
        self._fetches = self._revisits = 0
        self._failures = self._refusals = self._same = 0
        self._last_payload: str | None = None
        self.fetcher: Fetcher | None = None

    async def run(self, download: Download) -> None:
        """Raises CannotWrite, DamagedFrontier. What a server does never raises: it is in `counts`."""
        source, plan = self.source, self.plan
        lock = plan.crawl / f"{source.source_id}.lock"
        with ExitStack() as stack:
            held = await exclusive_later(
                lock, f"{plan.command}, run {plan.run_id}", self._clock(), self._waits, self._stop
            )
            if held is None:
                self.counts.stopped = "interrupted while waiting for another crawl"
                return
            stack.enter_context(held)
            recover(plan.raw, source.source_id)
            frontier = stack.enter_context(Frontier(plan.crawl / f"{source.source_id}.sqlite"))
            lists, runs = Lists(frontier), Runs(frontier)
            killed = runs.begin(plan.run_id, plan.command, self._clock().timestamp())
            self.counts.adopted = adopt(plan.raw, source, frontier, runs)
            writer = SegmentWriter(plan.raw, source.source_id, plan.run_id, self._clock)
            ledger = Ledger(frontier, runs, writer)
            try:
                self.fetcher = self._fetcher(download, ledger, lists)
                ticker = asyncio.ensure_future(self._tick(ledger))
                try:
                    await self._walk(frontier, lists, ledger, killed)
                    await self._fetch_due(frontier, lists, ledger)
                finally:
                    ticker.cancel()
            except Stopped:
                self.counts.stopped = "interrupted"
            finally:
                ledger.close()
            self._say("crawl", left=frontier.counts())
            runs.end(plan.run_id, self._clock().timestamp(), self.outcome, self.numbers())

    @property
    def outcome(self) -> str:
        """As in table `run`."""
        if self.counts.stopped:
            return f"stopped: {self.counts.stopped}"
        return "done with holes" if self.counts.holes else "done"

    def numbers(self) -> dict[str, int]:
        """The counts by name."""
        return {name: value for name in Counts.__slots__ if isinstance(value := getattr(self.counts, name), int)}

    def _fetcher(self, download: Download, ledger: Ledger, lists: Lists) -> Fetcher:
        def known(url: str) -> str | None:
            page = lists.page(self.source.key(url))
            return page.payload_sha256 if page else None

        def seen(url: str, fetched: Fetched, robots: Robots) -> None:
            at, answer, key = fetched.answer.at, fetched.answer, self.source.key(url)
            before = lists.page(key)
            sha = answer.payload_sha256 or (before.payload_sha256 if before else None)
            changed = at if fetched.changed or before is None else before.changed_at
            page = Page(key, key, url, "robots", None, None, sha, at, changed, (), robots.reason)
            ledger.also(lambda: lists.store(page, None))
            if not robots.usable:
                self._hole(f"{url}: {robots.reason}; nothing is fetched from this host")

        return Fetcher(self.source, download, ledger, self._pace, self._clock, self._stop, known, seen)

    async def _walk(self, frontier: Frontier, lists: Lists, ledger: Ledger, killed: str | None) -> None:
        assert self.fetcher is not None
        walker = Walker(self.source, frontier, lists, ledger, self.fetcher.fetch, self._clock, self.plan.run_id)
        walks = []
        for way in self.source.discover:
            before = lists.last_walk(way_name(way))
            if killed is not None and before is not None and before.run_id == killed and before.complete:
                walks.append(before)  # the killed run had seen it all: its work goes on here
                lists.walked(before._replace(run_id=self.plan.run_id))
                continue
            outcome = await walker.walk(way)
            walks.append(outcome.walk)
            if outcome.problem:
                self._hole(outcome.problem)
            self._say("walk", way=outcome.walk.way, items=outcome.walk.items, unknown=outcome.walk.unknown,
                      pages=outcome.walk.pages, stop_reason=outcome.walk.stop_reason)  # fmt: skip
        self.counts.listed, self.counts.discovered = walker.listed, walker.discovered
        whole = [w for w in walks if w.complete]
        windows = [w for w in walks if not w.way.startswith("feed ")]
        lists.note_back(self._clock().timestamp())
        if whole and len(whole) == len(windows):
            ways = " and ".join(w.way for w in whole)
            lists.note_vanished(self._clock().timestamp(), f"walked to its end, {ways} shows it no more")

    async def _fetch_due(self, frontier: Frontier, lists: Lists, ledger: Ledger) -> None:
        async def work() -> None:
            while not self._stop.is_set() and self.counts.stopped is None:
                due = await self._next(frontier, ledger)
                if due is None:
                    return
                self._in_flight.add(due.key)
                try:
                    await self._visit(due, lists, ledger)
                finally:
                    self._in_flight.discard(due.key)

        workers = [asyncio.ensure_future(work()) for _ in range(self.source.fetch.concurrency)]
        try:
            await asyncio.gather(*workers)
        except BaseException:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            raise
        if self._stop.is_set() and self.counts.stopped is None:
            self.counts.stopped = "interrupted"

    async def _next(self, frontier: Frontier, ledger: Ledger) -> Due | None:
        """The next URL whose turn it is; waits for a back-off to end where nothing else is left. None: all is done."""
        plan = self.plan
        while not self._stop.is_set():
            if plan.limit is not None and self._fetches >= plan.limit:
                return None
            if not self._buffer:
                ledger.flush()  # what is fetched and not yet told must not be due again
                now = self._clock().timestamp()
                self._buffer.extend(frontier.waiting(now, _BATCH, self._in_flight, plan.since, plan.until))
                if not self._buffer and self._revisits < REVISITS:
                    room = min(_BATCH, REVISITS - self._revisits)
                    self._buffer.extend(frontier.revisits(now, room, self._in_flight))
                    self._revisits += len(self._buffer)
            if self._buffer:
                self._fetches += 1
                return self._buffer.popleft()
            at = frontier.next_waiting_at(plan.since, plan.until)
            wait = PATIENCE_S + 1 if at is None else at - self._clock().timestamp()
            if self._in_flight and wait > 1:
                return None  # another worker is at it and sees to what comes of it
            if wait > PATIENCE_S:
                return None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), max(wait, 0.05))
        return None

    async def _visit(self, due: Due, lists: Lists, ledger: Ledger) -> None:
        assert self.fetcher is not None
        before = due.status
        wanted = Wanted(due.url, before.etag, before.last_modified, before.payload_sha256)
        try:
            fetched = await self.fetcher.fetch(wanted)
        except NotAllowed as refused:
            self._not_allowed(due, refused, ledger)
            return
        now = after(before, fetched.answer, due.known_day)
        ledger.change(due.key, now)
        there = (
            now.state in (FETCHED, NOT_BULLETIN) and fetched.answer.status is not None and fetched.answer.status < 400
        )
        if fetched.answer.status is not None and (there or now.state == GONE):
            ledger.also(lambda: lists.looked_at(due.key, fetched.answer.at, there))
        self._count(before, now, fetched)
        self._watch(fetched)
        if (self.counts.fetched + self.counts.not_modified) % 20 == 0:
            self._say("progress")

    def _not_allowed(self, due: Due, refused: NotAllowed, ledger: Ledger) -> None:
        if refused.passing:
            self.counts.stopped = refused.reason
            return
        if due.status.state == WAITING:
            ledger.change(due.key, Status(EXCLUDED, refused.reason))
            self.counts.excluded += 1
        else:  # fetched before it was disallowed: what is known stays, it is not looked at again
            later = self._clock().timestamp() + 30 * 86_400
            ledger.change(due.key, replace(due.status, next_fetch_at=later))

    def _count(self, before: Status, now: Status, fetched: Fetched) -> None:
        status = fetched.answer.status
        if status == 304:
            self.counts.not_modified += 1
        elif status is not None and status < 400:
            self.counts.fetched += 1
            self.counts.unchanged += not fetched.changed
        elif now.state == GONE:
            self.counts.gone += before.state != GONE
        else:
            self.counts.failed += 1

    def _watch(self, fetched: Fetched) -> None:
        """End the crawl where going on would hurt the server or tell nothing: what waits, waits for the next one."""
        answer = fetched.answer
        trouble = answer.status is None or answer.status >= 500
        self._failures = self._failures + 1 if trouble else 0
        refused = answer.status in (401, 403, 429)
        self._refusals = self._refusals + 1 if refused else 0
        same = fetched.changed and answer.payload_sha256 == self._last_payload
        self._same = self._same + 1 if same else 0
        if fetched.changed:
            self._last_payload = answer.payload_sha256
        said = answer.problem or f"HTTP {answer.status}"
        if self._failures >= MAX_IN_A_ROW:
            self.counts.stopped = f"the last {MAX_IN_A_ROW} requests failed ({said})"
        elif self._refusals >= MAX_IN_A_ROW:
            self.counts.stopped = f"the last {MAX_IN_A_ROW} requests were refused ({said})"
        elif self._same >= MAX_IN_A_ROW:
            self.counts.stopped = f"the last {MAX_IN_A_ROW} pages are one and the same, byte for byte: a block page?"
        if answer.retry_after_s is not None and answer.retry_after_s > PATIENCE_S:
            self.counts.stopped = f"asked by the server to come back later (HTTP {answer.status} with Retry-After)"

    async def _tick(self, ledger: Ledger) -> None:
        while True:
            await asyncio.sleep(0.5)
            ledger.flush_if_late()

    def _waits(self, who: str) -> None:
        self._say("waits", holder=who)

    def _hole(self, what: str) -> None:
        self.counts.holes.append(what)

    def _say(self, event: str, **more: Any) -> None:
        self._report({"event": event, "source_id": self.source.source_id, **self.numbers(), **more})
