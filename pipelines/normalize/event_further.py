"""The second and third event of a bulletin: joined to the first in its sentence, or told in a paragraph of their own.

`tổ chức buổi tuyên truyền … và Hội thi “Tìm hiểu …”`, `Lễ ra quân … gắn với ngày hội hiến máu`; `Chiều cùng ngày, …`,
`Trước đó, chiều 11/3, …`, `Ngay sau lễ ký, …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipelines.normalize.event_evidence import OF_PARAGRAPH, fresh_day, opening_fresh_day, told_in_paragraph
from pipelines.normalize.event_lines import EventLine
from pipelines.normalize.event_paragraphs import (
    EARLIER,
    dated_sign,
    further_signs,
    is_earlier,
    later_that_day,
    same_day_words,
)
from pipelines.normalize.event_signs import Sign, same_family
from pipelines.normalize.event_words import CEREMONY, GENERIC, Trigger, families, kind, nouns, verbs
from pipelines.normalize.phrase_patterns import signs

MOST = 3
"""Events of one bulletin."""
DAYS_BEFORE, DAYS_AFTER = timedelta(days=7), timedelta(days=7)
"""Of the main event in which a further one was held that a bulletin tells with it."""
_FROM_DAY_TO_DAY = frozenset(("thăm và làm việc", "kiểm tra"))
"""What a delegation does on several days is one event."""
_OCCASION = re.compile(r" +nhân +(?:dịp|ngày|kỷ niệm)(?!\w)")
_JOINS = re.compile(
    r"(?:[,;]|(?<!\w)và|gắn với|kết hợp(?: +với)?|đồng thời|cùng với|lồng ghép)"
    r"(?: +(?:tổ chức|khai mạc|mở|buổi|cuộc|chương trình|đợt|các hoạt động|hoạt động))* *$"
)
_ALSO_DONE = frozenset(
    ("tuyên truyền", "khám bệnh, cấp thuốc miễn phí", "hiến máu", "hội thi", "lễ ký kết", "diễn tập")
)
"""What a verb joined to the first one tells as an event of its own; gifts, visits, wreaths, awards are part of it."""
_ONLY_OCCASION = frozenset(("hưởng ứng",))
_VISITS = frozenset(("thăm và làm việc", "kiểm tra", "tiếp đoàn", "gặp mặt"))
"""Of which a guest's day has several, all of one visit."""
_GIVING = frozenset(("hỗ trợ", "tặng quà", "trao quà", "trao tặng quà", "tặng học bổng", "trao học bổng"))
_GIFTS = re.compile(r"(?<!\w)(?:tặng|trao)(?!\w)")
_FIELD = frozenset(("tuyên truyền", "khám bệnh, cấp thuốc miễn phí", "hiến máu"))
_OF_HELP = _FIELD - {"hiến máu"}
_OF_LATER_DAY = 8
"""Points of an event told in a paragraph whose day stands in its first two sentences, but does not open it."""
_OF_FIELD = 4
"""Points of one of these that a paragraph without a day tells."""
_DONE = re.compile(r"(?<!\w)(?:tổ chức|đã|tiến hành)(?!\w)")
_PEOPLE_COUNTED = re.compile(
    r"\d +(?:lượt +)?"
    r"(?:người|ngư dân|học sinh|bà con|hộ|đồng bào|em|đoàn viên|hội viên|cán bộ|nhân dân|người dân)(?!\w)"
)
_ANOTHER_TIME = re.compile(r"(?:(?:sáng|trưa|chiều|tối|đêm) )?cùng ngày|buổi (?:sáng|chiều|tối)")
_REFERS = re.compile(r"[ “\"]*(?:phát biểu|kết luận|bế mạc|khai mạc|báo cáo)(?!\w)")
_OF_THE_SAME_DAY = re.compile(signs("later_same_day"))
_PART_OF_ANOTHER = frozenset(
    ("lễ đón nhận", "thăm và làm việc", "lễ công bố quyết định", "lễ dâng hương", "lễ trao quân hàm")
)
"""What is told of the same day without a day of its own is no event of these kinds, but part of the main one."""


def further_events(
    lines: list[EventLine], main: tuple[Sign, Sign | None], published: date | None
) -> tuple[list[Sign], list[Sign]]:
    """The main event's sign with those of the others, each of another type; and those held just before the main one.

    main  its sign, and the title's where it speaks of the same event
    """
    signs, aside = [main[0]], list[Sign]()
    for further, before in _further(lines, main, published):
        known = {sign.kind.event_type: n for n, sign in enumerate(signs)}
        known |= {sign.kind.event_type: -1 for sign in aside}
        if _is_to_come(further, published):
            continue
        if further.kind.event_type in known:  # joined to the main one, and now with a day of its own
            n = known[further.kind.event_type]
            if n > 0 and signs[n].joined and further.date is not None and not before:
                signs[n] = further
            continue
        if before:
            aside.append(further)
        elif len(signs) < MOST:
            signs.append(further)
    return signs, aside


def _further(
    lines: list[EventLine], main: tuple[Sign, Sign | None], published: date | None
) -> Iterator[tuple[Sign, bool]]:
    """Other events, in order; whether each was held before the main one: `Trước đó, chiều 17/8, …`."""
    for sign in main if main[1] is not main[0] else main[:1]:
        if sign is not None:
            for further in _joined(lines[sign.line], sign):
                yield further, False
    first = 0 if main[0].trigger.form == "evidence" else main[0].line  # none announced it: another may stand above it
    for number in range(first, len(lines)):
        line = lines[number]
        if line.zone != "body":
            continue
        after = main[0].kind.end if number == main[0].line else 0
        opening = () if after else further_signs(line, number, published)
        announced = False
        for further in (*opening, *later_that_day(line, number, after, published)):
            before = is_earlier(line, further.sentence[0] + (further.sentence[0] > 0))
            if before or further.date is None or same_day_words(line, further) or _within(further, main):
                announced = True
                if not _is_part_of(line, further, main[0].kind.event_type):
                    yield further, before
        if announced or after or not _may_tell(line, main[0].kind.event_type) or _REFERS.match(line.low):
            continue
        dated = dated_sign(line, number, published)
        if dated is not None and _within(dated, main, DAYS_BEFORE):
            yield dated, False
        elif (told := _told(line, number, main[0].kind.event_type, published)) is not None:
            yield told, is_earlier(line, 0)


def _within(further: Sign, main: tuple[Sign, Sign | None], before: timedelta = timedelta(0)) -> bool:
    """Whether a further event's day is one of the main event's: `Chiều 21/9, … tổ chức Cuộc thi` of two days.

    before  how long before it may be
    """
    when = main[0].date or (main[1].date if main[1] else None)
    if when is None or further.date is None:
        return False
    first, last, day = when.mention.start_date, when.mention.end_date, further.date.mention.start_date
    if first is None or last is None or day is None:
        return False
    if further.kind.event_type in _FROM_DAY_TO_DAY and main[0].kind.event_type in _VISITS:
        return False
    return first - before <= day <= last + DAYS_AFTER


def _joined(line: EventLine, first: Sign) -> Iterator[Sign]:
    """Events that the sentence of `first` joins to it, of its day."""
    low, end = line.low, first.sentence[1]
    at = max(first.kind.end, first.trigger.end)
    found = sorted((*nouns(line, at, end), *verbs(line, at, end)), key=lambda trigger: trigger.start)
    for trigger in found:
        if line.within(trigger.start) or not _JOINS.search(low, at, trigger.start):
            continue
        told = kind(line, trigger, end)
        if told is None or told.event_type == GENERIC or _one_event(line, first, trigger, told.event_type):
            continue
        yield replace(first, trigger=trigger, kind=told, score=0, joined=True)


def _is_part_of(line: EventLine, sign: Sign, first: str) -> bool:
    """Whether what a paragraph tells belongs to the main event: gifts of the same day, a wreath laid among gifts and
    visits (`dâng hương tại …, tặng 30 suất quà`), how the guests of a visit were received.

    first  type of the main event
    """
    event_type = sign.kind.event_type
    if event_type == GENERIC:
        return families()[first] == GENERIC  # `Chiều 27/10, Ban Tổ chức bế mạc hội nghị`
    if event_type == "lễ dâng hương" and sign.trigger.form == "verb":
        before = line.low.startswith(EARLIER, sign.sentence[0] + (sign.sentence[0] > 0)) and sign.date is None
        return before or _GIFTS.search(line.low, *sign.sentence) is not None
    if event_type == "lễ công bố quyết định":
        return first in {"hội nghị cán bộ", "lễ trao quân hàm"}
    if event_type == "tiếp đoàn":
        return first == "thăm và làm việc"
    return event_type == "thăm và làm việc" and sign.date is None and sign.trigger.words in _GIVING


def _is_to_come(sign: Sign, published: date | None) -> bool:
    """Whether its day lies after the publication: `Sáng mai, đội hình sẽ khởi công …`."""
    day = sign.date.mention.start_date if sign.date else None
    return published is not None and day is not None and day > published


def _one_event(line: EventLine, first: Sign, trigger: Trigger, event_type: str) -> bool:
    """Whether what is joined is only another side of the first event: `sơ kết … và triển khai …`."""
    if event_type == first.kind.event_type:
        return True
    if trigger.words == "gặp mặt" and _OCCASION.match(line.low, trigger.end):
        return True  # `Lễ khánh thành … và gặp mặt nhân ngày …`
    if {event_type, first.kind.event_type} <= _VISITS:
        return True
    if families()[first.kind.event_type] == GENERIC:
        if event_type == "lễ ký kết":
            return True  # `tổng kết công tác năm 2023, ký kết giao ước thi đua`
        if event_type == "lễ công bố quyết định" and first.kind.event_type != "hội nghị cán bộ":
            return False
    if event_type == "lễ công bố quyết định" and line.low[: trigger.start].rstrip().endswith("đồng thời"):
        return False  # `khai giảng năm học mới, đồng thời công bố quyết định …`
    if trigger.form == "verb":
        return event_type not in _ALSO_DONE or trigger.words in _ONLY_OCCASION
    again = trigger.words in CEREMONY and event_type != "lễ đón nhận"  # `lễ công bố quyết định và lễ bàn giao`
    return not again and same_family(event_type, first.kind.event_type) and event_type.startswith("lễ")


def _may_tell(line: EventLine, first: str) -> bool:
    """Whether `dated_sign` or `_told` can find anything in a paragraph: most have no day and are no help."""
    return bool(line.dates) or first in _OF_HELP or _OF_THE_SAME_DAY.match(line.low) is not None


def _told(line: EventLine, number: int, first: str, published: date | None) -> Sign | None:
    """What a paragraph tells as news of its own day, or of the main event's, without an announcing sentence.

    first  type of the main event
    """
    if not line.dates and not _OF_THE_SAME_DAY.match(line.low):
        return _told_in_the_field(line, number, first, published)
    if not line.sentences():
        return None
    start, end = line.sentences()[0]
    day = opening_fresh_day(line, published)
    if day is None and (later := fresh_day(line, start, line.sentences()[:2][-1][1], published)) is not None:
        sign = told_in_paragraph(line, number, later, published, (0, len(line.low)))
        told = sign is not None and sign.score >= _OF_LATER_DAY and sign.kind.event_type not in _PART_OF_ANOTHER
        return sign if told else None
    if day is not None:
        start, end = 0, len(line.low)
    elif _OF_THE_SAME_DAY.match(line.low):
        start = max(start, line.low.find(",", start, end))  # `Ngay sau lễ phát động, hơn 700 người …`
    else:
        return _told_in_the_field(line, number, first, published)
    sign = told_in_paragraph(line, number, day, published, (start, end))
    if sign is None or sign.score < (_OF_FIELD if sign.kind.event_type in _FIELD else OF_PARAGRAPH):
        return None
    if sign.kind.event_type == "thăm và làm việc" or {sign.kind.event_type, first} <= _VISITS:
        return None
    if day is None and sign.kind.event_type in _PART_OF_ANOTHER and not _ANOTHER_TIME.match(line.low):
        return None
    return replace(sign, joined=day is None)


def _told_in_the_field(line: EventLine, number: int, first: str, published: date | None) -> Sign | None:
    """What else is done for people where a day of help is told: `Đội … tổ chức tuyên truyền … cho 120 lượt người`."""
    if first not in _OF_HELP or not _PEOPLE_COUNTED.search(line.low):
        return None
    sign = told_in_paragraph(line, number, None, published, (0, len(line.low)))
    if sign is None or sign.score < _OF_FIELD or sign.kind.event_type not in _FIELD:
        return None
    if not _DONE.search(line.low, 0, sign.trigger.start):
        return None
    return replace(sign, joined=True)
