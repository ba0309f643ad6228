"""Events that no sentence announces: the kind for which the words of a bulletin speak, and the day they are told of.

`Còi báo động rú lên lúc 3 giờ 40 phút … Theo phương án diễn tập …` is an exercise though nobody `tổ chức diễn tập`. The
words are those of reference/event_evidence.tsv: `sure` ones name the kind, `likely` ones belong to it, a `hint` is
found in others too. They count by where they stand, not where a plan, a habit or a day of the past is told. Too
little, or as much for another kind, is no event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from pipelines.normalize.event_dates import NO_EVENT_DATE, has_unresolved_day, is_plural
from pipelines.normalize.event_lines import EventLine, When, head_lines
from pipelines.normalize.event_phrases import Phrases, one_blank
from pipelines.normalize.event_signs import FIRST_DAY, SENTENCE, Sign
from pipelines.normalize.event_words import Kind, Trigger
from pipelines.normalize.phrase_patterns import sign_words
from pipelines.reference import table
from pipelines.values import value

_POINTS = {"sure": 3, "likely": 2, "hint": 1}
_TITLE, _HEAD, _FURTHER = 3, 2, 1
"""What a word counts in the title, in the first paragraphs and captions, further down."""
_SENTENCES = 60
"""Of a paragraph that are read; more are a list or noise."""
_DAY_LINES = 4
"""Paragraphs among which the day of the event is looked for."""
NEAR, JUST_BEFORE, ENOUGH, WITHOUT_DAY, OF_PARAGRAPH = 6, 8, 12, 30, 6
"""Points that make an event: with a fresh day in a sentence of its words, with one of the last days before the
publication or another elsewhere in the head, without one, of one paragraph with its own day."""
_GUIDED = 4
"""More points, below a title that may promise advice or a portrait."""
_SAME_WORDS = 2
"""Times that the same words of a bulletin count."""
_MORE_THAN_OTHERS = 1.25
"""Times the points of the next kind."""
FRESH = timedelta(days=14)
"""From an event to the publication of a bulletin on it, where no sentence announces it."""
OPENS = 40
"""Characters before a paragraph's own day."""
LAST_DAYS = timedelta(days=4)
"""Before the publication, of which most bulletins tell."""
_SAID_OF_IT = re.compile(
    r"(?<!\w)(?:buổi lễ|lễ|hội nghị|đại hội|chương trình|hội thi|hội thao|buổi \w+|cuộc \w+|phát lệnh ra quân)(?!\w)"
    r"[^.;]{0,60}$"
)
"""`Buổi lễ diễn ra sáng 25/7`: a day behind words for the event."""
_NOT_NOW = Phrases((
    *sign_words("planned"), *sign_words("habit"), "từng", "theo kế hoạch", "hồi tháng", "trước đây", "được biết",
    "những năm", "năm ngoái", "năm trước", "lần trước", "từ đầu năm", "tính đến", "từ năm",
))  # fmt: skip


@value
class Evidence:
    """A word that speaks for a kind, and where it stands. points: by what it is, not yet by where."""

    event_type: str
    points: int
    line: int
    start: int
    end: int


class HeadDay(NamedTuple):
    """A day that the head tells. near: whether its sentence has words of the kind asked for."""

    line: int
    when: When
    near: bool


def told_sign(lines: list[EventLine], published: date | None, guided: bool) -> Sign | None:
    """The event a bulletin is about, where none is announced.

    published  its day of publication; without it a day must tell its own year
    guided     whether its title promises advice or a portrait
    """
    found = [one for number, line in enumerate(lines) for one in _evidence(line, number, published)]
    heads = head_lines(lines, _DAY_LINES)
    event_type, points = _best(_points_of_bulletin(found, lines, heads))
    if event_type is None:
        return None
    own = [one for one in found if one.event_type == event_type]
    day = _day(lines, heads, own, published)
    if points < _needed(day, len(own) > 1, published) + (_GUIDED if guided else 0):
        return None
    best = max(own, key=lambda one: (lines[one.line].zone != "title", one.points, -one.line, -one.start))
    sign = _sign(lines[best.line], best, points)
    return sign if day is None else replace(sign, date=day.when, date_line=day.line)


def _needed(day: HeadDay | None, several: bool, published: date | None) -> int:
    """Points an event needs. several: whether more than one word speaks for it."""
    if day is None or day.when.mention.start_date is None:
        return WITHOUT_DAY
    if day.near and several:
        return NEAR
    return JUST_BEFORE if published is not None and published - day.when.mention.start_date <= LAST_DAYS else ENOUGH


def told_in_paragraph(
    line: EventLine, number: int, when: When | None, published: date | None, within: tuple[int, int]
) -> Sign | None:
    """The event that a stretch of a paragraph speaks for most. `score`: its points; the caller says how many it takes.

    when  its own day; None: the main event's
    """
    found = [one for one in _evidence(line, number, published) if within[0] <= one.start and one.end <= within[1]]
    points: dict[str, int] = {}
    for one in found:
        points[one.event_type] = points.get(one.event_type, 0) + one.points * _HEAD
    event_type, most = _best(points)
    if event_type is None:
        return None
    best = max((o for o in found if o.event_type == event_type), key=lambda one: (one.points, -one.start))
    return replace(_sign(line, best, most), date=when)


def told_day(lines: list[EventLine], event_type: str, published: date | None) -> tuple[int, When] | None:
    """Line and day that the head tells of an event which its own sentence does not date, in a sentence of its words."""
    if not any(_fresh(day, published) for line in lines for day in line.dates):
        return None
    own = [one for n, line in enumerate(lines) for one in _evidence(line, n, published) if one.event_type == event_type]
    heads = head_lines(lines, _DAY_LINES)
    day = _day(lines, heads, own, published)
    if day is not None and day.near:
        return day.line, day.when
    for number in heads if published is not None else ():
        line = lines[number]
        for when in line.dates[:_SENTENCES]:
            before = line.low[max(0, when.start - 90) : when.start]
            if _fresh(when, published) and _SAID_OF_IT.search(before) and not NO_EVENT_DATE.search(before[-40:]):
                return number, when
    return None


def fresh_day(line: EventLine, start: int, end: int, published: date | None) -> When | None:
    """The first day of a stretch that a bulletin of that day may report on."""
    days = (when for when in line.dates if start <= when.start < end)
    return next((when for when in days if _is_reported(line, start, when, published)), None)


def _is_reported(line: EventLine, start: int, when: When, published: date | None) -> bool:
    """Whether a day is a fresh one, of no document or founding, and no plan, habit or past is told before it.

    start  where its sentence begins
    """
    before = line.low[max(start, when.start - 40) : when.start]
    told_now = _fresh(when, published) and not NO_EVENT_DATE.search(before)
    return told_now and not _NOT_NOW.first(line, start, when.start)


def opening_fresh_day(line: EventLine, published: date | None = None) -> When | None:
    """The day with which a paragraph opens: within its first words, as in `Tiếp đó, sáng thứ Bảy (11/5), …`."""
    if not line.dates or line.dates[0].start > OPENS:
        return None
    start, end = next(iter(line.sentences()), (0, 0))
    return fresh_day(line, start, min(end, start + OPENS), published)


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Words → the kind they speak for, and how much."""
    found: dict[str, tuple[str, int]] = {}
    for column, points in _POINTS.items():
        for row in table("event_evidence"):
            for words in filter(None, row[column].split("; ")):
                found.setdefault(words, (row["event_type"], points))
    return found


@cache
def _words() -> Phrases:
    return Phrases(_known())


def _evidence(line: EventLine, number: int, published: date | None) -> Iterator[Evidence]:
    """The words of a line that speak of what is reported there."""
    words = _words()
    for start, stop in line.sentences()[:_SENTENCES]:
        end = min(stop, start + SENTENCE)
        first = words.first(line, start, end)
        if first is None or not _is_told_now(line, start, end, published):
            continue
        not_now = _NOT_NOW.first(line, start, end)
        for at, behind in words.spans(line, first[0], not_now[1] if not_now else end):
            if is_plural(line.low, max(start, at - 24), at) or line.within(at):
                continue
            event_type, points = _known()[one_blank(line.low[at:behind])]
            yield Evidence(event_type, points, number, at, behind)


def _is_told_now(line: EventLine, start: int, end: int, published: date | None) -> bool:
    """Whether a sentence has no other day than a fresh one."""
    days = [day for day in line.dates if start <= day.start < end] if line.dates else ()
    if any(_fresh(day, published) for day in days):
        return True
    if published is None:
        return not has_unresolved_day(line.low, start, end)
    return not any(_is_day(day) for day in days)


def _points_of_bulletin(found: list[Evidence], lines: list[EventLine], heads: list[int]) -> dict[str, int]:
    """Points of each kind, by where its words stand; of the same words twice at most."""
    points: dict[str, int] = {}
    seen: dict[str, int] = {}
    for one in found:
        line = lines[one.line]
        words = line.low[one.start : one.end]
        seen[words] = seen.get(words, 0) + 1
        if seen[words] > _SAME_WORDS:
            continue
        weight = _HEAD if one.line in heads or line.zone == "caption" else _FURTHER
        if line.zone == "title":
            weight = _TITLE
        points[one.event_type] = points.get(one.event_type, 0) + one.points * weight
    return points


def _best(points: dict[str, int]) -> tuple[str | None, int]:
    """The kind with the most points, if no other comes near it."""
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < ranked[1][1] * _MORE_THAN_OTHERS):
        return None, 0
    return ranked[0]


def _is_day(when: When) -> bool:
    return when.mention.start_date is not None and when.mention.precision in {"day", "minute"}


def _fresh(when: When, published: date | None) -> bool:
    """Whether a day is one of those just before the publication."""
    day = when.mention.start_date
    if day is None or not _is_day(when) or day < FIRST_DAY:
        return False
    return published is None or timedelta(0) <= published - day <= FRESH


def _day(lines: list[EventLine], heads: list[int], own: list[Evidence], published: date | None) -> HeadDay | None:
    """Rather a fresh day of a sentence with the kind's own words, wherever it is, else the first of head or title."""
    if published is None and any(has_unresolved_day(lines[number].low) for number in heads[:2]):
        return None  # the day is told, but not of which year: another day of the text is not it
    titles = [n for n, line in enumerate(lines) if line.zone == "title"]
    further = [n for n, line in enumerate(lines) if line.zone == "body" and n not in heads]
    places = [*heads, *titles, *further]
    found: list[tuple[int, int, int, When]] = []
    for order, number in enumerate(places):
        line = lines[number]
        for when in line.dates[:_SENTENCES]:
            start, end = line.sentence_at(when.start)
            if not _is_reported(line, start, when, published):
                continue
            near = any(one.line == number and start <= one.start < end for one in own)
            if not near and number in further:
                continue
            found.append((0 if near else 1, order, when.start, when))
    if not found:
        return None
    if published is None:
        latest = max(one[3].mention.start_date for one in found if one[3].mention.start_date)
        found = [one for one in found if one[3].mention.start_date and latest - one[3].mention.start_date <= FRESH]
    far, order, _, when = min(found, key=lambda one: one[:3])
    return HeadDay(places[order], when, not far)


def _sign(line: EventLine, best: Evidence, points: int) -> Sign:
    trigger = Trigger(best.start, best.end, "evidence", line.low[best.start : best.end])
    kind = Kind(best.event_type, None, best.end)
    return Sign(best.line, line.sentence_at(best.start), trigger, kind, points, None, best.start)
