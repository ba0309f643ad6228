"""What a number is of: a measure, money, a counted noun; and numbers that are two ends of a range."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.normalize.counted import (
    Amount,
    Measure,
    counts_nothing,
    cues,
    noun_at,
    per_unit,
    stuff_at,
    unit_at,
    unknown_at,
)
from pipelines.normalize.number_words import Ahead, Number, number_at

JOIN = re.compile(r" {0,3}[-~] {0,3}(?=\d)| {1,3}(?:cho )?(?:đến|tới) {1,3}(?=[^\W_])")
TO = frozenset(["cho", "đến", "tới"])
CERTAIN = frozenset({"percent", "money"})  # whatever stands before, it is no name
_COUNTABLE = frozenset({"person", "body", "place", "thing", "act", "award", "view"})
_MEASURED = frozenset({"percent", "money", "measure"})
_MOST_FIXED = 10  # `10 phương`: larger numbers stand in no fixed phrase
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_AT_AN_END = frozenset(["", *";)\n.,"])  # there a small number is a unit's: `Sư đoàn 5,`
_LASTS = re.compile(r" {1,3}(?:năm|tháng|tuần|giờ|phút|giây)\b(?! {1,3}(?:lương|bay|giảng|học|nhạc)\b)")
_MAY_LAST = frozenset(" ntgp")  # the letters these begin with; another blank
_GOES_ON = re.compile(r"-[a-zđ]")  # a document's: `397-KH/TM`
_DATED = re.compile(r"/\d{1,2}/\d{4}\b|-\d{1,2}-\d{4}\b")


def amount_of(text: str, given: str, number: Number, following: Ahead) -> Amount | None:
    """The number with its unit or noun; None: it is a duration, or written as no such amount is.

    text  lower case; `given` the same with its capitals; `following` the words behind the number
    """
    unit = unit_at(text, given, number.end, following)
    if unit is not None and not (unit[0].kind == "tender" and not number.scaled and number.form != "grouped"):
        return None if unit[0].kind == "time" else _measured(text, given, number, *unit)
    if text[number.end : number.end + 1].isalnum():
        return None
    amount = noun_at(text, given, number, following)
    if amount is None:
        if number.form in {"whole", "grouped"} and (amount := unknown_at(given, number, following)):
            return amount
        if following.first and following.first not in cues("stop"):
            return None  # of something unknown
        return Amount(number, number.value, "", "", "bare", number.end)
    if number.form == "either" and not number.scaled:
        if amount.kind not in _COUNTABLE:
            return None
        amount.value *= 1000  # nobody counts 1,250 people
    elif number.form == "decimal" and not number.scaled and amount.kind != "score" and amount.unit != "lần":
        return None
    if amount.value <= _MOST_FIXED and counts_nothing(amount.value, following):
        return None
    return amount


def _measured(text: str, given: str, number: Number, measure: Measure, end: int) -> Amount | None:
    value, unit, kind = number.value, measure.unit, measure.kind
    kind = "money" if kind == "tender" else kind
    if kind == "money" and not value:
        return None  # `gian hàng 0 đồng`
    if unit == "VND" and not number.scaled:
        if number.form == "either":
            value *= 1000  # there is no part of a đồng
        elif number.form == "decimal":
            return None
    if "rưỡi" in text[end : end + 7] and not number.scaled:
        after = Ahead(text, end)
        if after.first == "rưỡi":
            value, end = value + Decimal("0.5"), after.end(1)
    if measure.factor != 1:
        value *= measure.factor
    counts = ""
    if kind == "measure":
        per = per_unit(text, end)
        if per:
            unit, end = f"{unit}/{per[0]}", per[1]
        stuff = stuff_at(Ahead(text, end))
        if stuff:
            counts = given[end:stuff].strip()
            end = stuff
    return Amount(number, value, unit, counts, kind, end)


def range_of(text: str, given: str, first: Number, following: Ahead, amount: Amount | None) -> Amount | None:
    """`5 đến 7 triệu`, `10-15%`, `5% - 7%`: the amount with both ends; None: no range."""
    join = JOIN.match(text, first.end) if not following.first or following.first in TO else None
    if join is None and amount is not None and amount.kind in _MEASURED:
        join = JOIN.match(text, amount.end)
    if join is None:
        return None
    second = number_at(text, join.end())
    if second is None or second.form not in {"whole", "grouped", "decimal", "either", "words"}:
        return None
    if text[second.end : second.end + 1] in {"/", "-"} and text[second.end + 1 : second.end + 2].isdigit():
        return None
    upper = amount_of(text, given, second, Ahead(text, second.end))
    if upper is None or upper.kind in {"bare", "unknown"}:
        return None
    if amount is not None and amount.kind in _MEASURED and join.start() >= amount.end:
        if amount.unit != upper.unit:
            return None
        lower = amount.value
    else:
        lower = first.value * (1000 if first.form == "either" and upper.value != second.value else 1)
        mantissa = second.value
        if second.scaled and not first.scaled:
            scale = Decimal(second.last)
            mantissa = second.value / scale
            if lower >= mantissa:
                return None  # `900 đến 1 triệu`: of what?
            lower *= scale
        if second.value:
            lower = Decimal(lower) * upper.value / second.value
    if lower >= upper.value or (is_year(first) and is_year(second) and upper.kind not in CERTAIN):
        return None
    upper.value, upper.most = lower, upper.value
    return upper


def is_year(number: Number) -> bool:
    """Whether the number looks like a year: four digits without a mark."""
    return (
        len(number.digits) == 4
        and number.form == "whole"
        and not number.scaled
        and _FIRST_YEAR <= number.value <= _LAST_YEAR
    )


def no_amount(text: str, number: Number, after: str) -> bool:
    """Whether a whole number is a date's, a duration's, a document's or a unit's: known at a glance."""
    size = len(number.digits)
    if after == " ":
        return (
            size <= 4
            and text[number.end + 1 : number.end + 2] in _MAY_LAST
            and _LASTS.match(text, number.end) is not None
        )
    if size > 3:
        return False
    if after in _AT_AN_END or _GOES_ON.match(text, number.end):
        return True
    return size <= 2 and _DATED.match(text, number.end) is not None
