"""A line of a bulletin as words with their places, and the organizations named in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

import regex

from pipelines.normalize.mentions import OrganizationMention, TextLine
from pipelines.normalize.person_words import TOKEN
from pipelines.normalize.spelling import Plain, lower, modern, plain
from pipelines.reference import table

# A full stop of an abbreviation (`PGS. TS. Nguyễn`) ends no sentence: a small letter, a digit or a closing mark stands
# before one that does.
_SENTENCE_END = regex.compile(r"""(?<=[\p{Ll}\d”")%])(?<!\b(?:Bs|Ths|Ts|Tp|đ/c))[.!?…]+["”]?\s+(?=["“(]?[\p{Lu}\d])""")
# A sentence that names somebody holds one of these words, or a surname, or an abbreviation of a title.
_NEAREST = 20
_MOST_KEYS = 50_000
_TOKENS = re.compile(f"({TOKEN.pattern})")
_TELLING = (
    "tướng tá úy uý bác Bác liệt Liệt đốc chí c ông bà anh chị thầy cô trưởng mẹ TƯỚNG TÁ ÚY UÝ SĨ SỸ ĐỐC CHÍ ÔNG BÀ "
    "TRƯỞNG BÍ CHỦ GIÁM Ông Bà Anh Chị Mẹ Đô Bí Chủ Chính Tư Giám Phó Thứ Viện Hiệu Chánh Chỉ Đồn Thuyền Trưởng Đ đ "
    "Binh"
)


class _Keys(dict[str, str]):
    """Word → how it is compared; words come again and again, so they are kept, a limited number of them."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_KEYS:
            self.clear()
        key = self[word] = modern(lower(word)).replace("’", "'")
        return key


_KEYS = _Keys()


class Line:
    """The words of one sentence of a line.

    text           in plain spelling
    words, keys    its words, numbers and marks, as written and as compared (lower case, new tone placement)
    starts, ends   their places in text
    """

    __slots__ = (
        "_at", "_begins", "_inside", "_offset", "_plain", "_shouting", "ends", "keys", "line_no", "source", "starts",
        "text", "words", "zone",
    )  # fmt: skip

    def __init__(self, line: TextLine, spelled: Plain, start: int = 0, end: int | None = None) -> None:
        self.line_no, self.zone, self.source = line
        self._plain = spelled
        self._offset = start
        self.text = spelled.text[start:end]
        pieces = _TOKENS.split(self.text)  # blanks and words by turns: places are sums of lengths
        self.words: list[str] = pieces[1::2]
        self.keys: list[str] = list(map(_KEYS.__getitem__, self.words))
        places = list(accumulate(map(len, pieces)))
        self.starts, self.ends = places[:-1:2], places[1::2]
        self._at: dict[int, list[tuple[int, OrganizationMention]]] = {}
        self._begins: list[int] = []
        self._inside: set[int] = set()
        self._shouting: bool | None = None

    @property
    def shouting(self) -> bool:
        """Whether all of it is in capitals: names in it have no end of their own."""
        if self._shouting is None:
            self._shouting = self.text.isupper()
        return self._shouting

    def place(self, mentions: Iterable[OrganizationMention]) -> None:
        """Put the organizations of the line on its words."""
        for mention in mentions:
            start, end = mention.start, mention.end
            if self._plain.offsets is not None:
                start, end = bisect_left(self._plain.offsets, start), bisect_left(self._plain.offsets, end)
            start, end = start - self._offset, end - self._offset
            if start < 0 or end > len(self.text):
                continue
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
            if last - first > 1 and last < len(self.keys) and self.keys[last - 1] in _ranks().get(self.keys[last], ()):
                last -= 1  # `Công an tỉnh Đại tá Lê Văn A`: the rank's first word was taken for the name's last
            if first < last:
                self._at.setdefault(first, []).append((last, mention))
                self._inside.update(range(first + 1, last))
        for found in self._at.values():
            found.sort(key=lambda one: -one[0])
        self._begins = sorted(self._at)

    def organization_at(self, at: int) -> OrganizationMention | None:
        """The outermost organization whose name begins at a word."""
        return self._at[at][0][1] if at in self._at else None

    def organization_end(self, at: int) -> int:
        """The word after the outermost organization that begins at a word."""
        return self._at[at][0][0]

    def inside(self, at: int) -> bool:
        """Whether a word stands in an organization's name, not at its start."""
        return at in self._inside

    def joined(self, at: int) -> bool:
        """Whether nothing but blanks stands between a word and the one before."""
        return at > 0 and self.starts[at] > self.ends[at - 1]

    def named_before(self, at: int) -> list[int]:
        """Indexes of the organizations named before a word of the sentence, the nearest twenty places."""
        end = bisect_left(self._begins, at)
        return [one[1].index for begin in self._begins[max(0, end - _NEAREST) : end] for one in self._at[begin]]

    def organization_within(self, start: int, end: int) -> int | None:
        """Index of the outermost organization that begins at a word and ends before another."""
        return next((one[1].index for one in self._at.get(start, ()) if one[0] <= end), None)

    def named_within(self, start: int, end: int) -> list[int]:
        """Indexes of the organizations named within words of the sentence."""
        return [one[1].index for at in range(start, end) for one in self._at.get(at, ()) if one[0] <= end]

    def words_of(self, start: int, end: int) -> str:
        """Words as written, with single blanks."""
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

    def source_start(self, at: int) -> int:
        """Where a word begins in the line as given."""
        return self._plain.span(self._offset + self.starts[at], 0)[0]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place of words in the line as given."""
        return self._plain.span(self._offset + self.starts[start], self._offset + self.ends[end - 1])


def sentences(line: TextLine) -> Iterator[Line]:
    """The sentences of a line that may name somebody."""
    spelled = plain(line.text)
    text, start = spelled.text, 0
    for end in [*(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)]:
        words = text[start:end].replace("(", " ").replace("“", " ").replace('"', " ").replace("/", " ").split()
        if not _telling().isdisjoint(words):
            yield Line(line, spelled, start, end)
        start = end


@cache
def _ranks() -> dict[str, frozenset[str]]:
    """Last word of a rank → the first words: `tá` → đại, thượng …"""
    found: dict[str, set[str]] = {}
    for row in table("ranks"):
        first, _, last = row["rank"].lower().partition(" ")
        if last and " " not in last:
            found.setdefault(last, set()).add(first)
    return {last: frozenset(firsts) for last, firsts in found.items()}


@cache
def _telling() -> frozenset[str]:
    surnames = [row["surname"] for row in table("surnames")]
    titles = [form.strip(" .") for row in table("titles") for form in row["abbreviations"].split(";")]
    told = (*_TELLING.split(), *surnames, *(name.upper() for name in surnames), *titles)
    return frozenset(told) - {"", "Đồng", "An"}  # these two begin too many other words
