"""Settings of all tests: hypothesis measures no time (a slow machine is no failure) and draws the same examples each run."""

from __future__ import annotations

import os

from hypothesis import settings

# Hundreds of processes are started: each would compile all of Dagster and Scrapy anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("bantin", deadline=None, derandomize=True)
settings.load_profile("bantin")
