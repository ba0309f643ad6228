"""Which sources to crawl, and the crawl of them in a process of its own (crawlers/run.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from crawlers.addresses import needs_contact
from crawlers.catalog import Catalog
from crawlers.crawl_job import CrawlEnded, CrawlJob, run_job
from crawlers.source import Source
from dagster_project.steps.home import Clock, Home, OnWait, Progress, settings
from pipelines.records import BantinError


class CannotCrawl(BantinError):
    """What was asked for cannot be crawled; nothing was fetched."""


class CrawlBroke(BantinError):
    """The crawling process was killed, or a source broke: full disk, damaged frontier. outcome: of those that ended."""

    def __init__(self, message: str, outcome: CrawlOutcome) -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What one crawl of one source did. The counts are those of table `run`.

    unchanged  pages fetched whose bytes were those of the latest capture
    requests   sent, robots.txt and lists included; adopted: captures of a killed crawl that were taken over
    holes      lists that could not be walked, hosts that could not be asked, in words
    """

    source_id: str
    outcome: str
    listed: int = 0
    discovered: int = 0
    fetched: int = 0
    not_modified: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    excluded: int = 0
    adopted: int = 0
    requests: int = 0
    holes: tuple[str, ...] = ()
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """All sources of a crawl, in the order asked for."""

    run_id: str
    sources: tuple[SourceOutcome, ...] = field(default=())

    @property
    def holes(self) -> list[str]:
        """One sentence each; any makes the exit status 3."""
        found = []
        for source in self.sources:
            found += [f"{source.source_id}: {hole}" for hole in source.holes]
            if source.stopped and not any(source.stopped in hole for hole in source.holes):
                found.append(f"{source.source_id}: stopped: {source.stopped}; what is left waits for the next crawl")
        return found


def chosen(home: Home, catalog: Catalog, source_ids: Sequence[str]) -> list[Source]:
    """The sources to crawl: those named, else all that are enabled and have a way of discovery.

    raises  CannotCrawl: a named one is disabled or has no way of discovery, or none is enabled, or no contact is set
    """
    if source_ids:
        sources = [catalog.get(source_id) for source_id in dict.fromkeys(source_ids)]
    else:
        sources = [source for source in catalog if source.enabled and source.discover]
        if not sources:
            raise CannotCrawl(
                "no source is enabled; nothing was fetched. See `bantin source list`, `bantin source enable ID`."
            )
    for source in sources:
        if not source.enabled:
            raise CannotCrawl(
                f"source '{source.source_id}' is disabled; nothing was fetched. "
                f"`bantin source enable {source.source_id}` says that you mean to ask its publisher's server."
            )
        if not source.discover:
            raise CannotCrawl(
                f"source '{source.source_id}': expected a [[discover]] table in its file, found none; "
                "nothing was fetched"
            )
    strangers = [source.source_id for source in sources if needs_contact(source)]
    if strangers and not (settings(home).contact or "").strip():
        raise CannotCrawl(
            f"{home.path / 'bantin.toml'}: expected `contact`, an e-mail address or URL of yours that is sent with "
            f"every request, found none; nothing was fetched ({', '.join(strangers)}). "
            'Cure: contact = "you@example.org"'
        )
    return sources


def crawl(
    home: Home,
    catalog: Catalog,
    source_ids: Sequence[str],
    run_id: str,
    clock: Clock,
    *,
    command: str = "crawl",
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    progress: Progress = lambda what, done, total: None,
    on_wait: OnWait | None = None,
) -> CrawlOutcome:
    """Discover and fetch what is due, politely; interrupted or killed, the same call goes on.

    since, until  days of the bulletins to fetch, both included; others stay waiting
    limit         at most so many pages of each source
    raises        CannotCrawl, CrawlBroke
    """
    sources = chosen(home, catalog, source_ids)
    job = CrawlJob(
        home=str(home.path),
        source_ids=tuple(source.source_id for source in sources),
        run_id=run_id,
        command=command,
        contact=settings(home).contact,
        since=since.isoformat() if since else CrawlJob.since,
        until=until.isoformat() if until else CrawlJob.until,
        limit=limit,
        ahead_s=_ahead(clock),
    )
    done: dict[str, int] = {}

    def on_event(event: dict[str, Any]) -> None:
        if event.get("event") == "waits" and on_wait is not None:
            on_wait(f"{event['holder']} (source {event['source_id']})")
        if "fetched" in event:
            done[event["source_id"]] = event["fetched"] + event["not_modified"]
            progress("pages fetched", sum(done.values()), None)

    try:
        ends = run_job(job, on_event)
    except CrawlEnded as error:
        raise CrawlBroke(str(error), _outcomes(job, error.ends)) from error
    return _outcomes(job, ends)


def _outcomes(job: CrawlJob, ends: dict[str, dict[str, Any]]) -> CrawlOutcome:
    """Of the sources that came to an end."""
    return CrawlOutcome(job.run_id, tuple(_outcome(ends[name]) for name in job.source_ids if name in ends))


def _outcome(end: dict[str, Any]) -> SourceOutcome:
    names = SourceOutcome.__dataclass_fields__.keys() - {"holes"}
    return SourceOutcome(**{name: end[name] for name in names if name in end}, holes=tuple(end["holes"]))


def _ahead(clock: Clock) -> float:  # the child's clock stays as far ahead as this one is
    """Seconds by which the clock is ahead of the real one; 0 where it is the real one."""
    ahead = (clock() - datetime.now(UTC)).total_seconds()
    return ahead if abs(ahead) > 1 else 0.0
