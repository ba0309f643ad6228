"""The lines of a bulletin as the event grammar sees them: plain, in small letters, with mentions at plain positions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from pipelines.normalize.date_values import DateMention
from pipelines.normalize.dates import find_dates
from pipelines.normalize.mentions import BulletinText, OrganizationMention, Organizations, People, PersonMention
from pipelines.normalize.spelling import Plain, modern_small, plain
from pipelines.values import value

_CLOSED, _NEXT = r"[\"”’)]*", r" +[\"“‘(]?(\w)"
_POINT_INSIDE = re.compile(rf"(\.{_CLOSED}){_NEXT}")
_END = re.compile(rf"([.!?…]{_CLOSED})(?:{_NEXT}| *$)|\n")
# A point behind these ends no sentence; `lần thứ X.` does.
_SHORT = re.compile(
    r"(?:\b(?:TP|Tp|TX|TT|PGS|GS|TS|ThS|Ths|Th|BS|Bs|DS|KS|CN|CK|NGND|NGƯT|NSND|NSƯT|ĐH|Q|P|st|v\.v|Nxb|Đ/c|đ/c|"
    r"(?<!thứ )(?<!khóa )[A-ZĐ]))\.$"
)
_SHORT_ENDS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐpshtvbc")
"""Last letters of these."""
_DAYS_BEHIND = re.compile(
    r"(?P<between>(?: [^\W\d_]{2,8}){0,5}) *[(,:] *(?P<days>\d{1,2} *(?:và|,|-|–) *\d{1,2} *[-/.][^();]{0,12})"
    r"| *, *(?P<day>\d{1,2}[-/]\d{1,2})(?=[,;)])"
)
MOST_NAMES = 200
_START = attrgetter("start")
_CREDITED = frozenset(("author", "photographer"))
HEAD_LINES = 3
"""Paragraphs that may announce the main event."""


@value
class Place:
    """A mention at plain positions. which: index of the person or organization. kind: of the mention."""

    start: int
    end: int
    which: int
    kind: str


@value
class When:
    """A date at plain positions."""

    start: int
    end: int
    mention: DateMention


@dataclass(slots=True)
class EventLine:
    """One line. low: its plain text in small letters with new tone placement, of the same length as `plain.text`.

    led      low behind one more blank, so that every word stands behind something
    marks    where words begin that stand behind another mark than a blank; None: not asked for yet
    persons, organizations  in order of place, of several that overlap only the longest; without bylines' authors
    """

    line_no: int
    zone: str
    plain: Plain
    low: str
    led: str
    marks: list[int] | None = None
    persons: Sequence[Place] = ()
    organizations: Sequence[Place] = ()
    dates: Sequence[When] = ()
    _sentences: list[tuple[int, int]] | None = None

    def find_marks(self) -> list[int]:
        """Set `marks`, without the second number of `12/5`."""
        low = self.low
        self.marks = [
            at
            for at in self.plain.behind_marks
            if not (low[at].isdecimal() and low[at - 1] != "\n" and low[at - 2 : at - 1].isdecimal())
        ]
        return self.marks

    def within(self, at: int) -> bool:
        """Whether a position lies inside a name, behind its first character: `Ủy ban Kiểm tra`."""
        for places in (self.organizations, self.persons):
            if places and places[0].start < at and places[bisect_left(places, at, key=_START) - 1].end > at:
                return True
        return False

    def ends_name(self, at: int) -> bool:
        """Whether a name ends right before a position."""
        for places in (self.organizations, self.persons):
            number = bisect_left(places, at, key=_START) if places else 0
            if number and places[number - 1].end <= at <= places[number - 1].end + 3:
                return True
        return False

    @property
    def text(self) -> str:
        return self.plain.text

    def sentence_at(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence in which a place stands."""
        return next((bounds for bounds in self.sentences() if bounds[0] <= at < bounds[1]), (0, len(self.low)))

    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence; none ends inside a name."""
        if self._sentences is None:
            self._sentences = self._split()
        return self._sentences

    def _split(self) -> list[tuple[int, int]]:
        text, found, start = self.plain.text, [], 0
        others = "…" in text or "?" in text or "!" in text or "\n" in text or text.endswith(" ")
        for end in (_END if others else _POINT_INSIDE).finditer(text):
            closed, following = end.groups()
            if following and following.islower():
                continue
            at = end.end(1) if closed else end.end()
            if text[at - 1] == "." and text[at - 2] in _SHORT_ENDS and _SHORT.search(text, max(0, at - 6), at):
                continue
            if self.within(at):
                continue
            if closed or text[start:at].strip():
                found.append((start, at))
            start = at
        if text[start:].strip():
            found.append((start, len(text)))
        return found


def head_lines(lines: Sequence[EventLine], count: int) -> list[int]:
    """Numbers of the first paragraphs, the lead among them."""
    return [number for number, line in enumerate(lines) if line.zone in {"lead", "body"}][:count]


def between(places: Sequence[Place], start: int, end: int) -> Sequence[Place]:
    """Those that start in a stretch; of a sentence that lists hundreds the first ones."""
    if not places or places[-1].start < start or places[0].start >= end:
        return ()
    if start <= places[0].start and places[-1].start < end:
        return places[:MOST_NAMES]
    first = bisect_left(places, start, key=_START)
    last = bisect_left(places, end, first, key=_START)
    return places[first : min(last, first + MOST_NAMES)]


def event_lines(
    bulletin: BulletinText,
    organizations: Organizations,
    people: People,
    dates: Mapping[int, Sequence[DateMention]],
) -> list[EventLine]:
    """The lines of title, lead, body and captions."""
    read = {line.line_no: plain(line.text) for line in bulletin.lines if line.zone != "byline"}
    persons = _places((one for one in people.mentions if one.kind not in _CREDITED), read)
    groups = _places(organizations.mentions, read)
    anchor = bulletin.anchor
    lines = []
    for line in bulletin.lines:
        if line.zone == "byline":
            continue
        number, flat = line.line_no, read[line.line_no]
        low = modern_small(flat.low)
        mentioned = dates.get(number)
        days = [day for one in mentioned if (day := _when(flat, one, anchor)) is not None] if mentioned else ()
        lines.append(
            EventLine(
                number, line.zone, flat, low, f" {low}", None, persons.get(number, ()), groups.get(number, ()), days
            )
        )
    return lines


def _places(
    mentions: Iterable[PersonMention | OrganizationMention], read: Mapping[int, Plain]
) -> dict[int, list[Place]]:
    """The mentions of each line at plain positions, in order, without those inside another."""
    found: dict[int, list[Place]] = {}
    mixed: set[int] = set()
    for one in mentions:
        number, start, end = one.line_no, one.start, one.end
        flat = read.get(number)
        if flat is None:
            continue
        if flat.offsets is not None:
            start, end = _at(flat, start, end)
        place = Place(start, end, one.index, one.kind)
        before = found.get(number)
        if before is None:
            found[number] = [place]
            continue
        last = before[-1]
        if start <= last.start or end <= last.end:
            mixed.add(number)
        before.append(place)
    for number in mixed:
        found[number] = _longest(found[number])
    return found


def _when(flat: Plain, mention: DateMention, anchor: date | None) -> When | None:
    """A date at plain positions; of `trong 2 ngày (18 và 19/9)`, `Trước đó một ngày, 13/3,` the days, not how many."""
    start, end = _at(flat, mention.start, mention.end)
    if mention.start_date is not None:
        return When(start, end, mention)
    listed = _DAYS_BEHIND.match(flat.text, end) if mention.iso.endswith("D") else None
    if listed is None:
        return None
    group = "days" if listed["days"] else "day"
    days = find_dates("ngày " + listed[group], anchor)
    if not days or days[0].start != 0 or days[0].start_date is None:
        return None
    start = listed.start(group) if listed["between"] else start
    return When(start, listed.start(group) + days[0].end - len("ngày "), days[0])


def _at(flat: Plain, start: int, end: int) -> tuple[int, int]:
    """Positions in the plain text."""
    if flat.offsets is None:
        return start, end
    return bisect_left(flat.offsets, start), bisect_left(flat.offsets, end)


def _longest(places: list[Place]) -> list[Place]:
    """Those that stand inside no other, in order."""
    found: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if not found or place.end > found[-1].end:
            found.append(place)
    return found
