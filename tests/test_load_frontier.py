"""What a crawl knows besides captures, in the tables: states of addresses, coverage, lists that drop a page, runs."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from test_load import all_digests, ask, history
from warehouse_samples import (
    HOST,
    NOON,
    SOURCE,
    bulletin,
    capture,
    clock,
    crawl_run,
    dropped,
    frontier,
    known_url,
    results,
    store,
)

from pipelines.records import Doubt
from warehouse.digest import digests
from warehouse.errors import WarehouseError
from warehouse.frontier import Verdict, verdicts
from warehouse.load import LoadOutcome, load
from warehouse.rebuild import rebuild
from warehouse.store import writer

A, B, C = "/a.html", "/b.html", "/c.html"
PARTS = "loaded + duplicate + not_bulletin + excluded + gone + failed + waiting"


def take(home, *frontiers) -> LoadOutcome:
    with writer(home, "load", clock) as con:
        return load(con, results(home), [SOURCE], frontiers)


def states(home):
    return {url.removeprefix(f"https://{HOST}"): (state, reason) for url, state, reason in ask(home, STATES)}


STATES = "select url, state, state_reason from url"


def once(home, frontiers, **segments):
    """Digests of a fresh home that gets the same results and frontiers in one load."""
    for name, rows in segments.items():
        store(home, name, rows)
    take(home, *frontiers)
    return all_digests(home)


# --- states of addresses


def test_an_address_nobody_read_is_as_the_crawl_left_it_and_never_loaded(tmp_path):
    left = {
        "/1": ("waiting", "robots.txt: HTTP 503"), "/2": ("excluded", "robots.txt"), "/3": ("failed", "HTTP 500"),
        "/4": ("gone", "HTTP 404"), "/5": ("duplicate", "x"), "/6": ("not_bulletin", "list"), "/7": ("fetched", None),
    }  # fmt: skip
    take(tmp_path, frontier(*(known_url(path, state, state_reason=reason) for path, (state, reason) in left.items())))
    assert states(tmp_path) == left | {"/7": ("waiting", "fetched, not read yet")}
    assert ask(tmp_path, "select count(*) from bulletin") == [(0,)]


PAGES = {
    "bulletin": [{}],
    "list": [{"kind": "list", "kind_rule": "links"}],
    "unreadable": [{"kind": "other", "failure": "cut"}],
    "503": [{"kind": "error", "http_status": 503}],
    "block": [{"kind": "block", "kind_rule": "captcha"}],
    "says error": [{"kind": "error", "kind_rule": "says so"}],
    "404": [{"kind": "error", "http_status": 404}],
    "bulletin, 404": [{}, {"kind": "error", "http_status": 404, "hours": 1}],
    "bulletin, 503": [{}, {"kind": "error", "http_status": 503, "hours": 1}],
}


VERDICTS = [
    ("bulletin", "fetched", None, ("fetched", None)),
    ("bulletin", "failed", "HTTP 500", ("fetched", "HTTP 500")),
    ("bulletin", "excluded", "robots.txt", ("fetched", "robots.txt")),
    ("bulletin", "not_bulletin", "list: by an older reader", ("fetched", None)),
    ("bulletin", "gone", "HTTP 410", ("gone", "HTTP 410")),
    ("bulletin", "duplicate", "of B", ("fetched", None)),
    ("list", "duplicate", "of B", ("not_bulletin", "list: links")),
    ("list", "fetched", None, ("not_bulletin", "list: links")),
    ("list", "waiting", "HTTP 503", ("not_bulletin", "list: links")),
    ("unreadable", "fetched", None, ("failed", "cut")),
    ("unreadable", "waiting", "HTTP 503", ("failed", "cut")),
    ("503", "fetched", None, ("failed", "HTTP 503: error: one article")),
    ("503", "waiting", "HTTP 503", ("waiting", "HTTP 503")),
    ("503", "excluded", "robots.txt", ("excluded", "robots.txt")),
    ("block", "failed", "no answer", ("failed", "no answer")),
    ("says error", "waiting", "HTTP 503", ("waiting", "HTTP 503")),
    ("says error", "fetched", None, ("not_bulletin", "error: says so")),
    ("404", "waiting", "HTTP 404", ("gone", "HTTP 404")),
    ("404", "duplicate", "of B", ("gone", "HTTP 404")),
    ("bulletin, 404", "fetched", None, ("gone", "HTTP 404")),
    ("bulletin, 503", "waiting", "x", ("fetched", "x")),
]


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """All of VERDICTS in one load: case → state, reason, rows in bulletin."""
    home = tmp_path_factory.mktemp("judged")
    rows = [capture(f"/{n}", **page) for n, (pages, *_) in enumerate(VERDICTS) for page in PAGES[pages]]
    store(home, "a", rows)
    known = [known_url(f"/{n}", state, state_reason=reason) for n, (_, state, reason, _) in enumerate(VERDICTS)]
    take(home, frontier(*known))
    found = states(home)
    shown = {row[0].rpartition("/")[2] for row in ask(home, "select url from bulletin")}
    return {n: (found[f"/{n}"], str(n) in shown) for n in range(len(VERDICTS))}


@pytest.mark.parametrize("case", range(len(VERDICTS)), ids=[f"{v[0]} - {v[1]}" for v in VERDICTS])
def test_of_crawl_and_captures_the_one_that_knows_more_gives_the_state(judged, case):
    pages, _, _, expected = VERDICTS[case]
    assert judged[case] == (expected, "bulletin" in pages)


def test_where_and_when_it_was_found_comes_from_the_crawl_and_its_address_from_the_first_request(tmp_path):
    later, never = NOON + timedelta(days=2), None
    row = known_url(A, tries=7, last_fetch_at=later, next_fetch_at=later + timedelta(days=1))
    store(tmp_path, "a", [capture(A, host=f"www.{HOST}"), capture(A, hours=1), capture(B)])
    take(tmp_path, frontier(row, known_url(C, "waiting")))
    rows = ask(
        tmp_path,
        "select url, month, discovered_at, discovered_via, listed_on, tries, last_fetch_at, next_fetch_at from url order by url",
    )
    crawled = ("2026-02", row.discovered_at, "sitemap", row.listed_on)
    assert rows == [
        (f"https://{HOST}/b.html", "2026-03", NOON, "ingest", None, 1, NOON, None),
        (f"https://{HOST}/c.html", *crawled, 0, never, never),
        (f"https://www.{HOST}/a.html", *crawled, 7, later, row.next_fetch_at),
    ]
    assert ask(tmp_path, "select count(*) from bulletin join url using (bulletin_id, url)") == [(2,)]


def test_a_page_that_only_lists_is_no_address_and_no_bulletin_whatever_its_reader_thinks(tmp_path):
    store(tmp_path, "a", [capture(A, doubts=[Doubt("d", "warning", "x")], final_url=f"https://{HOST}/x"), capture(B)])
    take(tmp_path, frontier(lists=[A]))
    assert states(tmp_path) == {B: ("fetched", None)}
    for table in ("bulletin", "bulletin_version", "bulletin_status", "view_count", "coverage"):
        assert ask(tmp_path, f"select count(*) from {table}") == [(1,)], table
    assert ask(tmp_path, "select count(*) from issue union all select count(*) from url_alias") == [(0,), (0,)]
    assert ask(tmp_path, "select count(*) from capture") == [(2,)]


def test_a_page_that_lists_and_is_listed_is_an_address(tmp_path):
    store(tmp_path, "a", [capture(A)])
    take(tmp_path, frontier(known_url(A), lists=[A]))
    assert states(tmp_path) == {A: ("fetched", None)}


# --- a frontier that changes, alone


def test_a_frontier_that_changes_without_new_captures_is_taken_and_the_same_again_does_nothing(tmp_path):
    store(tmp_path, "a", [capture(A), capture(B)])
    first = frontier(known_url(A), known_url(B), known_url(C, "waiting"))
    assert take(tmp_path, first) == LoadOutcome(new=2, captures=2, files=1, frontiers=1)
    before = all_digests(tmp_path)

    def never():
        raise AssertionError("asked for though nothing changed")

    same = type(first)(SOURCE.source_id, first.version, never, never, never, never)
    assert take(tmp_path, same) == LoadOutcome()
    assert all_digests(tmp_path) == before
    second = frontier(known_url(A), known_url(C, "gone", state_reason="HTTP 404"), lists=[B])
    assert take(tmp_path, second) == LoadOutcome(removed=1, frontiers=1)
    assert states(tmp_path) == {A: ("fetched", None), C: ("gone", "HTTP 404")}
    assert take(tmp_path, first) == LoadOutcome(new=1, frontiers=1)
    assert all_digests(tmp_path) == before


def test_a_frontier_that_is_missing_is_taken_out_again_but_its_runs_stay(tmp_path):
    store(tmp_path, "a", [capture(A), capture(B)])
    take(tmp_path)
    before = all_digests(tmp_path)
    other = frontier(known_url(C)._replace(bulletin_id="f" * 16), source_id="khac")
    ours = frontier(
        known_url(A, "duplicate"), known_url(C, "waiting"), lists=[B], delistings=[dropped(A, 5)], runs=[crawl_run()]
    )
    take(tmp_path, ours, other)
    addresses = "select url, state from url where source_id = ? order by url"
    found = ask(tmp_path, addresses, SOURCE.source_id)
    assert found == [(f"https://{HOST}{A}", "fetched"), (f"https://{HOST}{C}", "waiting")]
    assert all_digests(tmp_path) != before
    assert take(tmp_path, other) == LoadOutcome(new=1, changed=1, frontiers=1)
    assert ask(tmp_path, "select source_id from source order by 1") == [(SOURCE.source_id,), ("khac",)]
    assert take(tmp_path) == LoadOutcome(frontiers=1)
    assert all_digests(tmp_path) == before
    assert ask(tmp_path, "select run_id from run") == [("r1",)]
    assert ask(tmp_path, "select count(*) from bantin.frontier_url") == [(0,)]


def test_when_the_last_capture_goes_the_address_is_the_crawls_again(tmp_path):
    path = store(tmp_path, "a", [capture(A, hours=1)])
    known = frontier(known_url(A))
    take(tmp_path, known)
    path.unlink()
    assert take(tmp_path, known) == LoadOutcome(removed=1, files=1)
    assert states(tmp_path) == {A: ("waiting", "fetched, not read yet")}
    assert ask(tmp_path, "select count(*) from view_count") == [(0,)]


# --- refusals


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([known_url(A), known_url(A, "waiting")], "twice"),
        ([known_url(A, "asleep")], "CHECK constraint"),
        ([known_url(A, month=None)], "NOT NULL constraint"),
        ([known_url(A, tries="many")], "many"),
    ],
)
def test_a_frontier_that_cannot_be_is_refused_and_the_tables_are_as_before(tmp_path, rows, found):
    store(tmp_path, "a", [capture(A)])
    take(tmp_path, frontier(known_url(A)))
    before = all_digests(tmp_path)
    store(tmp_path, "b", [capture(B)])
    with pytest.raises(WarehouseError, match=f"frontier of {SOURCE.source_id}.*{found}.*no table was changed"):
        take(tmp_path, frontier(*rows))
    assert all_digests(tmp_path) == before


def test_one_source_twice_is_refused(tmp_path):
    with pytest.raises(WarehouseError, match="one a source"):
        take(tmp_path, frontier(), frontier(known_url(A)))


def test_what_a_frontier_raises_comes_out_as_it_is_and_the_tables_are_as_before(tmp_path):
    store(tmp_path, "a", [capture(A)])
    take(tmp_path, frontier(known_url(A)))
    before = all_digests(tmp_path)

    def broken():
        yield known_url(B)
        raise OSError("disk I/O error")

    good = frontier(known_url(A))
    with pytest.raises(OSError, match="disk I/O error"):
        take(tmp_path, type(good)(SOURCE.source_id, "2", broken, good.listing_ids, good.delistings, good.runs))
    assert all_digests(tmp_path) == before


@pytest.mark.parametrize("text", ["'; DROP TABLE url; --", "\x1b[2J", "NUL\x00NUL", "\u202eabc"])
def test_hostile_addresses_pass_through_unchanged_and_half_a_surrogate_is_mended(tmp_path, text):
    row = known_url(A, "waiting", url=text, state_reason=text, listed_on=text)
    take(tmp_path, frontier(row, known_url(B, "waiting", state_reason="\ud800"), runs=[crawl_run(outcome=text)]))
    assert ask(tmp_path, "select url, state_reason, listed_on from url where state_reason = ?", text) == [(text,) * 3]
    assert ask(tmp_path, "select state_reason from url where url like '%/b.html'") == [("\ufffd",)]
    assert ask(tmp_path, "select outcome from run") == [(text,)]


# --- coverage, counters, runs


def test_coverage_adds_up_by_source_and_month_and_counts_no_listing(tmp_path):
    store(tmp_path, "a", [capture(A), capture(B, kind="list"), capture("/list"), capture("/alone.html")])
    rows = [known_url(f"/{state}", state, month="2026-01") for state in ("excluded", "gone", "failed", "duplicate")]
    take(tmp_path, frontier(known_url(A), known_url(B), known_url(C, "waiting"), *rows, lists=["/list"]))
    columns = f"discovered, {PARTS.replace(' +', ',')}, missing"
    found = ask(tmp_path, f"select source_id, month, {columns} from coverage order by month")
    assert found == [
        (SOURCE.source_id, "2026-01", 4, 0, 1, 0, 1, 1, 1, 0, 1),
        (SOURCE.source_id, "2026-02", 3, 1, 0, 1, 0, 0, 0, 1, 1),
        (SOURCE.source_id, "2026-03", 1, 1, 0, 0, 0, 0, 0, 0, 0),
    ]
    take(tmp_path)
    assert ask(tmp_path, "select month, discovered, loaded from coverage") == [("2026-03", 4, 3)]


def test_discovered_is_not_the_sum_of_the_parts_but_a_count_of_its_own(tmp_path):
    """The check can fail: an address that gets lost on the way to `url` leaves a hole in the sums."""
    store(tmp_path, "a", [capture(A), capture(B)])
    take(tmp_path)
    with writer(tmp_path, "test", clock) as con:
        con.execute("delete from bantin.read_url where url like '%/a.html'")
    store(tmp_path, "b", [capture(C)])
    take(tmp_path)
    assert ask(tmp_path, f"select discovered, {PARTS} from coverage") == [(2, 3)]


def test_counters_are_kept_for_every_capture_that_shows_one(tmp_path):
    rows = [
        capture(A, told=bulletin(view_count=5)),
        capture(A, hours=1, told=bulletin(view_count=None)),
        capture(A, hours=2, kind="error", http_status=503),
        capture(A, hours=3, told=bulletin(view_count=0)),
    ]
    store(tmp_path, "a", rows)
    take(tmp_path)
    found = ask(tmp_path, "select bulletin_id, observed_at, views from view_count order by 2")
    assert found == [(rows[0].bulletin_id, NOON, 5), (rows[0].bulletin_id, NOON + timedelta(hours=3), 0)]


def test_runs_are_written_once_and_change_no_digest(tmp_path):
    take(tmp_path, frontier(runs=[crawl_run()]))
    before = all_digests(tmp_path)
    take(tmp_path, frontier(runs=[crawl_run(outcome="rewritten"), crawl_run("r2"), crawl_run("r2")]))
    found = ask(tmp_path, "select run_id, source_id, outcome, listed, fetched, read, new, failed from run order by 1")
    assert found == [
        ("r1", SOURCE.source_id, "done", 9, 7, 0, 0, 4),
        ("r2", SOURCE.source_id, "done", 9, 7, 0, 0, 4),
    ]
    assert all_digests(tmp_path) == before


# --- lists that drop a page


HOURS = "(epoch(since) - 1772341200)::int // 3600"
GONE = {"kind": "error", "http_status": 404}


TURNS = [
    ([{}], [(5, False)], [("live", 0), ("missing", 5)]),
    ([{}], [(5, False), (9, True)], [("live", 0), ("missing", 5), ("live", 9)]),
    ([{}], [(5, False), (6, False)], [("live", 0), ("missing", 5)]),
    ([{}], [(5, True)], [("live", 0)]),
    ([{}, GONE], [(5, False)], [("live", 0), ("gone", 1)]),
    ([{}, GONE, {}], [(1.5, False)], [("live", 0), ("gone", 1), ("missing", 2)]),
    ([{}, {"kind": "home"}], [(5, False), (6, True)], [("live", 0), ("missing", 1)]),
    ([{}, {"kind": "home"}, {}], [(1.5, False)], [("live", 0), ("missing", 1)]),
    ([{}, {}], [(1, False)], [("live", 0), ("missing", 1)]),
    ([{}, {"kind": "block"}], [(5, False)], [("live", 0), ("missing", 5)]),
    ([{"kind": "list"}, {}], [(0.5, False)], [("live", 1)]),
    ([{}], [(-1, False)], [("live", 0)]),
    ([{"kind": "list"}], [(5, False)], []),
]


@pytest.fixture(scope="module")
def folded(tmp_path_factory):
    """All of TURNS in one load: case → the turns of its bulletin, its status."""
    home = tmp_path_factory.mktemp("folded")
    store(
        home, "a", [capture(f"/{n}", hours=m, **p) for n, (pages, *_) in enumerate(TURNS) for m, p in enumerate(pages)]
    )
    drops = [dropped(f"/{n}", hours, listed) for n, (_, history, _) in enumerate(TURNS) for hours, listed in history]
    take(home, frontier(*(known_url(f"/{n}") for n in range(len(TURNS))), delistings=drops))
    rows = ask(home, f"select url, status, {HOURS} from bulletin_status join url using (bulletin_id)")
    shown = dict(ask(home, "select url, status from bulletin"))
    urls = [f"https://{HOST}/{n}" for n in range(len(TURNS))]
    return [([(status, at) for url, status, at in rows if url == one], shown.get(one)) for one in urls]


@pytest.mark.parametrize("case", range(len(TURNS)))
def test_the_status_is_a_fold_of_captures_and_lists(folded, case):
    expected = TURNS[case][2]
    assert folded[case] == (expected, expected[-1][0] if expected else None)


def test_the_evidence_names_the_list_and_the_capture_before(tmp_path):
    rows = [capture(A), capture(A, hours=4, kind="block")]
    store(tmp_path, "a", rows)
    history = [dropped(A, 5, evidence="in no page of the list"), dropped(A, 9, True, "the feed")]
    take(tmp_path, frontier(known_url(A), delistings=history))
    assert [row[0] for row in ask(tmp_path, "select evidence from bulletin_status")][1:] == [
        "not listed any more: in no page of the list; its page is still there",
        "listed again: the feed",
    ]
    assert ask(tmp_path, "select capture_id from bulletin_status") == [
        (rows[0].capture_id,), (rows[1].capture_id,), (rows[1].capture_id,)
    ]  # fmt: skip


def test_a_list_that_drops_pages_later_touches_only_their_bulletins(tmp_path):
    store(tmp_path, "a", [capture(A), capture(B)])
    take(tmp_path, frontier(known_url(A), known_url(B)))
    outcome = take(tmp_path, frontier(known_url(A), known_url(B), delistings=[dropped(A, 5), dropped("/none", 5)]))
    assert outcome == LoadOutcome(changed=1, frontiers=1)
    assert ask(tmp_path, "select status from bulletin order by url") == [("missing",), ("live",)]
    assert ask(tmp_path, "select count(*) from bulletin_line group by bulletin_id") == [(6,), (6,)]
    take(tmp_path, frontier(known_url(A), known_url(B)))
    assert ask(tmp_path, "select status from bulletin order by url") == [("live",), ("live",)]


# --- two keys of one page


def moved(path, to, **more):
    return capture(path, final_url=f"https://{HOST}{to}", **more)


def test_the_target_of_a_redirect_is_a_duplicate_of_the_key_that_was_fetched_first(tmp_path):
    store(tmp_path, "a", [moved(A, B), capture(B, hours=1), capture(C, hours=2)])
    take(tmp_path)
    assert states(tmp_path) == {
        A: ("fetched", None), B: ("duplicate", f"redirect target of https://{HOST}{A}"), C: ("fetched", None)
    }  # fmt: skip
    assert ask(tmp_path, "select url from bulletin order by 1") == [(f"https://{HOST}{A}",), (f"https://{HOST}{C}",)]
    for table in (
        "bulletin_version", "bulletin_status", "bulletin_line", "field_evidence", "image", "attachment", "view_count",
    ):  # fmt: skip
        gone = ask(tmp_path, f"select count(*) from {table} where bulletin_id = ?", capture(B).bulletin_id)
        assert gone == [(0,)], table
    assert ask(tmp_path, "select loaded, duplicate, discovered from coverage") == [(2, 1, 3)]


@pytest.mark.parametrize(
    ("rows", "lists"),
    [
        ([capture(B), moved(A, B, hours=1)], []),  # B was there first
        ([moved(A, B, kind="home"), capture(B, hours=1)], []),  # A does not hold what B says
        ([moved(A, B, kind="error", http_status=503), capture(B, hours=1)], []),
        ([moved(A, A), capture(B, hours=1)], []),
        ([moved(A, B), capture(B, hours=1)], [A]),  # a page that only lists is no bulletin's address
    ],
)
def test_no_duplicate_without_an_earlier_bulletin_at_its_address(tmp_path, rows, lists):
    store(tmp_path, "a", rows)
    take(tmp_path, frontier(known_url(B), lists=lists))
    assert states(tmp_path)[B] == ("fetched", None)
    assert ask(tmp_path, "select count(*) from bulletin where url like '%/b.html'") == [(1,)]


OUTAGE = [
    *(capture(f"/b-{n}", told=bulletin(title=f"Bài {n}")) for n in range(6)),
    *(moved(f"/b-{n}", "/b-5", hours=24, told=bulletin(title="Bài 5")) for n in range(3)),
    *(capture(f"/b-{n}", hours=24, told=bulletin(title=f"Bài {n}")) for n in range(3, 6)),
]
RECOVERED = [capture(f"/b-{n}", hours=48, told=bulletin(title=f"Bài {n}")) for n in range(6)]


def test_a_day_of_redirects_to_another_bulletin_takes_none_away_and_changes_no_text(tmp_path):
    store(tmp_path, "a", OUTAGE)
    take(tmp_path)
    shown = "select url, title, version_count, status from bulletin order by url"
    expected = [(f"https://{HOST}/b-{n}", f"Bài {n}", 1, "missing" if n < 3 else "live") for n in range(6)]
    assert ask(tmp_path, shown) == expected
    assert ask(tmp_path, "select distinct evidence from bulletin_status where status = 'missing'") == [
        (f"redirects to https://{HOST}/b-5",)
    ]
    assert ask(tmp_path, "select url, reason from url_alias") == [(f"https://{HOST}/b-5", "redirect")] * 3
    store(tmp_path, "b", RECOVERED)
    take(tmp_path)
    assert ask(tmp_path, shown) == [(*row[:3], "live") for row in expected]
    assert ask(tmp_path, "select distinct state, state_reason from url") == [("fetched", None)]
    assert ask(tmp_path, "select count(*) from view_count") == [(15,)]


@pytest.mark.parametrize("seed", range(2))
def test_an_outage_of_redirects_in_shuffled_part_loads_gives_what_one_load_gives(tmp_path, seed):
    dice = random.Random(seed)
    rows = [*OUTAGE, *RECOVERED, moved("/new", "/b-4", hours=30), moved("/b-9", "/b-8"), capture("/b-8", hours=1)]
    dice.shuffle(rows)
    parts = {f"s{n}": rows[n::6] for n in range(6)}
    for name, part in parts.items():
        store(tmp_path / "parts", name, part)
        take(tmp_path / "parts")
    assert once(tmp_path / "once", [], **parts) == all_digests(tmp_path / "parts")


def test_an_outage_at_first_sight_is_lifted_when_the_page_is_read_under_its_own_address(tmp_path):
    rows = [moved(A, B), capture(B, hours=1)]
    store(tmp_path, "a", rows)
    take(tmp_path)
    reason = f"redirect target of https://{HOST}{A}"
    known = frontier(known_url(A), known_url(B, "duplicate", state_reason=reason))  # written back by us
    take(tmp_path, known)
    assert states(tmp_path)[B] == ("duplicate", reason)
    store(tmp_path, "b", [capture(A, hours=24, told=bulletin(title="Bài A"))])
    take(tmp_path, known)
    assert states(tmp_path) == {A: ("fetched", None), B: ("fetched", None)}
    assert ask(tmp_path, "select title, version_count from bulletin order by url") == [
        ("Bài A", 1), (bulletin().title, 1)
    ]  # fmt: skip


@pytest.mark.parametrize("first", [A, B], ids=["moved first", "new address first"])
def test_an_article_that_leads_to_another_listed_text_is_missing_and_keeps_its_own(tmp_path, first):
    late, early = (6, 5) if first == A else (5, 6)
    other = bulletin(title="Bài khác")
    store(tmp_path, "a", [capture(A), moved(A, B, hours=early, told=other), capture(B, hours=late, told=other)])
    take(tmp_path)
    assert states(tmp_path) == {A: ("fetched", None), B: ("fetched", None)}
    assert ask(tmp_path, "select title, status from bulletin order by url") == [
        (bulletin().title, "missing"), ("Bài khác", "live")
    ]  # fmt: skip


def test_an_address_that_only_ever_led_to_another_bulletin_is_a_duplicate_until_that_one_goes(tmp_path):
    path = store(tmp_path, "a", [capture(B)])
    store(tmp_path, "b", [moved(A, B, hours=1), moved(A, B, hours=9, host=f"www.{HOST}")])
    take(tmp_path)
    assert states(tmp_path) == {A: ("duplicate", f"redirects to https://{HOST}{B}"), B: ("fetched", None)}
    assert ask(tmp_path, "select url from bulletin") == [(f"https://{HOST}{B}",)]
    path.unlink()
    assert take(tmp_path).new == 1
    assert states(tmp_path) == {A: ("fetched", None)}


def test_another_host_or_scheme_of_its_own_address_leads_nowhere(tmp_path):
    plain = f"http://www.{HOST}{A}"
    store(tmp_path, "a", [capture(A, url=plain, final_url=f"https://{HOST}{A}"), moved(C, A, hours=1)])
    take(tmp_path)
    assert ask(tmp_path, "select url, state from url order by 2") == [
        (f"https://{HOST}{C}", "duplicate"), (plain, "fetched")
    ]  # fmt: skip


def test_a_redirect_between_bulletins_comes_and_goes_with_its_results(tmp_path):
    store(tmp_path, "a", [capture(A), capture(B, hours=1, told=bulletin(title="Bài khác"))])
    assert take(tmp_path).new == 2
    before = all_digests(tmp_path)
    path = store(tmp_path, "b", [moved(A, B, hours=2)])
    assert take(tmp_path) == LoadOutcome(changed=1, captures=1, files=1)
    assert ask(tmp_path, "select status from bulletin order by url") == [("missing",), ("live",)]
    path.unlink()
    assert take(tmp_path).changed == 1
    assert all_digests(tmp_path) == before


# --- what the load tells the crawl


def test_fetched_addresses_that_are_no_bulletins_are_told_and_telling_changes_no_table(tmp_path):
    rows = [moved(A, B), capture(B, hours=1), capture(C, kind="list", kind_rule="links"), capture("/d", kind="list")]
    store(tmp_path, "a", [*rows, capture("/e", kind="block")])
    crawled = [known_url(path) for path in (A, B, C, "/e", "/unread")]
    take(tmp_path, frontier(*crawled, known_url("/x", "not_bulletin")))
    before = all_digests(tmp_path)
    with writer(tmp_path, "test", clock) as con:
        told = verdicts(con)
    source = SOURCE.source_id
    assert told == [
        Verdict(source, f"https://{HOST}{B}", "duplicate", f"redirect target of https://{HOST}{A}"),
        Verdict(source, f"https://{HOST}{C}", "not_bulletin", "list: links"),
    ]
    known = {row.url: row for row in [*crawled, known_url("/x", "not_bulletin")]}
    known |= {v.url: known[v.url]._replace(state=v.state, state_reason=v.reason) for v in told}
    assert take(tmp_path, frontier(*known.values())) == LoadOutcome(frontiers=1)
    assert all_digests(tmp_path) == before
    with writer(tmp_path, "test", clock) as con:
        assert verdicts(con) == []


# --- a function of everything that is known


def crawled(dice, stage):
    """A frontier as the crawl might have left it at a stage: every rule meets every page of `history`."""
    rows = [
        known_url(
            f"/{n}.html", dice.choice(["fetched", "fetched", "waiting", "failed", "gone", "duplicate", "not_bulletin"]),
            state_reason=dice.choice([None, "HTTP 500"]), month=f"2026-0{1 + n % 3}",
        )
        for n in range(8)
        if dice.random() < 0.8
    ]  # fmt: skip
    drops = [dropped(f"/{n}.html", dice.randrange(40), dice.random() < 0.4) for n in dice.choices(range(8), k=stage)]
    return frontier(*rows, lists=[f"/{dice.randrange(8)}.html"], delistings=sorted(drops, key=lambda d: d.at))


@pytest.mark.parametrize("seed", [0, *(pytest.param(more, marks=pytest.mark.slow) for more in (1, 2))])
def test_ten_shuffled_part_loads_with_moving_frontiers_give_what_one_load_gives(tmp_path, seed):
    dice = random.Random(seed)
    rows = history()
    dice.shuffle(rows)
    parts = {f"s{n}": rows[n::10] for n in range(10)}
    for n, (name, part) in enumerate(parts.items()):
        store(tmp_path / "parts", name, part)
        known = crawled(dice, n)
        take(tmp_path / "parts", *([] if n == 4 else [known]))
    take(tmp_path / "parts", known)
    found = all_digests(tmp_path / "parts")
    assert once(tmp_path / "once", [known], **parts) == found
    assert ask(tmp_path / "once", f"select bool_and(discovered = {PARTS}) from coverage") == [(True,)]
    joined = "select count(*) > 0 from url where state_reason like 'same bulletin as %'"
    assert ask(tmp_path / "once", joined) == [(True,)]


def test_a_rebuild_from_results_and_frontiers_is_equal_and_keeps_each_run_once(tmp_path):
    dice = random.Random(5)
    for n in range(3):
        store(tmp_path, f"s{n}", history()[n::3])
        known = crawled(dice, n + 3)
        known = type(known)(
            known.source_id, known.version, known.urls, known.listing_ids, known.delistings, lambda: [crawl_run()]
        )
        take(tmp_path, known)
    with writer(tmp_path, "test", clock) as con:
        con.execute("update run set read = 3")
    done = rebuild(tmp_path, results(tmp_path), [SOURCE], clock, frontiers=[known])
    assert (done.equal, done.replaced, done.differing_tables) == (True, True, ())
    assert ask(tmp_path, "select run_id, read from run") == [("r1", 3)]
    assert take(tmp_path, known) == LoadOutcome()
    lost = rebuild(tmp_path, results(tmp_path), [SOURCE], clock)
    assert (lost.equal, lost.replaced) == (False, False)
    assert "url" in lost.differing_tables


def test_the_content_digest_does_not_tell_when_the_crawl_looked(tmp_path):
    store(tmp_path / "a", "a", [capture(A)])
    store(tmp_path / "b", "a", [capture(A, hours=3)])
    shared = {"month": "2026-02"}
    take(tmp_path / "a", frontier(known_url(A, **shared)))
    late = datetime(2027, 1, 1, tzinfo=UTC)
    take(tmp_path / "b", frontier(known_url(A, tries=9, discovered_at=late, last_fetch_at=late, **shared)))
    with writer(tmp_path / "a", "test", clock) as one, writer(tmp_path / "b", "test", clock) as two:
        assert digests(one).content == digests(two).content
        assert digests(one).full != digests(two).full
