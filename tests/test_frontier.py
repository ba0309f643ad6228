"""The frontier of one source on the disk: what lists tell it, what is due, what left the lists, who may open it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.discovery.listed import NextPage
from crawlers.errors import CannotWrite, DamagedFrontier
from crawlers.frontier import Found, Frontier
from crawlers.frontier_lists import Lists, Page, Runs, Walk
from crawlers.states import EXCLUDED, FAILED, FETCHED, GONE, ROBOTS, WAITING, Answer, Status, after

NOW = datetime(2026, 11, 1, 5, tzinfo=UTC).timestamp()
DAY = 86_400.0
HOST = "https://bao.example"


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    with Frontier(tmp_path / "crawl" / "bao.sqlite") as opened:
        yield opened


def found(key: str, month: str = "2026-10", rank: int = 3, day: str | None = None, **more: object) -> Found:
    return Found(key, f"{HOST}{key}", month, rank, day, f"{HOST}/list", "listing", NOW, **more)  # type: ignore[arg-type]


def fetch(frontier: Frontier, key: str, status: int | None = 200, at: float = NOW) -> Status:
    row = frontier.get(key)
    assert row is not None
    now = after(row.status, Answer(at, status, None if status else "no answer in time"), row.known_day)
    frontier.apply([(key, now)])
    return now


def state(frontier: Frontier, key: str) -> tuple[str, str | None]:
    row = frontier.get(key)
    assert row is not None
    return row.status.state, row.status.reason


def month(frontier: Frontier, key: str) -> str:
    (value,) = frontier.con.execute("select month from url where key = ?", (key,)).fetchone()
    return str(value)


def due(frontier: Frontier, now: float = NOW, **more: object) -> list[str]:
    return [row.key for row in frontier.waiting(now, 100, **more)]  # type: ignore[arg-type]


# --- what lists tell


def test_a_listed_url_is_new_once(frontier: Frontier) -> None:
    assert frontier.discover([found("/a"), found("/b"), found("/a")]) == 2
    assert frontier.discover([found("/a"), found("/c")]) == 1
    assert frontier.unknown(["/a", "/d", "/d"]) == {"/d"}
    assert frontier.counts() == {WAITING: 3}


def test_a_better_month_counts_before_the_first_fetch_and_never_after(frontier: Frontier) -> None:
    frontier.discover([found("/a", "2026-11", 3), found("/b", "2026-11", 3)])
    frontier.discover([found("/a", "2026-09", 1)])
    assert month(frontier, "/a") == "2026-09"
    frontier.discover([found("/a", "2026-08", 2)])
    assert month(frontier, "/a") == "2026-09"
    fetch(frontier, "/b")
    frontier.discover([found("/b", "2026-01", 0)])
    assert month(frontier, "/b") == "2026-11"


def test_an_adopted_capture_gets_the_month_a_list_gives_it_as_if_it_had_been_listed_first(frontier: Frontier) -> None:
    frontier.discover([Found("/a", f"{HOST}/a", "2026-11", 3, None, None, "adopted", NOW)])
    fetch(frontier, "/a")
    frontier.discover([found("/a", "2026-02", 1)])
    assert month(frontier, "/a") == "2026-02"
    frontier.discover([found("/a", "2026-01", 0)])
    assert month(frontier, "/a") == "2026-02"


def test_only_a_lastmod_newer_than_the_last_one_and_than_the_fetch_makes_a_page_due(frontier: Frontier) -> None:
    frontier.discover([found("/a", modified_at=NOW - 5 * DAY)])
    fetch(frontier, "/a")
    planned = frontier.get("/a").status.next_fetch_at  # type: ignore[union-attr]
    for hint in (None, NOW - 5 * DAY, NOW - DAY):
        frontier.discover([found("/a", modified_at=hint)])
        assert frontier.get("/a").status.next_fetch_at == planned  # type: ignore[union-attr]
    frontier.discover([found("/a", modified_at=NOW + 1)._replace(at=NOW + 60)])
    assert frontier.get("/a").status.next_fetch_at == NOW + 60  # type: ignore[union-attr]
    fetch(frontier, "/a", at=NOW + 120)
    frontier.discover([found("/a", modified_at=NOW + 1)._replace(at=NOW + 180)])
    assert frontier.get("/a").status.next_fetch_at > NOW + DAY / 2  # type: ignore[union-attr, operator]


def test_a_changed_pattern_excludes_and_brings_back_only_what_was_never_fetched(frontier: Frontier) -> None:
    frontier.discover([found("/a"), found("/b")])
    fetch(frontier, "/b")
    out = {"state": EXCLUDED, "reason": "not an address of bulletins"}
    frontier.discover([found("/a", **out), found("/b", **out)])
    assert (state(frontier, "/a"), state(frontier, "/b")) == ((EXCLUDED, out["reason"]), (FETCHED, None))
    assert due(frontier) == []
    frontier.discover([found("/a")])
    assert state(frontier, "/a") == (WAITING, None)
    assert due(frontier) == ["/a"]


def test_being_listed_again_does_not_end_a_back_off(frontier: Frontier) -> None:
    frontier.discover([found("/a")])
    fetch(frontier, "/a", 503)
    frontier.discover([found("/a")._replace(at=NOW + 1)])
    assert due(frontier, NOW + 1) == []
    assert state(frontier, "/a") == (WAITING, "HTTP 503")


def test_what_robots_txt_disallows_a_list_does_not_bring_back(frontier: Frontier) -> None:
    frontier.discover([found("/a")])
    frontier.apply([("/a", Status(EXCLUDED, ROBOTS))])
    frontier.discover([found("/a")])
    assert state(frontier, "/a") == (EXCLUDED, ROBOTS)
    assert frontier.disallowed() == [("/a", f"{HOST}/a")]
    frontier.judge([("/a", None)], NOW)
    assert due(frontier) == ["/a"]


# --- what is due


def test_the_newest_month_comes_first_then_who_waited_longest(frontier: Frontier) -> None:
    frontier.discover(
        [found("/old", "2020-01"), found("/late", "2026-10")._replace(at=NOW + 1), found("/new", "2026-10")]
    )
    assert due(frontier, NOW + 2) == ["/new", "/late", "/old"]
    assert due(frontier, NOW + 2, without={"/new"}) == ["/late", "/old"]
    assert [row.key for row in frontier.waiting(NOW + 2, 1, {"/new"})] == ["/late"]


def test_a_window_asks_the_day_of_the_list_and_without_one_the_month(frontier: Frontier) -> None:
    frontier.discover([
        found("/in", "2026-10", 1, "2026-10-10"), found("/out", "2026-10", 1, "2026-10-20"), found("/month", "2026-10"),
        found("/september", "2026-09"), found("/day", "2026-09", 0, "2026-10-12"),
    ])  # fmt: skip
    window = {"since": "2026-10-05", "until": "2026-10-15"}
    assert set(due(frontier, **window)) == {"/in", "/month", "/day"}
    for key in ("/in", "/september"):
        fetch(frontier, key)
    assert [row.key for row in frontier.revisits(NOW + 999 * DAY, 9, (), **window)] == ["/in"]
    assert frontier.next_waiting_at("2027-01-01", "2027-02-01") is None
    assert frontier.next_waiting_at() == NOW


def test_revisits_come_in_the_order_they_fell_due_and_the_gone_for_good_never(frontier: Frontier) -> None:
    frontier.discover([found("/a"), found("/b"), found("/c")])
    fetch(frontier, "/a", at=NOW + 100)
    fetch(frontier, "/b")
    frontier.apply([("/c", Status(GONE, "HTTP 404", last_fetch_at=NOW))])
    assert [row.key for row in frontier.revisits(NOW + 99 * DAY, 9)] == ["/b", "/a"]
    assert frontier.revisits(NOW, 9) == []


def test_urls_of_an_origin_that_is_not_asked_are_passed_over_and_say_why(frontier: Frontier) -> None:
    other = found("/www")._replace(url="https://www.bao.example/www")
    frontier.discover([found("/a"), other])
    assert due(frontier, closed=[HOST]) == ["/www"]
    assert frontier.next_waiting_at(closed=[HOST, "https://www.bao.example"]) is None
    assert frontier.wait_for(HOST, "robots.txt answered 500") == 1
    assert state(frontier, "/a") == (WAITING, "robots.txt answered 500")
    frontier.discover([found("/a")])
    assert state(frontier, "/a") == (WAITING, None)


def test_the_known_day_is_the_lists_else_the_months_last_never_after_the_discovery(frontier: Frontier) -> None:
    frontier.discover([
        found("/a", "2026-10", 1, "2026-10-10"), found("/b", "2026-02"), found("/c", "2026-11"),
        found("/d", "2026-11", 1, "2026-11-03"),
    ])  # fmt: skip
    days = {key: frontier.get(key).known_day for key in ("/a", "/b", "/c", "/d")}  # type: ignore[union-attr]
    today = date(2026, 11, 1)
    assert days == {"/a": date(2026, 10, 10), "/b": date(2026, 2, 28), "/c": today, "/d": today}


def test_the_load_marks_only_what_is_fetched(frontier: Frontier) -> None:
    frontier.discover([found("/a"), found("/b")])
    fetch(frontier, "/a")
    assert frontier.mark(["/a", "/b"], "not_bulletin", "list") == 1
    assert (state(frontier, "/a"), state(frontier, "/b")) == (("not_bulletin", "list"), (WAITING, None))


# --- what left the lists


def listed(lists: Lists, page: str, *keys: str, way: str = "listing x") -> None:
    lists.store(Page(page, page, f"{HOST}{page}", way, None, None, None, NOW, NOW), keys)


def dated(frontier: Frontier, lists: Lists, days: list[int]) -> list[str]:
    """Fetched URLs of those days of October, all of them listed."""
    keys = [f"/{day:02}" for day in days]
    frontier.discover([found(key, "2026-10", 1, f"2026-10-{key[1:]}") for key in keys])
    for key in keys:
        fetch(frontier, key)
    listed(lists, "/list", *keys)
    return keys


def vanished(frontier: Frontier) -> set[str]:
    return {key for (key,) in frontier.con.execute("select key from vanished")}


def test_a_url_that_lists_drop_while_they_show_older_ones_is_looked_at_and_then_said_to_be_delisted(
    frontier: Frontier,
) -> None:
    lists = Lists(frontier)
    keys = dated(frontier, lists, [1, 2, 3, 20, 21])
    listed(lists, "/list", *(key for key in keys if key != "/20"))
    assert lists.note_vanished(NOW + 60, "gone from the list") == 1
    assert [row.key for row in frontier.revisits(NOW + 60, 9)] == ["/20"]
    assert list(lists.delistings("bao")) == []
    lists.looked_at("/20", NOW + 61, there=True)
    (said,) = lists.delistings("bao")
    assert (said.listed, said.evidence, said.at.timestamp()) == (False, "gone from the list", NOW + 61)
    assert lists.note_vanished(NOW + DAY, "again") == 0
    listed(lists, "/list", *keys)
    assert lists.note_back(NOW + 2 * DAY) == 1
    assert lists.note_back(NOW + 3 * DAY) == 0
    assert [said.listed for said in lists.delistings("bao")] == [False, True]


def test_a_page_that_is_gone_itself_is_not_called_delisted(frontier: Frontier) -> None:
    lists = Lists(frontier)
    keys = dated(frontier, lists, [1, 2, 3, 20])
    listed(lists, "/list", *keys[:3])
    lists.note_vanished(NOW, "e")
    lists.looked_at("/20", NOW, there=False)
    lists.looked_at("/02", NOW, there=True)
    assert list(lists.delistings("bao")) == []
    assert vanished(frontier) == set()


def test_a_list_that_shows_only_the_newest_is_never_judged_not_even_with_two_pinned(frontier: Frontier) -> None:
    lists = Lists(frontier)
    dated(frontier, lists, list(range(1, 29)))
    listed(lists, "/list", *(f"/{day:02}" for day in (1, 2, *range(20, 29))))
    assert lists.note_vanished(NOW, "e") == 0


def test_what_has_no_day_is_judged_only_where_the_lists_are_no_window(frontier: Frontier) -> None:
    lists = Lists(frontier)
    frontier.discover([found("/a"), found("/b")])
    for key in ("/a", "/b"):
        fetch(frontier, key)
    listed(lists, "/list", "/a", "/b")
    listed(lists, "/list", "/a")
    assert lists.note_vanished(NOW, "e", undated=False) == 0
    assert lists.note_vanished(NOW, "e", undated=True) == 1
    assert vanished(frontier) == {"/b"}


def test_what_waits_and_what_no_list_ever_showed_cannot_vanish(frontier: Frontier) -> None:
    lists = Lists(frontier)
    frontier.discover([found("/a"), found("/b")._replace(listed_on=None)])
    fetch(frontier, "/b")
    assert lists.note_vanished(NOW, "e") == 0


def test_what_leaves_a_sitemap_of_the_news_is_not_called_vanished_by_an_older_list_beside_it(
    frontier: Frontier,
) -> None:
    lists = Lists(frontier)
    keys = dated(frontier, lists, list(range(1, 10)))
    news, section = "sitemap news", "listing one section"
    listed(lists, "/list", *keys[:4], way=section)
    listed(lists, "/news", *keys[4:], way=news)
    assert lists.note_vanished(NOW, "e") == 0
    listed(lists, "/news", *keys[7:], way=news)  # two days later: three are too old for it
    assert lists.note_vanished(NOW, "e") == 0
    listed(lists, "/news", keys[8], way=news)
    listed(lists, "/list", *keys[:3], way=section)  # and the section dropped one that it would still show
    assert lists.note_vanished(NOW, "e") == 1
    assert vanished(frontier) == {"/04"}


def test_what_a_feed_alone_showed_cannot_vanish_and_what_a_list_showed_as_well_can(frontier: Frontier) -> None:
    lists = Lists(frontier)
    keys = dated(frontier, lists, [1, 2, 3, 20, 21])
    listed(lists, "/list", *keys[:4])
    listed(lists, "/rss", *keys[3:], way="feed x")
    assert lists.note_vanished(NOW, "e") == 0
    listed(lists, "/list", *keys[:3])
    listed(lists, "/rss", way="feed x")
    assert lists.note_vanished(NOW, "e") == 1
    assert vanished(frontier) == {"/20"}


def test_what_only_a_way_listed_that_the_source_has_no_more_has_not_vanished(frontier: Frontier) -> None:
    lists = Lists(frontier)
    dated(frontier, lists, [1, 2, 3, 21])
    frontier.discover([found("/20", "2026-10", 1, "2026-10-20")])
    fetch(frontier, "/20")
    listed(lists, "/old", "/20", way="listing old")
    lists.drop_ways(["listing x"])
    assert lists.note_vanished(NOW, "e") == 0


# --- pages, walks, runs


def test_a_page_is_remembered_with_its_form_and_what_it_listed(frontier: Frontier) -> None:
    lists = Lists(frontier)
    following = NextPage(f"{HOST}/list", (("__EVENTTARGET", "grid"), ("x", "1")), datetime(2026, 1, 1, tzinfo=UTC))
    page = Page("/list", "/list", f"{HOST}/list", "form x", '"1"', None, "a" * 64, NOW, NOW, (following,))
    lists.store(page, ["/b", "/a"])
    assert lists.page("/list") == page
    lists.store(page._replace(fetched_at=NOW + 1), None)
    assert lists.keys_of("/list") == ["/a", "/b"]
    lists.store(page, ["/c"])
    assert lists.keys_of("/list") == ["/c"]
    assert lists.page("/other") is None


def test_pages_that_a_walk_did_not_come_by_are_forgotten_and_so_are_ways_the_source_has_no_more(
    frontier: Frontier,
) -> None:
    lists = Lists(frontier)
    for page, way in (("/1", "a"), ("/2", "a"), ("/3", "b"), ("/robots.txt", "robots")):
        listed(lists, page, f"{page}/x", way=way)
    assert lists.drop_pages("a", ["/1"]) == 1
    assert lists.drop_ways(["a"]) == 1
    assert [bool(lists.page(page)) for page in ("/1", "/2", "/3", "/robots.txt")] == [True, False, False, True]
    assert lists.keys_of("/3") == []


def test_the_last_complete_walk_is_told_apart_from_the_last(frontier: Frontier) -> None:
    lists = Lists(frontier)
    whole = Walk("r1", "w", NOW, NOW + 1, True, 40, 400, 400, "end of the list")
    lists.walked(whole)
    lists.walked(whole._replace(run_id="r2", started_at=NOW + DAY, complete=False))
    assert lists.last_walk("w", complete=True) == whole
    assert lists.last_walk("w").run_id == "r2"  # type: ignore[union-attr]
    assert lists.last_walk("v") is None


def test_a_run_that_never_ended_was_killed_and_keeps_its_counts(frontier: Frontier) -> None:
    runs = Runs(frontier)
    assert runs.begin("r1", "crawl", NOW) is None
    runs.progress("r1", {"fetched": 7})
    assert list(runs.ended("bao")) == []
    assert runs.begin("r2", "crawl", NOW + 1) == "r1"
    runs.end("r2", NOW + 2, "done", {"fetched": 3})
    assert [(run.run_id, run.outcome, run.fetched) for run in runs.ended("bao")] == [
        ("r1", "killed", 7),
        ("r2", "done", 3),
    ]
    runs.account(["a.warc.gz", "a.warc.gz"])
    assert runs.accounted() == {"a.warc.gz"}


def test_rows_for_the_warehouse_are_all_of_them_with_their_instants(frontier: Frontier) -> None:
    frontier.discover([found("/b"), found("/a")])
    fetch(frontier, "/a")
    rows = list(frontier.rows("bao"))
    assert [row.url for row in rows] == [f"{HOST}/a", f"{HOST}/b"]
    assert (rows[0].tries, rows[0].last_fetch_at) == (1, datetime.fromtimestamp(NOW, UTC))
    listed(Lists(frontier), "/list")
    assert len(list(Lists(frontier).listing_ids("bao"))) == 1


# --- the file


def test_the_version_moves_with_every_change_and_not_with_one_that_failed(frontier: Frontier) -> None:
    before = frontier.version
    frontier.discover([found("/a")])
    assert frontier.version == before + 1
    with pytest.raises(ZeroDivisionError), frontier.transaction():
        frontier.discover([found("/b")])
        raise ZeroDivisionError
    assert frontier.version == before + 1
    assert frontier.unknown(["/b"]) == {"/b"}


def test_a_reader_sees_one_state_while_a_writer_writes(tmp_path: Path) -> None:
    file = tmp_path / "bao.sqlite"
    with Frontier(file) as writer:
        writer.discover([found("/a")])
        with Frontier(file, read_only=True) as reader, writer.transaction():
            writer.discover([found("/b")])
            assert reader.counts() == {WAITING: 1}
        with Frontier(file, read_only=True) as reader:
            assert reader.counts() == {WAITING: 2}
            with pytest.raises(CannotWrite):
                reader.discover([found("/c")])
    with Frontier(file, read_only=True) as reader:
        assert reader.counts() == {WAITING: 2}


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be looked at" * 20, b"SQLite format 3\0" + b"\xff" * 2000]
)
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bao.sqlite"
    file.write_bytes(content)
    with pytest.raises(DamagedFrontier, match=r"bao\.sqlite"):
        Frontier(file)
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "script",
    ["create table meta (version integer, schema integer); insert into meta values (1, 99)", "create table url (a)"],
)
def test_a_file_of_another_schema_or_another_program_is_refused_and_not_written_to(tmp_path: Path, script: str) -> None:
    file = tmp_path / "bao.sqlite"
    with sqlite3.connect(file) as con:
        con.executescript(script)
    con.close()
    before = file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(DamagedFrontier):
            Frontier(file, read_only=read_only)
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "crawl").write_text("a file", encoding="utf-8")
    with pytest.raises(CannotWrite):
        Frontier(tmp_path / "crawl" / "bao.sqlite")


def test_a_failed_url_is_taken_up_again_by_a_revisit(frontier: Frontier) -> None:
    frontier.discover([found("/a")])
    frontier.apply([("/a", replace(Status(FAILED, "HTTP 403", 1, 1), next_fetch_at=NOW))])
    assert [row.status.state for row in frontier.revisits(NOW, 9)] == [FAILED]


# --- too many at once, and lists that are known as such for ever


def many(frontier: Frontier, lists: Lists, count: int, left: int) -> list[str]:
    """That many fetched URLs that were listed, of which the last `left` are listed no more."""
    keys = [f"/{n:03}" for n in range(count)]
    frontier.discover([found(key) for key in keys])
    for key in keys:
        fetch(frontier, key)
    listed(lists, "/list", *keys)
    listed(lists, "/list", *keys[: count - left])
    return keys


def test_when_a_fifth_of_the_lists_is_gone_nothing_is_concluded_before_the_next_day(frontier: Frontier) -> None:
    lists = Lists(frontier)
    keys = many(frontier, lists, 50, 11)
    assert lists.note_vanished(NOW, "e") == 0
    said = "11 of 50 URLs are on no list any more: too many for deletions; nothing was concluded"
    assert (lists.vanished_too_many(), vanished(frontier)) == (said, set())
    assert lists.note_vanished(NOW + DAY / 2, "e") == 0
    assert lists.vanished_too_many() == said
    listed(lists, "/list", *keys[:39], keys[49])
    assert lists.note_vanished(NOW + DAY, "e") == 10
    assert (lists.vanished_too_many(), vanished(frontier)) == (None, set(keys[39:49]))


def test_urls_that_came_back_in_between_are_suspected_anew(frontier: Frontier) -> None:
    lists = Lists(frontier)
    keys = many(frontier, lists, 50, 20)
    lists.note_vanished(NOW, "e")
    listed(lists, "/list", *keys)
    lists.note_back(NOW + DAY / 2)
    listed(lists, "/list", *keys[:30])
    assert lists.note_vanished(NOW + DAY, "e") == 0
    assert lists.vanished_too_many()
    assert lists.note_vanished(NOW + 2 * DAY, "e") == 20
    assert lists.vanished_too_many() is None


def test_what_leaves_today_waits_while_what_left_with_too_many_others_yesterday_is_judged(frontier: Frontier) -> None:
    lists = Lists(frontier)
    keys = many(frontier, lists, 100, 30)
    lists.note_vanished(NOW, "e")
    listed(lists, "/list", *keys[:40])
    assert lists.note_vanished(NOW + DAY, "e") == 30
    assert vanished(frontier) == set(keys[70:])
    assert (lists.vanished_too_many() or "").startswith("30 of 100 URLs")


@pytest.mark.parametrize(("count", "left"), [(12, 10), (60, 12)])
def test_a_few_or_a_fifth_may_leave_at_once(frontier: Frontier, count: int, left: int) -> None:
    lists = Lists(frontier)
    many(frontier, lists, count, left)
    assert lists.note_vanished(NOW, "e") == left
    assert lists.vanished_too_many() is None


def test_an_address_once_asked_for_as_a_list_stays_one_for_the_warehouse(frontier: Frontier) -> None:
    lists = Lists(frontier)
    listed(lists, "/1", "/a", way="a")
    lists.asked("/404.xml")
    before = frontier.version
    lists.asked("/404.xml")
    lists.asked("/1")
    assert frontier.version == before
    lists.drop_ways([])
    assert lists.page("/1") is None
    assert len(list(lists.listing_ids("bao"))) == 2


def test_a_fetched_url_is_settled_with_what_lists_said_of_it(frontier: Frontier) -> None:
    lists = Lists(frontier)
    frontier.discover([
        found("/a", modified_at=NOW), found("/b", day="2026-10-01"), found("/waits"),
        found("/adopted")._replace(listed_on=None),
    ])  # fmt: skip
    for key in ("/a", "/b", "/adopted"):
        fetch(frontier, key)
    assert lists.settled(["/a", "/b", "/waits", "/adopted", "/unknown"]) == {"/a": (NOW, False), "/b": (0.0, True)}


# --- months, samples and sizes: what a plan and a backfill ask for


def test_what_waits_is_taken_of_the_months_asked_for_besides_the_days(frontier: Frontier) -> None:
    frontier.discover([
        found("/sep", "2026-09", 0), found("/oct", "2026-10", 0, "2026-10-31"), found("/late", "2026-10", 0, "2026-11-01"),
        found("/nov", "2026-11", 0),
    ])  # fmt: skip
    assert due(frontier, months=("2026-10", "2026-10")) == ["/late", "/oct"]
    assert due(frontier, months=("2026-10", "2026-11"), since="2026-11-01") == ["/nov", "/late"]
    assert frontier.next_waiting_at(months=("2026-12", "2026-12")) is None
    assert frontier.next_waiting_at(months=("2026-09", "2026-09")) == NOW
    fetch(frontier, "/oct")
    assert frontier.revisits(NOW + 999 * DAY, 9, months=("2026-11", "2026-11")) == []
    assert [row.key for row in frontier.revisits(NOW + 999 * DAY, 9, months=("2026-10", "2026-10"))] == ["/oct"]


def test_a_sample_takes_the_months_in_turns_and_says_nothing_of_their_order(frontier: Frontier) -> None:
    frontier.discover([found(f"/{month}/{n}", month, 0) for month in ("2026-08", "2026-10") for n in range(50)])
    frontier.discover([found("/one", "2026-09", 0)])
    rows = [row.key for row in frontier.waiting(NOW, 21, spread=True)]
    assert rows == [row.key for row in frontier.waiting(NOW, 21, spread=True)]
    assert (sum("-08/" in key for key in rows), sum("-10/" in key for key in rows)) == (10, 10)
    assert rows[1] == "/one"
    assert [key for key in rows if "-10/" in key] != [f"/2026-10/{n}" for n in range(10)]


def test_what_failed_is_named_whatever_its_time(frontier: Frontier) -> None:
    frontier.discover([found("/a", "2026-09", 0), found("/b", "2026-10", 0), found("/c", "2026-10", 0)])
    for key in ("/a", "/b"):
        fetch(frontier, key, 403)
    assert frontier.failed() == ["/b", "/a"]
    assert frontier.failed(months=("2026-10", "2026-10")) == ["/b"]


def test_holes_are_what_waits_or_failed_and_months_count_every_state(frontier: Frontier) -> None:
    frontier.discover([
        found("/b", "2026-10", 0), found("/a", "2026-10", 0), found("/c", "2026-09", 0), found("/d", "2026-09", 0),
        found("/e", "2026-08", 0), found("/x", "2026-10", 0)._replace(state=EXCLUDED, reason="another host"),
    ])  # fmt: skip
    fetch(frontier, "/a", 403)
    fetch(frontier, "/c", 404)
    fetch(frontier, "/d")
    assert list(frontier.unhad("2026-09", "2026-10")) == [
        ("2026-10", f"{HOST}/a", FAILED, "HTTP 403"), ("2026-10", f"{HOST}/b", WAITING, None),
    ]  # fmt: skip
    assert frontier.months("2026-09") == {
        "2026-09": {FETCHED: 1, GONE: 1}, "2026-10": {EXCLUDED: 1, FAILED: 1, WAITING: 1},
    }  # fmt: skip
    assert frontier.months("2027-01") == {}


def test_sizes_add_up_and_an_older_frontier_that_is_only_read_has_none(frontier: Frontier) -> None:
    assert frontier.sizes() == {}
    frontier.weigh({"page": (2, 30, 500.0)})
    frontier.weigh({"page": (1, 5, 25.0), "list": (1, 7, 49.0)})
    assert frontier.sizes() == {"list": (1, 7, 49.0), "page": (3, 35, 525.0)}
    frontier.con.execute("drop table answer_size")
    with Frontier(frontier.file, read_only=True) as older:
        assert older.sizes() == {}
    with Frontier(frontier.file) as upgraded:
        upgraded.weigh({"page": (1, 5, 25.0)})
        assert upgraded.sizes() == {"page": (1, 5, 25.0)}
