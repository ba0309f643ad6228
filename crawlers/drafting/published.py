"""Where pages print the day of publication: not a clock of the site, not the day of another bulletin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from lxml.html import HtmlElement

from crawlers.drafting import targets
from crawlers.drafting.pages import Opened
from crawlers.drafting.picking import picked
from pipelines.html import every


def published_selector(pages: Sequence[Opened]) -> tuple[str | None, list[str]]:
    """(selector, doubts). Witnesses in this order: the day a list gives, the day that is read without a layout."""
    days = {page.url: targets.dated(page) for page in pages}
    listed = {page.url: page.listed_on for page in pages if page.listed_on is not None}
    read = {
        page.url: page.reading.bulletin.published_on
        for page in pages
        if page.reading.bulletin is not None and page.reading.bulletin.published_on is not None
    }
    doubts = _differing(listed, read)
    for witness in (listed, read):
        if len(witness) * 2 < len(pages):
            continue
        if len(set(witness.values())) == 1 and len(witness) > 1:
            doubts.append(
                f"the day of publication: all sampled pages are of {next(iter(witness.values()))}; look again"
            )
        selector = picked(pages, partial(_fitting, days, witness))
        if selector is not None and not _clock(pages, selector, days, told_by_lists=witness is listed):
            return selector, doubts
    if not listed and not read:
        doubts.append("no day of publication was found on any sampled page")
    return None, doubts


def _fitting(days: dict[str, dict[HtmlElement, date]], witness: dict[str, date], page: Opened) -> list[HtmlElement]:
    """Elements of a page with the day that the witness gives; where it gives none, all that say a day."""
    wanted = witness.get(page.url)
    return [element for element, day in days[page.url].items() if wanted is None or day == wanted]


def _clock(
    pages: Sequence[Opened], selector: str, days: dict[str, dict[HtmlElement, date]], *, told_by_lists: bool
) -> bool:
    """Whether it shows one day on all pages, or the day of the fetch: a clock, unless lists say that day, too."""
    shown = [days[page.url][e] for page in pages for e in every(page.root, selector)[:1] if e in days[page.url]]
    if told_by_lists or len(pages) < 2:
        return False
    return len(set(shown)) == 1 or all(day == targets.fetch_day(page) for day, page in zip(shown, pages, strict=False))


def _differing(listed: dict[str, date], read: dict[str, date]) -> list[str]:
    both = [url for url in listed if url in read]
    differ = [url for url in both if listed[url] != read[url]]
    if not differ:
        return []
    url = differ[0]
    return [
        f"the day of publication differs between list and page on {len(differ)} of {len(both)} pages, e.g. {url}: "
        f"list {listed[url]}, page {read[url]}"
    ]
