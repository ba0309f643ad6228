"""A [[layout]] from sampled pages: selectors that hold on nearly all of them, tried by reading the sample with them.

The values come from the reader without a layout, from lists and from metadata; a selector is what points at them. It is
kept only where it picks one fitting element and never a wrong one, and no page reads worse with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawlers.drafting import targets
from crawlers.drafting.boilerplate import boilerplate
from crawlers.drafting.family import NEARLY_ALL
from crawlers.drafting.pages import Opened
from crawlers.drafting.picking import MOST_TRIED, candidates_of, good, picked
from crawlers.drafting.published import published_selector
from crawlers.drafting.selectors import class_selectors
from pipelines.article_title import key, tokens
from pipelines.families.known import FAMILIES
from pipelines.html import every
from pipelines.records import Bulletin, Layout, Reading

_LEAST_PAGES = 3
_SHORTER, _LEFT_AFTER_REMOVAL = 0.9, 0.5
"""Share of its characters that the body keeps: what is removed was body until then."""


@dataclass(frozen=True, slots=True)
class DraftedLayout:
    """layout: None, none is needed or none can be drafted (why says which).

    notes     what was left out and why, sentences for comments
    doubts    what a person should look at
    readings  of the sample with it, in its order
    """

    layout: Layout | None
    why: str
    notes: tuple[str, ...]
    doubts: tuple[str, ...]
    readings: tuple[Reading, ...]


def draft_layout(pages: Sequence[Opened], family: str | None) -> DraftedLayout:
    """The layout of these pages. family: as the file will name it."""
    plain = tuple(page.read_with(family, None) for page in pages)
    if len(pages) < _LEAST_PAGES:
        why = f"only {len(pages)} pages of the sample are bulletins: too few to draft one"
        return DraftedLayout(None, why, (), (why,), plain)
    if family is not None and _reads_all(pages, plain, family):
        return DraftedLayout(
            None, f"none: the family `{family}` reads title, date and paragraphs of all pages", (), (), plain
        )
    wanted, notes, doubts = _selectors(pages)
    removed, repeated = boilerplate(pages)
    doubts += repeated
    if removed:
        wanted["remove"] = removed
    layout, readings = Layout(), plain
    for name, selector in wanted.items():
        tried = replace(layout, **_named(name, selector))
        tried_readings = tuple(page.read_with(family, tried) for page in pages)
        worse = _worse(pages, readings, tried_readings, _LEFT_AFTER_REMOVAL if name == "remove" else _SHORTER)
        if worse is not None:
            notes.append(f"{name} left out: with `{selector}` {worse}")
        else:
            layout, readings = tried, tried_readings
    if layout == Layout():
        why = "no selector holds on the sample: each page is read by what it says of itself"
        return DraftedLayout(None, why, tuple(notes), (*doubts, why), plain)
    return DraftedLayout(layout, f"tried on {len(pages)} pages", tuple(notes), tuple(doubts), readings)


def _selectors(pages: Sequence[Opened]) -> tuple[dict[str, str | tuple[str, ...]], list[str], list[str]]:
    """(field → selector, what was left out, doubts), in the order they are tried."""
    found: dict[str, str | tuple[str, ...]] = {}
    notes: list[str] = []
    if (body := _body(pages)) is not None:
        found["body"] = body
    else:
        notes.append("body left out: no name holds the paragraphs of nearly all pages")
    if (title := picked(pages, targets.titles)) is not None:
        found["title"] = title
    else:
        notes.append("title left out: no name holds it on nearly all pages")
    published, doubts = published_selector(pages)
    if published is not None:
        found["published"] = published
    for name, of in (("lead", targets.leads), ("byline", targets.bylines), ("view_count", targets.counters)):
        selector = picked(pages, of)
        if selector is not None and not (name == "byline" and " " in selector):  # any bold line would do
            found[name] = selector
    if (captions := _captions(pages)) is not None:
        found["caption"] = captions
    return found, notes, doubts


def _body(pages: Sequence[Opened]) -> str | None:
    """The selector of the element that holds the paragraphs on nearly all pages, and least else."""
    held = [targets.bodies(page) for page in pages]
    fits = [list(found) for found in held]
    tried = candidates_of(fits, each=6)
    best: tuple[int, int] | None = None
    chosen = None
    for number, selector in enumerate(list(tried)[:MOST_TRIED]):
        if good(pages, fits, selector) is None:
            continue
        besides = 0
        for page, elements in zip(pages, held, strict=True):
            besides += sum(elements.get(match, 0) for match in every(page.root, selector)[:1])
        if best is None or (besides, number) < best:
            best, chosen = (besides, number), selector
    return chosen


def _captions(pages: Sequence[Opened]) -> str | None:
    """A class that all captions of the sample have, and nothing else."""
    fits = [targets.named_captions(page) for page in pages]
    tried = dict.fromkeys(s for found in fits for element in found for s in class_selectors(element))
    lines = sum(sum(told.role == "caption" for told in page.reading.lines) for page in pages)
    for selector in list(tried)[:MOST_TRIED]:
        matched = [
            (match, found) for page, found in zip(pages, fits, strict=True) for match in every(page.root, selector)
        ]
        if all(match in found for match, found in matched) and len(matched) >= NEARLY_ALL * max(lines, 1):
            return selector
    return None


def _reads_all(pages: Sequence[Opened], plain: Sequence[Reading], family: str) -> bool:
    """Whether the family alone reads title, date and paragraphs, as far as lists and metadata can say."""
    names = next(known.body for known in FAMILIES if known.name == family)
    for page, reading in zip(pages, plain, strict=True):
        bulletin = reading.bulletin
        if bulletin is None or bulletin.title is None or bulletin.body is None or bulletin.published_on is None:
            return False
        if page.listed_on is not None and page.listed_on != bulletin.published_on:
            return False
        held = [element for element in targets.bodies(page) if not names.isdisjoint(tokens(element))]
        if not held or targets.title_of(page) != key(bulletin.title):
            return False
    return True


def _worse(pages: Sequence[Opened], before: Sequence[Reading], after: Sequence[Reading], shortest: float) -> str | None:
    """What a page loses by a selector; None: nothing."""
    for page, old, new in zip(pages, before, after, strict=True):
        if new.bulletin is None or old.bulletin is None:
            return f"{page.url} reads as {new.kind}"
        lost = [name for name in _FIELDS if _empty(new.bulletin, name) and not _empty(old.bulletin, name)]
        if lost:
            return f"{page.url} loses {', '.join(lost)}"
        if len(new.bulletin.body or "") < shortest * len(old.bulletin.body or ""):
            return f"the paragraphs of {page.url} get shorter"
        if page.listed_on is not None and old.bulletin.published_on == page.listed_on != new.bulletin.published_on:
            return f"{page.url} gets another day than its list says"
    return None


def _named(name: str, selector: str | tuple[str, ...]) -> dict[str, Any]:
    return {name: selector}


_FIELDS = ("title", "lead", "body", "captions", "byline", "section", "published_on", "published_at", "view_count")


def _empty(bulletin: Bulletin, name: str) -> bool:
    return getattr(bulletin, name) in (None, ())
