"""Versions of bulletins in, everything they tell out: the only entry to normalization. Never raises for any text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipelines.normalize.awards import find_awards
from pipelines.normalize.checks import check
from pipelines.normalize.dates import DateMention, find_dates
from pipelines.normalize.document_links import numbered
from pipelines.normalize.document_words import LAWS
from pipelines.normalize.documents import find_documents
from pipelines.normalize.events import find_events
from pipelines.normalize.mentions import (
    Award,
    BulletinText,
    DocumentMention,
    Event,
    Organizations,
    People,
    PeriodMention,
    ProgrammeMention,
    Quantity,
    TextLine,
)
from pipelines.normalize.numbers import find_quantities
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people
from pipelines.normalize.periods import periods_of
from pipelines.normalize.programmes import find_programmes
from pipelines.normalize.spelling import plain
from pipelines.records import Doubt
from pipelines.values import value

NORMALIZER = 1
"""Bumped by hand whenever the same text is to be understood otherwise; tests/test_normalized.py fails if that is
forgotten. The tables of mentions are then made anew by the next load."""

TOGETHER = 64
"""Bulletins to give `normalize_together` at a time: 4 save half of what 64 do, 96 no more. Their lines must fit into
what `spelling` remembers."""

_NOT_READ = frozenset({"byline"})
"""Zones that tell no organizations, documents or quantities: only who wrote and photographed."""


@value
class LineFinds:
    """What single lines tell by themselves: places are those of the line."""

    line: TextLine
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    documents: tuple[DocumentMention, ...]
    programmes: tuple[ProgrammeMention, ...]
    periods: tuple[PeriodMention, ...]
    awards: tuple[Award, ...]


@dataclass(frozen=True, slots=True)
class Normalized:
    """All that one version of a bulletin tells. lines: those that are read, in order; doubts: failed checks."""

    organizations: Organizations
    people: People
    events: tuple[Event, ...]
    lines: tuple[LineFinds, ...]
    doubts: tuple[Doubt, ...]


def normalize(bulletin: BulletinText) -> Normalized:
    """Dates, quantities, organizations, people, documents, events, awards, periods and programmes of a bulletin.

    A pure function of the text and NORMALIZER with its tables (`normalizer_version`).
    """
    return normalize_together((bulletin,))[0]


def normalize_together(bulletins: Sequence[BulletinText]) -> list[Normalized]:
    """`normalize` of each, in order; none of them touches what another tells.

    One finder reads all bulletins before the next one does: by turns the finders would push each other's code and
    patterns out of the processor's cache (some 3 MB of them against 1 MB), which costs a quarter of the time. TOGETHER
    at a time gives nearly all of it.
    """
    readings = [_Reading(bulletin) for bulletin in bulletins]
    for step in _STEPS:
        for reading in readings:
            step(reading)
    return [reading.normalized for reading in readings]


def _is_a_law_by_name(document: DocumentMention) -> bool:
    """`Luật Nghĩa vụ quân sự`, `Luật Đất đai năm 2024` without number or day: a subject."""
    return document.document_type in LAWS and document.number is None and document.issued_on is None


def _of_labour(date: DateMention, text: str) -> bool:
    """Whether it counts days of work, which are a quantity: `150 ngày công`."""
    return date.kind == "duration" and plain(text[date.end : date.end + 12]).low.startswith(" công")


class _Reading:
    """One bulletin on its way through the finders; each of _STEPS leaves here what the next ones ask for."""

    __slots__ = (
        "awards", "bulletin", "dates", "documents", "lines", "normalized", "organizations", "people", "periods",
        "programmes", "quantities",
    )  # fmt: skip
    organizations: Organizations
    people: People
    dates: dict[int, tuple[DateMention, ...]]
    documents: list[tuple[DocumentMention, ...]]
    quantities: list[tuple[Quantity, ...]]
    programmes: list[tuple[ProgrammeMention, ...]]
    periods: list[tuple[PeriodMention, ...]]
    awards: list[tuple[Award, ...]]
    normalized: Normalized

    def __init__(self, bulletin: BulletinText) -> None:
        self.bulletin = bulletin
        self.lines = [line for line in bulletin.lines if line.zone not in _NOT_READ]

    def find_organizations(self) -> None:
        self.organizations = find_organizations(self.bulletin)

    def find_people(self) -> None:
        self.people = find_people(self.bulletin, self.organizations)
        self.organizations = self.people.organizations

    def find_dates(self) -> None:
        anchor = self.bulletin.anchor
        self.dates = {line.line_no: tuple(find_dates(line.text, anchor)) for line in self.lines}

    def find_documents(self) -> None:
        anchor = self.bulletin.anchor
        self.documents = [tuple(find_documents(line.text, anchor)) for line in self.lines]

    def find_quantities(self) -> None:
        self.quantities = [
            tuple(find_quantities(line.text, taken=_taken(line.text, self.dates[line.line_no], documents)))
            for line, documents in zip(self.lines, self.documents, strict=True)
        ]

    def find_programmes(self) -> None:
        self.programmes = [tuple(find_programmes(line.text)) for line in self.lines]

    def find_periods(self) -> None:
        self.periods = [tuple(periods_of(self.dates[line.line_no], line.text)) for line in self.lines]

    def find_awards(self) -> None:
        self.awards = [
            tuple(find_awards(line.line_no, line.zone, line.text, self.organizations, self.people))
            for line in self.lines
        ]

    def find_events(self) -> None:
        events = find_events(self.bulletin, self.organizations, self.people, self.dates)
        lines = self._finds()
        doubts = check(self.bulletin, lines, events)
        self.normalized = Normalized(self.organizations, self.people, events, lines, doubts)

    def _finds(self) -> tuple[LineFinds, ...]:
        pairs = [(line.text, found) for line, found in zip(self.lines, self.documents, strict=True)]
        return tuple(
            LineFinds(
                line=line,
                dates=self.dates[line.line_no],
                quantities=self.quantities[n],
                documents=tuple(document for document in documents if not _is_a_law_by_name(document)),
                programmes=self.programmes[n],
                periods=self.periods[n],
                awards=self.awards[n],
            )
            for n, (line, documents) in enumerate(zip(self.lines, numbered(pairs), strict=True))
        )


_STEPS: tuple[Callable[[_Reading], None], ...] = (
    _Reading.find_organizations,
    _Reading.find_people,
    _Reading.find_dates,
    _Reading.find_documents,
    _Reading.find_quantities,
    _Reading.find_programmes,
    _Reading.find_periods,
    _Reading.find_awards,
    _Reading.find_events,
)


def _taken(text: str, dates: Sequence[DateMention], documents: Sequence[DocumentMention]) -> list[tuple[int, int]]:
    """Spans in which no number is a quantity."""
    if not dates and not documents:  # as in most lines
        return []
    spans = [(date.start, date.end) for date in dates if not _of_labour(date, text)]
    return spans + [(document.start, document.end) for document in documents]


@cache
def normalizer_version() -> str:
    """NORMALIZER and a digest of the tables of facts, e.g. `1-9f2c61d0aa14`; not of the code, as with the reader's."""
    folder = files("pipelines.reference")
    tables = sorted(path.name for path in folder.iterdir() if path.name.endswith(".tsv"))
    digest = hashlib.sha256(b"\n".join((folder / name).read_bytes() for name in tables))
    return f"{NORMALIZER}-{digest.hexdigest()[:12]}"
