"""Days of a newsroom, crawled one by one at a simulated clock, and what its gold says against what the warehouse holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import duckdb

from crawlers.catalog import load_catalog
from crawlers.newsroom import Newsroom
from crawlers.newsroom.records import Change, Gold
from crawlers.segment import VIETNAM
from dagster_project.steps.crawling import crawl
from dagster_project.steps.home import open_home
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new

DERIVED = {"word_count", "lead", "authors", "photographers", "published_not_before", "updated_at"}
"""Fields that follow from the one that was edited."""
STATUS_OF = {
    "live": "live", "gone-404": "gone", "gone-410": "gone", "soft-404": "missing", "redirect-home": "missing",
    "unlisted": "missing",
}  # fmt: skip


@dataclass
class Days:
    """One home that followed a newsroom. ends: instant after each day's crawl; changes: what the newsroom did."""

    newsroom: Newsroom
    home: Path
    ends: list[datetime] = field(default_factory=list)
    golds: list[dict[str, Gold]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def follow(self, days: int, delay_s: float = 0.002) -> None:
        """Crawl, read, load and publish on the first day and on each of the days after it."""
        (self.home / "sources").mkdir(parents=True)
        self.newsroom.write_sources(self.home / "sources", delay_s)
        with self.newsroom.serve():
            for day in range(days + 1):
                if day:
                    self.changes += self.newsroom.advance()
                self._one()

    def _one(self) -> None:
        """Everything at ten in the evening of the newsroom's day, when all of it is told."""
        home, catalog = open_home(self.home)[0], load_catalog(self.home)
        ahead = datetime.combine(self.newsroom.day, time(22), VIETNAM) - datetime.now(UTC)

        def clock() -> datetime:
            return datetime.now(UTC) + ahead

        run_id = f"day-{self.newsroom.day:%m%d}"
        outcome = crawl(home, catalog, [], run_id, clock)
        assert outcome.holes == [], outcome.holes
        assert read_new(home, catalog, jobs=2).tally.failures == ()
        load_new(home, catalog, Run(run_id, "load", clock()), clock)
        publish_now(home, catalog, "publish", clock)
        self.ends.append(clock())
        self.golds.append({gold.url: gold for site in self.newsroom.sites for gold in self.newsroom.gold(site.site_id)})

    def rows(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Rows of the published snapshot."""
        with duckdb.connect(self.home / "warehouse" / "bulletins.duckdb", read_only=True) as con:
            answer = con.execute(query, values or [])
            names = [column[0] for column in answer.description or []]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def as_gold(row: dict[str, Any]) -> dict[str, Any]:
    """Columns of a version in the gold's terms."""
    return {
        "title": row["title"],
        "body": tuple((row["body"] or "").split("\n\n")),
        "captions": tuple(row["captions"]),
        "byline": row["byline"],
        "published_on": row["published_on"],
    }


def differences(found: dict[str, Any], gold: Gold) -> Iterator[str]:
    """What a version says otherwise than the newsroom."""
    for name, value in as_gold(found).items():
        expected = getattr(gold, name)
        if value != expected:
            yield f"{gold.url}: {name}: expected {expected!r}, found {value!r}"
