"""The pictures of an article: which images of a page are its own, each once, with address, caption and line.

`alt` is never a caption: it repeats titles and file names. Where a caption cannot be told to be of one picture, the
picture has none.
"""

from __future__ import annotations

from collections import defaultdict

import regex
from lxml.html import HtmlElement

from pipelines.article_title import key
from pipelines.blocks import Seen
from pipelines.caption_lines import captions_of
from pipelines.marks import names_of
from pipelines.media_urls import IMAGE_TYPES, Addresses, ending_of, split_of
from pipelines.picture_signs import address_of, is_picture
from pipelines.reach import Reach
from pipelines.records import Doubt, Image, of_roles

MAX_IMAGES = 500
_MOST_LOOKED_AT = 2_000
_MOST_LINES_OF_BOX = 40
_MOST_JUNK = 2
_JUNK = frozenset(("junk",))
_BOX_TAGS = frozenset(("figure", "table", "tbody", "tr", "td", "center"))
_BOX = regex.compile(
    r"imgeditor|wp-caption|\bpicture\b|\bphoto\b|gallery|vcsortable|\bimage\b|caption", regex.IGNORECASE
)
_OPENS_ITSELF = regex.compile(
    r"lightbox|fancybox|colorbox|magnific|zoom|gallery|photoswipe|highslide", regex.IGNORECASE
)
_Caption = tuple[tuple[int, ...], str]


def pictures_of(reach: Reach, addresses: Addresses) -> tuple[tuple[Image, ...], list[Doubt]]:
    """The article's pictures in page order, each address once, and a doubt where there were more than MAX_IMAGES."""
    found, whole = _found(reach, addresses)
    captions = _Captions(reach, [seen for seen, _, _ in found])
    images: dict[str, Image] = {}
    for seen, url, kind in found:
        caption = captions.of(seen)
        if caption is None and _leads_elsewhere(seen, url, reach, addresses):
            continue
        before = images.get(url)
        if before is None or (before.caption is None and caption is not None):
            line_no = caption[0][0] if caption is not None else reach.line_after(seen.at)
            images[url] = Image(url, caption[1] if caption is not None else None, kind, line_no)
    doubts = []
    if len(images) > MAX_IMAGES or not whole:
        detail = f"expected at most {MAX_IMAGES} pictures in an article, found more; the first ones are kept"
        doubts.append(Doubt("too-many-images", "warning", detail))
    return tuple(images.values())[:MAX_IMAGES], doubts


def _found(reach: Reach, addresses: Addresses) -> tuple[list[tuple[Seen, str, str | None]], bool]:
    """(what is a picture of the article with its address and type, whether all images were looked at)."""
    start = min(reach.place.scope[0], reach.place.body[0])
    end = max(reach.place.scope[1], reach.place.body[1])
    near = [seen for seen in reach.page.images if start <= seen.at <= end]
    found = []
    for seen in near[:_MOST_LOOKED_AT]:
        if not reach.holds(seen):
            continue
        shown = address_of(seen.element, addresses)
        if shown is None or not is_picture(seen.element, shown[0]):
            continue
        if not reach.is_among_related(seen):
            found.append((seen, *shown))
    return found, len(near) <= _MOST_LOOKED_AT


def _leads_elsewhere(seen: Seen, url: str, reach: Reach, addresses: Addresses) -> bool:
    """Whether a picture is a link to another page, as in a list or an advert; not to itself in another size."""
    element: HtmlElement | None = seen.element
    for _ in range(6):
        if element is None or element is reach.place.container:
            return False
        if element.tag == "a":
            break
        element = element.getparent()
    if element is None or element.tag != "a":
        return False
    to = addresses.of(element.get("href") or "")
    if to is None or to in (url, addresses.page) or ending_of(split_of(to).path) in IMAGE_TYPES:
        return False
    said = f"{names_of(element)} {element.get('rel') or ''}"
    return not ("attachment" in said or _OPENS_ITSELF.search(said) or "data-fancybox" in element.attrib)


class _Captions:
    """Which caption belongs to which picture: the one in the same box (figure, table, named element), else the line
    right after it."""

    def __init__(self, reach: Reach, pictures: list[Seen]) -> None:
        self.reach, self.lines, self.pictures = reach, reach.lines, pictures
        self.at: dict[int, _Caption] = {}
        said: dict[str, _Caption] = {}
        for caption in captions_of(reach.lines):
            for number in caption[0]:
                self.at[number - 1] = caption
                said.setdefault(key(self.lines[number - 1].text), caption)
        for line in of_roles(reach.lines, _JUNK) if said else ():
            if line.rule == "repeated-caption" and (again := said.get(key(line.text))) is not None:
                self.at[line.line_no - 1] = again
        self.number = {id(seen): n for n, seen in enumerate(pictures)}
        self.boxes = {id(seen): self._box(seen) if said else None for seen in pictures}
        self.members: dict[HtmlElement, list[Seen]] = defaultdict(list)
        for seen in pictures:
            if (box := self.boxes[id(seen)]) is not None:
                self.members[box].append(seen)
        spans = reach.page.spans
        largest_first = sorted(self.members, key=lambda box: spans[box][0] - spans[box][1])
        self.boxed = {at: box for box in largest_first for at in range(*spans[box])}

    def of(self, seen: Seen) -> _Caption | None:
        """The caption of one of the pictures, or None."""
        box = self.boxes[id(seen)]
        if box is None:
            return self._right_after(seen)
        own = (at for at in range(*self.reach.page.spans[box]) if at in self.at and self.boxed[at] is box)
        inside = list(dict.fromkeys(self.at[at] for at in own))
        members = self.members[box]
        if len(inside) == len(members):
            return inside[next(n for n, member in enumerate(members) if member is seen)]
        if len(inside) == 1 and (box.tag in _BOX_TAGS or _BOX.search(names_of(box))):
            return inside[0]
        return self._right_after(seen)

    def _box(self, seen: Seen) -> HtmlElement | None:
        """The smallest element with the picture, a caption, and no other text of the article."""
        element: HtmlElement | None = seen.element
        while element is not None and element is not self.reach.place.container and element.tag != "body":
            span = self.reach.page.spans.get(element)
            if span is not None:
                if span[1] - span[0] > _MOST_LINES_OF_BOX:
                    return None
                roles = {self.lines[at].role for at in range(*span) if at not in self.at}
                if not roles <= {"junk"}:
                    return None
                if any(at in self.at for at in range(*span)):
                    return element
            if element.tag == "figure":
                return None  # a caption of the figures around it is of them all
            element = element.getparent()
        return None

    def _right_after(self, seen: Seen) -> _Caption | None:
        """The caption in the next line, junk between them aside; of several pictures before it the last one's."""
        at, end = seen.at, min(len(self.lines), seen.at + _MOST_JUNK + 1)
        while at < end and self.lines[at].role == "junk" and at not in self.at:
            at += 1
        if at >= end or at not in self.at or self.boxed.get(at, self.boxes[id(seen)]) is not self.boxes[id(seen)]:
            return None
        after = self.number[id(seen)] + 1
        return None if after < len(self.pictures) and self.pictures[after].at <= at else self.at[at]
