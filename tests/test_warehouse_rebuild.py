"""Rebuild of the tables: equal digests or a diff, history carried over, and never less than before."""

from __future__ import annotations

import shutil

import pytest
from warehouse_samples import NOON, SOURCE, bulletin, capture, clock, results, store

from crawlers.frontier import Found, Frontier
from tests.running import bantin, write_text
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


# --- what was crawled and not loaded, through the command


def listed(home, *paths):
    """The frontier of a crawl that came to know these addresses."""
    with Frontier(home / "crawl" / "local.sqlite") as frontier:
        frontier.discover(
            [Found(f"/{path}", f"https://a.vn/{path}", "2026-11", 3, None, None, "feed", 1.0) for path in paths]
        )


@pytest.fixture
def ingested(tmp_path):
    """A home made by the command: one bulletin, one address of a crawl, both loaded."""
    home = tmp_path / "home"
    assert bantin(home, "ingest", str(write_text(tmp_path / "in", "a.txt"))).returncode == 0
    listed(home, "a")
    assert bantin(home, "load").returncode == 0
    return home


def test_a_crawl_that_was_not_loaded_is_no_difference_but_refused_with_its_cure(ingested):
    assert bantin(ingested, "rebuild").returncode == 0
    listed(ingested, "b")
    refused = bantin(ingested, "rebuild")
    assert refused.returncode == 1 and "differ from what is stored" in refused.stderr, refused.stderr
    assert "0 segments and 1 frontiers" in refused.stderr and "bantin load" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert bantin(ingested, "load").returncode == 0
    assert bantin(ingested, "rebuild").returncode == 0
    listed(ingested, "c")
    assert bantin(ingested, "rebuild", "--accept").returncode == 0
    assert bantin(ingested, "rebuild").returncode == 0


def test_a_segment_that_was_not_loaded_is_named_and_a_missing_work_file_is_still_rebuilt(ingested, tmp_path):
    other = tmp_path / "other"
    assert bantin(other, "ingest", str(write_text(tmp_path / "in2", "b.txt", title="Bài khác"))).returncode == 0
    segment = next((other / "raw").rglob("*.warc.gz"))
    there = ingested / segment.relative_to(other)
    there.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(segment, there)
    refused = bantin(ingested, "rebuild")
    assert refused.returncode == 1 and "1 segments and 0 frontiers" in refused.stderr and segment.name in refused.stderr
    (ingested / "warehouse" / "work.duckdb").write_bytes(b"garbage" * 5000)
    assert "are not in the tables" not in bantin(ingested, "rebuild").stderr
    assert bantin(ingested, "rebuild", "--accept").returncode == 0
    assert bantin(ingested, "rebuild").returncode == 0


def test_a_frontier_that_is_gone_is_told_by_load_and_given_up_only_by_name(ingested, tmp_path):
    for path in (ingested / "crawl").glob("local.sqlite*"):
        path.rename(tmp_path / path.name)
    refused = bantin(ingested, "load")
    assert refused.returncode == 1 and "crawl/local.sqlite" in refused.stderr and "backup" in refused.stderr
    assert "no table was changed" in refused.stderr and "Traceback" not in refused.stderr
    assert bantin(ingested, "rebuild").returncode == 1
    for path in tmp_path.glob("local.sqlite*"):
        shutil.copy(path, ingested / "crawl" / path.name)
    assert bantin(ingested, "load").returncode == 0
    for path in (ingested / "crawl").glob("local.sqlite*"):
        path.unlink()
    assert bantin(ingested, "rebuild", "--accept").returncode == 0
    assert bantin(ingested, "load").returncode == 0
