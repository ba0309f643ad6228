"""The values everything else passes around: never changed once made, standard library only.

A page is fetched once as a `Capture`, read into a `Reading`, and a `Reading` of a bulletin holds one `Bulletin`,
the `Line`s of the page with their roles, the `Candidate`s of each field and the reader's `Doubt`s.

Longer than most: the words of the field, each defined once, in the order in which they build on each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from pipelines.values import value

ROLES = (
    "title", "lead", "body", "caption", "byline", "section", "published", "view_count", "junk", "furniture",
)  # fmt: skip
KINDS = (
    "bulletin", "list", "home", "static", "form", "login", "error", "block", "redirect",
    "attachment", "feed", "sitemap", "robots", "other",
)  # fmt: skip
PRECISIONS = ("second", "minute", "day", "month", "year")
BASES = ("metadata", "label", "dateline", "listing", "url")
SEVERITIES = ("info", "warning", "error")
ORIGINS = ("live", "file", "archive")


class BantinError(Exception):
    """An error for people: says where, what was expected, what was found, what is now true, and the cure.

    The command line prints it as it is and exits with 1; anything else that is raised is a bug of ours.
    """


class Unreadable(BantinError):
    """A value or page that cannot be read without guessing. The message says what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One response or local file, bytes unchanged.

    fetched_at    aware, UTC; of a local file the moment of ingest, of a WARC record its WARC-Date
    content_type  the header as sent, `None` where there was none
    http_status   `None` for local files
    origin        live, file, archive
    """

    source_id: str
    url: str
    fetched_at: datetime
    payload: bytes
    content_type: str | None = None
    http_status: int | None = None
    final_url: str | None = None
    origin: str = "live"


@dataclass(frozen=True, slots=True)
class Layout:
    """Selectors of one source, CSS, valid for captures of these days (both ends included; `None` = open)."""

    valid_from: date | None = None
    valid_until: date | None = None
    title: str | None = None
    published: str | None = None
    body: str | None = None
    lead: str | None = None
    caption: str | None = None
    byline: str | None = None
    section: str | None = None
    view_count: str | None = None
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LearnedLine:
    """A line that a source's pages show at one place whatever they tell; the words are those of pipelines.line_places.

    rule       of pipelines.boilerplate, by which it was learned
    pages, of  bulletins that show it there, and bulletins of that layout from first_day to last_day, copies once
    first_day, last_day  of publication, else of capture
    example    URL of one of them
    """

    layout: str
    path: str
    zone: str
    text: str
    rule: str
    pages: int
    of: int
    first_day: date
    last_day: date
    example: str

    @property
    def place(self) -> tuple[str, str, str, str]:
        """All that reading asks of it."""
        return self.layout, self.path, self.zone, self.text

    @property
    def line_id(self) -> str:
        """8 hex digits of its text and place."""
        return hashlib.sha256("\n".join(self.place).encode()).hexdigest()[:8]


class Line(NamedTuple):
    """One line of a page's text, as published (NFC, trimmed, white-space runs made one), with its role and why.

    line_no  from 1, in page order
    role     one of ROLES
    rule     the rule that gave the role, e.g. `J11` of reference/junk_lines.tsv, `h1`, `figcaption`
    inside   whether the line stands inside the article; page furniture does not
    """

    line_no: int
    role: str
    rule: str
    text: str
    inside: bool = True


_ROLE = attrgetter("role")


def of_roles(lines: Sequence[Line], roles: Set[str]) -> list[Line]:
    """The lines with one of these roles, in order. A page has hundreds of others: no step of Python for each."""
    return list(compress(lines, map(roles.__contains__, map(_ROLE, lines))))


@value
class Candidate:
    """One possible value of one field.

    field     column of `bulletin`, e.g. `title`, `published_on`
    value     as text: ISO 8601 for dates, decimal digits for counts
    method    the kind of place it was found: `json-ld`, `opengraph`, `h1`, `label`, `line`, `layout` …
    evidence  the text it was read from, at most 300 characters
    rank      smaller is better; candidates are chosen by rank, then by order
    basis     of dates: one of BASES, else empty
    precision of dates: one of PRECISIONS, else empty
    refused   why it may not be chosen, `None` if it may
    """

    field: str
    value: str
    method: str
    evidence: str
    rank: int
    basis: str = ""
    precision: str = ""
    refused: str | None = None

    def but_refused(self, reason: str) -> Candidate:
        """The same, not to be chosen; `dataclasses.replace` takes ten times as long."""
        return Candidate(
            self.field, self.value, self.method, self.evidence, self.rank, self.basis, self.precision, reason
        )


@value
class Evidence:
    """A candidate as the warehouse keeps it: numbered, chosen or not, with the reason.

    A field that stayed NULL has one row with candidate_no 0, value None, and the reason of the NULL.
    """

    field: str
    candidate_no: int
    value: str | None
    method: str
    evidence: str
    chosen: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person may want to look at. severity: info, warning, error. rule: a stable short name."""

    rule: str
    severity: str
    detail: str


@value
class Image:
    """A picture of an article, as the page shows it; the file itself is not fetched.

    url         absolute http(s) address without fragment, name and password; of a local file that tells no address of
                its own as printed
    caption     as in `Bulletin.captions`, `None` where no caption line belongs to it; never the `alt` text
    media_type  e.g. `image/jpeg`, by what the page or the address's ending says, else `None`
    line_no     of its first caption line, else of the first line of the article after it; `None`: none comes after it
    """

    url: str
    caption: str | None
    media_type: str | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document or archive that an article offers, as a link or shown in the page; the file itself is not fetched.

    url         as in `Image`; of a document in a viewer's frame the document's own
    label       text of the link as printed, else the name of the file; `None`: neither
    media_type  e.g. `application/pdf`, by the address's ending or what the page says, else `None`
    line_no     line of the link's text, or the first line of the article after a file shown; `None`: not in the article
    """

    url: str
    label: str | None
    media_type: str | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page or plain-text reader found, before one candidate of each field is chosen.

    lines    every non-blank line with its role
    missing  field → why the reader has no candidate for it, in words a person can check
    images, attachments  in page order
    """

    lines: tuple[Line, ...]
    candidates: tuple[Candidate, ...] = ()
    missing: dict[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@value
class Bulletin:
    """The content columns of `bulletin`. Days are calendar days in Vietnam, instants are aware UTC. Unknown is None."""

    title: str | None
    lead: str | None
    body: str | None
    captions: tuple[str, ...]
    byline: str | None
    authors: tuple[str, ...]
    photographers: tuple[str, ...]
    section: str | None
    tags: tuple[str, ...]
    agency_prefix: str | None
    published_at: datetime | None
    published_on: date | None
    published_precision: str | None
    published_basis: str | None
    published_not_before: date | None
    updated_at: datetime | None
    view_count: int | None
    language: str | None
    word_count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one capture says. A pure function of the capture's bytes and the reader version.

    kind       one of KINDS; `bulletin` is set only when kind is `bulletin`
    kind_rule  the rule and evidence that gave the kind
    lines      all lines of the page, furniture too; empty where no text could be had
    failure    why the bytes could not be read at all, e.g. `binary content`; else None
    images, attachments  of a bulletin, in page order
    """

    kind: str
    kind_rule: str
    lines: tuple[Line, ...] = ()
    bulletin: Bulletin | None = None
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    charset: str | None = None
    failure: str | None = None
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureResult:
    """One row of a read-results file: a capture, where its bytes are, and its reading.

    payload_sha256  64 hex digits of the payload
    size            bytes of the payload
    warc_file       path below the home's `raw/`, with forward slashes
    warc_offset     byte offset of the record's gzip member
    url_key         see pipelines.identity
    """

    capture_id: str
    bulletin_id: str
    source_id: str
    url: str
    url_key: str
    final_url: str | None
    fetched_at: datetime
    http_status: int | None
    content_type: str | None
    payload_sha256: str
    size: int
    origin: str
    warc_file: str
    warc_offset: int
    reader_version: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class IntakeDoubt:
    """An issue met while taking bytes in (a refused file, a cut WARC); kept in the segment, so that a rebuild sees it.

    seen_at  aware, UTC
    """

    source_id: str
    url: str | None
    rule: str
    severity: str
    detail: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """The columns of table `source` that a source file gives."""

    source_id: str
    name: str
    publisher: str
    sphere: str | None
    home: str | None
    hosts: tuple[str, ...]
    family: str | None
    enabled: bool
    since: date | None
    rhythm: str | None


class FrontierUrl(NamedTuple):
    """One row of a source's frontier: an address, and what the crawl knows of it. Instants are aware, UTC.

    state   waiting, fetched, excluded, duplicate, not_bulletin, gone, failed: as the crawl left it, before it is read
    tries   requests made for it, of whatever outcome
    """

    bulletin_id: str
    url: str
    month: str
    discovered_at: datetime
    discovered_via: str
    listed_on: str | None
    state: str
    state_reason: str | None
    tries: int
    last_fetch_at: datetime | None
    next_fetch_at: datetime | None


class FrontierAlias(NamedTuple):
    """Another address of a URL key that a list showed. reason: twin, moved, same-page; since: aware, UTC."""

    bulletin_id: str
    url: str
    reason: str
    since: datetime


class Delisting(NamedTuple):
    """A bulletin left the lists of its publisher though its page is still there, or is listed again.

    listed    False: left; True: is back
    at        aware, UTC: of the fetch that found the page there; of `listed`, when a list showed it again
    evidence  which list, what was expected of it, in words
    """

    bulletin_id: str
    listed: bool
    at: datetime
    evidence: str


class WayDoubt(NamedTuple):
    """Two ways of finding a source's bulletins do not list the same.

    ways    which two, as the name of the doubt
    detail  how many, in words, with a few addresses
    since   aware, UTC: of the crawl that saw it first; seen_at: of the latest
    """

    ways: str
    detail: str
    since: datetime
    seen_at: datetime


class CrawlRun(NamedTuple):
    """What one crawl of one source did; becomes a row of table `run`. Instants are aware, UTC.

    outcome  `done`, `done with holes: …` or `stopped: …`
    """

    run_id: str
    source_id: str
    command: str
    started_at: datetime
    ended_at: datetime
    outcome: str
    listed: int
    discovered: int
    fetched: int
    not_modified: int
    gone: int
    failed: int
