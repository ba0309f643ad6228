"""Everything read again and again, in one process and in three, killed in between.

    python -m tests.rereads [KILLS] [SEED]

Pages of three newsroom kinds lie in an archive, in segments of a few dozen. Their read results are made in one process,
made anew in three, and made anew by processes that are killed (SIGKILL, they and their readers) and started again until
all of it is read: by turns as soon as a segment is read, wherever the others are then, and at a random moment. Each time
every Parquet file must have the same bytes, nothing else may lie beside them but what a killed writer was at, and tables loaded from them into an empty
home must have the same Full digest. Prints JSON; KILLS is 60 unless told.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bench.read_all import archive
from crawlers.archive import segments
from crawlers.catalog import Catalog, load_catalog
from dagster_project.steps.home import Home, open_home
from dagster_project.steps.loading import source_facts
from dagster_project.steps.reading import all_results, unread
from tests.running import ROOT, environment
from warehouse.digest import digests
from warehouse.load import load
from warehouse.results import results_info
from warehouse.store import writer

KINDS = ("military-region", "army-daily", "hospital")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
KILLED = -1.0
_READS = """
import os, signal, sys
from pathlib import Path
from crawlers.catalog import load_catalog
from dagster_project.steps import reading
from dagster_project.steps.home import open_home
reading.POOL_PAYS = 0
home, jobs, dies = open_home(Path(sys.argv[1]))[0], int(sys.argv[2]), sys.argv[3] == "dies"
def progress(what, done, total):
    if dies and what == "segments read":
        os.killpg(0, signal.SIGKILL)
print("begins", flush=True)
reading.read_new(home, load_catalog(home.path), jobs=jobs, progress=progress)
"""
"""`bantin read`; few pages are read in several processes, too. dies: with the first segment it has read, which no clock of
another process could hit for certain."""


@dataclass(frozen=True, slots=True)
class Rereads:
    """digests: how it was read → sha256 of all Parquet files, Full digest of tables made of them.

    resumed  kills after which some segments were read and others not
    """

    segments: int
    captures: int
    kills: int
    resumed: int
    digests: dict[str, tuple[str, str]]

    @property
    def is_right(self) -> bool:
        """Read alike each time, and the kills came in between."""
        return len(set(self.digests.values())) == 1 and self.captures > 0 and (self.resumed > 0 or not self.kills)


def prove(folder: Path, kills: int, seed: int, pages: int = 600, a_segment: int = 25) -> Rereads:
    """folder: empty. pages: of all kinds together; kills: over all rounds, each in one or in three processes."""
    chance, path = random.Random(seed), archive(folder / "home", pages, KINDS, a_segment)
    home, catalog = open_home(path)[0], load_catalog(path)
    found: dict[str, tuple[str, str]] = {}
    done, resumed, took = 0, 0, 0.0
    for jobs in (1, 3):
        _forget(home)
        took = _read(path, jobs)
        found[f"in {jobs}"] = _digests(home, catalog, folder)
    for jobs in cycle((1, 3)):
        if done >= kills:
            break
        _forget(home)
        for turn in range(min(4, kills - done)):
            at = None if turn % 2 == 0 else chance.uniform(0, took / 2)
            done += _read(path, jobs, kill_after=at, dies=at is None) == KILLED
            resumed += 0 < len(unread(home, catalog)) < len(segments(home.raw))
        assert _read(path, jobs) != KILLED
        found[f"after {done} kills, in {jobs}"] = _digests(home, catalog, folder)
    captures = sum(results_info(file).rows for file in all_results(home))
    return Rereads(len(segments(home.raw)), captures, done, resumed, found)


def _read(path: Path, jobs: int, kill_after: float | None = None, *, dies: bool = False) -> float:
    """Seconds that it took, imports not counted; KILLED: it did not come to its end.

    dies  it kills itself when a segment is read
    """
    with subprocess.Popen(
        [sys.executable, "-c", _READS, str(path), str(jobs), "dies" if dies else "lives"], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env=environment(), start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        started = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            ended = process.wait(kill_after)
            if dies and ended == -signal.SIGKILL:
                return KILLED
            assert ended == 0
            return time.monotonic() - started
        os.killpg(process.pid, signal.SIGKILL)
    return KILLED


def _forget(home: Home) -> None:
    shutil.rmtree(home.bulletins, ignore_errors=True)


def _digests(home: Home, catalog: Catalog, folder: Path) -> tuple[str, str]:
    """(of the files, of the tables). What a killed writer was at begins with a dot and counts nowhere."""
    whole = hashlib.sha256()
    files = [file for file in sorted(home.bulletins.rglob("*")) if file.is_file() and not file.name.startswith(".")]
    assert files == all_results(home) and len(files) == len(segments(home.raw))
    for file in files:
        whole.update(f"{file.relative_to(home.bulletins)} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    with tempfile.TemporaryDirectory(dir=folder) as empty, writer(Path(empty), "load", lambda: NOW) as con:
        load(con, files, source_facts(catalog))
        return whole.hexdigest(), digests(con).full


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory(prefix="bantin-rereads-") as folder:
        found = prove(Path(folder), kills, seed)
    told = {"segments": found.segments, "captures": found.captures, "kills": found.kills, "resumed": found.resumed}
    print(json.dumps({"is_right": found.is_right, **told, "digests": found.digests}))
    return int(not found.is_right)


if __name__ == "__main__":
    raise SystemExit(main())
