"""The visible text of a page as lines, in one iterative walk, each line with what it stands in.

Block elements and `<br>` end a line, inline elements do not: `<b>Đồn</b><b> Biên</b>` is `Đồn Biên`. A row of short
cells is one line, joined by ` | `.

Longer than most: one walk, and what is asked on its way shares its state.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile

from lxml.html import HtmlElement

from pipelines.inline_boxes import (
    DAY,
    ICON,
    LIGATURE_TAGS,
    LIGATURES,
    LONGEST_ROW,
    is_other_box,
    is_stamp_name,
    row_of_boxes,
)
from pipelines.marks import TELLING, Mark, mark_of, names_in, names_of
from pipelines.records import Unreadable
from pipelines.tag_looks import LOOKS, NO_LOOK
from pipelines.text import tidy_line

_MIN_HEADLINE = 20
MAX_LINES = 20_000
"""A page of more lines is no bulletin, and weighing each would take minutes."""

_ASKED = TELLING | {"class", "id", "itemprop", "property"}
"""Attributes for which more is to be asked of an element; most links and pictures have none of them."""

_NONE: dict[str, str] = {}
_FIELD_TYPES = frozenset(("text", "email", "tel", "password", "number", "date", "file", "radio", "checkbox", ""))


@dataclass(slots=True)
class BlockLine:
    """One line of visible text.

    element     the innermost element of its first text
    block       the block element that ends the line
    link_chars  how many of its characters stand in links
    href        of its first link
    mark        the innermost mark around it
    linked      whether it is hardly more than links
    icon        class of the icon it begins behind, empty if none
    """

    text: str
    element: HtmlElement
    block: HtmlElement
    link_chars: int
    href: str
    mark: Mark | None
    linked: bool
    icon: str


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
    menu    short links of menus, once somebody asked for them
    """

    lines: list[BlockLine] = field(default_factory=list)
    spans: dict[HtmlElement, tuple[int, int]] = field(default_factory=dict)
    images: list[Seen] = field(default_factory=list)
    offers: list[Seen] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    stated: list[HtmlElement] = field(default_factory=list)
    scripts: list[HtmlElement] = field(default_factory=list)
    depth: int = 0
    menu: frozenset[str] | None = None

    def text_of(self, span: tuple[int, int]) -> str:
        return " ".join(line.text for line in self.lines[span[0] : span[1]])


def page_text(root: HtmlElement) -> PageText:
    """Walk the body once. Comments were left out by the parser; script, style and template text is not visible."""
    return _Walk(root).run()


def _passed_over(element: HtmlElement, walk: Iterator[HtmlElement], inner: int) -> int:
    """Take what is inside an element off the walk; 0, the number of its children that are still to come."""
    if inner:
        deque(islice(walk, sum(1 for _ in element.iterdescendants())), maxlen=0)
    return 0


def _linked(texts: list[str], line: str) -> tuple[int, bool]:
    """(characters of a line that stand in links, white space made one; whether it is hardly more than these texts)."""
    if len(texts) == 1 and texts[0] == line:  # nearly always
        return len(line), True
    count = sum([len(" ".join(text.split())) for text in texts])
    return count, _is_linked(line, count)


def _is_linked(text: str, link_chars: int) -> bool:
    return link_chars * 10 >= len(text) * 8


class _Walk:
    def __init__(self, root: HtmlElement) -> None:
        self.page = PageText()
        self.root = root
        self.pieces: list[str] = []
        self.owner: HtmlElement | None = None
        self.linked: list[str] = []
        self.href = ""
        self.icon = ""
        self.link: HtmlElement | None = None
        self.link_href = ""
        self.form: HtmlElement | None = None
        self.within_article = 0
        self.blocks: list[HtmlElement] = []
        self.mark: Mark | None = None
        self.pictured_rows: set[HtmlElement] = set()

    def run(self) -> PageText:
        page, lines, spans, pieces, blocks = self.page, self.page.lines, self.page.spans, self.pieces, self.blocks
        # of each open element: itself, whether it is an article or a row, its first line (-1: it ends no line), then of
        # the one it stands in: how many of its children are to end, and its mark
        above: list[tuple[HtmlElement, bool, bool, int, int, Mark | None]] = []
        left, outer = 2, self.mark  # the same two of the innermost open element; nothing ends with the root
        walk = self.root.iter()
        for element in walk:
            tag, start, inner = element.tag, -1, len(element)
            look = LOOKS.get(tag, NO_LOOK)
            unseen, sign, block, article, row, marked, link, answered, icon = look
            if unseen or (sign and LIGATURES.search(element.get("class") or tag)):
                self._unseen(element, tag)
                inner = _passed_over(element, walk, inner)
            elif look is NO_LOOK and tag.__class__ is not str:
                inner = _passed_over(element, walk, inner)
            else:
                if block:
                    if pieces:
                        self._flush()  # before the mark of this element, which is not that of the text before it
                    if article:
                        self.within_article += 1
                named = element.keys()
                names, kind, attributes = "", None, _NONE
                if marked or (named and not _ASKED.isdisjoint(named)):
                    attributes = dict(element.items())
                    names = names_in(attributes)
                    kind = mark_of(tag, attributes, names, self.within_article > 0)
                    if kind is not None:
                        self.mark = Mark(kind, element, outer, len(above) + 1)
                    answered = answered or "itemprop" in attributes or "property" in attributes
                if link:
                    self._link(element, named)
                if answered:
                    self._open(element, tag, named)
                if pieces and icon:
                    self._part(element, tag, attributes)
                if block or self._stands_apart(tag, link, names, kind):
                    if pieces:
                        self._flush()
                    blocks.append(element)
                    start = len(lines)
                if text := element.text:
                    if not text.isspace():
                        self._piece(text)
                        if self.owner is None:
                            self.owner = element
                    elif pieces:
                        pieces.append(text)
            if inner:
                above.append((element, article, row, start, left, outer))
                left, outer = inner, self.mark
                if len(above) >= page.depth:
                    page.depth = len(above) + 1
                continue
            ended = element
            while True:  # the element ends, and those do whose last child it is
                if start >= 0:
                    if pieces:
                        self._flush()
                    blocks.pop()
                    if row:
                        self._join_cells(ended, start)
                    elif article:
                        self.within_article -= 1
                    if (end := len(lines)) > start:
                        spans[ended] = (start, end)
                self.mark = outer
                if ended is self.link:
                    self.link = None
                elif ended is self.form:
                    self.form = None
                if (tail := ended.tail) and blocks:
                    if not tail.isspace():
                        self._piece(tail)
                        if self.owner is None:
                            parent = ended.getparent()
                            self.owner = parent if parent is not None else blocks[-1]
                    elif pieces:
                        pieces.append(tail)
                left -= 1
                if left:
                    break
                ended, article, row, start, left, outer = above.pop()
        self._flush()
        return page

    def _piece(self, text: str) -> None:
        """Text of a line, which may be text of a link."""
        self.pieces.append(text)
        if self.link is not None:
            self.linked.append(text)
            if not self.href:
                self.href = self.link_href

    def _link(self, element: HtmlElement, named: Collection[str]) -> None:
        """named: the attributes it has."""
        if "href" in named:
            if self.link is None:
                self.link, self.link_href = element, element.get("href") or "#"
            self.page.offers.append(Seen(len(self.page.lines), element, self.mark))
        if self.pieces:
            before = element.getprevious()
            if before is not None and before.tag == "a" and not before.tail:
                self.pieces.append(" ")  # menu entries and tags side by side: two links are never one word

    def _open(self, element: HtmlElement, tag: str, named: Collection[str]) -> None:
        page = self.page
        if tag == "br":
            self._flush()
        elif tag in ("img", "amp-img"):
            page.images.append(Seen(self._next_line(), element, self.mark))
        elif tag == "form":
            self.form = element
        elif tag in ("input", "select"):
            self._field(element, tag)
        if "itemprop" in named or tag == "time" or ("content" in named and "property" in named):
            page.stated.append(element)

    def _next_line(self) -> int:
        """The line that follows an element here: what of a line was read so far is before it."""
        return len(self.page.lines) + (self.owner is not None)

    def _part(self, element: HtmlElement, tag: str, attributes: dict[str, str]) -> None:
        """Inline elements that part what stands before them from what follows: icons, and boxes of another kind."""
        if "class" in attributes and element.text is None and not len(element) and ICON.search(attributes["class"]):
            self._flush(within=True)
            self.icon = names_in(attributes)
        elif tag == "span" and self.pieces[-1][-1:].isalnum() and is_other_box(element, attributes, self.pieces[-1]):
            self.pieces.append(" ")

    def _stands_apart(self, tag: str, link: bool, names: str, kind: str | None) -> bool:
        """Inline boxes that stand apart on the screen, whatever the markup says: crumbs, dates and counters; and what
        is not on the screen, where a line begins with it. names, kind: of the element and of its own mark."""
        if link:
            return self.mark is not None and self.mark.kind == "breadcrumb"
        if kind == "hidden" and self.owner is None:
            return True
        return tag == "span" and names != "" and is_stamp_name(names)

    def _unseen(self, element: HtmlElement, tag: str) -> None:
        if tag == "textarea":
            self._field(element, tag)
        elif tag in LIGATURE_TAGS:  # its text is the name of a sign, drawn in its place
            self._flush(within=True)
            self.icon = "".join(map(str, element.itertext())).strip()[:40]
        elif tag == "script":
            self.page.scripts.append(element)
        elif tag in ("iframe", "object", "embed"):
            self.page.offers.append(Seen(self._next_line(), element, self.mark))
        elif tag in ("meta", "link") and element.get("itemprop") is not None:
            self.page.stated.append(element)

    def _field(self, element: HtmlElement, tag: str) -> None:
        kind = (element.get("type") or "").lower() if tag == "input" else tag
        if tag == "input" and kind not in _FIELD_TYPES:
            return
        names = f"{element.get('name') or ''} {element.get('id') or ''} {element.get('placeholder') or ''}"
        self.page.fields.append(Field(kind or "text", names, len(self.page.lines), self.mark, self.form))

    def _flush(self, within: bool = False) -> None:
        """End a line. within: in the middle of its block, of which the rest is still to come."""
        pieces, owner = self.pieces, self.owner
        if not pieces:
            return
        if owner is not None and self.blocks:
            block, several = self.blocks[-1], len(pieces) > 1
            text = tidy_line("".join(pieces) if several else pieces[0])
            row = (
                several and not within and len(text) <= LONGEST_ROW and len(block) > 1 and DAY.search(text) is not None
            )
            if row and (boxes := row_of_boxes(block)):
                self._lines_of(boxes)
            elif text:
                lines = self.page.lines
                if len(lines) >= MAX_LINES:
                    raise Unreadable(f"expected a page of at most {MAX_LINES} lines of text, found more")
                count, linked = _linked(self.linked, text) if self.linked else (0, False)
                lines.append(BlockLine(text, owner, block, count, self.href, self.mark, linked, self.icon))
                self.icon = ""
        pieces.clear()
        self.owner = None
        if self.linked:
            self.linked.clear()
            self.href = ""

    def _lines_of(self, boxes: list[tuple[HtmlElement, str]]) -> None:
        """A row of dates, names and counters: a line each."""
        lines = self.page.lines
        for element, text in boxes:
            links = sum(len(" ".join("".join(map(str, a.itertext())).split())) for a in element.iter("a"))
            href = next((a.get("href") or "#" for a in element.iter("a")), "")
            self.page.spans[element] = (len(lines), len(lines) + 1)
            linked = _is_linked(text, links)
            lines.append(BlockLine(text, element, element, links, href, self.mark, linked, self._icon_of(element)))

    @staticmethod
    def _icon_of(box: HtmlElement) -> str:
        return " ".join(names_of(each) for each in (box, *box[:1])).strip()

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
        first.linked = _is_linked(joined, first.link_chars)
        first.href = next((c.href for c in cells if c.href), "")
        del page.lines[start + 1 :]
        for seen in takewhile(lambda seen: seen.at > start, reversed(page.offers)):
            seen.at = start
        for cell, span in zip(row, spans, strict=True):
            if span is not None:
                page.spans[cell] = (start, start + 1)
