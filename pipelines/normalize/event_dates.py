"""Which of the dates of a sentence is the day of the event it announces."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date, timedelta

from pipelines.normalize.date_values import DateMention
from pipelines.normalize.event_lines import EventLine, When
from pipelines.normalize.event_words import Trigger
from pipelines.normalize.phrase_patterns import phrase_pattern, sign_words, signs
from pipelines.normalize.word_starts import at_word_start

_PLURAL = re.compile(rf"(?:{signs('plural')}|\d+) *$")
_PLURAL_ENDS = tuple({words.split()[-1] for words in sign_words("plural")})
_OTHER_MONTHS = re.compile(r"(?<!\w)những ngày *(?:đầu|giữa|cuối)? *$")
NO_EVENT_DATE = re.compile(rf"(?<!hôm )(?:{signs('not_event_date')}|(?<!\w)số [^ ]{{1,30}}) *(?:ngày|vào|hôm|,|\()? *$")
LONGEST, FAR = 45, 260
"""Days of the longest event; characters behind the words that name it in which its day may still stand."""
LEAD_IN = r"(?:[^,.;]{0,12} - +)?(?:\([^()]{1,30}\) *-? *)?"
"""Pattern of what a paper prints before a sentence: `QK2 - `, `(TTXVN) - `."""
LEAD_IN_DASH = 15
"""Characters up to its dash and the blank behind that."""
_OCCASION = r"(?:hướng tới|nhân|chào mừng|thiết thực|lập thành tích|tiến tới|kỷ niệm|trong không khí|hòa chung)(?!\w)"
_OPENS_WITH_OCCASION = re.compile(rf"[^\w]*{_OCCASION}")
_OCCASION_BEHIND_LEAD_IN = re.compile(rf"[^\w]*{LEAD_IN}{_OCCASION}")
_BESIDE = 5
_AGES = 3650
"""Days between a day of history and one of today in one line."""
_BEFORE_DAY = ("sáng", "trưa", "chiều", "tối", "đêm", "ngày", "vào", "hôm")
_LONGEST_WORD, _NEAR = max(map(len, _BEFORE_DAY)), 20
"""Characters of these, and before a day that are looked at for one."""
_DAY_AND_MONTH = re.compile(r"\d\d? *[-/.] *\d{1,2}(?![-/.]?\d)")
UNRESOLVED_DAY = re.compile(rf"(?:(?:rạng sáng|{'|'.join(_BEFORE_DAY)}) *){{1,3}}{_DAY_AND_MONTH.pattern}")
_TWO_NUMBERS = tuple(re.compile(rf"{mark} *\d") for mark in ("/", "-", r"\."))
"""One for each mark: for one given character `re` scans far faster than for a set."""
HELD = ("tổ chức", "diễn ra", "khai mạc")
"""Verbs before the day on which an event was held: `tổ chức sáng 5/7`."""
_HELD_ON = re.compile(rf"{phrase_pattern(HELD)}(?: +(?:vào|từ|trong|hôm))* *$")
_CLOSES = re.compile(at_word_start(("bế mạc", "khép lại", "kết thúc", "hạ màn"), r"\w") + r"(?!\w)")
_SMALL = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_AFTER_DAYS = re.compile(
    r"(?<!\w)(?:sau|qua|trải qua) +(?P<days>\d{1,2}|hai|ba|bốn|năm|sáu|bảy) +ngày +"
    r"(?:tranh tài|thi đấu|tham gia|diễn ra|làm việc|thi|tổ chức|sôi nổi|thực hành|diễn tập)(?!\w)"
)
_LIST_BEFORE = re.compile(r"(?<!\w)(?:ngày|hôm)(?: *\(| *:)? *(?<![\w/])(\d{1,2}) *(?:và|,|-) *(?:ngày *)?$")
_SEVERAL = re.compile(r"(?<!\w)(?:trong|các|hai|ba|bốn|\d+) +(?:các +)?(?:ngày *)?$")
_NEXT_DAY = re.compile(r" *(?:,|và) *(?:ngày *)?(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?![-/.]?\d)")


def is_plural(low: str, start: int, at: int) -> bool:
    """Whether words before a position make what follows several: `những hội nghị`, `3 hội nghị`."""
    before = low[start:at].rstrip()
    may_be = before.endswith(_PLURAL_ENDS) or before[-1:].isdigit()
    return may_be and _PLURAL.search(low, start, at) is not None


def has_unresolved_day(low: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether a day without a year is told in a stretch of a line."""
    for numbers in _TWO_NUMBERS:
        if numbers.search(low, start, end) is not None:
            break
    else:
        return False  # most have none, and this is far cheaper
    for day in _DAY_AND_MONTH.finditer(low, start, end):
        at = day.start()
        before = low[max(start, at - _NEAR) : at].rstrip(" ")
        if len(before) < _LONGEST_WORD:  # all but blanks: look as far as it takes
            before = low[start:at].rstrip(" ")
        if before.endswith(_BEFORE_DAY):
            return True
    return False


def opens_with_occasion(low: str, start: int) -> bool:
    """Whether a sentence opens with what it was held for: `Hướng tới kỷ niệm …`, `QK2 - Nhân dịp …`."""
    if _OPENS_WITH_OCCASION.match(low, start):
        return True
    return ("(" in low or " - " in low) and _OCCASION_BEHIND_LEAD_IN.match(low, start) is not None


def may_be_held_on(mention: DateMention) -> bool:
    """Whether a date can be an event's, by itself: not `(22/12/1944 - 22/12/2023)`, `năm 2023`."""
    if mention.kind not in {"date", "datetime", "range", "month"}:
        return False
    first, last = mention.start_date, mention.end_date
    return first is not None and last is not None and (last - first).days <= LONGEST


def date_of(line: EventLine, start: int, end: int, trigger: Trigger) -> When | None:
    """The day or days of the event: the first in the sentence that is not a founding's, document's or anniversary's."""
    days = [when for when in line.dates if start <= when.start < end]
    if not days:
        return None
    latest = max((when.mention.start_date for when in line.dates if when.mention.start_date), default=None)
    occasion = opens_with_occasion(line.low, start)
    past = -1  # where the last day of history ended
    for when in days:
        mention = when.mention
        if occasion and ", " not in line.low[start : when.start]:
            continue  # `Hướng tới kỷ niệm Ngày thành lập Quân đội 22/12, sáng 13/12, …`
        if past >= 0 and when.start - past <= _BESIDE:
            continue  # the second of `(27-2-1955 / 27-2-2024)`
        if mention.start_date is None or not may_be_held_on(mention):
            continue
        if latest is not None and (latest - mention.start_date).days > _AGES:
            past = when.end
            continue  # `69 năm Ngày Thầy thuốc Việt Nam (27-2-1955 / 27-2-2024), sáng 26-2, …`
        if mention.kind == "month" and (when.start > start + 25 or _OTHER_MONTHS.search(line.low, start, when.start)):
            continue  # `Tháng 7/2023, …` opens the sentence; further on it is of something else
        if when.start > trigger.end + FAR and not _HELD_ON.search(line.low, max(start, when.start - 20), when.start):
            return None
        counted = mention.kind == "range" and line.low.startswith("ngày", when.start)  # `trong 2 ngày 5 và 6/7`
        plural = not counted and is_plural(line.low, max(start, when.start - 12), when.start)
        if when.start >= trigger.end and plural:
            continue
        before = line.low[max(start, when.start - 40) : when.start]
        if NO_EVENT_DATE.search(before) and not before.strip().startswith("từ"):
            continue
        if before.rstrip().endswith("(") and trigger.end < when.start and "ngày" in before[-30:-1]:
            continue  # `kỷ niệm Ngày Thầy thuốc Việt Nam (27/2/2023)`
        listed = _LIST_BEFORE.search(before)
        if listed and mention.kind in {"date", "datetime"} and 0 < int(listed[1]) < mention.start_date.day:
            first = mention.start_date.replace(day=int(listed[1]))
            return When(when.start, when.end, _from(mention, first))
        return _to_last(line, when, start)
    return None


def first_day(lines: list[EventLine], line: EventLine, bounds: tuple[int, int], last: date) -> date | None:
    """The first day of what a sentence tells the end of: `Sau 3 ngày tranh tài, chiều 29/8, … bế mạc Hội thi …`.

    last  the day told; None: it is no end, or the text does not say when it began
    """
    if not _CLOSES.search(line.low, *bounds):
        return None
    for one in lines:
        for when in one.dates:
            first, end = when.mention.start_date, when.mention.end_date
            if first is not None and end == last and timedelta(0) < last - first <= timedelta(days=LONGEST):
                return first
    counted = _AFTER_DAYS.search(line.low, *bounds)
    if counted is None:
        return None
    days = int(counted["days"]) if counted["days"].isdecimal() else _SMALL[counted["days"]]
    return last - timedelta(days=days - 1) if days > 1 else None


def _to_last(line: EventLine, when: When, start: int) -> When:
    """A date up to the last of the days listed behind it: `trong 2 ngày 31/7 và 01/8`."""
    mention, end = when.mention, when.end
    several = _SEVERAL.search(line.low, max(start, when.start - 24), when.start)
    if several is None or mention.kind not in {"date", "datetime"} or mention.precision != "day":
        return when
    assert mention.start_date is not None
    first: date = mention.start_date
    last: date = first
    while more := _NEXT_DAY.match(line.low, end):
        year = last.year + ((int(more["month"]), int(more["day"])) < (last.month, last.day))
        try:
            last = last.replace(year, int(more["month"]), int(more["day"]))
        except ValueError:
            return when
        end = more.end()
    if not 0 < (last - first).days <= LONGEST:
        return when
    return When(when.start, end, replace(_from(mention, first), end_date=last))


def _from(mention: DateMention, first: date) -> DateMention:
    """The list of days that a mention of its last one ends: `trong 2 ngày (05 và 06/7)`."""
    return replace(mention, kind="range", start_date=first, precision="day", part_of_day=None)
