"""Which elements of a sampled page hold the value of a field: what a selector of the field should pick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex
from lxml.html import HtmlElement

from crawlers.drafting.pages import Opened
from pipelines.article_head import looks_dated, read_stamp
from pipelines.article_title import key
from pipelines.blocks import BlockLine
from pipelines.html import line
from pipelines.normalize.dates import VIETNAM
from pipelines.prose import BESIDE, CHROME
from pipelines.publication import date_candidate

_LEAD_NAME = regex.compile(
    r"sapo|summary|\blead\b|hometext|chapeau|tom-?_?tat|trich-?_?dan|detail-?sapo", regex.IGNORECASE
)
_STAMP_LINES = 3
"""A date stands in an element of at most so many lines: its box may hold counter and author besides."""
_TITLE_LINES = 3
_LONGEST_STAMP = 140


def title_of(page: Opened) -> str | None:
    """The title as the page prints it, as a key: what the metadata call it where that is printed, else what is read."""
    bulletin = page.reading.bulletin
    read = key(bulletin.title) if bulletin is not None and bulletin.title else ""
    stated = key(page.meta.headline)
    if stated and stated != read and any(key(found.text) == stated for found in page.page.lines):
        return stated
    return read or None


def titles(page: Opened) -> list[HtmlElement]:
    """Elements that hold nothing but the title; not those of breadcrumbs and boxes."""
    wanted = title_of(page)
    if wanted is None:
        return []
    found = []
    for at, told in enumerate(page.page.lines):
        if not wanted.startswith(key(told.text)) or _kinds(page, told) & (CHROME | BESIDE):
            continue
        found += [e for e in _around(page, at, _TITLE_LINES) if key(line(e)) == wanted]
    return list(dict.fromkeys(found))


def day_of(element: HtmlElement, page: Opened) -> date | None:
    """The publication day that a selector of this element would give; None: none that can be true."""
    text = line(element)
    if not text or len(text) > _LONGEST_STAMP or not looks_dated(text):
        return None
    at = page.capture.fetched_at
    stamp = read_stamp(text, at, 5, believed=True)
    told = [c for c in stamp.candidates if c.field == "published_on"] if stamp is not None else []
    if not told:
        told = [date_candidate("published_on", text, "layout", text, 5, "label", at)]
    return date.fromisoformat(told[0].value[:10]) if told[0].refused is None else None


def dated(page: Opened) -> dict[HtmlElement, date]:
    """Elements that say a publication day; not those of menus, footers and boxes beside the article."""
    found: dict[HtmlElement, date] = {}
    for at, told in enumerate(page.page.lines):
        if not looks_dated(told.text) or _kinds(page, told) & (CHROME | BESIDE):
            continue
        for element in _around(page, at, _STAMP_LINES):
            if element not in found and (day := day_of(element, page)) is not None:
                found[element] = day
    return found


def fetch_day(page: Opened) -> date:
    return page.capture.fetched_at.astimezone(VIETNAM).date()


def counters(page: Opened) -> list[HtmlElement]:
    """Elements whose selector would give the view count that is read, or any where none is read."""
    bulletin = page.reading.bulletin
    wanted = bulletin.view_count if bulletin is not None else None
    found = []
    for at, told in enumerate(page.page.lines):
        if len(told.text) > _LONGEST_STAMP or _kinds(page, told) & (CHROME | BESIDE):
            continue
        for element in _around(page, at, _STAMP_LINES):
            text = line(element)
            if len(text) > _LONGEST_STAMP:
                continue
            stamp = read_stamp(text, page.capture.fetched_at, 5, believed=True)
            counts = [c for c in stamp.candidates if c.field == "view_count" and c.refused is None] if stamp else []
            if len(counts) == 1 and (wanted is None or counts[0].value == str(wanted)):
                found.append(element)
    return list(dict.fromkeys(found))


def of_role(page: Opened, role: str) -> list[HtmlElement]:
    """Elements that hold all lines the reader gave this role, and nothing else."""
    at = [number for number, told in enumerate(page.reading.lines) if told.role == role]
    if not at:
        return []
    return [e for e in _around(page, at[0], at[-1] - at[0] + 1) if _span(page, e, at[0]) == (at[0], at[-1] + 1)]


def bylines(page: Opened) -> list[HtmlElement]:
    return of_role(page, "byline")


def leads(page: Opened) -> list[HtmlElement]:
    """Elements of the lead: what the reader took for it, or what a name calls so, above the paragraphs' end."""
    found = of_role(page, "lead")
    last = max((n for n, told in enumerate(page.reading.lines) if told.role == "body"), default=0)
    if not found:
        found = [
            element
            for element, (start, end) in page.page.spans.items()
            if _LEAD_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}")
            and start <= last
            and end - start <= 2
            and len(line(element)) >= 40
            and not page.weights.kinds(page.page.lines[start].mark) & (CHROME | BESIDE)
        ]
    return found


def bodies(page: Opened) -> dict[HtmlElement, int]:
    """Elements that hold every paragraph → lines of something else in them."""
    roles = [told.role for told in page.reading.lines]
    at = [number for number, role in enumerate(roles) if role == "body"]
    if not at:
        return {}
    first, last = at[0], at[-1]
    found = {}
    element: HtmlElement | None = page.page.lines[first].block
    while element is not None and element.tag not in ("body", "html"):
        span = page.page.spans.get(element)
        if span is not None and span[0] <= first and last < span[1]:
            inside = roles[span[0] : span[1]]
            found[element] = sum(role not in ("body", "lead", "caption", "byline", "junk") for role in inside)
        element = element.getparent()
    return found


def named_captions(page: Opened) -> list[HtmlElement]:
    """Elements of the lines that the reader took for captions, each alone in its element."""
    found = []
    for at, told in enumerate(page.reading.lines):
        if told.role == "caption":
            found += list(_around(page, at, 1))[:2]
    return list(dict.fromkeys(found))


def _around(page: Opened, at: int, most_lines: int) -> Iterator[HtmlElement]:
    """The element of a line and those around it, as long as they hold few lines."""
    element: HtmlElement | None = page.page.lines[at].element
    for _ in range(6):
        if element is None or element.tag in ("body", "html"):
            return
        span = page.page.spans.get(element)
        if span is not None and span[1] - span[0] > most_lines:
            return
        yield element
        element = element.getparent()


def _span(page: Opened, element: HtmlElement, at: int) -> tuple[int, int]:
    return page.page.spans.get(element, (at, at + 1))


def _kinds(page: Opened, told: BlockLine) -> frozenset[str]:
    return page.weights.kinds(told.mark)
