"""A home that an older Bantin filled keeps its data: tables of schema 0003, brought up to date and loaded again."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest
from test_load import ask, history
from warehouse_samples import HOST, SOURCE, bulletin, capture, clock, frontier, known_url, results, store

from warehouse import sql
from warehouse.digest import digests
from warehouse.load import LoadOutcome, load
from warehouse.rebuild import rebuild
from warehouse.store import open_work, work_file, writer

ROWS = [row for row in history() if row.final_url is None]  # 0003 knew no duplicates


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The read results of `ROWS` and a work.duckdb of schema 0003 that was made of them."""
    more = [capture("/n.html", told=bulletin(view_count=3)), capture("/n.html", hours=50, told=bulletin(view_count=9))]
    for folder in ("home", "now"):
        for n in range(3):
            store(tmp_path / folder, f"s{n}", [*ROWS[n::3], *more[n : n + 1]])
    with writer(tmp_path / "now", "load", clock) as con:
        load(con, results(tmp_path / "now"), [SOURCE])
    old = work_file(tmp_path / "home")
    old.parent.mkdir(parents=True)
    with monkeypatch.context() as patched:
        patched.setattr(sql, "migrations", lambda: ORIGINAL()[:3])
        con = open_work(old, clock)
    con.execute(f"attach {sql.literal(work_file(tmp_path / 'now'))} as now (read_only)")
    for schema, table in con.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
    ).fetchall():
        if table != "migration":
            con.execute(f"insert into {schema}.{table} by name from now.{schema}.{table}")
    con.execute("detach now")
    con.close()
    return tmp_path / "home"


ORIGINAL = sql.migrations
ALL_READS = "from bantin.read_url order by bulletin_id"
READS = "select * exclude (texts, last_text) from bantin.read_url order by bulletin_id"  # texts: the next load knows


def test_an_old_home_is_brought_up_to_date_with_what_its_tables_know(home):
    now = home.parent / "now"
    assert ask(home, READS) == ask(now, READS)
    assert len(ask(home, READS)) == 9
    assert ask(home, "from coverage") == ask(now, "from coverage")
    counts = ask(home, "from view_count order by all")
    assert set(counts) < set(ask(now, "from view_count order by all"))
    assert [views for _, _, views in counts if views == 9] == [9]


def test_the_next_load_brings_the_counters_of_before_and_counts_nothing_as_new(home):
    with writer(home, "load", clock) as con:
        assert load(con, results(home), [SOURCE]) == LoadOutcome()
        found = digests(con)
        assert con.execute("select count(*) from bantin.reread").fetchone() == (0,)
    with writer(home.parent / "now", "test", clock) as con:
        assert digests(con) == found
    assert ask(home, ALL_READS) == ask(home.parent / "now", ALL_READS)


def test_a_frontier_that_comes_with_the_first_load_is_taken(home):
    known = frontier(known_url("/0.html"), known_url("/new.html", "waiting"), lists=["/1.html"])
    for folder in (home, home.parent / "now"):
        with writer(folder, "load", clock) as con:
            assert load(con, results(folder), [SOURCE], [known]).frontiers == 1
    with writer(home, "test", clock) as one, writer(home.parent / "now", "test", clock) as two:
        assert digests(one) == digests(two)
    assert ask(home, "select state from url where url = ?", f"https://{HOST}/new.html") == [("waiting",)]


def test_a_rebuild_before_the_next_load_is_no_difference_for_what_no_table_knew(home):
    done = rebuild(home, results(home), [SOURCE], clock)
    assert (done.equal, done.replaced) == (True, True)
    assert ask(home, "select count(*) from view_count") == ask(home.parent / "now", "select count(*) from view_count")


def test_a_rebuild_before_the_next_load_still_sees_a_real_difference(home):
    with duckdb.connect(work_file(home)) as con:
        con.execute("update bulletin set title = 'x'")
    done = rebuild(home, results(home), [SOURCE], clock)
    assert (done.equal, done.replaced) == (False, False)
    assert "bulletin" in done.differing_tables and "view_count" not in done.differing_tables


def test_counters_that_cannot_be_read_again_are_not_forgotten_in_silence(home):
    """Without their read results the segments are taken out, as ever; with them nothing of before is missing."""
    with writer(home, "load", clock) as con:
        outcome = load(con, results(home)[1:], [SOURCE])
        assert outcome.files == 1
        assert con.execute("select count(*) from bantin.reread").fetchone() == (0,)
        once = digests(con)
    with writer(home.parent / "now", "load", clock) as con:
        load(con, results(home)[1:], [SOURCE])
        assert digests(con) == once


def test_where_two_readers_read_one_source_the_next_load_looks_at_all_of_it_again(tmp_path, monkeypatch):
    """What only another reader called no bulletin may stand there as `missing`."""
    other = replace(SOURCE, source_id="bao-khac")
    store(tmp_path, "a", [capture()])
    store(tmp_path, "b", [capture("/b.html", reader="r2")], reader="r2")
    store(tmp_path, "c", [capture("/c.html", source=other, source_id="bao-khac")])
    # Today's load needs the tables of later migrations; what is looked at here is what this one asks of the next load.
    before = [one for one in ORIGINAL() if one[1] != _name("reader_change")]
    with monkeypatch.context() as patched:
        patched.setattr(sql, "migrations", lambda: before)
        with writer(tmp_path, "load", clock) as con:
            load(con, results(tmp_path), [SOURCE, other])
            found = digests(con)
    assert ask(tmp_path, "select segment from bantin.reread order by 1") == [("a",), ("b",)]
    with writer(tmp_path, "load", clock) as con:
        load(con, results(tmp_path), [SOURCE, other])
        assert digests(con) == found
    assert ask(tmp_path, "select count(*) from bantin.reread") == [(0,)]


def _name(part):
    """The file of a migration, whatever its number."""
    return next(name for _, name, _ in ORIGINAL() if part in name)
