"""When an event was: the day its sentence tells, else that of title, opening or head, and how its year is known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.normalize.dates import DateMention, find_dates
from pipelines.normalize.event_dates import HELD, UNRESOLVED_DAY, first_day, has_unresolved_day
from pipelines.normalize.event_evidence import fresh_day, told_day
from pipelines.normalize.event_lines import HEAD_LINES, EventLine, When
from pipelines.normalize.event_paragraphs import same_day
from pipelines.normalize.event_phrases import Phrases
from pipelines.normalize.event_signs import FIRST_DAY, STALE, Sign, lead_in, opens_with_day
from pipelines.normalize.event_words import Kind
from pipelines.normalize.mentions import Event

_YEAR = re.compile(r"\d(?:\d{3}| *[-/.] *\d{1,2} *[-/.] *\d{2})")
_OF_ANOTHER_YEAR = frozenset((
    "hội nghị tổng kết", "hội nghị triển khai", "hội nghị hiệp đồng", "tuyển quân", "hội nghị quân chính",
    "hội nghị đảng ủy phiên", "hội nghị quán triệt", "lễ khai giảng",
))  # fmt: skip
"""Held also in the year before or after the one they are named after."""
_OF_DAYS = frozenset(("hội thi", "đại hội", "diễn tập", "hội nghị tập huấn"))
"""Whose last day is often what a bulletin is written for."""
_TOLD_WITHIN = timedelta(days=14)
"""From the main event to the writing of a bulletin without a date."""
_HELD_ON = Phrases(HELD, then=r"(?: +vào)? +")
_YEARS = re.compile(r"(?:1(?<![\d.]1)9|2(?<![\d.]2)0)\d\d(?!\d)")
_AGE = 10
"""Years between the first and the last that a title tells, from which on the first is history."""


class Day(NamedTuple):
    """Dates of an event as its row has them; see `Event`. part: of the day, where it was one."""

    start: date | None
    end: date | None
    precision: str
    part: str | None
    basis: str


def day_of(
    lines: list[EventLine], sign: Sign, title: Sign | None, kind: Kind, published: date | None, main: bool
) -> Day | None:
    """When the event of a sign was; None: the bulletin does not say.

    main       whether it is the bulletin's main event, which the head may date in another sentence
    title      what the title says of the same event
    published  the day of publication, from which days without a year were counted
    """
    line = lines[sign.line]
    when = sign.date or (title.date if title else None)
    date_line = line if sign.date is not None or title is None else lines[title.line]
    if sign.date_line is not None:
        date_line = lines[sign.date_line]
    if published is None and kind.event_type not in _OF_ANOTHER_YEAR:
        opening_of_year = _day_of_year_told(lines, sign)
        if opening_of_year is not None:
            when, date_line = opening_of_year, line
    if (
        when is None
        and (title is not None or sign.line <= HEAD_LINES)
        and (opening := _opening_day(lines, published)) is not None
    ):
        date_line, when = opening
    if when is None and main and (told := told_day(lines, kind.event_type, published)) is not None:
        date_line, when = lines[told[0]], told[1]
    if when is None:
        return None
    mention = when.mention
    first = mention.start_date
    if first is not None and first == mention.end_date and kind.event_type in _OF_DAYS:
        first = first_day(lines, line, sign.sentence, first) or first
    part = mention.part_of_day if first == mention.start_date else None
    return Day(first, mention.end_date, mention.precision, part, _basis(date_line, when.start, when.end, mention))


def on_day_of_another(main: Event, event: Event, sign: Sign, lines: list[EventLine]) -> Event:
    """A further event that is joined to the main one, or told as of the same day, with that day.

    `cùng ngày` is the day with which the nearest paragraph above it opens, else that of the main event
    """
    same = same_day(lines[sign.line], sign)
    joined = sign.joined and event.start_date is None
    if same is None and not joined:
        return event
    part = main.part_of_day if same is None else same[0]
    nearest = sign.line - (sign.sentence[0] == 0)  # the paragraph itself, where the sentence is not its first
    for number in range(nearest, _line_of(lines, main), -1):
        if lines[number].zone == "body" and (when := _day_above(lines[number], main)) is not None:
            mention = when.mention
            basis = _basis(lines[number], when.start, when.end, mention)
            return replace(
                event, start_date=mention.start_date, end_date=mention.end_date, precision=mention.precision,
                part_of_day=part, date_basis=basis,
            )  # fmt: skip
    if not joined and (main.start_date is None or main.start_date != main.end_date):
        return event
    return replace(
        event, start_date=main.start_date, end_date=main.end_date, precision=main.precision, part_of_day=part,
        date_basis=main.date_basis,
    )  # fmt: skip


def _day_above(line: EventLine, main: Event) -> When | None:
    """The day of a paragraph's first sentence, near the main event's."""
    when = fresh_day(line, *next(iter(line.sentences()), (0, 0)), None)
    day = when.mention.start_date if when is not None else None
    if day is None or (main.start_date is not None and abs(day - main.start_date) > _TOLD_WITHIN):
        return None
    return when


def _line_of(lines: list[EventLine], main: Event) -> int:
    """Where the main event is told."""
    return next(number for number, line in enumerate(lines) if line.line_no == main.line_no)


def with_year_of(lines: list[EventLine], day: date) -> None:
    """Give the days without a year of a page that has no date of its own the year of its main event's day."""
    for line in lines:
        if has_unresolved_day(line.low):
            found = find_dates(line.text, day + _TOLD_WITHIN)
            line.dates = [When(one.start, one.end, one) for one in found if one.start_date is not None]


def _opening_day(lines: list[EventLine], published: date | None) -> tuple[EventLine, When] | None:
    """The day with which the text opens, where it is a fresh one: of the event that the title tells."""
    line = next((one for one in lines if one.zone in {"lead", "body"}), None)
    if line is None or not opens_with_day(line, 0):
        return None
    when = line.dates[0]
    day = when.mention.start_date
    if day is None or day < FIRST_DAY or (published is not None and not -STALE <= published - day <= STALE):
        return None
    return line, when


def _day_of_year_told(lines: list[EventLine], sign: Sign) -> When | None:
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
    for _, at in _HELD_ON.spans(line, start, end):
        if day := UNRESOLVED_DAY.match(line.low, at, end):
            return day
    return None


def _basis(line: EventLine, start: int, end: int, mention: DateMention) -> str:
    """text: the words say the year themselves; published: they were counted from the publication."""
    words = line.text[start:end]
    if not _YEAR.search(words):
        return "published"  # far cheaper than reading the date once more
    year = str(mention.end_date.year) if mention.end_date else ""
    if year in words or any(found.end_date == mention.end_date for found in find_dates(words)):
        return "text"
    return "published"
