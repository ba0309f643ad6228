"""The words dates are written with: numbers, units of time, months, weekdays, parts of the day.

Nothing here knows what a date is; `date_grammar` puts the words together.
"""

from __future__ import annotations

from pipelines.normalize.date_tokens import Tokens


def one_of(words: str) -> frozenset[str]:
    """A set of words, written with spaces between them."""
    return frozenset(words.split())


# Units of time: how a duration writes them, and as a precision.
UNITS = {
    "năm": ("P", "Y", "year"), "tháng": ("P", "M", "month"), "tuần": ("P", "W", "week"), "ngày": ("P", "D", "day"),
    "giờ": ("PT", "H", "hour"), "tiếng": ("PT", "H", "hour"), "phút": ("PT", "M", "minute"),
    "giây": ("PT", "S", "second"),
}  # fmt: skip
_DIGITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TEN = {**_DIGITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
del _AFTER_TEN["năm"]  # "mười năm" is ten years, fifteen is "mười lăm"
NUMBER_WORDS = frozenset(_DIGITS) | {"mười"}


def count(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number from 1 to 9999 in digits, or to 99 in words: its value and the next token."""
    value = tokens.single(i, 9999, digits=4)
    if value is not None:
        return value, i + 1
    return tens(tokens, i)


def tens(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number from 1 to 99 in words (`hai mươi tư`)."""
    words = tokens.words
    if words[i] == "mười":
        unit = _AFTER_TEN.get(words[i + 1], 0)
        return 10 + unit, i + 1 + (unit > 0)
    digit = _DIGITS.get(words[i])
    if digit is None:
        return None
    if words[i + 1] == "mươi" and digit > 1:
        unit = _AFTER_TEN.get(words[i + 2], 0)
        return 10 * digit + unit, i + 2 + (unit > 0)
    return digit, i + 1


def year_in_words(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A year in words: `hai nghìn không trăm hai mươi ba`, `một nghìn chín trăm bảy mươi lăm`."""
    words = tokens.words
    if words[i] not in {"một", "hai"} or words[i + 1] not in {"nghìn", "ngàn"}:
        return None
    year, j = 1000 * _DIGITS[words[i]], i + 2
    if words[j + 1] == "trăm":
        hundreds = 0 if words[j] == "không" else _DIGITS.get(words[j])
        if hundreds is None:
            return None
        year, j = year + 100 * hundreds, j + 2
    if words[j] in {"linh", "lẻ"}:
        unit = _AFTER_TEN.get(words[j + 1]) or _DIGITS.get(words[j + 1])
        return (year + unit, j + 2) if unit else None
    rest = tens(tokens, j)
    return (year + rest[0], rest[1]) if rest else (year, j)


_MONTH_WORDS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def month_in_words(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The month after `tháng`, the longest name first: `mười một` before `mười`."""
    words = tokens.words
    if words[i] == "mười":
        unit = {"một": 1, "hai": 2}.get(words[i + 1], 0)
        return 10 + unit, i + 1 + (unit > 0)
    month = _MONTH_WORDS.get(words[i])
    return (month, i + 1) if month else None


_WEEKDAY_WORDS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}
WEEKDAY_SHORT = {"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6}
_WEEKDAY_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_SHORT.update({name: number for number, name in enumerate(_WEEKDAY_ENGLISH)})
WEEKDAY_SHORT.update({name[:3]: number for number, name in enumerate(_WEEKDAY_ENGLISH)})
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ENGLISH_MONTHS = {name: number + 1 for number, full in enumerate(_ENGLISH_MONTHS) for name in (full, full[:3])}
ENGLISH_MONTHS["sept"] = 9


def weekday(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A weekday, Monday 0 to Sunday 6. `lần thứ tư` is an ordinal; `T2/2023` is a month."""
    word, after = tokens.words[i], tokens.words[i + 1]
    if word == "thứ" and tokens.words[i - 1] != "lần":
        number = tokens.single(i + 1, 7, digits=1)
        if number is not None and number >= 2:
            return number - 2, i + 2
        if after in _WEEKDAY_WORDS:
            return _WEEKDAY_WORDS[after], i + 2
        return None
    if word in {"chủ", "chúa"} and after in {"nhật", "nhựt"}:
        return 6, i + 2
    if word in WEEKDAY_SHORT and not (after == "/" and tokens.tight(i + 1)):
        return WEEKDAY_SHORT[word], i + 1
    return None


def part_of_day(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """One of rạng sáng, sáng, trưa, chiều, tối, đêm."""
    words = tokens.words
    if words[i] == "buổi":
        i += 1
    word = words[i]
    if word == "rạng" and words[i + 1] == "sáng":
        return "rạng sáng", i + 2
    if word in {"nửa", "giữa"} and words[i + 1] == "đêm":
        return "đêm", i + 2
    if word == "khuya":
        return "đêm", i + 1
    if word in {"sáng", "trưa", "chiều", "tối", "đêm"} and words[i - 1] not in {"ánh", "bóng"}:
        following = words[i + 1]
        if (word, following) in {("sáng", "sớm"), ("chiều", "tối"), ("đêm", "khuya"), ("chiều", "muộn")}:
            return word, i + 2
        return word, i + 1
    return None
