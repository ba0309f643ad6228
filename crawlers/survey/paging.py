"""How a list leads to its second page: a link, numbers, a postback. Believed once that page shows other bulletins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex
from lxml.html import HtmlElement

from crawlers.discovery.listed import NextPage
from crawlers.discovery.ways import WAYS
from crawlers.source import Discover
from crawlers.survey.asking import Asker, Page, origin_of
from crawlers.survey.boxes import Box, boxes_of, moved
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.selectors import named
from pipelines.html import line

_MAX_TRIED = 4
"""Addresses of second pages asked for, of one list."""
_MAX_ELEMENTS = 5_000
_FORWARD = regex.compile(
    r"\W*(?:trang )?(?:next|tiếp(?: theo)?|sau|kế(?: tiếp)?|older(?: posts)?|cũ hơn|bài cũ hơn|xem thêm"
    r"|tải thêm)\W*|[›>→»]{1,2}",
    regex.IGNORECASE,
)
_NUMBER = regex.compile(r"(?:trang|page)?\s*[\[(]?\s*(\d{1,5})\s*[\])]?", regex.IGNORECASE)
_NEXT_NAME = regex.compile(r"(?:^|[-_])next(?:$|[-_])|next-?page|trang-?sau|pager-?next", regex.IGNORECASE)
_PAGER_NAME = regex.compile(r"pag(?:er|ing|ination|e-?nav)|phan-?trang|wp-pagenavi|nav-links", regex.IGNORECASE)
_IN_ADDRESS = regex.compile(
    r"(?P<head>[?&](?P<name>[A-Za-z_][\w-]{0,30})=|/(?P<name>page|trang|p)[-/])(?P<number>\d{1,5})(?=[&/.#?]|$)"
)
_OFFSETS = frozenset(("start", "offset", "limitstart", "from"))
"""Parameters that count bulletins, not pages."""
_SLIDES = regex.compile(r"swiper|slick|carousel|owl-|slider|flickity|bxslider|splide", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paging:
    """kind: listing or form.  next: selector.  second: the page it led to.  lists: boxes of page one that moved."""

    kind: str
    next: str
    second: Page
    second_page: NextPage
    lists: tuple[Box, ...]


def find_paging(asker: Asker, page: Page, known: BulletinUrls) -> Paging | None:
    """The first selector whose second page shows other bulletins in the place of the list. None: none does."""
    if page.root is None:
        return None
    one = boxes_of(page, known)
    tried: set[object] = set()
    for selector in list(dict.fromkeys(_selectors(page.root)))[:60]:
        for kind in ("listing", "form"):
            following = _next(page, kind, selector)
            if following is None or (following.url, following.form) in tried:
                continue
            if origin_of(following.url) not in asker.origins:
                continue
            if len(tried) >= _MAX_TRIED:
                return None
            tried.add((following.url, following.form))
            second = asker.page(following.url, following.form)
            if second is None:
                return None
            lists = moved(one, boxes_of(second, known)) if second.is_answered else []
            lasting = _lasting(page, second, kind, selector, following) if lists else None
            if lasting is not None:
                return Paging(kind, lasting, second, following, tuple(lists))
    return None


def _lasting(page: Page, second: Page, kind: str, selector: str, following: NextPage) -> str | None:
    """The selector, if on page two it leads on or nowhere, never back. Else another that led to the same page two."""
    assert page.root is not None
    for other in dict.fromkeys((selector, *_selectors(page.root))):
        found = _next(page, kind, other)
        if found is None or (found.url, found.form) != (following.url, following.form):
            continue
        further = _next(second, kind, other)
        back = (page.url, page.final_url, second.url, second.final_url)
        if further is None or (further.form is not None and further.form != following.form) or further.url not in back:
            return other
    return None


def _next(page: Page, kind: str, selector: str) -> NextPage | None:
    """Where the selector leads by the reader of that kind."""
    look = page.look
    way = Discover(kind, page.url, item="a[href]", next=selector)
    listed = WAYS[kind](look.payload, look.content_type, page.final_url, way)
    return listed.next_pages[0] if listed.next_pages else None


def last_page(page: Page, paging: Paging) -> tuple[str, int] | None:
    """(address, number) of the page with the largest number that page one links to like page two. None: none."""
    if paging.kind != "listing":
        return None
    best: tuple[str, int] | None = None
    for run in regex.finditer(r"(?<!\d)2(?!\d)", paging.second.url):
        before, after = paging.second.url[: run.start()], paging.second.url[run.end() :]
        for link in page.links:
            if link.url.startswith(before) and link.url.endswith(after) and len(link.url) < len(paging.second.url) + 6:
                number = link.url[len(before) : len(link.url) - len(after)]
                if number.isdecimal() and int(number) > (best[1] if best else 2):
                    best = (link.url, int(number))
    return best


def _selectors(root: HtmlElement) -> Iterator[str]:
    """Most telling first: rel and class `next`, then words, then the pager as a whole, whose numbers tell the way."""
    words: list[str] = []
    pagers: list[str] = []
    bare: list[str] = []
    for element in islice(root.iter("a", "link", "button", "input"), _MAX_ELEMENTS):
        if not isinstance(element, HtmlElement) or _slides(element):
            continue
        if "next" in (element.get("rel") or "").lower().split():
            yield f'{element.tag}[rel~="next"]'
        if element.tag == "link":
            continue
        parent = element.getparent()
        around = [e for e in (element, parent) if isinstance(e, HtmlElement)]
        for each in around:
            for name in named(each)[:-1]:
                if _NEXT_NAME.search(name.partition(".")[2]):
                    yield name if each is element else f"{name} > {element.tag}"
        text = line(element)[:40]
        if _FORWARD.fullmatch(text):
            words += named(element)[:-1]
            words += [f"{name} > {element.tag}" for name in named(around[-1])[:-1]]
        if _FORWARD.fullmatch(text) or _NUMBER.fullmatch(text):
            pagers += _around(element)
            bare += _by_address(element)
    yield from words
    yield from sorted(dict.fromkeys(pagers), key=lambda selector: _PAGER_NAME.search(selector) is None)
    yield from bare


def _by_address(element: HtmlElement) -> Iterator[str]:
    """By the parameter or folder that holds the number, for pagers in which nothing has a name."""
    href = (element.get("href") or "")[:500]
    printed = _NUMBER.fullmatch(line(element)[:40])
    for found in _IN_ADDRESS.finditer(href):
        if printed is None or printed[1] == found["number"] or found["name"].lower() in _OFFSETS:
            yield f'a[href*="{found["head"]}"]'


def _around(element: HtmlElement) -> Iterator[str]:
    """Selectors of the elements that may hold a whole pager."""
    for above in islice(element.iterancestors(), 4):
        if not isinstance(above, HtmlElement) or above.tag in ("body", "form", "html"):
            return
        for name in named(above)[:-1]:
            yield f"{name} a"


def _slides(element: HtmlElement) -> bool:
    around = [element, *islice(element.iterancestors(), 3)]
    return any(_SLIDES.search(each.get("class") or "") for each in around)
