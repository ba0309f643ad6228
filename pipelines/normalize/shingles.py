"""A text as the set of its runs of three syllables, and as the few marks that an extract of it has, too.

Syllables are folded (lower case, no marks, đ → d): copies differ in case, tone placement and Unicode form. A syllable
is a run of letters and digits, so punctuation, quotes and line breaks do not count either.

Sources: Broder 1997 (shingles); Schleimer, Wilkerson, Aiken 2003, Winnowing (marks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rensa import RMinHash

from pipelines.normalize.spelling import plain
from pipelines.text import fold

SHINGLE = 3
RUN = 8
"""Syllables of a run that may become a mark: eight are rarely a set phrase, three often are."""
WINDOW = 12
"""Of so many neighbouring runs at least one is a mark: 19 syllables in a row in two texts are one mark in both."""
LONGEST = 40
"""Characters of a syllable that count: more is noise, and would fill the cache below."""
MOST = 200_000
"""Characters of a text that count, a short book; what is longer is no bulletin."""
_BETWEEN = re.compile(r"[\W_]+")
_LOW = 0xFFFFFFFF


def syllables(text: str) -> list[str]:
    """Folded syllables in order: `Đảng uỷ Quân khu 7` → `dang`, `uy`, `quan`, `khu`, `7`."""
    found = list(filter(None, _BETWEEN.split(plain(text[:MOST]).text)))
    if max(map(len, found), default=0) > LONGEST:
        found = [word[:LONGEST] for word in found]
    return list(map(folded, found))


@lru_cache(maxsize=1 << 15)  # all syllables of the language in three spellings
def folded(syllable: str) -> str:
    """`fold`, quick for what occurs again and again. At most LONGEST characters."""
    return fold(syllable)


def shingles(parts: Iterable[Sequence[str]]) -> set[int]:
    """64-bit hashes of the runs of three syllables; none runs from one part (title, lead, body) into the next."""
    found = set[int]()
    for part in parts:
        found.update(_hashes(part, SHINGLE))
    return found


def marks(parts: Iterable[Sequence[str]]) -> set[int]:
    """32-bit hashes of some of the runs of eight syllables, chosen by the words alone, wherever they stand.

    returns  of each part the smallest hash of every 12 neighbouring runs; a part of fewer has one, of under eight
             syllables none
    """
    found = set[int]()
    for part in parts:
        found.update(_winnowed([value & _LOW for value in _hashes(part, RUN)]))
    return found


def _hashes(part: Sequence[str], length: int) -> list[int]:
    runs = list(map(" ".join, zip(*(part[start:] for start in range(length)), strict=False)))
    return list(RMinHash.hash_token_sets([runs])[0])


def _winnowed(hashes: list[int]) -> set[int]:
    """The smallest of every window. Linear but for ties: each step goes on to the next smallest."""
    if not hashes:
        return set()
    chosen = {min(hashes[:WINDOW])}
    at = _last(hashes, 0, min(WINDOW, len(hashes)))
    while at + WINDOW < len(hashes):
        smaller = next((place for place in range(at + 1, at + WINDOW) if hashes[place] <= hashes[at]), None)
        at = _last(hashes, at + 1, at + 1 + WINDOW) if smaller is None else smaller
        chosen.add(hashes[at])
    return chosen


def _last(hashes: list[int], start: int, end: int) -> int:
    """Place of the smallest, the last of equal ones."""
    smallest = min(hashes[start:end])
    return next(place for place in range(end - 1, start - 1, -1) if hashes[place] == smallest)
