"""Walking the ways of a source: every page that lists bulletins, until there is a reason to stop, which is stored.

A walk never ends because N items were known already: lists pin old items on top, and editors insert below. It ends
where the list ends; or, between full walks, where all items of a page are older than anything that may still move: on
the first page only if the whole list had nothing newer when it was last seen, which is so where its publisher rests.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawlers.discovery.listed import Item, NextPage, counted
from crawlers.discovery.ways import WAYS
from crawlers.exchange import Wanted
from crawlers.fetch import Fetched, NotAllowed
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Lists, Page, Walk
from crawlers.ledger import Ledger
from crawlers.quiet import HORIZON, quiet
from crawlers.segment import VIETNAM
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source, way_name
from pipelines.identity import url_key

MAX_PAGES = 10_000  # of one walk
SMALL_LIST = 30  # pages: walked to its end every time
FULL_WALK_EVERY = timedelta(days=6, hours=12)
FRONT_PAGES = 3  # always walked: the first may be all pinned
MAX_FAULTS = 10  # sitemaps in a row
MAX_STALE = 3
MANY = 10  # items: that all of so many are new at once is strange
WINDOW = "a feed shows only the newest"
"""Why a walk of a feed that could be read ends: it is never complete."""


@dataclass(frozen=True, slots=True)
class WalkOutcome:
    """walk: as stored. problem: the way could not be walked, or lists nothing; a hole."""

    walk: Walk
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A page of a walk, its items in the frontier.

    new    keys that were unknown
    fault  why it could not be read
    lost   what of it may be missing, and why
    told   as in ListedPage
    """

    page: Page
    keys: list[str]
    new: set[str]
    fault: str | None = None
    lost: str | None = None
    told: tuple[tuple[str, int], ...] = ()


class Walker:
    """Walks one source's ways in one crawl. fetch raises Stopped, NotAllowed.

    listed, discovered  so far: items seen on all pages, URLs not known before
    """

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
        self._sighting = Sighting(source)
        self.listed = self.discovered = 0

    async def walk(self, way: Discover, whole: bool = False) -> WalkOutcome:
        """Follow one way from its start. What it lists is in the frontier page by page, so a kill loses none of it.

        whole  to the end of the list, however quiet it is: somebody wants all of it
        """
        name, started = way_name(way), self._clock()
        full = None if whole else self._last_full(name, started)
        start = NextPage(way.url)
        queue, seen, names = deque([start]), {_fingerprint(start)}, {self._page_name(way, start, 0)}
        pages = items = unknown = faults = stale = 0
        reason, complete, problem = "end of the list", True, None
        before: set[str] | None = None
        shown: set[str] = set()
        remarks: Counter[str] = Counter()
        known_before = way.kind != "feed" and self._lists.holds(name, MANY)
        fresh: set[str] | None = set() if known_before else None  # all keys so far, as long as none was known before
        while queue:
            wanted = queue.popleft()
            if pages == MAX_PAGES:
                reason, complete = f"more than {MAX_PAGES} pages", False
                problem = f"{name}: {reason}; the rest of the list was left out"
                break
            read = await self._page(way, name, wanted, pages)
            page, keys, new, fault = read.page, read.keys, len(read.new), read.fault
            if fresh is not None:
                fresh = None if set(keys) - read.new - fresh else fresh | read.new
            remarks.update(dict(read.told))
            pages += 1
            items += len(keys)
            unknown += new
            self.listed += len(keys)
            self.discovered += new
            faults = faults + 1 if fault is not None else 0
            if fault is not None:
                problem = problem or f"{name}: {wanted.url}: {fault}"
                reason, complete = fault, False
                if way.kind != "sitemap":
                    break
                if faults == MAX_FAULTS:
                    reason = f"{MAX_FAULTS} sitemaps in a row could not be read ({fault})"
                    break
                continue  # one child that fails does not hide the others
            if way.kind == "feed":
                reason, complete = WINDOW, False
            elif read.lost is not None:
                reason, complete = "part of the list could not be read", False
                problem = problem or f"{name}: {wanted.url}: {read.lost}"
            if way.kind in ("listing", "form"):
                if before is not None and keys and set(keys) <= before:
                    reason = "the page repeats the one before"
                    if pages == 2:  # later, it is how many servers answer a page behind the last
                        complete, problem = False, f"{name}: its second page repeats the first: is `next` right?"
                    break
                stale = stale + 1 if shown.issuperset(keys) else 0
                before = set(keys)
                shown |= before
                if stale == MAX_STALE:
                    reason, complete = f"{MAX_STALE} pages in a row show only what earlier ones show", False
                    problem = f"{name}: {reason}: its paging goes in circles, older items may be hidden"
                    break
                if why := self._old_enough(way, keys, new, full, started, pages):
                    reason, complete = why, False
                    break
            for following in page.next_pages:
                if _fingerprint(following) in seen:
                    if way.kind != "sitemap":
                        reason = "its next page was seen before"
                        if stale:  # a server that answers with its first page when it has lost a session
                            complete, problem = False, f"{name}: its paging fell back to an earlier page"
                    continue
                seen.add(_fingerprint(following))
                name_of_it = self._page_name(way, following, pages)
                names.add(name_of_it)
                if way.kind == "sitemap" and self._is_known(way, following, started):
                    held = len(self._lists.keys_of(name_of_it))
                    items += held
                    self.listed += held
                    fresh = None
                    continue
                queue.append(following)
        if complete:
            self._lists.drop_pages(name, names)
        if fresh is not None and len(fresh) >= MANY:
            remarks["all items are new: do its addresses hold a session id?"] = 0
        reason = "; ".join((reason, *(counted(words, n) for words, n in remarks.items())))
        at = self._clock().timestamp()
        walk = Walk(self._run_id, name, started.timestamp(), at, complete, pages, items, unknown, reason)
        self._ledger.flush()
        self._lists.walked(walk)
        return WalkOutcome(walk, problem)

    async def _page(self, way: Discover, name: str, wanted: NextPage, place: int) -> _Read:
        """Ask for a page and store what it lists."""
        page_name = self._page_name(way, wanted, place)
        known = self._lists.page(page_name)
        if known is not None and known.way != name:
            known = None  # other selectors read this page before
        # Some servers answer 304 for ever: once a week they get no occasion.
        recent = known is not None and self._clock().timestamp() - known.read_at < FULL_WALK_EVERY.total_seconds()
        conditional = known is not None and wanted.form is None and known.problem is None and recent
        empty = Page(page_name, self._source.key(wanted.url), wanted.url, name, None, None, None, 0.0, 0.0)
        self._lists.asked(empty.key)
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
            return _Read(empty, [], set(), refused.reason if refused.passing else f"not allowed by {refused.reason}")
        answer = fetched.answer
        if answer.status == 304 and known is not None:
            self._ledger.also(lambda: self._lists.store(known._replace(fetched_at=answer.at), None))
            return _Read(known, self._lists.keys_of(page_name), set())
        if answer.status is None or fetched.capture is None or not 200 <= answer.status < 300:
            return _Read(empty, [], set(), fetched.refused or answer.problem or f"HTTP {answer.status}")
        listed = WAYS[way.kind](
            fetched.capture.payload, fetched.capture.content_type, fetched.capture.final_url or wanted.url, way
        )
        lost = None if way.kind == "feed" else "; ".join(listed.lost) or None
        # Of a feed the newest is all there is to say, so 304 says as much as its bytes would.
        partial = bool(listed.lost) or (listed.windowed and way.kind != "feed")
        etag, last_modified = (None, None) if partial else (answer.etag, answer.last_modified)
        page = Page(  # without validators where some may be missing: a 304 would make the part look like the whole
            page_name, empty.key, wanted.url, name, etag, last_modified, answer.payload_sha256, answer.at,
            answer.at if fetched.changed or known is None else known.changed_at, listed.next_pages,
            listed.problem or lost, answer.at,
        )  # fmt: skip
        if listed.problem is not None:
            self._ledger.also(lambda: self._lists.store(page, None))
            return _Read(page, [], set(), listed.problem)
        items = self._sighting.keyed(listed.items)
        keys = list(items)
        settled = self._lists.settled(keys)
        telling = {key: item for key, item in items.items() if _tells(item, settled.get(key))}
        found = self._sighting.told(telling, way.kind, wanted.url, answer.at)
        unknown = self._frontier.unknown(telling)

        def store() -> None:
            self._frontier.discover(found)
            self._lists.store(page, keys)

        self._ledger.also(store)
        self._ledger.flush()  # the next page asks what is known
        return _Read(page, keys, unknown, None, lost, listed.told)

    def _page_name(self, way: Discover, wanted: NextPage, place: int) -> str:
        """Name of a page in the frontier: all of its query counts; a POST's is its place in the walk.

        The fields of a form are no name: __VIEWSTATE is another whenever the list is. Two ways may select other items
        of one page: each has its own.
        """
        key = url_key(wanted.url, self._source.hosts)
        selected = f"#{digest}" if (digest := way.selectors) else ""
        return f"{key}{selected}" if wanted.form is None else f"{key}{selected}#{place}"

    def _is_known(self, way: Discover, child: NextPage, now: datetime) -> bool:
        """A sitemap whose index says that it did not change since we read it. A day's grace: lastmod may be a day.

        Some indexes give a lastmod that never moves; once a week it is not believed.
        """
        page = self._lists.page(self._page_name(way, child, 0))
        if page is None or page.problem is not None or page.next_pages or child.modified_at is None:
            return False
        if page.way != way_name(way) or now.timestamp() - page.read_at >= FULL_WALK_EVERY.total_seconds():
            return False
        return child.modified_at.timestamp() + 86_400 < page.fetched_at

    def _last_full(self, name: str, now: datetime) -> Walk | None:
        """The last complete walk, if it is recent enough to let this one be short."""
        last = self._lists.last_walk(name, complete=True)
        recent = last is not None and now.timestamp() - last.ended_at < FULL_WALK_EVERY.total_seconds()
        return last if recent else None

    def _old_enough(
        self, way: Discover, keys: list[str], new: int, full: Walk | None, now: datetime, pages: int
    ) -> str | None:
        """Why a newest-first list need not be followed any further today."""
        if full is None or way.order != "newest-first" or new or not keys:
            return None
        if pages == 1:
            return quiet(self._frontier, way_name(way), keys, now)
        if full.pages <= SMALL_LIST or pages < FRONT_PAGES:
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


def _fingerprint(wanted: NextPage) -> bytes:
    """What tells a walk that it was here before: the address and all fields of a form."""
    return hashlib.sha256(repr((wanted.url, wanted.form)).encode()).digest()


def _tells(item: Item, settled: tuple[float, bool] | None) -> bool:
    """Whether an item says anything of its URL that the frontier does not know. settled: of Lists.settled."""
    if settled is None:
        return True
    modified_at, has_day = settled
    if item.published_on is not None and not has_day:
        return True
    return item.modified_at is not None and item.modified_at.timestamp() > modified_at
