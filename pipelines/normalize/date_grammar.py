"""The grammar of dates: rules that read a part of a date from a token on, and rules that join parts.

Each rule takes the number of a token and gives what stands there, or None. The rules, from small to large:

    clock     15 giờ 20 phút, 15h20, 15:20:05 PM (GMT+7), 8h tối
    day       [clock] [part of day] [weekday] [ngày] (24/11/2023 | 24/11 | 24 tháng 11 [năm 2023]) [clock]
    days      ngày 3, 4 và 5/8/2022; 15-16/9; đêm 7, rạng sáng 8-9; 24-25 tháng 11
    month, quarter, half, year, years, relative, duration
    range     (từ) X đến Y, X - Y, từ X, trước X, đến X

A rule that sees a date which cannot be (`31/02/2023`, `05/13/2023`) raises `Impossible`: the whole of it is passed over,
so that no piece of it is taken for another date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pipelines.normalize.date_values import (
    Clock,
    DateMention,
    Part,
    Value,
    borrow,
    century,
    join,
    possible,
    resolve,
)
from pipelines.normalize.date_words import (
    BREAK,
    CHAIN,
    CLOCK,
    ENGLISH_MONTHS,
    ISO,
    JUNK,
    MARK,
    NUMBER_WORDS,
    WORD,
    Tokens,
    count,
    month_in_words,
    part_of_day,
    tens,
    weekday,
    year_in_words,
)

_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_RELATIVE_DAY = {"nay": 0, "qua": -1, "kia": -2, "kìa": -3}
_RELATIVE = {"này": 0, "trước": -1, "sau": 1, "tới": 1}
_RELATIVE_YEAR = {"nay": 0, "ngoái": -1, "trước": -1, "kia": -2, "sau": 1, "tới": 1}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
_UNITS = {
    "năm": ("P", "Y", "year"), "tháng": ("P", "M", "month"), "tuần": ("P", "W", "week"), "ngày": ("P", "D", "day"),
    "giờ": ("PT", "H", "hour"), "tiếng": ("PT", "H", "hour"), "phút": ("PT", "M", "minute"),
    "giây": ("PT", "S", "second"),
}  # fmt: skip
_HOURS_LAST = frozenset("trong suốt sau khoảng hơn gần dài vòng quá trên dưới".split())
# Before a number these make it a name or an ordinal: `tuần 2 tháng 11`, `lần thứ 3 tháng 6`, `số 5 tháng 9`.
_BEFORE_DAY = frozenset("ngày vào hôm đến từ tới trước sau là và đăng nhật lúc date on published cuối đầu mùng".split())
_DOCUMENTS = ("số", "định", "quyết", "tư", "luật", "thị", "hoạch", "văn", "dẫn", "lệnh", "tờ", "báo", "án", "trình")
_NOT_YEARS = frozenset(
    "người lượt ca giường đồng m km kg ha tỷ triệu suất phần hộ cây chỉ cán chiến đại học bệnh đơn vnđ usd tấn".split()
)
# Days known by a name. The words must stand shortly before the day for it to be the day of every year.
_NAMED_DAYS = {
    (3, 2): ("thành lập đảng",), (27, 2): ("thầy thuốc",), (8, 3): ("phụ nữ",), (26, 3): ("đoàn thanh niên", "đoàn tncs"),
    (30, 4): ("miền nam", "thống nhất", "chiến thắng"), (1, 5): ("lao động",), (7, 5): ("điện biên phủ",),
    (19, 5): ("sinh nhật", "ngày sinh"), (1, 6): ("thiếu nhi",), (5, 6): ("môi trường",), (21, 6): ("báo chí",),
    (28, 6): ("gia đình",), (27, 7): ("thương binh",), (19, 8): ("cách mạng tháng tám", "công an nhân dân", "cand"),
    (2, 9): ("quốc khánh",), (4, 10): ("phòng cháy",), (10, 10): ("chuyển đổi số",),
    (20, 10): ("phụ nữ",), (9, 11): ("pháp luật",), (20, 11): ("nhà giáo",), (22, 12): ("quân đội", "qđnd", "quốc phòng"),
}  # fmt: skip


class Impossible(Exception):
    """A date that cannot be stands here. stop: the first token after it."""

    def __init__(self, stop: int) -> None:
        super().__init__()
        self.stop = stop


class Grammar:
    """One text and its anchor; `scan` gives the mentions."""

    def __init__(self, text: str, anchor: date | None) -> None:
        self.original = text
        self.tokens = Tokens(text)
        self.anchor = anchor
        self.kinds = self.tokens.kinds
        self.words = self.tokens.words
        self.mentions: list[DateMention] = []
        self.impossible: list[tuple[int, int]] = []
        self.last_stop = -1
        self._rules: dict[str, Callable[[int], int]] = {
            "từ": self._from, "trước": self._bound, "đến": self._bound, "tới": self._bound, "sau": self._bound,
            "hết": self._bound, "chậm": self._bound, "muộn": self._bound, "cùng": self._same_period,
            "rằm": self._lunar, "giao": self._lunar,
            **dict.fromkeys(NUMBER_WORDS, self._number),
        }  # fmt: skip
        starts = "ngày hôm lúc hồi thứ chủ chúa buổi rạng sáng trưa chiều tối đêm khuya nửa giữa mùng mồng "
        starts += "tháng năm những thập thập đầu cuối giai nhiệm thời khóa khoá niên quý quí tuần sang các "
        starts += "t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11 t12 cn ngay "
        for word in [*starts.split(), *ENGLISH_MONTHS]:
            self._rules.setdefault(word, self._plain)
        for name in ("monday tuesday wednesday thursday friday saturday sunday").split():
            self._rules[name] = self._rules[name[:3]] = self._plain
        self._rules["năm"] = self._year_or_five

    # The loop

    def scan(self) -> None:
        i, kinds, words, rules = 0, self.kinds, self.words, self._rules
        end = len(kinds) - 4
        while i < end:
            kind = kinds[i]
            if kind == WORD:
                rule = rules.get(words[i])
                if rule is None:
                    i += 1
                    continue
            elif kind == CHAIN:
                rule = self._number
            elif kind in {CLOCK, ISO}:
                rule = self._plain
            else:
                i += 1
                continue
            try:
                i = max(rule(i), i + 1)
            except Impossible as found:
                stop = max(found.stop, i + 1)
                self.impossible.append((i, stop))
                i = stop

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

    # Small parts

    def _year_at(self, i: int) -> int | None:
        """A year in four digits."""
        word = self.words[i]
        if self.kinds[i] not in {CHAIN, JUNK} or len(word) != 4 or not word.isdecimal():
            return None
        return int(word) if _FIRST_YEAR <= int(word) <= _LAST_YEAR else None

    def _year_after(self, i: int, part: Part) -> int:
        """Read `năm 2023`, `năm ngoái`, `/2023`, `-2023` into the part; gives the next token."""
        words = self.words
        if words[i] == "của":
            i += 1
        if words[i] in {"năm", "nam"}:
            year = self._year_at(i + 1)
            if year is not None:
                part.year = year
                return i + 2
            spelled = year_in_words(self.tokens, i + 1)
            if spelled:
                part.year = spelled[0]
                return spelled[1]
            if words[i] == "năm" and words[i + 1] in _RELATIVE_YEAR:
                part.year_relative = _RELATIVE_YEAR[words[i + 1]]
                return i + 2
        if words[i] in {"/", "-"}:
            year = self._year_at(i + 1)
            if year is not None:
                part.year = year
                return i + 2
        return part.stop

    def _direction_after(self, i: int, part: Part) -> int:
        words = self.words
        if words[i] == "sắp" and words[i + 1] == "tới":
            part.direction = 1
            return i + 2
        if words[i] == "vừa" and words[i + 1] in {"qua", "rồi"}:
            part.direction = -1
            return i + 2
        # `2/1 tới 5/1` is a range
        if words[i] == "tới" and self.kinds[i + 1] != CHAIN and words[i + 1] not in {"ngày", "hết", "tháng"}:
            part.direction = 1
            return i + 1
        return i

    def clock(self, i: int) -> tuple[Clock, int] | None:
        """A clock time with its half of the day and zone. Halves that contradict it make it unknown."""
        kinds, words, tokens = self.kinds, self.words, self.tokens
        second: int | None = None
        if kinds[i] == CLOCK:
            numbers = [
                int(piece)
                for piece in words[i].rstrip("ph'’").replace("h", ":").replace("g", ":").split(".")[0].split(":")
                if piece
            ]
            hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
            second = numbers[2] if len(numbers) > 2 else None
            j = i + 1
            if len(numbers) > 1 and words[j] == "phút":
                j += 1
        else:
            found = tokens.single(i, 24)
            if found is None or words[i + 1] not in {"giờ", "h", "g"} or tokens.decimal_tail(i):
                return None
            hour, minute, j = found, 0, i + 2
            minutes = tokens.single(j, 59)
            if minutes is not None and (words[j + 1] == "phút" or (len(words[j]) == 2 and words[j + 1] != "tháng")):
                minute, j = minutes, j + 1 + (words[j + 1] == "phút")
                if words[j - 1] == "phút" and words[j + 1] == "giây" and tokens.single(j, 59) is not None:
                    second, j = tokens.single(j, 59), j + 2
            elif words[j] == "rưỡi":
                minute, j = 30, j + 1
            elif words[j] == "đúng":
                j += 1
        known = hour < 24 and minute < 60 and (second is None or second < 60)
        if words[j] in {"am", "sa"}:
            known = known and (hour <= 12)
            hour, j = hour % 12, j + 1
        elif words[j] in {"pm", "ch"}:
            hour, j = hour + 12 if hour < 12 else hour, j + 1
        j, zone = self._zone(j)
        pod = part_of_day(tokens, j) if words[j] != "buổi" or words[j + 1] in {"sáng", "chiều", "tối"} else None
        clock = Clock(hour, minute, second, zone, known)
        # `8h tối` is said of the hour; in `19h30 tối 5/7` the part of the day is said of the day as well.
        if pod and not self._day_follows(pod[1]) and words[pod[1]] not in {"nay", "qua", "mai", "hôm"}:
            return half_of_day(clock, pod[0]), pod[1]
        return clock, j

    def _zone(self, i: int) -> tuple[int, int | None]:
        words, tokens = self.words, self.tokens
        j = i + (words[i] == "(")
        zone: int | None = None
        if words[j] in {"gmt", "utc"}:
            zone, j = 0, j + 1
            if words[j] in {"+", "-"}:
                sign = 1 if words[j] == "+" else -1
                hours = tokens.single(j + 1, 14)
                if hours is not None:
                    zone, j = sign * hours * 60, j + 2
                elif self.kinds[j + 1] == CLOCK and ":" in words[j + 1]:
                    hours, minutes = map(int, words[j + 1].split(":")[:2])
                    zone, j = sign * (hours * 60 + minutes), j + 2
        elif words[j] == "ict":
            zone, j = 7 * 60, j + 1
        elif words[j] in {"+", "-"} and tokens.tight(j + 1) and words[j + 1] in {"07:00", "0700"}:
            zone, j = (7 if words[j] == "+" else -7) * 60, j + 2
        if zone is None:
            return i, None
        if words[i] == "(":
            if words[j] != ")":
                return i, None
            j += 1
        return j, zone

    def _day_follows(self, i: int) -> bool:
        """Whether a day of the month or a weekday starts at the token, cheaply."""
        if self.kinds[i] == CHAIN:
            return True
        return self.words[i] in {"ngày", "thứ", "chủ", "cn", "mùng", "mồng"} or (
            self.words[i] in {",", "-"} and (self.kinds[i + 1] == CHAIN or self.words[i + 1] == "ngày")
        )

    # Days

    def day(self, i: int, in_list: bool = False) -> Part | None:
        """One day with everything said about it. `in_list`: the number alone will do (`3` of `3 và 5/8`)."""
        kinds, words, tokens = self.kinds, self.words, self.tokens
        j, cue = i, in_list
        clock: Clock | None = None
        until: Clock | None = None
        pod: str | None = None
        day_of_week: int | None = None
        lunar = False
        separator = i
        for _ in range(8):
            if words[j] in {"lúc", "hồi"}:
                timed = self.clock(j + 1)
                if clock is not None or timed is None:
                    return None
                clock, j = timed
            elif kinds[j] in {CLOCK, CHAIN} and clock is None and (timed := self.clock(j)):
                if (
                    j == self.last_stop
                    and words[timed[1]] != "ngày"
                    and self.mentions
                    and i == j
                    and i > 0
                    and tokens.same_line(i)
                ):
                    return None  # between two dates: of which of them?
                clock, j = timed
            elif (part := part_of_day(tokens, j)) and (pod is None or words[j - 1] in {"và", "-"}):
                pod, j, cue = part[0], part[1], True
            elif (named := weekday(tokens, j)) and day_of_week is None:
                day_of_week, j, cue = named[0], named[1], True
            elif words[j] == "ngày" or (words[j] == "hôm" and kinds[j + 1] == CHAIN):
                j, cue = j + 1, True
            elif words[j] in {"mùng", "mồng"}:
                j, lunar, cue = j + 1, True, True
            else:
                break
            if words[j] in {"đến", "-", "tới"} and clock is not None and until is None and kinds[j - 1] != WORD:
                timed = self.clock(j + 1)
                if timed:
                    until, j = timed
            separator = j
            if words[j] in {",", "-", "|", "(", ":"} and (tokens.same_line(j) and tokens.same_line(j + 1)):
                j += 1
        relative = self._relative_day(j, pod)
        if relative:
            offset, j = relative
            return self._gloss(Part("day", tokens.starts[i], j, relative=offset, clock=clock, part_of_day=pod))
        if j > i and words[j - 1] == ":" and day_of_week is None:
            return None
        found = self._core(j, i, cue, in_list)
        if found is None:
            if day_of_week is not None:
                return self._weekday_of_week(i, separator, day_of_week, pod)
            return None
        if separator != j and words[separator] == "(" and words[found.stop] == ")":
            found.stop += 1
        found.start = tokens.starts[i]
        found.weekday, found.until = day_of_week, until
        found.part_of_day = pod
        found.clock = found.clock or clock
        self._after_day(found, clock is not None)
        if found.clock is not None and found.part_of_day is not None:
            found.clock = half_of_day(found.clock, found.part_of_day)
            if found.until is not None:
                found.until = half_of_day(found.until, found.part_of_day)
        if lunar and found.level == "day" and not found.dated():
            # mùng 2 tháng 9 is of the sun's calendar, mùng 10 tháng 3 of the moon's; the form does not say
            found.level, found.day = "day", None
        return found

    def _relative_day(self, i: int, pod: str | None) -> tuple[int, int] | None:
        words = self.words
        if words[i] == "hôm" and words[i + 1] in _RELATIVE_DAY:
            return _RELATIVE_DAY[words[i + 1]], i + 2
        if words[i] == "ngày" and words[i + 1] == "mai":
            return 1, i + 2
        if words[i - 1] == "ngày" and i > 0 and words[i] in {"mai", "kia"}:
            return (1 if words[i] == "mai" else 2), i + 1
        if pod and words[i] in {"nay", "qua", "mai"}:
            return {"nay": 0, "qua": -1, "mai": 1}[words[i]], i + 1
        return None

    def _gloss(self, part: Part) -> Part:
        """`sáng nay (27/6/2022)`: the day in figures says which day it is."""
        j = part.stop
        opened = self.words[j] in {"(", ","}
        if not self.tokens.same_line(j):
            return part
        j += opened
        j += self.words[j] == "ngày"
        if self.kinds[j] != CHAIN and not (self.words[j - 1] == "ngày" and self.words[j] in NUMBER_WORDS):
            return part
        given = self._core(j, j, True, False)
        if given is None:
            return part
        if opened and self.words[part.stop] == "(":
            if self.words[given.stop] != ")":
                return part
            given.stop += 1
        given.start, given.part_of_day, given.clock = part.start, part.part_of_day, part.clock
        self._after_day(given, part.clock is not None)
        return given

    def _weekday_of_week(self, i: int, j: int, day_of_week: int, pod: str | None) -> Part | None:
        """`thứ Hai tuần trước`, `sáng thứ Ba tuần này`."""
        if self.words[j] == "tuần" and self.words[j + 1] in _RELATIVE:
            relative = _RELATIVE[self.words[j + 1]]
            start = self.tokens.starts[i]
            return Part("week", start, j + 2, relative=relative, weekday=day_of_week, part_of_day=pod)
        return None

    def _core(self, i: int, head: int, cue: bool, in_list: bool) -> Part | None:
        """Day, month and year themselves, without what may stand around them. Raises Impossible."""
        kinds, words = self.kinds, self.words
        if kinds[i] == ISO:
            return self._iso(i)
        if kinds[i] == CHAIN:
            if i == head and words[i - 1] == "-" and self.tokens.tight(i) and kinds[i - 2] == WORD:
                return None  # QĐ-24/11/2023
            return self._core_chain(i, cue, in_list)
        if words[i] in ENGLISH_MONTHS:
            return self._english(i)
        if words[i] in NUMBER_WORDS and (cue or words[i - 1] == "ngày"):
            spelled = tens(self.tokens, i)
            if spelled and words[spelled[1]] == "tháng":
                return self._day_of_month(i, spelled[0], spelled[1], cue)
        return None

    def _core_chain(self, i: int, cue: bool, in_list: bool) -> Part | None:
        tokens, words = self.tokens, self.words
        chain = tokens.chain(i)
        if chain is None:
            return None
        numbers, lengths, separators = chain
        start = tokens.starts[i]
        if len(numbers) == 1:
            if lengths[0] > 2 or not 1 <= numbers[0] <= 31 or tokens.decimal_tail(i) and not in_list:
                return None
            if words[i + 1] in {"tháng", "thang"}:
                return self._day_of_month(i, numbers[0], i + 1, cue)
            if words[i + 1] in ENGLISH_MONTHS:
                month = ENGLISH_MONTHS[words[i + 1]]
                year = self._year_at(i + 2 + (words[i + 2] == ","))
                if year is None:
                    return None
                return self._checked(Part("day", start, i + 3 + (words[i + 2] == ","), numbers[0], month, year))
            return Part("day", start, i + 1, numbers[0], bare=True) if in_list else None
        alone = tokens.line_starts(i) and self._line_over(i + 1)
        if len(numbers) == 3:
            return self._three(i, chain, cue or alone)
        if len(numbers) == 2 and max(lengths) <= 2 and (cue or alone):
            return self._two(i, numbers, separators, cue)
        return None

    def _line_over(self, i: int) -> bool:
        if self.words[i] in {".", ":", ";"}:
            i += 1
        return self.tokens.line_ends(i)

    def _three(self, i: int, chain: tuple[tuple[int, ...], tuple[int, ...], str], cue: bool) -> Part | None:
        numbers, lengths, separators = chain
        start = self.tokens.starts[i]
        if self.words[i - 1] == "số":
            return None
        if lengths[0] == 4:
            if separators[0] != separators[1] or max(lengths[1:]) > 2:
                return None
            return self._checked(Part("day", start, i + 1, numbers[2], numbers[1], numbers[0]))
        if max(lengths[:2]) > 2:
            return None
        if lengths[2] == 4:
            # `5-9/2023` may be the months May to September
            if separators == "-/" and not cue and numbers[0] <= 12:
                raise Impossible(i + 1)
            return self._checked(Part("day", start, i + 1, numbers[0], numbers[1], numbers[2]))
        if lengths[2] == 2 and separators[0] == separators[1] and (cue or separators != ".."):
            if not cue and not possible(numbers[0], numbers[1], century(numbers[2])):
                return None
            return self._checked(Part("day", start, i + 1, numbers[0], numbers[1], century(numbers[2])))
        return None

    def _two(self, i: int, numbers: tuple[int, ...], separators: str, cue: bool) -> Part | None:
        words = self.words
        if words[i + 1] == "%" or words[i + 1] in _UNITS and words[i + 1] != "năm":
            return None
        part = Part("day", self.tokens.starts[i], i + 1, numbers[0], numbers[1])
        part.stop = self._year_after(i + 1, part) if words[i + 1] == "năm" else i + 1
        if not part.dated():
            if numbers == (24, 7) and not cue:  # around the clock
                return None
            part.stop = self._direction_after(i + 1, part)
        return self._checked(part)

    def _day_of_month(self, i: int, day: int, month_word: int, cue: bool) -> Part | None:
        """`24 tháng 11 năm 2023`. Without `ngày` or the like before it the number may count something else."""
        words, tokens = self.words, self.tokens
        j = month_word + 1
        part = Part("day", tokens.starts[i], j, day)
        if words[j] in _RELATIVE and cue and words[month_word] == "tháng":
            part.month_relative, part.stop = _RELATIVE[words[j]], j + 1
            return part
        if not cue and not (tokens.line_starts(i) or words[i - 1] in _BEFORE_DAY or self.kinds[i - 1] == MARK):
            return None
        chain = tokens.chain(j)
        spelled = month_in_words(tokens, j)
        if chain and len(chain[0]) == 2 and chain[1][1] == 4 and chain[1][0] <= 2:
            part.month, part.year, part.stop = chain[0][0], chain[0][1], j + 1
            return self._checked(part)
        if chain and len(chain[0]) == 1 and chain[1][0] <= 2:
            part.month, part.stop = chain[0][0], j + 1
        elif spelled:
            part.month, part.stop = spelled
        else:
            return None
        if words[month_word] == "thang" and words[part.stop] != "nam":
            return None
        part.stop = self._year_after(part.stop, part)
        if not part.dated():
            comma = words[part.stop] == ","
            year = self._year_at(part.stop + comma)
            if year is None and words[part.stop + comma] == "năm":
                year, comma = self._year_at(part.stop + comma + 1), comma + 1
            if year is not None:
                part.year, part.stop = year, part.stop + comma + 1
        if not part.dated():
            if not cue and not self._line_over(part.stop):
                return None  # 6 tháng 1 lần
            part.stop = self._direction_after(part.stop, part)
        return self._checked(part)

    def _english(self, i: int) -> Part | None:
        """`November 26, 2023`; `may` alone is a Vietnamese word, so it needs the comma."""
        words = self.words
        day = self.tokens.single(i + 1, 31)
        comma = words[i + 2] == ","
        year = self._year_at(i + 2 + comma)
        if day is None or year is None or (words[i] == "may" and not comma):
            return None
        return self._checked(Part("day", self.tokens.starts[i], i + 3 + comma, day, ENGLISH_MONTHS[words[i]], year))

    def _iso(self, i: int) -> Part:
        word = self.words[i]
        part = Part("day", self.tokens.starts[i], i + 1, int(word[8:10]), int(word[5:7]), int(word[:4]))
        part.clock = iso_clock(word[10:])
        return self._checked(part)

    def _checked(self, part: Part) -> Part:
        assert part.day is not None and part.month is not None
        if not possible(part.day, part.month, part.year):
            raise Impossible(part.stop)
        if part.year is not None and not _FIRST_YEAR <= part.year <= _LAST_YEAR:
            raise Impossible(part.stop)
        return part

    def _after_day(self, part: Part, clocked: bool) -> None:
        """Weekday in brackets, lunar calendar, every year, clock: whatever follows a day."""
        words, tokens = self.words, self.tokens
        j = part.stop
        bracket = j + (words[j] == "(")
        if words[bracket] in {"âm", "âl", "al"} or (words[bracket], words[bracket + 1]) == ("tháng", "chạp"):
            j = bracket + 1 + (words[bracket + 1] == "lịch")
            if bracket == part.stop or words[j] == ")":
                part.level, part.precision, part.stop = "lunar", "day", j + (bracket != part.stop)
                return
        if words[j] == "dương" and words[j + 1] == "lịch":
            part.stop = j = j + 2
        if words[j] in {"hằng", "hàng", "mỗi"} and words[j + 1] == "năm" and not part.dated():
            part.level, part.iso, part.precision = "recurring", f"--{part.month:02}-{part.day:02}", "day"
            part.stop = j + 2
            return
        if words[j] == "(" and (named := weekday(tokens, j + 1)) and words[named[1]] == ")":
            part.weekday = named[0] if part.weekday is None else part.weekday
            part.stop = j = named[1] + 1
        if clocked or part.clock is not None:
            return
        opened = False
        for _ in range(3):
            if words[j] in {",", "-", "|", "(", "•", "·", ";"} or words[j] in {"lúc", "vào", "hồi", "at"}:
                opened = opened or words[j] == "("
                j += 1
        timed = self.clock(j) if tokens.same_line(j) else None
        if timed is None:
            return
        clock, j = timed
        if opened and words[j] == ")":
            j += 1
        elif opened:
            return
        if self._day_follows(j) or (words[j] in {"đến", "-", "tới"} and self.clock(j + 1)):
            end = self.clock(j + 1) if words[j] in {"đến", "-", "tới"} else None
            if end is None or self._day_follows(end[1]):
                return
            part.until, j = end
        part.clock, part.stop = clock, j

    # Several days

    def days(self, i: int) -> tuple[Part, Part] | None:
        """A run of days of which the last says the month: `ngày 3, 4 và 5/8/2022`, `15-16/9`, `24-25 tháng 11`."""
        words, kinds, tokens = self.words, self.kinds, self.tokens
        glued = self._glued_days(i)
        if glued:
            return glued
        first = self.day(i, in_list=True)
        if first is None or not first.bare:
            return None
        last, j = first, first.stop
        for _ in range(31):
            k = j
            while words[k] in {",", "và", "đến", "tới", "-", "cho", "hết", "cùng", "rạng"} and k - j < 3:
                if words[k] == "rạng":
                    break
                k += 1
            if (k == j and not part_of_day(tokens, k)) or not tokens.same_line(k):
                return None
            item = self.day(k, in_list=True)
            if item is None or item.level != "day" or kinds[k] == ISO:
                return None
            last, j = item, item.stop
            if not item.bare:
                first.start = tokens.starts[i]
                return (first, last) if item.month is not None else None
        return None

    def _glued_days(self, i: int) -> tuple[Part, Part] | None:
        """Two days written as one chain, perhaps after `ngày` or a part of the day."""
        words, tokens = self.words, self.tokens
        j, cue, pod, clock = i, False, None, None
        for _ in range(3):
            if words[j] == "ngày":
                j, cue = j + 1, True
            elif part := part_of_day(tokens, j):
                pod, j, cue = part[0], part[1], True
            else:
                break
        if words[j] == ",":
            j += 1
        chain = tokens.chain(j)
        if chain is None:
            return None
        pair = self._chain_pair(j, chain, cue)
        if pair is None:
            return None
        first, last = pair
        first.start, first.part_of_day, first.clock = tokens.starts[i], pod, clock
        for part in pair:
            assert part.day is not None
            month = part.month or last.month
            if month is None or not possible(part.day, month, part.year):
                raise Impossible(last.stop)
        return pair

    def _chain_pair(
        self, i: int, chain: tuple[tuple[int, ...], tuple[int, ...], str], cue: bool
    ) -> tuple[Part, Part] | None:
        numbers, lengths, separators = chain
        words, start = self.words, self.tokens.starts[i]

        def two(first: tuple[int, ...], last: tuple[int, ...], stop: int = i + 1) -> tuple[Part, Part]:
            begin = Part("day", start, stop, *first)
            end = Part("day", start, stop, *last)
            begin.bare = len(first) == 1
            if end.year is None:
                end.stop = self._year_after(stop, end) if words[stop] == "năm" else stop
                if not end.dated():
                    end.stop = self._direction_after(end.stop, end)
            return begin, end

        short = [length <= 2 for length in lengths]
        before = words[i - 1] in {"từ", "trong", "("} or cue or (self.tokens.line_starts(i) and self._line_over(i + 1))
        if separators == "-" and all(short) and words[i + 1] == "tháng" and before and numbers[0] < numbers[1]:
            month = self._day_of_month(i, numbers[1], i + 1, True)
            if month is None or month.month is None:
                return None
            return Part("day", start, month.stop, numbers[0], bare=True), month
        if separators in {"-/", "-."} and all(short) and before and numbers[0] < numbers[1]:
            if numbers[2] > 12:
                raise Impossible(i + 1)
            return two(numbers[:1], numbers[1:])
        if separators in {"-//", "-.."} and all(short[:3]) and lengths[3] == 4:
            return two(numbers[:1], numbers[1:])
        if separators in {"/-/", ".-."} and all(short) and before:
            return two(numbers[:2], numbers[2:])
        if separators in {"/-//", ".-.."} and all(short[:4]) and lengths[4] in {2, 4}:
            year = numbers[4] if lengths[4] == 4 else century(numbers[4])
            return two(numbers[:2], (*numbers[2:4], year))
        full = separators in {"//-//", "..-..", "--/--"}
        if full and all(short[:2]) and all(short[3:5]) and lengths[2] == lengths[5] == 4:
            return two(numbers[:3], numbers[3:])
        return None

    # Months, quarters, years

    def month(self, i: int) -> tuple[Part, Part | None] | None:
        """`tháng 10-2017`, `tháng Tư năm 1975`, `cuối tháng 6`, `T9/2023`, `10/2017`; two parts for `tháng 3-6/2023`."""
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
        if words[j] in _RELATIVE:
            if self._counted(head):
                return None
            return Part("month", start, j + 1, relative=_RELATIVE[words[j]]), None
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
            if not _FIRST_YEAR <= numbers[1] <= _LAST_YEAR:
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
            if not last.dated() and self._year_at(part.stop + comma) and chain and len(chain[0]) == 1:
                last.year, last.stop = self._year_at(part.stop + comma), part.stop + comma + 1
            elif not last.dated() and comma and words[part.stop + 1] == "năm" and self._year_at(part.stop + 2):
                last.year, last.stop = self._year_at(part.stop + 2), part.stop + 3
        for each in (part, last):
            if not 1 <= (each.month or 0) <= 12 or (each.year or _FIRST_YEAR) not in range(_FIRST_YEAR, _LAST_YEAR + 1):
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
            return Part("quarter", start, i + 2, relative=_RELATIVE[words[i + 1]]), None
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
        level, j = "years", i
        if pair in {("giai", "đoạn"), ("thời", "kỳ"), ("thời", "kì"), ("niên", "vụ")}:
            j = i + 2
        elif pair in {("nhiệm", "kỳ"), ("nhiệm", "kì")}:
            level, j = "term", i + 2
        elif pair in {("năm", "học"), ("niên", "khóa"), ("niên", "khoá")}:
            level, j = "school_year", i + 2
        elif words[i] in {"khóa", "khoá"}:
            j = i + 1
        elif pair in {("những", "năm"), ("thập", "niên"), ("thập", "kỷ"), ("thập", "kỉ")}:
            return self._decade(i)
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
        if not (_FIRST_YEAR <= first < last <= _LAST_YEAR and last - first <= 200):
            return None
        if not cue and (first < 1930 or words[stop] in _NOT_YEARS or words[i - 1] in {"số", "+", "khoảng"}):
            return None
        return first, last, stop

    def _list_of_years(self, start: int, j: int, several: bool) -> Part | None:
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
            old = words[stop : stop + 3] == ["của", "thế", "kỷ"] or words[stop : stop + 2] == ["thế", "kỷ"]
            if old:
                stop += 3 if words[stop] == "của" else 2
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
        if words[i] == "tuần" and words[i + 1] in _RELATIVE and not self._counted(i):
            return Part("week", self.tokens.starts[i], i + 2, relative=_RELATIVE[words[i + 1]]), None
        return None

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
            if self.words[i] == "các" and self.words[i + 1] in {"ngày", "tháng"}:
                return 0
            return 0
        first, last = found
        if last is not None:
            return self._join(i, first, last)
        ranged = self._to(first)
        if ranged:
            return self._join(i, first, ranged)
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
        if first.level in {"lunar", "recurring", "reference"}:
            return None
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
        try:
            other = self._cued(j) if self.kinds[j] == CHAIN else None
            found_part = other or next(iter(self.part(j) or ()), None)
        except Impossible as error:
            raise Impossible(error.stop) from error
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
            return 0
        if first.level == "month":
            return self._join(i, first, last)
        for part in parts:
            whole = part if part is last else borrow(part, last)
            begin = next(k for k in range(i, part.stop) if tokens.starts[k] >= part.start)
            self._emit(
                begin, part.stop, whole and resolve(replace(whole, stop=part.stop), self.anchor), part.part_of_day
            )
        return last.stop

    def _from(self, i: int) -> int:
        """`từ X đến Y`, `từ X`."""
        words = self.words
        j = i + 1 + (words[i + 1] in {"khoảng", "cuối"} and words[i + 2] in {"ngày", "khoảng"})
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
        if first.level in {"day", "month", "year"} and first.relative is None:
            words_after = words[first.stop], words[first.stop + 1]
            if words_after in {("trở", "đi"), ("trở", "lại"), ("về", "sau")}:
                first.stop += 2 + (words[first.stop + 2] == "đây")
            return self._join(i, first, None)
        if first.level == "now":
            return 0
        return self._emit(j, first.stop, resolve(first, self.anchor), first.part_of_day)

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
            words[j + 1] not in _NOT_YEARS and (self.kinds[j + 1] != WORD or words[j + 1] in _GOES_ON)
        )

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
        if self.kinds[i] == CHAIN:
            named = self._named_day(i)
            if named:
                return named
            found = self._plain(i)
            if found:
                return found
            if "/" in words[i] or "-" in words[i] or "." in words[i]:
                return i + 1
            if tokens.decimal_tail(i):
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
                return j + 3
        if words[j] in {"tết"} or (words[j], words[j + 1]) == ("tháng", "chạp"):
            if words[i - 1] in {"mùng", "mồng", "ngày"} or words[j] == "tháng" or value == 30:
                return self._emit(i, j + 1 + (words[j] == "tháng"), Value("lunar", "", None, None, "day"))
            return j
        return self._duration(i, value, j)

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
        unit = _UNITS.get(words[j])
        if unit is None or not tokens.same_line(j) or value == 0:
            return j
        if self._no_duration(i, value, j):
            return j
        iso, precision, stop = f"{value}{unit[1]}", unit[2], j + 1
        more = count(tokens, stop)
        if words[j] in {"giờ", "tiếng"} and words[stop : stop + 2] == ["đồng", "hồ"]:
            stop += 2
        elif more and words[more[1]] in _UNITS and self.kinds[stop] == CHAIN:
            smaller = _UNITS[words[more[1]]]
            order = list(_UNITS)
            if order.index(words[more[1]]) > order.index(words[j]) and not self._no_duration(stop, more[0], more[1]):
                split = "T" if smaller[0] == "PT" and unit[0] == "P" else ""
                iso, precision, stop = f"{iso}{split}{more[0]}{smaller[1]}", smaller[2], more[1] + 1
        elif words[stop] == "rưỡi":
            if words[j] != "năm":
                return stop + 1
            iso, precision, stop = f"{iso}6M", "month", stop + 1
        if words[stop] in {"qua", "tới"} and self.kinds[stop + 1] != CHAIN:
            stop += 1
        elif words[stop : stop + 2] in (["gần", "đây"], ["vừa", "qua"], ["sắp", "tới"]):
            stop += 2
        return self._emit(i, stop, Value("duration", unit[0] + iso, None, None, precision))

    def _no_duration(self, i: int, value: int, j: int) -> bool:
        """Whether the number and the word of time after it belong to different things."""
        words = self.words
        if words[j] == "năm" and (self._year_at(j + 1) is not None or value >= 1900 or words[j + 1] == "học"):
            return True
        if words[j] == "ngày" and (self.kinds[j + 1] == CHAIN or words[j + 1] == "tháng"):
            more = self.tokens.single(j + 1, 59)
            return more is None or words[j + 2] not in _UNITS
        if words[j] == "tháng" and (month := self.tokens.single(j + 1, 12)) is not None:
            return words[j + 2] != "ngày" or month == 0
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


_MAY_LIST = frozenset("ngày sáng trưa chiều tối đêm rạng buổi khuya nửa giữa thứ chủ cn".split())
_GOES_ON = frozenset("đã được và của là tại cho với có các toàn theo trên về do thì nhằm".split())


def half_of_day(clock: Clock, part: str) -> Clock:
    """`8h tối` is 20:00. Hours that do not fit the part of the day, and twelve where it is two things, are unknown."""
    hour = clock.hour
    if not clock.known or hour >= 13:
        return replace(clock, known=clock.known and not (part in {"sáng", "rạng sáng"} and hour >= 13))
    if part in {"sáng", "rạng sáng"}:
        return replace(clock, known=hour < 12)
    if part == "trưa":
        return replace(clock, hour=hour + 12 if hour <= 2 else hour, known=hour <= 2 or hour >= 10)
    if part == "chiều":
        return replace(clock, hour=hour + 12 if hour <= 7 else hour, known=1 <= hour <= 7 or hour == 12)
    if part == "tối":
        return replace(clock, hour=hour + 12, known=5 <= hour <= 11)
    return replace(clock, hour=hour + 12 if hour >= 7 else hour, known=hour <= 4 or 7 <= hour <= 11)


def iso_clock(text: str) -> Clock | None:
    """The time and zone of an ISO moment in lower case: `t09:15:00+07:00`, `t0915z`."""
    body, zone = text.lstrip("t ").replace(":", "").replace(" ", ""), None
    for sign in ("+", "-"):
        body, found, offset = body.partition(sign)
        if found:
            zone = (int(offset[:2]) * 60 + int(offset[2:4] or 0)) * (1 if sign == "+" else -1)
    if body.endswith("z"):
        body, zone = body[:-1], 0
    second = int(body[4:6]) if len(body) >= 6 else None
    hour, minute = int(body[:2]), int(body[2:4])
    known = hour < 24 and minute < 60 and (second is None or second < 60) and abs(zone or 0) <= 14 * 60
    return Clock(hour, minute, second, zone, known)
