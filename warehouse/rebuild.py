"""A fresh work database built beside the old one from results and frontiers, compared with it, put in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from pipelines.records import SourceFacts
from warehouse import sql
from warehouse.copying import put_in_place
from warehouse.digest import Digests, digests
from warehouse.errors import DamagedDatabase
from warehouse.frontier import FrontierInput
from warehouse.load import load
from warehouse.lock import WAIT_S, write_lock
from warehouse.normalizing import TOLD_BY, Mapper, is_behind, normalize_new
from warehouse.query import published_file
from warehouse.reader_changes import Acceptance, record_rebuilt
from warehouse.sql import literal
from warehouse.store import Clock, OnWait, open_work, told_as_ours, work_file

SAMPLE = 20
_CARRIED = ("main.run", "main.snapshot", "main.bulletin_change", "main.reader_change", "bantin.published_bulletin",
            "bantin.current_snapshot")  # fmt: skip
"""What no rebuild can find in the captures: history of our own runs and publishes."""
_MEDIA = ("image", "attachment")


@dataclass(frozen=True, slots=True)
class _Old:
    """behind: tables that an older schema did not have, and whose rows no migration could give."""

    kind: Literal["work", "snapshot"]
    path: Path
    digests: Digests
    behind: frozenset[str]


@dataclass(frozen=True, slots=True)
class BulletinDiff:
    """One field of one bulletin, before and after, as text; None: NULL, or no such bulletin."""

    bulletin_id: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RebuildOutcome:
    """equal          the Full digests agree, table by table
    compared_with     work: the old work.duckdb; snapshot: bulletins.duckdb, where that was missing or damaged
    replaced          work.duckdb is the rebuilt one now
    bulletin_diff     the first fields that differ, at most SAMPLE
    bulletins         rows of the rebuilt table bulletin
    old_damage        why the old work.duckdb was not used, if it was there
    """

    equal: bool
    compared_with: Literal["work", "snapshot"] | None
    replaced: bool
    differing_tables: tuple[str, ...] = ()
    bulletin_diff: tuple[BulletinDiff, ...] = ()
    bulletins: int = 0
    old_damage: str | None = None


def rebuild(
    home: Path,
    results: Sequence[Path],
    sources: Sequence[SourceFacts],
    clock: Clock,
    accept: bool = False,
    *,
    frontiers: Sequence[FrontierInput] = (),
    acceptances: Sequence[Acceptance] = (),
    mapper: Mapper = map,
    wait_s: float = WAIT_S,
    on_wait: OnWait | None = None,
) -> RebuildOutcome:
    """Build work.duckdb anew from all read results and frontiers; the old one is replaced if the digests agree or
    `accept` says so.

    results, sources, frontiers, acceptances  as `load` takes them: all of them
    raises  WriterBusy, DamagedResults, NotWritten; the old database is then as it was
    """
    with write_lock(home, "rebuild", clock, wait_s=wait_s, on_wait=on_wait):
        work = work_file(home)
        fresh = work.with_name("work.rebuild.duckdb")
        _remove(fresh)
        old, damage = _comparable(home, clock, mapper)
        try:
            with told_as_ours(fresh):
                con = open_work(fresh, clock)
                try:
                    load(con, results, sources, frontiers, mapper=mapper)
                    outcome = _compare(con, old, damage, accept, results, acceptances)
                    con.execute("checkpoint")
                finally:
                    con.close()
            if outcome.replaced:
                work.with_name(f"{work.name}.wal").unlink(
                    missing_ok=True
                )  # of a damaged file: not to be replayed on this one
                put_in_place(fresh, work)
        finally:
            _remove(fresh)
        return outcome


def _comparable(home: Path, clock: Clock, mapper: Mapper) -> tuple[_Old | None, str | None]:
    """Which old database can be read, and what ails work.duckdb if it cannot.

    What another version of normalization told is told anew first: it is no drift of what was captured.
    """
    work, shown, damage = work_file(home), published_file(home), None
    if work.exists():
        try:
            with told_as_ours(work):
                con = open_work(work, clock)  # replays its WAL: the file alone is whole after this
                try:
                    con.execute("begin")
                    normalize_new(con, mapper)
                    con.execute("commit")
                    con.execute("checkpoint")
                    return _Old("work", work, digests(con), _behind(con)), None
                finally:
                    con.close()
        except DamagedDatabase as error:
            damage = error.found
    if shown.is_file():
        try:
            with _attached(duckdb.connect(), shown) as con:
                con.execute("use old")
                return _Old("snapshot", shown, digests(con), _behind(con)), damage
        except duckdb.Error:
            pass
    return None, damage


def _behind(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Of a database of ours: what of schemas 0004 and 0007 it cannot have yet."""
    there = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()"
    ).fetchall()
    lacking = frozenset(name for name in _MEDIA if (f"main.{name}",) not in there)
    if ("bantin.normalizer",) not in there or is_behind(con):
        lacking |= TOLD_BY
    if ("bantin.reread",) not in there:
        return lacking | {"coverage", "view_count"}
    return lacking | {"view_count", *_MEDIA} if con.execute("from bantin.reread limit 1").fetchone() else lacking


def _compare(
    con: duckdb.DuckDBPyConnection, old: _Old | None, damage: str | None, accept: bool, results: Sequence[Path],
    acceptances: Sequence[Acceptance],
) -> RebuildOutcome:  # fmt: skip
    """Compare with the old database and carry its history over."""
    found = digests(con)
    row = con.execute("select count(*) from bulletin").fetchone()
    bulletins = row[0] if row else 0
    if old is None:
        return RebuildOutcome(False, None, accept or damage is None, bulletins=bulletins, old_damage=damage)
    before, now = old.digests.per_table, found.per_table
    names = (before.keys() | now.keys()) - old.behind
    differing = tuple(sorted(name for name in names if before.get(name) != now.get(name)))
    with _attached(con.cursor(), old.path) as pair:
        diff = pair.execute(sql.query("rebuild_diff"), {"sample": SAMPLE}).fetchall() if "bulletin" in differing else []
        _carry_over(pair)
        if "coverage" not in old.behind:  # an old snapshot has not all that is asked
            record_rebuilt(pair, results, acceptances)
    return RebuildOutcome(
        not differing, old.kind, accept or not differing, differing,
        tuple(BulletinDiff(*line) for line in diff), bulletins, damage,
    )  # fmt: skip


def _carry_over(con: duckdb.DuckDBPyConnection) -> None:
    there = {
        f"{schema}.{table}": database
        for database, schema, table in con.execute(
            "select database_name, schema_name, table_name from duckdb_tables() order by database_name = 'old'"
        ).fetchall()
    }
    if there.get("main.run") == "old":  # the frontiers told of these runs again: what was counted then is kept
        con.execute("delete from run where (run_id, source_id) in (select (run_id, source_id) from old.main.run)")
    for table in _CARRIED:
        if there.get(table) == "old":
            con.execute(f"insert into {table} by name select * from old.{table}")


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    con.execute(f"attach {literal(path)} as old (read_only)")
    try:
        yield con
    finally:
        con.execute("use memory" if con.execute("select current_database()").fetchone() == ("old",) else "select 1")
        con.execute("detach old")


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}.wal"):
        path.with_name(name).unlink(missing_ok=True)
