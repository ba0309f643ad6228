"""Lines of a site inside its articles: learned by place and repetition, and everything that must not be."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.boilerplate import LEAST_PAGES, Learned, learn, speaks_of_site
from pipelines.read import read
from pipelines.records import LearnedLine
from pipelines.repetition import SeenPage
from tests.site_pages import BOX, COPYRIGHT, capture, page, repetition, seen_of, told

QR = "Quét mã QR để tải ứng dụng của Báo Vùng Cao về điện thoại"
SLOGAN = "Vì nhân dân quên mình"
WITH_US = "Cùng dự có các đồng chí trong Ban Thường vụ Đảng ủy và cơ quan chức năng của đơn vị."
END = "Chương trình kết thúc thành công tốt đẹp."


def learned(numbers: range = range(45), forgotten: tuple[str, ...] = (), **parts: Any) -> Learned:
    return learn(repetition(seen_of(capture(page(n, **parts), n) for n in numbers)), forgotten)


def texts(found: Learned) -> set[str]:
    return {line.text for line in found.lines}


def why(found: Learned, text: str) -> str:
    return next((one.why for one in found.refused if one.text == text), "")


# --- learned


def test_a_box_below_the_paragraphs_is_learned_with_its_evidence() -> None:
    (line,) = learned(last=BOX).lines
    assert line == LearnedLine(
        "div.entry-content", "div.ban-quyen > p", "tail", COPYRIGHT, "own-place-words", 45, 45,
        date(2026, 1, 5), date(2026, 4, 3), "https://vungcao.example/tin-0.html",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "markup", "text", "rule"),
    [
        ("last", f"<p>{QR}</p>", QR, "edge-words"),
        ("last", "<p>Đường dây nóng: 0900 000 123</p>", "Đường dây nóng: 0900 000 123", "edge-words"),
        ("head", f'<p class="khau-hieu">{SLOGAN}</p>', SLOGAN, "own-line"),
        ("head", f'<div class="khau-hieu">{SLOGAN}</div>', SLOGAN, "own-box"),
        ("last", '<div class="phu-trach"><span>Trang do Phòng Chính trị phụ trách</span></div>', "Trang do Phòng Chính trị phụ trách", "own-box"),
        ("among", '<div class="dang-ky"><p>Đăng ký nhận bản tin mỗi sáng</p></div>', "Đăng ký nhận bản tin mỗi sáng", "own-place-words"),
        ("last", '<section class="gop-y"><b>Gửi ý kiến của bạn về bài này</b></section>', "Gửi ý kiến của bạn về bài này", "own-place-words"),
        ("last", "<p>Trang thông tin điện tử Sư đoàn 100</p>", "Trang thông tin điện tử Sư đoàn 100", "edge-words"),
    ],
)  # fmt: skip
def test_what_a_site_prints_in_each_article_is_learned(part: str, markup: str, text: str, rule: str) -> None:
    found = learned(**{part: markup})
    assert [(line.text, line.rule) for line in found.lines] == [(text, rule)], found.refused


def test_a_line_of_one_layout_is_learned_for_that_layout_only() -> None:
    old = [capture(page(n, last=BOX), n) for n in range(40)]
    new = [capture(page(n, container="post-body"), n) for n in range(40, 80)]
    found = learn(repetition(seen_of(old + new)))
    assert [line.layout for line in found.lines] == ["div.entry-content"]
    assert found.layouts == {"div.entry-content": 40, "div.post-body": 40}


def test_a_redesign_in_the_middle_does_not_count_against_a_line() -> None:
    (line,) = learned(range(90), last=lambda n: BOX if n < 45 else "").lines
    assert (line.pages, line.of, line.last_day) == (45, 45, date(2026, 4, 3))


def test_three_slogans_that_take_turns_at_a_place_of_their_own_need_words_of_the_site() -> None:
    lines = ("Báo Vùng Cao có trên ứng dụng", "Theo dõi Báo Vùng Cao trên Zalo", SLOGAN)
    turns = learned(range(120), last=lambda n: f'<div class="thay-doi">{lines[n % 2]}</div>')
    assert texts(turns) == set()  # on half of the pages each
    assert "asks 60%" in why(turns, lines[0])


# --- read with the list


def test_a_learned_line_is_junk_with_its_id_and_everything_else_is_read_as_before() -> None:
    found = learned(last=f"{BOX}<p>{QR}</p>").lines
    with_lines = read(capture(page(7, last=f"{BOX}<p>{QR}</p>"), 7), learned=found)
    without = read(capture(page(7), 7))
    assert with_lines.bulletin == without.bulletin
    rules = {line.text: line.rule for line in with_lines.lines if line.role == "junk"}
    assert rules == {line.text: f"learned:{line.line_id} div.entry-content" for line in found}
    assert {line.text for line in with_lines.lines} >= {COPYRIGHT, QR}


def test_the_credit_line_above_a_learned_line_is_found_again() -> None:
    html = page(7, last=f"<p>{QR}</p>")
    assert read(capture(html, 7)).bulletin.byline is None  # type: ignore[union-attr]
    bulletin = read(capture(html, 7), learned=learned(last=f"<p>{QR}</p>").lines).bulletin
    assert bulletin is not None and (bulletin.byline, bulletin.authors) == ("Tin, ảnh: VŨ HẢI", ("Vũ Hải",))


@pytest.mark.parametrize(
    "parts",
    [
        {"last": f"<p>{COPYRIGHT}</p>"},  # not in its box
        {"among": BOX},  # not after the paragraphs
        {"last": BOX, "container": "post-body"},  # another layout
        {"last": BOX.replace("Vùng Cao", "Vùng Thấp")},  # another text
        {"last": BOX.replace("ban-quyen", "trich-dan")},
    ],
)
def test_a_text_is_let_be_wherever_it_does_not_stand_where_it_was_learned(parts: dict[str, Any]) -> None:
    found = learned(last=BOX).lines
    one = capture(page(7, **parts), 7)
    assert read(one, learned=found) == read(one)


def test_a_page_that_is_nothing_but_the_sites_own_lines_is_no_bulletin_with_a_body() -> None:
    found = learned(last=BOX).lines
    one = capture(page(7, paragraphs=(COPYRIGHT,)).replace(f"<p>{COPYRIGHT}</p>", BOX), 7)
    bulletin = read(one, learned=found).bulletin
    assert bulletin is None or COPYRIGHT not in (bulletin.body or "")


# --- never learned


@pytest.mark.parametrize(
    ("part", "markup", "text"),
    [
        ("among", f"<p>{WITH_US}</p>", WITH_US),
        ("tail", f"<p>{END}</p>", END),
        ("last", f"<p>{END}</p>", END),
        ("last", f'<p class="ket">{END}</p>', END),
        ("last", "<p>(Còn nữa)</p>", "(Còn nữa)"),
        ("head", "<p>Kính chào quý vị đến với bản tin điện tử tuần này!</p>", "Kính chào quý vị đến với bản tin điện tử tuần này!"),
        ("last", "<p>Mời bạn đọc đón đọc kỳ sau.</p>", "Mời bạn đọc đón đọc kỳ sau."),
        ("head", "<p><b>Kỳ 2:</b></p>", "Kỳ 2:"),
        ("head", "<h3>Tin trong nước</h3>", "Tin trong nước"),
        ("head", '<h3 class="muc">Tin trong nước</h3>', "Tin trong nước"),
        ("among", '<p class="muc"><b>Tin quốc tế</b></p>', "Tin quốc tế"),
        ("among", "<p>Bạn đọc theo dõi tình hình an ninh trên website của Bộ.</p>", "Bạn đọc theo dõi tình hình an ninh trên website của Bộ."),
        ("head", "<p>Bệnh viện thông báo lịch trực tuần như sau:</p>", "Bệnh viện thông báo lịch trực tuần như sau:"),
        ("last", '<p style="text-align:right" class="text-right">Trân trọng thông báo!</p>', "Trân trọng thông báo!"),
        ("last", '<div class="ky-ten">ĐỖ MINH QUÂN</div>', "ĐỖ MINH QUÂN"),
        ("last", '<div class="ky-ten">Đại úy Đỗ Minh Quân</div>', "Đại úy Đỗ Minh Quân"),
        ("last", '<div class="ky-ten">PV</div>', "PV"),
        ("among", "<figure><img src='a.jpg'><figcaption>Đại biểu dự hội nghị.</figcaption></figure>", "Đại biểu dự hội nghị."),
        ("among", "<p><img src='a.jpg'></p><p><i>Đại biểu dự hội nghị.</i></p>", "Đại biểu dự hội nghị."),
    ],
)  # fmt: skip
def test_what_bulletins_repeat_is_not_learned_though_every_page_has_it(part: str, markup: str, text: str) -> None:
    found = learned(**{part: markup})
    assert text not in texts(found)
    assert "VŨ HẢI" not in " ".join(texts(found))


def test_a_weekly_column_of_one_structure_keeps_its_headings_and_its_opening() -> None:
    inner = '<h3>Tin trong nước</h3><p class="lay">Trong tuần có các tin đáng chú ý sau đây.</p><h3>Tin quốc tế</h3>'
    found = learned(range(60), head=f"<p>{WITH_US}</p>", among=inner, tail=f"<p><strong>{END}</strong></p>")
    assert texts(found) == set()


def test_a_series_that_opens_with_one_paragraph_loses_nothing() -> None:
    opening = (
        "Loạt bài này kể lại chặng đường xây dựng của đơn vị từ ngày thành lập đến nay qua lời các nhân chứng sống."
    )
    own = [capture(page(n), n) for n in range(60)]
    series = [capture(page(n, paragraphs=(opening, *told(n)[:2])), n) for n in range(60, 85)]
    found = learn(repetition(seen_of(own + series)))
    assert texts(found) == set()
    assert why(found, opening) == "its place is that of paragraphs, too"


def test_few_bulletins_teach_nothing() -> None:
    found = learned(range(LEAST_PAGES - 1), last=BOX)
    assert (found.is_enough, found.lines, found.layouts) == (False, (), {"div.entry-content": LEAST_PAGES - 1})


def test_a_bulletin_counts_once_however_often_it_was_captured() -> None:
    days = [datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=d) for d in range(10)]
    found = learn(repetition(seen_of(capture(page(n, last=BOX), n, at) for n in range(12) for at in days)))
    assert (found.is_enough, found.layouts) == (False, {"div.entry-content": 12})


def test_the_latest_capture_stands_for_its_bulletin() -> None:
    early, late = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    before = [capture(page(n, last=BOX), n, early) for n in range(45)]
    after = [capture(page(n), n, late) for n in range(45)]
    assert texts(learn(repetition(seen_of(before + after)))) == set()
    before, after = [replace(c, fetched_at=late) for c in before], [replace(c, fetched_at=early) for c in after]
    assert texts(learn(repetition(seen_of(after + before)))) == {COPYRIGHT}


def test_copies_of_one_bulletin_count_once() -> None:
    copies = [capture(page(n, last=BOX, paragraphs=told(1)), n) for n in range(40)]
    assert learn(repetition(seen_of(copies))).layouts == {"div.entry-content": 1}


def test_a_campaign_of_weeks_is_no_boilerplate() -> None:
    line = "Mọi ủng hộ xin gửi về đường dây nóng 0900 000 123 của đơn vị."
    found = learned(range(90), last=lambda n: f"<p>{line}</p>" if 20 <= n < 45 else "")
    assert texts(found) == set()
    assert why(found, line) == "on 25 days within 48; edge-words asks 20 within 60 or more"


def test_a_line_with_a_changing_part_is_not_learned() -> None:
    found = learned(last=lambda n: f'<div class="dem">Bản tin điện tử số {n} có {n * 7} bạn đọc</div>')
    assert texts(found) == set()


def test_a_place_where_other_things_stand_too_is_nobodys_own() -> None:
    found = learned(range(60), last=lambda n: f'<div class="cuoi"><p>{SLOGAN if n % 8 else told(n)[1]}</p></div>')
    assert texts(found) == set()


def test_what_a_person_forgot_is_not_learned_again() -> None:
    found = learned(last=f"{BOX}<p>{QR}</p>", forgotten=(COPYRIGHT,))
    assert texts(found) == {QR}
    assert why(found, COPYRIGHT).startswith("forgotten")


def test_a_line_that_is_a_credit_line_on_some_page_is_never_learned() -> None:
    line = '<div class="{}">Trang do Phòng Chính trị phụ trách</div>'
    found = learned(range(60), last=lambda n: line.format("tac-gia" if n == 30 else "phu-trach"))
    assert texts(found) == {"Trang do Phòng Chính trị phụ trách"}  # at its own place it never was one
    found = learned(range(60), last=lambda n: "<p>PV</p>" if n else '<div class="tac-gia"><p>PV</p></div>')
    assert texts(found) == set()


# --- order


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_in_which_pages_come_plays_no_part(seed: int) -> None:
    pages = list(_mixed())
    expected = learn(repetition(pages))
    assert {COPYRIGHT, QR} <= texts(expected)
    random.Random(seed).shuffle(pages)
    assert learn(repetition(pages)) == expected


@cache
def _mixed() -> list[SeenPage]:
    early = datetime(2026, 5, 1, tzinfo=UTC)
    head = f'<p class="a">{SLOGAN}</p>'
    pages = [capture(page(n, last=f"{BOX}<p>{QR}</p>", head=head if n % 3 else ""), n) for n in range(50)]
    return seen_of(pages + [capture(page(n), n, early) for n in range(9)])


@pytest.mark.parametrize("text", [WITH_US, END, "(Còn nữa)", "Kỳ 2:", "Đại biểu dự hội nghị.", SLOGAN, *told(3)])
def test_sentences_of_bulletins_do_not_speak_of_the_site(text: str) -> None:
    assert not speaks_of_site(text)
