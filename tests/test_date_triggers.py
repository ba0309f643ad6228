"""Reading dates only where one may begin gives what reading from every word gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize import date_grammar
from pipelines.normalize.date_triggers import triggers
from pipelines.normalize.spelling import plain

WORDS = ["ngày", "tháng", "năm", "từ", "đến", "tới", "trước", "sau", "hết", "hôm", "nay", "qua", "mai", "kia", "ngoái", "sáng", "chiều", "tối", "đêm", "rạng", "khuya", "nửa", "giữa", "buổi", "thứ", "hai", "ba", "tư", "bảy", "một", "mười", "mươi", "chủ", "nhật", "cn", "quý", "quí", "I", "II", "giờ", "phút", "giây", "tiếng", "tuần", "này", "8h30", "15h", "8:30", "7", "12", "31", "2023", "1.250", "3,5", "5%", "24/11", "24/11/2023", "15-16/9", "28-NQ/TW", "2020-2025", "-", ",", ".", ";", ":", "(", ")", "và", "cùng", "kỳ", "những", "các", "giai", "đoạn", "nhiệm", "khóa", "học", "mùng", "rằm", "tết", "giao", "thừa", "thập", "niên", "kỷ", "hơn", "trên", "khoảng", "triệu", "người", "lượt", "sang", "đầu", "cuối", "lúc", "hồi", "ngay", "hằng", "mỗi", "thời", "chậm", "nhất", "là", "vào", "T9", "Monday", "May", "November", "26", "26th", "GMT+7", "âm", "lịch", "thang", "nam"]  # fmt: skip


def everywhere(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    with monkeypatch.context() as patched:
        patched.setattr(date_grammar, "triggers", lambda spelled: list(range(len(spelled.low))))
        return told(text)


def places(text: str) -> list[int]:
    return triggers(plain(text))


def told(text: str) -> tuple[object, object]:
    return date_grammar.read_dates(text, date(2023, 6, 29))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "\n", "\n\n"]), min_size=1, max_size=14).map(" ".join))
def test_no_date_begins_elsewhere(text):
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert told(text) == everywhere(text, monkeypatch)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("0123456789/-.,: hngàyđếtừ()\n"), max_size=24))
def test_no_date_begins_elsewhere_in_odd_marks(text):
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert told(text) == everywhere(text, monkeypatch)


def test_no_date_begins_elsewhere_in_bulletins(monkeypatch):
    for file in sorted((Path(__file__).parent / "labelled" / "open").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        assert told(text) == everywhere(text, monkeypatch)


@pytest.mark.parametrize(
    "text",
    [
        "25 cán bộ, 1.250 người, 3,5 triệu đồng, 98,5%", "Thông tư 30/2020/TT-BYT, Chỉ thị 28-CT/TW", "sau thời gian dài",
        "các đơn vị, những năm qua", "từ các cơ quan đến các xã", "nhiệm vụ, thời tiết, giai cấp", "chủ nhiệm, thứ trưởng",
    ],
)  # fmt: skip
def test_most_words_a_date_can_begin_with_begin_none(text):
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng 24/11, tại Hà Nội", [0, 5]), ("từ ngày 3 đến 5/8", [0, 3, 8, 10, 14]), ("hai năm sau", [0]),
        ("(ngày 5/8)", [1, 6]), ("ngày hội; ngày mai", [10]),
    ],
)  # fmt: skip
def test_places_are_those_of_words_and_numbers(text, expected):
    assert [place for place in places(text) if place in expected] == expected
