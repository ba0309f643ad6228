"""What a survey of a newsroom's site would find, made without one: its own source file, its own list, its own pages."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from crawlers.discovery.listed import Item
from crawlers.looking import Look
from crawlers.newsroom import Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.newsroom.records import Gold
from crawlers.newsroom.site import Site
from crawlers.source import UrlRules
from crawlers.source_file import source_of
from crawlers.survey.findings import Findings, FoundWay, Sampled

NOW = datetime(2026, 11, 1, 15, tzinfo=UTC)
PAGE = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


PARAGRAPHS = "".join(
    f"<p>Đồng chí thứ {n} phát biểu tại hội nghị, nhấn mạnh nhiệm vụ của đơn vị trong thời gian tới là rất nặng nề.</p>"
    for n in range(4)
)


def bulletin(n: int, day: date, before: str = "", after: str = "", body: str = "", head: str = "") -> str:
    """A page of no known CMS. before, after: around the article; body: at the end of its paragraphs."""
    title = f"Đơn vị {n} tổng kết công tác thi đua năm {2000 + n}"
    text = PARAGRAPHS.replace("hội nghị", f"hội nghị số {n}")
    article = (
        f'<div class="trang"><h2 class="ten-tin">{title}</h2><span class="luc">{day:%d/%m/%Y} 08:30</span>'
        f'<div class="than-tin" id="x{n * 1111}">{text}{body}</div></div>'
    )
    head += '<meta property="og:type" content="article">'
    return PAGE.format(title=title, body=f"{before}{article}{after}").replace("</head>", f"{head}</head>")


def looked(url: str, text: str | bytes, at: datetime = NOW) -> Look:
    """An answer with this page."""
    payload = text.encode() if isinstance(text, str) else text
    return Look(url, url, 200, "text/html; charset=utf-8", payload, at)


def asked(room: Newsroom, site: Site, url: str) -> Look:
    """What a site answers, without a server."""
    split = urlsplit(url)
    answer = room.respond(site, Ask("GET", split.path, split.query, {}, b""))
    return Look(url, url, answer.status, answer.content_type, answer.body, NOW)


def golden(room: Newsroom, site: Site) -> dict[str, Gold]:
    return {gold.url: gold for gold in room.gold(site.site_id)}


def findings_of(room: Newsroom, site: Site, *, pages: int = 10, dated: bool = True) -> Findings:
    """As if a survey had found what the site's own source file says. dated: its lists give days."""
    gold = golden(room, site)
    own = source_of(site.site_id, tomllib.loads(site.source_toml(1.0)))
    urls = sorted(room.listed(site.site_id), key=lambda url: (gold[url].posted_on, url))
    items = tuple(
        Item(url, gold[url].posted_on if dated else None, "listing" if dated else None) for url in reversed(urls)
    )
    ways = tuple(
        FoundWay(way, f"the {way.kind} its robots.txt names", (), items, 3, len(items)) for way in own.discover
    )
    sample = urls[:: max(1, len(urls) // pages)][:pages]
    return found(
        site.base_url + "/",
        ways=ways,
        url=own.url,
        sample=tuple(Sampled(url, asked(room, site, url)) for url in sample),
        title=site.press.publisher,
    )


def found(
    home: str,
    *,
    ways: tuple[FoundWay, ...] = (),
    url: UrlRules | None = None,
    sample: tuple[Sampled, ...] = (),
    title: str | None = None,
    doubts: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Findings:
    """Findings with nothing in them but what is named."""
    return Findings(
        home=home,
        hosts=(urlsplit(home).hostname or "",),
        title=title,
        cookies=False,
        ways=ways,
        url=url or UrlRules(),
        url_evidence=("8 addresses of this shape were bulletins",),
        sample=sample,
        others=(),
        doubts=doubts,
        missing=missing,
        requests=31,
    )


def way_of(url: str, days: dict[str, date | None] | None = None, **more: object) -> FoundWay:
    """A listing with dated items."""
    from crawlers.source import Discover

    items = tuple(Item(item, day, "listing" if day else None) for item, day in (days or {}).items())
    way = Discover("listing", url, item="h3 > a", **more)  # type: ignore[arg-type]
    return FoundWay(way, "the menu links to it", (), items, 1, len(items) or None)
