"""The home as Dagster's assets get it, with its clock, and the mark by which a dead run is told."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg

from crawlers.catalog import Catalog, load_catalog
from dagster_project.life import mark_of
from dagster_project.steps.home import Home, utc_now

COMMAND, PROCESS, AT_ONCE = "bantin/command", "bantin/process", "bantin/publish_at_once"
"""Tags of a run: what it is (`run`, `backfill`; absent: somebody's click), whose process it lives in (life.py), and
that `publish_every` does not hold it back."""


class BantinHome(dg.ConfigurableResource):
    """Paths and clock of one home; the source files are read anew at each use, so an edit needs no restart.

    path         absolute
    ahead_s      how far the clock is ahead of the real one; not 0 in simulated days only
    retry_wait_s seconds before a crawl that reached nobody is tried again
    """

    path: str
    ahead_s: float = 0.0
    retry_wait_s: int = 300

    @property
    def home(self) -> Home:
        return Home(Path(self.path))

    def clock(self) -> datetime:
        """UTC."""
        return utc_now() + timedelta(seconds=self.ahead_s)

    def catalog(self) -> Catalog:
        return load_catalog(Path(self.path))

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """A run that the daemon started says in whose process it lives; those of the command line say so at birth."""
        run = context.run
        if context.instance is not None and run is not None and PROCESS not in run.tags:
            context.instance.add_run_tags(run.run_id, {PROCESS: mark_of(os.getpid()) or str(os.getpid())})


def run_id_of(context: dg.OpExecutionContext | dg.AssetExecutionContext, bantin: BantinHome) -> str:
    """Of table `run` and names of segments, the same in every step of a run: its start, and its Dagster id."""
    return f"{started_at(context, bantin):%Y%m%dT%H%M%S%f}-{context.run.run_id[:4]}"


def started_at(context: dg.OpExecutionContext | dg.AssetExecutionContext, bantin: BantinHome) -> datetime:
    """When the run began, by the home's clock."""
    record = context.instance.get_run_record_by_id(context.run.run_id)
    begun = record.create_timestamp if record is not None else utc_now()
    return begun + timedelta(seconds=bantin.ahead_s)
