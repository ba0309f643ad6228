"""The code location: `dagster definitions validate`, `bantin dev`, `bantin run` and the tests all load this."""

import os
from pathlib import Path

import dagster as dg

from crawlers.catalog import load_catalog
from dagster_project.assets import SNAPSHOT, pipeline
from dagster_project.capturing import PREFIX
from dagster_project.people_log import people_log
from dagster_project.resources import BantinHome
from dagster_project.schedules import publish_later, schedules

_LOG = {"loggers": {"console": {"config": "INFO"}}}
DAILY, PUBLISH = "bulletins", "publish"


def definitions_of(bantin: BantinHome) -> dg.Definitions:
    """Everything Dagster is to know of a home; the home itself may not exist yet."""
    catalog = load_catalog(Path(bantin.path))
    assets = pipeline(catalog)
    known = {key.path[-1] for made in assets for key in made.keys if key.path[0] == PREFIX}
    job = dg.define_asset_job(
        DAILY, selection=dg.AssetSelection.all(), config=_LOG,
        description="Crawl, read, load and publish. In one process; the crawl is a child of it.",
    )  # fmt: skip
    publish = dg.define_asset_job(
        PUBLISH, selection=dg.AssetSelection.assets(SNAPSHOT), config=_LOG, description="Publish what the tables hold."
    )
    return dg.Definitions(
        assets=assets,
        jobs=[job, publish],
        schedules=schedules(bantin.path, job, known),
        sensors=[publish_later(publish)],
        resources={"bantin": bantin},
        executor=dg.in_process_executor,  # a process for each step costs 6 s, and file locks keep writers apart anyway
        loggers={"console": people_log},
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The home of BANTIN_HOME, else ./data."""
    return definitions_of(BantinHome(path=str(Path(os.environ.get("BANTIN_HOME") or "data").expanduser().resolve())))
