"""Cutting a text into the tokens dates are written with, only around the places where one may begin.

Nothing here knows what a date is; `date_grammar` puts the tokens together.
"""

from __future__ import annotations

import re
from bisect import bisect_left

# Kinds of tokens. A chain is digits joined by date separators without spaces: 7, 24/11/2023, 15-16/9.
# A gap stands for sentences that cannot hold a date, a break for a blank line or the end.
WORD, CHAIN, CLOCK, ISO, JUNK, MARK, BREAK, GAP = "w", "n", "c", "i", "x", "p", "z", "g"
# Where a token stands, it is matched; the empty group behind it says its kind, a word has none. First what is frequent.
_TOKEN = re.compile(
    r"""[,;:.()|/+-](?P<p>)
      | [^\W\d_]\w*+
      | (?=\d)(?:
            (?<![\w/])\d++(?>(?:[/-]\d++)?)(?![\w/:+-]|\.[ ]?\d|[ ][/.-])
          | (?<![\w/.-])(?<!\d[ ][/.-][ ])\d{1,2}/\d{1,2}/\d{4}(?![\w/-]|[ ][/.-][ ]?\d|[+.:]\d)
        )(?P<n>)
      | [^\w\s,;:.()|/+-]++(?P<p2>)
      | (?=[\d_])(?:
            (?<![\w/.-])\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:z|[+-]\d\d:?\d\d)?(?![\w:])(?P<i>)
          | (?<![\w:/])\d{1,2}(?: :\d\d (?::\d\d(?:\.\d{1,9})?)? | [hg]\d\d(?:'|’|ph?)? | [hg])(?!\w|:\d)(?P<c>)
          | (?:
                (?<![\w/.-])(?<!\d[ ][/.-][ ])
                  \d{1,2}[ ]?([/.-])[ ]?\d{1,2}[ ]?\6[ ]?\d{4}(?![\w/-]|[ ][/.-][ ]?\d|[+.:]\d)
              | (?<![\w/])\d++(?>(?:[/.-]\d++)*)(?!\w|[/-][^\W\d]|[+:]\d)
              | (?<![\w/])\d{1,2}([/.-])\d{1,2}\7\d{4}(?=-[^\W\d_])
            )(?P<n2>)
          | (?:\d\w*+(?>(?:[/.:+-]\w++)*)|_\w*+)(?P<x>)
        )
      | \n[ ]*\n(?P<z>)
    """,
    re.VERBOSE,
)
_SENTENCE_MARKS = ".;!?\n"
_SENTENCE_END = re.compile(f"[{_SENTENCE_MARKS}][{_SENTENCE_MARKS}]*+")  # `re` scans for a set in front in C
_GOES_ON = re.compile(r"\S| \d")  # behind a sentence's end: a token may reach beyond it, `24. 11. 2023`
# One of these is in every date, time or period.
_HINT = re.compile(
    r"\d|n(?:gày|gay|ăm|ay)|t(?:háng|uần|iếng|ết|hập|hế k)|hôm|qu[ýí]|gi(?:ờ|ây|ao thừa)|phút|rằm|cùng k| qua| mai"
)
_SEPARATOR = re.compile(r"[/.-]")
_BEFORE = 4  # empty tokens before the first
_BLANKS = 4  # before a place: between them are the words a rule may look back at
_NEAR = 48  # characters; most often that many words are in them


Chain = tuple[tuple[int, ...], tuple[int, ...], str]  # numbers, how many digits each has, separators


class Tokens:
    """The tokens of a text, as parallel lists that grow: only the surroundings of a place asked for are cut.

    folded            in plain spelling and small letters (spelling.Plain.low)
    kinds, words      what a token is, and its folded text
    starts, ends      its positions in `folded`

    Three tokens before a place are always there (at the text's start: empty BREAK tokens, as at its end), so looking
    back needs no bounds. Looking ahead beyond the last is an IndexError: then `grow` and look again.
    """

    __slots__ = ("_chains", "_cut", "_end", "ends", "folded", "kinds", "offsets", "starts", "words")

    def __init__(self, folded: str, offsets: list[int] | None) -> None:
        self.folded, self.offsets = folded, offsets
        self._chains: dict[int, Chain | None] = {}
        self._end = 0  # of the sentences looked at
        self._cut = 0  # where the next token is looked for
        self.kinds: list[str] = [BREAK] * _BEFORE
        self.words: list[str] = [""] * _BEFORE
        self.starts: list[int] = [-1] * _BEFORE
        self.ends: list[int] = [-1] * _BEFORE

    def at(self, position: int) -> int | None:
        """The token that starts at the position; None: none does. Positions are asked for in order."""
        if position >= self._end:
            end = self._sentence_end(position)
            if not (self._may_hold_date(position, end) or self._may_hold_date(self._sentence_begin(position), end)):
                return None
            self._end = self._reach(end)
        if position >= self.ends[-1]:
            self._cut = self._some_words_before(position)
            while self.starts[-_BEFORE] < position and self.grow():
                pass
        index = bisect_left(self.starts, position, _BEFORE)
        return index if index < len(self.starts) and self.starts[index] == position else None

    def grow(self, reach: int = 44) -> bool:
        """Cut some more of the text, at most so many characters; False: nothing is left.

        Of the pieces between blanks one of letters is a word, and no token reaches into it: the others are matched.
        """
        cut, end = self._cut, self._end
        if cut >= end:
            return self._go_on()
        pieces = self.folded[cut : min(cut + reach, end)].split(" ")
        if cut + reach < end:
            pieces.pop()  # it may go on
            if not pieces:
                return self.grow(2 * reach)
        odd = -1  # where the pieces begin that are more than a word
        for piece in pieces:
            if piece.isalpha():
                if odd >= 0:
                    self._match(odd, cut - 1, end)
                    odd = -1
                self.kinds.append(WORD)
                self.words.append(piece)
                self.starts.append(cut)
                cut += len(piece)
                self.ends.append(cut)
            else:
                if odd < 0:
                    odd = cut
                cut += len(piece)
            cut += 1
        self._cut = cut if odd < 0 else max(cut, self._match(odd, cut - 1, end))
        return True

    def _match(self, at: int, stop: int, end: int) -> int:
        """Cut the tokens that begin in a stretch; gives its end, or that of the last token if it is later."""
        folded = self.folded
        while at < stop:
            match = None if folded[at] == " " else _TOKEN.match(folded, at, end)
            if match is None:
                at += 1
                continue
            self.kinds.append((match.lastgroup or WORD)[0])
            self.words.append(match[0])
            self.starts.append(at)
            at = match.end()
            self.ends.append(at)
        return at

    def _go_on(self) -> bool:
        """Go on to the next sentence that may hold a date; behind the last the text is closed. False: it is already."""
        folded, cut = self.folded, self._end
        begin = cut
        while begin < len(folded):
            end = self._sentence_end(begin)
            if self._may_hold_date(begin, end):
                if begin > cut:
                    self._add(GAP, cut, cut + len(folded[cut:begin].rstrip()))
                self._end = self._reach(end)
                self._cut = begin
                return True
            begin = end
        if cut > len(folded):
            return False
        self._end = self._cut = len(folded) + 1
        self._add(BREAK, len(folded), len(folded), times=4)
        return True

    def _may_hold_date(self, begin: int, end: int) -> bool:
        return _HINT.search(self.folded, begin, end) is not None

    def _sentence_end(self, position: int) -> int:
        found = _SENTENCE_END.search(self.folded, position)
        return len(self.folded) if found is None else found.end()

    def _sentence_begin(self, position: int) -> int:
        """Of the sentence the position is in; the marks at a sentence's end are in it."""
        folded = self.folded
        while position and folded[position] in _SENTENCE_MARKS and folded[position - 1] in _SENTENCE_MARKS:
            position -= 1
        return max(folded.rfind(mark, 0, position) for mark in _SENTENCE_MARKS) + 1

    def _reach(self, end: int) -> int:
        """From the end of a sentence on to that of the last that may share a token with the one before it."""
        while _GOES_ON.match(self.folded, end):
            following = self._sentence_end(end)
            if not self._may_hold_date(end, following):
                break
            end = following
        return end

    def _some_words_before(self, position: int) -> int:
        """The start of a token three or more before the position; the last token's end if that is later.

        Of a sentence that cannot hold a date only a GAP stands before the position.
        """
        folded, floor = self.folded, max(self.ends[-1], 0)
        start = max(floor, position - _NEAR)
        pieces = folded[start:position].rsplit(" ", _BLANKS)
        start += len(pieces[0]) + 1
        if len(pieces) <= _BLANKS or not folded[start].isalpha():  # no token holds a letter behind a blank
            start = self._far_before(position, floor)
        if _SENTENCE_END.search(folded, start, position) is None:
            return start
        for mark in reversed([*_SENTENCE_END.finditer(folded, start, position)]):
            if not self._may_hold_date(self._sentence_begin(mark.start()), mark.end()):
                self._add(GAP, start, len(folded[: mark.end()].rstrip()))
                return mark.end()
        return start

    def _far_before(self, position: int, floor: int) -> int:
        """The same where words are long or numbers and marks stand there; the last token's end if that is later."""
        folded, start, passed = self.folded, position, 0
        while passed < _BLANKS or not folded[start + 1].isalpha():
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
