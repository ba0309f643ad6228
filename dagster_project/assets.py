"""The pipeline as assets: capture/<source> → read_results → tables → snapshot. Each calls one step.

Assets are made from the source files: a new file adds no code here (the code location is reloaded for it). What a run
does is decided when it runs, from the files as they are then.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from inspect import Parameter, Signature
from typing import Any

import dagster as dg

from crawlers.catalog import Catalog
from crawlers.month import FIRST_DAY
from crawlers.segment import VIETNAM
from crawlers.source import Source
from dagster_project.capturing import CRAWLED, PREFIX, capture, key_of, waiting
from dagster_project.checks import TABLE_CHECKS, table_checks
from dagster_project.plots import months_plot
from dagster_project.resources import AT_ONCE, COMMAND, BantinHome, run_id_of, started_at
from dagster_project.steps import daily, loading, reading
from dagster_project.steps.home import Home, settings

READ_RESULTS, TABLES, SNAPSHOT = (dg.AssetKey([name]) for name in ("read_results", "tables", "snapshot"))
OWNERS = ["team:bantin"]
_BY_MONTH = "bulletins by month"
FIRST_MONTH = f"{FIRST_DAY:%Y-%m}"
"""Partitions begin here where a source does not say since when it publishes; no address is filed earlier."""
_STALE_AFTER = {"daily": 36, "weekdays": 84, "weekly": 9 * 24, "irregular": 36}
"""Hours; a rhythm's schedule ticks at the latest so often, and half a day more."""


def partitions_of(catalog: Catalog) -> dg.MonthlyPartitionsDefinition:
    """Months in Vietnam from the first a source publishes in to the current one, which Dagster leaves out by itself."""
    since = [f"{source.since:%Y-%m}" if source.since else FIRST_MONTH for source in catalog if source.discover]
    return dg.MonthlyPartitionsDefinition(
        min(since, default=FIRST_MONTH), timezone=str(VIETNAM), fmt="%Y-%m", end_offset=1
    )


def pipeline(catalog: Catalog) -> list[dg.AssetsDefinition]:
    """All assets. Sources whose file is broken have one, too: it says what is wrong."""
    partitions = partitions_of(catalog)
    specs = [_spec(source, partitions) for source in catalog if source.discover]
    specs += [_broken_spec(error.source_id, str(error), partitions) for error in catalog.errors]
    captures = [_capture(specs)] if specs else []
    return [*captures, _read_results([spec.key for spec in specs]), tables, snapshot]


def _spec(source: Source, partitions: dg.PartitionsDefinition) -> dg.AssetSpec:
    ways = "\n".join(f"- {way.kind} `{way.url}`" for way in source.discover)
    rhythm = source.rhythm or "irregular"
    metadata: dict[str, Any] = {
        "source file": f"sources/{source.source_id}.toml",
        "rhythm": rhythm,
        "delay between requests (s)": source.fetch.delay_s,
    }
    if source.home:
        metadata["publisher's site"] = dg.MetadataValue.url(source.home)
    return dg.AssetSpec(
        key_of(source.source_id),
        description=f"Captures of {source.publisher}: every page its lists name, as archived (WARC).\n\n{ways}\n\n"
        + ("" if source.enabled else "**Disabled**: `bantin source enable` says that you mean to ask its server."),
        skippable=True,
        group_name="capture",
        partitions_def=partitions,
        owners=OWNERS,
        kinds={"scrapy", "file"},
        metadata=metadata,
        tags={"bantin/rhythm": rhythm, "bantin/enabled": "yes" if source.enabled else "no"},
        freshness_policy=dg.FreshnessPolicy.time_window(timedelta(hours=_STALE_AFTER[rhythm]))
        if source.enabled
        else None,
    )


def _broken_spec(source_id: str, problem: str, partitions: dg.PartitionsDefinition) -> dg.AssetSpec:
    return dg.AssetSpec(
        key_of(source_id), skippable=True, group_name="capture", partitions_def=partitions, owners=OWNERS,
        description=f"**Its source file cannot be used**, nothing of it is crawled:\n\n```\n{problem}\n```",
    )  # fmt: skip


def _capture(specs: Sequence[dg.AssetSpec]) -> dg.AssetsDefinition:
    checks = [
        dg.AssetCheckSpec(CRAWLED, asset=spec.key, description="The last crawl of the source came through.")
        for spec in specs
    ]

    @dg.multi_asset(
        name=PREFIX, specs=specs, check_specs=checks, can_subset=True,
        backfill_policy=dg.BackfillPolicy.single_run(),
        description="One crawling process for all chosen sources (Dagster Pipes).",
    )  # fmt: skip
    def capture_sources(
        context: dg.AssetExecutionContext, bantin: BantinHome
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        yield from capture(context, bantin)

    return capture_sources


@dg.op(name="read", ins={"captures": dg.In(dg.Nothing)}, out=dg.Out(dg.Nothing))
def _read(context: dg.OpExecutionContext, bantin: BantinHome) -> Iterator[dg.Output[None]]:
    home = bantin.home
    found = reading.read_new(home, bantin.catalog(), jobs=settings(home).jobs)
    yield dg.Output(
        None,
        metadata={
            "segments": found.segments,
            "captures": found.tally.captures,
            "kinds": dg.MetadataValue.json(found.tally.kinds),
            "unreadable": len(found.tally.failures),
            "segments waiting for `bantin read` (another reader)": found.waiting,
            "first failures": dg.MetadataValue.json(list(found.tally.failures[: daily.FIRST_FAILURES])),
            "damaged segments": dg.MetadataValue.json(found.tally.damaged),
            "sources without a usable file": dg.MetadataValue.json(list(found.unusable)),
        },
    )


def _read_results(captures: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Fan-in: a source that failed does not keep out what the others brought; only if all failed is it skipped."""
    names = [f"capture_{number}" for number, _ in enumerate(captures)]

    def compose(**inputs: Any) -> Any:
        return _read(captures=list(inputs.values())) if inputs else _read()

    compose.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names])  # type: ignore[attr-defined]
    graph = dg.graph(name="read_results", ins={name: dg.GraphIn() for name in names})(compose)
    made = dg.AssetsDefinition.from_graph(
        graph,
        keys_by_input_name=dict(zip(names, captures, strict=True)),
        keys_by_output_name={"result": READ_RESULTS},
    )
    words = "What the reader made of every archived capture: one Parquet file for each segment of the archive."
    return made.map_asset_specs(
        lambda spec: spec.replace_attributes(
            description=words, group_name="warehouse", owners=OWNERS, kinds={"python", "parquet"}
        )
    )


@dg.asset(deps=[READ_RESULTS], group_name="warehouse", owners=OWNERS, kinds={"duckdb"}, check_specs=TABLE_CHECKS)
def tables(context: dg.AssetExecutionContext, bantin: BantinHome) -> dg.MaterializeResult:
    """The warehouse's tables, merged from every read result and frontier that is not in them yet.

    A batch that would harm them is held (`bantin hold list`); the other sources go in.
    """
    home, catalog, run_id = bantin.home, bantin.catalog(), run_id_of(context, bantin)
    crawl = daily.crawled(home, catalog, run_id)
    run = loading.Run(
        run_id, context.run.tags.get(COMMAND, "materialize"), started_at(context, bantin),
        fetched=crawl.fetched, failed=crawl.failed, read=_captures_read(context),
    )  # fmt: skip
    done = loading.load_new(home, catalog, run, bantin.clock, waiting(context))
    return dg.MaterializeResult(
        metadata={
            "new": done.new, "changed": done.changed, "unchanged": done.unchanged, "removed": done.removed,
            "captures": done.captures, "gone": done.gone, "normalized": done.normalized,
            "held sources": dg.MetadataValue.json(list(done.held)),
        },
        check_results=table_checks(done.findings),
    )  # fmt: skip


def _captures_read(context: dg.AssetExecutionContext) -> int:
    """What `read_results` told in this run."""
    event = context.instance.get_latest_materialization_event(READ_RESULTS)
    if event is None or event.run_id != context.run.run_id or event.asset_materialization is None:
        return 0
    metadata: Mapping[str, Any] = event.asset_materialization.metadata
    return int(metadata["captures"].value)


@dg.asset(
    deps=[TABLES], group_name="warehouse", owners=OWNERS, kinds={"duckdb"}, output_required=False,
    freshness_policy=dg.FreshnessPolicy.time_window(timedelta(hours=36)),
)  # fmt: skip
def snapshot(context: dg.AssetExecutionContext, bantin: BantinHome) -> Iterator[dg.MaterializeResult]:
    """What analysts query: warehouse/bulletins.duckdb, put in place whole, if the tables say something new.

    At most every `publish_every` minutes; a load in between is published by the sensor `publish_later`.
    """
    home = bantin.home
    command, at_once = context.run.tags.get(COMMAND, "publish"), AT_ONCE in context.run.tags
    done = daily.publish_due(home, bantin.catalog(), command, bantin.clock, waiting(context), at_once=at_once)
    if done is None:
        context.log.info(
            f"not published: the last snapshot is younger than {settings(home).publish_every} minutes (publish_every)"
        )
        return
    yield dg.MaterializeResult(
        metadata={
            "snapshot": done.snapshot_id, "new snapshot": done.changed, "rows": done.rows,
            "bulletins added": done.added, "bulletins changed": done.changed_bulletins,
            "bulletins removed": done.removed,
            _BY_MONTH: _picture(context, home, bool(done.added or done.removed or done.changed_bulletins)),
        }
    )  # fmt: skip


def _picture(context: dg.AssetExecutionContext, home: Home, moved: bool) -> dg.MetadataValue:
    """Bulletins by month; on a day that changed none the last picture again: drawing is slow."""
    event = None if moved else context.instance.get_latest_materialization_event(SNAPSHOT)
    if event is not None and event.asset_materialization is not None:
        known: dg.MetadataValue | None = event.asset_materialization.metadata.get(_BY_MONTH)
        if known is not None:
            return known
    return months_plot(daily.bulletins_by_month(home), "Bulletins in the snapshot, by month")
