"""The spider of every source: Scrapy's engine does the requests, `SourceCrawl` decides which and keeps the answers.
A look at a source (crawlers/look.py) is such a work too, and keeps none.

Requests are made one by one with the engine's `download_async` instead of through Scrapy's scheduler: the frontier is
the queue (Scrapy's own on disk lost 186 of 300 pages after a SIGKILL), and an answer is archived before anything else
happens to it. Bulletin pages are not parsed here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

from scrapy import Request, Spider
from scrapy.http import Response

from crawlers.fetch import Download, Fetcher


class Work(Protocol):
    """What the engine is run for. fetcher: does the asking, as soon as there is any."""

    fetcher: Fetcher | None

    async def run(self, download: Download) -> None: ...


class BulletinSpider(Spider):
    """crawl: what to do; its exception, if it ends with one, is kept in `error`."""

    name = "bulletin"

    def __init__(self, crawl: Work, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.error: BaseException | None = None

    async def start(self) -> AsyncIterator[Any]:
        """All of the crawl; nothing is handed to Scrapy's scheduler."""
        try:
            await self.crawl.run(self._download)
        except Exception as error:
            self.error = error
        return
        yield

    async def _download(self, request: Request) -> Response:
        engine = self.crawler.engine
        assert engine is not None
        return await engine.download_async(request)

    async def may_fetch(self, url: str) -> bool:
        """Whether robots.txt of that origin lets a redirect go there; it is asked for where it is not known yet.

        raises  NotAllowed, Stopped, out of `download`: a redirect that was not followed for these is no answer to keep
        """
        assert self.crawl.fetcher is not None
        return (await self.crawl.fetcher.usable_robots(url)).allowed(url)

    async def pace_turn(self, host: str) -> bool:
        """Wait for the turn of a redirect's host (host:port). False: the crawl is to end."""
        assert self.crawl.fetcher is not None
        return await self.crawl.fetcher.turn(host)

    def followed(self, size: int) -> None:
        """A redirect is followed: count it and its body of so many bytes."""
        assert self.crawl.fetcher is not None
        self.crawl.fetcher.followed(size)
