"""One stage of the pipeline in a process of its own, at a simulated hour: `python -m tests.stage HOME STAGE AHEAD_S`.

What `bantin crawl`, `read`, `load` and `publish` do, through the same steps; the command line knows no other clock
than the real one.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.catalog import load_catalog
from dagster_project.steps.home import open_home
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new

STAGES = ("crawl", "read", "load", "publish")


def main() -> None:
    home = open_home(Path(sys.argv[1]))[0]
    stage, ahead = sys.argv[2], timedelta(seconds=float(sys.argv[3]))
    catalog = load_catalog(home.path)

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    run_id = f"{clock():%Y%m%dT%H%M%S%f}-{os.getpid():x}"
    for name in STAGES if stage == "all" else (stage,):
        if name == "crawl":
            from dagster_project.steps.crawling import crawl

            outcome = crawl(home, catalog, [], run_id, clock)
            print(json.dumps({"holes": outcome.holes}))
        elif name == "read":
            read_new(home, catalog, jobs=2)
        elif name == "load":
            load_new(home, catalog, Run(run_id, "load", clock()), clock)
        elif name == "publish":
            publish_now(home, catalog, "publish", clock)


if __name__ == "__main__":
    main()
