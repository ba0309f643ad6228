"""Sitemaps and feeds of a site: asked for where they usually are, most likely places first, and read by our readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.resources import files
from urllib.parse import urljoin

import regex

from crawlers.discovery.address import Refused, address
from crawlers.discovery.listed import Item
from crawlers.discovery.ways import WAYS
from crawlers.looking import Get
from crawlers.source import Discover
from crawlers.survey.asking import Asker, Page, origin_of
from pipelines.html import every

_MARKS = {
    "wordpress": regex.compile(r"wp-content|wp-includes|generator\" content=\"WordPress", regex.IGNORECASE),
    "nukeviet": regex.compile(r"NukeViet|nv_lang_data|nv_module_name", regex.IGNORECASE),
    "cms-body": regex.compile(r"cms-title|article__|zce-content|cms-body"),
    "afcbc-body": regex.compile(r"afcbc-body|detail-sapo|box-stream|box-category"),
    "qdnd": regex.compile(r"post-subinfo|imgtelerik|list-news"),
}
_MAX_CHILDREN = 14
_MAX_ITEMS = 100_000
_EDGE = 4
"""Children of a larger index read at either end."""
_NEWS_DAYS = timedelta(days=4)
_MAX_PLACES = 4
"""Usual places tried without any mark, of each kind."""
_LOOPS = regex.compile(r"cookie", regex.IGNORECASE)


@dataclass(slots=True)
class Machine:
    """A sitemap or feed that could be read. items: of what was read; children: of an index, asked of all.

    read       children that were read
    dead       those that could not be, with the reason
    named_by   robots.txt, the home page or `the usual place`
    """

    way: Discover
    items: list[Item] = field(default_factory=list)
    pages: int = 1
    children: int = 0
    read: int = 0
    dead: list[str] = field(default_factory=list)
    named_by: str = ""

    @property
    def is_news(self) -> bool:
        """Whether it shows the last days only, as Google's news sitemaps do."""
        days = [item.published_on for item in self.items if item.date_origin == "news" and item.published_on]
        return bool(days) and len(days) * 2 > len(self.items) and max(days) - min(days) <= _NEWS_DAYS

    @property
    def is_sound(self) -> bool:
        """Whether it may show everything: no news alone, and no part of it is dead."""
        return bool(self.items) and not self.dead and not self.is_news


class Machines:
    """What was found. loops: feeds that redirect to themselves until a cookie is kept."""

    def __init__(self, asker: Asker, robots: Iterable[str], cookies: Get | None) -> None:
        self._asker, self._robots, self._cookies = asker, list(robots)[:5], cookies
        self.sitemaps: list[Machine] = []
        self.feeds: list[Machine] = []
        self.loops: list[str] = []
        self._tried: set[str] = set()

    def find(self, home: Page) -> None:
        """Named ones first, then usual places: those of a family whose marks the home page bears, then a few others."""
        for url in self._robots:
            self._try("sitemap", url, "robots.txt")
        for url in _alternates(home):
            self._try("feed", url, "the home page")
        if not self.feeds:
            for url in _linked_feeds(home)[:2]:
                self._try("feed", url, "a link of the home page")
        for kind, found in (("sitemap", self.sitemaps), ("feed", self.feeds)):
            places = sorted(_places(kind), key=lambda place: not bears(home, place[1]))
            others = 0
            for path, family in places:
                if any(not machine.is_news for machine in found) or (kind == "feed" and self.loops):
                    break
                if family and not bears(home, family):
                    continue
                others += not family
                if others <= _MAX_PLACES:
                    self._try(kind, urljoin(home.final_url, path), "the usual place")

    def _try(self, kind: str, raw: str, named_by: str) -> None:
        try:
            url = address(raw, "")
        except Refused:
            return
        if url in self._tried or origin_of(url) not in self._asker.origins or len(self._tried) > 16:
            return
        self._tried.add(url)
        page = self._asker.page(url)
        if page is None:
            return
        if kind == "feed" and _is_loop(page):
            page = self._asker.page(url, get=self._cookies) if self._cookies is not None else None
            if page is None or page.is_answered:
                self.loops.append(url)
        if page is None or not page.is_answered:
            return
        machine = Machine(Discover(kind, url), named_by=named_by)
        if self._read(machine, page):
            (self.sitemaps if kind == "sitemap" else self.feeds).append(machine)

    def _read(self, machine: Machine, page: Page) -> bool:
        listed = WAYS[machine.way.kind](page.look.payload, page.look.content_type, page.final_url, machine.way)
        if listed.problem is not None:
            return False
        machine.items += listed.items[:_MAX_ITEMS]
        children = [child.url for child in listed.next_pages if child.url != page.url]
        machine.children += len(children)
        for url in _chosen(children):
            child = self._asker.page(url) if self._asker.left > 25 else None
            if child is None:
                continue
            machine.pages += 1
            read = WAYS["sitemap"](child.look.payload, child.look.content_type, child.final_url, machine.way)
            if not child.is_answered or read.problem is not None:
                machine.dead.append(f"{url}: {child.reason if not child.is_answered else read.problem}")
                continue
            machine.read += not read.next_pages  # an index within an index is not followed here
            machine.items += read.items[: _MAX_ITEMS - len(machine.items)]
        return bool(machine.items or machine.children)


def _chosen(children: list[str]) -> list[str]:
    """All of a few; of many those at both ends, where the newest and oldest are."""
    return children if len(children) <= _MAX_CHILDREN else [*children[:_EDGE], *children[-_EDGE:]]


def _is_loop(page: Page) -> bool:
    """Whether it is redirected to itself, as servers do that wait for their cookie."""
    look = page.look
    if look.status is None or not 300 <= look.status < 400:
        return bool(look.problem and _LOOPS.search(look.problem))
    return look.location is not None and urljoin(page.url, look.location).rstrip("/") == page.url.rstrip("/")


def _alternates(home: Page) -> list[str]:
    if home.root is None:
        return []
    found = every(home.root, 'link[rel~="alternate"][type*="rss"], link[rel~="alternate"][type*="atom"]')
    urls = [urljoin(home.base, (link.get("href") or "").strip()) for link in found[:10]]
    return [url for url in dict.fromkeys(urls) if "comments" not in url][:3]


def _linked_feeds(home: Page) -> list[str]:
    urls = [link.url for link in home.links if regex.search(r"/rss|/feed|\.rss$", link.url, regex.IGNORECASE)]
    return sorted(dict.fromkeys(urls), key=lambda url: not url.endswith((".rss", ".xml", "/feed/", "/rss/")))


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = (files(__package__) / "places.tsv").read_text(encoding="utf-8")
    return tuple((kind, path, family) for kind, path, family, _ in (row.split("\t") for row in text.splitlines()[1:]))


def _places(kind: str) -> Iterator[tuple[str, str]]:
    return ((path, family) for each, path, family in _rows() if each == kind)


def bears(home: Page, family: str) -> bool:
    """Whether a page bears the marks of a CMS."""
    return bool(family) and _MARKS[family].search(home.text[:400_000]) is not None
