"""The survey of a site: what it finds on the newsroom's kinds and on small sites of our own, and what it says it lacks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
import regex

from crawlers.looking import BudgetSpent, Get, Look
from crawlers.newsroom import Newsroom
from crawlers.newsroom.kinds import KINDS
from crawlers.source import Source
from crawlers.survey import Findings, survey
from crawlers.survey.json_lists import JsonList, json_list
from crawlers.survey.links import without_session
from crawlers.survey.shapes import grouped, pattern_of
from tests.surveys import reached, surveyed, walked

BLOCK = f"127.0.{190 + int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:])}"
HOST = "https://bao.example.vn"
AT = datetime(2026, 11, 1, 5, tzinfo=UTC)
OPEN = SimpleNamespace(sitemaps=(), usable=True, reason=None)
PROSE = (
    "Sáng 8-7, tại hội trường đơn vị, Trung đoàn tổ chức hội nghị sơ kết công tác huấn luyện sáu tháng đầu năm. "
    "Dự hội nghị có thủ trưởng đơn vị cùng đông đảo cán bộ, chiến sĩ và đại diện chính quyền địa phương nơi đóng quân."
)
Pages = Mapping[str, str | tuple[int, str]]


def get_of(pages: Pages, host: str = HOST) -> Get:
    """Answers from a table of targets: HTML, or (status, location or text)."""

    def get(url: str, form: tuple[tuple[str, str], ...] | None = None) -> Look:
        split = urlsplit(url)
        target = split.path + (f"?{split.query}" if split.query else "")
        if f"{split.scheme}://{split.netloc}" != host:
            return Look(url, None, None, None, b"", AT, not_allowed="another host")
        found = pages.get(target, (404, ""))
        if isinstance(found, str):
            kind = "application/json" if found[:1] in "[{" else "text/html; charset=utf-8"
            return Look(url, url, 200, kind, found.encode(), AT)
        status, text = found
        if status in (301, 302):
            to = urljoin(url, text)
            return get(to) if to.startswith(host + "/") else Look(
                url, None, status, None, b"", AT, refused="redirect to another host", location=text
            )  # fmt: skip
        return Look(url, url, status, "text/html", text.encode(), AT)

    return get


def look_at(pages: Pages, url: str = f"{HOST}/", budget: int = 60) -> Findings:
    return survey(url, get_of(pages), OPEN, lambda line: None, budget)


def slug(number: int) -> str:
    return f"trung-doan-{number}-so-ket-cong-tac-huan-luyen"


def title(number: int) -> str:
    return f"Trung đoàn {number} sơ kết công tác huấn luyện sáu tháng đầu năm"


def day(number: int) -> date:
    return date(2026, 10, 31) - timedelta(days=number)


def page(main: str, name: str = "Báo") -> str:
    menu = "".join(f'<li><a href="/{to}/">{text}</a></li>' for to, text in (("tin", "Tin tức"), ("nha", "Hậu phương")))
    return (
        f'<!DOCTYPE html><html lang="vi"><head><title>{name}</title></head><body><nav class="menu"><ul>{menu}</ul></nav>'
        f"<main>{main}</main><footer>© Báo 2026</footer></body></html>"
    )


def article(number: int, links: str = "") -> str:
    told = f"{day(number):%d/%m/%Y}"
    body = "".join(f"<p>{PROSE} Đây là đoạn thứ {n} của tin số {number}.</p>" for n in range(4))
    return page(
        f'<article><h1 class="title">{title(number)}</h1><span class="date">Ngày đăng: {told}</span>'
        f'<div class="text">{body}<p><b>Tin, ảnh: VŨ HẢI</b></p></div></article>{links}',
        title(number),
    )


def items(paths: Mapping[int, str]) -> str:
    return "".join(
        f'<li class="item"><h3><a href="{path}">{title(n)}</a></h3><i class="day">{day(n):%d/%m/%Y}</i></li>'
        for n, path in paths.items()
    )


def paged(
    to: str, paths: Mapping[int, str], size: int, number: Callable[[int], str], extra: str = ""
) -> dict[str, str]:
    """Pages of a list under `to`; number: the address of page n. Numbers lead from one to the other."""
    chunks = [dict(list(paths.items())[at : at + size]) for at in range(0, len(paths), size)]
    found = {}
    for n, chunk in enumerate(chunks, 1):
        links = "".join(
            f"<b>{m}</b>" if m == n else f'<a href="{to if m == 1 else number(m)}">{m}</a>'
            for m in range(1, len(chunks) + 1)
        )
        target = to if n == 1 else number(n)
        found[target] = page(f'<ul class="list">{items(chunk)}</ul><div class="pages">{links}</div>{extra}')
    return found


def reaches(pages: Pages, findings: Findings) -> set[str]:
    """Paths of bulletins that the ways found lead to."""
    pattern = regex.compile(findings.url.bulletin or "$.")
    urls = {item.url for found in findings.ways for item in walked(get_of(pages), found.way)}
    return {urlsplit(url).path for url in urls if pattern.search(urlsplit(url).path)}


# --- the newsroom's kinds


@cache
def room_of(kind: str) -> tuple[Newsroom, Findings]:
    room = Newsroom(20261122, block=BLOCK, kinds=(kind,), bulletins=60)
    return room, surveyed(room, room.sites[0])


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_ways_found_reach_what_a_kind_of_the_newsroom_lists_and_nothing_else(kind: str) -> None:
    room, findings = room_of(kind)
    result = reached(room, room.sites[0], findings)
    assert result.share >= 0.95
    assert len(result.others) * 100 < len(result.found)
    assert not findings.missing
    assert findings.requests <= 45


def test_the_sample_is_of_bulletins_of_several_ages_and_the_others_are_none() -> None:
    room, findings = room_of("military-region")
    posted = {gold.url: gold.posted_on for gold in room.gold(room.sites[0].site_id)}
    days = sorted(posted[sampled.url] for sampled in findings.sample)
    assert 8 <= len(days) <= 12
    assert days[-1] - days[0] > timedelta(days=10)
    assert findings.others
    assert not {sampled.url for sampled in findings.others} & posted.keys()


def test_a_feed_that_waits_for_a_cookie_is_asked_by_who_keeps_one_and_told() -> None:
    _, findings = room_of("cms-body")
    assert findings.cookies
    assert any(found.way.kind == "feed" for found in findings.ways)


def test_what_names_a_page_in_a_query_is_kept_and_what_only_led_there_is_not() -> None:
    assert room_of("sharepoint")[1].url.keep_query == ("ItemID",)
    assert room_of("liferay")[1].url.keep_query == ()
    assert room_of("army-daily")[1].url.keep_query is None  # no address has a query


def test_forms_to_print_and_send_a_page_are_twins_of_it() -> None:
    _, findings = room_of("nukeviet")
    source = Source("a", "a", "a", hosts=findings.hosts, url=findings.url)
    address = findings.sample[0].url
    for twin in ("print", "savefile", "sendmail"):
        assert source.asked(address.replace("/vi/news/", f"/vi/news/{twin}/")) == address
    assert source.asked(address) == address


# --- sites of our own


def sectioned(per_section: int = 14) -> dict[str, str]:
    """Three sections, no feed, no sitemap; some bulletins stand in two sections under one last segment."""
    tin = {n: f"/tin/{slug(n)}-{900 + n}.html" for n in range(per_section)}
    nha = {n: f"/nha/{slug(n)}-{900 + n}.html" for n in range(0, 2 * per_section, 2)}
    pages = {"/": page(f'<div class="new">{items(dict(list(tin.items())[:4]))}</div>')}
    pages |= paged("/tin/", tin, 5, lambda n: f"/tin/trang-{n}/")
    pages |= paged("/nha/", nha, 5, lambda n: f"/nha/trang-{n}/")
    crumbs = '<ol class="breadcrumb"><li><a href="/tin/">Tin tức</a></li></ol>'
    pages |= {path: article(n, crumbs) for paths in (tin, nha) for n, path in paths.items()}
    return pages


def test_without_a_sitemap_the_lists_of_all_sections_are_ways() -> None:
    pages = sectioned()
    findings = look_at(pages)
    assert [found.way.kind for found in findings.ways] == ["listing", "listing"]
    assert reaches(pages, findings) == {path for path in pages if path.endswith(".html")}
    assert {(found.way.item, found.way.date, found.way.order) for found in findings.ways} == {
        ("li.item h3 > a", "i.day", "newest-first")
    }
    assert not findings.missing


def test_one_page_under_two_sections_has_one_key() -> None:
    findings = look_at(sectioned())
    source = Source("a", "a", "a", hosts=findings.hosts, url=findings.url)
    assert [rule.reason for rule in findings.url.key] == ["same-page"]
    assert source.key(f"{HOST}/tin/{slug(2)}-902.html") == source.key(f"{HOST}/nha/{slug(2)}-902.html")
    assert source.key(f"{HOST}/tin/{slug(2)}-902.html") != source.key(f"{HOST}/tin/{slug(3)}-903.html")


def test_two_runs_over_one_site_find_the_same() -> None:
    assert look_at(sectioned()) == look_at(sectioned())


def behind_a_button(script: str, button: str, first: int, more: str = "/ajax/list/7/{}.htm") -> dict[str, str]:
    """A list of 24 whose further pages are pieces of HTML, the first of them numbered `first`."""
    paths = {n: f"/{slug(n)}-{90000 + n}.html" for n in range(24)}
    rows = list(paths.items())
    pages = {"/": page(f'<div class="new">{items(dict(rows[:3]))}</div><a href="/tin/">Tin tức</a>')}
    pages["/tin/"] = page(f'<ul class="list">{items(dict(rows[:6]))}</ul>{button}<script>{script}</script>')
    for at in range(1, 4):
        pages[more.format(first + at - 1)] = items(dict(rows[6 * at : 6 * at + 6]))
    pages[more.format(first - 1)] = items(dict(rows[:6]))
    return pages | {path: article(n) for n, path in paths.items()}


@pytest.mark.parametrize("first", [1, 2])
def test_pages_behind_a_button_are_found_where_a_script_puts_their_address_together(first: int) -> None:
    script = "var cate = 7; function more(){ page++; $.get('/ajax/list/' + cate + '/' + page + '.htm', show); }"
    pages = behind_a_button(script, '<button onclick="more()">Xem thêm</button>', first)
    findings = look_at(pages)
    assert not findings.missing
    way = findings.ways[0].way
    assert (way.kind, way.page_url) == ("fragment", f"{HOST}/ajax/list/7/{{page}}.htm")
    assert (way.first_page or 2) == first
    assert len(reaches(pages, findings)) == 24


def test_an_address_that_a_script_fills_in_is_found_with_the_zone_that_the_page_hides() -> None:
    button = '<input type="hidden" id="hdZoneId" value="7"/><a class="list__viewmore" href="javascript:;">Xem thêm</a>'
    pages = behind_a_button("timeline.url = '/moc/{0}/{1}.htm';", button, 2, "/moc/7/{}.htm")
    assert look_at(pages).ways[0].way.page_url == f"{HOST}/moc/7/{{page}}.htm"


def test_pages_behind_a_button_are_found_in_its_attributes() -> None:
    button = '<a class="more" href="javascript:void(0)" data-url="/p?zone=7&amp;page=" data-page="2">Xem thêm</a>'
    pages = behind_a_button("", button, 2, "/p?zone=7&page={}")
    assert look_at(pages).ways[0].way.page_url == f"{HOST}/p?zone=7&page={{page}}"


def test_a_list_whose_further_pages_nobody_finds_is_written_and_named_as_missing() -> None:
    pages = behind_a_button("", '<button onclick="more()">Xem thêm</button>', 2)
    findings = look_at(pages)
    assert findings.ways
    (missing,) = findings.missing
    assert missing.startswith("paging: ")
    assert "docs/adding-a-source.md" in missing


def test_names_that_a_build_made_and_boxes_beside_the_list_are_in_no_selector() -> None:
    paths = {n: f"/{slug(n)}-{90000 + n}.html" for n in range(30)}
    box = items(dict(list(paths.items())[:12]))
    pages = paged("/tin/", paths, 10, lambda n: f"/tin/?page={n}", f'<div class="right">{box}</div>')
    made = {target: text.replace('class="item"', 'class="css-1x8hkq item-4711"') for target, text in pages.items()}
    made["/"] = page('<a href="/tin/">Tin tức</a>' + "".join(f'<a href="{p}">{title(n)}</a>' for n, p in paths.items()))
    made |= {path: article(n) for n, path in paths.items()}
    (found,) = look_at(made).ways
    assert found.way.item == "ul.list h3 > a"
    assert [urlsplit(item.url).path for item in found.items[:10]] == list(paths.values())[:10]
    assert len(reaches(made, look_at(made))) == 30


def test_pages_of_tags_that_look_like_bulletins_by_their_address_are_kept_out_of_the_rule() -> None:
    pages = sectioned()
    tags = "".join(f'<a href="/tag/{slug(n)}-{100 + n}.html">Tin có chủ đề số {n}</a>' for n in range(12))
    pages["/"] = pages["/"].replace("</main>", f"</main><p>{tags}</p>")
    listed = items({n: f"/tin/{slug(n)}-{900 + n}.html" for n in range(12)})
    pages |= {
        f"/tag/{slug(n)}-{100 + n}.html": page(f'<h1>Chủ đề {n}</h1><ul class="list">{listed}</ul>') for n in range(12)
    }
    findings = look_at(pages)
    assert findings.url.bulletin == r"^/(?!(?:tag)/)[^/]+/[^/]+-\d+\.html$"
    assert not any("/tag/" in sampled.url for sampled in findings.sample)
    assert not findings.missing


def test_where_robots_txt_forbids_the_bulletins_it_is_named() -> None:
    get = get_of(sectioned())

    def kept_out(url: str, form: tuple[tuple[str, str], ...] | None = None) -> Look:
        allowed = not url.endswith(".html")
        return get(url, form) if allowed else Look(url, None, None, None, b"", AT, not_allowed="robots.txt")

    findings = survey(f"{HOST}/", kept_out, OPEN, lambda line: None)
    assert any("robots.txt" in missing for missing in findings.missing)
    assert not findings.ways


def test_a_host_under_which_pages_name_themselves_is_a_twin_and_no_stranger_is() -> None:
    links = (
        '<link rel="alternate" media="only screen" href="https://m.bao.example.vn/x"/>'
        '<link rel="canonical" href="https://www.bao.example.vn/x"/><link rel="amphtml" href="https://evil.example/x"/>'
    )
    pages = {to: text.replace("</head>", f"{links}</head>") for to, text in sectioned().items()}
    assert look_at(pages).hosts == ("bao.example.vn", "m.bao.example.vn", "www.bao.example.vn")


def test_a_json_answer_is_read_where_it_lists_bulletins_and_nowhere_else() -> None:
    rows = [{"id": n, "link": f"/tin-so-{n}", "d": f"2026-10-{n:02}T08:00:00"} for n in range(1, 9)]
    text = json.dumps({"ok": True, "menu": [{"link": "/a"}] * 20, "data": {"rows": rows}, "hasMore": True})
    assert json_list(text, HOST, lambda url: "/tin-so-" in url) == JsonList("data.rows", "link", "d", "hasMore")
    for other in ("{", "[]", "12", '{"a": [1, 2]}', "[" * 100_000, '{"rows": [{"u": "/a"}]}'):
        assert json_list(other, HOST, lambda url: "/tin-so-" in url) is None


# --- what cannot be surveyed


def test_a_home_that_needs_javascript_says_so() -> None:
    findings = look_at({"/": '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'})
    assert not findings.ways
    assert "JavaScript" in findings.missing[0]


def test_behind_a_home_without_links_a_sitemap_is_still_found() -> None:
    paths = [f"/tin/{slug(n)}-{90000 + n}.html" for n in range(20)]
    urls = "".join(f"<url><loc>{HOST}{path}</loc></url>" for path in paths)
    sitemap = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    pages = {"/": "<html><body><p>Báo</p></body></html>", "/sitemap.xml": sitemap}
    pages |= {path: article(n) for n, path in enumerate(paths)}
    findings = look_at(pages)
    assert [found.estimate for found in findings.ways] == [20]
    assert findings.url.bulletin == r"^/[^/]+/[^/]+-\d{4,}\.html$"  # its pages link to /tin/, a section


def test_a_block_page_is_no_site() -> None:
    text = "<html><head><title>Truy cập bị từ chối</title></head><body><h1>Truy cập bị từ chối</h1></body></html>"
    assert "block page" in look_at({"/": text}).missing[0]


def test_a_home_that_moved_names_the_address_to_add_instead() -> None:
    findings = look_at({"/": (301, "https://bao-moi.example.vn/")})
    assert "add https://bao-moi.example.vn/ instead" in findings.missing[0]
    assert findings.requests == 1


def test_a_home_that_does_not_answer_ends_the_survey_at_once() -> None:
    findings = look_at({})
    assert "HTTP 404" in findings.missing[0]
    assert findings.requests == 1


def test_where_robots_txt_cannot_be_had_nothing_is_asked() -> None:
    robots = SimpleNamespace(sitemaps=(), usable=False, reason="robots.txt answered 503")
    findings = survey(f"{HOST}/", get_of(sectioned()), robots, lambda line: None)
    assert (findings.requests, findings.ways) == (0, ())
    assert "robots.txt answered 503" in findings.missing[0]


def test_a_folder_served_as_a_directory_ends_with_what_is_missing() -> None:
    rows = "".join(f'<li><a href="{n}.html">{n}.html</a></li>' for n in range(40))
    pages: dict[str, str] = {"/": f"<html><title>Directory listing for /</title><body><ul>{rows}</ul></body></html>"}
    pages |= {f"/{n}.html": page("<p>Trang trạng thái.</p>") for n in range(40)}
    findings = look_at(pages)
    assert not findings.ways
    assert any(missing.startswith("no way") or missing.startswith("the rule") for missing in findings.missing)


@pytest.mark.parametrize("budget", [1, 2, 5, 9, 16, 24])
def test_whatever_the_budget_it_is_kept_and_the_survey_ends(budget: int) -> None:
    findings = look_at(sectioned(), budget=budget)
    assert findings.requests <= budget
    assert findings.ways or findings.missing


def test_an_asker_that_gives_up_ends_the_survey_with_what_was_seen() -> None:
    get, asked = get_of(sectioned()), []

    def failing(url: str, form: tuple[tuple[str, str], ...] | None = None) -> Look:
        asked.append(url)
        if len(asked) > 12:
            raise BudgetSpent("its requests are spent")
        return get(url, form)

    findings = survey(f"{HOST}/", failing, OPEN, lambda line: None)
    assert any("its requests are spent" in doubt for doubt in findings.doubts)


HOSTILE = {
    "many links": "".join(f'<a href="/{n}/{n}">tin số {n} của báo</a>' for n in range(3_100)),
    "deep": "<div>" * 5_000 + '<a href="/a-b-c-d-1">bốn chữ là đủ</a>',
    "signs": "".join(f'<a href="/(a+)+{n}$/[x-{n}].html?q=(.*)*">tin số {n} của báo</a>' for n in range(30)),
    "classes": "".join(
        f'<p class=\'x"] y{{}} \\ *{n}\'><a href="/tin/bai-so-may-{n}">tin số {n} của</a></p>' for n in range(30)
    ),
    "paths": "".join(f'<a href="{"/a" * n}/b-c-d-{n}">tin số {n} của báo</a>' for n in range(120)),
    "script": "<a href='/x-y-z-1'>một tin bốn chữ</a><script>" + "'/page/' + " * 20_000 + "</script>",
    "words": f"<a href='/{'-a' * 900}'>{'chữ ' * 20_000}</a>" * 5,
    "control": "<a href='/tin\x1b[31m/so-\x00-1'>\x1b]0;x\x07 tin số một\u202e</a>" * 10,
}


@pytest.mark.parametrize("main", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_ends_a_survey_with_what_is_missing(main: str) -> None:
    text = f"<html><body>{main}</body></html>"

    def get(url: str, form: tuple[tuple[str, str], ...] | None = None) -> Look:
        return Look(url, url, 200, "text/html", text.encode(), AT)

    findings = survey(f"{HOST}/", get, OPEN, lambda line: None, 8)
    assert findings.missing
    assert findings.requests <= 8


def test_patterns_take_what_is_in_an_address_literally() -> None:
    urls = [f"{HOST}/a.b(c)+/x/tin-so-{1000 + n}.html" for n in range(5)]
    ((_, addresses),) = grouped(urls).items()
    pattern = regex.compile(f"^{pattern_of(addresses, frozenset())}$")
    assert all(pattern.search(urlsplit(url).path) for url in urls)
    assert not pattern.search("/aXb(c)/x/tin-so-1000.html")
    assert not pattern.search("/" + "a-" * 5_000)


@pytest.mark.parametrize(
    "visit", ["/(X(1)S(q2ng))/tin/a-1.html", "/(S(ab))/tin/a-1.html", "/tin/a-1.html;jsessionid=7F"]
)
def test_an_address_that_names_a_visit_is_that_of_its_page(visit: str) -> None:
    assert without_session(f"{HOST}{visit}?id=3;sid=4") == f"{HOST}/tin/a-1.html?id=3;sid=4"
