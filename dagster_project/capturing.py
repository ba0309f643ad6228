"""The body of the asset `capture/<source>`: one crawling process for all chosen sources, its reports by source."""

import os
import subprocess
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import asdict
from datetime import datetime
from typing import Any

import dagster as dg

from crawlers.crawl_job import PROGRAM, CrawlJob, ask_to_end
from crawlers.locks import daily_turn
from dagster_project.display import visible
from dagster_project.messages import WholeLines
from dagster_project.resources import COMMAND, BantinHome, run_id_of, started_at
from dagster_project.steps import daily
from dagster_project.steps.crawling import CrawlOutcome, SourceOutcome, job_of, outcomes
from dagster_project.steps.home import OnWait

CRAWLED = "crawled"
RETRIES = 2
COUNTS = ("requests", "bytes", "fetched")
"""What the child reports of a source that came through, and a failed check of one that did not."""
PREFIX = "capture"


def key_of(source_id: str) -> dg.AssetKey:
    return dg.AssetKey([PREFIX, source_id])


def capture(
    context: dg.AssetExecutionContext, bantin: BantinHome
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Crawl the selected sources; a source that fails yields only its failed check.

    A run of `bantin run` or a schedule takes all URLs that are due, whatever their month; any other takes what is
    missing or failed in its months.
    raises  RetryRequested where no source could be reached, Failure where none came through
    """
    ids = sorted(key.path[-1] for key in context.selected_asset_keys)
    ready, refused = daily.ready(bantin.home, bantin.catalog(), ids)
    begun, found, reported = started_at(context, bantin), CrawlOutcome(""), {}
    if ready:
        found, reported = _crawl(context, bantin, ready)
    failed = refused | {s.source_id: why for s in found.sources if (why := daily.failure(s)) is not None}
    counts = {s.source_id: {name: getattr(s, name) for name in COUNTS} for s in found.sources}
    fine = [source for source in found.sources if source.source_id not in failed]
    if ready and all(source.unreachable for source in found.sources):
        again = context.retry_number < RETRIES
        words = f"; they are asked again in {bantin.retry_wait_s} s" if again else ""
        context.log.warning(f"no source could be reached: is the network down?{words}")
        if again:
            time.sleep(bantin.retry_wait_s)  # not Dagster's own wait (seconds_to_wait): Ctrl-C cannot end that
            raise dg.RetryRequested(max_retries=RETRIES)
    for source_id, why in sorted(failed.items()):
        context.log.error(f"{source_id}: {why}")
        yield dg.AssetCheckResult(
            passed=False, asset_key=key_of(source_id), check_name=CRAWLED, severity=dg.AssetCheckSeverity.ERROR,
            description=visible(why),
            metadata={**counts.get(source_id, {}), "first failures": _failures(bantin, source_id, ())},
        )  # fmt: skip
    partitions = context.assets_def.partitions_def
    known = set(partitions.get_partition_keys()) if partitions is not None else set()
    for source in fine:
        yield from _came(context, bantin, source, reported.get(source.source_id, {}), begun, known)
    if not fine:
        raise dg.Failure(
            f"no source came through: {'; '.join(f'{name}: {why}' for name, why in sorted(failed.items()))}"
        )


def _came(
    context: dg.AssetExecutionContext,
    bantin: BantinHome,
    source: SourceOutcome,
    reported: Mapping[str, Any],
    begun: datetime,
    known: set[str],
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """A source that came through: what its process reported, and the other months it touched.

    known  months that are partitions
    """
    months = daily.touched(bantin.home, source.source_id, begun)
    key, own = key_of(source.source_id), set(context.partition_keys)
    for month in sorted((months.keys() - own) & known):
        context.instance.report_runless_asset_event(
            dg.AssetMaterialization(
                key,
                partition=month,
                metadata={"pages asked for": months[month], "run": context.run.run_id},
                description="touched by a run of another month",
            )
        )
    metadata = {
        **reported,
        "months": dg.MetadataValue.json(months),
        "holes": dg.MetadataValue.json([visible(hole) for hole in source.holes]),
        "first failures": _failures(bantin, source.source_id, sorted(own)),
    }
    yield dg.MaterializeResult(asset_key=key, metadata=metadata)
    yield dg.AssetCheckResult(
        passed=True, asset_key=key, check_name=CRAWLED, description=source.outcome,
        metadata={"holes": len(source.holes)},
    )  # fmt: skip


def _crawl(
    context: dg.AssetExecutionContext, bantin: BantinHome, ids: list[str]
) -> tuple[CrawlOutcome, dict[str, Mapping[str, Any]]]:
    """(how each source fared, metadata its process reported)."""
    home, run_id, command = bantin.home, run_id_of(context, bantin), context.run.tags.get(COMMAND, "materialize")
    months = sorted(context.partition_keys)
    every_day = command == "run"
    what: dict[str, str] = (
        {} if every_day else {"month_from": months[0], "month_until": months[-1], "only": "missing", "walk": "stale"}
    )
    job = job_of(home, bantin.catalog(), ids, run_id, bantin.clock, command=command, **what)
    turn = daily_turn(home.crawl, f"{command}, run {run_id}", bantin.clock(), waiting(context))
    with turn if every_day else nullcontext():
        events, reported = _child(context, job)
    return outcomes(job, events), reported


def _child(
    context: dg.AssetExecutionContext, job: CrawlJob
) -> tuple[list[dict[str, Any]], dict[str, Mapping[str, Any]]]:
    """Run the crawling process through Pipes. However it ends, what it told until then is kept.

    PipesSubprocessClient would throw that away where the process is killed.
    """
    warnings.filterwarnings("ignore", category=dg.PreviewWarning, module="dagster._core.pipes")  # of its own insides
    # Pipes would have every selected key reported; here a source that fails reports none, and its key is skippable.
    context.set_requires_typed_event_stream = lambda **_: None  # type: ignore[method-assign]
    with dg.open_pipes_session(
        context,
        dg.PipesTempFileContextInjector(),
        WholeLines(),
        extras={"job": asdict(job), "parent": os.getpid()},
    ) as session:
        child = subprocess.Popen(
            PROGRAM, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            env={**os.environ, **session.get_bootstrap_env_vars()},
        )  # fmt: skip
        try:
            code = child.wait()
        except BaseException:  # Ctrl-C, or the run was ended in the UI: requests under way are waited for
            ask_to_end(child)
            raise
    if code:
        context.log.error(f"the crawling process ended with status {code}; what it fetched until then is kept")
    results = session.get_results(implicit_materializations=False)
    reported = {
        r.asset_key.path[-1]: dict(r.metadata or {})
        for r in results
        if isinstance(r, dg.MaterializeResult) and r.asset_key
    }
    return [dict(event) for event in session.get_custom_messages()], reported


def waiting(context: dg.AssetExecutionContext) -> OnWait:
    """Says in the run's log who holds a lock."""
    return lambda who: context.log.info(f"waiting for {who}")


def _failures(bantin: BantinHome, source_id: str, months: list[str] | tuple[str, ...]) -> dg.MetadataValue:
    """A table of the first URLs that failed."""
    rows = daily.first_failures(bantin.home, source_id, months)
    schema = dg.TableSchema(columns=[dg.TableColumn(name) for name in ("month", "url", "reason")])
    records = [dg.TableRecord({"month": f.month, "url": visible(f.url), "reason": visible(f.reason)}) for f in rows]
    return dg.MetadataValue.table(records=records, schema=schema)
