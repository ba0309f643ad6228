"""Where on a page the article stands: the element that holds its paragraphs, and its title.

In this order: the source's layout, `itemprop=articleBody`, a name known of a CMS family, the element that holds most
of the prose. Nothing is decided here about whether the page is a bulletin at all (pipelines/classify.py).

Longer than most: element and title are chosen by each other, each the evidence for the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from lxml.html import HtmlElement

from pipelines.article_head import is_dated_stamp, is_stamp
from pipelines.article_title import StatedTitle, heading_of_page, heading_within, printed_title, tokens
from pipelines.blocks import PageText
from pipelines.families.family import Family, names
from pipelines.families.known import GENERIC_BODY
from pipelines.html import only
from pipelines.line_rules import heads_others, matches
from pipelines.metadata import Metadata
from pipelines.prose import BESIDE, CHROME, Weights
from pipelines.records import Doubt, Layout, Unreadable

BARE_NOTICE = "dated title"
_HEADINGS = frozenset(("h1", "h2", "h3"))
_MIN_HEADLINE = 20
_MIN_PARAGRAPH = 80
_MOST_FILES = 2
_LEAST_OTHERS = 2
_MOST_ADDED = 12
_PARTS_OF_ARTICLE = frozenset(("table", "ul", "ol", "dl", "blockquote"))
_NO_CONTAINER = names("p li h1 h2 h3 h4 h5 h6 blockquote pre tr tbody ul ol dl figure option button time")


@dataclass(slots=True)
class Place:
    """An article on a page. body, scope, title: line numbers from 0, end exclusive.

    how        by what the container was found, e.g. `layout`, `itemprop`, `family liferay`, `dated title`, `prose`
    scope      lines of the smallest element that holds title and body
    confirmed  the printed title is the one the page's metadata gives
    linked     the printed title is a link to another page, as in a list
    others     the line that heads a list of other items below the paragraphs, if there is one
    several    how many elements share the name of an article's body, as where a list prints whole texts
    """

    container: HtmlElement
    how: str
    body: tuple[int, int]
    scope: tuple[int, int]
    title: tuple[int, int] | None = None
    title_how: str = ""
    confirmed: bool = False
    linked: bool = False
    several: int = 0
    others: int | None = None

    @property
    def by_prose(self) -> bool:
        return self.how == "prose"


class ByName(Mapping[str, list[HtmlElement]]):
    """The page's block elements by each of their names, in the order they end; looked through when first asked."""

    def __init__(self, page: PageText) -> None:
        self._page = page

    @cached_property
    def _found(self) -> dict[str, list[HtmlElement]]:
        found: dict[str, list[HtmlElement]] = {}
        for element in self._page.spans:
            for token in tokens(element):
                found.setdefault(token, []).append(element)
        return found

    def __getitem__(self, name: str) -> list[HtmlElement]:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def find(
    root: HtmlElement,
    page: PageText,
    weights: Weights,
    meta: Metadata,
    named: Mapping[str, list[HtmlElement]],
    family: Family | None,
    layout: Layout | None,
) -> tuple[Place | None, list[Doubt]]:
    """The likeliest place of an article on a page, be the page one or not; None where there is no text to speak of."""
    doubts: list[Doubt] = []
    stated = StatedTitle.of(meta)
    found = _container(root, page, weights, named, stated, family, layout, doubts)
    if found is None:
        return None, doubts
    container, how, several = found
    body = page.spans[container]
    place = Place(container, how, body, body, several=several)
    title = printed_title(root, page, stated, family, layout, place.body, doubts)
    if title is None and place.by_prose and (inner := heading_within(page, place.body)) is not None:
        place.body = (inner, place.body[1])  # what stands above it within the same element are items of something else
        title = printed_title(root, page, stated, family, layout, place.body, doubts)
    if title is not None:
        place.title, place.title_how, place.confirmed, place.linked = title
        if not place.linked and how not in ("layout", BARE_NOTICE):
            _cut_others(page, place)
        element: HtmlElement | None = container
        while element is not None:
            span = page.spans.get(element)
            if span is not None and span[0] <= place.title[0]:
                place.scope = span
                break
            element = element.getparent()
    return place, doubts


def _cut_others(page: PageText, place: Place) -> None:
    """Where a heading such as `Các tin khác` stands below the paragraphs and only items follow it within the same
    element, the paragraphs end there. A box of links between paragraphs is left to the roles of its lines."""
    start, end = place.body
    lines = page.lines[start:end]
    prose = [0, *accumulate(int(len(line.text) >= _MIN_PARAGRAPH and not line.link_chars) for line in lines)]
    links = [0, *accumulate(int(line.linked) for line in lines)]
    last_linked = max((n for n, line in enumerate(lines, 1) if line.link_chars), default=0)
    for at in range(max(start, place.title[1] if place.title else start), end):
        text, n = page.lines[at].text, at - start + 1
        if not prose[n] or not heads_others(text):
            continue
        below, linked = prose[-1] - prose[n], links[-1] - links[n]
        goes_on = prose[-1] > prose[last_linked] and linked > 2 * below  # a box of links amid the article
        if linked >= _LEAST_OTHERS and below <= linked and not goes_on:
            place.others = at
            if place.how == "prose":
                place.body = (start, at)
            return


def _container(
    root: HtmlElement,
    page: PageText,
    weights: Weights,
    named: Mapping[str, list[HtmlElement]],
    stated: StatedTitle,
    family: Family | None,
    layout: Layout | None,
    doubts: list[Doubt],
) -> tuple[HtmlElement, str, int] | None:
    """(element, how it was found, how many elements share its name and are not inside each other)."""
    if layout is not None and layout.body is not None:
        try:
            element = only(root, layout.body)
            if element in page.spans:
                return element, "layout", 0
            doubts.append(Doubt("layout-body", "warning", f"{layout.body!r} holds no text"))
        except Unreadable as error:
            doubts.append(Doubt("layout-body", "warning", str(error)))
    bodies = [e for e in page.stated if (e.get("itemprop") or "").lower() == "articlebody" and e in page.spans]
    if (chosen := _outermost(bodies, page, weights)) is not None:
        return chosen, "itemprop", 0
    several = 0
    for wanted, how in (
        (family.body if family else frozenset(), f"family {family.name}" if family else ""),
        (GENERIC_BODY, "known name"),
    ):
        elements = list(dict.fromkeys(element for name in sorted(wanted) for element in named.get(name, ())))
        if (chosen := _outermost(elements, page, weights)) is not None:
            return chosen, how, 0
        several = max(several, _apart(elements, page, weights))
    chosen = _by_prose(root, page, weights, stated)
    notice = _bare_notice(page, weights)
    if notice is not None and (chosen in (None, notice) or not _holds(page.spans[notice], page.spans[chosen])):
        return notice, BARE_NOTICE, 0
    return (chosen, "prose", several) if chosen is not None else None


def _bare_notice(page: PageText, weights: Weights) -> HtmlElement | None:
    """The element of an article that is hardly more than its title, its date and a file: prose would not find it.

    A heading with a date line below it, the only one of the page, no paragraph after it in the main area, and
    headlines elsewhere; the largest element around both that holds neither headlines nor menus.
    """
    headlines = [i for i, line in enumerate(page.lines) if line.linked and len(line.text) >= _MIN_HEADLINE]
    if len(headlines) <= _MOST_FILES:
        return None
    main = [at for at, line in enumerate(page.lines) if not weights.kinds(line.mark) & (CHROME | BESIDE)]
    told = {at for at in main if not page.lines[at].linked}
    found = []
    for at in told:
        line = page.lines[at]
        if line.block.tag in _HEADINGS and len(line.text) >= _MIN_HEADLINE and not is_stamp(line.text):
            dates = [i for i in range(at + 1, at + 4) if i in told and _is_date_line(page.lines[i].text)]
            found += [(at, date) for date in dates[:1]]
    if len(found) != 1:
        return None
    at, date = found[0]
    if any(i > at and len(page.lines[i].text) >= _MIN_PARAGRAPH for i in told):
        return None
    chrome = [i for i, line in enumerate(page.lines) if weights.kinds(line.mark) & CHROME]
    chosen = None
    element: HtmlElement | None = page.lines[at].block
    while element is not None and element.tag != "body":
        span = page.spans.get(element, (0, len(page.lines)))
        if _count(headlines, span) > _MOST_FILES or (chosen is not None and _count(chrome, span)):
            break
        if span[0] <= at and date < span[1]:
            chosen = element
        element = element.getparent()
    return chosen


def _count(numbers: list[int], span: tuple[int, int]) -> int:
    return bisect_left(numbers, span[1]) - bisect_left(numbers, span[0])


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _is_date_line(text: str) -> bool:
    return is_dated_stamp(text) and not (matches("J05", text) or matches("J06", text))


def _apart(elements: list[HtmlElement], page: PageText, weights: Weights) -> int:
    """How many of these elements hold prose and stand beside each other."""
    count, last = 0, 0
    for start, end in sorted(page.spans[element] for element in elements):
        if start >= last and weights.between((start, end)) >= 100:
            count, last = count + 1, end
    return count


def _outermost(found: list[HtmlElement], page: PageText, weights: Weights) -> HtmlElement | None:
    """Of elements with one name the one that holds nearly all their prose; None where several share it, as in lists."""
    heavy = [(weights.between(page.spans[e]), -i, e) for i, e in enumerate(_by_size(found, page))]
    heavy = [item for item in heavy if item[0] > 0]
    if not heavy:
        return None
    best = max(heavy, key=lambda item: item[:2])
    span = page.spans[best[2]]
    beside = sum(w for w, _, e in heavy if not (span[0] <= page.spans[e][0] and page.spans[e][1] <= span[1]))
    return best[2] if best[0] >= 4 * beside else None


def _by_size(found: list[HtmlElement], page: PageText) -> list[HtmlElement]:
    """Largest first, so that of nested equals the outer comes first."""
    return sorted(found, key=lambda e: page.spans[e][0] - page.spans[e][1])


def _by_prose(root: HtmlElement, page: PageText, weights: Weights, stated: StatedTitle) -> HtmlElement | None:
    """Go down from the body into the child that holds most of the prose, as long as there is one.

    Where a heading is the title the metadata give, the way starts at the smallest element that holds it and prose
    below it: a short notice weighs less than the box beside it.
    """
    body = root.find("body")
    current = body if body is not None else root
    if current not in page.spans or weights.between(page.spans[current]) < 40:
        return None
    below = heading_of_page(page, weights, stated)
    element = page.lines[below].block if below is not None else None
    while element is not None and below is not None:
        span = page.spans.get(element)
        if span is not None and weights.between((below + 1, max(span[1], below + 1))) >= 60:
            current = element
            break
        element = element.getparent()
    while True:
        span = page.spans[current]
        total = weights.between(span if below is None else (max(below + 1, span[0]), span[1]))
        lines = page.spans[current][1] - page.spans[current][0]
        best, best_weight = None, 0.0
        for child in _block_children(current, page):
            if below is not None and page.spans[child][1] <= below + 1:
                continue
            weight = weights.between(page.spans[child])
            if weight > best_weight:
                best, best_weight = child, weight
        if best is None or best_weight < 0.7 * total or (best.tag in _NO_CONTAINER and best.tag not in ("tr", "tbody")):
            break
        if page.spans[best][1] - page.spans[best][0] == 1 and lines > 1 and best.tag != "td":
            break
        current = best
    while current.tag in ("tr", "tbody") and (parent := current.getparent()) is not None and parent in page.spans:
        current = parent
    return _around_block(current, page)


def _around_block(element: HtmlElement, page: PageText) -> HtmlElement:
    """A table or list that holds most of the prose is a part of an article: its parent, if that adds a few lines of
    text and no links."""
    parent = element.getparent()
    if element.tag not in _PARTS_OF_ARTICLE or parent is None or parent not in page.spans:
        return element
    (start, end), (first, last) = page.spans[element], page.spans[parent]
    added = [*page.lines[first:start], *page.lines[end:last]]
    fits = 0 < len(added) <= _MOST_ADDED and not any(line.linked for line in added)
    return parent if fits and any(len(line.text) >= _MIN_PARAGRAPH // 2 for line in added) else element


def _block_children(element: HtmlElement, page: PageText) -> list[HtmlElement]:
    """The nearest elements below that have lines of their own; inline wrappers are looked through."""
    found, todo = [], list(reversed(element))
    while todo:
        child = todo.pop()
        if child in page.spans:
            found.append(child)
        elif len(child) and isinstance(child.tag, str):
            todo.extend(reversed(child))
    return found
