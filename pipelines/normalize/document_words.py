"""The words and letters before which a document's number, title or name may stand, and where a text has them.

Sources: reference/document_words.tsv, document_letters.tsv.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.reference import table

LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})
_STARTS = re.compile(r"[\d“\"«„]\d*")
_LAW = re.compile(r"(?:bộ luật|luật|pháp lệnh) ")
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


def heads(low: str) -> list[tuple[int, int]]:
    """Spans of the words of a type before a figure, a quote, `số` or `ngày` with a figure, or a law's name; in order.

    A bare `số` before a figure is one too. Looks at figures and quotes and what stands before them: these are rare.
    low  plain spelling in small letters
    """
    found = set()
    for match in _STARTS.finditer(low):
        start = match.start()
        if low[start - 1 : start] not in {" ", ":"}:
            continue
        before = low[max(0, start - _REACH) : start].rstrip(" :")
        if before[before.rfind(" ") + 1 :].lstrip('(“"') not in _last_words():
            continue
        head = _head_before().search(before)
        if head:
            offset = max(0, start - _REACH)
            found.add((head.start("head") + offset, head.end("head") + offset))
    if "luật " in low or "pháp lệnh " in low:
        found.update((law.start(), law.end() - 1) for law in _LAW.finditer(low))
    return sorted(found)


@cache
def _last_words() -> frozenset[str]:
    words = {*types(), *letters()}
    return frozenset({word.split()[-1] for word in words} | {"số", "ngày", "đề"})


@cache
def _head_before() -> re.Pattern[str]:
    words = sorted({*types(), *letters(), "số"}, key=lambda word: (-len(word), word))
    either = "|".join(map(re.escape, words))
    return re.compile(rf"(?<![^\W_])(?P<head>{either})(?: +chuyên đề)?(?: +số ?:?| +ngày)?$")
