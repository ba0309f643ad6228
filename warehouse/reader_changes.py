"""What one reader says of a capture and another does not: what an upgrade would change, and table `reader_change`.

Two readings of *one* capture are compared, never a bulletin before a load with the same bulletin after it: in between
its publisher may have edited it. Values are compared and told as text: lists as JSON, instants in UTC as ISO 8601;
NULL and the empty list are both NULL, nothing was there.
"""

# pyarrow has no types of its own:
# mypy: disable-error-code="attr-defined, name-defined, no-untyped-call"

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse.loaded import blame, set_files
from warehouse.result_rows import CONTENT
from warehouse.results import SCHEMA, ResultsInfo

_ROWS = 200
"""Fetched at a time: two of the values of a row may be whole bodies."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person's yes to results of these readers being replaced by results of those. sources None: of every source."""

    accepted_at: datetime
    from_readers: frozenset[str]
    to_readers: frozenset[str]
    sources: frozenset[str] | None = None

    def covers(self, source_id: str, from_reader: str, to_reader: str) -> bool:
        """Whether this is the step that was agreed to."""
        return (
            (self.sources is None or source_id in self.sources)
            and from_reader in self.from_readers
            and to_reader in self.to_readers
        )


class Difference(NamedTuple):
    """A field of one capture that two readers read otherwise. old, new: as text, None: nothing."""

    capture_id: str
    url: str
    field: str
    old: str | None
    new: str | None


def differences(old: Path, new: Path) -> Iterator[Difference]:
    """Field by field what the results of one segment say otherwise in `new`, in the order of its captures.

    Captures that only one of the files has are left out. raises DamagedResults
    """
    with duckdb.connect() as con:
        set_files(con, "old_file", [old])
        set_files(con, "new_file", [new])
        try:
            found = con.execute(
                _compared(
                    "select * from read_parquet(getvariable('old_file'), hive_partitioning = false)",
                    "select * from read_parquet(getvariable('new_file'), file_row_number = true,"
                    " hive_partitioning = false)",
                    "now.file_row_number as place, now.capture_id, now.url",
                    order="place, field_no",
                )
            )
            while rows := found.fetchmany(_ROWS):
                for _, capture_id, url, _, field, before, after in rows:
                    yield Difference(capture_id, url, field, before, after)
        except duckdb.Error as error:
            blame((old, new), error)
            raise


class ReaderChanges:
    """Fills `reader_change` while a load merges files that another reader had read before. Inside its transaction.

    `before` runs when `seen` is made and the tables still say what they said, `after` when they say the new.
    """

    def __init__(
        self, con: duckdb.DuckDBPyConnection, fresh: Mapping[str, Path], infos: Mapping[Path, ResultsInfo],
        acceptances: Sequence[Acceptance],
    ) -> None:  # fmt: skip
        """fresh: segment → its new or changed file; acceptances: in their order, a later one counts."""
        known = con.execute(
            "select segment, unnest(source_ids) as source_id, reader_version from bantin.loaded_result"
            " where segment in (select segment from changed_segment)"
        ).fetchall()
        upgraded = [
            (fresh[segment], (source_id, reader, infos[fresh[segment]].reader_version))
            for segment, source_id, reader in known
            if segment in fresh and infos[fresh[segment]].reader_version != reader
        ]
        self._con, self._acceptances = con, acceptances
        self._files, self._steps = {path for path, _ in upgraded}, {step for _, step in upgraded}

    def before(self) -> None:
        """Bulletins that were there: their row against the new reading of the capture it came from."""
        if not self._steps:
            return
        _tell_steps(self._con, self._steps, self._acceptances)
        self._con.execute(
            "create or replace temp table no_bulletin_before as"
            f" {_NO_BULLETIN.format('')} and l.segment in (select segment from changed_segment)"
        )
        self._insert(f"{_BULLETIN.format('')} where b.bulletin_id in (select bulletin_id from touched)")

    def after(self) -> None:
        """Bulletins that were none for the reader before."""
        if not self._steps:
            return
        self._insert(
            f"select n.*, b.bulletin_id, {_NOTHING} from no_bulletin_before n join bulletin b using (capture_id)"
            " where b.bulletin_id not in (select bulletin_id from before)"
        )
        self._con.execute("drop table temp.reader_step")
        self._con.execute("drop table temp.no_bulletin_before")

    def _insert(self, was: str) -> None:
        set_files(self._con, "upgraded_files", sorted(self._files))
        _insert(
            self._con, was,
            "select s.bulletin_id, page.* exclude (bulletin_id) from read_parquet("
            "   getvariable('upgraded_files'), filename = true, file_row_number = true, hive_partitioning = false) page"
            " join (select bulletin_id, filename, file_row_number from seen"
            "   union all select bulletin_id, filename, file_row_number from aside) s"
            " on s.filename = page.filename and s.file_row_number = page.file_row_number",
        )  # fmt: skip


def record_rebuilt(con: duckdb.DuckDBPyConnection, results: Sequence[Path], acceptances: Sequence[Acceptance]) -> None:
    """The same for tables that were built anew: another reader's tables are attached as `old`. Call it once."""
    steps = con.execute(
        "with was as (select distinct unnest(source_ids) as source_id, reader_version from old.bantin.loaded_result),"
        " now as (select distinct unnest(source_ids) as source_id, reader_version from bantin.loaded_result)"
        " select source_id, was.reader_version, now.reader_version from was join now using (source_id)"
        " where was.reader_version <> now.reader_version"
    ).fetchall()
    if not steps:
        return
    _tell_steps(con, steps, acceptances)
    set_files(con, "upgraded_files", results)
    now = (
        "select coalesce(m.into_id, page.bulletin_id) as bulletin_id, page.* exclude (bulletin_id) from read_parquet("
        "   getvariable('upgraded_files'), hive_partitioning = false) page"
        " left join bantin.same m on m.bulletin_id = page.bulletin_id"
        " qualify row_number() over (partition by capture_id order by warc_file, warc_offset) = 1"
    )
    _insert(con, _BULLETIN.format("old."), now)
    _insert(
        con,
        f"with n as ({_NO_BULLETIN.format('old.')}) select n.*, b.bulletin_id, {_NOTHING}"
        " from n join bulletin b using (capture_id) where b.bulletin_id not in (select bulletin_id from old.bulletin)",
        now,
    )
    con.execute("drop table temp.reader_step")


_NOTHING = ", ".join(f"null as {name}" for name in CONTENT)
_NO_BULLETIN = (
    "select capture_id, c.source_id, c.kind, l.reader_version"
    " from {0}capture c join {0}bantin.loaded_result l on list_contains(l.warc_files, c.warc_file)"
    " where c.kind <> 'bulletin'"
)
# The counter in `bulletin` is that of the latest capture, not of the one that the rest of the row came from.
_BULLETIN = (
    "select b.capture_id, b.bulletin_id, b.source_id, 'bulletin' as kind, b.reader_version,"
    f" {', '.join(f'b.{name}' for name in CONTENT if name != 'view_count')}, ("
    "   select min(v.views) from {0}view_count v"
    "   where v.bulletin_id = b.bulletin_id and v.observed_at = c.fetched_at) as view_count"
    " from {0}bulletin b join {0}capture c using (capture_id)"
)


def _tell_steps(
    con: duckdb.DuckDBPyConnection, steps: Iterable[tuple[str, str, str]], acceptances: Sequence[Acceptance]
) -> None:
    """Temporary table reader_step: which readers followed which, and when somebody agreed."""
    con.execute(
        "create or replace temp table reader_step"
        " (source_id varchar, from_reader varchar, to_reader varchar, accepted_at timestamptz)"
    )
    for step in sorted(steps):
        agreed = [given.accepted_at for given in acceptances if given.covers(*step)]
        con.execute("insert into reader_step values (?, ?, ?, ?)", [*step, agreed[-1] if agreed else None])


def _insert(con: duckdb.DuckDBPyConnection, was: str, now: str) -> None:
    compared = _compared(
        was, now, "was.bulletin_id, was.source_id, was.reader_version as from_reader, now.reader_version as to_reader"
    )
    con.execute(
        "insert into reader_change"
        " select d.bulletin_id, d.field, d.old, d.new, d.from_reader, d.to_reader, s.accepted_at"
        f" from ({compared}) d join reader_step s using (source_id, from_reader, to_reader)"
        " order by d.bulletin_id, d.field_no"
    )


def _compared(was: str, now: str, columns: str, order: str | None = None) -> str:
    """SQL: these columns, then field_no, field, old, new; a row a field that differs.

    was, now  queries that give capture_id, bulletin_id, kind and the content columns of read results
    """
    statement = (
        f"with was as ({was}), now as ({now}), pair as (select {columns}, {_fields()} as fields from was join now"
        " using (capture_id)), field as (select * exclude (fields), unnest(fields) as f from pair)"
        " select * exclude (f), f.no as field_no, f.name as field, f.old as old, f.new as new from field"
        " where f.old is distinct from f.new"
    )
    return f"{statement} order by {order}" if order else statement


@cache
def _fields() -> str:
    """A list of {no, name, old, new}, for every column that a reader fills."""
    parts = [
        f"{{'no': {number}, 'name': '{name}', 'old': {_text('was', name)}, 'new': {_text('now', name)}}}"
        for number, name in enumerate(("bulletin_id", "kind", *CONTENT))
    ]
    return f"[{', '.join(parts)}]"


def _text(table: str, name: str) -> str:
    kind = SCHEMA.field(name).type
    if pa.types.is_list(kind):
        return f"nullif(to_json({table}.{name})::varchar, '[]')"
    if pa.types.is_timestamp(kind):
        return f"replace(({table}.{name}::timestamptz at time zone 'UTC')::varchar, ' ', 'T') || 'Z'"
    return f"{table}.{name}::varchar"
