"""What stands where on many pages of a source: collected page by page, in any order, in little memory.

A bulletin counts once a layout, however often it was captured: its latest capture stands for it. Of bulletins that are
copies of one another (the same longest paragraph of their own) one counts. Of a line only 8 bytes of its digest are
kept; its text once a second bulletin shows it.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

OPEN, JUNK = "open", "junk"
"""Of a line: no rule knows it from a paragraph; or it is no text of the article already."""
MAX_CHARS = 400
"""A longer line is a paragraph."""

_OPEN, _JUNK, _TOLD = 1, 2, 4
_MOST_LINES = 400
_COPY_CHARS = 60
_COPIES_SHARE, _COPIES = 20, 5


class SeenLine(NamedTuple):
    """told: may be a paragraph.  said: OPEN, JUNK, or the role by which it can never be learned."""

    text: str
    path: str
    told: bool
    said: str


class SeenPage(NamedTuple):
    """One capture of a bulletin. fetched_at: aware, UTC.  day: of publication, else of the capture, in Vietnam."""

    bulletin_id: str
    url: str
    fetched_at: datetime
    day: date
    layout: str
    lines: tuple[SeenLine, ...]


@dataclass(slots=True)
class Page:
    """A page as it is kept: of each line the number of its path, 8 bytes of its text's digest, its length and flags."""

    order: tuple[datetime, str, bytes]
    day: date
    url: str
    paths: array[int]
    texts: array[int]
    lengths: array[int]
    flags: array[int]
    roles: tuple[tuple[int, str], ...]

    def is_open(self, at: int) -> bool:
        return bool(self.flags[at] & _OPEN)

    def is_junk(self, at: int) -> bool:
        return bool(self.flags[at] & _JUNK)

    def is_told(self, at: int) -> bool:
        return bool(self.flags[at] & _TOLD)


@dataclass(slots=True)
class Pages:
    """The bulletins of one layout, copies once, by day and address.

    own  path number and text of lines that were a caption, a credit line or the like → which
    """

    pages: list[Page]
    days: list[date]
    own: dict[tuple[int, int], str] = field(default_factory=dict)

    def between(self, first: date, last: date) -> int:
        return bisect_right(self.days, last) - bisect_left(self.days, first)


class Repetition:
    """Pages of one source. `add` them all, then ask for `layouts`."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.texts: dict[int, str] = {}
        self.captures = 0
        self._numbers: dict[str, int] = {}
        self._first: dict[int, str] = {}
        self._kept: dict[str, dict[str, Page]] = {}

    def add(self, seen: SeenPage) -> None:
        self.captures += 1
        lines = seen.lines
        if len(lines) > _MOST_LINES:
            lines = (*lines[: _MOST_LINES // 2], *lines[-_MOST_LINES // 2 :])
        texts = array("q", (self._digest(line.text, seen.bulletin_id) for line in lines))
        page = Page(
            order=(seen.fetched_at, seen.url, texts.tobytes()),
            day=seen.day,
            url=seen.url,
            paths=array("l", (self._number(line.path) for line in lines)),
            texts=texts,
            lengths=array("l", (len(line.text) for line in lines)),
            flags=array("b", map(_flags, lines)),
            roles=tuple((at, line.said) for at, line in enumerate(lines) if line.said not in (OPEN, JUNK)),
        )
        kept = self._kept.setdefault(seen.layout, {})
        before = kept.get(seen.bulletin_id)
        if before is None or before.order < page.order:
            kept[seen.bulletin_id] = page

    def bulletins(self) -> int:
        """Bulletins seen, copies and all."""
        return len({bulletin_id for kept in self._kept.values() for bulletin_id in kept})

    def layouts(self) -> dict[str, Pages]:
        """The pages of each layout, by its name."""
        found = {}
        for name, kept in sorted(self._kept.items()):
            pages = _originals(kept.values())
            own = {
                (page.paths[at], page.texts[at]): role
                for page in sorted(pages, key=lambda page: page.order)
                for at, role in page.roles
            }
            found[name] = Pages(pages, [page.day for page in pages], own)
        return found

    def _digest(self, text: str, bulletin_id: str) -> int:
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        if self._first.setdefault(number, bulletin_id) != bulletin_id and len(text) <= MAX_CHARS:
            self.texts[number] = text
        return number

    def _number(self, path: str) -> int:
        number = self._numbers.setdefault(path, len(self.paths))
        if number == len(self.paths):
            self.paths.append(path)
        return number


def _flags(line: SeenLine) -> int:
    return _OPEN * (line.said == OPEN) | _JUNK * (line.said == JUNK) | _TOLD * line.told


def _originals(pages: Iterable[Page]) -> list[Page]:
    """Without copies, by day and address. A line that many pages show makes no copy of any of them; where all lines of
    a page are such, all its paragraphs are compared.
    """
    ordered = sorted(pages, key=lambda page: (page.day, page.url, page.order))
    counts = Counter(text for page in ordered for text in set(page.texts))
    most = max(_COPIES, len(ordered) // _COPIES_SHARE)
    first: dict[object, Page] = {}
    for page in ordered:
        own = [
            (length, text)
            for length, text in zip(page.lengths, page.texts, strict=True)
            if length >= _COPY_CHARS and counts[text] <= most
        ]
        body = tuple(text for at, text in enumerate(page.texts) if page.is_open(at))
        first.setdefault(max(own) if own else body, page)
    return list(first.values())
