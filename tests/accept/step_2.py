"""Acceptance of step 2: the newsroom and the crawl that cannot lose a page."""

from __future__ import annotations

import json
import re
import time
from typing import Any

from tests.accept.bench_of_claims import Clone, Result, held


def _script(clone: Clone, code: str, *arguments: str, timeout: float = 1500) -> dict[str, Any]:
    """Run Python in the clone's environment; its last line of output is JSON."""
    run = clone.run(str(clone.path / ".venv/bin/python"), "-c", code, *arguments, timeout=timeout)
    if run.returncode:
        raise AssertionError(run.stderr.strip()[-600:])
    found: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def demo(clone: Clone) -> Result:
    """`make demo` on a fresh clone, under 6 minutes: sums of `coverage` agree, missing = 0, three questions. Again: only listings and conditional requests, no new row in `bulletin` or `bulletin_version`"""
    started = time.monotonic()
    first = clone.run("make", "demo")
    took = time.monotonic() - started
    home = clone.path / "demo-data"
    rows = clone.rows(home, "select * from coverage")
    parts = ("loaded", "duplicate", "not_bulletin", "excluded", "gone", "failed", "waiting")
    wrong = (
        []
        if first.returncode == 0 and took < 360
        else [f"exit {first.returncode} after {took:.0f} s: {first.stderr[-300:]}"]
    )
    wrong += [f"{row}" for row in rows if row["discovered"] != sum(row[p] for p in parts) or row["missing"]]
    loaded = sum(row["loaded"] for row in rows)
    wrong += [] if loaded >= 600 and "3." in first.stdout else [f"{loaded} bulletins"]
    count = "select (select count(*) from bulletin) as b, (select count(*) from bulletin_version) as v, count(*) as c from capture"
    before = clone.rows(home, count)
    second = clone.run("make", "demo")
    after = clone.rows(home, count)
    said = " ".join(line for line in second.stdout.splitlines() if line.startswith("newsroom-") and "fetched" in line)
    wrong += [] if second.returncode == 0 and before == after else [f"again: {before} became {after}"]
    wrong += [] if all(n == "0" for n in re.findall(r"(\d+) fetched", said)) else [f"again: {said}"]
    return held(
        not wrong,
        "; ".join(wrong) or f"{took:.0f} s, {loaded} bulletins, missing 0; again: 0 pages fetched, {before[0]}",
    )


COVERAGE = """
import json, sys, subprocess, pathlib
from collections import defaultdict
from urllib.parse import urlsplit
from crawlers.newsroom import Newsroom
home, bulletins, delay = pathlib.Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
(home / "sources").mkdir(parents=True, exist_ok=True)
room = Newsroom(90210, block="127.0.71", port=8481, bulletins=bulletins)
room.write_sources(home / "sources", delay)
with room.serve():
    done = subprocess.run([sys.argv[4], "--home", str(home), "crawl"], capture_output=True, text=True)
log, out = defaultdict(list), {}
for r in room.log():
    log[r.site_id].append(r)
for site in room.sites:
    times = sorted(r.at for r in log[site.site_id])
    paths = [r.path for r in log[site.site_id] if r.method == "GET"]
    trap = urlsplit(site.trap_url)
    out[site.site_id] = {
        "listed": sorted(room.listed(site.site_id)), "requests": len(times), "trapped": trap.path in {p.partition("?")[0] for p in paths},
        "shortest": min((b - a for a, b in zip(times, times[1:])), default=9), "robots_first": paths[:1] == ["/robots.txt"],
    }
print(json.dumps({"exit": done.returncode, "stderr": done.stderr[-500:], "sites": out}))
"""


def coverage(clone: Clone) -> Result:
    """Each kind with 500 bulletins: coverage equals the newsroom's own count, no duplicates; no robots violation"""
    home = clone.home("five-hundred")
    seen = _script(clone, COVERAGE, str(home), "500", "0.002", clone.bin)
    wrong = [] if seen["exit"] == 0 else [f"exit {seen['exit']}: {seen['stderr']}"]
    for command in ("read", "load", "publish"):
        done = clone.bantin(home, command)
        wrong += [] if done.returncode == 0 else [f"{command}: {done.stderr[-200:]}"]
    told = []
    for site, facts in seen["sites"].items():
        urls = [row["url"] for row in clone.rows(home, f"select url from bulletin where source_id = '{site}'")]
        wrong += (
            []
            if sorted(urls) == facts["listed"] and len(set(urls)) == len(urls) == 500
            else [f"{site}: {len(urls)} bulletins"]
        )
        wrong += [f"{site}: asked for the address robots.txt forbids"] if facts["trapped"] else []
        wrong += [] if facts["robots_first"] else [f"{site}: robots.txt was not the first request"]
        told.append(f"{site} 500 of 500 in {facts['requests']} requests")
    return held(not wrong, "; ".join(wrong) or ", ".join(told))


def pace(clone: Clone) -> Result:
    """With a delay of 0.2 s, no interval below 0.19 s in the newsroom's log"""
    seen = _script(clone, COVERAGE, str(clone.home("slow")), "120", "0.2", clone.bin)
    shortest = {site: round(facts["shortest"], 3) for site, facts in seen["sites"].items()}
    return held(seen["exit"] == 0 and min(shortest.values()) >= 0.19, f"shortest intervals {shortest}")


ROBOTS = """
import json, sys, subprocess, pathlib
from crawlers.newsroom import Faults, Newsroom
out = {}
for number, robots in enumerate((500, "drop")):
    home = pathlib.Path(sys.argv[1]) / str(robots)
    (home / "sources").mkdir(parents=True)
    room = Newsroom(5, block=f"127.0.7{2 + number}", port=8482, bulletins=20)
    for site in room.sites:
        room.faults[site.site_id] = Faults(robots=robots)
    room.write_sources(home / "sources", 0.01)
    with room.serve():
        done = subprocess.run([sys.argv[2], "--home", str(home), "crawl"], capture_output=True, text=True)
    out[str(robots)] = {"exit": done.returncode, "said": "robots.txt" in done.stderr, "paths": sorted({r.path for r in room.log()})}
print(json.dumps(out))
"""


def robots(clone: Clone) -> Result:
    """robots.txt answering 500 or not at all: nothing fetched, said so"""
    seen = _script(clone, ROBOTS, str(clone.home("robots")), clone.bin)
    ok = all(s["exit"] == 3 and s["said"] and s["paths"] == ["/robots.txt"] for s in seen.values())
    return held(ok, json.dumps(seen))


def kills(clone: Clone) -> Result:
    """`make kill-test`: 200 SIGKILLs at random points of crawl, read, load, publish: content digest equal to an undisturbed run; pages fetched twice ≤ those in flight at a kill"""
    run = clone.run("make", "kill-test", timeout=7200)
    return held(run.returncode == 0, "; ".join(run.stdout.strip().splitlines()[-9:]) or run.stderr[-300:])


def days(clone: Clone) -> Result:
    """Ten simulated days: each edit one version with the right `changed_fields`, noise none, deletions right with evidence, `bulletin_as_of(day)` equals the gold of that day"""
    clone.run("make", ".venv/dev.stamp")
    run = clone.run(str(clone.path / ".venv/bin/python"), "-m", "pytest", "-q", "tests/test_days.py")
    return held(run.returncode == 0, (run.stdout.strip() or run.stderr.strip()).splitlines()[-1])


TWO = """
import json, sys, subprocess, pathlib, time
from crawlers.newsroom import Newsroom
home = pathlib.Path(sys.argv[1])
(home / "sources").mkdir(parents=True)
room = Newsroom(6, block="127.0.74", port=8483, bulletins=200)
room.write_sources(home / "sources", 0.05)
with room.serve():
    command = [sys.argv[2], "--home", str(home), "crawl", room.sites[0].site_id]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(3.5)
    second = subprocess.run(command, capture_output=True, text=True)
    first.communicate()
print(json.dumps({"exits": [first.returncode, second.returncode], "said": second.stderr.strip()[:300]}))
"""

PACE = """
import asyncio, json, subprocess, sys, pathlib
file = pathlib.Path(sys.argv[1]) / "crawl" / "hosts.sqlite"
code = '''
import asyncio, sys, time
from pathlib import Path
from crawlers.pace import HostPace
async def main():
    pace = HostPace(Path(sys.argv[1]))
    for _ in range(12):
        await pace.turn("127.0.75.1:80", 0.2)
        print(time.time(), flush=True)
        pace.answered("127.0.75.1:80", 0.2)
asyncio.run(main())
'''
both = [subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, text=True) for _ in range(2)]
times = sorted(float(t) for p in both for t in p.communicate()[0].split())
print(json.dumps({"turns": len(times), "shortest": min(b - a for a, b in zip(times, times[1:]))}))
"""


def two_at_once(clone: Clone) -> Result:
    """Two crawls of one source at once: the second waits and says for whom. Two processes on one host: the host's pace is kept"""
    seen = _script(clone, TWO, str(clone.home("two")), clone.bin)
    pace = _script(clone, PACE, str(clone.home("two")))
    ok = (
        seen["exits"] == [0, 0]
        and "waiting for crawl, run" in seen["said"]
        and pace["turns"] == 24
        and pace["shortest"] >= 0.2
    )
    return held(ok, f"{seen['said']!r}; {pace}")


FIELDS = """
import json, sys
from collections import Counter
from tests.days import differences
from crawlers.newsroom import Newsroom
import duckdb
room = Newsroom(90210, block="127.0.71", port=8481, bulletins=500)
con = duckdb.connect(sys.argv[1], read_only=True)
names = [r[0] for r in con.execute("describe bulletin").fetchall()]
rows = {r[names.index("url")]: dict(zip(names, r)) for r in con.execute("select * from bulletin").fetchall()}
wrong, invented, junk, n = Counter(), 0, 0, 0
marks = ("leftcenterrightdel", "lượt xem", "Ngày đăng", "Trả lời", "Thư điện tử", "Bình luận", "Chia sẻ", "./.")
for site in room.sites:
    for gold in room.gold(site.site_id):
        row = rows[gold.url]; n += 1
        for name in ("title", "published_on", "byline", "lead", "section", "view_count", "agency_prefix"):
            wrong[name] += name != "lead" and row[name] != getattr(gold, name)
        wrong["body"] += tuple((row["body"] or "").split(chr(10) * 2)) != gold.body
        wrong["captions"] += tuple(row["captions"]) != gold.captions
        wrong["authors"] += tuple(row["authors"]) != gold.authors
        wrong["photographers"] += tuple(row["photographers"]) != gold.photographers
        invented += gold.published_on is None and row["published_on"] is not None
        junk += any(mark in (row["body"] or "") for mark in marks)
print(json.dumps({"bulletins": n, "invented dates": invented, "bodies with junk": junk, "differing": {k: v for k, v in wrong.items() if v}}))
"""


def fields(clone: Clone) -> Result:
    """Fields on newsroom pages of a seed not used while writing rules: no invented date, known junk in bodies 0"""
    database = clone.home("five-hundred") / "warehouse" / "bulletins.duckdb"
    seen = _script(clone, FIELDS, str(database))
    return held(
        seen["bulletins"] == 1500 and not seen["invented dates"] and not seen["bodies with junk"], json.dumps(seen)
    )


def speed(clone: Clone) -> Result:
    """Speed: ≥ 0.5 × the pages per CPU-second of a bare Scrapy spider; frontier of 1,000,000 URLs ≥ 5,000 changes/s under 400 MB"""
    run = clone.run(str(clone.path / ".venv/bin/python"), "-m", "bench.crawl", timeout=1800)
    lines = run.stdout.strip().splitlines()
    numbers = {line.split()[0]: line for line in lines}
    ratio = float(numbers["ratio"].split()[1])
    changes = float(next(line for line in lines if "state changes/s" in line).split()[0])
    memory = float(next(line for line in lines if "MB resident" in line).split()[0])
    return held(ratio >= 0.5 and changes >= 5000 and memory < 400, "; ".join(" ".join(line.split()) for line in lines))


CLAIMS = (demo, coverage, pace, robots, days, two_at_once, fields, speed, kills)
