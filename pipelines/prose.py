"""How much of a page's prose stands where: what tells an article from the menus and boxes around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from pipelines.blocks import PageText
from pipelines.line_rules import matches
from pipelines.marks import Mark

CHROME = frozenset(("footer", "nav", "comments", "header", "popup", "hidden", "breadcrumb", "form", "tags", "rating"))
BESIDE = frozenset(("aside", "related", "ads", "share"))
"""Kinds of marks: around a page, and beside an article."""


_PARAGRAPH, _MUCH = 80, 400


class Weights:
    """How much of a page's prose stands in which lines. Menus, footers and forms weigh nothing, side boxes little."""

    def __init__(self, page: PageText) -> None:
        self.page = page
        self.chars = [0, *accumulate([len(line.text) for line in page.lines])]
        self._kinds: dict[int, frozenset[str]] = {}
        self._shares: dict[int, float] = {id(None): 1.0}
        self.total = self.chars[-1] or 1
        self._told: list[int] | None = None
        self._links: list[int] = []
        self.sums = [0.0, *accumulate(self._weights())]

    def between(self, span: tuple[int, int]) -> float:
        return self.sums[span[1]] - self.sums[span[0]]

    def chars_between(self, span: tuple[int, int]) -> int:
        return self.chars[span[1]] - self.chars[span[0]]

    def kinds(self, mark: Mark | None) -> frozenset[str]:
        """Kinds of the marks around a line, without those around most of the page (`body > div.no-sidebar`)."""
        if mark is None:
            return frozenset()
        known = self._kinds.get(id(mark))
        if known is None:
            span = self.page.spans.get(mark.element)
            size = self.chars_between(span) if span is not None else 0
            wide = span is not None and (size > 0.6 * self.total or (size >= _MUCH and self._holds_prose(span)))
            above = self.kinds(mark.parent) if mark.parent is not None else frozenset()
            known = above if wide and mark.kind != "popup" else above | {mark.kind}
            self._kinds[id(mark)] = known
        return known

    def kind(self, mark: Mark | None) -> str | None:
        """The first of `kinds`, in alphabetical order; None where there is none."""
        if mark is None:
            return None
        return min(self.kinds(mark), default=None)

    def _holds_prose(self, span: tuple[int, int]) -> bool:
        """Whether lines hold most of the page's paragraphs and hardly a link: no box beside an article does."""
        if self._told is None:
            lines = self.page.lines
            long = [len(line.text) if len(line.text) >= _PARAGRAPH and not line.link_chars else 0 for line in lines]
            self._told = [0, *accumulate(long)]
            self._links = [0, *accumulate([line.link_chars for line in lines])]
        told = self._told[span[1]] - self._told[span[0]]
        if told < _MUCH or told <= 0.7 * self._told[-1]:
            return False
        return self._links[span[1]] - self._links[span[0]] < 0.1 * self.chars_between(span)

    def _weights(self) -> Iterator[float]:
        shares = self._shares
        for line in self.page.lines:
            text, share = line.text, shares.get(id(line.mark))
            weight = len(text) - 1.5 * line.link_chars
            if weight > 0 and share is None:
                share = self._share(line.mark)
            if weight <= 0 or not share or (len(text) < 400 and matches("J27", text)):
                yield 0.0
            elif len(text) < 40:
                yield 0.2 * weight * share
            else:
                yield weight * share

    def _share(self, mark: Mark | None) -> float:
        """How much of a line within a mark counts."""
        kinds = self.kinds(mark)
        share = 0.0 if not kinds.isdisjoint(CHROME) else 1.0 if kinds.isdisjoint(BESIDE) else 0.2
        self._shares[id(mark)] = share
        return share
