"""Lines that stand in the paragraphs of most sampled pages: no bulletin says them, the site does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawlers.drafting.pages import Opened
from crawlers.drafting.selectors import class_selectors
from pipelines.html import every, line

_MOST_PAGES = 0.5
_LEAST_PAGES = 3
_NAMED = 3


def boilerplate(pages: Sequence[Opened]) -> tuple[tuple[str, ...], list[str]]:
    """(selectors for `remove`, doubts). A selector is given only where all it picks are such lines."""
    seen = Counter(text for page in pages for text in {told.text for told in page.reading.lines if told.role == "body"})
    common = {text for text, n in seen.items() if n >= max(_LEAST_PAGES, _MOST_PAGES * len(pages))}
    if not common:
        return (), []
    selectors: dict[str, None] = {}
    for page in pages:
        for number, told in enumerate(page.reading.lines):
            if told.text in common and told.role == "body":
                selectors.update(dict.fromkeys(_of(page.page.lines[number].element)))
    chosen = tuple(s for s in selectors if all(line(e) in common for page in pages for e in every(page.root, s)))[
        :_NAMED
    ]
    doubts = [
        f"`{text[:80]}` stands among the paragraphs of {seen[text]} of {len(pages)} pages"
        for text in sorted(common, key=lambda text: (-seen[text], text))[:_NAMED]
    ]
    return chosen, [] if chosen else doubts


def _of(element: HtmlElement) -> list[str]:
    above = element.getparent()
    return class_selectors(element) + (class_selectors(above) if above is not None else [])
