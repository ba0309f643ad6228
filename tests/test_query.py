"""The read side: what it answers, what it refuses and how it says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from warehouse_samples import SOURCE, bulletin, capture, clock, results, store

from warehouse.errors import DamagedDatabase, NoSnapshot, NotWritten, QueryFailed, Refused, WriterBusy
from warehouse.load import load
from warehouse.publish import publish
from warehouse.query import copy_query, open_snapshot, published_file, run_query
from warehouse.read_only import split
from warehouse.store import writer


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("it's [mine]") / "h*me"
    rows = [
        capture("/a"),
        capture("/b", told=bulletin(title="Tập huấn 100% quân số", lead=None, body="Bài a_b.")),
        capture("/c", told=bulletin(title="TẬP HUẤN dân quân", lead=None, body="Đắk Lắk\n\nhai đoạn")),
        capture("/c", hours=48, told=bulletin(title="Diễn tập dân quân", lead=None, body="Đắk Lắk")),
    ]
    store(home, "a", rows)
    with writer(home, "load", clock) as con:
        load(con, results(home), [SOURCE])
    publish(home, "publish", clock, "r1")
    return home


@pytest.fixture(scope="module")
def con(home):
    con = open_snapshot(home)
    yield con
    con.close()


def rows(con, query):
    return list(run_query(con, query).rows)


def test_columns_types_and_vietnamese_instants_come_with_the_rows(con):
    found = run_query(con, "select title, published_at, captions from bulletin where title like 'Đường%'")
    assert found.columns == ("title", "published_at", "captions")
    assert found.types == ("VARCHAR", "TIMESTAMP WITH TIME ZONE", "VARCHAR[]")
    ((title, published, captions),) = found.rows
    assert (title, captions) == ("Đường liên xã Suối Đá thông xe", ["Người dân đi trên đường mới."])
    assert published.isoformat() == "2026-02-28T08:30:00+07:00"


@pytest.mark.parametrize(
    "query",
    [
        "select 1", "from bulletin", "with x as (select 1) select * from x", "values (1), (2)", "table bulletin",
        "show tables", "describe bulletin", "summarize bulletin", "explain select 1", "explain analyze from bulletin",
        "explain (format json) select 1", "explain (select 1)", "pragma table_info('bulletin')", "pragma show_tables",
        "pivot bulletin on status in ('live', 'gone') using count(*)", "select 1;", "select ';' -- ; drop table x",
        "/* á */ select 'query(' as \"query\"", "select 1 ;;",
    ],
)  # fmt: skip
def test_what_only_looks_is_answered(con, query):
    assert rows(con, query)


REFUSED = [
    "drop table bulletin", "create table x as select 1", "create temp table x (a int)", "create view v as select 1",
    "create or replace macro fold(x) as x", "insert into bulletin_status values ('a', 'live', now(), '', '')",
    "update bulletin set title = ''", "delete from bulletin", "truncate bulletin", "alter table bulletin add column x int",
    "merge into bulletin b using bulletin c on b.url = c.url when matched then delete",
    "comment on table bulletin is 'x'", "copy bulletin to 'x.csv'", "copy (select 1) to '/dev/stdout'",
    "copy bulletin from 'x.csv'", "export database 'x'", "import database 'x'", "pragma import_database('x')",
    "attach ':memory:' as x", "attach 'x.duckdb'", "detach bulletins", "use memory", "install fts", "load fts",
    "set threads = 1", "set enable_external_access = true", "set variable x = 1", "reset threads",
    "pragma memory_limit = '9GB'", "pragma enable_profiling", "call pragma_version()", "call enable_logging()",
    "checkpoint", "vacuum", "begin", "prepare p as select 1", "execute p", "create secret (type s3)",
    "explain analyze create temp table x as select 1", "explain (analyze) insert into run select 1",
    "explain analyze copy (select 1) to 'x.csv'", "explain analyze analyze drop table x",
    "select * from read_csv('/etc/passwd')", "from read_text('/etc/passwd')", "from read_blob('/etc/passwd')",
    "from glob('/*')", "from 'file.parquet'", "from 'file.csv'", "from read_parquet('x')", "from sniff_csv('/etc/passwd')",
    "from read_json_auto('/etc/hostname')", "from parquet_metadata('x')", "from 'http://a.example/b.csv'",
    "from enable_logging(storage = 'file', storage_path = 'x')", 'from "Enable_Logging" /* x */ ()', "select write_log('x')",
    "from query('select 1')", "from arrow_scan(1, 2, 3)", "from json_execute_serialized_sql('x')", "from force_checkpoint()",
    "select 1; drop table bulletin", "select 1; select 2", "pivot bulletin on status",
]  # fmt: skip


@pytest.mark.parametrize("query", REFUSED)
def test_what_writes_sets_calls_or_touches_a_file_is_refused_in_one_sentence(con, tmp_path, monkeypatch, query):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((Refused, QueryFailed)) as refusal:
        rows(con, query)
    if refusal.type is QueryFailed:  # `truncate`, `explain analyze analyze`: no SQL of DuckDB's at all
        assert "Parser Error" in str(refusal.value)
    else:
        assert "\n" not in str(refusal.value)
        assert len(str(refusal.value)) > 40
    assert list(tmp_path.iterdir()) == []
    assert rows(con, "select count(*) from bulletin") == [(3,)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "found nothing"),
        (" -- only a comment", "found nothing"),
        ("selec 1", "LINE 1: selec 1"),
        ("select nope from bulletin", 'Referenced column "nope" not found'),
        ("select title::int from bulletin", "Could not convert"),
        ("select '\ud800'", "half a surrogate"),
        ("from con", "con does not exist"),
    ],
)
def test_wrong_sql_gets_duckdbs_own_words(con, query, said):
    with pytest.raises(QueryFailed, match=said):
        rows(con, query)


def test_an_error_in_a_late_row_is_told_like_an_early_one(con):
    with pytest.raises(QueryFailed):
        rows(con, "select (case when i = 99999 then 'x' else i::varchar end)::int from range(100000) t(i)")


def test_a_pasted_script_is_split_at_its_semicolons(con):
    assert split(con, "select ';' as a; -- x\n select 2;") == ["select ';' as a", "-- x\n select 2;"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("tập huấn", 1), ("tap huan", 1), ("TẬP  dân quân", 1), ("dan quan", 1), ("dak lak", 1), ("Đường", 1), ("100%", 1),
        ("1%0", 0), ("a_b", 1), ("axb", 0), ("tap ngoai", 0), ("", 0), ("   ", 0), ("'; drop table bulletin", 0),
    ],
)  # fmt: skip
def test_find_looks_for_all_words_with_or_without_marks(con, words, count):
    con.execute("select count(*) from find($words)", {"words": words})
    assert con.fetchone() == (count,)


def test_as_of_gives_the_version_of_that_instant(con):
    def title_at(instant):
        return rows(con, f"select title, version from bulletin_as_of('{instant}') where url like '%/c'")

    assert title_at("2026-03-01 11:59:59+07") == []
    assert title_at("2026-03-01 12:00:00+07") == [("TẬP HUẤN dân quân", 1)]
    assert title_at("2026-03-03 11:59:59+07") == [("TẬP HUẤN dân quân", 1)]
    assert title_at("2026-03-03 12:00:00+07") == [("Diễn tập dân quân", 2)]


# --- files


def test_a_query_becomes_one_parquet_file(home, tmp_path):
    out = tmp_path / "o'ut.parquet"
    assert copy_query(home, "select title, published_at from bulletin order by title; -- x", out) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["o'ut.parquet"]
    assert duckdb.execute("select count(*) from read_parquet($f)", {"f": str(out)}).fetchone() == (3,)


@pytest.mark.parametrize(
    "query",
    ["drop table bulletin", "select 1) to 'y.csv'; copy (select 1", "select * from read_csv('/etc/passwd')", "selec"],
)
def test_a_refused_query_writes_no_file(home, tmp_path, monkeypatch, query):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out.parquet").write_text("old")
    with pytest.raises((Refused, QueryFailed)):
        copy_query(home, query, tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


def test_an_out_that_cannot_be_written_is_said(home, tmp_path):
    with pytest.raises(NotWritten, match="another --out"):
        copy_query(home, "select 1 as a", tmp_path / "no" / "such" / "out.parquet")


def test_another_format_is_refused(home, tmp_path):
    with pytest.raises(Refused, match="parquet"):
        copy_query(home, "select 1", tmp_path / "x", format="xlsx")


# --- no snapshot, no good snapshot


def test_before_the_first_publish_one_sentence_says_what_to_do(tmp_path):
    with pytest.raises(NoSnapshot, match=r"none in this home yet.*`bantin ingest PATH`"):
        open_snapshot(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"x" * 9999, b"\x00" * 9999])
def test_a_damaged_snapshot_is_named_with_its_cure(tmp_path, content):
    published_file(tmp_path).parent.mkdir()
    published_file(tmp_path).write_bytes(content)
    with pytest.raises(DamagedDatabase, match="delete the file and run `bantin publish`"):
        open_snapshot(tmp_path)


def test_a_database_of_something_else_is_no_snapshot(tmp_path):
    published_file(tmp_path).parent.mkdir()
    with duckdb.connect(published_file(tmp_path)) as con:
        con.execute("create table mine (a int)")
    with pytest.raises(DamagedDatabase):
        open_snapshot(tmp_path)


def test_a_snapshot_opened_for_writing_elsewhere_is_said(home, tmp_path):
    shared, home = home, tmp_path  # a file of its own: the other one is open for reading here, which keeps a writer out
    published_file(home).parent.mkdir()
    shutil.copy(published_file(shared), published_file(home))
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(published_file(home))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    holder.stdout.readline()
    try:
        with pytest.raises(WriterBusy, match="close the program"):
            open_snapshot(home)
    finally:
        holder.communicate()


def test_a_session_imports_no_pyarrow_and_nothing_of_the_crawl(home):
    code = (
        "import sys; from pathlib import Path; from warehouse.query import open_snapshot, run_query\n"
        "list(run_query(open_snapshot(Path(sys.argv[1])), 'from bulletin').rows)\n"
        "print([m for m in ('pyarrow', 'dagster', 'scrapy', 'trafilatura', 'pandas', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_work_file_is_never_opened_by_a_reader(home, tmp_path):
    work = home / "warehouse" / "work.duckdb"
    moved = work.rename(Path(str(work) + ".away"))
    try:
        con = open_snapshot(home)
        assert rows(con, "select count(*) from bulletin") == [(3,)]
        con.close()
        assert not work.exists()
    finally:
        moved.rename(work)
