"""Where a bulletin announces an event: triggers in title, lead and first paragraphs, with what speaks for them.

Each refusal has its own sign in reference/event_signs.tsv: plans, habits, other events referred to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.normalize.dates import find_dates
from pipelines.normalize.event_dates import LEAD_IN, OCCASION, PLURAL, UNRESOLVED_DAY, date_of
from pipelines.normalize.event_lines import EventLine, When, between
from pipelines.normalize.event_words import (
    GENERIC,
    Kind,
    Trigger,
    bare,
    families,
    kind,
    kind_of_verb,
    nouns,
    verbs,
    verbs_at,
)
from pipelines.normalize.phrase_patterns import signs

_HELD_BEFORE = re.compile(rf"{signs('hold')}(?:[ ,:“\"]+{signs('filler')}){{0,5}}[ ,:“\"']*$")
_OF_GUESTS = re.compile(
    r"đoàn đại biểu +(?:[^,.;]{0,50} )?(?:về +|đến +|tham +)?dự *$"
)  # `đoàn đại biểu dự Đại hội dâng hương`
_HELD_AFTER = re.compile(signs("held"))
_ORGANIZE = re.compile(rf"{signs('organize')}(?: +{signs('organize_filler')}){{0,3}} +")
_HABIT = re.compile(signs("habit"))
_PLANNED = re.compile(signs("planned"))
_PAST = re.compile(signs("past"))
_GUIDE = re.compile(signs("guide"))
_QUESTION = re.compile(signs("question"))
_NO_VERB = re.compile(rf"(?<!đoàn )(?<!tổ ){signs('no_verb')}[ ,]*$")  # not so `đoàn công tác kiểm tra …`
_DELEGATION = re.compile(
    r"(?<!trưởng )(?<!\w)đoàn *$"
)  # `đoàn kiểm tra` is a noun, `A làm trưởng đoàn kiểm tra …` is none
_LEAD_IN = re.compile(LEAD_IN)
_REFERENCE = re.compile(rf"{signs('referring')} *(?:buổi |cuộc |đợt )?$")
_SAME_DAY = re.compile(rf"[\"“]?{signs('same_day')}")
_ON_SAME_DAY = re.compile(
    r" *(?:cũng |ngay |vào |trong |buổi )*(?:(?P<part>sáng|trưa|chiều|tối) )?"
    r"(?:cùng ngày|cùng buổi|bên lề|hai bên|hai đơn vị|(?:sau|kết thúc) hội đàm|trước khi vào"
    r"|(?<=cũng trong )ngày(?! *\d)|(?:nhân )?dịp này|trong khuôn khổ|cũng tại)(?!\w)"
)
_LATER_THAT_DAY = re.compile(r"(?<=[.;!”\"]) +(?:cũng |vào |trong |buổi )*(?:sáng|trưa|chiều|tối) cùng ngày(?!\w)")
_HELD_ON = re.compile(r"(?<!\w)(?:tổ chức|diễn ra|khai mạc)(?: +vào)? +")
_YEARS = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)")
_AGE = 10
"""Years between the first and the last that a title tells, from which on the first is history."""
_DAY_OPENS = re.compile(r"[ “\"]*(?:(?:trong|vào|các|hai|ba|suốt|vừa qua,|\d+) +)*")
# `đêm giao lưu văn nghệ`: no reception
_SHOW = re.compile(r" +(?:văn nghệ|văn hóa|nghệ thuật|ca nhạc|thể thao|bóng)(?!\w)")
_REPORT = re.compile(r"(?<!\w)báo cáo +(?P<kind>tổng kết|sơ kết)(?= +[^\W\d_])")
FIRST_DAY = date(1997, 1, 1)
"""No Vietnamese web before: an older day is history, not the day of a bulletin's event."""
STALE, HISTORY = timedelta(days=60), timedelta(days=370)
"""What lies further back from the publication is rarely, is hardly ever what a bulletin is about."""


SENTENCE = 2000
"""Characters of a sentence that are looked at; a longer one is a list or noise."""


EARLIER = "trước đó"
"""Opens a paragraph on what was held before the main event; it is no part of a bulletin's order of events."""


_BY_THE_WAY = frozenset(("lễ ký kết", "lễ dâng hương"))
"""What a delegation does besides, which a plain verb tells: `Dịp này, Đồn Biên phòng ký kết quy chế …`."""
_OWN_DAY = 3
"""Score of a further event that a paragraph announces with a day of its own."""
_LATER = 2
"""The same for a sentence that says `Chiều cùng ngày`."""
_MOST_DATED, _MOST_UNDATED = 5, 3
"""The best scores of `_score` for a sentence that is not the first."""


class Sign(NamedTuple):
    """One place that announces an event. sentence: its bounds. subject_end: where the words of its subject end.

    score      what speaks for it by itself; see `_score`
    date_line  the line of `date`; None: the sign's own
    joined     whether it is of the main event's day, as its sentence or paragraph says
    """

    line: int
    sentence: tuple[int, int]
    trigger: Trigger
    kind: Kind
    score: int
    date: When | None
    subject_end: int
    date_line: int | None = None
    joined: bool = False


def guides(line: EventLine) -> bool:
    """Whether a title promises rules, advice or a portrait, not an event."""
    return bool(_GUIDE.match(line.low.lstrip(' “"')) or "?" in line.low or _QUESTION.search(line.low))


def title_sign(lines: list[EventLine], number: int) -> Sign | None:
    """What the title says: a noun at its head or held by somebody, or what somebody does."""
    line = lines[number]
    low = line.low
    start, end = 0, min(len(low), SENTENCE)
    if guides(line):
        return None
    head = lead_in(line, 0)
    found: list[tuple[Trigger, int]] = []
    for noun in nouns(low, start, end):
        before = low[max(head, noun.start - 90) : noun.start]
        held = _HELD_BEFORE.search(before)
        open_place = (
            not before.strip(" “\"':") or before.rstrip(' “"').endswith((":", "|")) or line.ends_name(noun.start)
        )
        if (held or open_place) and not PLURAL.search(before[-24:]) and not _OF_GUESTS.search(before):
            found.append((noun, noun.start - len(before) + held.start() if held else noun.start))
            break
    held_bare = _organized(low, start, end)
    if held_bare and not found:
        found.append((held_bare[0], held_bare[1]))
    for trigger in verbs(low, start, end) if not found else ():
        if _acts(line, trigger):
            found.append((trigger, trigger.start))
            break
    for trigger, subject_end in found:
        known = kind(low, trigger, end)
        if known:
            return Sign(number, (start, end), trigger, known, 2, date_of(line, start, end, trigger), subject_end)
    return None


def text_signs(
    line: EventLine, number: int, first: bool, published: date | None, needed: Callable[[], int]
) -> Iterator[Sign]:
    """What the sentences of a paragraph announce, best form first within each sentence.

    needed  the score that the next sentence has to reach: it is read only if it can
    """
    for position, (start, end) in enumerate(line.sentences()[:4]):
        opening = position == 0 and (first or _dated(line, start))
        if _MOST_DATED + opening < needed() or (_MOST_UNDATED + opening < needed() and not _has_day(line, start, end)):
            continue
        sign = _sentence_sign(line, number, start, end, opening, published)
        if sign is not None:
            yield sign


def _has_day(line: EventLine, start: int, end: int) -> bool:
    return any(start <= day.start < end for day in line.dates) or (
        UNRESOLVED_DAY.match(line.low, lead_in(line, start)) is not None
    )


def further_signs(line: EventLine, number: int, published: date | None) -> Iterator[Sign]:
    """Other events of the same bulletin: of a paragraph `Chiều cùng ngày, …` the sentences that say when."""
    own_day = _dated(line, 0)
    if not own_day and not _SAME_DAY.match(line.low):
        return
    before = line.low.startswith(EARLIER)
    for position, (start, end) in enumerate(line.sentences()[: 1 if before else 4]):
        begin = start + (line.low[start : start + 1] == " ")
        if position and not (_SAME_DAY.match(line.low, begin) or _dated(line, start)):
            continue
        sign = _sentence_sign(line, number, start, end, True, published)
        to_day = sign is not None and sign.date is not None and sign.date.mention.precision == "day"
        if (before or line.low.startswith(EARLIER, begin)) and not to_day:
            return  # `Trước đó, Bệnh viện đã thành lập …`: the past, not the day before
        told = sign is not None and (sign.score >= 2 or (sign.score == 1 and sign.kind.event_type in _BY_THE_WAY))
        if own_day and position == 0 and not (sign is not None and sign.date is not None and sign.score >= _OWN_DAY):
            return
        if sign is not None and told and not _SHOW.match(line.low, sign.kind.end):
            yield sign


def later_that_day(line: EventLine, number: int, after: int, published: date | None) -> Iterator[Sign]:
    """Other events told inside a paragraph: `…; chiều cùng ngày, Sở khai mạc Hội thi …`.

    after  where the words for the main event end, in its own paragraph
    """
    for words in _LATER_THAT_DAY.finditer(line.low, after):
        start, end = words.start(), next((end for _, end in line.sentences() if end > words.end()), len(line.low))
        sign = _sentence_sign(line, number, start, end, True, published)
        if sign is not None and sign.score >= _LATER and not _SHOW.match(line.low, sign.kind.end):
            yield sign


def same_day_words(line: EventLine, sign: Sign) -> bool:
    """Whether a paragraph or the sign's sentence goes on with the main event's day: `Cùng ngày, …`."""
    return bool(_SAME_DAY.match(line.low) or _LATER_THAT_DAY.match(line.low, sign.sentence[0]))


def same_day(line: EventLine, sign: Sign) -> re.Match[str] | None:
    """The words by which a further event without a day of its own is told to be of the main one's."""
    return None if sign.date is not None else _ON_SAME_DAY.match(line.low, lead_in(line, sign.sentence[0]))


def opening_day(lines: list[EventLine], published: date | None) -> tuple[EventLine, When] | None:
    """The day with which the text opens, where it is a fresh one: of the event that the title tells."""
    line = next((one for one in lines if one.zone in {"lead", "body"}), None)
    if line is None or not _dated(line, 0):
        return None
    when = line.dates[0]
    day = when.mention.start_date
    if day is None or day < FIRST_DAY or (published is not None and not -STALE <= published - day <= STALE):
        return None
    return line, when


def day_of_year_told(lines: list[EventLine], sign: Sign) -> When | None:
    """The day without a year that opens the event's sentence, in the one year that sentence and title name.

    `Chiều 28-6, … sơ kết công tác 6 tháng đầu năm 2022`, of a page that says no day of its own. None: several years
    """
    line, (start, end) = lines[sign.line], sign.sentence
    begin = lead_in(line, start)
    opening = UNRESOLVED_DAY.match(line.low, begin) or _held_on(line, begin, end)
    if opening is None:
        return None
    told = [line.low[begin:end], *(one.low for one in lines if one.zone == "title")]
    years = {year for words in told for year in _YEARS.findall(words)}
    years = {year for year in years if int(max(years)) - int(year) < _AGE}  # not the 1947 of (27/7/1947 - 27/7/2022)
    if len(years) != 1:
        return None
    found = find_dates(f"{opening[0].strip()}/{years.pop()}")
    if len(found) != 1 or found[0].start_date is None or found[0].precision != "day":
        return None
    return When(opening.start(), opening.end(), found[0])


def _held_on(line: EventLine, start: int, end: int) -> re.Match[str] | None:
    """The day without a year behind the verb: `… được Bộ Y tế tổ chức ngày 11/7 tại Hà Nội`."""
    for held in _HELD_ON.finditer(line.low, start, end):
        if day := UNRESOLVED_DAY.match(line.low, held.end(), end):
            return day
    return None


def _dated(line: EventLine, start: int) -> bool:
    """Whether a sentence opens with its day."""
    begin = lead_in(line, start)
    found = next((date for date in line.dates if date.start >= begin), None)
    return (
        found is not None
        and found.mention.precision == "day"
        and _DAY_OPENS.fullmatch(line.low, begin, min(found.start, begin + 30)) is not None
    )


def references(lines: list[EventLine], word: str) -> list[tuple[int, int]]:
    """Where the text speaks of an event as known, by its head word: line and position, at most one a line.

    `dự hội nghị`, `Quang cảnh buổi lễ`, `kết luận hội nghị`
    """
    found = []
    for number, line in enumerate(lines):
        at, tries = line.low.find(word), 0
        while at >= 0 and tries < 6:
            if _REFERENCE.search(line.low, max(0, at - 24), at):
                found.append((number, at))
                break
            at, tries = line.low.find(word, at + len(word)), tries + 1
    return found


def cut_off_sign(lines: list[EventLine]) -> Sign | None:
    """The event of a bulletin whose head is missing: at least two lines speak of one conference as known."""
    places = references(lines, GENERIC)
    if len(places) < 2:
        return None
    number, at = places[0]
    line = lines[number]
    sentence = next((bounds for bounds in line.sentences() if bounds[0] <= at < bounds[1]), (0, len(line.low)))
    trigger = Trigger(at, at + len(GENERIC), "noun", GENERIC)
    return Sign(number, sentence, trigger, Kind(GENERIC, None, trigger.end), 0, None, at)


def report_sign(lines: list[EventLine]) -> Sign | None:
    """`Theo báo cáo tổng kết phong trào …`: which kind of conference heard it, and of what."""
    for number, line in enumerate(lines):
        report = _REPORT.search(line.low) if "báo cáo" in line.low else None
        if report is None:
            continue
        bounds = next((b for b in line.sentences() if b[0] <= report.start() < b[1]), (0, len(line.low)))
        word = Trigger(report.start("kind"), report.end(), "bare", report["kind"])
        found = kind(line.low, word, bounds[1])
        if found is not None:
            return Sign(number, bounds, word, found, 0, None, report.start())
    return None


def _sentence_sign(
    line: EventLine, number: int, start: int, end: int, first: bool, published: date | None
) -> Sign | None:
    low = line.low
    end = min(end, start + SENTENCE)
    best: tuple[Trigger, int, int] | None = None  # trigger, where its subject ends, how strong its form is
    begin = _behind_occasion(low, start, end)
    for noun in nouns(low, begin, end):
        before = low[max(begin, noun.start - 90) : noun.start]
        if PLURAL.search(before[-24:]) or line.within(noun.start):
            continue
        held = None if _OF_GUESTS.search(before) else _HELD_BEFORE.search(before)
        if held:
            best = noun, noun.start - len(before) + held.start(), 2
            break
        if _opens(line, start, noun.start) and _HELD_AFTER.search(low, noun.end, min(end, noun.end + 400)):
            after = _HELD_AFTER.search(low, noun.end, min(end, noun.end + 400))
            best = noun, after.start() if after else noun.start, 2
            break
    organized = _organized(low, begin, end) if best is None else None
    if organized and not line.within(organized[0].start):
        best = organized[0], organized[1], 1
    if best is None:
        for trigger in verbs(low, begin, min(end, start + 500)):
            if _acts(line, trigger):
                best = trigger, trigger.start, 0
                break
    if best is None:
        return None
    trigger, subject_end, strength = best
    known = kind(low, trigger, end)
    if known is None or "?" in low[start:end] or _QUESTION.search(low, start, end):
        return None
    when = date_of(line, start, end, trigger)
    score = _score(line, start, subject_end, strength, first, when, published)
    return None if score is None else Sign(number, (start, end), trigger, known, score, when, subject_end)


def _behind_occasion(low: str, start: int, end: int) -> int:
    """Where a sentence goes on behind the occasion it opens with: `Hướng tới kỷ niệm Ngày …, sáng 13/12, …`."""
    comma = low.find(", ", start, end) if OCCASION.match(low, start) else -1
    return comma + 1 if comma > 0 else start


def _score(
    line: EventLine, start: int, at: int, strength: int, first: bool, when: When | None, published: date | None
) -> int | None:
    """Points: form 0 to 2, a date of its own 2, first sentence 1, a day near the publication 1. None: no event."""
    low = line.low
    if any(not _of_name(line, start, habit.start()) for habit in _HABIT.finditer(low, start, at)):
        return None
    if when is None and UNRESOLVED_DAY.match(low, lead_in(line, start)):
        return strength + 2 + first + 1  # a day without a year, and no publication to count it from
    if when is None:
        planned = any(not _of_name(line, start, plan.start()) for plan in _PLANNED.finditer(low, start, at))
        if planned or any(start <= date.start <= start + 12 for date in line.dates):
            return None  # a plan without a day; a review of a year
        past, somebody = bool(_PAST.search(low, start, at)), _subject_before(line, start, at)
        if strength < 2 and not past and not somebody:
            return None
        return strength + first + (somebody and (past or strength == 2))
    score = strength + 2 + first
    day = when.mention.start_date
    assert day is not None
    age = timedelta(0) if published is None else published - day
    if day < FIRST_DAY or age > HISTORY:
        return score - 3
    if age > STALE:
        return score - 1
    return score + (when.mention.part_of_day is not None or published is not None)


def _of_name(line: EventLine, start: int, at: int) -> bool:
    """Whether a word is part of a name: `Cần Thơ`, `Sở Kế hoạch và Đầu tư`, `hậu cần`."""
    return (at > start and line.text[at].isupper()) or line.low.startswith("hậu ", max(0, at - 4)) or line.within(at)


def _organized(low: str, start: int, end: int) -> tuple[Trigger, int] | None:
    """`tổ chức` with the kind right behind it, no head between: `tổ chức sơ kết công tác …`."""
    for verb in _ORGANIZE.finditer(low, start, min(end, start + 600)):
        told = (bare(low, verb.end(), end), next(verbs_at(low, verb.end(), end), None))
        found = max(filter(None, told), key=lambda trigger: trigger.end, default=None)
        if found:
            return found, verb.start()
    return None


def lead_in(line: EventLine, start: int) -> int:
    """Where a sentence starts behind the paper's own mark: `QK2 – `, `(TTXVN) `."""
    mark = _LEAD_IN.match(line.low, start)
    return mark.end() if mark else start


def _opens(line: EventLine, start: int, at: int) -> bool:
    """Whether nothing but a day, a place or a place name stands before the noun in its sentence."""
    low = line.low
    begin = min(at, lead_in(line, start))
    before = low[begin:at].strip(' ,“"-')
    if not before:
        return True
    if at - begin > 120 or not low[begin:at].rstrip(' “"').endswith((",", "-", ")")):
        return False
    return any(begin <= date.start < at for date in line.dates) or before.startswith(
        ("tại ", "vừa qua", "mới đây", "ở ")
    )


def _subject_before(line: EventLine, start: int, at: int) -> bool:
    both = line.low.startswith(("hai bên", "hai đơn vị"), start)
    return both or bool(between(line.organizations, start, at) or between(line.persons, start, at))


def _acts(line: EventLine, verb: Trigger) -> bool:
    """Whether a verb is one: right behind a name always, else not behind words that make a noun of it."""
    at, low = verb.start, line.low
    if line.within(at) or low.startswith(" chương", verb.end):
        return False  # Kỷ niệm chương is an award
    if families()[kind_of_verb(verb)] == "kiểm tra" and _DELEGATION.search(low, max(0, at - 14), at):
        return False
    return line.ends_name(at) or not _NO_VERB.search(low, max(0, at - 24), at)


def same_family(one: str, other: str) -> bool:
    """Whether two types share a head, so that text and title may speak of one event."""
    return families()[one] == families()[other]
