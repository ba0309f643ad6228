"""A publisher moves: another host, another scheme of paths. Ids stay, nothing is doubled, and no edit is invented."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from test_load import all_digests, ask
from warehouse_samples import (
    HOST,
    NOON,
    SOURCE,
    bulletin,
    capture,
    clock,
    dropped,
    frontier,
    known_url,
    results,
    store,
)

from crawlers.catalog import load_catalog
from crawlers.frontier import Frontier
from crawlers.newsroom import Newsroom
from crawlers.segment import VIETNAM
from dagster_project.steps.crawling import crawl
from dagster_project.steps.home import open_home
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new
from dagster_project.steps.rebuilding import rebuild
from dagster_project.steps.showing import show
from pipelines.records import Doubt, FrontierAlias
from warehouse.load import LoadOutcome, load
from warehouse.store import writer

A, B, C, D = "/a.html", "/tin/b", "/c.html", "/d.html"


# --- the whole pipeline


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    room = Newsroom(
        77, kinds=("military-region",), block="127.0.91", port=8500 + os.getpid() % 20_000, start=date(2026, 11, 8),
        bulletins=12,
    )  # fmt: skip
    yield room


class Followed:
    """A home that follows a newsroom; each step at ten in the evening of the newsroom's day."""

    def __init__(self, newsroom: Newsroom, home: Path) -> None:
        self.newsroom, self.home = newsroom, home
        (home / "sources").mkdir(parents=True)

    def day(self, later: timedelta = timedelta()) -> list[str]:
        home, catalog = open_home(self.home)[0], load_catalog(self.home)
        ahead = datetime.combine(self.newsroom.day, time(22), VIETNAM) + later - datetime.now(UTC)

        def clock() -> datetime:
            return datetime.now(UTC) + ahead

        run_id = f"day-{self.newsroom.day:%m%d}-{later.seconds}"
        outcome = crawl(home, catalog, [], run_id, clock)
        assert read_new(home, catalog, jobs=1).tally.failures == ()
        load_new(home, catalog, Run(run_id, "load", clock()), clock)
        publish_now(home, catalog, "publish", clock)
        return list(outcome.holes)

    def sources(self, change: tuple[str, str] = ("", "")) -> None:
        for path in self.newsroom.write_sources(self.home / "sources", 0.002):
            path.write_text(re.sub(change[0], change[1], path.read_text("utf-8"), flags=re.S), "utf-8")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        import duckdb

        with duckdb.connect(self.home / "warehouse" / "bulletins.duckdb", read_only=True) as con:
            return con.execute(query).fetchall()


def test_a_source_that_moves_keeps_its_ids_by_a_rule_and_nothing_is_doubled(newsroom: Newsroom, tmp_path: Path) -> None:
    (site,) = newsroom.sites
    newsroom.relocate(site.site_id, on=newsroom.day + timedelta(days=1), left_behind="redirect")
    followed = Followed(newsroom, tmp_path / "home")
    followed.sources()
    with newsroom.serve():
        assert followed.day() == []
        before = dict(followed.rows("select bulletin_id, url from bulletin"))
        newsroom.advance()
        followed.sources()
        followed.day()
    after = dict(followed.rows("select bulletin_id, url from bulletin"))
    golds = [gold for gold in newsroom.gold(site.site_id) if gold.state == "live"]
    assert len(before) >= 12
    assert before.keys() <= after.keys()
    assert len(after) == len(golds)
    aliases = dict(followed.rows("select url, bulletin_id from url_alias where reason = 'moved'"))
    old = {url: bulletin_id for bulletin_id, url in before.items()}
    for gold in golds:
        if gold.old_url in old:
            assert aliases[gold.url] == old[gold.old_url]
    assert followed.rows("select count(*) from bulletin_version where change_kind <> 'first'") == [(0,)]  # two readers
    with Frontier(followed.home / "crawl" / f"{site.site_id}.sqlite", read_only=True) as known:
        urls = {url for (url,) in known.con.execute("select url from url where state = 'fetched'")}
    assert urls == {gold.url for gold in golds}
    home = open_home(followed.home)[0]
    catalog, now = load_catalog(home.path), datetime.combine(newsroom.day, time(23), VIETNAM)
    read_new(home, catalog, accept_upgrade=True)
    load_new(home, catalog, Run("again", "load", now), lambda: now)
    publish_now(home, catalog, "publish", lambda: now)
    edits = followed.rows("select bulletin_id from bulletin_version where change_kind <> 'first'")
    edited = {old[gold.old_url] for gold in golds if gold.version > 1 and gold.old_url in old}
    assert {bulletin_id for (bulletin_id,) in edits} <= edited
    assert dict(followed.rows("select bulletin_id, url from bulletin")) == after
    assert rebuild(home, catalog, lambda: now, accept=False, jobs=1, progress=lambda *_: None).equal


@pytest.mark.slow  # as the one above, with three more days
def test_a_source_that_moves_without_a_rule_is_one_again_once_its_old_addresses_redirect(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    (site,) = newsroom.sites
    newsroom.relocate(site.site_id, on=newsroom.day + timedelta(days=1), left_behind="redirect")
    followed = Followed(newsroom, tmp_path / "home")
    followed.sources()
    with newsroom.serve():
        followed.day()
        before = dict(followed.rows("select bulletin_id, url from bulletin"))
        for _ in range(3):
            newsroom.advance()
            followed.sources((r"\[\[url\.key\]\].*?reason = \"moved\"\n", ""))
            followed.day()
    golds = [gold for gold in newsroom.gold(site.site_id) if gold.state == "live"]
    again = {gold.old_url for gold in golds if gold.version == 1} & set(before.values())
    after = {url: bulletin_id for bulletin_id, url in followed.rows("select bulletin_id, url from bulletin")}
    assert len(again) >= 8
    assert [url for url in again if before.get(after[url]) != url] == []
    aliases = dict(followed.rows("select url, bulletin_id from url_alias where reason = 'redirect'"))
    assert all(aliases[gold.url] == after[gold.old_url] for gold in golds if gold.old_url in again)
    for gold in [gold for gold in golds if gold.old_url in again][:3]:
        assert (
            show(home := open_home(followed.home)[0], gold.url).bulletin
            == show(home, gold.old_url or gold.url).bulletin
        )
    doubled = [gold.url for gold in golds if gold.old_url in again and gold.url in after]
    assert doubled == []
    edits = followed.rows("select distinct bulletin_id from bulletin_version where change_kind <> 'first'")
    assert {(after[url],) for url in again}.isdisjoint(edits)
    home, catalog, now = open_home(followed.home)[0], load_catalog(followed.home), datetime.now(UTC)
    assert read_new(home, catalog, accept_upgrade=True)
    load_new(home, catalog, Run("again", "load", now), lambda: now)
    publish_now(home, catalog, "publish", lambda: now)
    assert rebuild(home, catalog, lambda: now, accept=False, jobs=1, progress=lambda *_: None).equal


# --- without a rule: the old address redirects, both showed one text


def take(home: Path, *given: object) -> LoadOutcome:
    with writer(home, "load", clock) as con:
        return load(con, results(home), [SOURCE], given)  # type: ignore[arg-type]


def led(path: str, to: str, **more: object):
    return capture(path, final_url=f"https://{HOST}{to}", **more)  # type: ignore[arg-type]


def url(path: str) -> str:
    return f"https://{HOST}{path}"


STATES = "select url, state, state_reason from url order by url"
SHOWN = "select bulletin_id, url, title, version_count, status from bulletin order by url"
EDITED = bulletin(title="Tiêu đề mới")


def test_a_redirect_between_two_addresses_of_one_text_gives_one_bulletin_under_the_first_id(tmp_path):
    old_first = [capture(A), capture(B, hours=1), led(A, B, hours=2), capture(B, hours=9, told=EDITED)]
    new_first = [capture(D), capture(C, hours=1), led(C, D, hours=2), capture(D, hours=9, told=EDITED)]
    store(tmp_path, "a", [*old_first, *new_first])
    take(tmp_path)
    one, other = capture(A).bulletin_id, capture(D).bulletin_id
    assert ask(tmp_path, SHOWN) == [
        (one, url(A), EDITED.title, 2, "live"), (other, url(D), EDITED.title, 2, "live")
    ]  # fmt: skip
    assert ask(tmp_path, "select url, bulletin_id, reason from url_alias order by url") == [
        (url(C), other, "redirect"), (url(B), one, "redirect")
    ]  # fmt: skip
    assert ask(tmp_path, STATES) == [
        (url(A), "fetched", None), (url(C), "duplicate", f"same bulletin as {url(D)}"), (url(D), "fetched", None),
        (url(B), "duplicate", f"same bulletin as {url(A)}"),
    ]  # fmt: skip
    assert ask(tmp_path, "select loaded, duplicate, discovered from coverage") == [(2, 2, 4)]


def test_the_old_address_may_die_and_leave_the_lists_and_the_bulletin_lives_where_it_is(tmp_path):
    rows = [capture(A), led(A, B, hours=1), capture(B, hours=2), capture(A, hours=3, kind="error", http_status=404)]
    store(tmp_path, "a", rows)
    known = frontier(known_url(A, "gone", state_reason="HTTP 404"), known_url(B), delistings=[dropped(A, 4)])
    take(tmp_path, known)
    assert ask(tmp_path, "select url, status, version_count from bulletin") == [(url(A), "live", 1)]
    reason = "gone here; there under another address (url_alias)"
    assert ask(tmp_path, STATES)[0] == (url(A), "fetched", reason)
    assert ask(tmp_path, "select count(*) from capture") == [(4,)]
    store(tmp_path, "b", [capture(B, hours=5, kind="error", http_status=404)])
    take(tmp_path, frontier(known_url(A, "gone"), known_url(B, "gone"), delistings=[dropped(A, 4)]))
    assert ask(tmp_path, "select status from bulletin") == [("gone",)]
    assert ask(tmp_path, "select state from url order by url") == [("gone",), ("duplicate",)]


def test_a_list_that_drops_the_new_address_says_so_of_the_bulletin(tmp_path):
    store(tmp_path, "a", [capture(A), led(A, B, hours=1), capture(B, hours=2)])
    take(tmp_path, frontier(known_url(A), known_url(B), delistings=[dropped(B, 4)]))
    assert ask(tmp_path, "select status from bulletin") == [("missing",)]


def test_a_redirect_to_another_text_or_to_none_and_one_text_without_a_redirect_make_no_two_keys_one(tmp_path):
    others = [bulletin(title="Bài khác"), bulletin(body="Bài khác."), bulletin(title=None), bulletin(body=None)]
    rows = [capture(A), capture(B, hours=1)]
    for n, told in enumerate(others):
        rows += [
            capture(f"/a-{n}"),
            led(f"/a-{n}", f"/b-{n}", hours=1, told=told),
            capture(f"/b-{n}", hours=2, told=told),
        ]
    # What the old address showed once, and shows no more, is no reason either.
    rows += [
        capture("/a-4"),
        capture("/a-4", hours=1, told=EDITED),
        led("/a-4", "/b-4", hours=2),
        capture("/b-4", hours=3),
    ]
    store(tmp_path, "a", rows)
    take(tmp_path)
    status = dict(ask(tmp_path, "select url, status from bulletin"))
    expected = {url(f"/{letter}-{n}"): "missing" if letter == "a" else "live" for letter in "ab" for n in range(5)}
    assert status == {url(A): "live", url(B): "live", **expected}


def test_what_was_two_bulletins_becomes_one_and_two_again_with_the_results_that_say_so(tmp_path):
    store(tmp_path, "a", [capture(A), capture(B, hours=1)])
    assert take(tmp_path).new == 2
    before = all_digests(tmp_path)
    path = store(tmp_path, "b", [led(A, B, hours=2)])
    assert take(tmp_path).removed == 1
    path.unlink()
    assert take(tmp_path).new == 1
    assert all_digests(tmp_path) == before


MOVES = [
    capture(A), led(A, B, hours=2), capture(B, hours=3), led(B, C, hours=20, told=EDITED), capture(C, hours=5),
    capture(C, hours=30, told=EDITED), capture(A, hours=31, kind="error", http_status=404),
    capture(D, hours=1, told=EDITED), led(D, B, hours=4, told=EDITED), led("/e", A, hours=6),
]  # fmt: skip


def test_moves_in_shuffled_part_loads_give_what_one_load_gives(tmp_path):
    """A → B → C is one bulletin; D led to it for a day and is another; E never was read itself."""
    rows = list(MOVES)
    random.Random(5).shuffle(rows)
    for n in range(4):
        store(tmp_path / "parts", f"s{n}", rows[n::4])
        take(tmp_path / "parts")
        store(tmp_path / "once", f"s{n}", rows[n::4])
    take(tmp_path / "once")
    assert all_digests(tmp_path / "parts") == all_digests(tmp_path / "once")
    shown = ask(tmp_path / "once", "select url, version_count, status from bulletin order by url")
    assert shown == [(url(A), 2, "live"), (url(D), 1, "missing")]


# --- what rules and lists say of addresses


TWIN = [Doubt("url-twin", "info", "its key is that of /a.html")]


def twin(path: str, **more: object):
    return capture(path, bulletin_id=capture(A).bulletin_id, doubts=TWIN, **more)  # type: ignore[arg-type]


def test_a_print_page_is_kept_and_is_no_version_of_its_page(tmp_path):
    rows = [capture(A), twin("/print/a", hours=-1, told=EDITED), twin("/print/a", hours=1, told=EDITED)]
    store(tmp_path, "a", [*rows, twin("/print/a", hours=2, kind="error", http_status=404)])
    take(tmp_path)
    assert ask(tmp_path, SHOWN) == [(capture(A).bulletin_id, url(A), bulletin().title, 1, "live")]
    assert ask(tmp_path, "select count(*) from capture") == [(4,)]
    assert ask(tmp_path, "select url, reason from url_alias") == [(url("/print/a"), "twin")]


def test_a_print_page_speaks_where_the_page_itself_never_did(tmp_path):
    store(tmp_path, "a", [twin("/print/a"), capture(A, hours=1, kind="error", http_status=503)])
    take(tmp_path)
    assert ask(tmp_path, "select url, status from bulletin") == [(url("/print/a"), "live")]
    store(tmp_path, "b", [capture(A, hours=2, told=EDITED)])
    take(tmp_path)
    assert ask(tmp_path, "select url, title, version_count from bulletin") == [(url(A), EDITED.title, 1)]


def test_addresses_that_lists_showed_are_aliases_and_come_and_go_with_the_frontier(tmp_path):
    store(tmp_path, "a", [capture(A)])
    key = capture(A).bulletin_id
    aliases = [FrontierAlias(key, url("/moi/a"), "moved", NOON), FrontierAlias("0" * 16, url("/x"), "twin", NOON)]
    known = frontier(known_url(A))
    take(tmp_path, showing(known, "1", aliases))
    assert ask(tmp_path, "from url_alias") == [(url("/moi/a"), key, "moved", NOON)]
    assert take(tmp_path, showing(known, "1", aliases)) == LoadOutcome()
    take(tmp_path, showing(known, "2", []))
    assert ask(tmp_path, "from url_alias") == []


def showing(known, version, aliases):
    from dataclasses import replace

    return replace(known, version=version, aliases=lambda: aliases)
