"""How well a survey finds the ways of each newsroom kind: `python -m tests.surveys SEED [KIND …]`, one JSON line a kind.

No server: pages are asked of the newsroom's own functions. What was found is walked as a crawl walks it, with the readers of
crawlers.discovery and the rules found; what it reaches is compared with what the newsroom lists.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin, urlsplit

from crawlers import robots
from crawlers.discovery.listed import Item, NextPage
from crawlers.discovery.numbered import first_request, following
from crawlers.discovery.ways import WAYS
from crawlers.looking import Get, Look
from crawlers.newsroom import Newsroom, Site
from crawlers.newsroom.answers import Ask
from crawlers.newsroom.kinds import KINDS
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source
from crawlers.survey import Findings, survey
from pipelines.read import read
from pipelines.records import Capture

BULLETINS = 150
MAX_PAGES = 400
_HOPS = 5


def asker(room: Newsroom, site: Site, cookies: bool = False) -> Get:
    """What stands for Looker.get: robots.txt is kept to, redirects are followed, nothing is sent anywhere."""
    answer = room.respond(site, Ask("GET", "/robots.txt"))
    rules = robots.from_answer(answer.status, answer.body, answer.content_type)
    at = datetime(room.day.year, room.day.month, room.day.day, 12, tzinfo=UTC)
    jar: dict[str, str] = {}

    def get(url: str, form: tuple[tuple[str, str], ...] | None = None) -> Look:
        if not rules.allowed(url):
            return Look(url, None, None, None, b"", at, not_allowed="robots.txt")
        if not url.startswith(site.base_url + "/"):
            return Look(url, None, None, None, b"", at, not_allowed="another host")
        to, body = url, urlencode(form).encode() if form else b""
        for _ in range(_HOPS):
            split = urlsplit(to)
            headers = {"cookie": "; ".join(f"{n}={v}" for n, v in jar.items())} if jar else {}
            found = room.respond(site, Ask("POST" if body else "GET", split.path or "/", split.query, headers, body))
            told = dict(found.headers)
            if cookies and "set-cookie" in told:
                name, _, value = told["set-cookie"].partition(";")[0].partition("=")
                jar[name] = value
            if not 300 <= found.status < 400 or "location" not in told:
                return Look(url, to, found.status, found.content_type, found.body, at)
            to, body = urljoin(to, told["location"]), b""
        return Look(url, None, found.status, None, b"", at, refused="goes round in a circle", location=told["location"])

    return get


def surveyed(room: Newsroom, site: Site, say: Callable[[str], None] = lambda line: None, budget: int = 60) -> Findings:
    answer = room.respond(site, Ask("GET", "/robots.txt"))
    rules = robots.from_answer(answer.status, answer.body, answer.content_type)
    return survey(site.base_url + "/", asker(room, site), rules, say, budget, asker(room, site, cookies=True))


@dataclass(frozen=True, slots=True)
class Reached:
    """Keys that a crawl by the findings would fetch, of which `listed` are bulletins the newsroom lists."""

    source: Source
    found: frozenset[str]
    listed: frozenset[str]
    others: tuple[str, ...]

    @property
    def share(self) -> float:
        return len(self.found & self.listed) / max(1, len(self.listed))


def reached(room: Newsroom, site: Site, findings: Findings) -> Reached:
    """others: pages that are no bulletin of the newsroom and yet read as one."""
    source = Source(
        "survey", "survey", "survey", home=findings.home, hosts=findings.hosts,
        discover=tuple(found.way for found in findings.ways), url=findings.url,
    )  # fmt: skip
    sighting, get = Sighting(source), asker(room, site, findings.cookies)
    found: dict[str, str] = {}
    for way in source.discover:
        for key, item in sighting.keyed(walked(get, way)).items():
            if sighting.excluded(item.url, key, "2026-01", 0, None) is None:
                found.setdefault(key, item.url)
    listed = frozenset(source.key(url) for url in room.listed(site.site_id))
    known = {source.key(gold.url) for gold in room.gold(site.site_id)}
    others = []
    for key in sorted(found.keys() - known):
        look = get(found[key])
        page = read(Capture("survey", look.url, look.fetched_at, look.payload, look.content_type, look.status))
        if look.ok and page.kind == "bulletin":
            others.append(found[key])
    return Reached(source, frozenset(found), listed, tuple(others))


def walked(get: Get, way: Discover) -> list[Item]:
    """All items of a way, page by page, until it ends or goes in a circle."""
    queue, seen, items, place = deque([first_request(way)]), set[object](), list[Item](), 0
    while queue and place < MAX_PAGES:
        wanted: NextPage = queue.popleft()
        if (wanted.url, wanted.form) in seen:
            continue
        seen.add((wanted.url, wanted.form))
        look = get(wanted.url, wanted.form)
        if not look.ok:
            continue
        listed = WAYS[way.kind](look.payload, look.content_type, look.final_url or wanted.url, way)
        if listed.problem is None:
            items += listed.items
            queue += following(way, listed, place)
        place += 1
    return items


def main() -> int:
    seed, kinds = int(sys.argv[1]), sys.argv[2:] or list(KINDS)
    for kind in kinds:
        room = Newsroom(seed, block="127.0.98", kinds=(kind,), bulletins=BULLETINS)
        site = room.sites[0]
        findings = surveyed(room, site)
        result = reached(room, site, findings)
        told = {
            "kind": kind, "listed": len(result.listed), "share": round(result.share, 4), "no_bulletin": len(result.others),
            "ways": [f"{way.way.kind} {way.way.url.removeprefix(site.base_url)}" for way in findings.ways],
            "bulletin": findings.url.bulletin, "keep_query": findings.url.keep_query, "missing": findings.missing,
            "requests": findings.requests,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
