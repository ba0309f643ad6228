"""The words and letters before which a document's number, title or name may stand, and where a text has them.

Sources: reference/document_words.tsv, document_letters.tsv.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.normalize.spelling import Plain
from pipelines.normalize.word_starts import tree
from pipelines.reference import table

LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})
_QUOTED_TIGHT = re.compile(':[“"«„]')
_LAW = re.compile(r"(?:bộ luật|luật|pháp lệnh) ")
_LINKS = (" ngày", "số", " chuyên đề")
_LINK_ENDS = frozenset(link[-2:] for link in _LINKS)
_REACH = 56  # characters; the longest type with `chuyên đề số:` behind it


class Words(NamedTuple):
    """A row of document_words.tsv.

    short   which numbers without letters are taken: firm (`Nghị quyết 623`), weak (behind `số`, or with `của` or a day
            behind them: the words are verbs too), no
    quoted  yes, no: whether a quoted title names such a document
    """

    document_type: str
    short: str
    quoted: str


@cache
def types() -> dict[str, Words]:
    """By the words of a type, in small letters."""
    return {row["words"]: Words(row["document_type"], row["short"], row["quoted"]) for row in table("document_words")}


@cache
def letters() -> dict[str, str]:
    """Types by their letters in front of a number (`QĐ số 12`), in small letters."""
    rows = table("document_letters")
    return {row["letters"].lower(): row["document_type"] for row in rows if row["letters"] not in {"QH", "UBTVQH"}}


def heads(spelled: Plain) -> list[tuple[int, int]]:
    """Spans of the words of a type before a figure, a quote, `số` or `ngày` with a figure, or a law's name; in order.

    A bare `số` before a figure is one too. Looks at figures and quotes and what stands before them: these are rare.
    """
    low = spelled.low
    found: set[tuple[int, int] | None] = set()  # None: a figure or quote without a head
    for match in _starts().finditer(low):
        found.add(_head_before(low, match.end() - 1))
    for start in spelled.behind_marks:
        if low[start].isdecimal() and low[start - 1] in " :":
            found.add(_head_before(low, start))
    if ":" in low:
        found.update(_head_before(low, match.end() - 1) for match in _QUOTED_TIGHT.finditer(low))
    if "luật " in low or "pháp lệnh " in low:
        found.update((law.start(), law.end() - 1) for law in _LAW.finditer(low))
    return sorted(head for head in found if head) if found else []


def _head_before(low: str, start: int) -> tuple[int, int] | None:
    """The longest head that stands before a figure or quote, with nothing but `chuyên đề`, `số`, `ngày` between."""
    floor = max(0, start - _REACH)
    before = low[floor:start].rstrip(" :")
    bare = before
    if before[-2:] in _LINK_ENDS:
        for link in _LINKS:
            bare = bare.removesuffix(link).rstrip(" ")
    for head in _by_last_word().get(bare[bare.rfind(" ") + 1 :].lstrip('(“"«„'), ()):
        if bare.endswith(head) and not bare[: -len(head)][-1:].isalnum():
            end = floor + len(bare)
            return end - len(head), end
    if before.endswith("số") and not before[:-2][-1:].isalnum():
        return floor + len(before) - 2, floor + len(before)
    return None


@cache
def _starts() -> re.Pattern[str]:
    """A figure or quote behind the last letters of a head, or of what may stand between: behind most are others."""
    words = [*_by_last_word(), *" ".join(_LINKS).split()]
    short, long = ({word[-end:] for word in words if min(len(word), 3) == end} for end in (2, 3))
    return re.compile(rf" [0-9“\"«„](?:(?<=[ :] .)|(?<={tree(sorted(long))} .)|(?<={tree(sorted(short))} .))")


@cache
def _by_last_word() -> dict[str, list[str]]:
    """Words and letters of types by their last word, the longest first."""
    found: dict[str, list[str]] = {}
    for words in sorted({*types(), *letters()}, key=lambda words: (-len(words), words)):
        found.setdefault(words.split()[-1], []).append(words)
    return found
