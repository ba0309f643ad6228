"""What the items of a list are under a source's rules: URLs to fetch, or excluded ones with the reason. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from crawlers.bounds import MAX_SEGMENTS, NO_BULLETIN, OTHER_HOST, OTHER_PORT, TOO_SLOW, port_of, ports_of, trap
from crawlers.discovery.listed import Item
from crawlers.frontier import Found
from crawlers.month import AHEAD, month_of
from crawlers.segment import VIETNAM
from crawlers.source import Source
from crawlers.states import EXCLUDED, ROBOTS, WAITING
from pipelines.patterns import TooSlow, compiled

_BUILT = 10
_BUILT_WITHIN = timedelta(days=1)


class Sighting:
    """The rules of one source."""

    def __init__(self, source: Source) -> None:
        self._source, self._ports = source, ports_of(source)
        self._bulletin = compiled(source.url.bulletin) if source.url.bulletin else None

    def keyed(self, items: Sequence[Item]) -> dict[str, Item]:
        """The first item of each key, with the address to ask: of a twin (print page, AMP) the page's."""
        found: dict[str, Item] = {}
        for item in _without_build_time(items):
            try:
                asked, key, _ = self._source.named(item.url)
            except ValueError:
                continue
            found.setdefault(key, item if asked == item.url else replace(item, url=asked))
        return found

    def told(self, items: Mapping[str, Item], via: str, listed_on: str, at: float) -> list[Found]:
        """What is told to the frontier, one a key. items: of `keyed`; at: unix seconds of the answer."""
        found: list[Found] = []
        day = datetime.fromtimestamp(at, VIETNAM).date()
        for key, item in items.items():
            month, rank = month_of(item.url, item, day)
            listed = item.published_on if item.published_on and item.published_on <= day + AHEAD else None
            why = self.excluded(item.url, key, month, rank, listed)
            found.append(
                Found(
                    key, item.url, month, rank, listed.isoformat() if listed else None, listed_on,
                    via, at, item.modified_at.timestamp() if item.modified_at else None,
                    EXCLUDED if why else WAITING, why,
                )
            )  # fmt: skip
        return found

    def excluded(self, url: str, key: str, month: str, rank: int, listed_on: date | None) -> str | None:
        """Why it is not fetched; None: it is. Another host first: nothing else can be said of its paths."""
        if key.startswith("//"):
            return OTHER_HOST
        if port_of(url) not in self._ports:
            return OTHER_PORT
        if (reason := trap(url)) is not None:
            return reason
        try:
            if self._source.too_slow(url):
                return TOO_SLOW
            if self._bulletin is not None and not self._bulletin.search(urlsplit(url).path):
                return NO_BULLETIN
        except TooSlow:
            return TOO_SLOW
        since = self._source.since
        if since is not None and (
            (listed_on is not None and listed_on < since) or (rank < 3 and month < f"{since:%Y-%m}")
        ):
            return f"before {since.isoformat()} (since)"
        return None

    @property
    def digest(self) -> int:
        """Of what decides here, 1 to 2**31 - 1."""
        rules = (
            sorted(self._source.hosts),
            self._source.url.values(),
            self._source.since,
            sorted(self._ports),
            MAX_SEGMENTS,
        )
        return int.from_bytes(hashlib.sha256(repr(rules).encode()).digest()[:4]) % (2**31 - 1) or 1

    def judged(
        self, rows: Iterable[tuple[str, str, str, int, str | None, str, str | None]]
    ) -> Iterator[tuple[str, str | None]]:
        """(key, why) of unfetched URLs that the rules of today see otherwise: an unchanged list is not read again.

        rows  of Frontier.unfetched
        """
        for key, url, month, rank, listed_date, state, reason in rows:
            day = date.fromisoformat(listed_date) if listed_date else None
            why = self.excluded(url, self._source.key(url), month, rank, day)
            if (state == WAITING and why is not None) or (state == EXCLUDED and reason not in (ROBOTS, why)):
                yield key, why


def _without_build_time(items: Sequence[Item]) -> Iterable[Item]:
    """Many items that all changed at one moment: the program printed when it made the list.

    So it is where all changed within a day and the list has no days of publication that would say why: one of the news.
    Believed, such a sitemap of 50,000 would have all of them fetched again each day.
    """
    moments = {item.modified_at for item in items}
    if len(items) < _BUILT or None in moments:
        return items
    told = [moment for moment in moments if moment is not None]
    dated = any(item.published_on is not None for item in items)
    if len(told) == 1 or (max(told) - min(told) <= _BUILT_WITHIN and not dated):
        return (replace(item, modified_at=None) for item in items)
    return items
