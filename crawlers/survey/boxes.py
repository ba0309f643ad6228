"""Boxes of a page: links to bulletins that stand alike. One of them is the list, the others are the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crawlers.survey.asking import Page
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.links import Link, Step

Chain = tuple[Step, ...]
_MOVED = 0.6
"""Share of a list's addresses that are others on its next page; boxes beside it keep theirs, or move by a few."""


@dataclass(frozen=True, slots=True)
class Box:
    """Links whose elements stand in the same chain of elements; one address may stand there twice."""

    chain: Chain
    links: tuple[Link, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link.url for link in self.links))

    @property
    def is_furniture(self) -> bool:
        return self.links[0].is_furniture

    @property
    def words(self) -> float:
        """Of its links in the middle: a list has headlines."""
        counts = sorted(link.words for link in self.links)
        return counts[len(counts) // 2]


def boxes_of(page: Page, known: BulletinUrls) -> list[Box]:
    """In page order; other links are left out, and those to bulletins bear what names one (BulletinUrls.identity)."""
    found: dict[Chain, list[Link]] = {}
    for link in page.links:
        if known.is_one(link.url) and link.url != page.final_url:
            found.setdefault(link.chain, []).append(replace(link, url=known.identity(link.url)))
    return [Box(chain, tuple(links)) for chain, links in found.items()]


def moved(one: list[Box], two: list[Box]) -> list[Box]:
    """The boxes of page one whose place on page two shows other bulletins, most first: the list, and its pictures.

    A box that page one alone has (a large first item) counts if its bulletins are not anywhere on page two.
    """
    other = {box.chain: set(box.urls) for box in two}
    everywhere = {url for box in two for url in box.urls}
    found = []
    for box in one:
        urls, there = set(box.urls), other.get(box.chain)
        if there is not None and len(there - urls) >= _MOVED * len(there) and len(urls - there) >= _MOVED * len(urls):
            found.append(box)
    if found:
        around = _shared([box.chain for box in found])
        known = {url for box in found for url in box.urls}
        found += [
            box
            for box in one
            if box.chain not in other
            and box.chain[-len(around) :] == around
            and not set(box.urls) & (everywhere | known)
            and box.words >= 3
        ]
    return sorted(found, key=lambda box: (-len(box.urls), -box.words))


def likely(page: list[Box], elsewhere: Iterable[str] = ()) -> list[Box]:
    """Without a second page: the boxes that may be a list, best first. elsewhere: bulletins shown on every page."""
    known = frozenset(elsewhere)
    fit = [
        box
        for box in page
        if len(box.urls) >= 3 and not box.is_furniture and box.words >= 3 and len(set(box.urls) - known) * 2 >= 3
    ]
    return sorted(fit, key=lambda box: (-len(set(box.urls) - known), -box.words))


def _shared(chains: list[Chain]) -> Chain:
    """What all of them end with: the elements around all boxes."""
    found: list[Step] = []
    for steps in zip(*(reversed(chain) for chain in chains), strict=False):
        if len(set(steps)) > 1:
            break
        found.append(steps[0])
    return tuple(reversed(found))
