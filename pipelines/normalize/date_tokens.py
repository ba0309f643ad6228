"""Folding a text and cutting it into the tokens dates are written with, only around the places where one may begin.

Nothing here knows what a date is; `date_grammar` puts the tokens together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from pipelines.normalize.spelling import lower, plain


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
             | (?<![\w/])\d++(?>(?:[/.-]\d++)*)(?!\w|[/-][^\W\d]|[+:]\d)
             | (?<![\w/])\d{1,2}([/.-])\d{1,2}\6\d{4}(?=-[^\W\d_]))
      | (?P<x>\d\w*+(?>(?:[/.:+-]\w++)*) | _\w*)
      | (?P<z>\n[ ]*\n)
      | (?P<p>[,;:.()|/+-] | [^\w\s,;:.()|/+-]+)
    """,
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[^.;!?\n]*+[.;!?\n]++|[^.;!?\n]++")
# One of these is in every date, time or period.
_HINT = re.compile(
    r"\d|n(?:gày|gay|ăm|ay)|t(?:háng|uần|iếng|ết|hập|hế k)|hôm|qu[ýí]|gi(?:ờ|ây|ao thừa)|phút|rằm|cùng k| qua| mai"
)
_SEPARATOR = re.compile(r"[/.-]")
_BEFORE = 4  # empty tokens before the first


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
    """The tokens of a text, as parallel lists that grow: only the surroundings of a place asked for are cut.

    kinds, words      what a token is, and its folded text
    starts, ends      its positions in `folded`

    Four tokens before a place are always there (at the text's start: empty BREAK tokens, as at its end), so looking
    back at three needs no bounds. Looking ahead beyond the last is an IndexError: then `grow` and look again.
    """

    __slots__ = (
        "_chains", "_end", "_region", "_regions", "_stream", "ends", "folded", "kinds", "offsets", "starts", "words",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.folded, self.offsets = fold(text)
        self._chains: dict[int, Chain | None] = {}
        self._regions: list[tuple[int, int]] = []  # unknown until asked for: most lines hold no date
        self._region = -1  # the number of the region that is cut into tokens
        self._end = 0  # of that region; what lies before it and is no token yet comes from the stream
        self._stream: Iterator[re.Match[str]] = iter(())
        self.kinds: list[str] = [BREAK] * _BEFORE
        self.words: list[str] = [""] * _BEFORE
        self.starts: list[int] = [-1] * _BEFORE
        self.ends: list[int] = [-1] * _BEFORE

    def at(self, position: int) -> int | None:
        """The token that starts at the position; None: none does. Positions are asked for in order."""
        if not self._regions:
            self._regions = [*_regions(self.folded), (len(self.folded), len(self.folded))]
        while position >= self._end:
            if self._region + 1 == len(self._regions) or self._regions[self._region + 1][0] > position:
                return None  # in a sentence that cannot hold a date
            self._enter(self._region + 1)
        if position >= self.ends[-1]:
            start = self._some_words_before(position)
            if start > self.ends[-1]:
                self._stream = _TOKEN.finditer(self.folded, start, self._end)
            while self.starts[-_BEFORE] < position and self.grow():
                pass
        index = bisect_left(self.starts, position, _BEFORE)
        return index if index < len(self.starts) and self.starts[index] == position else None

    def grow(self, count: int = 12) -> bool:
        """Cut some more of the text, at most so many tokens; False: nothing is left."""
        batch = list(islice(self._stream, count))
        if batch:
            self.kinds += [match.lastgroup or MARK for match in batch]
            self.words += [match[0] for match in batch]
            self.starts += [match.start() for match in batch]
            self.ends += [match.end() for match in batch]
        elif self._region + 1 < len(self._regions):
            self._enter(self._region + 1)
        else:
            return False
        return True

    def _enter(self, region: int) -> None:
        """Go on to the tokens of another region; the last holds nothing and closes the text."""
        cut = max(self._end, 0)
        begin, self._end = self._regions[region]
        if region + 1 == len(self._regions):
            self._add(BREAK, begin, begin, times=4)
        elif begin > cut:
            self._add(GAP, cut, cut + len(self.folded[cut:begin].rstrip()))
        self._region = region
        self._stream = _TOKEN.finditer(self.folded, begin, self._end)

    def _some_words_before(self, position: int) -> int:
        """The start of a token four or more before the position; the region's start or last token's end if later."""
        folded, floor = self.folded, max(self._regions[self._region][0], self.ends[-1])
        start, passed = position, 0
        while passed < 4 or not folded[start + 1].isalpha():  # no token holds a letter behind a blank
            start = folded.rfind(" ", floor, start)
            if start < 0:
                return floor
            passed += 1
        return start + 1

    def _add(self, kind: str, start: int, end: int, times: int = 1) -> None:
        self.kinds += [kind] * times
        self.words += [""] * times
        self.starts += [start] * times
        self.ends += [end] * times

    def position(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the text the tokens were cut from, of a stretch of the folded text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]

    def same_line(self, i: int) -> bool:
        """Whether no line ends between the token and the one before it."""
        return i == _BEFORE or self.folded.find("\n", self.ends[i - 1], self.starts[i]) < 0

    def tight(self, i: int) -> bool:
        """Whether the token follows the one before it without a space."""
        return i > _BEFORE and self.ends[i - 1] == self.starts[i]

    def line_starts(self, i: int) -> bool:
        return self.kinds[i - 1] == BREAK or not self.same_line(i)

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
        word = self.words[i]
        if word.isdecimal():
            return ((int(word),), (len(word),), "") if len(word) <= 4 else None
        if len(word) > 24:
            return None
        parts = _SEPARATOR.split(word.replace(" ", ""))
        if len(parts) > 6 or max(map(len, parts)) > 4:
            return None
        separators = "".join(_SEPARATOR.findall(word))
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
