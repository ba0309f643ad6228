"""A quiet day over many sources: `python -m tests.quiet [SOURCES]`, 40 unless told. Prints JSON.

Publishers on loopback who told nothing for three months. `bantin run` fills a home; a day later, when only clocks and
boxes around their lists have changed, it runs again. What that second run asks for and costs is printed: every list and
robots.txt once, conditionally wherever the server gives something to ask with, and nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from crawlers.catalog import load_catalog
from crawlers.newsroom import Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.newsroom.records import Request
from crawlers.segment import VIETNAM
from dagster_project.steps.crawling import crawl
from dagster_project.steps.home import open_home
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new
from tests.running import environment

KINDS = ("military-region", "army-daily", "hospital")
BULLETINS = 12
SILENT_D = 90
"""Days since the last bulletin: nothing of it is due for another look on the second day."""
SETTLED_D = 61
"""Days from the first run to the one before the quiet day: pages without a day of their own are looked at daily for two
weeks after they were found, and weekly for two months."""
CONDITIONS = ("if-none-match", "if-modified-since")


@dataclass(frozen=True, slots=True)
class QuietDay:
    """What the second run did.

    requests       source → path → how often it was asked for
    conditional    of them sent with a condition; not_modified: answered 304
    bare           without one, though the server gave something to ask with
    no_validators  without one, because it gives none
    elsewhere      paths that are neither robots.txt nor a list; twice: asked for again
    unasked        ways of discovery, robots.txt included, that were not asked for
    crawlers       crawling processes started; others: other programs, forks of itself
    cpu_s          user and system, of the launcher and all its children; first_cpu_s: of the first run
    holes          of both runs, problems included
    """

    sources: int
    requests: dict[str, dict[str, int]]
    conditional: int
    not_modified: int
    bare: list[str]
    no_validators: int
    elsewhere: list[str]
    twice: list[str]
    unasked: list[str]
    fetched: int
    crawlers: int
    others: list[str]
    cpu_s: float
    wall_s: float
    first_cpu_s: float
    first_fetched: int
    holes: list[str]

    @property
    def sent(self) -> int:
        return sum(sum(paths.values()) for paths in self.requests.values())

    @property
    def is_right(self) -> bool:
        """Cost apart."""
        wrong = (self.bare, self.elsewhere, self.twice, self.unasked, self.others, self.holes)
        return not any(wrong) and self.fetched == 0 and self.crawlers == 1 and self.first_fetched > 0


@dataclass(frozen=True, slots=True)
class _Launched:
    """One `bantin run` in a process of its own."""

    told: dict[str, Any]
    cpu_s: float
    wall_s: float


def run(
    folder: Path, sources: int = 40, block: str = "127.0.79", port: int = 8470, *, measured: bool = True
) -> QuietDay:
    """The two days. folder: for the home, empty or missing. measured: the first run is one of Dagster's, too."""
    today = datetime.now(VIETNAM).date()
    room = Newsroom(
        17, block=block, port=port, bulletins=BULLETINS, kinds=tuple(islice(cycle(KINDS), sources)),
        start=today - timedelta(days=SILENT_D + SETTLED_D + 1),
    )  # fmt: skip
    home = folder / "home"
    room.write_sources(home / "sources", 0.01)
    with room.serve():
        # Dagster knows no month that has not begun, so the quiet day is today.
        first = (_launch if measured else _unmeasured)(_on(room, today, SETTLED_D + 1, home), SETTLED_D + 1)
        settled = _unmeasured(_on(room, today, 1, home), 1)
        room.clear_log()
        second = _launch(_on(room, today, 0, home), 0)
        return _judged(room, home, first, settled, second)


def _on(room: Newsroom, today: date, ago: int, home: Path) -> Path:
    """Let it be so many days ago: nobody publishes, clocks and boxes are those of the day."""
    for site in room.sites:
        site.open_day(today - timedelta(days=ago))
    return home


def _unmeasured(path: Path, ago: int) -> _Launched:
    """The same as `bantin run`, in this process and without Dagster."""
    home, catalog, run_id = open_home(path)[0], load_catalog(path), f"before-{ago}"

    def clock() -> datetime:
        return datetime.now(UTC) - timedelta(days=ago)

    outcome = crawl(home, catalog, [], run_id, clock)
    read_new(home, catalog)
    load_new(home, catalog, Run(run_id, "load", clock()), clock)
    publish_now(home, catalog, "publish", clock)
    return _Launched({"fetched": sum(s.fetched for s in outcome.sources), "holes": outcome.holes}, 0.0, 0.0)


def _judged(room: Newsroom, home: Path, first: _Launched, settled: _Launched, second: _Launched) -> QuietDay:
    after = room.log()
    requests: dict[str, dict[str, int]] = {}
    for request in after:
        of_source = requests.setdefault(request.site_id, {})
        of_source[request.path] = of_source.get(request.path, 0) + 1
    lists = {(site.site_id, url) for site in room.sites for url in _lists(home, site.site_id)}
    base = {site.site_id: site.base_url for site in room.sites}
    ways = {(s.source_id, way.url) for s in load_catalog(home) if s.source_id in room.faults for way in s.discover}
    started = {(site.site_id, site.base_url + path) for site in room.sites for path in requests.get(site.site_id, {})}
    wanted = ways | {(site.site_id, f"{site.base_url}/robots.txt") for site in room.sites}
    unconditional = [r for r in after if not any(name in r.headers for name in CONDITIONS)]
    bare = [f"{r.site_id} {r.path}" for r in unconditional if _gives_validators(room, r)]
    programs: list[str] = second.told["programs"]  # `file` is asked by Dagster's croniter for the width of a word
    return QuietDay(
        sources=len(room.sites),
        requests=requests,
        conditional=len(after) - len(unconditional),
        not_modified=sum(r.status == 304 for r in after),
        bare=bare,
        no_validators=len(unconditional) - len(bare),
        elsewhere=[f"{r.site_id} {r.path}" for r in after if (r.site_id, base[r.site_id] + r.path) not in lists],
        twice=[f"{source} {path}" for source, paths in requests.items() for path, n in paths.items() if n > 1],
        unasked=sorted(" ".join(way) for way in wanted - started),
        fetched=second.told["fetched"],
        crawlers=sum(program == "crawlers.run" for program in programs),
        others=[program for program in programs if program not in ("crawlers.run", "file")],
        cpu_s=second.cpu_s,
        wall_s=second.wall_s,
        first_cpu_s=first.cpu_s,
        first_fetched=first.told["fetched"],
        holes=[hole for one in (first, settled, second) for hole in one.told["holes"]],
    )


def _lists(home: Path, source_id: str) -> set[str]:
    """Addresses that the frontier knows as lists or robots.txt."""
    with closing(sqlite3.connect(home / "crawl" / f"{source_id}.sqlite")) as con:
        return {url for (url,) in con.execute("select url from page")}


def _gives_validators(room: Newsroom, request: Request) -> bool:
    path, _, query = request.path.partition("?")
    answer = room.respond(room.site(request.site_id), Ask(request.method, path, query, {}, request.body))
    return answer.etag is not None or answer.modified_at is not None


def _launch(home: Path, ago: int) -> _Launched:
    """`bantin run` so many days ago; nothing else may be a child of this process meanwhile."""
    compiled = {name: value for name, value in environment().items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Compiled in the first run at the latest, as pip does at once: what a checkout lacks is no cost of ours.
    compiled["PYTHONPYCACHEPREFIX"] = str(home.parent / "compiled")
    began, used = time.monotonic(), _used()
    done = subprocess.run(
        [sys.executable, "-m", "tests.quiet", "--launch", str(home), str(ago * -86_400)],
        capture_output=True, text=True, env=compiled, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the launcher ended with status {done.returncode}:\n{done.stderr}")
    return _Launched(json.loads(done.stdout), round(_used() - used, 2), round(time.monotonic() - began, 2))


def _used() -> float:
    """CPU seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def launcher(home: Path, ahead_s: float) -> None:
    """In the child: what `bantin run --json` does, which knows no other clock than the real one."""
    programs: list[str] = []

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen":
            line = [str(word) for word in arguments[1]]
            programs.append(line[line.index("-m") + 1] if "-m" in line else line[0])
        elif event in ("os.fork", "os.forkpty", "os.posix_spawn", "os.system"):
            programs.append(event)

    sys.addaudithook(heard)
    from dagster_project import launching

    done = launching.daily_run(
        open_home(home)[0], [], lambda: datetime.now(UTC) + timedelta(seconds=ahead_s), quiet=True
    )
    holes = [*done.holes, *([done.problem] if done.problem else [])]
    print(json.dumps({"fetched": done.sum("fetched"), "holes": holes, "programs": programs, "run": asdict(done)}))


def main() -> None:
    if sys.argv[1:2] == ["--launch"]:
        launcher(Path(sys.argv[2]), float(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory(prefix="bantin-quiet-") as folder:
        found = run(Path(folder), int(sys.argv[1]) if sys.argv[1:] else 40, port=8900 + os.getpid() % 20_000)
    asked = Counter(path for paths in found.requests.values() for path in paths)
    print(
        json.dumps(
            {**asdict(found), "sent": found.sent, "addresses": dict(asked), "is_right": found.is_right}, indent=1
        )
    )
    raise SystemExit(0 if found.is_right else 1)


if __name__ == "__main__":
    main()
