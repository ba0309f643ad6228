"""One publisher on one address: asked, it answers as its kind, its day and its faults make it."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from datetime import date

from crawlers.newsroom.answers import Answer, Ask, conditional, redirect, tag_of, zipped
from crawlers.newsroom.chance import share
from crawlers.newsroom.chronicle import Chronicle, Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import denied
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.kinds.kind import Moving
from crawlers.newsroom.records import Faults
from crawlers.newsroom.relocation import Answering, Place, Relocation
from crawlers.newsroom.words import source_text

_KEPT_PAGES = 600
_FETCH_SELF = "allow_private = true\n"


class Site:
    """site_id, kind, address and base_url are for everybody; the rest is the newsroom's.

    faults          asked at every request, so that they can change while it serves
    shared, others  share of its bulletins that take over a story of these sites, as Chronicle has it
    """

    def __init__(
        self,
        seed: int,
        kind: str,
        site_id: str,
        address: str,
        port: int,
        faults: Callable[[], Faults],
        per_day: float | None = None,
        shared: float = 0.0,
        others: Sequence[Site] = (),
    ) -> None:
        self.seed, self.kind, self.site_id, self.address, self.port = seed, kind, site_id, address, port
        self.relocation: Relocation | None = None
        self.press = KINDS[kind]()
        self.faults = faults
        per_day = self.press.per_day if per_day is None else per_day
        self.chronicle: Chronicle = Chronicle(
            seed, site_id, self.press.manner, per_day, self.press.path_of,
            self.press.publisher, shared, [other.chronicle for other in others],
        )  # fmt: skip
        self.edition: Edition
        self._pages: OrderedDict[tuple[object, ...], Answer] = OrderedDict()
        self._zipped: OrderedDict[bytes, bytes] = OrderedDict()
        self._failed: Counter[str] = Counter()
        names = "|".join(re.escape(old) for old, _ in self.press.renamed)
        self._renamed, self._new_names = re.compile(names), dict(self.press.renamed)

    @property
    def base_url(self) -> str:
        """Where it lives today, without a slash at the end."""
        return f"http://{self.address}:{self.port}"

    @property
    def has_moved(self) -> bool:
        return self.relocation is not None and self.address == self.relocation.new_address

    @property
    def trap_url(self) -> str:
        """An address that its lists link to and its robots.txt forbids."""
        return self.base_url + self.press.trap

    def source_toml(self, delay_s: float, allow_private: bool = True) -> str:
        """The text of its source file. delay_s: over 0."""
        fetch = f"delay_s = {delay_s}\n" + (_FETCH_SELF if allow_private else "")
        name, old = (
            (f"{self.press.name}-moved", self.relocation.old_address)
            if self.relocation and self.has_moved
            else (self.press.name, "")
        )
        return source_text(name, self.press.publisher, self.address, self.base_url, fetch, old)

    def open_day(self, day: date) -> None:
        """Make `day` the day it shows."""
        if self.relocation is not None and not self.has_moved and day >= self.relocation.day:
            assert isinstance(self.press, Moving)
            self.chronicle.move(self.press.new_path_of)
            self.address = self.relocation.new_address
        self.edition = Edition(self.seed, self.site_id, self.base_url, self.chronicle, day)
        self._pages.clear()
        self._zipped.clear()

    def places(self) -> dict[str, Answering]:
        """Who answers at which address, from today on."""
        moving = self.relocation
        if moving is None:
            return {self.address: self}
        found: dict[str, Answering] = {
            moving.new_address: Place(self, None, lambda: self.has_moved, self._new_url),
        }
        if not (self.has_moved and moving.left_behind == "dead"):
            found[moving.old_address] = Place(self, moving.left_behind, lambda: not self.has_moved, self._new_url)
        return found

    def _new_url(self, ask: Ask) -> str:
        entry = self.chronicle.by_old_path.get(self.press.key_of(ask))
        return self.base_url + (entry.path if entry else ask.target)

    def moved_to(self, entry: Entry) -> str | None:
        """Where its path redirects to, under today's faults."""
        chosen = share(self.seed, self.site_id, entry.path, "moved") < self.faults().moved_share
        return self.press.moved(entry.path) if chosen else None

    def forget_failures(self) -> None:
        """The first requests of each path count anew (Faults.failing_times)."""
        self._failed.clear()

    def respond(self, ask: Ask) -> Answer:
        """The answer as it goes out, conditional and in gzip where asked so. HEAD: the server leaves the body out."""
        answer = conditional(ask, self._answer(ask))
        wanted = "gzip" in ask.headers.get("accept-encoding", "")
        if not (self.press.zips and wanted and answer.status == 200 and len(answer.body) > 500):
            return answer
        body = self._zipped.get(answer.body)
        if body is None:
            body = self._zipped[answer.body] = zipped(answer.body)
            if len(self._zipped) > _KEPT_PAGES:
                self._zipped.popitem(last=False)
        headers = (*answer.headers, ("content-encoding", "gzip"), ("vary", "Accept-Encoding"))
        return Answer(200, body, answer.content_type, headers, answer.etag, answer.modified_at)

    def _answer(self, ask: Ask) -> Answer:
        faults = self.faults()
        if ask.path == "/robots.txt" and faults.robots != 200:
            return Answer(0) if faults.robots == "drop" else Answer(int(faults.robots), b"", "text/plain")
        if faults.block_page:
            return Answer(200, denied(self.press.publisher))
        if ask.path == "/robots.txt":
            body = self._robots(faults).encode()  # a file on disk: every server gives those an ETag
            return Answer(200, body, "text/plain; charset=utf-8", etag=tag_of(body))
        return self._bulletin(ask, faults) or self._other(ask) or self._gone(404)

    def _other(self, ask: Ask) -> Answer | None:
        """Lists, feeds, sitemaps: made once a day, for those of a large site take a while."""
        if ask.method != "GET":
            return self.press.answer(self.edition, ask)
        key = (ask.target, ask.headers.get("cookie", ""))
        if (answer := self._pages.get(key)) is None and (answer := self.press.answer(self.edition, ask)):
            self._keep(key, answer)
        return answer

    def _keep(self, key: tuple[object, ...], answer: Answer) -> None:
        self._pages[key] = answer
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)

    def _bulletin(self, ask: Ask, faults: Faults) -> Answer | None:
        by_path = self.chronicle.by_path
        key = self.press.key_of(ask)
        entry = by_path.get(key)
        asked_new = False
        if entry is None and faults.moved_share and (old := self.press.unmoved(key)):
            entry, asked_new = by_path.get(old), True
        if entry is None or ask.method not in ("GET", "HEAD"):
            return None
        if failing := self._failing(entry, faults):
            return failing
        state = entry.state_on(self.edition.day)
        if state == "redirect-home":
            return redirect(302, "/")
        if state in ("gone-404", "gone-410"):
            return self._gone(int(state[-3:]))
        if state == "soft-404":
            return self._gone(200)
        to = self.moved_to(entry)
        if asked_new and to is None:
            return None
        if to is not None and not asked_new:
            return redirect(301, to)
        return self._page(entry, faults)

    def _page(self, entry: Entry, faults: Faults) -> Answer:
        day = self.edition.day
        broken = faults.broken_from is not None and day >= faults.broken_from
        key = (entry.number, broken)
        known = self._pages.get(key)
        if known is not None:
            return known
        text = self.press.page(self.edition, entry, self.chronicle.story(entry))
        if broken:
            text = self._renamed.sub(lambda match: self._new_names[match[0]], text)
        body = text.encode()
        match self.press.validators:
            case "page":
                answer = Answer(200, body, etag=tag_of(body), modified_at=entry.modified_at())
            case "content":
                tag = f'W/"{entry.number:x}-{len(entry.edits)}-{len(entry.saved)}{"r" * broken}"'
                answer = Answer(200, body, etag=tag, modified_at=entry.modified_at())
            case "plain":
                answer = Answer(200, body, headers=(("cache-control", "no-store, no-cache, must-revalidate"),))
            case _:
                headers = (("cache-control", "private"), ("x-aspnet-version", "4.0.30319"), ("x-powered-by", "ASP.NET"))
                answer = Answer(200, body, "text/html; charset=utf-8", headers)
        self._keep(key, answer)
        return answer

    def _failing(self, entry: Entry, faults: Faults) -> Answer | None:
        if share(self.seed, self.site_id, entry.path, "failing") >= faults.failing_share:
            return None
        if self._failed[entry.path] >= faults.failing_times:
            return None
        self._failed[entry.path] += 1
        wait = (("retry-after", str(faults.retry_after)),) if faults.retry_after is not None else ()
        return Answer(faults.failing_status, b"Service Unavailable\n", "text/plain", wait)

    def _gone(self, status: int) -> Answer:
        title = "Không tìm thấy trang"
        main = (
            f'<div class="khong-thay"><h1>{title}</h1><p>Trang bạn tìm không tồn tại hoặc đã bị xóa. Mời bạn về '
            '<a href="/">trang chủ</a>.</p></div>\n'
        )
        page = self.edition.once("gone", lambda: self.press.frame(self.edition, title, main, "/khong-tim-thay"))
        return Answer(status, page.encode())

    def _robots(self, faults: Faults) -> str:
        rules = "".join(f"Disallow: {path}\n" for path in self.press.disallowed)
        delay = f"Crawl-delay: {faults.crawl_delay:g}\n" if faults.crawl_delay is not None else ""
        maps = "".join(f"Sitemap: {url}\n" for url in self.press.sitemap_lines(self.edition))
        return f"User-agent: *\n{rules}{delay}{maps}"
