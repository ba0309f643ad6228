"""What a run through Dagster decides and tells besides the steps it calls: which sources, and how they fared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from crawlers.catalog import Catalog
from crawlers.errors import CrawlersError
from crawlers.frontier import Frontier
from dagster_project.steps.crawling import SourceOutcome, chosen
from dagster_project.steps.home import Clock, Home, OnWait, settings
from dagster_project.steps.inventory import inventory, month_of
from dagster_project.steps.loading import publish_now
from pipelines.records import BantinError
from warehouse.errors import DamagedDatabase, NoSnapshot
from warehouse.publish import Published
from warehouse.query import open_snapshot, run_query

FIRST_FAILURES = 10
PLOTTED_MONTHS = 24


class Failure(NamedTuple):
    """A URL that was given up for a while, and why."""

    url: str
    month: str
    reason: str


@dataclass(frozen=True, slots=True)
class Crawled:
    """What the crawl of one run did, all sources together; for table `run`."""

    fetched: int = 0
    failed: int = 0


def ready(home: Home, catalog: Catalog, source_ids: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """(sources that can be crawled now, why the others cannot), of those a run was asked for.

    A source file that was broken, taken away or disabled since the run was planned must not stop the others.
    """
    fine: list[str] = []
    refused: dict[str, str] = {}
    for source_id in source_ids:
        try:
            chosen(home, catalog, [source_id])
        except BantinError as error:
            refused[source_id] = str(error)
        else:
            fine.append(source_id)
    return fine, refused


def due(catalog: Catalog, rhythm: str) -> list[str]:
    """Enabled sources of a rhythm that have a way of discovery; without a rhythm a source is irregular."""
    return [s.source_id for s in catalog if s.enabled and s.discover and (s.rhythm or "irregular") == rhythm]


def unwalked(home: Home, catalog: Catalog, source_ids: Sequence[str], clock: Clock) -> list[str]:
    """Of these sources those with a list that was not walked to its end lately: what they list is not all known."""
    now, found = clock(), []
    for source_id in source_ids:
        if inventory(home, catalog.get(source_id), month_of(now), month_of(now)).is_stale(now):
            found.append(source_id)
    return found


def failure(source: SourceOutcome) -> str | None:
    """Why a crawl of a source brought nothing that can be relied on; None: it came through, perhaps with holes.

    A source fails where its crawl broke, was stopped, or showed no item of any list and had something to say of it.
    """
    if source.problem is not None:
        return source.problem
    if source.unreachable:
        return f"no answer: {source.holes[0] if source.holes else source.outcome}"
    if source.stopped:
        return f"stopped: {source.stopped}"
    if source.holes and not source.listed:
        return "; ".join(source.holes)
    return None


def touched(home: Home, source_id: str, since: datetime) -> dict[str, int]:
    """Month of the URLs that were asked for from `since` on → how many; the months a run was about."""
    rows = _ask(
        home, source_id, "select month, count(*) from url where last_fetch_at >= ? group by month", since.timestamp()
    )
    return {str(month): int(count) for month, count in sorted(rows)}


def first_failures(home: Home, source_id: str, months: Sequence[str] = ()) -> list[Failure]:
    """The first URLs that failed, newest month first; of these months only, if any are named."""
    marks = ",".join("?" * len(months))
    rows = _ask(
        home, source_id,
        "select url, month, coalesce(reason, '') from url where state = 'failed'"
        f"{f' and month in ({marks})' if months else ''} order by month desc, key limit {FIRST_FAILURES}",
        *months,
    )  # fmt: skip
    return [Failure(*map(str, row)) for row in rows]


def _ask(home: Home, source_id: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    file = home.crawl / f"{source_id}.sqlite"
    if not file.exists():
        return []
    try:
        with Frontier(file, read_only=True) as frontier:
            return frontier.con.execute(query, values).fetchall()
    except (CrawlersError, sqlite3.Error):  # the load names a damaged frontier and its cure
        return []


def crawled(home: Home, catalog: Catalog, run_id: str) -> Crawled:
    """What a run's crawl told the frontiers."""
    ended = "select fetched, failed from run where run_id = ? and ended_at is not null"
    rows = [row for source in catalog for row in _ask(home, source.source_id, ended, run_id)]
    return Crawled(sum(fetched for fetched, _ in rows), sum(failed for _, failed in rows))


def publish_due(
    home: Home,
    catalog: Catalog,
    command: str,
    clock: Clock,
    on_wait: OnWait | None = None,
    *,
    at_once: bool = False,
) -> Published | None:
    """Publish, unless the last snapshot is younger than `publish_every`; then None, and a later run does it.

    at_once  publish all the same
    """
    if not at_once and (at := publish_not_before(home)) is not None and clock() < at:
        return None
    return publish_now(home, catalog, command, clock, on_wait)


def publish_not_before(home: Home) -> datetime | None:
    """When the next snapshot may be made; None: at once, there is none yet."""
    try:
        with open_snapshot(home.path) as con:
            row = next(iter(run_query(con, "select max(published_at) from snapshot").rows), None)
    except (NoSnapshot, DamagedDatabase):
        return None
    if row is None or row[0] is None:
        return None
    at: datetime = row[0]
    return at.astimezone(UTC) + timedelta(minutes=settings(home).publish_every)


def bulletins_by_month(home: Home) -> dict[str, dict[str, int]]:
    """Source → month of the URL → bulletins in the published snapshot; the last two years."""
    try:
        with open_snapshot(home.path) as con:
            rows = list(
                run_query(
                    con, "select source_id, month, loaded from coverage where loaded > 0 order by source_id, month"
                ).rows
            )
    except (NoSnapshot, DamagedDatabase):
        return {}
    months = sorted({str(month) for _, month, _ in rows})[-PLOTTED_MONTHS:]
    found: dict[str, dict[str, int]] = {}
    for source_id, month, loaded in rows:
        if str(month) in months:
            found.setdefault(str(source_id), {})[str(month)] = int(loaded)
    return found
