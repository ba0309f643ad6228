"""What stands before a number: words that make it more, less, about, a change; or that make it part of a name.

Table: reference/number_cues.tsv. Roles of qualifiers: gt, lt, approx, up, down, more, less, beyond. Of names: name
(`tiểu đoàn 4`), name_capital (a name only with a capital letter: `Trung tâm 386`), rank (`loại 2`), caliber (`pháo
105 mm`), no_head (`quy tập`: no volume). year_before (`trong năm`) tells a year from a five; the others are of
counted.py.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.normalize.counted import cues, spellings
from pipelines.normalize.word_trees import WordTree
from pipelines.reference import table

QUALIFIERS = ("gt", "lt", "approx", "up", "down", "more", "less", "beyond")
_CHANGES = frozenset({"up", "down"})
_TAIL = re.compile(r"\w[\w/]*$")
_CLOSING = frozenset(".,;:)!?%”")  # marks behind a word
GOES_WITH = frozenset(["từ", "gấp"])  # with the number behind it
_Words = tuple[list[str], list[int], str]


class Before:
    """The words before a number, at most eight within 64 characters, cut at marks and line ends.

    near    the word next to the number; ''. Most often nothing else is asked for
    nearest its position; -1
    words   nearest first
    starts  their positions in the text
    opened  the mark before the last of them or, without words, before the number; '' at a line's start
    qualifier, change, start  of a `qualified` number, whose qualifying words are none of these: what they say, and
            where they begin
    """

    __slots__ = ("_known", "_text", "change", "near", "nearest", "qualifier", "start")

    def __init__(self, text: str, at: int, known: _Words | None = None) -> None:
        self._text, self._known, self.start = text, known, at
        self.qualifier = self.change = ""
        if known is None and at and text[at - 1] == " ":
            nearest = text.rfind(" ", at - 64 if at > 64 else 0, at - 1) + 1
            near = text[nearest : at - 1] if nearest else ""
            if near.isalnum():
                self.near, self.nearest = near, nearest
                return
            if near and near[-1] in _CLOSING:
                self._known = [], [], near[-1]
        self._look()

    def _look(self) -> None:
        words, starts, _ = self._all()
        self.near, self.nearest = (words[0], starts[0]) if words else ("", -1)

    def _all(self) -> _Words:
        if self._known is None:
            self._known = _words_before(self._text, self.start)
        return self._known

    @property
    def words(self) -> list[str]:
        return self._all()[0]

    @property
    def starts(self) -> list[int]:
        return self._all()[1]

    @property
    def opened(self) -> str:
        return self._all()[2]

    def earlier(self) -> Before:
        """What stands before the word next to the number, and how that qualifies it."""
        words, starts, opened = self._all()
        place = Before(self._text, starts[0], (words[1:], starts[1:], opened))
        place.take_qualifiers()
        return place

    def take_qualifiers(self) -> None:
        """Take the qualifying words off: `tăng khoảng`, `ước đạt trên`."""
        words, starts, opened = self._all()
        taken = 0
        for _ in range(3):
            found = _roles().longest(words, taken)
            if found is None:
                break
            role, end = found
            if role in _CHANGES:
                if end < len(words) and words[end] == "xe":
                    break  # `xe tăng`
                self.change = self.change or role
            else:
                self.qualifier = self.qualifier or role
            taken = end
        if taken:
            self.start = starts[taken - 1]
            self._known = words[taken:], starts[taken:], opened
            self._look()


@cache
def _roles() -> WordTree[str]:
    """Roles by their words, the last one first: so they are met from a number on."""
    rows = (row for row in table("number_cues") if row["role"] in QUALIFIERS)
    return WordTree(
        {" ".join(words.split(" ")[::-1]): row["role"] for row in rows for words in spellings(row["words"])}
    )


def _words_before(text: str, at: int) -> _Words:
    begin = at - 64 if at > 64 else 0
    words: list[str] = []
    starts: list[int] = []
    opened, end = "", at
    for word in reversed(text[begin:at].split(" ")):
        start = end - len(word)
        if word.isalnum():
            if start == begin > 0 or len(words) == 8:
                break  # it may be the rest of a longer word
            words.append(word)
            starts.append(start)
        elif word:
            piece = word
            tail = _TAIL.search(piece) if piece[-1].isalnum() or piece[-1] in "/_\n" else None
            if tail:
                words.append(tail[0])
                starts.append(start + tail.start())
                piece = piece[: tail.start()]
            opened = piece[-1:].strip("\n")
            if opened == "-" and text[max(start - 2, 0) : start + len(piece) - 1].rstrip(" ")[-1:] in {"", "\n"}:
                opened = ""  # a list's bullet
            if piece or len(words) == 8:
                break
        end = start - 1
    return words, starts, opened


def tells_nothing(text: str, at: int) -> bool:
    """Whether the word before a number and a blank neither qualifies it nor makes it a name's, as most often."""
    word = text[text.rfind(" ", at - 64 if at > 64 else 0, at - 1) + 1 : at - 1]
    return word not in _telling() if word.isalnum() else word[-1:] in _CLOSING


@cache
def _telling() -> frozenset[str]:
    return _last_of_names() | _roles().firsts.keys() | GOES_WITH


def qualified(text: str, at: int) -> Before:
    """What stands before a number and its qualifying words."""
    place = Before(text, at)
    if place.near in _roles().firsts:
        place.take_qualifiers()
    return place


@cache
def _last_of_names() -> frozenset[str]:
    heads = (cues(role) for role in ("name", "name_capital", "rank", "caliber"))
    return frozenset(words.rpartition(" ")[2] for words in frozenset().union(*heads))


def named_by(place: Before, given: str) -> str:
    """The role by which the words before a number make it a name's: name, caliber, rank or ''.

    given  the text with its capitals
    """
    if place.near not in _last_of_names():
        return ""
    words = place.words
    for count in range(min(3, len(words)), 0, -1):
        head = " ".join(words[count - 1 :: -1])
        earlier = words[count] if len(words) > count else ""
        if earlier and f"{earlier} {head}" in cues("no_head"):
            return ""
        if head in cues("caliber"):
            return "caliber"
        if head in cues("name"):
            if head == "số":
                return "" if earlier in {"tổng", "trong", "quân", "con", "dân", "sĩ", "đa", "nhân"} else "name"
            if earlier == "mỗi" or (earlier in {"tổng", "toàn"} and head != "lần"):
                return ""
            return "name"
        if head in cues("name_capital") and given[place.starts[count - 1]].isupper():
            return "name"
        if head in cues("rank"):
            return "" if earlier == "mỗi" else "rank"
    return ""
