"""Settings of all tests: hypothesis measures no time (a slow machine is no failure) and draws the same examples each run."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("bantin", deadline=None, derandomize=True)
settings.load_profile("bantin")
