"""Periods: stretches of time, not days, durations or aims."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.normalize.dates import find_dates
from pipelines.normalize.periods import periods_of

SEEN_FROM = date(2023, 11, 24)


def periods(text: str, anchor: date | None = SEEN_FROM) -> list[tuple[str, str, str]]:
    found = periods_of(find_dates(text, anchor), text)
    return [(one.kind, str(one.start_date), str(one.end_date)) for one in found]


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("6 tháng đầu năm 2023", "half", "2023-01-01", "2023-06-30"),
        ("sáu tháng cuối năm 2022", "half", "2022-07-01", "2022-12-31"),
        ("6 tháng đầu năm", "half", "2023-01-01", "2023-06-30"),
        ("quý I/2023", "quarter", "2023-01-01", "2023-03-31"),
        ("quý IV năm 2022", "quarter", "2022-10-01", "2022-12-31"),
        ("9 tháng đầu năm 2022", "months", "2022-01-01", "2022-09-30"),
        ("tháng 6/2023", "month", "2023-06-01", "2023-06-30"),
        ("năm 2023", "year", "2023-01-01", "2023-12-31"),
        ("năm ngoái", "year", "2022-01-01", "2022-12-31"),
        ("giai đoạn 2013 – 2020", "years", "2013-01-01", "2020-12-31"),
        ("các năm 2021, 2022 và 2023", "years", "2021-01-01", "2023-12-31"),
        ("nhiệm kỳ 2020-2025", "term", "2020-01-01", "2025-12-31"),
        ("năm học 2022-2023", "school_year", "2022-01-01", "2023-12-31"),
        ("những năm 1990", "decade", "1990-01-01", "1999-12-31"),
        ("từ năm 2017 đến nay", "years", "2017-01-01", "2023-11-24"),
        ("từ năm 2015 đến năm 2020", "years", "2015-01-01", "2020-12-31"),
        ("từ tháng 3 đến tháng 6/2023", "months", "2023-03-01", "2023-06-30"),
        ("từ 01/01/2023 đến 30/6/2023", "days", "2023-01-01", "2023-06-30"),
        ("từ tháng 10/2017 đến ngày 5/6/2023", "months", "2017-10-01", "2023-06-05"),
    ],
)  # fmt: skip
def test_a_stretch_of_time_is_a_period(text, kind, start, end):
    assert periods(text) == [(kind, start, end)]
    (period,) = periods_of(find_dates("Trong " + text + ", đơn vị", SEEN_FROM), "Trong " + text + ", đơn vị")
    assert ("Trong " + text)[period.start : period.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "ngày 24/11/2023", "chiều 8-7", "từ ngày 3 đến 5/8/2022", "trong 2 ngày 5 và 6/7", "tuần này", "10 năm", "6 năm qua",
        "đến năm 2020 và những năm tiếp theo", "trước năm 2020", "từ năm 2017 trở đi", "cùng kỳ năm 2022", "8h đến 11h ngày 5/7/2023", "ngày 10 tháng 3 âm lịch",
        "Quốc khánh 2-9", "Nghị quyết 28-NQ/TW",
    ],
)  # fmt: skip
def test_days_durations_and_aims_are_none(text):
    assert periods(text) == []


def test_without_an_anchor_what_counts_from_it_is_left_out():
    assert periods("6 tháng đầu năm", None) == []
    assert periods("6 tháng đầu năm 2023", None) == [("half", "2023-01-01", "2023-06-30")]


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị tổng kết công tác quân sự, quốc phòng địa phương năm 2023",
        "Hội nghị triển khai nhiệm vụ năm 2024.",
        "Năm 2023, toàn ngành đã khám cho 2 triệu lượt người.",
        "Năm 2023 là năm có nhiều khó khăn.",
        "Trong năm 2023, Lữ đoàn đã huấn luyện 100% nội dung.",
        "Báo cáo nêu rõ năm 2022 đơn vị đã hoàn thành 15 chỉ tiêu.",
        "Tổng kết phong trào thi đua “Vì an ninh Tổ quốc” năm 2018, các đơn vị đã ký.",
        "phương hướng các hoạt động trong năm 2019, quyết tâm",
        "Doanh thu năm 2024 đạt 30 tỷ đồng.",
        "Tỷ lệ quân số khỏe năm 2023 đạt 99%.",
        "Tháng 10/2023, Công an tỉnh đã bắt 30 đối tượng.",
        "Trong tháng 6/2024, lực lượng CSGT xử lý 300 trường hợp.",
        "Kết quả thực hiện Nghị quyết lãnh đạo nhiệm vụ năm 2022",
        "Thượng tá Bùi Văn An trình bày, năm 2023, Đảng ủy đã lãnh đạo",
        "Nhìn lại năm 2023, tập thể y bác sĩ đã vượt khó.",
        "Báo cáo kết quả công tác tháng 5 và phương hướng tháng 6/2024 của Công an huyện",
        "Kết thúc năm 2023, Công ty nộp ngân sách 20 tỷ đồng.",
    ],
)
def test_a_year_that_is_reported_on_is_a_period(text):
    assert periods(text, date(2024, 12, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Hội thi nuôi quân giỏi năm 2023",
        "Tuyển sinh đại học năm 2024 có nhiều điểm mới",
        "Luật Đất đai năm 2013 được thay thế.",
        "Nghị quyết của Đảng ủy Bệnh viện năm 2023 đề ra",
        "tăng 5% so với năm 2022.",
        "cao hơn kế hoạch năm 2022",
        "Anh sinh năm 1990, quê ở Nghệ An",
        "Bệnh viện thành lập năm 1976",
        "Trường được thành lập vào năm 1976.",
        "Năm 1976, Bệnh viện được thành lập với 30 giường.",
        "Cuối năm 2022, đơn vị chuyển về Hà Nội.",
        "Ngay từ đầu năm, đơn vị đã quán triệt",
        "Lễ ra quân huấn luyện năm 2024",
        "Danh hiệu Chiến sĩ thi đua năm 2023",
        "từ nhiều năm nay, bà con",
        "Chiến thắng Điện Biên Phủ năm 1954",
        "so với 6 tháng đầu năm 2022",
        "Năm 2019, đồng chí tốt nghiệp Học viện Quân y.",
        "(năm 2023)",
        "Diễn tập khu vực phòng thủ tỉnh Quảng Nam năm 2024 (QNa-24)",
        "Khai mạc Giải bóng chuyền toàn quân năm 2023.",
        "riêng tháng 7 lại tăng 1,8 lần",
        "Năm nay, huyện được giao chỉ tiêu 112 quân.",
        "Kỷ niệm 76 năm Ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2023)",
        "mùa khô 2023 - 2024, Đội Quy tập đã tìm",
    ],
)
def test_a_year_that_dates_a_thing_or_is_compared_with_is_none(text):
    assert periods(text, date(2024, 12, 1)) == []
