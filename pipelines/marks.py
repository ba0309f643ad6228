"""Marks: what the class, id, tag or role of an element calls its content, e.g. `related`, `footer`, `comments`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

_MARK = re.compile(
    r"(?P<breadcrumb>bread-?_?crumb|crumbs?\b|duong-?_?dan|dd_chuyenmuc|pathway|sitepath|you-?are-?here)"
    r"|(?P<comments>comment|binh-?_?luan|disqus|\brespond\b|\breply|y-?kien-?ban-?doc|phan-?hoi)"
    r"|(?P<share>share|sharing|social|addthis|fb-like|zalo-|print-action|mailto-action|control-detail"
    r"|myvne|post-?tools|article-?tools|chuc-?nang-?bai)"
    r"|(?P<related>related|relate\b|relation|tin-?_?lien-?_?quan|bai-?_?lien-?_?quan|lien-?_?quan|tin-?_?khac|other-?_?news"
    r"|cung-?_?chuyen-?_?muc|most-?_?read|most-?_?view|topview|xem-?_?nhieu|doc-?_?nhieu|popular|suggest|recommend"
    r"|tin-?_?moi\b|tin-?_?cu\b|notebox|tin-?_?noi-?_?bat|next-?_?prev|post-navigation|nav-links)"
    r"|(?P<ads>\bads?\b|\bads?-|\bads?_|adsbygoogle|advert|quang-?_?cao|sda_|\bqc\b|banner)"
    r"|(?P<tags>(?<!\w)tags?(?![-\w])|\btags?-?_?(?:list|links|box|cloud|wrap)|post-?_?tags?|article__tags?|tu-?_?khoa|keywords)"
    r"|(?P<rating>rating|\bvote|\bpoll|danh-?_?gia|tham-?_?do|binh-?_?chon|\bstars?\b)"
    r"|(?P<footer>\bfoot(?:er)?\b|(?:^|[ _-])footer|site-info|copyright|colophon)"
    r"|(?P<nav>\bnav\b|navbar|\bmenu|menu\b|main-?menu|top-?menu|navigation|pagination|\bpaging|\bpager|skip-link)"
    r"|(?P<header>site-header|masthead|top-?bar|header-?top|top-?header|currentdate|current-?date|\bclock\b|dong-?ho)"
    r"|(?P<aside>\bsidebar|\bside-?bar|col-?right|right-?col|(?<![-\w])widget|column-last|cot-?phai|\baside\b)"
    r"|(?P<popup>\bmodal|\bpopup|pop-?up|lightbox|overlay)"
    r"|(?P<hidden>(?<![-\w])(?:hidden|hide|d-none|sr-only|(?:is|element|visually)-?(?:hidden|invisible)"
    r"|screen-reader-text|imgpreview)(?![-\w:]))"
)
_TAG_MARKS = {"nav": "nav", "footer": "footer", "aside": "aside", "header": "header", "select": "form"}
_ROLE_MARKS = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "banner": "header"}
_SHOWN_ON_LARGE = re.compile(r"\b(?:d-)?(?:sm|md|lg|xl|xxl|2xl)[:-](?:block|flex|grid|inline|table)")
"""`d-none d-md-block`, `hidden lg:flex`: hidden on small screens only."""
_OF_PICTURES = ("figcaption", "figure", "caption")
_UNDISPLAYED = re.compile(r"display\s*:\s*none")
MARKED_TAGS = frozenset(_TAG_MARKS)
"""Tags that are a mark whatever their attributes are."""
TELLING = frozenset(("type", "role", "hidden", "style"))
"""Attributes beside class and id that may mark; most elements have none of them."""
_MAX_NAMES = 300


@dataclass(slots=True)
class Mark:
    """What the class, id, tag or role of an element calls its content, e.g. `related`, `footer`, `comments`."""

    kind: str
    element: HtmlElement
    parent: Mark | None
    depth: int


@lru_cache(maxsize=8192)
def name_mark(names: str) -> str | None:
    """The mark that class and id names give, or None."""
    found = names.lower()
    match = _MARK.search(found)
    if match is not None and match.lastgroup == "hidden" and _SHOWN_ON_LARGE.search(found):
        return None
    return match.lastgroup if match else None


def names_of(element: HtmlElement) -> str:
    """Class and id of an element, one string."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()[:_MAX_NAMES]


def names_in(attributes: Mapping[str, str]) -> str:
    """What `names_of` gives, of an element whose attributes are at hand."""
    identifier = attributes.get("id")
    if identifier is None:
        return (attributes.get("class") or "").strip()[:_MAX_NAMES]
    return f"{attributes.get('class') or ''} {identifier}".strip()[:_MAX_NAMES]


def mark_of(tag: str, attributes: Mapping[str, str], names: str, within_article: bool) -> str | None:
    """The mark an element gives its content. The `<header>` of an article is none: it holds the title.

    names  of the attributes, by `names_in`
    """
    kind = _TAG_MARKS.get(tag)
    if tag == "header" and within_article:
        kind = None
    if not attributes or tag in ("html", "body"):
        return kind
    if names:
        kind = name_mark(names) or kind
    if kind == "aside" and tag in _OF_PICTURES:
        kind = None  # `<figcaption class="widget-image-caption">`
    if TELLING.isdisjoint(attributes):
        return kind
    if (
        kind is None
        and "type" in attributes
        and tag in ("div", "section")
        and name_mark(attributes["type"]) == "related"
    ):
        kind = "related"  # `<div class="VCSortableInPreviewMode" type="RelatedOneNews">`
    if (kind is None or kind == "header") and "role" in attributes:
        kind = _ROLE_MARKS.get(attributes["role"], kind)
    if "hidden" in attributes or ("style" in attributes and _UNDISPLAYED.search(attributes["style"])):
        kind = "hidden"
    return kind
