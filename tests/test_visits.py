"""Requests and visits of one crawl, with a server that is a function: ends, interruptions, disks that are full."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from crawlers.crawl_job import Only
from crawlers.errors import CannotWrite
from crawlers.exchange import Wanted, retry_after_s
from crawlers.fetch import HELD, Fetched, Fetcher, NotAllowed, Stopped
from crawlers.frontier import Found, Frontier
from crawlers.frontier_lists import Lists, Runs
from crawlers.known_robots import KnownRobots, known_robots, remember
from crawlers.ledger import Ledger
from crawlers.pace import HostPace
from crawlers.rekeying import rekey
from crawlers.robots import Robots
from crawlers.segment import SegmentWriter
from crawlers.source import Fetch, Source, UrlRules
from crawlers.states import FAILED, FETCHED, WAITING, Status
from crawlers.visiting import Counts, Plan, Visits

BASE = "https://bao.example"
NOW = datetime(2026, 11, 1, 5, tzinfo=UTC)
Serve = Callable[[str], Awaitable[Response]]


def page(url: str, status: int = 200, **headers: str) -> Response:
    body = b"User-agent: *\nDisallow: /kin\n" if url.endswith("/robots.txt") else f"<p>{url}</p>".encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url, status=status, headers=named, body=body, request=Request(url))


async def healthy(url: str) -> Response:
    return page(url)


class Crawl:
    """A source of eight pages, its frontier, and a server."""

    def __init__(self, folder: Path, delay_s: float = 0.0, concurrency: int = 3) -> None:
        self.source = Source("bao", "Báo", "Báo", hosts=("bao.example",), fetch=Fetch(delay_s, concurrency))
        self.raw = folder / "raw"
        self.frontier = Frontier(folder / "crawl" / "bao.sqlite")
        self.pace = HostPace(folder / "crawl" / "hosts.sqlite")
        at = NOW.timestamp()
        self.frontier.discover([
            Found(f"/{n}", f"{BASE}/{n}", "2026-10", 1, None, BASE, "listing", at) for n in range(8)
        ])  # fmt: skip
        self.writer = SegmentWriter(self.raw, "bao", "r1", lambda: NOW)
        self.ledger = Ledger(self.frontier, Runs(self.frontier), self.writer)
        self.counts, self.broken = Counts(), None
        self.asked: list[str] = []
        self.only: Only = "due"

    async def run(self, serve: Serve, until: Callable[[asyncio.Event], Awaitable[None]] | None = None) -> None:
        stop = asyncio.Event()
        self.fetcher = self.fetching(serve, stop)
        visits = Visits(Plan(self.raw, self.raw, "r1", "crawl", only=self.only), self.counts, self.frontier, self.ledger, self.fetcher,
                        lambda: NOW, stop, lambda: self.broken, lambda: None)  # fmt: skip
        stopping = asyncio.ensure_future(until(stop)) if until else None
        try:
            await visits.all(self.source.fetch.concurrency)
        finally:
            if stopping is not None:
                await stopping
            await self.fetcher.close()

    def fetching(self, serve: Serve, stop: asyncio.Event) -> Fetcher:
        async def download(request: Request) -> Response:
            self.asked.append(request.url.removeprefix(BASE))
            return await serve(request.url)

        return Fetcher(
            self.source, download, self.ledger, self.pace, lambda: NOW, stop, lambda url: None, lambda *_: None
        )

    def close(self) -> None:
        self.frontier.close()
        self.pace.close()


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    made = Crawl(tmp_path)
    yield made
    made.close()


def test_all_that_is_due_is_asked_once_robots_txt_first(crawl: Crawl) -> None:
    asyncio.run(crawl.run(healthy))
    assert crawl.asked[0] == "/robots.txt"
    assert sorted(crawl.asked[1:]) == [f"/{n}" for n in range(8)]
    crawl.ledger.close()
    assert crawl.frontier.counts() == {"fetched": 8}


def test_a_request_under_way_is_waited_for_and_kept_when_another_gives_up_its_turn(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, delay_s=30.0, concurrency=2)
    under_way = asyncio.Event()

    async def slow(url: str) -> Response:
        if not url.endswith("/robots.txt"):
            under_way.set()
            await asyncio.sleep(0.2)
        return page(url)

    async def interrupt(stop: asyncio.Event) -> None:
        await under_way.wait()
        stop.set()

    async def no_wait(host: str, delay_s: float, stop: asyncio.Event, patience_s: float) -> bool:
        """Two turns at once, then none: the second worker waits while the first is answered."""
        turns.append(host)
        if len(turns) <= 2:
            return True
        await stop.wait()
        return False

    turns: list[str] = []
    crawl.pace.turn = no_wait  # type: ignore[method-assign, assignment]
    asyncio.run(crawl.run(slow, interrupt))
    crawl.ledger.close()
    assert crawl.counts.stopped == "interrupted"
    assert crawl.frontier.counts() == {"fetched": 1, "waiting": 7}
    assert len(turns) == 3
    crawl.close()


def test_a_stop_while_several_wait_for_robots_txt_reaches_each_of_them(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, delay_s=30.0)
    crawl.pace.hold("bao.example", crawl.pace.now() + 60, "asked to wait")

    async def several() -> list[object]:
        stop = asyncio.Event()
        fetcher = crawl.fetching(healthy, stop)
        waiting = [asyncio.ensure_future(fetcher.fetch(Wanted(f"{BASE}/{n}"))) for n in range(4)]
        await asyncio.sleep(0)
        stop.set()
        ends = await asyncio.gather(*waiting, return_exceptions=True)
        await fetcher.close()
        return list(ends)

    assert [type(end) for end in asyncio.run(several())] == [Stopped] * 4
    assert crawl.asked == []
    crawl.close()


def test_a_full_disk_ends_the_crawl_with_that_error_and_keeps_what_was_told(crawl: Crawl) -> None:
    add = crawl.writer.add_response
    kept: list[str] = []

    def filling(capture: object, *more: object, **named: object) -> object:
        if len(kept) == 4:
            raise CannotWrite(crawl.raw, OSError(28, "No space left on device"))
        kept.append(capture.url)  # type: ignore[attr-defined]
        return add(capture, *more, **named)  # type: ignore[arg-type]

    crawl.writer.add_response = filling  # type: ignore[method-assign, assignment]
    with pytest.raises(CannotWrite, match="No space left"):
        asyncio.run(crawl.run(healthy))
    crawl.ledger.close()
    assert crawl.frontier.counts() == {"fetched": 3, "waiting": 5}


def test_an_error_beside_the_workers_ends_them(crawl: Crawl) -> None:
    crawl.broken = CannotWrite(crawl.raw, OSError(28, "No space left on device"))  # type: ignore[assignment]
    with pytest.raises(CannotWrite):
        asyncio.run(crawl.run(healthy))
    assert crawl.asked == []


@pytest.mark.parametrize("url", [f"{BASE}/kin/1", "https://other.example/1"])
def test_what_is_not_allowed_is_not_asked(crawl: Crawl, url: str) -> None:
    async def one() -> None:
        fetcher = crawl.fetching(healthy, asyncio.Event())
        with pytest.raises(NotAllowed) as refused:
            await fetcher.fetch(Wanted(url))
        assert not refused.value.passing
        await fetcher.close()

    asyncio.run(one())
    assert set(crawl.asked) <= {"/robots.txt"}


def test_whatever_a_server_or_client_does_is_an_answer(crawl: Crawl) -> None:
    async def hostile(url: str) -> Response:
        if url.endswith("/1"):
            return page(url, 503, Retry_After="²")
        if url.endswith("/2"):
            return page(url, Content_Encoding="gzip").replace(body=b"\x1f\x8b\x08 and no more")
        if url.endswith("/3"):
            raise RuntimeError("a bug of somebody")
        return page(url)

    asyncio.run(crawl.run(hostile, _soon))
    crawl.ledger.close()
    reasons = {row.url.removeprefix(BASE): row.state_reason for row in crawl.frontier.rows("bao")}
    assert reasons["/1"] == "HTTP 503"
    assert reasons["/2"] == "its body cannot be decoded (body-cut)"
    assert reasons["/3"] == "the request failed (RuntimeError)"
    assert crawl.frontier.counts() == {"failed": 1, "fetched": 5, "waiting": 2}


def listed(crawl: Crawl, *paths: str, status: Status | None = None) -> None:
    at = NOW.timestamp()
    crawl.frontier.discover([Found(p, BASE + p, "2026-10", 1, None, BASE, "listing", at) for p in paths])
    if status is not None:
        crawl.frontier.apply([(p, status) for p in paths])


def seen(payload: str, next_fetch_at: float | None = None) -> Status:
    return Status(FETCHED, tries=1, last_fetch_at=1.0, next_fetch_at=next_fetch_at, payload_sha256=payload)


async def dead(url: str) -> Response:
    """Whatever is called /x… answers with one and the same page."""
    return page(url).replace(body=b"<p>not found</p>") if "/x" in url else page(url)


DEAD = [f"/x{n}" for n in range(25)]


def test_a_site_that_answers_for_dead_pages_with_one_page_is_crawled_to_its_end(crawl: Crawl) -> None:
    listed(crawl, *DEAD)
    listed(crawl, "/old", status=seen("a" * 64))
    asyncio.run(crawl.run(dead))
    crawl.ledger.close()
    assert crawl.counts.stopped is None
    assert crawl.frontier.counts() == {"fetched": 34}
    for path in DEAD:
        due = crawl.frontier.get(path)
        assert due is not None
        assert due.status.next_fetch_at == NOW.timestamp() + 7 * 86_400
    assert len(crawl.asked) == 1 + 34  # robots.txt, all pages, one of them to see whether we are blocked


def test_a_block_page_for_everything_ends_the_crawl_and_what_was_asked_to_tell_keeps_its_bytes(crawl: Crawl) -> None:
    async def blocked(url: str) -> Response:
        return page(url) if url.endswith("robots.txt") else page(url).replace(body=b"<p>are you human?</p>")

    listed(crawl, *DEAD)
    listed(crawl, "/old", status=seen("a" * 64))
    asyncio.run(crawl.run(blocked))
    crawl.ledger.close()
    assert "a block page?" in (crawl.counts.stopped or "")
    old = crawl.frontier.get("/old")
    assert old is not None
    assert old.status.payload_sha256 == "a" * 64
    assert crawl.asked.count("/old") == 1


def test_a_page_that_redirects_home_is_not_still_there(crawl: Crawl) -> None:
    async def home(url: str) -> Response:
        return page(url).replace(url=f"{BASE}/") if url.endswith("/0") else page(url)

    with crawl.frontier.transaction():
        crawl.frontier.con.execute("insert into vanished select key, 1.0, 'left' from url where key in ('/0', '/1')")
    asyncio.run(crawl.run(home))
    crawl.ledger.close()
    assert crawl.frontier.con.execute("select key, listed from delisting").fetchall() == [("/1", 0)]
    assert crawl.frontier.con.execute("select * from vanished").fetchall() == []
    assert [gone.listed for gone in Lists(crawl.frontier).delistings("bao")] == [False]


def test_a_host_that_wants_a_long_rest_ends_the_crawl_at_once(crawl: Crawl) -> None:
    crawl.pace.hold("bao.example", crawl.pace.now() + 3000, "it answered 503 with Retry-After")
    asyncio.run(asyncio.wait_for(crawl.run(healthy), 5))
    assert (crawl.counts.stopped, crawl.asked) == (HELD, [])
    assert "until" in crawl.counts.holes[0]


def test_one_page_that_fails_again_and_again_is_not_ten(crawl: Crawl) -> None:
    async def failing(url: str) -> Response:
        return page(url) if url.endswith("robots.txt") else page(url, 503, Retry_After="0")

    crawl.frontier.con.execute("delete from url where key not in ('/0', '/1', '/2')")
    asyncio.run(crawl.run(failing, _soon))
    assert "failed" not in (crawl.counts.stopped or "")


def test_robots_txt_is_asked_three_times_and_its_crawl_delay_holds_from_then_on(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawlers.fetch.backoff_s", lambda failures: 0.01)
    turns: list[float] = []
    answered = crawl.pace.answered
    crawl.pace.answered = lambda host, delay_s: (turns.append(delay_s), answered(host, 0.0))[1]  # type: ignore[method-assign]

    async def shaky(url: str) -> Response:
        if url.endswith("robots.txt") and len(crawl.asked) < 3:
            return page(url, 503)
        return page(url).replace(body=b"User-agent: *\nCrawl-delay: 7\n")

    async def rules() -> None:
        fetcher = crawl.fetching(shaky, asyncio.Event())
        assert (await fetcher.robots(f"{BASE}/0")).usable
        await fetcher.close()

    asyncio.run(rules())
    assert crawl.asked == ["/robots.txt"] * 3
    assert turns[-1] == 7.0


def test_what_failed_is_asked_once_more_and_no_more_than_once_where_only_what_is_missing_is_wanted(
    crawl: Crawl,
) -> None:
    for key in ("/1", "/2"):
        crawl.frontier.apply([(key, Status(FAILED, "HTTP 403", 1, 1, 1.0, 9e9))])
    crawl.frontier.apply([("/3", replace(seen("a" * 64), next_fetch_at=1.0))])  # due for another look
    crawl.frontier.apply([("/kin", Status(FAILED, "HTTP 403", 1, 1, 1.0, 9e9))])
    crawl.only = "missing"

    async def still(url: str) -> Response:
        return page(url, 403 if url.endswith("/2") else 200)

    asyncio.run(crawl.run(still))
    crawl.ledger.close()
    assert sorted(crawl.asked) == sorted(["/robots.txt", *(f"/{n}" for n in range(8) if n != 3)])
    assert crawl.frontier.counts() == {"failed": 1, "fetched": 7}


def test_bytes_are_counted_as_they_came_and_weighed_by_what_was_asked_for(crawl: Crawl) -> None:
    body = gzip.compress(b"<p>tin</p>" * 1000)

    async def zipped(url: str) -> Response:
        if url.endswith("/0"):
            return page(url, 404)
        return page(url) if url.endswith("robots.txt") else page(url, Content_Encoding="gzip").replace(body=body)

    asyncio.run(crawl.run(zipped))
    crawl.ledger.close()
    rules, gone = len(page(f"{BASE}/robots.txt").body), len(page(f"{BASE}/0").body)
    assert (crawl.fetcher.requests, crawl.fetcher.answers) == (9, 9)
    assert crawl.fetcher.bytes == rules + gone + 7 * len(body)
    assert crawl.frontier.sizes() == {
        "list": (1, rules, rules**2), "page": (7, 7 * len(body), 7 * len(body) ** 2),
    }  # fmt: skip


def test_robots_txt_is_asked_conditionally_and_a_304_stands_for_the_rules_known_for_a_week(crawl: Crawl) -> None:
    asked: list[dict[str, str]] = []
    at = [NOW]

    async def download(request: Request) -> Response:
        wanted = {k.decode(): v[0].decode() for k, v in request.headers.items()}
        asked.append(wanted)
        answer = page(request.url, 200, ETag='"1"', Last_Modified="Sun, 01 Nov 2026 00:00:00 GMT")
        return answer.replace(status=304, body=b"") if wanted.get("If-None-Match") == '"1"' else answer

    async def disallowed() -> bool:
        url = f"{BASE}/robots.txt"

        def known(_: str) -> KnownRobots:
            return known_robots(crawl.frontier, url, None, at[0])

        def told(_: str, fetched: Fetched, __: Robots) -> None:
            remember(crawl.frontier, url, fetched)

        fetcher = Fetcher(crawl.source, download, crawl.ledger, crawl.pace, lambda: at[0], asyncio.Event(), known, told)
        robots = await fetcher.robots(f"{BASE}/0")
        await fetcher.close()
        return robots.usable and robots.allowed(f"{BASE}/0") and not robots.allowed(f"{BASE}/kin")

    for days, conditional in ((0, False), (1, True), (5, True), (1, False), (1, True)):
        at[0] += timedelta(days=days)
        assert asyncio.run(disallowed())
        assert ("If-None-Match" in asked[-1], "If-Modified-Since" in asked[-1]) == (conditional, conditional)


def test_a_304_to_a_question_without_conditions_is_no_leave_to_fetch(crawl: Crawl) -> None:
    async def confused(url: str) -> Response:
        return page(url, 304)

    asyncio.run(crawl.run(confused))
    assert crawl.asked == ["/robots.txt"]


def test_changed_rules_give_every_row_its_new_key_and_join_what_is_one_page(crawl: Crawl) -> None:
    listed(crawl, "/a?s=1", "/a?s=2", "/b?s=1")
    crawl.frontier.apply([("/a?s=2", seen("a" * 64))])
    crawl.frontier.con.execute("insert into listed values ('/', '/a?s=1'), ('/', '/a?s=2')")
    crawl.frontier.con.execute("insert into delisting values ('/b?s=1', 0, 1.0, 'left')")
    changed = Source("bao", "Báo", "Báo", hosts=("bao.example",), url=UrlRules(drop_query=("s",)))
    assert rekey(crawl.frontier, changed) == (3, 1)
    rows = dict(crawl.frontier.con.execute("select key, state from url where key not glob '/[0-9]'"))
    assert rows == {"/a": FETCHED, "/b": WAITING}
    assert crawl.frontier.con.execute("select key from listed").fetchall() == [("/a",)]
    assert crawl.frontier.con.execute("select key from delisting").fetchall() == [("/b",)]
    assert rekey(crawl.frontier, changed) == (0, 0)


async def _soon(stop: asyncio.Event) -> None:
    await asyncio.sleep(0.5)
    stop.set()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0), (" 7 ", 7.0), ("Sun, 01 Nov 2026 05:02:00 GMT", 120.0), ("Sun, 01 Nov 2026 04:00:00 GMT", 0.0),
        ("²", None), ("soon", None), ("-5", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_retry_after_is_a_number_a_date_or_nothing(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds


@given(st.text())
def test_no_retry_after_of_strangers_is_an_error(value: str) -> None:
    found = retry_after_s(value, NOW)
    assert found is None or found >= 0
