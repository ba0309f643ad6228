"""Rebuild of the tables: equal digests or a diff, history carried over, and never less than before."""

from __future__ import annotations

import pytest
from warehouse_samples import NOON, SOURCE, bulletin, capture, clock, results, store

from warehouse.digest import digests
from warehouse.errors import DamagedResults
from warehouse.load import load
from warehouse.publish import publish
from warehouse.query import open_snapshot, published_file, run_query
from warehouse.rebuild import RebuildOutcome, rebuild
from warehouse.runs import RunRow, record_run
from warehouse.store import work_file, writer


@pytest.fixture
def home(tmp_path):
    """Loaded in two parts, with a run and two snapshots."""
    home = tmp_path / "it's [mine]"
    for segment, rows in (
        ("a", [capture("/a"), capture("/b")]),
        ("b", [capture("/a", hours=1, told=bulletin(title="x"))]),
    ):
        store(home, segment, rows)
        with writer(home, "load", clock) as con:
            load(con, results(home), [SOURCE])
            record_run(con, RunRow(segment, None, "load", NOON, NOON, "done"))
        publish(home, "publish", clock, "r1")
    return home


def go(home, **more) -> RebuildOutcome:
    return rebuild(home, results(home), [SOURCE], clock, **more)


def ask(home, query):
    con = open_snapshot(home)
    try:
        return list(run_query(con, query).rows)
    finally:
        con.close()


def test_the_same_results_give_equal_digests_and_keep_the_history(home):
    with writer(home, "test", clock) as con:
        before = [
            digests(con),
            *(con.execute(f"from {t} order by all").fetchall() for t in ("run", "snapshot", "bulletin_change")),
        ]
    done = go(home)
    assert (done.equal, done.compared_with, done.replaced, done.bulletins) == (True, "work", True, 2)
    with writer(home, "test", clock) as con:
        after = [
            digests(con),
            *(con.execute(f"from {t} order by all").fetchall() for t in ("run", "snapshot", "bulletin_change")),
        ]
    assert after == before
    assert publish(home, "publish", clock, "r1").changed is False


def test_other_results_give_a_diff_and_replace_nothing_unless_accepted(home):
    store(home, "b", [capture("/a", hours=1, told=bulletin(title="y"))])
    inode = work_file(home).stat().st_ino
    done = go(home)
    assert (done.equal, done.replaced) == (False, False)
    assert {"bulletin", "bulletin_version", "capture"} <= set(done.differing_tables)
    assert ("x", "y") in {(line.old, line.new) for line in done.bulletin_diff if line.field == "title"}
    assert work_file(home).stat().st_ino == inode
    assert go(home, accept=True).replaced
    assert publish(home, "publish", clock, "r1").changed_bulletins == 1
    assert ask(home, "select count(*) from snapshot") == [(3,)]


@pytest.mark.parametrize("damage", [None, b"", b"x" * 9999])
def test_without_a_good_work_file_the_snapshot_is_compared_with_and_gives_the_history(home, damage):
    work_file(home).unlink() if damage is None else work_file(home).write_bytes(damage)
    done = go(home)
    assert (done.equal, done.compared_with, done.replaced) == (True, "snapshot", True)
    assert (done.old_damage is None) == (damage is None)
    with writer(home, "test", clock) as con:
        assert con.execute("select count(*) from snapshot").fetchone() == (2,)
    assert publish(home, "publish", clock, "r1").changed is False


def test_a_log_left_by_a_damaged_file_is_not_replayed_on_the_new_one(home):
    work_file(home).write_bytes(b"x" * 9999)
    work_file(home).with_name("work.duckdb.wal").write_bytes(b"WAL of the old file")
    assert go(home).replaced
    with writer(home, "test", clock) as con:
        assert con.execute("select count(*) from bulletin").fetchone() == (2,)


def test_damage_with_nothing_to_compare_needs_a_person(home):
    work_file(home).write_bytes(b"x" * 9999)
    published_file(home).unlink()
    done = go(home)
    assert (done.compared_with, done.replaced) == (None, False)
    assert done.old_damage
    assert go(home, accept=True).replaced


def test_a_fresh_home_is_just_built(tmp_path):
    store(tmp_path, "a", [capture()])
    done = go(tmp_path)
    assert (done.compared_with, done.replaced, done.bulletins) == (None, True, 1)


def test_a_home_copied_elsewhere_rebuilds_equal(home, tmp_path):
    copy = tmp_path / "copy"
    home.rename(copy)
    assert go(copy).equal


def test_damaged_results_leave_the_old_database_and_no_rest(home):
    results(home)[0].write_bytes(b"PAR1")
    with pytest.raises(DamagedResults):
        go(home)
    assert {path.name for path in (home / "warehouse").iterdir()} == {"work.duckdb", "work.lock", "bulletins.duckdb"}


def test_what_a_killed_rebuild_left_is_swept(home):
    for name in ("work.rebuild.duckdb", "work.rebuild.duckdb.wal"):
        (home / "warehouse" / name).write_bytes(b"half")
    assert go(home).equal
    assert not list((home / "warehouse").glob("*rebuild*"))
