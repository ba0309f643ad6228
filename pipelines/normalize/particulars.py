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

from pipelines.normalize.shingles import MOST, folded
from pipelines.normalize.spelling import plain

KINDS = FIGURE, DAY, NAME = "figure", "day", "name"
_TOKEN = re.compile(r"(\d{1,12}(?:[.,:/-]\d{1,12}){0,4}|[^\W\d_]{1,30}\d{0,6})")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DAY = re.compile(r"0?([1-9]|[12]\d|3[01])(?:[-/]0?([1-9]|1[0-2])(?:[-/](\d{4}))?|\.0?([1-9]|1[0-2])\.(\d{4}))")
_SENTENCE_ENDS = re.compile(r"[.!?…:;\n“”\"]")
_LONG_DAY = re.compile(r"\b(\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS_OF_DAY = frozenset(("sang", "trua", "chieu", "toi", "dem", "ngay"))
_WHEN = "ngay"
"""`Sáng 7-7` and `Chiều 3-7` stand at the same place of two texts."""
_MOST_AT_A_PLACE = 8
"""Rows of a table read alike; a hundred of them say no more than eight."""
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")

Place = tuple[str, ...]
Told = tuple[str, str]
"""Kind and value, as they compare: `("figure", "1250")`, `("day", "8/7/2022")`, `("name", "pham duc duyen")`."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """places: what is told at each; values: all that is told, wherever; in_text, in_title: of these, where."""

    places: dict[Place, list[Told]]
    values: frozenset[Told]
    in_text: frozenset[Told]
    in_title: frozenset[Told]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two texts tell at the places they have in common.

    same     how many values both tell, by kind; the unit that a text names in each sentence is one
    other    how many times one value stands where the other text has another one, by kind
    example  one of the latter; ''
    overlap  share of the values of the text with fewer that the other has, wherever; None: under four
    """

    same: dict[str, int]
    other: dict[str, int]
    example: str
    overlap: float | None


def particulars(title: str, text: Iterable[str]) -> Particulars:
    """text: lead and body; no place spans two parts."""
    places = defaultdict[Place, list[Told]](list)
    in_title, in_text = set[Told](), set[Told]()
    for number, part in enumerate((title, *text)):
        words, told = _read(plain(part[:MOST]).text)
        words = ["", "", *words, "", ""]
        for at, it in told:
            (in_text if number else in_title).add(it)
            around = (*words[at : at + 2], *words[at + 3 : at + 5])
            place = (words[at + 2], *around)
            if sum(map(str.isalnum, around)) >= 2 and len(places[place]) < _MOST_AT_A_PLACE:
                places[place].append(it)
    return Particulars(dict(places), frozenset(in_title | in_text), frozenset(in_text), frozenset(in_title))


def agreement(one: Particulars, other: Particulars) -> Agreement:
    same, differing = set[Told](), set[tuple[Told, Told]]()
    examples = list[str]()
    for place in one.places.keys() & other.places.keys():
        mine, theirs = one.places[place], other.places[place]
        if alike := [told for told in mine if any(_alike(told, its) for its in theirs)]:
            same.update(alike)
        else:
            differing.add((min(mine[0], theirs[0]), max(mine[0], theirs[0])))
            examples.append(f"{' '.join(place[1:3])} {' / '.join(sorted((mine[0][1], theirs[0][1])))}".strip())
    fewer = min(len(one.values), len(other.values))
    return Agreement(
        {kind: sum(told[0] == kind for told in same) for kind in KINDS},
        {kind: sum(pair[0][0] == kind for pair in differing) for kind in KINDS},
        min(examples, default=""),
        len(one.values & other.values) / fewer if fewer >= 4 else None,
    )


def missing(extract: Particulars, whole: Particulars) -> list[Told]:
    """What the text of one tells and the other nowhere does."""
    return _lacking(extract.in_text, whole)


def missing_of_title(extract: Particulars, whole: Particulars) -> list[Told]:
    """What the title of one tells and the other nowhere does."""
    return _lacking(extract.in_title, whole)


def _lacking(told: frozenset[Told], whole: Particulars) -> list[Told]:
    return [it for it in told - whole.values if not any(_alike(it, its) for its in whole.values)]


def _alike(one: Told, other: Told) -> bool:
    """Of days also one that is told in full and one that is not: `8/7` and `8/7/2022`."""
    if one[0] != DAY or other[0] != DAY:
        return one[1] == other[1]
    return f"{one[1]}/".startswith(f"{other[1]}/") or f"{other[1]}/".startswith(f"{one[1]}/")


def _read(text: str) -> tuple[list[str], list[tuple[int, Told]]]:
    """The words as they count in the surroundings of others, and where something is told among them."""
    words, told = list[str](), list[tuple[int, Told]]()
    for line in _LONG_DAY.sub(_short_day, text).split("\n"):
        pieces = _TOKEN.split(line.lower() if line.isupper() else line)  # capitals alone tell no names apart
        run, opens, first = list[str](), True, True
        for gap, word in zip(pieces[::2], pieces[1::2], strict=False):
            if run and (gap != " " or not word[0].isupper()):
                _end(run, opens, words, told)
                run = []
            if word[0].isupper():
                if not run:
                    opens = first or _SENTENCE_ENDS.search(gap) is not None
                run.append(folded(word))
            elif word[0].isdigit():
                told.append((len(words), _figure(word, words[-1] if words else "")))
                words.append("#")
            else:
                words.append(_WHEN if (plain_word := folded(word)) in _PARTS_OF_DAY else plain_word)
            first = False
        if run:
            _end(run, opens, words, told)
    return words, told


def _short_day(long: re.Match[str]) -> str:
    return "/".join(filter(None, long.groups()))


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
