"""Events that are joined to another, told in a paragraph of their own, or announced by no sentence; and what is none."""

from __future__ import annotations

import pytest

from tests.test_event_bulletins import read

HELP = "Quân y về bản\nNgày 6/7, Đồn Biên phòng Na Ngoi phối hợp với Trạm Y tế xã khám bệnh, cấp thuốc miễn phí cho nhân dân."
REVIEW = "Sơ kết công tác\nSáng 6/7, Cục Quân y tổ chức Hội nghị sơ kết công tác 6 tháng đầu năm."
VISIT = "Thăm đơn vị\nSáng 6/7, Đoàn công tác Bộ Quốc phòng đến thăm và làm việc với Lữ đoàn 279."


def told(text: str, published: str | None = "2023-07-08") -> list[str]:
    return [f"{event.event_type} {event.start_date}" for event in read(text, published).events]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Tin vùng biển\nNgày 6/7, Hải đội 2 tổ chức buổi tuyên truyền pháp luật cho ngư dân và Cuộc thi “Em yêu biển, đảo quê hương”.",
            ["tuyên truyền 2023-07-06", "hội thi 2023-07-06"],
        ),
        (
            "Ra quân hè\nSáng 6/7, Huyện đoàn Sông Mã tổ chức Lễ ra quân chiến dịch tình nguyện hè gắn với ngày hội hiến máu.",
            ["lễ ra quân 2023-07-06", "hiến máu 2023-07-06"],
        ),
        (
            "Về bản\nNgày 6/7, Đồn Biên phòng Na Ngoi tổ chức khám bệnh, cấp thuốc miễn phí, tuyên truyền pháp luật cho nhân dân.",
            ["khám bệnh, cấp thuốc miễn phí 2023-07-06", "tuyên truyền 2023-07-06"],
        ),
        (
            "Bệnh viện có Giám đốc mới\nChiều 6/7, tại Bệnh viện Quân y 7 đã diễn ra lễ công bố quyết định về công tác cán bộ"
            " và lễ bàn giao chức trách Giám đốc.",
            ["lễ công bố quyết định 2023-07-06", "lễ bàn giao 2023-07-06"],
        ),
        (
            "Tổng kết năm, ký giao ước\nSáng 6/7, Cụm thi đua số 2 tổ chức Hội nghị tổng kết công tác, ký kết giao ước thi đua.",
            ["hội nghị tổng kết 2023-07-06"],
        ),
        (
            "Ngày hội hiến máu\nSáng 6/7, Công an huyện Ý Yên tổ chức Ngày hội hiến máu, hưởng ứng chiến dịch “Hành trình Đỏ”.",
            ["hiến máu 2023-07-06"],
        ),
        (
            "Khánh thành\nSáng 6/7, Lữ đoàn 279 tổ chức Lễ khánh thành nhà văn hóa và gặp mặt nhân ngày truyền thống.",
            ["lễ khánh thành 2023-07-06"],
        ),
    ],
)
def test_what_one_sentence_joins_are_two_events_unless_one_is_part_of_the_other(text: str, events: list[str]):
    assert told(text) == events


@pytest.mark.parametrize(
    ("paragraphs", "second"),
    [
        ("\nNgay sau hội nghị, đơn vị thực tập phương án chữa cháy tại kho xăng, dập tắt đám cháy giả định.", "diễn tập 2023-07-06"),
        ("\nTiếp mạch hoạt động, sáng thứ Sáu (7/7), 400 đoàn viên có mặt ở sân trường, hàng trăm đơn vị máu được trao đi"
         " trong ngày hội hiến máu.", "hiến máu 2023-07-07"),
        ("\nChiều 7/7, Cục Quân y tổ chức Lễ khánh thành nhà văn hóa.\nTối cùng ngày, Cục tổ chức buổi gặp mặt cán bộ.", None),
        ("\nNgay sau lễ phát động, hơn 700 người đăng ký.", None),
        ("\nPhát biểu tại buổi tổng kết chiều 6/7, Thiếu tướng Vũ Hải biểu dương các đơn vị tham gia diễn tập.", None),
        ("\nSáng mai 9/7, Cục sẽ khởi công nhà ở công vụ, cắt băng khánh thành trạm xá.", None),
    ],
)  # fmt: skip
def test_a_paragraph_with_a_day_or_of_the_same_day_tells_another_event(paragraphs: str, second: str | None):
    events = told(REVIEW + paragraphs)
    if "Tối cùng ngày" in paragraphs:
        assert events[1:] == ["lễ khánh thành 2023-07-07", "gặp mặt 2023-07-07"]  # the same day as the paragraph above
    else:
        assert events == ["hội nghị sơ kết 2023-07-06", *([second] if second else [])]


@pytest.mark.parametrize(
    ("paragraph", "second"),
    [
        ("\nTranh thủ lúc bà con tập trung, Đội Vận động quần chúng tổ chức tuyên truyền Luật Biên phòng cho 120 lượt người.", True),
        ("\nTừ đầu năm đến nay, Đồn đã tổ chức tuyên truyền cho 2.100 lượt người.", False),
        ("\nĐồn tiếp tục tuyên truyền cho 300 hộ dân trong thời gian tới.", False),
    ],
)  # fmt: skip
def test_what_else_is_done_for_people_on_a_day_of_help_is_an_event(paragraph: str, second: bool):
    expected = ["khám bệnh, cấp thuốc miễn phí 2023-07-06", *(["tuyên truyền 2023-07-06"] if second else [])]
    assert told(HELP + paragraph) == expected


@pytest.mark.parametrize(
    ("paragraph", "events"),
    [
        (
            "\nCũng nhằm nâng cao chất lượng chuyên môn, trong 2 ngày 4 và 5/7, Cục tổ chức lớp tập huấn cho 65 cán bộ.",
            ["hội nghị tập huấn 2023-07-04"],
        ),
        (
            "\nTrước đó, chiều 5/7, Cục tổ chức Lễ khánh thành nhà văn hóa. Cũng trong buổi chiều, Cục tổ chức gặp mặt cán bộ.",
            ["gặp mặt 2023-07-05", "lễ khánh thành 2023-07-05"],
        ),
        ("\nTrong năm, ngày 4/3, Cục đã tổ chức lớp tập huấn cho 65 cán bộ.", []),
        ("\nPhát biểu tại lễ khánh thành chiều 5/7, Thiếu tướng Vũ Hải biểu dương Cục.", []),
    ],
)
def test_a_day_further_on_in_a_paragraph_may_be_of_an_event(paragraph: str, events: list[str]):
    assert told(REVIEW + paragraph) == ["hội nghị sơ kết 2023-07-06", *events]


@pytest.mark.parametrize(
    "paragraph",
    [
        "\nDịp này, Đoàn đã tặng quà 20 gia đình chính sách.",
        "\nCùng buổi sáng, Đoàn dâng hương tại Nhà bia tưởng niệm và tặng 30 suất quà.",
        "\nTrước đó, Tư lệnh Quân khu đã tiếp xã giao Đoàn.",
    ],
)
def test_gifts_wreaths_and_receptions_are_part_of_a_visit(paragraph: str):
    assert told(VISIT + paragraph) == ["thăm và làm việc 2023-07-06"]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Đánh trúng cả bốn tốp\nCòi báo động vang lên lúc 3 giờ sáng 6/7. Theo phương án diễn tập, các phân đội chuyển trạng"
            " thái, đánh trả địch giả định.\nBộ đội thực hành bắn tại thao trường.",
            ["diễn tập 2023-07-06"],
        ),
        (
            "Giọt hồng từ những bàn tay thợ\nAnh Chức không về phòng trọ mà xếp hàng sau gần trăm người.\nSáng 6/7, khu công nghiệp"
            " đông như hội: 617 đơn vị máu được trao đi, kho máu của bệnh viện đầy lên.",
            ["hiến máu 2023-07-06"],
        ),
        (
            "Cử tri nói thẳng\nBà Y Blưi đứng lên đầu tiên.\nHơn 120 cử tri dự buổi tiếp xúc hôm thứ Năm vừa qua (6/7). Kiến nghị của"
            " cử tri được đại biểu Quốc hội tiếp thu.",
            ["hội nghị tiếp xúc cử tri 2023-07-06"],
        ),
        ("Chuyện làng\nHôm qua, trời mưa to, cả làng ra đồng gặt lúa chạy lũ.", []),
        ("Thơ\nNăm 1972, anh dự một cuộc diễn tập, rồi ra trận. Hôm qua chị kể lại chuyện ấy.", []),
        ("Hiến máu cần biết\nNgười hiến máu phải đủ 18 tuổi. Kho máu cần nhiều nhóm máu hiếm.", []),
        ("Tin mừng\nTheo kế hoạch, ngày 6/7, Sư đoàn sẽ tổ chức diễn tập, bắn đạn thật.", []),
    ],
)
def test_the_words_of_a_bulletin_tell_an_event_that_no_sentence_announces(text: str, events: list[str]):
    assert told(text) == events


def test_days_without_a_year_have_that_of_the_main_event_where_a_page_has_no_date():
    text = (
        "Sơ kết công tác\nHội nghị sơ kết công tác 6 tháng đầu năm 2023 được Cục Quân y tổ chức ngày 6/7 tại Hà Nội.\n"
        "Trước đó, sáng 5/7, Cục tổ chức Lễ khánh thành nhà văn hóa."
    )
    assert told(text, None) == ["hội nghị sơ kết 2023-07-06", "lễ khánh thành 2023-07-05"]


def test_a_contest_told_at_its_end_began_on_its_first_day():
    text = "Bế mạc Hội thao\nSau 3 ngày tranh tài, chiều 6/7, Sư đoàn 5 tổ chức bế mạc Hội thao quân sự."
    (event,) = read(text, "2023-07-08").events
    assert (str(event.start_date), str(event.end_date), event.part_of_day) == ("2023-07-04", "2023-07-06", None)


def test_a_day_long_past_is_no_event_of_another_kind_than_the_title_tells():
    text = "Khai giảng năm học mới\nHồi trống vang lên. Ngày 5/3, khóa bác sĩ thứ tám làm lễ tốt nghiệp."
    assert "lễ bế giảng 2023-03-05" not in told(text)


def test_a_conference_of_no_kind_has_the_kind_that_title_or_captions_tell():
    text = "Hội nghị khoa học thường niên\nSáng 6/7, hội nghị do Bệnh viện Quân y 7 tổ chức thu hút 300 thầy thuốc."
    assert told(text) == ["hội nghị khoa học 2023-07-06"]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Truy điệu liệt sĩ\nBộ CHQS tỉnh Quảng Trị tổ chức lễ truy điệu 14 hài cốt liệt sĩ. Buổi lễ diễn ra sáng 6/7 tại Nghĩa trang.",
            ["lễ truy điệu 2023-07-06"],
        ),
        (
            "Ra quân đợt cao điểm\nLễ ra quân do Công an tỉnh Nghệ An tổ chức kéo dài chưa đầy một giờ.\nPhát lệnh ra quân sáng thứ"
            " Năm, 6/7, Đại tá Lưu Trọng Bảng yêu cầu các đơn vị.",
            ["lễ ra quân 2023-07-06"],
        ),
        (
            "Khép lại Hội thi\nSau hai ngày tranh tài sôi nổi (5 và 6/7), Hội thi Điều dưỡng giỏi do Sở Y tế tổ chức đã khép lại.",
            ["hội thi 2023-07-05"],
        ),
        (
            "Tuần lễ\nKhép lại tuần làm việc là Hội nghị khoa học thường niên, diễn ra trong 2 ngày 5 và 6/7, có 300 đại biểu.",
            ["hội nghị khoa học 2023-07-05"],
        ),
        (
            "Diễn đàn trẻ\nSáng 6/7, Bệnh viện Quân y 7 tổ chức Hội nghị khoa học.\nTrước đó một ngày, 5/7, Bệnh viện tổ chức hiến máu.",
            ["hội nghị khoa học 2023-07-06", "hiến máu 2023-07-05"],
        ),
        (
            "Sau loạt đạn cuối\nSáng 5/7, Sư đoàn 5 tổ chức diễn tập.\nRời thao trường, chiều cùng ngày, đoàn công tác của Quân khu 5 đã đến kiểm tra"
            " công tác sẵn sàng chiến đấu tại Trung đoàn 991.",
            ["diễn tập 2023-07-05", "kiểm tra 2023-07-05"],
        ),
        (
            "Công bố quyết định\nSáng 5/7, Công an tỉnh Nghệ An tổ chức Lễ công bố quyết định về công tác cán bộ; chiều cùng ngày, Công an"
            " tỉnh Nghệ An ra quân thực hiện đợt cao điểm.",
            ["lễ công bố quyết định 2023-07-05", "lễ ra quân 2023-07-05"],
        ),
        (
            "Tiếp đoàn\nChiều 5/7, Bộ trưởng Bộ Y tế Lê Chí Dũng đã tiếp xã giao Đoàn công tác Tổ chức Y tế Thế giới.\nTrước đó, sáng cùng"
            " ngày, Bộ trưởng Bộ Y tế đã kiểm tra công tác phòng dịch tại Bệnh viện Bạch Mai.",
            ["tiếp đoàn 2023-07-05", "kiểm tra 2023-07-05"],
        ),
        (
            "Vào năm học mới\nThứ Tư vừa qua (5/7), Học viện Hậu cần khai giảng năm học mới, đồng thời công bố quyết định bổ nhiệm Phó"
            " Giám đốc Học viện.",
            ["lễ khai giảng 2023-07-05", "lễ công bố quyết định 2023-07-05"],
        ),
        (
            "Nói không với ma túy\nCâu hỏi ấy được đặt ra trong buổi tuyên truyền do Công an tỉnh Nghệ An tổ chức sáng thứ Tư (5/7).",
            ["tuyên truyền 2023-07-05"],
        ),
    ],
)
def test_the_day_of_an_event_may_stand_elsewhere_than_its_name(text: str, events: list[str]):
    assert told(text) == events


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Lễ truy điệu\nBộ CHQS tỉnh tổ chức lễ truy điệu liệt sĩ. Buổi lễ theo Quyết định số 12/QĐ-BQP ngày 6/7/2023.", "2023-07-08"),
        ("Lễ truy điệu\nBộ CHQS tỉnh tổ chức lễ truy điệu liệt sĩ. Đại hội họp ngày 12/5/2015 đã đề ra việc này.", None),
    ],
)  # fmt: skip
def test_a_day_of_a_document_or_of_history_is_not_that_of_an_event_without_one(text: str, published: str | None):
    assert told(text, published) == ["lễ truy điệu None"]
