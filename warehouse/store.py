"""The writer's database, warehouse/work.duckdb: opened by one process at a time, migrated, closed again.

Readers never open it: they open the published copy (warehouse/query.py).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse import sql
from warehouse.errors import DamagedDatabase, NewerSchema, NotWritten, WarehouseError, WriterBusy, first_line
from warehouse.lock import WAIT_S, write_lock
from warehouse.query import published_file

Clock = Callable[[], datetime]
OnWait = Callable[[str], None]

_CANNOT_WRITE = (
    "No space left", "Could not write", "Read-only file system", "File too large", "Permission denied",
)  # fmt: skip
_BOOTSTRAP = """
create schema if not exists bantin;
create table if not exists bantin.migration (
    number integer primary key, name varchar not null, digest varchar not null, applied_at timestamptz not null);
comment on table bantin.migration is 'Migrations this file has run; number 0 is the macros of views/.';
comment on column bantin.migration.number is 'Number of the file; 0: all of views/.';
comment on column bantin.migration.name is 'Name of the file.';
comment on column bantin.migration.digest is '64 hex digits of its text.';
comment on column bantin.migration.applied_at is 'Instant it was run.';
"""


def work_file(home: Path) -> Path:
    """The writer's database of a home."""
    return home / "warehouse" / "work.duckdb"


@contextmanager
def writer(
    home: Path, command: str, clock: Clock, *, wait_s: float = WAIT_S, on_wait: OnWait | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Take the write lock, open work.duckdb read-write, migrated, in UTC; checkpoint and close at the end.

    raises  WriterBusy, DamagedDatabase, NewerSchema, NotWritten
    """
    with write_lock(home, command, clock, wait_s=wait_s, on_wait=on_wait):
        refuse_lost_work(home)
        path = work_file(home)
        with told_as_ours(path):
            con = open_work(path, clock)
            try:
                yield con
                con.execute("checkpoint")
            finally:
                con.close()


def refuse_lost_work(home: Path) -> None:
    """An empty database beside a snapshot would lose the history of runs and publishes that only the snapshot has.

    raises  DamagedDatabase: work.duckdb is missing though something was published
    """
    path = work_file(home)
    if published_file(home).exists() and not path.exists():
        raise damaged(path, "no file, but a published snapshot")


def open_work(path: Path, clock: Clock) -> duckdb.DuckDBPyConnection:
    """Open a writer's database that nobody else has open (the lock is the caller's) and bring its schema up to date."""
    if "?" in str(path):  # DuckDB 1.5 takes what follows for the options of a web address and loses its WAL
        raise NotWritten(
            path, expected="a home without `?` in its path", found="one", now="nothing was written",
            cure="rename the folder or name another with --home",
        )  # fmt: skip
    shutil.rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)  # a killed writer's spilled pages
    if path.exists() and path.stat().st_size == 0:
        raise damaged(path, "an empty file")
    con = duckdb.connect(path, config={"autoinstall_known_extensions": "false"})
    try:
        con.execute("set TimeZone = 'UTC'")
        migrate(con, path, clock)
    except BaseException:
        con.close()
        raise
    return con


def migrate(con: duckdb.DuckDBPyConnection, path: Path, clock: Clock) -> None:
    """Run the migrations this file lacks, each in one transaction with the row that records it, then the macros.

    raises  NewerSchema; DamagedDatabase where it is a database, but not of ours
    """
    con.execute("begin")
    ours = con.execute("select count(*) from duckdb_schemas() where schema_name = 'bantin' and not internal").fetchone()
    tables = con.execute("select count(*) from duckdb_tables() where schema_name = 'main'").fetchone()
    if ours == (0,) and tables != (0,):
        con.execute("rollback")
        raise damaged(path, "a DuckDB database with tables that are not Bantin's")
    con.execute(_BOOTSTRAP)
    con.execute("commit")
    done = dict(con.execute("select number, digest from bantin.migration").fetchall())
    newest = max(done, default=0)
    if newest > len(sql.migrations()):
        raise NewerSchema(
            path, expected=f"a schema up to {len(sql.migrations()):04}", found=f"{newest:04}, of a newer Bantin",
            now="nothing was changed", cure="install that newer version, or `bantin rebuild` with this one",
        )  # fmt: skip
    for number, name, text in sql.migrations():
        if number not in done:
            _run(con, number, name, text, clock)
    if done.get(0) != _digest(sql.views()):
        _run(con, 0, "views", sql.views(), clock)


def _run(con: duckdb.DuckDBPyConnection, number: int, name: str, text: str, clock: Clock) -> None:
    con.execute("begin")
    try:
        con.execute(text)
        con.execute("delete from bantin.migration where number = ?", [number])
        con.execute("insert into bantin.migration values (?, ?, ?, ?)", [number, name, _digest(text), clock()])
        con.execute("commit")
    except duckdb.Error as error:
        con.execute("rollback")
        raise WarehouseError(
            name, expected="a schema change that fits this database", found=first_line(error),
            now="no part of it was applied", cure="`bantin rebuild`",
        ) from error  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def damaged(path: Path, found: str) -> DamagedDatabase:
    """The error for a work database that cannot be used."""
    return DamagedDatabase(
        path, expected="the warehouse's own DuckDB database", found=found,
        now="raw captures and read results are untouched, and the published snapshot still answers",
        cure="`bantin rebuild`",
    )  # fmt: skip


@contextmanager
def told_as_ours(path: Path) -> Iterator[None]:
    """Turn what DuckDB says of a broken, foreign or full file into an error a person can act on."""
    try:
        yield
    except duckdb.Error as error:
        said = str(error)
        if "Could not set lock" in said:
            raise WriterBusy(
                path, expected="a file only Bantin opens", found=first_line(error), now="nothing was written",
                cure="close the program that has it open; readers open bulletins.duckdb instead",
            ) from error  # fmt: skip
        if any(words in said for words in _CANNOT_WRITE):
            raise NotWritten(
                path, expected="room to write", found=first_line(error),
                now="the tables are as before; captures and read results are untouched",
                cure="make room and run the same command again",
            ) from error  # fmt: skip
        broken = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
        if isinstance(error, broken):
            raise damaged(path, first_line(error)) from error
        raise
