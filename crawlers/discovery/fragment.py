"""What stands behind "load more": pieces of HTML, JSON, and HTML inside JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import jmespath
import regex
from jmespath.exceptions import JMESPathError

from crawlers.discovery.dates import Days
from crawlers.discovery.listed import Gathered, ListedPage, no_list
from crawlers.discovery.listing import by_href, read_text
from crawlers.discovery.payload import described, is_whole_page, opened, text_of
from crawlers.source import Discover
from pipelines.normalize.dates import VIETNAM
from pipelines.records import Unreadable

JSON = "json:"
MAX_JSON = 16 * 1024 * 1024
MAX_SIGNS = 2_000_000
"""Commas, brackets and braces of one answer: each may become a value, which costs far more than its letter."""
MAX_CURSOR = 500

_LINKS = ("url", "link", "href")
_COMMENT = regex.compile(r"<!--.*?(?:-->|$)", regex.DOTALL)
_PLAIN_PATH = regex.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_EPOCH = regex.compile(r"(?:/Date\()?(\d{9,10}|\d{12,13})(?:[+-]\d{4})?(?:\)/)?")


def read_fragment(payload: bytes, content_type: str | None, url: str, way: Discover) -> ListedPage:
    """What a piece of HTML or a JSON answer lists, and what it says of the one after it.

    way.item  CSS, as of a listing; or `json:` and the JMESPath of the list of items, each an address or an object
    way.link  JMESPath inside such an object to its address; None: its `url`, `link` or `href`
    way.date  CSS; or `json:` and the JMESPath inside an object: a text, or seconds or milliseconds since 1970
    way.html  JMESPath to the HTML that a JSON answer holds, or to a list of pieces of it
    way.next  CSS of a link; or `json:` and the JMESPath to an address, a cursor, or whether there is more
    returns   `ended` where nothing is listed as on a page behind the last one: nothing at all, an empty list, HTML
              without items that is no whole page. What a path does not find at all is a problem
    base      of addresses: `way.url`, the page that such pieces are put into; of a whole page its own
    source    JSON: RFC 8259; JMESPath: https://jmespath.org/specification.html
    """
    try:
        payload, note = opened(payload)
        if not payload.strip(b" \t\r\n\xef\xbb\xbf"):
            return no_list("expected a list, found an empty answer", windowed=False, blank=True)
        text = text_of(payload, content_type)
        data = None
        is_json = (way.item or "").startswith(JSON) or (way.html is not None and not _is_first_page(text, url, way))
        if is_json:
            data = _json(text, note)
            if data is None or data is False or (isinstance(data, str | list | dict) and not data):
                return no_list(f"expected a list, found {text.strip()[:20]!r}", windowed=False, blank=True)
        if is_json and way.html is None:
            return _read_items(data, way)
        if is_json and way.html is not None:
            text, note = _html_of(data, way.html), None
        page = _read_html(text, note, url, way)
        return page if page.problem else _with_next(page, data, way)
    except Unreadable as unreadable:
        return no_list(str(unreadable), windowed=False)


def _is_first_page(text: str, url: str, way: Discover) -> bool:
    """Whether it is the page that has the button: HTML, where the answers to the button are JSON that holds HTML."""
    return way.page_url is not None and is_whole_page(text) and url.partition("#")[0] == way.url.partition("#")[0]


def _read_html(text: str, note: str | None, url: str, way: Discover) -> ListedPage:
    if not _COMMENT.sub("", text).strip():
        return no_list("expected a list, found no element of HTML", windowed=False, blank=True)
    if text.strip() in ("[]", "{}", "null"):
        return no_list(f"expected a list, found {text.strip()!r}", windowed=False, blank=True)
    css = replace(way, next=None) if (way.next or "").startswith(JSON) else way
    whole = is_whole_page(text)
    page = read_text(text, note, url if whole else way.url, css, by_href, url)
    if page.problem is not None and text.lstrip()[:1] in ("{", "["):
        return replace(page, problem=f"{page.problem}; say with 'html', or an item that begins with json:, where in it")
    return replace(page, ended=page.ended and not whole)


def _json(text: str, note: str | None) -> Any:
    if note is not None:
        raise Unreadable(f"expected JSON, found a part of it: {note}")
    if len(text) > MAX_JSON or any(text.count(sign) > MAX_SIGNS for sign in ",[{"):
        raise Unreadable(f"expected JSON of at most {MAX_JSON:,} characters and {MAX_SIGNS:,} values, found more")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Unreadable("expected JSON, found some that is nested too deep") from error
    except ValueError as error:
        raise Unreadable(f"expected JSON, found {described(text)}") from error


def _read_items(data: Any, way: Discover) -> ListedPage:
    path = (way.item or "").removeprefix(JSON)
    found = _search(path, data)
    if found is None and _is_null(path, data):
        found = []
    if not isinstance(found, list):
        raise Unreadable(f"expected a list of items at {path!r}, found {_shape(found)} in {_shape(data)}")
    if not found:
        return no_list(f"expected items at {path!r}, found an empty list", windowed=False, blank=True)
    gathered = Gathered()
    texts = [_date_text(_search(way.date.removeprefix(JSON), item)) if way.date else "" for item in found]
    days = Days(texts, program=True)
    if days.month_first:
        gathered.doubt("months before days in the dates of the list: no item has a day from numbers alone")
    for item, text in zip(found, texts, strict=True):
        gathered.add_item(_address_of(item, way.link), way.url, days.day(text), "listing", None)
    if not gathered.items:
        left = ", ".join(gathered.left())
        raise Unreadable(f"expected addresses in {len(found)} items at {path!r}, found none: {left}; set 'link'")
    notes = [f"no date: {way.date!r} matches nothing"] if way.date and not any(texts) else []
    return _with_next(gathered.listed(windowed=False, notes=notes), data, way)


def _address_of(item: Any, link: str | None) -> str | None:
    if isinstance(item, dict) and link is None:
        item = next((item[name] for name in _LINKS if isinstance(item.get(name), str)), None)
    elif link is not None:
        item = _search(link, item)
    return item if isinstance(item, str) else None


def _date_text(value: Any) -> str:
    """Seconds and milliseconds since 1970, also as .NET prints them, become the day in Vietnam."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    epoch = _EPOCH.fullmatch(text)
    if epoch is None:
        return text
    seconds = int(epoch[1]) // (1_000 if len(epoch[1]) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM).date().isoformat()


def _html_of(data: Any, path: str) -> str:
    found = _search(path, data)
    if found is None and _is_null(path, data):
        return ""
    pieces = found if isinstance(found, list) else [found]
    if not all(isinstance(piece, str) for piece in pieces):
        raise Unreadable(f"expected HTML at {path!r}, found {_shape(found)} in {_shape(data)}")
    return "\n".join(pieces)


def _with_next(page: ListedPage, data: Any, way: Discover) -> ListedPage:
    """The page with what the answer says of the one after it."""
    if data is None or not (way.next or "").startswith(JSON):
        return page
    path = (way.next or "").removeprefix(JSON)
    value = _search(path, data)
    if value is None and not _is_null(path, data) and _PLAIN_PATH.fullmatch(path):
        page = replace(page, told=(*page.told, (f"the answer says nothing of a next page at {path!r}", 0)))
    if value in (None, False, "", [], {}) or (isinstance(value, int | float) and value <= 0):
        return replace(page, more=False)
    by_number = way.page_url is not None or way.post is not None
    if isinstance(value, str) and (not by_number or value.startswith(("/", "?", "http://", "https://"))):
        gathered = Gathered()
        gathered.add_page(value, way.url, None)
        lost = tuple(f"its next page cannot be followed: {left}" for left in gathered.left())
        return replace(page, next_pages=tuple(gathered.pages.values()), more=False, lost=(*page.lost, *lost))
    if not by_number:
        lost = ("it says that more follows; set page_url or post, which say where",)
        return replace(page, lost=(*page.lost, *lost))
    if value is True:
        return replace(page, more=True)
    cursor = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if not isinstance(value, str | int | float) or len(cursor) > MAX_CURSOR or not cursor.isprintable():
        lost = (f"expected an address, a cursor, true or false at {path!r}, found {_shape(value)}",)
        return replace(page, more=False, lost=(*page.lost, *lost))
    return replace(page, more=cursor)


@lru_cache(maxsize=64)
def _compiled(path: str) -> Any:
    try:
        return jmespath.compile(path)  # type: ignore[no-untyped-call]
    except JMESPathError as error:
        raise Unreadable(f"expected a JMESPath, found {path!r}") from error


def _search(path: str, data: Any) -> Any:
    """None: nothing there, or nothing of the kind that the path's functions take."""
    try:
        return _compiled(path).search(data)
    except (JMESPathError, ValueError, TypeError, ArithmeticError, RecursionError):
        return None


def _is_null(path: str, data: Any) -> bool:
    """Whether a plain path leads to a null that is written there: `"items": null` is how some say that none is left."""
    if not _PLAIN_PATH.fullmatch(path):
        return False
    names: Sequence[str] = path.split(".")
    for name in names:
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return data is None


def _shape(value: Any) -> str:
    """For an error text: short, one line, and of keys only some."""
    if isinstance(value, dict):
        keys = ", ".join(repr(key[:30]) for key in list(value)[:5])
        return f"an object with {keys}{' …' if len(value) > 5 else ''}" if keys else "an empty object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "nothing" if value is None else f"{type(value).__name__} {repr(value)[:60]}"
