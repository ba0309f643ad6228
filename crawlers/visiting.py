"""Visits of one crawl: which URL is next, what its answer makes of it, and when going on would do harm."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.exchange import Wanted, origin_of
from crawlers.fetch import Fetched, Fetcher, NotAllowed, Stopped
from crawlers.frontier import Due, Frontier
from crawlers.frontier_lists import Lists
from crawlers.ledger import Ledger
from crawlers.states import EXCLUDED, FAILED, FETCHED, GONE, NOT_BULLETIN, WAITING, Status, after

REVISITS = 1000  # a crawl: at three seconds each, fifty minutes of a publisher's patience
PATIENCE_S = 400.0  # how long a crawl waits for a back-off to end when nothing else is left to do
MAX_IN_A_ROW = 10  # requests without an answer, refused, or answered with one and the same page
SAME_PAGE = f"one and the same page as {MAX_IN_A_ROW} others: a block page?"
_BATCH = 200
_SAME_AGAIN = timedelta(hours=20)
_DISALLOWED_AGAIN = timedelta(days=30)


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


class Visits:
    """Fetches what is due. broken: an error elsewhere in this crawl that must end it; say: tells of progress."""

    def __init__(
        self,
        plan: Plan,
        counts: Counts,
        frontier: Frontier,
        ledger: Ledger,
        fetcher: Fetcher,
        clock: Callable[[], datetime],
        stop: asyncio.Event,
        broken: Callable[[], BaseException | None],
        say: Callable[[], None],
    ) -> None:
        self._plan, self._counts, self._frontier, self._ledger = plan, counts, frontier, ledger
        self._fetcher, self._clock, self._stop, self._broken, self._say = fetcher, clock, stop, broken, say
        self._lists = Lists(frontier)
        self._buffer: deque[Due] = deque()
        self._in_flight: set[str] = set()
        self._closed: dict[str, str] = {}  # origins that are not asked, and why
        self._fetches = self._revisits = 0
        self._failures = self._refusals = self._away = 0
        self._alike: list[tuple[str, Status, Status]] = []  # (key, before, now) of answers that are one payload
        self._payload: str | None = None

    async def all(self, at_a_time: int) -> None:
        """Raises CrawlersError. Asked to stop, it waits for the requests under way."""
        workers = [asyncio.ensure_future(self._work()) for _ in range(at_a_time)]
        try:
            await asyncio.gather(*workers)
        except BaseException:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            raise
        for origin, reason in self._closed.items():
            self._frontier.wait_for(origin, reason)
        if self._stop.is_set() and self._counts.stopped is None:
            self._counts.stopped = "interrupted"

    async def _work(self) -> None:
        while not self._stop.is_set() and self._counts.stopped is None:
            if (error := self._broken()) is not None:
                raise error
            due = await self._next()
            if due is None:
                return
            self._in_flight.add(due.key)
            try:
                await self._visit(due)
            except Stopped:  # the others' requests are under way: they are waited for
                return
            finally:
                self._in_flight.discard(due.key)

    async def _next(self) -> Due | None:
        """The next URL whose turn it is; waits for a back-off to end where nothing else is left. None: all is done."""
        frontier, since, until = self._frontier, self._plan.since, self._plan.until
        while not self._stop.is_set():
            if self._plan.limit is not None and self._fetches >= self._plan.limit:
                return None
            if not self._buffer:
                self._fill()
            if self._buffer:
                due = self._buffer.popleft()
                if origin_of(due.url) in self._closed:
                    continue
                self._fetches += 1
                return due
            at = frontier.next_waiting_at(since, until, self._closed)
            wait = PATIENCE_S + 1 if at is None else at - self._clock().timestamp()
            if self._in_flight and wait > 1:
                return None  # another worker is at it and sees to what comes of it
            if wait > PATIENCE_S:
                return None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), max(wait, 0.05))
        return None

    def _fill(self) -> None:
        self._ledger.flush()  # what is fetched and not yet told must not be due again
        since, until, now = self._plan.since, self._plan.until, self._clock().timestamp()
        self._buffer.extend(self._frontier.waiting(now, _BATCH, self._in_flight, since, until, self._closed))
        if not self._buffer and self._revisits < REVISITS:
            room = min(_BATCH, REVISITS - self._revisits)
            self._buffer.extend(self._frontier.revisits(now, room, self._in_flight, since, until, self._closed))
            self._revisits += len(self._buffer)

    async def _visit(self, due: Due) -> None:
        before = due.status
        try:
            fetched = await self._fetcher.fetch(
                Wanted(due.url, before.etag, before.last_modified, before.payload_sha256)
            )
        except NotAllowed as refused:
            self._fetches -= 1
            self._not_allowed(due, refused)
            return
        answer = fetched.answer
        now = after(before, answer, due.known_day)
        self._ledger.change(due.key, now)
        there = now.state in (FETCHED, NOT_BULLETIN) and answer.status is not None and answer.status < 400
        if answer.status is not None and (there or now.state == GONE):
            self._ledger.also(lambda: self._lists.looked_at(due.key, answer.at, there))
        self._count(before, now, fetched)
        self._watch(fetched)
        self._watch_same(due.key, before, now, fetched)
        if (self._counts.fetched + self._counts.not_modified) % 20 == 0:
            self._say()

    def _not_allowed(self, due: Due, refused: NotAllowed) -> None:
        if refused.passing:  # of a redirect's target, too: everything here may lead there
            self._closed[refused.origin] = self._closed[origin_of(due.url)] = refused.reason
        elif due.status.state == WAITING:
            self._ledger.change(due.key, replace(due.status, state=EXCLUDED, reason=refused.reason, next_fetch_at=None))
            self._counts.excluded += 1
        else:  # fetched before it was disallowed: what is known stays, it is not looked at again
            later = self._clock() + _DISALLOWED_AGAIN
            self._ledger.change(due.key, replace(due.status, next_fetch_at=later.timestamp()))

    def _count(self, before: Status, now: Status, fetched: Fetched) -> None:
        status = fetched.answer.status
        if status == 304:
            self._counts.not_modified += 1
        elif status is not None and status < 400:
            self._counts.fetched += 1
            self._counts.unchanged += not fetched.changed
        elif now.state == GONE:
            self._counts.gone += before.state != GONE
        else:
            self._counts.failed += 1

    def _watch(self, fetched: Fetched) -> None:
        """End the crawl where going on would hurt the server or tell nothing: what waits, waits for the next one."""
        answer = fetched.answer
        trouble = answer.status is None or answer.status >= 500
        self._failures = self._failures + 1 if trouble else 0
        refused = answer.status in (401, 403, 429)
        self._refusals = self._refusals + 1 if refused else 0
        self._away = self._away + 1 if fetched.refused is not None else 0
        said = answer.problem or f"HTTP {answer.status}"
        if self._failures >= MAX_IN_A_ROW:
            self._counts.stopped = f"the last {MAX_IN_A_ROW} requests failed ({said})"
        elif self._refusals >= MAX_IN_A_ROW:
            self._counts.stopped = f"the last {MAX_IN_A_ROW} requests were refused ({said})"
        elif self._away >= MAX_IN_A_ROW:
            self._counts.stopped = f"the last {MAX_IN_A_ROW} pages lead elsewhere ({fetched.refused}): did it move?"
        if answer.retry_after_s is not None and answer.retry_after_s > PATIENCE_S:
            self._counts.stopped = f"asked by the server to come back later (HTTP {answer.status} with Retry-After)"

    def _watch_same(self, key: str, before: Status, now: Status, fetched: Fetched) -> None:
        """Ten pages that are one, byte for byte, tell nothing: the crawl ends. Those never seen otherwise are no pages.

        An error page is the same for all that is gone; only what claims to be a page counts.
        """
        answer = fetched.answer
        if answer.status is None or not 200 <= answer.status < 300:
            self._alike.clear()
            return
        if answer.payload_sha256 != self._payload:
            self._alike.clear()
        self._payload = answer.payload_sha256
        self._alike.append((key, before, now))
        if len(self._alike) < MAX_IN_A_ROW:
            return
        again = answer.at + _SAME_AGAIN.total_seconds()
        for alike, was, became in self._alike:
            if not was.was_fetched:
                self._ledger.change(alike, replace(became, state=FAILED, reason=SAME_PAGE, next_fetch_at=again))
        self._counts.stopped = f"the last {MAX_IN_A_ROW} pages are one and the same, byte for byte: a block page?"
