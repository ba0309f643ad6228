"""Which statements a read-only session runs: one that looks, never one that writes, sets or calls.

DuckDB's own locks (read-only file, no file access, locked configuration) stand behind this; it says no before them,
with a sentence, and stops the table functions that get round them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

import duckdb

from warehouse.errors import QueryFailed, Refused, first_line

_DENIED_FUNCTIONS = frozenset({
    "enable_logging", "disable_logging", "truncate_duckdb_logs", "write_log",  # a log to a file ends the whole process
    "enable_profiling", "enable_profile", "disable_profiling", "disable_profile", "checkpoint", "force_checkpoint",
    "query", "json_execute_serialized_sql",  # SQL inside a string
    "arrow_scan", "arrow_scan_dumb", "pandas_scan", "python_map_function", "seq_scan",  # take memory addresses
})  # fmt: skip
_COPY_THE_FILE = "to change data, copy warehouse/bulletins.duckdb and open the copy"
_INSTEAD = {
    "CREATE": "write `with name as (select …)` instead of a table or view",
    "COPY": "use --format and --out, which write one file",
    "EXPORT": "use `bantin export --to DIR`",
    "SET": "limits and time zone are fixed; convert a single value with `at time zone`",
    "CALL": "write `select * from …()`",
    "PRAGMA": "write `show tables` or `describe bulletin`",
    "ATTACH": "only the published snapshot is open here",
    "DETACH": "only the published snapshot is open here",
    "LOAD": "no extension is loaded here",
    "PREPARE": "send the query itself",
    "EXECUTE": "send the query itself",
    "TRANSACTION": "every statement sees the same snapshot without one",
}


class _Token(NamedTuple):
    offset: int
    text: str


def one_statement(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """The only statement in `text`, checked, without its semicolon.

    raises  Refused: it writes, sets or calls, or there are several; QueryFailed: it does not parse, or there is none
    """
    statements = _parse(con, text)
    if not statements:
        raise QueryFailed("expected a query, found nothing")
    if len(statements) == 2 and not statements[0].query:
        raise Refused(
            "PIVOT without values makes a temporary type, and nothing is made here: name them, `in ('a', 'b')`"
        )
    if len(statements) > 1:
        raise Refused(f"one statement at a time, found {len(statements)}: send them one by one")
    _check(statements[0])
    tokens = _tokens(text)
    if tokens[0].text.lower() == "explain":
        for inner in _parse(con, _explained(text, tokens)):
            _check(inner)
    for word, after in pairwise(tokens):
        if after.text == "(" and word.text.lower().strip('"') in _DENIED_FUNCTIONS:
            raise Refused(f"{word.text}() is refused: it changes the session or runs what cannot be checked")
    while tokens[-1].text == ";":
        text = text.encode()[: tokens.pop().offset].decode()
    return text.strip()


def split(con: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """The statements of a text, in order, for a shell that is given several. raises QueryFailed."""
    return [statement.query.strip() for statement in _parse(con, text)]


def _parse(con: duckdb.DuckDBPyConnection, text: str) -> list[duckdb.Statement]:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise QueryFailed("expected text, found half a surrogate pair: the query is no valid Unicode")
    try:
        return con.extract_statements(text)
    except duckdb.PermissionException as error:
        raise Refused(f"files are closed to this session ({first_line(error)}): query the tables") from error
    except duckdb.Error as error:
        raise QueryFailed(str(error)) from error


def _check(statement: duckdb.Statement) -> None:
    kind = statement.type.name
    if kind not in ("SELECT", "EXPLAIN"):
        said = "SET" if kind == "VARIABLE_SET" else kind.replace("_", " ")
        raise Refused(f"{said} is refused: this session only reads; {_INSTEAD.get(said, _COPY_THE_FILE)}")


def _explained(text: str, tokens: list[_Token]) -> str:
    """What follows EXPLAIN and its options: EXPLAIN ANALYZE runs it."""
    rest = tokens[1:]
    if rest and rest[0].text.lower() == "analyze":
        rest = rest[1:]
    elif rest and rest[0].text == "(":
        close = next((n for n, token in enumerate(rest) if token.text == ")"), None)
        rest = rest[close + 1 :] if close is not None and not _opens_query(rest[1]) else rest
    return text.encode()[rest[0].offset :].decode() if rest else ""


def _opens_query(token: _Token) -> bool:
    return token.text.lower() in ("select", "from", "with", "values", "(", "table")


def _tokens(text: str) -> list[_Token]:
    """Words and signs of a statement, comments left out; offsets in bytes of UTF-8."""
    raw = text.encode()
    starts = [offset for offset, _ in duckdb.tokenize(text)]
    pieces = [raw[start:end].decode() for start, end in zip(starts, [*starts[1:], len(raw)], strict=True)]
    return [_Token(start, _word(piece)) for start, piece in zip(starts, pieces, strict=True)]


def _word(piece: str) -> str:
    found = re.match(r'"(?:[^"]|"")*"|\w+|\S', piece)
    return found[0] if found else piece
