"""Read results and frontiers into tables. The tables are a function of *all* of them: which keys a new, changed or
vanished file or a changed frontier touches is computed again from all their captures, never from the previous answer.
Ten part-loads give what one gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.records import SourceFacts
from warehouse import sql
from warehouse.digest import table_columns
from warehouse.frontier import FrontierInput, MovedFrontiers, moved_frontiers, store_frontiers
from warehouse.loaded import blame, by_segment, record_files, set_files
from warehouse.results import ResultsInfo, results_info
from warehouse.sources import store_sources

_INSERTS = (
    "load_versions", "load_capture", "load_url_alias", "load_view_count", "load_bulletin_version",
    "load_bulletin_status", "load_bulletin", "load_bulletin_line", "load_field_evidence", "load_issue",
)  # fmt: skip
"""Run where a touched key has captures, after `url`: a duplicate or a page that only lists is no bulletin."""
_TEMPORARY = (
    "file_key", "touched", "redelisted", "moved_frontier", "changed_segment", "seen", "redirected", "asked", "judged",
    "counted_source", "version", "status_turn", "before", "after", "moved_source", "to_count", "counted", "known_count",
    "ending", "met", "elsewhere", "passed_anew",
)  # fmt: skip
_SEEN_OFTEN = ("last_seen_at", "view_count")


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What one load did.

    new, changed, unchanged, removed  bulletins among the touched ones; changed: their row differs, last_seen_at and
                                      view_count apart
    captures  captures that were in no table before
    files     results files that were new, changed or vanished
    failed    captures of new and changed files that could not be read
    gone      URLs captured anew whose latest answer is 404 or 410
    frontiers  frontiers that were new, changed or not there any more; with files 0 and this 0, nothing was done
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    captures: int = 0
    files: int = 0
    failed: int = 0
    gone: int = 0
    frontiers: int = 0


def load(
    con: duckdb.DuckDBPyConnection,
    results: Sequence[Path],
    sources: Sequence[SourceFacts],
    frontiers: Sequence[FrontierInput] = (),
) -> LoadOutcome:
    """Bring the tables up to what read results and frontiers say, in one transaction; the same again changes nothing.

    con        a writer's (warehouse.store.writer)
    results    *all* results files of the home that are not held back; a file that was loaded and is missing here is
               taken out of the tables
    sources    *all* sources known; a source with captures that is missing here gets a row with its id as name
    frontiers  *all* frontiers of the home; one that was loaded and is missing here is taken out, its runs stay
    raises     DamagedResults; two files of one segment, an odd frontier: WarehouseError; what a frontier's callables
               raise. The tables are then as before.
    """
    infos = {path: results_info(path) for path in results}
    paths = by_segment(infos)
    known = dict(con.execute("select segment, digest from bantin.loaded_result").fetchall())
    fresh = {segment: paths[segment] for segment in sorted(paths) if known.get(segment) != infos[paths[segment]].digest}
    vanished = sorted(known.keys() - paths.keys())
    moved = moved_frontiers(con, frontiers)
    something = fresh or vanished or moved or _one(con, "select count(*) from bantin.reread")
    con.execute("begin")
    try:
        outcome = _merge(con, fresh, vanished, moved, paths, infos) if something else LoadOutcome()
        store_sources(con, sources)
        con.execute("commit")
    except BaseException as error:
        with suppress(duckdb.Error):  # a full disk has ended the connection already
            con.execute("rollback")
        if isinstance(error, duckdb.Error):
            blame(paths.values(), error)
        raise
    for table in _TEMPORARY:
        con.execute(f"drop table if exists temp.{table}")
    return outcome


def _merge(
    con: duckdb.DuckDBPyConnection,
    fresh: dict[str, Path],
    vanished: Sequence[str],
    moved: MovedFrontiers,
    paths: dict[str, Path],
    infos: dict[Path, ResultsInfo],
) -> LoadOutcome:
    con.execute(sql.query("load_temporary"))
    con.execute("insert into changed_segment select unnest($segments)", {"segments": [*fresh, *vanished]})
    store_frontiers(con, moved)
    needed = _judge(con, fresh, paths)
    captures = _one(con, "select count(*) from seen where capture_id not in (select capture_id from capture)")
    _remember(con, "before")
    con.execute(sql.query("load_forget"))
    con.execute(sql.query("load_url"))
    for name in _INSERTS if needed else ():
        con.execute(sql.query(name))
    con.execute(sql.query("load_coverage"))
    record_files(con, fresh, infos)
    con.execute(sql.query("load_intake_issue"))
    _count_boilerplate(con, needed, paths)
    failed = _one(
        con,
        "select count(*) from seen where failure is not null and list_contains($files, filename)",
        {"files": [str(path) for path in fresh.values()]},
    )
    _remember(con, "after")
    counts = con.execute(sql.query("load_counts")).fetchone()
    assert counts is not None
    files, frontiers = len(fresh) + len(vanished), len(moved.changed) + len(moved.left)
    new, changed, unchanged, removed, gone = counts
    return LoadOutcome(new, changed, unchanged, removed, captures, files, failed, gone, frontiers)


def _judge(con: duckdb.DuckDBPyConnection, fresh: dict[str, Path], paths: dict[str, Path]) -> list[Path]:
    """Decide which keys are touched (`touched`), their captures (`seen`), and what becomes of addresses (`judged`).

    returns  the files that hold the captures of the touched keys
    """
    if fresh:
        set_files(con, "result_files", fresh.values())
        con.execute(sql.query("load_file_keys"))
    con.execute(sql.query("load_touched"))
    needed = _see(con, fresh, paths)
    con.execute("delete from bantin.read_url where bulletin_id in (select bulletin_id from touched)")
    if needed:
        con.execute(sql.query("load_reads"))
    con.execute(sql.query("load_redirected"))
    con.execute(sql.query("load_judged"))
    if _one(con, sql.query("load_relinked")):
        needed = _see(con, fresh, paths)
    con.execute("delete from bantin.passed_on")
    con.execute("insert into bantin.passed_on select bulletin_id, target from elsewhere")
    if needed:
        con.execute(sql.query("load_passed_on"))
    return needed


def _see(con: duckdb.DuckDBPyConnection, fresh: dict[str, Path], paths: dict[str, Path]) -> list[Path]:
    """Fill `seen` from the files that hold captures of the touched keys, and return these."""
    kept = con.execute(sql.query("load_kept_segments")).fetchall()
    needed = [*fresh.values(), *(paths[segment] for (segment,) in kept)]
    set_files(con, "result_files", needed)
    con.execute(sql.query("load_seen" if needed else "load_seen_none"))
    return needed


def _remember(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """A temporary table of what the touched bulletins say now; compared within this load only, so any hash will do."""
    columns = ", ".join(f'"{column}"' for column in table_columns(con)["bulletin"] if column not in _SEEN_OFTEN)
    con.execute(
        f"create or replace temp table {name} as select bulletin_id, source_id, capture_id, hash({columns}) as digest"
        " from bulletin where bulletin_id in (select bulletin_id from touched)"
    )


def _count_boilerplate(con: duckdb.DuckDBPyConnection, touched: Sequence[Path], paths: dict[str, Path]) -> None:
    """Count furniture of the bulletins that came; all of a source anew where one of its bulletins changed or went.

    touched  the files that hold the captures of the touched keys
    """
    con.execute(sql.query("load_moved_source"))
    segments = con.execute(
        "select segment from bantin.loaded_result where list_has_any("
        "source_ids, (select coalesce(list(source_id), []) from moved_source where not grown)) order by segment"
    ).fetchall()
    files = {*touched, *(paths[segment] for (segment,) in segments)}
    if files:
        set_files(con, "source_files", sorted(files))
        con.execute(sql.query("load_boilerplate"))


def _one(con: duckdb.DuckDBPyConnection, statement: str, values: dict[str, Any] | None = None) -> int:
    row = con.execute(statement, values).fetchone()
    assert row is not None
    return int(row[0])
