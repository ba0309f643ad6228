"""One publisher's series as its source file says it: frozen facts, no logic. docs/contracts.md, *Source file*."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import NamedTuple

from pipelines.identity import TWIN, UrlRule, asked_url, is_too_slow, key_and_rule
from pipelines.records import Layout, LearnedLine, SourceFacts

SPHERES = ("army", "police", "ministry", "hospital", "province", "press", "other")
STATUSES = ("seen", "reported", "believed", "unknown")
RHYTHMS = ("daily", "weekdays", "weekly", "irregular")
DISCOVER_KINDS = ("feed", "sitemap", "listing", "form", "fragment")
ORDERS = ("newest-first", "oldest-first", "unordered")
TLS = ("verify", "legacy", "unverified")
FIELDS = (
    "title", "lead", "body", "captions", "byline", "authors", "photographers", "section", "tags", "agency_prefix",
    "published_at", "published_on", "updated_at", "view_count", "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetch:
    """How its server is asked.

    delay_s      seconds between two requests to one host
    concurrency  requests under way at a time
    tls          verify; legacy (old protocol versions and ciphers, certificate still checked); unverified
    max_bytes    of one response
    """

    delay_s: float = 3.0
    concurrency: int = 1
    cookies: bool = False
    tls: str = "verify"
    allow_private: bool = False
    max_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Discover:
    """One way of finding its bulletins.

    item, date, next  CSS selectors on a page that lists them; of a fragment also `json:<JMESPath>`
    link, html        JMESPath, without `json:`: an item's address inside it; the HTML that a JSON answer holds
    page_url, post    address and form-encoded body of page number {page}, where no link leads to it
    first_page        number of the first such request; None: 2, `url` itself being page 1; 1 where `url` is posted to
    """

    kind: str
    url: str
    item: str | None = None
    date: str | None = None
    next: str | None = None
    order: str | None = None
    page_url: str | None = None
    first_page: int | None = None
    post: str | None = None
    link: str | None = None
    html: str | None = None

    @property
    def selectors(self) -> str:
        """Eight hex digits of what it selects on a page, and of how it pages by number; empty: nothing."""
        selectors: tuple[object, ...] = (self.item, self.date, self.next)
        further = (self.page_url, self.first_page, self.post, self.link, self.html)
        selectors += further if any(value is not None for value in further) else ()
        return hashlib.sha256(repr(selectors).encode()).hexdigest()[:8] if any(selectors) else ""


@dataclass(frozen=True, slots=True)
class UrlRules:
    """Which URLs are bulletins and what names one. keep_query: see pipelines.identity.url_key.

    twin  addresses that are not asked, another shows the same: [[url.twin]]
    key   addresses that have another one's key: [[url.key]]
    """

    bulletin: str | None = None
    keep_query: tuple[str, ...] | None = None
    drop_query: tuple[str, ...] = ()
    twin: tuple[UrlRule, ...] = ()
    key: tuple[UrlRule, ...] = ()

    def values(self) -> dict[str, object]:
        """For digests; what a file does not name is not in it, so that a new kind of rule changes no other file's."""
        return {name: value for name, value in asdict(self).items() if value or name not in ("twin", "key")}


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy month looks like: fewer bulletins or missing fields mean our reading broke."""

    min_per_month: int | None = None
    fields: tuple[str, ...] = ()


class Named(NamedTuple):
    """asked: the address that is asked for a URL; key: its key; rule: which [[url.key]], from 0, names it, or None."""

    asked: str
    key: str
    rule: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """A checked source file. Unknown facts are None. learned: from boilerplate/<source>.json of the home."""

    source_id: str
    name: str
    publisher: str
    sphere: str | None = None
    home: str | None = None
    hosts: tuple[str, ...] = ()
    family: str | None = None
    status: str = "unknown"
    enabled: bool = False
    since: date | None = None
    rhythm: str | None = None
    fetch: Fetch = field(default_factory=Fetch)
    discover: tuple[Discover, ...] = ()
    url: UrlRules = field(default_factory=UrlRules)
    layouts: tuple[Layout, ...] = ()
    expect: Expect = field(default_factory=Expect)
    learned: tuple[LearnedLine, ...] = ()

    def facts(self) -> SourceFacts:
        """The columns of table `source` that the file gives."""
        return SourceFacts(
            source_id=self.source_id,
            name=self.name,
            publisher=self.publisher,
            sphere=self.sphere,
            home=self.home,
            hosts=self.hosts,
            family=self.family,
            enabled=self.enabled,
            since=self.since,
            rhythm=self.rhythm,
        )

    def key(self, url: str) -> str:
        """The URL key under this source's rules: of a twin, the page's. ValueError: no URL."""
        return self.named(url).key

    def named(self, url: str) -> Named:
        """What the rules make of an address, all at once. ValueError: no URL."""
        asked, rules = self.asked(url), self.url
        return Named(asked, *key_and_rule(asked, self.hosts, rules.keep_query, rules.drop_query, rules.key))

    def asked(self, url: str) -> str:
        """The address to ask for this one: itself, but of a twin the page's. ValueError: no URL."""
        return asked_url(url, self.hosts, self.url.twin) if self.url.twin else url

    def rule_reason(self, url: str) -> str | None:
        """Why its key is not its own: `twin`, `moved` or `same-page`; None: it is. ValueError: no URL."""
        if not (self.url.twin or self.url.key):
            return None
        named = self.named(url)
        return TWIN if named.asked != url else self.key_reason(named)

    def key_reason(self, named: Named) -> str | None:
        """Why the key of the address that is asked is not its own: `moved` or `same-page`; None: it is."""
        return None if named.rule is None else self.url.key[named.rule].reason

    def too_slow(self, url: str) -> bool:
        """Whether a rule takes so long on it that nobody can tell its key. ValueError: no URL."""
        rules = self.url
        return (rules.twin != () and is_too_slow(url, self.hosts, rules=rules.twin)) or (
            rules.key != () and is_too_slow(url, self.hosts, rules.keep_query, rules.drop_query, rules.key)
        )

    def rules_digest(self) -> str:
        """64 hex digits over family, [url], [[layout]] and learned lines: part of the reader version.

        Facts and pace are not, nor how often a learned line was seen: only what reads a page otherwise.
        """
        rules: dict[str, object] = {
            "family": self.family,
            "url": self.url.values(),
            "layout": [asdict(layout) for layout in self.layouts],
        }
        if self.learned:
            rules["learned"] = sorted(line.place for line in self.learned)
        return hashlib.sha256(json.dumps(rules, sort_keys=True, default=str).encode()).hexdigest()


def way_name(way: Discover) -> str:
    """`sitemap https://…`; other selectors on the same page are another way."""
    return f"{way.kind} {way.url} ({way.selectors})" if way.selectors else f"{way.kind} {way.url}"
