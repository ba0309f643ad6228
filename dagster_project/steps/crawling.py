"""Which sources to crawl, and the crawl of them in a process of its own (crawlers/run.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from crawlers.addresses import needs_contact
from crawlers.catalog import Catalog
from crawlers.crawl_job import CrawlEnded, CrawlJob, Only, Walks, run_job
from crawlers.source import Source
from dagster_project.steps.home import Clock, Home, OnWait, Progress, settings
from pipelines.records import BantinError

ENDED_TOO_EARLY = "the crawling process ended too early"


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
    requests   sent, robots.txt, lists and the hops of redirects included; adopted: captures of a killed crawl that were
               taken over
    rekeyed    URLs of the frontier whose key is another since [url] rules or hosts changed; joined: rows that became
               part of another one by that
    bytes      of the bodies of all answers as received, before any decoding; headers are not counted
    holes      lists that could not be walked, hosts that could not be asked, in words
    unreachable  it was asked, and not one answer of HTTP came: a network that is down may be up again soon
    problem    why its crawl broke, in words; None: it came to an end, be it an early one
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
    rekeyed: int = 0
    joined: int = 0
    requests: int = 0
    bytes: int = 0
    holes: tuple[str, ...] = ()
    stopped: str | None = None
    unreachable: bool = False
    problem: str | None = None


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
    if (why := contact_missing(home, sources, "nothing was fetched")) is not None:
        raise CannotCrawl(why)
    return sources


def contact_missing(home: Home | None, sources: Iterable[Source], now: str) -> str | None:
    """Why these sources may not be asked yet: strangers are among them, and nobody says who asks. now: what is true."""
    strangers = [source.source_id for source in sources if needs_contact(source)]
    if not strangers or (home is not None and (settings(home).contact or "").strip()):
        return None
    where = home.path / "bantin.toml" if home is not None else "bantin.toml of a home"
    return (
        f"{where}: expected `contact`, an e-mail address or URL of yours that is sent with every request, found none; "
        f'{now} ({", ".join(strangers)}). Cure: contact = "you@example.org"'
    )


def job_of(
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
    month_from: str = CrawlJob.month_from,
    month_until: str = CrawlJob.month_until,
    only: Only = "due",
    walk: Walks = "always",
    spread: bool = False,
) -> CrawlJob:
    """What the crawling process is to do, for the chosen sources.

    since, until  days of the bulletins to fetch, both included; others stay waiting
    limit         at most so many pages of each source
    month_from, month_until  months the URLs are filed under, `YYYY-MM`, both included, besides the days
    only          `due`: what waits and what is worth another look; `missing`: what waits or failed, each once
    walk          `always`; `stale`: only the ways not walked to their end for 20 hours, and then whole; `never`
    spread        what waits in turns over the months, as a sample
    raises        CannotCrawl
    """
    sources = chosen(home, catalog, source_ids)
    try:
        return CrawlJob(
            home=str(home.path),
            source_ids=tuple(source.source_id for source in sources),
            run_id=run_id,
            command=command,
            contact=settings(home).contact,
            since=since.isoformat() if since else CrawlJob.since,
            until=until.isoformat() if until else CrawlJob.until,
            limit=limit,
            ahead_s=ahead_s(clock),
            month_from=month_from,
            month_until=month_until,
            only=only,
            walk=walk,
            spread=spread,
        )
    except ValueError as error:
        raise CannotCrawl(f"{error}; nothing was fetched") from error


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
    month_from: str = CrawlJob.month_from,
    month_until: str = CrawlJob.month_until,
    only: Only = "due",
    walk: Walks = "always",
    spread: bool = False,
    progress: Progress = lambda what, done, total: None,
    on_wait: OnWait | None = None,
) -> CrawlOutcome:
    """Discover and fetch what `job_of` says, politely; interrupted or killed, the same call goes on.

    raises  CannotCrawl, CrawlBroke
    """
    job = job_of(
        home, catalog, source_ids, run_id, clock, command=command, since=since, until=until, limit=limit,
        month_from=month_from, month_until=month_until, only=only, walk=walk, spread=spread,
    )  # fmt: skip
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
        raise CrawlBroke(str(error), _of_those_that_ended(job, error.ends)) from error
    return _of_those_that_ended(job, ends)


def outcomes(job: CrawlJob, events: Iterable[dict[str, Any]]) -> CrawlOutcome:
    """All sources of a job, from the events that its crawling process told; one without an end failed."""
    ends = {event["source_id"]: event for event in events if event.get("event") == "end"}
    return CrawlOutcome(
        job.run_id,
        tuple(
            _outcome(ends[name])
            if name in ends
            else SourceOutcome(name, f"failed: {ENDED_TOO_EARLY}", problem=ENDED_TOO_EARLY)
            for name in job.source_ids
        ),
    )


def _of_those_that_ended(job: CrawlJob, ends: dict[str, dict[str, Any]]) -> CrawlOutcome:
    return CrawlOutcome(job.run_id, tuple(_outcome(ends[name]) for name in job.source_ids if name in ends))


def _outcome(end: dict[str, Any]) -> SourceOutcome:
    names = SourceOutcome.__dataclass_fields__.keys() - {"holes"}
    return SourceOutcome(**{name: end[name] for name in names if name in end}, holes=tuple(end["holes"]))


def ahead_s(clock: Clock) -> float:  # the child's clock stays as far ahead as this one is
    """Seconds by which the clock is ahead of the real one; 0 where it is the real one."""
    ahead = (clock() - datetime.now(UTC)).total_seconds()
    return ahead if abs(ahead) > 1 else 0.0
