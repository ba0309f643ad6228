"""Read results into tables. The tables are a function of *all* read results: which keys a new, changed or vanished file
touches is computed again from all their captures, never from the previous answer. Ten part-loads give what one gives.
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
from warehouse.loaded import blame, by_segment, record_files, set_files
from warehouse.results import ResultsInfo, results_info
from warehouse.sources import store_sources

_INSERTS = (
    "load_versions", "load_capture", "load_url", "load_url_alias", "load_bulletin_version", "load_bulletin_status",
    "load_bulletin", "load_bulletin_line", "load_field_evidence", "load_issue",
)  # fmt: skip
_TEMPORARY = (
    "touched", "changed_segment", "seen", "version", "before", "after", "moved_source", "to_count", "counted",
    "known_count",
)  # fmt: skip
_SEEN_OFTEN = ("last_seen_at", "view_count")


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What one load did.

    new, changed, unchanged, removed  bulletins among the touched ones; changed: their row differs, last_seen_at and
                                      view_count apart
    captures  captures that were in no table before
    files     results files that were new, changed or vanished; 0 means nothing was done
    failed    captures of new and changed files that could not be read
    gone      touched URLs whose latest answer is 404 or 410
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    captures: int = 0
    files: int = 0
    failed: int = 0
    gone: int = 0


def load(con: duckdb.DuckDBPyConnection, results: Sequence[Path], sources: Sequence[SourceFacts]) -> LoadOutcome:
    """Bring the tables up to what the read results say, in one transaction; loading the same again changes nothing.

    con      a writer's (warehouse.store.writer)
    results  *all* results files of the home that are not held back; a file that was loaded and is missing here is
             taken out of the tables
    sources  *all* sources known; a source with captures that is missing here gets a row with its id as name
    raises   DamagedResults; two files of one segment: WarehouseError. The tables are then as before.
    """
    infos = {path: results_info(path) for path in results}
    paths = by_segment(infos)
    known = dict(con.execute("select segment, digest from bantin.loaded_result").fetchall())
    fresh = {segment: paths[segment] for segment in sorted(paths) if known.get(segment) != infos[paths[segment]].digest}
    vanished = sorted(known.keys() - paths.keys())
    con.execute("begin")
    try:
        outcome = _merge(con, fresh, vanished, paths, infos) if fresh or vanished else LoadOutcome()
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
    paths: dict[str, Path],
    infos: dict[Path, ResultsInfo],
) -> LoadOutcome:
    segments = {"segments": [*fresh, *vanished]}
    con.execute("create or replace temp table changed_segment as select unnest($segments) as segment", segments)
    set_files(con, "result_files", fresh.values())
    con.execute(sql.query("load_touched" if fresh else "load_vanished"))
    kept = con.execute(sql.query("load_kept_segments")).fetchall()
    needed = [*fresh.values(), *(paths[segment] for (segment,) in kept)]
    _remember(con, "before")
    set_files(con, "result_files", needed)
    con.execute(sql.query("load_seen" if needed else "load_seen_none"))
    captures = _one(con, "select count(*) from seen where capture_id not in (select capture_id from capture)")
    con.execute(sql.query("load_forget"))
    for name in _INSERTS if needed else ():
        con.execute(sql.query(name))
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
    new, changed, unchanged, removed, gone = counts
    return LoadOutcome(new, changed, unchanged, removed, captures, len(fresh) + len(vanished), failed, gone)


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
