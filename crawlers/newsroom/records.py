"""The values the newsroom hands out: what a bulletin truly says, what changed on a day, what was asked of a site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

VIETNAM = timezone(timedelta(hours=7))
STATES = ("live", "gone-404", "gone-410", "soft-404", "redirect-home", "unlisted")
WAYS_OF_LEAVING = STATES[1:]
COPIES = ("reprint", "edited", "teaser")
"""How one house takes over the story of another: whole, edited, or its first words."""


class Fact(NamedTuple):
    """Something a bulletin tells, as its grammar knew it when it wrote the sentence.

    kind     person, post, organization, quantity, event, document, date, place
    surface  the words of it as they stand in title, lead, body or a caption
    values   (name, value) pairs: person name, rank, post, organization; post name (the person's), position,
             organization ('' where none is told), each post by itself; organization name (in full), parent (of a unit,
             told or not), in_post (`yes`: told in a post); quantity value, unit, counts, qualifier; event start, end
             (ISO days), type (the story's), event_types (what a reader may call it, the likeliest first, joined by
             `; `); date start, end, full (`yes` where the year is told); document type, number; place name
    """

    kind: str
    surface: str
    values: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.values if key == name), None)


@dataclass(frozen=True, slots=True)
class Gold:
    """One bulletin as it truly is at the end of a day; the conventions are those of table `bulletin`.

    state         one of STATES on that day
    published_on  the day the page shows; None where it shows none. posted_on is the true one, shown or not
    published_at  aware, +07:00, where the page shows a time
    lead          only where it is printed as its own block
    body          paragraphs, without agency prefix, `./.` as a full stop, captions and lead not among them
    view_count    as shown; it changes by day, without any edit
    version       1 is as first published; of a bulletin that left, the last that was shown
    changed_fields  columns that the last edit changed
    not_before    where no publication date is shown: the latest past day that the text tells in full
    moved_to      the path that the old one redirects to (Faults.moved_share), else None
    old_url       where it was before its site moved (Newsroom.relocate); None where that never happened, or before it
    images        (address, caption) of its pictures, in page order
    copy_of       url of the bulletin of another site that this one took over (Newsroom(shared=…)); else None
    copy_kind     one of COPIES; else None
    """

    site_id: str
    path: str
    url: str
    state: str
    posted_on: date
    published_on: date | None
    published_at: datetime | None
    title: str
    lead: str | None
    body: tuple[str, ...]
    captions: tuple[str, ...]
    byline: str | None
    authors: tuple[str, ...]
    photographers: tuple[str, ...]
    section: str | None
    tags: tuple[str, ...]
    agency_prefix: str | None
    view_count: int | None
    version: int
    changed_fields: tuple[str, ...]
    not_before: date | None
    moved_to: str | None
    facts: tuple[Fact, ...]
    old_url: str | None = None
    images: tuple[tuple[str, str], ...] = ()
    copy_of: str | None = None
    copy_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a bulletin on a day. kind: new, edited, deleted, noise (saved anew, nothing of it changed).

    detail  of an edit the changed fields, comma-separated; of a deletion the state it left for; of noise what moved
    """

    day: date
    site_id: str
    path: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived. at: Unix seconds; path: with query; status: of the answer, 0 where none was given;
    headers: names in lower case."""

    at: float
    method: str
    path: str
    status: int
    headers: dict[str, str]
    site_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a site; nothing by default. Put another into `newsroom.faults[site_id]` while it serves.

    robots               status of /robots.txt other than 200 (500, 404), or "drop": the connection closes unanswered
    crawl_delay          seconds, a line of robots.txt
    failing_share        share of bulletin paths (0 to 1) that answer `failing_status`, chosen by path
    failing_times        to how many first requests of each such path
    retry_after          seconds, header of those answers; None: no header
    silent               publishes nothing new while it is so
    broken_from          from this day on the class and id names of the article's markup are others
    block_page           answers everything with status 200 and a page that denies access (robots.txt too)
    slow_s               seconds before each answer
    moved_share          share of bulletin paths (0 to 1) that redirect (301) to another path
    """

    robots: int | str = 200
    crawl_delay: float | None = None
    failing_share: float = 0.0
    failing_status: int = 503
    failing_times: int = 1
    retry_after: int | None = 1
    silent: bool = False
    broken_from: date | None = None
    block_page: bool = False
    slow_s: float = 0.0
    moved_share: float = 0.0
