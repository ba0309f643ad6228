"""The forms of a quantity, one rule each: in digits, in words, vague, as a share, as an ordinal.

Each rule gives the position after the quantity it has added, or None where there is none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pipelines.normalize.counted import Amount, cues, ends_counting, noun_at, unknown_at
from pipelines.normalize.date_words import one_of
from pipelines.normalize.mentions import Quantity
from pipelines.normalize.number_cues import Before, named_by, qualified
from pipelines.normalize.number_words import Ahead, Number, number_at, scale_at
from pipelines.normalize.quantity_amounts import JOIN, TO, amount_of, is_year, no_amount, range_of
from pipelines.normalize.quantity_judge import DAY, LISTED, Judge
from pipelines.normalize.quantity_scan import TRIGGER

_ON_WORDS = frozenset(["trên", "trong"])
_ON = re.compile(r" {1,3}(?:trên|trong)(?: tổng(?: số)?)? {1,3}(?=\d)")
_ANOTHER = re.compile(
    r" {0,3}(?:[,;] {0,3}(?:và {1,3})?|(?:và|cùng) {1,3})(?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b)"
)
_SHARED = re.compile(
    r" {1,3}(?:tổng số|tổng|số|dân số|quân số|diện tích|trong số|chiều dài|thời lượng|ngân sách|thu nhập)\b"
)
_DIGITS = frozenset("0123456789")
_GLUE = frozenset("/:_+-")
_RANKED = {"nhất": 1, "nhì": 2, "tư": 4}
_PARTS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# `dăm ba`, `một hai`: no exact number
_LOOSE = frozenset(["dăm", "vài", "đôi", "mấy", "mươi", "nửa", *_PARTS])
_LOOSELY = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín), $")  # `ba, bốn người`
_NO_PARTS = one_of("quà thưởng thi")  # `một phần quà`
_NO_HALF = one_of("đêm ngày chừng vời năm thế tháng giờ tiếng kia đầu sau")
_NO_VAGUE = one_of("mặt bán cửa đơn gian hậu ngân khách")  # `mặt hàng trăm …`


class Grammar(Judge):
    """One pass over a text, from one possible start of a quantity to the next."""

    def run(self, starts: list[int]) -> list[Quantity]:
        """starts: where a quantity may begin"""
        at, refused, text = 0, -1, self.text
        taken, taken_end = self.taken, -1
        for start in starts:
            if refused >= 0:
                # What is glued to refused digits has no blank in it: most often the next start is behind one.
                at = at if " " in text[refused:start] else self.past_digits(refused)
                refused = -1
            if start < at:
                continue
            last = text[start - 1] if start else " "
            if last != " " and last.isalnum():
                continue  # a letter of another alphabet
            match = None
            if text[start] not in _DIGITS:
                match = TRIGGER.match(text, start)
                if match is None:
                    continue
            end = start + 1 if match is None else match.end()
            while taken and taken[-1][0] < end:
                taken_end = max(taken_end, taken.pop()[1])
            if start < taken_end or (last != " " and self.glued(start)):
                found = None
            else:
                found = self._digits(start) if match is None else self._read(start, match)
            if found is not None:
                at = found
            elif match is None:
                refused = start
            else:
                at = self.past_words(end, match.lastgroup or "", start)
        return self.found

    def _read(self, start: int, match: re.Match[str]) -> int | None:
        """Read a quantity; its end, or None."""
        kind = match.lastgroup
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
        return self.add(value, None, "times", "", "multiplier", start, match.end())

    def _digits(self, start: int) -> int | None:
        text, given = self.text, self.given
        number = number_at(text, start)
        if number is None:
            return None
        end, form, scaled = number.end, number.form, number.scaled
        after, then = text[end : end + 1], ""
        if form == "whole":
            if not scaled and no_amount(text, number, after):
                return None
            if text[start - 4 : start] == "năm " and is_year(number):
                self.name_end = end
                return None
            if number.digits[0] == "0" and len(number.digits) > 2:
                return None
        if after in _GLUE:
            then = text[end + 1 : end + 2]
            if after == "/" and then.isdigit():
                return self._share(start, number, number_at(text, end + 1))
            if (after == "/" and not scaled) or (after == ":" and then.isdigit()):
                return None
            if after in "_+" or (after == "-" and then.isalpha()):
                return None
        following = Ahead(text, end)
        if form == "whole" and not scaled and following.first in _nothing_follows():
            return None
        amount = amount_of(text, given, number, following)
        if ranged := range_of(text, given, number, following, amount):
            return self.place(start, ranged)
        if after == "-" and then.isdigit():
            return None
        if form == "whole" and following.first in _ON_WORDS and (share := _ON.match(text, end)):
            second = number_at(text, share.end())
            if second is not None and second.form == "whole" and self._share(start, number, second):
                return self.last_end
        if amount is None:
            return None
        if amount.kind == "bare":
            if join := JOIN.match(text, end):
                upper = number_at(text, join.end())
                if upper is not None and upper.scaled:
                    return upper.end  # `900 đến 1 triệu`: the ends do not fit, and the upper one alone would mislead
            if not scaled and form != "grouped":
                return None
        return self.place(start, amount)

    def _share(self, start: int, number: Number, whole: Number | None) -> int | None:
        """`9/10 tiêu chí`, `2/3 dân số`."""
        forms = {"whole", "grouped"}
        if whole is None or number.form not in forms or whole.form not in forms or whole.scaled:
            return None
        text = self.text
        if text[whole.end : whole.end + 1] in {"/", "-", ".", ":"} and text[whole.end + 1 : whole.end + 2].isalnum():
            return None
        how = qualified(text, start)
        near = how.near
        datelike = number.value <= 31 and whole.value <= 12
        if (
            number.value > whole.value
            or not whole.value
            or named_by(how, self.given) == "name"
            or (near in DAY and datelike)
        ):
            return None
        following = Ahead(text, whole.end)
        counted = noun_at(text, self.given, whole, following)
        shared = _SHARED.match(text, whole.end) or (counted is None and how.qualifier in {"gt", "lt"})
        shared = shared or (number.value == 1 and near in {"bằng", "chiếm"})
        if shared and number.value < whole.value:
            return self._ratio(float(number.value / whole.value), how, whole.end)
        if counted is None and not datelike:
            counted = unknown_at(self.given, whole, following)
        if counted is None or text[whole.end : whole.end + 1].isalnum():
            return None
        if datelike and near and self.capital(how) and len(how.words) > 1:
            return None
        return self.add(
            float(number.value), float(whole.value), counted.unit, counted.counts, "of", how.start, counted.end
        )

    def _words(self, start: int) -> int | None:
        text, given = self.text, self.given
        if text.startswith("năm", start) and not text[start + 4 : start + 5].isalpha():
            return None  # `năm 2023`
        number = number_at(text, start)
        if number is None:
            return None
        following = Ahead(text, number.end)
        single = number.value <= 10 and not number.scaled
        if single and following.first == "phần":
            _, second, third, *_ = (*following.words, "", "")
            parts = _PARTS.get(second, 0)
            if number.value < parts and third not in _NO_PARTS:
                return self._ratio(float(number.value / parts), qualified(text, start), following.end(2))
        amount = amount_of(text, given, number, following)
        amount = range_of(text, given, number, following, amount) or amount
        if amount is None or amount.kind == "unknown" or (amount.kind == "bare" and single and not self._folds(start)):
            return None
        how = qualified(text, start)
        near = how.near
        if self.given[start].isupper() and near and not self.given[start : number.end].isupper():
            return None  # `Ba Đình`
        if near == "gấp" and single:
            end = following.end(1) if following.first == "lần" else number.end
            return self.add(float(number.value), None, "times", "", "multiplier", how.starts[0], end)
        if near in _LOOSE or _LOOSELY.search(text, max(start - 6, 0), start) or (amount.kind == "bare" and single):
            return None
        if single and amount.kind not in {"percent", "money", "measure"}:
            if text.startswith("năm", start) and (
                near[-1:].isdigit() or (near in cues("year_before") and how.start == start)
            ):
                return None  # `55 năm tuổi Đảng`, `trong năm`
            if number.value == 1 and not self._in_a_list(start, amount):
                return None
        return self.place(start, amount)

    def _folds(self, start: int) -> bool:
        """Whether a number without a noun may be a multiplier: `gấp ba`."""
        return "gấp" in self.text[max(start - 16, 0) : start]

    def _in_a_list(self, start: int, amount: Amount) -> bool:
        """Whether `một` counts: a number stands beside it (`một tập thể và hai cá nhân`); else it is an article."""
        listed = LISTED.match(self.text, self.last_end) if self.last_end >= 0 else None
        return bool(listed and listed.end() == start) or _ANOTHER.match(self.text, amount.end) is not None

    def _vague(self, start: int, match: re.Match[str]) -> int | None:
        """`hàng trăm`: at least so many."""
        word = match["vague"]
        scale, end, _ = scale_at(self.text, match.end())
        place = Before(self.text, start)
        if scale == 1 or place.near in _NO_VAGUE:
            return None
        number = Number(Decimal(scale * (2 if word in {"vài", "mấy"} else 1)), end, "whole", scaled=True, last=scale)
        amount = amount_of(self.text, self.given, number, Ahead(self.text, end))
        if amount is None or amount.kind == "bare":
            return None
        return self.add(float(amount.value), None, amount.unit, amount.counts, "vague", start, amount.end)

    def _bare_scale(self, start: int) -> int | None:
        """`hơn trăm người`, `gần chục xã`."""
        scale, end, _ = scale_at(self.text, start)
        how = qualified(self.text, start)
        if scale == 1 or how.qualifier not in {"gt", "lt", "approx"}:
            return None
        number = Number(Decimal(scale), end, "words", scaled=True, last=scale)
        amount = amount_of(self.text, self.given, number, Ahead(self.text, end))
        if amount is None or amount.kind in {"bare", "unknown"}:
            return None
        return self.add(float(amount.value), None, amount.unit, amount.counts, how.qualifier, how.start, amount.end)

    def _ordinal(self, start: int, end: int) -> int | None:
        following = Ahead(self.text, end)
        rank: Number | None
        if following.first in _RANKED:
            rank = Number(Decimal(_RANKED[following.first]), following.end(1), "words")
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
        place = Before(self.text, start)
        if any(self.given[word].isupper() for word in place.starts):
            return rank.end  # `Đại hội Đảng bộ lần thứ 12`: a name's
        return self.add(float(rank.value), None, "ordinal", "", "eq", start, rank.end)

    def _half(self, start: int, end: int) -> int | None:
        scale, scale_end, _ = scale_at(self.text, end)
        how = qualified(self.text, start)
        if scale >= 10**4:
            number = Number(Decimal(scale) / 2, scale_end, "words", scaled=True, last=scale)
            amount = amount_of(self.text, self.given, number, Ahead(self.text, scale_end))
            return None if amount is None or amount.kind == "bare" else self.place(start, amount)
        if Ahead(self.text, end).first in _NO_HALF:
            return None
        if how.qualifier or self.text.startswith("một", start):
            return self._ratio(0.5, how, end)
        return None

    def _ratio(self, share: float, how: Before, end: int) -> int:
        if how.change:
            share = -share if how.change == "down" else share
            return self.add(share, None, "ratio", "", f"change_{how.change}", how.start, end)
        plain_enough = how.qualifier in {"gt", "lt", "approx"}
        return self.add(share, None, "ratio", "", how.qualifier if plain_enough else "eq", how.start, end)


@cache
def _nothing_follows() -> frozenset[str]:
    """Words behind a whole number that leave it bare: no unit, no noun, no second number of a range or share."""
    return ends_counting() - TO - _ON_WORDS
