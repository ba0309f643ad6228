"""One crawl of one source: adopt what a killed run left, walk the ways, fetch what is due, tell how it went."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from typing import Any

from crawlers.adoption import adopt
from crawlers.crawl_job import FRESH
from crawlers.errors import CrawlersError
from crawlers.exchange import Wanted
from crawlers.fetch import Download, Fetched, Fetcher, Held, Stopped
from crawlers.frontier import Frontier, refusal
from crawlers.frontier_lists import Lists, Page, Runs, Walk
from crawlers.known_robots import KnownRobots, known_robots, remember
from crawlers.ledger import Ledger
from crawlers.locks import exclusive_later
from crawlers.pace import HostPace
from crawlers.recovery import recover
from crawlers.rekeying import rekey
from crawlers.robots import Robots
from crawlers.segment import SegmentWriter
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source, way_name
from crawlers.two_ways import compare
from crawlers.visiting import Counts, Plan, Visits
from crawlers.walking import WINDOW, Walker

GOES_ON = timedelta(hours=1)  # walks of a killed run that are older than this are walked again

Report = Callable[[dict[str, Any]], None]


class SourceCrawl:
    """See the module. `run` is awaited once, inside Scrapy's engine, whose `download` it uses.

    done  it came to its end
    """

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
        self._broken: BaseException | None = None
        self._walker: Walker | None = None
        self.fetcher: Fetcher | None = None
        self.done = False

    @property
    def unreachable(self) -> bool:
        """Requests were sent, and none got any answer of HTTP: no network, or a server that is off."""
        return self.fetcher is not None and self.fetcher.requests > 0 and self.fetcher.answers == 0

    async def run(self, download: Download) -> None:
        """Raises CrawlersError: full disk, damaged frontier. What a server does never raises: it is in `counts`."""
        source, plan = self.source, self.plan
        lock = plan.crawl / f"{source.source_id}.lock"
        with ExitStack() as stack:
            held = await exclusive_later(
                lock, f"{plan.command}, run {plan.run_id}", self._clock(), self._waits, self._stop
            )
            if held is None:
                self.counts.stopped = "interrupted while waiting for another crawl"
                self.done = True
                return
            stack.enter_context(held)
            recover(plan.raw, source.source_id)
            frontier = stack.enter_context(Frontier(plan.crawl / f"{source.source_id}.sqlite"))
            try:
                await self._held(frontier, download)
            except sqlite3.Error as error:
                raise refusal(frontier.file, error) from error
        self.done = True

    async def _held(self, frontier: Frontier, download: Download) -> None:
        """The crawl, its lock held. However it ends, the run's row says so, but on a full disk or when killed."""
        plan, runs = self.plan, Runs(frontier)
        killed = runs.begin(plan.run_id, plan.command, self._clock().timestamp())
        try:
            self._obey_rules(frontier)
            self.counts.adopted = adopt(plan.raw, self.source, frontier, runs)
            await self._crawl(frontier, runs, download, killed)
        except BaseException as error:
            with suppress(CrawlersError, sqlite3.Error):
                outcome = f"failed: {type(error).__name__}"
                runs.end(plan.run_id, self._clock().timestamp(), outcome, self.numbers())
            raise
        self._say("crawl", left=frontier.counts())
        runs.end(plan.run_id, self._clock().timestamp(), self.outcome, self.numbers())

    async def _crawl(self, frontier: Frontier, runs: Runs, download: Download, killed: str | None) -> None:
        writer = SegmentWriter(self.plan.raw, self.source.source_id, self.plan.run_id, self._clock)
        ledger = Ledger(frontier, runs, writer, lambda: runs.progress(self.plan.run_id, self.numbers()))
        lists = Lists(frontier)
        self.fetcher = self._fetcher(download, frontier, ledger, lists)
        ticker = asyncio.ensure_future(self._tick(ledger))
        try:
            await self._walk(frontier, lists, ledger, killed)
            if self.plan.only == "due":  # asks robots.txt, and what it excludes is not missing
                await self._judge(frontier, self.fetcher)
            visits = Visits(self.plan, self.counts, frontier, ledger, self.fetcher, self._clock, self._stop,
                            lambda: self._broken, lambda: self._say("progress"))  # fmt: skip
            await visits.all(self.source.fetch.concurrency)
        except Held as held:
            self.counts.asked_to_wait(held)
        except Stopped:
            self.counts.stopped = "interrupted"
        finally:
            ticker.cancel()
            await self.fetcher.close()
            ledger.close()

    @property
    def outcome(self) -> str:
        """As in table `run`."""
        if self.counts.stopped:
            return f"stopped: {self.counts.stopped}"
        return "done with holes" if self.counts.holes else "done"

    def numbers(self) -> dict[str, int]:
        """The counts by name."""
        if self._walker is not None:
            self.counts.listed, self.counts.discovered = self._walker.listed, self._walker.discovered
        return {name: value for name in Counts.__slots__ if isinstance(value := getattr(self.counts, name), int)}

    def _obey_rules(self, frontier: Frontier) -> None:
        """Keys, and what waits or is excluded, by the rules the source file has today."""
        sighting = Sighting(self.source)
        if frontier.rules == sighting.digest:
            return
        with frontier.transaction():
            done = rekey(frontier, self.source)
            verdicts = list(sighting.judged(frontier.unfetched()))
            frontier.judge(verdicts, self._clock().timestamp(), sighting.digest)
        if done.moved:
            self.counts.rekeyed, self.counts.joined = done
            self._say("rules", **done._asdict())

    async def _judge(self, frontier: Frontier, fetcher: Fetcher) -> None:
        """What robots.txt did not allow, by what it says today."""
        allowed = []
        for key, url in frontier.disallowed():
            if self.source.key(url).startswith("//"):  # a host that is ours no more is not asked for anything
                continue
            robots = await fetcher.robots(url)
            if robots.usable and robots.allowed(url):
                allowed.append((key, None))
        if allowed:
            frontier.judge(allowed, self._clock().timestamp())

    def _fetcher(self, download: Download, frontier: Frontier, ledger: Ledger, lists: Lists) -> Fetcher:
        def known(url: str) -> KnownRobots | None:
            page = lists.page(url)
            return None if page is None else known_robots(frontier, url, page.payload_sha256, self._clock())

        def seen(url: str, fetched: Fetched, robots: Robots) -> None:
            at, answer, key = fetched.answer.at, fetched.answer, self.source.key(url)
            before = lists.page(url)
            sha = answer.payload_sha256 or (before.payload_sha256 if before else None)
            changed = at if fetched.changed or before is None else before.changed_at
            page = Page(url, key, url, "robots", None, None, sha, at, changed, (), robots.reason)

            def store() -> None:
                lists.store(page, None)
                remember(frontier, url, fetched)

            ledger.also(store)
            if not robots.usable:
                self._hole(f"{url}: {robots.reason}; nothing is fetched from this host")

        return Fetcher(self.source, download, ledger, self._pace, self._clock, self._stop, known, seen, self._waits)

    async def _walk(self, frontier: Frontier, lists: Lists, ledger: Ledger, killed: str | None) -> None:
        walker = Walker(self.source, frontier, lists, ledger, self._fetch_list, self._clock, self.plan.run_id)
        self._walker, walks, reused = walker, [], False
        lists.drop_ways(way_name(way) for way in self.source.discover)
        if self.plan.walk == "never":
            return
        fresh = (self._clock() - GOES_ON).timestamp()
        for way in self.source.discover:
            before = lists.last_walk(way_name(way))
            if before is not None and before.run_id == killed and before.complete and before.ended_at >= fresh:
                walks.append(before)  # the killed run had seen it all just now: its work goes on here
                lists.walked(before._replace(run_id=self.plan.run_id))
                continue
            if self.plan.walk == "stale" and self._is_fresh(lists, way):
                reused = True
                continue
            outcome = await walker.walk(way, whole=self.plan.walk == "stale")
            walks.append(outcome.walk)
            if outcome.problem:
                self._hole(outcome.problem)
            self._say("walk", way=outcome.walk.way, items=outcome.walk.items, unknown=outcome.walk.unknown,
                      pages=outcome.walk.pages, stop_reason=outcome.walk.stop_reason)  # fmt: skip
        whole = [w for w in walks if w.complete]
        windows = [w for w in walks if not w.way.startswith("feed ")]
        at = self._clock().timestamp()
        compare(frontier, [way_name(way) for way in self.source.discover], walks, WINDOW, at)
        lists.note_back(at)
        if whole and len(whole) == len(windows) and not reused:  # a reused walk was judged by its own crawl
            ways = " and ".join(w.way for w in whole)
            paged = all(w.pages > 1 for w in whole)
            lists.note_vanished(at, f"walked to its end, {ways} shows it no more", undated=paged)
            if (too_many := lists.vanished_too_many()) is not None:
                self._hole(too_many)

    def _is_fresh(self, lists: Lists, way: Discover) -> bool:
        """Whether all that a way lists was seen a few hours ago."""
        last: Walk | None = lists.last_walk(way_name(way), complete=way.kind != "feed")
        if last is None or last.ended_at < (self._clock() - FRESH).timestamp():
            return False
        return last.complete or last.stop_reason.startswith(WINDOW)  # a feed has no end to be walked to

    async def _fetch_list(self, wanted: Wanted) -> Fetched:
        """As Fetcher.fetch, again after a while where the server is in trouble."""
        fetcher = self.fetcher
        assert fetcher is not None
        return await fetcher.patiently(lambda: fetcher.fetch(wanted))

    async def _tick(self, ledger: Ledger) -> None:
        try:
            while True:
                await asyncio.sleep(0.5)
                ledger.flush_if_late()
        except Exception as error:  # nobody awaits this task: the workers raise it
            self._broken = error

    def _waits(self, who: str) -> None:
        self._say("waits", holder=who)

    def _hole(self, what: str) -> None:
        self.counts.holes.append(what)

    def _say(self, event: str, **more: Any) -> None:
        self._report({"event": event, "source_id": self.source.source_id, **self.numbers(), **more})
