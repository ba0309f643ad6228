"""How a survey does on sites nobody tuned it for: `python -m tests.strangers SEED [NAME …]`, one JSON line a site.

The sites are in tests/stranger_papers.py, stranger_portals.py and stranger_others.py. What was found is walked as a crawl walks it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin, urlsplit

from crawlers import robots
from crawlers.drafting.draft import Drafted, draft_source
from crawlers.looking import Get, Look
from crawlers.newsroom.answers import Ask
from crawlers.sighting import Sighting
from crawlers.source import Source
from crawlers.survey import Findings, survey
from pipelines.read import read
from pipelines.records import Capture
from tests.stranger_others import OTHERS
from tests.stranger_papers import PAPERS
from tests.stranger_parts import MARK, Stranger
from tests.stranger_portals import PORTALS
from tests.surveys import walked

AT = datetime(2026, 11, 2, 5, tzinfo=UTC)
STRANGERS: dict[str, Callable[[int], Stranger]] = {**PAPERS, **PORTALS, **OTHERS}
_HOPS = 5


@dataclass(frozen=True, slots=True)
class Met:
    """What came of one site.

    reached      bulletins that a crawl by the findings fetches, of `bulletins`
    no_bulletin  pages it fetches that are none and read as one; in_vain: that read as none
    doubled      keys of bulletins that have another key
    wrong        pages of the drafted sample whose title or day is not read as it is
    """

    name: str
    bulletins: int
    reached: int
    no_bulletin: int
    in_vain: int
    doubled: int
    wrong: int
    missing: tuple[str, ...]
    doubts: tuple[str, ...]
    ways: tuple[str, ...]
    pattern: str | None
    keep_query: tuple[str, ...] | None
    requests: int

    @property
    def is_whole(self) -> bool:
        rows = self.reached + self.no_bulletin + self.doubled
        return self.reached >= 0.95 * self.bulletins and self.no_bulletin + self.doubled < max(1, 0.01 * rows)

    @property
    def is_clean(self) -> bool:
        return self.no_bulletin + self.doubled <= 0.01 * self.reached

    @property
    def is_honest(self) -> bool:
        """Whole, or it says what is missing and what it has is bulletins."""
        return self.is_whole or (bool(self.missing) and self.is_clean)


def asker(site: Stranger) -> Get:
    """What stands for Looker.get: robots.txt is kept to, redirects are followed, nothing is sent anywhere."""
    rules = robots.from_answer(200, site.robots.encode(), "text/plain")
    host = urlsplit(site.home).hostname or ""
    own = {host, host.removeprefix("www."), f"www.{host}"}

    def get(url: str, form: tuple[tuple[str, str], ...] | None = None) -> Look:
        if urlsplit(url).hostname not in own:
            return Look(url, None, None, None, b"", AT, not_allowed="another host")
        if not rules.allowed(url):
            return Look(url, None, None, None, b"", AT, not_allowed="robots.txt")
        to, body = url, urlencode(form).encode() if form else b""
        for _ in range(_HOPS):
            split = urlsplit(to)
            found = site.answer(Ask("POST" if body else "GET", split.path or "/", split.query, {}, body))
            told = dict(found.headers)
            if not 300 <= found.status < 400 or "location" not in told:
                return Look(url, to, found.status, found.content_type, found.body, AT)
            to, body = urljoin(to, told["location"]), b""
        return Look(url, None, found.status, None, b"", AT, refused="goes round in a circle")

    return get


def surveyed(site: Stranger, say: Callable[[str], None] = lambda line: None) -> Findings:
    rules = robots.from_answer(200, site.robots.encode(), "text/plain")
    return survey(site.home, asker(site), rules, say, 60)


def drafted(site: Stranger, findings: Findings) -> Drafted:
    return draft_source(findings, "stranger", site.home, now=AT, allow_private=False)


def met(site: Stranger, findings: Findings) -> Met:
    draft = drafted(site, findings) if findings.ways or findings.sample else None
    source = draft.source if draft is not None else Source("stranger", "stranger", "stranger", hosts=findings.hosts)
    sighting, get = Sighting(source), asker(site)
    found: dict[str, str] = {}
    for way in source.discover:
        for key, item in sighting.keyed(walked(get, way)).items():
            if sighting.excluded(item.url, key, "2026-01", 0, None) is None:
                found.setdefault(key, item.url)
    seen: dict[int, int] = {}
    no_bulletin, in_vain = list[str](), list[str]()
    for url in found.values():
        look = get(url)
        mark = MARK.search(look.payload)
        if mark is not None:
            seen[int(mark[1])] = seen.get(int(mark[1]), 0) + 1
            continue
        page = read(Capture("stranger", look.url, look.fetched_at, look.payload, look.content_type, look.status))
        (no_bulletin if look.ok and page.kind == "bulletin" else in_vain).append(url)
    return Met(
        site.name, site.bulletins, len(seen), len(no_bulletin), len(in_vain), sum(seen.values()) - len(seen),
        _wrong(site, draft), findings.missing, findings.doubts,
        tuple(f"{each.way.kind} {each.way.url} {each.way.item or ''} {each.way.next or each.way.page_url or ''} ~{each.estimate}"
              for each in findings.ways),
        findings.url.bulletin, findings.url.keep_query, findings.requests,
    )  # fmt: skip


def _wrong(site: Stranger, draft: Drafted | None) -> int:
    if draft is None:
        return 0
    get, count = asker(site), 0
    for row in draft.rows:
        mark = MARK.search(get(row.url).payload)
        told = (str(row.published_on), row.title)
        count += mark is None or told != (mark[2].decode(), mark[3].decode())
    return count


def main() -> int:
    seed, names = int(sys.argv[1]), sys.argv[2:] or list(STRANGERS)
    short = 0
    for name in names:
        site = STRANGERS[name](seed)
        result = met(site, surveyed(site, print if len(sys.argv) == 3 else lambda line: None))
        short += not result.is_honest
        print(json.dumps({**asdict(result), "honest": result.is_honest}, ensure_ascii=False), flush=True)
    return min(short, 1)


if __name__ == "__main__":
    sys.exit(main())
