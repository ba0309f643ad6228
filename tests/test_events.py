"""The events of short bulletins: what they are, when and where, and above all what is none."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_a_written_year_is_the_texts_and_a_counted_one_the_publications():
    assert only("Sáng 5/7/2023, [Cục A] tổ chức Hội nghị sơ kết công tác.").date_basis == "text"
    assert only("Sáng 5/7, [Cục A] tổ chức Hội nghị sơ kết công tác.").date_basis == "published"
    assert only("Sáng nay (8/7/2023), [Cục A] tổ chức Hội nghị sơ kết công tác.").date_basis == "text"
    assert only("[Cục A] vừa tổ chức Hội nghị sơ kết công tác. Dự hội nghị có lãnh đạo Cục.").date_basis is None


@pytest.mark.parametrize(
    "text", ["Sáng 5/7, [Cục A] tổ chức Hội nghị sơ kết công tác.", "Chiều qua, [Cục A] tổ chức lễ bàn giao nhà."]
)
def test_without_a_publication_a_day_without_a_year_is_unknown(text):
    for event in events_of(*written(text, published=None)):
        assert event.start_date is event.end_date is event.precision is event.date_basis is None


def test_a_paragraph_of_the_same_day_may_tell_a_second_event():
    text = (
        "# Bộ trưởng làm việc tại Nghệ An\nSáng 5/7, {Đại tướng Lê Văn Bình} đã đến thăm và làm việc tại [Quân khu 4].\n"
        "Chiều cùng ngày, {Đại tướng Lê Văn Bình} dự Lễ khánh thành Nhà truyền thống. {Đại tá Vũ Hải} phát biểu tại buổi lễ."
    )
    bulletin, organizations, people = written(text)
    first, second = events_of(bulletin, organizations, people)
    assert (first.event_type, second.event_type) == ("thăm và làm việc", "lễ khánh thành")
    assert roles(first, organizations, people) == {"attend Lê Văn Bình"}
    assert roles(second, organizations, people) == {"attend Lê Văn Bình", "speak Vũ Hải"}


def test_an_event_told_before_it_happens_is_kept_when_the_bulletin_is_about_it():
    event = only("# Sắp diễn ra hội thao\nTừ ngày 15 đến 20/7/2023, [Quân khu 5] sẽ tổ chức Hội thao thể dục thể thao.")
    assert event.start_date == date(2023, 7, 15)
    assert (
        events_of(*written("# Giá gạo tăng\nGiá gạo tăng 5%. Sở Công Thương sẽ tổ chức hội nghị bàn giải pháp.")) == ()
    )


@pytest.mark.parametrize("row", [row for row in EVENTS if row.type][::3], ids=lambda row: row.text[:50])
@pytest.mark.parametrize("dress", ["NFD", "no-break", "old tones"])
def test_spelling_does_not_matter(row: Row, dress: str):
    def worn(text: str) -> str:
        if dress == "NFD":
            return unicodedata.normalize("NFD", text)
        if dress == "no-break":
            return text[:2] + text[2:].replace(" ", "\u00a0")
        return text.replace("ủy", "uỷ").replace("hòa", "hoà").replace("tọa", "toạ").replace("khỏe", "khoẻ")

    (plain_event,) = events_of(*written(row.text))
    (event,) = events_of(*written(worn(row.text)))
    for name in (
        "event_type",
        "subtype",
        "start_date",
        "end_date",
        "part_of_day",
        "mode",
        "organizer",
        "participants",
        "line_no",
    ):
        assert getattr(event, name) == getattr(plain_event, name)


PIECES = st.sampled_from(
    [
        "tổ chức ", "Hội nghị ", "tổng kết ", "lễ ", "(", ")", "“", "”", "trực tuyến ", "tại ", "Hà Nội", ", ", ". ", "; ", "và ", "{Đại tá Lê Chí Dũng}",
        "[Cục Quân y]", "dự ", "chủ trì ", "phát biểu ", "chỉ đạo ", "5/7/2023 ", "sáng ", "ngày ", "kiểm tra ", "thăm ", "\n", "# ", "* ", "về ", "có ", "do ", "uỷ ", "năm 2022 ", "1-",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8).filter(lambda text: not set(text) & set("{}[]")), max_size=30))
def test_any_text_gives_events_whose_words_lie_in_their_lines(pieces):
    bulletin, organizations, people = written("".join(pieces))
    found = events_of(bulletin, organizations, people)
    assert found == events_of(bulletin, organizations, people)
    by_number = {line.line_no: line.text for line in bulletin.lines}
    for event in found:
        assert 0 <= event.start < event.end <= len(by_number[event.line_no])
        assert event.event_type in {row["event_type"] for row in table("event_types")}
        for one in event.participants:
            assert (one.person is None) != (one.organization is None)
            assert one.line_no in by_number


@pytest.mark.parametrize(
    "piece",
    [
        "tổ chức ",
        "hội nghị ",
        "lễ khai mạc ",
        "(",
        "“",
        "{Đại tá Lê Chí Dũng}, ",
        "[Cục Quân y]; ",
        "dự ",
        "tại Hà Nội, ",
        "và ",
        "chủ trì, ",
        "phát biểu. ",
        " ",
        "về phía ",
        "{Đại tá Lê Chí Dũng} đề nghị ",
        "cho các đồng chí {Đại tá Lê Chí Dũng}, ",
        "xã Pa, huyện Lo, ",
        "bổ nhiệm và ",
        "dưới sự chủ trì của ",
    ],
)
def test_a_hostile_line_takes_no_longer_than_its_length(piece):
    text = "Sáng 5/7/2023, [Cục A] tổ chức Hội nghị " + piece * (200_000 // len(piece))
    bulletin, organizations, people = written(text)
    started = time.process_time()
    find_events(bulletin, organizations, people, {})
    assert time.process_time() - started < 3


def test_the_table_repeats_no_noun_and_no_verb():
    for column in ("nouns", "verbs"):
        words = [word for row in table("event_types") for word in row[column].split("; ") if word]
        assert len(words) == len(set(words)), [word for word in words if words.count(word) > 1]
