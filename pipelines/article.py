"""Where on a page the article stands: the element that holds its paragraphs, and its title.

In this order: the source's layout, `itemprop=articleBody`, a name known of a CMS family, the element that holds most
of the prose. Nothing is decided here about whether the page is a bulletin at all (pipelines/classify.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.article_title import StatedTitle, heading_of_page, printed_title, tokens
from pipelines.blocks import PageText
from pipelines.families.family import Family, names
from pipelines.families.known import GENERIC_BODY
from pipelines.html import only
from pipelines.metadata import Metadata
from pipelines.prose import Weights
from pipelines.records import Doubt, Layout, Unreadable

_NO_CONTAINER = names("p li h1 h2 h3 h4 h5 h6 blockquote pre tr tbody ul ol dl figure option button time")


@dataclass(slots=True)
class Place:
    """An article on a page. body, scope, title: line numbers from 0, end exclusive.

    how        by what the container was found, e.g. `layout`, `itemprop`, `family liferay`, `prose`
    scope      lines of the smallest element that holds title and body
    confirmed  the printed title is the one the page's metadata gives
    linked     the printed title is a link to another page, as in a list
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

    @property
    def by_prose(self) -> bool:
        return self.how == "prose"


def by_name(page: PageText) -> dict[str, list[HtmlElement]]:
    """The page's block elements by each of their names, in the order they end."""
    found: dict[str, list[HtmlElement]] = defaultdict(list)
    for element in page.spans:
        for token in tokens(element):
            found[token].append(element)
    return found


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
    if title is not None:
        place.title, place.title_how, place.confirmed, place.linked = title
        element: HtmlElement | None = container
        while element is not None:
            span = page.spans.get(element)
            if span is not None and span[0] <= place.title[0]:
                place.scope = span
                break
            element = element.getparent()
    return place, doubts


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
    return (chosen, "prose", several) if chosen is not None else None


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
    return current


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
