"""Programmes, campaigns and slogans by their name. Sources: reference/programme_words.tsv, programmes.tsv.

What a thing in quotes is, the words before it say: `phong trào thi đua “…”` a campaign, `chương trình “…”` a programme,
`khẩu hiệu “…”` a slogan, `Đề án “…”`, `danh hiệu “…”` none of them; `mục tiêu “kép”` is a turn of speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipelines.normalize.mentions import ProgrammeMention
from pipelines.normalize.phrases import as_written, ends_name, name_end, quotes
from pipelines.normalize.spelling import Plain, plain
from pipelines.normalize.word_starts import at_word_start
from pipelines.reference import table

_REACH = 90  # characters before a quote in which its word may stand: `khẩu hiệu do Bộ Công an phát động “…”`
_FEW_WORDS = 6  # between the word and the quote; slogans stand farther off
_SHARED = ("tháng ", "ễ")  # parts of several heads, asked for first
_NEXT = re.compile(r"(?:, | và |, và | hoặc )")
_NUMBERED = re.compile(r"(?:\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười) [^\W\d_]")
_COUNTED = re.compile(r"[^ ]+ (?:năm|tháng|ngày|giờ|phút|người|đồng|triệu|tỷ|tỉ)(?![^\W_])")
_CLAUSE_ENDS = re.compile(r"[.;!?()\n]|, |: *\S| nhằm | để | nhấn mạnh| khẳng định| phát biểu| chia sẻ")
_SMALL_WORD = re.compile(r" (?P<word>[^\W\d_]+)")


def find_programmes(text: str) -> list[ProgrammeMention]:
    """Every programme, campaign and slogan a text names, in order of position, never overlapping; spans of the names.

    text      any text; quotes “ ” " « » ‘ ’ '
    quoted    the nearest word before the quote, in its clause, says the kind; `“A”, “B” và “C”` share it. Without such
              a word only known names are taken, and a numbered saying in a sentence (`thực hiện “Ba khâu đột phá”`),
              as a slogan
    unquoted  names known to the table, and a name in capitals right behind `phong trào`, `cuộc vận động`,
              `Chương trình mục tiêu quốc gia`, `Ngày hội`, `Tuần lễ`
    name      as the table writes it where it knows it, else as the text does
    left out  single words in quotes, speech, documents, awards, places, works of art
    """
    spelled = plain(text)
    low = spelled.low
    quoted = "“" in low or '"' in low or "'" in low or "‘" in low or "«" in low or "„" in low
    taken = quotes(spelled.text) if quoted else []
    found = _quoted(spelled.text, low, taken) if taken else []
    if (places := _heads_in(low)) and (unquoted := _unquoted(spelled, places, taken)):
        found = sorted(found + unquoted)
    mentions: list[ProgrammeMention] = []
    for start, end, kind in found:
        known = _names().get(low[start:end].replace("antq", "an ninh tổ quốc"))
        name = known[0] if known else as_written(spelled, text, start, end)
        mentions.append(ProgrammeMention(name, kind, *spelled.span(start, end)))
    return mentions


def _quoted(text: str, low: str, stretches: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    last_end, last_kind = 0, ""
    for start, end in stretches:
        inside = text[start + 1 : end - 1]
        begin = start + 1 + len(inside) - len(inside.lstrip())
        stop = start + 1 + len(inside.rstrip(" .,;"))
        name = text[begin:stop]
        cue = _word_before(low, last_end, start)
        kind = cue if cue is not None else ""
        if cue is None and last_end and _NEXT.fullmatch(low, last_end, start):
            kind = last_kind
        elif (
            cue is None
            and low[max(0, start - 2) : start].rstrip(" ")[-1:].isalnum()
            and _is_saying(name, low[begin:stop])
        ):
            kind = "slogan"
        if cue is None and low[begin:stop] in _names():
            kind = _name_kind(low[begin:stop])  # `bàn giao “Mái ấm biên cương”`
        if kind and _is_name(name, kind):
            found.append((begin, stop, kind))
        last_end, last_kind = end, kind
    return found


def _word_before(low: str, floor: int, start: int) -> str | None:
    """The kind that the nearest known word in the clause before a quote says, '' for no programme; None: no word."""
    words = _words()
    nearest = None
    for match in _before().finditer(low, max(floor, start - _REACH), start):
        if words[match[0]].bare != "quote" or not low[match.end() : start].strip():
            nearest = match
    if nearest is None:
        return None
    gap = low[nearest.end() : start].rstrip(" :")
    kind = words[nearest[0]].kind
    if _CLAUSE_ENDS.search(gap) or (kind != "slogan" and gap.count(" ") > _FEW_WORDS):
        return None
    return kind


def _is_saying(name: str, low: str) -> bool:
    """`Ba khâu đột phá`, `4 tại chỗ`: a number and what it counts, no longer than eight words, no span of time.

    Not `Một …` and `Năm …`, which begin any sentence, and no small number word: `ba ca bốn kíp` is a turn of speech.
    """
    return not name[:1].islower() and bool(_NUMBERED.match(low)) and not _COUNTED.match(low) and low.count(" ") <= 7


def _is_name(name: str, kind: str) -> bool:
    """Whether it is no word in quotes only: `“kép”`, `“Mẫu mực” tiêu biểu`, a small `“điểm nóng”`."""
    if kind == "slogan":
        return name.count(" ") >= 2
    return " " in name and (name[0].isupper() or name[0].isdecimal())


def _heads_in(low: str) -> list[tuple[int, int]]:
    """Spans of the words that may begin a name without quotes, wherever they stand; cheap: most lines hold none."""
    found: list[tuple[int, int]] = []
    heads = _heads()
    for cue in heads:
        if cue in low:
            for head, pattern in heads[cue]:
                if head in low:
                    found += [match.span() for match in pattern.finditer(low)]
    return found


def _unquoted(
    spelled: Plain, places: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """places: those of the heads"""
    text, low = spelled.text, spelled.low
    found: list[tuple[int, int, str]] = []
    last = end = 0
    for start, stop in sorted(places):
        if start < end or low[start - 1 : start].isalnum():
            continue
        end = stop
        match = _follows().match(low, start)
        if match is None or start < last:
            continue
        span = _known_at(text, low, match) or _name_at(text, low, match)
        if span is None or any(left < span[1] and span[0] < right for left, right in taken):
            continue
        found.append(span)
        last = span[1]
    return found


def _known_at(text: str, low: str, match: re.Match[str]) -> tuple[int, int, str] | None:
    """A name of the table, at the word itself (`Tháng Thanh niên`) or right behind it."""
    known = _known().match(low, match.start())
    if known is not None:
        return (known.start(), known.end(), _name_kind(known[0])) if text[match.start()].isupper() else None
    word = match["word"]
    if word is None:
        return None
    behind = match.end()
    if word.endswith(" thi đua"):
        known = _known().match(low, match.end("word") - len("thi đua"))
    known = known or _known().match(low, behind)
    if known is None:
        return None
    if _words()[word].bare == "whole":
        return match.start(), known.end(), _words()[word].kind
    return known.start(), known.end(), _words()[word].kind


def _name_at(text: str, low: str, match: re.Match[str]) -> tuple[int, int, str] | None:
    """A name in capitals right behind the word: `Ngày hội Văn hóa các dân tộc` ends where capitals do."""
    word, behind = match["word"], match.end()
    if word is None or text[behind : behind + 2].isupper():
        return None
    whole = _words()[word].bare == "whole"
    end = name_end(text, low, behind)
    start = match.start() if whole else behind
    if end == behind or text[start].islower() or text[behind:end].count(" ") < (1 if whole else 2):
        return None
    if text[end : end + 2] in {" “", ' "', " «"}:  # `phong trào Phụ nữ Quân đội “…”`: whose it is
        return None
    following = _SMALL_WORD.match(low, end)
    if following and not text[following.start("word")].isupper() and not ends_name("", following["word"]):
        return None  # `Ngày hội Bánh chưng xanh`: no telling how far it goes on
    return start, end, _words()[word].kind


class _Word(NamedTuple):
    """kind: '' for no programme. bare: yes, whole or no: whether a name may follow without quotes; quote: only then."""

    kind: str
    bare: str


@cache
def _words() -> dict[str, _Word]:
    rows = table("programme_words")
    return {row["words"]: _Word(row["kind"] if row["kind"] != "none" else "", row["bare"]) for row in rows}


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{at_word_start(map(re.escape, _longest_first(_words())))}(?![^\W_])")


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {row["name"].lower(): (row["name"], row["kind"]) for row in table("programmes")}


def _name_kind(low: str) -> str:
    return _names()[low.replace("antq", "an ninh tổ quốc")][1]


@cache
def _known() -> re.Pattern[str]:
    names = {*_names(), *(name.replace("an ninh tổ quốc", "antq") for name in _names())}
    return re.compile(rf"(?:{_either(names)})(?![^\W_])")


@cache
def _heads() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """What a line must hold to name a programme without quotes, with the heads then looked for; see `_follows`."""
    by_cue: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for head in sorted(_head_words()):
        cue = next((part for part in _SHARED if part in head), head)
        by_cue.setdefault(cue, []).append((head, re.compile(head)))
    return by_cue


@cache
def _head_words() -> frozenset[str]:
    """First words of names without quotes: `phong trào`, and of the names themselves, as `Tháng Thanh niên`."""
    words = {word for word, row in _words().items() if row.bare in {"yes", "whole"}}
    firsts = {"hành", "lễ", "chương", "tháng"}
    words |= {" ".join(name.split()[:2]) for name in _names() if name.split()[0] in firsts}
    return frozenset(word for word in words if not any(word != other and word.startswith(other) for other in words))


@cache
def _follows() -> re.Pattern[str]:
    words = {word for word, row in _words().items() if row.bare in {"yes", "whole"}}
    return re.compile(rf"(?P<word>{_either(words)})(?: về)? (?=[^\W\d_])|(?:{_either(_head_words())})")


def _either(words: Iterable[str]) -> str:
    """The words as a pattern, the longest first."""
    return "|".join(map(re.escape, _longest_first(words)))


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
