"""The visible text of a page as lines, in one iterative walk, each line with what it stands in.

Block elements and `<br>` end a line, inline elements do not: `<b>Đồn</b><b> Biên</b>` is `Đồn Biên`. A row of short
cells is one line, joined by ` | `.

Longer than most: one walk, and what is asked on its way shares its state.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
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
from pipelines.marks import Mark, mark_of, names_in, names_of
from pipelines.records import Unreadable
from pipelines.tag_looks import (
    ARTICLE,
    IS_ANSWERED,
    IS_ARTICLE,
    IS_BLOCK,
    IS_ICON,
    IS_MARKED,
    IS_UNSEEN,
    LOOKS,
    MAY_HIDE,
)
from pipelines.text import tidy_line

_MIN_HEADLINE = 20
MAX_LINES = 20_000
"""A page of more lines is no bulletin, and weighing each would take minutes."""

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


def _is_linked(text: str, link_chars: int) -> bool:
    return link_chars * 10 >= len(text) * 8


class _Walk:
    def __init__(self, root: HtmlElement) -> None:
        self.page = PageText()
        self.root = root
        self.pieces: list[str] = []
        self.owner: HtmlElement | None = None
        self.link_chars = 0
        self.href = ""
        self.icon = ""
        self.link: HtmlElement | None = None
        self.link_href = ""
        self.form: HtmlElement | None = None
        self.within_article = 0
        self.blocks: list[HtmlElement] = []
        self.marks: list[Mark | None] = [None]
        self.pictured_rows: set[HtmlElement] = set()

    def run(self) -> PageText:
        page, lines, spans, marks, pieces = self.page, self.page.lines, self.page.spans, self.marks, self.pieces
        # of the open elements: each, its first line (-1: it ends no line), how many children of it are to end
        above: list[HtmlElement] = []
        starts: list[int] = []
        left = [2]  # nothing ends with the root
        walk = self.root.iter()
        for element in walk:
            tag, start, inner = element.tag, -1, len(element)
            look = LOOKS.get(tag, 0)
            depth = len(starts) + 1
            if depth > page.depth and tag.__class__ is str:
                page.depth = depth
            if tag.__class__ is not str:
                inner = _passed_over(element, walk, inner)
                marks.append(marks[-1])
            elif look & MAY_HIDE and (look & IS_UNSEEN or LIGATURES.search(element.get("class") or tag)):
                self._unseen(element, tag)
                inner = _passed_over(element, walk, inner)
                marks.append(marks[-1])
            else:
                attributes = dict(element.items())
                if pieces and look & IS_BLOCK:
                    self._flush()  # before the mark of this element, which is not that of the text before it
                if look & IS_ARTICLE:
                    self.within_article += 1
                mark, kind, names = marks[-1], None, ""
                if attributes or look & IS_MARKED:
                    names = names_in(attributes)
                    kind = mark_of(tag, attributes, names, self.within_article > 0)
                    if kind is not None:
                        mark = Mark(kind, element, mark, depth)
                marks.append(mark)
                if tag == "a":
                    self._link(element, attributes)
                if look & IS_ANSWERED or "itemprop" in attributes or "property" in attributes:
                    self._open(element, tag, attributes)
                if pieces and look & IS_ICON:
                    self._part(element, tag, attributes)
                if (
                    look & IS_BLOCK
                    or (mark is not None and self._stands_apart(tag, mark, kind))
                    or (names and tag == "span" and is_stamp_name(names))
                ):
                    if pieces:
                        self._flush()
                    self.blocks.append(element)
                    start = len(lines)
                if text := element.text:
                    if not text.isspace():
                        pieces.append(text)
                        if self.owner is None:
                            self.owner = element
                        if self.link is not None:
                            self._count_link(text)
                    elif pieces:
                        pieces.append(text)
            if inner:
                above.append(element)
                starts.append(start)
                left.append(inner)
                continue
            ended = element
            while True:  # the element ends, and those do whose last child it is
                if start >= 0:
                    if pieces:
                        self._flush()
                    self.blocks.pop()
                    if tag == "tr":
                        self._join_cells(ended, start)
                    if len(lines) > start:
                        spans[ended] = (start, len(lines))
                    if tag in ARTICLE:
                        self.within_article -= 1
                marks.pop()
                if ended is self.link:
                    self.link = None
                elif ended is self.form:
                    self.form = None
                if tail := ended.tail:
                    self._tail(ended, tail)
                if left[-1] > 1:
                    left[-1] -= 1
                    break
                left.pop()
                ended, start = above.pop(), starts.pop()
                tag = ended.tag
        self._flush()
        return page

    def _link(self, element: HtmlElement, attributes: dict[str, str]) -> None:
        if "href" in attributes:
            if self.link is None:
                self.link, self.link_href = element, attributes["href"] or "#"
            self.page.offers.append(Seen(len(self.page.lines), element, self.marks[-1]))
        if self.pieces:
            before = element.getprevious()
            if before is not None and before.tag == "a" and not before.tail:
                self.pieces.append(" ")  # menu entries and tags side by side: two links are never one word

    def _open(self, element: HtmlElement, tag: str, attributes: dict[str, str]) -> None:
        page = self.page
        if tag == "br":
            self._flush()
        elif tag in ("img", "amp-img"):
            page.images.append(Seen(self._next_line(), element, self.marks[-1]))
        elif tag == "form":
            self.form = element
        elif tag in ("input", "select"):
            self._field(element, tag)
        if "itemprop" in attributes or tag == "time" or ("content" in attributes and "property" in attributes):
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

    def _stands_apart(self, tag: str, mark: Mark, own: str | None) -> bool:
        """Inline boxes that stand apart on the screen, whatever the markup says: crumbs; and what is not on the screen,
        where a line begins with it. own: the kind of the element's own mark."""
        if tag == "a":
            return mark.kind == "breadcrumb"
        return own == "hidden" and self.owner is None

    def _unseen(self, element: HtmlElement, tag: str) -> None:
        if tag == "textarea":
            self._field(element, tag)
        elif tag in LIGATURE_TAGS:  # its text is the name of a sign, drawn in its place
            self._flush(within=True)
            self.icon = "".join(map(str, element.itertext())).strip()[:40]
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

    def _tail(self, element: HtmlElement, tail: str) -> None:
        """The text after an element, which its parent owns."""
        if not self.blocks:
            return
        if not tail.isspace():
            self.pieces.append(tail)
            if self.owner is None:
                parent = element.getparent()
                self.owner = parent if parent is not None else self.blocks[-1]
            if self.link is not None:
                self._count_link(tail)
        elif self.pieces:
            self.pieces.append(tail)

    def _count_link(self, text: str) -> None:
        self.link_chars += len(" ".join(text.split()))
        self.href = self.href or self.link_href

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
                count = self.link_chars
                linked = _is_linked(text, count)
                lines.append(BlockLine(text, owner, block, count, self.href, self.marks[-1], linked, self.icon))
                self.icon = ""
        pieces.clear()
        self.owner = None
        self.link_chars = 0
        self.href = ""

    def _lines_of(self, boxes: list[tuple[HtmlElement, str]]) -> None:
        """A row of dates, names and counters: a line each."""
        lines = self.page.lines
        for element, text in boxes:
            links = sum(len(" ".join("".join(map(str, a.itertext())).split())) for a in element.iter("a"))
            href = next((a.get("href") or "#" for a in element.iter("a")), "")
            self.page.spans[element] = (len(lines), len(lines) + 1)
            linked = _is_linked(text, links)
            lines.append(BlockLine(text, element, element, links, href, self.marks[-1], linked, self._icon_of(element)))

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
