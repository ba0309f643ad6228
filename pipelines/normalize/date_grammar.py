"""The grammar of dates: rules that read a part of a date from a token on, and rules that join parts.

Each rule takes the number of a token and gives what stands there, or None. The rules, from small to large:

    clock     15 giờ 20 phút, 15h20, 15:20:05 PM (GMT+7), 8h tối
    day       [clock] [part of day] [weekday] [ngày] (24/11/2023 | 24/11 | 24 tháng 11 [năm 2023]) [clock]
    days      ngày 3, 4 và 5/8/2022; 15-16/9; đêm 7, rạng sáng 8-9; 24-25 tháng 11
    month, quarter, half, year, years, relative, duration
    range     (từ) X đến Y, X - Y, từ X, trước X, đến X

A rule that sees a date which cannot be (`31/02/2023`, `05/13/2023`) raises `Impossible`: the whole of it is passed
over, so that no piece of it is taken for another date.

One file, because the rules call each other in a circle: a range holds days, a day in a list may turn out a range.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipelines.normalize.date_clock import Impossible
from pipelines.normalize.date_days import CLOSING
from pipelines.normalize.date_periods import NOT_YEARS, Periods
from pipelines.normalize.date_tokens import CHAIN, CLOCK, ISO, JUNK, WORD, Tokens
from pipelines.normalize.date_triggers import triggers
from pipelines.normalize.date_values import DateMention, Part, Value, borrow, join, resolve
from pipelines.normalize.date_words import (
    ENGLISH_MONTHS,
    NUMBER_WORDS,
    UNITS,
    WEEKDAY_SHORT,
    count,
    month_in_words,
    one_of,
)
from pipelines.normalize.spelling import plain

# The words a mention can begin with, and the rule that reads on; numbers have a rule of their own.
_RULES = {
    **dict.fromkeys(
        one_of(
            "ngày ngay hôm lúc hồi thứ chủ chúa cn buổi rạng sáng trưa chiều tối đêm khuya nửa giữa mùng mồng tháng "
            "các những thập đầu cuối giai nhiệm thời khóa khoá niên quý quí tuần sang"
        ),
        "_plain",
    ),
    **dict.fromkeys([*ENGLISH_MONTHS, *WEEKDAY_SHORT, *(f"t{month}" for month in range(1, 13))], "_plain"),
    **dict.fromkeys(NUMBER_WORDS, "_number"),
    **dict.fromkeys(["trước", "đến", "tới", "sau", "hết", "chậm", "muộn"], "_bound"),
    "từ": "_from",
    "năm": "_year_or_five",
    "cùng": "_same_period",
    "rằm": "_lunar",
    "giao": "_lunar",
}
_HOURS_LAST = one_of("trong suốt sau khoảng hơn gần dài vòng quá trên dưới")
_ONLY_COUNTED = one_of("năm tuần ngày tiếng phút giây")  # no day's number stands before them
_TO = one_of(", và đến tới cho - rạng")
_MAY_LIST = one_of("ngày sáng trưa chiều tối đêm rạng buổi khuya nửa giữa thứ chủ cn")
_GOES_ON = one_of("đã được và của là tại cho với có các toàn theo trên về do thì nhằm")
# Days known by a name. The words must stand shortly before the day for it to be the day of every year.
_NAMED_DAYS = {
    (3, 2): ("thành lập đảng",), (27, 2): ("thầy thuốc",), (8, 3): ("phụ nữ",),
    (26, 3): ("đoàn thanh niên", "đoàn tncs"), (30, 4): ("miền nam", "thống nhất", "chiến thắng"),
    (1, 5): ("lao động",), (7, 5): ("điện biên phủ",), (19, 5): ("sinh nhật", "ngày sinh"), (1, 6): ("thiếu nhi",),
    (5, 6): ("môi trường",), (21, 6): ("báo chí",),
    (28, 6): ("gia đình",), (27, 7): ("thương binh",), (19, 8): ("cách mạng tháng tám", "công an nhân dân", "cand"),
    (2, 9): ("quốc khánh",), (4, 10): ("phòng cháy",), (10, 10): ("chuyển đổi số",), (20, 10): ("phụ nữ",),
    (9, 11): ("pháp luật",), (20, 11): ("nhà giáo",), (22, 12): ("quân đội", "qđnd", "quốc phòng"),
}  # fmt: skip


def read_dates(text: str, anchor: date | None) -> tuple[list[DateMention], list[tuple[int, int]]]:
    """What dates a text holds, in order; and where in its plain spelling one stands that cannot be."""
    spelled = plain(text)
    places = triggers(spelled)
    if not places:  # as in most lines
        return [], []
    grammar = Grammar(text, Tokens(spelled.low, spelled.offsets), anchor)
    grammar.scan(places)
    return grammar.mentions, grammar.impossible


class Grammar(Periods):
    """One text and its anchor. After `scan`:

    mentions    what was found, in order
    impossible  places in the folded text of dates that cannot be
    """

    def __init__(self, text: str, tokens: Tokens, anchor: date | None) -> None:
        super().__init__(text, tokens, anchor)
        self.mentions: list[DateMention] = []
        self.impossible: list[tuple[int, int]] = []

    # The loop

    def scan(self, places: list[int]) -> None:
        """Read the text once, from left to right; what a rule has read no other rule reads again."""
        tokens, free = self.tokens, 0
        for start in places:
            i = tokens.at(start) if start >= free else None
            if i is not None:
                free = tokens.ends[self._read(i) - 1]

    def _read(self, i: int) -> int:
        """Read what begins at a token; gives the first token after it."""
        kind = self.kinds[i]
        if kind == WORD:
            name = _RULES.get(self.words[i])
        elif kind == CHAIN:
            name = "_number"
        else:
            name = "_plain" if kind in {CLOCK, ISO, JUNK} else None
        if name is None:
            return i + 1
        rule: Callable[[int], int] = getattr(self, name)
        endless = self.endless
        while True:
            try:
                return max(rule(i), i + 1)
            except Impossible as found:
                stop = max(found.stop, i + 1)
                self.impossible.append((self.tokens.starts[i], self.tokens.ends[stop - 1]))
                return stop
            except IndexError:  # the rule asks for words that are not cut yet
                if not self.tokens.grow(256):
                    raise
                self.endless = endless

    def _emit(self, start: int, stop: int, value: Value | None, pod: str | None = None) -> int:
        """Keep a mention from the token `start` to before the token `stop`; gives `stop`."""
        if value is not None:
            begin, end = self.tokens.position(self.tokens.starts[start], self.tokens.ends[stop - 1])
            self.mentions.append(
                DateMention(
                    value.kind, value.iso, value.first, value.last, value.precision, pod, begin, end, value.mismatch
                )
            )
        self.last_stop = stop
        return stop

    # Whole mentions: each rule keeps what it finds and gives the next token, or 0 where nothing stands

    def _join(self, i: int, first: Part | None, last: Part | None) -> int:
        stop = max(part.stop for part in (first, last) if part is not None)
        pod = next((part.part_of_day for part in (first, last) if part is not None and part.part_of_day), None)
        return self._emit(i, stop, join(first, last, self.anchor), pod)

    def _plain(self, i: int) -> int:
        """A part, alone or the first end of a range without `từ`."""
        several = self.days(i) if self.words[i] in _MAY_LIST or self.kinds[i] == CHAIN else None
        if several:
            return self._join(i, *several)
        found = self.part(i)
        if found is None:
            return 0
        first, last = found
        if last is not None:
            return self._join(i, first, last)
        ranged = self._to(first)
        if ranged:
            return self._join(i, first, ranged)
        if self.words[first.stop] in {",", "và"}:
            listed = self._and(i, first)
            if listed:
                return listed
            following = self._open_end(first)
            if following:
                first.stop = following
                return self._join(i, first, None)
        if first.level == "now":
            return 0
        return self._emit(i, first.stop, resolve(first, self.anchor), first.part_of_day)

    def _open_end(self, part: Part) -> int:
        """`năm 2020 và những năm tiếp theo`"""
        words, j = self.words, part.stop
        if part.level == "year" and words[j] == "và" and words[j + 1] in {"những", "các"} and words[j + 2] == "năm":
            if words[j + 3] == "tiếp" and words[j + 4] == "theo":
                return j + 5
            if words[j + 3] in {"sau", "tới"}:
                return j + 4
        return 0

    def _to(self, first: Part) -> Part | None:
        """The other end of a range."""
        words, tokens, j = self.words, self.tokens, first.stop
        if words[j] not in _TO or first.level in {"lunar", "recurring", "reference"}:
            return None
        night = j + (words[j] in {",", "và"})
        if words[night] == "rạng" and first.part_of_day in {"đêm", "tối"} and first.clock is None:
            dawn = self.day(night)
            return dawn if dawn is not None and dawn.level == "day" and dawn.clock is None else None
        if words[j] == "," and words[j + 1] in {"đến", "cho"}:
            j += 1
        dash = words[j] == "-"
        if words[j] == "cho" and words[j + 1] in {"đến", "tới"}:
            j += 1
        if not dash and words[j] not in {"đến", "tới"}:
            return None
        j += 1
        if words[j] in {"hết", "khoảng"}:
            j += 1
        if not (tokens.same_line(first.stop) and tokens.same_line(j)):
            return None
        year = self._year_at(j)
        if year is not None and self.kinds[j] == CHAIN and first.level == "year":
            return Part("year", tokens.starts[j], j + 1, year=year)
        if not dash and words[j] in {"cuối", "đầu", "giữa"} and words[j + 1] == "năm":
            found = self.year(j) or Part("year", tokens.starts[j], j + 2, relative=0)
            return found
        number = tokens.single(j, 12)
        if number and first.level == "month" and words[j + 1] == "năm":
            end = Part("month", tokens.starts[j], j + 1, month=number)
            end.stop = self._year_after(j + 1, end)
            return end if end.dated() else None
        # a day in brackets or after `ngày` has its cue; after a dash it must say its year, or both must lack it
        other = self._cued(j) if self.kinds[j] == CHAIN else None
        found_part = other or next(iter(self.part(j) or ()), None)
        if found_part is None or found_part.level in {"lunar", "recurring", "years", "term", "school_year", "decade"}:
            return None
        same = found_part.level == first.level or {"now"} & {found_part.level, first.level}
        if dash and not same:
            return None
        return found_part

    def _cued(self, i: int) -> Part | None:
        """A day after `đến` or a dash, where no `ngày` is needed."""
        found = self._core_chain(i, True, False)
        if found is not None:
            self._after_day(found, False)
        return found

    def _and(self, i: int, first: Part) -> int:
        """`29/6 và 2/7/2023`, `tháng 3 và tháng 4 năm 2023`: what the last of them says goes for all."""
        words, tokens = self.words, self.tokens
        if first.level not in {"day", "month"} or first.dated() or words[first.stop] not in {",", "và"}:
            return 0
        if i < self.endless:
            return 0
        parts, j = [first], first.stop
        for _ in range(31):
            if words[j] not in {",", "và"} or not tokens.same_line(j + 1):
                break
            following: Part | None
            number = tokens.single(j + 1, 12)
            if first.level == "month" and number:
                following = Part("month", tokens.starts[j + 1], j + 2, month=number)
                following.stop = self._year_after(j + 2, following)
            elif first.level == "month":
                found = self.month(j + 1) if words[j + 1] == "tháng" or self.kinds[j + 1] == CHAIN else None
                following = found[0] if found else None
            elif self.kinds[j + 1] == CHAIN:
                following = self._cued(j + 1)
            else:
                following = self.day(j + 1)
            if following is None or following.level != first.level or following.relative is not None:
                break
            parts.append(following)
            j = following.stop
            if following.dated():
                break
        last = parts[-1]
        if len(parts) == 1 or not last.dated():
            self.endless = last.stop if len(parts) > 2 else self.endless
            return 0
        if first.level == "month":
            return self._join(i, first, last)
        for part in parts:
            whole = part if part is last else borrow(part, last)
            begin = next(k for k in range(i, part.stop) if tokens.starts[k] >= part.start)
            self._emit(begin, part.stop, resolve(whole, self.anchor) if whole else None, part.part_of_day)
        return last.stop

    def _from(self, i: int) -> int:
        """`từ X đến Y`, `từ X`."""
        words = self.words
        j = i + 1 + (words[i + 1] in {"khoảng", "cuối"} and words[i + 2] in {"ngày", "khoảng"})
        if not self._may_start(j):
            return 0
        several = self.days(j)
        if several:
            return self._join(i, *several)
        year = self._year_at(j)
        found: tuple[Part, Part | None] | None
        if year is not None and self.kinds[j] == CHAIN:
            if not self._plausible_years(j):
                return j + 1
            found = Part("year", self.tokens.starts[j], j + 1, year=year), None
        elif words[j] in {"đầu", "cuối"} and words[j + 1] == "năm" and self.year(j) is None:
            found = Part("year", self.tokens.starts[j], j + 2, relative=0), None
        elif self.kinds[j] == CHAIN and (cued := self._cued(j)):
            found = cued, None
        else:
            found = self.part(j)
        if found is None:
            return self._short_year_range(i, j)
        first, last = found
        if last is None:
            last = self._to(first)
        if last is not None:
            return self._join(i, first, last)
        if first.level in {"day", "month", "year"} and first.relative is None and first.until is None:
            words_after = words[first.stop], words[first.stop + 1]
            if words_after in {("trở", "đi"), ("trở", "lại"), ("về", "sau")}:
                first.stop += 2 + (words[first.stop + 2] == "đây")
            return self._join(i, first, None)
        if first.level == "now":
            return 0
        start = j if first.until is None else i
        return self._emit(start, first.stop, resolve(first, self.anchor), first.part_of_day)

    def _short_year_range(self, i: int, j: int) -> int:
        """`từ 2017-2020`"""
        found = self._two_years(j, cue=False) if self.kinds[j] == CHAIN else None
        if found is None:
            return 0
        return self._emit(i, found[2], resolve(Part("years", 0, found[2], first=found[0], last=found[1]), None))

    def _plausible_years(self, i: int) -> bool:
        """Whether the number after `từ` is a year: `từ 2017 đến nay`, not `từ 2000 đến 2500 người`."""
        words = self.words
        if words[i + 1] not in {"đến", "tới", "-"}:
            return False
        if words[i + 2] == "nay":
            return True
        j = i + 2 + (words[i + 2] in {"hết", "năm"})
        first, last = self._year_at(i), self._year_at(j)
        if first is None or last is None or not 1900 <= first < last <= 2100:
            return False
        return words[i + 2] == "năm" or (
            words[j + 1] not in NOT_YEARS and (self.kinds[j + 1] != WORD or words[j + 1] in _GOES_ON)
        )

    def _may_start(self, i: int) -> bool:
        """Whether anything can begin at the token; most words after `từ`, `đến` or `sau` begin nothing."""
        return self.kinds[i] != WORD or self.words[i] in _RULES or self.words[i] == "nay"

    def _bound(self, i: int) -> int:
        """`trước ngày 30/9/2023`, `đến hết năm 2020`, `sau ngày 30/4/1975`, `chậm nhất ngày 5/8/2022`."""
        words, head = self.words, i
        after = words[i] == "sau"
        if words[i] in {"chậm", "muộn"}:
            if words[i + 1] != "nhất":
                return 0
            i += 1 + (words[i + 2] in {"là", "vào"})
        j = i + 1
        j += words[j] == "hết"
        if not self._may_start(j):
            return 0
        if self.kinds[j] == CHAIN:
            day = self._cued(j)
            found = (day, None) if day is not None else self.month(j)
        elif words[j] in {"nay", "qua"} or self.days(j):
            return 0
        else:
            found = self.part(j)
        if found is None:
            return 0
        part, second = found
        if second is not None or part.level not in {"day", "month", "year", "quarter"} or part.relative is not None:
            return 0
        if words[head] == "đến" and (stop := self._open_end(part)):
            part.stop = stop
            return self._join(head, part, None)
        if self._to(part):
            return 0
        return self._join(head, part, None) if after else self._join(head, None, part)

    def _same_period(self, i: int) -> int:
        """`cùng kỳ năm 2022`"""
        words = self.words
        if words[i + 1] not in {"kỳ", "kì"}:
            return 0
        j = i + 2
        following = self.part(j) if words[j] in {"năm", "tháng", "quý", "quí"} else None
        if following:
            j = following[0].stop
        elif self._year_at(j):
            j += 1
        return self._emit(i, j, Value("reference", "", None, None, "period"))

    def _lunar(self, i: int) -> int:
        """`rằm tháng Giêng`, `giao thừa`: days of the moon's calendar."""
        words = self.words
        if words[i] == "giao":
            return self._emit(i, i + 2, Value("lunar", "", None, None, "day")) if words[i + 1] == "thừa" else 0
        if words[i + 1] != "tháng":
            return 0
        month = month_in_words(self.tokens, i + 2)
        number = self.tokens.single(i + 2, 12)
        stop = month[1] if month else i + 3
        if not month and not number and words[i + 2] != "chạp":
            return 0
        return self._emit(i, stop, Value("lunar", "", None, None, "day"))

    def _year_or_five(self, i: int) -> int:
        return self._plain(i) or (self._number(i) if self.words[i + 1] == "năm" else 0)

    def _number(self, i: int) -> int:
        """A number: of a day, of months of a year, of units of time; or a name's, which is passed over."""
        words, tokens = self.words, self.tokens
        if self.kinds[i] == CHAIN and not self._counts(i):
            named = self._named_day(i)
            if named:
                return named
            found = self._plain(i)
            if found:
                return found
            if "/" in words[i] or "-" in words[i] or "." in words[i]:
                return i + 1
        if self.kinds[i] == CHAIN and tokens.decimal_tail(i):
            return i + 1
        number = count(tokens, i)
        if number is None:
            return 0
        value, j = number
        if words[j] == "tháng":
            half = self.half(i, value, j + 1)
            if half:
                return self._emit(i, half.stop, resolve(half, self.anchor))
            if words[j + 1] in {"đầu", "cuối"} and words[j + 2] == "năm":
                return j + 2 + (words[j + 3] != "học")
        if words[j] in {"tết"} or (words[j], words[j + 1]) == ("tháng", "chạp"):
            if words[i - 1] in {"mùng", "mồng", "ngày"} or words[j] == "tháng" or value == 30:
                return self._emit(i, j + 1 + (words[j] == "tháng"), Value("lunar", "", None, None, "day"))
            return j
        return self._duration(i, value, j)

    def _counts(self, i: int) -> bool:
        """Whether the number can be no day, by what follows it: `5 năm`, `6 tháng đầu năm`, `12, và`."""
        word, unit = self.words[i], self.words[i + 1]
        if len(word) > 3 or not word.isdecimal():
            return False
        if unit == "tháng":
            return self.kinds[i + 2] == WORD and month_in_words(self.tokens, i + 2) is None
        if unit in {",", ";"}:
            return self.kinds[i + 2] == WORD and self.words[i + 2] not in CLOSING
        return unit in _ONLY_COUNTED

    def _duration(self, i: int, value: int, j: int) -> int:
        words, tokens = self.words, self.tokens
        before = words[i - 1]
        if before in {"thứ", "lần", "ngày", "mùng"} or (
            before in {"-", "đến", "hoặc", "tới"} and self.kinds[i - 2] == CHAIN
        ):
            return j
        if words[j] in {"thập", "thế"} and words[j + 1] in {"kỷ", "kỉ", "niên"} and not self._year_at(j + 2):
            years = value * (10 if words[j] == "thập" else 100)
            return self._emit(i, j + 2, Value("duration", f"P{years}Y", None, None, "year"))
        unit = UNITS.get(words[j])
        if unit is None or not tokens.same_line(j) or value == 0:
            return j
        if self._no_duration(i, value, j):
            return j
        iso, precision, stop = f"{value}{unit[1]}", unit[2], j + 1
        more = count(tokens, stop)
        if words[j] in {"giờ", "tiếng"} and words[stop] == "đồng" and words[stop + 1] == "hồ":
            stop += 2
        elif more and words[more[1]] in UNITS and self.kinds[stop] == CHAIN:
            smaller = UNITS[words[more[1]]]
            order = list(UNITS)
            if order.index(words[more[1]]) > order.index(words[j]) and not self._no_duration(stop, more[0], more[1]):
                split = "T" if smaller[0] == "PT" and unit[0] == "P" else ""
                iso, precision, stop = f"{iso}{split}{more[0]}{smaller[1]}", smaller[2], more[1] + 1
        elif words[stop] == "rưỡi":
            if words[j] != "năm":
                return stop + 1
            iso, precision, stop = f"{iso}6M", "month", stop + 1
        if words[stop] in {"qua", "tới"} and self.kinds[stop + 1] != CHAIN:
            stop += 1
        elif (words[stop], words[stop + 1]) in {("gần", "đây"), ("vừa", "qua"), ("sắp", "tới")}:
            stop += 2
        return self._emit(i, stop, Value("duration", unit[0] + iso, None, None, precision))

    def _no_duration(self, i: int, value: int, j: int) -> bool:
        """Whether the number and the word of time after it belong to different things."""
        words = self.words
        if words[j] == "năm" and (self._year_at(j + 1) is not None or value >= 1900 or words[j + 1] == "học"):
            return True
        if words[j] == "ngày" and (self.kinds[j + 1] == CHAIN or words[j + 1] == "tháng"):
            more = self.tokens.single(j + 1, 59)
            return more is None or words[j + 2] not in UNITS
        if words[j] == "tháng" and self.kinds[j + 1] == CHAIN:
            return words[j + 2] != "ngày" or self.tokens.single(j + 1, 31) is None
        if words[j] in {"giờ", "tiếng"} and words[j + 1] != "đồng":
            return words[i - 1] not in _HOURS_LAST and not (words[j] == "giờ" and value > 24)
        return words[j] == "phút" and words[i - 1] in {"giờ", "h"}

    def _named_day(self, i: int) -> int:
        """`Quốc khánh 2-9`: the day of every year, not of one."""
        chain = self.tokens.chain(i)
        if chain is None or len(chain[0]) != 2 or self.words[i - 1] == "ngày":
            return 0
        names = _NAMED_DAYS.get((chain[0][0], chain[0][1]))
        if names is None:
            return 0
        start = self.tokens.starts[i]
        before = self.tokens.folded[max(0, start - 60) : start].replace(" - ", " ")
        before = before[max(before.rfind(mark) for mark in ".;\n") + 1 :]
        name = max(((before.rfind(name), len(name)) for name in names), default=(-1, 0))
        between = before[name[0] + name[1] :]
        if name[0] < 0 or "," in between or any(character.isdecimal() for character in between):
            return 0
        iso = f"--{chain[0][1]:02}-{chain[0][0]:02}"
        return self._emit(i, i + 1, Value("recurring", iso, None, None, "day"))
