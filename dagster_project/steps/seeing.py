"""What a check sees of a live source: robots.txt, its home, the first page of each way, its newest bulletins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from crawlers.discovery.listed import Item, ListedPage, NextPage
from crawlers.discovery.numbered import first_request, following
from crawlers.discovery.ways import WAYS
from crawlers.looking import BudgetSpent, Look, Looker, RobotsSeen
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source, way_name
from crawlers.states import WAITING
from dagster_project.steps.looking import read_look
from pipelines.records import Bulletin

MOST_WAYS, MOST_CHILDREN, MOST_PAGES = 6, 3, 3
"""Ways whose first page is asked for; sitemaps followed below an index; bulletins fetched."""
_NO_AGE = (date.min, 0.0)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class WaySeen:
    """The first page of a way.

    url        that was read: of a sitemap index, of the child
    trouble    why it lists nothing, in words; None: it lists bulletins
    blocked    whether the trouble is that we are refused
    items      listed; bulletins: of these, addresses the rules of the file let in
    newest     latest day a list gives to one of them
    moved_to   host that it was redirected to and that is none of the source's
    paging     whether a following page was found; None: this kind has none, or the file names no selector for it
    """

    way: str
    url: str
    status: int | None
    trouble: str | None
    blocked: bool = False
    items: int = 0
    bulletins: int = 0
    newest: date | None = None
    paging: bool | None = None
    notes: tuple[str, ...] = ()
    moved_to: str | None = None

    @property
    def words(self) -> str:
        """One line."""
        if self.trouble:
            return self.trouble
        said = f"{self.items} items, {self.bulletins} of them bulletins"
        said += f", newest {self.newest}" if self.newest else ", no days"
        return said if self.paging is None else f"{said}, next page {'found' if self.paging else 'not found'}"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A bulletin's page. missing: fields of [expect] it lacks; trouble: why it could not be fetched."""

    url: str
    status: int | None
    trouble: str | None
    blocked: bool = False
    kind: str | None = None
    kind_rule: str = ""
    title: str | None = None
    published_on: date | None = None
    missing: tuple[str, ...] = ()
    layout: str | None = None
    family: str | None = None
    moved_to: str | None = None

    @property
    def words(self) -> str:
        """One line."""
        if self.trouble or self.kind != "bulletin":
            return self.trouble or f"no bulletin: {self.kind_rule}"
        by = f"by {self.layout or 'no layout'}, family {self.family or 'unknown'}"
        return f"a bulletin, read {by}" + (f"; without {', '.join(self.missing)}" if self.missing else "")


@dataclass(frozen=True, slots=True)
class Seen:
    """All a check saw. home, ways, pages end early where nothing more can be learnt.

    at       of the look, aware
    left     what was not looked at and why, in words
    ordered  whether a list said which bulletins are the newest: by their days, or by its order
    """

    at: datetime
    robots: RobotsSeen
    home: Look | None
    home_kind: str | None
    ways: tuple[WaySeen, ...]
    pages: tuple[PageSeen, ...]
    left: tuple[str, ...]
    ordered: bool = True

    @property
    def robots_words(self) -> str:
        """One line."""
        if not self.robots.usable:
            said = self.robots.reason or "unusable"
            return f"{said} ({self.robots.tls})" if self.robots.tls else said
        delay = f", asks for {self.robots.crawl_delay:g} s between requests" if self.robots.crawl_delay else ""
        return f"can be kept to{delay}" + (f"; {self.robots.note}" if self.robots.note else "")


def see(source: Source, ask: Looker, now: Callable[[], datetime]) -> Seen:
    """Look at a source. Raises CannotLook: the asking process broke."""
    robots = ask.robots(source.discover[0].url if source.discover else source.home)
    home, home_kind = None, None
    ways: list[WaySeen] = []
    pages: list[PageSeen] = []
    left: list[str] = []
    items: dict[str, Item] = {}
    if not robots.usable:
        return Seen(now(), robots, None, None, (), (), ())
    try:
        if source.home is not None:
            home = ask.get(source.home)
            home_kind = read_look(source, home).reading.kind if home.payload else None
        children = MOST_CHILDREN
        for way in source.discover[:MOST_WAYS]:
            seen, listed, children = _way(source, way, ask, children)
            ways.append(seen)
            for key, item in listed.items():  # the one that has a day, of two ways that list it
                if key not in items or (items[key].published_on is None and item.published_on is not None):
                    items[key] = item
        left += [f"{way_name(way)}: not looked at, a check sees {MOST_WAYS}" for way in source.discover[MOST_WAYS:]]
        for item in sorted(items.values(), key=_age, reverse=True)[:MOST_PAGES]:
            pages.append(_page(source, ask, item.url))
    except BudgetSpent as spent:
        left.append(str(spent))
    dated = any(_age(item) > _NO_AGE for item in items.values())
    ordered = dated or any(way.kind == "feed" or way.order == "newest-first" for way in source.discover)
    return Seen(now(), robots, home, home_kind, tuple(ways), tuple(pages), tuple(left), ordered)


def _age(item: Item) -> tuple[date, float]:
    """Newest last: by the day a list gives, then by when it says that the page changed; undated ones first."""
    return item.published_on or date.min, item.modified_at.timestamp() if item.modified_at else 0.0


def _way(source: Source, way: Discover, ask: Looker, children: int) -> tuple[WaySeen, dict[str, Item], int]:
    """(what its first page shows, its bulletins by key, children of sitemap indexes that may still be asked)."""
    look, listed = _list(way, ask, first_request(way))
    while listed is not None and way.kind == "sitemap" and not listed.items and listed.next_pages and children > 0:
        children -= 1
        look, listed = _list(way, ask, newest_child(listed.next_pages))
    name = way_name(way)
    if listed is None:
        away = leads_away(source, look)
        return (
            WaySeen(name, look.url, look.status, look.trouble, is_refusal(look), moved_to=away), {}, children,
        )  # fmt: skip
    if listed.problem is not None:
        kind = read_look(source, look).reading.kind
        return WaySeen(name, look.url, look.status, listed.problem, kind in ("block", "login")), {}, children
    sighting = Sighting(source)
    keyed = sighting.keyed(listed.items)
    told = sighting.told(keyed, way.kind, look.url, look.fetched_at.timestamp())
    bulletins = {found.key: keyed[found.key] for found in told if found.state == WAITING}
    trouble = None
    if not bulletins:
        reasons = sorted({found.reason or "" for found in told})
        trouble = (
            f"{len(told)} items, none of them a bulletin: {'; '.join(reasons[:2])}" if told else "a list without items"
        )
    days = [date.fromisoformat(found.listed_date) for found in told if found.state == WAITING and found.listed_date]
    pages = any(value is not None for value in (way.next, way.page_url, way.post))
    return (
        WaySeen(
            name, look.url, look.status, trouble, False, len(keyed), len(bulletins), max(days, default=None),
            bool(following(way, listed, 0)) if pages else None, listed.notes,
        ),
        bulletins,
        children,
    )  # fmt: skip


def newest_child(pages: Sequence[NextPage]) -> NextPage:
    """The sitemap of an index that changed last; where no day is given (WordPress), the last one that is named as the
    first is but for its numbers: `post-sitemap2.xml` holds newer bulletins than `post-sitemap.xml`."""
    if any(page.modified_at for page in pages):
        return max(pages, key=lambda page: page.modified_at.timestamp() if page.modified_at else 0.0)
    named = [_DIGITS.sub("", page.url) for page in pages]
    return next(page for page, name in zip(reversed(pages), reversed(named), strict=True) if name == named[0])


def _list(way: Discover, ask: Looker, wanted: NextPage) -> tuple[Look, ListedPage | None]:
    look = ask.get(wanted.url, wanted.form)
    if not look.ok:
        return look, None
    return look, WAYS[way.kind](look.payload, look.content_type, look.final_url or look.url, way)


def _page(source: Source, ask: Looker, url: str) -> PageSeen:
    look = ask.get(url)
    if not look.ok:
        return PageSeen(url, look.status, look.trouble, is_refusal(look), moved_to=leads_away(source, look))
    page = read_look(source, look)
    reading, bulletin = page.reading, page.reading.bulletin
    return PageSeen(
        url, look.status, None, reading.kind in ("block", "login"), reading.kind, reading.kind_rule,
        bulletin.title if bulletin else None, bulletin.published_on if bulletin else None,
        () if bulletin is None else tuple(name for name in source.expect.fields if _lacks(bulletin, name)),
        page.layout, page.family,
    )  # fmt: skip


def _lacks(bulletin: Bulletin, name: str) -> bool:
    return getattr(bulletin, name) in (None, "", ())


def is_refusal(look: Look) -> bool:
    """Whether the server answers, but not us: by status, or by its robots.txt."""
    return look.status in (401, 403, 407, 429, 451, 503) or look.not_allowed == "robots.txt"


def leads_away(source: Source, look: Look) -> str | None:
    """The host a redirect names that is none of the source's; None: it names none such."""
    try:
        host = (urlsplit(urljoin(look.url, look.location or "")).hostname or "").lower()
    except ValueError:
        return None
    return host if look.refused is not None and host and host not in source.hosts else None
