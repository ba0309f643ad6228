"""What a bulletin tells as rows of tables: ids of organizations, documents and events are made here, those of people
when all bulletins are known (`same_person`); until then a person is its `name_key`.

A pure function, so that any process may run it; `COLUMNS` has the columns of each kind of row in order.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from pipelines.normalize.awards import distinct_awards
from pipelines.normalize.bulletin import LineFinds, Normalized
from pipelines.normalize.mentions import (
    DocumentMention,
    Organization,
    OrganizationMention,
    PersonMention,
    Position,
)
from pipelines.normalize.organization_validity import validity
from pipelines.normalize.same_document import document_id, document_key, short_number
from pipelines.normalize.same_organization import organization_ids
from pipelines.normalize.same_person import name_key
from pipelines.reference import table

Row = tuple[Any, ...]
_PLACE = ("line_no", "char_start", "char_end")
_KEY = ("bulletin_id", "version")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "appearance": (*_KEY, "name_key", "name", "ranks", "posts", "organizations", "authored"),
    "found_organization": (*_KEY, "organization_id", "name", "abbreviation", "unit_code", "kind", "sphere",
                           "military_region", "parent_id", "valid_from", "valid_to"),
    "found_alias": (*_KEY, "alias", "organization_id", "alias_kind"),
    "found_document": (*_KEY, "line_no", "char_start", "document_type", "number", "short_number", "issuer_id",
                       "issued_on", "subject", "own_id"),
    "organization_mention": (*_KEY, "organization_id", *_PLACE, "surface", "zone"),
    "person_mention": (*_KEY, "name_key", *_PLACE, "surface", "zone", "mention_kind", "rank", "title"),
    "person_position": (*_KEY, "name_key", "position", "organization_id", "rank", "as_of", "status", "line_no"),
    "document_mention": (*_KEY, "own_id", *_PLACE, "surface", "zone"),
    "event": ("event_id", *_KEY, "event_type", "subtype", "topic", "start_date", "end_date", "precision",
              "part_of_day", "place", "mode", "organizer_id", "date_basis", "line_no"),
    "event_participant": (*_KEY, "event_id", "name_key", "organization_id", "role", "line_no"),
    "programme_mention": (*_KEY, "name", "kind", *_PLACE),
    "quantity": (*_KEY, *_PLACE, "surface", "value", "value_max", "unit", "counts", "qualifier"),
    "award": (*_KEY, "award", "giver_id", "groups", "persons", "name_key", "organization_id", "status", "line_no"),
    "period": (*_KEY, "surface", "kind", "start_date", "end_date", "line_no"),
    "found_doubt": (*_KEY, "rule", "severity", "detail"),
}  # fmt: skip

_WIDE = frozenset({
    "ministry", "general department", "military region", "corps", "service", "government", "state", "command",
})  # fmt: skip
"""Kinds of owners that are too wide to tell two people of one name apart."""


def rows_of(
    bulletin_id: str, version: int, source_id: str, as_of: date | None, found: Normalized
) -> dict[str, list[Row]]:
    """The rows of one version of a bulletin, by table as in COLUMNS.

    as_of  day its statements are of: publication, else the bulletin's lower bound
    found  what its text tells
    """
    return _Rows(bulletin_id, version, source_id, as_of, found).rows


class _Rows:
    """Fills `rows`; one object a version."""

    def __init__(self, bulletin_id: str, version: int, source_id: str, as_of: date | None, found: Normalized) -> None:
        self.key = (bulletin_id, version)
        self.found = found
        self.organizations = found.organizations.found
        self.ids = organization_ids(self.organizations, source_id)
        self.by_name = {organization.name: index for index, organization in enumerate(self.organizations)}
        self.people = [name_key(person.name) for person in found.people.found]
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self._add_organizations()
        self._add_people(as_of)
        self._issuers = self._issuers_told()
        for line in found.lines:
            self._add_line(line)
        self._add_awards()
        self._add_events()
        self.rows["found_doubt"] = [(*self.key, doubt.rule, doubt.severity, doubt.detail) for doubt in found.doubts]

    def _add(self, name: str, *values: Any) -> None:
        self.rows[name].append((*self.key, *values))

    def _organization(self, index: int | None) -> str | None:
        return None if index is None else self.ids[index]

    def _parent(self, organization: Organization) -> int | None:
        return self.by_name.get(organization.parent) if organization.parent else None

    def _person(self, index: int | None) -> str | None:
        return None if index is None else self.people[index]

    def _add_organizations(self) -> None:
        for organization, id_ in zip(self.organizations, self.ids, strict=True):
            parent = self._organization(self._parent(organization))
            known_from, known_to = validity(organization.name)
            self._add(
                "found_organization", id_, organization.name, organization.abbreviation, organization.unit_code,
                organization.kind, organization.sphere, organization.military_region,
                parent if parent != id_ else None, known_from, known_to,
            )  # fmt: skip
        aliases: set[tuple[str, str, str]] = set()
        for mention in self.found.organizations.mentions:
            self._add("organization_mention", self.ids[mention.index], *_place(mention), mention.surface, mention.zone)
            aliases.add((mention.surface, self.ids[mention.index], mention.kind))
        for organization, id_ in zip(self.organizations, self.ids, strict=True):
            for alias, kind in ((organization.abbreviation, "abbreviation"), (organization.unit_code, "unit_code")):
                if alias:
                    aliases.add((alias, id_, kind))
        for told in sorted(aliases):
            self._add("found_alias", *told)

    def _add_people(self, as_of: date | None) -> None:
        people = self.found.people
        named: dict[int, list[PersonMention]] = defaultdict(list)
        posted: dict[int, list[Position]] = defaultdict(list)
        for mention in people.mentions:
            named[mention.index].append(mention)
        for position in people.positions:
            posted[position.index].append(position)
        for index, person in enumerate(people.found):
            mentions, positions = named[index], posted[index]
            ranks = {order for mention in mentions if (order := rank_order(mention.rank)) is not None}
            organizations = {id_ for position in positions for id_ in self._near(position.organization)}
            authored = all(mention.kind in ("author", "photographer") for mention in mentions)
            self._add(
                "appearance", self.people[index], person.name, sorted(ranks),
                sorted({position.position for position in positions}), sorted(organizations), authored,
            )  # fmt: skip
        for mention in people.mentions:
            self._add(
                "person_mention", self.people[mention.index], *_place(mention), mention.surface, mention.zone,
                mention.kind, mention.rank, mention.title,
            )  # fmt: skip
        for position in _once(people.positions):
            self._add(
                "person_position", self.people[position.index], position.position,
                self._organization(position.organization), position.rank, as_of, position.status, position.line_no,
            )  # fmt: skip

    def _near(self, index: int | None) -> list[str]:
        """The organization and those above it, up to the first that is too wide."""
        if index is None:
            return []
        near = [self.ids[index]]
        for _ in range(8):
            above = self._parent(self.organizations[index])
            if above is None or self.organizations[above].kind in _WIDE:
                break
            near.append(self.ids[above])
            index = above
        return near

    def _add_line(self, finds: LineFinds) -> None:
        line_no, zone, text = finds.line
        for quantity in finds.quantities:
            self._add(
                "quantity", line_no, quantity.start, quantity.end, text[quantity.start : quantity.end], quantity.value,
                quantity.value_max, quantity.unit or None, quantity.counts or None, quantity.qualifier,
            )  # fmt: skip
        for document in finds.documents:
            issuer = self._issuers.get(_called(document))
            own = document_id(document_key(document, issuer))
            surface = text[document.start : document.end]
            self._add(
                "found_document", line_no, document.start, document.document_type, document.number,
                short_number(document.number), issuer, document.issued_on, document.subject, own,
            )  # fmt: skip
            self._add("document_mention", own, line_no, document.start, document.end, surface, zone)
        for programme in finds.programmes:
            self._add("programme_mention", programme.name, programme.kind, line_no, programme.start, programme.end)
        for period in finds.periods:
            self._add(
                "period", text[period.start : period.end], period.kind, period.start_date, period.end_date, line_no
            )

    def _add_awards(self) -> None:
        """Once each: a caption that repeats the text gives nothing further."""
        for award in distinct_awards([award for finds in self.found.lines for award in finds.awards]):
            self._add(
                "award", award.award, self._organization(award.giver), award.groups, award.persons,
                self._person(award.person), self._organization(award.organization), award.status, award.line_no,
            )  # fmt: skip

    def _issuers_told(self) -> dict[tuple[str, str | None], str]:
        """Who issued each document: one bulletin means one document by a number, that of the first issuer it tells
        (`Nghị quyết 623 của Quân ủy Trung ương`, later `Nghị quyết 623`)."""
        here = self._ids_by_key()
        told: dict[tuple[str, str | None], str] = {}
        for finds in self.found.lines:
            for document in finds.documents:
                if not document.issuer:
                    continue
                key = name_key(document.issuer)
                # Known organizations have their id without being named in the bulletin.
                if (issuer := here.get(key) or _known_ids().get(key)) is not None:
                    told.setdefault(_called(document), issuer)
        return told

    def _ids_by_key(self) -> dict[str, str]:
        """Names and abbreviations of the bulletin's organizations; of two that share one the first."""
        ids: dict[str, str] = {}
        for organization, id_ in zip(self.organizations, self.ids, strict=True):
            for name in (organization.name, organization.abbreviation):
                if name:
                    ids.setdefault(name_key(name), id_)
        return ids

    def _add_events(self) -> None:
        for number, event in enumerate(self.found.events):
            event_id = _digest(*map(str, self.key), str(number))
            self.rows["event"].append((
                event_id, *self.key, event.event_type, event.subtype, event.topic, event.start_date, event.end_date,
                event.precision, event.part_of_day, event.place, event.mode, self._organization(event.organizer),
                event.date_basis, event.line_no,
            ))  # fmt: skip
            for participant in event.participants:
                self._add(
                    "event_participant", event_id, self._person(participant.person),
                    self._organization(participant.organization), participant.role, participant.line_no,
                )  # fmt: skip


def _called(document: DocumentMention) -> tuple[str, str | None]:
    return document.document_type, short_number(document.number) or document.number or document.subject


def _place(mention: OrganizationMention | PersonMention) -> tuple[int, int, int]:
    return mention.line_no, mention.start, mention.end


def _once(positions: tuple[Position, ...]) -> list[Position]:
    """The first of each person, post, organization and status; without organization only where no other has one."""
    first: dict[tuple[int, str, int | None, str], Position] = {}
    for position in positions:
        first.setdefault((position.index, position.position, position.organization, position.status), position)
    placed = {(p.index, p.position, p.status) for p in first.values() if p.organization is not None}
    return [p for p in first.values() if p.organization is not None or (p.index, p.position, p.status) not in placed]


@cache
def _rank_orders() -> dict[str, int]:
    return {row["rank"]: int(float(row["order"])) for row in reversed(table("ranks"))}


def rank_order(rank: str | None) -> int | None:
    """1 (Binh nhì) to 17 (Đại tướng); None: no rank of the table."""
    return _rank_orders().get(rank) if rank else None


@cache
def _known_ids() -> dict[str, str]:
    known = [Organization(row["name"], row["parent"] or None) for row in table("organizations")]
    ids = organization_ids(known, "")
    return {name_key(organization.name): id_ for organization, id_ in zip(known, ids, strict=True)}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
