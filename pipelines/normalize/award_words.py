"""The names of awards, wherever they stand. Sources: reference/award_names.tsv; Law on Emulation and Commendation
06/2022/QH15 (orders, medals, titles, pennants, certificates)."""

from __future__ import annotations

import re
from functools import cache

from pipelines.normalize.phrase_patterns import word_tree
from pipelines.normalize.phrases import as_written, name_end, quotes
from pipelines.normalize.spelling import Plain
from pipelines.normalize.word_starts import WordStarts, holds_one
from pipelines.reference import table

_CUES = ("khen", "cờ ", "cúp ", "tặng ", "ghi công")
_LONGER_CUES = (
    ("chương", ("n chương", "m chương", "y chương")), ("hiệu", ("danh hiệu", "huy hiệu")),
    ("dương", ("biểu dương", "tuyên dương")), ("chiến s", ("chiến sĩ t", "chiến sỹ t")),
)  # fmt: skip
"""A part that several have in common, asked first, and those."""
_PRIZE = re.compile("giải (?:nhất|nhì|ba|tư|khuyến|đặc|thưởng|[abc])")
DEEDS = frozenset({"khen thưởng", "biểu dương"})
"""Verbs that stand for the award where a text says no more: `khen thưởng 3 tập thể`."""

_QUOTED = {
    "danh hiệu": "danh hiệu", "kỷ niệm chương": "Kỷ niệm chương", "huy hiệu": "Huy hiệu", "cờ": "Cờ",
    "giải thưởng": "Giải thưởng", "huy chương": "Huy chương",
}  # fmt: skip
_GRADE = re.compile(r" hạng (?P<grade>nhất|nhì|ba|hai|i{1,3})(?![^\W_])")
_GRADES = {"hai": "Nhì", "i": "Nhất", "ii": "Nhì", "iii": "Ba"}


def may_name(low: str) -> bool:
    """Whether a text can name an award at all; cheap. `giải` alone is in every `giải pháp`."""
    if holds_one(low, _CUES):
        return True
    for part, cues in _LONGER_CUES:
        if part in low and holds_one(low, cues):
            return True
    return "giải " in low and _PRIZE.search(low) is not None


def is_prize(name: str) -> bool:
    """Whether it is a place in a competition, which is an award only where somebody gives or wins it."""
    return name.startswith(("giải ", "Cúp "))


def names_in(spelled: Plain, given: str, low: str) -> list[tuple[int, int, str]]:
    """Start, end and canonical name of each, in order. Positions are of the plain spelling.

    given  the text as given; low  the plain spelling in small letters, with `sĩ`, `kỷ` for `sỹ`, `kỉ`
    """
    found: list[tuple[int, int, str]] = []
    quoted: dict[int, int] | None = None
    last, pattern = 0, _pattern()
    for head in _heads().matches(low, spelled.behind_marks):
        start = head.start()
        if start < last:
            continue
        match = pattern.match(low, start)
        if match is None:
            continue
        if match["quoted"]:
            quoted = dict(quotes(spelled.text)) if quoted is None else quoted
            stop = quoted.get(match.end())
            if stop is None:
                continue
            inside = as_written(spelled, given, match.end() + 1, stop - 1).strip(" .,;")
            found.append((start, stop, f"{_QUOTED[match['quoted'].strip()]} {inside}"))
        elif match["known"]:
            name, grades = _known()[match["known"]]
            if not match["title"] and (grades == "behind" or (grades == "title" and not _bestowed(low, start))):
                continue
            grade = _GRADE.match(low, match.end()) if grades == "yes" else None
            if grade:
                name += " hạng " + _GRADES.get(grade["grade"], grade["grade"].capitalize())
            found.append((start, (grade or match).end(), name))
        elif match["bearer"]:
            stop = name_end(spelled.text, low, match.end())
            if stop == match.end() or spelled.text[match.end() : stop].isupper():
                continue
            found.append((start, stop, "Giải thưởng " + as_written(spelled, given, match.end(), stop)))
        else:
            found.append((start, match.end(), _plain_name(match)))
        last = found[-1][1]
    return found


def _bestowed(low: str, start: int) -> bool:
    """Whether a title is right behind its verb: `truy tặng Anh hùng …`. Behind `tặng` alone its bearer may stand."""
    return low.endswith(("phong tặng ", "truy tặng "), max(0, start - 12), start)


def _plain_name(match: re.Match[str]) -> str:
    if match["years"]:
        return f"Huy hiệu {int(match['years'])} năm tuổi Đảng"
    if match["prize"]:
        word = match["prize"]
        return "giải " + (word.upper() if len(word) == 1 else word.capitalize()) + (match["team"] or "")
    if match["cup"]:
        return "Cúp " + match["cup"]
    return "Kỷ niệm chương" if match["token"] else str(match["deed"])


@cache
def _known() -> dict[str, tuple[str, str]]:
    return {row["words"]: (row["award"], row["grades"]) for row in table("award_names")}


@cache
def _heads() -> WordStarts:
    """First words of the names: bare literals, for speed. `_pattern` reads on from there."""
    firsts = {" ".join(words.split()[:2]) for words, (_, grades) in _known().items() if grades != "behind"}
    firsts |= {"danh hiệu ", "kỷ niệm chương", "huy hiệu ", "cúp ", "cờ ", "huy chương ", *DEEDS}
    firsts |= {"giải " + first for first in ("nh", "ba", "tư", "khu", "đặc", "thưởng", "a", "b", "c")}
    return WordStarts(word_tree(firsts))


@cache
def _pattern() -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, _known()), key=len, reverse=True))
    return re.compile(
        rf"(?P<title>danh hiệu )?(?P<known>{known})(?![^\W_])"
        r"|(?P<quoted>(?:danh hiệu|kỷ niệm chương|huy hiệu|giải thưởng|huy chương|cờ) )(?=[“\"«„‘'])"
        r"|huy hiệu (?P<years>\d\d) năm tuổi đảng(?![^\W_])"
        r"|giải (?P<prize>nhất|nhì|ba|tư|khuyến khích|đặc biệt|a|b|c)(?P<team> toàn đoàn)?(?![^\W_])"
        r"(?! (?:bài|vấn|câu|toán))"
        r"|(?P<bearer>giải thưởng )"
        r"|cúp (?P<cup>vô địch|vàng|bạc|đồng|luân lưu|lưu niệm)(?![^\W_])"
        r"|(?P<token>kỷ niệm chương)(?![^\W_])"
        rf"|(?P<deed>{'|'.join(sorted(DEEDS))})(?![^\W_])"
    )
