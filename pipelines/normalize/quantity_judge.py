"""Whether a number is a quantity at its place, and how the words around it qualify it."""

from __future__ import annotations

import re

from pipelines.normalize.counted import Amount
from pipelines.normalize.date_words import one_of
from pipelines.normalize.number_cues import GOES_WITH, Before, named_by, qualified, tells_nothing
from pipelines.normalize.quantity_amounts import CERTAIN, is_year
from pipelines.normalize.quantity_scan import Scan

_AFTERWARDS = re.compile(r" {1,3}trở (lên|xuống)\b")
_COMPARED = re.compile(r"[^.;\n]{0,40}?\b(?:so với|cùng kỳ|kế hoạch|chỉ tiêu)\b")
LISTED = re.compile(r" {0,3}(?:[,;] {0,3}(?:và {1,3})?|(?:và|cùng|hoặc) {1,3}|[-/] {0,3})")
_NUMBER_FOLLOWS = re.compile(r" {1,3}\d")
_LOOSE = frozenset(["bare", "unknown"])
_SIGNS = frozenset("-+")
_QUOTES = frozenset("“‘«\"'")
_SENTENCE_ENDS = frozenset(["", *".!?:;"])
# A number next to one of these may be a day's or a year's.
DAY = one_of("ngày sáng trưa chiều tối đêm hôm lễ dịp khánh niệm tết từ đến tới tháng năm trước sau")


class Judge(Scan):
    """The rules about what stands around a number."""

    def place(self, start: int, amount: Amount) -> int | None:
        """Judge the words before a number and add the quantity."""
        text, number, kind = self.text, amount.number, amount.kind
        last = text[start - 1] if start else ""
        certain = kind in CERTAIN or (number.scaled and kind != "unknown")
        if (
            last == " "
            and amount.unit != "lần"
            and (certain or (kind not in _LOOSE and (number.form != "whole" or len(number.digits) < 4)))
            and tells_nothing(text, start)
        ):
            return self._add_afterwards(amount, "eq" if amount.most is None else "range", start)
        sign = last if last in _SIGNS else ""
        core = start - 1 if sign else start
        how = qualified(text, core)
        if not certain and not self._countable(start, amount, how):
            return None
        if last in _QUOTES and (core < 2 or not text[start - 2].isalnum()) and kind not in CERTAIN:
            return None
        near, begin, most = how.near, how.start, amount.most
        qualifier = how.qualifier or ("eq" if most is None else "range")
        if begin == start and near not in GOES_WITH and last != "(" and amount.unit != "lần":
            return self._add_afterwards(amount, qualifier, start)
        value = amount.value
        if near == "từ" and most is not None:
            begin = how.starts[0]
            if not how.change:
                earlier = how.earlier()
                how, begin = (earlier, earlier.start) if earlier.change else (how, begin)
        change = how.change
        if how.qualifier in {"more", "less"}:
            if kind == "percent" or _COMPARED.match(text, amount.end):
                change = change or ("up" if how.qualifier == "more" else "down")
            qualifier = "gt" if how.qualifier == "more" else "lt"
        elif how.qualifier == "beyond":
            if kind == "percent" and value < 100:
                change = "up"
            qualifier = "gt"
            if not certain and kind != "measure":
                qualifier, begin = "eq", start  # `vượt 7 chỉ tiêu`
        elif _stands_on(amount) and qualifier in {"gt", "lt"} and text.startswith(("trên", "dưới"), begin):
            qualifier, begin = "eq", start  # `trên 3 lĩnh vực`
        change, sign_start = self._bracketed(core, sign, amount, change)
        if sign and kind == "percent" and not change:
            return None
        begin = min(begin, sign_start) if sign and change else (start if begin == core else begin)
        if near == "gấp" and kind in {"act", "bare"} and amount.unit in {"lần", ""}:
            begin, qualifier, change = how.starts[0], "multiplier", ""
            amount.unit, amount.counts = "times", ""
        elif amount.unit == "lần" and (
            change or number.form == "decimal" or how.qualifier in {"more", "less"} or _COMPARED.match(text, amount.end)
        ):
            amount.unit, amount.counts = "times", ""
            qualifier = qualifier if change else "multiplier"
        if change:
            if change == "down":
                value, most = (-value, None) if most is None else (-most, -value)
            upper = None if most is None else float(most)
            added = self.add(float(value), upper, amount.unit, amount.counts, f"change_{change}", begin, amount.end)
            self.last_change = change
            return added
        return self._add_afterwards(amount, qualifier, begin)

    def _add_afterwards(self, amount: Amount, qualifier: str, begin: int) -> int:
        """Add a quantity that does not change, with `trở lên` or `trở xuống` behind it."""
        text, end = self.text, amount.end
        if "trở" in text[end : end + 6] and (afterwards := _AFTERWARDS.match(text, end)):
            qualifier, end = "gt" if afterwards[1] == "lên" else "lt", afterwards.end()
        upper = None if amount.most is None else float(amount.most)
        return self.add(float(amount.value), upper, amount.unit, amount.counts, qualifier, begin, end)

    def _countable(self, start: int, amount: Amount, how: Before) -> bool:
        """Whether the number is a count and no part of a name, a year or a bare figure."""
        number = amount.number
        if amount.kind == "bare":
            if not (number.form == "words" and number.value > 10) and not (
                "." in number.digits and number.form == "grouped"
            ):
                return False
        elif number.form == "whole" and len(number.digits) > 8 and amount.kind != "measure":
            return False
        beside = how.start >= start - 1
        loose = amount.kind in _LOOSE
        role = named_by(how, self.given) if beside else ""
        if role and (role == "caliber" or (amount.kind != "measure" and (role == "name" or self._ranked(amount, how)))):
            self.name_end = number.end
            return False
        year = is_year(number)
        if not loose and not year:
            return True
        if self.name_end >= 0:
            listed = LISTED.match(self.text, self.name_end)
            if listed and listed.end() == start:
                self.name_end = number.end  # `Tiểu đoàn 4, 5 và 6`
                return False
        capital = beside and self.capital(how)
        inner = capital and (len(how.words) > 1 or how.opened not in _SENTENCE_ENDS)
        if amount.kind == "unknown":
            if number.form == "whole" and len(number.digits) > 3:
                return False  # the number of a ship; a count is written `8.004`
            in_a_name = any(
                self.given[word].isupper()
                for word in how.starts[:3]
                if word != how.starts[-1] or how.opened not in _SENTENCE_ENDS
            )
            if (in_a_name and beside) or _NUMBER_FOLLOWS.match(self.text, amount.end):
                return False  # `Trung đoàn Vận tải 5 bảo đảm`, `Cuộc vận động 50 giai đoạn 2021-2025`
        elif amount.kind == "bare" and inner:
            return False
        new_name = amount.counts[:1].isupper() and amount.kind != "award"
        return not (year and (amount.kind == "unknown" or capital or new_name or how.near in DAY))

    def _ranked(self, amount: Amount, place: Before) -> bool:
        """Whether a word for ranks before the number makes it one: `loại 2`, not `cấp 5 suất học bổng`."""
        granted = place.near == "cấp" and amount.kind in {"thing", "award"}
        return amount.kind in _LOOSE or (amount.number.value < 10 and not granted)

    def _bracketed(self, core: int, sign: str, amount: Amount, change: str) -> tuple[str, int]:
        """A percentage in brackets right behind a change goes the same way: `giảm 3 vụ (15%)`; `(-5%)` by its sign."""
        if amount.kind != "percent" or core == 0 or self.text[core - 1] != "(" or change:
            return change, core
        if sign:
            return ("up" if sign == "+" else "down"), core
        if self.last_change and self.text[self.last_end : core - 1].strip(" ") == "" and self.last_end >= 0:
            return self.last_change, core
        return "", core


def _stands_on(amount: Amount) -> bool:
    """Whether `trên` before it may be said of a place: a small or uneven number of places."""
    return amount.kind == "place" and not amount.number.scaled and (amount.value < 10 or amount.value % 10 != 0)
