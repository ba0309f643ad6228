"""How many groups and people an award went to: `26 tập thể và 28 cá nhân`, `hai tập thể`, `03 đồng chí`."""

from __future__ import annotations

import re

_GROUPS = "tập thể|đơn vị|cơ quan|chi bộ|đảng bộ|tổ chức|chi đoàn|hộ gia đình|gia đình|doanh nghiệp|nhóm|hộ"
_PERSONS = (
    "cá nhân|đồng chí|cán bộ|chiến sĩ|chiến sỹ|học viên|đảng viên|đoàn viên|hội viên|quân nhân|bác sĩ|bác sỹ|sĩ quan|"
    "sinh viên|học sinh|người|quần chúng|vận động viên|thí sinh|thầy thuốc|nhân viên|công dân|phụ nữ|gương|mẹ"
)
_DIGITS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10
}  # fmt: skip
_DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7}
_IN_WORDS = "|".join(_DIGITS)
_COUNT = re.compile(
    rf"(?<![^\W_])(?<!\d[.,/])(?P<number>\d{{1,3}}(?:\.\d{{3}})*(?![\d/%]|[.,]\d)"
    rf"|(?:{_IN_WORDS})(?: (?:mươi|{_IN_WORDS})){{0,3}}) "
    rf"(?P<times>lượt )?(?:(?P<groups>{_GROUPS})|(?P<persons>{_PERSONS}))(?![^\W_])"
    rf"(?P<both>(?:,| và|, và) (?:{_GROUPS}|{_PERSONS})(?![^\W_]))?"
)
# Behind these stands why it was given, with counts of other things.
_REASON = re.compile(
    r" (?:vì|do|đã có|có thành tích|có nhiều thành tích|đạt thành tích|trong(?! đó)|nhân dịp|trị giá)(?![^\W_])"
)


def counts(low: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Groups and persons told between two positions; None: not told.

    A number for both (`26 tập thể, cá nhân`) and numbers of times (`120 lượt cán bộ`) tell neither.
    low    plain spelling in small letters
    """
    reason = _REASON.search(low, start, end)
    found: dict[str, int | None] = {}
    for match in _COUNT.finditer(low, start, reason.start() if reason else end):
        kind = "groups" if match["groups"] else "persons"
        if match["both"] or match["times"]:
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
