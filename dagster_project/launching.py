"""Runs from the command line: in this process, recorded in the home's Dagster instance as a schedule's are."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import dagster as dg

from crawlers.catalog import Catalog, load_catalog
from crawlers.locks import wait_for_daily
from dagster_project.assets import READ_RESULTS, SNAPSHOT, TABLES
from dagster_project.capturing import COUNTS
from dagster_project.definitions import DAILY, definitions_of
from dagster_project.life import is_alive, mark_of
from dagster_project.outcomes import RunOutcome, interrupted, outcome_of
from dagster_project.resources import AT_ONCE, COMMAND, PROCESS, BantinHome
from dagster_project.schedules import selection
from dagster_project.steps import daily, planning
from dagster_project.steps.crawling import ahead_s, chosen
from dagster_project.steps.home import Clock, Home, OnWait, Progress

_SETTINGS = """\
# Dagster's own settings of this home; made once, yours to change (docs.dagster.io: dagster.yaml).
telemetry: {enabled: false}
nux: {enabled: false}
# What a run says is in its event log. Capturing stdout besides starts two processes a step, which a kill leaves behind.
compute_logs: {module: dagster._core.storage.noop_compute_log_manager, class: NoOpComputeLogManager}
concurrency: {runs: {max_concurrent_runs: 2}}
"""
_UNSIGNED = timedelta(minutes=10)
"""A run that the daemon started signs with its process at its first step; one that never did is dead after this."""
_AGAIN = 3
_UNDER_WAY = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


@dataclass(frozen=True, slots=True)
class MonthRun:
    """One month of a backfill."""

    month: str
    sources: tuple[str, ...]
    fetched: int
    requests: int
    bytes: int
    outcome: str


@dataclass(frozen=True, slots=True)
class BackfillOutcome:
    """months: as they were run, newest first. The sums are over them."""

    months: tuple[MonthRun, ...]
    fetched: int
    requests: int
    bytes: int
    holes: tuple[str, ...]


def dagster_home(home: Home) -> dict[str, str]:
    """Environment of Dagster for this home; its folder and settings are made if missing."""
    folder = home.path / "dagster"
    folder.mkdir(exist_ok=True)
    settings = folder / "dagster.yaml"
    if not settings.exists():
        settings.write_text(_SETTINGS, encoding="utf-8")
    return {"DAGSTER_HOME": str(folder), "BANTIN_HOME": str(home.path), "DAGSTER_DISABLE_TELEMETRY": "1"}


@contextmanager
def instance_of(home: Home) -> Iterator[dg.DagsterInstance]:
    """The home's instance. Runs whose process is gone are marked failed first: a kill leaves them STARTED."""
    os.environ.update(dagster_home(home))
    with dg.DagsterInstance.get() as instance:
        bury(instance)
        yield instance


def bury(instance: dg.DagsterInstance) -> list[str]:
    """Mark runs as failed whose process is gone; returns their ids."""
    buried = []
    for record in instance.get_run_records(dg.RunsFilter(statuses=[*_UNDER_WAY, dg.DagsterRunStatus.NOT_STARTED])):
        mark = record.dagster_run.tags.get(PROCESS)
        unsigned = mark is None and record.create_timestamp < datetime.now(UTC) - _UNSIGNED
        if unsigned or (mark is not None and not is_alive(mark)):
            who = (
                "it never said in which process it runs"
                if mark is None
                else f"its process {mark.partition('@')[0]} is gone"
            )
            instance.report_run_failed(
                record.dagster_run,
                f"{who}: killed, or the machine went down. What it fetched and wrote until then is kept; the next run "
                "goes on from there.",
            )
            buried.append(record.dagster_run.run_id)
    return buried


def daily_run(home: Home, source_ids: Sequence[str], clock: Clock, *, quiet: bool = False) -> RunOutcome:
    """Crawl, read, load and publish what is due of these sources, else of all that are enabled; one run.

    raises  CannotCrawl
    """
    catalog = load_catalog(home.path)
    ids = [source.source_id for source in chosen(home, catalog, source_ids)]
    with instance_of(home) as instance:
        launch = Launch(home, instance, clock, quiet)
        return launch.run(ids, daily.month_of(clock()), {COMMAND: "run"})


def backfill(
    home: Home,
    source_ids: Sequence[str],
    month_from: str,
    month_until: str,
    clock: Clock,
    *,
    quiet: bool = False,
    progress: Progress = lambda what, done, total: None,
    on_wait: OnWait | None = None,
) -> BackfillOutcome:
    """Fetch what is missing or failed, newest month first, a run each; then publish. Run again, it goes on.

    Before each month a daily job that is under way is let go first. Where lists were not walked lately, the first run
    walks them. A month whose crawling process died is run again. A source that fails is left alone for the rest of it.
    raises  CannotCrawl
    """
    catalog = load_catalog(home.path)
    ids = [source.source_id for source in chosen(home, catalog, source_ids)]
    last = min(month_until, daily.month_of(clock()))
    rows: list[MonthRun] = []
    holes: list[str] = []
    failed: set[str] = set()
    with instance_of(home) as instance:
        launch = Launch(home, instance, clock, quiet)

        def one(month: str, of: Sequence[str]) -> None:
            if left := [source_id for source_id in of if source_id not in failed]:
                wait_for_daily(home.crawl, on_wait)
                row, done = _month(launch, month, left)
                rows.append(row)
                failed.update(done.failed)
                holes.extend(done.holes or ([done.problem] if done.problem else []))

        if stale := daily.unwalked(home, catalog, ids, clock):
            one(last, stale)
        todo = planning.work(home, catalog, ids, month_from, last)
        for number, (month, of) in enumerate(todo, 1):
            progress("months", number - 1, len(todo))
            one(month, of)
        progress("months", len(todo), len(todo))
        end = launch.run([], None, {COMMAND: "backfill", AT_ONCE: "yes"})
        holes += [*end.findings, *([end.problem] if end.problem else [])]
    left = _left(home, catalog, ids, month_from, last)
    return BackfillOutcome(
        tuple(rows), sum(r.fetched for r in rows), sum(r.requests for r in rows), sum(r.bytes for r in rows),
        tuple(dict.fromkeys([*holes, *left])),
    )  # fmt: skip


def _month(launch: "Launch", month: str, ids: Sequence[str]) -> tuple[MonthRun, RunOutcome]:
    """(what it took, how its last run ended)."""
    sums = dict.fromkeys(COUNTS, 0)
    for _ in range(_AGAIN):
        done = launch.run(ids, month, {COMMAND: "backfill"})
        for name in COUNTS:
            sums[name] += done.sum(name)
        if not done.broken:
            break
    outcome = "done" if done.succeeded and not done.holes else done.problem or "done with holes"
    return MonthRun(month, tuple(ids), sums["fetched"], sums["requests"], sums["bytes"], outcome), done


def _left(home: Home, catalog: Catalog, ids: Sequence[str], month_from: str, month_until: str) -> list[str]:
    todo = planning.work(home, catalog, ids, month_from, month_until)
    return [f"{month}: not all is in hand of {', '.join(of)}; `bantin backfill report` names it" for month, of in todo]


class Launch:
    """Runs of one command. The definitions are made once: sources that appear meanwhile are not of it."""

    def __init__(self, home: Home, instance: dg.DagsterInstance, clock: Clock, quiet: bool = False) -> None:
        bantin = BantinHome(path=str(home.path), ahead_s=ahead_s(clock))
        self._instance = instance
        self._job = definitions_of(bantin).resolve_job_def(DAILY)
        self._config = {"loggers": {"console": {"config": "CRITICAL" if quiet else "INFO"}}}

    def run(self, ids: Sequence[str], month: str | None, tags: Mapping[str, str]) -> RunOutcome:
        """One run of the pipeline with these sources; with none, of what comes after the crawl.

        raises  KeyboardInterrupt: Ctrl-C or SIGTERM; the run is recorded as failed
        """
        result = self._job.execute_in_process(
            instance=self._instance,
            run_config=self._config,
            partition_key=month,
            asset_selection=selection(list(ids)) if ids else [READ_RESULTS, TABLES, SNAPSHOT],
            tags={**tags, PROCESS: mark_of(os.getpid()) or ""},
            raise_on_error=False,
        )
        if interrupted(result):
            raise KeyboardInterrupt
        return outcome_of(result)
