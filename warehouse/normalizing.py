"""Mentions into tables: versions that are new or changed are normalized, and what spans bulletins is told anew for
every name, organization and document they touch, from all mentions of it. Ten part-loads give what one gives.

Runs inside the transaction of a load, so that no bulletin is ever seen without its mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, groupby
from typing import Any, NamedTuple

import duckdb

from pipelines.normalize.bulletin import TOGETHER, normalize_together, normalizer_version
from pipelines.normalize.date_values import VIETNAM
from pipelines.normalize.mentions import BulletinText, TextLine
from pipelines.normalize.rows import COLUMNS, Row, rows_of
from pipelines.normalize.same_person import Appearance, Identity, tell_apart
from pipelines.text import fold
from warehouse import sql
from warehouse.arrow import insert_rows
from warehouse.stories import tell_stories

BATCH = 1_000
"""Versions normalized and written at a time: their texts and rows are what a load holds in memory."""

NOT_NORMALIZED = "not-normalized"
"""Rule of the doubt that an error in our own code gives."""

_STAGED = frozenset({"person_mention", "person_position", "event_participant", "award", "document_mention"})
_TEMPORARY = (
    "normalizer_now", "stale_source", "looked_at", "input", "forgotten", "to_normalize", "touched_name",
    "touched_person",
    "touched_organization", "touched_document", "batch", "told_apart", "moved_person", "found_again",
    *(f"stage_{name}" for name in sorted(_STAGED)),
)  # fmt: skip


TOLD_BY = frozenset({
    "organization", "organization_alias", "organization_mention", "person", "person_mention", "person_position",
    "document", "document_mention", "event", "event_participant", "programme_mention", "quantity", "award", "period",
    "story", "issue", "bulletin",
})  # fmt: skip
"""Tables that say something else under another version of normalization; of `bulletin` it is story_id, duplicate_of."""


class VersionText(NamedTuple):
    """One version of a bulletin to be normalized; picklable, for worker processes."""

    bulletin_id: str
    version: int
    source_id: str
    as_of: date | None
    text: BulletinText


Rows = dict[str, list[Row]]
Group = Sequence[VersionText]
Mapper = Callable[[Callable[[Group], list[Rows]], Iterable[Group]], Iterable[list[Rows]]]
"""As the built-in `map`; another may share the work among processes, in order."""


@dataclass(frozen=True, slots=True)
class NormalizeOutcome:
    """versions: normalized by this load; anew: of these, those that were before, by another normalizer."""

    versions: int = 0
    anew: int = 0


def normalize_group(versions: Group) -> list[Rows]:
    """The rows of each version; a function of the module, so that worker processes find it.

    A text that nobody foresaw stops no load: it is a doubt of this version, which then tells nothing else.
    """
    try:
        return _rows_of(versions)
    except Exception as error:
        if len(versions) > 1:  # which of them it was
            return [rows for version in versions for rows in normalize_group([version])]
        doubt = (
            versions[0].bulletin_id,
            versions[0].version,
            NOT_NORMALIZED,
            "error",
            f"{type(error).__name__}: {error}"[:300],
        )
        return [{"found_doubt": [doubt]}]


def _rows_of(versions: Group) -> list[Rows]:
    found = normalize_together([version.text for version in versions])
    return [
        rows_of(version.bulletin_id, version.version, version.source_id, version.as_of, told)
        for version, told in zip(versions, found, strict=True)
    ]


def normalize_new(con: duckdb.DuckDBPyConnection, mapper: Mapper = map) -> NormalizeOutcome:
    """Bring the tables of mentions up to what the bulletins say; the same again changes nothing.

    con  a writer's, inside a transaction whose `touched` names the bulletins it computed again; `source` is up to date
    """
    con.execute("create temp table if not exists touched (bulletin_id varchar, by_file boolean)")
    con.execute("create or replace temp table normalizer_now (source_id varchar, key varchar)")
    insert_rows(con, "temp.normalizer_now", ("source_id", "key"), list(_keys(con).items()))
    con.execute(sql.query("normalize_looked_at"))
    counted = con.execute(
        "select (select count(*) from looked_at), (select count(*) from to_normalize),"
        " (select count(*) from forgotten), (select count(*) from to_normalize where source_id in (from stale_source))"
    ).fetchone()
    assert counted is not None
    looked_at, todo, forgotten, stale = counted
    if todo or forgotten:
        con.execute(sql.query("normalize_forget"))
        _normalize(con, mapper)
        _tell_people(con)
        con.execute(sql.query("normalize_organizations"))
        con.execute(sql.query("normalize_documents"))
        con.execute("insert into bantin.normalized select bulletin_id, version, digest from to_normalize order by all")
    if looked_at:  # a load that brings nothing has nothing to tell
        con.execute(sql.query("normalize_issues"))
        tell_stories(con)
        con.execute("delete from bantin.normalizer")
        con.execute("insert into bantin.normalizer from normalizer_now")
    for table in _TEMPORARY:
        con.execute(f"drop table if exists temp.{table}")
    return NormalizeOutcome(todo, min(forgotten, stale))


def is_behind(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are bulletins of which another version of normalization told, or none."""
    known = dict(con.execute("select source_id, key from bantin.normalizer").fetchall())
    told = {source_id for (source_id,) in con.execute("select distinct source_id from bulletin").fetchall()}
    return any(known.get(source_id) != key for source_id, key in _keys(con).items() if source_id in told)


def _keys(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Of each source, all that its bulletins are normalized with besides their own text."""
    rows = con.execute("select source_id, publisher, coalesce(sphere, '') from source order by source_id").fetchall()
    return {source_id: f"{normalizer_version()} {sphere} {publisher}" for source_id, publisher, sphere in rows}


def _normalize(con: duckdb.DuckDBPyConnection, mapper: Mapper) -> None:
    """Normalize `to_normalize` in batches of BATCH, in the order of bulletin and version."""
    last = ("", 0)
    while True:
        con.execute(
            "create or replace temp table batch as select * from to_normalize"
            f" where (bulletin_id, version) > ($bulletin, $version) order by bulletin_id, version limit {BATCH}",
            {"bulletin": last[0], "version": last[1]},
        )
        texts = [_text(*row) for row in con.execute(sql.query("normalize_texts")).fetchall()]
        if not texts:
            return
        merged: Rows = {name: [] for name in COLUMNS}
        groups = [texts[at : at + TOGETHER] for at in range(0, len(texts), TOGETHER)]
        for rows in chain.from_iterable(mapper(normalize_group, groups)):
            for name, found in rows.items():
                merged[name].extend(found)
        for name, found in merged.items():
            _insert(con, name, found)
        last = (texts[-1].bulletin_id, texts[-1].version)


def _text(
    bulletin_id: str, version: int, source_id: str, as_of: date | None, published_on: date | None,
    agency_prefix: str | None, authors: list[str], photographers: list[str], publisher: str | None, sphere: str | None,
    updated_ms: int | None, lines: list[tuple[int, str, str]] | None,
) -> VersionText:  # fmt: skip
    text = BulletinText(
        lines=tuple(TextLine(*line) for line in lines or ()),
        published_on=published_on,
        agency_prefix=agency_prefix,
        publisher=publisher or "",
        sphere=sphere,
        authors=tuple(authors),
        photographers=tuple(photographers),
        updated_on=None if updated_ms is None else datetime.fromtimestamp(updated_ms / 1000, VIETNAM).date(),
    )
    return VersionText(bulletin_id, version, source_id, as_of, text)


def _insert(con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row]) -> None:
    if name in _STAGED:
        target = f"temp.stage_{name}"
    else:
        target = f"bantin.{name}" if name.startswith("found_") or name == "appearance" else f"main.{name}"
    insert_rows(con, target, COLUMNS[name], rows)


def _tell_people(con: duckdb.DuckDBPyConnection) -> None:
    """Who is who among the names that were found anew or forgotten."""
    con.execute(
        "insert into touched_name select distinct name_key from bantin.appearance"
        " where (bulletin_id, version) in (select (bulletin_id, version) from to_normalize)"
    )
    rows = con.execute(sql.query("normalize_appearances")).fetchall()
    people: list[Row] = []
    told: list[Row] = []
    for name_key, of_name in groupby(rows, key=lambda row: row[0]):
        for identity in tell_apart([_appearance(*row[1:]) for row in of_name]):
            people.append(_person_row(identity))
            told.extend((name_key, bulletin_id, identity.person_id) for bulletin_id in sorted(identity.bulletins))
    con.execute("create or replace temp table told_apart (name_key varchar, bulletin_id varchar, person_id varchar)")
    insert_rows(con, "temp.told_apart", ("name_key", "bulletin_id", "person_id"), told)
    con.execute(sql.query("normalize_people"))
    columns = ("person_id", "full_name", "folded_name", "sphere", "first_seen_on", "last_seen_on", "merge_basis")
    insert_rows(con, "main.person", columns, people)


def _appearance(
    bulletin_id: str, source_id: str, sphere: str | None, published_on: date | None, name: str, ranks: list[int],
    posts: list[str], organizations: list[str], authored: bool,
) -> Appearance:  # fmt: skip
    return Appearance(
        bulletin_id, source_id, sphere, published_on, name, frozenset(ranks), frozenset(posts),
        frozenset(organizations), authored,
    )  # fmt: skip


def _person_row(identity: Identity) -> tuple[Any, ...]:
    return (
        identity.person_id, identity.name, fold(identity.name), identity.sphere, identity.first_on, identity.last_on,
        identity.basis,
    )  # fmt: skip
