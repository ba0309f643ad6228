"""One candidate of each field wins, the others keep their reason, and every NULL has one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.assemble import assemble
from pipelines.publication import date_candidate
from pipelines.records import Bulletin, Candidate, Draft, Evidence, Line

NOW = datetime(2024, 7, 1, 3, 0, tzinfo=UTC)
BODY = Line(1, "body", "prose", "Ngày 3/6/2024, đơn vị tổ chức hội nghị sơ kết công tác sáu tháng đầu năm.")


def made(*candidates: Candidate, lines: tuple[Line, ...] = (BODY,)) -> tuple[Bulletin, dict[tuple[str, int], Evidence]]:
    bulletin, evidence = assemble(Draft(lines, candidates), NOW)
    return bulletin, {(e.field, e.candidate_no): e for e in evidence}


def title(value: str, rank: int, refused: str | None = None) -> Candidate:
    return Candidate("title", value, f"m{rank}", "", rank, refused=refused)


def test_the_smallest_rank_wins_and_the_others_say_whether_they_agree() -> None:
    bulletin, evidence = made(title("B", 20), title("A", 10), title("A", 30))
    assert bulletin.title == "A"
    assert [evidence["title", n].chosen for n in (1, 2, 3)] == [True, False, False]
    assert "differs" in evidence["title", 2].reason and "agrees" in evidence["title", 3].reason


def test_a_refused_candidate_never_wins_and_a_null_names_it() -> None:
    bulletin, evidence = made(title("Trang chủ", 10, refused="a menu"))
    assert bulletin.title is None
    assert "Trang chủ" in evidence["title", 0].reason and "a menu" in evidence["title", 0].reason


def test_every_empty_field_has_a_reason_and_no_filled_one_has() -> None:
    bulletin, evidence = made(title("A", 1))
    for name in Bulletin.__dataclass_fields__:
        empty = getattr(bulletin, name) in (None, ())
        assert ((name, 0) in evidence) == empty, name
        assert not empty or evidence[name, 0].reason


@pytest.mark.parametrize(
    ("text", "machine", "day", "precision", "timed"),
    [
        ("2024-06-05T08:30:00+07:00", True, date(2024, 6, 5), "second", True),
        ("2024-06-04T20:30:00Z", True, date(2024, 6, 5), "second", True),
        ("2024-06-05T00:00:00+07:00", True, date(2024, 6, 5), "day", False),
        ("Thứ tư - 05/06/2024 08:42", False, date(2024, 6, 5), "minute", True),
        ("05/06/2024 | 12:00 AM", False, date(2024, 6, 5), "day", False),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(
    text: str, machine: bool, day: date, precision: str, timed: bool
) -> None:
    bulletin, _ = made(date_candidate("published_on", text, "m", text, 1, "label", NOW, machine=machine))
    assert (bulletin.published_on, bulletin.published_precision, bulletin.published_at is not None) == (
        day,
        precision,
        timed,
    )
    assert bulletin.published_not_before is None


@pytest.mark.parametrize(
    "text",
    [
        "05/13/2024",
        "31/02/2024",
        "02/07/2024 10:00",
        "01/01/1931",
        "không rõ",
        "1/6/2024 và 2/6/2024",
        "2024-03-27+0708:42:50",
    ],
)
def test_an_impossible_or_doubtful_date_leaves_null_and_the_lower_bound(text: str) -> None:
    bulletin, evidence = made(date_candidate("published_on", text, "m", text, 1, "label", NOW))
    assert (bulletin.published_on, bulletin.published_at, bulletin.published_basis) == (None, None, None)
    assert bulletin.published_not_before == date(2024, 6, 3)
    assert "refused" in evidence["published_on", 0].reason or "refused" in evidence["published_on", 1].reason


def test_a_lead_of_its_own_is_not_in_the_body_and_a_missing_one_repeats_the_first_paragraph() -> None:
    own = (Line(1, "lead", "sapo", "QK2 – Tóm tắt của bài."), BODY._replace(line_no=2))
    with_lead, _ = made(lines=own)
    assert (with_lead.lead, with_lead.body, with_lead.agency_prefix) == ("Tóm tắt của bài.", BODY.text, "QK2")
    without, _ = made()
    assert without.lead == without.body == BODY.text


def test_a_caption_shown_twice_counts_once_and_its_credit_names_a_photographer() -> None:
    caption = "Quang cảnh hội nghị. Ảnh: Lê Na"
    lines = (BODY, Line(2, "caption", "figcaption", caption), Line(3, "caption", "hidden", caption))
    bulletin, _ = made(lines=lines)
    assert (bulletin.captions, bulletin.photographers) == ((caption,), ("Lê Na",))


def test_a_machine_written_author_counts_only_where_no_credit_line_names_one() -> None:
    author = Candidate("author", "Lò Thị Ban", "json-ld", "", 10)
    assert made(author)[0].authors == ("Lò Thị Ban",)
    agency = Candidate("author", "Báo Vùng Đệm điện tử", "json-ld", "", 10)
    assert made(agency)[0].authors == ()
    credited, _ = made(author, lines=(BODY, Line(2, "byline", "J11", "Tin: Hồ Bé")))
    assert (credited.authors, credited.byline) == (("Hồ Bé",), "Tin: Hồ Bé")


def test_page_furniture_never_reaches_a_field() -> None:
    bulletin, _ = made(
        lines=(BODY, Line(2, "furniture", "footer", "Bản quyền 2024", inside=False), Line(3, "junk", "J17", "Trả lời"))
    )
    assert (bulletin.body, bulletin.word_count) == (BODY.text, len(BODY.text.split()))
