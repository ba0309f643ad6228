"""Sketches of bulletins: small enough to keep all of them, alike where the texts are, so that few texts are compared.

Two bulletins are a candidate pair if they share a key and `worth_comparing` agrees. Both ask about these two alone,
never about others: a load of one bulletin finds the same pairs as a load of all. In SQL: a table (bulletin_id, key) of
`keys`, joined with itself for the bulletins touched.

Source: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.3-3.4 (MinHash, banding). 32 bands of 3 find 98.6 %
of pairs at Jaccard .5 and .01 % at .015; 8 bands of 12 find 99.8 % at .95.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from operator import eq
from struct import pack, unpack

from rensa import RMinHash

from pipelines.normalize.shingles import SHINGLE, marks, shingles, syllables
from pipelines.normalize.story_text import StoryText

PERMUTATIONS, SEED = 96, 623
LOOSE_ROWS, STRICT_ROWS = 3, 12
"""Permutations of a band: loose ones are for texts of one month, strict ones for near identity at any distance."""
NEAR_DAYS = 30
"""A reprint appears within days; what is further apart must be nearly identical, or it is next year's conference."""
ENOUGH = 16
"""Syllables of lead and body that a story has at least, and nearly as many different runs of three: neither
`Ảnh: VŨ HẢI` nor one line forty times over tells a story."""
HEAD = 160
"""Syllables of lead and of body that marks are taken from: teasers and short versions keep how a story starts."""
_CHANCE, _NEAR = 0.2, 0.8
"""Estimated Jaccard from which texts are compared: near by, and at any distance. Error of the estimate: .05 at most."""
_SHARE_OF_MARKS = 3
_U32 = 4


@dataclass(frozen=True, slots=True)
class Sketch:
    """What finding pairs keeps of a bulletin: some 600 bytes.

    content    8 bytes, equal where the syllables of title, lead and body are
    signature  96 unsigned 32-bit numbers, little-endian: MinHash of the shingles
    marks      unsigned 32-bit numbers, little-endian, ascending: shingles.marks of title and head
    day        of publication; None: unknown
    """

    content: bytes
    signature: bytes
    marks: bytes
    day: date | None


def sketch(text: StoryText) -> Sketch | None:
    """None: lead and body say too little to know a story by."""
    title, lead, body = parts = [syllables(part) for part in (text.title, text.lead, text.body)]
    if too_little(lead, body, shingles((lead, body))):
        return None
    found = shingles(parts)
    hashes, rows = array("Q", found), array("Q", (0, len(found)))
    minima = RMinHash.digest_matrix_from_flat_token_hashes(hashes, rows, PERMUTATIONS, SEED).to_rows()[0]
    heads = sorted(marks((title, lead[:HEAD], body[:HEAD])))
    content = blake2b("\n".join(map(" ".join, parts)).encode(), digest_size=8).digest()
    return Sketch(content, pack(f"<{len(minima)}I", *minima), pack(f"<{len(heads)}I", *heads), text.published_on)


def too_little(lead: Sequence[str], body: Sequence[str], told: Collection[int]) -> bool:
    """Whether a bulletin of these syllables and of these shingles says too little to know a story by."""
    return len(lead) + len(body) < ENOUGH or len(told) < ENOUGH - SHINGLE


def keys(its: Sketch) -> tuple[int, ...]:
    """63-bit numbers: one of the content, 8 of strict bands, 32 of loose bands, one a mark (about 23)."""
    pieces = [b"content " + its.content]
    for rows in (STRICT_ROWS, LOOSE_ROWS):
        pieces += (b"%d %d " % (rows, number) + band(its, rows, number) for number in range(PERMUTATIONS // rows))
    pieces += (b"mark " + pack("<I", mark) for mark in mark_numbers(its))
    return tuple(int.from_bytes(blake2b(piece, digest_size=8).digest()) >> 1 for piece in pieces)


def band(its: Sketch, rows: int, number: int) -> bytes:
    """The number-th run of so many permutations of the signature."""
    width = rows * _U32
    return its.signature[number * width : (number + 1) * width]


def mark_numbers(its: Sketch) -> tuple[int, ...]:
    return _numbers(its.marks)


def _numbers(packed: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(packed) // _U32}I", packed)


def worth_comparing(one: Sketch, other: Sketch) -> bool:
    """Whether two bulletins that share a key may tell one story, as far as their sketches can say."""
    if one.content == other.content:
        return True
    alike: int = sum(map(eq, _numbers(one.signature), _numbers(other.signature)))
    if not near(one.day, other.day):
        return alike >= _NEAR * PERMUTATIONS
    return alike >= _CHANCE * PERMUTATIONS or _marked_alike(one, other)


def _marked_alike(one: Sketch, other: Sketch) -> bool:
    """A third of the fewer marks: one alone may be a long title of office."""
    mine, theirs = mark_numbers(one), mark_numbers(other)
    fewer = min(len(mine), len(theirs))
    return _SHARE_OF_MARKS * len(set(mine).intersection(theirs)) >= max(fewer, 1)


def near(one: date | None, other: date | None) -> bool:
    """Published within a month, as far as is known."""
    return one is None or other is None or abs((one - other).days) <= NEAR_DAYS
