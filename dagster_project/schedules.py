"""Daily schedules, one a rhythm, and the sensor that publishes what `publish_every` kept back."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from zlib import crc32

import dagster as dg

from crawlers.segment import VIETNAM
from crawlers.source import RHYTHMS
from dagster_project.assets import READ_RESULTS, SNAPSHOT, TABLES
from dagster_project.capturing import key_of
from dagster_project.checks import TABLE_CHECKS
from dagster_project.resources import COMMAND, BantinHome
from dagster_project.steps import daily

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition as Job

DAYS = {"daily": "*", "weekdays": "1-5", "weekly": "1", "irregular": "*"}
FIRST_HOUR, HOURS = 4, 2
"""Before people read and publishers publish: a tick lies between 4:00 and 6:00 in Vietnam."""


def minute_of(home: str, rhythm: str) -> int:
    """Minutes after FIRST_HOUR. Jitter: the same for a home every day, another for other homes and rhythms."""
    return crc32(f"{home}\n{rhythm}".encode()) % (HOURS * 60)


def schedules(home: str, job: "Job", known: Collection[str]) -> list[dg.ScheduleDefinition]:
    """They run as soon as `bantin dev` does; without an enabled source of the rhythm a tick is skipped and says so.

    known  sources that have an asset. A run that is asked for another fails whole, so a source whose file came later
           waits until the code location is loaded again, and the tick says so
    """
    return [_schedule(home, rhythm, job, known) for rhythm in RHYTHMS]


def _schedule(home: str, rhythm: str, job: "Job", known: Collection[str]) -> dg.ScheduleDefinition:
    hour, minute = divmod(minute_of(home, rhythm), 60)

    @dg.schedule(
        name=f"{rhythm}_bulletins",
        job=job,
        cron_schedule=f"{minute} {FIRST_HOUR + hour} * * {DAYS[rhythm]}",
        execution_timezone=str(VIETNAM),
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"All due URLs of the enabled sources whose rhythm is {rhythm}: crawl, read, load, publish.",
    )
    def tick(context: dg.ScheduleEvaluationContext, bantin: BantinHome) -> dg.RunRequest | dg.SkipReason:
        catalog = bantin.catalog()
        due = daily.due(catalog, rhythm)
        ids = [source_id for source_id in due if source_id in known]
        if new := ", ".join(source_id for source_id in due if source_id not in known):
            words = f"not taken yet: {new}. Its file is new: reload the code location, or start `bantin dev` again"
            if not ids:
                return dg.SkipReason(words)
            context.log.warning(words)
        if not ids:
            return dg.SkipReason(f"no enabled source has the rhythm '{rhythm}'; `bantin source enable ID` makes one")
        # A broken file says no rhythm: each run takes it, so that its check fails and says why.
        ids += [error.source_id for error in catalog.errors if error.source_id in known]
        return request(
            ids, context.scheduled_execution_time, run_key=f"{rhythm} {context.scheduled_execution_time:%Y-%m-%d}"
        )

    return tick


def selection(source_ids: list[str]) -> list[dg.AssetKey]:
    return [*(key_of(source_id) for source_id in source_ids), READ_RESULTS, TABLES, SNAPSHOT]


def request(source_ids: list[str], at: datetime, run_key: str) -> dg.RunRequest:
    """The daily run of these sources: of all months, booked on the current one."""
    return dg.RunRequest(
        run_key=run_key, partition_key=daily.month_of(at), asset_selection=selection(source_ids), tags={COMMAND: "run"}
    )


def _blocked(instance: dg.DagsterInstance) -> str | None:
    """The blocking check that the tables failed when they were loaded last."""
    keys = [dg.AssetCheckKey(TABLES, spec.name) for spec in TABLE_CHECKS if spec.blocking]
    latest = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)
    failed = [key.name for key, record in latest.items() if record.status.value == "FAILED"]
    return ", ".join(sorted(failed)) or None


def publish_later(job: "Job") -> dg.SensorDefinition:
    @dg.sensor(
        name="publish_later", job=job, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING,
        description="Publishes what was loaded while the last snapshot was younger than `publish_every`.",
    )  # fmt: skip
    def later(context: dg.SensorEvaluationContext, bantin: BantinHome) -> dg.RunRequest | dg.SkipReason:
        loaded = context.instance.get_latest_materialization_event(TABLES)
        shown = context.instance.get_latest_materialization_event(SNAPSHOT)
        if loaded is None or (shown is not None and shown.timestamp >= loaded.timestamp):
            return dg.SkipReason("the snapshot is as new as the tables")
        if failed := _blocked(context.instance):
            return dg.SkipReason(f"{failed} failed: the last snapshot keeps serving until a load passes it")
        at = daily.publish_not_before(bantin.home)
        if at is not None and bantin.clock() < at:
            return dg.SkipReason(f"not before {at:%H:%M:%S} UTC (publish_every)")
        return dg.RunRequest(run_key=f"tables {loaded.timestamp}", tags={COMMAND: "publish"})

    return later
