"""Rebuild from raw: the archived bytes, read by the current reader, must give the tables that are stored."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawlers.archive import segments
from crawlers.catalog import Catalog
from dagster_project.steps.accepted import acceptances
from dagster_project.steps.frontiers import frontiers
from dagster_project.steps.holding import dropped_stems, held_stems, kept_out
from dagster_project.steps.home import Clock, Home, Progress
from dagster_project.steps.loading import publish_now, source_facts
from dagster_project.steps.losses import LostCaptures, is_known, listed, missing, named_by_tables, orphans
from dagster_project.steps.normalizing import normalizing
from dagster_project.steps.reading import Unread, read_all, results_path, stem_of, version_of
from dagster_project.steps.upgrading import compared, version_in, write_acceptance
from pipelines.records import BantinError
from warehouse.errors import DamagedDatabase
from warehouse.frontier import frontier_versions
from warehouse.loaded import loaded_stems
from warehouse.rebuild import rebuild as rebuild_tables
from warehouse.store import work_file, writer


class NotLoaded(BantinError):
    """What was crawled or ingested is not in the tables yet: rebuilt ones would differ though nothing is wrong."""


@dataclass(frozen=True, slots=True)
class RebuildOutcome:
    """equal: every table's digest came out as stored; replaced: the new tables are in place.

    compared_with  work, snapshot, or None where nothing readable was there
    differences    rows of `bulletin` that came out otherwise, a sample
    lost           segments that are missing or damaged, one sentence each; given up if `replaced`
    """

    segments: int
    captures: int
    equal: bool
    replaced: bool
    compared_with: str | None
    differing_tables: tuple[str, ...]
    differences: list[Any]
    snapshot: str | None
    lost: tuple[str, ...] = ()


def rebuild(
    home: Home,
    catalog: Catalog,
    clock: Clock,
    *,
    accept: bool,
    jobs: int,
    progress: Progress,
    accept_loss: bool = False,
) -> RebuildOutcome:
    """Read every segment anew, load the results into a database beside the old one, compare, swap.

    What was decided of batches is replayed: what was dropped is not read, what waits is read anew and waits.

    accept_loss  give up what segments held that are missing or damaged; read results of missing ones go to
                 `bulletins/_lost/`
    raises       LostCaptures: segments are missing or newly damaged, and that was not accepted; nothing was replaced
                 NotLoaded: the tables are behind what was crawled, and neither was accepted; nothing was replaced
    """
    gone = missing(home, named_by_tables(home, clock))
    if gone and not accept_loss:
        raise _lost(list(gone.values()))
    if not (accept or accept_loss):
        _refuse_unloaded(home, clock)
    folder = home.bulletins / "_rebuild" / str(os.getpid())
    held, dropped = held_stems(home), dropped_stems(home)
    todo = [
        Unread(path, results_path(home, path, held), catalog.get(path.parent.parent.name))
        for path in segments(home.raw)
        if stem_of(path) not in dropped
    ]
    fresh = [replace(item, results=folder / item.results.relative_to(home.bulletins)) for item in todo]
    try:
        tally = read_all(home, fresh, jobs, progress)
        items = {item.segment.relative_to(home.raw).as_posix(): item for item in todo}
        new = [what for name, what in tally.damaged.items() if not is_known(items[name], what)]
        if new and not accept_loss:
            raise _lost(new)
        if accept or accept_loss:
            _accept_reader(home, todo, fresh, clock)
        with frontiers(home) as standing, normalizing(jobs) as mapper:
            tables = rebuild_tables(
                home.path, [item.results for item in fresh if stem_of(item.segment) not in held],
                source_facts(catalog), clock,
                accept=accept or accept_loss, frontiers=standing, acceptances=acceptances(home),
                mapper=mapper,
            )  # fmt: skip
        if tables.replaced:
            for orphan in orphans(home):
                kept = home.bulletins / "_lost" / orphan.relative_to(home.bulletins)
                kept.parent.mkdir(parents=True, exist_ok=True)
                orphan.replace(kept)
            for item, beside in zip(todo, fresh, strict=True):
                item.results.parent.mkdir(parents=True, exist_ok=True)
                beside.results.replace(item.results)
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
        lost=(*gone.values(), *tally.damaged.values()),
    )


def _accept_reader(home: Home, todo: Sequence[Unread], fresh: Sequence[Unread], clock: Clock) -> None:
    """Where another reader wrote the stored results, `--accept` is a yes to this one: written down like one."""
    stale = [
        (replace(item, stale_version=version), new.results)
        for item, new in zip(todo, fresh, strict=True)
        if (version := version_in(item.results)) not in (None, version_of(item.source))
    ]
    if stale:
        write_acceptance(home, compared([item for item, _ in stale], [path for _, path in stale]), clock())


def _refuse_unloaded(home: Home, clock: Clock) -> None:
    """raises NotLoaded, if work.duckdb is there, can be read and does not hold every closed segment and frontier."""
    if not work_file(home.path).exists():
        return
    try:
        with writer(home.path, "rebuild", clock) as con:
            loaded, versions = loaded_stems(con), frontier_versions(con)
    except DamagedDatabase:
        return
    known = {*loaded, *kept_out(home)}
    fresh = [path for path in segments(home.raw) if stem_of(path) not in known]
    with frontiers(home) as standing:
        moved = [frontier.source_id for frontier in standing if versions.get(frontier.source_id) != frontier.version]
    if fresh or moved:
        raise NotLoaded(
            f"{len(fresh)} segments and {len(moved)} frontiers are not in the tables as they are now"
            f" ({listed([*(path.relative_to(home.path).as_posix() for path in fresh), *moved])}): what is rebuilt would"
            " differ from what is stored. Now: nothing was replaced. Cure: `bantin read`, `bantin load`, then"
            " `bantin rebuild`; or take the rebuilt tables as they come with `bantin rebuild --accept`."
        )


def _lost(what: list[str]) -> LostCaptures:
    return LostCaptures(
        f"{len(what)} segments of the archive are missing or damaged; nothing was replaced. "
        "Put them back from a backup and run `bantin rebuild` again; or, to drop from the tables what they held, "
        f"`bantin rebuild --accept-loss`.\n{listed(what, chr(10))}"
    )
