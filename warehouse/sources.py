"""Table `source`: the facts of the source files."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.records import SourceFacts

_COLUMNS = "source_id, name, publisher, sphere, home, hosts, family, enabled, since, rhythm"
_INSERT = f"""
insert into source ({_COLUMNS})
select unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::varchar[]),
       unnest(?::varchar[][]), unnest(?::varchar[]), unnest(?::boolean[]), unnest(?::date[]), unnest(?::varchar[])
"""


def store_sources(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceFacts]) -> None:
    """Make `source` the facts given; a source without facts that others name gets a row of its id, so that joins hold.

    con  a writer's, inside a transaction
    """
    rows = [
        (s.source_id, s.name, s.publisher, s.sphere, s.home, list(s.hosts), s.family, s.enabled, s.since, s.rhythm)
        for s in sources
    ]
    known = {row[0] for row in rows}
    used = con.execute(
        "select source_id from capture union select source_id from bantin.intake_doubt"
        " union select source_id from bantin.frontier"
    ).fetchall()
    rows += [(id_, id_, id_, None, None, [], None, False, None, None) for (id_,) in used if id_ not in known]
    rows.sort(key=lambda row: row[0])
    if rows != con.execute(f"select {_COLUMNS} from source order by source_id").fetchall():
        con.execute("delete from source")
        if rows:  # one statement: executemany takes a millisecond and a half a row
            con.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])
