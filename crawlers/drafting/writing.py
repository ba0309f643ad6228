"""The text of `sources/<id>.toml`: facts in the order of the built-in files, what was seen above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from crawlers.drafting.family import FoundFamily
from crawlers.drafting.layout import DraftedLayout
from crawlers.drafting.rhythm import Rhythm
from crawlers.drafting.toml_text import Literal, Value, comment, table
from crawlers.source import Discover, Expect, Fetch, UrlRules
from crawlers.survey.findings import Findings, FoundWay
from pipelines.identity import TWIN, UrlRule
from pipelines.records import Layout


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a file says. day: of the comments. expected: fields of [expect]. sample: bulletins that were read."""

    source_id: str
    url: str
    day: date
    publisher: str
    publisher_seen: str
    sphere: str | None
    sphere_seen: str
    findings: Findings
    family: FoundFamily
    layout: DraftedLayout
    rhythm: Rhythm
    fetch: Fetch
    expected: tuple[str, ...]
    sample: int
    doubts: tuple[str, ...]


def file_text(facts: Facts) -> str:
    """The whole file, ending in one line end."""
    findings, rhythm = facts.findings, facts.rhythm
    parts = [
        [*_head(facts), *table("", _top(facts))],
        [*table("[fetch]", _fetch(facts.fetch))],
        *([*_way_comment(way), *table("[[discover]]", named(way.way))] for way in findings.ways),
        _url(findings),
        *(table("[[url.twin]]", rule_values(rule)) for rule in findings.url.twin),
        *(table("[[url.key]]", rule_values(rule)) for rule in findings.url.key),
        _layout(facts),
        [*_expect_comment(facts), *table("[expect]", named(Expect(rhythm.min_per_month, facts.expected)))],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(facts: Facts) -> Iterator[str]:
    findings = facts.findings
    yield from comment(
        f"{facts.publisher}: drafted by `bantin source add {facts.url}` on {facts.day} from {findings.requests} "
        f"answers of the site, {facts.sample} of them bulletins; no person has looked at it yet. "
        f"Name: {facts.publisher_seen}. Sphere: {facts.sphere_seen}. "
        f"Family: {facts.family.evidence}. Rhythm: {facts.rhythm.evidence}."
    )
    for text in findings.missing:
        yield from comment(text, "missing: ")
    for text in facts.doubts:
        yield from comment(text, "doubt: ")


def _top(facts: Facts) -> list[tuple[str, Value | None]]:
    return [
        ("publisher", facts.publisher),
        ("sphere", facts.sphere),
        ("home", facts.findings.home),
        ("hosts", facts.findings.hosts),
        ("family", facts.family.name),
        ("status", "seen"),
        ("enabled", False),
        ("since", facts.rhythm.since),
        ("rhythm", facts.rhythm.rhythm),
    ]


def _fetch(fetch: Fetch) -> list[tuple[str, Value | None]]:
    usual = Fetch()
    changed = [(name, value) for name, value in named(fetch) if value != getattr(usual, name)]
    return [("delay_s", fetch.delay_s), *((name, value) for name, value in changed if name != "delay_s")]


def _way_comment(way: FoundWay) -> Iterator[str]:
    reaches = f"; reaches about {way.estimate} bulletins" if way.estimate is not None else ""
    yield from comment(f"{way.evidence}{reaches}")
    for text in way.doubts:
        yield from comment(text, "doubt: ")


def _url(findings: Findings) -> list[str]:
    rules = findings.url
    if rules == UrlRules():
        return []
    values: list[tuple[str, Value | None]] = [
        ("bulletin", Literal(rules.bulletin) if rules.bulletin is not None else None),
        ("keep_query", rules.keep_query),
        ("drop_query", rules.drop_query or None),
    ]
    lines = [line for text in findings.url_evidence for line in comment(text)]
    return [*lines, *table("[url]", values)]


def rule_values(rule: UrlRule) -> list[tuple[str, Value | None]]:
    """Keys of a [[url.twin]] or [[url.key]]."""
    return [
        ("host", rule.host),
        ("from", Literal(rule.pattern)),
        ("to", Literal(rule.to)),
        ("reason", rule.reason if rule.reason != TWIN else None),
    ]


def _layout(facts: Facts) -> list[str]:
    layout = facts.layout
    lines = [line for text in (f"Layout: {layout.why}", *layout.notes) for line in comment(text)]
    return [*lines, *(table("[[layout]]", named(layout.layout)) if layout.layout is not None else [])]


def _expect_comment(facts: Facts) -> Iterator[str]:
    if facts.expected:
        yield from comment(f"what all {facts.sample} bulletins of the sample have")
    if facts.rhythm.min_per_month is not None:
        yield from comment("min_per_month is half of the poorest whole month that lists showed")


def named(of: Discover | Fetch | Layout | Expect) -> list[tuple[str, Value | None]]:
    """Its fields that say something, by the names they have in a file."""
    found: list[tuple[str, Value | None]] = []
    for one in fields(of):
        value = getattr(of, one.name)
        if value is not None and value != ():
            found.append((one.name, value))
    return found
