"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0. They show the newest only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from crawlers.discovery.dates import Days, changed_at
from crawlers.discovery.listed import Gathered, ListedPage, no_list
from crawlers.discovery.xml import Markup, content, local
from crawlers.source import Discover
from pipelines.records import Unreadable

ROOTS = ("rss", "RDF", "feed")
_PUBLISHED = ("pubDate", "published", "issued", "date")  # date: Dublin Core's; the first name that is there counts
_MODIFIED = ("updated", "modified")


@dataclass(frozen=True, slots=True)
class _Entry:
    href: str | None
    base: str
    dates: tuple[str, ...]
    modified_at: datetime | None


def read_feed(payload: bytes, content_type: str | None, url: str, way: Discover) -> ListedPage:
    """What a feed lists. Always windowed; no next pages. One without items is a problem: its program has lost them.

    dates    published_on is pubDate, dc:date, atom:published or issued of the item ('listing'); updated and modified
             are modified_at; the channel's dates (lastBuildDate) are never an item's. Where three items or more
             all bear one moment, the program printed when it built the feed, and no item has a day
    source   https://www.rssboard.org/rss-specification, RFC 4287, RSS 1.0 (https://web.resource.org/rss/1.0/spec)
    """
    gathered = Gathered()
    entries: list[_Entry] = []
    try:
        markup = Markup(payload, content_type, url, ROOTS)
        has_bases = b"xml:base" in payload
        for element in markup.elements("item", "entry"):
            entries.append(_entry(element, url, has_bases))
    except Unreadable as unreadable:
        return no_list(str(unreadable), windowed=True)
    if not entries and not markup.notes:
        return no_list(f"expected items, found a <{markup.root}> without any", windowed=True)
    notes = list(markup.notes)
    texts = [text for entry in entries for text in entry.dates]
    days = Days(texts, program=True)
    if days.month_first:
        gathered.doubt("months before days in the dates of the list: no item has a day")
    built = len(entries) >= 3 and len(texts) == len(entries) and len(set(texts)) == 1 and _has_time(texts[0])
    if built:
        notes.append("all items bear one time, that of building the feed: no item has a day")
    for entry in entries:
        found = {None} if built else {days.day(text) for text in entry.dates}
        day = found.pop() if len(found) == 1 else None
        gathered.add_item(entry.href, entry.base, day, "listing", entry.modified_at)
    return gathered.listed(windowed=True, notes=notes, missing=markup.notes)


def _entry(element: etree._Element, url: str, has_bases: bool) -> _Entry:
    children: dict[str, list[etree._Element]] = {}
    for child in element:
        children.setdefault(local(child), []).append(child)
    published = next((children[name] for name in _PUBLISHED if name in children), [])
    modified = [changed_at(content(child)) for name in _MODIFIED for child in children.get(name, [])]
    return _Entry(
        _href(element, children),
        urljoin(url, element.base or url) if has_bases else url,
        tuple(content(child) or "" for child in published),
        modified[0] if modified else None,
    )


def _href(element: etree._Element, children: dict[str, list[etree._Element]]) -> str | None:
    """The address of the page an item tells of, best first; None: it names none."""
    for child in children.get("origLink", []):  # FeedBurner's <link> only counts clicks
        if content(child):
            return content(child)
    links = children.get("link", [])
    for link in links:
        if link.get("href") is None and content(link):
            return content(link)
    alternates = [link for link in links if link.get("href") and link.get("rel", "alternate") == "alternate"]
    for link in sorted(alternates, key=lambda link: link.get("type", "text/html") != "text/html"):
        return link.get("href")
    for guid in children.get("guid", []):
        text = content(guid) or ""
        if guid.get("isPermaLink", "true").lower() == "true" and text.lower().startswith(("http://", "https://")):
            return text
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return about if local(element) == "item" else None


def _has_time(text: str) -> bool:
    moment = changed_at(text)
    return moment is not None and (moment.minute, moment.second) != (0, 0)
