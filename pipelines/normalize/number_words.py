"""A number as Vietnamese texts write it, in digits or words, with its scale words: what it is worth and where it ends.

Nothing here knows what is counted. Source: reference/vi README, number_forms.tsv: comma = decimal, dot or blank =
thousands where exactly three digits follow each, else decimal.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.normalize.word_starts import LETTERS, tree
from pipelines.values import value

SCALES = {
    "tá": 12, "chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9,
    "tỉ": 10**9,
}  # fmt: skip
# Words that begin like a scale: `tỷ lệ`, `triệu tập`.
_NO_SCALE = {
    "tỷ": {"lệ", "trọng", "số", "giá", "suất", "phú", "mỉ"},
    "tỉ": {"lệ", "trọng", "số", "giá", "suất", "phú", "mỉ"},
    "triệu": {"tập", "phú", "hồi", "chứng"},
    "vạn": {"vật", "sự", "an", "thọ", "phúc", "hạnh"},
    "trăm": {"họ"},
    "tá": {"điền", "dược"},
}
_ONES = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TEN = {**_ONES, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
del _AFTER_TEN["năm"]  # `mười năm` is ten years, fifteen is `mười lăm`
_NOT_FOUR = {"lệnh", "liệu", "nhân", "vấn", "tưởng", "pháp", "cách", "duy"}  # `hai mươi tư liệu` is twenty files
_AFTER_FIVE = {"mươi", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ"}  # `hai nghìn năm trăm`, not `hai nghìn năm`

# Groups are bounded: longer ones are no amount of anything, and hostile text must not be read twice.
_DIGITS = re.compile(
    r"""(?: (?P<grouped>[1-9]\d{0,2}(?:\.\d{3}){1,6} | [1-9]\d{0,2}(?:\ \d{3}){1,6}(?!\ \d{3}(?!\d)))(?P<rest>,\d{1,4})?
          | (?P<english>[1-9]\d{0,2}(?:,\d{3}){2,6}(?:\.\d{1,2})? | [1-9]\d{0,2},\d{3}\.\d{1,2})
          | (?P<either>[1-9]\d{0,2},\d{3})
          | (?P<decimal>\d{1,12}[.,]\d{1,6})
          | (?P<whole>\d{1,15})
        )(?![.,]?\d)""",
    re.VERBOSE,
)
_SCALE = rf" {{0,3}}{tree(SCALES)}(?!\w)"
_SCALED = re.compile(_SCALE)
# What most numbers are, the last of the above where no other can be; and whether a scale follows.
_WHOLE = re.compile(rf"(\d{{1,15}}+)(?![.,]?\d| \d)({_SCALE})?")
_SPELLED = re.compile(r" {0,3}(?:m(?:ột|ười)|h(?:ai|ăm)|b(?:a|ốn|ảy|ẩy)|năm|sáu|tám|chín|không|linh|lẻ)")


def _words(letters: str) -> str:
    """At most seven words of letters, with the 2 or 3 of `m2`; what else is glued (`viên13/09`) is the next line's."""
    one, power = rf"[{letters}]{{1,40}}+", r"(?>(?:[23](?!\w))?)"
    more = rf"(?=[23/-]){power}(?>(?:[/-]{one}{power}){{0,3}}) {{0,3}}+"
    return rf" {{0,3}}+(?>(?:{one}(?: {{1,3}}+|{more}|)){{1,7}})"


# `re` finds a letter of a set at once and a letter of any alphabet slowly: that is asked only where one ends the words.
_ANY = r"^\W\d_"
_AHEAD = re.compile(rf"{_words(LETTERS)}(?![/-]?[{_ANY}{LETTERS}])|{_words(_ANY)}")


@value
class Number:
    """A number read from a text.

    form    whole, grouped (1.250), decimal, either (1,250: a decimal or thousands), words
    scaled  whether scale words belong to it
    last    what its last scale word is worth, 1 without one
    digits  the digits as written; ''
    """

    value: int | Decimal
    end: int
    form: str
    scaled: bool = False
    last: int = 1
    digits: str = ""


class Ahead:
    """At most seven words from a position on, with nothing but blanks between them. `héc-ta` is one, spelled `héc ta`.

    first  the first of them; ''
    """

    __slots__ = ("_at", "_text", "first", "words")

    def __init__(self, text: str, at: int) -> None:
        self._text, self._at = text, at
        stretch = _AHEAD.match(text, at)
        if stretch is None:
            self.words: list[str] = []
            self.first = ""
            return
        read = stretch[0]
        self.words = [word.replace("-", " ") for word in read.split()] if "-" in read else read.split()
        self.first = self.words[0]

    def starts(self, count: int) -> list[int]:
        """Where each of the first so many words begins."""
        found, text, at = [], self._text, self._at
        for word in self.words[:count]:
            while text[at] == " ":
                at += 1
            found.append(at)
            at += len(word)
        return found

    def start(self, index: int) -> int:
        """Where the word begins."""
        return self.span(index + 1)[1] - len(self.words[index])

    def span(self, count: int) -> tuple[int, int]:
        """Where the first word begins and the first so many end."""
        text, start = self._text, self._at
        while text[start] == " ":
            start += 1
        end = start + len(self.first)
        if count > 1:
            words = self.words
            run = " ".join(words[:count])
            end = start + len(run)
            if text[start:end] != run:  # there are more blanks, or hyphens
                end = self.starts(count)[-1] + len(words[count - 1])
        return start, end

    def end(self, count: int) -> int:
        """Where the first so many words end."""
        return self.span(count)[1]


def number_at(text: str, at: int) -> Number | None:
    """The number that starts at the position, with scales and what is added to them (`3 tỷ 500 triệu`, `2 tỷ rưỡi`).

    text  lower case, plain spelling
    None: no number, or one written so that it could be two (`1.25.000`, `hai trăm ba`)
    """
    match = _WHOLE.match(text, at)
    group = _other_group(text, at) if match is None else _whole(match)
    if group is None or not (match.lastindex == 2 if match else _SCALED.match(text, group.end)):
        return group
    total, last, number = Decimal(0), 0, group
    for _ in range(6):
        scale, end, half = scale_at(text, group.end)
        if scale == 1:
            if total and not _closes(group, last):
                return None if group.form == "words" and number.form == "words" else number
            if not last:
                return group
            total += group.value
            return Number(total, group.end, number.form, number.scaled, last or 1, number.digits)
        if last and scale >= last:
            return number
        total += group.value * scale + (Decimal(scale) / 2 if half else 0)
        last = scale
        number = Number(total, end, number.form, True, last, number.digits)
        following = None if half else _next_group(text, end)
        if following is None:
            return number
        group = following
    return None


def _closes(group: Number, last: int) -> bool:
    """Whether a group without a scale of its own may follow one that is worth `last`: `hai nghìn | ba trăm`.

    `hai trăm ba` and `hai triệu ba trăm` are said of 230 and of 2,3 million as well: not read.
    """
    return group.form == "linh" or (group.form == "words" and last == 1000 and group.value >= 10)


def _next_group(text: str, at: int) -> Number | None:
    while at < len(text) and text[at] == " ":
        at += 1
    group = _group(text, at)
    if group is None or group.form == "words":
        return group
    # Digits go on with a number only when they have a smaller scale: `3 tỷ 500 triệu`, but `3 tỷ, 15 xã`.
    return group if group.form == "whole" and group.value < 1000 and scale_at(text, group.end)[0] > 1 else None


def _whole(match: re.Match[str]) -> Number | None:
    digits = match[1]
    return Number(int(digits), match.end(1), "whole", False, 1, digits) if digits.isascii() else None


def _group(text: str, at: int) -> Number | None:
    match = _WHOLE.match(text, at)
    if match is not None:
        return _whole(match)
    return _other_group(text, at)


def _other_group(text: str, at: int) -> Number | None:
    """Not a whole number in digits."""
    if not text[at : at + 1].isdecimal():
        return _spelled(text, at) if _SPELLED.match(text, at) else None
    match = _DIGITS.match(text, at)
    if match is None or not match[0].isascii():
        return None
    kind, digits = match.lastgroup or "", match[0]
    if kind in {"grouped", "rest"}:
        kind, spelled = "grouped", digits.replace(".", "").replace(" ", "").replace(",", ".")
    elif kind == "english":
        kind, spelled = "grouped", digits.replace(",", "")
    else:
        spelled = digits.replace(",", ".")
    return Number(Decimal(spelled), match.end(), kind, digits=digits)


def scale_at(text: str, at: int) -> tuple[int, int, bool]:
    """What the scale words at the position are worth together (`nghìn tỷ`), where they end, whether `rưỡi` follows."""
    scale, end, half = 1, at, False
    if not _SCALED.match(text, at):
        return scale, end, half
    following = Ahead(text, at)
    for index, word in enumerate(following.words):
        worth = SCALES.get(word)
        after = following.words[index + 1] if index + 1 < len(following.words) else ""
        if worth is None or after in _NO_SCALE.get(word, ()) or (scale > 1 and worth < 1000) or scale * worth > 10**13:
            half = word == "rưỡi" and scale > 1
            end = following.end(index + 1) if half else end
            break
        scale, end = scale * worth, following.end(index + 1)
    return scale, end, half


def _spelled(text: str, at: int) -> Number | None:
    """A number under a thousand in words, without scale beyond `trăm`."""
    found = Ahead(text, at)
    words = (*found.words, "", "", "")
    value, i = 0, 0
    if (words[0] in _ONES or words[0] == "không") and words[1] == "trăm":
        value, i = 100 * _ONES.get(words[0], 0), 2
        if words[2] in {"linh", "lẻ"}:
            one = _ONES.get(words[3], 0) or _AFTER_TEN.get(words[3], 0)
            return Number(Decimal(value + one), found.end(4), "words") if one else None
        if words[2] == "rưỡi":
            return Number(Decimal(value + 50), found.end(3), "words")
    elif words[0] in {"linh", "lẻ"} and words[1] in _ONES:
        # after a thousand: `hai nghìn linh năm`
        return Number(Decimal(_ONES[words[1]]), found.end(2), "linh")
    rest, j = _tens(words, i)
    if i and j == i + 1 and rest:
        return None  # `hai trăm ba`
    if j == 0:
        return None
    return Number(Decimal(value + rest), found.end(j), "words")


def _tens(words: tuple[str, ...], i: int) -> tuple[int, int]:
    """A number from 1 to 99 in words and the next word; 0 and the same word when none is there."""
    word, after = words[i], words[i + 1]
    if word in {"mười", "hăm"}:
        base, i = (10 if word == "mười" else 20), i + 1
    elif word in _ONES and after in {"mươi", "chục"}:
        base, i = 10 * _ONES[word], i + 2
        if after == "chục":
            return base, i
    elif word == "năm" and i and after not in _AFTER_FIVE:
        return 0, i
    else:
        return _ONES.get(word, 0), i + (word in _ONES)
    unit = _AFTER_TEN.get(words[i], 0)
    if words[i] == "tư" and words[i + 1] in _NOT_FOUR:
        unit = 0
    return base + unit, i + (unit > 0)
