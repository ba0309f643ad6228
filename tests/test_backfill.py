"""`bantin backfill` through Dagster, killed; the long version is tests/backfills.py. In the suite a killed run is in
test_launching.py and a whole backfill, not killed, below."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.backfills import newsroom_of, run, statuses, write_sources
from tests.running import bantin

BLOCK = f"127.{60 + os.getpid() % 100}.{os.getpid() // 100 % 250}"


@pytest.mark.slow
def test_a_backfill_whose_launcher_and_crawl_are_killed_ends_complete_with_nothing_doubled(tmp_path: Path) -> None:
    found = run(tmp_path, months=2, bulletins=8, block=f"{BLOCK}", launcher_kills=1, child_kills=1)
    assert found.is_right, found


def test_a_backfill_of_named_months_fetches_those_and_leaves_the_others_waiting(tmp_path: Path) -> None:
    home, room = tmp_path / "home", newsroom_of(4, 24, BLOCK, seed=12)
    write_sources(room, home, 0.002)
    months = sorted({gold.posted_on.strftime("%Y-%m") for site in room.sites for gold in room.gold(site.site_id)})
    wanted = months[1]
    with room.serve():
        done = bantin(home, "backfill", "run", "--from", wanted, "--to", wanted, "--json")
    found = json.loads(done.stdout)
    there = {url for s in room.sites for url, posted in _posted(room, s.site_id) if posted == wanted}
    assert [row["month"] for row in found["months"]] == [wanted] * len(found["months"])
    assert found["fetched"] == len(there), done.stderr
    assert statuses(home).keys() == {"SUCCESS"}


def _posted(room: object, site_id: str) -> list[tuple[str, str]]:
    listed = room.listed(site_id)  # type: ignore[attr-defined]
    return [(g.url, g.posted_on.strftime("%Y-%m")) for g in room.gold(site_id) if g.url in listed]  # type: ignore[attr-defined]
