"""Plain text: which line is what. The texts are invented; the shapes are those of real crawls."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.plain import is_prose
from pipelines.read import read
from pipelines.records import Bulletin, Capture, Reading

NOW = datetime(2024, 7, 1, 3, 0, tzinfo=UTC)
LEAD = (
    "Sáng 18-6, Ban CHQS huyện Bến Đò tổ chức hội thao quân sự năm 2024 với 14 đoàn và gần 200 vận động viên. "
    "Đại tá Trần Văn Năm, Phó Chỉ huy trưởng Bộ CHQS tỉnh dự và phát biểu."
)
SECOND = (
    "Theo ban tổ chức, các nội dung gồm bắn súng, ném lựu đạn, vượt vật cản 100 mét và hành quân đêm; "
    "các đoàn thi đấu đúng luật, an toàn tuyệt đối về người và vũ khí."
)
THIRD = (
    "Kết thúc hội thao, ban tổ chức trao cờ nhất, nhì, ba toàn đoàn và 15 giải cá nhân cho các vận động viên xuất sắc."
)


def reading(*lines: str) -> Reading:
    payload = "\n".join(lines).encode()
    return read(Capture("local", "file:t/a.txt", NOW, payload, content_type="text/plain", origin="file"))


def bulletin(*lines: str) -> Bulletin:
    found = reading(*lines).bulletin
    assert found is not None
    return found


def roles(*lines: str) -> dict[str, str]:
    return {line.text: line.role for line in reading(*lines).lines}


def reason_of_null(found: Reading, field: str) -> str:
    return next(e.reason for e in found.evidence if e.field == field and e.candidate_no == 0)


def test_every_non_blank_line_has_one_role_and_keeps_its_text() -> None:
    lines = ["}", "", "Hội thao quân sự huyện Bến Đò", "", LEAD, "", "", SECOND, "  PV  "]
    found = reading(*lines)
    assert [line.text for line in found.lines] == [line.strip() for line in lines if line.strip()]
    assert [line.line_no for line in found.lines] == [1, 2, 3, 4, 5]


def test_the_heading_above_the_first_paragraph_is_the_title() -> None:
    assert bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", SECOND).title == "Hội thao quân sự huyện Bến Đò"


def test_a_title_in_capitals_broken_over_two_lines_is_one() -> None:
    found = bulletin("HỘI THAO QUÂN SỰ", "HUYỆN BẾN ĐÒ NĂM 2024", LEAD, SECOND)
    assert found.title == "HỘI THAO QUÂN SỰ HUYỆN BẾN ĐÒ NĂM 2024"


def test_a_section_line_above_the_title_is_not_the_title() -> None:
    found = bulletin("Quốc phòng", "", "Hội thao quân sự huyện Bến Đò kết thúc tốt đẹp", "", LEAD, "", SECOND)
    assert (found.section, found.title) == ("Quốc phòng", "Hội thao quân sự huyện Bến Đò kết thúc tốt đẹp")


def test_a_first_line_as_long_as_a_sentence_is_the_title_where_the_day_stands_below_it() -> None:
    long = (
        "Hội thảo khoa học “Giữ gìn, phát huy phẩm chất người chiến sĩ trong huấn luyện, diễn tập và giúp nhân dân khắc phục"
        " hậu quả thiên tai trong tình hình mới”"
    )
    found = bulletin(long, "", "19/06/2024", "", LEAD, "", SECOND)
    assert (found.title, found.published_on) == (long, date(2024, 6, 19))
    assert bulletin(long, "", LEAD, "", SECOND).title is None  # nothing tells it from prose
    assert bulletin(LEAD, "", "19/06/2024", "", SECOND).title is None


def test_a_text_that_starts_with_a_sentence_has_no_title_and_says_so() -> None:
    found = reading(LEAD, "", SECOND)
    assert found.bulletin is not None and found.bulletin.title is None
    assert "line 1 is body" in reason_of_null(found, "title")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Ngày đăng: 19/06/2024", date(2024, 6, 19)),
        ("19.06.2024", date(2024, 6, 19)),
        ("Ngày 19 tháng 6 năm 2024", date(2024, 6, 19)),
        ("19/06/2024 | 12:00 AM", date(2024, 6, 19)),
        ("Bến Đò, 19/06/2024", date(2024, 6, 19)),
    ],
)
def test_a_date_line_by_the_title_dates_the_bulletin(line: str, day: date) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", "", line, "", LEAD, "", SECOND)
    assert (found.published_on, found.published_at, found.published_precision) == (day, None, "day")


@pytest.mark.parametrize(
    "line",
    [
        "Thứ sáu Ngày 28 Tháng 06 Năm 2024, 02:47:19",  # a server's clock
        "Thứ sáu, 28/06/2024, 16:08 (GMT+7)",  # first line: clock or date, nobody can say
        "Ngày đăng: 05/13/2024",  # month 13 is never swapped
        "Ngày đăng: 31/06/2024",  # no such day
        "Ngày đăng: 19/06/2034",  # after the fetch
    ],
)
def test_a_clock_or_an_impossible_date_dates_nothing_but_bounds_nothing_either(line: str) -> None:
    found = reading(line, "", "Hội thao quân sự huyện Bến Đò", "", LEAD, "", SECOND)
    assert found.bulletin is not None and found.bulletin.published_on is None
    assert reason_of_null(found, "published_on")


def test_a_label_beats_the_clock_above_it() -> None:
    clock = "Thứ sáu Ngày 28 Tháng 06 Năm 2024, 02:47:19"
    found = bulletin(clock, "", "Hội thao quân sự huyện Bến Đò", "", "Ngày đăng: 19/06/2024", "", LEAD, "", SECOND)
    assert (found.published_on, found.published_basis) == (date(2024, 6, 19), "label")


def test_the_last_day_told_as_past_bounds_an_unknown_publication_date() -> None:
    told = "Ngày 12/3/2024, đơn vị tổ chức lễ kết nạp hội viên mới; kế hoạch năm sẽ hoàn thành trước ngày 30/12/2024."
    found = bulletin("Lễ kết nạp hội viên mới", "", told, "", SECOND)
    assert (found.published_on, found.published_not_before) == (None, date(2024, 3, 12))


@pytest.mark.parametrize(
    "caption",
    [
        "Quang cảnh hội thao.",
        "Các đại biểu dự hội thao.",
        "Đại tá Trần Văn Năm, Phó Chỉ huy trưởng Bộ CHQS tỉnh phát biểu tại hội thao.",
        "Vận động viên thi ném lựu đạn.",
        "Trao cờ cho các đoàn. Ảnh: Thu Hà",
        "Ban tổ chức trao giải cho các vận động viên xuất sắc.",
    ],
)
def test_a_picture_line_between_paragraphs_is_a_caption(caption: str) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", caption, "", SECOND, "", THIRD)
    assert found.captions == (caption,)
    assert found.body == f"{LEAD}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Đại tá Trần Văn Năm yêu cầu các đơn vị rút kinh nghiệm sau hội thao.",
        "Đại tá Trần Văn Năm đã trao 5 suất quà tặng gia đình chính sách.",
        "Trước đó, chiều 17-6, ban tổ chức kiểm tra sân bãi và vật chất bảo đảm.",
        "Giới thiệu với đoàn công tác, Trung tá Hồ Văn Bé nêu rõ 5 nội dung trọng tâm của năm 2024.",
        "Đánh giá cao kết quả hội thao, đoàn công tác đề nghị duy trì 12 nội dung huấn luyện.",
        "Theo báo cáo của ban tổ chức, hội thao thành công tốt đẹp.",
        "- Giải nhất: xã Bình Thới;",
        "Địa chỉ nhận quà: số 12 đường Lê Lợi, thị trấn Bến Đò, gặp đồng chí thường trực ban.",
    ],
)
def test_a_telling_sentence_stays_body(sentence: str) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", sentence, "", SECOND, "", THIRD)
    assert sentence in (found.body or "").split("\n\n")


def test_the_line_after_editor_residue_is_a_caption_and_the_residue_is_gone() -> None:
    found = bulletin(LEAD, "", "leftcenterrightdel", " Kho quân lương nhìn từ cổng sau", "", SECOND)
    assert found.captions == ("Kho quân lương nhìn từ cổng sau",)
    assert "leftcenter" not in f"{found.body}{found.captions}{found.lead}"


@pytest.mark.parametrize(
    ("line", "byline", "authors", "photographers"),
    [
        ("Tin, ảnh: VŨ THỊ MƠ", "Tin, ảnh: VŨ THỊ MƠ", ("Vũ Thị Mơ",), ("Vũ Thị Mơ",)),
        ("Tin: Hồ Bé - Ảnh: Thu Hà", "Tin: Hồ Bé - Ảnh: Thu Hà", ("Hồ Bé",), ("Thu Hà",)),
        ("Bài và ảnh: Lê Na và Y Thanh", "Bài và ảnh: Lê Na và Y Thanh", ("Lê Na", "Y Thanh"), ("Lê Na", "Y Thanh")),
        ("PV", "PV", (), ()),
        ("(Theo TTXVN)", "(Theo TTXVN)", (), ()),
        ("Nguồn: Cục Chính trị", "Nguồn: Cục Chính trị", (), ()),
        (" " * 120 + "Ngọc Bích", "Ngọc Bích", ("Ngọc Bích",), ()),
        ("THẾ SƠN", "THẾ SƠN", ("Thế Sơn",), ()),
    ],
)
def test_the_credit_line_below_the_last_paragraph(
    line: str, byline: str, authors: tuple[str, ...], photographers: tuple[str, ...]
) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", SECOND, "", line, "", "Chia sẻ Facebook")
    assert (found.byline, found.authors, found.photographers) == (byline, authors, photographers)


@pytest.mark.parametrize("line", ["Theo đó, các đơn vị tiếp tục huấn luyện.", "Tin tưởng rằng phong trào lan rộng."])
def test_a_sentence_that_starts_like_a_credit_is_none(line: str) -> None:
    assert bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", SECOND, "", line).byline is None


def test_everything_from_a_related_list_on_is_junk() -> None:
    found = roles(
        LEAD, "", SECOND, "", "PV", "", "Các tin khác", "Huấn luyện dân quân năm thứ nhất", "Bàn giao nhà đồng đội"
    )
    assert [found[t] for t in ("Các tin khác", "Huấn luyện dân quân năm thứ nhất", "Bàn giao nhà đồng đội")] == [
        "junk"
    ] * 3


def test_a_comment_form_a_menu_and_a_counter_are_no_text() -> None:
    form = ("Trả lời", "Thư điện tử của bạn sẽ không được hiển thị công khai.", "Tên *")
    found = bulletin("Trang chủ » Tin hoạt động", "1.204 lượt xem", "Hội thao huyện Bến Đò", LEAD, SECOND, *form)
    assert (found.view_count, found.section, found.body) == (1204, "Tin hoạt động", f"{LEAD}\n\n{SECOND}")


@pytest.mark.parametrize(
    ("printed", "prefix"),
    [
        ("QK2 – ", "QK2"),
        ("(QK7 Online) - ", "QK7 Online"),
        ("(Chinhphu.vn) - ", "Chinhphu.vn"),
        ("QĐND Online – ", "QĐND Online"),
    ],
)
def test_the_agency_prefix_leaves_the_body_but_not_the_line(printed: str, prefix: str) -> None:
    found = reading("Hội thao quân sự huyện Bến Đò", "", printed + LEAD, "", SECOND)
    assert found.bulletin is not None
    assert (found.bulletin.agency_prefix, found.bulletin.body) == (prefix, f"{LEAD}\n\n{SECOND}")
    assert found.bulletin.lead == LEAD
    assert any(line.text.startswith(printed) for line in found.lines)


@pytest.mark.parametrize(
    "start", ["COVID-19 - dịch bệnh đã lui ở huyện", "TP Bến Đò - nơi diễn ra hội thao", "V.I. Lê-nin - lãnh tụ"]
)
def test_a_dash_after_other_words_is_no_agency_prefix(start: str) -> None:
    assert bulletin("Hội thao quân sự huyện Bến Đò", "", f"{start}, {LEAD}", "", SECOND).agency_prefix is None


def test_the_end_mark_of_official_texts_becomes_a_full_stop() -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", SECOND.removesuffix(".") + "./.")
    assert (found.body or "").endswith("vũ khí.") and "./." not in (found.body or "")


def test_a_term_that_runs_until_a_day_is_no_past_day() -> None:
    term = "Thời gian nghỉ: từ ngày 31/8/2023 đến hết ngày 03/9/2023, các khoa phân công trực đầy đủ theo quy định."
    assert bulletin("Lịch nghỉ lễ Quốc khánh của bệnh viện", term, SECOND).published_not_before is None


def test_the_type_of_an_official_text_belongs_to_its_title_and_a_signature_is_no_credit() -> None:
    lines = ("THÔNG BÁO", "Về việc nghỉ lễ Quốc khánh 2/9 năm 2024", LEAD, SECOND, "GIÁM ĐỐC", "Nguyễn Thị Kim Thoa")
    found = bulletin(*lines)
    assert found.title == "THÔNG BÁO Về việc nghỉ lễ Quốc khánh 2/9 năm 2024"
    assert bulletin(*lines[:4], "Bến Lau, ngày 20 tháng 6 năm 2024", *lines[4:]).published_on == date(2024, 6, 20)
    assert (found.byline, found.authors) == (None, ())
    assert (found.body or "").endswith("GIÁM ĐỐC\n\nNguyễn Thị Kim Thoa")


@pytest.mark.parametrize(
    ("stamp", "day", "views"),
    [
        ("Được đăng: 19 Tháng 6 2024", date(2024, 6, 19), None),
        ("Đăng lúc: 08:15 - 19/06/2024", date(2024, 6, 19), None),
        ("Ngày: 19/06/2024 - Người đăng: Quản trị viên - Lượt đọc: 512", date(2024, 6, 19), 512),
        ("Ngày đăng: 19/06/2024 - Ngày cập nhật: 21/06/2024", date(2024, 6, 19), None),
        ("Thứ tư, 19 Tháng 6 2024 15:33", date(2024, 6, 19), None),
        ("2024-06-19T09:15:00+07:00", date(2024, 6, 19), None),
        ("(Cập nhật: 19/06/2024)", None, None),
        ("Ngày cập nhật: 19/06/2024", None, None),
        ("Hôm nay: Thứ Tư, 19/06/2024", None, None),
    ],
)
def test_a_stamp_below_the_title_is_read_and_never_becomes_the_title(
    stamp: str, day: date | None, views: int | None
) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", stamp, "Viết bởi Hồ Thị Bé", LEAD, SECOND)
    assert (found.title, found.published_on, found.view_count) == ("Hội thao quân sự huyện Bến Đò", day, views)
    assert found.authors == ("Hồ Thị Bé",)


@pytest.mark.parametrize(
    "title", ["Điểm tin quân sự ngày 5/6/2024", "Giới thiệu sách “Đường ra bãi ngang”", "Vì sao cần tiêm nhắc?"]
)
def test_a_title_may_hold_a_date_a_menu_word_or_a_question(title: str) -> None:
    found = bulletin(title, "06/06/2024", LEAD, SECOND)
    assert (found.title, found.published_on) == (title, date(2024, 6, 6))


def test_members_of_a_list_below_the_title_are_not_the_title() -> None:
    found = bulletin(
        "Lịch trực tuần 25 năm 2024", "Thứ Hai (17/6): Trung tá Lò Văn Pín", "Thứ Ba (18/6): Đại úy Lê Na", LEAD, SECOND
    )
    assert found.title == "Lịch trực tuần 25 năm 2024"
    assert "Thứ Ba (18/6): Đại úy Lê Na" in (found.body or "")


def test_a_title_broken_in_lower_case_is_joined() -> None:
    found = bulletin("Khai giảng lớp tập huấn", "cán bộ quân y tuyến xã năm 2024", LEAD, SECOND)
    assert found.title == "Khai giảng lớp tập huấn cán bộ quân y tuyến xã năm 2024"


@pytest.mark.parametrize(
    "sentence",
    [
        "Mời bạn đọc cùng chúng tôi trở lại bãi ngang để theo dõi chuyến tuần tra của tổ tàu trong mùa gió chướng.",
        "Chủ đề: “Tuổi trẻ giữ làng” được chọn làm chủ đề của đợt sinh hoạt chính trị rộng khắp năm nay.",
        "Ảnh hưởng của phong trào lan tỏa đến từng tiểu đội.",
        "Hình ảnh người lính múc từng bát cháo trao tận tay bệnh nhân đã trở nên thân quen.",
        "Nguồn: lực của đơn vị chủ yếu từ tăng gia sản xuất.",
    ],
)
def test_prose_that_looks_like_furniture_stays_body(sentence: str) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", "", LEAD, "", sentence, "", SECOND, "", THIRD)
    assert sentence in (found.body or "").split("\n\n")
    assert (found.captions, found.byline) == ((), None)


@pytest.mark.parametrize(
    "furniture",
    [
        ("Leave a Reply", "Your email address will not be published. Required fields are marked *", "Post Comment"),
        ("Các tin cũ hơn:", "Hội nghị tổng kết công tác hậu cần (01/02/2024)", "Lễ chào cờ đầu tháng 02/01/2024 08:00"),
        ("Hội nghị tổng kết công tác hậu cần (01/02/2024)", "Kiểm tra sẵn sàng chiến đấu dịp Tết (30/01/2024)"),
        (
            "Bình luận",
            "Đọc bài này tôi nhớ những ngày ở đơn vị cũ, cảm ơn tác giả đã viết rất hay và xúc động, mong có thêm nhiều bài.",
        ),
    ],
)
def test_what_follows_a_comment_form_or_a_related_list_reaches_no_field(furniture: tuple[str, ...]) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", LEAD, SECOND, "Tin: Hồ Bé", *furniture)
    assert (found.body, found.byline, found.authors) == (f"{LEAD}\n\n{SECOND}", "Tin: Hồ Bé", ("Hồ Bé",))


def test_a_question_and_its_answer_are_no_comment_form() -> None:
    found = bulletin("Giải đáp chính sách", "Hỏi: Quân nhân nghỉ phép năm mấy ngày?", "Trả lời", LEAD, SECOND)
    assert (found.body or "").endswith(SECOND)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("CTV Lê Thu Hà", ("Lê Thu Hà",)),
        ("THU HƯỜNG (thực hiện)", ("Thu Hường",)),
        ("VÕ VĂN TÝ – PHAN ANH", ("Võ Văn Tý", "Phan Anh")),
        ("BS. Đoàn Thị Kim Anh", ("Đoàn Thị Kim Anh",)),
        ("Tác giả: Trung úy Nguyễn Duy Khánh", ("Nguyễn Duy Khánh",)),
        ("Khánh Huyền/QĐND", ("Khánh Huyền",)),
        ("H.Nam - Q.Hùng", ()),
        ("Ban Tuyên huấn", ()),
        ("(Nguồn: Cục Kỹ thuật)", ()),
    ],
)
def test_a_short_last_line_is_the_credit_and_only_people_are_authors(line: str, authors: tuple[str, ...]) -> None:
    found = bulletin("Hội thao quân sự huyện Bến Đò", LEAD, SECOND, line)
    assert (found.byline, found.authors) == (line, authors)


def test_short_lines_only_are_no_bulletin() -> None:
    found = reading("Trang chủ", "Giới thiệu", "Liên hệ")
    assert (found.kind, found.bulletin) == ("other", None)
    assert "prose" in (found.failure or "")


@pytest.mark.parametrize(
    ("text", "expected"), [("Trả lời", False), ("PV", False), (SECOND, True), ("Tin cùng chuyên mục", False)]
)
def test_prose_is_long_and_ends_like_a_sentence(text: str, expected: bool) -> None:
    assert is_prose(text) is expected


SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
EXPECTED_SEEDS = {
    "000": (True, "2023-11-24", None, None, 4, 0, "Minh Hoài"),
    "001": (True, None, "2023-06-29", 224, 7, 3, None),
    "002": (True, "2022-07-08", None, None, 4, 6, "Tin, ảnh: VŨ HẢI"),
    "003": (False, None, None, None, 7, 4, "Tin, ảnh: VĂN CHIỂN"),
    "004": (False, None, "2018-10-04", None, 8, 1, "PV"),
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the users' five bulletins (../shared/seeds) are not on this machine")
@pytest.mark.parametrize("number", EXPECTED_SEEDS)
def test_the_users_own_bulletins_come_out_as_a_person_reads_them(number: str) -> None:
    payload = next(SEEDS.glob(f"{number}_*.txt")).read_bytes()
    found = read(
        Capture("local", "file:seeds/x.txt", datetime(2026, 11, 22, tzinfo=UTC), payload, "text/plain")
    ).bulletin
    assert found is not None
    titled, published, not_before, views, paragraphs, captions, byline = EXPECTED_SEEDS[number]
    assert (found.title is not None) == titled
    assert (str(found.published_on) if found.published_on else None) == published
    assert (str(found.published_not_before) if found.published_not_before else None) == not_before
    assert (found.view_count, len((found.body or "").split("\n\n")), len(found.captions)) == (
        views,
        paragraphs,
        captions,
    )
    assert found.byline == byline
    for trace in ("}", "leftcenterrightdel", "Trả lời", "Thư điện tử", "Mời bạn đọc", "./.", "lượt xem"):
        assert trace not in f"{found.title}{found.lead}{found.body}{found.captions}"
