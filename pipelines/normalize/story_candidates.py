"""Candidate pairs among all bulletins at once, in memory that grows by some hundred bytes a bulletin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from pipelines.normalize.forest import Forest
from pipelines.normalize.sketches import (
    LOOSE_ROWS,
    NEAR_DAYS,
    PERMUTATIONS,
    STRICT_ROWS,
    Sketch,
    band,
    mark_numbers,
    worth_comparing,
)  # fmt: skip

Keys = Callable[[Sketch], Iterable[Hashable]]
Places = Sequence[int]
CROWD = 300
"""Bulletins of different content that share a key, above which the key says nothing: a form, a stock phrase, a daily
notice. Without it so many pages with one sidebar in their bodies would be compared each with each.
warehouse/queries/stories_near.sql asks anew where a load brings a key above it, or below."""
BLOCK_DAYS = NEAR_DAYS + 1
"""Keys for bulletins of one month are counted in two neighbouring blocks of so many days since 0001-01-01."""
_TURNS_OF_MARKS = 16


def candidates(sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """Pairs of bulletin_ids, the smaller first: those that share a key and are worth comparing.

    Those that hang together follow each other, so that a text is needed for a while and then no more.
    Bulletins of the same content are paired in a row by day, not each with each, and only the first of a day is paired
    with others: ten thousand copies of one notice make ten thousand pairs. The stories are the same.
    A key that more than CROWD share finds none.
    """
    ids = sorted(sketches)
    known = [sketches[bulletin_id] for bulletin_id in ids]
    rows = _rows_of_same_content(known)
    taken = {_pair(*both) for row in rows for both in pairwise(row)}

    def take(some: Places, keys: Keys, pairs: Callable[[Places, Sequence[Sketch]], Iterator[tuple[int, int]]]) -> None:
        for places in _sharing(some, known, keys):
            for one, other in pairs(places, known):
                if (pair := _pair(one, other)) not in taken and worth_comparing(known[one], known[other]):
                    taken.add(pair)

    first = [row[0] for row in rows]
    for keys in _strict_turns():
        take(first, keys, _all_pairs)
    first_of_day = [place for row in rows for place in _first_of_each_day(row, known)]
    for keys in _near_turns():
        take(first_of_day, keys, _pairs_within_days)
    forest = Forest[int]()
    for pair in taken:
        forest.link(*_places(pair))
    for pair in sorted(taken, key=lambda pair: (forest.group(pair >> 32), pair)):
        one, other = _places(pair)
        yield ids[one], ids[other]


def _rows_of_same_content(known: Sequence[Sketch]) -> list[list[int]]:
    """Places with one content, undated ones first, then by day."""
    rows = defaultdict[bytes, list[int]](list)
    for place, its in enumerate(known):
        rows[its.content].append(place)
    return [sorted(row, key=lambda place: (known[place].day or date.min, place)) for row in rows.values()]


def _first_of_each_day(row: Places, known: Sequence[Sketch]) -> list[int]:
    return [row[0], *(place for before, place in pairwise(row) if known[before].day != known[place].day)]


def _strict_turns() -> Iterator[Keys]:
    return (_band_keys(STRICT_ROWS, number) for number in range(PERMUTATIONS // STRICT_ROWS))


def _near_turns() -> Iterator[Keys]:
    """One a band, and several for the marks: what is looked up in a turn needs a small table."""
    yield from (_band_keys(LOOSE_ROWS, number) for number in range(PERMUTATIONS // LOOSE_ROWS))
    yield from (_mark_keys(turn) for turn in range(_TURNS_OF_MARKS))


def _band_keys(rows: int, number: int) -> Keys:
    return lambda its: (band(its, rows, number),)


def _mark_keys(turn: int) -> Keys:
    return lambda its: (mark for mark in mark_numbers(its) if mark % _TURNS_OF_MARKS == turn)


def _sharing(places: Places, known: Sequence[Sketch], keys: Keys) -> Iterator[list[int]]:
    table = defaultdict[Hashable, list[int]](list)
    for place in places:
        for key in keys(known[place]):
            table[key].append(place)
    return (found for found in table.values() if len(found) > 1)


def _all_pairs(places: Places, _: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    if len(places) <= CROWD:
        yield from combinations(places, 2)


def _pairs_within_days(places: Places, known: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Undated ones with all, dated ones with those of the month that follows."""
    undated = [place for place in places if known[place].day is None]
    if undated and len(places) <= CROWD:
        yield from combinations(undated, 2)
        for one in undated:
            yield from ((one, other) for other in places if known[other].day is not None)
    blocks = defaultdict[int, list[tuple[int, int]]](list)
    for place in places:
        if (day := known[place].day) is not None:
            blocks[day.toordinal() // BLOCK_DAYS].append((day.toordinal(), place))
    for number, block in blocks.items():
        following = blocks.get(number + 1, [])
        if len(block) + len(following) > CROWD:
            continue
        yield from ((one, other) for (_, one), (_, other) in combinations(block, 2))
        for earlier, one in block:
            yield from ((one, other) for later, other in following if later - earlier <= NEAR_DAYS)


def _pair(one: int, other: int) -> int:
    """Both places in one number: a set of such takes a third of the memory of a set of tuples."""
    return min(one, other) << 32 | max(one, other)


def _places(pair: int) -> tuple[int, int]:
    return pair >> 32, pair & 0xFFFFFFFF
