"""Bounds on what the pages of a site may make a crawl ask for. Pure.

A site can breed addresses without end, by malice or by a link that is relative to the wrong folder (`…/en/en/vi/en`).
Every address that leaves a list passes here twice: judged by itself (`trap`), and counted with all that its list is the
first to show (`Breeding`). What is refused has a reason in words, always the same for the same address.

source  Heritrix 3: TooManyPathSegmentsDecideRule (20 segments), PathologicalPathDecideRule (a group of segments that
        is there more than three times in a row); ours counts a segment wherever it stands, for `en/en/vi/en/vi/vi`
        repeats no group and yet has no end
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

import regex

from crawlers.discovery.listed import NextPage
from crawlers.source import Source

MAX_SEGMENTS = 20
MAX_SAME_WORD = 2  # the third `en` of a path is a trap
MAX_SAME_NUMBER = 4  # `/2024/01/01/01/`
MAX_SAME_PARAMETER = 10  # one name, whatever its values
MAX_INDEX_DEPTH = 3  # sitemaps.org knows one level of indexes; some have two
MAX_PAGES = 10_000  # of one walk
MAX_NEW_ON_PAGE = 5_000
"""Addresses not known before that one HTML or JSON page may bring in a crawl. What is beyond comes in with later
crawls: the first ones are known then. Sitemaps may list ten times as many (MAX_ITEMS)."""
BARREN_PAGES = 100
"""So many pages of a list in a row whose links are none of bulletins: a calendar, which has a next month for ever."""
MAX_NEW = 1_000_000
"""The same for all lists of a source: more than any publisher here has ever published."""
MAX_HEAD = 256 * 1024
"""Bytes before the body of an answer, interim answers included; as much as an archived record may have."""

TOO_DEEP = "its path is too deep"
REPEATS = "its path repeats itself"
QUERY_REPEATS = "its query repeats itself"
OTHER_PORT = "another port"
OTHER_HOST = "another host"
NO_BULLETIN = "not an address of bulletins ([url] bulletin)"
TOO_SLOW = "a pattern of [url] takes too long on it"
_NEVER = frozenset((TOO_DEEP, REPEATS, QUERY_REPEATS, OTHER_PORT, OTHER_HOST, NO_BULLETIN, TOO_SLOW))
"""Reasons for which an address is no bulletin's; one that is too old (`since`) may be."""

_NESTED = regex.compile(r"%(?:25){3,}[0-9A-Fa-f]{2}")  # an address within an address within …, each encoded once more
_USUAL_PORTS = frozenset((80, 443))


class HeadTooLarge(Exception):
    """The header of an answer has no end within MAX_HEAD bytes. What was read of it is gone."""


def trap(url: str) -> str | None:
    """Why an address is taken for one of a series without end; None: it may be a page."""
    split = urlsplit(url)
    segments = [segment for segment in split.path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS:
        return TOO_DEEP
    for segment, times in Counter(segments).items():
        if times > (MAX_SAME_NUMBER if segment.isdigit() else MAX_SAME_WORD):
            return REPEATS
    if not split.query:
        return None
    parameters = [part for part in split.query.split("&") if part]
    same = max(Counter(parameters).values(), default=0) > MAX_SAME_WORD
    named = max(Counter(part.partition("=")[0] for part in parameters).values(), default=0) > MAX_SAME_PARAMETER
    return QUERY_REPEATS if same or named or _NESTED.search(split.query) else None


def port_of(url: str) -> int | None:
    """The port an address is asked at; None: none can be told."""
    split = urlsplit(url)
    try:
        return split.port or {"http": 80, "https": 443}.get(split.scheme)
    except ValueError:
        return None


def ports_of(source: Source) -> frozenset[int]:
    """Ports of its hosts that are asked: 80, 443 and those of the addresses in its file.

    A page could name every other one, and behind a port of the same machine may stand what is nobody's business: a
    database, an admin page. No link and no redirect leads there.
    """
    named = (source.home, *(url for way in source.discover for url in (way.url, way.page_url)))
    return _USUAL_PORTS | {port for url in named if url and (port := port_of(url)) is not None}


class Breeding:
    """What the lists of one source bring in one crawl, counted against the bounds."""

    def __init__(self) -> None:
        self.new = self.others = self._barren = 0
        self._depths: dict[str, int] = {}
        self._queued = 0

    def begin(self, url: str) -> None:
        """A walk begins at this address."""
        self._depths, self._queued, self._barren = {url: 0}, 0, 0

    def listed(self, reasons: Collection[str | None]) -> None:
        """A page of the walk was read; why each of its items is excluded, None: it is not."""
        self._barren = self._barren + 1 if reasons and _NEVER.issuperset(reasons) else 0

    @property
    def barren(self) -> str | None:
        """Why the walk is not worth going on."""
        return f"{BARREN_PAGES} pages in a row list no bulletins" if self._barren >= BARREN_PAGES else None

    def left_out(self, kind: str, telling: Collection[str], unknown: Collection[str]) -> tuple[set[str], str | None]:
        """Keys of a page that are not taken in now, and why, for people.

        kind     of the way
        telling  keys in the order of the page: the first new ones are taken
        unknown  those of them that the frontier does not have
        """
        room, most = _room(kind, self.new)
        self.new += min(room, len(unknown))
        if len(unknown) <= room:
            return set(), None
        why = f"its list breeds addresses: {len(unknown):,} new ones, more than {most}; the next crawl takes in more"
        return set([key for key in telling if key in unknown][room:]), why

    def room_for_others(self, kind: str, found: int) -> tuple[int, str | None]:
        """How many of a page's addresses that stand for another one are noted, and why not all, for people.

        kind   of the way
        found  of them; a thousand print pages of one bulletin bring no new key, and are counted here
        """
        room, most = _room(kind, self.others)
        self.others += min(room, found)
        if found <= room:
            return found, None
        return room, f"its list breeds other addresses of the same pages: {found:,}, more than {most}"

    def pages(
        self, kind: str, parent: NextPage, following: Sequence[NextPage]
    ) -> tuple[tuple[NextPage, ...], str | None]:
        """Which pages of a list are followed, and why others are not, for people."""
        taken: list[NextPage] = []
        why: str | None = None
        depth = self._depths.get(parent.url, 0) + 1
        for page in following:
            if (reason := trap(page.url)) is not None:
                why = why or f"its paging leads to {page.url[:200]}, but {reason}: a trap?"
            elif kind == "sitemap" and depth > MAX_INDEX_DEPTH:
                why = why or f"indexes within indexes, more than {MAX_INDEX_DEPTH} deep"
            elif kind == "sitemap" and self._queued >= MAX_PAGES:
                why = why or f"more than {MAX_PAGES:,} sitemaps"
            else:
                self._depths.setdefault(page.url, depth)
                self._queued += kind == "sitemap"
                taken.append(page)
        return tuple(taken), why


def _room(kind: str, used: int) -> tuple[int, str]:
    """How many addresses a page of a way may still bring, and which bound that is, for people."""
    left = MAX_NEW - used
    if kind in ("sitemap", "feed") or left < MAX_NEW_ON_PAGE:
        return left, f"{MAX_NEW:,} in one crawl"
    return MAX_NEW_ON_PAGE, f"{MAX_NEW_ON_PAGE:,} on one page"
