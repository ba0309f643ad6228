"""HTML as a tree, taken strictly: bounded parsing, and selectors that match exactly once or not at all.

A page is hostile input. lxml runs with its limits on and without network or entities; walks elsewhere are iterative;
what was cut off is told as a `Doubt`, what cannot be parsed raises `Unreadable`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser

from pipelines.records import Doubt, Unreadable
from pipelines.text import tidy_line

MAX_CHARS = 16 * 1024 * 1024
MAX_TAGS = 400_000
"""A page with more tags than this is no bulletin; its tree alone would take hundreds of megabytes."""

_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""lxml.html asks a Python function for the class of each element it hands out, a tenth of the time of a page."""


class _Parsers(threading.local):
    """A parser of each thread. It begins each page anew; to make one for each takes a twentieth of parsing."""

    def __init__(self) -> None:
        self.parser = HTMLParser(
            huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8"
        )
        self.parser.set_element_class_lookup(_ELEMENTS)


_PARSERS = _Parsers()

_P_TAG = re.compile(r"<(?:[pP][\s>/]|(/)[pP]\s*>)")
_P_CLOSE = re.compile(r"</[pP]\s*>")


def parse(text: str) -> tuple[HtmlElement, tuple[Doubt, ...]]:
    """The root element of a page, and what had to be left out of it.

    text    decoded, e.g. by pipelines.text.decode
    raises  Unreadable: empty, too long, too many tags, or nothing an HTML parser can use
    """
    if len(text) > MAX_CHARS:
        raise Unreadable(f"expected a page of at most {MAX_CHARS} characters, found {len(text)}")
    if len(text) > MAX_TAGS and (tags := text.count("<")) > MAX_TAGS:
        raise Unreadable(f"expected a page of at most {MAX_TAGS} tags, found {tags}")
    parser = _PARSERS.parser
    payload = _with_stray_paragraph_ends(text).encode("utf-8", "replace").replace(b"\0", b"")
    try:
        root = etree.fromstring(payload, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"expected HTML, the parser gave up: {str(error)[:200]}") from error
    if root is None or not isinstance(root.tag, str):
        raise Unreadable("expected HTML, found no element")
    return root, tuple(_cut_off(parser))


def _with_stray_paragraph_ends(text: str) -> str:
    """`Title</p>Text</p>` shows as two lines in a browser, but libxml2 drops an end tag without a start."""
    tags = _P_TAG.findall(text)
    ends = tags.count("/")
    return _P_CLOSE.sub("</p><br>", text) if ends > len(tags) - ends else text


def _cut_off(parser: HTMLParser) -> Iterator[Doubt]:
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            yield Doubt("page-cut-off", "warning", f"the parser stopped in line {entry.line}: {entry.message[:160]}")
            return


def line(element: HtmlElement) -> str:
    """All text of an element as one tidy line."""
    if not len(element):
        return tidy_line(element.text or "")
    return tidy_line(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


_BY_ID = re.compile(r"\*\[@id = ('[\w-]+')\](?=/|$)")
_BY_CLASS = re.compile(
    r"\*\[@class(?: and contains\(@class, '[\w-]+'\))? and "
    r"contains\(concat\(' ', normalize-space\(@class\), ' '\), (' [\w-]+ ')\)\](?=/|$)"
)
"""What cssselect makes of `#name` and `.name`."""


@lru_cache(maxsize=512)
def _compiled(selector: str) -> etree.XPath:
    try:
        return etree.XPath(_from_attributes(CSSSelector(selector, translator="html").path))
    except Exception as error:  # cssselect raises several kinds; each means the same to us
        raise Unreadable(f"expected a CSS selector, found {selector!r}: {error}") from error


def _from_attributes(path: str) -> str:
    """`*[@id = 'a']` → `*/@id[. = 'a']/..`: the same elements, found from their attributes. Most have none, and to see
    that takes libxml2 long for each."""
    if '"' in path:  # a text with quotes in it, which may look like a step
        return path
    path = _BY_ID.sub(r"*/@id[. = \1]/..", path)
    return _BY_CLASS.sub(r"*/@class[contains(concat(' ', normalize-space(.), ' '), \1)]/..", path)


def every(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """All elements a CSS selector matches, in page order."""
    found: list[HtmlElement] = _compiled(selector)(tree)  # type: ignore[assignment]
    return found


def only(tree: HtmlElement, selector: str) -> HtmlElement:
    """The one element a CSS selector matches.

    raises  Unreadable: no match, or more than one: after a redesign a wrong value would be worse than none
    """
    found = every(tree, selector)
    if len(found) != 1:
        raise Unreadable(f"expected one {selector!r}, found {len(found)}")
    return found[0]
