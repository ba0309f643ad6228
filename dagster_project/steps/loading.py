"""From read results to tables, and from tables to the published snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from crawlers.archive import segments
from crawlers.catalog import Catalog
from crawlers.segment import VIETNAM
from dagster_project.steps.accepted import acceptances
from dagster_project.steps.deciding import finish
from dagster_project.steps.frontiers import batch_seen, frontier_files, frontiers, write_back
from dagster_project.steps.holding import (
    RELEASED,
    HeldBatch,
    decisions,
    held_batches,
    held_files,
    hold,
    in_place,
    join,
    source_of,
    write,
)
from dagster_project.steps.home import Clock, Home, OnWait, settings
from dagster_project.steps.losses import refuse_unread
from dagster_project.steps.normalizing import normalizing
from dagster_project.steps.reading import all_results, version_of
from dagster_project.steps.upgrading import refuse_half_done
from pipelines.read import reader_version
from pipelines.records import BantinError, SourceFacts
from warehouse.frontier import frontier_versions, verdicts
from warehouse.judging import BATCH_CHECKS, Effect, Expectation, HarmfulBatch, Judging, ordered
from warehouse.load import LoadOutcome, load, weigh
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

    A batch that would harm the tables is held (steps/holding.py): its source stays as it was, the others are loaded.

    raises  LostCaptures, LostFrontier: results or a frontier that are in the tables are gone; these are then as before
            UpgradeNotDone: an upgrade that was agreed to was cut off
            HoldError: what is held or was decided cannot be read
    """
    with writer(home.path, run.command, clock, on_wait=on_wait) as con:
        finish(home, catalog, con, clock())
        refuse_unread(home, loaded_stems(con))
        refuse_half_done(home, catalog, con)
        _refuse_lost_frontiers(home, frontier_versions(con))
        grown = join(home, in_place(home), {*loaded_stems(con), *_released(home)})
        outcome = _load_judged(home, catalog, con, clock)
        if told := verdicts(con):
            write_back(home, catalog, told)
            # So that the tables say what the frontiers say, as a rebuild would.
            again = _load_judged(home, catalog, con, clock)
            if again.held != outcome.held:  # a crawl under way has told more meanwhile
                outcome = replace(outcome, findings=again.findings, held=again.held)
        for batch in grown:
            _weigh_anew(home, catalog, con, batch, clock)
        record_run(con, _row(run, outcome, clock()))
    return outcome


def _load_judged(home: Home, catalog: Catalog, con: duckdb.DuckDBPyConnection, clock: Clock) -> LoadOutcome:
    """Load what can be; each time around, the batches of at least one more source are held."""
    agreed = acceptances(home)
    while True:
        waiting = held_batches(home)
        results, judging = all_results(home), _judging(home, catalog, con, waiting, clock())
        try:
            with frontiers(home) as standing, normalizing(settings(home).jobs) as mapper:
                outcome = load(con, results, source_facts(catalog), standing, judging, agreed, mapper)
        except HarmfulBatch as harm:
            known = {*loaded_stems(con), *judging.released}
            for source_id in harm.sources:
                files = [path for path in results if source_of(path) == source_id and path.stem not in known]
                findings = [finding for finding in harm.judged.findings if finding.source_id == source_id]
                hold(home, source_id, files, findings, harm.judged.effects[source_id], clock())
            continue
        said = {(f.source_id, f.check): f for f in outcome.findings}
        said |= {(f.source_id, f.check): f for batch in waiting for f in batch.findings if f.check in BATCH_CHECKS}
        held = tuple(sorted(batch.source_id for batch in waiting))
        return replace(outcome, findings=ordered(list(said.values())), held=held)


def _judging(
    home: Home, catalog: Catalog, con: duckdb.DuckDBPyConnection, waiting: Sequence[HeldBatch], now: datetime
) -> Judging:
    let_in = {decision.batch_id for decision in decisions(home) if decision.what == RELEASED}
    seen = {source_id: batch_seen(version) for source_id, version in frontier_versions(con).items()}
    return Judging(
        today=now.astimezone(VIETNAM).date(),
        expectations=[
            Expectation(source.source_id, source.expect.min_per_month, source.expect.fields, source.since)
            for source in catalog
        ],
        released=_released(home),
        released_frontiers=frozenset(source_id for source_id, batch_id in seen.items() if batch_id in let_in),
        exempt=frozenset(batch.source_id for batch in waiting),
    )


def _released(home: Home) -> frozenset[str]:
    """Stems of segments that a person let in."""
    return frozenset(stem for d in decisions(home) if d.what == RELEASED for stem in d.segments)


def _weigh_anew(home: Home, catalog: Catalog, con: duckdb.DuckDBPyConnection, batch: HeldBatch, clock: Clock) -> None:
    """What letting a batch in would do, now that it has grown."""
    judging = _judging(home, catalog, con, [], clock())
    with frontiers(home, let_in=batch.source_id) as standing:
        judged = weigh(con, [*all_results(home), *held_files(home, batch)], standing, judging)
    write(home, replace(batch, effect=judged.effects.get(batch.source_id, Effect())))


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
