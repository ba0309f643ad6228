"""Walking the ways of a source: every page that lists bulletins, until there is a reason to stop, which is stored.

A walk never ends because N items were known already: lists pin old items on top, and editors insert below. It ends
where the list ends; or, between full walks, where all items of a page are older than anything that may still move.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import regex

from crawlers.discovery.listed import Item, ListedPage, NextPage
from crawlers.discovery.ways import WAYS
from crawlers.fetch import Fetched, NotAllowed, Wanted
from crawlers.frontier import Found, Frontier
from crawlers.frontier_lists import Lists, Page, Walk
from crawlers.ledger import Ledger
from crawlers.month import month_of
from crawlers.segment import VIETNAM
from crawlers.source import Discover, Source
from crawlers.states import EXCLUDED, WAITING
from pipelines.identity import url_key

MAX_PAGES = 10_000  # of one walk
SMALL_LIST = 30  # pages: walked to its end every time
FULL_WALK_EVERY = timedelta(days=6, hours=12)
HORIZON = timedelta(days=14)  # older than this nothing moves on a newest-first list but by the weekly full walk


@dataclass(frozen=True, slots=True)
class WalkOutcome:
    """walk: as stored. problem: the way could not be walked, or lists nothing; a hole."""

    walk: Walk
    problem: str | None = None


class Walker:
    """Walks one source's ways in one crawl. fetch raises Stopped, NotAllowed."""

    def __init__(
        self,
        source: Source,
        frontier: Frontier,
        lists: Lists,
        ledger: Ledger,
        fetch: Callable[[Wanted], Awaitable[Fetched]],
        clock: Callable[[], datetime],
        run_id: str,
    ) -> None:
        self._source, self._frontier, self._lists, self._ledger = source, frontier, lists, ledger
        self._fetch, self._clock, self._run_id = fetch, clock, run_id
        self._bulletin = regex.compile(source.url.bulletin) if source.url.bulletin else None
        self.listed = self.discovered = 0

    async def walk(self, way: Discover) -> WalkOutcome:
        """Follow one way from its start. What it lists is in the frontier page by page, so a kill loses none of it."""
        name, started = way_name(way), self._clock()
        full = self._last_full(name, started)
        start = NextPage(way.url)
        queue, seen, names = deque([start]), {_fingerprint(start)}, {self._page_name(start, 0)}
        pages = items = unknown = 0
        reason, complete, problem = "end of the list", True, None
        before: set[str] | None = None
        while queue:
            wanted = queue.popleft()
            if pages == MAX_PAGES:
                reason, complete = f"more than {MAX_PAGES} pages", False
                problem = f"{name}: {reason}; the rest of the list was left out"
                break
            page, keys, new, fault, windowed = await self._page(way, name, wanted, pages)
            pages += 1
            items += len(keys)
            unknown += new
            if fault is not None:
                problem = problem or f"{name}: {wanted.url}: {fault}"
                reason, complete = fault, False
                if way.kind != "sitemap":
                    break
                continue  # one child that fails does not hide the others
            if way.kind == "feed":
                reason, complete = "a feed shows only the newest", False
            elif windowed:
                reason, complete = "part of the list could not be read", False
            if before is not None and way.kind in ("listing", "form") and keys and set(keys) <= before:
                reason = "the page repeats the one before"
                break
            before = set(keys)
            if way.kind in ("listing", "form") and (why := self._old_enough(way, keys, new, full, started, pages)):
                reason, complete = why, False
                break
            for following in page.next_pages:
                if _fingerprint(following) in seen:
                    if way.kind != "sitemap":
                        reason = "its next page was seen before"
                    continue
                seen.add(_fingerprint(following))
                name_of_it = self._page_name(following, pages)
                names.add(name_of_it)
                if way.kind == "sitemap" and self._is_known(following):
                    items += len(self._lists.keys_of(name_of_it))
                    continue
                queue.append(following)
        if complete:
            self._lists.drop_pages(name, names)
        at = self._clock().timestamp()
        walk = Walk(self._run_id, name, started.timestamp(), at, complete, pages, items, unknown, reason)
        self._ledger.flush()
        self._lists.walked(walk)
        self.listed += items
        self.discovered += unknown
        return WalkOutcome(walk, problem)

    async def _page(
        self, way: Discover, name: str, wanted: NextPage, place: int
    ) -> tuple[Page, list[str], int, str | None, bool]:
        """(page, keys it lists, how many were unknown, what is wrong, whether some may be missing).

        Its items are in the frontier then.
        """
        page_name = self._page_name(wanted, place)
        known = self._lists.page(page_name)
        if known is not None and known.way != name:
            known = None  # other selectors read this page before
        conditional = known is not None and wanted.form is None and known.problem is None
        empty = Page(page_name, self._source.key(wanted.url), wanted.url, name, None, None, None, 0.0, 0.0)
        try:
            fetched = await self._fetch(
                Wanted(
                    wanted.url,
                    known.etag if known and conditional else None,
                    known.last_modified if known and conditional else None,
                    known.payload_sha256 if known else None,
                    "listing",
                    wanted.form,
                )
            )
        except NotAllowed as refused:
            return empty, [], 0, refused.reason if refused.passing else f"not allowed by {refused.reason}", False
        answer = fetched.answer
        if answer.status == 304 and known is not None:
            self._ledger.also(lambda: self._lists.store(replace_times(known, answer.at), None))
            return known, self._lists.keys_of(page_name), 0, None, False
        if answer.status is None or fetched.capture is None or not 200 <= answer.status < 300:
            return empty, [], 0, answer.problem or f"HTTP {answer.status}", False
        listed = WAYS[way.kind](
            fetched.capture.payload, fetched.capture.content_type, fetched.capture.final_url or wanted.url, way
        )
        etag, last_modified = (None, None) if listed.windowed else (answer.etag, answer.last_modified)
        page = Page(  # without validators where some may be missing: a 304 would make the part look like the whole
            page_name, empty.key, wanted.url, name, etag, last_modified, answer.payload_sha256, answer.at,
            answer.at if fetched.changed or known is None else known.changed_at, listed.next_pages, listed.problem,
        )  # fmt: skip
        if listed.problem is not None:
            self._ledger.also(lambda: self._lists.store(page, None))
            return page, [], 0, listed.problem, False
        found = self._found(way, listed, wanted.url, answer.at)
        unknown = self._frontier.unknown(item.key for item in found)
        keys = [item.key for item in found]

        def store() -> None:
            self._frontier.discover(found)
            self._lists.store(page, keys)

        self._ledger.also(store)
        self._ledger.flush()  # the next page asks what is known
        return page, keys, len(unknown), None, listed.windowed

    def _found(self, way: Discover, listed: ListedPage, listed_on: str, at: float) -> list[Found]:
        found: dict[str, Found] = {}
        day = datetime.fromtimestamp(at, VIETNAM).date()
        for item in listed.items:
            try:
                key = self._source.key(item.url)
            except ValueError:
                continue
            month, rank = month_of(item.url, item, day)
            why = self._excluded(item, key, month, rank)
            found.setdefault(
                key,
                Found(
                    key, item.url, month, rank, item.published_on.isoformat() if item.published_on else None, listed_on,
                    way.kind, at, item.modified_at.timestamp() if item.modified_at else None,
                    EXCLUDED if why else WAITING, why,
                ),
            )  # fmt: skip
        return list(found.values())

    def _excluded(self, item: Item, key: str, month: str, rank: int) -> str | None:
        if key.startswith("//"):
            return "another host"
        if self._bulletin is not None and not self._bulletin.search(urlsplit(item.url).path):
            return "not an address of bulletins ([url] bulletin)"
        since = self._source.since
        if since is not None and (
            (item.published_on is not None and item.published_on < since) or (rank < 3 and month < f"{since:%Y-%m}")
        ):
            return f"before {since.isoformat()} (since)"
        return None

    def _page_name(self, wanted: NextPage, place: int) -> str:
        """Name of a page in the frontier: all of its query counts; a POST's is its place in the walk.

        The fields of a form are no name: __VIEWSTATE is another whenever the list is.
        """
        key = url_key(wanted.url, self._source.hosts)
        return key if wanted.form is None else f"{key}#{place}"

    def _is_known(self, child: NextPage) -> bool:
        """A sitemap whose index says that it did not change since we read it. A day's grace: lastmod may be a day."""
        page = self._lists.page(self._page_name(child, 0))
        if page is None or page.problem is not None or page.next_pages or child.modified_at is None:
            return False
        return child.modified_at.timestamp() + 86_400 < page.fetched_at

    def _last_full(self, name: str, now: datetime) -> Walk | None:
        """The last complete walk, if it is recent enough to let this one be short."""
        last = self._lists.last_walk(name, complete=True)
        if last is None or last.pages <= SMALL_LIST:
            return None
        return last if now.timestamp() - last.ended_at < FULL_WALK_EVERY.total_seconds() else None

    def _old_enough(
        self, way: Discover, keys: list[str], new: int, full: Walk | None, now: datetime, pages: int
    ) -> str | None:
        """Why a newest-first list need not be followed any further today."""
        if full is None or way.order != "newest-first" or new or not keys:
            return None
        horizon = min(now, datetime.fromtimestamp(full.started_at, VIETNAM)) - HORIZON
        known = self._lists.oldest_discovery(keys)
        days = [
            date.fromisoformat(listed) if listed else datetime.fromtimestamp(at, VIETNAM).date()
            for _, listed, at in known
        ]
        if len(days) < len(keys) or max(days) >= horizon.astimezone(VIETNAM).date():
            return None
        return f"all items of the page are known and older than {HORIZON.days} days; the next full walk sees the rest"


def way_name(way: Discover) -> str:
    """`sitemap https://…`; other selectors on the same page are another way."""
    selectors = (way.item, way.date, way.next)
    if not any(selectors):
        return f"{way.kind} {way.url}"
    return f"{way.kind} {way.url} ({hashlib.sha256(repr(selectors).encode()).hexdigest()[:8]})"


def _fingerprint(wanted: NextPage) -> bytes:
    """What tells a walk that it was here before: the address and all fields of a form."""
    return hashlib.sha256(repr((wanted.url, wanted.form)).encode()).digest()


def replace_times(page: Page, at: float) -> Page:
    """The page after a 304."""
    return page._replace(fetched_at=at)
