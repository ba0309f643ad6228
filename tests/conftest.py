"""Settings of all tests: hypothesis measures no time (a slow machine is no failure) and draws the same examples each run."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings

# Hundreds of processes are started: each would compile all of Dagster and Scrapy anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Databases, archives and Dagster's event log wait for the disk at each commit, and no test here can tell whether they did.
MEMORY, ENOUGH = Path("/dev/shm"), 4 << 30
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

settings.register_profile("bantin", deadline=None, derandomize=True)
settings.load_profile("bantin")

MEASURED = frozenset(
    f"test_{name}"
    for name in (
        "assemble", "classify", "dates", "digest", "families", "golden", "groups", "html", "identity", "judging", "load",
        "load_migration", "metadata", "normalized", "page", "patterns", "plain", "publish", "query", "questions", "read",
        "results", "store", "text",
    )
)  # fmt: skip
"""Tests of pipelines and warehouse that reach their floors of coverage: tracing doubles what a test costs (Python 3.11)."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage in the tests of the packages that have a floor, and in no others.

    pytest-cov's own marker `no_cover` cannot: its worker of xdist measures twice, one inside the other, and where the
    inner one pauses the outer one goes on.
    """
    paused = []
    while item.path.stem not in MEASURED and (running := Coverage.current()) is not None:
        running.stop()
        paused.append(running)
    try:
        return (yield)
    finally:
        for measuring in reversed(paused):
            measuring.start()


@pytest.fixture(scope="session", autouse=True)
def _crawling_processes_are_forked() -> None:
    """Hundreds of crawls: two thirds of the time of each were its imports."""
    if "crawlers.crawl_job" in sys.modules:
        from tests.running import crawl_warm

        crawl_warm()
