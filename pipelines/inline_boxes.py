"""Inline elements that stand apart on the screen though the markup does not say so: dates, counters, icons, rows."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from pipelines.html import line

_STAMP = re.compile(
    r"(?:^|[-_ ])(?:date|time|datetime|ngay|ngaydang|ngay-dang|views?|luotxem|luot-xem)(?:[-_ ]|$)", re.IGNORECASE
)
DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|tháng\s+\d{1,2}\D{1,6}\d{4}", re.IGNORECASE)
_JUST_DAY = re.compile(
    r"(?:thứ|hai|ba|tư|năm|sáu|bảy|chủ|nhật|ngày|tháng|lúc|giờ|phút|gmt|đăng|cập|sáng|chiều|[ap]m|sa|ch|h|[\W\d])+",
    re.IGNORECASE,
)
_BOXES = frozenset(("span", "a", "em", "i", "b", "strong", "small", "label", "font"))
_BETWEEN = " \t\r\n\xa0|•·-–—/,"
LONGEST_ROW, _LONGEST_BOX, _MOST_BOXES = 200, 60, 8
ICON_TAGS = frozenset(("i", "span", "em", "b"))
ICON = re.compile(
    r"(?:^|[-_ ])(?:eye|views?|calendar|clock|user|time|date|author|pencil|comments?|chat|heart|share|like)(?:[-_ ]|$)",
    re.IGNORECASE,
)
"""Pictures that set apart what is told of an article: date, author, counter."""
LIGATURE_TAGS = frozenset(("mat-icon", "i", "span"))
LIGATURES = re.compile(r"material-(?:icons|symbols)|\bmat-icon\b", re.IGNORECASE)
_ENDS_IN_YEAR = re.compile(r"[/.-](?:19|20)\d\d$")


@lru_cache(maxsize=4096)
def is_stamp_name(names: str) -> bool:
    """Whether the class and id of an inline element call it a date or a counter."""
    return _STAMP.search(names) is not None


def row_of_boxes(block: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """The spans of a block that holds nothing else, where one of them is a date by itself and all are short: what is
    told of an article in a row. Empty for prose, whose pieces begin in small letters or with a sign."""
    if len(block) < 2 or len(block) > _MOST_BOXES or (block.text or "").strip(_BETWEEN):
        return []
    boxes = []
    for child in block:
        if child.tag not in _BOXES or (child.tail or "").strip(_BETWEEN):
            return []
        if text := line(child).strip(_BETWEEN):
            boxes.append((child, text))
    if len(boxes) < 2 or any(len(text) > _LONGEST_BOX or text[0].islower() or text[0] in ",.;:)" for _, text in boxes):
        return []
    return boxes if any(DAY.search(text) and _JUST_DAY.fullmatch(text) for _, text in boxes) else []


def is_other_box(element: HtmlElement, attributes: dict[str, str], before_it: str) -> bool:
    """Whether a span right behind another one is a box of its own, by another class or since a new word begins:
    `lần` `Sửa`. Other spans of one class, or without any, are pieces of one word, and so is what goes on small.
    """
    before = element.getprevious()
    if before is None or before.tag != "span" or before.tail:
        return False
    last, first = before_it[-1], (element.text or "")[:1]
    if not first.isalnum():
        return False
    if before.get("class") != attributes.get("class"):
        return not first.islower() or last.isdigit()
    return (last.islower() and first.isupper()) or _ENDS_IN_YEAR.search(before_it) is not None
