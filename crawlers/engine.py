"""Scrapy's engine in a process of its own: one reactor, one guarded resolver, work that ends it. Once a process."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from crawlers.resolver import GuardedResolver
from crawlers.settings import process_settings

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_DNS_CACHE, _DNS_TIMEOUT_S = 10_000, 20.0


def warnings_only() -> None:
    """What a process of ours says on stderr: its own warnings, Scrapy's errors."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("scrapy").setLevel(logging.ERROR)


def run_engine(
    work: Callable[[AsyncCrawlerRunner], Awaitable[None]],
    private: set[str],
    broke: Callable[[Exception], None],
) -> None:
    """Run the reactor until `work` has ended.

    work     given the runner; its crawlers use the resolver installed here
    private  names whose addresses may be private (crawl_job.allowed_hosts)
    broke    told of what `work` raises: nobody awaits it
    """
    GuardedResolver.allow |= private
    install_reactor(REACTOR)
    # Not at the top: importing it would install the default one.
    from twisted.internet import reactor as installed  # noqa: PLC0415

    reactor: Any = installed
    GuardedResolver(reactor, _DNS_CACHE, _DNS_TIMEOUT_S).install_on_reactor()
    runner = AsyncCrawlerRunner(process_settings())

    async def to_the_end() -> None:
        try:
            await work(runner)
        except Exception as error:
            broke(error)
        finally:
            reactor.stop()

    reactor.callWhenRunning(lambda: asyncio.ensure_future(to_the_end()))
    reactor.run(installSignalHandlers=False)
