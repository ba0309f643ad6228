"""Rebuild from raw: the archived bytes, read by the current reader, must give the tables that are stored."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from typing import Any

from crawlers.archive import segments
from crawlers.catalog import Catalog
from dagster_project.steps.home import Clock, Home, Progress
from dagster_project.steps.loading import publish_now, source_facts
from dagster_project.steps.reading import Unread, read_all, results_path
from warehouse.rebuild import rebuild as rebuild_tables


@dataclass(frozen=True, slots=True)
class RebuildOutcome:
    """equal: every table's digest came out as stored; replaced: the new tables are in place.

    compared_with  work, snapshot, or None where nothing readable was there
    differences    rows of `bulletin` that came out otherwise, a sample
    """

    segments: int
    captures: int
    equal: bool
    replaced: bool
    compared_with: str | None
    differing_tables: tuple[str, ...]
    differences: list[Any]
    snapshot: str | None


def rebuild(
    home: Home, catalog: Catalog, clock: Clock, *, accept: bool, jobs: int, progress: Progress
) -> RebuildOutcome:
    """Read every segment anew, load the results into a database beside the old one, compare, swap."""
    folder = home.bulletins / "_rebuild" / str(os.getpid())
    todo = [Unread(path, results_path(home, path), catalog.get(path.parent.parent.name)) for path in segments(home.raw)]
    fresh = [replace(item, results=folder / item.results.relative_to(home.bulletins)) for item in todo]
    try:
        tally = read_all(home, fresh, jobs, progress)
        tables = rebuild_tables(
            home.path, [item.results for item in fresh], source_facts(catalog), clock, accept=accept
        )
        if tables.replaced:
            for item, new in zip(todo, fresh, strict=True):
                item.results.parent.mkdir(parents=True, exist_ok=True)
                new.results.replace(item.results)
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)
    published = publish_now(home, catalog, "rebuild", clock) if tables.replaced else None
    return RebuildOutcome(
        segments=len(todo),
        captures=tally.captures,
        equal=tables.equal,
        replaced=tables.replaced,
        compared_with=tables.compared_with,
        differing_tables=tuple(tables.differing_tables),
        differences=list(tables.bulletin_diff),
        snapshot=published.snapshot_id if published else None,
    )
