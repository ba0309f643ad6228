"""Settings of all tests: hypothesis measures no time (a slow machine is no failure) and draws the same examples each run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Hundreds of processes are started: each would compile all of Dagster and Scrapy anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("bantin", deadline=None, derandomize=True)
settings.load_profile("bantin")

MEASURED = frozenset(
    f"test_{name}"
    for name in (
        "assemble", "classify", "dates", "digest", "families", "golden", "groups", "html", "identity", "judging", "load",
        "load_frontier", "load_migration", "metadata", "page", "patterns", "plain", "publish", "query", "read", "results",
        "store", "text", "upgrade", "warehouse_rebuild",
    )
)  # fmt: skip
"""Tests of pipelines and warehouse. The floors of coverage are theirs: tracing doubles what the others cost (Python 3.11)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure coverage in the tests of the packages that have a floor, and in no others."""
    for item in items:
        if item.path.stem not in MEASURED:
            item.add_marker(pytest.mark.no_cover)
