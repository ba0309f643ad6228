"""Which lines of an article are captions by where they stand: in a picture's element, its box, its table, or after it.

What a line says by itself is pipelines.captions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.article_title import foreign, tokens
from pipelines.blocks import BlockLine, PageText
from pipelines.captions import sentences, wording
from pipelines.families.family import Family
from pipelines.marks import names_of

LEAD_NAME = re.compile(
    r"sapo|\blead\b|hometext|\bsummary\b|post-summary|detail-des|\bdes(?:news)?\b|\bdescription\b|news-des|\bintro\b|introtext"
    r"|trich-?_?(?:dan|yeu)|tom-?_?tat|box-des|chapeau|article-?brief|leaddetail|excerpt|mo-?ta\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption|\bcap\b|[-_]cap\b|alt_imgeditor|\bimage\b|img-title|img-?desc|image-?desc|desc-?img|chu-?thich"
    r"|note-?img|img-?note|pic(?:ture)?-?(?:desc|note|text)|photo-?desc|img_?note",
    re.IGNORECASE,
)
_SHORT_CAPTION_WORDS = 25
_LONGEST_BOXED = 200
_BOXES = frozenset(("div", "figure", "table", "td", "center", "section", "dl", "aside"))
_CENTER = re.compile(r"text-align\s*:\s*center|text-center|aligncenter", re.IGNORECASE)


class LinePlace:
    """What stands around a line, on a page whose article has been placed."""

    def __init__(self, page: PageText, place: Place, family: Family | None) -> None:
        self.page, self.place, self.family = page, place, family
        self._tokens: dict[HtmlElement, list[str]] = {}

    def foreign(self, at: int) -> frozenset[str]:
        """Kinds of the marks around a line that do not also stand around the body."""
        return foreign(self.page, self.page.lines[at].mark, self.place.body)

    def names_above(self, line: BlockLine, most: int, wide: int = 6) -> Iterator[str]:
        """Classes and ids of the elements around a line, below the article's element; only of at most `wide` lines."""
        element: HtmlElement | None = line.element
        for _ in range(most):
            if element is None or element is self.place.container or element.tag in ("body", "html"):
                return
            span = self.page.spans.get(element)
            if span is not None and (span[1] - span[0] > wide or span[1] > self.place.body[1] > span[0]):
                return
            if names := names_of(element):
                yield names
            if element.get("itemprop") == "description":
                yield "description"
            element = element.getparent()

    def has(self, line: BlockLine, what: str) -> bool:
        """Whether the family's names say this of an element around the line."""
        if self.family is None:
            return False
        wanted: frozenset[str] = getattr(self.family, what)
        if not wanted:
            return False
        element: HtmlElement | None = line.element
        for _ in range(5):
            if element is None or element is self.place.container:
                return False
            found = self._tokens.get(element)
            if found is None:
                found = self._tokens[element] = tokens(element)
            if not wanted.isdisjoint(found):
                return True
            element = element.getparent()
        return False


class PictureLines(LinePlace):
    """The questions about pictures that one can ask about a line."""

    def __init__(self, page: PageText, place: Place, family: Family | None) -> None:
        super().__init__(page, place, family)
        self.images = {image.at for image in page.images}
        self._caption_rows: dict[HtmlElement, bool] = {}

    def is_caption(self, at: int) -> bool:
        """By markup (figcaption, caption classes), or as the first line after a picture."""
        line = self.page.lines[at]
        if line.linked and not line.href.startswith("#") and len(line.text) > 40:
            return False
        if self.is_picture_text(line):
            return True
        if self.in_picture_box(line) or self._is_below_pictures(line):
            return True
        return at in self.images and self._under_picture(line)

    def follows_picture_alone(self, at: int) -> bool:
        """A short line in its own block right after a block that holds a picture and nothing else."""
        line = self.page.lines[at]
        before = line.block.getprevious()
        if at not in self.images or before is None or before in self.page.spans or line.text.endswith(":"):
            return False
        pictured = before.tag == "img" or before.find(".//img") is not None
        return pictured and len(line.text.split()) <= _SHORT_CAPTION_WORDS and sentences(line.text) <= 1

    def in_picture_box(self, line: BlockLine) -> bool:
        """The only line of a box that also holds a picture, above it or below."""
        if len(line.text) > _LONGEST_BOXED or line.link_chars:
            return False
        element: HtmlElement | None = line.block
        for _ in range(4):
            span = self.page.spans.get(element) if element is not None else None
            if element is None or element is self.place.container or span is None or span[1] - span[0] != 1:
                return False
            if element.tag in _BOXES and element.find(".//img") is not None:
                return LEAD_NAME.search(names_of(element)) is None
            element = element.getparent()
        return False

    def is_picture_text(self, line: BlockLine) -> bool:
        """Whether the markup itself, by tag or name, says that a line belongs to a picture."""
        return self.is_figure_text(line) or self._is_caption_box(line)

    def is_figure_text(self, line: BlockLine) -> bool:
        """Whether a line stands in an element that holds captions by its very tag."""
        element: HtmlElement | None = line.element
        for _ in range(6):
            if element is None or element is self.place.container:
                return False
            if element.tag in ("figcaption", "caption"):
                return True
            element = element.getparent()
        return False

    def _is_caption_box(self, line: BlockLine) -> bool:
        """Whether the names around a line call it a caption."""
        if len(line.text) > 600:
            return False
        return self.has(line, "caption") or any(_CAPTION.search(names) for names in self.names_above(line, 4, wide=2))

    def _under_picture(self, line: BlockLine) -> bool:
        """The first line after a picture: in the cell below it, credited, worded as a caption, or all in italics."""
        text = line.text
        if len(text) > 320:
            return False
        row = line.block if line.block.tag == "tr" else line.block.getparent()
        if line.block.tag in ("td", "tr", "p", "div"):
            while row is not None and row.tag not in ("tr", "body") and row is not self.place.container:
                row = row.getparent()
            cell = row.find("td") if row is not None and row.tag == "tr" else None
            if cell is not None and row in self.page.spans and cell.find(".//img") is not None:
                span = self.page.spans[row]
                if span[1] - span[0] == 1:
                    return True
        if wording(text) is not None:
            return True
        return len(text) <= 220 and (self._wrapped(line, ("em", "i")) or self._centred(line))

    def _centred(self, line: BlockLine) -> bool:
        """A short line that is centred by itself: paragraphs are not."""
        if len(line.text.split()) > _SHORT_CAPTION_WORDS or sentences(line.text) > 1 or line.text.endswith(":"):
            return False
        return line.block.tag in ("p", "div") and (
            (line.block.get("align") or "").lower() == "center"
            or _CENTER.search(f"{line.block.get('style') or ''} {line.block.get('class') or ''}") is not None
        )

    def _is_below_pictures(self, line: BlockLine) -> bool:
        """In a table a cell of the row below a row that holds pictures and nothing else."""
        if len(line.text) > _LONGEST_BOXED:
            return False
        row: HtmlElement | None = line.block
        for _ in range(4):
            if row is None or row.tag == "tr" or row is self.place.container:
                break
            row = row.getparent()
        if row is None or row.tag != "tr":
            return False
        known = self._caption_rows.get(row)
        if known is None:
            above = row.getprevious()
            pictured = above is not None and above not in self.page.spans and above.find(".//img") is not None
            known = self._caption_rows[row] = pictured
        return known

    def _wrapped(self, line: BlockLine, tags: tuple[str, ...]) -> bool:
        """Whether the line as a whole stands in one of these elements."""
        element: HtmlElement | None = line.element
        while element is not None and element is not line.block:
            if element.tag in tags:
                return not (element.tail or "").strip()
            element = element.getparent()
        return False
