"""A page that lists bulletins, made a way: the selectors of its items and days, its paging, its order, all tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import regex
from lxml.html import HtmlElement

from crawlers.discovery.dates import Days
from crawlers.discovery.listed import Item, ListedPage
from crawlers.discovery.ways import WAYS
from crawlers.source import Discover
from crawlers.survey.asking import Asker, Page
from crawlers.survey.boxes import Box, boxes_of, likely
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.fragments import Fragment, find_fragment
from crawlers.survey.links import Link
from crawlers.survey.paging import Paging, find_paging, last_page
from crawlers.survey.selectors import date_selectors, item_selector
from pipelines.html import line

_MOST_DATES = 8
_ARCHIVE = regex.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/\d{1,2})?/?$|/thang-\d{1,2}[-/](?:19|20)\d\d/?$")


@dataclass(frozen=True, slots=True)
class ListFound:
    """A way with the pages of it that were read. last: number of its last page, if one is printed.

    is_paged  whether its second page was reached
    second    address of its second page, if there is one
    """

    way: Discover
    pages: tuple[Page, ...]
    items: tuple[Item, ...]
    first: int
    is_paged: bool
    last: int | None
    notes: tuple[str, ...]
    second: str | None = None

    @property
    def paging_names(self) -> frozenset[str]:
        """Parameters that tell its pages apart."""
        if self.second is None:
            return frozenset()
        one, two = (dict(parse_qsl(urlsplit(url).query)) for url in (self.pages[0].final_url, self.second))
        return frozenset(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))

    @property
    def is_archive(self) -> bool:
        """Whether it holds one month or day, by its address: what is published later is not in it."""
        return is_archive(self.way.url)

    @property
    def estimate(self) -> int | None:
        """Bulletins it reaches."""
        if not self.is_paged:
            return len(self.items)
        return None if self.last is None else max(self.first * (self.last - 1), len(self.items))


def is_archive(url: str) -> bool:
    return _ARCHIVE.search(urlsplit(url).path) is not None


def find_list(asker: Asker, page: Page, known: BulletinUrls, everywhere: frozenset[str]) -> ListFound | None:
    """The list of a page. None: it has none. everywhere: bulletins that boxes of all pages show."""
    if page.root is None or not page.is_answered:
        return None
    boxes = boxes_of(page, known)
    if sum(len(box.urls) for box in boxes) < 3:
        return None
    paging = find_paging(asker, page, known)
    if paging is None and (fragment := find_fragment(asker, page, known)) is not None:
        return _of_fragment(fragment, known)
    lists = list(paging.lists) if paging is not None else likely(boxes, everywhere)[:1]
    if not lists:
        return None
    selector = pick(page.root, lists, boxes)
    if selector is None:
        return None
    kind = paging.kind if paging is not None else "listing"
    way = Discover(kind, page.url, item=selector, next=paging.next if paging is not None else None)
    second = [paging.second] if paging is not None else []
    found = with_date(way, [page, *second], lists, known)
    return _read(asker, found, page, paging, known)


def _of_fragment(fragment: Fragment, known: BulletinUrls) -> ListFound | None:
    way, pages = fragment.way, list(fragment.pages)
    if fragment.lists:
        way = with_date(way, pages, fragment.lists, known)
    read = [only(read_as(way, page), known) for page in pages]
    way = replace(way, order=order_of(read))
    items = {known.identity(item.url): item for items in reversed(read) for item in items}
    second = fragment.pages[1].url if way.kind == "listing" else None
    return ListFound(way, fragment.pages, tuple(items.values()), len(read[0]), True, None, (), second)


def reuse(page: Page, other: ListFound, known: BulletinUrls) -> ListFound | None:
    """The same way on another page of the same make. None: it reads nothing there."""
    way = replace(other.way, url=page.url)
    listed = read_as(way, page)
    items = only(listed, known)
    if len(items) < 1 or len(items) * 2 < len(listed.items):
        return None
    following = next((found.url for found in listed.next_pages), None)
    way = replace(way, order=order_of([items]) or way.order)
    last = 1 if following is None else None
    return ListFound(way, (page,), tuple(items), len(items), following is not None, last, (), following)


def pick(root: HtmlElement, lists: Sequence[Box], boxes: Sequence[Box]) -> str | None:
    """The selector of the list's items: links with words, one a bulletin."""
    chains = {box.chain for box in lists}
    wanted: dict[str, Link] = {}
    for link in sorted((link for box in lists for link in box.links), key=lambda link: link.words < 2):
        wanted.setdefault(link.url, link)
    others = [link for box in boxes if box.chain not in chains for link in box.links]
    return item_selector(root, list(wanted.values()), others)


def with_date(way: Discover, pages: Sequence[Page], lists: Sequence[Box], known: BulletinUrls) -> Discover:
    """The way with the selector by which most items have a day, if most have one, and with its order."""
    root = pages[0].root
    assert root is not None
    links = [link for box in lists for link in box.links]
    best, most = way, 0
    for selector in date_selectors(root, links, _is_dated)[:_MOST_DATES]:
        dated = replace(way, date=selector)
        days = sum(item.published_on is not None for page in pages for item in read_as(dated, page).items)
        if days > most:
            best, most = dated, days
    read = [only(read_as(best, page), known) for page in pages]
    if most * 2 < sum(map(len, read)):
        best = way
    return replace(best, order=order_of(read))


def read_as(way: Discover, page: Page) -> ListedPage:
    return WAYS[way.kind](page.look.payload, page.look.content_type, page.final_url, way)


def strange(found: ListFound, known: BulletinUrls) -> list[str]:
    """Items of its pages that have no address of bulletins, as far as is known; of pages that have no others first."""
    read = [[item.url for item in read_as(found.way, page).items] for page in found.pages]
    pages = [[url for url in urls if not known.is_one(url)] for urls in read]
    ranked = sorted(zip(pages, read, strict=True), key=lambda both: len(both[0]) < len(both[1]))
    return list(dict.fromkeys(url for urls, _ in ranked for url in urls))


def only(listed: ListedPage, known: BulletinUrls) -> list[Item]:
    """Its bulletins, each once."""
    items: dict[str, Item] = {}
    for item in listed.items:
        if known.is_one(item.url):
            items.setdefault(known.identity(item.url), item)
    return list(items.values())


def order_of(pages: Sequence[Sequence[Item]]) -> str | None:
    """newest-first or oldest-first, if the days say so: nine of ten neighbours, and not all one day."""
    days: list[date] = [item.published_on for items in pages for item in items if item.published_on is not None]
    if len(days) < 4 or len(set(days)) < 2 or len(days) * 2 < sum(map(len, pages)):
        return None
    pairs = list(pairwise(days))
    if sum(one >= two for one, two in pairs) >= 0.9 * len(pairs) and days[0] > days[-1]:
        return "newest-first"
    if sum(one <= two for one, two in pairs) >= 0.9 * len(pairs) and days[0] < days[-1]:
        return "oldest-first"
    return None


def _read(asker: Asker, way: Discover, page: Page, paging: Paging | None, known: BulletinUrls) -> ListFound | None:
    first = only(read_as(way, page), known)
    if not first:
        return None
    pages, items, notes = [page], dict.fromkeys(first), []
    if paging is not None:
        second = only(read_as(way, paging.second), known)
        if not second:
            return None
        pages.append(paging.second)
        items.update(dict.fromkeys(second))
    last = last_page(page, paging) if paging is not None else None
    number = last[1] if last is not None else None
    if last is not None and (deep := asker.page(last[0])) is not None:
        listed = read_as(way, deep)
        if listed.items:  # the oldest may have addresses of another shape
            pages.append(deep)
            items.update(dict.fromkeys(only(listed, known)))
        else:
            notes.append(f"its page {last[1]}, which it links to, shows no bulletins ({deep.reason})")
    # A pager that prints only the numbers near by says nothing of the last.
    if number is not None and len(pages) == 3 and read_as(way, pages[2]).next_pages:
        number = None
    if number is None and paging is not None and not read_as(way, paging.second).next_pages:
        number = 2
    following = paging.second.url if paging is not None else None
    return ListFound(way, tuple(pages), tuple(items), len(first), paging is not None, number, tuple(notes), following)


def _is_dated(element: HtmlElement) -> bool:
    if element.tag in ("script", "style", "a", "img") or len(element) > 3 or element.find(".//a") is not None:
        return False
    for text in (line(element)[:120], element.get("datetime") or ""):
        if 6 <= len(text) <= 100 and any(map(str.isdigit, text)) and Days([text]).day(text) is not None:
            return True
    return False
