"""The survey on sites nobody tuned it for: whole, or it says what is missing; never documents or lists as bulletins."""

from __future__ import annotations

import pytest

from crawlers.survey.folders import kinds, no_news, without
from crawlers.survey.shapes import Address, grouped, pattern_of, taken_apart
from tests.strangers import STRANGERS, Met, met, surveyed

SEED = 31
UNREAD = {"joomla"}
"""Whose pages the reader takes for standing ones: a list of buttons stands between title and day."""


def meet(name: str, seed: int = SEED) -> Met:
    site = STRANGERS[name](seed)
    return met(site, surveyed(site))


def addresses(*paths: str) -> list[Address]:
    found = [taken_apart(f"https://so.example.vn{path}") for path in paths]
    return [address for address in found if address is not None]


def test_documents_questions_and_videos_of_the_shape_of_news_are_left_out_and_that_is_said() -> None:
    found = meet("documents")
    assert found.is_whole and not found.missing and found.no_bulletin == 0
    assert any("hoi-dap, thu-vien-anh, van-ban, video" in doubt for doubt in found.doubts)


def test_the_english_twin_of_a_site_is_not_collected() -> None:
    found = meet("bilingual")
    assert (found.reached, found.no_bulletin) == (found.bulletins, 0)


def test_a_site_in_another_language_alone_is_said_to_be_one() -> None:
    found = meet("english")
    assert found.reached == 0 and not found.ways
    assert "2 are in another language" in found.missing[0]


def test_lists_that_robots_txt_forbids_are_named_as_missing() -> None:
    found = meet("forbidden")
    assert found.is_clean and 0 < found.reached < found.bulletins
    assert any("robots.txt" in missing and "/danh-sach/" in missing for missing in found.missing)


def test_archives_of_months_are_no_list_of_all_times_and_that_is_said() -> None:
    found = meet("months")
    assert found.ways[0].startswith("listing https://doanthe.example.vn/ ")
    assert any("hold one month" in missing for missing in found.missing)


def test_a_full_list_without_a_way_on_beside_lists_that_page_is_named_as_missing() -> None:
    found = meet("half-js")
    assert found.is_clean and found.reached < found.bulletins
    assert "paging of 2 lists" in found.missing[0]


def test_bulletins_told_apart_by_the_query_of_the_root_are_found() -> None:
    assert meet("wp-plain").is_whole


def test_older_bulletins_of_another_shape_than_the_newer_are_not_lost() -> None:
    assert meet("two-shapes").is_whole


@pytest.mark.slow
@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_is_had_whole_or_what_is_missing_is_said(name: str) -> None:
    found = meet(name)
    assert found.is_honest and found.requests <= 60 and not found.wrong
    if STRANGERS[name](SEED).whole and name not in UNREAD:
        assert found.is_whole and not found.missing


def test_a_folder_is_no_news_by_name_only_beside_others_of_its_shape() -> None:
    news, papers = addresses("/tin/hop-bao-12.html", "/tin/ra-quan-13.html"), addresses("/van-ban/so-14.html")
    assert no_news([*news, *papers]) == {(0, "van-ban")}
    assert no_news(papers) == set()
    assert without([*news, *papers], {(0, "van-ban")}) == news


def test_parts_of_one_program_are_told_apart_by_the_words_of_the_query() -> None:
    both = addresses("/index.php?mod=news&id=1", "/index.php?mod=doc&id=2")
    assert [place for place, _ in kinds(both).items()] == [(-1, "mod=news"), (-1, "mod=doc")]
    assert no_news(both) == {(-1, "mod=doc")}


def test_a_year_in_an_address_is_any_year() -> None:
    (mine,) = grouped(f"https://so.example.vn/2026/{month}/le-ra-quan-huan-luyen/" for month in (10, 11)).values()
    assert pattern_of(mine, frozenset()).startswith(r"/\d{4}/\d+/")


def test_the_root_is_an_address_only_with_a_number_in_its_query() -> None:
    assert addresses("/", "/?s=tin") == []
    assert [address.shape.depth for address in addresses("/?p=12")] == [0]
