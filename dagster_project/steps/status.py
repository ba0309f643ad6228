"""Where every source stands: what its frontier counts, how its last crawl and its last walks of lists ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawlers.catalog import Catalog
from crawlers.errors import CrawlersError
from crawlers.frontier import Frontier, refusal
from crawlers.frontier_lists import Lists, Runs
from crawlers.segment import VIETNAM
from crawlers.source import Source, way_name
from crawlers.states import DUPLICATE, FETCHED, NOT_BULLETIN
from dagster_project.steps.home import Home
from warehouse.errors import DamagedDatabase, NoSnapshot
from warehouse.query import open_snapshot, run_query

__all__ = ["VIETNAM", "SourceStatus", "status"]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """urls: state in the frontier → how many. bulletins: in the published snapshot. lists: way → how its walk ended.

    health   healthy, quiet, rotten, blocked, moved, unreachable: judged by a later step, None until then
    problem  why nothing can be said of it
    """

    source_id: str
    enabled: bool
    urls: dict[str, int] = field(default_factory=dict)
    bulletins: int = 0
    last_crawl: datetime | None = None
    last_outcome: str | None = None
    lists: dict[str, str] = field(default_factory=dict)
    health: str | None = None
    problem: str | None = None

    @property
    def known(self) -> int:
        """URLs that lists have ever shown."""
        return sum(self.urls.values())

    @property
    def fetched(self) -> int:
        """URLs whose page is in the archive, whatever it turned out to be."""
        return sum(self.urls.get(state, 0) for state in (FETCHED, NOT_BULLETIN, DUPLICATE))

    @property
    def missing(self) -> int:
        """URLs that are known and not in hand."""
        return self.urls.get("waiting", 0) + self.urls.get("failed", 0)


def status(home: Home, catalog: Catalog, source_ids: Sequence[str] = ()) -> list[SourceStatus]:
    """Sources that are enabled, were crawled or have bulletins; or those named."""
    held = _bulletins(home)
    wanted = [catalog.get(source_id) for source_id in source_ids] or [
        source for source in catalog if source.enabled or source.source_id in held or _file(home, source).exists()
    ]
    return [_of(home, source, held.get(source.source_id, 0)) for source in wanted]


def _of(home: Home, source: Source, bulletins: int) -> SourceStatus:
    file = _file(home, source)
    if not file.exists():
        return SourceStatus(source.source_id, source.enabled, bulletins=bulletins)
    try:
        with Frontier(file, read_only=True) as frontier:
            runs = list(Runs(frontier).ended(source.source_id))
            walks = {way_name(way): Lists(frontier).last_walk(way_name(way)) for way in source.discover}
            return SourceStatus(
                source.source_id,
                source.enabled,
                frontier.counts(),
                bulletins,
                runs[-1].ended_at if runs else None,
                runs[-1].outcome if runs else None,
                {name: _told(walk) for name, walk in walks.items()},
            )
    except (CrawlersError, sqlite3.Error) as error:
        told = refusal(file, error) if isinstance(error, sqlite3.Error) else error
        return SourceStatus(source.source_id, source.enabled, bulletins=bulletins, problem=str(told))


def _told(walk: Any) -> str:
    if walk is None:
        return "never walked"
    return f"{walk.items} items on {walk.pages} pages, {walk.unknown} unknown; ended: {walk.stop_reason}"


def _bulletins(home: Home) -> dict[str, int]:
    try:
        with open_snapshot(home.path) as con:
            return dict(run_query(con, "select source_id, count(*) from bulletin group by source_id").rows)
    except (NoSnapshot, DamagedDatabase):
        return {}


def _file(home: Home, source: Source) -> Any:
    return home.crawl / f"{source.source_id}.sqlite"
