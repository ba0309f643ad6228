"""A publisher added by the command alone: `python -m tests.adding SEED [KIND …]`, all kinds unless named. Prints JSON.

For each kind of newsroom site: `source add --yes`, `source enable`, `crawl`, `read`, `load`, `publish`, each a process of
its own, with no edit of the file in between. What is loaded is held against the newsroom's own count: one line a kind.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from crawlers.newsroom import Newsroom
from crawlers.newsroom.kinds import KINDS
from tests.running import bantin

BULLETINS = 120
COMMANDS = ("source add", "source enable", "crawl", "read", "load", "publish")
ENOUGH, FEW = 0.95, 0.01


@dataclass(frozen=True, slots=True)
class AddedKind:
    """What came of one kind.

    expected    bulletins the newsroom lists; loaded: of these, in the snapshot
    no_bulletin rows of the snapshot that are none of its bulletins; doubled: rows of a bulletin that has one already
    wrong       rows whose title or day differs from what was published
    statuses    exit status of each command
    missing     rules that `source add` could not find
    """

    kind: str
    expected: int
    loaded: int
    no_bulletin: int
    doubled: int
    wrong: int
    statuses: dict[str, int]
    missing: list[str]
    doubts: list[str]
    ways: list[str]
    layout: list[str]
    requests: int
    add_s: float
    said: list[str]

    @property
    def is_enough(self) -> bool:
        rows = self.loaded + self.no_bulletin + self.doubled
        return self.loaded >= ENOUGH * self.expected and self.no_bulletin + self.doubled < max(1, FEW * rows)

    @property
    def is_whole(self) -> bool:
        """Enough is in, and every command said so. `crawl` may end with holes: what a list names and robots.txt refuses."""
        return self.is_enough and all(status == 0 for name, status in self.statuses.items() if name != "crawl")

    @property
    def is_honest(self) -> bool:
        """Not all was found, and it was said which rule is missing."""
        return self.statuses["source add"] == 3 and bool(self.missing)


def added(kind: str, seed: int, folder: Path, block: str, port: int, bulletins: int = BULLETINS) -> AddedKind:
    """One kind, added to an empty home and crawled."""
    room = Newsroom(seed, block=block, port=port, kinds=(kind,), bulletins=bulletins)
    site, home = room.sites[0], folder / f"home-{kind}"
    statuses: dict[str, int] = {}
    said: list[str] = []

    def run(name: str, *arguments: str) -> str:
        done = bantin(home, *name.split(), *arguments)
        statuses[name] = done.returncode
        said.extend(done.stderr.splitlines()[-6:] if done.returncode else [])
        return done.stdout

    told: dict[str, Any] = {}
    with room.serve():
        began = time.monotonic()
        text = run("source add", f"{site.base_url}/", "--allow-private", "--yes", "--json")
        add_s = time.monotonic() - began
        if statuses["source add"] in (0, 3) and text:
            told = json.loads(text)
            run("source enable", told["source_id"])
            run("crawl", told["source_id"])
            for name in COMMANDS[3:]:
                run(name)
    rows = _rows(home)
    gold = {one.url: one for one in room.gold(site.site_id)}
    by_title = {(one.title, one.published_on): one.url for one in gold.values()}
    seen: list[str | None] = [url if url in gold else by_title.get((title, day)) for url, title, day in rows]
    known = [url for url in seen if url is not None]
    wrong = sum(
        url is not None and (gold[url].title, gold[url].published_on) != (title, day)
        for url, (_, title, day) in zip(seen, rows, strict=True)
    )
    return AddedKind(
        kind=kind,
        expected=len(room.listed(site.site_id)),
        loaded=len(set(known) & room.listed(site.site_id)),
        no_bulletin=seen.count(None),
        doubled=len(known) - len(set(known)),
        wrong=wrong,
        statuses=statuses,
        missing=told.get("missing", []),
        doubts=told.get("doubts", []),
        ways=[f"{way['way']['kind']} {way['way']['url']}" for way in told.get("ways", [])],
        layout=[name for name, value in (told.get("layout") or {}).items() if value],
        requests=told.get("requests", 0),
        add_s=round(add_s, 1),
        said=said,
    )


def _rows(home: Path) -> list[tuple[Any, ...]]:
    file = home / "warehouse" / "bulletins.duckdb"
    if not file.exists():
        return []
    with duckdb.connect(file, read_only=True) as con:
        return con.execute("select url, title, published_on from bulletin").fetchall()


def main() -> None:
    seed = int(sys.argv[1]) if sys.argv[1:] else 29
    kinds = sys.argv[2:] or list(KINDS)
    found = []
    with tempfile.TemporaryDirectory(prefix="bantin-adding-") as folder:
        for number, kind in enumerate(kinds):
            block = f"127.0.{201 + number % 50}"
            one = added(kind, seed, Path(folder), block, 9000 + os.getpid() % 20_000)
            found.append(one)
            print(json.dumps({**asdict(one), "is_whole": one.is_whole}, ensure_ascii=False), flush=True)
    short = [one for one in found if not one.is_whole]
    raise SystemExit(0 if len(short) <= 1 and all(one.is_honest for one in short) else 1)


if __name__ == "__main__":
    main()
