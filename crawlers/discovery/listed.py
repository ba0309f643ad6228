"""What a page that lists bulletins says, and how it is gathered: in order, bounded, what was left out counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

import regex

from crawlers.discovery.address import Refused, address

MAX_ITEMS = 50_000
"""Addresses one page may list (sitemaps.org, *Sitemap file requirements*); the rest is left out and told."""
_BEYOND = f"beyond the first {MAX_ITEMS:,}"
SEVERAL = "with links to several addresses; narrow the selector"
TAKEN = "with links to several addresses, of which that of the headline was taken"
TWO = "with two addresses"
_LOST = frozenset((_BEYOND, SEVERAL, TWO))
"""Reasons for which bulletins may have been left out, not only links that are none."""
_UNTOLD = regex.compile(
    r"with a \S+ link|with a link of another scheme|without an address|that link to the list itself"
)
"""What every list has: of these only the notes of the page tell."""


@dataclass(frozen=True, slots=True)
class Item:
    """One address a page lists.

    url           absolute, http or https, without fragment, otherwise as listed (pipelines.identity.ascii_uri)
    published_on  the day the list gives for it, in Vietnam; None: none, or one that is doubtful
    date_origin   `news` (news:publication_date of a sitemap), `listing` (beside the item, or of a feed's item), None
    modified_at   aware, UTC: lastmod of a sitemap, `updated` of a feed. A hint that the page changed, never a date of
                  publication
    """

    url: str
    published_on: date | None = None
    date_origin: str | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NextPage:
    """Another page of the same list. form: fields of a POST in their order, None: GET. modified_at: of a sitemap."""

    url: str
    form: tuple[tuple[str, str], ...] | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedPage:
    """All that one page lists.

    items       in the order of the page, one a URL
    next_pages  of a sitemap index all children; of a listing or form at most one; of a feed none
    windowed    absence from it says nothing: it shows only the newest (feed), or part of it was lost (cut, damaged,
                over a limit; the notes say which)
    problem     no list at all: what was expected and what was found. None with no items: a list that is empty
    notes       what was left out and why
    lost        those of the notes that say that bulletins may have been left out; not empty: absence says nothing
    told        (words, items) for whoever reads how a walk ended; the words complete `3 items …`, with 0 items they
                are a sentence of their own
    ended       with a problem: nothing is listed, as on a page behind the last one
    blank       ended, and beyond doubt: an empty body, an empty list
    more        what the answer says of a page after it: True, False, a cursor that names it; None: it says nothing
    blocked     there is a link to a next page, and why it cannot be followed
    """

    items: tuple[Item, ...]
    next_pages: tuple[NextPage, ...]
    windowed: bool
    problem: str | None = None
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    ended: bool = False
    blank: bool = False
    more: bool | str | None = None
    blocked: str | None = None


def no_list(
    problem: str, *, windowed: bool, notes: tuple[str, ...] = (), ended: bool = False, blank: bool = False
) -> ListedPage:
    return ListedPage((), (), windowed, problem, notes, ended=ended or blank, blank=blank)


@dataclass(slots=True)
class Gathered:
    """Items and pages while a list is read. The first of two items with one URL wins."""

    items: dict[str, Item] = field(default_factory=dict)
    pages: dict[str, NextPage] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    doubts: list[str] = field(default_factory=list)

    def add_item(self, raw: str | None, base: str, day: date | None, origin: str, modified_at: datetime | None) -> None:
        """raw: the address as the page has it, None if it has none; origin: of `day`, if there is one."""
        url = self._address(raw, base, self.items)
        if url is not None:
            self.items[url] = Item(url, day, origin if day else None, modified_at)

    def add_page(self, raw: str | None, base: str, modified_at: datetime | None) -> None:
        url = self._address(raw, base, self.pages)
        if url is not None:
            self.pages[url] = NextPage(url, None, modified_at)

    def doubt(self, sentence: str) -> None:
        """Something of the list as a whole that people should know."""
        self.doubts.append(sentence)

    def leave_out(self, reason: str) -> None:
        """reason: completes the sentence `3 items …`."""
        self.left_out[reason] += 1

    def _address(self, raw: str | None, base: str, known: dict[str, Item] | dict[str, NextPage]) -> str | None:
        """None: no usable address, listed already, or one too many."""
        try:
            url = address(raw or "", base)
        except Refused as refused:
            self.leave_out(str(refused))
            return None
        if url in known:
            return None
        if len(known) >= MAX_ITEMS:
            self.leave_out(_BEYOND)
            return None
        return url

    def listed(
        self, *, windowed: bool, notes: Iterable[str] = (), missing: Iterable[str] = (), taken: int = 0
    ) -> ListedPage:
        """missing: why the page is not whole. taken: items with several addresses, of which one was believed."""
        full = self.left_out[_BEYOND] > 0
        chosen = [(TAKEN, taken)] if taken else []
        return ListedPage(
            tuple(self.items.values()),
            tuple(self.pages.values()),
            windowed or full,
            None,
            (*self.left(), *(counted(*told) for told in chosen), *self.doubts, *notes),
            (*missing, *(counted(reason, n) for reason, n in self.left_out.items() if n and reason in _LOST)),
            (
                *((reason, n) for reason, n in self.left_out.items() if n and not _UNTOLD.fullmatch(reason)),
                *chosen,
                *((sentence, 0) for sentence in self.doubts),
            ),
        )

    def left(self) -> tuple[str, ...]:
        """A sentence for each reason: `3 items without an address`."""
        return tuple(counted(reason, n) for reason, n in self.left_out.items() if n)


def counted(words: str, items: int) -> str:
    """`3 items without an address`; of no items the words alone."""
    return f"{items} item{'' if items == 1 else 's'} {words}" if items else words
