"""What two texts of one template differ in: figures, days and names, each with the words around it.

A reprint says the same figure in the same words; the conference of the same unit a year later says another one there.
So both texts are compared place by place. A place is known by the two words before it and the two behind it, in which
figures and names count as blanks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.normalize.shingles import folded
from pipelines.normalize.spelling import plain

KINDS = FIGURE, DAY, NAME = "figure", "day", "name"
_TOKEN = re.compile(r"(\d{1,12}(?:[.,:/-]\d{1,12}){0,4}|[^\W\d_]{1,30}\d{0,6})")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DAY = re.compile(r"0?([1-9]|[12]\d|3[01])(?:[-/]0?([1-9]|1[0-2])(?:[-/](\d{4}))?|\.0?([1-9]|1[0-2])\.(\d{4}))")
_SENTENCE_ENDS = re.compile(r"[.!?…:;\n“”\"]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS_OF_DAY = frozenset(("sang", "trua", "chieu", "toi", "dem", "ngay"))
_WHEN = "ngay"
"""`Sáng 7-7` and `Chiều 3-7` stand at the same place of two texts."""
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


Place = tuple[str, ...]
Told = tuple[str, str]
"""Kind and value, as they compare: `("figure", "1250")`, `("day", "8/7/2022")`, `("name", "pham duc duyen")`."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """places: what is told at each; values: all that is told, wherever."""

    places: dict[Place, list[Told]]
    values: frozenset[Told]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Places that two texts have in common.

    same, other  how many tell the same and how many something else, by kind
    example      one of the latter; ''
    overlap      share of the values of the text with fewer that the other has, wherever; None: under four
    """

    same: dict[str, int]
    other: dict[str, int]
    example: str
    overlap: float | None


def particulars(parts: Iterable[str]) -> Particulars:
    """parts: title, lead, body; no place spans two of them."""
    places = defaultdict[Place, list[Told]](list)
    values = set[Told]()
    for part in parts:
        words, told = _read(plain(part).text)
        words = ["", "", *words, "", ""]
        for at, it in told:
            values.add(it)
            around = (*words[at : at + 2], *words[at + 3 : at + 5])
            if sum(map(str.isalnum, around)) >= 2:
                places[words[at + 2], *around].append(it)
    return Particulars(dict(places), frozenset(values))


def agreement(one: Particulars, other: Particulars) -> Agreement:
    same, differing, examples = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0), list[str]()
    for place in one.places.keys() & other.places.keys():
        mine, theirs = one.places[place], other.places[place]
        if any(_alike(told, its) for told in mine for its in theirs):
            same[mine[0][0]] += 1
        else:
            differing[min(mine[0][0], theirs[0][0])] += 1
            examples.append(f"{' '.join(place[1:3])} {' / '.join(sorted((mine[0][1], theirs[0][1])))}".strip())
    fewer = min(len(one.values), len(other.values))
    overlap = len(one.values & other.values) / fewer if fewer >= 4 else None
    return Agreement(same, differing, min(examples, default=""), overlap)


def _alike(one: Told, other: Told) -> bool:
    """Also `8/7` and `8/7/2022`."""
    return one[1] == other[1] or one[1].startswith(f"{other[1]}/") or other[1].startswith(f"{one[1]}/")


def _read(text: str) -> tuple[list[str], list[tuple[int, Told]]]:
    """The words as they count in the surroundings of others, and where something is told among them."""
    words, told = list[str](), list[tuple[int, Told]]()
    for line in text.split("\n"):
        pieces = _TOKEN.split(line.lower() if line.isupper() else line)  # capitals alone tell no names apart
        run, opens = list[str](), True
        for gap, word in zip(pieces[::2], pieces[1::2], strict=False):
            if run and (gap != " " or not word[0].isupper()):
                _end(run, opens, words, told)
                run = []
            if word[0].isupper():
                if not run:
                    opens = gap == pieces[0] or _SENTENCE_ENDS.search(gap) is not None
                run.append(folded(word))
            elif word[0].isdigit():
                told.append((len(words), _figure(word, words[-1] if words else "")))
                words.append("#")
            else:
                words.append(_WHEN if (plain_word := folded(word)) in _PARTS_OF_DAY else plain_word)
        if run:
            _end(run, opens, words, told)
    return words, told


def _end(run: Sequence[str], opens: bool, words: list[str], told: list[tuple[int, Told]]) -> None:
    """A run of capitalized words is a name; one such word at the start of a sentence is any word."""
    if opens and len(run) == 1:
        words.append(_WHEN if run[0] in _PARTS_OF_DAY else run[0])
    else:
        told.append((len(words), (NAME, " ".join(run))))
        words.append("@")


def _figure(word: str, before: str) -> Told:
    if day := _DAY.fullmatch(word):
        of_month, month, year = day[1], day[2] or day[4], day[3] or day[5]
        if month:
            return DAY, "/".join(filter(None, (of_month, month, year)))
    if _THOUSANDS.fullmatch(word):
        return FIGURE, re.sub(r"\D", "", word)
    value = _ZEROS.sub("", word).replace(".", ",").replace("-", "/")
    return (DAY if before == _WHEN or _YEAR.fullmatch(word) else FIGURE), value
