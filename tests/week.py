"""A home over a newsroom, its pipeline run by Dagster in this process, at whatever hour a test says it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from crawlers.newsroom import Newsroom
from dagster_project.capturing import CRAWLED, key_of
from dagster_project.definitions import DAILY, definitions_of
from dagster_project.launching import instance_of
from dagster_project.resources import COMMAND, BantinHome
from dagster_project.schedules import selection
from dagster_project.steps import daily
from dagster_project.steps.home import Home, open_home

SETTINGS = "jobs = 1\n"
"""Read in this process: a pool of readers takes longer to start than our few pages to read."""
QUIET = {"loggers": {"console": {"config": "CRITICAL"}}}


class Wired:
    """A newsroom, and a home that knows its sources. Serving it is up to the test: `with wired.newsroom.serve()`."""

    def __init__(self, folder: Path, newsroom: Newsroom, delay_s: float = 0.002) -> None:
        self.newsroom, self.path = newsroom, folder / "home"
        newsroom.write_sources(self.path / "sources", delay_s)
        self.set(SETTINGS)
        self.home: Home = open_home(self.path)[0]

    def set(self, text: str) -> None:
        """Its bantin.toml."""
        (self.path / "bantin.toml").write_text(text, encoding="utf-8")

    def file(self, source_id: str) -> Path:
        return self.path / "sources" / f"{source_id}.toml"

    def edit(self, source_id: str, old: str, new: str) -> None:
        text = self.file(source_id).read_text(encoding="utf-8")
        assert old in text
        self.file(source_id).write_text(text.replace(old, new), encoding="utf-8")

    @property
    def ids(self) -> list[str]:
        return [site.site_id for site in self.newsroom.sites]

    def at(self, moment: datetime | None = None, **more: Any) -> BantinHome:
        """The home, its clock at that moment now."""
        ahead = (moment - datetime.now(UTC)).total_seconds() if moment else 0.0
        return BantinHome(path=str(self.path), ahead_s=ahead, **more)

    @contextmanager
    def instance(self) -> Iterator[dg.DagsterInstance]:
        with instance_of(self.home) as instance:
            yield instance

    def run(
        self,
        instance: dg.DagsterInstance,
        ids: Sequence[str] | None = None,
        bantin: BantinHome | None = None,
        tags: dict[str, str] | None = None,
        month: str | None = None,
    ) -> dg.ExecuteInProcessResult:
        """The daily run of these sources, else of all; it may fail."""
        bantin = bantin or self.at()
        return self.do(
            instance,
            dg.RunRequest(
                partition_key=month or daily.month_of(bantin.clock()),
                asset_selection=selection(self.ids if ids is None else list(ids)),
                tags={COMMAND: "run"} if tags is None else tags,
            ),
            bantin,
        )

    def do(
        self, instance: dg.DagsterInstance, request: dg.RunRequest, bantin: BantinHome, job: str = DAILY
    ) -> dg.ExecuteInProcessResult:
        """What a schedule or sensor asks for, as the daemon would do it."""
        return definitions_of(bantin).resolve_job_def(job).execute_in_process(
            instance=instance, run_config=QUIET, partition_key=request.partition_key,
            asset_selection=list(request.asset_selection or []) or None, tags=dict(request.tags), raise_on_error=False,
        )  # fmt: skip

    def rows(self, query: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Rows of the published snapshot."""
        with duckdb.connect(self.path / "warehouse" / "bulletins.duckdb", read_only=True) as con:
            return con.execute(query, values or []).fetchall()

    def published(self, source_id: str) -> set[str]:
        """URLs of a source's bulletins in the snapshot, those that left included."""
        return {url for (url,) in self.rows("select url from bulletin where source_id = ?", [source_id])}

    def told(self, source_id: str) -> set[str]:
        """URLs of all bulletins that a site has published until its day."""
        return {gold.url for gold in self.newsroom.gold(source_id)}

    def snapshots(self) -> int:
        return int(self.rows("select count(*) from snapshot")[0][0])


def crawled(result: dg.ExecuteInProcessResult) -> dict[str, tuple[bool, str]]:
    """Source → (whether its crawl came through, why not or how)."""
    return {
        check.asset_key.path[-1]: (check.passed, check.description or "")
        for check in result.get_asset_check_evaluations()
        if check.check_name == CRAWLED
    }


def materialized(result: dg.ExecuteInProcessResult) -> set[str]:
    """Sources, and assets of the warehouse, that the run brought up to date."""
    return {event.asset_key.path[-1] for event in result.get_asset_materialization_events() if event.asset_key}


def metadata(result: dg.ExecuteInProcessResult, asset: str) -> dict[str, Any]:
    """Of the one materialization of an asset, plain values."""
    keys = (dg.AssetKey([asset]), key_of(asset))
    (event,) = [event for event in result.get_asset_materialization_events() if event.asset_key in keys]
    return {name: value.value for name, value in event.materialization.metadata.items()}


def until(condition: Callable[[], Any], what: str) -> None:
    """Wait for something another process does; a minute is a failure, not a measure of speed."""
    give_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < give_up, what
        time.sleep(0.02)


def asked_later(instance: dg.DagsterInstance, bantin: BantinHome) -> dg.RunRequest | str:
    """The same of the sensor `publish_later`."""
    definitions = definitions_of(bantin)
    with dg.build_sensor_context(
        instance=instance, resources={"bantin": bantin}, repository_def=definitions.get_repository_def()
    ) as context:
        found = definitions.resolve_sensor_def("publish_later").evaluate_tick(context)
    if found.run_requests:
        (request,) = found.run_requests
        return request
    assert found.skip_message
    return found.skip_message
