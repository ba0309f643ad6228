"""From read results to tables, and from tables to the published snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crawlers.archive import segments
from crawlers.catalog import Catalog
from dagster_project.steps.frontiers import frontier_files, frontiers, write_back
from dagster_project.steps.home import Clock, Home, OnWait
from dagster_project.steps.losses import refuse_unread
from dagster_project.steps.reading import all_results, version_of
from pipelines.read import reader_version
from pipelines.records import BantinError, SourceFacts
from warehouse.frontier import frontier_versions, verdicts
from warehouse.load import LoadOutcome, load
from warehouse.loaded import loaded_stems
from warehouse.publish import Published, publish
from warehouse.runs import RunRow, record_run
from warehouse.store import writer


class LostFrontier(BantinError):
    """A frontier that the tables know is gone; going on would drop what only it told them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Who runs what, for table `run`."""

    run_id: str
    command: str
    started_at: datetime
    source_id: str | None = None
    fetched: int = 0
    read: int = 0
    failed: int = 0
    outcome: str = "done"


def source_facts(catalog: Catalog) -> list[SourceFacts]:
    """Every source whose file can be read; `source list` shows the others with their errors."""
    return [source.facts() for source in catalog]


def load_new(home: Home, catalog: Catalog, run: Run, clock: Clock, on_wait: OnWait | None = None) -> LoadOutcome:
    """Merge every read result and frontier that is not in the tables yet, and write down the run. Safe to run again.

    raises  LostCaptures, LostFrontier: results or a frontier that are in the tables are gone; these are then as before
    """
    with writer(home.path, run.command, clock, on_wait=on_wait) as con:
        refuse_unread(home, loaded_stems(con))
        _refuse_lost_frontiers(home, frontier_versions(con))
        results, facts = all_results(home), source_facts(catalog)
        with frontiers(home) as standing:
            outcome = load(con, results, facts, standing)
        if told := verdicts(con):
            write_back(home, catalog, told)
            with frontiers(home) as standing:  # so that the tables say what the frontiers say, as a rebuild would
                load(con, results, facts, standing)
        record_run(con, _row(run, outcome, clock()))
    return outcome


def _refuse_lost_frontiers(home: Home, known: Mapping[str, str]) -> None:
    """A load without a frontier that is in the tables would take out what only that knows."""
    lost = sorted(known.keys() - {path.stem for path in frontier_files(home)})
    if lost:
        files = ", ".join(f"crawl/{source_id}.sqlite" for source_id in lost)
        raise LostFrontier(
            f"{files}: expected the frontier that the tables were made of, found none; states, months and delistings of"
            f" the URLs of {', '.join(lost)} would be lost. Now: no table was changed. Cure: put it back from a backup;"
            " or, to give up what it held, `bantin rebuild --accept`."
        )


def publish_now(home: Home, catalog: Catalog, command: str, clock: Clock, on_wait: OnWait | None = None) -> Published:
    """Make the snapshot show what the tables hold; nothing happens when it already does."""
    return publish(home.path, command, clock, reader_versions(home, catalog), on_wait=on_wait)


def reader_versions(home: Home, catalog: Catalog) -> str:
    """The current reader versions of the sources that have captures, e.g. `1-t2.3.1-9f2c61d0aa14`, commas between."""
    held = {segment.parent.parent.name for segment in segments(home.raw)}
    return ", ".join(sorted({version_of(source) for source in catalog if source.source_id in held})) or reader_version()


def _row(run: Run, outcome: LoadOutcome, ended_at: datetime) -> RunRow:
    return RunRow(
        run_id=run.run_id,
        source_id=run.source_id,
        command=run.command,
        started_at=run.started_at,
        ended_at=ended_at,
        outcome=run.outcome,
        listed=0,
        discovered=0,
        fetched=run.fetched,
        not_modified=0,
        read=run.read,
        new=outcome.new,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        gone=0,
        failed=run.failed,
    )
