"""Clock times, their zones and parts of the day; years, and what says to which side of the anchor a date lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.normalize.date_tokens import CHAIN, CLOCK, JUNK, Tokens
from pipelines.normalize.date_values import Clock, Part
from pipelines.normalize.date_words import part_of_day, year_in_words

FIRST_YEAR, LAST_YEAR = 1000, 2199
_NUMBERS = frozenset((CHAIN, JUNK))
RELATIVE_YEAR = {"nay": 0, "ngoái": -1, "trước": -1, "kia": -2, "sau": 1, "tới": 1}


class Impossible(Exception):
    """A date that cannot be stands here. stop: the first token after it."""

    def __init__(self, stop: int) -> None:
        super().__init__()
        self.stop = stop


class Reader:
    """A text and its anchor. The rules of the classes below it read its tokens."""

    def __init__(self, text: str, tokens: Tokens, anchor: date | None) -> None:
        self.original = text
        self.anchor = anchor
        self.tokens = tokens
        self.kinds = self.tokens.kinds
        self.words = self.tokens.words
        self.last_stop = -1  # the token after the last mention
        self.endless = -1  # before this token stands a list that never says its month or year: not read again

    def _year_at(self, i: int) -> int | None:
        """A year in four digits."""
        word = self.words[i]
        if len(word) != 4 or self.kinds[i] not in _NUMBERS or not word.isdecimal():
            return None
        return int(word) if FIRST_YEAR <= int(word) <= LAST_YEAR else None

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
            if words[i] == "năm" and words[i + 1] in RELATIVE_YEAR:
                part.year_relative = RELATIVE_YEAR[words[i + 1]]
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
                digits = words[j + 1]
                if hours is not None:
                    zone, j = sign * hours * 60, j + 2
                elif self.kinds[j + 1] == CHAIN and len(digits) == 4 and digits.isdecimal():
                    zone, j = sign * (int(digits[:2]) * 60 + int(digits[2:])), j + 2
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
