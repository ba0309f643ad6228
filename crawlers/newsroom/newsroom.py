"""A simulated web of Vietnamese official publishers on loopback: deterministic from a seed, one address a site."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry, changed_fields
from crawlers.newsroom.furniture import picture_path
from crawlers.newsroom.kinds.kind import Moving
from crawlers.newsroom.records import Change, Faults, Gold, Request
from crawlers.newsroom.relocation import LEFT_BEHIND, Answering, Relocation
from crawlers.newsroom.server import Application, serving
from crawlers.newsroom.site import Site

USUAL = ("military-region", "army-daily", "hospital")
"""The kinds of a newsroom that names none: the demo's."""


class Newsroom:
    """Publishers, their day, and what they truly say.

    seed       everything follows from it, and from the calls of `advance`
    block      first three numbers of the addresses; site n (from 1) lives at `<block>.<n>`
    start      `bulletins` a site exist at the end of this day, published over the months before it
    kinds      of crawlers.newsroom.kinds.KINDS, one site each; a kind may be named twice
    per_day    bulletins of a site on an ordinary day; None: as many as its kind has. Few make a long history
    shared     share of the bulletins of each site but the first that take over a story which a site before it in
               `kinds` published 0 to 3 days earlier: whole, edited or its first words (Gold.copy_of)
    faults     of every site; `newsroom.faults[site_id] = …` changes one at any time
    """

    def __init__(
        self,
        seed: int,
        *,
        block: str = "127.0.77",
        port: int = 8460,
        start: date = date(2026, 11, 1),
        kinds: Sequence[str] = USUAL,
        bulletins: int = 200,
        faults: Faults | None = None,
        per_day: float | None = None,
        shared: float = 0.0,
    ) -> None:
        self.seed, self.block, self.port, self.day = seed, block, port, start
        self.faults: dict[str, Faults] = {}
        self._start = start
        self._lock = threading.RLock()
        self._log: list[Request] = []
        self._served = False
        sites: list[Site] = []
        self._per_day = per_day
        for number, kind in enumerate(kinds, 1):
            again = list(kinds[: number - 1]).count(kind)
            site_id = f"newsroom-{kind}" + (f"-{again + 1}" if again else "")
            self.faults[site_id] = faults or Faults()
            sites.append(self._site(kind, site_id, number, shared, sites))
        self.sites: tuple[Site, ...] = tuple(sites)
        self._by_id = {site.site_id: site for site in self.sites}
        for site in self.sites:
            site.chronicle.found(bulletins, start)
            site.open_day(start)

    def _site(self, kind: str, site_id: str, number: int, shared: float, others: list[Site]) -> Site:
        return Site(
            self.seed, kind, site_id, f"{self.block}.{number}", self.port, lambda: self.faults[site_id], self._per_day,
            shared, others,
        )  # fmt: skip

    def site(self, site_id: str) -> Site:
        """KeyError: there is no such site."""
        return self._by_id[site_id]

    def advance(self, days: int = 1) -> list[Change]:
        """Let so many days pass. What happened, oldest first; clocks and boxes change besides."""
        changes: list[Change] = []
        with self._lock:
            for _ in range(days):
                self.day += timedelta(days=1)
                for site in self.sites:
                    changes += site.chronicle.advance(self.day, self.faults[site.site_id].silent)
                    site.open_day(self.day)
        return changes

    def gold(self, site_id: str, day: date | None = None) -> list[Gold]:
        """Every bulletin published until the end of that day (None: today), oldest first, as it was then."""
        site, until = self._by_id[site_id], day or self.day
        with self._lock:
            return [self._gold(site, e, until) for e in site.chronicle.entries if e.posted_at.date() <= until]

    def _gold(self, site: Site, entry: Entry, day: date) -> Gold:
        version = 1 + entry.edits_until(day)
        story = site.chronicle.story(entry, version)
        before = site.chronicle.story(entry, version - 1) if version > 1 else story
        shown = site.press.shown(site.edition, entry, day)
        told = [f.get("end") for f in story.facts if f.kind == "date" and f.get("full") == "yes"]
        address, path, old_url = self._place(site, entry, day)
        copy_of = None
        if entry.copy:
            there = self._by_id[entry.copy.site_id]
            copy_of = "".join(self._place(there, there.chronicle.entries[entry.copy.number - 1], day)[:2])
        return Gold(
            site_id=site.site_id,
            path=path,
            url=address + path,
            state=entry.state_on(day),
            posted_on=entry.posted_at.date(),
            published_on=shown.published_on,
            published_at=shown.published_at,
            title=story.title,
            lead=story.lead,
            body=story.paragraphs,
            captions=story.captions,
            byline="; ".join(story.credits) or None,
            authors=story.authors,
            photographers=story.photographers,
            section=story.section,
            tags=story.tags,
            agency_prefix=story.prefix,
            view_count=shown.view_count,
            version=version,
            changed_fields=changed_fields(before, story),
            not_before=None if shown.published_on else max((date.fromisoformat(d) for d in told if d), default=None),
            moved_to=site.moved_to(entry),
            facts=story.facts,
            old_url=old_url,
            images=tuple((address + picture_path(picture.number), picture.caption) for picture in story.pictures),
            copy_of=copy_of,
            copy_kind=entry.copy.kind if entry.copy else None,
        )

    def _place(self, site: Site, entry: Entry, day: date) -> tuple[str, str, str | None]:
        """Base URL and path of a bulletin on a day, and its URL before its site moved."""
        if not (site.relocation and site.has_moved and entry.old_path):
            return site.base_url, entry.path, None
        old_base = f"http://{site.relocation.old_address}:{site.port}"
        if day < site.relocation.day:
            return old_base, entry.old_path, None
        return site.base_url, entry.path, old_base + entry.old_path

    def listed(self, site_id: str) -> set[str]:
        """Absolute URLs of all bulletins it lists today: the newsroom's own count, without its trap."""
        site = self._by_id[site_id]
        with self._lock:
            return {site.base_url + entry.path for entry in site.edition.listed}

    def relocate(self, site_id: str, on: date | None = None, left_behind: str = "redirect") -> str:
        """Let a site move to the next free address, and all its bulletins to paths of another scheme.

        on           the first day there; None or a past one: today. Until then nothing changes
        left_behind  what the old address does from then on: `redirect`, `gone` or `dead`, see Relocation
        returns      its base URL there. `Site.source_toml` and `write_sources` give, once it moved, the file that reads
                     it there under the keys it had; `Gold.old_url` tells where each bulletin was
        raises       ValueError: a kind that does not move, one that moved already, another word for left_behind;
                     RuntimeError: it is being served, and an address cannot be added to a server that runs
        """
        site = self._by_id[site_id]
        if left_behind not in LEFT_BEHIND:
            raise ValueError(f"left_behind: expected {', '.join(LEFT_BEHIND)}, found {left_behind!r}")
        if not isinstance(site.press, Moving):
            raise ValueError(f"{site_id}: its kind, {site.kind}, has no second scheme of paths; it cannot move")
        if site.relocation is not None:
            raise ValueError(f"{site_id} moves to {site.relocation.new_address} already")
        if self._served:
            raise RuntimeError("the newsroom is being served: call relocate() before serve(), with a day to come")
        taken = len(self.sites) + sum(other.relocation is not None for other in self.sites)
        with self._lock:
            new = f"{self.block}.{taken + 1}"
            site.relocation = Relocation(on or self.day, site.address, new, left_behind)
            site.open_day(self.day)
        return f"http://{new}:{self.port}"

    def respond(self, site: Answering, ask: Ask) -> Answer:
        """What a site, or a place of it (Site.places), answers, without any server."""
        with self._lock:
            return site.respond(ask)

    def log(self, site_id: str | None = None) -> list[Request]:
        """Requests in the order of their arrival, of one site or of all."""
        return [request for request in list(self._log) if site_id in (None, request.site_id)]

    def clear_log(self) -> None:
        """Forget the requests, and which paths have failed how often (Faults.failing_times)."""
        with self._lock:
            self._log.clear()
            for site in self.sites:
                site.forget_failures()

    @contextmanager
    def serve(self) -> Iterator[None]:
        """Answer on all addresses while the block runs; the day may advance meanwhile. OSError: a port is taken."""
        places = {address: place for site in self.sites for address, place in site.places().items()}
        application = Application(places, self.respond, self._log.append)
        with serving(application, self.port):
            self._served = True
            try:
                yield
            finally:
                self._served = False

    def write_sources(self, folder: Path, delay_s: float) -> list[Path]:
        """Write each site's source file, `<site_id>.toml`, into `folder`, which is made if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for site in self.sites:
            file = folder / f"{site.site_id}.toml"
            file.write_text(site.source_toml(delay_s), encoding="utf-8")
            written.append(file)
        return written
