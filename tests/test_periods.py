"""Periods: stretches of time, not days, durations or aims."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.normalize.dates import find_dates
from pipelines.normalize.periods import periods_of

SEEN_FROM = date(2023, 11, 24)


def periods(text: str, anchor: date | None = SEEN_FROM) -> list[tuple[str, str, str]]:
    found = periods_of(find_dates(text, anchor))
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
        ("từ tháng 10/2017 đến ngày 5/6/2023", "months", "2017-10-01", "2023-06-05"),
    ],
)  # fmt: skip
def test_a_stretch_of_time_is_a_period(text, kind, start, end):
    assert periods(text) == [(kind, start, end)]
    (period,) = periods_of(find_dates("Trong " + text + ", đơn vị", SEEN_FROM))
    assert ("Trong " + text)[period.start : period.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "ngày 24/11/2023", "chiều 8-7", "từ ngày 3 đến 5/8/2022", "từ 01/01/2023 đến 30/6/2023", "trong 2 ngày 5 và 6/7", "tuần này", "10 năm", "6 năm qua",
        "đến năm 2020 và những năm tiếp theo", "trước năm 2020", "từ năm 2017 trở đi", "cùng kỳ năm 2022", "8h đến 11h ngày 5/7/2023", "ngày 10 tháng 3 âm lịch",
        "Quốc khánh 2-9", "Nghị quyết 28-NQ/TW",
    ],
)  # fmt: skip
def test_days_durations_and_aims_are_none(text):
    assert periods(text) == []


def test_without_an_anchor_what_counts_from_it_is_left_out():
    assert periods("6 tháng đầu năm", None) == []
    assert periods("6 tháng đầu năm 2023", None) == [("half", "2023-01-01", "2023-06-30")]
