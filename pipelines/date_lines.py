"""Date lines beside a title as the markup around them tells them: whose clock, which day, and what machines read there.

What a line says by itself is pipelines.article_head; here is what only its place and its element can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.article_head import Stamp, counted, looks_dated
from pipelines.article_title import tokens
from pipelines.blocks import BlockLine, PageText
from pipelines.families.family import Family
from pipelines.marks import names_of
from pipelines.normalize.dates import VIETNAM
from pipelines.publication import date_candidate
from pipelines.records import Candidate

_TIME_OF_DAY = re.compile(
    r"(?:lúc\s+)?(?:[01]?\d|2[0-3])\s*[:h]\s*[0-5]\d(?::[0-5]\d)?(?:\s*(?:[ap]m|sa|ch|sáng|chiều|tối|trưa))?",
    re.IGNORECASE,
)
_COUNTER_NAME = re.compile(
    r"(?:^|[-_ ])(?:views?|visibility|view-?count|post-?views|luot-?_?xem|luotxem|hits?|eye|eye-open)(?:[-_ ]|$)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\bthứ\s|\bchủ nhật\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_ROW_LINES = 4
_CLOCK_SLACK = timedelta(minutes=10)


class DateLines:
    """The questions one can ask about a date line, on a page whose article has been placed."""

    def __init__(self, page: PageText, place: Place, family: Family | None, fetched_at: datetime) -> None:
        self.page, self.place, self.family, self.fetched_at = page, place, family, fetched_at

    def clock_beside(self, at: int) -> int | None:
        """The line with the time of day that belongs to a date printed without one: in a box beside it, alone."""
        lines = self.page.lines
        if not looks_dated(lines[at].text) or ":" in lines[at].text:
            return None
        for near in (at - 1, at + 1):
            if 0 <= near < len(lines) and _TIME_OF_DAY.fullmatch(lines[near].text) and self._in_one_row(at, near):
                return near
        return None

    def _in_one_row(self, at: int, near: int) -> bool:
        """Whether two lines share an element that holds at most four."""
        element: HtmlElement | None = self.page.lines[at].element
        for _ in range(6):
            span = self.page.spans.get(element) if element is not None else None
            if element is None or (span is not None and span[1] - span[0] > _ROW_LINES):
                return False
            if span is not None and span[0] <= near < span[1]:
                return True
            element = element.getparent()
        return False

    def may_be_clock(self, at: int, stamp: Stamp) -> bool:
        """A bare line of the fetch day above the title. A bulletin of that very day has one too: right above its title,
        in a box of theirs, without a weekday and not of the minutes of the fetch.
        """
        now = self.fetched_at.astimezone(VIETNAM)
        today = [c for c in stamp.candidates if c.method == "dateline" and c.value[:10] == now.date().isoformat()]
        if not today or _WEEKDAY.search(self.page.lines[at].text) or not self._right_above_title(at):
            return bool(today)
        times = [datetime.fromisoformat(c.value) for c in today if "T" in c.value]
        return any(abs(time - now) <= _CLOCK_SLACK for time in times)

    def _right_above_title(self, at: int) -> bool:
        title = self.place.title
        if title is None or title[0] != at + 1:
            return False
        element: HtmlElement | None = self.page.lines[at].block
        while element is not None and self.page.spans.get(element, (0, 0))[1] <= at + 1:
            element = element.getparent()
        return element is not None and element.tag not in ("body", "html", "form", "main")

    def counter(self, at: int) -> Candidate | None:
        """The counter that is a bare number beside the title, in a box that the markup calls one or behind an eye."""
        line = self.page.lines[at]
        count = counted(line.text)
        if count is None:
            return None
        around, names = line.element, [line.icon]
        for _ in range(2):
            names.append(names_of(around))
            parent = around.getparent()
            if parent is None or self.page.spans.get(parent, (at, at + 2)) != (at, at + 1):
                break
            around = parent
        if not any(_COUNTER_NAME.search(name) for name in names):
            return None
        return Candidate("view_count", count, "counter box", line.text, 22)

    def machine_time(self, line: BlockLine, field: str) -> Iterator[Candidate]:
        """The `datetime` of a `<time>` that prints the date line, as a candidate of `field`."""
        element: HtmlElement | None = line.element
        for _ in range(3):
            if element is None or element.tag == "time":
                break
            element = element.getparent()
        value = element.get("datetime") if element is not None and element.tag == "time" else None
        if value and not (self.family is not None and self.family.distrusted):
            yield date_candidate(field, value, "time", value, 16, "metadata", self.fetched_at, machine=True)

    def last_change(self, line: BlockLine) -> list[Candidate]:
        """Candidates of the last change from a line that the markup calls that; empty if it is no such line."""
        if not self._is_update_box(line):
            return []
        found = date_candidate("updated_at", line.text, "update box", line.text, 20, "dateline", self.fetched_at)
        return [] if found.refused is not None else [found, *self.machine_time(line, "updated_at")]

    def _is_update_box(self, line: BlockLine) -> bool:
        """Whether the family names a short line the day of the last change, and not that of publication too."""
        if self.family is None or not self.family.updated or not looks_dated(line.text):
            return False
        element: HtmlElement | None = line.element
        for _ in range(2):
            if element is None or element is self.place.container:
                return False
            found = set(tokens(element))
            if found & self.family.updated:
                return not found & self.family.published
            element = element.getparent()
        return False
