"""Which results files are in the tables, and handing files to SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from warehouse import sql
from warehouse.errors import WarehouseError
from warehouse.results import ResultsInfo, damaged_results


def by_segment(infos: Mapping[Path, ResultsInfo]) -> dict[str, Path]:
    """Segment → its file. raises WarehouseError: a segment twice, e.g. a file copied into another month's folder."""
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


def stored_segments(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """What the tables were made of: WARC file below `raw/` → offset of the last record that a capture lies at.

    A segment that gave no capture, only doubts, has its stem as name and offset 0.
    """
    rows = con.execute(
        "select warc_file, max(warc_offset) from capture group by warc_file"
        " union all select segment, 0 from bantin.loaded_result where warc_files = []"
    ).fetchall()
    return dict(rows)


def loaded_stems(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Stem of every segment whose results are in the tables → captures in them."""
    return dict(con.execute("select segment, rows from bantin.loaded_result").fetchall())


def readers(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """(stem of a segment whose results are in the tables, its source, the reader version that read it)."""
    return con.execute(
        "select segment, unnest(source_ids) as source_id, reader_version from bantin.loaded_result order by 1, 2"
    ).fetchall()


def bulletins_of(con: duckdb.DuckDBPyConnection, stems: Iterable[str]) -> dict[str, int]:
    """Source → bulletins of which a capture lies in one of these segments."""
    rows = con.execute(
        "select source_id, count(*) from bulletin where bulletin_id in ("
        " select unnest(bulletin_ids) from bantin.loaded_result where list_contains($stems, segment))"
        " group by source_id",
        {"stems": list(stems)},
    ).fetchall()
    return dict(rows)


def set_files(con: duckdb.DuckDBPyConnection, variable: str, paths: Iterable[Path]) -> None:
    """Files for read_parquet(getvariable(…)), which takes `*`, `?` and `[` in a name for a pattern."""
    names = [re.sub(r"([*?\[])", r"[\1]", str(path)) for path in paths]
    con.execute(f"set variable {variable} = $names", {"names": names})


def record_files(con: duckdb.DuckDBPyConnection, fresh: Mapping[str, Path], infos: Mapping[Path, ResultsInfo]) -> None:
    """Write down that these files are in the tables, and the doubts at intake they carry. Inside a transaction."""
    if not fresh:
        return
    set_files(con, "result_files", fresh.values())
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
        [segment, doubt.source_id, doubt.url, doubt.rule, doubt.severity, doubt.detail, doubt.seen_at]
        for segment, path in fresh.items()
        for doubt in infos[path].intake_doubts
    ]
    if doubts:
        con.executemany("insert into bantin.intake_doubt values (?, ?, ?, ?, ?, ?, ?)", doubts)


def blame(paths: Iterable[Path], error: duckdb.Error) -> None:
    """Raise DamagedResults if one of these files is what DuckDB stumbled over; the writer's connection may be dead."""
    with duckdb.connect() as con:
        for path in paths:
            set_files(con, "result_files", [path])
            try:
                con.execute(sql.query("load_whole")).fetchall()
            except duckdb.Error as cause:
                raise damaged_results(path, cause) from error
