"""What stands before a number: words that make it more, less, about, a change of so much; or that make it part of a name.

Table: reference/number_cues.tsv. Roles: gt, lt, approx, up, down, more, less, beyond (qualifiers); name (`tiểu đoàn 4`),
name_capital (a name only with a capital letter: `Trung tâm 386`), rank (`loại 2`: no name of things, but of units of
measure), year_before (`trong năm`: a year, no five); fixed, stop, complement_stop (counted.py).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.normalize.counted import folded
from pipelines.reference import table

QUALIFIERS = ("gt", "lt", "approx", "up", "down", "more", "less", "beyond")
_CHANGES = frozenset({"up", "down"})
_MOST_WORDS = 4
_PIECE = re.compile(r"(\w[\w/]*)|[^\w ]")


class Before(NamedTuple):
    """The words before a number, nearest last, cut at punctuation and line ends; `given` with their capitals.

    starts  their positions in the text
    opened  the mark before the first of them or, without words, before the number; '' at a line's start
    """

    words: tuple[str, ...]
    given: tuple[str, ...]
    starts: tuple[int, ...]
    opened: str


class Qualified(NamedTuple):
    """How the words before a number qualify it. start: where they begin. rest: the words before them."""

    qualifier: str
    change: str
    start: int
    rest: Before


@cache
def _roles() -> dict[str, str]:
    return {folded(row["words"]): row["role"] for row in table("number_cues") if row["role"] in QUALIFIERS}


@cache
def cues(role: str) -> frozenset[str]:
    """The words of a role."""
    return frozenset(folded(row["words"]) for row in table("number_cues") if row["role"] == role)


def before(text: str, given: str, at: int) -> Before:
    """The words before the position, within 64 characters, up to a mark or the line's start."""
    begin = max(at - 64, 0)
    starts: list[int] = []
    ends: list[int] = []
    opened = ""
    for piece in _PIECE.finditer(text, begin, at):
        if piece[1]:
            starts.append(piece.start())
            ends.append(piece.end())
        else:
            starts, ends, opened = [], [], piece[0].strip("\n")
    if starts and starts[0] == begin > 0:
        starts, ends = starts[1:], ends[1:]  # it may be the rest of a longer word
    pairs = tuple(zip(starts, ends, strict=True))
    return Before(
        tuple(text[start:end] for start, end in pairs),
        tuple(given[start:end] for start, end in pairs),
        tuple(starts),
        opened,
    )


def qualified(place: Before, at: int) -> Qualified:
    """Take the qualifying words off the end: `tăng khoảng`, `ước đạt trên`."""
    qualifier, change, start = "", "", at
    words = place.words
    for _ in range(3):
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            role = _roles().get(" ".join(words[-count:]))
            if role:
                break
        else:
            break
        if role in _CHANGES and len(words) > count and words[-count - 1] == "xe":
            break  # `xe tăng`
        if role in _CHANGES:
            change = change or role
        else:
            qualifier = qualifier or role
        words = words[:-count]
        start = place.starts[len(words)]
    rest = Before(words, place.given[: len(words)], place.starts[: len(words)], place.opened)
    return Qualified(qualifier, change, start, rest)


def named_by(place: Before) -> str:
    """The role by which the words before a number make it a name's: name, rank or ''."""
    words = place.words
    for count in range(min(3, len(words)), 0, -1):
        head = " ".join(words[-count:])
        first = place.given[-count]
        earlier = words[-count - 1] if len(words) > count else ""
        if head in cues("name"):
            if head == "số":
                return "" if earlier in {"tổng", "trong", "quân", "con", "dân", "sĩ", "đa", "nhân"} else "name"
            if earlier == "mỗi" or (earlier in {"tổng", "toàn"} and head != "lần"):
                return ""
            return "name"
        if head in cues("name_capital") and first[:1].isupper():
            return "name"
        if head in cues("rank"):
            return "" if earlier == "mỗi" else "rank"
    return ""
