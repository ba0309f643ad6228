"""Of many selectors the one that picks what it should on nearly all pages, and nowhere anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from crawlers.drafting.family import NEARLY_ALL
from crawlers.drafting.pages import Opened
from crawlers.drafting.selectors import MOST, selectors_of
from pipelines.html import every

_LOOKED_AT = 3
"""Pages whose elements bring candidates; all pages judge them."""
_ELEMENTS = 6
MOST_TRIED = 60


def candidates_of(fits: Sequence[Sequence[HtmlElement]], each: int) -> dict[str, None]:
    """Selectors of the fitting elements of the first pages, at most `each` an element; those without a space first: a
    name of the element itself lasts longer than its place below another."""
    tried: dict[str, None] = {}
    for elements in [found for found in fits if found][:_LOOKED_AT]:
        for element in elements[:_ELEMENTS]:
            tried.update(dict.fromkeys(list(selectors_of(element))[:each]))
    return dict.fromkeys(sorted(tried, key=lambda selector: " " in selector))


def picked(pages: Sequence[Opened], fitting: Callable[[Opened], list[HtmlElement]]) -> str | None:
    """The best selector that picks exactly one element on nearly all pages, and only fitting ones."""
    fits = [fitting(page) for page in pages]
    tried = candidates_of(fits, each=MOST)
    best: tuple[int, int] | None = None
    chosen = None
    for number, selector in enumerate(list(tried)[:MOST_TRIED]):
        count = good(pages, fits, selector)
        if count is not None and (best is None or (-count, number) < best):
            best, chosen = (-count, number), selector
    return chosen


def good(pages: Sequence[Opened], fits: Sequence[list[HtmlElement]], selector: str) -> int | None:
    """On how many pages it picks the one fitting element; None: on too few, or a wrong one somewhere."""
    fine = missed = 0
    for page, fitting in zip(pages, fits, strict=True):
        matched = every(page.root, selector)
        if len(matched) == 1 and matched[0] in fitting:
            fine += 1
        elif len(matched) == 1 and fitting:
            return None
        else:
            missed += 1
        if missed > (1 - NEARLY_ALL) * len(pages):
            return None
    return fine
