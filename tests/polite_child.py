"""Downloads addresses with the settings of sources, in a process of its own (Twisted starts once a process).

argv[1]: JSON list of jobs, one source each: `hosts`, `fetch`, `urls`; also `allow` (names for GuardedResolver), `names`
(name → addresses its lookups give, in turn: there is no DNS server here), `disallow` (addresses the spider may not
fetch), `later` (it says so in a coroutine), `stopping`.
stdout: JSON list, one a job: `answers`, `turns` (hosts the spider was asked to wait for), `lookups` (of the process).
"""

import json
import socket
import sys
import warnings

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.redirects import REFUSED
from crawlers.resolver import GuardedResolver
from crawlers.settings import process_settings, settings_of
from crawlers.source import Fetch, Source

JOBS = json.loads(sys.argv[1])
given = {name: addresses for job in JOBS for name, addresses in job.get("names", {}).items()}
lookups: list[str] = []
_real = socket.gethostbyname


def _lookup(name: str) -> str:
    lookups.append(name)
    return given[name].pop(0) if given.get(name) else _real(name)


class Polite(Spider):
    name = "polite"
    job: dict

    def may_fetch(self, url: str):
        allowed = url not in self.job.get("disallow", [])
        return self.later(allowed) if self.job.get("later") else allowed

    async def later(self, allowed: bool) -> bool:
        return allowed

    async def pace_turn(self, host: str) -> bool:
        self.job["turns"].append(host)
        return not self.job.get("stopping", False)

    async def start(self):
        for url in self.job["urls"]:
            self.job["answers"].append(await self.ask(url))
        return
        yield

    async def ask(self, url: str) -> dict:
        try:
            got = await self.crawler.engine.download_async(Request(url))
        except Exception as error:
            refused = GuardedResolver.refused.get(Request(url).url.split("/")[2].partition(":")[0])
            return {"error": type(error).__name__, "refused": str(refused) if refused else None}
        return {
            "status": got.status,
            "url": got.url,
            "body": got.body.decode("latin-1"),
            "why": got.request.meta.get(REFUSED),
            "ip": str(got.ip_address),
        }


if __name__ == "__main__":
    warnings.simplefilter("error")  # a setting Scrapy has deprecated is an error here
    socket.gethostbyname = _lookup
    process = AsyncCrawlerProcess(process_settings())
    for number, job in enumerate(JOBS):
        job |= {"answers": [], "turns": [], "lookups": lookups}
        GuardedResolver.allow.update(job.get("allow", []))
        source = Source(f"bao-{number}", "Báo", "Báo", hosts=tuple(job["hosts"]), fetch=Fetch(**job["fetch"]))
        settings = settings_of(source, "https://example.org/crawl")
        process.crawl(type("Polite", (Polite,), {"job": job, "custom_settings": settings}))
    process.start()
    print(json.dumps([{name: job[name] for name in ("answers", "turns", "lookups")} for job in JOBS]))
