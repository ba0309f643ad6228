"""The visible text of a page as lines, in one iterative walk, each line with what it stands in.

Block elements and `<br>` end a line, inline elements do not: `<b>Đồn</b><b> Biên</b>` is `Đồn Biên`. A row of short
cells is one line, joined by ` | `.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

import regex
from lxml import etree
from lxml.html import HtmlElement

from pipelines.marks import Mark, mark_of, names_of
from pipelines.records import Unreadable
from pipelines.text import tidy_line


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCK = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre "
    "search section select summary table tbody td tfoot th thead time tr ul"
)
_UNSEEN = _names(
    "script style template noscript head title meta link svg math iframe object embed applet audio video canvas map "
    "textarea datalist noframes xml"
)
_MIN_HEADLINE = 20
MAX_LINES = 20_000
"""A page of more lines is no bulletin, and weighing each would take minutes."""

_STAMP = regex.compile(
    r"(?:^|[-_ ])(?:date|time|datetime|ngay|ngaydang|ngay-dang|views?|luotxem|luot-xem)(?:[-_ ]|$)", regex.IGNORECASE
)
_FIELD_TYPES = frozenset(("text", "email", "tel", "password", "number", "date", "file", "radio", "checkbox", ""))


@dataclass(slots=True)
class BlockLine:
    """One line of visible text.

    element     the innermost element of its first text
    block       the block element that ends the line
    link_chars  how many of its characters stand in links
    href        of its first link
    mark        the innermost mark around it
    """

    text: str
    element: HtmlElement
    block: HtmlElement
    link_chars: int
    href: str
    mark: Mark | None

    @property
    def linked(self) -> bool:
        return self.link_chars * 10 >= len(self.text) * 8


@dataclass(slots=True)
class Seen:
    """An element that shows a picture or offers a file, in or before line `at`. mark: the innermost, or its own."""

    at: int
    element: HtmlElement
    mark: Mark | None


@dataclass(slots=True)
class Field:
    """A visible input of a form, before line `at`. kind: password, text, textarea, select, file …"""

    kind: str
    name: str
    at: int
    mark: Mark | None
    form: HtmlElement | None


@dataclass(slots=True)
class PageText:
    """lines: the page's text.  spans: of each block element with text, its first line and the line after its last.

    images  `<img>` and `<amp-img>`, each before the line after it
    offers  `<a href>`, each in the line its text begins, if it has any; `<iframe>`, `<object>` and `<embed>`, each
            before the line after it: what is inside them is not seen
    stated  elements with itemprop or datetime, for metadata
    """

    lines: list[BlockLine] = field(default_factory=list)
    spans: dict[HtmlElement, tuple[int, int]] = field(default_factory=dict)
    images: list[Seen] = field(default_factory=list)
    offers: list[Seen] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    stated: list[HtmlElement] = field(default_factory=list)
    scripts: list[HtmlElement] = field(default_factory=list)
    depth: int = 0

    def text_of(self, span: tuple[int, int]) -> str:
        return " ".join(line.text for line in self.lines[span[0] : span[1]])


def page_text(root: HtmlElement) -> PageText:
    """Walk the body once. Comments were left out by the parser; script, style and template text is not visible."""
    return _Walk(root).run()


class _Walk:
    def __init__(self, root: HtmlElement) -> None:
        self.page = PageText()
        self.root = root
        self.pieces: list[str] = []
        self.owner: HtmlElement | None = None
        self.link_chars = 0
        self.href = ""
        self.link: HtmlElement | None = None
        self.form: HtmlElement | None = None
        self.within_article = 0
        self.blocks: list[HtmlElement] = []
        self.marks: list[Mark | None] = [None]
        self.pictured_rows: set[HtmlElement] = set()

    def run(self) -> PageText:
        page = self.page
        walk = etree.iterwalk(self.root, events=("start", "end"))
        starts: list[int] = []
        depth = 0
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                if event == "end":
                    self._tail(element)
                continue
            if event == "start":
                depth += 1
                page.depth = max(page.depth, depth)
                if tag in _UNSEEN:
                    self._unseen(element, tag)
                    walk.skip_subtree()
                    starts.append(-1)
                    self.marks.append(self.marks[-1])
                    continue
                self._open(element, tag, depth)
                if (
                    tag == "a"
                    and (before := element.getprevious()) is not None
                    and before.tag == "a"
                    and not before.tail
                ):
                    self.pieces.append(" ")  # menu entries and tags side by side: two links are never one word
                if tag in _BLOCK or self._stands_apart(element, tag):
                    self._flush()
                    self.blocks.append(element)
                    starts.append(len(page.lines))
                else:
                    starts.append(-1)
                if element.text:
                    self._add(element.text, element)
            else:
                depth -= 1
                start = starts.pop()
                if start >= 0:
                    self._flush()
                    self.blocks.pop()
                    if tag == "tr":
                        self._join_cells(element, start)
                    if len(page.lines) > start:
                        page.spans[element] = (start, len(page.lines))
                self.marks.pop()
                if tag in ("article", "main"):
                    self.within_article -= 1
                if element is self.link:
                    self.link = None
                elif element is self.form:
                    self.form = None
                self._tail(element)
        self._flush()
        return page

    def _open(self, element: HtmlElement, tag: str, depth: int) -> None:
        mark = self.marks[-1]
        if tag in ("article", "main"):
            self.within_article += 1
        kind = mark_of(element, tag, bool(self.within_article))
        self.marks.append(Mark(kind, element, mark, depth) if kind else mark)
        page = self.page
        if tag == "a":
            if element.get("href") is not None:
                self.link = element if self.link is None else self.link
                page.offers.append(Seen(len(page.lines), element, self.marks[-1]))
        elif tag == "br":
            self._flush()
        elif tag in ("img", "amp-img"):
            page.images.append(Seen(self._next_line(), element, self.marks[-1]))
        elif tag == "form":
            self.form = element
        elif tag in ("input", "select"):
            self._field(element, tag)
        if element.get("itemprop") is not None or tag == "time":
            page.stated.append(element)

    def _next_line(self) -> int:
        """The line that follows an element here: what of a line was read so far is before it."""
        return len(self.page.lines) + (self.owner is not None)

    def _stands_apart(self, element: HtmlElement, tag: str) -> bool:
        """Inline boxes that stand apart on the screen, whatever the markup says: dates, counters, crumbs; and what is
        not on the screen, where a line begins with it."""
        mark = self.marks[-1]
        if tag == "a":
            return mark is not None and mark.kind == "breadcrumb"
        if mark is not None and mark.kind == "hidden" and mark.element is element and self.owner is None:
            return True
        return tag == "span" and bool(names := names_of(element)) and _STAMP.search(names) is not None

    def _unseen(self, element: HtmlElement, tag: str) -> None:
        if tag == "textarea":
            self._field(element, tag)
        elif tag == "script":
            self.page.scripts.append(element)
        elif tag in ("iframe", "object", "embed"):
            self.page.offers.append(Seen(self._next_line(), element, self.marks[-1]))
        elif tag in ("meta", "link") and element.get("itemprop") is not None:
            self.page.stated.append(element)

    def _field(self, element: HtmlElement, tag: str) -> None:
        kind = (element.get("type") or "").lower() if tag == "input" else tag
        if tag == "input" and kind not in _FIELD_TYPES:
            return
        names = f"{element.get('name') or ''} {element.get('id') or ''} {element.get('placeholder') or ''}"
        self.page.fields.append(Field(kind or "text", names, len(self.page.lines), self.marks[-1], self.form))

    def _tail(self, element: HtmlElement) -> None:
        if element.tail and self.blocks:
            parent = element.getparent()
            self._add(element.tail, parent if parent is not None else self.blocks[-1])

    def _add(self, text: str, owner: HtmlElement) -> None:
        self.pieces.append(text)
        if text.isspace():
            return
        if self.owner is None:
            self.owner = owner
        if self.link is not None:
            self.link_chars += len(" ".join(text.split()))
            self.href = self.href or self.link.get("href") or "#"

    def _flush(self) -> None:
        pieces = self.pieces
        if not pieces:
            return
        if self.owner is not None and self.blocks:
            text = tidy_line("".join(pieces))
            if text:
                if len(self.page.lines) >= MAX_LINES:
                    raise Unreadable(f"expected a page of at most {MAX_LINES} lines of text, found more")
                self.page.lines.append(
                    BlockLine(text, self.owner, self.blocks[-1], self.link_chars, self.href, self.marks[-1])
                )
        self.pieces = []
        self.owner = None
        self.link_chars = 0
        self.href = ""

    def _join_cells(self, row: HtmlElement, start: int) -> None:
        """One line for a row of short cells; not for rows that lay out a page, hold pictures or caption them."""
        page = self.page
        pictured = bool(page.images) and page.images[-1].at >= start and row.find(".//img") is not None
        if pictured:
            self.pictured_rows.add(row)
        cells = page.lines[start:]
        spans = [page.spans.get(cell) for cell in row]
        if pictured or row.getprevious() in self.pictured_rows or not 2 <= len(cells) == len(spans) - spans.count(None):
            return
        if any(span is not None and span[1] - span[0] != 1 for span in spans) or sum(len(c.text) for c in cells) > 2000:
            return
        joined = cells[0].text
        for cell in cells[1:]:
            joined += (" " if joined.endswith(":") else " | ") + cell.text
        first = cells[0]
        headline = any(c.linked and len(c.text) >= _MIN_HEADLINE for c in cells)
        beside = all(c.linked or len(c.text) < _MIN_HEADLINE for c in cells)
        first.link_chars = len(joined) if headline and beside else sum(c.link_chars for c in cells)
        first.text, first.block = joined, row
        first.href = next((c.href for c in cells if c.href), "")
        del page.lines[start + 1 :]
        for seen in takewhile(lambda seen: seen.at > start, reversed(page.offers)):
            seen.at = start
        for cell, span in zip(row, spans, strict=True):
            if span is not None:
                page.spans[cell] = (start, start + 1)
