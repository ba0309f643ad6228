"""Which address an `<img>` shows, and whether it is a picture of the article at all or an icon, a logo, a counter.

Pages load pictures late: `src` then holds a placeholder and the address stands in another attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

import regex
from lxml.html import HtmlElement

from pipelines.marks import names_of
from pipelines.media_urls import IMAGE_TYPES, MAX_URL, Addresses, ending_of, split_of

_LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-echo")
_LATE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_MAX_SET = 20_000
_MOST_SOURCES = 8
_SIZE_IN_SET = regex.compile(r"\s+(\d{1,5}(?:\.\d+)?)[wxh](?=\s*(?:,|$))")
_LOOKS_SO = regex.compile(r"[^<>{}\"]*?[./]")
_PLACEHOLDER = re.compile(
    r"^(?:blank|spacer|pixel|transparent|clear|dot|empty|loading|loader|lazy(?:[-_]?load)?|placeholder|ajax-loader|grey"
    r"|no[-_]?(?:image|photo|img|thumb|avatar)|default(?:[-_](?:image|img|thumb))?|image-blank|1x1|px)"
    r"[-_]?\d{0,4}(?:x\d{1,4})?\.(?:gif|png|svg|jpe?g|webp)$"
)
_NO_PICTURE_FOLDER = re.compile(
    r"/(?:icons?|qc|quang-?cao|ads?|banners?|emojis?|emoticons?|smil(?:ey|ie)s?|sprites?|flags?)/|/emoji\.php"
)
_NO_PICTURE_FILE = re.compile(
    r"(?:icon|ico|emoji|smiley|btn|button|arrow|bullet|logo|print|printer|share|facebook|zalo|twitter|youtube|eye|clock|calendar|user"
    r"|pdf|docx?|xlsx?|zip|rar|word|excel|new|hot|moi)"
    r"(?:[-_]?(?:icon|file|btn|button|small|new))?[-_]?\d{0,3}\.(?:gif|png|svg)$|icon[-_]"
    r"|(?:ma-?_?)?qr(?:-?_?code)?[-_.]"
)
_NO_PICTURE_END = regex.compile(r"[-_](?:icon|qr(?:-?_?code)?)\.\w+$")
_NO_PICTURE_NAME = regex.compile(
    r"\b(?:emoji|emoticon|icon|smiley|logo|spinner|tracking)\b(?!-)|\bwp-smiley\b|\bavatar-\d"
)
_AUTHOR_BOX = regex.compile(r"author|tac-?_?gia|byline|but-?_?danh", regex.IGNORECASE)
_COUNTER = re.compile(
    r"google-analytics|googletagmanager|doubleclick\.|facebook\.com/tr\b|scorecardresearch|histats|statcounter"
    r"|whos\.amung\.us|quantserve|gravatar\.com/|/pixel\?|/track(?:er|ing)\?"
)
_PIXELS = regex.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*")
_STYLED = regex.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px")
_SPECK = 3
_ICON = 48
_NARROW_ICON = 24
"""Pixels: no picture of an article is so small; the last where only one side is known."""


def address_of(img: HtmlElement, addresses: Addresses) -> tuple[str, str | None] | None:
    """(absolute address, media type) of what an image element shows; None: it shows no file of its own.

    An attribute for late loading wins over `src`, `src` over a set of sizes, of which the largest is taken, and all of
    them over the copy in `<noscript>` beside it.
    """
    for printed, stated in _printed(img):
        if not _LOOKS_SO.match(printed[:MAX_URL].lstrip()):
            continue
        url = addresses.of(printed)
        if url is None:
            continue
        path = split_of(url).path
        if _PLACEHOLDER.match(unquote(path[-100:]).rpartition("/")[2].lower()):
            continue
        return url, IMAGE_TYPES.get(ending_of(path)) or stated
    return None


def _printed(img: HtmlElement) -> Iterator[tuple[str, str | None]]:
    for name in _LATE:
        if value := img.get(name):
            yield value, None
    if value := img.get("src"):
        yield value, None
    for name in _LATE_SETS:
        if value := img.get(name):
            yield _largest(value), None
    for source in _sources(img):
        stated = (source.get("type") or "").lower()
        for name in _LATE_SETS:
            if value := source.get(name):
                yield _largest(value), stated if stated in IMAGE_TYPES.values() else None
    for element in (img, img.getparent()):
        beside = element.getnext() if element is not None else None
        if beside is not None and beside.tag == "noscript":
            for copy in list(beside.iter("img"))[:1]:
                if value := copy.get("src"):
                    yield value, None


def _sources(img: HtmlElement) -> Iterator[HtmlElement]:
    """The `<source>`s of the `<picture>` around an image. libxml2 does not know `<source>` as void:
    the image lies inside it.
    """
    above = img.getparent()
    for _ in range(_MOST_SOURCES):
        if above is None or above.tag != "source":
            break
        yield above
        above = above.getparent()
    if above is not None and above.tag == "picture":
        yield from islice((child for child in above.iterchildren("source") if not len(child)), _MOST_SOURCES)


def _largest(srcset: str) -> str:
    """The address with the largest width or density of `a.jpg 480w, b.jpg 2x`; the first, where none has one."""
    best, largest, start = "", -1.0, 0
    text = srcset[:_MAX_SET]
    for found in _SIZE_IN_SET.finditer(text):
        url = text[start : found.start()].strip(" ,\t\n\r")
        if url and float(found[1]) > largest:
            best, largest = url, float(found[1])
        start = found.end()
    return best or text.split(",")[0].split(" ")[0].strip()


def is_picture(img: HtmlElement, url: str) -> bool:
    """Whether an image is none of the small things beside pictures: by its size, its names, its file's name."""
    if _is_small(img) or _COUNTER.search(url):
        return False
    if _NO_PICTURE_NAME.search(names_of(img).lower()):
        return False
    if any(_AUTHOR_BOX.search(names_of(box)) for box in islice(img.iterancestors(), 3)):
        return False  # who wrote, beside the credit line
    path = unquote(split_of(url).path[-300:]).lower()
    name = path.rpartition("/")[2]
    return not (_NO_PICTURE_FOLDER.search(path) or _NO_PICTURE_FILE.match(name) or _NO_PICTURE_END.search(name))


def _is_small(img: HtmlElement) -> bool:
    sides = {side: int(found[1]) for side in ("width", "height") if (found := _PIXELS.fullmatch(img.get(side) or ""))}
    for side, pixels in _STYLED.findall((img.get("style") or "")[:500].lower()):
        sides[side] = int(pixels)
    if not sides:
        return False
    most = max(sides.values())
    return min(sides.values()) <= _SPECK or most <= (_ICON if len(sides) == 2 else _NARROW_ICON)
