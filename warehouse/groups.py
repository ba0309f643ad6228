"""Groups that pairs join. In SQL it would be the square of a group: a site that leads 20,000 pages to one has one."""

# pyarrow has no types of its own:
# mypy: disable-error-code="attr-defined"

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from pipelines.normalize.forest import Forest
from warehouse import sql
from warehouse.arrow import stage

_GROUP = pa.schema({"bulletin_id": pa.string(), "into_id": pa.string()})


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name in a pair → one name of its group, the same for all of the group."""
    forest, names = Forest[str](), dict[str, None]()
    for one, other in pairs:
        forest.link(one, other)
        names |= {one: None, other: None}
    return {name: forest.group(name) for name in names}


def find_groups(con: duckdb.DuckDBPyConnection) -> None:
    """Make `same_group` (bulletin_id, into_id: any one of the group) from the pairs of load_same_pairs.sql."""
    groups = joined(con.execute(sql.query("load_same_pairs")).fetchall())
    stage(con, "same_group", _GROUP, groups.items())
