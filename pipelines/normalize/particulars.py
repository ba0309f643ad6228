"""What two texts of one template differ in: figures, days and names, each with the words around it.

A reprint says the same figure in the same words; the conference of the same unit a year later says another one there.
So both texts are compared place by place. A place is known by the two words before it and the two behind it, in which
figures and names count as blanks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.normalize.spelling import plain
from pipelines.text import fold

KINDS = FIGURE, DAY, NAME = "figure", "day", "name"
_BLANKS = {FIGURE: "#", DAY: "#", NAME: "@"}
_TOKEN = re.compile(r"\d{1,12}(?:[.,:/-]\d{1,12}){0,4}|[^\W\d_]{1,40}\d{0,6}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DAY = re.compile(r"0?([1-9]|[12]\d|3[01])(?:[-/]0?([1-9]|1[0-2])(?:[-/](\d{4}))?|\.0?([1-9]|1[0-2])\.(\d{4}))")
_SENTENCE_ENDS = re.compile(r"[.!?…:;\n“”\"]")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_AROUND = 2


class _Told(NamedTuple):
    kind: str
    value: str


class _Token(NamedTuple):
    """word: as it counts in the surroundings of others."""

    word: str
    told: _Told | None


Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """places: what is told at each; values: all that is told, wherever."""

    places: dict[Place, list[_Told]]
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Places known in both texts, by kind: how many tell the same, how many something else, and one of those."""

    same: dict[str, int]
    other: dict[str, int]
    example: str
    overlap: float | None
    """Share of the values of the text with fewer that the other has too; None: fewer than four."""


def particulars(parts: Iterable[str]) -> Particulars:
    """parts: title, lead, body; no place spans two of them."""
    places = defaultdict[Place, list[_Told]](list)
    for part in parts:
        tokens = list(_tokens(plain(part).text))
        words = ["", "", *(token.word for token in tokens), "", ""]
        for at, token in enumerate(tokens):
            if token.told is None:
                continue
            around = (*words[at : at + _AROUND], *words[at + _AROUND + 1 : at + 2 * _AROUND + 1])
            if sum(word.isalnum() for word in around) >= _AROUND:
                places[_BLANKS[token.told.kind], *around].append(token.told)
            else:
                places["", token.told.value].append(token.told)
    values = frozenset(told.value for found in places.values() for told in found)
    return Particulars({place: found for place, found in places.items() if place[0]}, values)


def agreement(one: Particulars, other: Particulars) -> Agreement:
    same, differing = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    examples = list[str]()
    for place in one.places.keys() & other.places.keys():
        mine, theirs = one.places[place], other.places[place]
        if any(_alike(told.value, its.value) for told in mine for its in theirs):
            same[mine[0].kind] += 1
        else:
            differing[mine[0].kind] += 1
            examples.append(f"{' '.join(place[1:3])} {'/'.join(sorted((mine[0].value, theirs[0].value)))}".strip())
    fewer = min(len(one.values), len(other.values))
    overlap = len(one.values & other.values) / fewer if fewer >= 4 else None
    return Agreement(same, differing, min(examples, default=""), overlap)


def _alike(one: str, other: str) -> bool:
    """Also `8/7` and `8/7/2022`."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _tokens(text: str) -> Iterator[_Token]:
    for line in text.split("\n"):
        yield from _tokens_of_line(line)


def _tokens_of_line(line: str) -> Iterator[_Token]:
    shouted = line.isupper()
    run, end, before = list[str](), 0, ""
    opens = False  # the run stands where a sentence begins
    for match in _TOKEN.finditer(line):
        gap, word, end = line[end : match.start()], match[0], match.end()
        capital = word[0].isupper() and not shouted
        if run and not (capital and gap == " "):
            yield _name(run, opens)
            run = []
        if capital:
            if not run:
                opens = match.start() == len(gap) or _SENTENCE_ENDS.search(gap) is not None
            run.append(fold(word))
        elif word[0].isdigit():
            yield _figure(word, before)
        else:
            yield _Token(fold(word), None)
        before = word
    if run:
        yield _name(run, opens)


def _name(run: Sequence[str], opens: bool) -> _Token:
    """A run of capitalized words. One word at the start of a sentence is any word."""
    if opens and len(run) == 1:
        return _Token(run[0], None)
    return _Token(_BLANKS[NAME], _Told(NAME, " ".join(run)))


def _figure(word: str, before: str) -> _Token:
    if day := _DAY.fullmatch(word):
        date, month, year = day[1], day[2] or day[4], day[3] or day[5]
        return _Token("#", _Told(DAY, "/".join(filter(None, (date, month, year)))))
    if _THOUSANDS.fullmatch(word):
        return _Token("#", _Told(FIGURE, re.sub(r"\D", "", word)))
    value = _ZEROS.sub("", word).replace(".", ",").replace("-", "/")
    return _Token("#", _Told(DAY if before.lower() == "ngày" else FIGURE, value))
