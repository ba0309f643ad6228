"""Links of a page with what tells a list from a box: their words, and the chain of elements they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex
from lxml.html import HtmlElement

from crawlers.discovery.address import Refused, address
from pipelines.html import line
from pipelines.identity import SESSION

MAX_LINKS = 3_000
"""Of one page; a page of more is no list that a person reads."""
_MAX_DEPTH = 60
_MAX_CLASSES = 8

_STATE = regex.compile(
    r"(?:active|current|selected|first|last|odd|even|open|show|hide|hidden|lazy\w*|loaded|clearfix|clear|left|right"
    r"|(?:col|row|mt|mb|ml|mr|mx|my|pt|pb|pl|pr|px|py|p|m|w|h|d|text|bg|flex|float|pull|order|offset|g)-[\w:.-]+|row"
    r"|(?:post|item|itemid|row|column|node|entry|article|cell|slide|leading|news|tin|page-item)[-_]?\d+)",
    regex.IGNORECASE,
)
_NAME = regex.compile(r"[A-Za-z_][A-Za-z0-9_-]{1,50}")
_HASHED = regex.compile(r"\d{3,}|(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{5,}|^(?:css|sc|jsx?|svelte|ng)-")
_FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside"))
_FURNITURE = regex.compile(
    r"(?:^|[-_\s])(?:menu|nav|navbar|navigation|footer|header|sidebar|side|aside|breadcrumbs?|widget|banner|social|share"
    r"|popup|modal|comments?|related|most|hot|tags?)(?:$|[-_\s])",
    regex.IGNORECASE,
)
_CRUMBS = regex.compile(r"bread-?crumbs?|duong-dan|path-way|pathway", regex.IGNORECASE)

Step = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """One link to a page.

    url      absolute, ASCII, without fragment
    text     its words; of a picture its title or alt
    session  whether the page names a visit in it, which `url` leaves out
    element  the <a>
    chain    (tag, names that hold) of the <a> and what it stands in, innermost first, up to <body>
    """

    url: str
    session: bool
    text: str
    element: HtmlElement
    chain: tuple[Step, ...]

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_furniture(self) -> bool:
        """Whether it stands in a menu, header, footer or side box by name."""
        return any(tag in _FURNITURE_TAGS or any(_FURNITURE.search(n) for n in names) for tag, names in self.chain)

    @property
    def is_crumb(self) -> bool:
        return any(_CRUMBS.search(name) for _, names in self.chain for name in names)


def links_of(root: HtmlElement, base: str) -> Iterator[Link]:
    """Links of a page in its order, also to other sites; what is no http(s) address is left out."""
    steps: dict[HtmlElement, Step] = {}
    for element in islice(root.iter("a"), MAX_LINKS):
        href = (element.get("href") or "").strip()
        if not href or href.startswith("#"):
            continue
        try:
            found = address(href, base)
        except Refused:
            continue
        around = islice((element, *islice(element.iterancestors(), _MAX_DEPTH)), _MAX_DEPTH)
        chain = tuple(
            _step(each, steps) for each in around if isinstance(each, HtmlElement) and each.tag not in ("html", "body")
        )
        url = without_session(found)
        yield Link(url, url != found, _text_of(element), element, chain)


def without_session(url: str) -> str:
    """The address without the name of a visit in its path, which no URL key has."""
    head, mark, query = url.partition("?")
    return SESSION.sub("", head) + mark + query


def stable_names(element: HtmlElement) -> tuple[str, ...]:
    """Its classes that are no state, no grid, no number of an item and no hash of a build, as written."""
    names = islice((element.get("class") or "").split(), _MAX_CLASSES)
    return tuple(name for name in names if is_stable(name))


def is_stable(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _STATE.fullmatch(name) and not _HASHED.search(name)


def _step(element: HtmlElement, steps: dict[HtmlElement, Step]) -> Step:
    if element not in steps:
        steps[element] = (str(element.tag), tuple(sorted(stable_names(element))))
    return steps[element]


def _text_of(element: HtmlElement) -> str:
    text = line(element)[:400]
    if not text:
        text = element.get("title") or next((image.get("alt") or "" for image in element.iter("img")), "")
    return " ".join(text.split())[:400]
