"""Ways of one source held against each other: what differs is an issue, and only what really differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from test_load import ask
from test_load_frontier import take
from warehouse_samples import SOURCE as LOADED
from warehouse_samples import capture, clock, results, store
from warehouse_samples import frontier as known

from crawlers.frontier import Frontier
from crawlers.frontier_lists import Walk
from crawlers.source import Discover, way_name
from crawlers.two_ways import compare, differences
from crawlers.walking import WINDOW
from pipelines.records import WayDoubt
from tests.test_walking import BASE, FEED, LIST, MAP, World, paths
from warehouse.rebuild import rebuild

OLD = date(2026, 9, 1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.frontier.close()


def crawl(world: World, *ways: Discover, of: tuple[Discover, ...] = ()) -> list[WayDoubt]:
    """Walk these ways of a source that has `of` as well, compare, and what differs then."""
    walks: list[Walk] = [world.walk(way, whole=True).walk for way in ways]
    names = [way_name(way) for way in (*ways, *of)]
    compare(world.frontier, names, walks, WINDOW, world.now.timestamp())
    return list(differences(world.frontier))


def listing(world: World, found: list[str], old: bool = True) -> None:
    """Two pages; old: each item has a day long ago, a day apart."""
    days = {path: OLD - timedelta(days=n) for n, path in enumerate(found)} if old else None
    half = len(found) // 2
    world.site.listing([found[:half], found[half:]], days)


def feed(world: World, found: list[str], day: date) -> None:
    stated = f"<pubDate>{day:%Y-%m-%d}</pubDate>"
    rows = "".join(f"<item><link>{BASE}{path}</link>{stated}</item>" for path in found)
    world.site.pages["/rss"] = f"<rss><channel>{rows}</channel></rss>"


def details(doubts: list[WayDoubt]) -> list[str]:
    return [doubt.detail for doubt in doubts]


# --- what differs


def test_what_the_sitemap_lacks_of_the_list_is_one_doubt_with_counts_and_three_examples(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 33))
    (doubt,) = crawl(world, MAP, LIST)
    urls = ", ".join(f"{BASE}/bai-{n}" for n in (33, 34, 35))
    assert doubt.ways == "pages sitemap"
    assert doubt.detail == (
        f"7 of 40 bulletins that listing {BASE}/tin lists are not on sitemap {BASE}/map.xml (e.g. {urls})"
    )
    assert doubt.since == doubt.seen_at


def test_both_sides_are_told_in_one_sentence(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(5, 60))
    crawl(world, MAP, LIST)
    world.now += timedelta(days=3)  # what only the sitemap has bears no day: it may have been new
    (doubt,) = crawl(world, MAP, LIST)
    here, there = doubt.detail.split("; ")
    assert here.startswith("5 of 40 bulletins that listing") and here.count(BASE + "/bai-") == 2
    assert there.startswith("25 of 60 bulletins that sitemap") and there.count(BASE + "/bai-") == 1


def test_a_sitemap_of_other_sections_is_the_same_doubt(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 30, "khac"))
    assert details(crawl(world, MAP, LIST))[0].startswith("40 of 40 bulletins that listing")
    world.site.sitemap("/map.xml", [])
    assert details(crawl(world, MAP, LIST))[0].startswith("40 of 40 bulletins that listing")


def test_so_many_that_they_cannot_all_be_new_are_told_at_once(world: World) -> None:
    listing(world, paths(0, 20), old=False)
    world.site.sitemap("/map.xml", paths(0, 50))
    assert details(crawl(world, LIST, MAP))[0].startswith("30 of 50 bulletins that sitemap")


def test_what_a_feed_shows_and_the_list_does_not_is_told_and_not_the_reverse(world: World) -> None:
    listing(world, paths(0, 40))
    feed(world, [*paths(0, 3), "/la-1"], OLD - timedelta(days=1))
    assert details(crawl(world, LIST, FEED)) == [
        f"1 of 4 bulletins that feed {BASE}/rss lists are not on listing {BASE}/tin (e.g. {BASE}/la-1)"
    ]


def test_since_is_kept_while_they_differ_and_the_doubt_ends_when_they_agree(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 33))
    (first,) = crawl(world, MAP, LIST)
    world.now += timedelta(days=1)
    world.site.sitemap("/map.xml", paths(0, 38))
    (second,) = crawl(world, MAP, LIST)
    assert (second.since, second.detail[:8]) == (first.since, "2 of 40 ") and second.seen_at > first.seen_at
    world.site.sitemap("/map.xml", paths(0, 40))
    assert crawl(world, MAP, LIST) == []
    world.site.sitemap("/map.xml", paths(0, 38))
    assert crawl(world, MAP, LIST)[0].since > first.since


def test_a_pair_that_the_source_has_no_more_is_forgotten(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 33))
    assert crawl(world, MAP, LIST)
    assert crawl(world, LIST) == []


# --- what does not


def test_two_sections_are_one_way_and_complete_each_other(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.pages["/muc"] = "".join(f"<li><a href={path}>x</a></li>" for path in paths(40, 20))
    section = Discover("listing", f"{BASE}/muc", item="li > a")
    world.site.sitemap("/map.xml", paths(0, 60))
    assert crawl(world, LIST, section, MAP) == []


def test_what_is_new_may_be_on_one_list_first(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 40))
    assert crawl(world, MAP, LIST) == []
    world.now += timedelta(days=1)
    found = ["/moi-1", "/moi-2", *paths(0, 40)]
    days = {path: OLD - timedelta(days=n) for n, path in enumerate(found)} | dict.fromkeys(found[:2], date(2026, 11, 1))
    world.site.listing([found[:20], found[20:]], days)
    world.site.sitemap("/map.xml", [*paths(0, 40), "/khong-ngay"])
    assert crawl(world, MAP, LIST) == []


def test_a_window_is_not_asked_for_what_is_older_than_it(world: World) -> None:
    found = paths(0, 40)
    world.site.listing([found[:20]], {path: OLD - timedelta(days=n) for n, path in enumerate(found[:20])})
    stated = '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication_date>'
    days = {path: date(2026, 10, 31) for path in found[:2]}
    urls = "".join(
        f"<url><loc>{BASE}{path}</loc>{stated}{day}</news:publication_date></news:news></url>"
        for path, day in days.items()
    )
    world.site.pages["/map.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    feed(world, found[30:34], OLD - timedelta(days=31))
    assert crawl(world, MAP, LIST, FEED) == []


def test_pages_that_are_no_bulletins_are_missed_by_nobody(world: World) -> None:
    world.source = replace(world.source, hosts=("bao.example",))
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 37))
    assert crawl(world, MAP, LIST)
    for number, state in enumerate(("gone", "not_bulletin", "excluded"), 37):
        world.frontier.con.execute("update url set state = ? where key = ?", (state, f"/bai-{number}"))
    assert crawl(world, MAP, LIST) == []


def test_a_list_that_rests_is_known_from_its_last_whole_walk(world: World) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 33))
    (before,) = crawl(world, MAP, LIST)
    world.now += timedelta(days=1)
    walks = [world.walk(way).walk for way in (MAP, LIST)]
    assert "the next full walk sees the rest" in walks[1].stop_reason
    compare(world.frontier, [way_name(MAP), way_name(LIST)], walks, WINDOW, world.now.timestamp())
    (after,) = differences(world.frontier)
    assert (after.detail, after.since) == (before.detail, before.since) and after.seen_at > before.seen_at


@pytest.mark.parametrize("broken", ["/map.xml", "/tin?p=2", "/rss"])
def test_a_way_that_was_not_walked_to_its_end_lacks_nothing_and_what_was_known_stays(world: World, broken: str) -> None:
    listing(world, paths(0, 40))
    world.site.sitemap("/map.xml", paths(0, 33))
    feed(world, paths(0, 4), OLD - timedelta(days=1))
    before = crawl(world, MAP, LIST, FEED)
    world.site.pages[broken] = 500
    world.site.sitemap("/map.xml", paths(0, 40)) if broken != "/map.xml" else None
    after = crawl(world, MAP, LIST, FEED)
    assert after == ([] if broken == "/rss" else before) and before
    assert crawl(world, FEED, of=(MAP, LIST)) == after  # walked by nobody today


def test_a_frontier_of_an_earlier_bantin_knows_of_no_difference(tmp_path: Path) -> None:
    with Frontier(tmp_path / "bao.sqlite") as old:
        old.con.execute("drop table way_difference")
    with Frontier(tmp_path / "bao.sqlite", read_only=True) as old:
        assert list(differences(old)) == []


# --- in the tables


def doubt(detail: str, hours: int = 0) -> WayDoubt:
    return WayDoubt("pages sitemap", detail, clock(), clock() + timedelta(hours=hours))


ISSUES = "select issue_id, source_id, bulletin_id, url, severity, rule, detail, state, last_seen_at from issue"


def test_a_doubt_is_an_issue_a_source_that_keeps_its_id_while_counts_move_and_goes_with_it(tmp_path: Path) -> None:
    store(tmp_path, "a", [capture("/a.html")])
    plain, other = known(version="1"), replace(known(source_id="khac"), way_doubts=lambda: [doubt("1 of 2")])
    take(tmp_path, replace(plain, way_doubts=lambda: [doubt("7 of 40 … '); drop table issue; --")]), other)
    theirs, ours = ask(tmp_path, ISSUES + " order by detail")
    issue_id, *told, _ = ours
    assert theirs[:2] != ours[:2] and theirs[1] == "khac"
    assert told == [
        LOADED.source_id, None, None, "warning", "discovery-differs", "7 of 40 … '); drop table issue; --", "open",
    ]  # fmt: skip
    later = replace(plain, version="2", way_doubts=lambda: [doubt("2 of 40 …", hours=24)])
    take(tmp_path, later)  # the other source's frontier is gone
    ((again, *_, seen_at),) = ask(tmp_path, ISSUES)
    assert again == issue_id and seen_at == clock() + timedelta(hours=24)
    done = rebuild(tmp_path, results(tmp_path), [LOADED], clock, frontiers=[later])
    assert (done.equal, done.replaced) == (True, True)
    take(tmp_path, replace(plain, version="3"))
    assert ask(tmp_path, ISSUES) == []
