"""The month a URL is filed under: a date that stands in it, or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.discovery.listed import Item
from crawlers.month import month_of

TODAY = date(2026, 8, 5)
HOST = "https://bao.example.vn"


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("/2024/05/09/hien-mau", "2024-05"),
        ("/tin/2024/5/9/hien-mau", "2024-05"),
        ("/2024/05/hien-mau-31", "2024-05"),
        ("/2024/05/31337/hien-mau", "2024-05"),
        ("/202405/hien-mau-7", "2024-05"),
        ("/tin/202405/09/hien-mau", "2024-05"),
        ("/20240509/hien-mau", "2024-05"),
        ("/2024-05-09/hien-mau.htm", "2024-05"),
        ("/2024-05-09-hien-mau.html", "2024-05"),
        ("/portal/pages/2023-04-05/Lu-doan-hien-mau-11.aspx", "2023-04"),
        ("/hien-mau-20240509.html", "2024-05"),
        ("/upload_20240509_a/x", "2024-05"),
        ("/hien-mau-102260731091819693.htm", "2026-07"),
        ("/hien-mau-20260731091819693.htm", "2026-07"),
        ("/hien-mau-20260731091819.htm", "2026-07"),
        ("/20260731091819693.htm", "2026-07"),
        ("/2024/05/09/hien-mau-20240509.html", "2024-05"),
        ("/2024/05/hien-mau-20240531.html", "2024-05"),
        ("/2026/08/07/ngay-kia", "2026-08"),
        ("/1995/01/01/dau-tien", "1995-01"),
        ("/2024/02/29/nhuan", "2024-02"),
    ],
)
def test_a_date_in_the_path_gives_the_month(path: str, month: str) -> None:
    assert month_of(HOST + path, None, TODAY) == (month, 0)


@pytest.mark.parametrize(
    "path",
    [
        "/tin-tuc/quan-triet-nghi-quyet-721206",
        "/hien-mau-0912345",
        "/2024/",
        "/2024/hien-mau",
        "/nghi-quyet-2025",
        "/giai-doan-2021-2025",
        "/goi-0912345678.html",
        "/2024/13/hien-mau",
        "/202413/hien-mau",
        "/202400/hien-mau",
        "/199412/hien-mau",
        "/202609/hien-mau",
        "/2024050/hien-mau",
        "/tin/202405",
        "/tin-202405/hien-mau",
        "/202405/202406/hien-mau",
        "/2024/02/30/hien-mau",
        "/2024/05/32/hien-mau",
        "/2024/5/hien-mau",
        "/20240532/hien-mau",
        "/2023-02-29/a",
        "/truoc-ngay-2024-05-09-phai-nop",
        "/a20240509",
        "/20240509b/x",
        "/hien-mau-120240509.html",
        "/1994/12/31/a",
        "/2026/08/08/ngay-mai-nua",
        "/2026/09/a",
        "/2024/05/09/hien-mau-20240510.html",
        "/2024/05/hien-mau-20240601.html",
        "/hien-mau-20240509-20240510.html",
        "/hien-mau-102269931091819693.htm",
        "/hien-mau-102260731251819693.htm",
        "/hien-mau-99260731091819.htm",
        "/hien-mau-102260731091819693-amp.htm",
        "/bai?ngay=2024-05-09",
        "/chuyen-muc/05/2024/a",
    ],
)
def test_what_only_looks_like_a_date_gives_nothing(path: str) -> None:
    assert month_of(HOST + path, None, TODAY) == ("2026-08", 3)


def test_the_listing_comes_before_the_month_of_discovery_and_the_url_before_both() -> None:
    listed = Item(HOST, date(2024, 3, 31), "listing")
    assert month_of(f"{HOST}/a-721206", listed, TODAY) == ("2024-03", 1)
    assert month_of(f"{HOST}/a-721206", Item(HOST, date(2024, 3, 31), "news"), TODAY) == ("2024-03", 2)
    assert month_of(f"{HOST}/2024/04/a", listed, TODAY) == ("2024-04", 0)


@pytest.mark.parametrize("day", [date(2026, 8, 8), date(1970, 1, 1), date(9999, 12, 31)])
def test_a_future_or_absurd_day_of_the_listing_falls_through(day: date) -> None:
    assert month_of(f"{HOST}/a", Item(HOST, day, "listing"), TODAY) == ("2026-08", 3)


def test_lastmod_is_never_asked() -> None:
    item = Item(HOST, None, None, datetime(2020, 1, 1, tzinfo=UTC))
    assert month_of(f"{HOST}/a", item, TODAY) == ("2026-08", 3)


def test_days_before_the_caller_s_first_are_not_believed() -> None:
    since = date(2015, 6, 10)
    assert month_of(f"{HOST}/2015/06/a", None, TODAY, not_before=since) == ("2015-06", 0)
    assert month_of(f"{HOST}/2015/06/09/a", None, TODAY, not_before=since)[1] == 3
    assert month_of(f"{HOST}/1994/06/a", None, TODAY, not_before=date(1990, 1, 1))[1] == 3


@given(st.text(), st.dates(min_value=date(1996, 1, 1), max_value=date(2100, 1, 1)))
def test_any_url_gives_a_month_not_after_the_day_after_tomorrow(url: str, today: date) -> None:
    month, rank = month_of(url, None, today)
    assert "1995-01" <= month <= "2100-01" and rank in (0, 3)
    assert len(month) == 7


@given(st.from_regex(r"/[0-9/-]{0,40}\.htm", fullmatch=True))
def test_paths_of_digits_never_raise(path: str) -> None:
    assert month_of(HOST + path, None, TODAY)[0] <= "2026-08"
