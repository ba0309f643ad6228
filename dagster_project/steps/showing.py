"""Why a bulletin looks as it does: everything the snapshot knows of one URL, and its stored bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawlers.archive import read_record
from dagster_project.steps.home import Home
from pipelines.records import BantinError
from warehouse.query import open_snapshot

Row = dict[str, Any]


class NotFound(BantinError):
    """No URL or id of the snapshot is the one asked for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What `bantin show` prints. Rows are dictionaries with the warehouse's column names.

    bulletin  None where the page is no bulletin
    evidence  candidates of every field of the current version; candidate_no 0 is the reason of a NULL
    images, attachments  of the current version, in page order
    people, organizations, events, documents  that the current version tells of, with the lines that do
    copies    other bulletins of the same story
    """

    url: Row
    aliases: list[Row]
    captures: list[Row]
    bulletin: Row | None
    versions: list[Row]
    lines: list[Row]
    evidence: list[Row]
    images: list[Row]
    attachments: list[Row]
    status: list[Row]
    issues: list[Row]
    people: list[Row]
    organizations: list[Row]
    events: list[Row]
    documents: list[Row]
    copies: list[Row]


_PEOPLE = """
select p.full_name, any_value(m.rank) filter (m.rank is not null) as rank, any_value(m.title) as title,
    (select list(t.position || coalesce(' – ' || o.name, '')
            || case t.status when 'current' then '' else ' (' || t.status || ')' end order by t.line_no)
        from person_position t left join organization o using (organization_id)
        where t.person_id = p.person_id and t.bulletin_id = $1 and t.version = $2) as posts,
    list(distinct m.line_no order by m.line_no) as lines, p.person_id
from person_mention m join person p using (person_id)
where m.bulletin_id = $1 and m.version = $2
group by p.person_id, p.full_name order by lines, p.full_name
"""
_ORGANIZATIONS = """
select o.name, a.name as parent, o.abbreviation, o.unit_code, list(distinct m.line_no order by m.line_no) as lines,
    o.organization_id
from organization_mention m join organization o using (organization_id)
left join organization a on a.organization_id = o.parent_id
where m.bulletin_id = $1 and m.version = $2
group by all order by lines, o.name
"""
_EVENTS = """
select e.*, o.name as organizer,
    (select list(coalesce(p.full_name, u.name) || ' (' || x.role || ')' order by x.line_no, p.full_name)
        from event_participant x left join person p using (person_id)
        left join organization u on u.organization_id = x.organization_id
        where x.event_id = e.event_id) as participants
from event e left join organization o on o.organization_id = e.organizer_id
where e.bulletin_id = $1 and e.version = $2 order by e.line_no
"""
_DOCUMENTS = """
select d.document_type, d.number, d.subject, o.name as issuer, list(distinct m.line_no order by m.line_no) as lines
from document_mention m join document d using (document_id) left join organization o on o.organization_id = d.issuer_id
where m.bulletin_id = $1 and m.version = $2
group by all order by lines
"""
_COPIES = """
select s.bulletin_id, s.kind, s.similarity, s.reason, b.source_id, b.title
from story s join bulletin b using (bulletin_id)
where s.story_id = (select story_id from bulletin where bulletin_id = $1) and s.bulletin_id <> $1 order by s.bulletin_id
"""


def show(home: Home, wanted: str) -> Shown:
    """What there is of one bulletin id, capture id, URL or file name (`seeds/a.txt`), from the published snapshot."""
    with open_snapshot(home.path) as con:
        return _shown(con, _bulletin_id(con, wanted))


def raw_bytes(home: Home, wanted: str) -> tuple[bytes, Row]:
    """(bytes as archived, the capture's row) of the current capture of a bulletin, or of a capture id."""
    with open_snapshot(home.path) as con:
        captures = _rows(con, "select * from capture where capture_id = lower($1)", wanted)
        if not captures:
            shown = _shown(con, _bulletin_id(con, wanted))
            current = shown.bulletin["capture_id"] if shown.bulletin else None
            captures = [c for c in shown.captures if c["capture_id"] == current] or shown.captures[-1:]
    if not captures:
        raise NotFound(f"{wanted}: known, but no capture of it is stored.")
    capture = captures[0]
    record = read_record(home.raw, capture["warc_file"], capture["warc_offset"])
    return record.capture.payload, capture


def _bulletin_id(con: Any, wanted: str) -> str:
    # An address may be a row of its own, and an alias of one that led to it or that it repeats.
    found = _rows(
        con,
        "select bulletin_id, 1 + 2 * (state = 'duplicate')::int as rank from url where url in ($1, 'file:' || $1)"
        " union select bulletin_id, 0 from url where bulletin_id = lower($1)"
        " union select a.bulletin_id, 2 from url_alias a join url u using (bulletin_id) where a.url = $1"
        " union select u.bulletin_id, 0 from capture c join url u on u.source_id = c.source_id and u.url = c.url"
        " where c.capture_id = lower($1)",
        wanted,
    )
    ids = sorted({row["bulletin_id"] for row in found if row["rank"] == min(one["rank"] for one in found)})
    if not ids:
        near = _rows(con, "select url from url where contains(url, $1) order by url limit 3", wanted)
        hint = f" Did you mean {', '.join(row['url'] for row in near)}?" if near else ""
        raise NotFound(
            f"{wanted}: no bulletin id, capture id or URL of the published snapshot.{hint}"
            ' `bantin sql "select bulletin_id, url from url"` lists all.'
        )
    if len(ids) > 1:
        raise NotFound(f"{wanted}: several sources have it; name one by its id: {', '.join(ids)}.")
    return str(ids[0])


def _shown(con: Any, bulletin_id: str) -> Shown:
    bulletins = _rows(con, "select * from bulletin where bulletin_id = $1", bulletin_id)
    version = bulletins[0]["version"] if bulletins else 0
    urls = _rows(con, "select * from url where bulletin_id = $1", bulletin_id)
    aliases = _rows(con, "select * from url_alias where bulletin_id = $1 order by url", bulletin_id)
    names = [urls[0]["url"], *(row["url"] for row in aliases)]
    return Shown(
        url=urls[0],
        aliases=aliases,
        captures=_rows(
            con,
            "select * from capture where source_id = $1 and list_contains($2, url) order by fetched_at",
            urls[0]["source_id"],
            names,
        ),
        bulletin=bulletins[0] if bulletins else None,
        versions=_rows(con, "select * from bulletin_version where bulletin_id = $1 order by version", bulletin_id),
        lines=_rows(
            con,
            "select * from bulletin_line where bulletin_id = $1 and version = $2 order by line_no",
            bulletin_id,
            version,
        ),
        evidence=_rows(
            con,
            "select * from field_evidence where bulletin_id = $1 and version = $2 order by field, candidate_no",
            bulletin_id,
            version,
        ),
        images=_rows(
            con, "select * from image where bulletin_id = $1 and version = $2 order by item_no", bulletin_id, version
        ),
        attachments=_rows(
            con,
            "select * from attachment where bulletin_id = $1 and version = $2 order by item_no",
            bulletin_id,
            version,
        ),
        status=_rows(con, "select * from bulletin_status where bulletin_id = $1 order by since", bulletin_id),
        issues=_rows(con, "select * from issue where bulletin_id = $1 or url = $2", bulletin_id, urls[0]["url"]),
        people=_rows(con, _PEOPLE, bulletin_id, version),
        organizations=_rows(con, _ORGANIZATIONS, bulletin_id, version),
        events=_rows(con, _EVENTS, bulletin_id, version),
        documents=_rows(con, _DOCUMENTS, bulletin_id, version),
        copies=_rows(con, _COPIES, bulletin_id),
    )


def _rows(con: Any, sql: str, *values: Any) -> list[Row]:
    cursor = con.execute(sql, list(values))
    names: Sequence[str] = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
