"""Months, quarters, halves, years and rows of years.

One file: each is a number with a unit, and the larger borrow the rules of the smaller.
"""

from __future__ import annotations

from pipelines.normalize.date_clock import FIRST_YEAR, LAST_YEAR, Impossible
from pipelines.normalize.date_days import RELATIVE, Days
from pipelines.normalize.date_tokens import CHAIN, WORD
from pipelines.normalize.date_values import Part
from pipelines.normalize.date_words import NUMBER_WORDS, month_in_words, one_of

NOT_YEARS = one_of(
    "người lượt ca giường đồng m km kg ha tỷ triệu suất phần hộ cây chỉ cán chiến đại học bệnh đơn vnđ usd tấn"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
# Words that begin years only.
_ONLY_YEARS = one_of("năm các những thập giai nhiệm thời khóa khoá niên sang")
_ROWS_OF_YEARS = {
    **dict.fromkeys([("giai", "đoạn"), ("thời", "kỳ"), ("thời", "kì"), ("niên", "vụ")], "years"),
    **dict.fromkeys([("nhiệm", "kỳ"), ("nhiệm", "kì")], "term"),
    **dict.fromkeys([("năm", "học"), ("niên", "khóa"), ("niên", "khoá")], "school_year"),
    **dict.fromkeys([("những", "năm"), ("thập", "niên"), ("thập", "kỷ"), ("thập", "kỉ")], "decade"),
}
_MORE_YEARS = one_of("- , và")
_DOCUMENTS = ("số", "định", "quyết", "tư", "luật", "thị", "hoạch", "văn", "dẫn", "lệnh", "tờ", "báo", "án", "trình")


class Periods(Days):
    """The rules for what is longer than a day."""

    def month(self, i: int) -> tuple[Part, Part | None] | None:
        """`tháng 10-2017`, `tháng Tư năm 1975`, `cuối tháng 6`, `T9/2023`, `10/2017`; two for `tháng 3-6/2023`."""
        words, tokens = self.words, self.tokens
        start, head = tokens.starts[i], i
        if words[i] in {"đầu", "giữa", "cuối"} and words[i + 1] == "tháng":
            i += 1
        if tokens.chain(i) is not None:
            return self._bare_month(i)
        if words[i][:1] == "t" and words[i][1:].isdecimal() and words[i + 1] in {"/", "-"} and tokens.tight(i + 1):
            year, number = self._year_at(i + 2), int(words[i][1:])
            if year is None or not 1 <= number <= 12:
                return None
            return Part("month", start, i + 3, month=number, year=year), None
        if words[i] != "tháng":
            return None
        j = i + 1
        if words[j] in RELATIVE:
            if self._counted(head):
                return None
            return Part("month", start, j + 1, relative=RELATIVE[words[j]]), None
        return self._named_month(head, j)

    def _counted(self, i: int) -> bool:
        """Whether the word before makes the unit a count: `6 tháng trước`, `mỗi tháng`."""
        before = self.words[i - 1]
        return (
            before in {"mỗi", "hằng", "hàng", "một", "các", "những", "mấy", "nhiều", "vài"}
            or before in NUMBER_WORDS
            or self.kinds[i - 1] == CHAIN
        )

    def _bare_month(self, i: int) -> tuple[Part, Part | None] | None:
        chain = self.tokens.chain(i)
        assert chain is not None
        numbers, lengths, separators = chain
        before = self.words[i - 1]
        if before in _DOCUMENTS or (before == "-" and self.tokens.tight(i) and self.kinds[i - 2] == WORD):
            return None
        start = self.tokens.starts[i]
        if separators == "/" and lengths[0] <= 2 and lengths[1] == 4 and 1 <= numbers[0] <= 12:
            if not FIRST_YEAR <= numbers[1] <= LAST_YEAR:
                return None
            return Part("month", start, i + 1, month=numbers[0], year=numbers[1]), None
        if separators == "/-/" and lengths[1] == lengths[3] == 4 and max(numbers[0], numbers[2]) <= 12:
            first = Part("month", start, i + 1, month=numbers[0], year=numbers[1])
            return first, Part("month", start, i + 1, month=numbers[2], year=numbers[3])
        return None

    def _named_month(self, head: int, j: int) -> tuple[Part, Part | None] | None:
        words, tokens = self.words, self.tokens
        part = Part("month", tokens.starts[head], j)
        chain = tokens.chain(j)
        spelled = month_in_words(tokens, j)
        second: Part | None = None
        if chain:
            numbers, lengths, separators = chain
            if max(lengths[0], 0) > 2:
                return None
            part.stop = j + 1
            part.month = numbers[0]
            if len(numbers) == 2 and lengths[1] == 4:
                part.year = numbers[1]
            elif separators == "-" or (separators in {"-/", "--", "-."} and lengths[2] == 4):
                second = Part("month", part.start, j + 1, month=numbers[1])
                second.year = numbers[2] if len(numbers) == 3 else None
            elif separators in {"/-/", ".-.", "---"} and lengths[1] == lengths[3] == 4:
                part.year = numbers[1]
                second = Part("month", part.start, j + 1, month=numbers[2], year=numbers[3])
            elif len(numbers) > 1:
                raise Impossible(j + 1)
        elif spelled:
            if words[j] == "năm" and self._year_at(j + 1) and self._may_be_year(head, j):
                return None  # `tháng năm 2023`: May 2023, or months of 2023; the year alone is right in both
            part.month, part.stop = spelled
        else:
            return None
        last = second or part
        if last.year is None:
            last.stop = self._year_after(part.stop, last)
            comma = words[part.stop] == ","
            if not last.dated() and self._year_at(part.stop + comma) and len((chain or ((0,),))[0]) == 1:
                last.year, last.stop = self._year_at(part.stop + comma), part.stop + comma + 1
            elif not last.dated() and comma and words[part.stop + 1] == "năm" and self._year_at(part.stop + 2):
                last.year, last.stop = self._year_at(part.stop + 2), part.stop + 3
        for each in (part, last):
            if not 1 <= (each.month or 0) <= 12 or (each.year or FIRST_YEAR) not in range(FIRST_YEAR, LAST_YEAR + 1):
                raise Impossible(last.stop)
        if not last.dated():
            if words[last.stop] in {"lần", "kỳ", "kì", "buổi", "âm", "ngày", "tuổi"} or self._counted(head):
                return None
            if words[j] in {"giêng", "chạp"}:
                return None
            last.stop = self._direction_after(last.stop, last)
        part.stop = last.stop
        return part, second

    def _may_be_year(self, head: int, j: int) -> bool:
        """Whether `tháng năm 2023` is not plainly May: written small, or after a count."""
        position = self.tokens.position(self.tokens.starts[j], self.tokens.ends[j])[0]
        return self._counted(head) or not self.original[position : position + 1].isupper()

    def quarter(self, i: int) -> tuple[Part, Part | None] | None:
        """`quý I/2023`, `quý 1 năm 2023`, `quý trước`, `quý I và II năm 2023`."""
        words, tokens = self.words, self.tokens
        start = tokens.starts[i]
        if words[i] in {"đầu", "giữa", "cuối"} and words[i + 1] in {"quý", "quí"}:
            i += 1
        if words[i] not in {"quý", "quí"}:
            return None
        if words[i + 1] in {"này", "trước", "tới"}:
            return Part("quarter", start, i + 2, relative=RELATIVE[words[i + 1]]), None
        numbers: list[int] = []
        j, year, spelled = i + 1, None, False
        for _ in range(4):
            chain = tokens.chain(j)
            if words[j] in _QUARTERS:
                spelled = spelled or words[j] not in {"i", "ii", "iii", "iv"}
                numbers.append(_QUARTERS[words[j]])
            elif chain and len(chain[0]) == 1 and 1 <= chain[0][0] <= 4:
                numbers.append(chain[0][0])
            elif chain and len(chain[0]) == 2 and chain[1][1] == 4 and 1 <= chain[0][0] <= 4:
                numbers.append(chain[0][0])
                year = chain[0][1]
            else:
                break
            j += 1
            if (
                year
                or words[j] not in {",", "và", "-"}
                or not (words[j + 1] in _QUARTERS or words[j + 1] in {"quý", "quí"} or self.kinds[j + 1] == CHAIN)
            ):
                break
            if self._year_at(j + 1):
                break
            j += 1 + (words[j + 1] in {"quý", "quí"})
        if not numbers or numbers != sorted(set(numbers)):
            return None
        part = Part("quarter", start, j, year=year, first=numbers[0] * 3 - 2, last=numbers[-1] * 3)
        if year is None:
            part.stop = self._year_after(j, part)
            if not part.dated() and self._year_at(j):
                part.year, part.stop = self._year_at(j), j + 1
        if spelled and not part.dated():
            return None
        return part, None

    def half(self, i: int, number: int, j: int) -> Part | None:
        """`6 tháng đầu năm 2023`, `9 tháng năm 2023`; j: the token after `tháng`."""
        words = self.words
        part = Part("half" if number == 6 else "months", self.tokens.starts[i], j)
        if not 1 <= number <= 12:
            return None
        part.first, part.last = 1, number
        if words[j] in {"đầu", "cuối"}:
            if words[j] == "cuối":
                part.first, part.last = 13 - number, 12
            if words[j + 1] != "năm" or words[j + 2] == "học":
                return None
            part.stop = self._year_after(j + 1, part)
            if not part.dated():
                part.stop = j + 2
            return part
        part.stop = self._year_after(j, part)
        return part if part.dated() and words[j] in {"năm", "của"} else None

    def year(self, i: int) -> Part | None:
        """`năm 2023`, `năm ngoái`, `cuối năm 2022`, `giai đoạn 2013 - 2020`, `những năm 1990`, `năm học 2022-2023`."""
        words, tokens = self.words, self.tokens
        start, head = tokens.starts[i], i
        years = self._years(i)
        if years:
            return years
        fuzzy = words[i] in {"đầu", "giữa", "cuối"} and words[i + 1] == "năm"
        if words[i] == "nửa" and words[i + 1] in {"đầu", "cuối"} and words[i + 2] == "năm":
            part = Part("half", start, i + 3, first=1 if words[i + 1] == "đầu" else 7)
            part.last = part.first + 5
            stop = self._year_after(i + 2, part)
            part.stop = stop if part.dated() else i + 3
            return part if words[part.stop] != "học" else None
        if words[i] == "sang" and words[i + 1] == "năm":
            return Part("year", start, i + 2, relative=1)
        i += fuzzy
        if words[i] != "năm":
            return None
        part = Part("year", start, i + 1)
        part.stop = self._year_after(i, part)
        if part.year_relative is not None:
            if words[part.stop - 1] in {"trước", "sau", "tới", "kia"} and self._counted(head):
                return None
            part.relative, part.year_relative = part.year_relative, None
            return part
        if part.year is None or words[head - 1] in {"mỗi", "hằng", "hàng"}:
            return None
        return part

    def _years(self, i: int) -> Part | None:
        """Years in a row, by the word before them."""
        words, tokens = self.words, self.tokens
        start = tokens.starts[i]
        pair = (words[i], words[i + 1])
        level, j = _ROWS_OF_YEARS.get(pair, "years"), i
        if level == "decade":
            return self._decade(i)
        if pair in _ROWS_OF_YEARS:
            j = i + 2
        elif words[i] in {"khóa", "khoá"}:
            j = i + 1
        elif words[i] == "năm" or pair == ("các", "năm"):
            j = i + 1 + (words[i] == "các")
            if words[i] == "năm" and words[i - 1] in {"mỗi", "hằng", "hàng"}:
                return None
            return self._list_of_years(start, j, words[i] == "các")
        elif self.kinds[i] != CHAIN:
            return None
        cue = j > i
        j += cue and words[j] == "từ"
        j += cue and words[j] == "năm"
        found = self._two_years(j, cue)
        if found is None or (level == "school_year" and found[1] - found[0] > 8):
            return None
        return Part(level, start, found[2], first=found[0], last=found[1])

    def _two_years(self, i: int, cue: bool) -> tuple[int, int, int] | None:
        words = self.words
        chain = self.tokens.chain(i)
        if chain is None:
            return None
        if chain[1] == (4, 4) and chain[2] == "-":
            first, last, stop = *chain[0], i + 1
        elif chain[1] == (4,) and words[i + 1] in {"-", "đến", "tới"} and (cue or words[i + 1] == "-"):
            second = i + 2 + (words[i + 2] == "năm")
            year = self._year_at(second)
            if year is None or not self.tokens.same_line(second):
                return None
            first, last, stop = chain[0][0], year, second + 1
        else:
            return None
        if not (FIRST_YEAR <= first < last <= LAST_YEAR and last - first <= 200):
            return None
        if not cue and (first < 1930 or words[stop] in NOT_YEARS or words[i - 1] in {"số", "+", "khoảng"}):
            return None
        return first, last, stop

    def _list_of_years(self, start: int, j: int, several: bool) -> Part | None:
        if self.kinds[j] == WORD or (len(self.words[j]) == 4 and self.words[j + 1] not in _MORE_YEARS):
            return None
        found = self._two_years(j, cue=False)
        if found and not (self.tokens.chain(j) or ((), (), ""))[2] and not several:
            found = found if self.words[j + 1] == "-" else None
        if found:
            return Part("years", start, found[2], first=found[0], last=found[1])
        first = last = self._year_at(j)
        stop = j + 1
        while self.words[stop] in {",", "và"} and stop - j < 40:
            following = stop + 1 + (several and self.words[stop + 1] == "năm")
            year = self._year_at(following)
            if first is None or last is None or year is None or year <= last or year - last > 20:
                break
            last, stop = year, following + 1
        if first is None or last is None or first == last:
            return None
        return Part("years", start, stop, first=first, last=last)

    def _decade(self, i: int) -> Part | None:
        words, start = self.words, self.tokens.starts[i]
        year, stop = self._year_at(i + 2), i + 3
        if year is None:
            short = self.tokens.single(i + 2, 90)
            century = stop + (words[stop] == "của")
            old = words[century] == "thế" and words[century + 1] == "kỷ"
            if old:
                stop = century + 2
                if words[stop] not in {"xx", "20", "trước"}:
                    return None
                stop += 1
            if short is None or len(words[i + 2]) != 2 or (short < 70 and not old):
                return None
            year = 1900 + short
        if year % 10:
            return None
        return Part("decade", start, stop, first=year, last=year + 9)

    def part(self, i: int) -> tuple[Part, Part | None] | None:
        """Any one date or period that may be an end of a range; with two parts, a range already."""
        words = self.words
        if words[i] == "nay":
            return Part("now", self.tokens.starts[i], i + 1), None
        if words[i] in _ONLY_YEARS and words[i - 1] != "ngày":  # `ngày năm tháng sáu`
            year = self.year(i)
            return None if year is None else (year, None)
        if words[i] == "tháng":
            return self.month(i)
        if words[i] in {"quý", "quí"}:
            return self.quarter(i)
        day = self.day(i)
        if day is not None:
            return day, None
        month = self.month(i)
        if month is not None:
            return month
        quarter = self.quarter(i)
        if quarter is not None:
            return quarter
        year = self.year(i)
        if year is not None:
            return year, None
        if words[i] == "tuần" and words[i + 1] in RELATIVE and not self._counted(i):
            return Part("week", self.tokens.starts[i], i + 2, relative=RELATIVE[words[i + 1]]), None
        return None
