"""Table `run`: what each command did. A row of it alone is no change; it appears with the next publish."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from datetime import datetime

import duckdb


@dataclass(frozen=True, slots=True)
class RunRow:
    """One row of `run`, in its order. source_id None: the run as a whole. Instants are aware."""

    run_id: str
    source_id: str | None
    command: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    listed: int = 0
    discovered: int = 0
    fetched: int = 0
    not_modified: int = 0
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0


def record_run(con: duckdb.DuckDBPyConnection, row: RunRow) -> None:
    """Store the row; one of the same run and source is replaced. `con` is a writer's."""
    con.execute("begin")
    try:
        con.execute(
            "delete from run where run_id = ? and source_id is not distinct from ?", [row.run_id, row.source_id]
        )
        con.execute(f"insert into run values ({', '.join('?' * len(fields(row)))})", list(astuple(row)))
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
