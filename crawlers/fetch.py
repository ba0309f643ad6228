"""One polite request: robots.txt first, the host's turn, the request, its bytes archived. Its end is a value."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Response

from crawlers.addresses import PrivateAddress, refuse_private_literal
from crawlers.bounds import OTHER_HOST, OTHER_PORT, port_of, ports_of
from crawlers.errors import CrawlersError
from crawlers.exchange import (
    PRIVATE,
    Wanted,
    block_of,
    header,
    host_of,
    is_elsewhere,
    is_lasting,
    origin_of,
    problem_of,
    request_of,
    retry_after_s,
)
from crawlers.http_message import BadMessage, codings_of, decoded
from crawlers.known_robots import KnownRobots
from crawlers.ledger import Ledger
from crawlers.pace import PATIENCE_S, AskedToWait, HostPace
from crawlers.redirects import REFUSED
from crawlers.resolver import GuardedResolver
from crawlers.robots import Robots, from_answer, unreachable
from crawlers.segment import MAX_PAYLOAD, VIETNAM
from crawlers.source import Source
from crawlers.states import ROBOTS, Answer, backoff_s
from pipelines.records import Capture

Download = Callable[[Request], Awaitable[Response]]
Clock = Callable[[], datetime]

MAX_HOLD = timedelta(hours=1)  # a host may ask us to wait longer; the crawl then ends and says so
TRIES = 3  # of a list page or robots.txt: one that fails would hide the rest of the list, or the day
HELD = "the host asked us to wait"
_TOLD_FROM_S = 2.0


class Stopped(Exception):
    """The crawl was asked to end while this request waited for its turn."""


class Held(Stopped):
    """A host wants to be left alone for longer than a crawl waits: the source's crawl ends. Said for people."""

    def __init__(self, asked: AskedToWait) -> None:
        super().__init__(f"{asked.host}: {HELD} until {moment_text(asked.until)} ({asked.why})")


class NotAllowed(Exception):
    """robots.txt, or a host or port that is none of the source's any more.

    passing  nothing may be fetched of the origin as long as its robots.txt cannot be read; otherwise it is this URL
    """

    def __init__(self, reason: str, passing: bool, origin: str = "") -> None:
        self.reason, self.passing, self.origin = reason, passing, origin
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a request ended. capture None: no answer, or bytes that could not be decoded (answer.problem says why).

    changed  whether the bytes are others than those of the latest capture of the address; they are archived then
    refused  why the redirect that was answered was not followed
    elsewhere  a redirect was followed, or answered, that leads to another path: it is not the page that answered
    """

    answer: Answer
    capture: Capture | None = None
    changed: bool = False
    refused: str | None = None
    elsewhere: bool = False


class Fetcher:
    """Requests of one source, in the manners of RFC 9309 and of its own file.

    download      Scrapy's engine
    ledger        where answers are kept
    robots_known  what is known of a robots.txt from before; robots_seen is told of its next answer
    waits         told once why a host is not asked for a while, in words that have an instant: for people

    requests  sent so far, each hop of a redirect one
    bytes     of the bodies of all answers as they came, hops too, before any decoding; without headers, and without
              those that broke off
    answers   HTTP answers to them, whatever they said
    """

    def __init__(
        self,
        source: Source,
        download: Download,
        ledger: Ledger,
        pace: HostPace,
        clock: Clock,
        stop: asyncio.Event,
        robots_known: Callable[[str], KnownRobots | None],
        robots_seen: Callable[[str, Fetched, Robots], None],
        waits: Callable[[str], None] = lambda why: None,
    ) -> None:
        self._source, self._download, self._ledger = source, download, ledger
        self._pace, self._clock, self._stop = pace, clock, stop
        self._known, self._seen, self._waits = robots_known, robots_seen, waits
        self._told: set[tuple[str, float]] = set()
        self._hosts, self._ports = {host.lower() for host in source.hosts}, ports_of(source)
        self._robots: dict[str, asyncio.Task[Robots]] = {}
        self.requests = self.bytes = self.answers = 0

    async def fetch(self, wanted: Wanted) -> Fetched:
        """Ask once. Everything a server may do is in the answer.

        raises  Stopped, NotAllowed; CrawlersError: full disk, damaged database of paces
        """
        if (urlsplit(wanted.url).hostname or "") not in self._hosts:  # it was when the URL was found
            raise NotAllowed(OTHER_HOST, passing=False)
        if port_of(wanted.url) not in self._ports:
            raise NotAllowed(OTHER_PORT, passing=False)
        robots = await self.usable_robots(wanted.url)
        if not robots.allowed(wanted.url):
            raise NotAllowed(ROBOTS, passing=False)
        return await self._ask(wanted, max(self._source.fetch.delay_s, robots.crawl_delay or 0.0))

    async def patiently(self, ask: Callable[[], Awaitable[Fetched]]) -> Fetched:
        """Ask, and again after a while where the server is in trouble (429, 5xx, no answer): at most TRIES times."""
        for failures in range(1, TRIES):
            fetched = await ask()
            answer = fetched.answer
            wait = max(backoff_s(failures), answer.retry_after_s or 0.0)
            if not answer.is_passing or answer.problem == PRIVATE or wait > PATIENCE_S:
                return fetched
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), wait)
        return await ask()

    def home(self, url: str) -> str:
        """The source's home page; where its file has none, the root of the URL's origin."""
        return self._source.home or f"{origin_of(url)}/"

    async def usable_robots(self, url: str) -> Robots:
        """The rules of the URL's origin. Raises NotAllowed where they cannot be read; Stopped."""
        robots = await self.robots(url)
        if not robots.usable:
            raise NotAllowed(robots.reason or "robots.txt could not be read", True, origin_of(url))
        return robots

    async def robots(self, url: str) -> Robots:
        """The rules of the URL's origin, asked for once a crawl."""
        origin = origin_of(url)
        if origin not in self._robots:
            self._robots[origin] = asyncio.ensure_future(self._fetch_robots(origin))
        # One worker that gives up must not take the answer from the others that wait for it.
        return await asyncio.shield(self._robots[origin])

    async def turn(self, host: str) -> bool:
        """Wait for the turn of host:port at its usual delay. False: the crawl is to end. Raises Held."""
        return await self._turn(host, self._delay_s(host))

    def followed(self, size: int) -> None:
        """A redirect was answered with a body of so many bytes, and its target is being asked: a request of its own."""
        self.requests += 1
        self.answers += 1
        self.bytes += size

    async def close(self) -> None:
        """Nothing is asked or archived any more once this returns."""
        tasks = list(self._robots.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)  # their errors were raised where they were waited for

    def _delay_s(self, host: str) -> float:
        """Seconds between two requests to host:port: the source's, or what robots.txt of any origin there asks for."""
        done = [task for origin, task in self._robots.items() if host_of(origin) == host and task.done()]
        known = [task.result() for task in done if not task.cancelled() and task.exception() is None]
        return max([self._source.fetch.delay_s, *(robots.crawl_delay or 0.0 for robots in known)])

    async def _fetch_robots(self, origin: str) -> Robots:
        url = f"{origin}/robots.txt"
        known, changed = self._known(url) or KnownRobots(None), False
        before = known.payload_sha256

        async def ask() -> Fetched:
            nonlocal before, changed
            wanted = Wanted(url, known.etag, known.last_modified, before, "robots")
            fetched = await self._ask(wanted, self._source.fetch.delay_s)
            before, changed = fetched.answer.payload_sha256 or before, changed or fetched.changed
            return fetched

        fetched = replace(await self.patiently(ask), changed=changed)
        if fetched.answer.status is None:
            robots = unreachable(fetched.answer.problem or "no answer")
        elif fetched.answer.status == 304 and (known.etag or known.last_modified):
            robots = from_answer(200, known.payload, None)
        else:
            capture = fetched.capture
            robots = from_answer(
                fetched.answer.status, capture.payload if capture else b"", capture.content_type if capture else None
            )
        if robots.crawl_delay:  # it holds from robots.txt itself on
            self._pace.answered(host_of(url), max(self._source.fetch.delay_s, robots.crawl_delay))
        self._seen(url, fetched, robots)
        return robots

    async def _turn(self, host: str, delay_s: float) -> bool:
        held = self._pace.held(host)
        if held is not None and _TOLD_FROM_S < held[0] - self._pace.now() <= PATIENCE_S:
            until, why = held
            if (host, until) not in self._told:
                self._told.add((host, until))
                self._waits(f"{host} until {moment_text(until)}: {why}")
        try:
            return await self._pace.turn(host, delay_s, self._stop, PATIENCE_S)
        except AskedToWait as asked:
            raise Held(asked) from asked

    async def _ask(self, wanted: Wanted, delay_s: float) -> Fetched:
        host = host_of(wanted.url)
        try:
            refuse_private_literal(urlsplit(wanted.url).hostname or "", self._source.fetch.allow_private)
        except PrivateAddress:
            return Fetched(Answer(self._clock().timestamp(), None, PRIVATE))
        if not await self._turn(host, delay_s) or self._stop.is_set():
            raise Stopped
        self.requests += 1
        try:
            response = await self._download(request_of(wanted))
        except IgnoreRequest as error:  # a redirect whose turn did not come before the end
            raise Stopped from error
        except Exception as error:  # whatever a server does to a client ends here, as a reason
            if isinstance(error, (CrawlersError, NotAllowed, Stopped)) and not isinstance(error, PrivateAddress):
                raise  # ours: robots.txt of where a redirect leads, a full disk
            self._pace.answered(host, delay_s)
            self.answers += isinstance(error, (DownloadCancelledError, ResponseDataLossError))  # it began to answer
            private = (urlsplit(wanted.url).hostname or "").lower() in GuardedResolver.refused
            problem = PRIVATE if private else problem_of(error, self._source.fetch.max_bytes)
            return Fetched(Answer(self._clock().timestamp(), None, problem, lasting=is_lasting(error)))
        for asked in {host, host_of(response.url)}:
            self._pace.answered(asked, delay_s if asked == host else self._delay_s(asked))
        return self._answered(wanted, response, host)

    def _answered(self, wanted: Wanted, response: Response, host: str) -> Fetched:
        now, body = self._clock(), response.body
        self.answers += 1
        self.bytes += len(body)
        retry_after = None
        if response.status in (429, 503):
            real = self._pace.now()  # not of the clock: the server knows nothing of simulated days
            retry_after = retry_after_s(header(response, "Retry-After"), datetime.fromtimestamp(real, UTC))
            if retry_after:
                held = min(retry_after, MAX_HOLD.total_seconds())
                self._pace.hold(host, real + held, f"it answered {response.status} with Retry-After")
        etag, last_modified = header(response, "ETag"), header(response, "Last-Modified")
        elsewhere = is_elsewhere(wanted.url, response.url)
        if response.status == 304:
            return Fetched(Answer(now.timestamp(), 304, payload_sha256=wanted.before), elsewhere=elsewhere)
        if body and 200 <= response.status < 300:
            self._ledger.weigh("page" if wanted.role is None else "list", len(body))
        try:
            codings = codings_of(header(response, "Content-Encoding") or "")
            payload = decoded(body, codings, MAX_PAYLOAD)
        except BadMessage as error:
            return Fetched(Answer(now.timestamp(), None, f"its body cannot be decoded ({error.rule})", lasting=True))
        capture = Capture(
            source_id=self._source.source_id,
            url=wanted.url,
            fetched_at=now,
            payload=payload,
            content_type=header(response, "Content-Type"),
            http_status=response.status,
            final_url=response.url if response.url != Request(wanted.url).url else None,
        )
        block = block_of(response, body)
        kept = self._ledger.keep(capture, block, body, wanted.before, wanted.role, wanted.besides)
        answer = Answer(now.timestamp(), response.status, None, retry_after, etag, last_modified, kept.payload_sha256)
        refused = response.request.meta.get(REFUSED) if response.request is not None else None
        return Fetched(answer, capture, kept.stored, refused, elsewhere or 300 <= response.status < 400)


def moment_text(until: float) -> str:
    """In the time of Vietnam, to the minute."""
    return f"{datetime.fromtimestamp(until, VIETNAM):%Y-%m-%d %H:%M %z}"
