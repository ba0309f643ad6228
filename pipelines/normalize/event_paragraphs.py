"""Events that a later paragraph announces: with a day of its own, of the same day, or just before the main one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pipelines.normalize.event_dates import may_be_held_on
from pipelines.normalize.event_lines import EventLine
from pipelines.normalize.event_signs import Sign, lead_in, opens_with_day, sentence_sign
from pipelines.normalize.phrase_patterns import signs

_HOUR = r"(?:sáng|trưa|chiều|tối|\d{1,2} giờ(?: \d{1,2} phút)?) cùng ngày(?!\w)"
_ELSEWHERE = rf"(?:[^,.;]{{1,30}}, +(?={_HOUR}))?"  # `Rời Chư Prông, chiều cùng ngày, …`
_THAT_DAY = re.compile(rf"{_ELSEWHERE}(?:{_HOUR}|cùng ngày(?!\w))")
_SAME_DAY = re.compile(rf"[\"“]?(?:{signs('same_day')}|{_HOUR})")
_SAME_DAY_ELSEWHERE = re.compile(rf"[\"“]?{_ELSEWHERE}{_HOUR}")
_ON_SAME_DAY = re.compile(
    rf" *{_ELSEWHERE}(?:cũng |ngay |vào |trong |buổi )*"
    r"(?:(?:(?P<part>sáng|trưa|chiều|tối)|\d{1,2} giờ(?: \d{1,2} phút)?) )?"
    r"(?:cùng ngày|cùng buổi|bên lề|hai bên|hai đơn vị|(?:sau|kết thúc) hội đàm|trước khi vào"
    r"|(?<=buổi )(?P<half>sáng|trưa|chiều|tối)(?=,)"
    r"|(?<=cũng trong )ngày(?! *\d)|(?:nhân )?dịp này|trong khuôn khổ|cũng tại)(?!\w)"
)
_LATER_THAT_DAY = re.compile(
    r"(?<=[.;!”\"]) +(?:(?:cũng |vào |trong |buổi )*(?:sáng|trưa|chiều|tối) cùng ngày"
    r"|cũng (?:trong |vào )?(?:buổi )(?:sáng|trưa|chiều|tối)(?: cùng ngày)?(?=,)|cũng trong ngày(?=,))(?!\w)"
)
# `đêm giao lưu văn nghệ`: no reception
_SHOW = re.compile(r" +(?:văn nghệ|văn hóa|nghệ thuật|ca nhạc|thể thao|bóng)(?!\w)")
_SAME = "cùng ngày"
_ALSO = re.compile("cũng (?:trong|vào|buổi) ")
EARLIER = "trước đó"
"""Opens a paragraph on what was held before the main event; it is no part of a bulletin's order of events."""
_BY_THE_WAY = frozenset(("lễ ký kết", "lễ dâng hương"))
"""What a delegation does besides, which a plain verb tells: `Dịp này, Đồn Biên phòng ký kết quy chế …`."""
_WITHIN_OTHERS = frozenset(("thăm và làm việc", "lễ đón nhận", "tiếp đoàn", "gặp mặt"))
_OWN_DAY = 3
"""Score of a further event that a paragraph announces with a day of its own."""
_CERTAIN = 4
"""Score of one whose paragraph opens with other words."""
_LATER = 2
"""The same for one of the same day; a plain verb needs a point less where it tells an event."""


def further_signs(line: EventLine, number: int, published: date | None) -> Iterable[Sign]:
    """Other events of the same bulletin: of a paragraph `Chiều cùng ngày, …` the sentences that say when."""
    own_day = opens_with_day(line, 0)
    return _further_signs(line, number, published, own_day) if own_day or _opens_same_day(line.low, 0) else ()


def _further_signs(line: EventLine, number: int, published: date | None, own_day: bool) -> Iterator[Sign]:
    """own_day: whether the paragraph opens with a day of its own"""
    that_day = _is_that_day(line.low, 0)
    before = is_earlier(line, 0)
    for position, (start, end) in enumerate(line.sentences()[: 1 if before else 4]):
        begin = start + (line.low[start : start + 1] == " ")
        if position and not (_opens_same_day(line.low, begin) or opens_with_day(line, start)):
            continue
        sign = sentence_sign(line, number, start, end, True, published)
        to_day = sign is not None and sign.date is not None and sign.date.mention.precision == "day"
        if (before or is_earlier(line, begin)) and not to_day:
            return  # `Trước đó, Bệnh viện đã thành lập …`: the past, not the day before
        if own_day and position == 0 and not (sign is not None and sign.date is not None and sign.score >= _OWN_DAY):
            return
        if sign is not None and _is_told(line, sign, that_day):
            yield sign


def is_earlier(line: EventLine, start: int) -> bool:
    """Whether a sentence goes back before the main event's day: `Trước đó, …`; not so `Trước đó, sáng cùng ngày, …`."""
    return line.low.startswith(EARLIER, start) and not _is_that_day(line.low, start)


def _is_that_day(low: str, start: int) -> bool:
    """Whether a sentence opens with `cùng ngày`, behind an hour or a place or not."""
    return _SAME in low and _THAT_DAY.match(low, start) is not None


def _opens_same_day(low: str, start: int) -> bool:
    """Whether a sentence opens with words for the main event's day."""
    if _SAME_DAY.match(low, start):
        return True
    return _SAME in low and _SAME_DAY_ELSEWHERE.match(low, start) is not None


def _is_told(line: EventLine, sign: Sign, that_day: bool) -> bool:
    """Whether a sentence of the same day tells an event. A plain verb tells what is done by the way, and `chiều cùng
    ngày` (`that_day`) all but visits and awards."""
    if _SHOW.match(line.low, sign.kind.end):
        return False
    event_type = sign.kind.event_type
    plain = event_type in _BY_THE_WAY or (that_day and event_type not in _WITHIN_OTHERS)
    return sign.score >= _LATER - plain


def dated_sign(line: EventLine, number: int, published: date | None) -> Sign | None:
    """What a paragraph's first sentence announces with a day further on, or a later one that opens with its day: `Cũng
    nhằm chủ động phòng dịch, trong 2 ngày 13 và 14/6, Trung tâm tổ chức hội nghị tập huấn …`."""
    days = [day for day in line.dates if may_be_held_on(day.mention)]
    if not days:
        return None
    for position, (start, end) in enumerate(line.sentences()[:4]):
        if not any(start <= day.start < end for day in days) or (position and not opens_with_day(line, start)):
            continue
        sign = sentence_sign(line, number, start, end, True, published)
        if sign is None or sign.date is None or sign.score < _CERTAIN:
            continue
        if sign.date.start < sign.trigger.start or sign.score > _CERTAIN:
            return sign
    return None


def later_that_day(line: EventLine, number: int, after: int, published: date | None) -> Iterable[Sign]:
    """Other events told inside a paragraph: `…; chiều cùng ngày, Sở khai mạc Hội thi …`.

    after  where the words for the main event end, in its own paragraph
    """
    may_go_on = _SAME in line.low or _ALSO.search(line.low, after) is not None  # one of them is in each of these
    return _later_that_day(line, number, after, published) if may_go_on else ()


def _later_that_day(line: EventLine, number: int, after: int, published: date | None) -> Iterator[Sign]:
    for words in _LATER_THAT_DAY.finditer(line.low, after):
        start, end = words.start(), next((end for _, end in line.sentences() if end > words.end()), len(line.low))
        sign = sentence_sign(line, number, start, end, True, published)
        if sign is not None and _is_told(line, sign, True):
            yield sign


def same_day_words(line: EventLine, sign: Sign) -> bool:
    """Whether a paragraph or the sign's sentence goes on with the main event's day: `Cùng ngày, …`."""
    return bool(_opens_same_day(line.low, 0) or _LATER_THAT_DAY.match(line.low, sign.sentence[0]))


def same_day(line: EventLine, sign: Sign) -> tuple[str | None] | None:
    """Whether words tell that a further event without a day of its own is of the same day; and its part of the day."""
    words = None if sign.date is not None else _ON_SAME_DAY.match(line.low, lead_in(line, sign.sentence[0]))
    return None if words is None else (words["part"] or words["half"],)
