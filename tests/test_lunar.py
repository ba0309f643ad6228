"""Lunar days against days that calendars and news have: Tết, Giỗ Tổ, Trung thu, leap months."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.normalize.lunar import solar_day


@pytest.mark.parametrize(
    ("year", "tet"),
    [
        (1968, date(1968, 1, 29)), (1985, date(1985, 1, 21)), (2000, date(2000, 2, 5)), (2007, date(2007, 2, 17)), (2020, date(2020, 1, 25)),
        (2021, date(2021, 2, 12)), (2022, date(2022, 2, 1)), (2023, date(2023, 1, 22)), (2024, date(2024, 2, 10)), (2025, date(2025, 1, 29)),
        (2026, date(2026, 2, 17)), (2030, date(2030, 2, 2)),
    ],
)  # fmt: skip
def test_tet_is_the_first_of_the_first_month(year, tet):
    """1968, 1985 and 2007 are days on which China's calendar had another."""
    assert solar_day(1, 1, year) == tet


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        (10, 3, 2024, date(2024, 4, 18)), (10, 3, 2023, date(2023, 4, 29)), (15, 8, 2023, date(2023, 9, 29)), (15, 8, 2024, date(2024, 9, 17)),
        (15, 1, 2024, date(2024, 2, 24)), (15, 7, 2025, date(2025, 9, 6)), (30, 12, 2023, date(2024, 2, 9)), (23, 12, 2024, date(2025, 1, 22)),
    ],
)  # fmt: skip
def test_feasts_fall_on_the_days_they_were_kept(day, month, year, found):
    assert solar_day(day, month, year) == found


def test_a_leap_month_comes_after_the_one_of_its_number():
    assert solar_day(1, 2, 2023) == date(2023, 2, 20)
    assert solar_day(1, 2, 2023, leap=True) == date(2023, 3, 22)
    assert solar_day(1, 6, 2025, leap=True) == date(2025, 7, 25)


@pytest.mark.parametrize(
    ("day", "month", "year", "leap"),
    [(30, 12, 2024, False), (31, 1, 2024, False), (0, 1, 2024, False), (1, 13, 2024, False), (1, 1, 2024, True), (1, 3, 2023, True), (1, 1, 1967, False), (1, 1, 2100, False)],
)  # fmt: skip
def test_days_that_are_not_in_the_calendar_are_none(day, month, year, leap):
    assert solar_day(day, month, year, leap=leap) is None


def test_every_day_of_the_solar_year_is_one_lunar_day():
    days = [
        found
        for year in (2022, 2023, 2024, 2025)
        for month in range(1, 13)
        for leap in (False, True)
        for day in range(1, 31)
        if (found := solar_day(day, month, year, leap=leap))
    ]
    assert len(days) == len(set(days))
    assert {(b - a).days for a, b in zip(sorted(days), sorted(days)[1:], strict=False)} == {1}
