"""One page of a walk: asked for, read, and what it lists stored. Where a list ends is told here, too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawlers.aliases import aliases_of, follow, note
from crawlers.bounds import Breeding
from crawlers.discovery.listed import Item, ListedPage, NextPage, no_list
from crawlers.discovery.numbered import first_request, following, numbered
from crawlers.discovery.ways import WAYS
from crawlers.exchange import Wanted
from crawlers.fetch import Fetched, NotAllowed
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Lists, Page
from crawlers.ledger import Ledger
from crawlers.list_end import doubt_of_end
from crawlers.redirects import TO_ITSELF, TOO_MANY
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source, way_name
from pipelines.identity import url_key

FULL_WALK_EVERY = timedelta(days=6, hours=12)
PAGED = ("listing", "form", "fragment")
"""Kinds whose pages follow one another."""


@dataclass(frozen=True, slots=True)
class Read:
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


class ListPages:
    """Asks for the pages of one source's lists in one crawl. fetch raises Stopped, NotAllowed.

    breeding  what they brought so far, against the bounds
    """

    def __init__(
        self,
        source: Source,
        frontier: Frontier,
        lists: Lists,
        ledger: Ledger,
        fetch: Callable[[Wanted], Awaitable[Fetched]],
        clock: Callable[[], datetime],
    ) -> None:
        self._source, self._frontier, self._lists, self._ledger = source, frontier, lists, ledger
        self._fetch, self._clock = fetch, clock
        self._sighting, self.breeding = Sighting(source), Breeding()

    async def read(self, way: Discover, name: str, wanted: NextPage, place: int) -> Read:
        """Ask for a page and store what it lists."""
        page_name = self.name_of(way, wanted, place)
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
            return Read(empty, [], set(), refused.reason if refused.passing else f"not allowed by {refused.reason}")
        answer = fetched.answer
        if answer.status == 304 and known is not None:
            self._ledger.also(lambda: self._lists.store(known._replace(fetched_at=answer.at), None))
            self.breeding.listed([])
            return Read(known, self._lists.keys_of(page_name), set())
        by_number = place > 0 and way.kind in PAGED and wanted == numbered(way, place)
        if by_number and answer.status in (404, 410) and not fetched.refused:
            listed = no_list(f"HTTP {answer.status}", windowed=False, ended=True)
        elif answer.status is None or fetched.capture is None or not 200 <= answer.status < 300:
            return Read(empty, [], set(), self._refused(fetched))
        else:
            listed = WAYS[way.kind](
                fetched.capture.payload, fetched.capture.content_type, fetched.capture.final_url or wanted.url, way
            )
        if listed.ended and place > 0 and (by_number or way.kind == "fragment"):
            listed = self._end(way, page_name, place, listed)
        elif listed.problem is None and way.kind in PAGED:
            listed = replace(listed, next_pages=following(way, listed, place))
        lost = None if way.kind == "feed" else "; ".join(listed.lost) or None
        if lost is None and place == 0 and listed.blocked is not None and not listed.next_pages:
            lost = listed.blocked
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
            return Read(page, [], set(), listed.problem)
        items = self._sighting.keyed(listed.items)
        settled = self._lists.settled(list(items))
        telling = {key: item for key, item in items.items() if _tells(item, settled.get(key))}
        unknown = self._frontier.unknown(telling)
        left, over = self.breeding.left_out(way.kind, telling, unknown)
        if over is not None:
            items, telling = _without(items, left), _without(telling, left)
            unknown, lost = unknown - left, "; ".join(filter(None, (lost, over)))
            page = page._replace(etag=None, last_modified=None, problem=lost)
        listed_urls = (item.url for item in listed.items)
        others = [alias for alias in aliases_of(self._source, listed_urls, answer.at) if alias.key in items]
        room, over = self.breeding.room_for_others(way.kind, len(others))
        if over is not None:
            others, lost = others[:room], "; ".join(filter(None, (lost, over)))
            page = page._replace(etag=None, last_modified=None, problem=lost)
        keys = list(items)
        found = self._sighting.told(telling, way.kind, wanted.url, answer.at)
        self.breeding.listed([item.reason for item in found] if len(found) == len(items) else [None])

        def store() -> None:
            self._frontier.discover(found)
            note(self._frontier, others)
            follow(self._frontier, self._source, items, answer.at)
            self._lists.store(page, keys)

        self._ledger.also(store)
        self._ledger.flush()  # the next page asks what is known
        return Read(page, keys, unknown, None, lost, listed.told)

    def _end(self, way: Discover, page_name: str, place: int, listed: ListedPage) -> ListedPage:
        """The page behind the last one, which lists nothing; a hole where it may be none. It counts as read then, too.

        So what is empty without reason is a hole once, and believed where it is empty the next time as well.
        """
        onward = numbered(way, place + 1)
        doubt = doubt_of_end(
            listed.problem or "nothing",
            blank=listed.blank,
            place=place,
            held=len(self._lists.keys_of(page_name)),
            behind=0 if onward is None else len(self._lists.keys_of(self.name_of(way, onward, place + 1))),
            first=len(self._lists.keys_of(self.name_of(way, first_request(way), 0))),
            paging=paging(way),
        )
        return replace(listed, problem=None, lost=(doubt,) if doubt else ())

    def _refused(self, fetched: Fetched) -> str:
        """Why there is nothing to read in an answer."""
        why = fetched.refused or fetched.answer.problem or f"HTTP {fetched.answer.status}"
        if why.startswith((TO_ITSELF, TOO_MANY)) and not self._source.fetch.cookies:
            why += "; if it asks for a cookie first, set fetch.cookies = true"
        return why

    def name_of(self, way: Discover, wanted: NextPage, place: int) -> str:
        """Name of a page in the frontier: all of its query counts; a POST's is its place in the walk.

        The fields of a form are no name: __VIEWSTATE is another whenever the list is. Two ways may select other items
        of one page: each has its own.
        """
        key = url_key(wanted.url, self._source.hosts)
        selected = f"#{digest}" if (digest := way.selectors) else ""
        return f"{key}{selected}" if wanted.form is None else f"{key}{selected}#{place}"

    def is_known(self, way: Discover, child: NextPage, now: datetime) -> bool:
        """A sitemap whose index says that it did not change since we read it. A day's grace: lastmod may be a day.

        Some indexes give a lastmod that never moves; once a week it is not believed.
        """
        page = self._lists.page(self.name_of(way, child, 0))
        if page is None or page.problem is not None or page.next_pages or child.modified_at is None:
            return False
        if page.way != way_name(way) or now.timestamp() - page.read_at >= FULL_WALK_EVERY.total_seconds():
            return False
        return child.modified_at.timestamp() + 86_400 < page.fetched_at


def _without(items: dict[str, Item], left: set[str]) -> dict[str, Item]:
    return {key: item for key, item in items.items() if key not in left}


def paging(way: Discover) -> str:
    """The key of the source file that leads to the next page."""
    return "`page_url`" if way.page_url else "`post`" if way.post else "`next`"


def _tells(item: Item, settled: tuple[float, bool] | None) -> bool:
    """Whether an item says anything of its URL that the frontier does not know. settled: of Lists.settled."""
    if settled is None:
        return True
    modified_at, has_day = settled
    if item.published_on is not None and not has_day:
        return True
    return item.modified_at is not None and item.modified_at.timestamp() > modified_at
