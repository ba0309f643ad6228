"""Visits of one crawl: which URL is next, what its answer makes of it, and when going on would do harm.

Longer than most: one queue and its counters, touched by every method, so that the stop reasons see all of a visit.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.crawl_job import MAX_IN_A_ROW, Only, Walks
from crawlers.exchange import Wanted, origin_of
from crawlers.fetch import HELD, Fetched, Fetcher, Held, NotAllowed, Stopped
from crawlers.frontier import ALL_MONTHS, Due, Frontier
from crawlers.frontier_lists import Lists
from crawlers.ledger import Ledger
from crawlers.pace import PATIENCE_S
from crawlers.states import EXCLUDED, FAILED, FETCHED, GONE, NOT_BULLETIN, WAITING, Status, after, as_error_page

REVISITS = 1000  # a crawl: at three seconds each, fifty minutes of a publisher's patience
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
    month_from, month_until  months the URLs are filed under, `YYYY-MM`, both included, besides the days
    only           `due`: what waits, then what is worth another look; `missing`: what waits, then what failed, whenever
                   its time comes, each once; nothing a second time
    walk           `always`; `stale`: the ways that were not walked to their end in the last hours, and then whole;
                   `never`
    spread         what waits in turns over the months, a sample; else the newest month first
    """

    raw: Path
    crawl: Path
    run_id: str
    command: str
    since: str = "0001-01-01"
    until: str = "9999-12-31"
    limit: int | None = None
    month_from: str = ALL_MONTHS[0]
    month_until: str = ALL_MONTHS[1]
    only: Only = "due"
    walk: Walks = "always"
    spread: bool = False


@dataclass(slots=True)
class Counts:
    """What happened; the names are those of table `run`. rekeyed, joined: rows of the frontier under changed rules."""

    listed: int = 0
    discovered: int = 0
    fetched: int = 0
    not_modified: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    adopted: int = 0
    excluded: int = 0
    rekeyed: int = 0
    joined: int = 0
    holes: list[str] = field(default_factory=list)
    stopped: str | None = None

    def asked_to_wait(self, held: Held) -> None:
        """The source's crawl ends. Until when is said on the screen and stored nowhere."""
        if self.stopped is None:
            self.stopped = HELD
            self.holes.append(f"{held}; what is left waits for the next crawl")


@dataclass(frozen=True, slots=True)
class _Same:
    """An answer of a streak that is one payload. at: unix seconds; there: it was not redirected away."""

    key: str
    before: Status
    now: Status
    at: float
    there: bool


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
        self._months = (plan.month_from, plan.month_until)
        self._buffer: deque[Due] = deque()
        self._failed: deque[str] = deque()  # keys of what failed before this crawl and is asked once more
        self._in_flight: set[str] = set()
        self._closed: dict[str, str] = {}  # origins that are not asked, and why
        self._fetches = self._revisits = 0
        self._failures: set[str] = set()  # keys in a row: one page that is tried again is not ten pages that fail
        self._refusals: set[str] = set()
        self._away: set[str] = set()
        self._away_is_fine = False
        self._alike: list[_Same] = []
        self._payload: str | None = None
        self._errors: set[str] = set()  # payloads of the site's error pages, checked in this crawl
        self._shared: set[str] = set()  # those that so many pages have that they will be error pages
        self._judging = asyncio.Lock()  # while it is asked whether the site blocks us, nobody else judges

    async def all(self, at_a_time: int) -> None:
        """Raises CrawlersError. Asked to stop, it waits for the requests under way."""
        self._shared = self._frontier.shared(MAX_IN_A_ROW)
        if self._plan.only == "missing":
            self._failed.extend(self._frontier.failed(self._plan.since, self._plan.until, self._months))
        workers = [asyncio.ensure_future(self._work()) for _ in range(at_a_time)]
        try:
            await asyncio.gather(*workers)
        except BaseException:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            raise
        if self._counts.stopped is None:
            self._settle()
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
            except Held as held:
                self._counts.asked_to_wait(held)
                return
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
            at = frontier.next_waiting_at(since, until, self._closed, self._months)
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
        plan, now = self._plan, self._clock().timestamp()
        days, besides = (plan.since, plan.until), (self._closed, self._months)
        self._buffer.extend(self._frontier.waiting(now, _BATCH, self._in_flight, *days, *besides, spread=plan.spread))
        if self._buffer:
            return
        if plan.only == "missing":
            self._fill_with_failed()
        elif self._revisits < REVISITS:
            room = min(_BATCH, REVISITS - self._revisits)
            self._buffer.extend(self._frontier.revisits(now, room, self._in_flight, *days, *besides))
            self._revisits += len(self._buffer)

    def _fill_with_failed(self) -> None:
        while self._failed and len(self._buffer) < _BATCH:
            due = self._frontier.get(self._failed.popleft())
            if due is not None and due.status.state == FAILED:
                self._buffer.append(due)

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
        now = self._take(due, fetched)
        async with self._judging:
            await self._watch(due, fetched)
            await self._watch_same(due, now, fetched)
        if (self._counts.fetched + self._counts.not_modified) % 20 == 0:
            self._say()

    def _take(self, due: Due, fetched: Fetched) -> Status:
        """Tell the frontier what an answer makes of a URL."""
        answer, before = fetched.answer, due.status
        now = after(before, answer, due.known_day)
        error_page = answer.payload_sha256 in self._errors or (
            answer.payload_sha256 in self._shared and answer.payload_sha256 == before.payload_sha256
        )
        if error_page:
            now = as_error_page(before, now)
        self._ledger.change(due.key, now)
        if now.state == GONE or (_is_page(answer.status) and (fetched.elsewhere or error_page)):
            self._looked_at(due.key, answer.at, there=False)
        elif answer.status == 304 and now.state in (FETCHED, NOT_BULLETIN):
            self._looked_at(due.key, answer.at, there=True)
        self._count(before, now, fetched)
        return now

    def _looked_at(self, key: str, at: float, there: bool) -> None:
        self._ledger.also(lambda: self._lists.looked_at(key, at, there))

    def _settle(self) -> None:
        """The streak of equal answers ended before it was one: its pages are there, as far as their address says."""
        for same in self._alike:
            if same.there and same.now.state in (FETCHED, NOT_BULLETIN):
                self._looked_at(same.key, same.at, there=True)
        self._alike.clear()

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

    async def _watch(self, due: Due, fetched: Fetched) -> None:
        """End the crawl where going on would hurt the server or tell nothing: what waits, waits for the next one."""
        answer = fetched.answer
        _streak(self._failures, due.key, answer.is_passing and answer.status != 429)
        _streak(self._refusals, due.key, answer.status in (401, 403, 429))
        _streak(self._away, due.key, fetched.refused is not None)
        said = answer.problem or f"HTTP {answer.status}"
        if answer.retry_after_s is not None and answer.retry_after_s > PATIENCE_S:
            self._counts.stopped = f"asked by the server to come back later (HTTP {answer.status} with Retry-After)"
        elif len(self._failures) >= MAX_IN_A_ROW:
            self._counts.stopped = f"the last {MAX_IN_A_ROW} requests failed ({said})"
        elif len(self._refusals) >= MAX_IN_A_ROW:
            self._counts.stopped = f"the last {MAX_IN_A_ROW} requests were refused ({said})"
        elif len(self._away) >= MAX_IN_A_ROW and not self._away_is_fine and self._counts.stopped is None:
            self._away_is_fine = await self._answers_as_itself(answer.payload_sha256 or "", self._away)
            if not self._away_is_fine:
                self._counts.stopped = f"the last {MAX_IN_A_ROW} pages lead elsewhere ({fetched.refused}): did it move?"

    async def _watch_same(self, due: Due, now: Status, fetched: Fetched) -> None:
        """Ten pages that are one, byte for byte: a block page, or the error page of a site that answers it with 2xx.

        One page that was another is asked: if it answers as itself, nobody blocks us, and what is answered with that
        payload is what the site does not have. Otherwise the crawl ends; those never seen otherwise are no pages.
        """
        answer = fetched.answer
        if answer.status is None or not 200 <= answer.status < 300 or answer.payload_sha256 is None:
            self._settle()
            return
        if answer.payload_sha256 in self._errors:
            return
        if answer.payload_sha256 != self._payload:
            self._settle()
        self._payload = answer.payload_sha256
        self._alike.append(_Same(due.key, due.status, now, answer.at, not fetched.elsewhere))
        if len(self._alike) < MAX_IN_A_ROW:
            return
        keys = {same.key for same in self._alike}
        home = self._fetcher.home(due.url)
        if self._counts.stopped is None and await self._answers_as_itself(self._payload, keys, home):
            self._errors.add(self._payload)
            for same in self._alike:
                self._ledger.change(same.key, as_error_page(same.before, same.now))
                self._looked_at(same.key, same.at, there=False)
            self._alike.clear()
            return
        again = answer.at + _SAME_AGAIN.total_seconds()
        for same in self._alike:
            if not same.before.was_fetched:
                self._ledger.change(same.key, replace(same.now, state=FAILED, reason=SAME_PAGE, next_fetch_at=again))
        self._counts.stopped = f"the last {MAX_IN_A_ROW} pages are one and the same, byte for byte: a block page?"

    async def _answers_as_itself(self, payload_sha256: str, without: set[str], home: str | None = None) -> bool:
        """Whether one page that was no such payload when it was seen last answers with another than it now, too.

        home  asked where no such page is known. Raises Stopped.
        """
        self._ledger.flush()
        for due in self._frontier.others(payload_sha256, self._in_flight | without, self._closed):
            self._in_flight.add(due.key)
            self._buffer = deque(other for other in self._buffer if other.key != due.key)
            try:  # without validators: a 304 would say nothing of what it shows us
                wanted = Wanted(due.url, before=due.status.payload_sha256, besides=payload_sha256)
                fetched = await self._fetcher.fetch(wanted)
                if fetched.answer.payload_sha256 != payload_sha256:  # else it is not told: it says nothing of this page
                    self._take(due, fetched)
            except NotAllowed:
                continue
            finally:
                self._in_flight.discard(due.key)
            return _is_other(fetched, payload_sha256)
        if home is None:
            return False
        try:
            fetched = await self._fetcher.fetch(Wanted(home, besides=payload_sha256, role="listing"))
        except NotAllowed:
            return False
        return _is_other(fetched, payload_sha256)


def _is_page(status: int | None) -> bool:
    """A page, or leave to keep the one we have."""
    return status is not None and 200 <= status < 400


def _is_other(fetched: Fetched, payload_sha256: str) -> bool:
    status = fetched.answer.status
    return status is not None and 200 <= status < 300 and fetched.answer.payload_sha256 != payload_sha256


def _streak(keys: set[str], key: str, goes_on: bool) -> None:
    if goes_on:
        keys.add(key)
    else:
        keys.clear()
