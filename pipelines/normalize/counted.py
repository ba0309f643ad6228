"""What follows a number: a unit of measure, or the words for what is counted.

Tables: reference/units.tsv and reference/counted_nouns.tsv. A noun's unit is itself (`tập thể`), or the word that
counts it (`lượt người` → `lượt`); `counts` gives the full form of a noun that stands for a longer one (`giường` →
`giường bệnh`).

One file, though a long one: the first half makes the two tables into trees of words that only the second half reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipelines.normalize.date_words import one_of
from pipelines.normalize.number_words import Ahead, Number
from pipelines.normalize.spelling import lower, modern
from pipelines.normalize.word_trees import WordTree
from pipelines.reference import table

HEADS = frozenset({"head", "head_body", "head_place", "head_act", "head_score"})
_TEXT_OF = {"head": "thing", "head_body": "body", "head_place": "place", "head_act": "act", "head_score": "score"}
_LISTED = frozenset({"person", "body", "place", "award"})
_LIST_GOES_ON = (",", " và ", " ,", "  ")


@dataclass(slots=True)
class Amount:
    """A number and what it is of. kind: as in units.tsv, counted_nouns.tsv; unknown; bare: nothing follows."""

    number: Number
    value: int | Decimal
    unit: str
    counts: str
    kind: str
    end: int
    most: int | Decimal | None = None


class Measure(NamedTuple):
    """A row of units.tsv: a unit of measure, `''` of time. kind: percent, money, measure, time.

    not_before  words before which it is none (`đồng | bào`)
    """

    unit: str
    factor: Decimal
    kind: str
    words: str
    not_before: frozenset[str]


class _Noun(NamedTuple):
    """A row of counted_nouns.tsv. kind: what it counts; not_before: words before which it is none."""

    unit: str
    counts: str
    role: str
    kind: str
    not_before: frozenset[str]

    def of(self, number: Number, given: str, start: int, end: int) -> Amount:
        return Amount(number, number.value, self.unit, self.counts or given[start:end], self.kind, end)


def spellings(words: str) -> frozenset[str]:
    """Words of a table as texts write them, in lower case: with new and old tone placement."""
    small = modern(lower(words))
    return frozenset((small, _NEW.sub(lambda match: _old()[match[0]], small)))


@cache
def _old() -> dict[str, str]:
    return {modern(vowels): vowels for vowels in one_of("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ")}


_NEW = re.compile(r"(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)(?!\w)")


@cache
def _units() -> dict[str, Measure]:
    return {
        words: Measure(
            row["unit"], Decimal(row["factor"] or 1), row["kind"], words, _not_before("no_unit").get(words, frozenset())
        )
        for row in table("units")
        for words in spellings(row["surface"])
    }


@cache
def _unit_tree() -> WordTree[Measure]:
    return WordTree(_units())


@cache
def _symbols() -> dict[str, list[Measure]]:
    """Units that are no words, by their first character, the longest first."""
    found: dict[str, list[Measure]] = {}
    for words, unit in sorted(_units().items(), key=lambda item: -len(item[0])):
        if not words[0].isalpha():
            found.setdefault(words[0], []).append(unit)
    return found


@cache
def _nouns() -> dict[str, _Noun]:
    return {
        words: _Noun(
            row["unit"] or row["noun"],
            row["counts"],
            row["kind"],
            _TEXT_OF.get(row["kind"], row["kind"]),
            _not_before("no_noun").get(words, frozenset()),
        )
        for row in table("counted_nouns")
        if row["kind"] != "stuff"
        for words in spellings(row["noun"])
    }


@cache
def _noun_tree() -> WordTree[_Noun]:
    return WordTree({words: noun for words, noun in _nouns().items() if "," not in words})


@cache
def _stuff_tree() -> WordTree[bool]:
    rows = (row for row in table("counted_nouns") if row["kind"] == "stuff")
    return WordTree({words: True for row in rows for words in spellings(row["noun"])})


@cache
def _lists() -> dict[str, list[tuple[str, _Noun]]]:
    """Nouns with commas inside, by their first word: `bộ, ban, ngành`; the longest first."""
    found: dict[str, list[tuple[str, _Noun]]] = {}
    for words, noun in sorted(_nouns().items(), key=lambda item: -len(item[0])):
        if "," in words:
            found.setdefault(words.partition(",")[0].split()[0], []).append((words, noun))
    return found


@cache
def _not_before(role: str) -> dict[str, frozenset[str]]:
    """The pairs of a role of number_cues.tsv: by their first words the second ones."""
    pairs = [words.rpartition(" ")[::2] for words in cues(role)]
    return {first: frozenset(second for one, second in pairs if one == first) for first, _ in pairs}


@cache
def cues(role: str) -> frozenset[str]:
    """The words of a role in number_cues.tsv."""
    rows = (row for row in table("number_cues") if row["role"] == role)
    return frozenset(words for row in rows for words in spellings(row["words"]))


def unit_at(text: str, given: str, at: int, following: Ahead) -> tuple[Measure, int] | None:
    """The unit at the position, the longest of the table, and where it ends.

    text  lower case; `given` the same with its capitals: `5G` is no gram
    """
    if first := following.first:
        if first not in _unit_tree().firsts and first.isalpha():
            return None
        return _named_unit(text, given, at, following)
    start = at
    while start < at + 3 and text[start : start + 1] == " ":
        start += 1
    for unit in _symbols().get(text[start : start + 1], ()):
        end = start + len(unit.words)
        if text.startswith(unit.words, start) and not text[end : end + 1].isalnum():
            return unit, end
    return None


def _named_unit(text: str, given: str, at: int, following: Ahead) -> tuple[Measure, int] | None:
    words = following.words
    found = _unit_tree().all(words)
    if not found or ("/" in words[0] and words[0] in _nouns()):
        return None  # none; `đ/c`
    for unit, count in reversed(found):
        end = following.start(count - 1) + len(words[count - 1].partition("/")[0])
        if text[end : end + 1].isalnum() or (count < len(words) and words[count] in unit.not_before):
            continue
        if len(unit.words) == 1:
            start = end - 1
            if given[start].isupper() or (start > at and unit.words in "hg"):
                continue
        return unit, end
    return None


# No Vietnamese syllable ends so: `5 years`, `12 results`.
_FOREIGN = re.compile(r"[sdrlkbfjvwz](?!\w)")
_PER = re.compile(r"/([^\W\d_]\w{0,11})")


def per_unit(text: str, at: int) -> tuple[str, int] | None:
    """What a measure is per, and where it ends: `tấn/ha`, `km/h`."""
    match = _PER.match(text, at)
    if match is None:
        return None
    known = _units().get(match[1])
    return (known.unit if known and known.unit else match[1]), match.end()


def stuff_at(following: Ahead) -> int | None:
    """Where the measured stuff after a unit ends: `5 tấn | gạo`."""
    stuff = _stuff_tree()
    if following.first not in stuff.firsts:
        return None
    found = stuff.longest(following.words)
    return following.end(found[1]) if found else None


def noun_at(text: str, given: str, number: Number, following: Ahead) -> Amount | None:
    """So many of the counted noun of the table that the words begin with, and the words that belong to it."""
    words, first = following.words, following.first
    for listed, noun in _lists().get(first, ()):
        start = following.start(0)
        end = start + len(listed)
        if text.startswith(listed, start) and not text[end : end + 1].isalnum():
            return noun.of(number, given, start, end)
    nouns = _noun_tree()
    found = nouns.longest(words) if first in nouns.firsts else None
    if found is None:
        return None
    noun, count = found
    if count == 1 and len(words) > 1 and words[1] in noun.not_before:
        return None
    start, end = following.span(count)
    if noun.role in HEADS:
        longer = _complement_end(text, given, following, count)
        if longer > end:
            return Amount(number, number.value, noun.unit, given[start:longer], noun.kind, longer)
    elif noun.role in _LISTED and text.startswith(_LIST_GOES_ON, end):
        longer = _list_end(text, given, start, end, noun.role)
        if longer > end:
            listed = given[start:longer]
            return Amount(number, number.value, listed, listed, noun.kind, longer)
    return noun.of(number, given, start, end)


def _list_end(text: str, given: str, first: int, at: int, role: str) -> int:
    """Where a list of nouns of one kind ends that the number counts together: `cán bộ, chiến sĩ`."""
    for _ in range(4):
        start = at
        while text[start : start + 1] == " ":
            start += 1
        if text[start : start + 1] == ",":
            start += 1
        elif text.startswith("và ", start):
            start += 3
        else:
            break
        following = Ahead(text, start)
        words = following.words
        found = _noun_tree().longest(words)
        if found is None or found[0].role != role or text.startswith(words[0], first):
            break
        noun, count = found
        if count == 1 and len(words) > 1 and words[1] in noun.not_before:
            break
        end = following.end(count)
        after = given[end : end + 4].lstrip(" ")[:1]
        if after.isupper() or given[following.start(0)].isupper() != given[at - 1].isupper():
            break  # `15 đồng chí, cán bộ Sư đoàn 5`
        at = end
    return at


def _complement_end(text: str, given: str, following: Ahead, count: int) -> int:
    """Where the words end that say what a counting word counts: `lượt | người`, `chốt | dân quân`."""
    words = following.words
    found = _noun_tree().longest(words, count)
    if found is None or found[0].role in HEADS or words[count] in cues("complement_stop"):
        return _phrase_end(given, following, count, 4)
    end = following.end(found[1])
    role = found[0].role
    return _list_end(text, given, following.start(count), end, role) if role in _LISTED else end


def _phrase_end(given: str, following: Ahead, first: int, most: int) -> int:
    """The end of the lower case words from `first` on and before a stop word; of a longer run two, as most words have
    two syllables. The end of those before them, if there are none."""
    words, stops = following.words, cues("complement_stop")
    count, enough = first, first + most + 1
    starts = following.starts(enough)
    for word in words[first:enough]:
        if word in stops or "/" in word or not given[starts[count]].islower():
            break
        if word in _first_of_stops() and " ".join(words[count : count + 2]) in stops:
            break
        count += 1
    if count - first > most:
        count = first + 2
    return starts[count - 1] + len(words[count - 1]) if count else starts[0]


@cache
def _first_of_stops() -> frozenset[str]:
    return frozenset(words.partition(" ")[0] for words in cues("complement_stop") if " " in words)


def unknown_at(given: str, number: Number, following: Ahead) -> Amount | None:
    """So many of one to three words in lower case that the table does not know: `15 | bể bơi`; None after a verb."""
    if not following.first or following.first in cues("stop"):
        return None
    start = following.start(0)
    end = _phrase_end(given, following, 0, 3)
    if end == start or _FOREIGN.search(given, start, end):
        return None
    return Amount(number, number.value, given[start:end], given[start:end], "unknown", end)


@cache
def ends_counting() -> frozenset[str]:
    """Words behind a number that begin no unit and nothing countable: verbs and particles."""
    return cues("stop") - _noun_tree().firsts.keys() - _lists().keys() - _unit_tree().firsts.keys()


def counts_nothing(value: int | Decimal, following: Ahead) -> bool:
    """Whether number and word are a fixed phrase: `hai bên`, `hai nước`."""
    if following.first.partition(" ")[0] not in _first_fixed():
        return False
    return any(f"{value} {' '.join(following.words[:count])}" in cues("fixed") for count in (1, 2, 3))


@cache
def _first_fixed() -> frozenset[str]:
    return frozenset(words.split(" ")[1] for words in cues("fixed"))
