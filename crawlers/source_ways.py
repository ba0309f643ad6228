"""The keys of `[[discover]]`: what each may be, and which go together."""

from __future__ import annotations

from urllib.parse import parse_qsl

import jmespath
from jmespath.exceptions import JMESPathError

from crawlers.source import Discover
from crawlers.source_values import Wrong, selector, shown, text

JSON = "json:"
"""Begins a JMESPath where a CSS selector may stand as well."""
PAGE = "{page}"
_PAGE_KEYS = ("item", "date", "next", "page_url", "first_page", "post", "link", "html")


def json_path(key: str, value: object) -> str:
    """A JMESPath, with `json:` before it or not; returned without."""
    found = text(key, value).removeprefix(JSON).strip()
    try:
        jmespath.compile(found)  # type: ignore[no-untyped-call]
    except JMESPathError as error:
        raise Wrong(key, f"expected a JMESPath, found {shown(value)}: {' '.join(str(error).split())[:120]}") from error
    return found


def selector_or_json(key: str, value: object) -> str:
    """A CSS selector, or `json:<JMESPath>`."""
    found = text(key, value)
    return JSON + json_path(key, found) if found.startswith(JSON) else selector(key, found)


def form_body(key: str, value: object) -> str:
    """Fields of a form, `name=value&name=value`, percent-encoded."""
    found = text(key, value)
    try:
        fields = parse_qsl(found, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        fields = []
    if not fields or found.lstrip().startswith(("{", "[")):
        raise Wrong(key, f"expected the fields of a form such as 'action=more&page={PAGE}', found {shown(value)}")
    return found


def refused_key(way: Discover) -> tuple[str, str] | None:
    """(key, why) of the first key that does not go with the others; None: all do."""
    if way.kind in ("feed", "sitemap"):
        for name in _PAGE_KEYS:
            if getattr(way, name) is not None:
                return name, f'a {way.kind} has no selectors and no pages; remove it or set kind = "listing"'
        return None
    if way.item is None:
        return "item", f"expected the selector of one bulletin's link on this {way.kind}, found none"
    return _not_of_kind(way) or _not_paged(way) or _not_of_json(way)


def _not_of_kind(way: Discover) -> tuple[str, str] | None:
    if way.kind != "fragment":
        for name in ("post", "link", "html"):
            if getattr(way, name) is not None:
                return name, f'only a fragment has it; remove it or set kind = "fragment", found kind = "{way.kind}"'
        for name in ("item", "date", "next"):
            if (getattr(way, name) or "").startswith(JSON):
                return name, f'expected a CSS selector, found {JSON}; only kind = "fragment" reads JSON'
    if way.kind == "form" and way.page_url is not None:
        return "page_url", 'a form is posted again to get its next page; remove it or set kind = "listing"'
    return None


def _not_paged(way: Discover) -> tuple[str, str] | None:
    templates = [template for template in (way.page_url, way.post) if template is not None]
    if way.first_page is not None and not templates:
        return "first_page", "it is the first number of 'page_url' or 'post', and there is neither"
    if templates and not any(PAGE in template for template in templates):
        name = "page_url" if way.post is None else "post"
        return name, f"expected {PAGE} where the number of the page stands, found none"
    return None


def _not_of_json(way: Discover) -> tuple[str, str] | None:
    is_json = way.item is not None and way.item.startswith(JSON)
    if way.html is not None and is_json:
        return "html", f"'item' is {JSON}, so nothing is read from HTML; remove one of the two"
    if way.link is not None and not is_json:
        return "link", f"it is a path inside an item of JSON; remove it or begin 'item' with {JSON}"
    if way.date is not None and way.date.startswith(JSON) is not is_json:
        expected = f"a JMESPath that begins with {JSON}" if is_json else "a CSS selector"
        return "date", f"expected {expected} as in 'item', found {way.date!r}"
    if way.next is None:
        return None
    if way.next.startswith(JSON) and not (is_json or way.html is not None):
        return "next", f"it reads JSON, but 'item' reads HTML; set 'html' or begin 'item' with {JSON}"
    if is_json and not way.next.startswith(JSON):
        return "next", f"expected a JMESPath that begins with {JSON} as in 'item', found {way.next!r}"
    return None
