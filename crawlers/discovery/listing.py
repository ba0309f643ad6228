"""HTML pages that list bulletins, read with the selectors `item`, `date` and `next` of the source file."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from lxml.html import HtmlElement

from crawlers.discovery.address import Refused, address
from crawlers.discovery.dates import Days
from crawlers.discovery.listed import SEVERAL, Gathered, ListedPage, NextPage, no_list
from crawlers.discovery.pager import After, Reach, next_page
from crawlers.discovery.payload import described, may_be_empty_list, opened, text_of
from crawlers.source import Discover
from pipelines.html import every, line, parse
from pipelines.records import Unreadable

_MANY = ""
"""Stands for several addresses; no address is empty."""
_HEADLINES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DATE_ATTRIBUTES = ("datetime", "title", "content")


def read_listing(payload: bytes, content_type: str | None, url: str, way: Discover) -> ListedPage:
    """What an HTML list shows, and the page after it.

    way.item  an <a>, or an element that holds links to one address only, or lies in one <a>. The same address twice
              (picture and headline) is one item. Of several addresses see `_own_address`
    way.date  the day of an item is what the date matches in its smallest ancestor with any say, if all say the same day
              and no other item's address is in there; else None. Asked are text, `datetime`, `title`, `content`
    way.next  href to the following page; of several matches see crawlers.discovery.pager
    base      `<base href>` counts (HTML, 4.2.3)
    """
    return read_with(payload, content_type, url, way, by_href)


def read_with(payload: bytes, content_type: str | None, url: str, way: Discover, reach: Reach) -> ListedPage:
    """As `read_listing`; reach says where the link to the following page leads."""
    try:
        payload, note = opened(payload)
        text = text_of(payload, content_type)
    except Unreadable as unreadable:
        return no_list(str(unreadable), windowed=False)
    return read_text(text, note, url, way, reach)


def read_text(text: str, note: str | None, url: str, way: Discover, reach: Reach, own: str | None = None) -> ListedPage:
    """As `read_with`, of a text. note: what is missing behind it; own: its address, if links stand to another."""
    own = own or url
    try:
        root, doubts = parse(text)
        if way.item is None:
            raise Unreadable("expected the selector 'item' of the links to bulletins, found none in the source file")
        matches = every(root, way.item)
        if not matches:
            problem = f"expected a list of {way.item!r}, found none in {described(text)}"
            return no_list(problem, windowed=False, ended=may_be_empty_list(text))
        cut = [note] if note else []
        cut += [f"the page is cut off: {doubt.detail}" for doubt in doubts if doubt.rule == "page-cut-off"]
        notes = list(cut)
        gathered = Gathered()
        base = base_of(root, url)
        places, taken = _places(matches, base, own, gathered)
        if not places:
            left = ", ".join(gathered.left())
            raise Unreadable(f"expected links to bulletins, found none among {len(matches)} {way.item!r}: {left}")
        days = _days_of(root, way.date, places, notes, gathered)
        for found in places:
            gathered.add_item(found, base, days.get(found), "listing", None)
        after = next_page(root, way.next, base, own, reach) if way.next else After(None)
    except Unreadable as unreadable:
        return no_list(str(unreadable), windowed=False)
    if after.page is not None:
        gathered.pages[after.page.url] = after.page
    page = gathered.listed(windowed=bool(cut), notes=(*notes, *after.notes), missing=cut, taken=taken)
    return replace(page, blocked=after.blocked)


def base_of(root: HtmlElement, url: str) -> str:
    """What relative addresses of a page are relative to."""
    for element in every(root, "base[href]")[:1]:
        try:
            return address(element.get("href") or "", url)
        except Refused:
            break
    return url


def link_of(element: HtmlElement) -> list[HtmlElement]:
    """The links an element is, holds, or lies in."""
    if element.tag == "a":
        return [element]
    inside = [link for link in element.iter("a") if link.get("href") is not None]
    return inside or [link for link in element.iterancestors("a") if link.get("href") is not None][:1]


def by_href(link: HtmlElement, base: str) -> NextPage:
    href = (link.get("href") or "").strip()
    if not href or href.startswith("#"):
        raise Refused("without an address")
    if "__dopostback" in href.lower():
        raise Refused('with a javascript: link that posts a form; set kind = "form"')
    return NextPage(address(href, base))


def _places(
    matches: list[HtmlElement], base: str, url: str, gathered: Gathered
) -> tuple[dict[str, list[HtmlElement]], int]:
    """Addresses in page order, each with the links that lead there; and of how many items one of several was taken."""
    own = url.partition("#")[0]
    places: dict[str, list[HtmlElement]] = {}
    read: list[tuple[dict[str, list[HtmlElement]], str]] = []
    taken = 0
    for match in matches:
        found: dict[str, list[HtmlElement]] = {}
        reason = "without an address"
        for link in link_of(match):
            try:
                found.setdefault(by_href(link, base).url, []).append(link)
            except Refused as refused:
                reason = str(refused)
        found.pop(own, None) if len(found) > 1 else None
        read.append((found, reason))
    holders = Counter(target for found, _ in read if len(found) > 1 for target in found)
    for several, reason in read:
        found = several
        if len(several) > 1 and (target := _own_address(several, holders)) is not None:
            taken += 1
            found = {target: several[target]}
        if len(found) > 1:
            gathered.leave_out(SEVERAL)
        elif own in found:
            gathered.leave_out("that link to the list itself")
        elif not found:
            gathered.leave_out(reason)
        for target, links in found.items() if len(found) == 1 and own not in found else ():
            places.setdefault(target, []).append(links[0])
    return places, taken


def _own_address(found: dict[str, list[HtmlElement]], holders: Counter[str]) -> str | None:
    """Which of an item's addresses is its bulletin's; None: nobody can tell.

    Not one that other items hold as well (a section, an author), if another is left; then that of its one headline;
    then, of two, the first that is the link of a text and not of a picture alone.
    """
    left = {target: links for target, links in found.items() if holders[target] == 1} or found
    if len(left) > 1:
        headed = {target: links for target, links in left.items() if any(map(_is_headline, links))}
        left = headed if len(headed) == 1 else left
    if len(left) == 1:
        return next(iter(left))
    texts = (target for target, links in left.items() if any("".join(link.itertext()).strip() for link in links))
    return next(texts, None) if len(left) == 2 else None


def _is_headline(link: HtmlElement) -> bool:
    around = chain(link.iterancestors(), link.iterdescendants())
    return any(element.tag in _HEADLINES for element in islice(around, 200)) and bool("".join(link.itertext()).strip())


def _days_of(
    root: HtmlElement,
    selector: str | None,
    places: dict[str, list[HtmlElement]],
    notes: list[str],
    gathered: Gathered,
) -> dict[str, date]:
    """The day of each address that has one, whole and beyond doubt."""
    if selector is None:
        return {}
    dated: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    texts: list[str] = []
    for element in every(root, selector):
        texts += _statements(element)
        for around in chain((element,), element.iterancestors()):
            if len(dated[around]) > 9:  # more are never one item's, and what holds this holds as many
                break
            dated[around].append(element)
    if not texts:
        notes.append(f"no date: {selector!r} matches nothing")
        return {}
    owner: dict[HtmlElement, str] = {}
    for target, links in places.items():
        for link in links:
            for around in chain((link,), link.iterancestors()):
                known = owner.get(around)
                if known in (_MANY, target):  # so has what holds it
                    break
                owner[around] = target if known is None else _MANY
    days = Days(texts)
    if days.month_first:
        gathered.doubt("months before days in the dates of the list: no item has a day from numbers alone")
    found: dict[str, date] = {}
    for target, links in places.items():
        stated = {day for link in links for day in _beside(link, owner, dated, days)}
        if len(stated) == 1 and (day := stated.pop()) is not None:
            found[target] = day
    return found


def _beside(
    link: HtmlElement, owner: dict[HtmlElement, str], dated: dict[HtmlElement, list[HtmlElement]], days: Days
) -> set[date | None]:
    """The days in the smallest ancestor of a link that holds a date and no other item. None in it: one was unclear."""
    for around in chain((link,), link.iterancestors()):
        if owner[around] == _MANY:
            return set()
        if around in dated:
            return {_day(element, days) for element in dated[around]} if len(dated[around]) <= 9 else {None}
    return set()


def _day(element: HtmlElement, days: Days) -> date | None:
    """What text and attributes agree on; a text without a date (`2 giờ trước`) does not count against an attribute."""
    found = {day for text in _statements(element) if (day := days.day(text)) is not None}
    return found.pop() if len(found) == 1 else None


def _statements(element: HtmlElement) -> list[str]:
    attributes = [element.get(name) or "" for name in _DATE_ATTRIBUTES]
    return [line(element), *(text.strip() for text in attributes if text.strip())]
