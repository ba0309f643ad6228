"""The events a bulletin is about: what, when, where, by whom, with whom.

Title, lead and first paragraphs are searched for what announces an event (`event_signs`); the words decide its type
(`event_words`, reference/event_types.tsv); the sentence tells the rest (`event_details`), all lines who took part
(`event_roles`). Without enough that speaks for it there is no event: guides, biographies, statistics mention some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, islice

from pipelines.normalize.dates import DateMention
from pipelines.normalize.event_days import day_of, on_day_of_another, with_year_of
from pipelines.normalize.event_details import GUESTS, has_other_host, mode, organizer, place, place_named, topic
from pipelines.normalize.event_evidence import told_sign
from pipelines.normalize.event_further import DAYS_BEFORE, MOST, further_events
from pipelines.normalize.event_lines import HEAD_LINES, EventLine, event_lines, head_lines
from pipelines.normalize.event_references import cut_off_sign, narrower_kind, references, report_sign
from pipelines.normalize.event_roles import participants
from pipelines.normalize.event_signs import (
    STALE,
    Sign,
    guides,
    same_family,
    text_signs,
    title_sign,
)
from pipelines.normalize.event_words import GENERIC, Kind, families
from pipelines.normalize.mentions import BulletinText, Event, Organizations, Participant, People
from pipelines.reference import table

ENOUGH = 4
"""Points an event needs: its form 0 to 2, its date 2 or 3, first sentence 1, title 2, later references 1 or 2."""


def find_events(
    bulletin: BulletinText,
    organizations: Organizations,
    people: People,
    dates: Mapping[int, Sequence[DateMention]],
) -> tuple[Event, ...]:
    """The one to three events a bulletin reports, the main one first; none where it reports none.

    dates     line_no → `find_dates` of that line with the bulletin's anchor
    returns   `start`, `end` of an event: the words that name it, in its line as given
    left out  other events that are mentioned: past ones, plans, habits, those of other papers' titles and resolutions
    """
    lines = event_lines(bulletin, organizations, people, dates)
    if not lines:
        return ()
    main = _main(lines, bulletin)
    if main is None:
        return ()
    if bulletin.anchor is None:
        day = day_of(lines, main[0], main[1], main[0].kind, None, main=True)
        if day is not None and day.start is not None:
            with_year_of(lines, day.start)
    signs, aside = further_events(lines, main, bulletin.published_on)
    elsewhere = {sign.line for sign in aside}
    public = _public(people)
    events: list[Event] = []
    for position, sign in enumerate(signs):
        first = 0 if position == 0 else sign.line
        last = signs[position + 1].line if position + 1 < len(signs) else len(lines)
        support = main[1] if position == 0 else None
        own = [lines[n] for n in range(first, max(last, first + 1)) if n not in elsewhere]
        event = _event(lines, sign, support, own, people, public, bulletin.published_on, main=not events)
        if events:
            event = on_day_of_another(events[0], event, sign, lines)
        events.append(event)
    for sign in aside[: MOST - len(events)]:
        event = _event(lines, sign, None, [lines[sign.line]], people, public, bulletin.published_on, main=False)
        if _just_before(event, events[0]):
            events.append(event)
    return tuple(events)


def _just_before(event: Event, main: Event) -> bool:
    """Whether an event was held in the days before the main one, and belongs to it: `Trước đó, chiều 17/8, …`."""
    if event.start_date is None or main.start_date is None:
        return False
    return timedelta(0) <= main.start_date - event.start_date <= DAYS_BEFORE


def _main(lines: list[EventLine], bulletin: BulletinText) -> tuple[Sign, Sign | None] | None:
    """The best sign of the head, and the title's where it speaks of the same event."""
    titles = [number for number, line in enumerate(lines) if line.zone == "title"]
    guiding = [guides(lines[number]) for number in titles]
    title = title_sign(lines, titles[0]) if titles and not guiding[0] else None
    promised = any(guiding)
    referred = _Referred(lines)
    texts = head_lines(lines, HEAD_LINES)
    best: tuple[int, int, Sign, Sign | None] | None = None
    added = (2 if title else 0) + 2 - (2 if promised else 0)  # at most, to the score of a sentence by itself

    def needed() -> int:
        return -ENOUGH if best is None else best[0] + 1 - added

    body = next((number for number in texts if lines[number].zone == "body"), -1)
    for number in texts:
        first = number in {texts[0], body}
        for sign in text_signs(lines[number], number, first, bulletin.published_on, needed):
            support = title if title is not None and _of_one_event(sign, title, bulletin.published_on) else None
            score = sign.score + (2 if support else 0) - (2 if promised else 0) + referred(sign.kind)
            if best is None or score > best[0]:
                best = score, -sign.line, sign, support
    if best is not None and best[0] >= ENOUGH:
        return best[2], best[3]
    if title is not None and title.score + referred(title.kind) + (title.date is not None) >= ENOUGH - 1:
        return title, title
    told = told_sign(lines, bulletin.anchor, promised)
    if told is not None:
        return told, None
    cut_off = cut_off_sign(lines) if title is None else None
    return None if cut_off is None else (cut_off, None)


def _of_one_event(sign: Sign, title: Sign, published: date | None) -> bool:
    """Whether text and title may speak of one event; of a day long past only by the same type."""
    day = sign.date.mention.start_date if sign.date else None
    if published is not None and day is not None and published - day > STALE:
        return sign.kind.event_type == title.kind.event_type
    return same_family(sign.kind.event_type, title.kind.event_type)


_HEAD_WORDS = {
    "hội nghị": ("hội nghị", "tập huấn", "cuộc họp"), "hội thảo": ("hội thảo", "tọa đàm"), "đại hội": ("đại hội",),
    "hội thi": ("hội thi", "hội thao", "hội diễn", "cuộc thi"), "lễ": ("buổi lễ", "lễ "), "diễn tập": ("diễn tập",),
    "kiểm tra": ("kiểm tra", "làm việc"), "chuyến thăm": ("làm việc", "chương trình"), "gặp mặt": ("gặp mặt",),
    "đối ngoại": ("buổi tiếp", "hội đàm"), "hoạt động": ("chương trình", "buổi lễ"),
}  # fmt: skip


class _Referred:
    """How often a text goes on to speak of an event of some head as known; counted once a head."""

    def __init__(self, lines: list[EventLine]) -> None:
        self._lines = lines
        self._counted: dict[str, int] = {}

    def __call__(self, kind: Kind) -> int:
        """0 to 2 points."""
        head = families()[kind.event_type]
        if head not in self._counted:
            places = chain.from_iterable(references(self._lines, word) for word in _HEAD_WORDS[head])
            self._counted[head] = len(list(islice(places, 2)))
        return self._counted[head]


def _event(
    lines: list[EventLine],
    sign: Sign,
    title: Sign | None,
    own: list[EventLine],
    people: People,
    public: frozenset[int],
    published: date | None,
    main: bool,
) -> Event:
    line = lines[sign.line]
    kind = _kind(sign, title)
    day = day_of(lines, sign, title, kind, published, main)
    attended = participants(own, kind.event_type, public)
    told = topic(line, sign)
    if told is None and title is not None and title is not sign:
        told = topic(lines[title.line], title)
    if told is None and kind.event_type == GENERIC:
        report = report_sign(own)
        if report is not None:
            kind, told = report.kind, topic(own[report.line], report)
    if kind.event_type == GENERIC:
        kind = narrower_kind(own) or kind
    start, end = line.plain.span(sign.trigger.start, max(sign.kind.end, sign.trigger.end))
    where = place_named(line, sign)
    held = organizer(line, sign, where)
    if held is None and title is not None and title is not sign:
        held = organizer(lines[title.line], title, place_named(lines[title.line], title))
    return Event(
        event_type=kind.event_type,
        subtype=kind.subtype,
        topic=told,
        start_date=day.start if day else None,
        end_date=day.end if day else None,
        precision=day.precision if day else None,
        part_of_day=day.part if day else None,
        date_basis=day.basis if day else None,
        place=place(line, sign, where),
        mode=mode(lines, sign),
        organizer=held if held is not None or has_other_host(line, sign) else _of_chair(attended, people, sign),
        participants=attended,
        line_no=line.line_no,
        start=start,
        end=end,
    )


def _public(people: People) -> frozenset[int]:
    """Persons with a rank, a post or a title of their profession; no veterans and heroes for that alone."""
    named = {
        one.index
        for one in people.mentions
        if one.rank or (one.title and not _professions().isdisjoint(one.title.split(", ")))
    }
    return frozenset(named | {post.index for post in people.positions})


@cache
def _professions() -> frozenset[str]:
    return frozenset(row["title"] for row in table("titles") if row["kind"] in {"academic", "professional", "medical"})


def _kind(sign: Sign, title: Sign | None) -> Kind:
    """The more special of text and title: `tổ chức hội nghị đánh giá …` below the title `Hội nghị sơ kết …`."""
    if title is None or title is sign:
        return sign.kind
    if sign.kind.event_type == GENERIC and title.kind.event_type != GENERIC:
        return title.kind
    if sign.kind.subtype is None and title.kind.event_type == sign.kind.event_type:
        return replace(sign.kind, subtype=title.kind.subtype)
    return sign.kind


def _of_chair(attended: tuple[Participant, ...], people: People, sign: Sign) -> int | None:
    """The organization of whoever chairs, where only that is told; None for visits, whose chair is a guest."""
    if families()[sign.kind.event_type] in GUESTS:
        return None
    chairs = [one.person for one in attended if one.role == "chair" and one.person is not None]
    for post in people.positions:
        if chairs and post.index == chairs[0] and post.organization is not None:
            return post.organization
    return None
