"""A simulated web of Vietnamese official publishers on loopback: deterministic from a seed, one address a site."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry, changed_fields
from crawlers.newsroom.records import Change, Faults, Gold, Request
from crawlers.newsroom.server import Application, serving
from crawlers.newsroom.site import Site


class Newsroom:
    """Publishers, their day, and what they truly say.

    seed       everything follows from it, and from the calls of `advance`
    block      first three numbers of the addresses; site n (from 1) lives at `<block>.<n>`
    start      `bulletins` a site exist at the end of this day, published over the months before it
    kinds      of crawlers.newsroom.kinds.KINDS, one site each; a kind may be named twice
    per_day    bulletins of a site on an ordinary day; None: as many as its kind has. Few make a long history
    faults     of every site; `newsroom.faults[site_id] = …` changes one at any time
    """

    def __init__(
        self,
        seed: int,
        *,
        block: str = "127.0.77",
        port: int = 8460,
        start: date = date(2026, 11, 1),
        kinds: Sequence[str] = ("military-region", "army-daily", "hospital"),
        bulletins: int = 200,
        faults: Faults | None = None,
        per_day: float | None = None,
    ) -> None:
        self.seed, self.block, self.port, self.day = seed, block, port, start
        self.faults: dict[str, Faults] = {}
        self._start = start
        self._lock = threading.RLock()
        self._log: list[Request] = []
        sites = []
        self._per_day = per_day
        for number, kind in enumerate(kinds, 1):
            again = list(kinds[: number - 1]).count(kind)
            site_id = f"newsroom-{kind}" + (f"-{again + 1}" if again else "")
            self.faults[site_id] = faults or Faults()
            sites.append(self._site(kind, site_id, number))
        self.sites: tuple[Site, ...] = tuple(sites)
        self._by_id = {site.site_id: site for site in self.sites}
        for site in self.sites:
            site.chronicle.found(bulletins, start)
            site.open_day(start)

    def _site(self, kind: str, site_id: str, number: int) -> Site:
        return Site(
            self.seed, kind, site_id, f"{self.block}.{number}", self.port, lambda: self.faults[site_id], self._per_day
        )

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
        return Gold(
            site_id=site.site_id,
            path=entry.path,
            url=site.base_url + entry.path,
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
        )

    def listed(self, site_id: str) -> set[str]:
        """Absolute URLs of all bulletins it lists today: the newsroom's own count, without its trap."""
        site = self._by_id[site_id]
        with self._lock:
            return {site.base_url + entry.path for entry in site.edition.listed}

    def respond(self, site: Site, ask: Ask) -> Answer:
        """What a site answers, without any server."""
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
        application = Application({site.address: site for site in self.sites}, self.respond, self._log.append)
        with serving(application, self.port):
            yield

    def write_sources(self, folder: Path, delay_s: float) -> list[Path]:
        """Write each site's source file, `<site_id>.toml`, into `folder`, which is made if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for site in self.sites:
            file = folder / f"{site.site_id}.toml"
            file.write_text(site.source_toml(delay_s), encoding="utf-8")
            written.append(file)
        return written
