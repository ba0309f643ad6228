"""What a kind of site must be able to do. A further kind is one more file here, one line in the
registry, and its source file in data/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.manner import Manner, Story


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of an entry besides its story."""

    published_on: date | None
    published_at: datetime | None
    view_count: int | None


class Kind(Protocol):
    """One kind of publisher: its paths, its markup, its lists.

    per_day     bulletins on an ordinary day
    validators  none: neither ETag nor Last-Modified, as ASP.NET does; plain: nor its headers, as PHP does;
                page: an ETag over all bytes; content: one that moves with edits
    zips        whether it answers in gzip when asked to
    renamed     class and id names of the article's markup, and their names after a redesign (Faults.broken_from)
    disallowed  path prefixes of robots.txt
    trap        a path below them that its lists or pages link to like a bulletin
    """

    name: str
    publisher: str
    manner: Manner
    per_day: float
    validators: str
    zips: bool
    renamed: tuple[tuple[str, str], ...]
    disallowed: tuple[str, ...]
    trap: str

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        """Path, with query where it has one, of a bulletin posted at that moment. No two are the same."""

    def key_of(self, ask: Ask) -> str:
        """The path, as `path_of` made it, that a request means: what else its query holds is left out."""

    def moved(self, path: str) -> str:
        """Where a bulletin's path redirects to under Faults.moved_share. `unmoved` takes it back."""

    def unmoved(self, path: str) -> str | None: ...

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        """What its page showed on a day until today."""

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        """A bulletin's page."""

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        """Any other page in full chrome: `main` is the HTML of its main column."""

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        """Lists, feeds, sitemaps, standing pages; None: there is no such page."""

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        """URLs of the `Sitemap:` lines of robots.txt."""


@runtime_checkable
class Moving(Protocol):
    """A kind whose site can move to another address (Newsroom.relocate); data/<kind>-moved.toml reads it there."""

    def new_path_of(self, number: int, slug: str, at: datetime) -> str:
        """Path of the same bulletin on the new site, of another scheme than `path_of`."""
