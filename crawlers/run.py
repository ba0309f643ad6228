"""The crawling process: `python -m crawlers.run`, a CrawlJob on stdin, events on stdout. One reactor for all sources.

Started by Dagster, the job comes and the events go by Dagster Pipes instead (crawlers/piped.py). It ends when all
sources are done, on SIGTERM or SIGINT, or when whoever started it dies; requests under way are waited for and kept.
Killed harder than that, it loses nothing either (crawlers/ledger.py).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from crawlers.catalog import load_catalog
from crawlers.crawl_job import CrawlJob, Tell, allowed_hosts, crawl_folders
from crawlers.engine import run_engine, warnings_only
from crawlers.pace import HostPace
from crawlers.settings import settings_of
from crawlers.source import Source
from crawlers.source_crawl import SourceCrawl
from crawlers.spiders.bulletin import BulletinSpider
from crawlers.visiting import Counts, Plan
from pipelines.records import BantinError

DAGSTER = "DAGSTER_PIPES_CONTEXT"
"""Set in the environment of a process that Dagster Pipes starts."""


def main() -> int:
    warnings_only()
    if DAGSTER in os.environ:
        # Not at the top: nobody else needs it.
        from crawlers.piped import piped  # noqa: PLC0415

        return piped(crawl)
    try:
        return crawl(CrawlJob.of(sys.stdin.readline()), _tell, _watch_stdin)
    except (BantinError, ValueError, TypeError, KeyError) as error:
        _tell({"event": "failed", "problem": str(error)})
        return 1


def crawl(job: CrawlJob, tell: Tell, watch: Callable[[Callable[[], None]], None]) -> int:
    """Crawl all sources of a job; 1 if any of them broke. Once a process.

    tell    told of each event, in the thread of the caller; each source gets one `end`, whatever becomes of it
    watch   run in a thread of its own; calls what it is given when the parent has died
    raises  BantinError before anything is asked: no home, no source files
    """
    home = Path(job.home)
    catalog = load_catalog(home)
    sources: list[Source] = []
    results: list[int] = []
    for source_id in job.source_ids:
        try:
            sources.append(catalog.get(source_id))
        except BantinError as error:  # its file was spoilt since the job was made
            results.append(_ended(tell, source_id, None, error))
    raw, folder = crawl_folders(home)
    plan = Plan(raw, folder, job.run_id, job.command, job.since, job.until, job.limit,
                job.month_from, job.month_until, job.only, job.walk, job.spread)  # fmt: skip
    ahead = timedelta(seconds=job.ahead_s)

    async def everything(runner: AsyncCrawlerRunner) -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        threading.Thread(target=watch, args=(lambda: loop.call_soon_threadsafe(stop.set),), daemon=True).start()
        turns = asyncio.Semaphore(job.at_a_time)

        async def one(source: Source, pace: HostPace) -> None:
            async with turns:
                crawl = SourceCrawl(source, plan, pace, lambda: datetime.now(UTC) + ahead, stop, tell)
                crawler = Crawler(BulletinSpider, settings_of(source, job.contact))
                await runner.crawl(crawler, crawl=crawl)
                spider = crawler.spider
                error = spider.error if isinstance(spider, BulletinSpider) else None
                results.append(_ended(tell, source.source_id, crawl, error))

        with closing(HostPace(folder / "hosts.sqlite")) as pace:
            outcomes = await asyncio.gather(*(one(source, pace) for source in sources), return_exceptions=True)
        for source, outcome in zip(sources, outcomes, strict=True):
            if isinstance(outcome, BaseException):  # one source that breaks leaves the others going
                results.append(_ended(tell, source.source_id, None, outcome))

    def broke(error: Exception) -> None:
        tell({"event": "failed", "problem": _words(error)})
        results.append(1)

    run_engine(everything, allowed_hosts(sources), broke)
    return max(results, default=0)


def _ended(tell: Tell, source_id: str, crawl: SourceCrawl | None, error: BaseException | None) -> int:
    """Tell how a source ended; 1 if it broke. crawl None: it never began."""
    if error is None and not (crawl and crawl.done):
        error = RuntimeError("its crawl was broken off")
    if error is not None and not isinstance(error, BantinError):
        logging.getLogger("bantin").error("%s", source_id, exc_info=error)
    problem = None if error is None else _words(error)
    if problem is not None:
        tell({"event": "failed", "problem": f"{source_id}: {problem}"})
    counts, fetcher = (crawl.counts, crawl.fetcher) if crawl else (Counts(), None)
    tell({
        "event": "end", "source_id": source_id, "problem": problem,
        "outcome": crawl.outcome if crawl and error is None else f"failed: {type(error).__name__}",
        "holes": counts.holes, "stopped": counts.stopped, "unreachable": crawl is not None and crawl.unreachable,
        "requests": fetcher.requests if fetcher else 0, "bytes": fetcher.bytes if fetcher else 0,
        **(crawl.numbers() if crawl else {}),
    })  # fmt: skip
    return int(error is not None)


def _words(error: BaseException) -> str:
    return str(error) if isinstance(error, BantinError) else f"{type(error).__name__}: {error}"


def _watch_stdin(stop: Callable[[], None]) -> None:
    """Our stdin ends when whoever started us ends."""
    while os.read(0, 1024):
        pass
    with suppress(RuntimeError):  # we have ended already
        stop()


def _tell(event: dict[str, Any]) -> None:
    try:
        sys.stdout.write(json.dumps(event) + "\n")  # ASCII: whatever the locale
        sys.stdout.flush()
    except OSError:
        os._exit(1)  # nobody listens: as good as killed, and as safe


if __name__ == "__main__":
    raise SystemExit(main())
