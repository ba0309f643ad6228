"""A line of a bulletin as words with their places, and the organizations named in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from unicodedata import category

from pipelines.normalize.mentions import OrganizationMention, TextLine
from pipelines.normalize.person_starts import may_open
from pipelines.normalize.person_words import TOKEN
from pipelines.normalize.phrase_patterns import word_tree
from pipelines.normalize.spelling import Plain, lower, modern, plain
from pipelines.reference import table

# A full stop of an abbreviation (`PGS. TS. Nguyễn`) ends no sentence: a small letter, a digit or a closing mark stands
# before one that does.
# `re` looks for the stop in C and behind it only there; which letters are small or large `_sentence_ends` asks.
_CLOSING = '”")%'
_BEHIND_STOP = (
    r"""(?=[.!?…"”\s])(?<=[\w”")%].)(?<!\bBs.)(?<!\bThs.)(?<!\bTs.)(?<!\bTp.)(?<!\bđ/c.)"""
    r"""[.!?…]*["”]?\s+(?=["“(]?([^\W_]))"""
)
_STOP = re.compile(rf"\.{_BEHIND_STOP}")
_ODD_STOP = re.compile(rf"[.!?…]{_BEHIND_STOP}")
_NEAREST = 20
_MOST_KEYS = 50_000
_MARKS = frozenset(",.;:)")  # what mostly stands right behind a word
# A sentence that names somebody holds one of these words, or a surname, or an abbreviation of a title.
_TELLING = (
    "tướng tá úy uý bác Bác liệt Liệt đốc chí c ông bà anh chị thầy cô trưởng mẹ TƯỚNG TÁ ÚY UÝ SĨ SỸ ĐỐC CHÍ ÔNG BÀ "
    "TRƯỞNG BÍ CHỦ GIÁM Ông Bà Anh Chị Mẹ Đô Bí Chủ Chính Tư Giám Phó Thứ Viện Hiệu Chánh Chỉ Đồn Thuyền Trưởng Đ đ "
    "Binh"
)


class _Keys(dict[str, str]):
    """Word → how it is compared; words come again and again, so they are kept, a limited number of them.

    quiet  those among them with which no chain of ranks, posts, names … begins, as with most
    """

    def __init__(self) -> None:
        super().__init__()
        self.quiet: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_KEYS:
            self.clear()
            self.quiet.clear()
        key = self[word] = modern(lower(word)).replace("’", "'")
        if not may_open(key):
            self.quiet[word] = key
        return key


_KEYS = _Keys()


class Line:
    """The words of one sentence of a line.

    text           in plain spelling
    words, keys    its words, numbers and marks, as written and as compared (lower case, new tone placement)
    starts         their places in text
    openers        those that may begin a chain of ranks, posts, names …, as far as one word tells
    glued          those without a blank before them
    named          those at which organizations' names begin → the word behind each and its mention, the outermost first
    inside         those in an organization's name, not at its start
    """

    __slots__ = (
        "_begins", "_offset", "_plain", "_shouting", "glued", "inside", "keys", "line_no", "named", "openers", "source",
        "starts", "text", "words", "zone",
    )  # fmt: skip

    def __init__(self, line: TextLine, spelled: Plain, start: int = 0, end: int | None = None) -> None:
        self.line_no, self.zone, self.source = line
        self._plain = spelled
        self._offset = start
        self.text = spelled.text[start:end]
        self.words, self.keys, self.starts, self.openers, self.glued = _tokens(self.text)
        self.named: dict[int, list[tuple[int, OrganizationMention]]] = {}
        self._begins: list[int] | None = None  # those of `named`, in order, for the few who ask
        self.inside: set[int] = set()
        self._shouting: bool | None = None

    @property
    def shouting(self) -> bool:
        """Whether all of it is in capitals: names in it have no end of their own."""
        if self._shouting is None:
            self._shouting = self.text.isupper()
        return self._shouting

    def place(self, mentions: Iterable[OrganizationMention]) -> None:
        """Put the organizations of the line on its words."""
        starts, keys, named, ranks = self.starts, self.keys, self.named, _ranks()
        offset, offsets, length = self._offset, self._plain.offsets, len(self.text)
        for mention in mentions:
            start, end = mention.start, mention.end
            if offsets is not None:
                start, end = bisect_left(offsets, start), bisect_left(offsets, end)
            start -= offset
            end -= offset
            if start < 0 or end > length:
                continue
            first = bisect_left(starts, start)
            last = bisect_left(starts, end, first)
            if last - first > 1 and last < len(keys) and keys[last] in ranks and keys[last - 1] in ranks[keys[last]]:
                last -= 1  # `Công an tỉnh Đại tá Lê Văn A`: the rank's first word was taken for the name's last
            if first < last:
                if first in named:
                    named[first].append((last, mention))
                    named[first].sort(key=lambda one: -one[0])
                else:
                    named[first] = [(last, mention)]
                if last - first > 1:
                    self.inside.update(range(first + 1, last))

    def organization_at(self, at: int) -> OrganizationMention | None:
        """The outermost organization whose name begins at a word."""
        found = self.named.get(at)
        return found[0][1] if found is not None else None

    def organization_end(self, at: int) -> int:
        """The word after the outermost organization that begins at a word."""
        return self.named[at][0][0]

    def joined(self, at: int) -> bool:
        """Whether nothing but blanks stands between a word and the one before."""
        return at not in self.glued

    def end_of(self, at: int) -> int:
        """Where a word ends in text."""
        return self.starts[at] + len(self.words[at])

    def named_before(self, at: int) -> list[int]:
        """Indexes of the organizations named before a word of the sentence, the nearest twenty places."""
        if self._begins is None:
            self._begins = sorted(self.named)
        end = bisect_left(self._begins, at)
        return [one[1].index for begin in self._begins[max(0, end - _NEAREST) : end] for one in self.named[begin]]

    def organization_within(self, start: int, end: int) -> int | None:
        """Index of the outermost organization that begins at a word and ends before another."""
        return next((one[1].index for one in self.named.get(start, ()) if one[0] <= end), None)

    def named_within(self, start: int, end: int) -> list[int]:
        """Indexes of the organizations named within words of the sentence."""
        return [one[1].index for at in range(start, end) for one in self.named.get(at, ()) if one[0] <= end]

    def words_of(self, start: int, end: int) -> str:
        """Words as written, with single blanks."""
        return " ".join(self.text[self.starts[start] : self.end_of(end - 1)].split())

    def source_start(self, at: int) -> int:
        """Where a word begins in the line as given."""
        return self._plain.span(self._offset + self.starts[at], 0)[0]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place of words in the line as given."""
        first, last, offset = self.starts[start], self.starts[end - 1] + len(self.words[end - 1]), self._offset
        return self._plain.span(first + offset, last + offset)


def sentences(line: TextLine) -> list[Line]:
    """The sentences of a line that may name somebody."""
    spelled = plain(line.text)
    text = spelled.text
    # A word stands where the blank before it does here.
    blanked = f" {text}".replace("(", " ").replace("“", " ").replace('"', " ").replace("/", " ").replace("\n", " ")
    search = _telling().search
    telling = search(blanked)
    if telling is None:
        return []
    found, start = [], 0
    for end in (*_sentence_ends(text), len(text)):
        if telling.start() < end:
            found.append(Line(line, spelled, start, end))
            telling = search(blanked, end)
            if telling is None:
                break
        start = end
    return found


def _sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end that are not its last. Full stops are looked for in C, most others are none."""
    ends = []
    for stop in (_ODD_STOP if "!" in text or "?" in text or "…" in text else _STOP).finditer(text):
        before, after = text[stop.start() - 1], stop[1]
        small = before in _CLOSING or before.isdecimal() or category(before) == "Ll"
        if small and (after.isdecimal() or category(after) == "Lu"):
            ends.append(stop.end())
    return ends


def _tokens(text: str) -> tuple[list[str], list[str], list[int], list[int], set[int]]:
    """Words, keys, starts, openers and glued of a text: its words, numbers and marks as TOKEN finds them.

    Most stand between single blanks or before one mark and were met before, which is seen without a pattern.
    """
    words: list[str] = []
    keys: list[str] = []
    starts: list[int] = []
    openers: list[int] = []
    glued = {0}
    quiet, known, start = _KEYS.quiet, _KEYS.get, 0
    for piece in text.split(" "):
        key = quiet.get(piece)
        if key is not None:
            words.append(piece)
            keys.append(key)
            starts.append(start)
            start += len(piece) + 1
            continue
        word, mark, key = piece, "", known(piece)
        if key is None and piece[-1:] in _MARKS:
            word, mark = piece[:-1], piece[-1]
            key = known(word)
        if key is None:
            done = -1
            for token in TOKEN.finditer(piece):
                word = token[0]
                key = _KEYS[word]
                if word not in quiet:
                    openers.append(len(words))
                if token.start() == done:
                    glued.add(len(words))
                done = token.end()
                words.append(word)
                keys.append(key)
                starts.append(start + token.start())
        else:
            if word not in quiet:
                openers.append(len(words))
            words.append(word)
            keys.append(key)
            starts.append(start)
            if mark:
                glued.add(len(words))
                words.append(mark)
                keys.append(mark)
                starts.append(start + len(word))
        start += len(piece) + 1
    return words, keys, starts, openers, glued


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
def _telling() -> re.Pattern[str]:
    """One of the words between blanks."""
    surnames = [row["surname"] for row in table("surnames")]
    titles = [form.strip(" .") for row in table("titles") for form in row["abbreviations"].split(";")]
    told = (*_TELLING.split(), *surnames, *(name.upper() for name in surnames), *titles)
    words = {word for word in told if word and " " not in word and "/" not in word}
    words -= {"Đồng", "An"}  # these two begin too many other words
    letters = "".join(sorted({word[0] for word in words}))
    return re.compile(f" (?=[{letters}]){word_tree(words)}(?!\\S)")
