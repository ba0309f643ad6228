"""The events of short bulletins: what they are, when and where, and above all what is none."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pipelines.normalize.dates import find_dates
from pipelines.normalize.events import find_events
from pipelines.normalize.mentions import (
    BulletinText,
    Event,
    Organization,
    OrganizationMention,
    Organizations,
    People,
    Person,
    PersonMention,
    TextLine,
)
from pipelines.reference import table
from tests.event_rows import EVENTS, REFUSALS, Row

SEEN_FROM = date(2023, 7, 8)
_RANK = re.compile(r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá)|Ông|Bà|[Đđ]ồng chí")


def written(text: str, published: date | None = SEEN_FROM) -> tuple[BulletinText, Organizations, People]:
    """A bulletin with its mentions, from the marks of tests/event_rows.py."""
    lines, names, units = [], [], []
    persons, organizations = [], []
    for line_no, line in enumerate(text.split("\n"), 1):
        zone = {"# ": "title", "* ": "caption"}.get(line[:2], "body")
        marked, clean = line.removeprefix("# ").removeprefix("* "), ""
        for piece in re.split(r"(\{[^}]*\}|\[[^\]]*\])", marked):
            start = len(clean)
            if piece[:1] in {"{", "["}:
                words = piece[1:-1]
                clean += words
                if piece[0] == "{":
                    name = _RANK.sub("", words).strip()
                    names += [name] if name not in names else []
                    persons.append((names.index(name), line_no, start, len(clean), words, zone))
                else:
                    units += [words] if words not in units else []
                    organizations.append((units.index(words), line_no, start, len(clean), words, zone))
            else:
                clean += piece
        lines.append(TextLine(line_no, zone, clean))
    return (
        BulletinText(tuple(lines), published),
        Organizations(
            tuple(Organization(unit) for unit in units),
            tuple(OrganizationMention(*one, "name") for one in organizations),
        ),
        People(tuple(Person(name) for name in names), tuple(PersonMention(*one, "full") for one in persons)),
    )


def events_of(bulletin: BulletinText, organizations: Organizations, people: People) -> tuple[Event, ...]:
    dates = {line.line_no: find_dates(line.text, bulletin.anchor) for line in bulletin.lines}
    return find_events(bulletin, organizations, people, dates)


def only(text: str, published: date | None = SEEN_FROM) -> Event:
    (event,) = events_of(*written(text, published))
    return event


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row.text[:60])
def test_a_bulletin_gives_its_event(row: Row):
    bulletin, organizations, people = written(row.text)
    (event,) = events_of(bulletin, organizations, people)
    start = date.fromisoformat(row.start) if row.start else None
    end = date.fromisoformat(row.end) if row.end else start
    held = None if event.organizer is None else organizations.found[event.organizer].name
    assert (event.event_type, event.subtype, event.mode) == (row.type, row.subtype, row.mode)
    assert (event.start_date, event.end_date, event.part_of_day) == (start, end, row.part)
    assert (event.place, held) == (row.place, row.organizer)
    if row.topic is not None:
        assert event.topic == row.topic
    if row.roles is not None:
        assert roles(event, organizations, people) == set(row.roles)


def roles(event: Event, organizations: Organizations, people: People) -> set[str]:
    return {
        f"{one.role} {people.found[one.person].name}"
        if one.person is not None
        else f"{one.role} {organizations.found[one.organization or 0].name}"
        for one in event.participants
    }


@pytest.mark.parametrize("text", REFUSALS)
def test_what_only_mentions_events_has_none(text):
    assert events_of(*written(text)) == ()


def test_every_type_of_the_table_occurs_in_these_tests():
    assert {row.type for row in EVENTS} == {row["event_type"] for row in table("event_types")}
