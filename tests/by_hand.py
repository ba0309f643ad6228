"""Every kind of publisher by its hand-written source file: `python -m tests.by_hand [SEED] [BULLETINS] [KIND …]`.

One crawl, read, load and publish of all of them by `bantin`; what is in the snapshot against what the sites themselves
list, and what their servers were asked. Prints a line of JSON; exit status 1: something is missing, doubled or no bulletin.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from crawlers.newsroom import Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.site import Site
from tests.running import bantin, rows

STAGES = ("crawl", "read", "load", "publish")


def by_hand(home: Path, seed: int, bulletins: int, kinds: tuple[str, ...], block: str, port: int) -> dict[str, Any]:
    """What was found of each kind. is_right: all of it, once, and nothing else."""
    room = Newsroom(seed, block=block, port=port, kinds=kinds, bulletins=bulletins)
    (home / "sources").mkdir(parents=True)
    room.write_sources(home / "sources", 0.002)
    exits, holes = {}, []
    with room.serve():
        for stage in STAGES:
            done = bantin(home, stage)
            exits[stage] = done.returncode
            holes += [line for line in done.stderr.splitlines() if line.startswith("bantin:")]
    loaded = Counter[str]()
    addresses: dict[str, set[str]] = {site.site_id: set() for site in room.sites}
    for row in rows(home, "select source_id, url from bulletin"):
        loaded[row["source_id"]] += 1
        addresses[row["source_id"]].add(row["url"])
    told = {}
    for site in room.sites:
        there = room.listed(site.site_id)
        asked = Counter(
            key
            for request in room.log(site.site_id)
            if request.status == 200 and (key := _key(site, request.path)) in site.chronicle.by_path
        )
        known = {_key(site, url.removeprefix(site.base_url)) for url in addresses[site.site_id]}
        told[site.kind] = {
            "listed": len(there), "loaded": loaded[site.site_id],
            "missing": len({_key(site, url.removeprefix(site.base_url)) for url in there} - known),
            "fetched twice": sum(times > 1 for times in asked.values()),
        }  # fmt: skip
    right = all(k["listed"] == k["loaded"] and not k["missing"] and not k["fetched twice"] for k in told.values())
    stops = {site.kind: _stops(home, site.site_id) for site in room.sites}
    return {
        "kinds": told, "stop reasons": stops, "exits": exits, "holes": holes,
        # The one hole is a sitemap of the afcbc-body site that its index names and that is not there.
        "is_right": right and all(".xml.gz: HTTP 404" in hole for hole in holes) and all(all(s) and s for s in stops.values()),
    }  # fmt: skip


def _key(site: Site, target: str) -> str:
    """The bulletin that a path with query means, under the site's own rules."""
    path, _, query = target.partition("?")
    return site.press.key_of(Ask("GET", path, query))


def _stops(home: Path, source_id: str) -> list[str]:
    import sqlite3

    with sqlite3.connect(home / "crawl" / f"{source_id}.sqlite") as con:
        return [reason for (reason,) in con.execute("select stop_reason from walk order by way, started_at")]


def main() -> None:
    seed, bulletins = (int(argument) for argument in [*sys.argv[1:3], "11", "500"][:2])
    kinds = tuple(sys.argv[3:]) or tuple(KINDS)
    with tempfile.TemporaryDirectory() as folder:
        block = f"127.{3 + os.getpid() % 200}.91"
        found = by_hand(Path(folder) / "home", seed, bulletins, kinds, block, 8900)
    print(json.dumps(found, ensure_ascii=False))
    sys.exit(not found["is_right"])


if __name__ == "__main__":
    main()
