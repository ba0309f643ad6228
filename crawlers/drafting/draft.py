"""A source file drafted from a survey: its text, the source it makes, how its sample reads, fixtures. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from crawlers.drafting.family import FoundFamily, family_of
from crawlers.drafting.holdable import holdable
from crawlers.drafting.layout import DraftedLayout, draft_layout
from crawlers.drafting.naming import publisher_of, sphere_of
from crawlers.drafting.pages import Opened, listed_days, opened
from crawlers.drafting.rhythm import Rhythm, rhythm_of
from crawlers.drafting.writing import Facts, file_text
from crawlers.fixtures import Fixture
from crawlers.fixtures import draft as draft_fixture
from crawlers.looking import manners
from crawlers.source import Fetch, Source
from crawlers.source_file import source_of
from crawlers.survey.findings import Findings
from pipelines.normalize.dates import VIETNAM
from pipelines.records import Reading

_EXPECTED = ("title", "published_on", "body", "view_count")
"""Fields that a page has by its layout, not by what it tells: captions and credits come and go with the bulletin."""
_FIXTURES = 4
_LEAST_EXPECTED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One bulletin of the sample as it reads under the drafted file."""

    url: str
    title: str | None
    published_on: date | None
    listed_on: date | None
    words: int
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file nobody has written yet.

    text      of sources/<source_id>.toml; the strict reader takes it as `source`
    rows      of the sample, those that are bulletins
    fixtures  with their bytes, drafts
    estimate  bulletins it would collect, by its richest way; None: not to be told
    doubts    what a person should look at
    missing   rules that could not be found
    """

    source_id: str
    text: str
    source: Source
    family: FoundFamily
    layout: DraftedLayout
    rhythm: Rhythm
    rows: tuple[Row, ...]
    fixtures: tuple[tuple[Fixture, bytes], ...]
    estimate: int | None
    doubts: tuple[str, ...]
    missing: tuple[str, ...]


def draft_source(findings: Findings, source_id: str, url: str, *, now: datetime, allow_private: bool) -> Drafted:
    """The file for what a survey found.

    url            as the person gave it
    now            aware; the day in comments
    allow_private  the person's word, never the site's
    raises         source_values.Wrong: the findings make no valid file, a bug of ours
    """
    findings = holdable(findings)
    items = [item for way in findings.ways for item in way.items]
    pages, others = opened(source_id, findings.sample, listed_days(items, now))
    family = family_of(pages)
    layout = draft_layout(pages, family.name)
    rhythm = _rhythm(findings, pages, now)
    publisher, seen_at = publisher_of(findings.title, pages, findings.home)
    sphere, guessed = sphere_of(publisher, findings.home)
    missing = (*findings.missing, *_unread(pages))
    facts = Facts(
        source_id=source_id,
        url=url,
        day=now.astimezone(VIETNAM).date(),
        publisher=publisher,
        publisher_seen=seen_at,
        sphere=sphere,
        sphere_seen=guessed,
        findings=replace(findings, missing=missing),
        family=family,
        layout=layout,
        rhythm=rhythm,
        fetch=_fetch(findings, allow_private),
        expected=_expected(layout.readings),
        sample=len(pages),
        doubts=(*findings.doubts, *others[:5], *family.doubts, *layout.doubts),
    )
    text = file_text(facts)
    source = source_of(source_id, tomllib.loads(text))
    return Drafted(
        source_id,
        text,
        source,
        family,
        layout,
        rhythm,
        tuple(_row(page, reading, facts.expected) for page, reading in zip(pages, layout.readings, strict=True)),
        _fixtures(pages, layout.readings),
        max((way.estimate for way in findings.ways if way.estimate is not None), default=None),
        (*facts.doubts, *(doubt for way in findings.ways for doubt in way.doubts)),
        missing,
    )


def _rhythm(findings: Findings, pages: Sequence[Opened], now: datetime) -> Rhythm:
    """Of the way whose dated items are the densest: one section alone, or a page deep in the past, says too little.

    `since` is told only by a list that was read whole, beyond doubt, and reaches as far as any other, if no rule is
    missing and no sampled page is older: what a wrong one leaves out, nobody would notice.
    """
    ways = findings.ways
    today = now.astimezone(VIETNAM).date()
    furthest = max((way.estimate for way in ways if way.estimate is not None), default=0)
    read = [b.published_on for page in pages if (b := page.reading.bulletin) is not None and b.published_on is not None]
    found = []
    for way in ways:
        days = list(listed_days(way.items, now).values())
        whole = bool(days) and way.estimate is not None and furthest <= way.estimate <= len(days)
        whole = whole and not (way.doubts or findings.missing)
        complete = whole and all(min(days) <= day for day in read)
        rhythm = rhythm_of(days, today=today, complete=complete)
        if way.estimate is not None and way.estimate < furthest and rhythm.rhythm not in (None, "daily"):
            rhythm = replace(rhythm, rhythm=None, evidence=f"{rhythm.evidence}, only a part of what there is")
        span = (max(days) - min(days)).days + 1 if days else 1
        found.append((rhythm.rhythm is not None, len(days) / span, rhythm))
    return max(found, key=lambda item: item[:2], default=(False, 0.0, Rhythm()))[2]


def _fetch(findings: Findings, allow_private: bool) -> Fetch:
    return replace(manners(findings.hosts, allow_private), cookies=findings.cookies)


def _expected(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Fields that every bulletin of the sample has."""
    if len(readings) < _LEAST_EXPECTED:
        return ()
    return tuple(name for name in _EXPECTED if all(_has(reading, name) for reading in readings))


def _has(reading: Reading, name: str) -> bool:
    return reading.bulletin is not None and getattr(reading.bulletin, name) not in (None, ())


def _unread(pages: Sequence[Opened]) -> tuple[str, ...]:
    if pages:
        return ()
    return (
        "no page of the sample reads as a bulletin, so neither layout nor fields could be drafted; write [[layout]] by "
        "hand: docs/adding-a-source.md",
    )


def _row(page: Opened, reading: Reading, expected: Sequence[str]) -> Row:
    bulletin = reading.bulletin
    lacks = tuple(name for name in ("title", "published_on", "body") if not _has(reading, name))
    if bulletin is None:
        return Row(page.url, None, None, page.listed_on, 0, lacks)
    return Row(page.url, bulletin.title, bulletin.published_on, page.listed_on, bulletin.word_count, lacks)


def _fixtures(pages: Sequence[Opened], readings: Sequence[Reading]) -> tuple[tuple[Fixture, bytes], ...]:
    """Pages that differ most: with and without captions, the longest, the shortest; then by address."""
    both = list(zip(pages, readings, strict=True))
    if not both:
        return ()

    def size(at: int) -> int:
        bulletin = both[at][1].bulletin
        return bulletin.word_count if bulletin is not None else 0

    order = range(len(both))
    pictured = [at for at in order if _has(both[at][1], "captions")]
    plain = [at for at in order if at not in pictured]
    chosen = list(dict.fromkeys([*pictured[:1], *plain[:1], max(order, key=size), min(order, key=size), *order]))
    taken: list[tuple[Fixture, bytes]] = []
    for at in chosen[:_FIXTURES]:
        page, reading = both[at]
        fixture = draft_fixture(page.capture, reading, [known.file for known, _ in taken])
        taken.append((fixture, page.capture.payload))
    return tuple(taken)
