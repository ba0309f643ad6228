"""Downloads addresses with the settings of a source, in a process of its own (Twisted starts once a process).

argv[1]: JSON of `hosts`, `fetch`, `urls`; also `allow` (names for GuardedResolver), `names` (name → addresses its lookups
give, in turn: there is no DNS server here), `disallow` (addresses the spider may not fetch), `stopping`.
stdout: one JSON: `answers`, `turns` (hosts the spider was asked to wait for), `lookups`.
"""

import json
import socket
import sys
import warnings

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.addresses import GuardedResolver
from crawlers.redirects import REFUSED
from crawlers.settings import process_settings, settings_of
from crawlers.source import Fetch, Source

JOB = json.loads(sys.argv[1])
answers, turns, lookups = [], [], []
_real = socket.gethostbyname


def _lookup(name: str) -> str:
    lookups.append(name)
    given = JOB.get("names", {}).get(name)
    return given.pop(0) if given else _real(name)


class Polite(Spider):
    name = "polite"

    def may_fetch(self, url: str) -> bool:
        return url not in JOB.get("disallow", [])

    async def pace_turn(self, host: str) -> bool:
        turns.append(host)
        return not JOB.get("stopping", False)

    async def start(self):
        for url in JOB["urls"]:
            try:
                got = await self.crawler.engine.download_async(Request(url))
            except Exception as error:
                refused = GuardedResolver.refused.get(Request(url).url.split("/")[2].partition(":")[0])
                answers.append({"error": type(error).__name__, "refused": str(refused) if refused else None})
                continue
            answers.append(
                {
                    "status": got.status,
                    "url": got.url,
                    "body": got.body.decode("latin-1"),
                    "why": got.request.meta.get(REFUSED),
                    "ip": str(got.ip_address),
                }
            )
        return
        yield


if __name__ == "__main__":
    warnings.simplefilter("error")  # a setting Scrapy has deprecated is an error here
    socket.gethostbyname = _lookup
    GuardedResolver.allow.update(JOB.get("allow", []))
    source = Source("toa-soan", "Tòa soạn", "Tòa soạn", hosts=tuple(JOB["hosts"]), fetch=Fetch(**JOB["fetch"]))
    process = AsyncCrawlerProcess(process_settings())
    Polite.custom_settings = settings_of(source, "https://example.org/crawl")
    process.crawl(Polite)
    process.start()
    print(json.dumps({"answers": answers, "turns": turns, "lookups": lookups}))
