"""The date grammar: what is read, and above all what is not."""

from __future__ import annotations

import sys
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.dates import (
    DateMention,
    find_dates,
    latest_past_day,
    metadata_moment,
    publication_moment,
)
from pipelines.records import Unreadable

FORMS = Path(__file__).parent / "forms" / "date_forms.tsv"
"""Facts of the reference tables, kept here: a form, its anchor, and what it means."""
SEEN_FROM = date(2023, 6, 29)  # a Thursday


def only(text: str, anchor: date | None = SEEN_FROM) -> DateMention:
    (mention,) = find_dates(text, anchor)
    return mention


def isos(text: str, anchor: date | None = SEEN_FROM) -> list[str]:
    return [mention.iso for mention in find_dates(text, anchor)]


# One day


@pytest.mark.parametrize(
    "text",
    [
        "07/10/2022", "7/10/2022", "7-10-2022", "07.10.2022", "7/10/22", "7 / 10 / 2022", "7 - 10 - 2022", "7/10/ 2022",
        "ngày 7/10/2022", "ngày 07 tháng 10 năm 2022", "Ngày 7 tháng 10, 2022", "7 Tháng Mười 2022", "7 tháng 10/2022",
        "NGÀY 07 THÁNG 10 NĂM 2022", "ngày bảy tháng mười năm hai nghìn không trăm hai mươi hai", "2022-10-07",
        "2022/10/07", "Ngay 7 thang 10 nam 2022", "7 Oct 2022", "October 7, 2022", "7th October 2022", "October 7th, 2022", "7-Oct-2022", "７／１０／２０２２",
        "ngày\u00a07\u00a0tháng\u00a010\u00a0năm\u00a02022", "7–10–2022", "ngày 7 tháng\n10 năm 2022", "7\u200b/10/2022",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_dress(text):
    assert isos(text, None) == ["2022-10-07"]
    assert isos(unicodedata.normalize("NFD", text), None) == ["2022-10-07"]


@pytest.mark.parametrize(
    "text",
    [
        "05/13/2023", "31/02/2023", "29/2/2023", "ngày 31 tháng 4 năm 2023", "0/5/2023", "5/0/2023", "32/1/2023",
        "tháng 13/2023", "ngày 7/13", "ngày 31/2", "2023-13-05", "2023-02-30T10:00:00", "31/4-2/5/2023", "30-31/2/2023",
        "124/11/2023", "24/11/20234", "24/11/023", "1/1/1/1/1", "192.168.1.1",
        "7-10/2022", "5/7/3023", "2024-03-27+0708:42:50", "2024-03-27ICT08:42:50",
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_gives_nothing_not_even_a_piece_of_it(text):
    assert find_dates(text, SEEN_FROM) == []


@pytest.mark.parametrize(
    "text",
    [
        "Bệnh viện 19-8", "Bệnh viện 30/4", "BV 30-4", "đường 3/2", "Trường 19/5", "Nghị quyết 28-NQ/TW", "số 147/2006/QĐ-TTg",
        "Thông tư 30/2020/TT-BYT", "Thông tư 3/2024", "COVID-19", "Cụm thi đua số 9", "7/12 chỉ tiêu", "đạt 9/10 tiêu chí",
        "tỷ số 2-1", "24/7", "hoạt động 24/7.", "98,5%", "1,5 năm", "1.234.567 đồng", "ĐT 024.38.123.456", "3-4 người",
        "QĐ-24/11/2023", "Cục Y tế (H06)", "5-7 ngày", "10 - 15 năm", "từ 2000 đến 2500 người", "1900-2000 người",
        "quý vị đại biểu", "quý báu", "ngày càng", "ngày hội", "tháng lương", "năm đồng chí", "tối đa", "sáng tạo",
        "lần thứ tư", "cách mạng công nghiệp lần thứ 4", "6 tháng 1 lần", "mỗi tháng 2 lần", "hằng năm", "tuần tra",
        "https://a.example/2023/11/24/tin", "http://a.example/tin-24-11-2023.html", "phiên bản 1.2.15", "Điều 3-4",
        "mùng 10 tháng 3", "5 giờ", "ánh sáng 8-7", "trước đó", "từ đó đến nay", "mũi 3/4", "số 12/10/2023",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text):
    assert find_dates(text, SEEN_FROM) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 29/6", "2023-06-29"),
        ("ngày 30/6", "2022-06-30"),
        ("Sáng 8-7, Đảng ủy", "2022-07-08"),
        ("chiều ngày 19.5", "2023-05-19"),
        ("ngày 30/6 tới", "2023-06-30"),
        ("ngày 2/1 sắp tới", "2024-01-02"),
        ("ngày 29/6 vừa qua", "2022-06-29"),
        ("ngày 8 tháng 3", "2023-03-08"),
        ("ngày 8/3 năm 2019", "2019-03-08"),
        ("ngày 2/9 năm nay", "2023-09-02"),
        ("ngày 2/9 năm ngoái", "2022-09-02"),
        ("ngày 15 tháng trước", "2023-05-15"),
        ("ngày mai", "2023-06-30"),
        ("đêm qua", "2023-06-28"),
        ("hôm kia", "2023-06-27"),
        ("sáng sớm nay", "2023-06-29"),
        ("thứ Hai tuần trước", "2023-06-19"),
        ("thứ Hai vừa qua (19/6)", "2023-06-19"),
        ("sáng nay (27/6/2022)", "2022-06-27"),
        ("Hôm nay, ngày 28/6", "2023-06-28"),
    ],
)
def test_what_is_missing_comes_from_the_anchor(text, iso):
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "8-7", "ngày 29/6", "hôm nay", "sáng mai", "quý III", "tháng 6", "năm ngoái", "6 tháng đầu năm", "15-16/9",
        "thứ Hai tuần trước", "tuần này", "ngày 15 tháng trước", "từ nay đến cuối năm", "tháng này", "quý trước",
    ],
)  # fmt: skip
def test_without_an_anchor_nothing_is_filled_in(text):
    assert find_dates(text) == []


def test_a_29_february_is_not_moved_to_a_year_far_away():
    assert find_dates("ngày 29/2", date(2023, 3, 1)) == []
    assert isos("ngày 29/2", date(2025, 1, 10)) == ["2024-02-29"]


def test_a_month_or_quarter_not_yet_begun_may_be_planned_and_stays_unknown():
    assert find_dates("nhiệm vụ tháng 7 và quý III", SEEN_FROM) == []
    assert isos("tháng 12", date(2024, 1, 3)) == ["2023-12"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("rạng sáng 12/3", "rạng sáng"), ("sáng thứ Ba 21/3", "sáng"), ("Trưa 5/5", "trưa"), ("Buổi chiều ngày 5/5", "chiều"),
        ("TỐI 5/5", "tối"), ("sáng và chiều ngày 5/5", None), ("đêm 5-5", "đêm"), ("ngày 5/5", None),
    ],
)  # fmt: skip
def test_the_part_of_the_day_is_kept(text, part):
    assert only(text).part_of_day == part


@pytest.mark.parametrize(
    ("text", "mismatch"),
    [
        ("Thứ Sáu, 24/11/2023", False), ("T6, 24/11/2023", False), ("thứ 6 ngày 24/11/2023", False),
        ("24/11/2023 (thứ Sáu)", False), ("CN, 26/11/2023", False), ("Thứ tư, 24/11/2023", True),
        ("Chủ nhật 24/11/2023", True), ("lần thứ tư, 24/11/2023", False),
    ],
)  # fmt: skip
def test_a_weekday_that_disagrees_is_flagged_and_the_date_wins(text, mismatch):
    assert only(text).weekday_mismatch is mismatch


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15 giờ 20 phút ngày 13/11/2023", "2023-11-13T15:20"),
        ("15h20' ngày 13/11/2023", "2023-11-13T15:20"),
        ("13/11/2023 - 15:20", "2023-11-13T15:20"),
        ("8h tối 13/11/2023", "2023-11-13T20:00"),
        ("2 giờ chiều ngày 13/11/2023", "2023-11-13T14:00"),
        ("tối 13/11/2023, lúc 7 giờ 30 phút", "2023-11-13T19:30"),
        ("13/11/2023 03:30 PM", "2023-11-13T15:30"),
        ("13/11/2023 12:05 AM", "2023-11-13T00:05"),
        ("13/11/2023 02:05:09 CH", "2023-11-13T14:05:09"),
        ("13/11/2023 08:15 (GMT+7)", "2023-11-13T08:15+07:00"),
        ("2023-11-13T08:15:30Z", "2023-11-13T08:15:30+00:00"),
        ("9 giờ sáng mai", "2023-06-30T09:00"),
    ],
)
def test_a_clock_time_belongs_to_the_day_beside_it(text, iso):
    mention = only(text)
    assert (mention.kind, mention.iso) == ("datetime", iso)


@pytest.mark.parametrize("text", ["13/11/2023 24:00", "25:70 13/11/2023", "19h sáng 13/11/2023", "12h đêm 13/11/2023"])
def test_a_clock_time_that_cannot_be_or_is_two_leaves_the_day(text):
    assert only(text).iso == "2023-11-13"


def test_a_clock_time_between_two_days_is_given_to_neither():
    assert isos("5/3/2021 14:20 6/3/2021") == ["2021-03-05", "2021-03-06"]


def test_an_instant_of_another_zone_counts_by_its_day_in_vietnam():
    mention = only("2023-11-23T20:00:00Z")
    assert (mention.iso, mention.start_date) == ("2023-11-23T20:00:00+00:00", date(2023, 11, 24))


# Periods


@pytest.mark.parametrize(
    ("text", "kind", "iso", "precision"),
    [
        ("tháng 10-2017", "month", "2017-10", "month"),
        ("tháng 10.2017", "month", "2017-10", "month"),
        ("10/2017", "month", "2017-10", "month"),
        ("T9/2023", "month", "2023-09", "month"),
        ("tháng Mười Hai năm 2023", "month", "2023-12", "month"),
        ("tháng Năm 2023", "month", "2023-05", "month"),
        ("tháng năm năm 2023", "month", "2023-05", "month"),
        ("tháng năm 2023", "year", "2023", "year"),
        ("các tháng năm 2023", "year", "2023", "year"),
        ("tuần 2 tháng 11/2023", "month", "2023-11", "month"),
        ("số 5 tháng 9 năm 2025", "month", "2025-09", "month"),
        ("Quân khu 5 tháng 9 năm 2025", "month", "2025-09", "month"),
        ("tháng 12 tới", "month", "2023-12", "month"),
        ("quý II/2023", "period", "2023-04-01/2023-06-30", "quarter"),
        ("QUÝ 4 NĂM 2022", "period", "2022-10-01/2022-12-31", "quarter"),
        ("quý I và quý II năm 2023", "period", "2023-01-01/2023-06-30", "quarter"),
        ("nửa cuối năm 2023", "period", "2023-07-01/2023-12-31", "half"),
        ("3 tháng cuối năm 2023", "period", "2023-10-01/2023-12-31", "months"),
        ("9 tháng năm 2023", "period", "2023-01-01/2023-09-30", "months"),
        ("tuần trước", "period", "2023-06-19/2023-06-25", "week"),
        ("năm tới", "year", "2024", "year"),
        ("lần thứ 10 năm 2023", "year", "2023", "year"),
        ("giai đoạn 2021–2025", "period", "2021/2025", "years"),
        ("nhiệm kỳ 2020 - 2025", "period", "2020/2025", "term"),
        ("năm học 2023-2024", "period", "2023/2024", "school_year"),
        ("thập niên 1980", "period", "1980/1989", "decade"),
        ("các năm 2021, 2022 và 2023", "period", "2021/2023", "years"),
        ("5 năm gần đây", "duration", "P5Y", "year"),
        ("mười hai tháng", "duration", "P12M", "month"),
        ("2 năm 6 tháng", "duration", "P2Y6M", "month"),
        ("9 tháng 10 ngày", "duration", "P9M10D", "day"),
        ("trong 48 giờ", "duration", "PT48H", "hour"),
        ("ngày 22/12 hằng năm", "recurring", "--12-22", "day"),
        ("Ngày Thương binh - Liệt sĩ (27/7)", "recurring", "--07-27", "day"),
        ("cùng kỳ năm trước", "reference", "", "period"),
        ("ngày 10/3 âm lịch", "lunar", "2023-04-29", "day"),
        ("ngày 10/3/2024 âm lịch", "lunar", "2024-04-18", "day"),
        ("ngày 23/12 âm lịch", "lunar", "", "day"),
        ("rằm tháng Giêng", "lunar", "", "day"),
    ],
)
def test_a_period_is_read(text, kind, iso, precision):
    mention = only(text)
    assert (mention.kind, mention.iso, mention.precision) == (kind, iso, precision)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("từ ngày 3 đến 5/8/2022", "2022-08-03/2022-08-05"),
        ("từ 28 đến hết ngày 2/7/2022", "2022-06-28/2022-07-02"),
        ("từ 30/12 đến 2/1/2023", "2022-12-30/2023-01-02"),
        ("từ 3/8/2022 đến 5/8", "2022-08-03/2022-08-05"),
        ("29/6-2/7/2023", "2023-06-29/2023-07-02"),
        ("15 - 16/9/2022", "2022-09-15/2022-09-16"),
        ("ngày 24-25 tháng 11 năm 2022", "2022-11-24/2022-11-25"),
        ("các ngày 3, 4 và 5/8/2022", "2022-08-03/2022-08-05"),
        ("trong 2 ngày 5 và 6/7/2022", "2022-07-05/2022-07-06"),
        ("đêm 30/6, rạng sáng 1/7/2022", "2022-06-30/2022-07-01"),
        ("8h00 - 11h30 ngày 5/7/2022", "2022-07-05T08:00/2022-07-05T11:30"),
        ("từ 8h ngày 3 đến 17h ngày 5/8/2022", "2022-08-03T08:00/2022-08-05T17:00"),
        ("tháng 3, 4, 5/2023", "2023-03/2023-05"),
        ("tháng 10/2022 - 3/2023", "2022-10/2023-03"),
        ("từ 2017 đến nay", "2017/2023-06-29"),
        ("từ nay đến năm 2030", "2023-06-29/2030"),
        ("đến hết ngày 31/12/2023", "../2023-12-31"),
        ("chậm nhất là ngày 5/8/2023", "../2023-08-05"),
        ("sau năm 1975", "1975/.."),
        ("kể từ ngày 1/7/2023", "2023-07-01/.."),
    ],
)
def test_a_range_is_read(text, iso):
    mention = only(text)
    assert (mention.kind, mention.iso) == ("range", iso)


@pytest.mark.parametrize(
    "text", ["từ 5/8/2023 đến 3/8/2023", "từ tháng 9/2023 đến tháng 6/2023", "từ năm 2023 đến năm 2017"]
)
def test_a_range_that_runs_backwards_is_refused(text):
    assert find_dates(text, SEEN_FROM) == []


def test_the_days_of_two_lines_make_no_range():
    assert isos("24/11/2023\n- 26/11/2023") == ["2023-11-24", "2023-11-26"]


def test_the_number_of_a_document_and_its_day_are_told_apart():
    text = "Quyết định số 147/2006/QĐ-TTg ngày 12/6/2006 và Quyết định số 5 ngày 24/11/2023"
    assert isos(text) == ["2006-06-12", "2023-11-24"]


def test_spans_are_code_points_of_the_text_as_given():
    text = unicodedata.normalize("NFD", "Tại Bệnh viện, chiều ngày 29/6/2023, Đảng ủy họp")
    mention = only(text)
    assert text[mention.start : mention.end] == unicodedata.normalize("NFD", "chiều ngày 29/6/2023")


# The publication moment


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("Ngày đăng: 08/07/2022", "2022-07-08", None),
        ("24.11.2023", "2023-11-24", None),
        ("05/03/21", "2021-03-05", None),
        ("Thứ tư - 27/03/2024 08:42", "2024-03-27", "08:42"),
        ("Thứ Năm, 2/11/2023, 19:20 (GMT+7)", "2023-11-02", "19:20"),
        ("Ngày đăng 06/01/2016 | 03:30 PM | View count: 426", "2016-01-06", "15:30"),
        ("Publish date\u00a012/02/2020\u00a0|\u00a011:03 AM", "2020-02-12", "11:03"),
        ("Cập nhật lúc 08:15, ngày 05/03/2021", "2021-03-05", "08:15"),
        ("15h30, ngày 05/03/2021", "2021-03-05", "15:30"),
        ("08:15 05/03/2021", "2021-03-05", "08:15"),
        ("Hà Nội, ngày 05 tháng 3 năm 2021", "2021-03-05", None),
        ("TP. Hồ Chí Minh, ngày 5 tháng 3 năm 2021", "2021-03-05", None),
        ("5 Tháng Ba 2021", "2021-03-05", None),
        ("Thứ sáu Ngày 07 Tháng 10 Năm 2022, 02:47:19", "2022-10-07", "02:47:19"),
        ("２４／０８／２０２２\u3000０８：１５", "2022-08-24", "08:15"),
        ("THỨ TƯ, NGÀY 27 THÁNG 3 NĂM 2024", "2024-03-27", None),
        ("Ngày đăng: 05/06/2019 08:00 - Số lượt xem: 5 - Số lượt bình luận: 2", "2019-06-05", "08:00"),
        ("26 Nov 2023", "2023-11-26", None),
        ("05/03/2021 (đăng 05-03-2021)", "2021-03-05", None),
        ("24/11/2023\n10:05", "2023-11-24", "10:05"),
    ],
)
def test_a_dateline_is_read(text, day, clock):
    for form in ("NFC", "NFD"):
        moment = publication_moment(unicodedata.normalize(form, text))
        assert moment.day == date.fromisoformat(day)
        if clock is None:
            assert (moment.instant, moment.precision) == (None, "day")
        else:
            assert moment.instant == datetime.fromisoformat(f"{day}T{clock}+07:00")
            assert moment.instant.tzinfo is UTC
            assert moment.precision == ("second" if clock.count(":") == 2 else "minute")


@pytest.mark.parametrize(
    "text", ["21/12/2012 | 12:00 AM", "21/12/2012 00:00:00", "00:00, 21/12/2012", "0h00 21/12/2012"]
)
def test_midnight_is_a_placeholder_not_a_time(text):
    moment = publication_moment(text)
    assert (moment.day, moment.instant, moment.precision) == (date(2012, 12, 21), None, "day")
    assert moment.placeholder_midnight


@pytest.mark.parametrize(
    "text",
    [
        "", "Tin tức", "05/13/2023", "31/02/2025", "5/9/2025 và 6/9/2025", "Ngày đăng: 1/2/2023 - Cập nhật: 2/2/2023",
        "24/11", "hôm nay", "08:15", "24/11/2023 30/2/2023", "từ 1/2/2023 đến 3/2/2023", "trước ngày 24/11/2023",
        "ngày 24 tháng 13 năm 2023", "5-9/2023", "2024-03-27+0708:42:50", "13.13.2023", "tháng 3/2023 tháng 4/2023",
    ],
)  # fmt: skip
def test_a_doubtful_dateline_is_refused(text):
    with pytest.raises(Unreadable):
        publication_moment(text)


def test_a_refusal_says_what_was_found():
    with pytest.raises(Unreadable, match=r"no such day as '05/13/2023'"):
        publication_moment("Ngày đăng: 05/13/2023")


def test_two_times_of_one_day_leave_the_day_alone():
    moment = publication_moment("Đăng lúc 08:15 05/03/2021, sửa lúc 09:20 ngày 05/03/2021")
    assert (moment.day, moment.instant, moment.precision) == (date(2021, 3, 5), None, "day")


def test_a_dateline_with_the_wrong_weekday_is_flagged():
    assert publication_moment("Thứ hai, 24/11/2023").weekday_mismatch
    assert not publication_moment("Thứ sáu, 24/11/2023").weekday_mismatch


def test_a_month_alone_has_the_precision_of_a_month():
    moment = publication_moment("Tháng 9 năm 2025")
    assert (moment.day, moment.instant, moment.precision) == (date(2025, 9, 1), None, "month")


# What programs write


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("2023-11-24T09:15:00+07:00", "2023-11-24T02:15:00"), ("2023-11-24T09:15:00", "2023-11-24T02:15:00"),
        ("2023-11-24 09:15", "2023-11-24T02:15:00"), ("2023-11-24T02:15:00Z", "2023-11-24T02:15:00"),
        ("2023-11-24T09:15:00.123+0700", "2023-11-24T02:15:00"), ("20231124T091500+0700", "2023-11-24T02:15:00"),
        ("2023-11-23T21:15:00-05:00", "2023-11-24T02:15:00"), ("Fri, 24 Nov 2023 09:15:00 +0700", "2023-11-24T02:15:00"),
        ("24 Nov 2023 02:15 GMT", "2023-11-24T02:15:00"), ("Thứ sáu - 24/11/2023 09:15", "2023-11-24T02:15:00"),
        ("Fri Nov 24 2023 09:15:00 GMT+0700", "2023-11-24T02:15:00"), ("  2023-11-24T09:15+07 ", "2023-11-24T02:15:00"),
    ],
)  # fmt: skip
def test_a_machine_date_is_an_instant(value, utc):
    moment = metadata_moment(value)
    assert moment.instant == datetime.fromisoformat(utc + "+00:00")
    assert moment.day == date(2023, 11, 24)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-11-24T00:00:00", "2023-11-24"), ("2023-11-24T00:00:00Z", "2023-11-24"),
        ("2023-11-23T17:00:00Z", "2023-11-24"), ("2023-11-24 00:00", "2023-11-24"),
        ("Fri, 24 Nov 2023 00:00:00 +0700", "2023-11-24"),
    ],
)  # fmt: skip
def test_a_machine_midnight_is_a_placeholder(value, day):
    moment = metadata_moment(value)
    assert (moment.day, moment.instant, moment.precision) == (date.fromisoformat(day), None, "day")
    assert moment.placeholder_midnight


@pytest.mark.parametrize(("value", "precision"), [("2023-11-01", "day"), ("20231101", "day"), ("2023-11", "month")])
def test_a_bare_machine_date_keeps_its_precision(value, precision):
    moment = metadata_moment(value)
    assert (moment.day, moment.precision, moment.placeholder_midnight) == (date(2023, 11, 1), precision, False)


@pytest.mark.parametrize(
    "value",
    [
        "", "null", "2024-03-27+0708:42:50", "2024-03-27ICT08:42:50", "2023-13-24", "2023-02-30T10:00:00", "1700000000",
        "2023-11-24T25:00:00", "2023-11-24T09:61:00", "2023-11-24T09:15:00+07:08", "2023-11-24T09:15:00+25:00",
        "0001-01-01T00:00:00", "11/24/2023 9:15:00 AM", "2023-11-24T09:15:00+07:00 and more", "31 Nov 2023 09:15:00 GMT",
        "2023-11-24T24:00:00", "202311",
    ],
)  # fmt: skip
def test_a_broken_machine_date_is_refused(value):
    with pytest.raises(Unreadable):
        metadata_moment(value)


# The last past day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Chiều ngày 29/6/2023, Đảng ủy tổ chức hội nghị.", "2023-06-29"),
        ("Đơn vị được thành lập ngày 04-10-2018 theo Quyết định của Bộ.", "2018-10-04"),
        ("Từ ngày 3 đến ngày 5/8/2022, đoàn đã làm việc tại đơn vị.", "2022-08-05"),
        ("Theo Quyết định số 147/2006/QĐ-TTg ngày 12/6/2006 của Thủ tướng.", "2006-06-12"),
        ("Ngày 5/7/2022 họp. Ngày 1/9/2022 sẽ khai giảng. Ngày 6/7/2022 đi thăm.", "2022-07-06"),
        ("Ngày đăng: 08/07/2022\nSáng 7/7/2022, đơn vị ra quân.", "2022-07-07"),
    ],
)
def test_the_latest_past_day_is_found(text, day):
    found = latest_past_day(text)
    assert found is not None
    assert found.day == date.fromisoformat(day)
    assert found.surface == text[found.start : found.end]
    decomposed = latest_past_day(unicodedata.normalize("NFD", text))
    assert decomposed is not None
    assert decomposed.day == found.day


@pytest.mark.parametrize(
    "text",
    [
        "", "Báo cáo gửi về trước ngày 30/9/2023.", "Phấn đấu đến ngày 30/9/2023 hoàn thành.", "Hết ngày 30/9/2023 đóng cổng.",
        "Từ nay đến 30/12/2023, đơn vị huấn luyện.", "Dự kiến ngày 1/12/2023 khánh thành.",
        "Ngày 1/12/2023, Bệnh viện sẽ khai trương.", "Nghị định có hiệu lực từ ngày 01/7/2023.",
        "Kỷ niệm Ngày thành lập Quân đội (22/12/1944 - 22/12/2023), đơn vị họp.", "Bệnh viện 19-8 họp sáng 8-7.",
        "Chào mừng kỷ niệm 79 năm ngày 22/12/2023, đơn vị thi đua.", "Thời gian: 8h00 ngày 15/12/2023 tại hội trường.",
        "Ngày đăng: 08/07/2022", "Thứ sáu Ngày 07 Tháng 10 Năm 2022, 02:47:19", "24.11.2023\n",
        "Trong tháng 6/2023 và năm 2023, quý I/2023 đơn vị hoàn thành.", "Ngày 31/02/2023 đơn vị họp.",
        "Kính mời dự hội nghị ngày 24/11/2023.", "Hạn nộp hồ sơ: 24/11/2023 tại phòng.", "Từ ngày 1/7/2023 tăng lương.",
    ],
)  # fmt: skip
def test_a_day_that_may_lie_ahead_is_no_past_day(text):
    assert latest_past_day(text) is None


# Properties


@given(
    st.dates(date(1900, 1, 1), date(2150, 12, 31)),
    st.sampled_from(["/", "-", ".", " / ", " - "]),
    st.booleans(),
    st.sampled_from(["{}", "ngày {}", "Ngày đăng: {}", "Chiều {}, đơn vị", "({})", "{}.", "Họp {} tại Hà Nội"]),
)
def test_every_day_round_trips(day, separator, padded, frame):
    parts = (f"{day.day:02}", f"{day.month:02}") if padded else (str(day.day), str(day.month))
    text = frame.format(separator.join((*parts, str(day.year))))
    (mention,) = find_dates(text)
    assert (mention.kind, mention.iso, mention.start_date, mention.end_date) == ("date", str(day), day, day)
    assert publication_moment(text).day == day


@given(st.dates(date(1900, 1, 1), date(2150, 12, 31)), st.booleans())
def test_every_formal_dateline_round_trips(day, capitals):
    text = f"Hà Nội, ngày {day.day:02} tháng {day.month} năm {day.year}"
    assert publication_moment(text.upper() if capitals else text).day == day


@given(st.integers(13, 99), st.integers(1, 12), st.integers(1900, 2100), st.sampled_from("/-."))
def test_a_month_over_12_is_never_swapped(month, day, year, separator):
    assert find_dates(f"{day}{separator}{month}{separator}{year}", SEEN_FROM) == []


@given(st.datetimes(datetime(1900, 1, 2), datetime(2150, 12, 30)), st.integers(-48, 56))
def test_every_iso_instant_keeps_its_moment(there, quarters):
    minutes = quarters * 15
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    value = f"{there:%Y-%m-%dT%H:%M:%S}{zone}"
    moment = metadata_moment(value)
    assert moment.placeholder_midnight or moment.instant == datetime.fromisoformat(value)


_PIECES = st.sampled_from(
    "ngày tháng năm quý từ đến trước sau nay qua hôm sáng chiều đêm rạng thứ hai tư sáu chủ nhật T2 CN lúc giờ phút đầu cuối "
    "giai đoạn nhiệm kỳ và , - / . : ( ) | ; % + \n \n\n 1 2 5 12 13 29 30 31 45 99 1944 2023 2100 24/11/2023 8-7 15-16/9 31/2 "
    "29/6-2/7/2023 2020-2025 10/2017 08:15 15h30 24h AM PM GMT+7 I IV âm lịch mùng rưỡi tuần tới mười lăm nghìn May Nov "
    "2023-11-24T09:15:00Z 28-NQ/TW 0 000 999999 İ ß e\u0323\u0302 \u200b \u00a0 ² ٣ 三".replace("\n\n", "¶").split(" ")
).map(lambda piece: piece.replace("¶", "\n\n"))


@settings(max_examples=400)
@given(
    st.one_of(st.text(), st.lists(_PIECES).map(" ".join), st.lists(_PIECES).map("".join)),
    st.sampled_from([None, SEEN_FROM, date.min, date.max, date(2024, 2, 29)]),
)
def test_no_text_makes_it_raise_and_spans_never_overlap(text, anchor):
    last = 0
    for mention in find_dates(text, anchor):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        if mention.start_date and mention.end_date and not mention.iso.count("T"):
            assert mention.start_date <= mention.end_date
        assert mention.kind != "none"
    past = latest_past_day(text)
    assert past is None or past.surface == text[past.start : past.end]


@settings(max_examples=200)
@given(st.one_of(st.text(), st.lists(_PIECES).map(" ".join), st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.{0,8}")))
def test_a_moment_is_read_or_refused_and_nothing_else(text):
    for read in (publication_moment, metadata_moment):
        try:
            moment = read(text)
        except Unreadable:
            continue
        assert (moment.instant is None) == (moment.precision in {"day", "month", "year"})


def _steps(text: str) -> int:
    """How many Python and C calls it takes to read a text: the work done, whatever the machine."""
    steps = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        find_dates(text, SEEN_FROM)
        latest_past_day(text)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize(
    "unit",
    [
        "1/", "1-", "1/1 ", "1, ", "1 - ", "ngày 1, ", "ngày ", "từ 1 đến ", "tháng 3, ", "ngày 29/6, ", "năm ", "2020, ",
        "1/1/2020 - ", "đêm 7, ", "quý I, ", "10:10 ", "kỷ niệm 1/2/2020 ", "hai mươi ", "(", "\n", "1 tháng ",
    ],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(unit):
    repeats = 400
    assert _steps(unit * 2 * repeats) < 2.3 * _steps(unit * repeats) + 200


@pytest.mark.parametrize(
    "text", ["7" * 10**6, "1/" * 500_000, " " * 10**6, "\n " * 500_000, "a\u0323" * 100_000, "." * 10**6]
)
def test_a_million_characters_of_nothing_are_read(text):
    assert find_dates(text, SEEN_FROM) == []


# The shared table


def _forms() -> list[list[str]]:
    lines = FORMS.read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize("row", _forms(), ids=lambda row: row[0])
def test_the_shared_forms_are_read_as_the_table_says(row):
    _id, text, anchor, kind, iso, start, end, precision, part = row[:9]
    found = find_dates(text, date.fromisoformat(anchor) if anchor else None)
    if kind == "none":
        assert found == []
        return
    (mention,) = found
    dates = tuple("" if day is None else day.isoformat() for day in (mention.start_date, mention.end_date))
    assert (mention.kind, mention.precision, mention.part_of_day or "") == (kind, precision, part)
    assert (mention.iso, dates) == (iso, (start, end))


@pytest.mark.parametrize("text", ["0000-01-01T00:00", "0000-01-01", "ngày 1/1/0000"])
def test_a_year_that_no_calendar_has_is_refused(text: str) -> None:
    for read in (publication_moment, metadata_moment):
        with pytest.raises(Unreadable):
            read(text)
    assert all(mention.start_date is None or mention.start_date.year > 0 for mention in find_dates(text))


def test_an_office_named_after_plans_plans_nothing() -> None:
    found = latest_past_day("Được biết, Phòng Kế hoạch tổng hợp thành lập ngày 10/01/1976, từng 4 lần được khen.")
    assert found is not None and found.day == date(1976, 1, 10)
    assert latest_past_day("Theo kế hoạch, đơn vị thành lập ngày 10/01/1976.") is None
