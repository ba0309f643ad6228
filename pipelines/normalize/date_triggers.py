"""Where a date may begin: the first word or number of each rule of the grammar, with what must follow it there.

Most words a date can begin with (`các`, `năm`, `sau`, `thời`, a number) begin none, and the next word shows it. So only
the words around these places are cut into tokens and read by the rules. A place too many costs time, a place missed
costs a date: tests/test_date_triggers.py compares with reading from every word.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.normalize.date_words import ENGLISH_MONTHS, NUMBER_WORDS, UNITS, WEEKDAY_SHORT, one_of
from pipelines.normalize.word_starts import WordStarts, tree


def _any(*words: Iterable[str]) -> str:
    """A pattern for one of the whole words."""
    return f"(?:{'|'.join(sorted({word for group in words for word in group}, key=len, reverse=True))})(?!\\w)"


_MARK = r"\s*+(?:[,|(:-]\s*+)?"
_HALF = one_of("sáng trưa chiều tối đêm khuya")  # of the day
_HALVES = _HALF | one_of("rạng nửa giữa buổi")
_TENS = frozenset(NUMBER_WORDS) | one_of("mươi mốt tư lăm nhăm")
# What a day goes on with after `ngày`, a weekday or a part of the day.
_DAY_WORDS = one_of("thứ chủ chúa hôm ngày ngay mùng mồng lúc hồi mai kia nay qua tuần")
_DAY = rf"{_MARK}(?:\d|{_any(_HALVES, WEEKDAY_SHORT, ENGLISH_MONTHS, NUMBER_WORDS, _DAY_WORDS)})"
_MONTH_NAMES = _any(one_of("này trước sau tới một giêng hai ba tư bốn năm sáu bảy bẩy tám chín mười"))
_ENGLISH = _any(ENGLISH_MONTHS)
_YEARS = r"\s*+(?:từ\s*+)?(?:năm\s*+)?\d"
# After other words a number is of no date: it counts.
_AFTER_NUMBER = _any(
    UNITS, ENGLISH_MONTHS, one_of("h g thang đến tới tết thập thế âm âl al dương hằng hàng mỗi lúc vào hồi at")
)
_NUMBER = (
    r"\d(?!\d*+(?:"
    rf"\s++(?=[^\W\d_])(?!{_AFTER_NUMBER})"  # 25 cán bộ
    r"|[.)%”\"!?](?!\d)|\s*+\Z"
    r"|(?:\.\d{3}){1,6}+(?:[)%”\"!?]|\s++[^\W\d_])"  # 1.250 người
    rf"|,\d++(?:%|\s++(?=[^\W\d_])(?!{_AFTER_NUMBER}))"  # 1,5 triệu
    r"|(?<=\d\d\d)[,;]"
    r"|(?:[/-]\d{4})?[/-][^\W\d_](?![a-z]{2,8}-\d)"  # 28-NQ/TW, 147/2006/QĐ-TTg
    r"))"
)
_PLAIN = (
    rf"ngày{_DAY}",
    r"ngay\s*+\d", rf"hôm\s*+(?:\d|{_any(one_of('nay qua kia kìa'))})", r"lúc\s*+\d", r"hồi\s*+\d",
    *(rf"{half}(?:\s++(?:sớm|tối|khuya|muộn))?{_DAY}" for half in sorted(_HALF)),
    rf"buổi{_DAY}", r"rạng\s++sáng(?!\w)", r"nửa\s++(?:đêm|đầu|cuối)(?!\w)",
    rf"thứ\s*+(?:[2-7]|{_any(one_of('hai ba tư năm sáu bảy bẩy'))}){_DAY}", rf"ch(?:ủ|úa)\s++nh[ậự]t{_DAY}",
    *(rf"{day}{_DAY}" for day in sorted(WEEKDAY_SHORT)), r"mùng(?!\w)", r"mồng(?!\w)",
    *(rf"{month}\s*+\d" for month in sorted(ENGLISH_MONTHS)),
    rf"tháng\s*+(?:\d|{_MONTH_NAMES})", r"t\d\d?\s*+[/-]\s*+\d",
    *(rf"{when}\s++(?:đêm|tháng|qu[ýí]|năm)(?!\w)" for when in ("đầu", "giữa", "cuối")),
    rf"qu[ýí]\s*+(?:\d|{_any(one_of('này trước tới i ii iii iv một hai ba tư bốn'))})",
    rf"năm\s*+(?:\d|{_any(one_of('một hai nay ngoái trước kia sau tới năm tháng'))}|học{_YEARS})",
    r"các\s++năm\s*+\d", r"những\s++năm\s*+\d", r"thập\s++(?:niên|k[ỷỉ])\s*+\d", r"sang\s++năm(?!\w)",
    rf"giai\s++đoạn{_YEARS}", rf"thời\s++k[ỳì]{_YEARS}", rf"nhiệm\s++k[ỳì]{_YEARS}", rf"kh(?:óa|oá){_YEARS}",
    rf"niên\s++(?:vụ|khóa|khoá){_YEARS}", rf"tuần\s++{_any(one_of('này trước sau tới'))}",
)  # fmt: skip
_COUNTED = tuple(
    rf"{word}(?:\s++{_any(_TENS)}){{0,2}}\s++{_any(UNITS, one_of('tết thập thế'))}" for word in sorted(NUMBER_WORDS)
)
_PART = tree(_PLAIN)
_FROM = rf"từ(?:\s++(?:khoảng|cuối))?{_MARK}(?:\d{{4}}|{_NUMBER}|nay(?!\w)|{_PART})"
_BOUND = rf"{_MARK}(?:hết{_MARK})?(?:\d(?!\d*+\s++(?=[^\W\d_])(?!tháng|thang|{_ENGLISH}))|{_PART})"
_OTHERS = (
    *(rf"{word}{_BOUND}" for word in ("trước", "đến", "tới", "sau", "hết")), _FROM,
    r"chậm\s++nhất(?!\w)", r"muộn\s++nhất(?!\w)", r"cùng\s++k[ỳì](?!\w)", r"rằm\s++tháng(?!\w)", r"giao\s++thừa(?!\w)",
)  # fmt: skip
_HERE = rf"(?:{_NUMBER}|{tree([*_PLAIN, *_COUNTED, *_OTHERS])})"
_STARTS = WordStarts(_HERE)


def triggers(folded: str) -> list[int]:
    """Every place in a folded text (date_tokens.fold) where a date may begin, in order."""
    return _STARTS.find(folded)
