"""What follows a number: a unit of measure, or the words for what is counted.

Tables: reference/units.tsv and reference/counted_nouns.tsv. A noun's unit is itself (`tập thể`), or the word that
counts it (`lượt người` → `lượt`); `counts` gives the full form of a noun that stands for a longer one (`giường` →
`giường bệnh`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipelines.normalize.date_words import one_of
from pipelines.normalize.number_words import Ahead, ahead
from pipelines.normalize.spelling import lower, modern
from pipelines.reference import table

HEADS = frozenset({"head", "head_body", "head_place", "head_act", "head_score"})
_TEXT_OF = {"head_body": "body", "head_place": "place", "head_act": "act", "head_score": "score"}
_LISTED = frozenset({"person", "body", "place", "award"})
_LONGEST = 5


class Unit(NamedTuple):
    """A unit of measure. kind: percent, money, measure, time. unit `''` for units of time."""

    unit: str
    factor: Decimal
    kind: str
    end: int


class Counted(NamedTuple):
    """Counted words. kind: as in counted_nouns.tsv, or unknown."""

    unit: str
    counts: str
    kind: str
    end: int


def spellings(words: str) -> frozenset[str]:
    """Words of a table as texts write them, in lower case: with new and old tone placement."""
    small = modern(lower(words))
    return frozenset((small, _NEW.sub(lambda match: _old()[match[0]], small)))


@cache
def _old() -> dict[str, str]:
    return {modern(vowels): vowels for vowels in one_of("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ")}


_NEW = re.compile(r"(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)(?!\w)")


@cache
def _units() -> dict[str, tuple[str, Decimal, str]]:
    return {
        words: (row["unit"], Decimal(row["factor"] or 1), row["kind"])
        for row in table("units")
        for words in spellings(row["surface"])
    }


@cache
def _symbols() -> dict[str, list[str]]:
    """Units that are no words, by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for unit in sorted((unit for unit in _units() if not unit[0].isalpha()), key=len, reverse=True):
        found.setdefault(unit[0], []).append(unit)
    return found


@cache
def _nouns(stuff: bool = False) -> dict[str, dict[str, str]]:
    rows = (row for row in table("counted_nouns") if (row["kind"] == "stuff") == stuff)
    return {words: row for row in rows for words in spellings(row["noun"])}


@cache
def _first_words(stuff: bool = False) -> dict[str, int]:
    return _most_words(noun.replace(",", "") for noun in _nouns(stuff))


@cache
def _first_of_units() -> dict[str, int]:
    return _most_words(_units())


def _most_words(phrases: Iterable[str]) -> dict[str, int]:
    """By its first word the number of words of the longest phrase."""
    found: dict[str, int] = {}
    for phrase in phrases:
        first, *others = phrase.split(" ")
        found[first] = max(found.get(first, 0), 1 + len(others))
    return found


@cache
def _lists() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Nouns with commas inside, by their first word: `bộ, ban, ngành`; the longest first."""
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for noun, row in sorted(_nouns().items(), key=lambda item: -len(item[0])):
        if "," in noun:
            found.setdefault(noun.partition(",")[0].split()[0], []).append((noun, row))
    return found


@cache
def cues(role: str) -> frozenset[str]:
    """The words of a role in number_cues.tsv."""
    rows = (row for row in table("number_cues") if row["role"] == role)
    return frozenset(words for row in rows for words in spellings(row["words"]))


def unit_at(text: str, given: str, at: int, following: Ahead) -> Unit | None:
    """The unit at the position, the longest of the table.

    text  lower case; `given` the same with its capitals: `5G` is no gram
    """
    if following.words:
        first = following.words[0].partition("/")[0].partition(" ")[0]
        return _named_unit(text, given, at, following, _first_of_units().get(first, 0))
    start = at
    while start < at + 3 and text[start : start + 1] == " ":
        start += 1
    for symbol in _symbols().get(text[start : start + 1], ()):
        if text.startswith(symbol, start) and not text[start + len(symbol) : start + len(symbol) + 1].isalnum():
            return Unit(*_units()[symbol], start + len(symbol))
    return None


def _named_unit(text: str, given: str, at: int, following: Ahead, most: int) -> Unit | None:
    """The unit of at most so many words."""
    known = _units()
    for count in range(min(most, 4, len(following.words)), 0, -1):
        if "/" in following.words[0] and following.words[0] in _nouns():
            return None  # `đ/c`
        if any("/" in word for word in following.words[: count - 1]):
            continue
        words = " ".join(following.words[:count]).partition("/")[0]
        found = known.get(words)
        if found is None:
            continue
        after = following.words[count] if count < len(following.words) else ""
        start, end = (
            following.starts[0],
            following.starts[count - 1] + len(following.words[count - 1].partition("/")[0]),
        )
        if (
            text[end : end + 1].isalnum()
            or f"{words} {after}" in cues("no_unit")
            or (end - start == 1 and (given[start].isupper() or (start > at and words in "hg")))
        ):
            continue
        return Unit(*found, end)
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
    return (known[0] if known and known[0] else match[1]), match.end()


def _longest(following: Ahead, i: int, stuff: bool = False) -> tuple[dict[str, str], int] | None:
    words, nouns = following.words, _nouns(stuff)
    if i == len(words):
        return None
    most = _first_words(stuff).get(words[i].partition(" ")[0], 0)
    for count in range(min(most, _LONGEST, len(words) - i), 0, -1):
        row = nouns.get(" ".join(words[i : i + count]))
        if row is not None:
            return row, i + count
    return None


def stuff_at(following: Ahead) -> int | None:
    """Where the measured stuff after a unit ends: `5 tấn | gạo`."""
    if not following.words or following.words[0] not in _first_words(stuff=True):
        return None
    found = _longest(following, 0, stuff=True)
    return following.ends[found[1] - 1] if found else None


def noun_at(text: str, given: str, following: Ahead) -> Counted | None:
    """The counted noun of the table that the words begin with, and the words that belong to it."""
    if not following.words or following.words[0] not in _first_words():
        return None
    start = following.starts[0]
    for words, row in _lists().get(following.words[0], ()):
        if text.startswith(words, start) and not text[start + len(words) : start + len(words) + 1].isalnum():
            return _counted(row, given, start, start + len(words))
    found = _longest(following, 0)
    if found is None or (found[1] == 1 and " ".join(following.words[:2]) in cues("no_noun")):
        return None
    row, i = found
    if row["kind"] in HEADS:
        end = _complement_end(text, given, following, i)
        if end > following.ends[i - 1]:
            return Counted(row["unit"] or row["noun"], given[start:end], _TEXT_OF.get(row["kind"], "thing"), end)
        return _counted(row, given, start, end)
    end = following.ends[i - 1]
    if row["kind"] in _LISTED:
        longer = _list_end(text, given, start, end, row["kind"])
        if longer > end:
            return Counted(given[start:longer], given[start:longer], row["kind"], longer)
    return _counted(row, given, start, end)


def _counted(row: dict[str, str], given: str, start: int, end: int) -> Counted:
    kind = _TEXT_OF.get(row["kind"], "thing" if row["kind"] == "head" else row["kind"])
    return Counted(row["unit"] or row["noun"], row["counts"] or given[start:end], kind, end)


def _list_end(text: str, given: str, first: int, at: int, kind: str) -> int:
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
        following = ahead(text, start)
        found = _longest(following, 0)
        if found is None or found[0]["kind"] != kind or text.startswith(following.words[0], first):
            break
        if found[1] == 1 and " ".join(following.words[:2]) in cues("no_noun"):
            break
        end = following.ends[found[1] - 1]
        after = given[end : end + 4].lstrip(" ")[:1]
        if after.isupper() or given[following.starts[0]].isupper() != given[at - 1].isupper():
            break  # `15 đồng chí, cán bộ Sư đoàn 5`
        at = end
    return at


def _complement_end(text: str, given: str, following: Ahead, i: int) -> int:
    """Where the words end that say what a counting word counts: `lượt | người`, `chốt | dân quân`."""
    at = following.ends[i - 1]
    rest = following.after(i)
    found = _longest(rest, 0)
    if found is not None and found[0]["kind"] not in HEADS and rest.words[0] not in cues("complement_stop"):
        end = rest.ends[found[1] - 1]
        return _list_end(text, given, rest.starts[0], end, found[0]["kind"]) if found[0]["kind"] in _LISTED else end
    return _phrase_end(given, rest, at, cues("complement_stop"), 4)


def _phrase_end(given: str, rest: Ahead, at: int, stops: frozenset[str], most: int) -> int:
    """The end of the lower case words before a stop word; of a longer run two, as most words have two syllables."""
    count = 0
    for index, word in enumerate(rest.words):
        pair = " ".join(rest.words[index : index + 2])
        if not given[rest.starts[index]].islower() or word in stops or pair in stops or "/" in word:
            break
        count += 1
    if count == 0:
        return at
    return rest.ends[min(count, 2 if count > most else most) - 1]


def unknown_at(given: str, following: Ahead) -> Counted | None:
    """One to three words in lower case that the table does not know: `15 | bể bơi`; None after a verb or particle."""
    if not following.words or following.words[0] in cues("stop"):
        return None
    start = following.starts[0]
    end = _phrase_end(given, following, start, cues("complement_stop"), 3)
    if end == start or _FOREIGN.search(given, start, end):
        return None
    return Counted(given[start:end], given[start:end], "unknown", end)


def counts_nothing(value: Decimal, following: Ahead) -> bool:
    """Whether number and word are a fixed phrase: `hai bên`, `hai nước`."""
    if not following.words or following.words[0].partition(" ")[0] not in _first_fixed():
        return False
    return any(f"{value} {' '.join(following.words[:count])}" in cues("fixed") for count in (1, 2, 3))


@cache
def _first_fixed() -> frozenset[str]:
    return frozenset(words.split(" ")[1] for words in cues("fixed"))
