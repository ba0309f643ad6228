"""The interactive SQL shell: the same locked, read-only session as `bantin sql "…"`, one statement at a time."""

from __future__ import annotations

import sys
import time

from dagster_project.command import announce, notice
from dagster_project.display import write_rows
from dagster_project.steps.home import Home
from pipelines.records import BantinError
from warehouse.query import open_snapshot, run_query

_HELP = """\
  select …;      ends with a semicolon, may take several lines
  .tables        tables and macros of the snapshot
  .schema NAME   columns of a table with their comments
  .quit          or Ctrl-D"""
_TABLES = (
    "select table_name as name, comment from duckdb_tables() where schema_name = 'main'"
    " union all select function_name || '(…)', null from duckdb_functions()"
    " where not internal and schema_name = 'main' order by 1"
)


def shell(home: Home) -> None:
    """Read statements until the end of input. Each runs on the snapshot that is published then."""
    tty = sys.stdin.isatty()
    if tty:
        _history()
        print("Read-only SQL on the published snapshot. .tables lists it, .help helps, Ctrl-D ends.")
    with open_snapshot(home.path):
        pass  # a home without a snapshot is refused before the first prompt
    pending: list[str] = []
    while True:
        try:
            line = input(("bantin> " if not pending else "   ...> ") if tty else "")
        except EOFError:
            if " ".join(pending).strip():  # piped input may leave the last semicolon out
                _run(home, "\n".join(pending))
            return
        except KeyboardInterrupt:
            pending = []
            print()
            continue
        if not pending and line.strip().startswith("."):
            if line.strip() in (".quit", ".exit"):
                return
            _dot(home, line.strip())
            continue
        pending.append(line)
        if line.rstrip().endswith(";"):
            _run(home, "\n".join(pending))
            pending = []


def _dot(home: Home, line: str) -> None:
    command, _, argument = line.partition(" ")
    if command == ".tables":
        _run(home, _TABLES)
    elif command == ".schema" and argument.strip().isidentifier():
        _run(
            home,
            "select column_name, data_type, comment from duckdb_columns() "
            f"where schema_name = 'main' and table_name = '{argument.strip()}' order by column_index",
        )
    else:
        print(_HELP)


def _run(home: Home, statement: str) -> None:
    started = time.monotonic()
    try:
        with open_snapshot(home.path) as con:
            result = run_query(con, statement)
            write_rows(result.columns, result.rows, "table", sys.stdout)
    except BantinError as error:
        announce(error)
        return
    if sys.stdin.isatty():
        notice(f"{time.monotonic() - started:.2f} s")


def _history() -> None:
    try:
        import readline
    except ImportError:  # not built into every Python
        return
    readline.set_history_length(1000)
