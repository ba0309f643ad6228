"""A list whose further pages come from an address behind "load more"; tried: page two has other bulletins than one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawlers.discovery.payload import is_whole_page
from crawlers.discovery.ways import WAYS
from crawlers.source import Discover
from crawlers.survey.asking import Asker, Page, origin_of
from crawlers.survey.boxes import Box, boxes_of, moved
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.endpoints import PAGE, templates_of
from crawlers.survey.json_lists import json_list
from crawlers.survey.selectors import item_selector

_NEAR = 3
"""Elements around a link that a piece of HTML has as the page itself has them."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """way: without its order and, of HTML, its date.  pages: of it that were read.  lists: its boxes on the first."""

    way: Discover
    pages: tuple[Page, ...]
    lists: tuple[Box, ...]


def find_fragment(asker: Asker, page: Page, known: BulletinUrls) -> Fragment | None:
    """The first template of the page that answers with bulletins which the page does not show. None: none does."""
    shown = {known.identity(url) for url in known.only(link.url for link in page.links)}
    for template in templates_of(page):
        if origin_of(template) not in asker.origins:
            continue
        second = asker.page(template.replace(PAGE, "2"))
        if second is None:
            return None
        if not second.is_answered or not second.text.strip():
            continue
        found = (
            _of_json(asker, page, template, second, shown, known)
            if second.text.lstrip()[:1] in ("{", "[")
            else _of_html(asker, page, template, second, shown, known)
        )
        if found is not None:
            return found
    return None


def _of_html(
    asker: Asker, page: Page, template: str, second: Page, shown: set[str], known: BulletinUrls
) -> Fragment | None:
    boxes, pieces = boxes_of(page, known), boxes_of(second, known)
    if page.root is None or second.root is None:
        return None
    if is_whole_page(second.text):
        lists, kind = moved(boxes, pieces), "listing"
    else:
        near = {box.chain[:_NEAR] for box in pieces}
        lists, kind = [box for box in boxes if box.chain[:_NEAR] in near], "fragment"
    there = {url for box in pieces for url in box.urls}
    if not lists or len(there - shown) < 2:
        return None
    chains = {box.chain for box in lists}
    others = [link for box in boxes if box.chain not in chains for link in box.links]
    first_page = _first(asker, template, shown, known)
    wanted = {link.url: link for box in lists for link in sorted(box.links, key=lambda link: link.words)}
    way = Discover(kind, page.url, page_url=template, first_page=first_page)

    def reads_both(selector: str) -> bool:
        tried = replace(way, item=selector)
        listed = WAYS[kind](second.look.payload, second.look.content_type, second.final_url, tried)
        read = {known.identity(item.url) for item in listed.items}
        return len(read & there) * 10 >= 9 * len(there)

    item = item_selector(page.root, list(wanted.values()), others, reads_both)
    return None if item is None else Fragment(replace(way, item=item), (page, second), tuple(lists))


def _of_json(
    asker: Asker, page: Page, template: str, second: Page, shown: set[str], known: BulletinUrls
) -> Fragment | None:
    found = json_list(second.text, page.url, known.is_one)
    if found is None or found.item is None:
        return None  # HTML in JSON is left to a person
    link = found.link if found.link not in ("url", "link", "href") else None
    way = Discover(
        "fragment", template.replace(PAGE, "1"), item=f"json:{found.item}", link=found.link and link,
        date=f"json:{found.date}" if found.date else None, next=f"json:{found.next}" if found.next else None,
        page_url=template,
    )  # fmt: skip
    start = asker.page(way.url)
    if _first(asker, template, shown, known) == 1:
        way = replace(way, url=template.replace(PAGE, "0"), first_page=1)
        start = asker.page(way.url)
    if start is None or not start.is_answered:
        return None
    one, two = (_ids(way, each, known) for each in (start, second))
    return Fragment(way, (start, second), ()) if one and len(two - one) * 2 > len(two) else None


def _first(asker: Asker, template: str, shown: set[str], known: BulletinUrls) -> int | None:
    """first_page: None where number 1 is what the page shows itself (then 2 is next), 1 where it is what follows."""
    one = asker.page(template.replace(PAGE, "1"))
    if one is None or not one.is_answered:
        return None
    urls = {known.identity(url) for url in known.only(link.url for link in one.links)}
    if not urls:
        found = json_list(one.text, one.url, known.is_one)
        urls = (
            _ids(Discover("fragment", one.url, item=f"json:{found.item}", link=found.link), one, known)
            if found
            else set()
        )
    return 1 if len(urls - shown) * 2 > len(urls) else None


def _ids(way: Discover, page: Page, known: BulletinUrls) -> set[str]:
    listed = WAYS[way.kind](page.look.payload, page.look.content_type, page.final_url, way)
    return {known.identity(item.url) for item in listed.items if known.is_one(item.url)}
