"""Where a quantity may begin in a text, and what has been found so far. No rule of grammar is here."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipelines.normalize.date_words import one_of
from pipelines.normalize.mentions import Quantity
from pipelines.normalize.number_cues import Before
from pipelines.normalize.spelling import Plain
from pipelines.normalize.word_starts import WordStarts, tree

TRIGGER = re.compile(
    r"(?:(?P<vague>hàng|hằng|vài|mấy|cả)(?= {1,3}(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|tá)\b)"
    r"|(?P<ordinal>lần {1,3}thứ)|(?P<half>(?:một {1,3})?nửa)|(?P<fold>gấp {1,3}(?:đôi|rưỡi))"
    r"|(?P<words>một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|hăm)|(?P<scale>chục|trăm|nghìn|ngàn|vạn|triệu))\b"
)
# Digits, and what a match of TRIGGER begins with: most often it is a year, a name or an article.
_SCALES = "(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|tá)"
_NUMBERS = sorted(one_of("một hai ba bốn sáu bảy bẩy tám chín mười hăm chục trăm nghìn ngàn vạn triệu"))
_START = WordStarts(tree([
    "[0-9]", *(f"{word}(?= {{1,3}}{_SCALES})" for word in ("hàng", "hằng", "vài", "mấy", "cả")),
    *(f"{word}(?= )" for word in _NUMBERS), r"năm(?= (?!\d))", "nửa", "lần {1,3}thứ", "gấp {1,3}(?:đôi|rưỡi)",
]))  # fmt: skip
_CHAIN = re.compile(r"\d\w{0,99}(?:[.,/:+-]\w{1,99}){0,99}")
_IN_A_CHAIN = re.compile(rf"[^\W\d]{_CHAIN.pattern}[.,:]\Z")  # `h06a.`: what follows is the rest of it
_NEAR = 64  # characters; longer chains are no writing, and hostile text must not be read again and again
# What is refused is refused whole, not read again from its middle.
_SPOKEN = re.compile(
    r"(?:(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|hăm|không|linh|lẻ|rưỡi"
    r"|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\b {0,3})+"
)


def starts(spelled: Plain) -> list[int]:
    """Every place where a quantity may begin: digits behind a letter are the rest of something longer."""
    return _START.find(spelled.low, spelled.behind_marks)


def _within(offsets: list[int], start: int, end: int) -> tuple[int, int]:
    """A span of the text as given in the plain text: all characters of which something is in it."""
    return bisect_right(offsets, start) - 1, bisect_left(offsets, end)


class Scan:
    """A text, the places where a quantity may begin, and the quantities found.

    text   in plain spelling and lower case; `given` the same with its capitals; all positions are of it
    taken  what is something else already, the first span last
    """

    def __init__(self, spelled: Plain, taken: Sequence[tuple[int, int]]) -> None:
        self._plain = spelled
        self.given, self.text = spelled.text, spelled.low
        self.taken = sorted(taken, reverse=True) if taken else []
        if spelled.offsets is not None:
            self.taken = [_within(spelled.offsets, *span) for span in self.taken]
        self.found: list[Quantity] = []
        self.last_end = -1  # of the last quantity, in the plain text
        self.last_change = ""
        self.name_end = -1  # of the last number refused as part of a name

    def past_digits(self, start: int) -> int:
        """Where digits end that are refused, with all that is glued to them."""
        chain = _CHAIN.match(self.text, start)
        return chain.end() if chain else start + 1

    def past_words(self, end: int, kind: str, start: int) -> int:
        """Where words end that are refused."""
        spoken = _SPOKEN.match(self.text, start) if kind in {"words", "scale"} else None
        return max(end, spoken.end()) if spoken else end

    def glued(self, start: int) -> bool:
        """Whether what stands behind a mark is the rest of something longer: `H06`, `COVID-19`, `12:30`."""
        last = self.text[start - 1]
        if last == "/" and start - 1 == self.last_end:
            return False  # `8 tàu/56 ngư dân`
        if last == "_":
            return True
        earlier = self.text[start - 2] if start > 1 else " "
        if last in ".,:" and earlier.isalpha():
            near = max(start - _NEAR, 0)
            return _IN_A_CHAIN.search(self.text, max(self.text.rfind(" ", near, start), near), start) is not None
        return (
            (last in ".,:" and (earlier.isdigit() or earlier in ".,:"))
            or (last in "-/+'&" and earlier.isalnum())
            or last in "/@#\\="
        )

    def capital(self, place: Before) -> bool:
        """Whether the word next to the number has a capital letter."""
        return place.nearest >= 0 and self.given[place.nearest].isupper()

    def add(
        self, value: float, most: float | None, unit: str, counts: str, qualifier: str, start: int, end: int
    ) -> int:
        start = start if start > self.last_end else self.last_end
        offsets = self._plain.offsets
        first, last = (start, end) if offsets is None else (offsets[start], offsets[end])
        self.found.append(Quantity(value, most, unit, counts, qualifier, first, last))
        self.last_end, self.last_change = end, ""
        return end
