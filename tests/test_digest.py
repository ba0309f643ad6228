"""Digests: the rows and nothing but the rows."""

from __future__ import annotations

from datetime import timedelta

import duckdb
import pytest
from warehouse_samples import SOURCE, bulletin, capture, clock, results, store

from warehouse.digest import NEVER, digests
from warehouse.load import load
from warehouse.runs import RunRow, record_run
from warehouse.store import writer


@pytest.fixture
def con():
    with duckdb.connect() as memory:
        memory.execute('create table t (id integer, name varchar, tags varchar[], "at" timestamptz)')
        yield memory


def digest_of(con, *rows):
    con.execute("delete from t")
    for row in rows:
        con.execute("insert into t values (?, ?, ?, ?)", row)
    return digests(con).full


A, B = (1, "a", ["x"], "2026-03-01 00:00:00+00"), (2, None, [], None)


def test_the_order_of_rows_and_the_time_zone_do_not_matter(con):
    one = digest_of(con, A, B)
    con.execute("set TimeZone = 'Asia/Ho_Chi_Minh'")
    assert digest_of(con, B, A) == one


@pytest.mark.parametrize(
    "rows",
    [
        [A],
        [A, B, B],
        [A, (2, "", [], None)],
        [A, (2, None, None, None)],
        [A, (2, "-", [], None)],
        [A, (2, None, [""], None)],
        [(1, "a", ["x"], "2026-03-01 00:00:00.000001+00"), B],
        [(1, "a", ["x', 'y"], "2026-03-01 00:00:00+00"), B],
    ],
)
def test_any_other_row_is_another_digest(con, rows):
    assert digest_of(con, *rows) != digest_of(con, A, B)


def test_values_do_not_run_into_each_other(con):
    first = digest_of(con, (1, "1:a", ["x"], None))
    assert digest_of(con, (1, "1", ["a:x"], None)) != first
    con.execute("create or replace table t (a varchar, b varchar)")
    con.execute("insert into t values ('a', '1:b')")
    one = digests(con).full
    con.execute("update t set a = 'a1:', b = 'b'")
    assert digests(con).full != one


def test_an_empty_table_and_no_table_differ(con):
    empty = digests(con)
    con.execute("drop table t")
    assert empty.full != digests(con).full
    assert empty.rows == 0


@pytest.fixture
def loaded(tmp_path):
    def go(name, *rows):
        home = tmp_path / name
        store(home, "a", rows)
        with writer(home, "load", clock) as con:
            load(con, results(home), [SOURCE])
            return digests(con)

    return go


def test_two_crawls_of_one_world_differ_in_full_and_agree_in_content(loaded):
    one = loaded("one", capture("/a"), capture("/b", kind="list"))
    other = loaded("two", capture("/a", hours=30), capture("/b", hours=31, kind="list"))
    assert one.full != other.full
    assert one.content == other.content


def test_another_word_differs_in_both(loaded):
    one, other = loaded("one", capture()), loaded("two", capture(told=bulletin(byline="PV")))
    assert one.full != other.full
    assert one.content != other.content


def test_a_publication_instant_is_content(loaded):
    later = bulletin().published_at + timedelta(minutes=1)
    assert loaded("one", capture()).content != loaded("two", capture(told=bulletin(published_at=later))).content


def test_runs_and_snapshots_are_in_no_digest(tmp_path):
    with writer(tmp_path, "load", clock) as con:
        before = digests(con)
        record_run(con, RunRow("r", None, "load", clock(), None, "done"))
        con.execute("insert into snapshot values ('s', now(), 'r', 1, '', '')")
        con.execute("insert into bulletin_change values ('s', 'b', 'added')")
        assert digests(con) == before
        assert not NEVER & before.per_table.keys()
