"""A quiet day asks for lists and robots.txt, once each; the long version, with what it costs, is tests/quiet.py."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.quiet import run


@pytest.mark.slow
def test_a_quiet_day_asks_only_for_lists_and_robots_txt_and_conditionally_where_it_can(tmp_path: Path) -> None:
    found = run(tmp_path, 3, block="127.3.9", port=8900 + os.getpid() % 20_000, measured=False)
    assert (found.fetched, found.crawlers, found.others) == (0, 1, [])
    assert (found.elsewhere, found.twice, found.unasked, found.holes) == ([], [], [], [])
    assert found.first_fetched > 25
    assert found.bare == []
    assert found.conditional + found.no_validators + len(found.bare) == found.sent
    assert found.not_modified > found.sent / 2
