"""A hostile site, crawled, read, loaded and published by the real `bantin`: `python -m tests.hostile [--short]`.

Prints one JSON line. --short: everything large and its bounds are a tenth, requests get 2 s instead of 10,
lists 30 pages without bulletins instead of 100. The waits between tries are short in both. What each program of it connects to is written down by an audit hook, so that "nothing was asked
outside" is no guess.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from crawlers.newsroom.hostile import HostileSite
from crawlers.newsroom.hostile_answers import LATE
from tests.running import BANTIN, bantin, environment, rows
from tests.stand_in import COLD

Launch = Callable[[Path, str, str, "_Told"], None]
SCALE = {True: 10, False: 1}
TIMEOUT_S = {True: 2, False: 10}
BARREN = {True: 30, False: 100}
# `sys.orig_argv`: only the crawling process pays for these imports.
_CUSTOMIZE = """
import atexit, os, resource, sys
def told(event, values):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        where = values[1] if event == "socket.connect" else values
        if isinstance(where, tuple) and where[0] != {address!r}:
            with open({outside!r}, "a") as file:
                print(event, where, file=file)
    elif event == "open" and values[0] in ("/etc/passwd", "file:///etc/passwd"):
        with open({outside!r}, "a") as file:
            print(event, values[0], file=file)
if any(name in sys.orig_argv for name in ("crawlers.run", "read", "load", "publish")):
    sys.addaudithook(told)
if "crawlers.run" in sys.orig_argv:
    import crawlers.bounds
    import crawlers.discovery.payload
    import crawlers.fetch
    import crawlers.states
    import crawlers.settings
    crawlers.states.FIRST_BACKOFF_S = 0.05
    crawlers.settings._TIMEOUT_S = {timeout_s}
    crawlers.bounds.BARREN_PAGES = {barren}
    if {scale} > 1:
        crawlers.states.MAX_FAILURES = 2
        crawlers.fetch.MAX_PAYLOAD //= {scale}
        crawlers.discovery.payload.MAX_INFLATED //= {scale}
    def peak():
        used = resource.getrusage(resource.RUSAGE_SELF)
        with open({peak!r}, "w") as file:
            print(used.ru_maxrss // 1024, round(used.ru_utime + used.ru_stime, 1), file=file)
    atexit.register(peak)
"""


@dataclass(frozen=True, slots=True)
class Hostile:
    """What became of it.

    seconds      of each command, wall; cpu_s: of the crawling process
    peak_mb      resident memory of the crawling process, and of each other command with its children, at its highest
    exits        exit status of each command
    states       `state: reason` → URLs, of the frontier
    unnamed      URLs that neither were fetched nor say why
    good         bulletins that are in, of `expected`
    rows         of table bulletin, and the URLs of those that are none of the good ones
    canary       connections to what nobody may ask; outside: whom else the programs tried to reach
    asked        requests the site counted; most: of one address
    """

    seconds: dict[str, float]
    cpu_s: float
    peak_mb: dict[str, int]
    exits: dict[str, int]
    states: dict[str, int]
    unnamed: list[str]
    holes: list[str]
    walks: list[str]
    good: int
    expected: int
    rows: int
    others: list[str]
    canary: int
    outside: list[str]
    asked: int
    wrong: list[str] = field(default_factory=list)


def run(
    folder: Path, address: str = "127.0.96.1", port: int = 8590, *, short: bool = True, launch: Launch | None = None
) -> Hostile:
    """folder: for the home, empty. launch: `launched` or `forked`."""
    launch = launch or launched
    site = HostileSite(address, port, scale=SCALE[short])
    home = folder / "home"
    site.write_source(home / "sources", 0.002)
    peak, outside = folder / "peak", folder / "outside"
    customize = folder / "customize" / "sitecustomize.py"
    customize.parent.mkdir(parents=True)
    customize.write_text(
        _CUSTOMIZE.format(
            address=address,
            outside=str(outside),
            peak=str(peak),
            timeout_s=TIMEOUT_S[short],
            barren=BARREN[short],
            scale=SCALE[short],
        ),
        encoding="utf-8",
    )
    told = _Told()
    with site.serve():
        for command in ("crawl", "read", "load", "publish"):
            launch(home, command, str(customize.parent), told)
    peak_mb, cpu_s = peak.read_text().split()
    told.peaks["crawl"], told.cpu_s = int(peak_mb), float(cpu_s)
    return _judged(site, home, told, outside)


@dataclass(slots=True)
class _Told:
    """What was seen of the commands. said: all they printed."""

    seconds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)
    exits: dict[str, int] = field(default_factory=dict)
    cpu_s: float = 0.0
    said: str = ""


def launched(home: Path, command: str, modules: str, told: _Told) -> None:
    """`bantin` as a user starts it. modules: for PYTHONPATH."""
    began = time.monotonic()
    child = subprocess.Popen(
        [BANTIN, "--home", str(home), command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**environment(), "PYTHONPATH": modules},
    )  # fmt: skip
    assert child.stdout is not None
    told.said += child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = told.exits[command] = os.waitstatus_to_exitcode(status)
    told.seconds[command], told.peaks[command] = round(time.monotonic() - began, 1), usage.ru_maxrss // 1024


def forked(home: Path, command: str, modules: str, told: _Told) -> None:
    """The same from a process that has done the imports; its memory says nothing. That of the crawling process does."""
    began, before = time.monotonic(), dict(os.environ)
    os.environ.update({"PYTHONPATH": modules, COLD: "1"})
    try:
        done = bantin(home, command)
    finally:
        os.environ.clear()
        os.environ.update(before)
    told.said += done.stdout + done.stderr
    told.exits[command], told.seconds[command] = done.returncode, round(time.monotonic() - began, 1)


def _judged(site: HostileSite, home: Path, told: _Told, outside: Path) -> Hostile:
    with closing(sqlite3.connect(home / "crawl" / "hostile.sqlite")) as con:
        urls = con.execute("select url, state, reason from url").fetchall()
        walks = con.execute("select way, complete, pages, stop_reason from walk").fetchall()
    bulletins = {row["url"]: row for row in rows(home, "select url, title, published_on from bulletin")}
    good = site.good_urls()
    found = {url: (state, reason) for url, state, reason in urls}
    wrong = ["a control character reached the terminal"] if "\x1b" in told.said else []
    for name, trap in site.traps.items():
        state, reason = found.get(f"{site.base_url}/bay/{name}", ("unknown", None))
        if trap.ends[0] == "any" and state not in ("fetched", "not_bulletin", "duplicate"):
            wrong.append(f"{name}: expected it fetched, found {state}: {reason}")
        elif trap.ends[0] not in ("any", "") and (state != trap.ends[0] or trap.ends[1] not in (reason or "")):
            wrong.append(f"{name}: expected {' '.join(trap.ends)}, found {state}: {reason}")
        elif not trap.ends[0] and (
            state not in ("waiting", "failed") or not any(words in (reason or "") for words in (trap.ends[1], LATE[1]))
        ):  # on a slow machine the time may be over before the bound is reached
            wrong.append(f"{name}: expected '{trap.ends[1]}', found {state}: {reason}")
    return Hostile(
        seconds=told.seconds,
        cpu_s=told.cpu_s,
        peak_mb=told.peaks,
        exits=told.exits,
        states=dict(Counter(f"{state}: {reason}" if reason else state for _, state, reason in urls).most_common()),
        unnamed=[url for url, state, reason in urls if state not in ("fetched", "duplicate") and not reason],
        holes=[line.strip() for line in told.said.splitlines() if "hostile" in line or "://" in line],
        walks=[
            f"{way}: {'whole' if complete else 'part'}, {pages} pages: {why}" for way, complete, pages, why in walks
        ],
        good=len(good & bulletins.keys()),
        expected=len(good),
        rows=len(bulletins),
        others=sorted(bulletins.keys() - good),
        canary=site.canary,
        outside=sorted(set(outside.read_text().splitlines())) if outside.exists() else [],
        asked=sum(site.asked.values()),
        wrong=wrong,
    )


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), short="--short" in sys.argv)
    print(json.dumps(asdict(found), ensure_ascii=False))
    return int(bool(found.wrong or found.canary or found.outside or found.good < found.expected))


if __name__ == "__main__":
    sys.exit(main())
