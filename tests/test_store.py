"""The writer's database: one at a time, migrated, commented, and clear about what is wrong with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warehouse_samples import clock

from pipelines.text import fold
from warehouse import sql
from warehouse.errors import DamagedDatabase, NewerSchema, NotWritten, WriterBusy
from warehouse.lock import write_lock
from warehouse.store import work_file, writer

HERE = Path(__file__).resolve().parent
CONTRACTS = [HERE.parent / "docs" / "contracts.md", HERE.parent.parent / "shared" / "design" / "contracts.md"]


@pytest.fixture
def con(tmp_path):
    with writer(tmp_path, "test", clock) as open_con:
        yield open_con


def open_and_close(home, command, clock, **more):
    with writer(home, command, clock, **more):
        pass


def test_every_table_and_column_is_commented(con):
    assert con.execute("select table_name from duckdb_tables() where coalesce(comment, '') = ''").fetchall() == []
    bare = "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = ''"
    assert con.execute(bare).fetchall() == []


def promised() -> dict[str, list[str]]:
    """Tables of contracts.md → their columns; lists and types stripped."""
    text = next((path.read_text("utf-8") for path in CONTRACTS if path.exists()), None)
    if text is None:
        pytest.skip("no contracts.md beside this tree: nothing to hold the schema against")
    table = text[text.index("| table | columns") :].split("\n\n")[0]
    found = {}
    for row in re.findall(r"^\| (`[^|]*) \| ([^|]*) \|", table, re.MULTILINE):
        columns = re.sub(r"\([^)]*\)", "", row[1]).split(": ")[0]
        for name in re.findall(r"`(\w+)`", row[0]):
            found[name] = [re.sub(r"\[\]| [A-Z]+$", "", c.strip()) for c in columns.split(",")]
    return found


def test_the_tables_have_the_columns_of_the_contract_in_its_order(con):
    promises = promised()
    built: dict[str, list[str]] = {}
    rows = con.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal"
    )
    names = {row[0] for row in rows.fetchall()}
    for name in names:
        built[name] = [r[1] for r in con.execute(f"pragma table_info('{name}')").fetchall()]
    own = ("source_id", "url", "view_count")
    bulletin = promises["bulletin"]
    content = [c for c in bulletin[1 : bulletin.index("version")] if c not in own]
    version = promises["bulletin_version"]
    promises["bulletin_version"] = version[: version.index("capture_id") + 1] + content
    assert len(built) >= 14
    assert built == {name: promises[name] for name in built}


def test_opening_twice_runs_each_migration_once(tmp_path):
    for _ in range(2):
        with writer(tmp_path, "test", clock) as con:
            rows = con.execute("select number from bantin.migration order by number").fetchall()
    assert rows == [(0,), *((number,) for number, _, _ in sql.migrations())]


def test_a_kind_that_no_reader_gives_is_refused_by_the_table(con):
    con.execute("insert into bulletin_status values ('a', 'live', now(), '', 'c')")
    with pytest.raises(duckdb.ConstraintException):
        con.execute("insert into bulletin_status values ('a', 'asleep', now(), '', 'c')")


VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬĐÐðƉỲÝỶỸỊộợữ%_'0-9\u0301\u0323\u031b"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=VIETNAMESE), st.sampled_from(["NFC", "NFD", None]))
def test_fold_in_sql_is_fold_in_python(text, form):
    text = unicodedata.normalize(form, text) if form else text
    assert FOLDING.execute("select fold(?)", [text]).fetchone()[0] == fold(text)


FOLDING = duckdb.connect()
FOLDING.execute((HERE.parent / "warehouse" / "views" / "fold.sql").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Đường dây nóng: 069.696.154", True),
        ("ĐT: (024) 3825 1234", True),
        ("Liên hệ +84 912 345 678 gặp chị Hòa", True),
        ("toasoan@bao.example.vn", True),
        ("toasoan [at] bao.example.vn", True),
        ("Tổng đài 1900 1234", True),
        ("Thứ Bảy, 28/02/2026 - 08:30", False),
        ("22.11.2026", False),
        ("Giấy phép số 12/GP-TTĐT cấp ngày 03/04/2020", False),
        ("Lượt truy cập: 1.234.567.890", False),
        ("Giai đoạn 2021 - 2025", False),
    ],
)
def test_lines_with_a_phone_number_or_address_are_known(con, text, private):
    assert con.execute("select bantin.is_private(?)", [text]).fetchone() == (private,)


def test_the_second_writer_waits_and_says_for_whom(tmp_path):
    told, held = [], threading.Event()

    def hold():
        with write_lock(tmp_path, "load", clock):
            held.set()
            threading.Event().wait(0.4)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with write_lock(tmp_path, "ingest", clock, on_wait=told.append):
        thread.join()
    assert len(told) == 1
    assert told[0].startswith("load (process ")


def test_a_writer_that_waited_long_enough_names_the_holder(tmp_path):
    with write_lock(tmp_path, "rebuild", lambda: datetime(2026, 3, 1, tzinfo=UTC)):
        holder = json.loads((tmp_path / "warehouse" / "work.lock").read_text())
        with pytest.raises(WriterBusy, match=rf"rebuild \(process {holder['pid']}, since 2026-03-01T00:00:00"):
            open_and_close(tmp_path, "load", clock, wait_s=0.1)


def test_the_lock_of_a_killed_writer_is_free(tmp_path):
    code = (
        "import os, sys, datetime; from pathlib import Path; from warehouse.store import writer\n"
        "with writer(Path(sys.argv[1]), 'load', lambda: datetime.datetime.now(datetime.UTC)) as con:\n"
        "    con.execute(\"insert into bulletin_status values ('a', 'live', now(), '', 'c')\")\n"
        "    con.execute('begin'); con.execute('delete from bulletin_status'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    with writer(tmp_path, "load", clock, wait_s=0.1) as con:
        assert con.execute("select count(*) from bulletin_status").fetchone() == (1,)


def test_readers_of_the_lock_do_not_see_a_past_holder(tmp_path):
    with write_lock(tmp_path, "load", clock):
        pass
    assert (tmp_path / "warehouse" / "work.lock").read_text() == ""


@pytest.mark.parametrize("content", [b"", b"x" * 50_000, b"\x00" * 4096])
def test_a_damaged_database_is_named_with_its_cure(tmp_path, content):
    work_file(tmp_path).parent.mkdir()
    work_file(tmp_path).write_bytes(content)
    with pytest.raises(DamagedDatabase, match=r"raw captures and read results are untouched.*bantin rebuild"):
        open_and_close(tmp_path, "load", clock)
    assert work_file(tmp_path).read_bytes() == content


def test_a_database_damaged_in_the_middle_is_named(tmp_path):
    with writer(tmp_path, "load", clock) as con:
        con.execute("insert into bulletin_status select i, 'live', now(), md5(i::varchar), 'c' from range(200000) t(i)")
    path = work_file(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[12288 : len(raw) : 97] = b"\xff" * len(raw[12288 : len(raw) : 97])
    path.write_bytes(raw)
    with pytest.raises(DamagedDatabase), writer(tmp_path, "load", clock) as con:
        con.execute("select max(evidence), max(since) from bulletin_status").fetchall()


def test_a_database_of_something_else_is_not_touched(tmp_path):
    work_file(tmp_path).parent.mkdir()
    with duckdb.connect(work_file(tmp_path)) as con:
        con.execute("create table mine (a int)")
    with pytest.raises(DamagedDatabase, match="not Bantin's"):
        open_and_close(tmp_path, "load", clock)


def test_a_newer_schema_is_refused(tmp_path):
    with writer(tmp_path, "load", clock) as con:
        con.execute("insert into bantin.migration values (9000, '9000_x.sql', '', now())")
    with pytest.raises(NewerSchema, match="install that newer version"):
        open_and_close(tmp_path, "load", clock)


def test_work_opened_by_another_program_is_said(tmp_path):
    with writer(tmp_path, "load", clock):
        pass
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(work_file(tmp_path))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    holder.stdout.readline()
    try:
        with pytest.raises(WriterBusy, match=r"readers open bulletins\.duckdb"):
            open_and_close(tmp_path, "load", clock)
    finally:
        holder.communicate()


def test_a_file_as_home_is_said(tmp_path):
    (tmp_path / "home").write_text("x")
    with pytest.raises(NotWritten, match="--home"):
        open_and_close(tmp_path / "home", "load", clock)


def test_a_home_with_quotes_and_brackets_in_its_name_works(tmp_path):
    with writer(tmp_path / "it's [mine]*", "load", clock) as con:
        assert con.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)


def test_a_home_that_duckdb_cannot_keep_a_log_in_is_refused(tmp_path):
    with pytest.raises(NotWritten, match="rename the folder"):
        open_and_close(tmp_path / "why?", "load", clock)
