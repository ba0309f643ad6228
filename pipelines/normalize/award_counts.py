"""How many groups and people an award went to: `26 tập thể và 28 cá nhân`, `hai tập thể`, `03 đồng chí`."""

from __future__ import annotations

import re
from functools import cache

from pipelines.normalize.phrase_patterns import word_tree
from pipelines.normalize.spelling import lower
from pipelines.reference import table

_GROUPS = (
    "tập thể|đơn vị|cơ quan|chi bộ|đảng bộ|tổ chức|chi đoàn|hộ gia đình|gia đình|doanh nghiệp|nhóm|hộ|đội|đội thi|"
    "đội tuyển|công ty|nhà phân phối|đại lý|trường(?! hợp)|câu lạc bộ|khối|cụm|chi hội|liên đội|xã|phường|thôn|huyện|"
    "tiểu đội|trung đội|đại đội|tiểu đoàn|trung đoàn|lữ đoàn|sư đoàn|khoa"
)
_PERSONS = ("cá nhân", "gương", "mẹ")
_DIGITS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10
}  # fmt: skip
_DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7}
_IN_WORDS = "|".join(_DIGITS)
_FIRSTS = "".join(dict.fromkeys(word[0] for word in _DIGITS))
_BEHIND_FIRST = "|".join(f"{word[1:]}(?<={word})" for word in _DIGITS)
_TEAMS = re.compile(rf"(?<![^\W_])(?:(?:các|những|\d+|toàn bộ) (?:{_GROUPS})|đội|tập thể|toàn đoàn|đồng đội)(?![^\W_])")
_COMPETITORS = re.compile(
    r"(?<![^\W_])(?:cá nhân|thí sinh|vận động viên|tác giả|học sinh|sinh viên|giảng viên|báo cáo viên|"
    r"tuyên truyền viên|đấu thủ|võ sĩ|kỳ thủ|cầu thủ|học viên|điều dưỡng|bác sĩ|cán bộ)(?![^\W_])"
)


@cache
def _count() -> re.Pattern[str]:
    """A number and those it counts: groups, or the words for people of reference/counted_nouns.tsv."""
    nouns = {lower(row["noun"]).replace("sỹ", "sĩ") for row in table("counted_nouns") if row["kind"] == "person"}
    persons = word_tree({*nouns, *_PERSONS})
    return re.compile(
        rf"(?P<number>[\d{_FIRSTS}](?<![^\W_].)(?<!\d[.,/].)"  # a set in front, for which `re` scans in C
        rf"(?:(?:{_BEHIND_FIRST})(?: (?:mươi|{_IN_WORDS})){{0,3}}|(?<=\d)\d{{0,2}}(?:\.\d{{3}})*(?![\d/%]|[.,]\d))) "
        rf"(?P<times>lượt )?(?:(?P<groups>{_GROUPS})|(?P<persons>{persons}))(?![^\W_])"
        rf"(?P<both>(?:,| và|, và) (?:(?P<more>{_GROUPS})|{persons})(?![^\W_]))?"
    )


_PRIZES = re.compile(rf"(?<![^\W_])(?P<number>\d{{1,3}}|{_IN_WORDS}) $")
# Behind these stands why it was given, with counts of other things.
_REASON = re.compile(
    r" (?:vì|do|đã có|có thành tích|có nhiều thành tích|đạt thành tích|trong(?! đó)|nhân dịp|trị giá)(?![^\W_])"
)


def prizes_before(low: str, start: int) -> tuple[int | None, int]:
    """The number right before a prize and where it starts: `2 giải Nhì`, `một giải Nhất`; (None, start) without."""
    match = _PRIZES.search(low, max(0, start - 16), start)
    value = _value(match["number"]) if match else None
    return (None, start) if match is None or value is None else (value, match.start("number"))


def competitors(low: str, start: int, end: int) -> str | None:
    """`groups` or `persons`, whichever alone is named between two positions; None."""
    teams, people = _TEAMS.search(low, start, end), _COMPETITORS.search(low, start, end)
    if teams and not people:
        return "groups"
    return "persons" if people and not teams else None


def counts(low: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Groups and persons told between two positions; None: not told.

    Lists of one kind are counted together (`15 cán bộ, chiến sĩ`); what is a part (`trong đó có 3 nữ`) is left out.
    A number for both (`26 tập thể, cá nhân`) and numbers of times (`120 lượt cán bộ`) tell neither.
    low    plain spelling in small letters
    """
    reason = _REASON.search(low, start, end)
    found: dict[str, int | None] = {}
    end = reason.start() if reason else end
    parts = low.find(" trong đó", start, end)
    for match in _count().finditer(low, start, end):
        if found and 0 <= parts < match.start():
            break  # `15 cá nhân, trong đó có 3 sĩ quan`
        kind = "groups" if match["groups"] else "persons"
        if match["times"] or (match["both"] and bool(match["more"]) != (kind == "groups")):
            return None, None
        if kind in found:  # `5 tập thể và 3 đơn vị`: which is meant, or their sum, is not said
            found[kind] = None
        else:
            found[kind] = _value(match["number"])
    return found.get("groups"), found.get("persons")


def _value(number: str) -> int | None:
    """`26`, `1.200`, `hai mươi lăm`; None for words that are no number below a hundred."""
    if number[0].isdecimal():
        return int(number.replace(".", ""))
    words = number.split()
    if len(words) == 1:
        return _DIGITS[words[0]]
    if words[0] == "mười" and len(words) == 2:
        return 10 + _DIGITS.get(words[1], 100) if words[1] not in {"mươi", "mười", "không"} else None
    if words[1] == "mươi" and len(words) <= 3 and 2 <= _DIGITS[words[0]] <= 9:
        unit = _DIGITS.get(words[2]) if len(words) == 3 else 0
        return None if unit is None or unit > 9 else _DIGITS[words[0]] * 10 + unit
    return None
