"""The words and marks dates are written with: folding a text, cutting it into tokens, reading numbers.

Nothing here knows what a date is; `date_grammar` puts the tokens together. One file: the tables of words and the
tokenizer that is built from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.normalize.spelling import lower, plain


def one_of(words: str) -> frozenset[str]:
    """A set of words, written with spaces between them."""
    return frozenset(words.split())


def fold(text: str) -> tuple[str, list[int] | None]:
    """The text in plain spelling and lower case, and the way back (spelling.Plain.offsets)."""
    found = plain(text)
    return lower(found.text), found.offsets


# Kinds of tokens. A chain is digits joined by date separators without spaces: 7, 24/11/2023, 15-16/9.
# A gap stands for sentences that cannot hold a date, a break for a blank line or the end.
WORD, CHAIN, CLOCK, ISO, JUNK, MARK, BREAK, GAP = "w", "n", "c", "i", "x", "p", "z", "g"
_TOKEN = re.compile(
    r"""(?P<w>[^\W\d_]\w*)
      | (?P<i>(?<![\w/.-])\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:z|[+-]\d\d:?\d\d)?(?![\w:]))
      | (?P<c>(?<![\w:/])\d{1,2}(?: :\d\d (?::\d\d(?:\.\d{1,9})?)? | [hg]\d\d(?:'|’|ph?)? | [hg])(?!\w|:\d))
      | (?P<n>(?<![\w/.-])(?<!\d[ ][/.-][ ])
                  \d{1,2}[ ]?([/.-])[ ]?\d{1,2}[ ]?\5[ ]?\d{4}(?![\w/-]|[ ][/.-][ ]?\d|[+.:]\d)
             | (?<![\w/])\d++(?:[/.-]\d++)*+(?!\w|[/-][^\W\d]|[+:]\d)
             | (?<![\w/])\d{1,2}([/.-])\d{1,2}\6\d{4}(?=-[^\W\d_]))
      | (?P<x>\d\w*+(?:[/.:+-]\w++)*+ | _\w*)
      | (?P<z>\n[ ]*\n)
      | (?P<p>[,;:.()|/+-] | [^\w\s,;:.()|/+-]+)
    """,
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[^.;!?\n]*+[.;!?\n]++|[^.;!?\n]++")
# One of these is in every date, time or period.
_HINT = re.compile(
    r"\d|ngày|ngay|tháng|năm|hôm|nay|quý|quí|tuần|giờ|phút|giây|tiếng|rằm|giao thừa|tết|thập|thế k|cùng k| qua| mai"
)
_SEPARATOR = re.compile(r"[/.-]")


Chain = tuple[tuple[int, ...], tuple[int, ...], str]  # numbers, how many digits each has, separators


def _regions(folded: str) -> Iterator[tuple[int, int]]:
    """The stretches of neighbouring sentences that may hold a date."""
    begin = end = 0
    for match in _SENTENCE.finditer(folded):
        if not _HINT.search(folded, match.start(), match.end()):
            continue
        if match.start() != end:
            if end > begin:
                yield begin, end
            begin = match.start()
        end = match.end()
    if end > begin:
        yield begin, end


class Tokens:
    """The tokens of a text, as parallel lists closed by empty BREAK tokens, so that looking ahead needs no bounds.

    kinds, words      what a token is, and its folded text
    starts, ends      its positions in `folded`
    """

    __slots__ = ("_chains", "ends", "folded", "kinds", "offsets", "starts", "words")

    def __init__(self, text: str) -> None:
        self.folded, self.offsets = fold(text)
        self._chains: dict[int, Chain | None] = {}
        self.kinds: list[str] = []
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        cut = 0
        for begin, end in _regions(self.folded):
            if begin > cut:
                self._add(GAP, "", cut, cut + len(self.folded[cut:begin].rstrip()))
            for match in _TOKEN.finditer(self.folded, begin, end):
                self.kinds.append(match.lastgroup or MARK)
                self.words.append(match[0])
                self.starts.append(match.start())
                self.ends.append(match.end())
            cut = end
        for _ in range(4):
            self._add(BREAK, "", len(self.folded), len(self.folded))

    def _add(self, kind: str, word: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)

    def position(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the text the tokens were cut from, of a stretch of the folded text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]

    def same_line(self, i: int) -> bool:
        """Whether no line ends between the token and the one before it."""
        return i == 0 or self.folded.find("\n", self.ends[i - 1], self.starts[i]) < 0

    def tight(self, i: int) -> bool:
        """Whether the token follows the one before it without a space."""
        return i > 0 and self.ends[i - 1] == self.starts[i]

    def line_starts(self, i: int) -> bool:
        return i == 0 or self.kinds[i - 1] == BREAK or not self.same_line(i)

    def line_ends(self, i: int) -> bool:
        return self.kinds[i] == BREAK or not self.same_line(i)

    def chain(self, i: int) -> Chain | None:
        """The numbers of a chain, how many digits each has, and the separators; None: no chain a date could be."""
        if self.kinds[i] != CHAIN:
            return None
        if i not in self._chains:
            self._chains[i] = self._split(i)
        return self._chains[i]

    def _split(self, i: int) -> Chain | None:
        if len(self.words[i]) > 24:
            return None
        parts = _SEPARATOR.split(self.words[i].replace(" ", ""))
        if len(parts) > 6 or max(map(len, parts)) > 4:
            return None
        separators = "".join(_SEPARATOR.findall(self.words[i]))
        return tuple(map(int, parts)), tuple(map(len, parts)), separators

    def single(self, i: int, most: int, digits: int = 2) -> int | None:
        """The number at `i` if it stands alone in at most `digits` digits and is no larger than `most`."""
        word = self.words[i]
        if self.kinds[i] != CHAIN or len(word) > digits or not word.isdecimal():
            return None
        value = int(word)
        return value if value <= most else None

    def decimal_tail(self, i: int) -> bool:
        """Whether the number at `i` is what follows a decimal comma, or a group of thousands after a space."""
        if self.words[i - 1] == "," and self.tight(i) and self.kinds[i - 2] == CHAIN and self.tight(i - 1):
            return True
        return self.kinds[i - 1] == CHAIN and len(self.words[i]) == 3


# Units of time: how a duration writes them, and as a precision.
UNITS = {
    "năm": ("P", "Y", "year"), "tháng": ("P", "M", "month"), "tuần": ("P", "W", "week"), "ngày": ("P", "D", "day"),
    "giờ": ("PT", "H", "hour"), "tiếng": ("PT", "H", "hour"), "phút": ("PT", "M", "minute"),
    "giây": ("PT", "S", "second"),
}  # fmt: skip
_DIGITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TEN = {**_DIGITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
del _AFTER_TEN["năm"]  # "mười năm" is ten years, fifteen is "mười lăm"
NUMBER_WORDS = frozenset(_DIGITS) | {"mười"}


def count(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number from 1 to 9999 in digits, or to 99 in words: its value and the next token."""
    value = tokens.single(i, 9999, digits=4)
    if value is not None:
        return value, i + 1
    return tens(tokens, i)


def tens(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number from 1 to 99 in words (`hai mươi tư`)."""
    words = tokens.words
    if words[i] == "mười":
        unit = _AFTER_TEN.get(words[i + 1], 0)
        return 10 + unit, i + 1 + (unit > 0)
    digit = _DIGITS.get(words[i])
    if digit is None:
        return None
    if words[i + 1] == "mươi" and digit > 1:
        unit = _AFTER_TEN.get(words[i + 2], 0)
        return 10 * digit + unit, i + 2 + (unit > 0)
    return digit, i + 1


def year_in_words(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A year in words: `hai nghìn không trăm hai mươi ba`, `một nghìn chín trăm bảy mươi lăm`."""
    words = tokens.words
    if words[i] not in {"một", "hai"} or words[i + 1] not in {"nghìn", "ngàn"}:
        return None
    year, j = 1000 * _DIGITS[words[i]], i + 2
    if words[j + 1] == "trăm":
        hundreds = 0 if words[j] == "không" else _DIGITS.get(words[j])
        if hundreds is None:
            return None
        year, j = year + 100 * hundreds, j + 2
    if words[j] in {"linh", "lẻ"}:
        unit = _AFTER_TEN.get(words[j + 1]) or _DIGITS.get(words[j + 1])
        return (year + unit, j + 2) if unit else None
    rest = tens(tokens, j)
    return (year + rest[0], rest[1]) if rest else (year, j)


_MONTH_WORDS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def month_in_words(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The month after `tháng`, the longest name first: `mười một` before `mười`."""
    words = tokens.words
    if words[i] == "mười":
        unit = {"một": 1, "hai": 2}.get(words[i + 1], 0)
        return 10 + unit, i + 1 + (unit > 0)
    month = _MONTH_WORDS.get(words[i])
    return (month, i + 1) if month else None


_WEEKDAY_WORDS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}
WEEKDAY_SHORT = {"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6}
_WEEKDAY_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_SHORT.update({name: number for number, name in enumerate(_WEEKDAY_ENGLISH)})
WEEKDAY_SHORT.update({name[:3]: number for number, name in enumerate(_WEEKDAY_ENGLISH)})
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ENGLISH_MONTHS = {name: number + 1 for number, full in enumerate(_ENGLISH_MONTHS) for name in (full, full[:3])}
ENGLISH_MONTHS["sept"] = 9


def weekday(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A weekday, Monday 0 to Sunday 6. `lần thứ tư` is an ordinal; `T2/2023` is a month."""
    word, after = tokens.words[i], tokens.words[i + 1]
    if word == "thứ" and tokens.words[i - 1] != "lần":
        number = tokens.single(i + 1, 7, digits=1)
        if number is not None and number >= 2:
            return number - 2, i + 2
        if after in _WEEKDAY_WORDS:
            return _WEEKDAY_WORDS[after], i + 2
        return None
    if word in {"chủ", "chúa"} and after in {"nhật", "nhựt"}:
        return 6, i + 2
    if word in WEEKDAY_SHORT and not (after == "/" and tokens.tight(i + 1)):
        return WEEKDAY_SHORT[word], i + 1
    return None


def part_of_day(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """One of rạng sáng, sáng, trưa, chiều, tối, đêm."""
    words = tokens.words
    if words[i] == "buổi":
        i += 1
    word = words[i]
    if word == "rạng" and words[i + 1] == "sáng":
        return "rạng sáng", i + 2
    if word in {"nửa", "giữa"} and words[i + 1] == "đêm":
        return "đêm", i + 2
    if word == "khuya":
        return "đêm", i + 1
    if word in {"sáng", "trưa", "chiều", "tối", "đêm"} and words[i - 1] not in {"ánh", "bóng"}:
        following = words[i + 1]
        if (word, following) in {("sáng", "sớm"), ("chiều", "tối"), ("đêm", "khuya"), ("chiều", "muộn")}:
            return word, i + 2
        return word, i + 1
    return None
