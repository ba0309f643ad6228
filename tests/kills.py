"""SIGKILL at random points of crawl, read, load and publish: `python -m tests.kills [KILLS] [SEED]`, `make kill-test`.

A newsroom is served from here; days go by in it. On each day the stages are started and killed again and again (the
whole process group, or only the parent, or only the child that crawls), then run once undisturbed. Another home goes
through the same days undisturbed. In the end both must hold the same content, and the newsroom's log tells how many
pages were asked for twice.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from crawlers.newsroom import Newsroom
from crawlers.newsroom.newsroom import USUAL
from crawlers.newsroom.records import Request
from crawlers.segment import VIETNAM
from tests.running import ROOT, environment
from tests.stage import STAGES

DAY_S = 86_400.0
BULLETINS, DELAY_S = 60, 0.004
SHORTEST_S, LONGEST_S = 0.6, {"crawl": 7.0, "read": 2.5, "load": 2.5, "publish": 2.5}


@dataclass
class Tally:
    """What the kills did. in_flight: requests that may have been under way when a crawl was killed, at most."""

    kills: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    fetched_twice: int = 0
    seconds: float = 0.0


def disturbed_equals_undisturbed(
    folder: Path, kills: int, seed: int, block: str, kinds: tuple[str, ...] = USUAL, moves: str | None = None
) -> tuple[Tally, str, str]:
    """(what happened, content digest with kills, content digest without). moves: a kind that moves on the second day."""
    chance = random.Random(seed)
    days = max(2 if moves else 1, min(10, kills // 10))
    calm = _newsroom(block, seed, kinds, moves)
    wild = _newsroom(block, seed, kinds, moves)
    tally, started = Tally(), time.monotonic()
    longest = dict(LONGEST_S)
    digests = []
    for newsroom, name, per_day in ((calm, "calm", 0), (wild, "wild", -(-kills // days))):
        home = folder / name
        (home / "sources").mkdir(parents=True)
        newsroom.write_sources(home / "sources", DELAY_S)
        with newsroom.serve():
            for day in range(days):
                if day:
                    newsroom.advance()
                    newsroom.write_sources(home / "sources", DELAY_S)  # of one that moved: another file
                newsroom.clear_log()
                killed_crawls, until = 0, min(kills, tally.kills.total() + per_day)
                while tally.kills.total() < until:
                    stage = chance.choices(STAGES, weights=(5, 2, 2, 1))[0]
                    how = _kill(home, stage, day * DAY_S, chance, longest)
                    if how:
                        tally.kills[f"{stage}, {how}"] += 1
                        killed_crawls += stage == "crawl"
                done = _stage(home, "all", day * DAY_S)
                assert done.returncode == 0, f"day {day} of {name}: {done.stderr[-2000:]}"
                if per_day:
                    tally.in_flight += killed_crawls * len(newsroom.sites)
                    tally.fetched_twice += _twice(newsroom)
        digests.append(content_digest(home))
    tally.seconds = time.monotonic() - started
    return tally, digests[1], digests[0]


def content_digest(home: Path) -> str:
    """Of the published snapshot."""
    with duckdb.connect(home / "warehouse" / "bulletins.duckdb", read_only=True) as con:
        row = con.execute("select content_digest from snapshot order by published_at desc limit 1").fetchone()
    assert row is not None
    return str(row[0])


def _newsroom(block: str, seed: int, kinds: tuple[str, ...], moves: str | None) -> Newsroom:
    today = datetime.now(VIETNAM).date()  # the stages add whole days to the real clock
    port = 8500 + os.getpid() % 20_000
    room = Newsroom(seed, block=block, port=port, start=today, bulletins=BULLETINS, kinds=kinds)
    for site in room.sites:
        if site.kind == moves:
            room.relocate(site.site_id, on=today + timedelta(days=1))
    return room


def _command(home: Path, stage: str, ahead: float) -> list[str]:
    return [sys.executable, "-m", "tests.stage", str(home), stage, str(ahead)]


def _stage(home: Path, stage: str, ahead: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(home, stage, ahead), capture_output=True, text=True, cwd=ROOT, env=environment(), check=False
    )


def _kill(home: Path, stage: str, ahead: float, chance: random.Random, longest: dict[str, float]) -> str | None:
    """Start a stage and kill it after a while; how, or None where it had ended before.

    longest  seconds after which a stage is killed at the latest, by stage. Changed: what ended before takes no longer
             than it took, what was killed may take longer. Most kills else come after the end.
    """
    began, latest = time.monotonic(), longest[stage]
    process = subprocess.Popen(
        _command(home, stage, ahead), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment()
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(SHORTEST_S, latest))
        longest[stage] = max(SHORTEST_S, time.monotonic() - began)
        return None
    longest[stage] = min(1.3 * latest, LONGEST_S[stage])
    children = _children(process.pid)
    how = chance.choice(("all", "all", "parent", "child")) if stage == "crawl" and children else "all"
    for pid in ([] if how == "child" else [process.pid]) + ([] if how == "parent" else children):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    return f"{how} killed"


def _children(pid: int) -> list[int]:
    """Child processes, those of children too."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = file.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                child = int(file.parent.name)
                found += [child, *_children(child)]
    return found


def _twice(newsroom: Newsroom) -> int:
    """Bulletin pages that were sent whole more than once, in one day of the newsroom, beyond the first time."""
    sent: Counter[tuple[str, str]] = Counter()
    bulletins = {site.site_id: {_path(url) for url in newsroom.listed(site.site_id)} for site in newsroom.sites}
    for request in newsroom.log():
        if _sent(request) and request.path in bulletins[request.site_id]:
            sent[request.site_id, request.path] += 1
    return sum(count - 1 for count in sent.values())


def _sent(request: Request) -> bool:
    return request.method == "GET" and request.status == 200


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    folder = Path(tempfile.mkdtemp(prefix="bantin-kills-"))
    tally, wild, calm = disturbed_equals_undisturbed(folder, kills, seed, "127.0.61")
    for what, count in sorted(tally.kills.items()):
        print(f"{count:5}  {what}")
    print(f"{tally.kills.total():5}  kills in all, {tally.seconds:.0f} s")
    print(f"{tally.fetched_twice:5}  pages fetched twice; at most {tally.in_flight} were in flight at a kill")
    print(f"content digest with kills    {wild}\ncontent digest without       {calm}")
    if wild != calm:
        print(f"DIFFERENT; both homes are kept in {folder}")
        return 1
    shutil.rmtree(folder)
    print(json.dumps({"equal": True, "kills": tally.kills.total()}))
    return int(tally.fetched_twice > tally.in_flight)


if __name__ == "__main__":
    raise SystemExit(main())
