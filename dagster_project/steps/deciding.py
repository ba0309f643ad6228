"""A person's word about a held batch: let in, or dropped. The word is on disk first: killed, the next load goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from crawlers.catalog import Catalog
from crawlers.errors import SourceFileError, UnknownSource
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Runs
from dagster_project.steps.holding import (
    DROPPED,
    RELEASED,
    HeldBatch,
    HoldError,
    decisions,
    forget,
    give_back,
    held_batches,
    held_files,
    on_disk,
)
from dagster_project.steps.home import Clock, Home, OnWait
from dagster_project.steps.upgrading import append_decision
from pipelines.identity import bulletin_id
from warehouse.captured import captured
from warehouse.store import writer


def find(home: Home, batch_id: str) -> HeldBatch:
    """The batch of that id. raises HoldError"""
    waiting = {batch.batch_id: batch for batch in held_batches(home)}
    if batch_id in waiting:
        return waiting[batch_id]
    decided = next((d.what for d in decisions(home) if d.batch_id == batch_id), None)
    found = {RELEASED: "one that was released", DROPPED: "one that was dropped", None: "none of that name"}[decided]
    known = ", ".join(sorted(waiting)) or "none waits"
    raise HoldError(
        f"batch {batch_id!r}: expected one that waits ({known}), found {found}. Now: nothing was changed. Cure: see"
        " `bantin hold list`"
    )


def release(home: Home, catalog: Catalog, batch_id: str, clock: Clock, on_wait: OnWait | None = None) -> HeldBatch:
    """Let a batch in: the next load takes its results unjudged. raises HoldError, WriterBusy"""
    return _decide(home, catalog, batch_id, RELEASED, clock, on_wait)


def drop(home: Home, catalog: Catalog, batch_id: str, clock: Clock, on_wait: OnWait | None = None) -> HeldBatch:
    """Drop a batch: no load takes it in, and the next crawl asks for its pages. raises HoldError, WriterBusy"""
    return _decide(home, catalog, batch_id, DROPPED, clock, on_wait)


def finish(home: Home, catalog: Catalog, con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Do what was decided and is not done: a kill came in between. con: the writer's, before anything is loaded."""
    decided = {decision.batch_id: decision.what for decision in decisions(home)}
    for batch in on_disk(home):
        if decided.get(batch.batch_id) == RELEASED:
            give_back(home, batch)
        elif decided.get(batch.batch_id) == DROPPED:
            _put_back(home, catalog, con, batch, now)
            forget(home, batch)


def _decide(home: Home, catalog: Catalog, batch_id: str, what: str, clock: Clock, on_wait: OnWait | None) -> HeldBatch:
    find(home, batch_id)
    with writer(home.path, f"hold {what.removeprefix('batch-')}", clock, on_wait=on_wait) as con:
        batch = find(home, batch_id)  # again: a load may have been waited for, and the batch have grown
        append_decision(
            home,
            {
                "decision": what,
                "at": clock().astimezone(UTC).isoformat(),
                "batch_id": batch.batch_id,
                "source_id": batch.source_id,
                "since": batch.since.astimezone(UTC).isoformat(),
                "segments": list(batch.segments),
                "why": list(batch.why),
            },
        )
        finish(home, catalog, con, clock())
    return batch


def _put_back(home: Home, catalog: Catalog, con: duckdb.DuckDBPyConnection, batch: HeldBatch, now: datetime) -> None:
    """The frontier forgets what the batch brought. A source that was never crawled has none."""
    file = home.crawl / f"{batch.source_id}.sqlite"
    if not file.exists():
        return
    rows = con.execute("select bulletin_id from bulletin where source_id = ?", [batch.source_id]).fetchall()
    loaded = {found for (found,) in rows}
    results = held_files(home, batch)
    keys = {_key(catalog, batch.source_id, url) for _, url in captured(results)}
    segments = [f"{batch.source_id}/{path.parent.name.removeprefix('month=')}/{path.stem}.warc.gz" for path in results]
    with Frontier(file) as frontier, frontier.transaction():
        frontier.put_back(
            keys, batch.since.timestamp(), lambda key: bulletin_id(batch.source_id, key) in loaded, now.timestamp()
        )
        Runs(frontier).account(segments)  # or a killed crawl's captures would be adopted from there


def _key(catalog: Catalog, source_id: str, url: str) -> str:
    """Raises SourceFileError, UnknownSource: the frontier's keys are of the rules of today."""
    try:
        return catalog.get(source_id).key(url)
    except (SourceFileError, UnknownSource) as error:
        raise HoldError(
            f"{error} The batch of {source_id} is dropped, its addresses are not put back yet. Cure: correct the source"
            " file, then `bantin load`"
        ) from error
