"""Days: one with everything said about it, and several of which the last says the month.

One file: a list of days is read by the same rules as one day, with what is missing borrowed from its last member.
"""

from __future__ import annotations

import re

from pipelines.normalize.date_clock import FIRST_YEAR, LAST_YEAR, Impossible, Reader, half_of_day, iso_clock
from pipelines.normalize.date_tokens import CHAIN, CLOCK, ISO, JUNK, MARK, WORD, Chain
from pipelines.normalize.date_values import Clock, Part, century, possible
from pipelines.normalize.date_words import (
    ENGLISH_MONTHS,
    NUMBER_WORDS,
    UNITS,
    WEEKDAY_SHORT,
    month_in_words,
    one_of,
    part_of_day,
    tens,
    weekday,
)

RELATIVE = {"này": 0, "trước": -1, "sau": 1, "tới": 1}
_RELATIVE_DAY = {"nay": 0, "qua": -1, "kia": -2, "kìa": -3}
# The words that may stand before the number of a day.
_JUST_PAST = frozenset((("vừa", "qua"), ("vừa", "rồi"), ("tuần", "trước"), ("tuần", "qua"), ("tuần", "này")))
_OPENING = {
    **dict.fromkeys(one_of("lúc hồi"), "clock"),
    **dict.fromkeys(one_of("buổi rạng sáng trưa chiều tối đêm khuya nửa giữa"), "part of day"),
    **dict.fromkeys([*WEEKDAY_SHORT, *one_of("thứ chủ chúa")], "weekday"),
    **dict.fromkeys(one_of("ngày hôm ngay"), "day"),
    **dict.fromkeys(one_of("mùng mồng"), "moon"),
}
_SPELLED = frozenset(NUMBER_WORDS) | ENGLISH_MONTHS.keys()
# Behind a day no other word is of it.
CLOSING = one_of("âm âl al tháng dương hằng hàng mỗi lúc vào hồi at")
_DIGITS = frozenset((CLOCK, CHAIN))
# Before a number without `ngày` these leave it a day; others make it a name or an ordinal: `tuần 2 tháng 11`.
_BEFORE_DAY = one_of("ngày vào hôm đến từ tới trước sau là và đăng nhật lúc date on published cuối đầu mùng")
_DAY_MON_YEAR = re.compile(r"(\d{1,2})-([a-z]{3,9})-(\d{4})")
# What stands between the numbers of two days in one chain: `24-25`, `24-25/11`, `24/11-2/12/2023`.
_PAIRS = one_of("- -/ -. -// -.. /-/ .-. /-// .-.. //-// ..-.. --/--")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")


class Days(Reader):
    """The rules for days."""

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
            opens = _OPENING.get(words[j])
            if opens is None:
                timed = self.clock(j) if clock is None and kinds[j] in _DIGITS else None
                if timed is None:
                    break
                between = j == i == self.last_stop and tokens.same_line(i)
                if between and words[timed[1]] != "ngày":
                    return None  # between two dates: of which of them?
                clock, j = timed
            elif opens == "clock":
                timed = self.clock(j + 1)
                if clock is not None or timed is None:
                    return None
                clock, j = timed
            elif opens == "part of day":
                part = part_of_day(tokens, j)
                if part is None or pod is not None:
                    break
                pod, j, cue = part[0], part[1], True
            elif opens == "weekday":
                named = weekday(tokens, j)
                if named is None or day_of_week is not None:
                    break
                day_of_week, j, cue = named[0], self._behind_past_words(named[1]), True
            elif opens == "moon":
                j, lunar, cue = j + 1, True, True
            elif (
                words[j] == "ngày"
                or (words[j] == "hôm" and kinds[j + 1] == CHAIN)
                or (words[j] == "ngay" and kinds[j + 1] == CHAIN and words[j + 2] == "thang")
            ):
                j, cue = j + 1, True
            else:
                break
            if words[j] in {"đến", "-", "tới"} and clock is not None and until is None and kinds[j - 1] != WORD:
                timed = self.clock(j + 1)
                if timed:
                    until, j = timed
            separator = j
            if words[j] in {",", "-", "|", "(", ":"} and (tokens.same_line(j) and tokens.same_line(j + 1)):
                j += 1
        relative = self._relative_day(j, pod) if kinds[j] == WORD else None
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
        # `sáng và chiều 24/11`: neither of the two alone
        found.part_of_day = None if i > 1 and words[i - 1] == "và" and part_of_day(tokens, i - 2) else pod
        found.clock = found.clock or clock
        self._after_day(found, clock is not None)
        if found.clock is not None and found.part_of_day is not None:
            found.clock = half_of_day(found.clock, found.part_of_day)
            if found.until is not None:
                found.until = half_of_day(found.until, found.part_of_day)
        if lunar and found.level == "day" and not found.dated():
            # mùng 2 tháng 9 is of the sun's calendar, mùng 10 tháng 3 of the moon's; the form does not say
            found.day = None
        return found

    def _behind_past_words(self, j: int) -> int:
        """Behind the `vừa qua` of `thứ Bảy vừa qua (5/10)`, where the day in figures follows; else `j`."""
        said = (self.words[j], self.words[j + 1]) in _JUST_PAST and self.words[j + 2] in {"(", ","}
        return j + 2 if said and self.kinds[j + 3] == CHAIN else j

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
        if self.words[j] == "tuần" and self.words[j + 1] in RELATIVE:
            relative = RELATIVE[self.words[j + 1]]
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
        if kinds[i] == JUNK and _ORDINAL.fullmatch(words[i]) and words[i + 1] in ENGLISH_MONTHS:
            year = self._year_at(i + 2 + (words[i + 2] == ","))
            stop, day, month = i + 3 + (words[i + 2] == ","), int(words[i][:-2]), ENGLISH_MONTHS[words[i + 1]]
            return None if year is None else self._checked(Part("day", self.tokens.starts[i], stop, day, month, year))
        if kinds[i] == JUNK and (hyphened := _DAY_MON_YEAR.fullmatch(words[i])) and hyphened[2] in ENGLISH_MONTHS:
            day, month, year = int(hyphened[1]), ENGLISH_MONTHS[hyphened[2]], int(hyphened[3])
            return self._checked(Part("day", self.tokens.starts[i], i + 1, day, month, year))
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
            if lengths[0] > 2 or not 1 <= numbers[0] <= 31 or (tokens.decimal_tail(i) and not in_list):
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
        sure = cue or (tokens.line_starts(i) and self._line_over(i + 1))
        if len(numbers) == 3:
            if separators == "-/" and lengths[2] == 4 and not cue and numbers[0] <= 12:
                raise Impossible(i + 1)  # `5-9/2023` may be the months May to September
            return self._three(i, chain, sure)
        if len(numbers) == 2 and max(lengths) <= 2 and sure:
            return self._two(i, numbers, separators, cue)
        return None

    def _line_over(self, i: int) -> bool:
        if self.words[i] in {".", ":", ";"}:
            i += 1
        return self.tokens.line_ends(i)

    def _three(self, i: int, chain: Chain, cue: bool) -> Part | None:
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
            return self._checked(Part("day", start, i + 1, numbers[0], numbers[1], numbers[2]))
        if lengths[2] == 2 and separators[0] == separators[1] and (cue or separators != ".."):
            if not cue and not possible(numbers[0], numbers[1], century(numbers[2])):
                return None
            return self._checked(Part("day", start, i + 1, numbers[0], numbers[1], century(numbers[2])))
        return None

    def _two(self, i: int, numbers: tuple[int, ...], separators: str, cue: bool) -> Part | None:
        words = self.words
        if words[i + 1] == "%" or (words[i + 1] in UNITS and words[i + 1] != "năm"):
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
        if words[j] in RELATIVE and cue and words[month_word] == "tháng":
            part.month_relative, part.stop = RELATIVE[words[j]], j + 1
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
            if words[j] == "năm" and not cue and self._year_at(j + 1):
                return None  # `9 tháng năm 2023` is nine months
            part.month, part.stop = spelled
        else:
            return None
        if words[month_word] == "thang" and words[part.stop] != "nam":
            return None
        part.stop = self._year_after(part.stop, part)
        if not part.dated():
            comma = int(words[part.stop] == ",")
            year = self._year_at(part.stop + comma)
            if year is None and words[part.stop + comma] == "năm":
                comma += 1
                year = self._year_at(part.stop + comma)
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
        ordinal = _ORDINAL.fullmatch(words[i + 1])
        day = int(words[i + 1][:-2]) if ordinal else self.tokens.single(i + 1, 31)
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
        if part.year is not None and not FIRST_YEAR <= part.year <= LAST_YEAR:
            raise Impossible(part.stop)
        return part

    def _after_day(self, part: Part, clocked: bool) -> None:
        """Weekday in brackets, lunar calendar, every year, clock: whatever follows a day."""
        words, kinds, tokens = self.words, self.kinds, self.tokens
        j = part.stop
        if kinds[j] == WORD and words[j] not in CLOSING:
            return
        bracket = j + (words[j] == "(")
        if words[bracket] in {"âm", "âl", "al"} or (words[bracket], words[bracket + 1]) == ("tháng", "chạp"):
            j = bracket + 1 + (words[bracket + 1] == "lịch")
            if bracket == part.stop or words[j] == ")":
                part.level, part.precision, part.stop = "lunar", "day", j + (bracket != part.stop)
                return
        if words[j] == "dương" and words[j + 1] == "lịch":
            part.stop = j = j + 2
        if words[j] in {"hằng", "hàng", "mỗi"} and words[j + 1] == "năm" and part.month and not part.dated():
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
        timed = self.clock(j) if kinds[j] in _DIGITS and tokens.same_line(j) else None
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
        if kinds[i] == WORD and words[i] not in _OPENING and words[i] not in _SPELLED:
            return None
        glued = self._glued_days(i)
        if glued:
            return glued
        j = i
        while words[j] in _OPENING:
            j += 1
        if i < self.endless or (j > i and kinds[j] == CHAIN and not words[j].isdecimal()):
            return None  # no list: `sáng ngày 24/11`
        first = self.day(i, in_list=True)
        if first is None or not first.bare:
            return None
        last, j = first, first.stop
        for _ in range(31):
            k = self.endless = j
            if kinds[i] == CHAIN and words[k] not in {"-", "đến", "tới"}:
                return None  # a number alone begins a range, not a list
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
        j, cue, pod = i, False, None
        for _ in range(3):
            if words[j] == "ngày":
                j, cue = j + 1, True
            elif _OPENING.get(words[j]) == "part of day" and (named := part_of_day(tokens, j)):
                pod, j, cue = named[0], named[1], True
            else:
                break
        if words[j] == ",":
            j += 1
        chain = tokens.chain(j)
        if chain is None or chain[2] not in _PAIRS:
            return None
        pair = self._chain_pair(j, chain, cue)
        if pair is None:
            return None
        first, last = pair
        first.start, first.part_of_day = tokens.starts[i], pod
        for each in pair:
            assert each.day is not None
            month = each.month or last.month
            if month is None or not possible(each.day, month, each.year):
                raise Impossible(last.stop)
        return pair

    def _chain_pair(self, i: int, chain: Chain, cue: bool) -> tuple[Part, Part] | None:
        numbers, lengths, separators = chain
        words, start = self.words, self.tokens.starts[i]

        def two(first: tuple[int, ...], last: tuple[int, ...], stop: int = i + 1) -> tuple[Part, Part]:
            begin, end = (
                Part("day", start, stop, day, month or None, year or None)
                for day, month, year in ((*first, 0, 0)[:3], (*last, 0, 0)[:3])
            )
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
