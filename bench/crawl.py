"""Crawl speed against a bare Scrapy spider in the same run, and the frontier's own speed; ratios are what counts.

`python -m bench.crawl [PAGES]`. Both clients crawl the same static site, listing by listing, at the same concurrency
and without a delay; the peer stores nothing, ours archives, keeps the frontier and its lists. CPU seconds are those of
the client process, its start included.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawlers.crawl_job import CrawlJob
from crawlers.frontier import Found, Frontier
from crawlers.states import Answer, after

HOST, PORT, KILOBYTES, CONCURRENCY, ROUNDS = "127.0.43.1", 18943, 61, 16, 3

PEER = f"""
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    start_urls = ["http://{HOST}:{PORT}/list-0"]
    def parse(self, response):
        for link in response.css("li > a::attr(href)").getall():
            yield response.follow(link, self.page)
        following = response.css("a.next::attr(href)").get()
        if following:
            yield response.follow(following)
    def page(self, response):
        self.crawler.stats.inc_value("pages")
process = AsyncCrawlerProcess({{
    "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True, "CONCURRENT_ITEMS": 1,
    "CONCURRENT_REQUESTS": {CONCURRENCY}, "CONCURRENT_REQUESTS_PER_DOMAIN": {CONCURRENCY}, "DOWNLOAD_DELAY": 0,
}})
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("pages", 0))
"""

SOURCE = f"""
publisher = "Bench"
home  = "http://{HOST}:{PORT}/"
hosts = ["{HOST}"]
enabled = true
[fetch]
delay_s = 0
concurrency = {CONCURRENCY}
allow_private = true
[[discover]]
kind = "listing"
url  = "http://{HOST}:{PORT}/list-0"
item = "li > a"
next = "a.next"
"""


def peer() -> tuple[int, float]:
    """(pages, CPU seconds) of the bare spider."""
    before = _children()
    done = subprocess.run([sys.executable, "-c", PEER], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]), _children() - before


def ours(home: Path) -> tuple[int, float]:
    """(pages, CPU seconds) of `python -m crawlers.run`."""
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "bench.toml").write_text(SOURCE, encoding="utf-8")
    before = _children()
    job = CrawlJob(str(home), ("bench",), "bench", "crawl").line()
    child = subprocess.Popen(
        [sys.executable, "-m", "crawlers.run"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert child.stdin is not None
    child.stdin.write(job)
    child.stdin.flush()
    child.wait()
    child.stdin.close()
    with Frontier(home / "crawl" / "bench.sqlite", read_only=True) as frontier:
        return frontier.counts().get("fetched", 0), _children() - before


def crawl_speed(pages: int) -> None:
    site = subprocess.Popen(
        [sys.executable, "-m", "bench.static_site", HOST, str(PORT), str(pages), str(KILOBYTES)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert site.stdout is not None
        site.stdout.readline()
        rates: dict[str, list[float]] = {"bare Scrapy": [], "Bantin": []}
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                for name, (count, cpu) in (("bare Scrapy", peer()), ("Bantin", ours(Path(folder) / "home"))):
                    assert count == pages, f"{name}: {count} of {pages} pages"
                    rates[name].append(count / cpu)
        medians = {name: statistics.median(values) for name, values in rates.items()}
        for name, rate in medians.items():
            print(f"{name:<12} {rate:7.0f} pages/CPU-s   {pages} pages of {KILOBYTES} KB, {CONCURRENCY} at a time")
        print(f"ratio        {medians['Bantin'] / medians['bare Scrapy']:7.2f}   (floor 0.5, aim 0.8)")
    finally:
        site.kill()
        site.wait()


def frontier_speed(urls: int = 1_000_000, changes: int = 100_000) -> None:
    """State changes a second on a big frontier, in groups of 50 as a crawl makes them, and the memory it takes."""
    with tempfile.TemporaryDirectory() as folder, Frontier(Path(folder) / "big.sqlite") as frontier:
        started = time.perf_counter()
        for first in range(0, urls, 50_000):
            frontier.discover([
                Found(f"/tin-tuc/su-kien/bai-viet-so-{n}-{n * 7919 % 1_000_003}.html",
                      f"https://bench.example/tin-tuc/su-kien/bai-viet-so-{n}-{n * 7919 % 1_000_003}.html",
                      f"{2000 + n % 25}-{n % 12 + 1:02}", 1, None, None, "sitemap", 1.0)
                for n in range(first, first + 50_000)
            ])  # fmt: skip
        print(f"frontier     {urls / (time.perf_counter() - started):7.0f} URLs/s discovered, {urls} in all")
        started, done = time.perf_counter(), 0
        while done < changes:
            batch = frontier.waiting(2.0, 200)
            for at in range(0, len(batch), 50):
                answer = Answer(3.0, 200, payload_sha256="0" * 64)
                frontier.apply([(d.key, after(d.status, answer, d.known_day)) for d in batch[at : at + 50]])
            done += len(batch)
        print(f"             {done / (time.perf_counter() - started):7.0f} state changes/s (floor 5,000)")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"             {memory:7.0f} MB resident at most (ceiling 400)")


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    crawl_speed(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    frontier_speed()
