"""Where a line of an article stands, in words that are the same on all pages of a layout.

    layout  the article's element: tag and class names, e.g. `div.entry-content`
    path    the elements from there down to the line, e.g. `div.copyright > p`; `^ ` before it: above that element,
            below the title
    zone    head: before the first paragraph; tail: after the last one; among: between them

Ids, names with digits and names of looks or sections change from page to page and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex
from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.blocks import BlockLine, PageText
from pipelines.prose import BESIDE, CHROME, Weights
from pipelines.records import LearnedLine

HEAD, AMONG, TAIL = "head", "among", "tail"
ZONES = (HEAD, AMONG, TAIL)
JOIN, ABOVE = " > ", "^ "
LEARNED = "learned:"
"""How the rule of a line begins that a learned list made junk; then the id, a blank, the layout."""

_STABLE = regex.compile(r"[a-z][a-z_-]{1,39}")
_CHANGING = regex.compile(
    r"(?:(?:category|cat|tag|author|section|topic|type|status|format|chuyen-muc|text|align|has|is|wp|mso|ql|font|color|bg"
    r"|m[tblrxy]?|p[tblrxy]?|col|row|size|style)[-_].*|mso.*|clearfix|active|odd|even|first|last|left|right|center|justify"
    r"|bold|italic|text|hentry|animated|lazy.*|ng-.*|js-.*)"
)
"""Names that say how something looks, what a page is filed under, or what a script did."""
_INLINE = frozenset(("a", "abbr", "b", "big", "em", "font", "i", "label", "mark", "s", "small", "span", "strong", "u"))
_MOST_NAMES, _MOST_CHARS, _MOST_ABOVE, _DEEPEST = 3, 300, 40, 8
_PARAGRAPH_CHARS = 60


def layout_of(place: Place) -> str:
    """The layout of a page: its article's element."""
    return _component(place.container)


def lines_of(place: Place, page: PageText) -> range:
    """The lines that have a place: from below the title to the end of the article's element."""
    start, end = place.body
    after = place.title[1] if place.title else start
    return range(min(after, start) if after <= start else after, min(end, len(page.lines)))


def path_of(line: BlockLine, place: Place, page: PageText) -> str:
    """The elements around a line, outermost first, as far as they are named alike on every page."""
    found: list[str] = []
    element: HtmlElement | None = line.element
    above = ""
    for _ in range(_MOST_ABOVE):
        if element is None or element is place.container:
            break
        span = page.spans.get(element)
        if span is not None and span[0] <= place.body[0] and place.body[1] <= span[1]:
            above = ABOVE
            break
        name = _component(element)
        if name not in _INLINE:
            found.append(name)
        element = element.getparent()
    return above + JOIN.join(reversed(found[:_DEEPEST]))


def tells(line: BlockLine, at: int, place: Place, weights: Weights) -> bool:
    """Whether a line may be a paragraph: inside the article's element, of some length, in no menu, box or link."""
    return (
        at >= place.body[0]
        and len(line.text) >= _PARAGRAPH_CHARS
        and not line.linked
        and line.block.tag not in ("figcaption", "caption")
        and not weights.kinds(line.mark) & (CHROME | BESIDE)
    )


def zones(telling: Sequence[bool]) -> list[str]:
    """The zone of each line. telling: whether it is a paragraph that is not itself suspected to be the site's."""
    told = [i for i, is_told in enumerate(telling) if is_told]
    if not told:
        return [TAIL] * len(telling)
    first, last = told[0], told[-1]
    return [HEAD if i < first else TAIL if i > last else AMONG for i in range(len(telling))]


def learned_roles(
    page: PageText, weights: Weights, place: Place, learned: Sequence[LearnedLine]
) -> Iterator[tuple[int, str]]:
    """(line from 0, rule) of the lines that a source's list names, where layout, path, zone and text are all the same.

    A page of another layout, or without such a text, costs a look at each line.
    """
    layout = layout_of(place)
    listed = {(line.text, line.path, line.zone): line for line in learned if line.layout == layout}
    texts = {text for text, _, _ in listed}
    numbers = lines_of(place, page)
    if texts.isdisjoint(page.lines[at].text for at in numbers):
        return
    lines = [page.lines[at] for at in numbers]
    telling = [
        line.text not in texts and tells(line, at, place, weights) for at, line in zip(numbers, lines, strict=True)
    ]
    for at, line, zone in zip(numbers, lines, zones(telling), strict=True):
        if line.text in texts:
            found = listed.get((line.text, path_of(line, place, page), zone))
            if found is not None:
                yield at, f"{LEARNED}{found.line_id} {layout}"


def _component(element: HtmlElement) -> str:
    return _named(str(element.tag), (element.get("class") or "")[:_MOST_CHARS])


@lru_cache(maxsize=4096)
def _named(tag: str, names: str) -> str:
    stable = sorted({n for n in names.lower().split() if _STABLE.fullmatch(n) and not _CHANGING.fullmatch(n)})
    return ".".join((tag, *stable[:_MOST_NAMES]))
