"""Which of the links a `next` selector matches leads to the following page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice

import regex
from lxml.html import HtmlElement

from crawlers.discovery.address import Refused
from crawlers.discovery.listed import NextPage
from pipelines.html import every, line

Reach = Callable[[HtmlElement, str], NextPage]
"""(link, base) → where it leads. Raises Refused."""

_NUMBER = regex.compile(r"(?:trang|page)?\s*[\[(]?\s*(\d{1,6})\s*[\])]?", regex.IGNORECASE)
_URL_NUMBER = regex.compile(
    r"(?:[?&/_;-](?:page|trang|paged|pageindex|pageno|p|cur))[=/-](\d{1,6})(?=[&/.;#]|$)", regex.IGNORECASE
)
_FORWARD = regex.compile(r"\W*(?:trang )?(?:next|tiếp|sau|kế|older|cũ hơn)\b.*|[›>→»]", regex.IGNORECASE)
_BACK = frozenset(("prev", "previous"))
_MAX_LINKS = 500
_MAX_PAGER = 2_000


@dataclass(frozen=True, slots=True)
class _Link:
    element: HtmlElement
    number: int | None  # printed as its text
    page: NextPage | None
    refused: str | None


@dataclass(frozen=True, slots=True)
class After:
    """What a pager says. notes: on each link that was no way; blocked: there is a next page that no link leads to."""

    page: NextPage | None
    notes: tuple[str, ...] = ()
    blocked: str | None = None


def next_page(root: HtmlElement, selector: str, base: str, url: str, reach: Reach) -> After:
    """The following page, or None with a note on each link that was no way there.

    One match is taken if it leads elsewhere. Of several:
    1. The number n of this page is the one number of the pager that is marked as current (aria-current, class current,
       active or selected), or is no link (`<span>2</span>`) and next to the numbers that are, or is that of the link to
       this page itself. Then the link with the text n + 1 is taken; if there is none, the first link without a number
       behind the last number (`…`, `›`).
    2. Else, where this page's own address tells a page number, the link whose address tells that number + 1.
    3. Else the first that says `next` (rel, class, `Sau`, `Tiếp`, `›` …), else the first that leads elsewhere.
    A link that a program follows (`javascript:`) is no way; that there is one is told as `blocked`.
    Links with rel or class `prev` are never taken. A link to this page is none: the last page often has one.
    """
    links = [_read(element, base, reach) for element in _links(every(root, selector)[:_MAX_LINKS])]
    links = [link for link in links if not _is_back(link.element)]
    usable = [link for link in links if link.page is not None and not _is_own(link.page, url)]
    notes = tuple(dict.fromkeys(f"no next page: link {link.refused}" for link in links if link.refused))
    number = _current(links, url)
    if number is not None:
        following = [link for link in usable if link.number == number + 1]
        last = max((at for at, link in enumerate(links) if link.number is not None), default=-1)
        following = following or [link for link in links[last + 1 :] if link in usable and link.number is None]
    elif len(usable) > 1 and (told := _url_number(url)) is not None:
        numbers = [(_url_number(link.page.url), link) for link in usable if link.page]
        following = [link for at, link in numbers if at == told + 1]
        if all(at is None for at, _ in numbers):
            following = _forward(usable)
    else:
        following = _forward(usable)
    if following:
        return After(following[0].page)
    return After(None, notes, next((_blocked(link) for link in links if _is_script(link, number)), None))


def _is_script(link: _Link, number: int | None) -> bool:
    """A live link that a program of the page follows: not the one of this page, nor one that is switched off."""
    if link.refused is None or not link.refused.startswith("with a javascript: link"):
        return False
    near = [link.element, *islice(link.element.iterancestors(), 2)]
    off = any("disabled" in name for element in near for name in _names(element))
    off = off or any(element.get("aria-disabled") == "true" or element.get("aria-current") for element in near)
    here = link.number is not None and (link.number == number or (number is None and link.number == 1))
    return not (off or here or "active" in _names(near[0]) or "active" in _names(near[1] if len(near) > 1 else near[0]))


def _blocked(link: _Link) -> str:
    cure = "" if "kind" in (link.refused or "") else '; set page_url, or kind = "form" or "fragment"'
    return f"its next page cannot be followed: link {link.refused}{cure}"


def _links(matches: Iterable[HtmlElement]) -> list[HtmlElement]:
    """The clickable elements the matches are, hold or lie in, each once."""
    found: dict[HtmlElement, None] = {}
    for match in matches:
        inside = [match] if _leads(match) else [element for element in match.iter() if _leads(element)]
        around = inside or [element for element in match.iterancestors("a") if _leads(element)][:1]
        found.update(dict.fromkeys(around or [match]))
    return list(found)


def _leads(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and (element.get("href") is not None or element.get("onclick") is not None)


def _read(element: HtmlElement, base: str, reach: Reach) -> _Link:
    try:
        return _Link(element, _number(element), reach(element, base), None)
    except Refused as refused:
        return _Link(element, _number(element), None, str(refused))


def _is_own(page: NextPage, url: str) -> bool:
    return page.form is None and page.url == url.partition("#")[0]


def _number(element: HtmlElement) -> int | None:
    found = _NUMBER.fullmatch(line(element)[:40])
    return int(found[1]) if found else None


def _is_back(element: HtmlElement) -> bool:
    return not _BACK.isdisjoint(_names(element))


def _forward(usable: list[_Link]) -> list[_Link]:
    return [link for link in usable if _is_forward(link.element)] or usable


def _is_forward(element: HtmlElement) -> bool:
    return "next" in _names(element) or _FORWARD.fullmatch(line(element)[:40]) is not None


def _names(element: HtmlElement) -> list[str]:
    return f"{element.get('rel') or ''} {element.get('class') or ''}".lower().split()


def _current(links: list[_Link], url: str) -> int | None:
    """The number of this page as its pager prints it; None: it does not, or prints several."""
    if len(links) < 2 and all(link.number is None for link in links):
        return None
    own = {link.number for link in links if link.page and _is_own(link.page, url) and link.number is not None}
    pager = _around([link.element for link in links])
    if pager is None:
        return None
    bare: set[int] = set()
    marked: set[int] = set()
    near = list(islice(pager.iter(), _MAX_PAGER))
    for element in near if len(near) < _MAX_PAGER else ():  # what holds more is the page, no pager
        if not isinstance(element.tag, str) or len(element) > 1 or (number := _number(element)) is None:
            continue
        if _is_marked(element, pager):
            marked.add(number)
        if not any(_leads(other) for other in chain(element.iter(), element.iterancestors())):
            bare.add(number)
    linked = {link.number for link in links if link.number is not None}
    if linked:  # a lone number elsewhere, a count of views perhaps, is no page between those of the links
        bare = {number for number in bare - linked if {number - 1, number + 1} & linked}
    for told in (marked, bare, own):
        if len(told) == 1:
            return told.pop()
    return None


def _around(elements: list[HtmlElement]) -> HtmlElement | None:
    """The smallest element that holds all links; of one link its list's element."""
    if not elements:
        return None
    if len(elements) == 1:
        parent = elements[0].getparent()
        return parent.getparent() if parent is not None and parent.tag in ("li", "td") else parent
    others = [set(element.iterancestors()) for element in elements[1:]]
    return next((a for a in elements[0].iterancestors() if all(a in other for other in others)), None)


def _is_marked(element: HtmlElement, pager: HtmlElement) -> bool:
    near: HtmlElement | None = element
    while near is not None and near is not pager:
        classes = (near.get("class") or "").lower().split()
        if near.get("aria-current") or {"current", "active", "selected"} & set(classes):
            return True
        near = near.getparent()
    return False


def _url_number(url: str) -> int | None:
    found = _URL_NUMBER.findall(url)
    return int(found[-1]) if found else None
