"""Five further kinds of publisher in the newsroom, and sites that move: true to their gold, each with its family's traps.

What is common to all kinds (days, deletions, faults, HTTP) is tested on the first three: tests/test_newsroom.py.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.catalog import Catalog, load_catalog
from crawlers.newsroom import Faults, Gold, Newsroom
from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.kinds import KINDS
from dagster_project.steps.crawling import crawl
from dagster_project.steps.home import open_home, utc_now
from pipelines.read import read
from pipelines.records import Capture

NEW = ("nukeviet", "liferay", "sharepoint", "cms-body", "afcbc-body")
NUKEVIET, LIFERAY, SHAREPOINT, CMS, AFCBC = SITES = tuple(f"newsroom-{kind}" for kind in NEW)
REGION = "newsroom-military-region"
PORT = 8500 + os.getpid() % 20_000  # its own in each test process


def newsroom(
    bulletins: int = 60, days: int = 0, seed: int = 5, kinds: tuple[str, ...] = NEW, block: str = "127.0.94"
) -> Newsroom:
    room = Newsroom(seed, block=block, port=PORT, kinds=kinds, bulletins=bulletins)
    room.advance(days)
    return room


@pytest.fixture(scope="module")
def room() -> Newsroom:
    """Eight days on; nothing changes it."""
    return newsroom(75, days=8)


def catalog_of(room: Newsroom, folder: Path) -> Catalog:
    room.write_sources(folder / "sources", delay_s=0.002)
    found = load_catalog(folder)
    assert not found.errors
    return found


def ask(room: Newsroom, site: str, target: str, **headers: str) -> Answer:
    path, _, query = target.partition("?")
    return room.respond(room.site(site), Ask("GET", path, query, headers))


def text(room: Newsroom, site: str, target: str) -> str:
    answer = ask(room, site, target)
    assert answer.status == 200, target
    return answer.body.decode()


def living(room: Newsroom, site: str) -> list[Gold]:
    return [gold for gold in room.gold(site) if gold.state == "live"]


def words(page: str) -> str:
    """What a person reads: without tags, in NFC; an element's end is a line's end."""
    bare = re.sub(r"<(?:script|style)\b.*?</(?:script|style)>", "", page, flags=re.DOTALL)
    bare = re.sub(r"</?(?:strong|b|em|span|a)\b[^>]*>", "", bare)
    return unicodedata.normalize("NFC", unescape(re.sub(r"<[^>]+>", "\n", bare))).replace("\xa0", " ")


# All of them


def test_the_newsroom_that_names_no_kinds_is_the_one_it_was() -> None:
    assert [site.kind for site in Newsroom(1, bulletins=0).sites] == ["military-region", "army-daily", "hospital"]
    assert set(NEW) < set(KINDS)


def test_one_seed_gives_the_same_bytes_and_another_does_not() -> None:
    one, two, other = newsroom(12, 2), newsroom(12, 2), newsroom(12, 2, seed=6)
    for site in SITES:
        assert one.gold(site) == two.gold(site)
        assert {g.title for g in one.gold(site)} != {g.title for g in other.gold(site)}
        for target in ("/", *(g.path for g in one.gold(site)[-4:])):
            assert ask(one, site, target).body == ask(two, site, target).body


@pytest.mark.parametrize("site", SITES)
def test_every_word_of_the_gold_stands_on_the_page(room: Newsroom, site: str) -> None:
    for gold in room.gold(site):
        if gold.state not in ("live", "unlisted"):
            continue
        page = text(room, site, gold.path)
        assert 20_000 < len(page.encode()) < 60_000
        shown = words(page)
        lines = {line.strip() for line in shown.splitlines()}
        told = [gold.title, *gold.body, *gold.captions, *([gold.lead] if gold.lead else [])]
        told += gold.byline.split("; ") if gold.byline else []
        assert [line for line in told if line not in lines] == [], gold.url
        assert gold.published_on == gold.posted_on
        assert f"{gold.posted_on:%d/%m/%Y}" in shown
        assert (
            gold.published_at is None or f"{gold.published_at:%H:%M}" in shown or f"{gold.published_at:%I:%M}" in shown
        )


@pytest.mark.parametrize("site", SITES)
def test_nothing_but_the_bulletin_is_in_the_gold(room: Newsroom, site: str) -> None:
    junk = re.compile(r"Quảng cáo|Tin liên quan|Đã xem|View count|Những tin|Bình luận|Ảnh đại diện|<|&\w+;|\u200b")
    others = {gold.title for gold in room.gold(site)}
    for gold in room.gold(site):
        told = (gold.title, gold.lead or "", *gold.body, *gold.captions)
        assert not [line for line in told if junk.search(line) or line != unicodedata.normalize("NFC", line)]
        assert not others & set(told[1:])


@pytest.mark.parametrize("site", SITES)
def test_the_projects_own_reader_reads_the_gold_with_the_source_file_of_the_kind(
    room: Newsroom, tmp_path: Path, site: str
) -> None:
    source = catalog_of(room, tmp_path).get(site)
    at = datetime(room.day.year, room.day.month, room.day.day, 16, tzinfo=UTC)
    for gold in living(room, site)[-7:]:
        answer = ask(room, site, gold.path)
        capture = Capture(site, gold.url, at, answer.body, answer.content_type, answer.status)
        reading = read(capture, layouts=source.layouts, family=source.family)
        found = reading.bulletin
        assert found is not None
        assert tuple((image.url, image.caption) for image in reading.images) == gold.images
        assert (found.title, found.published_on, found.published_at) == (
            gold.title, gold.published_on, gold.published_at,
        )  # fmt: skip
        assert tuple((found.body or "").split("\n\n")) == gold.body
        assert (found.captions, found.view_count) == (gold.captions, gold.view_count)
    assert read(capture).kind == "bulletin"  # and without a source file


@pytest.mark.parametrize(
    ("site", "target", "kind"),
    [
        (NUKEVIET, "/", "home"),
        (NUKEVIET, "/vi/about/", "static"),
        (NUKEVIET, "/vi/news/tin-tuc-su-kien/page-2/", "list"),
        (LIFERAY, "/trang-chu", "home"),
        (LIFERAY, "/tin-tuc", "list"),
        (SHAREPOINT, "/", "home"),
        (SHAREPOINT, "/tintuc/Pages/danh-sach.aspx?CateID=12&page=2", "list"),
        (CMS, "/", "home"),
        (CMS, "/tin-moi", "list"),
        (CMS, "/article/Paging?categoryId=1&pageIndex=2", "list"),
        (AFCBC, "/", "home"),
        (AFCBC, "/quan-su.htm", "list"),
        *((site, "/khong-co", "error") for site in SITES),
    ],
)
def test_what_is_no_bulletin_is_read_as_none(room: Newsroom, site: str, target: str, kind: str) -> None:
    answer = ask(room, site, target)
    url = room.site(site).base_url + target
    found = read(Capture(site, url, datetime.now(UTC), answer.body, answer.content_type, 200))
    assert found.kind == kind, found.kind_rule


@pytest.mark.parametrize("site", SITES)
def test_robots_forbids_the_trap_that_pages_link_to(room: Newsroom, site: str) -> None:
    trap = urlsplit(unescape(room.site(site).trap_url))
    rules = re.findall("Disallow: (.+)", text(room, site, "/robots.txt"))
    assert any(trap.path.startswith(rule) for rule in rules)
    assert trap.path in text(room, site, living(room, site)[-1].path)
    assert not [gold for gold in room.gold(site) if any(gold.path.startswith(rule) for rule in rules)]


@pytest.mark.parametrize("site", SITES)
def test_an_empty_site_answers_too(site: str) -> None:
    empty = newsroom(0)
    ways = re.findall(r'^url\s+= "([^"]+)"', empty.site(site).source_toml(1.0), re.MULTILINE)
    for url in ways:
        target = url.removeprefix(empty.site(site).base_url)
        answer = ask(empty, site, target)
        assert answer.status in (200, 302), target
    assert ask(empty, site, "/").status == 200


def test_a_crawl_by_the_source_files_finds_every_bulletin_once(tmp_path: Path) -> None:
    served = newsroom(21, days=1, seed=8, block="127.0.95")
    catalog = catalog_of(served, tmp_path)
    with served.serve():
        outcome = crawl(open_home(tmp_path)[0], catalog, [], "r1", utc_now)
    assert [hole for hole in outcome.holes if "sitemaps-2017-4.xml.gz: HTTP 404" not in hole] == []
    assert len(outcome.holes) == 1  # the dead month of one sitemap is named
    for site in SITES:
        key = catalog.get(site).key
        listed = {key(url) for url in served.listed(site)}
        con = sqlite3.connect(tmp_path / "crawl" / f"{site}.sqlite")
        fetched = {found for (found,) in con.execute("select key from url where state = 'fetched'")}
        con.close()
        asked = Counter(
            key(served.site(site).base_url + request.path)
            for request in served.log(site)
            if request.status == 200 and request.path != "/robots.txt"
        )
        assert fetched == listed
        assert {found: count for found, count in asked.items() if found in listed and count != 1} == {}


@pytest.mark.parametrize("site", SITES)
def test_a_redesign_renames_what_the_source_file_selects(site: str) -> None:
    fresh = newsroom(6)
    gold = living(fresh, site)[-1]
    renamed = fresh.site(site).press.renamed
    page = text(fresh, site, gold.path)
    assert [old for old, _ in renamed if old not in page] == []
    fresh.faults[site] = Faults(broken_from=fresh.day)
    broken = text(fresh, site, gold.path)
    assert [old for old, _ in renamed if old in broken] == []
    assert gold.title in unicodedata.normalize("NFC", broken)


@pytest.mark.parametrize("site", SITES)
def test_moved_bulletins_redirect_to_where_they_are(site: str) -> None:
    fresh = newsroom(30)
    fresh.faults[site] = Faults(moved_share=0.4)
    moved = [gold for gold in fresh.gold(site) if gold.moved_to]
    assert 3 < len(moved) < 27
    for gold in moved:
        answer = ask(fresh, site, gold.path)
        assert (answer.status, dict(answer.headers)["location"]) == (301, gold.moved_to)
        assert gold.title in unicodedata.normalize("NFC", text(fresh, site, str(gold.moved_to)))
    staying = next(gold for gold in fresh.gold(site) if not gold.moved_to)
    assert ask(fresh, site, fresh.site(site).press.moved(staying.path)).status == 404


# NukeViet


def test_both_machine_dates_of_nukeviet_are_wrong_as_its_code_makes_them(room: Newsroom) -> None:
    edited = [gold for gold in living(room, NUKEVIET) if gold.version > 1]
    assert edited
    for gold in edited:
        page = text(room, NUKEVIET, gold.path)
        published = re.search(r'"datePublished">([^<]+)<', page)
        modified = re.search(r'"dateModified">([^<]+)<', page)
        assert published and modified and published[1] == modified[1]
        assert datetime.fromisoformat(published[1]).date() > gold.posted_on
        told = re.search(r'article:published_time" content="([^"]+)"', page)
        assert told and re.fullmatch(r"\d{4}-\d\d-\d\d\+07\d\d:\d\d:\d\d", told[1])
        with pytest.raises(ValueError, match="Invalid isoformat"):
            datetime.fromisoformat(told[1])
        assert gold.published_at and f" - {gold.published_at:%d/%m/%Y %H:%M}</span>" in page


def test_the_number_at_the_end_is_not_one_bulletins_alone(room: Newsroom) -> None:
    numbers = Counter(re.findall(r"-(\d+)\.html", " ".join(gold.path for gold in room.gold(NUKEVIET))))
    assert Counter(numbers.values())[3] > 20
    assert len({gold.path.rpartition("/")[2] for gold in room.gold(NUKEVIET)}) == len(room.gold(NUKEVIET))


def test_a_bulletin_stands_under_two_categories_and_has_three_twins(room: Newsroom) -> None:
    page = text(room, NUKEVIET, "/vi/news/an-ninh-trat-tu/")
    second = re.findall(r'href="(/vi/news/an-ninh-trat-tu/[^"]+\.html)"', page)
    by_name = {gold.path.rpartition("/")[2]: gold for gold in living(room, NUKEVIET)}
    assert second
    for path in second:
        gold = by_name[path.rpartition("/")[2]]
        assert path != gold.path
        assert text(room, NUKEVIET, path) == text(room, NUKEVIET, gold.path)
    gold = living(room, NUKEVIET)[-1]
    links = re.findall(r'href="(/vi/news/(?:print|savefile|sendmail)/[^"]+)"', text(room, NUKEVIET, gold.path))
    assert len(links) == 3
    assert all(gold.title in text(room, NUKEVIET, link) for link in links)
    saved = ask(room, NUKEVIET, next(link for link in links if "/savefile/" in link))
    assert saved.content_type.startswith("text/x-delimtext")
    assert ("content-disposition", f'attachment; filename="{saved.content_type[24:-1]}"') in saved.headers


def test_a_twin_of_a_bulletin_that_left_is_gone_as_well(room: Newsroom) -> None:
    left = next(gold for gold in room.gold(NUKEVIET) if gold.state not in ("live", "unlisted"))
    assert ask(room, NUKEVIET, left.path.replace("/vi/news/", "/vi/news/print/", 1)).status == 404
    assert ask(room, NUKEVIET, "/vi/news/print/tin-tuc-su-kien/khong-co-1.html").status == 404


def test_pages_of_a_category_are_numbered_to_the_last_and_no_further(room: Newsroom) -> None:
    first = text(room, NUKEVIET, "/vi/news/tin-tuc-su-kien/")
    last = max(map(int, re.findall(r"/vi/news/tin-tuc-su-kien/page-(\d+)/", first)))
    assert last == -(-len(room.listed(NUKEVIET)) // 15)
    assert ask(room, NUKEVIET, f"/vi/news/tin-tuc-su-kien/page-{last}/").status == 200
    for wrong in (f"page-{last + 1}/", "page-0/", "page-x/", "page-2"):
        assert ask(room, NUKEVIET, f"/vi/news/tin-tuc-su-kien/{wrong}").status == 404


def test_the_sitemap_index_of_nukeviet_always_says_today() -> None:
    moving = newsroom(5, kinds=("nukeviet",))
    for _ in range(3):
        assert f"<lastmod>{moving.day}T" in text(moving, NUKEVIET, "/sitemap.xml")
        assert f"<lastmod>{moving.day + timedelta(1)}" not in text(moving, NUKEVIET, "/sitemap-vi.news.xml")
        moving.advance()


# Liferay


def test_a_third_of_the_liferay_pages_know_no_time_and_say_midnight(room: Newsroom) -> None:
    gold = living(room, LIFERAY)
    timeless = [g for g in gold if g.published_at is None]
    assert 0.2 < len(timeless) / len(gold) < 0.5
    for g in gold:
        page = text(room, LIFERAY, g.path)
        assert ("12:00 AM" in page) == (g.published_at is None) == (g.view_count is None)
        assert g.view_count is None or f": {g.view_count}<" in page


def test_a_third_of_the_liferay_pages_are_decomposed_and_english_to_their_server(room: Newsroom) -> None:
    pages = [text(room, LIFERAY, gold.path) for gold in living(room, LIFERAY)]
    decomposed = [page for page in pages if page != unicodedata.normalize("NFC", page)]
    assert 0.2 < len(decomposed) / len(pages) < 0.5
    assert all('lang="en-US"' in page for page in pages)


def test_language_links_nest_and_every_path_they_breed_answers(room: Newsroom) -> None:
    gold = living(room, LIFERAY)[-1]
    page = text(room, LIFERAY, gold.path)
    assert 'href="vi/tin-tuc"' in page and 'href="en/tin-tuc"' in page
    for path in ("/en/tin-tuc", "/en/en/vi/en/tin-tuc", "/tin-tuc/-/view_content/en/en/tin-tuc", "/vi", "/en/vi/en/x"):
        assert ask(room, LIFERAY, path).status == 200
    bred = gold.path.replace("/tin-tuc/", "/en/vi/tin-tuc/en/", 1)
    assert text(room, LIFERAY, bred) == page
    assert ask(room, LIFERAY, "/tin-tuc-khac").status == 404


def test_lists_link_a_liferay_page_with_and_without_query_and_session(room: Newsroom, tmp_path: Path) -> None:
    page = unescape(text(room, LIFERAY, "/tin-tuc"))
    gold = {g.path for g in living(room, LIFERAY)}
    links = re.findall(r'href="(/tin-tuc/-/view_content/[^"]+)"', page)
    assert any("?p_p_auth=" in link for link in links) and any(";jsessionid=" in link for link in links)
    keys = catalog_of(room, tmp_path).get(LIFERAY).key
    base = room.site(LIFERAY).base_url
    assert {keys(base + link) for link in links} - {room.site(LIFERAY).press.trap} <= gold
    for link in links[:12]:
        assert ask(room, LIFERAY, link).body == ask(room, LIFERAY, re.split("[;?]", link)[0]).body
    following = re.search(r'href="([^"]+_cur=2)"', page)
    assert following and len(following[1]) > 200
    assert "Trang 2 của" in text(room, LIFERAY, following[1])
    assert ask(room, LIFERAY, following[1].replace("_cur=2", "_cur=999")).status == 404


# SharePoint


def test_the_item_is_the_key_whatever_category_it_is_listed_under(room: Newsroom, tmp_path: Path) -> None:
    page = unescape(text(room, SHAREPOINT, "/tintuc/Pages/danh-sach.aspx?CateID=47"))
    links = re.findall(r'class="ten-tin" href="([^"]+)"', page)
    gold = {g.path for g in living(room, SHAREPOINT)}
    assert links and not gold & set(links)
    source, base = catalog_of(room, tmp_path).get(SHAREPOINT), room.site(SHAREPOINT).base_url
    keys = {source.key(base + path): path for path in gold}
    for link in links:
        same = keys[source.key(base + link)]
        assert text(room, SHAREPOINT, link) == text(room, SHAREPOINT, same)


@pytest.mark.parametrize(
    "target",
    [
        "/tintuc/Pages/tin-hoat-dong.aspx",
        "/tintuc/Pages/tin-hoat-dong.aspx?CateID=12&ItemID=1",
        "/tintuc/Pages/danh-sach.aspx?CateID=13",
        "/tintuc/Pages/danh-sach.aspx?CateID=12&page=0",
        "/tintuc/Pages/danh-sach.aspx?CateID=12&page=9999",
    ],
)
def test_what_sharepoint_does_not_have_is_not_found(room: Newsroom, target: str) -> None:
    assert ask(room, SHAREPOINT, target).status == 404


def test_ids_of_web_parts_are_other_ones_on_every_page(room: Newsroom) -> None:
    guids = [
        re.findall(r'id="ctl00_ctl36_g_(\w{36})"', text(room, SHAREPOINT, g.path)) for g in living(room, SHAREPOINT)
    ]
    assert all(len(found) == 1 for found in guids)
    assert len({found[0] for found in guids}) == len(guids)


# cms-body


def test_the_feed_turns_round_on_itself_until_a_cookie_is_sent(room: Newsroom) -> None:
    for _ in range(3):
        answer = ask(room, CMS, "/rss/home.rss")
        assert (answer.status, dict(answer.headers)["location"]) == (302, "/rss/home.rss")
    cookie = dict(answer.headers)["set-cookie"].partition(";")[0]
    feed = ask(room, CMS, "/rss/home.rss", cookie=cookie)
    assert feed.status == 200 and feed.body.count(b"<item>") == 50
    assert ask(room, CMS, "/rss/home.rss").status == 302  # another visitor


def test_further_pages_are_pieces_without_a_page_and_end_empty(room: Newsroom) -> None:
    paging = "/article/Paging?categoryId=1&pageIndex="
    listed: list[str] = []
    for number in range(1, 100):
        piece = text(room, CMS, f"{paging}{number}")
        if not piece:
            break
        assert "<html" not in piece
        listed += re.findall(r'class="cms-link" href="([^"]+)"', piece)
    base = room.site(CMS).base_url
    assert {base + path for path in listed} == room.listed(CMS)
    assert len(listed) == len(set(listed))
    assert "pageIndex=2" not in text(room, CMS, "/tin-moi")
    for wrong in (f"{paging}0", f"{paging}x", "/article/Paging?categoryId=9&pageIndex=1"):
        assert ask(room, CMS, wrong).status == 404


def test_the_news_sitemap_has_two_days_and_no_more(room: Newsroom) -> None:
    told = re.findall(r"<news:publication_date>([^<]+)", text(room, CMS, "/sitemaps/google-news.xml"))
    assert {date.fromisoformat(moment[:10]) for moment in told} == {room.day, room.day - timedelta(1)}
    assert len(told) < len(room.listed(CMS))


def test_the_amp_twin_says_the_same_and_names_its_page(room: Newsroom) -> None:
    gold = living(room, CMS)[-1]
    assert f'rel="amphtml" href="{room.site(CMS).base_url}/amp{gold.path}"' in text(room, CMS, gold.path)
    twin = text(room, CMS, f"/amp{gold.path}")
    assert f'rel="canonical" href="{gold.url}"' in twin
    assert all(paragraph in twin for paragraph in gold.body)
    assert ask(room, CMS, "/amp/khong-co-post1.html").status == 404


def test_advertisements_and_related_boxes_stand_inside_the_body(room: Newsroom) -> None:
    for gold in living(room, CMS)[-10:]:
        page = text(room, CMS, gold.path)
        start, end = page.index(gold.body[0]), page.index(gold.body[-1])
        assert start < page.index("Quảng cáo") < end
        assert start < page.index('class="article-relate"') < end


# afcbc-body


def test_the_timeline_is_json_and_says_when_it_is_over(room: Newsroom) -> None:
    listed: list[str] = []
    number = 0
    more = True
    while more:
        number += 1
        told = json.loads(text(room, AFCBC, f"/api/timeline/3/trang-{number}.json"))
        moments = [item["distribution_date"] for item in told["items"]]
        assert moments == sorted(moments, reverse=True)
        listed += [item["url"] for item in told["items"]]
        more = told["next"]
    base = room.site(AFCBC).base_url
    assert {base + path for path in listed} == room.listed(AFCBC)
    beyond = json.loads(text(room, AFCBC, f"/api/timeline/3/trang-{number + 1}.json"))
    assert beyond == {"items": [], "next": False}
    for wrong in ("/api/timeline/4/trang-1.json", "/api/timeline/3/trang-0.json", "/api/timeline/3/trang-1.json.bak"):
        assert ask(room, AFCBC, wrong).status == 404


def test_the_number_of_an_address_begins_with_the_moment_of_publication(room: Newsroom) -> None:
    for gold in room.gold(AFCBC):
        found = re.search(r"-102(\d{10})\d{5}\.htm$", gold.path)
        assert found and gold.published_at
        assert datetime.strptime(found[1], "%y%m%d%H%M").replace(tzinfo=gold.published_at.tzinfo) == gold.published_at


def test_months_come_in_gzip_and_one_that_is_listed_is_dead(room: Newsroom) -> None:
    children = re.findall(r"<loc>([^<]+)</loc>", text(room, AFCBC, "/sitemap.xml"))
    found: set[str] = set()
    dead = []
    for child in children:
        answer = ask(room, AFCBC, urlsplit(child).path)
        if answer.status == 404:
            dead.append(child)
            continue
        assert answer.body[:2] == b"\x1f\x8b"
        found |= set(re.findall(r"<loc>([^<]+)</loc>", gzip.decompress(answer.body).decode()))
    assert found == room.listed(AFCBC)
    assert len(dead) == 1


# A site that moves


MOVING = ("military-region", "cms-body")


@pytest.mark.parametrize("kind", MOVING)
def test_a_site_moves_on_its_day_with_all_its_bulletins(kind: str, tmp_path: Path) -> None:
    room, site = newsroom(30, kinds=(kind,)), f"newsroom-{kind}"
    before = {gold.path: gold for gold in room.gold(site)}
    old_base = room.site(site).base_url
    new_base = room.relocate(site, on=room.day + timedelta(2))
    assert new_base == f"http://127.0.94.2:{PORT}"
    room.advance()
    assert room.site(site).base_url == old_base and all(gold.old_url is None for gold in room.gold(site))
    room.advance()
    assert room.site(site).base_url == new_base
    gold = room.gold(site)
    assert {g.url for g in gold if g.state == "live"} == room.listed(site)
    assert {g.old_url for g in gold} >= {old_base + path for path in before}
    for now in gold[: len(before)]:
        assert now.url.startswith(f"{new_base}/") and now.old_url
        was = before[now.old_url.removeprefix(old_base)]
        assert now.path != was.path and (now.view_count, now.posted_on) == (was.view_count, was.posted_on)
    yesterday = room.gold(site, room.day - timedelta(1))
    assert {g.url for g in yesterday} == {g.old_url for g in gold if g.posted_on < room.day}
    last = living(room, site)[-1]
    assert last.title in text(room, site, last.path)
    assert old_base not in text(room, site, last.path)
    source = catalog_of(room, tmp_path).get(site)
    assert [source.key(g.url) for g in gold] == [source.key(str(g.old_url)) for g in gold]
    room.advance()
    fresh = [g for g in room.gold(site) if g.posted_on == room.day]
    assert all(g.old_url is None for g in fresh)
    assert all(g.url.startswith(new_base) for g in room.gold(site))


@pytest.mark.parametrize(("left_behind", "status"), [("redirect", 301), ("gone", 404)])
def test_the_old_address_redirects_or_has_nothing_more(left_behind: str, status: int) -> None:
    room = newsroom(15, kinds=("military-region",))
    room.relocate(REGION, left_behind=left_behind)
    site = room.site(REGION)
    old, new = site.places()["127.0.94.1"], site.places()["127.0.94.2"]
    for gold in living(room, REGION):
        answer = room.respond(old, Ask("GET", urlsplit(str(gold.old_url)).path))
        assert (answer.status, dict(answer.headers).get("location")) == (status, gold.url if status == 301 else None)
        assert room.respond(new, Ask("GET", gold.path)).status == 200
        assert room.respond(new, Ask("GET", urlsplit(str(gold.old_url)).path)).status == 404
    assert room.respond(old, Ask("GET", "/robots.txt")).status == 404


def test_a_dead_address_is_not_even_listened_on_and_nobody_is_at_the_new_one_too_early() -> None:
    room = newsroom(4, kinds=("military-region",))
    room.relocate(REGION, on=room.day + timedelta(1), left_behind="dead")
    places = room.site(REGION).places()
    assert room.respond(places["127.0.94.2"], Ask("GET", "/")).status == 0
    assert room.respond(places["127.0.94.1"], Ask("GET", "/")).status == 200
    room.advance()
    assert room.respond(places["127.0.94.1"], Ask("GET", "/")).status == 0  # served since yesterday
    assert set(room.site(REGION).places()) == {"127.0.94.2"}


def test_what_cannot_move_is_refused_in_words() -> None:
    room = newsroom(2, kinds=("military-region", "hospital"), block="127.0.96")
    with pytest.raises(ValueError, match="no second scheme of paths"):
        room.relocate("newsroom-hospital")
    with pytest.raises(ValueError, match="expected redirect, gone, dead, found 'burnt'"):
        room.relocate(REGION, left_behind="burnt")
    with room.serve(), pytest.raises(RuntimeError, match="call relocate"):
        room.relocate(REGION)
    room.relocate(REGION)
    with pytest.raises(ValueError, match=r"moves to 127\.0\.96\.3 already"):
        room.relocate(REGION)
