"""Pages of a site as a survey asks for them: each once, within a budget, parsed when somebody wants the tree."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cached_property
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawlers.discovery.listing import base_of
from crawlers.discovery.payload import opened, text_of
from crawlers.errors import CrawlersError
from crawlers.looking import Form, Get, Look
from crawlers.survey.links import Link, links_of
from pipelines.html import every, line, parse
from pipelines.read import read
from pipelines.records import Reading, Unreadable

_KEPT = 3_000_000
"""Bytes of a page that is remembered. A larger one is asked for again, should anybody want it twice."""

_LETTERS = 150
"""From which a text tells its language."""
_AFTER_LATIN, _LATIN_MORE = 0x250, (0x1E00, 0x1EFF)
"""Code points of Latin letters: the blocks up to Extended-B, and Extended Additional, where Vietnamese is."""


class RobotsFacts(Protocol):
    """What is asked of robots.txt here. sitemaps: as written; usable False: nothing may be fetched, for the reason."""

    @property
    def sitemaps(self) -> tuple[str, ...]: ...

    @property
    def usable(self) -> bool: ...

    @property
    def reason(self) -> str | None: ...


class Page:
    """An answer, and what it is. origins: of whom links are the site's own (`origin_of`)."""

    def __init__(self, url: str, look: Look, origins: frozenset[str]) -> None:
        self.url, self.look, self._origins = url, look, origins

    @property
    def final_url(self) -> str:
        return self.look.final_url or self.url

    @property
    def is_answered(self) -> bool:
        """Whether there is a body to read: 2xx, fetched whole and allowed."""
        return self.look.ok and self.look.problem is None

    @property
    def reason(self) -> str:
        """Why there is none, in words."""
        return self.look.trouble or self.look.problem or "nothing"

    @cached_property
    def text(self) -> str:
        """Decoded; empty: nothing that is text."""
        try:
            return text_of(opened(self.look.payload)[0], self.look.content_type) if self.is_answered else ""
        except Unreadable:
            return ""

    @cached_property
    def root(self) -> HtmlElement | None:
        """The tree. None: no HTML."""
        start = self.text.lstrip()[:1]
        if start != "<":
            return None
        try:
            return parse(self.text)[0]
        except Unreadable:
            return None

    @cached_property
    def base(self) -> str:
        return self.final_url if self.root is None else base_of(self.root, self.final_url)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links to pages of the site, in page order."""
        if self.root is None:
            return ()
        return tuple(link for link in links_of(self.root, self.base) if origin_of(link.url) in self._origins)

    @cached_property
    def reading(self) -> Reading:
        return read(self.look.capture("survey", self.url))

    @property
    def is_bulletin(self) -> bool:
        """Whether it reads as one; pages in another language than Vietnamese are none that anybody wants."""
        return self.is_answered and self.reading.kind == "bulletin" and not self.is_foreign

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another language, by its letters: Vietnamese marks a fifth of them, in old encodings too."""
        found = self.reading.bulletin
        told = unicodedata.normalize("NFC", found.body or "") if found is not None else ""
        letters = [letter for letter in told[:4_000] if letter.isalpha()]
        plain = sum(letter.isascii() for letter in letters)
        latin = sum(ord(letter) < _AFTER_LATIN or _LATIN_MORE[0] <= ord(letter) <= _LATIN_MORE[1] for letter in letters)
        return len(letters) >= _LETTERS and (plain >= 0.98 * len(letters) or latin * 2 < len(letters))

    @property
    def title(self) -> str:
        """As read; of a page that is no bulletin its <title>."""
        if self.is_answered and self.reading.bulletin is not None and self.reading.bulletin.title:
            return self.reading.bulletin.title
        titles = every(self.root, "title")[:1] if self.root is not None else []
        return line(titles[0])[:300] if titles else ""


class Asker:
    """Asks for pages. budget: requests at most; say: told of each before it is sent."""

    def __init__(self, get: Get, say: Callable[[str], None], budget: int) -> None:
        self._get, self._say, self._budget = get, say, budget
        self.requests = 0
        self.origins: frozenset[str] = frozenset()
        self.home: str | None = None
        self.pages: dict[tuple[str, Form | None], Page] = {}
        self.stopped: str | None = None

    def _at_home(self, url: str) -> str:
        """The address under the home page's scheme and host, which alone are sure to be the site's."""
        split = urlsplit(url)
        if self.home is None or origin_of(url) != origin_of(self.home):
            return url
        home = urlsplit(self.home)
        return url if split.netloc == home.netloc else urlunsplit((home.scheme, home.netloc, *split[2:]))

    @property
    def left(self) -> int:
        """Requests that may still be sent."""
        return 0 if self.stopped else self._budget - self.requests

    def page(self, url: str, form: Form | None = None, *, get: Get | None = None) -> Page | None:
        """The page, from memory if it was asked for before. None: the budget is spent, or the asker gave up.

        get  another way to ask, whose answer takes the place of the one in memory
        """
        url = self._at_home(url)
        known = self.pages.get((url, form))
        if known is not None and get is None:
            return known
        if self.left <= 0:
            return None
        self.requests += 1
        self._say(f"{self.requests:>3}  {'POST ' if form else ''}{url}")
        try:
            look = (get or self._get)(url) if form is None else (get or self._get)(url, form)
        except CrawlersError as error:
            self.stopped = self.stopped if get else str(error)
            return None
        page = Page(url, look, self.origins)
        if len(look.payload) <= _KEPT:
            self.pages[url, form] = page
        return page


def origin_of(url: str) -> str:
    """Host without `www.`, and port if it is none of the web's: what is one site to its readers. Empty: no address."""
    try:
        split = urlsplit(url)
        host, port = (split.hostname or "").removeprefix("www."), split.port
    except ValueError:
        return ""
    return f"{host}:{port}" if host and port not in (None, 80, 443) else host
