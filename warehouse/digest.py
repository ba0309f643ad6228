"""Digests of tables: equal rows in any order give equal digests, on any machine, in any time zone.

A row is its values as text, each after its length in bytes (instants in microseconds since 1970 UTC, NULL as `-`),
hashed; a table is the hash of its sorted row hashes. Full and Content: docs/contracts.md, Digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import duckdb

NEVER = frozenset({"run", "snapshot", "bulletin_change", "reader_change"})
"""Tables of no digest: what we did, not what publishers said."""

NOT_CONTENT_TABLES = frozenset({"capture", "issue", "view_count"})
NOT_CONTENT = frozenset({
    "capture_id", "warc_file", "warc_offset", "tries", "discovered_at", "discovered_via", "listed_on", "last_fetch_at",
    "next_fetch_at", "first_seen_at", "last_seen_at", "state_since", "state_evidence", "view_count",
})  # fmt: skip
NOT_CONTENT_OF: Mapping[str, frozenset[str]] = {
    "url_alias": frozenset({"since", "evidence"}),
    "bulletin_status": frozenset({"since", "evidence"}),
    "bulletin_version": frozenset({"valid_from", "valid_to"}),
}
"""What says when or how *we* saw it: two crawls of one world differ in these and in nothing else."""


@dataclass(frozen=True, slots=True)
class Digests:
    """full, content: 64 hex digits. per_table: the Full digest of each table. rows: of these tables, added up."""

    full: str
    content: str
    per_table: Mapping[str, str]
    rows: int


def digests(con: duckdb.DuckDBPyConnection) -> Digests:
    """Digests of all tables in schema main of this database."""
    tables = {name: columns for name, columns in table_columns(con).items() if name not in NEVER}
    per_table, content, rows = {}, {}, 0
    for name, columns in tables.items():
        per_table[name], count = _table(con, name, columns, ())
        rows += count
        if name not in NOT_CONTENT_TABLES:
            left_out = NOT_CONTENT | NOT_CONTENT_OF.get(name, frozenset())
            same = not left_out & columns.keys()
            content[name] = per_table[name] if same else _table(con, name, columns, left_out)[0]
    return Digests(_combine(per_table), _combine(content), per_table, rows)


def table_columns(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Tables of schema main by name: column → type, in column order."""
    found: dict[str, dict[str, str]] = {}
    rows = con.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'main' and database_name = current_database() and not internal"
        " and table_name in (select table_name from duckdb_tables() where schema_name = 'main')"
        " order by table_name, column_index"
    ).fetchall()
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def row_hash(columns: Mapping[str, str], left_out: Collection[str] = ()) -> str:
    """SQL for the hash of one row, 32 hex digits. md5: it tells rows apart, it guards nothing."""
    values = [_as_text(name, kind) for name, kind in columns.items() if name not in left_out]
    return "md5(concat(" + ", ".join(f"coalesce(strlen({v})::varchar || ':' || {v}, '-')" for v in values) + "))"


def _as_text(name: str, kind: str) -> str:
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f'epoch_us("{name}")::varchar'
    return f'to_json("{name}")::varchar' if kind.endswith("[]") else f'"{name}"::varchar'


def _table(
    con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], left_out: Collection[str]
) -> tuple[str, int]:
    """256 buckets by the first two digits: sorted in parallel, and no string grows past DuckDB's limit."""
    found = con.execute(
        "select sha256(coalesce(string_agg(bucket, '' order by bucket), '')), coalesce(sum(rows), 0)::bigint from ("
        " select sha256(string_agg(hash, '' order by hash)) as bucket, count(*) as rows"
        f" from (select {row_hash(columns, left_out)} as hash from {name}) group by hash[:2])"
    ).fetchone()
    assert found is not None
    return found


def _combine(parts: Mapping[str, str]) -> str:
    return _sha256(f"{name} {digest}\n" for name, digest in sorted(parts.items()))


def _sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode()).hexdigest()
