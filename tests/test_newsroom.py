"""The simulated newsroom: the same from the same seed, true to its gold, faulty on demand, and fast."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from crawlers.catalog import load_catalog
from crawlers.newsroom import Faults, Gold, Newsroom, Site
from crawlers.newsroom.answers import Answer, Ask
from pipelines.read import read
from pipelines.records import Bulletin, Capture, Layout

BLOCK = f"127.0.{200 + int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:])}"  # its own in each test process
PORT = 8479
MILITARY, DAILY, HOSPITAL = "newsroom-military-region", "newsroom-army-daily", "newsroom-hospital"
SITES = (MILITARY, DAILY, HOSPITAL)


def newsroom(seed: int = 3, bulletins: int = 40, days: int = 0, faults: Faults | None = None) -> Newsroom:
    room = Newsroom(seed, block=BLOCK, port=PORT, bulletins=bulletins, faults=faults)
    room.advance(days)
    return room


def ask(room: Newsroom, site: str | Site, target: str, **headers: str) -> Answer:
    path, _, query = target.partition("?")
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return room.respond(room.site(site) if isinstance(site, str) else site, Ask("GET", path, query, sent))


@pytest.fixture(scope="module")
def room() -> Newsroom:
    """Twelve days on; nothing changes it."""
    return newsroom(seed=20261122, days=12)


@pytest.fixture(scope="module")
def served() -> Iterator[Newsroom]:
    room = newsroom(seed=11, bulletins=250)
    with room.serve():
        yield room


def fetch(
    room: Newsroom, site: str, target: str, method: str = "GET", body: bytes = b"", **headers: str
) -> http.client.HTTPResponse:
    host = http.client.HTTPConnection(room.site(site).address, PORT, timeout=5)
    host.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
    return host.getresponse()


# One seed, one newsroom


def test_one_seed_gives_the_same_bytes_the_same_gold_and_the_same_days() -> None:
    one, two = newsroom(), newsroom()
    assert one.advance(5) == two.advance(5)
    for site in SITES:
        assert one.gold(site) == two.gold(site)
        for gold in one.gold(site)[-12:]:
            assert ask(one, site, gold.path).body == ask(two, site, gold.path).body
        assert ask(one, site, "/").body == ask(two, site, "/").body


def test_another_seed_is_another_newsroom() -> None:
    one, other = newsroom(3), newsroom(4)
    for site in SITES:
        assert {g.title for g in one.gold(site)} != {g.title for g in other.gold(site)}


def test_pages_do_not_hang_on_who_asked_before() -> None:
    one, two = newsroom(), newsroom()
    path = one.gold(MILITARY)[-1].path
    for gold in one.gold(MILITARY):
        ask(one, MILITARY, gold.path)
    assert ask(one, MILITARY, path).body == ask(two, MILITARY, path).body


def test_there_are_as_many_bulletins_as_asked_for_and_all_have_addresses_of_their_own(room: Newsroom) -> None:
    fresh = newsroom(bulletins=33)
    for site in SITES:
        gold = fresh.gold(site)
        assert len(gold) == len({g.url for g in gold}) == len(fresh.listed(site)) == 33
        assert max(g.posted_on for g in gold) <= fresh.day
        assert all(g.facts for g in gold)


@pytest.mark.parametrize("site", SITES)
def test_pages_have_the_size_of_real_ones(room: Newsroom, site: str) -> None:
    sizes = [len(ask(room, site, gold.path).body) for gold in room.gold(site) if gold.state == "live"]
    assert min(sizes) >= 20_000
    assert max(sizes) <= 90_000


def test_two_sites_of_one_kind_are_two_newspapers() -> None:
    room = Newsroom(3, block=BLOCK, port=PORT, kinds=("hospital", "hospital"), bulletins=20)
    one, two = room.sites
    assert (one.site_id, two.site_id) == (HOSPITAL, f"{HOSPITAL}-2")
    assert (one.base_url, two.base_url) == (f"http://{BLOCK}.1:{PORT}", f"http://{BLOCK}.2:{PORT}")
    assert [g.title for g in room.gold(one.site_id)] != [g.title for g in room.gold(two.site_id)]


# The gold is what the page says


@pytest.fixture(scope="module")
def catalog(
    room: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[tuple[Layout, ...], str | None]]:
    home = tmp_path_factory.mktemp("home")
    room.write_sources(home / "sources", delay_s=0.2)
    found = load_catalog(home)
    assert not found.errors
    assert all(found.get(site).fetch.allow_private and found.get(site).fetch.delay_s == 0.2 for site in SITES)
    return {site: (found.get(site).layouts, found.get(site).family) for site in SITES}


def reading(room: Newsroom, site: str, gold: Gold, layouts: tuple[Layout, ...], family: str | None) -> Bulletin:
    answer = ask(room, site, gold.path)
    at = datetime(room.day.year, room.day.month, room.day.day, 16, tzinfo=UTC)
    capture = Capture(site, gold.url, at, answer.body, answer.content_type, answer.status)
    found = read(capture, layouts=layouts, family=family)
    assert found.bulletin is not None, (gold.url, found.kind_rule)
    return found.bulletin


def told(found: Bulletin) -> dict[str, object]:
    body = tuple((found.body or "").split("\n\n"))
    return {
        "title": found.title, "published_on": found.published_on, "body": body, "captions": found.captions,
        "byline": found.byline, "authors": found.authors, "photographers": found.photographers,
        "section": found.section, "prefix": found.agency_prefix, "views": found.view_count, "tags": found.tags,
        "published_at": found.published_at,
    }  # fmt: skip


def true(gold: Gold) -> dict[str, object]:
    return {
        "title": gold.title, "published_on": gold.published_on, "body": gold.body, "captions": gold.captions,
        "byline": gold.byline, "authors": gold.authors, "photographers": gold.photographers,
        "section": gold.section, "prefix": gold.agency_prefix, "views": gold.view_count, "tags": gold.tags,
        "published_at": gold.published_at,
    }  # fmt: skip


def check_reading(room: Newsroom, site: str, layouts: tuple[Layout, ...], family: str | None) -> None:
    checked = [gold for gold in room.gold(site) if gold.state in ("live", "unlisted")][-25:]
    for gold in checked:
        assert told(reading(room, site, gold, layouts, family)) == true(gold), gold.url


@pytest.mark.parametrize("site", [MILITARY, HOSPITAL])
def test_the_projects_own_reader_reads_the_gold_off_the_pages(
    room: Newsroom, catalog: dict[str, tuple[tuple[Layout, ...], str | None]], site: str
) -> None:
    check_reading(room, site, *catalog[site])


def test_the_projects_own_reader_reads_the_daily_with_its_layout(
    room: Newsroom, catalog: dict[str, tuple[tuple[Layout, ...], str | None]]
) -> None:
    check_reading(room, DAILY, *catalog[DAILY])


def test_the_projects_own_reader_reads_the_daily_without_a_layout(room: Newsroom) -> None:
    check_reading(room, DAILY, (), None)


def test_a_lead_stands_apart_from_the_body_where_the_gold_has_one(room: Newsroom) -> None:
    for gold in room.gold(DAILY)[-10:]:
        assert gold.lead and gold.lead not in gold.body
        found = reading(room, DAILY, gold, (), None)
        assert found.lead == gold.lead


def test_a_bound_of_the_unknown_publication_day_is_the_latest_day_told_in_full(
    room: Newsroom, catalog: dict[str, tuple[tuple[Layout, ...], str | None]]
) -> None:
    checked = [gold for gold in room.gold(HOSPITAL) if gold.state == "live"]
    found = [reading(room, HOSPITAL, gold, *catalog[HOSPITAL]).published_not_before for gold in checked]
    assert all(gold.not_before is None or gold.not_before <= gold.posted_on for gold in checked)
    # The reader may leave a day out (`Phòng Kế hoạch …` sounds like a plan to it), but never has a wrong one.
    assert all(day in (None, gold.not_before) for day, gold in zip(found, checked, strict=True))
    known = sum(gold.not_before is not None for gold in checked)
    assert sum(day is not None for day in found) >= 0.85 * known > 20


def test_facts_stand_in_the_text_as_they_are_told(room: Newsroom) -> None:
    for site in SITES:
        for gold in room.gold(site)[-15:]:
            text = "\n".join((gold.title, gold.lead or "", *gold.body, *gold.captions))
            kinds = Counter(fact.kind for fact in gold.facts)
            assert {"person", "event", "organization"} <= set(kinds)
            assert not [fact.surface for fact in gold.facts if fact.surface.lower() not in text.lower()], gold.url


def test_a_bulletin_of_the_hospital_tells_no_publication_date(room: Newsroom) -> None:
    gold = room.gold(HOSPITAL)[-1]
    assert gold.published_on is None and gold.published_at is None
    assert b"lastmod" not in ask(room, HOSPITAL, gold.path).body
    assert ask(room, HOSPITAL, gold.path).modified_at is None


@pytest.mark.parametrize(
    ("site", "target", "kind"),
    [
        (MILITARY, "/gioi-thieu/", "static"),
        (MILITARY, "/lien-he/", "static"),
        (MILITARY, "/", "home"),
        (MILITARY, "/category/tin-tuc/page/2/", "list"),
        (DAILY, "/gioi-thieu", "static"),
        (DAILY, "/", "home"),
        (DAILY, "/quoc-phong-an-ninh/tin-tuc/p/2", "list"),
        (HOSPITAL, "/gioi-thieu.aspx", "static"),
        (HOSPITAL, "/tin-tuc/Default.aspx", "list"),
        *((site, "/khong-co", "error") for site in SITES),
    ],
)
def test_what_is_no_bulletin_is_read_as_none(room: Newsroom, site: str, target: str, kind: str) -> None:
    answer = ask(room, site, target)
    url = room.site(site).base_url + target
    found = read(Capture(site, url, datetime.now(UTC), answer.body, answer.content_type, 200))
    assert found.kind == kind, found.kind_rule


# Days


def test_new_bulletins_stand_in_every_list_of_their_day() -> None:
    room = newsroom(bulletins=60)
    publishing = set[str]()
    for _ in range(3):
        for change in [change for change in room.advance() if change.kind == "new"]:
            publishing.add(change.site_id)
            assert room.site(change.site_id).base_url + change.path in room.listed(change.site_id)
            assert change.day == room.day
    assert publishing == set(SITES)
    assert walk_sitemap(room, MILITARY, "/wp-sitemap.xml") >= room.listed(MILITARY)
    assert walk_sitemap(room, DAILY, "/sitemaps/pid/feed-0.xml") >= room.listed(DAILY)


def test_an_edit_changes_gold_page_and_validators_and_nothing_else_does(room: Newsroom) -> None:
    kinds = Counter[str]()
    fresh = newsroom(seed=5)
    for _ in range(14):
        before = {g.url: g for site in SITES for g in fresh.gold(site)}
        tags = {g.url: ask(fresh, g.site_id, g.path).etag for g in before.values() if g.site_id == DAILY}
        changes = {fresh.site(c.site_id).base_url + c.path: c for c in fresh.advance()}
        after = {g.url: g for site in SITES for g in fresh.gold(site)}
        for url, gold in before.items():
            change = changes.get(url)
            edited = change is not None and change.kind == "edited"
            assert (after[url].version > gold.version) == edited
            assert (content(after[url]) != content(gold)) == edited
            if change is not None and edited:
                kinds.update(change.detail.split(", "))
                assert change.detail == ", ".join(after[url].changed_fields)
            if gold.site_id == DAILY and gold.state == after[url].state == "live":
                assert (ask(fresh, DAILY, gold.path).etag != tags[url]) == (change is not None)
    assert {"title", "body", "captions", "byline"} <= set(kinds)


def content(gold: Gold) -> tuple[object, ...]:
    return gold.title, gold.lead, gold.body, gold.captions, gold.byline


def test_gold_of_a_past_day_is_as_it_was_on_that_day() -> None:
    room = newsroom(seed=8)
    start, before = room.day, {site: [(g.state, content(g)) for g in room.gold(site)] for site in SITES}
    room.advance(20)
    for site in SITES:
        assert [(g.state, content(g)) for g in room.gold(site, start)] == before[site]
        assert len(room.gold(site)) > len(before[site])


def test_clock_and_boxes_change_by_day_the_bulletin_does_not() -> None:
    room = newsroom()
    gold = room.gold(MILITARY)[0]
    first = ask(room, MILITARY, gold.path)
    noise = [change.kind for change in room.advance(8)]
    now = room.gold(MILITARY)[0]
    second = ask(room, MILITARY, gold.path)
    assert "noise" in noise
    assert first.body != second.body
    assert first.etag != second.etag
    assert content(now) == content(gold)
    daily = room.gold(DAILY)[0].path
    assert ask(room, DAILY, daily).etag == ask(newsroom(), DAILY, daily).etag
    assert ask(room, DAILY, daily).body != ask(newsroom(), DAILY, daily).body


def test_bulletins_leave_in_five_ways_and_leave_the_lists_too(room: Newsroom) -> None:
    ways = Counter(gold.state for site in SITES for gold in room.gold(site))
    assert set(ways) >= {"gone-404", "gone-410", "soft-404", "redirect-home", "unlisted", "live"}
    for site in SITES:
        for gold in room.gold(site):
            answer = ask(room, site, gold.path)
            expected = {"gone-404": 404, "gone-410": 410, "redirect-home": 302}.get(gold.state, 200)
            assert answer.status == expected
            assert (gold.url in room.listed(site)) == (gold.state == "live")
            assert ("Không tìm thấy trang" in answer.body.decode()) == gold.state.endswith(("404", "410"))


# Lists


def links(text: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<loc>([^<]+)</loc>", text)]


def walk_sitemap(room: Newsroom, site: str, index: str) -> set[str]:
    found: set[str] = set()
    for child in links(ask(room, site, index).body.decode()):
        found |= set(links(ask(room, site, urlsplit(child).path).body.decode()))
    return found


def test_sitemaps_list_what_is_listed_and_pages_that_are_no_bulletins(room: Newsroom) -> None:
    found = walk_sitemap(room, MILITARY, "/wp-sitemap.xml")
    base = room.site(MILITARY).base_url
    assert found - room.listed(MILITARY) == {f"{base}/gioi-thieu/", f"{base}/lien-he/", room.site(MILITARY).trap_url}
    assert walk_sitemap(room, DAILY, "/sitemaps/pid/feed-0.xml") - room.listed(DAILY) == {room.site(DAILY).trap_url}


def test_a_sitemap_holds_at_most_two_thousand() -> None:
    large = Newsroom(2, block=BLOCK, port=PORT, kinds=("military-region",), bulletins=2100)
    children = links(ask(large, MILITARY, "/wp-sitemap.xml").body.decode())
    assert len([child for child in children if "posts-post" in child]) == 2
    assert len(links(ask(large, MILITARY, "/wp-sitemap-posts-post-1.xml").body.decode())) == 2000


def test_the_category_lists_everything_ten_a_page_newest_first(room: Newsroom) -> None:
    found: list[str] = []
    target: str | None = "/category/tin-tuc/"
    while target:
        page = ask(room, MILITARY, target).body.decode()
        mine = re.findall(r'<h3 class="entry-title"><a href="([^"]+)">', page)
        assert len([path for path in mine if path != room.site(MILITARY).press.trap]) <= 10
        found += mine
        further = re.search(r'<a class="next page-numbers" href="([^"]+)"', page)
        target = further[1] if further else None
    base = room.site(MILITARY).base_url
    assert {base + path for path in found} - {room.site(MILITARY).trap_url} == room.listed(MILITARY)
    dates = {gold.path: gold.posted_on for gold in room.gold(MILITARY)}
    days = [dates[path] for path in found if path in dates]
    assert days == sorted(days, reverse=True)


def test_feeds_hold_the_newest(room: Newsroom) -> None:
    feed = ask(room, MILITARY, "/feed/").body.decode()
    newest = [gold for gold in room.gold(MILITARY) if gold.state == "live"][-10:]
    assert re.findall(r"<item><title>[^<]*</title><link>([^<]+)", feed) == [gold.url for gold in reversed(newest)]


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" id="[^"]+" value="([^"]*)"', page))


def postback(page: str, argument: str) -> bytes:
    fields = {**hidden(page), "__EVENTTARGET": "ctl00$main$grid", "__EVENTARGUMENT": argument}
    return urlencode(fields).encode()


def test_a_walk_of_postbacks_finds_every_bulletin_of_the_hospital(served: Newsroom) -> None:
    found: set[str] = set()
    page = fetch(served, HOSPITAL, "/tin-tuc/Default.aspx").read().decode()
    for _ in range(50):
        found |= set(re.findall(r'class="tieu-de-tin" href="([^"]+)"', page))
        further = re.search(r"""class="pager-next" href="javascript:__doPostBack\(([^)]+)\)""", page)
        if not further:
            break
        _, argument = re.findall(r"'([^']+)'", unescape(further[1]))
        body = postback(page, argument)
        form = {"content_type": "application/x-www-form-urlencoded"}
        page = fetch(served, HOSPITAL, "/tin-tuc/Default.aspx", "POST", body, **form).read().decode()
    base = served.site(HOSPITAL).base_url
    assert {base + path for path in found} - {served.site(HOSPITAL).trap_url} == served.listed(HOSPITAL)


def test_a_postback_without_the_state_of_the_page_before_gets_the_first_page(served: Newsroom) -> None:
    site = served.site(HOSPITAL)
    first = ask(served, site, "/tin-tuc/Default.aspx").body.decode()

    def post(body: bytes) -> str:
        return served.respond(site, Ask("POST", "/tin-tuc/Default.aspx", body=body)).body.decode()

    assert "<span>2</span>" in post(postback(first, "Page$2"))
    assert "<span>11</span>" in post(postback(first, "Page$11"))
    assert "<td><span>1</span>" in post(postback(first, "Page$12"))
    assert "<td><span>1</span>" in post(postback(first, "Page$99999999999"))
    assert "<td><span>1</span>" in post(b"__EVENTTARGET=ctl00%24main%24grid&__EVENTARGUMENT=Page%242")
    assert "<td><span>1</span>" in post(b"\xff\x00=%%%&__VIEWSTATE=\xc3\xa9")
    second = post(postback(first, "Page$2"))
    mixed = {**hidden(second), "__VIEWSTATE": hidden(first)["__VIEWSTATE"]}
    body = urlencode({**mixed, "__EVENTTARGET": "ctl00$main$grid", "__EVENTARGUMENT": "Page$3"}).encode()
    assert "<td><span>1</span>" in post(body)


# HTTP


def test_what_did_not_change_is_answered_with_304(served: Newsroom) -> None:
    for site, target in ((MILITARY, "/wp-sitemap.xml"), (DAILY, "/rss/cate/tin-tuc-moi-nhat.rss"), (DAILY, "")):
        path = target or served.gold(DAILY)[-1].path
        first = fetch(served, site, path)
        tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
        assert len(first.read()) == int(first.headers["Content-Length"])
        again = fetch(served, site, path, if_none_match=tag)
        assert (again.status, again.read(), again.headers["ETag"]) == (304, b"", tag)
        assert fetch(served, site, path, if_modified_since=changed).status == 304
        assert fetch(served, site, path, if_none_match='"other"', if_modified_since=changed).status == 200
    bare = fetch(served, HOSPITAL, served.gold(HOSPITAL)[-1].path)
    assert bare.headers["ETag"] is None and bare.headers["Last-Modified"] is None


def test_the_daily_alone_answers_in_gzip_and_only_where_asked(served: Newsroom) -> None:
    path = served.gold(DAILY)[-1].path
    plain, zipped = fetch(served, DAILY, path), fetch(served, DAILY, path, accept_encoding="gzip, br")
    assert plain.headers["Content-Encoding"] is None
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.read()) == plain.read()
    other = fetch(served, MILITARY, served.gold(MILITARY)[-1].path, accept_encoding="gzip")
    assert other.headers["Content-Encoding"] is None


def test_every_request_is_logged_with_what_was_asked_and_answered(served: Newsroom) -> None:
    served.clear_log()
    started = time.time()
    fetch(served, MILITARY, "/khong-co?x=1", user_agent="Bantin-Test").read()
    fetch(served, HOSPITAL, "/robots.txt", "HEAD").read()
    first, second = served.log()
    assert (first.method, first.path, first.status, first.site_id) == ("GET", "/khong-co?x=1", 404, MILITARY)
    assert first.headers["user-agent"] == "Bantin-Test"
    assert started <= first.at <= second.at <= time.time()
    assert (second.method, second.status) == ("HEAD", 200)
    assert served.log(HOSPITAL) == [second]


def test_robots_forbids_the_trap_and_names_the_sitemap(served: Newsroom) -> None:
    robots = fetch(served, MILITARY, "/robots.txt").read().decode()
    assert "Disallow: /wp-admin/" in robots
    assert f"Sitemap: {served.site(MILITARY).base_url}/wp-sitemap.xml" in robots
    for site in SITES:
        path = urlsplit(served.site(site).trap_url).path
        rules = re.findall("Disallow: (.+)", fetch(served, site, "/robots.txt").read().decode())
        assert any(path.startswith(rule) for rule in rules)


def test_a_port_that_is_taken_is_named_and_can_be_had_again(tmp_path: Path) -> None:
    one = Newsroom(1, block="127.0.80", port=PORT, bulletins=3)
    two = Newsroom(1, block="127.0.80", port=PORT, bulletins=3)
    with one.serve(), pytest.raises(OSError, match=rf"127\.0\.80\.1:{PORT} cannot be bound"), two.serve():
        pass
    with two.serve():
        host = http.client.HTTPConnection("127.0.80.2", PORT, timeout=5)
        host.request("GET", "/")
        assert host.getresponse().status == 200


def test_what_a_query_adds_does_not_matter(room: Newsroom) -> None:
    for site in SITES:
        gold = next(gold for gold in room.gold(site) if gold.state == "live")
        joint = "&" if "?" in gold.path else "?"
        assert ask(room, site, f"{gold.path}{joint}utm_source=rss").body == ask(room, site, gold.path).body


@pytest.mark.parametrize("bulletins", [0, 1])
def test_an_empty_newsroom_answers_too(bulletins: int) -> None:
    room = newsroom(bulletins=bulletins, days=1)
    for site, targets in {
        MILITARY: ("/", "/feed/", "/wp-sitemap.xml", "/wp-sitemap-posts-post-1.xml", "/category/tin-tuc/"),
        DAILY: ("/", "/rss/cate/tin-tuc-moi-nhat.rss", "/sitemaps/pid/feed-0.xml", "/quoc-phong-an-ninh/tin-tuc"),
        HOSPITAL: ("/", "/tin-tuc/Default.aspx"),
    }.items():
        assert [ask(room, site, target).status for target in targets] == [200] * len(targets)


def test_the_command_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-m", "crawlers.newsroom", "--block", "127.0.81", "--port", str(PORT), "--log", str(log)]
    with subprocess.Popen([*command, "--bulletins", "5", "--days", "2"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            told = process.stdout.readline()
            assert told == f"{MILITARY}\thttp://127.0.81.1:{PORT}/\n"
            host = http.client.HTTPConnection("127.0.81.1", PORT, timeout=5)
            host.request("GET", "/robots.txt")
            assert host.getresponse().status == 200
        finally:
            process.terminate()
        assert process.wait(timeout=10) == 0
    assert '"path": "/robots.txt"' in log.read_text(encoding="utf-8")


# Faults


def test_no_fault_is_on_by_itself(room: Newsroom) -> None:
    assert all(faults == Faults() for faults in room.faults.values())
    assert ask(room, MILITARY, "/robots.txt").status == 200
    assert "Crawl-delay" not in ask(room, MILITARY, "/robots.txt").body.decode()


def test_robots_may_fail_hang_up_or_ask_for_patience(served: Newsroom) -> None:
    try:
        served.faults[DAILY] = Faults(robots=500)
        assert fetch(served, DAILY, "/robots.txt").status == 500
        served.faults[DAILY] = Faults(robots=404)
        assert fetch(served, DAILY, "/robots.txt").status == 404
        served.faults[DAILY] = Faults(robots="drop")
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            fetch(served, DAILY, "/robots.txt")
        assert served.log(DAILY)[-1].status == 0
        served.faults[DAILY] = Faults(crawl_delay=2.5)
        assert b"Crawl-delay: 2.5\n" in fetch(served, DAILY, "/robots.txt").read()
    finally:
        served.faults[DAILY] = Faults()


def test_some_paths_fail_the_first_times_and_say_when_to_come_again() -> None:
    room = newsroom(faults=Faults(failing_share=0.3, failing_status=429, failing_times=2, retry_after=7))
    paths = [gold.path for gold in room.gold(MILITARY)]
    first = {path: ask(room, MILITARY, path) for path in paths}
    failing = {path for path, answer in first.items() if answer.status == 429}
    assert 0.1 < len(failing) / len(paths) < 0.5
    assert all(("retry-after", "7") in first[path].headers for path in failing)
    assert {path for path in paths if ask(room, MILITARY, path).status == 429} == failing
    assert all(ask(room, MILITARY, path).status == 200 for path in paths)
    room.clear_log()
    assert {path for path in paths if ask(room, MILITARY, path).status == 429} == failing


def test_a_silent_site_publishes_nothing_and_a_block_page_covers_everything() -> None:
    room = newsroom()
    room.faults[DAILY] = Faults(silent=True)
    assert not [c for c in room.advance(4) if c.kind == "new" and c.site_id == DAILY]
    room.faults[DAILY] = Faults(block_page=True)
    gold = room.gold(DAILY)[0]
    answer = ask(room, DAILY, gold.path)
    assert answer.status == 200
    kind = read(Capture(DAILY, gold.url, datetime.now(UTC), answer.body, answer.content_type, 200)).kind
    assert kind == "block"
    assert ask(room, DAILY, "/sitemaps/pid/feed-0.xml").body == answer.body


@pytest.mark.parametrize(
    ("site", "names"),
    [
        (MILITARY, ("entry-title", "entry-content", "ngay-dang")),
        (DAILY, ("post-title", "post-content", "post-subinfo", "post-summary")),
        (HOSPITAL, ("ctl00_main_lblTieuDe", "ctl00_main_divNoiDung", "luot-xem")),
    ],
)
def test_a_redesign_renames_what_the_layout_selects_from_its_day_on(site: str, names: tuple[str, ...]) -> None:
    room = newsroom(faults=Faults(broken_from=date(2026, 11, 3)))
    gold = next(gold for gold in room.gold(site) if gold.state == "live")
    assert all(name.encode() in ask(room, site, gold.path).body for name in names)
    tag = ask(room, site, gold.path).etag
    room.advance(2)
    page = ask(room, site, gold.path)
    assert not [name for name in names if name.encode() in page.body]
    assert all(paragraph.rstrip(".").encode() in page.body for paragraph in gold.body)
    assert site == HOSPITAL or page.etag != tag


@pytest.mark.parametrize("site", SITES)
def test_moved_bulletins_redirect_to_where_they_are(site: str) -> None:
    room = newsroom(faults=Faults(moved_share=0.4))
    moved = [gold for gold in room.gold(site) if gold.moved_to]
    assert 5 < len(moved) < 40
    for gold in moved:
        answer = ask(room, site, gold.path)
        assert answer.status == 301
        assert ("location", gold.moved_to) in answer.headers
        assert gold.title in ask(room, site, str(gold.moved_to)).body.decode()
    staying = next(gold for gold in room.gold(site) if not gold.moved_to)
    assert ask(room, site, room.site(site).press.moved(staying.path)).status == 404


def test_rendering_is_faster_than_any_crawl_fetches() -> None:
    """Far below what an idle machine does (thousands a second), so that a busy one passes."""
    room = newsroom(bulletins=60)
    paths = [(site, gold.path) for site in SITES for gold in room.gold(site)]
    room.advance()
    started = time.process_time()
    for site, path in paths:
        ask(room, site, path)
    assert len(paths) / (time.process_time() - started) > 300
