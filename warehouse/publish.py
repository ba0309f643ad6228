"""The published snapshot: a copy of the writer's database, put in place whole by a rename.

A reader that has the old file open keeps it; who opens next sees the new one. A publish that is killed changes nothing
that readers see, and the next one finishes it: what bulletins.duckdb really holds is asked, never remembered.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import sql
from warehouse.copying import copy_into_place, sweep
from warehouse.digest import Digests, digests, row_hash, table_columns
from warehouse.errors import DamagedDatabase, NoSnapshot, WriterBusy
from warehouse.lock import WAIT_S, write_lock
from warehouse.query import open_snapshot, published_file
from warehouse.store import Clock, OnWait, open_work, refuse_lost_work, told_as_ours, work_file

COMPACT_ABOVE = 0.3
"""Share of free blocks from which the copy is written anew: a plain copy is fifty times faster but keeps the holes."""
_SMALL_BLOCKS = 64
_TELLING = ("bulletin", "bulletin_line", "field_evidence", "image", "attachment")


@dataclass(frozen=True, slots=True)
class Published:
    """snapshot_id  what bulletins.duckdb holds now
    changed         False: nothing differed from the last snapshot, no new one was made
    repaired        the snapshot existed but the file did not hold it (a killed publish, a deleted or damaged file)
    compacted       the copy was written anew, without free blocks
    """

    snapshot_id: str
    changed: bool
    repaired: bool = False
    compacted: bool = False
    added: int = 0
    changed_bulletins: int = 0
    removed: int = 0
    rows: int = 0


def publish(
    home: Path,
    command: str,
    clock: Clock,
    reader_version: str,
    *,
    wait_s: float = WAIT_S,
    on_wait: OnWait | None = None,
) -> Published:
    """Publish what the writer's database holds, if it differs from what is published.

    command         shown to writers who wait, e.g. `ingest`
    reader_version  what table snapshot says; no part of the comparison
    raises          WriterBusy, DamagedDatabase, NewerSchema, NotWritten; the old snapshot then keeps answering
    """
    with write_lock(home, command, clock, wait_s=wait_s, on_wait=on_wait):
        refuse_lost_work(home)
        work, shown = work_file(home), published_file(home)
        sweep(shown)
        with told_as_ours(work):
            con = open_work(work, clock)
            try:
                done = _record(con, clock(), reader_version)
                state = _state(con)
                con.execute("checkpoint")
                compact = _holes(con) > COMPACT_ABOVE
            finally:
                con.close()
        if not done.changed and _shown_state(home) == state:
            return done
        copy_into_place(work, shown, compact=compact)
        return Published(
            done.snapshot_id, done.changed, not done.changed, compact,
            done.added, done.changed_bulletins, done.removed, done.rows,
        )  # fmt: skip


def _record(con: duckdb.DuckDBPyConnection, now: datetime, reader_version: str) -> Published:
    """Add the rows of a new snapshot, in one transaction, if the tables differ from the last one's."""
    found = digests(con)
    last = con.execute("select snapshot_id, full_digest from snapshot join bantin.current_snapshot using (snapshot_id)")
    row = last.fetchone()
    if row is not None and row[1] == found.full:
        return Published(row[0], changed=False, rows=found.rows)
    snapshot_id = _snapshot_id(con, now, found)
    columns = table_columns(con)
    hashes = {name: row_hash(columns[name], ("last_seen_at", "view_count")) for name in _TELLING}
    con.execute("begin")
    try:
        con.execute(
            "insert into snapshot values (?, ?, ?, ?, ?, ?)",
            [snapshot_id, now, reader_version, found.rows, found.full, found.content],
        )
        con.execute("delete from bantin.current_snapshot")
        con.execute("insert into bantin.current_snapshot values (?)", [snapshot_id])
        con.execute(sql.query("publish_bulletin").format_map(hashes))
        con.execute(sql.query("publish_change"), {"snapshot_id": snapshot_id})
        con.execute(sql.query("publish_remember"))
        con.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):  # a full disk has ended the connection already
            con.execute("rollback")
        raise
    counted = dict(
        con.execute(
            "select kind, count(*) from bulletin_change where snapshot_id = ? group by kind", [snapshot_id]
        ).fetchall()
    )
    added, changed, removed = (counted.get(kind, 0) for kind in ("added", "changed", "removed"))
    return Published(snapshot_id, True, False, False, added, changed, removed, found.rows)


def _snapshot_id(con: duckdb.DuckDBPyConnection, now: datetime, found: Digests) -> str:
    """Sorts by time; a digit at the end only where one instant made the same tables twice."""
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{found.full[:12]}"
    used = {row[0] for row in con.execute("select snapshot_id from snapshot").fetchall()}
    return next(id_ for id_ in (name, *(f"{name}-{n}" for n in range(2, len(used) + 3))) if id_ not in used)


def _holes(con: duckdb.DuckDBPyConnection) -> float:
    row = con.execute(
        "select total_blocks, free_blocks from pragma_database_size() where database_name = current_database()"
    ).fetchone()
    return row[1] / row[0] if row and row[0] >= _SMALL_BLOCKS else 0.0


def _state(con: duckdb.DuckDBPyConnection) -> tuple[object, ...]:
    """Which snapshot a database is, and the schema and macros it was made with."""
    return (
        con.execute("select snapshot_id from bantin.current_snapshot").fetchall(),
        con.execute("select number, digest from bantin.migration order by number").fetchall(),
    )


def _shown_state(home: Path) -> tuple[object, ...] | None:
    """The same of the published file; None where there is none, or none that opens."""
    try:
        con = open_snapshot(home)
    except (NoSnapshot, DamagedDatabase, WriterBusy):
        return None
    try:
        return _state(con)
    except duckdb.Error:
        return None
    finally:
        con.close()
