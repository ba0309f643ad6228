"""Pages of a list that no link leads to: the address, or the form, of page number n as the source file says it."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from crawlers.discovery.listed import ListedPage, NextPage
from crawlers.source import Discover

PAGE = "{page}"


def first_request(way: Discover) -> NextPage:
    """Where the walk of a way begins: `url` by GET, or posted to with the first number where it has no `page_url`."""
    return (numbered(way, 0) if _is_posted_to(way) else None) or NextPage(way.url)


def numbered(way: Discover, place: int, cursor: str | None = None) -> NextPage | None:
    """The request for a page of the walk; None: the source file does not say how.

    place   of the page in the walk, from 0
    cursor  what the page before says of the next one, instead of a number. Percent-encoded in an address, and in a form
            by whoever sends it: it adds no field and no path
    """
    if way.page_url is None and way.post is None:
        return None
    if _is_posted_to(way):
        number = place + (1 if way.first_page is None else way.first_page)
    else:
        number = place - 1 + (2 if way.first_page is None else way.first_page)
    value = cursor if cursor is not None else str(number)
    url = (way.page_url or way.url).replace(PAGE, quote(value, safe=""))
    if way.post is None:
        return NextPage(url)
    fields = parse_qsl(way.post, keep_blank_values=True)
    return NextPage(url, tuple((name.replace(PAGE, value), text.replace(PAGE, value)) for name, text in fields))


def following(way: Discover, listed: ListedPage, place: int) -> tuple[NextPage, ...]:
    """The pages after one of this place: those it links to, else the one of the next number or of its cursor."""
    if listed.next_pages or listed.more is False:
        return listed.next_pages
    page = numbered(way, place + 1, listed.more if isinstance(listed.more, str) else None)
    return () if page is None else (page,)


def _is_posted_to(way: Discover) -> bool:
    return way.post is not None and way.page_url is None
