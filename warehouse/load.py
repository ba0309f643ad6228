"""Read results into tables. The tables are a function of *all* read results: which keys a new, changed or vanished file
touches is computed again from all their captures, never from the previous answer. Ten part-loads give what one gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.records import SourceFacts
from warehouse import sql
from warehouse.digest import row_hash, table_columns
from warehouse.errors import WarehouseError
from warehouse.results import ResultsInfo, damaged_results, results_info

_INSERTS = (
    "load_versions", "load_capture", "load_url", "load_url_alias", "load_bulletin_version", "load_bulletin_status",
    "load_bulletin", "load_bulletin_line", "load_field_evidence", "load_issue",
)  # fmt: skip
_TEMPORARY = ("touched", "changed_segment", "seen", "version", "before", "after", "moved_source")


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

    results  *all* results files of the home that are not held back; a file that was loaded and is missing here is
             taken out of the tables
    sources  *all* sources known; a source with captures that is missing here gets a row with its id as name
    raises   DamagedResults; two files of one segment: WarehouseError. The tables are then as before.
    """
    infos = {path: results_info(path) for path in results}
    by_segment = _by_segment(infos)
    known = dict(con.execute("select segment, digest from bantin.loaded_result").fetchall())
    fresh = sorted(segment for segment, path in by_segment.items() if known.get(segment) != infos[path].digest)
    vanished = sorted(known.keys() - by_segment.keys())
    con.execute("begin")
    try:
        outcome = LoadOutcome()
        if fresh or vanished:
            outcome = _merge(con, {segment: by_segment[segment] for segment in fresh}, vanished, by_segment, infos)
        _store_sources(con, sources)
        con.execute("commit")
    except BaseException as error:
        con.execute("rollback")
        if isinstance(error, duckdb.Error):
            _blame(con, [by_segment[segment] for segment in fresh], error)
        raise
    finally:
        for table in _TEMPORARY:
            con.execute(f"drop table if exists temp.{table}")
    return outcome


def _by_segment(infos: dict[Path, ResultsInfo]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path, info in infos.items():
        if info.segment in found:
            raise WarehouseError(
                path, expected="one results file a segment",
                found=f"segment {info.segment} also in {found[info.segment]}", now="no table was changed",
                cure="delete the one that is not under its month's folder, then `bantin load`",
            )  # fmt: skip
        found[info.segment] = path
    return found


def _merge(
    con: duckdb.DuckDBPyConnection,
    fresh: dict[str, Path],
    vanished: Sequence[str],
    by_segment: dict[str, Path],
    infos: dict[Path, ResultsInfo],
) -> LoadOutcome:
    con.execute(
        "create or replace temp table changed_segment as select unnest($segments) as segment",
        {"segments": [*fresh, *vanished]},
    )
    _set_files(con, "result_files", fresh.values())
    con.execute(sql.query("load_touched" if fresh else "load_vanished"))
    kept = con.execute(sql.query("load_kept_segments")).fetchall()
    needed = [*fresh.values(), *(by_segment[segment] for (segment,) in kept)]
    rows = f"select bulletin_id, source_id, capture_id, {_bulletin_hash(con)} as digest from bulletin"
    touched = "where bulletin_id in (select bulletin_id from touched)"
    con.execute(f"create or replace temp table before as {rows} {touched}")
    _set_files(con, "result_files", needed)
    con.execute(sql.query("load_seen" if needed else "load_seen_none"))
    captures = _one(con, "select count(*) from seen where capture_id not in (select capture_id from capture)")
    con.execute(sql.query("load_forget"))
    for name in _INSERTS if needed else ():
        con.execute(sql.query(name))
    _record(con, fresh, infos)
    con.execute(sql.query("load_intake_issue"))
    _count_boilerplate(con, by_segment)
    failed = _one(
        con,
        "select count(*) from seen where failure is not null and list_contains($files, filename)",
        {"files": [str(path) for path in fresh.values()]},
    )
    con.execute(f"create or replace temp table after as {rows} {touched}")
    counts = con.execute(sql.query("load_counts")).fetchone()
    assert counts is not None
    new, changed, unchanged, removed, gone = counts
    files = len(fresh) + len(vanished)
    return LoadOutcome(new, changed, unchanged, removed, captures, files, failed, gone)


def _record(con: duckdb.DuckDBPyConnection, fresh: dict[str, Path], infos: dict[Path, ResultsInfo]) -> None:
    """Write down which files are in the tables now, and the doubts at intake they carry."""
    if not fresh:
        return
    con.execute(
        sql.query("load_loaded_result"),
        {
            "segments": list(fresh),
            "files": [str(path) for path in fresh.values()],
            "digests": [infos[path].digest for path in fresh.values()],
            "readers": [infos[path].reader_version for path in fresh.values()],
        },
    )
    doubts = [
        [segment, d.source_id, d.url, d.rule, d.severity, d.detail, d.seen_at]
        for segment, path in fresh.items()
        for d in infos[path].intake_doubts
    ]
    if doubts:
        con.executemany("insert into bantin.intake_doubt values (?, ?, ?, ?, ?, ?, ?)", doubts)


def _count_boilerplate(con: duckdb.DuckDBPyConnection, by_segment: dict[str, Path]) -> None:
    con.execute(sql.query("load_moved_source"))
    con.execute("delete from boilerplate where source_id in (select source_id from moved_source)")
    segments = con.execute(
        "select segment from bantin.loaded_result"
        " where list_has_any(source_ids, (select list(source_id) from moved_source)) order by segment"
    ).fetchall()
    if segments:
        _set_files(con, "source_files", [by_segment[segment] for (segment,) in segments])
        con.execute(sql.query("load_boilerplate"))


def _store_sources(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceFacts]) -> None:
    """Table `source` is the facts given; a source with captures but no facts gets a row of its name, so joins hold."""
    rows = [
        (s.source_id, s.name, s.publisher, s.sphere, s.home, list(s.hosts), s.family, s.enabled, s.since, s.rhythm)
        for s in sources
    ]
    known = {row[0] for row in rows}
    used = con.execute(
        "select source_id from capture union select source_id from bantin.intake_doubt order by source_id"
    ).fetchall()
    rows += [(id_, id_, id_, None, None, [], None, False, None, None) for (id_,) in used if id_ not in known]
    columns = "source_id, name, publisher, sphere, home, hosts, family, enabled, since, rhythm"
    if sorted(rows) != con.execute(f"select {columns} from source order by source_id").fetchall():
        con.execute("delete from source")
        if rows:
            con.executemany(f"insert into source ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _bulletin_hash(con: duckdb.DuckDBPyConnection) -> str:
    return row_hash(table_columns(con)["bulletin"], ("last_seen_at", "view_count"))


def _set_files(con: duckdb.DuckDBPyConnection, variable: str, paths: Iterable[Path]) -> None:
    """Files for read_parquet, which takes `*`, `?` and `[` in a name for a pattern."""
    names = [re.sub(r"([*?\[])", r"[\1]", str(path)) for path in paths]
    con.execute(f"set variable {variable} = $names", {"names": names})


def _one(con: duckdb.DuckDBPyConnection, statement: str, values: dict[str, Any] | None = None) -> int:
    row = con.execute(statement, values).fetchone()
    assert row is not None
    return int(row[0])


def _blame(con: duckdb.DuckDBPyConnection, paths: Sequence[Path], error: duckdb.Error) -> None:
    """Raise DamagedResults if one of these files is what DuckDB stumbled over."""
    for path in paths:
        _set_files(con, "result_files", [path])
        try:
            con.execute(sql.query("load_whole")).fetchall()
        except duckdb.Error as cause:
            raise damaged_results(path, cause) from error
