"""The grammar of quantities: numbers, what they are of, how they are qualified; and what only looks like one.

Longer than most: one scan, whose rules hand the same few values to each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.normalize.counted import (
    counts_nothing,
    cues,
    noun_at,
    per_unit,
    stuff_at,
    unit_at,
    unknown_at,
)
from pipelines.normalize.mentions import Quantity
from pipelines.normalize.number_cues import Before, Qualified, before, named_by, qualified
from pipelines.normalize.number_words import Number, ahead, number_at, scale_at
from pipelines.normalize.spelling import lower, plain

_TRIGGER = re.compile(
    r"(?P<digits>\d)|(?:(?P<vague>hàng|hằng|vài|mấy|cả)(?= {1,3}(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|tá)\b)"
    r"|(?P<ordinal>lần {1,3}thứ)|(?P<half>(?:một {1,3})?nửa)|(?P<fold>gấp {1,3}(?:đôi|rưỡi))"
    r"|(?P<words>một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|hăm)|(?P<scale>chục|trăm|nghìn|ngàn|vạn|triệu))\b"
)
_DIGITS = re.compile(r"\d+")
# Most numbers of a bulletin: known at a glance.
_OF_TIME = re.compile(
    r"\d{1,2}([/.-])\d{1,2}\1\d{4}\b"
    r"|\d{1,4} {1,3}(?:năm|tháng|tuần|giờ|phút|giây)\b(?! {1,3}(?:lương|bay|giảng|học|nhạc)\b)"
)
# What a match of _TRIGGER begins with. Looking for each is ten times as fast as searching for the alternation.
_FIRST = (
    "hàng ", "hằng ", "vài ", "mấy ", "cả ", "lần ", "nửa", "gấp ", "một ", "hai ", "ba ", "bốn ", "năm ", "sáu ", "bảy ", "bẩy ",
    "tám ", "chín ", "mười ", "hăm ", "chục ", "trăm ", "nghìn ", "ngàn ", "vạn ", "triệu ",
)  # fmt: skip
_CHAIN = re.compile(r"\d\w{0,99}(?:[.,/:+-]\w{1,99}){0,99}")
_JOIN = re.compile(r" {0,3}[-~] {0,3}(?=\d)| {1,3}(?:cho )?(?:đến|tới) {1,3}(?=[^\W_])")
_ON = re.compile(r" {1,3}(?:trên|trong)(?: tổng(?: số)?)? {1,3}(?=\d)")
_AFTERWARDS = re.compile(r" {1,3}trở (lên|xuống)\b")
_COMPARED = re.compile(r"[^.;\n]{0,40}?\b(?:so với|cùng kỳ|kế hoạch|chỉ tiêu)\b")
_ANOTHER = re.compile(
    r" {0,3}(?:[,;] {0,3}(?:và {1,3})?|(?:và|cùng) {1,3})(?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b)"
)
_LISTED = re.compile(r" {0,3}(?:[,;] {0,3}(?:và {1,3})?|(?:và|cùng|hoặc) {1,3}|[-/] {0,3})")
_SHARED = re.compile(
    r" {1,3}(?:tổng số|tổng|số|dân số|quân số|diện tích|trong số|chiều dài|thời lượng|ngân sách|thu nhập)\b"
)
_NUMBER_FOLLOWS = re.compile(r" {1,3}\d")
_QUOTES = frozenset("“‘«\"'")
_RANKED = {"nhất": 1, "nhì": 2, "tư": 4}
_PARTS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# `dăm ba`, `một hai`: no exact number
_LOOSE = frozenset(["dăm", "vài", "đôi", "mấy", "mươi", "nửa", *_PARTS])
_DAY = frozenset(
    [
        "ngày",
        "sáng",
        "trưa",
        "chiều",
        "tối",
        "đêm",
        "hôm",
        "lễ",
        "dịp",
        "khánh",
        "niệm",
        "tết",
        "từ",
        "đến",
        "tới",
        "tháng",
        "năm",
        "trước",
        "sau",
    ]
)
_COUNTABLE = frozenset({"person", "body", "place", "thing", "act", "award", "view"})
_CERTAIN = frozenset({"percent", "money"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number and what it is of. kind: as in units.tsv, counted_nouns.tsv; unknown; bare: nothing follows."""

    number: Number
    value: Decimal
    unit: str
    counts: str
    kind: str
    end: int
    most: Decimal | None = None


class Scan:
    """One pass over a text, from one possible start of a quantity to the next."""

    def __init__(self, text: str, taken: Sequence[tuple[int, int]]) -> None:
        self._plain = plain(text)
        self.given = self._plain.text
        self.text = lower(self.given)
        self._taken = sorted(taken)
        self._taken_ends = [end for _, end in self._taken]
        self.found: list[Quantity] = []
        self._last_end = -1  # of the last quantity, in the plain text
        self._last_change = ""
        self._name_end = -1  # of the last number refused as part of a name

    def run(self) -> list[Quantity]:
        at = 0
        for start in self._starts():
            if start < at:
                continue
            match = _TRIGGER.match(self.text, start)
            if match is None:
                continue
            kind = match.lastgroup or ""
            end = None
            if not (start and self._glued(start)) and not self._is_taken(start, match.end()):
                end = self._read(start, match, kind)
            at = self._past(match.end(), kind, start) if end is None else end
        return self.found

    def _starts(self) -> list[int]:
        """Every place where a quantity may begin."""
        text = self.text
        starts = [match.start() for match in _DIGITS.finditer(text)]
        for word in _FIRST:
            at = text.find(word)
            while at >= 0:
                if at == 0 or not text[at - 1].isalnum():
                    starts.append(at)
                at = text.find(word, at + 1)
        starts.sort()
        return starts

    def _past(self, end: int, kind: str, start: int) -> int:
        if kind == "digits":
            chain = _CHAIN.match(self.text, start)
            return chain.end() if chain else end
        return end

    def _glued(self, start: int) -> bool:
        """Whether the start is the rest of something longer: `H06`, `COVID-19`, `12:30`."""
        last = self.text[start - 1]
        if last.isalnum() or last == "_":
            return True
        earlier = self.text[start - 2] if start > 1 else ""
        return (last in ".,:" and earlier.isdigit()) or (last in "-/+'&" and earlier.isalnum()) or last in "/@#\\="

    def _is_taken(self, start: int, end: int) -> bool:
        if not self._taken:
            return False
        start, end = self._plain.span(start, end)
        index = bisect_left(self._taken_ends, start + 1)
        return index < len(self._taken) and self._taken[index][0] < end

    def _read(self, start: int, match: re.Match[str], kind: str) -> int | None:
        """Read a quantity; its end, or None."""
        if kind == "digits":
            return self._digits(start)
        if kind == "words":
            return self._words(start)
        if kind == "vague":
            return self._vague(start, match)
        if kind == "ordinal":
            return self._ordinal(start, match.end())
        if kind == "half":
            return self._half(start, match.end())
        if kind == "scale":
            return self._bare_scale(start)
        value = 2.0 if match[0].endswith("đôi") else 1.5
        return self._add(value, None, "times", "", "multiplier", start, match.end())

    # What a number is of

    def _amount(self, number: Number) -> _Amount | None:
        """The number with its unit or noun; None: it is a duration, or written as no such amount is."""
        text, given = self.text, self.given
        following = ahead(text, number.end)
        tight = text[number.end : number.end + 1].isalnum()
        unit = unit_at(text, given, number.end, following)
        if unit is not None and not (unit.kind == "tender" and not number.scaled and number.form != "grouped"):
            return None if unit.kind == "time" else self._measured(number, unit.unit, unit.factor, unit.kind, unit.end)
        if tight:
            return None
        counted = noun_at(text, given, following)
        if counted is None:
            if number.form in {"whole", "grouped"} and (counted := unknown_at(given, following)):
                return _Amount(number, number.value, counted.unit, counted.counts, counted.kind, counted.end)
            return _Amount(number, number.value, "", "", "bare", number.end)
        value = number.value
        if number.form == "either" and not number.scaled:
            if counted.kind not in _COUNTABLE:
                return None
            value *= 1000  # nobody counts 1,250 people
        elif number.form == "decimal" and not number.scaled and counted.kind != "score" and counted.unit != "lần":
            return None
        if counts_nothing(value, following):
            return None
        return _Amount(number, value, counted.unit, counted.counts, counted.kind, counted.end)

    def _measured(self, number: Number, unit: str, factor: Decimal, kind: str, end: int) -> _Amount | None:
        value = number.value
        kind = "money" if kind == "tender" else kind
        if unit == "VND" and not number.scaled:
            if number.form == "either":
                value *= 1000  # there is no part of a đồng
            elif number.form == "decimal":
                return None
        after = ahead(self.text, end)
        if after.words[:1] == ("rưỡi",) and not number.scaled:
            value, end = value + Decimal("0.5"), after.ends[0]
        value *= factor
        counts = ""
        if kind == "measure":
            per = per_unit(self.text, end)
            if per:
                unit, end = f"{unit}/{per[0]}", per[1]
            stuff = stuff_at(ahead(self.text, end))
            if stuff:
                counts = self.given[end:stuff].strip()
                end = stuff
        return _Amount(number, value, unit, counts, kind, end)

    def _range(self, first: Number, amount: _Amount | None) -> _Amount | None:
        """`5 đến 7 triệu`, `10-15%`, `5% - 7%`: the amount with both ends; None: no range."""
        join = _JOIN.match(self.text, first.end)
        if join is None and amount is not None and amount.kind in {"percent", "money", "measure", "time"}:
            join = _JOIN.match(self.text, amount.end)
        if join is None:
            return None
        second = number_at(self.text, join.end())
        if second is None or second.form not in {"whole", "grouped", "decimal", "either", "words"}:
            return None
        if (
            self.text[second.end : second.end + 1] in {"/", "-"}
            and self.text[second.end + 1 : second.end + 2].isdigit()
        ):
            return None
        upper = self._amount(second)
        if upper is None or upper.kind in {"bare", "unknown"}:
            return None
        if amount is not None and amount.kind in {"percent", "money", "measure"} and join.start() >= amount.end:
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
                lower = lower * upper.value / second.value
        if lower >= upper.value or (_is_year(first) and _is_year(second) and upper.kind not in _CERTAIN):
            return None
        return replace(upper, value=lower, most=upper.value)

    # Where a quantity may begin

    def _digits(self, start: int) -> int | None:
        text = self.text
        if _OF_TIME.match(text, start):
            return None
        number = number_at(text, start)
        if number is None:
            return None
        if _is_year(number) and start > 3 and text.startswith("năm ", start - 4):
            self._name_end = number.end
            return None
        digits = number.digits
        if (digits[0] == "0" and number.form == "whole" and len(digits) > 2) or text[number.end : number.end + 1] in {
            "_",
            "+",
        }:
            return None
        after, then = text[number.end : number.end + 1], text[number.end + 1 : number.end + 2]
        if after == "/" and then.isdigit():
            return self._share(start, number, number_at(text, number.end + 1))
        if (after == "/" and not number.scaled) or (after == ":" and then.isdigit()):
            return None
        if after == "-" and then.isalpha():
            return None
        amount = self._amount(number)
        ranged = self._range(number, amount)
        if ranged is None and after == "-" and then.isdigit():
            return None
        if ranged is None and (share := _ON.match(text, number.end)) and number.form == "whole":
            second = number_at(text, share.end())
            if second is not None and second.form == "whole" and self._share(start, number, second):
                return self._last_end
        amount = ranged or amount
        if amount is None or (amount.kind == "bare" and not number.scaled and number.form != "grouped"):
            return None
        return self._place(start, amount)

    def _share(self, start: int, number: Number, whole: Number | None) -> int | None:
        """`9/10 tiêu chí`, `2/3 dân số`."""
        forms = {"whole", "grouped"}
        if whole is None or number.form not in forms or whole.form not in forms or whole.scaled:
            return None
        text = self.text
        if text[whole.end : whole.end + 1] in {"/", "-", ".", ":"} and text[whole.end + 1 : whole.end + 2].isalnum():
            return None
        place = before(text, start)
        how = qualified(place, start)
        near = how.rest.near
        datelike = number.value <= 31 and whole.value <= 12
        if (
            number.value > whole.value
            or not whole.value
            or named_by(how.rest, self.given) == "name"
            or (near in _DAY and datelike)
        ):
            return None
        following = ahead(text, whole.end)
        counted = noun_at(text, self.given, following)
        shared = _SHARED.match(text, whole.end) or (counted is None and how.qualifier in {"gt", "lt"})
        if shared and number.value < whole.value:
            return self._ratio(float(number.value / whole.value), how, whole.end)
        if counted is None and not datelike:
            counted = unknown_at(self.given, following)
        if counted is None or text[whole.end : whole.end + 1].isalnum():
            return None
        if datelike and near and self._capital(how.rest) and len(how.rest.words) > 1:
            return None
        return self._add(
            float(number.value), float(whole.value), counted.unit, counted.counts, "of", how.start, counted.end
        )

    def _words(self, start: int) -> int | None:
        text = self.text
        if text.startswith("năm", start) and not text[start + 4 : start + 5].isalpha():
            return None  # `năm 2023`
        number = number_at(text, start)
        if number is None:
            return None
        following = ahead(text, number.end)
        single = number.value <= 10 and not number.scaled
        if single and following.words[:1] == ("phần",) and following.words[1:2] and following.words[1] in _PARTS:
            parts = _PARTS[following.words[1]]
            if number.value < parts and following.words[2:3] not in {("quà",), ("thưởng",), ("thi",)}:
                how = qualified(before(text, start), start)
                return self._ratio(float(number.value / parts), how, following.ends[1])
        amount = self._amount(number)
        amount = self._range(number, amount) or amount
        if amount is None or amount.kind == "unknown" or (amount.kind == "bare" and single and not self._folds(start)):
            return None
        place = before(text, start)
        how = qualified(place, start)
        near = how.rest.near
        if self.given[start].isupper() and near and not self.given[start : number.end].isupper():
            return None  # `Ba Đình`
        if near == "gấp" and single:
            end = following.ends[0] if following.words[:1] == ("lần",) else number.end
            return self._add(float(number.value), None, "times", "", "multiplier", how.rest.starts[-1], end)
        if near in _LOOSE or (amount.kind == "bare" and single):
            return None
        if single and amount.kind not in {"percent", "money", "measure"}:
            if text.startswith("năm", start) and near in cues("year_before") and how.start == start:
                return None
            if number.value == 1 and not self._in_a_list(start, amount):
                return None
        return self._place(start, amount)

    def _folds(self, start: int) -> bool:
        """Whether a number without a noun may be a multiplier: `gấp ba`."""
        return "gấp" in self.text[max(start - 16, 0) : start]

    def _in_a_list(self, start: int, amount: _Amount) -> bool:
        """Whether `một` counts: another number stands beside it (`một tập thể và hai cá nhân`); else it is an article."""
        listed = _LISTED.match(self.text, self._last_end) if self._last_end >= 0 else None
        return bool(listed and listed.end() == start) or _ANOTHER.match(self.text, amount.end) is not None

    def _vague(self, start: int, match: re.Match[str]) -> int | None:
        """`hàng trăm`: at least so many."""
        word = match["vague"]
        scale, end, _ = scale_at(self.text, match.end())
        place = before(self.text, start)
        if scale == 1 or (
            place.words and place.words[-1] in {"mặt", "bán", "cửa", "đơn", "gian", "hậu", "ngân", "khách"}
        ):
            return None
        number = Number(Decimal(scale * (2 if word in {"vài", "mấy"} else 1)), end, "whole", scaled=True, last=scale)
        amount = self._amount(number)
        if amount is None or amount.kind == "bare":
            return None
        return self._add(float(amount.value), None, amount.unit, amount.counts, "vague", start, amount.end)

    def _bare_scale(self, start: int) -> int | None:
        """`hơn trăm người`, `gần chục xã`."""
        scale, end, _ = scale_at(self.text, start)
        how = qualified(before(self.text, start), start)
        if scale == 1 or how.qualifier not in {"gt", "lt", "approx"}:
            return None
        amount = self._amount(Number(Decimal(scale), end, "words", scaled=True, last=scale))
        if amount is None or amount.kind in {"bare", "unknown"}:
            return None
        return self._add(float(amount.value), None, amount.unit, amount.counts, how.qualifier, how.start, amount.end)

    def _ordinal(self, start: int, end: int) -> int | None:
        following = ahead(self.text, end)
        rank: Number | None
        if following.words and following.words[0] in _RANKED:
            rank = Number(Decimal(_RANKED[following.words[0]]), following.ends[0], "words")
        else:
            while self.text[end : end + 1] == " ":
                end += 1
            rank = number_at(self.text, end)
        if (
            rank is None
            or rank.form not in {"whole", "words"}
            or rank.scaled
            or self.text[rank.end : rank.end + 1].isalnum()
        ):
            return None
        place = before(self.text, start)
        if any(self.given[word].isupper() for word in place.starts):
            return rank.end  # `Đại hội Đảng bộ lần thứ 12`: a name's
        return self._add(float(rank.value), None, "ordinal", "", "eq", start, rank.end)

    def _half(self, start: int, end: int) -> int | None:
        scale, scale_end, _ = scale_at(self.text, end)
        how = qualified(before(self.text, start), start)
        if scale >= 10**4:
            amount = self._amount(Number(Decimal(scale) / 2, scale_end, "words", scaled=True, last=scale))
            return None if amount is None or amount.kind == "bare" else self._place(start, amount)
        following = ahead(self.text, end).words[:1]
        if following and following[0] in {
            "đêm",
            "ngày",
            "chừng",
            "vời",
            "năm",
            "thế",
            "tháng",
            "giờ",
            "tiếng",
            "kia",
            "đầu",
            "sau",
        }:
            return None
        if how.qualifier or self.text.startswith("một", start):
            return self._ratio(0.5, how, end)
        return None

    def _ratio(self, share: float, how: Qualified, end: int) -> int:
        if how.change:
            share = -share if how.change == "down" else share
            return self._add(share, None, "ratio", "", f"change_{how.change}", how.start, end)
        plain_enough = how.qualifier in {"gt", "lt", "approx"}
        return self._add(share, None, "ratio", "", how.qualifier if plain_enough else "eq", how.start, end)

    # What stands before it, and what comes of it all

    def _place(self, start: int, amount: _Amount) -> int | None:
        """Judge the words before a number and add the quantity."""
        text, number = self.text, amount.number
        last = text[start - 1] if start else ""
        sign = last if last in {"-", "+"} else ""
        core = start - len(sign)
        place = before(text, core)
        how = qualified(place, core)
        certain = amount.kind in _CERTAIN or (number.scaled and amount.kind != "unknown")
        if not certain and not self._countable(start, amount, how):
            return None
        if last in _QUOTES and last and (core < 2 or not text[start - 2].isalnum()) and amount.kind not in _CERTAIN:
            return None
        near = how.rest.near
        value, most, begin = amount.value, amount.most, how.start
        qualifier = how.qualifier or ("range" if most is not None else "eq")
        if near == "từ" and most is not None:
            begin = how.rest.starts[-1]
            if not how.change:
                earlier = qualified(how.rest.without(1), begin)
                how, begin = (earlier, earlier.start) if earlier.change else (how, begin)
        change = how.change
        if how.qualifier in {"more", "less"}:
            if amount.kind == "percent" or _COMPARED.match(text, amount.end):
                change = change or ("up" if how.qualifier == "more" else "down")
            qualifier = "gt" if how.qualifier == "more" else "lt"
        elif how.qualifier == "beyond":
            if amount.kind == "percent" and value < 100:
                change = "up"
            qualifier = "gt"
            if not certain and amount.kind != "measure":
                qualifier, begin = "eq", start  # `vượt 7 chỉ tiêu`
        elif (
            qualifier in {"gt", "lt"}
            and text.startswith(("trên", "dưới"), begin)
            and amount.kind == "place"
            and not number.scaled
        ):
            if value < 10 or value % 10:
                qualifier, begin = "eq", start  # `trên 3 lĩnh vực`
        change, sign_start = self._bracketed(core, sign, amount, change)
        if sign and amount.kind == "percent" and not change:
            return None
        begin = min(begin, sign_start) if sign and change else (start if begin == core else begin)
        if near == "gấp" and amount.kind in {"act", "bare"} and amount.unit in {"lần", ""}:
            begin, qualifier, amount, change = (
                how.rest.starts[-1],
                "multiplier",
                replace(amount, unit="times", counts=""),
                "",
            )
        elif amount.unit == "lần" and (
            change or number.form == "decimal" or how.qualifier in {"more", "less"} or _COMPARED.match(text, amount.end)
        ):
            amount = replace(amount, unit="times", counts="")
            qualifier = qualifier if change else "multiplier"
        end = amount.end
        afterwards = _AFTERWARDS.match(text, end)
        if afterwards and not change:
            qualifier, end = ("gt" if afterwards[1] == "lên" else "lt"), afterwards.end()
        if change == "down":
            value, most = (-value, None) if most is None else (-most, -value)
        if change:
            qualifier = f"change_{change}"
        added = self._add(
            float(value), None if most is None else float(most), amount.unit, amount.counts, qualifier, begin, end
        )
        self._last_change = change
        return added

    def _countable(self, start: int, amount: _Amount, how: Qualified) -> bool:
        """Whether the number is a count and no part of a name, a year or a bare figure."""
        number, rest = amount.number, how.rest
        if amount.kind == "bare":
            if not (number.form == "words" and number.value > 10) and not (
                "." in number.digits and number.form == "grouped"
            ):
                return False
        elif number.form == "whole" and len(number.digits) > 8 and amount.kind != "measure":
            return False
        role = named_by(rest, self.given) if how.start >= start - 1 else ""
        small = number.value < 10 and amount.kind not in {"thing", "award"}
        rank = role == "rank" and (small or amount.kind in {"bare", "unknown"})
        if role == "caliber" or (amount.kind != "measure" and (role == "name" or rank)):
            self._name_end = number.end
            return False
        if (amount.kind in {"bare", "unknown"} or _is_year(number)) and self._name_end >= 0:
            listed = _LISTED.match(self.text, self._name_end)
            if listed and listed.end() == start:
                self._name_end = number.end  # `Tiểu đoàn 4, 5 và 6`
                return False
        capital = self._capital(rest) and how.start >= start - 1
        inner = capital and (len(rest.words) > 1 or rest.opened not in {"", ".", "!", "?", ":", "-", ";"})
        if amount.kind == "unknown":
            named = any(
                self.given[word].isupper() for word in rest.starts[-2:] if word != rest.starts[0] or rest.opened
            )
            if (named and how.start >= start - 1) or _NUMBER_FOLLOWS.match(self.text, amount.end):
                return False  # `Trung đoàn Vận tải 5 bảo đảm`, `Cuộc vận động 50 giai đoạn 2021-2025`
        elif amount.kind == "bare" and inner:
            return False
        new_name = amount.counts[:1].isupper() and amount.kind != "award"
        if _is_year(number) and (
            amount.kind == "unknown" or capital or new_name or (rest.words and rest.words[-1] in _DAY)
        ):
            return False
        return True

    def _capital(self, place: Before) -> bool:
        """Whether the word next to the number has a capital letter."""
        return bool(place.starts) and self.given[place.starts[-1]].isupper()

    def _bracketed(self, core: int, sign: str, amount: _Amount, change: str) -> tuple[str, int]:
        """A percentage in brackets right behind a change goes the same way: `giảm 3 vụ (15%)`; `(-5%)` by its sign."""
        if amount.kind != "percent" or core == 0 or self.text[core - 1] != "(" or change:
            return change, core
        if sign:
            return ("up" if sign == "+" else "down"), core
        if self._last_change and self.text[self._last_end : core - 1].strip(" ") == "" and self._last_end >= 0:
            return self._last_change, core
        return "", core

    def _add(
        self, value: float, most: float | None, unit: str, counts: str, qualifier: str, start: int, end: int
    ) -> int:
        start = max(start, self._last_end, 0)
        first, last = self._plain.span(start, end)
        self.found.append(Quantity(value, most, unit, counts, qualifier, first, last))
        self._last_end, self._last_change = end, ""
        return end


def _is_year(number: Number) -> bool:
    return (
        number.form == "whole"
        and not number.scaled
        and len(number.digits) == 4
        and _FIRST_YEAR <= number.value <= _LAST_YEAR
    )
