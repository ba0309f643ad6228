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
from datetime import date, datetime

from crawlers.bounds import MAX_PAGES
from crawlers.discovery.listed import NextPage, counted
from crawlers.discovery.numbered import first_request
from crawlers.exchange import Wanted
from crawlers.fetch import Fetched
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Lists, Walk
from crawlers.ledger import Ledger
from crawlers.list_end import FULL
from crawlers.list_pages import FULL_WALK_EVERY, PAGED, ListPages, paging
from crawlers.quiet import HORIZON, RESTS, quiet
from crawlers.segment import VIETNAM
from crawlers.source import Discover, Source, way_name

SMALL_LIST = 30  # pages: walked to its end every time
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
        self._frontier, self._lists, self._ledger, self._clock, self._run_id = frontier, lists, ledger, clock, run_id
        self._pages = ListPages(source, frontier, lists, ledger, fetch, clock)
        self.listed = self.discovered = 0

    async def walk(self, way: Discover, whole: bool = False) -> WalkOutcome:
        """Follow one way from its start. What it lists is in the frontier page by page, so a kill loses none of it.

        whole  to the end of the list, however quiet it is: somebody wants all of it
        """
        name, started = way_name(way), self._clock()
        full = None if whole else self._last_full(name, started)
        start = first_request(way)
        queue, seen, names = deque([start]), {_fingerprint(start)}, {self._pages.name_of(way, start, 0)}
        pages = items = unknown = faults = stale = 0
        reason, complete, problem = "end of the list", True, None
        before: set[str] | None = None
        shown: set[str] = set()
        remarks: Counter[str] = Counter()
        known_before = way.kind != "feed" and self._lists.holds(name, MANY)
        fresh: set[str] | None = set() if known_before else None  # all keys so far, as long as none was known before
        self._pages.breeding.begin(start.url)
        while queue:
            wanted = queue.popleft()
            if pages == MAX_PAGES:
                reason, complete = f"more than {MAX_PAGES} pages", False
                problem = f"{name}: {reason}; the rest of the list was left out"
                break
            read = await self._pages.read(way, name, wanted, pages)
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
            if way.kind in PAGED:
                if before is not None and keys and set(keys) <= before:
                    reason = "the page repeats the one before"
                    # Later, and of a short list by number, it is how many servers answer a page behind the last.
                    if pages == 2 and (way.page_url is None or len(keys) >= FULL):
                        complete = False
                        problem = f"{name}: its second page repeats the first: is {paging(way)} right?"
                    break
                stale = stale + 1 if shown.issuperset(keys) else 0
                before = set(keys)
                shown |= before
                if stale == MAX_STALE:
                    reason, complete = f"{MAX_STALE} pages in a row show only what earlier ones show", False
                    problem = f"{name}: {reason}: its paging goes in circles, older items may be hidden"
                    break
                if why := self._pages.breeding.barren:
                    reason, complete, problem = why, False, problem or f"{name}: {why}; what follows was left out"
                    break
                if why := self._old_enough(way, keys, new, full, started, pages):
                    reason, complete = why, False
                    break
            onward_pages, over = self._pages.breeding.pages(way.kind, wanted, page.next_pages)
            if over is not None:
                reason, complete, problem = "not all of its pages are followed", False, problem or f"{name}: {over}"
            for onward in onward_pages:
                if _fingerprint(onward) in seen:
                    if way.kind != "sitemap":
                        reason = "its next page was seen before"
                        if stale:  # a server that answers with its first page when it has lost a session
                            complete, problem = False, f"{name}: its paging fell back to an earlier page"
                    continue
                seen.add(_fingerprint(onward))
                name_of_it = self._pages.name_of(way, onward, pages)
                names.add(name_of_it)
                if way.kind == "sitemap" and self._pages.is_known(way, onward, started):
                    held = len(self._lists.keys_of(name_of_it))
                    items += held
                    self.listed += held
                    fresh = None
                    continue
                queue.append(onward)
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
        return f"all items of the page are known and older than {HORIZON.days} days; {RESTS}"


def _fingerprint(wanted: NextPage) -> bytes:
    """What tells a walk that it was here before: the address and all fields of a form."""
    return hashlib.sha256(repr((wanted.url, wanted.form)).encode()).digest()
