"""A large archive of newsroom pages read whole: pages per CPU-second, memory, what a second process brings.

    python -m bench.read_all [PAGES]

PAGES (20,000 unless told) captures of eight newsroom kinds, in segments of 500 as a polite crawl leaves them, and once
more all of one kind in a single segment, as an ingest of a large WARC leaves it. Every reading is a process of its own
and writes results files, as `bantin read` does: parse, roles, fields, evidence, Parquet. Printed:

    peak RSS at a tenth of the pages and at all, of the largest process: flat if the two are alike
    wall clock of one process to that of two, over the same archive; alternating, the best of two rounds each

A page is used several times under other addresses: the newsroom makes about 2,000 different ones.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.catalog import load_catalog
from crawlers.newsroom import Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.segment import SegmentWriter
from dagster_project.steps.home import open_home
from dagster_project.steps.reading import read_new
from pipelines.records import Capture

KINDS = (
    "military-region", "army-daily", "hospital", "nukeviet", "liferay", "sharepoint", "cms-body", "afcbc-body",
)  # fmt: skip
DIFFERENT, A_SEGMENT, ROUNDS = 250, 500, 2
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def captures(room: Newsroom, site_id: str, count: int) -> Iterator[Capture]:
    """Pages of a site again and again, each time under an address of its own."""
    site = next(site for site in room.sites if site.site_id == site_id)
    pages = []
    for gold in room.gold(site_id):
        parts = urlsplit(gold.url)
        answer = room.respond(site, Ask("GET", parts.path, parts.query))
        pages.append(Capture(site_id, gold.url, NOW, answer.body, answer.content_type, origin="archive"))
    for number, page in enumerate(islice(cycle(pages), count)):
        again = f"{page.url}{'&' if '?' in page.url else '?'}again={number // len(pages)}"
        yield replace(page, url=again, fetched_at=NOW + timedelta(milliseconds=number))


def archive(folder: Path, count: int, kinds: tuple[str, ...], a_segment: int) -> Path:
    """A home with `count` captures that nobody has read."""
    room = Newsroom(4711, kinds=kinds, bulletins=DIFFERENT)
    room.write_sources(folder / "sources", 1.0)
    home, each = open_home(folder)[0], count // len(kinds)
    for site in room.sites:
        found = captures(room, site.site_id, each)
        for run in range(-(-each // a_segment)):
            with SegmentWriter(home.raw, site.site_id, f"bench-{run:04}", lambda: NOW, max_bytes=1 << 40) as writer:
                for capture in islice(found, a_segment):
                    writer.add_resource(capture)
    return home.path


def read_whole(path: Path, jobs: int) -> dict[str, float]:
    """What reading it costs. Runs in a process of its own: peak memory is that of a process's whole life."""
    home, catalog = open_home(path)[0], load_catalog(path)
    started = time.monotonic()
    done = read_new(home, catalog, jobs=jobs)
    wall = time.monotonic() - started
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "pages": done.tally.captures,
        "bulletins": done.tally.kinds.get("bulletin", 0),
        "wall_s": wall,
        "cpu_s": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
        "peak_mb": max(own.ru_maxrss, others.ru_maxrss) / 1024,
    }


def measured(home: Path, jobs: int) -> dict[str, float]:
    """`read_whole` in a fresh process, from nothing."""
    shutil.rmtree(home / "bulletins", ignore_errors=True)
    told = subprocess.run(
        [sys.executable, "-m", "bench.read_all", "--one", str(home), str(jobs)], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(read_whole(Path(sys.argv[2]), int(sys.argv[3]))))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    folder = Path(tempfile.mkdtemp(prefix="bantin-read-all-"))
    try:
        many = archive(folder / "many", count, KINDS, A_SEGMENT)
        for name, kinds, a_segment in (
            (f"segments of {A_SEGMENT}", KINDS, A_SEGMENT), ("one segment", KINDS[:1], count)
        ):  # fmt: skip
            few = measured(archive(folder / f"few {name}", count // 10, kinds, a_segment), 1)
            all_of_it = many if kinds == KINDS else archive(folder / f"all {name}", count, kinds, a_segment)
            whole = measured(all_of_it, 1)
            print(
                f"{name}: {whole['pages']:.0f} pages, {whole['bulletins']:.0f} bulletins,"
                f" {whole['pages'] / whole['cpu_s']:.0f} pages/CPU-s; peak RSS {few['peak_mb']:.0f} MB at"
                f" {few['pages']:.0f} pages, {whole['peak_mb']:.0f} MB at {whole['pages']:.0f}",
                flush=True,
            )
        rounds = [(measured(many, 1), measured(many, 2)) for _ in range(ROUNDS)]
        one, two = (min((pair[i] for pair in rounds), key=lambda run: run["wall_s"]) for i in (0, 1))
        print(
            f"one process {one['wall_s']:.1f} s, two {two['wall_s']:.1f} s: {one['wall_s'] / two['wall_s']:.2f} x"
            f" (CPU {one['cpu_s']:.1f} and {two['cpu_s']:.1f} s; a machine that does other things shows less)"
        )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
