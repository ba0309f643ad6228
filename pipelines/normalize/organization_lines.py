"""Lines of a bulletin as the finder of organizations reads them: abbreviations written out, with the way back.

`UBND tỉnh` is read as `Ủy ban nhân dân tỉnh`, so that the grammar knows one form of each name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from pipelines.normalize.mentions import TextLine
from pipelines.normalize.organization_tables import CAPITAL, COUNTRY, abbreviations
from pipelines.normalize.spelling import Plain, lower, modern_small, plain
from pipelines.normalize.word_starts import INNER
from pipelines.text import fold

_SHORT = f"[{CAPITAL[1:-1]}&.,/-]"  # in an abbreviation, which begins and ends with a capital
# An abbreviation, or a mark with a word right behind it: both found by one search.
_NOTABLE = re.compile(
    rf"[^ {INNER}](?! )(?:{_SHORT}(?<={CAPITAL}{_SHORT})(?:{_SHORT}*{CAPITAL}|(?<={CAPITAL}))(?: HCM\b| II\b)?"
    rf"|(?<!{CAPITAL})(?=\w))"
)
_DEFINITION = re.compile(
    r"\((?:(?:sau đây )?(?:gọi|viết) tắt(?: là)?:? ?)?[\"“]?(?:[BCĐHLPQSTUV][^\W\d_]{1,6} (?:[a-zđ][^\W\d_]{1,6} )?)?"
    rf"({CAPITAL}[{CAPITAL[1:-1]}&-]{{1,9}}[0-9]{{0,3}})[\"”]?[);,]"
)
# An agency of another country, whose short name has the letters of its English one: KOICA.
_AGENCY = re.compile(rf"(cơ quan (?:hợp tác|phát triển) quốc tế {COUNTRY.pattern}) ?$", re.IGNORECASE)
# A line of credits that the reader of pages took for text: `Phòng Công tác xã hội; Ảnh: Duy Khánh`.
_CREDIT = re.compile(
    r"(?:Tin|Ảnh|Bài|Tin,? bài|Nguồn|Tác giả|Thực hiện)(?:,| và|:)[^.!?]{0,80}$"
    r"|(?=[^.!?:]{3,83}:)[^.!?]{0,80}(?:Ảnh|Tin|Bài): [^.!?]{0,50}$"
)
_CREDITS = 140  # characters; a line of credits is shorter
_CAPITAL = re.compile(CAPITAL)
_INNER_MARK = re.compile(r"[^\w ](?=\w)")
_SYLLABLE = re.compile(r"[^\W_]+")
# Words that only a title with Every Word Capitalised begins with a capital.
_SMALL = frozenset((
    "của", "và", "về", "tại", "cho", "với", "trong", "các", "được", "từ", "đến", "sẽ", "đã", "là", "nhằm", "để", "vào",
    "theo", "chức", "nghị", "kết", "việc", "hiện", "mạc", "giảng", "động", "niệm", "tặng", "dự",
))  # fmt: skip


class Line(NamedTuple):
    """A line.

    text, low  plain, abbreviations written out; as printed and in lower case, new tone placement
    flat       no case
    moved      of each expansion start and end in `text`, in the line in plain spelling; starts: the first of them
    marks      where words of `text` begin that stand behind another mark than a blank
    """

    place: TextLine
    text: str
    low: str
    flat: bool
    shown: Plain
    moved: list[tuple[int, int, int, int]]
    starts: list[int]
    marks: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the line as given. Part of an abbreviation is the whole."""
        if self.moved:
            start, end = self._back(start, False), self._back(end, True)
        return self.shown.span(start, end)

    def shortened(self, start: int, end: int) -> bool:
        """Whether the words are printed as one abbreviation."""
        i = bisect_right(self.starts, start) - 1
        return i >= 0 and end <= self.moved[i][1]

    def _back(self, at: int, end: bool) -> int:
        i = bisect_right(self.starts, at - 1 if end else at) - 1
        if i < 0:
            return at
        _, new_end, old, old_end = self.moved[i]
        if at < new_end or (end and at <= new_end):
            return old_end if end else old
        return old_end + at - new_end


def read_lines(lines: tuple[TextLine, ...]) -> list[Line]:
    """The lines that may name organizations, bylines left out. Abbreviations defined in the text hold for all of it."""
    shown = [(line, one) for line in lines if line.zone != "byline" and not _is_credits((one := plain(line.text)).text)]
    defined: dict[str, str] = {}
    for _, one in shown:
        if "(" in one.text:
            for found in _DEFINITION.finditer(one.text):
                words = initials_before(one.text, found.start(), found[1])
                agency = None if words else _AGENCY.search(one.text, max(0, found.start() - 60), found.start())
                words = agency[1] if agency else words
                if words:
                    defined.setdefault(found[1], words)
    return [_line(place, one, defined) for place, one in shown]


def _is_credits(text: str) -> bool:
    if len(text) >= _CREDITS or not (":" in text or text.startswith(("Tin", "Ảnh", "Bài", "Nguồn", "Tác", "Thực"))):
        return False
    return _CREDIT.match(text) is not None


def initials_before(text: str, at: int, short: str) -> str | None:
    """The words before the position whose first letters are the abbreviation's: `Tổng cục Hậu cần` for TCHC."""
    letters = [letter for letter in lower(short) if letter.isalpha()]
    syllables = list(_SYLLABLE.finditer(text, max(0, at - 160), at))
    i = len(syllables)
    for letter in reversed(letters):
        i -= 1
        while i >= 0 and lower(syllables[i][0]) in {"và", "các"} and letter not in "vc":
            i -= 1
        if i < 0 or not _is_initial(letter, syllables[i][0]):
            return None
    words = text[syllables[i].start() : at].rstrip()
    return words if words[:1].isupper() and not re.search(r"[;:()\n\"“”]", words) else None


def _is_initial(letter: str, syllable: str) -> bool:
    """`A` of `án`; not `D` of `đội`, which is another letter."""
    first = lower(syllable[0])
    return first == letter or (first != "đ" and letter != "đ" and fold(first) == letter)


def _line(place: TextLine, shown: Plain, defined: dict[str, str]) -> Line:
    text = shown.text
    flat = _is_flat(text)
    pieces: list[str] = []
    moved: list[tuple[int, int, int, int]] = []
    starts: list[int] = []
    marks: list[int] = []
    copied = length = 0
    for found in _NOTABLE.finditer(text):
        start, end = found.span()
        if end - start == 1:
            if start >= copied and not text[start].isalnum() and text[start] != "_":
                marks.append(length + end - copied)
            continue
        short = text[start:end]
        words = _expansion(text, start, end, short, defined, flat)
        if words is None:
            marks += _behind_marks(short, length + start - copied)
            continue
        end += text.startswith(".", end) and short in {"TP", "TX"}
        pieces += [text[copied:start], words]
        length += start - copied
        marks += _behind_marks(words, length)
        starts.append(length)
        moved.append((length, length + len(words), start, end))
        length += len(words)
        copied = end
    low = shown.low
    if pieces:
        text = "".join([*pieces, text[copied:]])
        low = lower(text)
    return Line(place, text, modern_small(low), flat, shown, moved, starts, marks)


def _behind_marks(words: str, at: int) -> list[int]:
    """Where the words of an abbreviation or its expansion at a position begin that stand behind a mark."""
    return [at + mark.end() for mark in _INNER_MARK.finditer(words)]


def _expansion(text: str, start: int, end: int, short: str, defined: dict[str, str], flat: bool) -> str | None:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before and (before.isalnum() or before in "/-&"):
        return None
    digit = text[end + (after == " ") : end + (after == " ") + 1].isdecimal()
    if short == "QK" or (short == "QĐ" and after.isdecimal() and before != "-"):
        number = re.compile(r" ?\d{1,2}(?![\d/]| ?Online)").match(text, end)
        if not number:
            return None if flat or after.isalnum() or short == "QĐ" else "Quân khu"
        gap = "" if after == " " else " "
        return ("Quân khu" if short == "QK" else "Quân đoàn") + gap
    if after.isalnum() or (after in "/-" and text[end + 1 : end + 2].isalnum() and short not in defined):
        return None
    if short in defined:
        return defined[short]
    words = abbreviations().get(short)
    if words is None:
        return None
    follows = text[end : end + 2]
    if short in {"BV", "CA", "TX", "TT", "ĐU"} and not (follows[:1] == " " and (follows[1:].isalnum())):
        return None
    if short == "CP" and not text.endswith("Công ty ", 0, start):
        return None
    if short in {"TT", "TX"} and not follows[1:].isupper():
        return None
    if short in {"BV", "ĐU", "TTTT"} and not (follows[1:].isupper() or digit):
        return None
    if flat and len(short) < 4 and short not in {"BQP", "BCA", "BTL"} and "&" not in short:
        return None
    return words


@cache
def _capitals(count: int) -> re.Pattern[str]:
    """A text with so many: matched far faster than they are counted."""
    return re.compile(rf"(?:[^{CAPITAL[1:-1]}]*+{CAPITAL}){{{count}}}")


def _is_flat(text: str) -> bool:
    """Whether a line is all capitals, or Every Word Is Capitalised: its case says nothing about names."""
    if not _capitals(23 if len(text) > 198 else -(-len(text) // 9)).match(text, 0, 200):  # fewer than one in nine
        return False
    start = text[:200]
    capitals = len(_CAPITAL.findall(start))
    letters = sum(map(str.isalpha, start))
    if capitals * 10 >= letters * 7:
        return letters > 8
    words: list[str] = _SYLLABLE.findall(text[:400])
    small = sum(word[0].islower() for word in words)
    return small * 4 <= len(words) and sum(word.lower() in _SMALL and word[0].isupper() for word in words[1:]) >= 2
