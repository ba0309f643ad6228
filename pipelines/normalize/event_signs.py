"""Where a bulletin announces an event: triggers in title, lead and first paragraphs, with what speaks for them.

Each refusal has its own sign in reference/event_signs.tsv: plans, habits, other events referred to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pipelines.normalize.event_dates import (
    HELD,
    LEAD_IN,
    LEAD_IN_DASH,
    UNRESOLVED_DAY,
    date_of,
    is_plural,
    opens_with_occasion,
)
from pipelines.normalize.event_lines import EventLine, When, between
from pipelines.normalize.event_phrases import sign_phrases
from pipelines.normalize.event_words import (
    Kind,
    Trigger,
    bare,
    families,
    kind,
    kind_of_verb,
    nouns,
    verb_at,
    verbs,
)
from pipelines.normalize.phrase_patterns import phrase_pattern, signs
from pipelines.values import value

_HELD_BEFORE = sign_phrases("hold", then=rf"(?:[ ,:“\"]+{signs('filler')}){{0,5}}[ ,:“\"']*$")
_OF_GUESTS = re.compile(
    r"đoàn đại biểu +(?:[^,.;]{0,50} )?(?:về +|đến +|tham +)?dự *$"
)  # `đoàn đại biểu dự Đại hội dâng hương`
_HAPPENS = re.compile(rf"[^.;]{{0,200}}?{phrase_pattern(HELD)}(?: +(?:vào|từ|trong|hôm|tại))* +")
_DAY_NEAR = 12
"""Characters behind such a verb in which the day begins."""
_HELD_AFTER = sign_phrases("held")
_ORGANIZE = sign_phrases("organize", then=rf"(?: +{signs('organize_filler')}){{0,3}} +")
_HABIT = sign_phrases("habit", not_behind=("làm ",))  # `tuần làm việc`
_PLANNED = sign_phrases("planned")
_PAST = sign_phrases("past")
_GUIDE = re.compile(signs("guide"))
_QUESTION = sign_phrases("question")
_NO_VERB = sign_phrases("no_verb", then=r"[ ,]*$", not_behind=("đoàn ", "tổ "))  # `đoàn công tác kiểm tra …`
_DELEGATION = re.compile(
    r"(?<!trưởng )(?<!\w)đoàn *$"
)  # `đoàn kiểm tra` is a noun, `A làm trưởng đoàn kiểm tra …` is none
_LEAD_IN = re.compile(LEAD_IN)

_DAY_OPENS = re.compile(r"[ “\"]*(?:(?:trong|vào|các|hai|ba|suốt|vừa qua,|\d+) +)*")
FIRST_DAY = date(1997, 1, 1)
"""No Vietnamese web before: an older day is history, not the day of a bulletin's event."""
STALE, HISTORY = timedelta(days=60), timedelta(days=370)
"""What lies further back from the publication is rarely, is hardly ever what a bulletin is about."""
SENTENCE = 2000
"""Characters of a sentence that are looked at; a longer one is a list or noise."""
_MOST_DATED, _MOST_UNDATED = 5, 3
"""The best scores of `_score` for a sentence that is not the first."""


@value
class Sign:
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
    return bool(_GUIDE.match(line.low.lstrip(' “"')) or "?" in line.low or _QUESTION.first(line, 0, len(line.low)))


def title_sign(lines: list[EventLine], number: int) -> Sign | None:
    """What a title that does not guide says: a noun at its head or held by somebody, or what somebody does."""
    line = lines[number]
    low = line.low
    start, end = 0, min(len(low), SENTENCE)
    head = lead_in(line, 0)
    found: list[tuple[Trigger, int]] = []
    for noun in nouns(line, start, end):
        near = max(head, noun.start - 90)
        before = low[near : noun.start]
        held = _HELD_BEFORE.first(line, near, noun.start)
        open_place = (
            not before.strip(" “\"':") or before.rstrip(' “"').endswith((":", "|")) or line.ends_name(noun.start)
        )
        plural = is_plural(low, max(near, noun.start - 24), noun.start)
        if (held or open_place) and not plural and not _OF_GUESTS.search(before):
            found.append((noun, held[0] if held else noun.start))
            break
    held_bare = None if found else _organized(line, start, end)
    if held_bare:
        found.append(held_bare)
    for trigger in verbs(line, start, end) if not found else ():
        if _acts(line, trigger):
            found.append((trigger, trigger.start))
            break
    for trigger, subject_end in found:
        known = kind(line, trigger, end)
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
        opening = position == 0 and (first or opens_with_day(line, start))
        if _MOST_DATED + opening < needed() or (_MOST_UNDATED + opening < needed() and not _has_day(line, start, end)):
            continue
        sign = sentence_sign(line, number, start, end, opening, published)
        if sign is not None:
            yield sign


def _has_day(line: EventLine, start: int, end: int) -> bool:
    return any(start <= day.start < end for day in line.dates) or (
        UNRESOLVED_DAY.match(line.low, lead_in(line, start)) is not None
    )


def opens_with_day(line: EventLine, start: int) -> bool:
    """Whether a sentence opens with its day."""
    if not line.dates or line.dates[-1].start < start:
        return False
    begin = lead_in(line, start)
    for day in line.dates:
        if day.start >= begin:
            of_day = day.mention.precision == "day"
            return of_day and _DAY_OPENS.fullmatch(line.low, begin, min(day.start, begin + 30)) is not None
    return False


def sentence_sign(
    line: EventLine, number: int, start: int, end: int, first: bool, published: date | None
) -> Sign | None:
    low = line.low
    end = min(end, start + SENTENCE)
    best: tuple[Trigger, int, int] | None = None  # trigger, where its subject ends, how strong its form is
    begin = _behind_occasion(low, start, end)
    for noun in nouns(line, begin, end):
        if is_plural(low, max(begin, noun.start - 24), noun.start) or line.within(noun.start):
            continue
        near = max(begin, noun.start - 90)
        held = _HELD_BEFORE.first(line, near, noun.start)
        if held and not _OF_GUESTS.search(low, near, noun.start):
            best = noun, held[0], 2
            break
        after = _opens(line, start, noun.start) and _HELD_AFTER.first(line, noun.end, min(end, noun.end + 400))
        if after:
            best = noun, after[0], 2
            break
        if _happens_on(line, noun.end, end):
            best = noun, noun.start, 2
            break
    organized = _organized(line, begin, end) if best is None else None
    if organized and not line.within(organized[0].start):
        best = organized[0], organized[1], 1
    if best is None:
        for trigger in verbs(line, begin, min(end, start + 500)):
            if _acts(line, trigger):
                best = trigger, trigger.start, 0
                break
    if best is None:
        return None
    trigger, subject_end, strength = best
    known = kind(line, trigger, end)
    if known is None or low.find("?", start, end) >= 0 or _QUESTION.first(line, start, end):
        return None
    when = date_of(line, start, end, trigger)
    score = _score(line, start, min(subject_end, trigger.start), strength, first, when, published)
    return None if score is None else Sign(number, (start, end), trigger, known, score, when, subject_end)


def _happens_on(line: EventLine, at: int, end: int) -> bool:
    """Whether a noun goes on to its day: `Hội nghị khoa học thường niên, diễn ra trong 2 ngày 25 và 26/10`."""
    if not any(at <= day.start <= end + _DAY_NEAR for day in line.dates):
        return False
    happens = _HAPPENS.match(line.low, at, end)
    return happens is not None and any(0 <= day.start - happens.end() <= _DAY_NEAR for day in line.dates)


def _behind_occasion(low: str, start: int, end: int) -> int:
    """Where a sentence goes on behind the occasion it opens with: `Hướng tới kỷ niệm Ngày …, sáng 13/12, …`."""
    comma = low.find(", ", start, end) if opens_with_occasion(low, start) else -1
    return comma + 1 if comma > 0 else start


def _score(
    line: EventLine, start: int, at: int, strength: int, first: bool, when: When | None, published: date | None
) -> int | None:
    """Points: form 0 to 2, a date of its own 2, first sentence 1, a day near the publication 1. None: no event."""
    low = line.low
    for habit, _ in _HABIT.spans(line, start, at):
        if not _of_name(line, start, habit):
            return None
    if when is None and UNRESOLVED_DAY.match(low, lead_in(line, start)):
        return strength + 2 + first + 1  # a day without a year, and no publication to count it from
    if when is None:
        planned = any(not _of_name(line, start, plan) for plan, _ in _PLANNED.spans(line, start, at))
        if planned or any(start <= date.start <= start + 12 for date in line.dates):
            return None  # a plan without a day; a review of a year
        past, somebody = _PAST.first(line, start, at) is not None, _subject_before(line, start, at)
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


def _organized(line: EventLine, start: int, end: int) -> tuple[Trigger, int] | None:
    """`tổ chức` with the kind right behind it, no head between: `tổ chức sơ kết công tác …`."""
    for at, stop in _ORGANIZE.spans(line, start, min(end, start + 600)):
        told = (bare(line.low, stop, end), verb_at(line.low, stop, end))
        found = max(filter(None, told), key=lambda trigger: trigger.end, default=None)
        if found:
            return found, at
    return None


def lead_in(line: EventLine, start: int) -> int:
    """Where a sentence starts behind the paper's own mark: `QK2 – `, `(TTXVN) `."""
    opening = line.low[start : start + LEAD_IN_DASH]
    if " - " not in opening and opening[:1] != "(":
        return start
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
    return line.ends_name(at) or not _NO_VERB.first(line, max(0, at - 24), at)


def same_family(one: str, other: str) -> bool:
    """Whether two types share a head, so that text and title may speak of one event."""
    return families()[one] == families()[other]
