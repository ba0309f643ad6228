"""The published snapshot: whole or not at all, only when something changed, and readers never notice."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from warehouse_samples import NOON, SOURCE, bulletin, capture, clock, own_words, results, store

from warehouse.copying import copy_into_place
from warehouse.digest import digests
from warehouse.errors import NotWritten
from warehouse.load import load
from warehouse.publish import publish
from warehouse.query import open_snapshot, published_file, run_query, snapshot_id
from warehouse.runs import RunRow, record_run
from warehouse.store import work_file, writer

TESTS = Path(__file__).parent


def put(home, *rows, segment="a"):
    store(home, segment, rows)
    with writer(home, "load", clock) as con:
        load(con, results(home), [SOURCE])


def put_and_publish(home, *rows, segment="a"):
    put(home, *rows, segment=segment)
    return publish(home, "publish", clock, "r1")


def shown(home, query):
    con = open_snapshot(home)
    try:
        return list(run_query(con, query).rows)
    finally:
        con.close()


def test_a_publish_shows_the_tables_and_names_itself(tmp_path):
    done = put_and_publish(tmp_path, capture("/a"), capture("/b"))
    assert (done.changed, done.added, done.repaired) == (True, 2, False)
    assert shown(tmp_path, "select snapshot_id, rows from snapshot") == [(done.snapshot_id, done.rows)]
    con = open_snapshot(tmp_path)
    assert snapshot_id(con) == done.snapshot_id
    con.close()


def test_nothing_changed_means_no_new_snapshot_and_an_untouched_file(tmp_path):
    first = put_and_publish(tmp_path, capture())
    stamp = published_file(tmp_path).stat()
    again = put_and_publish(tmp_path, capture())
    assert (again.changed, again.snapshot_id) == (False, first.snapshot_id)
    assert published_file(tmp_path).stat().st_ino == stamp.st_ino


def test_a_run_alone_is_no_change_and_comes_with_the_next_publish(tmp_path):
    put_and_publish(tmp_path, capture("/a"))
    with writer(tmp_path, "ingest", clock) as con:
        for _ in range(2):
            record_run(con, RunRow("run-1", None, "ingest", NOON, NOON + timedelta(seconds=3), "done", read=5))
    assert publish(tmp_path, "publish", clock, "r1").changed is False
    assert shown(tmp_path, "select * from run") == []
    put_and_publish(tmp_path, capture("/b"), segment="b")
    assert shown(tmp_path, "select run_id, source_id, read from run") == [("run-1", None, 5)]


def test_changes_are_told_against_the_snapshot_before(tmp_path):
    put_and_publish(tmp_path, capture("/a"), capture("/b"), capture("/c"))
    put(tmp_path, capture("/b"), capture("/c", told=bulletin(title="Khác")), capture("/d"))
    done = publish(tmp_path, "publish", clock, "r1")
    assert (done.added, done.changed_bulletins, done.removed) == (1, 1, 1)
    rows = shown(
        tmp_path,
        "select kind, count(*), bool_or(bulletin_id in (select bulletin_id from bulletin)) from bulletin_change c"
        " join bantin.current_snapshot using (snapshot_id) group by kind order by kind",
    )
    assert rows == [("added", 1, True), ("changed", 1, True), ("removed", 1, False)]


def test_another_capture_without_news_changes_no_bulletin_but_the_snapshot(tmp_path):
    put_and_publish(tmp_path, capture("/a"))
    done = put_and_publish(tmp_path, capture("/a", hours=1, told=bulletin(view_count=77)), segment="b")
    assert (done.changed, done.changed_bulletins) == (True, 0)
    assert shown(tmp_path, "select view_count from bulletin") == [(77,)]


def test_the_same_tables_twice_at_one_instant_are_two_snapshots(tmp_path):
    ids = [put_and_publish(tmp_path, capture(path)).snapshot_id for path in ("/a", "/b", "/a")]
    assert len(set(ids)) == 3
    assert ids[2].startswith(ids[0])


@pytest.mark.parametrize("harm", ["deleted", "cut", "old"])
def test_what_the_file_really_holds_is_asked(tmp_path, harm):
    put_and_publish(tmp_path, capture("/a"))
    old = published_file(tmp_path).read_bytes()
    last = put_and_publish(tmp_path, capture("/b"), segment="b")
    if harm == "deleted":
        published_file(tmp_path).unlink()
    else:
        published_file(tmp_path).write_bytes(old if harm == "old" else old[:1000])
    again = publish(tmp_path, "publish", clock, "r1")
    assert (again.changed, again.repaired, again.snapshot_id) == (False, True, last.snapshot_id)
    assert shown(tmp_path, "select count(*) from bulletin") == [(2,)]


def test_nothing_is_left_beside_the_snapshot(tmp_path):
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "bulletins.duckdb.4711.tmp").write_text("of a killed publish")
    put_and_publish(tmp_path, capture())
    names = {path.name for path in (tmp_path / "warehouse").iterdir()}
    assert names == {"work.duckdb", "work.lock", "bulletins.duckdb"}


def test_a_home_without_results_publishes_empty_tables(tmp_path):
    publish(tmp_path, "publish", clock, "r1")
    assert shown(tmp_path, "select count(*) from bulletin") == [(0,)]


def test_a_copy_written_anew_keeps_rows_comments_checks_and_macros(tmp_path):
    put(tmp_path, *(capture(f"/{n}") for n in range(50)))
    for statement in (  # the file cannot simply be cut: what follows the hole stays
        "create table bantin.hole as select md5(i::varchar) as text from range(2000000) t(i)",
        "create table bantin.rest as select md5(i::varchar) as text from range(300000) t(i)",
        "drop table bantin.hole",
    ):
        with writer(tmp_path, "load", clock) as con:
            con.execute(statement)
    size = work_file(tmp_path).stat().st_size
    done = publish(tmp_path, "publish", clock, "r1")
    assert done.compacted
    assert published_file(tmp_path).stat().st_size < size / 2

    def about(path):
        with duckdb.connect(path, read_only=True) as con:
            con.execute("set TimeZone = 'UTC'")
            here = "database_name = current_database() and not internal"
            return [
                digests(con),
                con.execute(f"select schema_name, table_name, comment from duckdb_tables() where {here} order by all").fetchall(),
                con.execute(
                    "select schema_name, table_name, column_name, column_index, data_type, is_nullable, comment"
                    f" from duckdb_columns() where {here} order by all"
                ).fetchall(),
                con.execute(
                    "select schema_name, table_name, constraint_text from duckdb_constraints()"
                    " where database_name = current_database() order by all"
                ).fetchall(),
                con.execute("select function_name, macro_definition from duckdb_functions() where not internal order by all").fetchall(),
                con.execute("select count(*) from find('duong lien xa')").fetchall(),
                con.execute("select count(*) from bulletin_as_of('2027-01-01')").fetchall(),
            ]  # fmt: skip

    assert about(work_file(tmp_path)) == about(published_file(tmp_path))


def test_a_full_disk_is_said_and_the_old_snapshot_stays(tmp_path):
    put_and_publish(tmp_path, capture("/a"))
    work = work_file(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(NotWritten, match=r"the snapshot before keeps answering.*make room"):
            copy_into_place(work, published_file(tmp_path), compact=False)
        with pytest.raises(NotWritten):
            copy_into_place(work, published_file(tmp_path), compact=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert shown(tmp_path, "select count(*) from bulletin") == [(1,)]
    assert not list((tmp_path / "warehouse").glob("*.tmp*"))


READER = """
import sys; from pathlib import Path; import duckdb
from warehouse.query import open_snapshot, run_query
home = Path(sys.argv[1]); seen = set(); print('ready', flush=True)
while not (home / 'stop').exists():
    con = open_snapshot(home)
    (row,) = run_query(con, "select count(*), count(distinct title), max(title) from bulletin").rows
    con.close()
    with duckdb.connect(home / 'warehouse' / 'bulletins.duckdb', read_only=True) as plain:
        plain.execute('select count(*) from bulletin_line').fetchall()
    assert row[0] == 20 and row[1] == 1, row
    seen.add(row[2])
print(len(seen))
"""


def test_readers_in_a_loop_never_fail_and_never_see_half_a_load(tmp_path):
    def world(n):
        return [capture(f"/{i}", told=bulletin(title=f"Lần {n}")) for i in range(20)]

    put_and_publish(tmp_path, *world(0))
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for reader in readers:
        reader.stdout.readline()
    for n in range(1, 6):
        put_and_publish(tmp_path, *world(n))
    (tmp_path / "stop").touch()
    for reader in readers:
        out, errors = reader.communicate(timeout=60)
        assert reader.returncode == 0, errors.decode()
        assert int(out) >= 2


def test_one_process_that_opens_twice_sees_the_new_snapshot_while_the_old_stays(tmp_path):
    put_and_publish(tmp_path, capture("/a"))
    old = open_snapshot(tmp_path)
    put_and_publish(tmp_path, capture("/b"), segment="b")
    new = open_snapshot(tmp_path)
    counts = [list(run_query(con, "select count(*) from bulletin").rows) for con in (old, new)]
    assert counts == [[(1,)], [(2,)]]
    old.close()
    new.close()


def test_a_reader_does_not_wait_for_a_writer(tmp_path):
    put_and_publish(tmp_path, capture("/a"))
    answers = []
    with writer(tmp_path, "load", clock) as con:
        con.execute("begin")
        con.execute("delete from bulletin")
        thread = threading.Thread(target=lambda: answers.extend(shown(tmp_path, "select count(*) from bulletin")))
        thread.start()
        thread.join(timeout=20)
        con.execute("rollback")
    assert answers == [(1,)]


def test_a_publish_killed_anywhere_and_run_again_equals_an_undisturbed_one(tmp_path):
    rows = [capture(f"/{n}.html", told=bulletin(lead=None, body=own_words(n))) for n in range(1500)]
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    for home in (calm, killed):
        put_and_publish(home, capture("/first"), segment="0")
        put(home, *rows)
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from warehouse_samples import *; from warehouse.publish import publish\n"
        "print('ready', flush=True); publish(Path(sys.argv[1]), 'publish', clock, 'r1')\n"
    )
    kills = 0
    for delay in (0.02, 0.08, 0.15, 0.22, 0.3):
        child = subprocess.Popen([sys.executable, "-c", code, str(killed), str(TESTS)], stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        kills += child.wait() == -signal.SIGKILL
        child.stdout.close()
        assert shown(killed, "select count(*) from bulletin") in ([(1,)], [(1501,)])
    assert kills > 0
    for home in (calm, killed):
        publish(home, "publish", clock, "r1")
    for query in ("select * from snapshot order by all", "select * from bulletin_change order by all"):
        assert shown(killed, query) == shown(calm, query)
    assert {path.name for path in (killed / "warehouse").iterdir()} == {"work.duckdb", "work.lock", "bulletins.duckdb"}
