"""Whether what is no text (picture, frame, link to a file) belongs to the article of a page, and at which line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set as AbstractSet
from functools import cached_property

from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.article_signs import JUNK_MARKS, Signs
from pipelines.article_title import foreign, tokens
from pipelines.blocks import PageText, Seen
from pipelines.families.family import Family
from pipelines.marks import Mark
from pipelines.records import Line

_OF_PICTURES = ("a", "figure", "img", "amp-img", "picture")
_UP = 8
"""So many elements above one outside the body's element are asked for their names."""


class Reach:
    """The article of a placed page whose lines have their roles.

    lines    of the page, one each of `page.lines`
    removed  elements that the layout takes out of the article
    """

    def __init__(
        self,
        page: PageText,
        place: Place,
        signs: Signs,
        family: Family | None,
        lines: tuple[Line, ...],
        removed: AbstractSet[HtmlElement],
    ) -> None:
        self.page, self.place, self.signs, self.lines = page, place, signs, lines
        self.removed = removed
        self.related = family.related if family is not None else frozenset()

    @cached_property
    def _inside(self) -> list[int]:
        return [at for at, line in enumerate(self.lines) if line.inside]

    def line_after(self, at: int) -> int | None:
        """Number of the first line of the article from line `at` on; None: there is none."""
        found = bisect_left(self._inside, at)
        return self.lines[self._inside[found]].line_no if found < len(self._inside) else None

    def line_at(self, at: int) -> int | None:
        """Number of line `at`; None: it is none of the article."""
        return self.lines[at].line_no if at < len(self.lines) and self.lines[at].inside else None

    def is_above_title(self, seen: Seen) -> bool:
        """Whether something without text stands before the title."""
        title = self.place.title
        return title is not None and seen.at <= title[0]

    def holds(self, seen: Seen) -> bool:
        """Whether it stands in the body's own element, between title and body, before the title in one `<article>` with
        both, or below the body with a caption; and in no box of other things: related bulletins, share bars, comments,
        what is hidden or taken out."""
        start, end = self.place.body
        if not min(self.place.scope[0], start) <= seen.at <= max(self.place.scope[1], end):
            return False
        above = self._above(seen.element)
        in_body = self.place.container in above
        if not in_body and not self._is_beside_body(seen, above):
            return False
        return not self._in_box(seen, above, in_body)

    def is_among_related(self, seen: Seen) -> bool:
        """Whether all text around it is links to other bulletins: no markup says so of many such lists."""
        span = next((self.page.spans[e] for e in self._above(seen.element)[:-1] if e in self.page.spans), None)
        return span is not None and all(
            line.role == "junk" and line.rule.startswith("related-") for line in self.lines[slice(*span)][:_UP]
        )

    def _is_beside_body(self, seen: Seen, above: list[HtmlElement]) -> bool:
        title, (start, end) = self.place.title, self.place.body
        if title is None:
            return False
        if self.is_above_title(seen):
            spans = [self.page.spans[e] for e in above if e.tag == "article" and e in self.page.spans]
            return any(span[0] <= title[0] and start < span[1] for span in spans)
        if seen.at <= start:
            return True
        return end <= seen.at < self.place.scope[1] and self.lines[seen.at].role == "caption"

    def stands_free(self, seen: Seen) -> bool:
        """Whether something below the body, or anywhere, is in no box of other things and not in the page's frame."""
        return not foreign(self.page, seen.mark, self.place.body) & JUNK_MARKS

    def is_named(self, element: HtmlElement, names: AbstractSet[str]) -> bool:
        """Whether an element or one of the few above it has one of these names."""
        above: HtmlElement | None = element
        for _ in range(_UP):
            if above is None or above.tag == "body":
                return False
            if names and not names.isdisjoint(tokens(above)):
                return True
            above = above.getparent()
        return False

    def _above(self, element: HtmlElement) -> list[HtmlElement]:
        """The element and those above it: up to the body's own element, else a few."""
        found: list[HtmlElement] = []
        above: HtmlElement | None = element
        while above is not None:
            found.append(above)
            if above is self.place.container:
                return found
            above = above.getparent()
        return found[:_UP]

    def _in_box(self, seen: Seen, above: list[HtmlElement], in_body: bool) -> bool:
        mark: Mark | None = seen.mark
        while mark is not None and mark.kind == "popup" and mark.element.tag in _OF_PICTURES:
            mark = mark.parent  # `<a class="lightbox">`: it opens the picture itself
        kind = self.signs.mark_below(mark) if in_body else foreign(self.page, mark, self.place.body) & JUNK_MARKS
        if kind:
            return True
        within = above[:-1] if in_body else above
        return any(e in self.removed or not self.related.isdisjoint(tokens(e)) for e in within)
