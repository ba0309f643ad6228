"""The read side: ad-hoc SQL on the published snapshot. Never opens work.duckdb, never waits for a writer.

Every session is an in-memory database with the snapshot attached read-only: DuckDB gives a second connection to one
file in one process the *same* open file, so after a publish it would still see the old one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import DamagedDatabase, NoSnapshot, NotWritten, QueryFailed, Refused, WriterBusy, first_line
from warehouse.read_only import one_statement
from warehouse.sql import literal

_FETCH = 1000


def published_file(home: Path) -> Path:
    """The snapshot of a home."""
    return home / "warehouse" / "bulletins.duckdb"


@dataclass(frozen=True, slots=True)
class QueryResult:
    """columns, types: names and DuckDB types, in order. rows: tuples of Python values, fetched as they are asked for;
    instants come in Asia/Ho_Chi_Minh. Iterating raises QueryFailed or Refused like running does."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def open_snapshot(home: Path, *, may_write: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A session on the snapshot as it is now; it keeps that one until it is closed, whatever is published meanwhile.

    may_write  the only file that COPY may write; None: none
    raises     NoSnapshot before the first publish; DamagedDatabase; WriterBusy: some program opened it for writing
    """
    path = published_file(home)
    if not path.is_file():
        raise NoSnapshot(
            path, expected="a published snapshot", found="none in this home yet", now="there is nothing to read",
            cure="`bantin ingest PATH`, or `bantin publish` if something was loaded",
        )  # fmt: skip
    con = duckdb.connect(config=_config())
    try:
        with _told(path):
            con.execute(f"attach {literal(path)} as bulletins (read_only)")
            con.execute("use bulletins")
            con.execute("set TimeZone = 'Asia/Ho_Chi_Minh'")
            con.execute("select snapshot_id from bantin.current_snapshot").fetchone()
            if may_write is not None:
                con.execute("set allowed_paths = $paths", {"paths": [str(may_write)]})
            con.execute("set enable_external_access = false")
            con.execute("set lock_configuration = true")
    except BaseException:
        con.close()
        raise
    return con


def snapshot_id(con: duckdb.DuckDBPyConnection) -> str:
    """Which snapshot a session reads: the search index of that id belongs to it."""
    row = con.execute("select snapshot_id from bantin.current_snapshot").fetchone()
    assert row is not None  # publish writes it before it copies
    return str(row[0])


def run_query(con: duckdb.DuckDBPyConnection, sql: str) -> QueryResult:
    """Run one SELECT, FROM, WITH, VALUES, SHOW, DESCRIBE, SUMMARIZE, PIVOT, EXPLAIN or reading PRAGMA.

    raises  Refused: anything that writes, sets, calls or touches a file, or several statements;
            QueryFailed: DuckDB's own message with its LINE and caret
    """
    statement = one_statement(con, sql)
    with _answered():
        con.execute(statement)
    about = con.description or []
    return QueryResult(tuple(str(d[0]) for d in about), tuple(str(d[1]) for d in about), _rows(con))


def copy_query(home: Path, sql: str, out: Path, format: str = "parquet") -> int:
    """Write the rows of one query to a file, whole or not at all; the only file the session may touch is that one.

    format   `parquet`; instants in UTC, zstd
    returns  the number of rows
    raises   Refused, QueryFailed, NotWritten, and what `open_snapshot` raises
    """
    if format != "parquet":
        raise Refused(f"--format {format} is not written here: only parquet is, the rest is printed row by row")
    temporary = out.absolute().with_name(f".{out.name}.{os.getpid()}.tmp")
    con = open_snapshot(home, may_write=temporary)
    try:
        statement = one_statement(con, sql)
        with _answered():
            copied = con.execute(f"copy (\n{statement}\n) to {literal(temporary)} (format parquet, compression zstd)")
            row = copied.fetchone()
        temporary.replace(out)
    except (OSError, duckdb.IOException) as error:
        raise NotWritten(
            out, expected="a place to write one file", found=first_line(error), now="no file was written",
            cure="name another --out",
        ) from error  # fmt: skip
    finally:
        con.close()
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return int(row[0]) if row else 0


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while True:
        with _answered():
            rows = con.fetchmany(_FETCH)
        if not rows:
            return
        yield from rows


def _config() -> dict[str, str | bool | int | float | list[str]]:
    """Half the machine's memory, the rest spills to the system's temporary folder; nothing is fetched or looked up."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2_000_000
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "memory_limit": f"{max(megabytes, 500)}MB",
        "temp_directory": str(Path(tempfile.gettempdir()) / f"bantin-sql-{os.getpid()}"),
    }


@contextmanager
def _answered() -> Iterator[None]:
    """What DuckDB says of a query, as an answer to who asked it."""
    try:
        yield
    except duckdb.PermissionException as error:
        raise Refused(
            f"files and the network are closed to this session ({first_line(error)}): query the tables (`show tables`),"
            " or open your files beside a copy of the snapshot in DuckDB itself"
        ) from error
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        said = str(error)
        if "configuration has been locked" in said or "read-only mode" in said:
            raise Refused(f"this session only reads ({first_line(error)})") from error
        raise QueryFailed(said) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise WriterBusy(
                path, expected="a file that is only read", found=first_line(error), now="nothing was read",
                cure="close the program that opened it for writing",
            ) from error  # fmt: skip
        raise DamagedDatabase(
            path, expected="a published snapshot", found=first_line(error),
            now="captures, read results and work.duckdb are untouched", cure="delete the file and run `bantin publish`",
        ) from error  # fmt: skip
