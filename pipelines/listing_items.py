"""Items of a list, as structure: a linked headline, with at most a date and a short summary in the same element."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.article_head import looks_dated
from pipelines.blocks import PageText
from pipelines.marks import names_of
from pipelines.prose import Weights

_MIN_HEADLINE = 20
_AROUND = frozenset(("nav", "breadcrumb", "footer", "header", "tags", "popup", "hidden", "comments", "share"))
_BESIDE = frozenset(("aside", "related", "ads", "rating"))
_NOT_MAIN = (_AROUND | _BESIDE | {"form"}) - {"hidden"}
_MAX_SUMMARY_LINES, _SUMMARY_LINE, _LONGEST_ITEM = 3, 40, 40
_LEAST_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class Items:
    """count: linked headlines of the main area.  beside: those in side boxes.  boxes: sizes of groups of three or more.

    share    of the page's prose, how much stands in items
    dated    items with a date of their own
    entries  repeated dated entries without a linked headline (questions and answers), largest group
    links    linked lines of any length outside menus, header and footer
    """

    count: int = 0
    beside: int = 0
    boxes: tuple[int, ...] = ()
    share: float = 0.0
    dated: int = 0
    entries: int = 0
    links: int = 0


def items_of(page: PageText, weights: Weights, place: Place | None) -> Items:
    """Count what looks like a list on a page. A title that links to its own page is no item."""
    others = place.others if place is not None and place.others is not None else len(page.lines)
    own = place.title if place is not None and place.title is not None and place.confirmed else (0, 0)
    headlines: list[tuple[int, bool]] = []
    links = 0
    for at, line in enumerate(page.lines):
        if not line.linked or own[0] <= at < own[1]:
            continue
        kinds = weights.kinds(line.mark)
        if kinds & _AROUND:
            continue
        links += 1
        if len(line.text) >= _MIN_HEADLINE:
            headlines.append((at, bool(kinds & _BESIDE) or at > others))
    at_headline = {at for at, _ in headlines}
    before = [0, *accumulate([int(at in at_headline) for at in range(len(page.lines))])]
    sums = weights.sums
    heavy = [0, *accumulate([int(after - here > _SUMMARY_LINE) for here, after in pairwise(sums)])]
    boxes: dict[HtmlElement | None, int] = defaultdict(int)
    covered: set[int] = set()
    dated = 0
    for at, beside in headlines:
        span, box = _item(page, weights, at, before, heavy)
        covered.update(range(*span))
        if not beside:
            boxes[box] += 1
            dated += any(len(page.lines[i].text) < 100 and looks_dated(page.lines[i].text) for i in range(*span))
    total = sums[-1]
    in_items = sum([sums[at + 1] - sums[at] for at in covered])
    return Items(
        count=sum(1 for _, beside in headlines if not beside),
        beside=sum(1 for _, beside in headlines if beside),
        boxes=tuple(sorted((n for n in boxes.values() if n >= 3), reverse=True)),
        share=in_items / total if total else 0.0,
        dated=dated,
        entries=_entries(page, weights, others),
        links=links,
    )


def _item(
    page: PageText, weights: Weights, at: int, before: list[int], heavy: list[int]
) -> tuple[tuple[int, int], HtmlElement | None]:
    """(lines of the item around a headline, element the item shares with its neighbours).

    before, heavy  how many lines before each are headlines, or weigh as much as a line of a summary
    """
    best = (at, at + 1)
    element: HtmlElement | None = page.lines[at].block
    while element is not None:
        span = page.spans.get(element)
        if span is not None:
            told = heavy[span[1]] - heavy[at + 1]
            if before[span[1]] - before[span[0]] > 1 or told > _MAX_SUMMARY_LINES or span[1] - at >= _LONGEST_ITEM:
                return best, element
            if weights.between((span[0], at)) > 80:
                return best, element
            best = span
        element = element.getparent()
    return best, None


def _entries(page: PageText, weights: Weights, before: int) -> int:
    """Size of the largest group of like siblings, each of several lines and dated, that hold most of the prose.

    Dated: a line closes with a day, as signatures of questions and answers do.
    """
    groups: dict[tuple[HtmlElement, str, str], list[tuple[int, int]]] = defaultdict(list)
    for element, span in page.spans.items():
        if span[0] >= before or span[1] - span[0] < 2 or element.tag in ("td", "tr", "ul", "ol", "p"):
            continue
        parent, name = element.getparent(), element.get("class")
        if parent is not None and name and names_of(element):
            groups[parent, str(element.tag), name].append(span)
    alike = [spans for spans in groups.values() if len(spans) >= _LEAST_ENTRIES]
    dated = [[span for span in spans if _is_dated(page, span)] for spans in alike]
    large = [spans for spans in dated if len(spans) >= _LEAST_ENTRIES]
    if not large:
        return 0
    main = [0, *accumulate([_main_chars(page, weights, at) for at in range(len(page.lines))])]
    held = [(len(spans), sum(main[end] - main[start] for start, end in spans)) for spans in large]
    return max((count for count, chars in held if chars * 2 >= main[-1]), default=0)


def _is_dated(page: PageText, span: tuple[int, int]) -> bool:
    return any("/" in line.text and looks_dated(line.text[-60:]) for line in page.lines[span[0] : span[1]])


def _main_chars(page: PageText, weights: Weights, at: int) -> int:
    """Characters of a line of the main area. Hidden ones count: answers are folded away until asked for."""
    line = page.lines[at]
    return 0 if weights.kinds(line.mark) & _NOT_MAIN else len(line.text)
