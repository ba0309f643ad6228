"""Sitemaps and indexes of sitemaps (sitemaps.org protocol 0.9), with Google's news extension; plain text lists too."""

from __future__ import annotations

from datetime import date

from lxml import etree

from crawlers.discovery.dates import Days, changed_at
from crawlers.discovery.listed import TWO, Gathered, ListedPage, no_list
from crawlers.discovery.payload import opened, text_of
from crawlers.discovery.xml import Markup, content, local
from crawlers.source import Discover
from pipelines.records import Unreadable

ROOTS = ("urlset", "sitemapindex")


def read_sitemap(payload: bytes, content_type: str | None, url: str, way: Discover) -> ListedPage:
    """What a sitemap lists; of an index all children as `next_pages`, also itself, should it name itself.

    payload  XML or lines of addresses, gzipped or not, whatever `content_type` says
    url      where it was fetched: relative addresses, which the protocol forbids, are relative to it
    dates    published_on is news:publication_date ('news'); lastmod is only ever modified_at
    source   https://www.sitemaps.org/protocol.html;
             https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    """
    gathered = Gathered()
    try:
        if _is_text(payload, content_type, url):
            return _read_text(payload, content_type, url, gathered)
        markup = Markup(payload, content_type, url, ROOTS)
        days = Days((), program=True)
        for element in markup.elements("url", "sitemap"):
            _read_entry(element, url, days, gathered)
    except Unreadable as unreadable:
        return no_list(str(unreadable), windowed=False)
    return gathered.listed(windowed=bool(markup.notes), notes=markup.notes, missing=markup.notes)


def _read_entry(element: etree._Element, url: str, days: Days, gathered: Gathered) -> None:
    name = local(element)
    namespace = str(element.tag)[: -len(name)]  # <image:loc> is no address of a page
    locs = {content(loc) for loc in element.findall(f"{namespace}loc")}
    if len(locs) > 1:
        gathered.leave_out(TWO)
        return
    raw = locs.pop() if locs else None
    modified_at = changed_at(content(element.find(f"{namespace}lastmod")))
    if name == "sitemap":
        gathered.add_page(raw, url, modified_at)
    else:
        gathered.add_item(raw, url, _news_day(element, days), "news", modified_at)


def _news_day(element: etree._Element, days: Days) -> date | None:
    found = {days.day(content(stated) or "") for stated in element.findall("{*}news/{*}publication_date")}
    return found.pop() if len(found) == 1 else None


def _is_text(payload: bytes, content_type: str | None, url: str) -> bool:
    """A list of addresses, one a line. Many servers send XML as text/plain, so the bytes decide."""
    said = (content_type or "").lower().startswith("text/plain") or url.partition("?")[0].endswith((".txt", ".txt.gz"))
    return said and opened(payload)[0].lstrip(b"\xef\xbb\xbf \t\r\n")[:4].lower() == b"http"


def _read_text(payload: bytes, content_type: str | None, url: str, gathered: Gathered) -> ListedPage:
    data, note = opened(payload)
    lines = text_of(data, content_type).splitlines()
    if note is not None:
        lines.pop()  # the last line may be half an address
    for line in lines:
        if line.strip():
            gathered.add_item(line if line.strip()[:4].lower() == "http" else None, url, None, "news", None)
    missing = [note] if note else []
    return gathered.listed(windowed=note is not None, notes=missing, missing=missing)
