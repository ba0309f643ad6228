"""Walks of lists: how far they go, why they end, and what a list that is only partly seen may not hide."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import walking
from crawlers.exchange import Wanted
from crawlers.fetch import Fetched, NotAllowed
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Lists, Runs, Walk
from crawlers.ledger import Ledger
from crawlers.segment import SegmentWriter
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source, UrlRules, way_name
from crawlers.states import EXCLUDED, WAITING, Answer
from crawlers.walking import SMALL_LIST, Walker, WalkOutcome
from pipelines.records import Capture

BASE = "https://bao.example"
LIST = Discover("listing", f"{BASE}/tin", item="li > a", date="time", next="a.next", order="newest-first")
MAP = Discover("sitemap", f"{BASE}/map.xml")
FEED = Discover("feed", f"{BASE}/rss")
SOURCE = Source("bao", "Báo", "Báo", hosts=("bao.example",))


@dataclass
class Site:
    """What a server answers: path → body, or a status, or a NotAllowed. An ETag is the digest of the body."""

    pages: dict[str, str | int | NotAllowed] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    validators: bool = True

    def listing(
        self, pages: list[list[str]], days: dict[str, date] | None = None, following: dict[int, str] | None = None
    ) -> None:
        """`/tin`, `/tin?p=2` …; following: where the page of this number, from 1, links to instead."""
        for number, paths in enumerate(pages, 1):
            items = "".join(f'<li><a href="{p}">x</a>{self._time(days, p)}</li>' for p in paths)
            to = (following or {}).get(number, f"/tin?p={number + 1}" if number < len(pages) else "")
            link = f'<a class="next" href="{to}">sau</a>' if to else ""
            self.pages["/tin" if number == 1 else f"/tin?p={number}"] = (
                f"<html><body><ul>{items}</ul>{link}</body></html>"
            )

    @staticmethod
    def _time(days: dict[str, date] | None, path: str) -> str:
        return f"<time>{days[path]:%d/%m/%Y}</time>" if days and path in days else ""

    def sitemap(self, path: str, paths: list[str], end: str = "</urlset>") -> None:
        urls = "".join(f"<url><loc>{BASE}{p}</loc></url>" for p in paths)
        self.pages[path] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}{end}'

    def index(self, path: str, children: dict[str, str]) -> None:
        """children: path → lastmod"""
        maps = "".join(f"<sitemap><loc>{BASE}{p}</loc><lastmod>{m}</lastmod></sitemap>" for p, m in children.items())
        self.pages[path] = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'


class World:
    """One source, one frontier, one site, and days that pass."""

    def __init__(self, folder: Path) -> None:
        self.site, self.source = Site(), SOURCE
        self.now = datetime(2026, 11, 1, 5, tzinfo=UTC)
        self.raw = folder / "raw"
        self.frontier = Frontier(folder / "crawl" / "bao.sqlite")
        self.lists = Lists(self.frontier)
        self.runs = 0

    def walk(self, way: Discover = LIST, whole: bool = False) -> WalkOutcome:
        self.runs += 1
        writer = SegmentWriter(self.raw, "bao", f"r{self.runs}", lambda: self.now)
        self.ledger = Ledger(self.frontier, Runs(self.frontier), writer)
        walker = Walker(
            self.source, self.frontier, self.lists, self.ledger, self._fetch, lambda: self.now, f"r{self.runs}"
        )
        self.site.asked.clear()
        outcome = asyncio.run(walker.walk(way, whole))
        self.ledger.close()
        self.now += timedelta(seconds=1)
        return outcome

    async def _fetch(self, wanted: Wanted) -> Fetched:
        path = wanted.url.removeprefix(BASE)
        self.site.asked.append(path)
        page = self.site.pages.get(path, 404)
        if isinstance(page, NotAllowed):
            raise page
        at = self.now.timestamp()
        if isinstance(page, int):
            return Fetched(
                Answer(at, page or None, None if page else "no answer in time"),
                refused="redirect to x" if page == 302 else None,
            )
        body = page.encode()
        etag = hashlib.md5(body).hexdigest() if self.site.validators else None
        if etag and wanted.etag == etag:
            return Fetched(Answer(at, 304, payload_sha256=wanted.before))
        capture = Capture("bao", wanted.url, self.now, body, "text/html", 200)
        kept = self.ledger.keep(capture, b"HTTP/1.1 200 \r\n\r\n" + body, body, wanted.before, wanted.role)
        return Fetched(Answer(at, 200, None, None, etag, None, kept.payload_sha256), capture, kept.stored)

    def known(self) -> set[str]:
        return {row.url.removeprefix(BASE) for row in self.frontier.rows("bao")}

    def listed(self) -> set[str]:
        return {key for (key,) in self.frontier.con.execute("select distinct key from listed")}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.frontier.close()


def paths(first: int, count: int, word: str = "bai") -> list[str]:
    return [f"/{word}-{n}" for n in range(first, first + count)]


def told(outcome: WalkOutcome) -> tuple[str, bool, int, int, int]:
    walk = outcome.walk
    return walk.stop_reason, walk.complete, walk.pages, walk.items, walk.unknown


# --- where a list ends


def test_a_list_is_walked_to_its_end(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5), paths(10, 2)])
    outcome = world.walk()
    assert told(outcome) == ("end of the list", True, 3, 12, 12)
    assert outcome.problem is None
    assert world.known() == world.listed() == set(paths(0, 12))
    assert world.lists.last_walk(outcome.walk.way) == outcome.walk


def test_items_known_already_are_no_reason_to_stop(world: World) -> None:
    world.site.listing([paths(0, 5)])
    world.walk()
    world.site.listing([paths(0, 5), [*paths(0, 4), "/hidden"]])
    assert told(world.walk()) == ("end of the list", True, 2, 10, 1)


def test_a_page_behind_the_last_that_shows_the_last_again_is_the_end(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5), paths(5, 5), paths(99, 1)])
    outcome = world.walk()
    assert told(outcome) == ("the page repeats the one before", True, 3, 15, 10)
    assert outcome.problem is None


def test_a_second_page_that_is_the_first_again_is_a_hole(world: World) -> None:
    world.site.listing([paths(0, 5), paths(0, 5), paths(5, 5)])
    outcome = world.walk()
    assert told(outcome)[:3] == ("the page repeats the one before", False, 2)
    assert "second page repeats the first" in (outcome.problem or "")


def test_a_last_page_that_leads_back_to_the_first_is_the_end(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5)], following={2: "/tin"})
    outcome = world.walk()
    assert told(outcome) == ("its next page was seen before", True, 2, 10, 10)
    assert outcome.problem is None


def test_a_server_that_falls_back_to_an_earlier_page_is_a_hole(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5), paths(0, 5)], following={3: "/tin?p=2"})
    outcome = world.walk()
    assert told(outcome)[:2] == ("its next page was seen before", False)
    assert "fell back" in (outcome.problem or "")


def test_paging_in_circles_under_ever_new_addresses_ends_and_is_a_hole(world: World) -> None:
    world.site.listing([paths(5 * (n % 3), 5) for n in range(50)])
    outcome = world.walk()
    assert (outcome.walk.complete, outcome.walk.pages) == (False, 6)
    assert "circles" in (outcome.problem or "")


def test_a_walk_has_a_cap_and_says_what_it_left_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MAX_PAGES", 2)
    world.site.listing([paths(0, 2), paths(2, 2), paths(4, 2)])
    outcome = world.walk()
    assert told(outcome)[:3] == ("more than 2 pages", False, 2)
    assert "left out" in (outcome.problem or "")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><body><p>Bảo trì</p></body></html>", "expected a list"),
        (500, "HTTP 500"),
        (302, "redirect to x"),
        (0, "no answer in time"),
        (NotAllowed("robots.txt", passing=False), "not allowed by robots.txt"),
        (NotAllowed("robots.txt answered 500", passing=True), "robots.txt answered 500"),
    ],
)
def test_a_first_page_without_items_is_a_hole_and_forgets_nothing(
    world: World, page: str | int | NotAllowed, words: str
) -> None:
    world.site.listing([paths(0, 5)])
    world.walk()
    world.site.pages["/tin"] = page
    outcome = world.walk()
    assert not outcome.walk.complete
    assert words in outcome.walk.stop_reason
    assert words in (outcome.problem or "")
    assert world.listed() == set(paths(0, 5))


def test_what_pages_before_a_broken_one_list_is_kept(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5), paths(10, 5)])
    world.site.pages["/tin?p=3"] = 500
    assert told(world.walk())[1:] == (False, 3, 10, 10)
    assert world.known() == set(paths(0, 10))


# --- short walks between full ones


def archive(pages: int, today: date) -> tuple[list[list[str]], dict[str, date]]:
    """Five items a page, one a day back from today."""
    lists = [paths(5 * n, 5) for n in range(pages)]
    return lists, {path: today - timedelta(days=n) for n, path in enumerate(p for page in lists for p in page)}


def test_a_small_list_is_walked_whole_every_time(world: World) -> None:
    world.site.listing(*archive(SMALL_LIST, date(2026, 11, 1)))
    for _ in range(2):
        assert told(world.walk())[:3] == ("end of the list", True, SMALL_LIST)


def test_a_long_dated_list_is_left_where_all_is_older_than_what_still_moves_and_walked_whole_once_a_week(
    world: World,
) -> None:
    world.site.listing(*archive(SMALL_LIST + 5, date(2026, 11, 1)))
    assert world.walk().walk.complete
    world.now += timedelta(days=1)
    short = world.walk()
    assert "older than 14 days" in short.walk.stop_reason
    assert (short.walk.complete, short.walk.pages, short.problem) == (False, 4, None)
    assert world.listed() == world.known()
    world.now += timedelta(days=6)
    assert told(world.walk())[:3] == ("end of the list", True, SMALL_LIST + 5)


def test_an_unknown_item_among_old_ones_leads_on(world: World) -> None:
    lists, days = archive(SMALL_LIST + 5, date(2026, 11, 1))
    world.site.listing(lists, days)
    world.walk()
    lists[6][2] = "/inserted"
    lists[7][1] = "/inserted-too"
    days["/inserted"] = days["/inserted-too"] = date(2026, 9, 1)
    lists[3][3] = "/first"
    days["/first"] = date(2026, 10, 15)
    world.site.listing(lists, days)
    assert world.walk().walk.pages == 5  # page 4 has a new one, page 5 is old: what lies deeper waits for the full walk
    world.now += timedelta(days=7)
    world.walk()
    assert {"/first", "/inserted", "/inserted-too"} <= world.known()


def test_a_first_page_of_pinned_items_hides_nothing_below(world: World) -> None:
    lists, days = archive(SMALL_LIST + 5, date(2026, 11, 1))
    pinned = paths(0, 5, "ghim")
    days |= dict.fromkeys(pinned, date(2020, 1, 1))
    world.site.listing([pinned, *lists], days)
    world.walk()
    days["/new"] = date(2026, 11, 1)
    world.site.listing([pinned, ["/new", *lists[0]], *lists[1:]], days)
    world.walk()
    assert "/new" in world.known()


def test_an_undated_list_goes_by_the_day_its_items_were_first_seen(world: World) -> None:
    lists, _ = archive(SMALL_LIST + 5, date(2026, 11, 1))
    world.site.listing(lists)
    for days in (0, 7, 7, 7):
        world.now += timedelta(days=days)
        assert world.walk().walk.pages == SMALL_LIST + 5
    world.now += timedelta(days=2)
    assert world.walk().walk.pages == walking.FRONT_PAGES


def test_a_list_of_no_known_order_is_never_cut_short(world: World) -> None:
    world.site.listing(*archive(SMALL_LIST + 5, date(2020, 1, 1)))
    way = replace(LIST, order="unordered")
    for _ in range(2):
        assert world.walk(way).walk.complete


# --- sitemaps, feeds


def test_a_feed_is_never_complete(world: World) -> None:
    items = "".join(f"<item><link>{BASE}{p}</link></item>" for p in paths(0, 3))
    world.site.pages["/rss"] = f'<rss version="2.0"><channel>{items}</channel></rss>'
    assert told(world.walk(FEED)) == ("a feed shows only the newest", False, 1, 3, 3)


def test_a_child_that_its_index_says_is_unchanged_is_not_asked_for_and_still_lists_what_it_did(world: World) -> None:
    world.site.index("/map.xml", {"/1.xml": "2026-10-01", "/2.xml": "2026-10-31T09:00:00+07:00"})
    world.site.sitemap("/1.xml", paths(0, 3))
    world.site.sitemap("/2.xml", paths(3, 3))
    assert told(world.walk(MAP)) == ("end of the list", True, 3, 6, 6)
    world.now += timedelta(days=1)
    world.site.index("/map.xml", {"/1.xml": "2026-10-01", "/2.xml": "2026-11-02T00:00:00+07:00"})
    world.site.sitemap("/2.xml", paths(4, 3))
    again = world.walk(MAP)
    assert world.site.asked == ["/map.xml", "/2.xml"]
    assert told(again) == ("end of the list", True, 2, 6, 1)
    assert world.listed() == set(paths(0, 3) + paths(4, 3))


def test_a_lastmod_that_never_moves_is_not_believed_for_longer_than_a_week(world: World) -> None:
    world.site.index("/map.xml", {"/1.xml": "2020-01-01"})
    world.site.sitemap("/1.xml", paths(0, 3))
    world.walk(MAP)
    world.site.sitemap("/1.xml", paths(0, 4))
    world.now += timedelta(days=3)
    world.walk(MAP)
    assert world.known() == set(paths(0, 3))
    world.now += timedelta(days=4)
    world.walk(MAP)
    assert world.known() == set(paths(0, 4))


def test_pages_below_an_unchanged_index_in_an_index_are_not_forgotten(world: World) -> None:
    world.site.index("/map.xml", {"/years.xml": "2020-01-01"})
    world.site.index("/years.xml", {"/2019.xml": "2020-01-01"})
    world.site.sitemap("/2019.xml", paths(0, 3))
    for _ in range(2):
        outcome = world.walk(MAP)
        world.now += timedelta(days=1)
        assert outcome.walk.complete
        assert world.listed() == set(paths(0, 3))


def test_one_broken_child_does_not_hide_the_others(world: World) -> None:
    world.site.index("/map.xml", {"/1.xml": "2026-10-01", "/2.xml": "2026-10-01", "/3.xml": "2026-10-01"})
    world.site.sitemap("/1.xml", paths(0, 2))
    world.site.pages["/2.xml"] = 503
    world.site.sitemap("/3.xml", paths(2, 2))
    outcome = world.walk(MAP)
    assert world.known() == set(paths(0, 4))
    assert (outcome.walk.complete, outcome.walk.pages) == (False, 4)
    assert "/2.xml: HTTP 503" in (outcome.problem or "")


def test_a_server_that_answers_no_child_any_more_is_not_asked_for_thousands(world: World) -> None:
    world.site.index("/map.xml", {f"/{n}.xml": "2026-10-01" for n in range(500)})
    world.site.pages |= {f"/{n}.xml": 500 for n in range(500)}
    outcome = world.walk(MAP)
    assert outcome.walk.pages == 1 + walking.MAX_FAULTS
    assert outcome.problem


def test_a_sitemap_that_is_cut_off_is_not_complete_and_is_read_again(world: World) -> None:
    world.site.sitemap("/map.xml", paths(0, 4), end="")
    outcome = world.walk(MAP)
    assert outcome.walk.complete is False
    assert world.known() == set(paths(0, 4))
    assert world.walk(MAP).walk.complete is False


def test_many_lastmods_of_one_moment_are_the_time_the_list_was_made() -> None:
    from crawlers.discovery.listed import Item

    moment = datetime(2026, 11, 1, tzinfo=UTC)
    items = [Item(f"{BASE}/{n}", modified_at=moment) for n in range(10)]
    sighting = Sighting(SOURCE)
    told = sighting.told(sighting.keyed(items), "sitemap", BASE, 0.0)
    assert {found.modified_at for found in told} == {None}
    told = sighting.told(sighting.keyed(items[:9]), "sitemap", BASE, 0.0)
    assert {found.modified_at for found in told} == {moment.timestamp()}


def _changed(world: World, paths: list[str], changed: datetime, news: bool = False) -> None:
    """A sitemap whose items each changed, it says, a minute after the other."""
    urls = "".join(
        f"<url><loc>{BASE}{path}</loc><lastmod>{changed + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        + (f"<n:news><n:publication_date>{changed:%Y-%m-%d}</n:publication_date></n:news>" if news else "")
        + "</url>"
        for n, path in enumerate(paths)
    )
    world.site.pages["/map.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


@pytest.mark.parametrize("news", [False, True])
def test_lastmods_that_are_always_of_today_make_nothing_due_but_where_the_days_are_those_of_news(
    world: World, news: bool
) -> None:
    _changed(world, paths(0, 12), world.now - timedelta(hours=1), news)
    assert world.walk(MAP).walk.unknown == 12
    world.frontier.con.execute(
        "update url set state = 'fetched', last_fetch_at = ?, next_fetch_at = 9e9", (world.now.timestamp(),)
    )
    world.now += timedelta(days=1)
    _changed(world, paths(0, 12), world.now - timedelta(hours=1), news)
    assert world.walk(MAP).walk.items == 12
    (due,) = world.frontier.con.execute("select count(*) from url where next_fetch_at < 9e9").fetchone()
    assert due == (12 if news else 0)


# --- what was stored


def test_a_304_uses_what_the_page_listed_and_led_to(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5)])
    world.walk()
    again = world.walk()
    assert told(again) == ("end of the list", True, 2, 10, 0)
    assert world.site.asked == ["/tin", "/tin?p=2"]
    assert world.listed() == set(paths(0, 10))


def test_unchanged_bytes_without_validators_are_read_again_and_not_stored_again(world: World) -> None:
    world.site.validators = False
    world.site.listing([paths(0, 5)])
    world.walk()
    size = sum(file.stat().st_size for file in world.raw.rglob("*.warc.gz"))
    assert told(world.walk())[1:] == (True, 1, 5, 0)
    assert sum(file.stat().st_size for file in world.raw.rglob("*.warc.gz")) == size


def test_two_ways_over_one_page_each_keep_what_they_select(world: World) -> None:
    body = '<html><body><ul><li><a href="/a">x</a></li></ul><p><a href="/b">y</a></p></body></html>'
    world.site.pages["/tin"] = body
    other = replace(LIST, item="p > a")
    for _ in range(2):
        for way, key in ((LIST, "/a"), (other, "/b")):
            outcome = world.walk(way)
            assert (outcome.walk.items, outcome.walk.complete) == (1, True), key
    assert world.listed() == {"/a", "/b"}


def test_other_selectors_are_another_way_that_reads_the_page_anew(world: World) -> None:
    world.site.pages["/tin"] = '<html><body><ul><li><a href="/a">x</a></li></ul><p><a href="/b">y</a></p></body></html>'
    world.walk()
    other = replace(LIST, item="p > a")
    assert world.walk(other).walk.unknown == 1
    world.lists.drop_ways([way_name(other)])
    assert world.listed() == {"/b"}


def test_pages_a_shrunken_list_has_no_more_are_forgotten_after_a_complete_walk_only(world: World) -> None:
    world.site.listing([paths(0, 5), paths(5, 5)])
    world.walk()
    world.site.pages["/tin?p=2"] = 500
    world.walk()
    assert world.listed() == set(paths(0, 10))
    world.site.listing([paths(0, 5)])
    world.walk()
    assert world.listed() == set(paths(0, 5))


# --- what is fetched of it


def test_what_is_excluded_says_why_in_the_order_host_pattern_since() -> None:
    rules = Sighting(replace(SOURCE, url=UrlRules(bulletin="^/bai-"), since=date(2026, 3, 1)))

    def why(url: str, month: str = "2026-11", rank: int = 3, day: date | None = None) -> str | None:
        return rules.excluded(url, SOURCE.key(url), month, rank, day)

    assert why("https://other.example/x", "2019-01", 0) == "another host"
    assert why(f"{BASE}/x", "2019-01", 0) == "not an address of bulletins ([url] bulletin)"
    assert why(f"{BASE}/bai-1", "2026-02", 0) == "before 2026-03-01 (since)"
    assert why(f"{BASE}/bai-1", "2026-03", 1, date(2026, 2, 28)) == "before 2026-03-01 (since)"
    assert why(f"{BASE}/bai-1", "2026-02", 3) is None  # nobody knows its month
    assert why(f"{BASE}/bai-1", "2026-03", 0) is None


def test_a_changed_rule_counts_for_what_lists_do_not_show_again(world: World) -> None:
    world.site.listing([["/bai-1", "/khac"]])
    world.walk()
    narrow = Sighting(replace(SOURCE, url=UrlRules(bulletin="^/bai-")))
    assert narrow.digest != Sighting(SOURCE).digest
    world.frontier.judge(list(narrow.judged(world.frontier.unfetched())), 0.0, narrow.digest)
    assert world.frontier.counts() == {EXCLUDED: 1, WAITING: 1}
    assert world.frontier.rules == narrow.digest
    world.frontier.judge(list(Sighting(SOURCE).judged(world.frontier.unfetched())), 0.0, 1)
    assert world.frontier.counts() == {WAITING: 2}


def test_a_walk_is_written_down_whole(world: World) -> None:
    world.site.listing([paths(0, 1)])
    start = world.now.timestamp()
    assert world.walk().walk == Walk("r1", way_name(LIST), start, start, True, 1, 1, 1, "end of the list")


# --- what is missing is said


def test_a_sitemap_of_which_part_is_missing_is_a_hole_every_time_also_where_its_index_says_it_did_not_change(
    world: World,
) -> None:
    world.site.index("/map.xml", {"/1.xml": "2020-01-01"})
    world.site.sitemap("/1.xml", paths(0, 4), end="")
    for _ in range(2):
        outcome = world.walk(MAP)
        assert (outcome.walk.complete, outcome.walk.items) == (False, 4)
        assert "/1.xml: the document is cut off; what lies behind is missing" in (outcome.problem or "")
        assert outcome.walk.stop_reason.startswith("part of the list could not be read")
        world.now += timedelta(days=2)
    world.site.sitemap("/1.xml", paths(0, 5))
    assert told(world.walk(MAP)) == ("end of the list", True, 2, 5, 1)


def test_a_feed_that_is_cut_off_is_no_hole(world: World) -> None:
    world.site.pages["/rss"] = f"<rss><channel><item><link>{BASE}/a</link></item><item><li"
    outcome = world.walk(FEED)
    assert (outcome.walk.items, outcome.problem) == (1, None)


def test_items_left_out_for_their_many_addresses_are_a_hole_that_counts_them_over_all_pages(world: World) -> None:
    way = replace(LIST, item="li")
    row = "<li><a href='/a{0}'>x</a><a href='/b{0}'>x</a><a href='/c{0}'>x</a></li>"
    for path, ids, link in (("/tin", (1, 2), "<a class=next href='/tin?p=2'>sau</a>"), ("/tin?p=2", (3,), "")):
        rows = "".join(row.format(n) for n in ids) + f"<li><a href='/bai-{ids[0]}'>x</a></li>"
        world.site.pages[path] = f"<html><body><ul>{rows}</ul>{link}</body></html>"
    for _ in range(2):  # it is not asked for with validators: a 304 would hide them
        outcome = world.walk(way)
        assert told(outcome)[:4] == (
            "part of the list could not be read; 3 items with links to several addresses; narrow the selector",
            False, 2, 2,
        )  # fmt: skip
        assert "/tin: 2 items with links to several addresses" in (outcome.problem or "")


def test_items_of_which_one_address_was_taken_are_told_and_no_hole(world: World) -> None:
    world.site.pages["/tin"] = "<ul><li><a href='/anh'><img></a><a href='/a'>x</a></li></ul>"
    outcome = world.walk(replace(LIST, item="li"))
    assert told(outcome)[:2] == (
        "end of the list; 1 item with links to several addresses, of which that of the headline was taken",
        True,
    )
    assert (outcome.problem, world.known()) == (None, {"/a"})


def test_a_validator_that_never_changes_is_not_believed_for_longer_than_a_week(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Constant:
        def hexdigest(self) -> str:
            return "same"

    monkeypatch.setattr(hashlib, "md5", lambda _: Constant())
    world.site.listing([paths(0, 5)])
    world.walk()
    world.site.listing([paths(0, 6)])
    for _ in range(3):
        world.now += timedelta(days=2)
        assert world.walk().walk.unknown == 0
    world.now += timedelta(days=1)
    assert world.walk().walk.unknown == 1
    world.site.listing([paths(0, 7)])
    world.now += timedelta(days=1)
    assert world.walk().walk.unknown == 0  # from now on for another week


def test_a_list_whose_items_are_all_new_says_so(world: World) -> None:
    note = "all items are new: do its addresses hold a session id?"
    world.site.listing([paths(0, 6), paths(6, 6)])
    assert note not in world.walk().walk.stop_reason
    world.site.listing([paths(100, 6), [*paths(106, 6), "/bai-100"]])
    assert world.walk().walk.stop_reason == f"end of the list; {note}"
    world.site.listing([paths(200, 6), [*paths(206, 6), "/bai-100"]])
    assert note not in world.walk().walk.stop_reason
    world.site.listing([paths(300, 9)])
    assert note not in world.walk().walk.stop_reason


def test_a_list_that_was_answered_by_an_error_is_known_as_a_list(world: World) -> None:
    world.site.index("/map.xml", {"/gone.xml": "2026-10-01"})
    world.walk(MAP)
    assert {key for (key,) in world.frontier.con.execute("select key from list_key")} == {"/map.xml", "/gone.xml"}


def test_a_fetched_url_still_gets_the_day_and_the_newer_lastmod_a_list_gives_later(world: World) -> None:
    def row() -> tuple[str | None, float | None]:
        found = world.frontier.con.execute("select listed_date, modified_at from url").fetchone()
        return found[0], found[1]

    world.site.listing([["/bai-0"]])
    world.walk()
    world.frontier.con.execute("update url set state = 'fetched', last_fetch_at = 1")
    world.site.listing([["/bai-0"]], {"/bai-0": date(2026, 10, 1)})
    world.walk()
    assert row() == ("2026-10-01", None)
    for day in ("2026-10-03", "2026-10-02"):
        loc = f"<url><loc>{BASE}/bai-0</loc><lastmod>{day}T00:00:00Z</lastmod></url>"
        world.site.pages["/map.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{loc}</urlset>'
        outcome = world.walk(MAP)
        assert told(outcome)[3:] == (1, 0)
        assert row() == ("2026-10-01", datetime(2026, 10, 3, tzinfo=UTC).timestamp())
    assert world.listed() == {"/bai-0"}


def test_a_day_further_ahead_than_clocks_differ_is_not_stored(world: World) -> None:
    world.site.listing([["/a", "/b"]], {"/a": date(2026, 11, 3), "/b": date(2026, 11, 4)})
    world.walk()
    rows = dict(world.frontier.con.execute("select key, listed_date from url").fetchall())
    assert rows == {"/a": "2026-11-03", "/b": None}


# --- quiet days


def test_a_list_that_shows_nothing_new_for_two_weeks_is_left_at_its_first_page_until_the_full_walk(
    world: World,
) -> None:
    world.site.listing(*archive(5, date(2026, 10, 15)))
    assert world.walk().walk.complete
    world.now += timedelta(days=1)
    quiet = world.walk()
    assert "nothing new" in quiet.walk.stop_reason
    assert (quiet.walk.complete, quiet.walk.pages, quiet.problem) == (False, 1, None)
    assert world.listed() == world.known()
    assert world.site.asked == ["/tin"]
    whole = world.walk(whole=True)
    assert told(whole)[:3] == ("end of the list", True, 5)
    world.now += timedelta(days=7)
    assert told(world.walk())[:3] == ("end of the list", True, 5)


def test_a_list_is_not_quiet_the_day_something_new_is_on_it_or_before_two_weeks_have_passed(world: World) -> None:
    lists, days = archive(5, date(2026, 10, 15))
    world.site.listing(lists, days)
    world.walk()
    days["/new"] = date(2026, 9, 30)  # new, though it is old
    world.site.listing([["/new", *lists[0]], *lists[1:]], days)
    assert world.walk().walk.pages == 5
    assert world.walk().walk.pages == 1
    days["/of-today"] = date(2026, 11, 1)
    world.site.listing([["/of-today", *lists[0]], *lists[1:]], days)
    for _ in range(2):
        assert world.walk().walk.pages == 5


def test_a_first_page_of_old_pinned_items_above_newer_ones_is_not_quiet(world: World) -> None:
    lists, days = archive(5, date(2026, 10, 15))
    pinned = paths(0, 5, "ghim")
    days |= dict.fromkeys(pinned, date(2020, 1, 1))
    world.site.listing([pinned, *lists], days)
    world.walk()
    days["/new"] = date(2026, 11, 1)
    world.site.listing([pinned, ["/new", *lists[0]], *lists[1:]], days)
    world.walk()
    assert "/new" in world.known()


def test_an_undated_list_is_quiet_two_weeks_after_the_end_of_its_last_month(world: World) -> None:
    world.site.listing([[f"/2026/09{p}" for p in paths(n, 5)] for n in (0, 5, 10)])
    world.now = datetime(2026, 10, 10, 5, tzinfo=UTC)
    for _ in range(2):
        assert world.walk().walk.pages == 3
    world.now = datetime(2026, 10, 16, 4, tzinfo=UTC)
    assert world.walk().walk.pages == 1


def test_an_unordered_list_and_one_that_was_never_walked_whole_are_never_quiet(world: World) -> None:
    lists, days = archive(5, date(2026, 1, 1))
    world.site.listing(lists, days)
    world.site.pages["/tin?p=4"] = 500
    for _ in range(2):
        assert world.walk().walk.pages == 4
    way = replace(LIST, order="unordered")
    world.site.listing(lists, days)
    for _ in range(2):
        assert world.walk(way).walk.pages == 5
