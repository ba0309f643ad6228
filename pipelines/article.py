"""Where on a page the article stands: the element that holds its paragraphs, and its title.

In this order: the source's layout, `itemprop=articleBody`, a name known of a CMS family, the element that holds most
of the prose. Nothing is decided here about whether the page is a bulletin at all (pipelines/classify.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import regex
from lxml.html import HtmlElement

from pipelines.article_head import is_stamp
from pipelines.blocks import Mark, PageText, names_of
from pipelines.families.family import Family, names
from pipelines.families.known import GENERIC_BODY
from pipelines.html import only
from pipelines.metadata import Metadata, title_parts
from pipelines.prose import BESIDE, CHROME, Weights
from pipelines.records import Doubt, Layout, Unreadable

_NO_CONTAINER = names("p li h1 h2 h3 h4 h5 h6 blockquote pre tr tbody ul ol dl figure option button time")
_HEADING = {"h1": 4, "h2": 3, "h3": 2, "h4": 1}
_TITLE_NAME = regex.compile(r"title|tieu-?_?de|headline|tieude|subject\b|ten-?bai|\bname\b", regex.IGNORECASE)
_TITLE_BEFORE = 60
_NO_WORD = regex.compile(r"[^\p{L}\p{N}]+")


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


@dataclass(frozen=True, slots=True)
class StatedTitle:
    """What the metadata give as title, as keys: the headline, the whole `<title>` and its parts."""

    headline: str
    whole: str
    parts: tuple[str, ...]

    @staticmethod
    def of(meta: Metadata) -> StatedTitle:
        parts = tuple(part for part in map(key, title_parts(meta.title)) if len(part) > 8)
        return StatedTitle(key(meta.headline), key(meta.title), parts)

    def is_said_by(self, text: str) -> bool:
        """Whether a printed text is this title; a long one may be cut off by what follows it in `<title>`."""
        printed = key(text)
        if not printed:
            return False
        return printed in (self.headline, self.whole, *self.parts) or (
            len(printed) > 20 and self.whole.startswith(printed)
        )


def key(text: str) -> str:
    """Text to compare titles by: letters and digits only, one case."""
    return _NO_WORD.sub(" ", text).strip().casefold()


def tokens(element: HtmlElement) -> list[str]:
    """Class names, and the id with `#`, lower case: how families name their elements."""
    found = (element.get("class") or "").lower().split()
    if identifier := element.get("id"):
        found.append("#" + identifier.lower())
    return found


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
    title = _title(root, page, stated, family, layout, place, doubts)
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
    below = _heading_of_page(page, weights, stated)
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


def _heading_of_page(page: PageText, weights: Weights, stated: StatedTitle) -> int | None:
    """The line of the only `<h1>` or `<h2>` that is the title the metadata give, and no link."""
    found = [
        at
        for at, line in enumerate(page.lines)
        if line.block.tag in ("h1", "h2")
        and not line.linked
        and not weights.kinds(line.mark) & CHROME
        and stated.is_said_by(line.text)
    ]
    return found[0] if len(found) == 1 else None


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


def _title(
    root: HtmlElement,
    page: PageText,
    stated: StatedTitle,
    family: Family | None,
    layout: Layout | None,
    place: Place,
    doubts: list[Doubt],
) -> tuple[tuple[int, int], str, bool, bool] | None:
    """(lines, how, confirmed by metadata, is a link) of the printed title."""
    if layout is not None and layout.title is not None:
        try:
            element = only(root, layout.title)
            if element in page.spans:
                span = page.spans[element]
                return span, "layout", stated.is_said_by(page.text_of(span)), False
            at = next((i for i, line in enumerate(page.lines) if line.element is element), None)
            if at is not None:
                return (at, at + 1), "layout", stated.is_said_by(page.lines[at].text), False
            doubts.append(Doubt("layout-title", "warning", f"{layout.title!r} holds no text of its own"))
        except Unreadable as error:
            doubts.append(Doubt("layout-title", "warning", str(error)))
    best, best_score = None, 1.5
    start, end = place.body
    for at in range(max(0, start - _TITLE_BEFORE), min(end, start + 4)):
        line = page.lines[at]
        if not 8 <= len(line.text) <= 400 or foreign(page, line.mark, place.body) & (CHROME | BESIDE):
            continue
        if is_stamp(line.text):
            continue
        span, heading, how = _heading(page, at, family)
        if span[0] != at:
            continue
        confirmed = stated.is_said_by(page.text_of(span))
        if line.linked and not confirmed:
            continue
        distance = max(0, start - at)
        score = heading + 5 * confirmed - 0.08 * distance - (1.5 if at > start else 0)
        if score > best_score:
            best, best_score = (span, how, confirmed, line.linked), score
    return best


def _heading(page: PageText, at: int, family: Family | None) -> tuple[tuple[int, int], float, str]:
    """(lines, score, how): how much of a heading the element around a line is. Only elements of at most three lines."""
    line = page.lines[at]
    span, best, how = (at, at + 1), 0.0, "line"
    element: HtmlElement | None = line.element
    for _ in range(5):
        if element is None:
            break
        around = page.spans.get(element)
        if around is not None and around[1] - around[0] > 3:
            break
        score: float = _HEADING.get(str(element.tag), 0)
        found = str(element.tag) if score else ""
        if family is not None and not family.title.isdisjoint(tokens(element)):
            score, found = score + 3, f"{family.name} title"
        elif _TITLE_NAME.search(names_of(element)):
            score, found = score + 2, found or "title class"
        elif not score and element.tag in ("strong", "b", "center") and element is line.element:
            score, found = 0.9, "bold line"
        if score > best:
            best, how = score, found
            if around is not None:
                span = around
        element = element.getparent()
    return span, best, how


def foreign(page: PageText, mark: Mark | None, body: tuple[int, int]) -> frozenset[str]:
    """Kinds of the marks around a line that do not also stand around the article's body."""
    kinds = set()
    while mark is not None:
        span = page.spans.get(mark.element)
        if span is None or not (span[0] <= body[0] and body[1] <= span[1]):
            kinds.add(mark.kind)
        mark = mark.parent
    return frozenset(kinds)
