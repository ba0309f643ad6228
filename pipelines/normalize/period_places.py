"""Whether a year or month, where it stands, is the time a text reports on. Table: reference/period_words.tsv.

Most years in a bulletin are not: they compare (`so với năm 2022`), date a document (`Luật Đất đai năm 2013`), belong to
the name of an event (`Hội thi … năm 2023`), or say when something happened (`thành lập năm 1976`). Those reported on
open their clause (`Năm 2023, đơn vị …`), follow `trong`, or follow the work they measure (`tổng kết công tác năm
2023`).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.normalize.spelling import modern
from pipelines.reference import table

_REACH = 160  # characters before, in which the noun stands that the year belongs to
_OWNED = 90  # of them those of a noun phrase: `công tác quân sự, quốc phòng địa phương năm 2023`
_AHEAD = 60
_SENTENCE_ENDS = re.compile(r"[.;!?…\n](?!\d)|:")
_CLAUSE_ENDS = re.compile(r"[,;:.!?…\n/-]")
_NEAR = 40  # characters before, in which a comparison reaches over a short noun: `cao hơn hội thi năm 2021`
_OPENERS = re.compile(r"(?:^|[,;:.!?…\n]|[-–] )[ “\"*•+-]*(?:riêng |chỉ |kết thúc |bước sang |tính |như vậy )*$")
_SAID = re.compile(r"(?:^| )(?:biết|rằng|thấy|rõ|khẳng định|là|do|vì|mà)$")
_WITHIN = re.compile(r"(?<![^\W_])trong (?:cả )?$")
_SINGLED_OUT = re.compile(r"(?<![^\W_])(?:riêng|nhất là) (?:trong )?$")
_STANDS_ALONE = re.compile(r" *(?:[.;:!?…)\n]|$)")


def reported(low: str, start: int, end: int, kind: str) -> bool:
    """Whether the year or month at low[start:end] is a stretch of time reported on.

    low   plain spelling in small letters
    kind  year, month: a month singled out (`riêng tháng 7`) is a part of what is reported on
    False  also where its place tells nothing: `Đội bóng năm 2023`
    """
    before = modern(low[max(0, start - _REACH) : start])
    behind = modern(low[end : end + _AHEAD])
    sentence = before[_last_end(_SENTENCE_ENDS, before) :]
    clause = sentence[_last_end(_CLAUSE_ENDS, sentence) :]
    if _ends_with("point").search(clause) or _any_of("compare").search(clause[-_NEAR:]):
        return False
    if kind == "month" and _SINGLED_OUT.search(before):
        return False
    if _WITHIN.search(before):
        return not _any_of("life").search(behind)
    if not clause.strip(' “"*•+-') or _OPENERS.search(before) or _SAID.search(clause.rstrip()):
        if _STANDS_ALONE.match(behind) and sentence.strip():
            return _governing(sentence) == "work"  # `Hội thi nuôi quân, năm 2023`
        return not _any_of("life").search(behind)
    governing = _governing(sentence)
    if governing is None:
        return bool(_starts_with_measure().match(behind))
    return governing == "work"


def compared(low: str, start: int) -> bool:
    """Whether a stretch that starts here is only compared with: `tăng 5% so với 6 tháng đầu năm 2022`."""
    return bool(_ends_with("compare").search(low, max(0, start - 24), start))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    found = 0
    for match in pattern.finditer(text):
        found = match.end()
    return found


def _governing(sentence: str) -> str | None:
    """The role of the nearest word before that says what kind of thing the year belongs to."""
    nearest = None
    for match in _heads().finditer(sentence, max(0, len(sentence) - _OWNED)):
        nearest = match.lastgroup
    return nearest


def _words(role: str) -> str:
    rows = (modern(row["words"]) for row in table("period_words") if row["role"] == role)
    return "|".join(map(re.escape, sorted(rows, key=lambda words: (-len(words), words))))


@cache
def _ends_with(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_words(role)}) *\Z")


@cache
def _any_of(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_words(role)})(?![^\W_])")


@cache
def _starts_with_measure() -> re.Pattern[str]:
    return re.compile(rf" (?:{_words('measured')})(?![^\W_])")


@cache
def _heads() -> re.Pattern[str]:
    named = "|".join(f"(?P<{role}>{_words(role)})" for role in ("work", "event", "document"))
    return re.compile(rf"(?<![^\W_])(?:{named})(?![^\W_])")
