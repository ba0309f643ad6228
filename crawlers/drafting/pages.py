"""Sampled pages, opened: tree, lines and what today's reader makes of them without a layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawlers.discovery.listed import Item
from pipelines import metadata
from pipelines.blocks import PageText, page_text
from pipelines.html import parse
from pipelines.metadata import Metadata
from pipelines.prose import Weights
from pipelines.publication import implausible
from pipelines.read import read
from pipelines.records import Capture, Layout, Reading, Unreadable
from pipelines.text import decode

if TYPE_CHECKING:
    from crawlers.survey.findings import Sampled


_LARGEST = 3_000_000
"""Bytes of a page that is read a dozen times while a layout is tried: bulletins have a tenth of that."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page of the sample. Line n of `page` is line n + 1 of every reading of it.

    reading    without a layout, the family told from the page
    listed_on  the day a list gives for it, in Vietnam; None: no list does
    """

    capture: Capture
    root: HtmlElement
    page: PageText
    weights: Weights
    meta: Metadata
    reading: Reading
    listed_on: date | None

    @property
    def url(self) -> str:
        return self.capture.url

    def read_with(self, family: str | None, layout: Layout | None) -> Reading:
        return read(self.capture, family=family, layouts=() if layout is None else (layout,))


def opened(source_id: str, sample: Iterable[Sampled], listed: Mapping[str, date]) -> tuple[list[Opened], list[str]]:
    """(bulletins among the sample, a sentence for each page that is none or cannot be read).

    listed  URL → day of its lists
    """
    found: list[Opened] = []
    none: list[str] = []
    for sampled in sample:
        if len(sampled.look.payload) > _LARGEST:
            none.append(f"{sampled.url} has {len(sampled.look.payload)} bytes: too many to draft from")
            continue
        capture = sampled.look.capture(source_id, sampled.url)
        reading = read(capture)
        if reading.kind != "bulletin" or reading.bulletin is None:
            none.append(f"{sampled.url} was taken for a bulletin and reads as {reading.kind_rule}")
            continue
        try:
            root, _ = parse(decode(capture.payload, capture.content_type).text)
            page = page_text(root)
        except Unreadable as error:  # plain text that is a bulletin: there is no markup to draft from
            none.append(f"{sampled.url}: {error}")
            continue
        if len(page.lines) != len(reading.lines):
            none.append(f"{sampled.url} is plain text, of which no layout can be drafted")
            continue
        day = listed.get(sampled.url)
        found.append(Opened(capture, root, page, Weights(page), metadata.collect(root), reading, day))
    return found, none


def listed_days(items: Iterable[Item], now: datetime) -> dict[str, date]:
    """URL → the day a list gives for it; the first of several, days that cannot be true left out."""
    found: dict[str, date] = {}
    for item in items:
        if item.published_on is not None and implausible(item.published_on, now) is None:
            found.setdefault(item.url, item.published_on)
    return found
