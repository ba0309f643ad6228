"""Where a date may begin: the first word or number of each rule of the grammar, with what must follow it there.

Most words a date can begin with (`các`, `năm`, `sau`, `thời`, a number) begin none, and the next word shows it. So only
the words around these places are cut into tokens and read by the rules. A place too many costs time, a place missed
costs a date: tests/test_date_triggers.py compares with reading from every word.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable

from pipelines.normalize.date_words import ENGLISH_MONTHS, NUMBER_WORDS, UNITS, WEEKDAY_SHORT, one_of
from pipelines.normalize.spelling import Plain
from pipelines.normalize.word_starts import tree


def _any(*words: Iterable[str]) -> str:
    """A pattern for one of the whole words."""
    return f"{tree({word for group in words for word in group})}(?!\\w)"


# What follows each word. The patterns are tried where the word ends.
_MARK = r"\s*+(?:[,|(:-]\s*+)?"
_MONTHS = frozenset(f"t{month}" for month in range(1, 13))
_HALVES = one_of("sáng trưa chiều tối đêm khuya")  # of the day
_DAY_WORDS = _HALVES | one_of("rạng nửa giữa buổi thứ chủ chúa hôm ngày ngay mùng mồng lúc hồi mai kia nay qua tuần")
_DAY = rf"{_MARK}(?:\d|{_any(_DAY_WORDS, WEEKDAY_SHORT, ENGLISH_MONTHS, NUMBER_WORDS)})"
_NAMED_DAY = rf"(?:{_DAY}|\s++vừa\s++(?:qua|rồi)\s*+[(,]\s*+\d)"
_YEARS = r"\s*+(?:từ\s*+)?(?:năm\s*+)?\d"
_YEARS_AFTER_TERM = rf"\s++k[ỳì]{_YEARS}"
_MONTH = rf"\s*+(?:\d|{_any(one_of('này trước sau tới một giêng hai ba tư bốn năm sáu bảy bẩy tám chín mười'))})"
_QUARTER = rf"\s*+(?:\d|{_any(one_of('này trước tới i ii iii iv một hai ba tư bốn'))})"
_OF_PERIOD = r"\s++(?:đêm|tháng|qu[ýí]|năm)(?!\w)"
_TENS = _any(NUMBER_WORDS, one_of("mươi mốt tư lăm nhăm"))
_PARTS = {
    **dict.fromkeys(_HALVES, rf"(?:\s++(?:sớm|tối|khuya|muộn))?{_DAY}"),
    **dict.fromkeys(["ngày", "buổi", *WEEKDAY_SHORT], _DAY),
    **dict.fromkeys(["lúc", "hồi", "ngay", *ENGLISH_MONTHS], r"\s*+\d"),
    **dict.fromkeys(["mùng", "mồng"], ""),
    **dict.fromkeys(["chủ", "chúa"], rf"\s++nh[ậự]t{_NAMED_DAY}"),
    **dict.fromkeys(["đầu", "cuối", "giữa"], _OF_PERIOD),
    **dict.fromkeys(["quý", "quí"], _QUARTER),
    **dict.fromkeys(["các", "những"], r"\s++năm\s*+\d"),
    **dict.fromkeys(["khóa", "khoá"], _YEARS),
    **dict.fromkeys(["thời", "nhiệm"], _YEARS_AFTER_TERM),
    **dict.fromkeys(_MONTHS, rf"(?:\s*+[/-]\s*+\d|{_DAY})"),
    "hôm": rf"\s*+(?:\d|{_any(one_of('nay qua kia kìa'))})",
    "rạng": r"\s++sáng(?!\w)",
    "nửa": r"\s++(?:đêm|đầu|cuối)(?!\w)",
    "thứ": rf"\s*+(?:[2-7]|{_any(one_of('hai ba tư năm sáu bảy bẩy'))}){_NAMED_DAY}",
    "tháng": _MONTH,
    "năm": rf"\s*+(?:\d|{_any(one_of('một hai nay ngoái trước kia sau tới năm tháng'))}|học{_YEARS})",
    "thập": r"\s++(?:niên|k[ỷỉ])\s*+\d",
    "sang": r"\s++năm(?!\w)",
    "giai": rf"\s++đoạn{_YEARS}",
    "niên": rf"\s++(?:vụ|khóa|khoá){_YEARS}",
    "tuần": rf"\s++{_any(one_of('này trước sau tới'))}",
}
_COUNTED = rf"(?:\s++{_TENS}){{0,2}}\s++{_any(UNITS, one_of('tết thập thế'))}"
_OTHERS = {
    **{word: _COUNTED for word in NUMBER_WORDS if word != "năm"},
    **dict.fromkeys(["chậm", "muộn"], r"\s++nhất(?!\w)"),
    "cùng": r"\s++k[ỳì](?!\w)",
    "rằm": r"\s++tháng(?!\w)",
    "giao": r"\s++thừa(?!\w)",
}
_BOUNDS = frozenset(["từ", "trước", "đến", "tới", "sau", "hết"])
_TO_BOUND = re.compile(rf"(?>(?:\s++(?:khoảng|cuối)(?=\s++(?:khoảng|ngày)))?){_MARK}(?:hết(?!\w){_MARK})?")

# Behind other words a number is of no date: it counts.
_AFTER_NUMBER = _any(
    UNITS, ENGLISH_MONTHS, one_of("h g thang đến tới tết thập thế âm âl al dương hằng hàng mỗi lúc vào hồi at")
)
_NUMBER = (  # behind its first figure
    r"(?!\d*+(?:"
    rf"\s++(?=[^\W\d_])(?!{_AFTER_NUMBER})"  # 25 cán bộ
    r"|[.)%”\"!?](?!\d)|\s*+\Z"
    r"|(?>(?:\.\d{3}){1,6})(?:[)%”\"!?]|\s++[^\W\d_])"  # 1.250 người
    rf"|,\d++(?:%|\s++(?=[^\W\d_])(?!{_AFTER_NUMBER}))"  # 1,5 triệu
    r"|(?<=\d\d\d)[,;]"
    r"|(?:[/-]\d{4})?[/-][^\W\d_](?![a-z]{2,8}-\d)"  # 28-NQ/TW, 147/2006/QĐ-TTg
    r"))"
)
_BOUND_NUMBER = re.compile(rf"\d{{4}}|\d{_NUMBER}")
_FOLLOWING = {word: re.compile(pattern) for word, pattern in {**_OTHERS, **_PARTS}.items()}
# What follows these is looked at only where one is found: it is long, and they are rare or follow no simple rule.
_LATER = {
    **dict.fromkeys(WEEKDAY_SHORT, "()"),
    **dict.fromkeys(_BOUNDS, rf"(?={_MARK}(?:\d|{_any(_PARTS, one_of('nay khoảng hết'))}))()"),
}
_SHORT_MONTH = r"t[1-9](?:(?<=1)[0-2])?(?!\w)()"


def _searched(word: str) -> str:
    """The word for the search, with what must follow it, or with an empty group: what follows is to be looked at."""
    return f"{word}(?!\\w){_LATER.get(word) or f'(?={_FOLLOWING[word].pattern})'}"


_WORDS = [_SHORT_MONTH, *sorted(map(_searched, (_BOUNDS | _FOLLOWING.keys()) - _MONTHS))]
_FIRST = re.compile(tree([rf"\d{_NUMBER}", *_WORDS]))
# `re` scans for the blank in C. Figures of other alphabets are among `Plain.behind_marks`.
_BEHIND_BLANK = re.compile(f" {tree([f'[0-9]{_NUMBER}', *_WORDS])}")
_WORD = re.compile(r"[^\W\d_]\w*+")


def triggers(spelled: Plain) -> list[int]:
    """Every place in a text where a date may begin, in order."""
    folded, found = spelled.low, []
    for match in _BEHIND_BLANK.finditer(folded):
        place = match.start() + 1
        if not match.lastindex or _may_begin(folded, place, match.end()):
            found.append(place)
    for place in (0, *spelled.behind_marks):
        first = _FIRST.match(folded, place)
        if first and (not first.lastindex or _may_begin(folded, place, first.end())):
            insort(found, place)
    return found


def _may_begin(folded: str, place: int, end: int) -> bool:
    """Whether a date may begin with the word that stands there, by what follows it."""
    word = folded[place:end]
    if word not in _BOUNDS:
        return _FOLLOWING[word].match(folded, end) is not None
    bound = _TO_BOUND.match(folded, end)
    at = end if bound is None else bound.end()
    first = _WORD.match(folded, at)
    if first is None:
        return _BOUND_NUMBER.match(folded, at) is not None
    if first[0] not in _PARTS:
        return first[0] == "nay"
    return _FOLLOWING[first[0]].match(folded, first.end()) is not None
