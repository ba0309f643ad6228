"""One version of a bulletin in, everything it tells out: the only entry to normalization. Never raises for any text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
from pipelines.normalize.spelling import lower, plain
from pipelines.records import Doubt

NORMALIZER = 1
"""Bumped by hand whenever the same text is to be understood otherwise; tests/test_normalized.py fails if that is
forgotten. The tables of mentions are then made anew by the next load."""

_NOT_READ = frozenset({"byline"})
"""Zones that tell no organizations, documents or quantities: only who wrote and photographed."""


@dataclass(frozen=True, slots=True)
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
    people = find_people(bulletin, find_organizations(bulletin))
    organizations = people.organizations
    told = [line for line in bulletin.lines if line.zone not in _NOT_READ]
    dates = {line.line_no: tuple(find_dates(line.text, bulletin.anchor)) for line in told}
    lines = _finds(told, dates, bulletin, people)
    events = find_events(bulletin, organizations, people, dates)
    doubts = check(bulletin, lines, events)
    return Normalized(organizations, people, events, lines, doubts)


def _is_a_law_by_name(document: DocumentMention) -> bool:
    """`Luật Nghĩa vụ quân sự`, `Luật Đất đai năm 2024` without number or day: a subject."""
    return document.document_type in LAWS and document.number is None and document.issued_on is None


def _of_labour(date: DateMention, text: str) -> bool:
    """Whether it counts days of work, which are a quantity: `150 ngày công`."""
    return date.kind == "duration" and lower(plain(text[date.end : date.end + 12]).text).startswith(" công")


def _finds(
    told: Sequence[TextLine], dates: Mapping[int, tuple[DateMention, ...]], bulletin: BulletinText, people: People
) -> tuple[LineFinds, ...]:
    """What each line tells by itself. One finder reads all lines before the next does: by turns they would push each
    other's tables out of the processor's memory."""
    documents = [tuple(find_documents(line.text, bulletin.anchor)) for line in told]
    quantities = [
        tuple(find_quantities(line.text, taken=_taken(line.text, dates[line.line_no], found)))
        for line, found in zip(told, documents, strict=True)
    ]
    programmes = [tuple(find_programmes(line.text)) for line in told]
    periods = [tuple(periods_of(dates[line.line_no], line.text)) for line in told]
    awards = [tuple(find_awards(line.line_no, line.zone, line.text, people.organizations, people)) for line in told]
    kept = numbered([(line.text, found) for line, found in zip(told, documents, strict=True)])
    return tuple(
        LineFinds(
            line=line,
            dates=dates[line.line_no],
            quantities=quantities[n],
            documents=tuple(document for document in kept[n] if not _is_a_law_by_name(document)),
            programmes=programmes[n],
            periods=periods[n],
            awards=awards[n],
        )
        for n, line in enumerate(told)
    )


def _taken(text: str, dates: Sequence[DateMention], documents: Sequence[DocumentMention]) -> list[tuple[int, int]]:
    """Spans in which no number is a quantity."""
    spans = [(date.start, date.end) for date in dates if not _of_labour(date, text)]
    return spans + [(document.start, document.end) for document in documents]


@cache
def normalizer_version() -> str:
    """NORMALIZER and a digest of the tables of facts, e.g. `1-9f2c61d0aa14`; not of the code, as with the reader's."""
    folder = files("pipelines.reference")
    tables = sorted(path.name for path in folder.iterdir() if path.name.endswith(".tsv"))
    digest = hashlib.sha256(b"\n".join((folder / name).read_bytes() for name in tables))
    return f"{NORMALIZER}-{digest.hexdigest()[:12]}"
