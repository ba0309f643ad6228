"""The asking process of a look: `python -m crawlers.look`. Lines of JSON in, an answer to each out; nothing is stored.

First line in: a source (looking.job_of), `contact`, `paces` (file or null), `ahead_s`. Then `{"url", "form"}` or
`{"robots": url}`. Out: a line for each, the first one `{"ready": true}`; `{"waits": why}` in between; `{"failed": …}`
where it cannot go on. It ends when its stdin does, so also when whoever started it dies.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import sys
import threading
import time
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response

from crawlers.crawl_job import allowed_hosts
from crawlers.engine import run_engine, warnings_only
from crawlers.exchange import Wanted, header, origin_of
from crawlers.fetch import Download, Fetched, Fetcher, Held, NotAllowed
from crawlers.ledger import Kept, Ledger
from crawlers.pace import HostPace
from crawlers.robots import Robots
from crawlers.settings import settings_of
from crawlers.source import Discover, Fetch, Source
from crawlers.spiders.bulletin import BulletinSpider
from crawlers.tls_trouble import tls_trouble
from pipelines.records import BantinError, Capture

_LAST_WORDS_S = 3.0
"""How long a request under way may go on once nobody waits for its answer."""


def main() -> int:
    warnings_only()
    try:
        job = json.loads(sys.stdin.buffer.readline())
        source = _source(job)
        settings = settings_of(source, job["contact"])
        paces = Path(job["paces"]) if job["paces"] else Path(":memory:")  # without a home it is this process's own
        with closing(HostPace(paces)) as pace:
            return _serve(Looks(source, pace, timedelta(seconds=job["ahead_s"])), settings)
    except (BantinError, ValueError, TypeError, KeyError) as error:
        _tell({"failed": str(error)})
        return 1


class KeepsNothing(Ledger):
    """Where a look's answers go."""

    def __init__(self) -> None:
        """No files, so nothing of the parent's."""

    def keep(
        self,
        capture: Capture,
        block: bytes,
        raw_body: bytes,
        before: str | None,
        role: str | None = None,
        besides: str | None = None,
    ) -> Kept:
        return Kept(hashlib.sha256(capture.payload).hexdigest(), stored=False)

    def weigh(self, role: str, size: int) -> None:
        """Sizes are for plans of crawls."""


class Asker(Fetcher):
    """A Fetcher that asks once: whoever looks waits for the answer, and trouble is an answer too."""

    async def patiently(self, ask: Any) -> Fetched:
        answered: Fetched = await ask()
        return answered


class Looks:
    """The work of the engine: one request after the other, as they come in."""

    def __init__(self, source: Source, pace: HostPace, ahead: timedelta) -> None:
        self.source, self._pace, self._ahead = source, pace, ahead
        self.wanted: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.fetcher: Fetcher | None = None
        self._location: str | None = None
        self._tls: str | None = None
        self._tls_of: dict[str, str | None] = {}  # of each origin's robots.txt: what it hides, it hides from all pages
        self._status_of: dict[str, int | None] = {}

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    async def run(self, download: Download) -> None:
        """Until stdin ends."""

        async def noted(request: Request) -> Response:
            self._tls = None
            try:
                response = await download(request)
            except Exception as error:
                self._tls = tls_trouble(error)
                raise
            self._location = _location(response)
            return response

        fetcher = self.fetcher = Asker(
            self.source, noted, KeepsNothing(), self._pace, self.now, asyncio.Event(),
            lambda url: None, self._seen, lambda why: _tell({"waits": why}),
        )  # fmt: skip
        _tell({"ready": True})
        while (asked := await self.wanted.get()) is not None:
            self._location = self._tls = None
            if "robots" in asked:
                answer = await self._robots(fetcher, asked["robots"])
            else:
                form = asked["form"]
                answer = await self._page(fetcher, asked["url"], None if form is None else tuple(map(tuple, form)))
            _tell(answer | {"requests": fetcher.requests, "tls": self._tls})

    def _seen(self, url: str, fetched: Fetched, robots: Robots) -> None:
        self._tls_of[origin_of(url)] = self._tls
        self._status_of[origin_of(url)] = fetched.answer.status

    async def _robots(self, fetcher: Fetcher, url: str) -> dict[str, Any]:
        try:
            robots = await fetcher.robots(url)
        except Held as held:
            robots = Robots(usable=False, reason=str(held))
        facts = {name: getattr(robots, name) for name in ("usable", "reason", "crawl_delay", "sitemaps", "note")}
        return facts | {"url": f"{origin_of(url)}/robots.txt", "status": self._status_of.get(origin_of(url))}

    async def _page(self, fetcher: Fetcher, url: str, form: tuple[tuple[str, str], ...] | None) -> dict[str, Any]:
        fetched: Fetched | None = None
        problem = not_allowed = None
        try:
            if urlsplit(url).scheme not in ("http", "https"):
                raise ValueError(url)
            fetched = await fetcher.fetch(Wanted(url, role="look", form=form))
        except NotAllowed as error:
            not_allowed, self._tls = error.reason, self._tls_of.get(error.origin)
        except Held as held:
            problem = str(held)
        except ValueError:
            problem = "not an http address"
        capture, answer = (fetched.capture, fetched.answer) if fetched else (None, None)
        return {
            "at": answer.at if answer else self.now().timestamp(),
            "status": answer.status if answer else None,
            "problem": answer.problem if answer else problem,
            "refused": fetched.refused if fetched else None,
            "not_allowed": not_allowed,
            "location": self._location if fetched else None,
            "final_url": capture.final_url if capture else None,
            "content_type": capture.content_type if capture else None,
            "payload": base64.b64encode(capture.payload if capture else b"").decode("ascii"),
        }


def _serve(looks: Looks, settings: dict[str, Any]) -> int:
    broken: list[BaseException] = []

    async def work(runner: AsyncCrawlerRunner) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=_listen, args=(looks, loop), daemon=True).start()
        crawler = Crawler(BulletinSpider, settings)
        await runner.crawl(crawler, crawl=looks)
        if isinstance(crawler.spider, BulletinSpider) and crawler.spider.error is not None:
            broken.append(crawler.spider.error)

    run_engine(work, allowed_hosts([looks.source]), broken.append)
    for error in broken:
        _tell({"failed": str(error) if isinstance(error, BantinError) else f"{type(error).__name__}: {error}"})
    return int(bool(broken))


def _listen(looks: Looks, loop: asyncio.AbstractEventLoop) -> None:
    """Hand on what is asked for. Our stdin ends when whoever started us ends: so do we."""
    with suppress(RuntimeError):  # the loop has ended already
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(looks.wanted.put_nowait, json.loads(line))
        loop.call_soon_threadsafe(looks.wanted.put_nowait, None)
    time.sleep(_LAST_WORDS_S)
    os._exit(0)  # a server that answers slowly, and nobody to hear it


def _location(response: Response) -> str | None:
    """Where a redirect leads, as sent; None: it is none, or leads to no address at all."""
    location = header(response, "Location") if 300 <= response.status < 400 else None
    try:
        return location if location and urlsplit(urljoin(response.url, location)).port != 0 else None
    except ValueError:  # a bracket that is never closed, a port that is no number
        return None


def _source(job: dict[str, Any]) -> Source:
    return Source(
        job["source_id"], job["name"], job["publisher"], home=job["home"], hosts=tuple(job["hosts"]),
        fetch=Fetch(**job["fetch"]), discover=tuple(Discover(**way) for way in job["discover"]),
    )  # fmt: skip


def _tell(answer: dict[str, Any]) -> None:
    try:
        sys.stdout.write(json.dumps(answer) + "\n")  # ASCII: whatever the locale
        sys.stdout.flush()
    except OSError:
        os._exit(1)  # nobody listens


if __name__ == "__main__":
    raise SystemExit(main())
