from datetime import UTC, datetime

import pytest

from pipelines.blocks import page_text
from pipelines.html import parse
from pipelines.metadata import candidates, collect, is_cms_account, last_category, without_site

FETCHED = datetime(2024, 6, 1, 2, tzinfo=UTC)


def read(head: str, body: str = "<p>x</p>", distrusted: str | None = None):
    root, _ = parse(f"<html lang='vi-VN'><head>{head}</head><body>{body}</body></html>")
    return candidates(collect(root), page_text(root), FETCHED, distrusted)


def values(found, field):
    return [c.value for c in found if c.field == field and c.refused is None]


def refusals(found, field):
    return {c.value: c.refused for c in found if c.field == field and c.refused is not None}


JSON_LD = '<script type="application/ld+json">{}</script>'


def test_an_article_in_a_graph_gives_headline_date_author_and_section():
    found = read(
        JSON_LD.format(
            '{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"Một bản tin",'
            '"datePublished":"2024-05-20T07:15:00+07:00","author":{"@type":"Person","name":"Lê Mai"},'
            '"articleSection":["Tin tức","Xã hội"]}]}'
        )
    )
    assert values(found, "title")[0] == "Một bản tin"
    assert values(found, "published_on") == ["2024-05-20T07:15:00+07:00"]
    assert values(found, "author") == ["Lê Mai"]
    assert values(found, "section") == ["Xã hội"]


@pytest.mark.parametrize("script", ["{", "[" * 50_000, '"x"', '{"@type":"NewsArticle","headline":7}', "null"])
def test_broken_or_hostile_json_ld_says_nothing(script):
    assert values(read(JSON_LD.format(script)), "title") == []


@pytest.mark.parametrize(
    "name", ["admin admin", "Administrator", "admin", "Super User", "quản trị viên", "user12", "Ban biên tập"]
)
def test_accounts_of_the_cms_are_no_authors(name):
    assert is_cms_account(name)
    assert values(read(f'<meta name="author" content="{name}">'), "author") == []


@pytest.mark.parametrize("name", ["Quản Trị Minh Anh Hùng Sơn", "Nguyễn Thị Admin Hoa", "Lê Văn Test", "Minh Hoài"])
def test_names_that_only_contain_such_words_are_people(name):
    assert not is_cms_account(name)


def test_the_sites_own_name_is_neither_title_nor_author():
    found = read(
        '<meta property="og:site_name" content="Báo Mẫu"><meta property="og:title" content="Báo Mẫu">'
        '<meta name="author" content="Báo Mẫu">'
    )
    assert values(found, "title") == []
    assert values(found, "author") == []
    assert "site's" in refusals(found, "author")["Báo Mẫu"]


def test_the_sites_name_leaves_the_end_of_a_title():
    assert without_site("Một bản tin - Báo Mẫu", "Báo Mẫu") == "Một bản tin"
    assert without_site("Báo Mẫu", "Báo Mẫu") == "Báo Mẫu"


@pytest.mark.parametrize(
    ("value", "reason"),
    [("2024-06-03T08:00:00+07:00", "after the fetch"), ("1902-01-01", "before 1945"), ("2024-03-27+0708:42:50", "")],
)
def test_impossible_and_unreadable_dates_are_refused_with_the_reason(value, reason):
    found = read(f'<meta property="article:published_time" content="{value}">')
    assert values(found, "published_on") == []
    assert reason in next(iter(refusals(found, "published_on").values()))


@pytest.mark.parametrize(
    "value",
    ["1970-01-01T00:00:00Z", "1970-01-01T07:00:00+07:00", "1969-12-31T17:00:00Z", "1980-01-01T00:00:00", "1900-01-01"],
)
def test_the_zero_of_a_calendar_is_a_placeholder_and_no_day(value):
    found = read(JSON_LD.format(f'{{"@type":"NewsArticle","datePublished":"{value}"}}'))
    assert values(found, "published_on") == []
    assert "placeholder" in next(iter(refusals(found, "published_on").values()))


def test_the_first_day_of_another_year_is_a_day():
    found = read('<meta property="article:published_time" content="2000-01-01T00:00:00+07:00">')
    assert values(found, "published_on") == ["2000-01-01"]
    found = read('<meta property="article:published_time" content="1980-01-01T06:30:00+07:00">')
    assert [value[:10] for value in values(found, "published_on")] == ["1980-01-01"]


@pytest.mark.parametrize("name", ["SuperUser Account, Lê Mai", "Tác giả: SuperUser Account", "admin, webmaster"])
def test_every_name_of_a_credit_is_tested_for_accounts(name):
    assert values(read(f'<meta name="author" content="{name}">'), "author") == []


def test_a_person_beside_the_editors_is_still_an_author():
    assert values(read('<meta name="author" content="Lê Văn Mai - Ban biên tập">'), "author") != []


def test_dates_of_a_family_known_to_lie_are_kept_but_refused():
    found = read("", '<span itemprop="datePublished">2024-04-15T10:00:00+07:00</span>', "writes the edit time")
    assert refusals(found, "published_on") == {"2024-04-15T10:00:00+07:00": "writes the edit time"}


def test_a_page_fetched_early_in_the_day_in_vietnam_may_carry_that_day():
    found = read('<meta property="article:published_time" content="2024-06-01T08:30:00+07:00">')
    assert values(found, "published_on") == ["2024-06-01T08:30:00+07:00"]


def test_the_last_category_is_neither_the_start_page_nor_the_title():
    assert last_category(["Trang chủ", "Tin tức", "Một bản tin"], "Một bản tin") == "Tin tức"
    assert last_category(["Trang chủ"], "Một bản tin") is None
    assert last_category([], "") is None
