"""Every address a survey met, with the longest text it was linked by and who lists it. Bounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import regex

from crawlers.discovery.listed import Item
from crawlers.survey.asking import Page, origin_of

MAX_SEEN = 30_000
_SUFFIX = regex.compile(r"\.(?:html?|aspx?|php)$", regex.IGNORECASE)
_OUTSIDE = frozenset(("rss", "feed", "search", "tim-kiem", "login", "dang-nhap", "wp-admin", "print", "amp"))


@dataclass(slots=True)
class Seen:
    """texts: of links.  listed: items of feeds and sitemaps.  hosts: of all these.  sessions: links name a visit."""

    origins: frozenset[str] = frozenset()
    texts: dict[str, str] = field(default_factory=dict)
    listed: dict[str, Item] = field(default_factory=dict)
    sessions: bool = False
    hosts: dict[str, None] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)

    def add_page(self, page: Page) -> None:
        """All its links, once."""
        if page.url in self._read:
            return
        self._read.add(page.url)
        for link in page.links:
            self.hosts[urlsplit(link.url).hostname or ""] = None
            known = self.texts.get(link.url)
            self.sessions |= link.session
            if known is None and len(self.texts) >= MAX_SEEN:
                return
            if known is None or len(link.text) > len(known):
                self.texts[link.url] = link.text

    def add_items(self, items: Iterable[Item]) -> None:
        for item in items:
            if len(self.listed) >= MAX_SEEN:
                return
            if origin_of(item.url) in self.origins:
                self.hosts[urlsplit(item.url).hostname or ""] = None
                self.listed.setdefault(item.url, item)

    @property
    def urls(self) -> list[str]:
        """All, those of pages first."""
        return list(dict.fromkeys((*self.texts, *self.listed)))

    def sections(self) -> frozenset[str]:
        """Paths that are pages of the site themselves (`/tin-tuc`, `/tin-tuc.html`), but for languages (`/vi`)."""
        paths = (_SUFFIX.sub("", urlsplit(url).path.rstrip("/")) for url in self.texts)
        return frozenset(path for path in paths if len(path) > 3 and path.rpartition("/")[2] not in _OUTSIDE)
